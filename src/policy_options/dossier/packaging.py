"""A dossier's models to the package problem of the analysis, and errors of the analysis back to their place in the files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from math import nan
from typing import TYPE_CHECKING

from policy_options.analysis.packages.problem import Combination, Effect, PackageProblem, Resource, Rule, as_mask
from policy_options.analysis.problem import Problem
from policy_options.dossier.contents import CRITERIA, Contents
from policy_options.dossier.models.criteria import Criterion, InPackages
from policy_options.dossier.models.option import Score
from policy_options.dossier.models.packages import PackageRule
from policy_options.dossier.validation import did_you_mean
from policy_options.errors import Place, PolicyOptionsError, as_written

if TYPE_CHECKING:
    from policy_options.analysis.packages.choosing import Packages
    from policy_options.analysis.problem import WeightVector
    from policy_options.analysis.weight_region import WeightRegion

__all__ = ["build_packages", "chosen_packages", "exactly", "placed", "rule_of"]


def exactly(number: float) -> Fraction:
    """The number that was written: 0.1 is a tenth."""
    return Fraction(Decimal(as_written(number)))


def rule_of(rule: PackageRule, position: Mapping[str, int]) -> Rule:
    """A rule with its options by position; the baseline and unknown ones are left out (both are reported as errors elsewhere)."""
    members = tuple(position[name] for name in rule.options if name in position)
    return Rule(rule.kind, members, rule.number, rule.because)  # type: ignore[arg-type]  # read from the model's keys, which are these kinds


def build_packages(contents: Contents, problem: Problem) -> PackageProblem:
    """The package problem of a checked dossier.

    Raises:
        PolicyOptionsError: the dossier has no ``criteria/packages.yaml``.
    """
    if contents.packages_file is None:
        raise PolicyOptionsError.of(
            "no-packages",
            "the dossier says nothing of packages: there is no criteria/packages.yaml",
            "write it (docs/packages.md): resources, rules, and in-packages: for each criterion",
            place=Place(CRITERIA),
        )
    file, baseline = contents.packages_file.model, str(contents.decision.model.baseline)
    names = [option.id for option in problem.options if option.id != baseline]
    position = {name: index for index, name in enumerate(names)}
    columns = {criterion: column for column, criterion in enumerate(problem.criterion_ids)}
    uses = {name: contents.options[name].model.uses or {} for name in names}
    resources = tuple(
        Resource(
            one.id,
            one.title,
            one.unit,
            tuple(exactly(capacity) for capacity in one.capacity),
            tuple(exactly(uses[name][one.id].bounds[0]) for name in names),
            tuple(exactly(uses[name][one.id].likely) for name in names),
            tuple(exactly(uses[name][one.id].bounds[1]) for name in names),
        )
        for one in file.resources
    )
    effects, in_words = [], set()
    for name in names:
        model = contents.options[name].model
        for relation in (*model.conflicts, *model.synergies):
            together = frozenset(position[other] for other in (name, *relation.option) if other in position)
            if relation.effect is None or relation.criterion is None:
                in_words.add(together)
            else:
                low, high = relation.effect.bounds
                effects.append(Effect(together, columns[relation.criterion], low, relation.effect.likely, high))
    quantified = {effect.members for effect in effects}
    return PackageProblem(
        problem,
        baseline,
        tuple(_combination(leaf, position) for leaf, _, _ in contents.leaves.values()),
        resources,
        tuple(rule_of(rule, position) for rule in file.rules),
        tuple(effects),
        len(in_words - quantified),
    )


def _combination(criterion: Criterion, position: Mapping[str, int]) -> Combination:
    how = criterion.in_packages
    assert how is not None, "checked by `in-packages-missing`"
    limit = how.limit
    if how.rule == "independent" and limit is None and criterion.scale.low and criterion.scale.high:
        limit = criterion.scale.high.at if criterion.direction == "more-is-better" else criterion.scale.low.at
    return Combination(how.rule, how.beyond, limit, _judged(criterion, how, position), how.measures)


def _judged(
    criterion: Criterion, how: InPackages, position: Mapping[str, int]
) -> dict[int, tuple[float, float, float]]:
    levels = {level.id: float(index) for index, level in enumerate(criterion.scale.levels)}
    return {as_mask(position[name] for name in judged.of): _bounds(judged.score, levels) for judged in how.packages}


def _bounds(score: Score, levels: Mapping[str, float]) -> tuple[float, float, float]:
    if score.unknown:
        return nan, nan, nan
    low, likely, high = (
        levels[end] if isinstance(end, str) else float(end if end is not None else nan)
        for end in (score.low, score.likely, score.high)
    )
    return (likely, likely, likely) if score.low is None else (low, likely, high)


def placed(contents: Contents, error: PolicyOptionsError) -> PolicyOptionsError:
    """An error of the analysis with the place of the criterion or the file that it concerns."""
    faults = []
    for fault in error.faults:
        place = fault.place
        leaf = next((contents.leaves[id] for id in fault.ids if id in contents.leaves), None)
        if place is None and leaf is not None:
            place = contents.criteria.tree.place((*leaf[1], "in-packages"))
        elif place is None and contents.packages_file is not None and fault.code != "unknown-id":
            place = contents.packages_file.tree.place(("rules",) if fault.code == "no-package" else ())
        faults.append(replace(fault, place=place))
    return PolicyOptionsError(faults)


def chosen_packages(
    contents: Contents,
    problem: Problem,
    weights: WeightVector,
    *,
    region: WeightRegion | None,
    sets: Sequence[WeightVector],
    capacities: Mapping[str, float],
    inside: Iterable[str],
    outside: Iterable[str],
    package: Iterable[str] | None,
    count: int,
    cautious: bool,
) -> Packages:
    """The packages of a dossier, with what was asked for by id, and errors with their place.

    Raises:
        PolicyOptionsError: there is no such option or resource, or the analysis refuses; see ``choose``.
    """
    from policy_options.analysis.packages.choosing import PackageSettings, choose

    found = build_packages(contents, problem)
    resources = [resource.id for resource in found.resources]
    for id in capacities:
        if id not in resources:
            raise PolicyOptionsError.of(
                "unknown-id", f"`{id}` is no resource", did_you_mean(id, resources) or "there is none", ids=(id,)
            )
        if capacities[id] < 0:
            raise PolicyOptionsError.of(
                "capacity-negative", f"the capacity {as_written(capacities[id])} is less than nothing", "give 0 or more"
            )
    settings = PackageSettings(
        k=count,
        inside=_asked(found, inside),
        outside=_asked(found, outside),
        asked=None if package is None else _asked(found, package),
        cautious=cautious,
        seed=contents.decision.model.seed,
    )
    both = settings.inside & settings.outside
    if both:
        raise PolicyOptionsError.of(
            "options-contradict",
            f"`{found.names(both)[0]}` is asked to be both in and out",
            "leave one of the two out",
            ids=found.names(both),
        )
    found = found.with_capacities({id: exactly(capacity) for id, capacity in capacities.items()})
    try:
        return choose(found, weights, settings, region=region, sets=sets)
    except PolicyOptionsError as error:
        raise placed(contents, error) from None


def _asked(problem: PackageProblem, ids: Iterable[str]) -> int:
    known = problem.problem.option_ids
    names = tuple(ids)
    for id in names:
        if id not in known:
            raise PolicyOptionsError.of("unknown-id", f"`{id}` is no option", did_you_mean(id, known), ids=(id,))
    return problem.package(names)
