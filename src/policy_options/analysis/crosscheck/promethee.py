"""PROMETHEE I and II: pairs compared criterion by criterion, with thresholds of indifference and preference.

Source: Brans and Vincke (1985), Management Science 31(6):647-656; Brans, Vincke and Mareschal (1986), EJOR 24(2):228-238.
The preference function is their type V: linear between the two thresholds.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from policy_options.analysis.additive import TIE
from policy_options.analysis.crosscheck.inputs import Inputs
from policy_options.analysis.crosscheck.method import (
    MOST_COMPARED,
    Assumption,
    Family,
    Method,
    Order,
    Takes,
    by_relation,
    by_scores,
)

__all__ = ["PrometheeI", "PrometheeII", "pair_inputs", "promethee_flows"]

Floats = NDArray[np.float64]


def promethee_flows(better: Floats, weights: Floats, indifferent: Floats, prefer: Floats) -> tuple[Floats, Floats]:
    """(m,) positive and negative flows, from (m, n) performances of which more is better and (n,) thresholds.

    P(d) = 0 up to ``indifferent``, 1 from ``prefer`` on, linear between; pi(a, b) = sum w P(a - b); the positive flow is
    the mean of pi(a, x) over the other options, the negative flow that of pi(x, a).
    """
    m = len(better)
    preferred = np.zeros((m, m))
    for column, weight in enumerate(weights):
        apart = better[:, None, column] - better[None, :, column]
        preferred += weight * share_of_preference(apart, float(indifferent[column]), float(prefer[column]))
    others = max(m - 1, 1)
    return preferred.sum(axis=1) / others, preferred.sum(axis=0) / others


def share_of_preference(apart: Floats, indifferent: float, prefer: float) -> Floats:
    """How far differences count: 0 up to ``indifferent``, 1 from ``prefer`` on, linear between."""
    if prefer > indifferent:
        return np.clip((apart - indifferent) / (prefer - indifferent), 0.0, 1.0)
    return (apart > indifferent).astype(np.float64)


def pair_inputs(inputs: Inputs, without: Collection[Assumption]) -> tuple[Floats, Floats, Floats, Floats]:
    """(m, n) performances, better upwards, (n,) thresholds of indifference and preference, and the factors that bring
    other thresholds into the same terms.

    Without ``performances``, values are compared, and thresholds keep their share of the scale. Without ``thresholds``,
    every difference counts by its size, from none to the whole scale.
    """
    better, unit = inputs.better, np.ones(len(inputs.criteria))
    if "performances" in without:
        better, unit = inputs.values, 100.0 / inputs.lengths
    indifferent, prefer = inputs.indifferent * unit, inputs.prefer * unit
    if "thresholds" in without:
        indifferent, prefer = np.zeros_like(unit), inputs.lengths * unit
    return better, indifferent, prefer, unit


class _Promethee(Method):
    family: ClassVar[Family] = "outranking"
    takes: ClassVar[Takes] = "performances"
    source = "Brans and Vincke (1985), Management Science 31(6):647-656"
    thresholds = True
    most = MOST_COMPARED


class PrometheeII(_Promethee):
    """The complete order by net flow."""

    name = "promethee-2"
    assumes: ClassVar[tuple[Assumption, ...]] = ("thresholds", "performances")

    def order(self, inputs: Inputs, without: Collection[Assumption] = ()) -> Order:
        better, indifferent, prefer, _ = pair_inputs(inputs, without)
        plus, minus = promethee_flows(better, inputs.weights, indifferent, prefer)
        return by_scores(plus - minus)


class PrometheeI(_Promethee):
    """The partial order in which an option is ahead if neither flow speaks against it."""

    name = "promethee-1"
    assumes: ClassVar[tuple[Assumption, ...]] = ("thresholds", "performances", "two-flows")
    partial = True

    def order(self, inputs: Inputs, without: Collection[Assumption] = ()) -> Order:
        better, indifferent, prefer, _ = pair_inputs(inputs, without)
        plus, minus = promethee_flows(better, inputs.weights, indifferent, prefer)
        if "two-flows" in without:
            return by_scores(plus - minus)
        return by_relation((plus[:, None] >= plus - TIE) & (minus[:, None] <= minus + TIE))
