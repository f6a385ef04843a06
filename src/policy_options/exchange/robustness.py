"""Published form of robustness: every figure, and with each sentence the numbers that it contains."""

from __future__ import annotations

from math import ceil, isnan, log10
from typing import Literal

import numpy as np

from policy_options.analysis.acceptability.results import Acceptability, ExactBasis
from policy_options.analysis.problem import Problem
from policy_options.analysis.robustness import Robustness
from policy_options.analysis.stability import Change, Interval
from policy_options.analysis.switching.scores import ScoreSwitch
from policy_options.analysis.switching.weight_values import WeightSwitchingValue
from policy_options.analysis.switching.weights import MoveSwitch, WeightSwitch
from policy_options.api import Dossier
from policy_options.exchange.robustness_forms import (
    ROBUSTNESS_SCHEMA,
    AcceptabilityForm,
    BarForm,
    BasisForm,
    ChangeForm,
    CitedLeadForm,
    IntervalForm,
    NearestChangeForm,
    OptionSharesForm,
    RobustnessForm,
    ScoreSwitchingForm,
    SettingsForm,
    StabilityForm,
    VerdictForm,
    WeightSwitchingForm,
)
from policy_options.exchange.weight_sets import weight_set_head

__all__ = ["acceptability_form", "basis_form", "robustness_form"]


def robustness_form(dossier: Dossier, firm: Robustness) -> RobustnessForm:
    """Give robustness in its published form."""
    ranking = firm.ranking
    weights_id = ranking.weights.id
    return {
        "schema": ROBUSTNESS_SCHEMA,
        "dossier": dossier.contents.decision.model.id,
        "weight_set": weight_set_head(dossier, weights_id),
        "weights": _by_criterion(ranking.problem, ranking.shares),
        "settings": _settings(firm),
        "stale": [finding.message for finding in dossier.stale(weights_id)],
        "left_out": list(firm.left_out),
        "unknown": list(firm.unknown),
        "open": [
            {
                "option": one.option,
                "criterion": one.criterion,
                "at": None if one.at is None else _performance(firm, one.criterion, one.at),
            }
            for one in firm.settled.open
        ],
        "verdict": _verdict(firm),
        "nearest_change": _nearest(firm),
        "first_in": {
            "likely": firm.around_at_likely.share_first(firm.leader),
            "drawn_apart": firm.drawn_apart.share_first(firm.leader),
            "drawn_together": firm.drawn_together.share_first(firm.leader),
        },
        "cited_lead": _cited(firm),
        "around_uncertain": acceptability_form(firm.around_uncertain),
        "around_likely": acceptability_form(firm.around_at_likely),
        "all_weights": acceptability_form(firm.over_all_weights),
        "stability": _stability(firm),
        "weight_switching_values": _weight_switching_values(firm),
        "score_switching_values": _score_switching_values(firm),
        "tornado": [_bar(firm, index) for index in range(len(firm.tornado.bars))],
        "value_of_information": {
            "leader": firm.value_of_information.leader,
            "expected_values": dict(
                zip(firm.value_of_information.options, firm.value_of_information.expected.tolist(), strict=True)
            ),
            "judgements": [
                {"option": one.option, "criterion": one.criterion, "points": one.points}
                for one in firm.value_of_information.judgements
            ],
        },
        "low_confidence": [
            {
                "option": one.option,
                "criterion": one.criterion,
                "leaders_at_low": list(one.leaders_at_low),
                "leaders_at_high": list(one.leaders_at_high),
                "order_changes": one.order_changes,
                "leader_changes": one.leader_changes,
            }
            for one in firm.low_confidence
        ],
        "reversals": {
            "local": list(firm.reversals.local),
            "found": [
                {"without": one.without, "before": list(one.before), "after": list(one.after)}
                for one in firm.reversals.found
            ],
            "undefined": list(firm.reversals.undefined),
        },
    }


def _by_criterion(problem: Problem, shares: np.ndarray) -> dict[str, float]:
    return dict(zip(problem.criterion_ids, shares.tolist(), strict=True))


def _settings(firm: Robustness) -> SettingsForm:
    settings = firm.settings
    return {
        "seed": settings.seed,
        "around": firm.around.kind,
        "band": firm.around.band,
        "error": settings.precision.half_width,
        "samples": settings.precision.samples,
        "shape": settings.uncertainty.shape,
        "together": settings.uncertainty.together,
        "locked": list(settings.locked),
        "numpy": np.__version__,
    }


def _verdict(firm: Robustness) -> VerdictForm:
    found = firm.verdict
    return {
        "kind": found.kind,
        "leader": found.leader,
        "runner_up": found.runner_up,
        "lead": found.lead,
        "close_within": found.close_within,
        "robust_from": found.thresholds.robust,
        "fragile_under": found.thresholds.fragile,
        "share": found.share,
        "half_width": found.half_width,
        "switching_values": found.switching_values,
        "open": found.open,
        "undecided": found.undecided,
    }


def acceptability_form(found: Acceptability) -> AcceptabilityForm:
    """The indices of SMAA-2 over one region."""
    problem = found.problem
    options: dict[str, OptionSharesForm] = {}
    for row, option in enumerate(problem.option_ids):
        central = found.central[row]
        confidence = None if found.confidence is None else float(found.confidence[row])
        options[option] = {
            "ranks": found.ranks[row].tolist(),
            "central_weights": None if np.isnan(central).any() else _by_criterion(problem, central),
            "confidence": None if confidence is None or isnan(confidence) else confidence,
            "expected_rank": float(found.expected_rank[row]),
        }
    ids = problem.option_ids
    pairwise = None
    if found.pairwise is not None:
        pairwise = {
            one: {other: float(found.pairwise[i, j]) for j, other in enumerate(ids) if i != j}
            for i, one in enumerate(ids)
        }
    return {
        "scores": found.scores,
        "region": found.region.kind,
        "basis": basis_form(found),
        "options": options,
        "pairwise": pairwise,
    }


def basis_form(found: Acceptability) -> BasisForm:
    """What shares rest on."""
    basis = found.basis
    if isinstance(basis, ExactBasis):
        return {
            "exact": True,
            "pieces": basis.pieces,
            "identity_error": _at_most(basis.identity_error),
            "rounding": _at_most(basis.rounding),
            "seed": None,
            "scrambles": None,
            "count": None,
            "proposed": None,
            "draws": None,
            "half_width": None,
            "confidence_half_width": None,
            "pairwise_check": None,
        }
    return {
        "exact": False,
        "pieces": None,
        "identity_error": None,
        "rounding": None,
        "seed": basis.seed,
        "scrambles": basis.scrambles,
        "count": basis.count,
        "proposed": basis.proposed,
        "draws": basis.draws,
        "half_width": basis.half_width,
        "confidence_half_width": found.confidence_half_width,
        "pairwise_check": basis.check,
    }


def _at_most(error: float) -> float:
    """The power of ten above an error: its own digits depend on the processor, and are no result."""
    return 10.0 ** ceil(log10(max(error, 1e-16)))


def _interval(interval: Interval | None) -> IntervalForm | None:
    if interval is None:
        return None
    return {
        "low": interval.low,
        "high": interval.high,
        "at_low": _changes(interval.at_low),
        "at_high": _changes(interval.at_high),
    }


def _changes(changes: tuple[Change, ...]) -> list[ChangeForm]:
    return [{"overtaken": change.overtaken, "overtaking": change.overtaking} for change in changes]


def _stability(firm: Robustness) -> list[StabilityForm]:
    return [
        {
            "id": node.id,
            "is_group": node.is_group,
            "share": node.share,
            "most": node.most,
            "leader": _interval(node.leader),
            "order": _interval(node.order),
            "undefined": node.undefined,
        }
        for node in firm.stability.nodes
    ]


def _weight_switching_values(firm: Robustness) -> list[WeightSwitchingForm]:
    scopes: tuple[tuple[Literal["all", "around"], tuple[WeightSwitchingValue, ...]], ...] = (
        ("all", firm.weight_switching_values),
        ("around", firm.weight_switching_values_around),
    )
    problem = firm.known.problem
    return [
        {
            "option": tie.option,
            "over": tie.over,
            "goal": tie.goal,
            "norm": tie.norm,
            "among": among,
            "distance": tie.distance,
            "moved": tie.moved,
            "weights": None if tie.weights is None else _by_criterion(problem, tie.weights),
            "never": None if tie.never is None else {"rivals": dict(tie.never.rivals), "margin": tie.never.margin},
        }
        for among, switching_values in scopes
        for tie in switching_values
    ]


def _performance(firm: Robustness, criterion: str, number: float) -> float | str:
    levels = firm.known.problem.criterion(criterion).level_ids
    return levels[int(number)] if levels else number


def _nearest(firm: Robustness) -> NearestChangeForm | None:
    match firm.nearest_change:
        case None:
            return None
        case ScoreSwitch(option=option, criterion=criterion, to=to, taking_over=taking):
            written = _performance(firm, criterion, to)
            return _change("score", option=option, criterion=criterion, to=written, taking_over=taking)
        case WeightSwitch(node=node, percent=percent, taking_over=taking):
            return _change("weight", weights={node: percent}, taking_over=taking)
        case MoveSwitch(option=option, steps=steps):
            weights = {criterion: percent for criterion, _, percent in steps}
            return _change("weights", weights=weights, taking_over=(option,))


def _change(
    kind: Literal["score", "weight", "weights"],
    *,
    taking_over: tuple[str, ...],
    option: str | None = None,
    criterion: str | None = None,
    to: float | str | None = None,
    weights: dict[str, float] | None = None,
) -> NearestChangeForm:
    return {
        "kind": kind,
        "option": option,
        "criterion": criterion,
        "to": to,
        "weights": weights,
        "taking_over": list(taking_over),
    }


def _cited(firm: Robustness) -> CitedLeadForm | None:
    found = firm.cited_lead
    if found is None:
        return None
    return {"rival": found.rival, "lead": found.lead, "cited": found.cited, "uncited": list(found.uncited)}


def _score_switching_values(firm: Robustness) -> list[ScoreSwitchingForm]:
    def performance(criterion: str, number: float) -> float | str:
        return _performance(firm, criterion, number)

    return [
        {
            "option": tie.option,
            "criterion": tie.criterion,
            "low": performance(tie.criterion, tie.low),
            "likely": performance(tie.criterion, tie.likely),
            "high": performance(tie.criterion, tie.high),
            "at": None if tie.at is None else performance(tie.criterion, tie.at),
            "exactly": tie.exactly,
            "within": tie.within,
            "taking_over": list(tie.taking_over),
            "never": tie.never,
            "short": tie.short,
            "by_red_line": tie.by_red_line,
        }
        for tie in firm.score_switching_values.switching_values
    ]


def _bar(firm: Robustness, index: int) -> BarForm:
    bar = firm.tornado.bars[index]
    return {
        "kind": bar.kind,
        "option": bar.option,
        "criterion": bar.criterion,
        "low": bar.low,
        "high": bar.high,
        "lead_at_low": bar.lead_at_low,
        "lead_at_high": bar.lead_at_high,
        "ahead_at_low": bar.ahead_at_low,
        "ahead_at_high": bar.ahead_at_high,
        "peak": None if bar.peak is None else {"at": bar.peak.at, "lead": bar.peak.lead},
    }
