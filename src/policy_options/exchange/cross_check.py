"""Published form of a cross-check."""

from __future__ import annotations

from collections.abc import Sequence
from math import isinf
from typing import Final, Literal

from typing_extensions import TypedDict

from policy_options.analysis.crosscheck.checking import CrossCheck
from policy_options.analysis.crosscheck.method import Assumption, Family, Takes
from policy_options.analysis.crosscheck.results import Checked
from policy_options.analysis.diagnostics import ObjectiveWeights
from policy_options.api import Dossier
from policy_options.exchange.forms import DiagnosticForm, WeightSetForm
from policy_options.exchange.weight_sets import diagnostic_forms, weight_set_head

__all__ = ["CROSS_CHECK_SCHEMA", "CrossCheckResultForm", "cross_check_form"]

CROSS_CHECK_SCHEMA: Final = "policy-options/cross-check/1"


class RefusalForm(TypedDict):
    """Why a method cannot take the inputs: its cells are pairs of an option and a criterion."""

    kind: Literal["not-positive", "negative", "no-cost", "too-many"]
    cells: list[list[str]]
    most: int | None


class AgreementForm(TypedDict):
    """Agreement with the additive order. ``tau_b`` is null for partial orders; the counts are of ``pairs``."""

    tau_b: float | None
    contradicted: int
    incomparable: int
    pairs: int


class TurnForm(TypedDict):
    """A pair that the method orders otherwise; ``alone`` are the assumptions that, replaced alone, turn it back."""

    better: str
    worse: str
    lead: float
    kind: Literal["behind", "level", "open"]
    alone: list[Assumption]


class ReversalsForm(TypedDict):
    """The options whose presence changes the order of the others, or which of them is first."""

    of_order: list[str]
    of_first: list[str]
    untried: list[str]


class MethodForm(TypedDict):
    """One method. All but its description is null where it was refused.

    ``ranks`` and ``scores`` are null for partial orders; ``ahead`` has the pairs of a partial order, first the better.
    ``best_ranks`` and ``worst_ranks`` are extremes over the ends of unknown scores that were tried.
    """

    name: str
    family: Family
    takes: Takes
    uses_weights: bool
    uses_thresholds: bool
    partial: bool
    settings: dict[str, float]
    assumes: list[Assumption]
    source: str
    refused: RefusalForm | None
    standing: Literal["kept", "shared", "lost", "open"] | None
    first: list[str]
    ranks: dict[str, int] | None
    best_ranks: dict[str, int] | None
    worst_ranks: dict[str, int] | None
    scores: dict[str, float] | None
    ahead: list[list[str]] | None
    agreement: AgreementForm | None
    turn: TurnForm | None
    reversals: ReversalsForm | None


class ThresholdsForm(TypedDict):
    """The thresholds of a criterion, in its unit or in numbers of levels; ``veto`` is null without a veto."""

    indifferent: float
    prefer: float
    veto: float | None
    derived: list[str]


class CrossCheckResultForm(TypedDict):
    """A ranking and what other methods make of it. ``pairwise`` is the weight for the first option against the second."""

    schema: Literal["policy-options/cross-check/1"]
    dossier: str
    weight_set: WeightSetForm
    weights: dict[str, float]
    leaders: list[str]
    ranks: dict[str, int]
    left_out: list[str]
    unknown: list[str]
    without_weight: list[str]
    constant: list[str]
    thresholds: dict[str, ThresholdsForm]
    methods: list[MethodForm]
    pairwise: dict[str, dict[str, float]] | None
    condorcet_winner: str | None
    diagnostics: list[DiagnosticForm]


def cross_check_form(
    dossier: Dossier, found: CrossCheck, diagnostics: Sequence[ObjectiveWeights] = ()
) -> CrossCheckResultForm:
    """Give the cross-check in its published form."""
    inputs, ids, pairs = found.inputs[0], found.problem.option_ids, found.pairwise
    return {
        "schema": CROSS_CHECK_SCHEMA,
        "dossier": dossier.contents.decision.model.id,
        "weight_set": weight_set_head(dossier, found.ranking.weights.id),
        "weights": dict(zip(inputs.criteria, inputs.weights.tolist(), strict=True)),
        "leaders": list(found.ranking.leaders),
        "ranks": dict(zip(ids, found.ranking.ranks.tolist(), strict=True)),
        "left_out": list(found.left_out),
        "unknown": list(found.unknown),
        "without_weight": list(inputs.without_weight),
        "constant": list(inputs.constant),
        "thresholds": {
            each.criterion: {
                "indifferent": each.indifferent,
                "prefer": each.prefer,
                "veto": None if isinf(each.veto) else each.veto,
                "derived": list(each.derived),
            }
            for each in inputs.thresholds
        },
        "methods": [_method(one, found) for one in found.checked],
        "pairwise": None
        if pairs is None
        else {
            ids[row]: {ids[other]: float(pairs[row, other]) for other in range(len(ids)) if other != row}
            for row in range(len(ids))
        },
        "condorcet_winner": found.condorcet_winner,
        "diagnostics": diagnostic_forms(diagnostics),
    }


def _method(one: Checked, found: CrossCheck) -> MethodForm:
    method, order, ids = one.method, one.order, found.problem.option_ids
    reversals = found.reversals.get(method.name)
    ahead = None if order is None or order.ahead is None else order.ahead
    return {
        "name": method.name,
        "family": method.family,
        "takes": method.takes,
        "uses_weights": method.weighs,
        "uses_thresholds": method.thresholds,
        "partial": method.partial,
        "settings": dict(method.settings),
        "assumes": list(method.assumes),
        "source": method.source,
        "refused": None
        if one.refusal is None
        else {
            "kind": one.refusal.kind,
            "cells": [list(cell) for cell in one.refusal.cells],
            "most": one.refusal.most,
        },
        "standing": one.standing,
        "first": list(one.firsts),
        "ranks": None if one.ranks is None else dict(one.ranks),
        "best_ranks": None if one.best_rank is None else dict(zip(ids, one.best_rank.tolist(), strict=True)),
        "worst_ranks": None if one.worst_rank is None else dict(zip(ids, one.worst_rank.tolist(), strict=True)),
        "scores": None if order is None or order.scores is None else dict(zip(ids, order.scores.tolist(), strict=True)),
        "ahead": None
        if ahead is None
        else [[ids[i], ids[j]] for i in range(len(ids)) for j in range(len(ids)) if ahead[i, j]],
        "agreement": None
        if one.agreement is None
        else {
            "tau_b": one.agreement.tau_b,
            "contradicted": one.agreement.contradicted,
            "incomparable": one.agreement.incomparable,
            "pairs": one.agreement.pairs,
        },
        "turn": None
        if one.turn is None
        else {
            "better": one.turn.better,
            "worse": one.turn.worse,
            "lead": one.turn.lead,
            "kind": one.turn.kind,
            "alone": list(one.turn.alone),
        },
        "reversals": None
        if reversals is None
        else {
            "of_order": list(reversals.of_order),
            "of_first": list(reversals.of_first),
            "untried": list(reversals.untried),
        },
    }
