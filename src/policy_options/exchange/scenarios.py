"""The same options in several futures, in its published form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

import numpy as np
from typing_extensions import TypedDict

from policy_options.analysis.comparison.attribution import GapChange
from policy_options.analysis.scenarios.likelihoods import BreakEven, Likelihoods
from policy_options.analysis.scenarios.regret import Regret
from policy_options.analysis.scenarios.scenarios import Scenarios
from policy_options.api import Dossier
from policy_options.exchange.comparison import PartForm
from policy_options.exchange.forms import WeightSetForm
from policy_options.exchange.robustness import basis_form
from policy_options.exchange.robustness_forms import BasisForm
from policy_options.exchange.weight_sets import weight_set_head
from policy_options.wording.scenario_packages import compared_packages, package_once

if TYPE_CHECKING:
    from policy_options.analysis.scenarios.hedging import Step
    from policy_options.analysis.scenarios.packages import PackagesInScenarios

__all__ = ["SCENARIOS_SCHEMA", "ScenariosForm", "scenarios_form"]

SCENARIOS_SCHEMA: Final = "policy-options/scenarios/1"


class JudgedForm(TypedDict):
    """A likelihood as shares, and whose judgement it is."""

    low: float
    high: float
    holder: str


class RankedForm(TypedDict):
    """An option in one scenario; ``upper_value`` differs from ``value`` where a score is unknown."""

    value: float
    upper_value: float
    rank: int
    fails_red_line: bool


class FutureForm(TypedDict):
    """One scenario under the weights in use."""

    id: str
    title: str
    likelihood: JudgedForm | None
    first: list[str]
    options: dict[str, RankedForm]


class LeadersForm(TypedDict):
    """Who is first under one set in one scenario; ``open`` where an unknown score could put another first."""

    weights: str
    scenario: str
    first: list[str]
    open: bool


class CellForm(TypedDict):
    """One scenario under one weight set."""

    scenario: str
    weights: str


class OptionRegretForm(TypedDict):
    """How far an option is below the best, in points: in each scenario (of regret under one set), and at most, and where."""

    by_scenario: dict[str, float]
    largest: float
    where: list[CellForm]


class RegretForm(TypedDict):
    """``choice`` are the options whose largest regret is smallest, ``best_nowhere`` those of them that are first in no cell."""

    choice: list[str]
    best_nowhere: list[str]
    sure: bool
    options: dict[str, OptionRegretForm]


class WorstForm(TypedDict):
    """The worst value of an option over the scenarios, and where."""

    option: str
    value: float
    scenarios: list[str]


class StretchForm(TypedDict):
    """From ``low`` to ``high`` of likelihood these options lead."""

    low: float
    high: float
    leaders: list[str]


class BreakEvenForm(TypedDict):
    """How likely one scenario may be for the leader to stay; ``low`` and ``high`` are null where it is certain.

    ``against_reference`` says who leads where nothing but this scenario and the reference can happen.
    """

    scenario: str
    likelihood: float
    leader: str
    low: float | None
    high: float | None
    below: list[str]
    above: list[str]
    stretches: list[StretchForm]
    against_reference: list[StretchForm] | None


class BoundsForm(TypedDict):
    """An option under every likelihood that the judgements allow; ``best_at`` are likelihoods at which it is best, or null."""

    lower: float
    upper: float
    e_admissible: bool
    maximal: bool
    best_at: dict[str, float] | None


class SharesForm(TypedDict):
    """In what share of all assignments of likelihoods each option leads."""

    basis: BasisForm
    options: dict[str, float]


class LikelihoodsForm(TypedDict):
    """Expected values. ``shares`` is null where likelihoods are judged."""

    judged: bool
    start: dict[str, float]
    expected: dict[str, float]
    reachable: dict[str, list[float]]
    break_even: list[BreakEvenForm]
    options: dict[str, BoundsForm]
    shares: SharesForm | None


class WhyForm(TypedDict):
    """The gap that a change of the lead is about, from the first scenario to this one, with its parts."""

    scenario: str
    since: str
    option: str
    over: str
    before: float
    after: float
    parts: list[PartForm]


class SwitchForm(TypedDict):
    """What to do once a signpost shows; ``scenario`` is null for one of the decision. ``gain`` is null where none is claimed.

    ``package`` is the best one then; null without packages, or where they are out of reach.
    """

    scenario: str | None
    signpost: int
    watch: str
    threshold: str | float | None
    by: str | None
    who: str | None
    then: str | None
    leads: list[str]
    stays: bool
    points: float | None
    gain: float | None
    package: list[str] | None


class PackageInScenariosForm(TypedDict):
    """A package by its options: value and regret in each scenario; ``fails_red_line`` names those in which it does.

    Where scores are unknown, values are lower ends, and regret is the most that it can be.
    """

    options: list[str]
    values: dict[str, float]
    regrets: dict[str, float]
    largest_regret: float
    fails_red_line: list[str]


class BestPackageForm(TypedDict):
    """The best package of a scenario, of the fewest options of those that tie."""

    scenario: str
    options: list[str]
    value: float
    tied: int


class StepForm(TypedDict):
    """A package near the advice, by how much it lowers the largest regret, and what it needs more of than there is."""

    adds: list[str]
    drops: list[str]
    largest_regret: float
    lowers: float
    short_of: dict[str, float]


class PackagesInScenariosForm(TypedDict):
    """Packages over the scenarios; with ``out_of_reach``, why they are not compared, and nothing else.

    ``advice`` is the package whose place is questioned, ``choice`` those whose largest regret is smallest (at most a hundred of
    ``choice_tied``; none where packages were not looked at one by one), ``first_step`` the options in every best package of
    every scenario. ``hedge`` is an addition that fits, ``exchange`` one option for another, ``beyond`` an addition that
    capacities do not admit; null where none lowers the largest regret of the advice.
    """

    out_of_reach: str | None
    looked_at_each: bool
    advice: list[str]
    changes: list[str]
    best: list[BestPackageForm]
    choice: list[list[str]]
    choice_tied: int
    best_nowhere: list[list[str]]
    first_step: list[str]
    hedge: StepForm | None
    exchange: StepForm | None
    beyond: StepForm | None
    packages: list[PackageInScenariosForm]


class ScenariosForm(TypedDict):
    """The result of ``scenarios``. ``likelihoods`` is null where unknown scores leave expected values open.

    ``packages`` are null where the dossier says nothing of packages.
    """

    schema: Literal["policy-options/scenarios/1"]
    dossier: str
    weight_set: WeightSetForm
    too_close_to_call: float
    advice: str
    changes: list[str]
    scenarios: list[FutureForm]
    leaders: list[LeadersForm]
    weight_set_status: dict[str, str]
    stale: list[str]
    fails_red_line: dict[str, list[str]]
    regret: RegretForm
    regret_over_sets: RegretForm
    maximin: list[WorstForm]
    likelihoods: LikelihoodsForm | None
    unknown: list[str]
    packages: PackagesInScenariosForm | None
    why: list[WhyForm]
    signposts: list[SwitchForm]


def scenarios_form(dossier: Dossier, found: Scenarios) -> ScenariosForm:
    """The published form."""
    open_ = bool(set(found.regret.options) & set(found.open_options)) or len(found.ids) < 2
    return {
        "schema": SCENARIOS_SCHEMA,
        "dossier": dossier.contents.decision.model.id,
        "weight_set": weight_set_head(dossier, found.weights.id),
        "too_close_to_call": dossier.contents.decision.model.thresholds.too_close_to_call,
        "advice": found.advice,
        "changes": list(found.changes),
        "scenarios": [_future(found, name) for name in found.ids],
        "leaders": [
            {"weights": one, "scenario": name, "first": list(first), "open": (one, name) in found.leaders.open}
            for (one, name), first in found.leaders.cells.items()
        ],
        "weight_set_status": {one.id: dossier.weighting(one.id).status for one in found.sets},
        "stale": list(found.stale),
        "fails_red_line": {option: list(where) for option, where in found.failing.items()},
        "regret": _regret(found.regret, by_scenario=True),
        "regret_over_sets": _regret(found.regret_over_sets, by_scenario=False),
        "maximin": [
            {"option": one.option, "value": one.value, "scenarios": list(one.scenarios)} for one in found.maximin
        ],
        "likelihoods": None if open_ else _likelihoods(found),
        "unknown": list(found.open_options),
        "packages": _packages(found),
        "why": [_why(found.ids[0], name, gap) for name in found.changes if (gap := _gap(found, name)) is not None],
        "signposts": _switches(dossier, found),
    }


def _future(found: Scenarios, name: str) -> FutureForm:
    future, ranking = found.future(name), found.rankings[name]
    judged = next((one for one in found.judged if one.scenario == name), None)
    allowed = found.allowed[found.ids.index(name)]
    return {
        "id": name,
        "title": future.title,
        "likelihood": None if judged is None else {"low": judged.low, "high": judged.high, "holder": judged.holder},
        "first": list(found.first[name]),
        "options": {
            option: {
                "value": float(ranking.lower[row]),
                "upper_value": float(ranking.upper[row]),
                "rank": int(ranking.ranks[row]),
                "fails_red_line": not bool(allowed[row]),
            }
            for row, option in enumerate(found.option_ids)
        },
    }


def _regret(found: Regret, *, by_scenario: bool) -> RegretForm:
    return {
        "choice": list(found.choice),
        "best_nowhere": list(found.best_nowhere),
        "sure": found.is_sure,
        "options": {
            option: {
                "by_scenario": {
                    cell[0]: float(points) for cell, points in zip(found.cells, found.most[row], strict=True)
                }
                if by_scenario
                else {},
                "largest": float(found.largest[row]),
                "where": [{"scenario": scenario, "weights": one} for scenario, one in found.where(option)],
            }
            for row, option in enumerate(found.options)
        },
    }


def _likelihoods(found: Scenarios) -> LikelihoodsForm:
    held = found.likelihoods
    bounds, shares = held.admissible, found.shares
    return {
        "judged": bool(held.judged),
        "start": dict(zip(held.ids, held.base.tolist(), strict=True)),
        "expected": dict(zip(held.option_ids, held.expected.tolist(), strict=True)),
        "reachable": {
            name: [float(low), float(high)] for name, low, high in zip(held.ids, bounds.low, bounds.high, strict=True)
        },
        "break_even": [_break_even(one, held, found) for one in held.break_even],
        "options": {
            option: {
                "lower": float(bounds.lower[row]),
                "upper": float(bounds.upper[row]),
                "e_admissible": (at := bounds.best_at[row]) is not None,
                "maximal": bool(bounds.maximal[row]),
                "best_at": None if at is None else dict(zip(held.ids, at.tolist(), strict=True)),
            }
            for row, option in enumerate(bounds.options)
        },
        "shares": None
        if shares is None
        else {"basis": basis_form(shares), "options": dict(zip(held.option_ids, shares.first.tolist(), strict=True))},
    }


def _packages(found: Scenarios) -> PackagesInScenariosForm | None:
    held = compared_packages(found)
    if held is None:
        return None
    if isinstance(held, str):
        return {
            "out_of_reach": held,
            "looked_at_each": False,
            "advice": [],
            "changes": [],
            "best": [],
            "choice": [],
            "choice_tied": 0,
            "best_nowhere": [],
            "first_step": [],
            "hedge": None,
            "exchange": None,
            "beyond": None,
            "packages": [],
        }
    names = held.problem.names
    return {
        "out_of_reach": None,
        "looked_at_each": held.enumerated,
        "advice": list(names(held.advice)),
        "changes": list(held.changes),
        "best": [
            {"scenario": one.scenario, "options": list(names(one.package)), "value": one.value, "tied": one.tied}
            for one in held.best
        ],
        "choice": [list(names(package)) for package in held.choice],
        "choice_tied": held.choice_tied,
        "best_nowhere": [list(names(package)) for package in held.best_nowhere],
        "first_step": [held.problem.ids[member] for member in held.first_step],
        "hedge": _step(held, held.steps.hedge),
        "exchange": _step(held, held.steps.exchange),
        "beyond": _step(held, held.steps.beyond),
        "packages": [
            {
                "options": list(names(row.package)),
                "values": dict(zip(held.scenarios, row.values, strict=True)),
                "regrets": dict(zip(held.scenarios, row.regrets, strict=True)),
                "largest_regret": row.largest,
                "fails_red_line": list(row.failing),
            }
            for row in held.rows
        ],
    }


def _step(held: PackagesInScenarios, step: Step | None) -> StepForm | None:
    if step is None:
        return None
    return {
        "adds": [held.problem.ids[member] for member in step.adds],
        "drops": [held.problem.ids[member] for member in step.drops],
        "largest_regret": step.largest,
        "lowers": step.lowers,
        "short_of": {id: float(amount) for id, amount in step.short},
    }


def _break_even(one: BreakEven, held: Likelihoods, found: Scenarios) -> BreakEvenForm:
    against = None
    if found.reference is not None and one.scenario != found.reference:
        against = [
            StretchForm(low=part.low, high=part.high, leaders=list(part.leaders))
            for part in held.between(found.reference, one.scenario)
        ]
    return {
        "scenario": one.scenario,
        "likelihood": one.likelihood,
        "leader": one.leader,
        "low": one.low,
        "high": one.high,
        "below": list(one.below),
        "above": list(one.above),
        "stretches": [{"low": part.low, "high": part.high, "leaders": list(part.leaders)} for part in one.stretches],
        "against_reference": against,
    }


def _gap(found: Scenarios, name: str) -> GapChange | None:
    return found.why(found.ids[0], name).gap_of_the_lead


def _why(since: str, name: str, gap: GapChange) -> WhyForm:
    return {
        "scenario": name,
        "since": since,
        "option": gap.option,
        "over": gap.over,
        "before": gap.before,
        "after": gap.after,
        "parts": [
            {"factor": part.factor, "criterion": part.criterion, "option": part.option, "points": part.points}
            for part in gap.parts
        ],
    }


def _switches(dossier: Dossier, found: Scenarios) -> list[SwitchForm]:
    forms: list[SwitchForm] = []
    for switch in found.switches:
        signpost = dossier.signpost(switch.sign)
        gained = switch.points if switch.claimed and not switch.stays else None
        forms.append(
            {
                "scenario": switch.sign.scenario,
                "signpost": switch.sign.index,
                "watch": signpost.watch,
                "threshold": signpost.threshold,
                "by": signpost.by.isoformat() if signpost.by else None,
                "who": signpost.who,
                "then": signpost.then,
                "leads": list(switch.leads),
                "stays": switch.stays,
                "points": None if switch.points is None or np.isnan(switch.points) else switch.points,
                "gain": gained,
                "package": package_once(switch.sign, found),
            }
        )
    return forms
