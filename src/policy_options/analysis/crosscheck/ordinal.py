"""Methods that use the order of options on each criterion, or one criterion at a time.

Lexicographic by weight, weighted Borda, Copeland on weighted majorities, maximin. The functions take (m, n) numbers of
which more is better; numbers within 1e-9 of one another are equal.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from policy_options.analysis.additive import TIE, competition_ranks
from policy_options.analysis.crosscheck.inputs import Inputs
from policy_options.analysis.crosscheck.method import MOST_COMPARED, Assumption, Family, Method, Order, Takes, by_scores

__all__ = [
    "Borda",
    "Copeland",
    "Lexicographic",
    "Maximin",
    "borda_points",
    "copeland_wins",
    "lexicographic_ranks",
    "majorities",
    "maximin_scores",
]

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

SAME_WEIGHT = 1e-12
"""Weights within this of one another are the same."""


def lexicographic_ranks(better: Floats, weights: Floats) -> Integers:
    """(m,) ranks by the criterion of the largest weight; the next largest decides between options level so far.

    Criteria of the same weight are read together, by the sum of their values. Source: Fishburn (1974), Management Science
    20(11):1442-1471.
    """
    ranks = np.ones(len(better), dtype=np.int64)
    order = np.argsort(-weights, kind="stable")
    starts = np.flatnonzero(np.diff(weights[order], prepend=np.inf) < -SAME_WEIGHT)
    for columns in np.split(order, starts[1:]):
        decided = better[:, columns].sum(axis=1)
        for rank in np.unique(ranks):
            level = np.flatnonzero(ranks == rank)
            if level.size > 1:
                ranks[level] = rank - 1 + competition_ranks(decided[level])[0]
    return ranks


def borda_points(better: Floats, weights: Floats) -> Floats:
    """(m,) points: for each criterion, its weight times the options beaten on it, a level one counting half.

    Source: Borda (1781), Histoire de l'Académie Royale des Sciences; as a multi-criteria rule with weights, Nitzan and
    Rubinstein (1981), Public Choice 36(1):153-158, with the mean of places for ties.
    """
    m = len(better)
    points = np.zeros(m)
    for column, weight in enumerate(weights):
        ranks = competition_ranks(better[:, column])[0]
        level = np.bincount(ranks)[ranks]
        points += weight * (m - ranks - (level - 1) / 2.0)
    return points


def majorities(better: Floats, weights: Floats) -> Floats:
    """(m, m) the weight of the criteria on which the option of the row is better than that of the column."""
    found = np.zeros((len(better), len(better)))
    for column, weight in enumerate(weights):
        found += weight * (better[:, None, column] - better[None, :, column] > TIE)
    return found


def copeland_wins(weight_for: Floats) -> Floats:
    """(m,) pairs won less pairs lost, from (m, m) weights for the row against the column; equal weights count for neither.

    Source: Copeland (1951), A reasonable social welfare function, University of Michigan; Condorcet (1785).
    """
    margin = weight_for - weight_for.T
    return np.asarray(np.where(np.abs(margin) <= TIE * weight_for.max(initial=1.0), 0.0, np.sign(margin)).sum(axis=1))


def maximin_scores(better: Floats) -> Floats:
    """(m,) the least of each row. Source: Wald (1945), Annals of Mathematics 46(2):265-280, for criteria in place of states."""
    return np.asarray(better.min(axis=1))


class _Ordinal(Method):
    family: ClassVar[Family] = "ordinal"
    takes: ClassVar[Takes] = "values"


class Lexicographic(_Ordinal):
    """The heaviest criterion decides; lighter ones only between options that are level on it."""

    name = "lexicographic"
    assumes: ClassVar[tuple[Assumption, ...]] = ("priority",)
    source = "Fishburn (1974), Management Science 20(11):1442-1471"

    def order(self, inputs: Inputs, without: Collection[Assumption] = ()) -> Order:
        if "priority" in without:
            return by_scores(inputs.values @ inputs.weights)
        ranks = lexicographic_ranks(inputs.values, inputs.weights)
        return Order(ranks=ranks, scores=-ranks.astype(np.float64))


class Borda(_Ordinal):
    """Points for the options beaten on each criterion."""

    name = "borda"
    assumes: ClassVar[tuple[Assumption, ...]] = ("sizes",)
    source = "Borda (1781), Histoire de l'Académie Royale des Sciences"

    def order(self, inputs: Inputs, without: Collection[Assumption] = ()) -> Order:
        if "sizes" in without:
            return by_scores(inputs.values @ inputs.weights)
        return by_scores(borda_points(inputs.values, inputs.weights))


class Copeland(_Ordinal):
    """Pairs won less pairs lost, each decided by the weight of the criteria on either side."""

    name = "copeland"
    assumes: ClassVar[tuple[Assumption, ...]] = ("sizes", "majorities")
    source = "Copeland (1951), A reasonable social welfare function, University of Michigan"
    most = MOST_COMPARED

    def order(self, inputs: Inputs, without: Collection[Assumption] = ()) -> Order:
        if "sizes" in without:
            return by_scores(inputs.values @ inputs.weights)
        weight_for = majorities(inputs.values, inputs.weights)
        if "majorities" in without:
            return by_scores((weight_for - weight_for.T).sum(axis=1))
        return by_scores(copeland_wins(weight_for))


class Maximin(_Ordinal):
    """The worst value of an option, whatever the weights."""

    name = "maximin"
    assumes: ClassVar[tuple[Assumption, ...]] = ("worst",)
    source = "Wald (1945), Annals of Mathematics 46(2):265-280"
    weighs = False

    def order(self, inputs: Inputs, without: Collection[Assumption] = ()) -> Order:
        if "worst" in without:
            return by_scores(inputs.values @ inputs.weights)
        return by_scores(maximin_scores(inputs.values))
