"""What to do together, in its published form."""

from __future__ import annotations

from typing import Final, Literal

from typing_extensions import TypedDict

from policy_options.analysis.packages.choosing import Chosen, Packages
from policy_options.analysis.packages.frontier import Frontier
from policy_options.analysis.packages.performances import performances_of
from policy_options.api import Dossier
from policy_options.exchange.forms import WeightSetForm
from policy_options.exchange.weight_sets import weight_set_head

__all__ = ["PACKAGES_SCHEMA", "PackagesForm", "packages_form"]

PACKAGES_SCHEMA: Final = "policy-options/packages/1"


class PackageForm(TypedDict):
    """A package: its options, what it is worth (to ``upper_value`` where scores are unknown), and what it uses by resource."""

    options: list[str]
    rank: int | None
    value: float
    upper_value: float
    gain_over_baseline: float
    gap_to_best: float
    adds: list[str]
    drops: list[str]
    uses: dict[str, float]


class PackageSettingsForm(TypedDict):
    """What was asked for; capacities are those that packages keep to."""

    count: int
    inside: list[str]
    outside: list[str]
    package: list[str] | None
    cautious: bool
    capacities: dict[str, float]


class PackageCountsForm(TypedDict):
    """How many packages there are; null where they were not looked at one by one."""

    all: int
    keep_rules: int | None
    keep_capacities: int | None
    held_at_an_end: int | None
    fail_red_line: int | None
    judged: int | None
    could_be_better: int | None
    tied_best: int
    tied_last: int
    ties_all_counted: bool
    pairs_in_words_only: int


class FrontierStepForm(TypedDict):
    """A point of a frontier. ``packages`` are those that reach it, at most a hundred of ``tied``."""

    use: float
    value: float
    packages: list[list[str]]
    tied: int
    on_convex_hull: bool
    contains_the_last: bool


class FrontierForm(TypedDict):
    """The best packages over all capacities of a resource."""

    resource: str
    capacity: float
    nested: bool
    steps: list[FrontierStepForm]


class AddedForm(TypedDict):
    """A step on the way to the package."""

    options: list[str]
    value: float
    gain: float


class CutForm(TypedDict):
    """What to drop if there is less of a resource than ``below``."""

    resource: str
    below: float
    part: list[str] | None
    part_value: float | None
    instead: list[str] | None
    instead_value: float | None


class CoreForm(TypedDict):
    """The packages that no other beats; ``out_of_reach`` says why they are missing, if they are."""

    out_of_reach: str | None
    packages: list[list[str]]
    extreme_points: int
    bounded_on: list[str]
    core_index: dict[str, float]


class RulePriceForm(TypedDict):
    """What the best package would be worth more without a rule."""

    rule: str
    options: list[str]
    number: int | None
    because: str
    price: float
    best_without: list[str]


class OppositeForm(TypedDict):
    """What it costs to have an option in, or out, other than the best package has it; null where no package is left."""

    option: str
    inside: bool
    price: float | None
    package: list[str] | None


class PackageRegretForm(TypedDict):
    """What the package is worth less than the best one under a weight set."""

    weights: str
    status: str
    regret: float
    best: list[str]


class PackageCriterionForm(TypedDict):
    """How a performance of the package comes about."""

    criterion: str
    rule: str
    baseline: float | None
    package: float | None


class PackageSharesForm(TypedDict):
    """In what share of ways of weighting packages are best; ``half_width`` is 0 where it is exact."""

    exact: bool
    half_width: float
    packages: list[tuple[list[str], float]]
    options: dict[str, float]


class PackagesForm(TypedDict):
    """The packages of a dossier under a weight set. ``shares`` are null unless asked for."""

    schema: Literal["policy-options/packages/1"]
    dossier: str
    weight_set: WeightSetForm
    baseline: str
    settings: PackageSettingsForm
    counts: PackageCountsForm
    best: list[str]
    looked_at: PackageForm
    keeps: bool
    packages: list[PackageForm]
    frontiers: list[FrontierForm]
    adding: list[AddedForm]
    cuts: list[CutForm]
    core: CoreForm
    rules: list[RulePriceForm]
    opposites: list[OppositeForm]
    regrets: list[PackageRegretForm]
    criteria: list[PackageCriterionForm]
    shares: PackageSharesForm | None


def packages_form(dossier: Dossier, found: Packages, *, shares: bool) -> PackagesForm:
    """The published form; ``shares`` asks for those of ways of weighting, which take longer."""
    problem, settings = found.problem, found.settings
    counts, listed = found.counts, found.listed
    return {
        "schema": PACKAGES_SCHEMA,
        "dossier": dossier.contents.decision.model.id,
        "weight_set": weight_set_head(dossier, found.weights.id, changed=False),
        "baseline": problem.baseline,
        "settings": {
            "count": settings.k,
            "inside": list(problem.names(settings.inside)),
            "outside": list(problem.names(settings.outside)),
            "package": None if settings.asked is None else list(problem.names(settings.asked)),
            "cautious": settings.cautious,
            "capacities": {resource.id: float(resource.capacity) for resource in problem.resources},
        },
        "counts": {
            "all": counts["all"] or 0,
            "keep_rules": counts["allowed"],
            "keep_capacities": counts["admitted"],
            "held_at_an_end": counts["held"],
            "fail_red_line": counts["failing"],
            "judged": counts.get("named"),
            "could_be_better": counts["could-be-best"],
            "tied_best": listed.tied_first,
            "tied_last": listed.tied_last,
            "ties_all_counted": listed.all_counted,
            "pairs_in_words_only": problem.in_words,
        },
        "best": list(problem.names(found.recommended)),
        "looked_at": _package(found, found.looked_at),
        "keeps": found.keeps,
        "packages": [_package(found, row) for row in found.rows],
        "frontiers": [_frontier(found, frontier) for frontier in found.frontiers.values()],
        "adding": [
            {"options": [problem.ids[m] for m in step.members], "value": step.value, "gain": step.gain}
            for step in found.adding
        ],
        "cuts": [
            {
                "resource": cut.resource,
                "below": float(cut.below),
                "part": None if cut.part is None else list(problem.names(cut.part)),
                "part_value": cut.part_value,
                "instead": None if cut.instead is None else list(problem.names(cut.instead)),
                "instead_value": cut.instead_value,
            }
            for cut in found.cuts
        ],
        "core": _core(found),
        "rules": [
            {
                "rule": rule.kind,
                "options": [problem.ids[member] for member in rule.members],
                "number": rule.number,
                "because": rule.because,
                "price": price.price,
                "best_without": list(problem.names(price.package)),
            }
            for price in found.rule_prices
            for rule in (problem.rules[price.rule],)
        ],
        "opposites": [
            {
                "option": problem.ids[price.member],
                "inside": price.inside,
                "price": price.price,
                "package": None if price.package is None else list(problem.names(price.package)),
            }
            for price in found.forced_prices
        ],
        "regrets": [
            {
                "weights": regret.weights,
                "status": dossier.weighting(regret.weights).status,
                "regret": regret.points,
                "best": list(problem.names(regret.best)),
            }
            for regret in found.regrets
        ],
        "criteria": _criteria(found),
        "shares": _shares(found) if shares else None,
    }


def _package(found: Packages, row: Chosen) -> PackageForm:
    problem = found.problem
    return {
        "options": list(problem.names(row.package)),
        "rank": row.rank,
        "value": row.value,
        "upper_value": row.upper,
        "gain_over_baseline": row.gain,
        "gap_to_best": row.gap,
        "adds": [problem.ids[member] for member in row.adds],
        "drops": [problem.ids[member] for member in row.drops],
        "uses": {r.id: float(use) for r, use in zip(problem.resources, row.used, strict=True)},
    }


def _frontier(found: Packages, frontier: Frontier) -> FrontierForm:
    return {
        "resource": frontier.resource,
        "capacity": float(frontier.capacity),
        "nested": frontier.nested,
        "steps": [
            {
                "use": float(step.use),
                "value": step.value,
                "packages": [list(found.problem.names(package)) for package in step.packages],
                "tied": step.tied,
                "on_convex_hull": step.on_hull,
                "contains_the_last": step.nested,
            }
            for step in frontier.steps
        ],
    }


def _core(found: Packages) -> CoreForm:
    compared = found.non_dominated
    if isinstance(compared, str):
        return {"out_of_reach": compared, "packages": [], "extreme_points": 0, "bounded_on": [], "core_index": {}}
    return {
        "out_of_reach": None,
        "packages": [list(found.problem.names(int(package))) for package in compared.packages],
        "extreme_points": compared.points,
        "bounded_on": list(compared.bounded),
        "core_index": {id: float(index) for id, index in zip(found.problem.ids, compared.core_index, strict=True)},
    }


def _criteria(found: Packages) -> list[PackageCriterionForm]:
    if found.every is None:
        return []
    import numpy as np  # which JSON of a ranking needs as little as this module

    both = performances_of(found.problem, np.array([0, found.package], dtype=np.int64))
    return [
        {
            "criterion": axis.id,
            "rule": how.rule,
            "baseline": float(both[0, column]),
            "package": float(both[1, column]),
        }
        for column, (axis, how) in enumerate(
            zip(found.problem.problem.criteria, found.problem.combinations, strict=True)
        )
    ]


def _shares(found: Packages) -> PackageSharesForm | None:
    shares = found.shares
    if isinstance(shares, str):
        return None
    pairs = zip(shares.packages.tolist(), shares.shares.tolist(), strict=True)
    return {
        "exact": shares.exact,
        "half_width": shares.half_width,
        "packages": [(list(found.problem.names(package)), share) for package, share in pairs],
        "options": dict(zip(found.problem.ids, shares.members.tolist(), strict=True)),
    }
