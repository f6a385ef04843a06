"""Compensatory methods on rescaled performances: TOPSIS, VIKOR, MOORA's ratio system, weighted product, COPRAS.

The functions take (m, n) performances, (n,) weights and (n,) booleans that mark the criteria of which less is better, and
return (m,) scores. A criterion on which all options perform alike adds the same to every option, or nothing. A column of
zeros is left as it is where others are divided by their length or sum.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from policy_options.analysis.crosscheck.inputs import Inputs
from policy_options.analysis.crosscheck.method import Assumption, Family, Method, Order, Refusal, Takes, by_scores

__all__ = [
    "COPRAS",
    "MOORA",
    "TOPSIS",
    "VIKOR",
    "WeightedProduct",
    "copras_scores",
    "moora_scores",
    "topsis_scores",
    "vikor_scores",
    "weighted_product_scores",
]

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


def topsis_scores(rescaled: Floats, weights: Floats, costs: Bools, *, power: int = 2) -> tuple[Floats, Floats, Floats]:
    """Closeness to the ideal, and the distances to the ideal and to the anti-ideal option, from rescaled performances.

    v = w r; the ideal has the best of each column, the anti-ideal the worst; closeness = D- / (D+ + D-), distances with
    ``power`` 2 (Euclid) or 1 (city block). Options that all perform alike have the closeness 0.
    Source: Hwang and Yoon (1981), Multiple Attribute Decision Making, Springer, pp. 128-140, steps 2-6.
    """
    weighted = np.where(costs, -rescaled, rescaled) * weights
    best, worst = weighted.max(axis=0), weighted.min(axis=0)
    away = ((best - weighted) ** power).sum(axis=1) ** (1.0 / power)
    from_worst = ((weighted - worst) ** power).sum(axis=1) ** (1.0 / power)
    total = away + from_worst
    return from_worst / np.where(total == 0.0, 1.0, total), away, from_worst


def vikor_scores(shortfalls: Floats, weights: Floats, v: float) -> tuple[Floats, Floats, Floats]:
    """Q, S and R, of which less is better, from (m, n) shortfalls: 0 at the best and 1 at the worst of a column.

    S = sum of w x shortfall, R = the largest of them, Q = v (S - S*) / (S- - S*) + (1 - v) (R - R*) / (R- - R*), in which
    0/0 counts as 0. Source: Opricovic and Tzeng (2004), EJOR 156(2):445-455, steps (b) and (c).
    """
    weighted = shortfalls * weights
    total, worst = weighted.sum(axis=1), weighted.max(axis=1)
    return v * _between(total) + (1.0 - v) * _between(worst), total, worst


def moora_scores(rescaled: Floats, weights: Floats, costs: Bools) -> Floats:
    """The sum of weighted, rescaled performances, costs subtracted.

    Source: Brauers and Zavadskas (2006), Control and Cybernetics 35(2):445-469, the ratio system, eqs. 1-2, with weights.
    """
    return np.asarray(np.where(costs, -rescaled, rescaled) @ weights)


def weighted_product_scores(performances: Floats, weights: Floats, costs: Bools) -> Floats:
    """The logarithm of the product of performances to the power of their weights, of minus their weights for costs.

    Performances are at least 0, and one of 0 makes the product 0. Source: Bridgman (1922), Dimensional Analysis, Yale
    University Press; Triantaphyllou (2000), Multi-Criteria Decision Making Methods, Kluwer, ch. 2, eq. 2-2.
    """
    with np.errstate(divide="ignore"):
        return np.asarray(np.log(performances) @ np.where(costs, -weights, weights))


def copras_scores(rescaled: Floats, weights: Floats, costs: Bools) -> Floats:
    """The utility Q / max Q: the sum over benefits, and a share of all costs in inverse proportion to an option's own.

    Q[i] = S+[i] + sum S- / (S-[i] sum 1/S-), from columns that sum to 1. Source: Zavadskas, Kaklauskas and Sarka (1994),
    Technological and Economic Development of Economy 1(3):131-139; equations as in Goswami and Mitra (2020), Int. J. Data
    and Network Science 4(1):27-42.
    """
    weighted = rescaled * weights
    benefit = weighted[:, ~costs].sum(axis=1)
    if costs.any():
        cost = weighted[:, costs].sum(axis=1)
        benefit = benefit + cost.sum() / (cost * (1.0 / cost).sum())
    return np.asarray(benefit / benefit.max())


def _between(numbers: Floats) -> Floats:
    """Each number as a share of the way from the least to the greatest; 0 where all are equal."""
    span = float(np.ptp(numbers))
    return (numbers - numbers.min()) / span if span > 0.0 else np.zeros_like(numbers)


def _divided(performances: Floats, by: Floats) -> Floats:
    return performances / np.where(by == 0.0, 1.0, by)


def _by_length(performances: Floats) -> Floats:
    """Each column divided by its Euclidean length."""
    return _divided(performances, np.sqrt((performances**2).sum(axis=0)))


def _cells(inputs: Inputs, where: Bools) -> tuple[tuple[str, str], ...]:
    return tuple((inputs.options[row], inputs.criteria[column]) for row, column in np.argwhere(where))


def _no_costs(inputs: Inputs) -> Bools:
    return np.zeros(len(inputs.criteria), dtype=bool)


class _Rescaled(Method):
    family: ClassVar[Family] = "rescaled"
    takes: ClassVar[Takes] = "measured"


class TOPSIS(_Rescaled):
    """Nearness to the best and distance from the worst performances, after dividing each column by its length."""

    name = "topsis"
    assumes: ClassVar[tuple[Assumption, ...]] = ("rescaling", "distances")
    source = "Hwang and Yoon (1981), Multiple Attribute Decision Making, Springer"

    def order(self, inputs: Inputs, without: Collection[Assumption] = ()) -> Order:
        power = 1 if "distances" in without else 2
        if "rescaling" in without:
            return by_scores(topsis_scores(inputs.values / 100.0, inputs.weights, _no_costs(inputs), power=power)[0])
        return by_scores(topsis_scores(_by_length(inputs.measured), inputs.weights, inputs.costs, power=power)[0])


class VIKOR(_Rescaled):
    """The mean and the greatest shortfall from the best performances, half each."""

    name = "vikor"
    assumes: ClassVar[tuple[Assumption, ...]] = ("rescaling", "regret")
    source = "Opricovic and Tzeng (2004), European Journal of Operational Research 156(2):445-455"
    settings: ClassVar[dict[str, float]] = {"v": 0.5}

    def order(self, inputs: Inputs, without: Collection[Assumption] = ()) -> Order:
        if "rescaling" in without:
            shortfalls = 1.0 - inputs.values / 100.0
        else:
            gains = np.where(inputs.costs, -inputs.measured, inputs.measured)
            shortfalls = _divided(gains.max(axis=0) - gains, np.ptp(gains, axis=0))
        v = 1.0 if "regret" in without else self.settings["v"]
        return by_scores(-vikor_scores(shortfalls, inputs.weights, v)[0])


class MOORA(_Rescaled):
    """The weighted sum after dividing each column by its length, costs subtracted."""

    name = "moora"
    assumes: ClassVar[tuple[Assumption, ...]] = ("rescaling",)
    source = "Brauers and Zavadskas (2006), Control and Cybernetics 35(2):445-469"

    def order(self, inputs: Inputs, without: Collection[Assumption] = ()) -> Order:
        if "rescaling" in without:
            return by_scores(moora_scores(inputs.values / 100.0, inputs.weights, _no_costs(inputs)))
        return by_scores(moora_scores(_by_length(inputs.measured), inputs.weights, inputs.costs))


class WeightedProduct(_Rescaled):
    """The product of performances to the power of their weights."""

    name = "weighted-product"
    assumes: ClassVar[tuple[Assumption, ...]] = ("rescaling", "products")
    source = "Bridgman (1922), Dimensional Analysis, Yale University Press; Triantaphyllou (2000), Kluwer, ch. 2"

    def refusal(self, inputs: Inputs) -> Refusal | None:
        off = inputs.measured <= 0.0
        return Refusal("not-positive", _cells(inputs, off)) if off.any() else super().refusal(inputs)

    def order(self, inputs: Inputs, without: Collection[Assumption] = ()) -> Order:
        taken, costs = inputs.measured, inputs.costs
        if "products" in without:
            if "rescaling" in without:
                return by_scores(inputs.values / 100.0 @ inputs.weights)
            # The weighted sum of the same ratios, each against the best of its column: Zavadskas et al. (2012), WASPAS.
            return by_scores(np.where(costs, taken.min(axis=0) / taken, taken / taken.max(axis=0)) @ inputs.weights)
        if "rescaling" in without:
            return by_scores(np.exp(weighted_product_scores(inputs.values / 100.0, inputs.weights, _no_costs(inputs))))
        return by_scores(weighted_product_scores(taken, inputs.weights, costs))


class COPRAS(_Rescaled):
    """The sum over benefits, and costs in inverse proportion, after dividing each column by its sum."""

    name = "copras"
    assumes: ClassVar[tuple[Assumption, ...]] = ("rescaling", "reciprocals")
    source = "Zavadskas, Kaklauskas and Sarka (1994), Technological and Economic Development of Economy 1(3):131-139"

    def refusal(self, inputs: Inputs) -> Refusal | None:
        below = inputs.measured < 0.0
        if below.any():
            return Refusal("negative", _cells(inputs, below))
        costs = inputs.costs
        free = costs.any() & (inputs.measured[:, costs] == 0.0).all(axis=1)
        if free.any():
            names = [name for name, is_cost in zip(inputs.criteria, costs, strict=True) if is_cost]
            return Refusal(
                "no-cost", tuple((inputs.options[row], name) for row in np.flatnonzero(free) for name in names)
            )
        return super().refusal(inputs)

    def order(self, inputs: Inputs, without: Collection[Assumption] = ()) -> Order:
        if "rescaling" in without:
            return by_scores(inputs.values / 100.0 @ inputs.weights)
        rescaled = _divided(inputs.measured, inputs.measured.sum(axis=0))
        if "reciprocals" in without:
            return by_scores(moora_scores(rescaled, inputs.weights, inputs.costs))
        scores = rescaled @ inputs.weights
        return by_scores(copras_scores(rescaled, inputs.weights, inputs.costs) if scores.any() else scores)
