"""The frontier of more members than can be looked at one by one, where value is a sum: dynamic programming over what is used.

best(i, u) is the most that packages of the first i members are worth that use exactly u: the larger of best(i-1, u) and
best(i-1, u - use) + value (Bellman 1957; Kellerer, Pferschy and Pisinger 2004, Knapsack Problems, section 2.3). Uses are whole
numbers in a common unit, so that what fits is exact. Other resources are further dimensions, up to their capacity.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import islice
from math import prod
from typing import Any, Final, Literal

import numpy as np
from numpy.typing import NDArray

from policy_options.analysis.additive import TIE
from policy_options.analysis.packages.best import MOST_LISTED
from policy_options.analysis.packages.branching import Knapsack
from policy_options.analysis.packages.frontier import Frontier, frontier_of_points

__all__ = ["MOST_STATES", "frontier_by_use"]

MOST_STATES: Final = 4_000_000
"""Members times uses that are looked at: numbers of 32 MB."""

_Index = tuple[int, ...]


def frontier_by_use(
    knapsack: Knapsack, row: int, resource: str, capacity: Fraction, unit: int
) -> Frontier | Literal["rules", "uses"]:
    """The frontier of the resource in one row of a knapsack, of which ``unit`` steps make 1, the others at their capacity.

    At most a hundred packages of a step are listed, and counted. A word says what is out of reach: a rule is more than that a
    member is in or out, or there are too many different uses.
    """
    if any(rule.kind not in ("always", "never") for rule in knapsack.rules):
        return "rules"
    uses, m = knapsack.uses, len(knapsack.values)
    ends = [min(int(limit), int(part.sum())) for limit, part in zip(knapsack.capacities, uses, strict=True)]
    ends[row] = int(uses[row].sum())
    if m * prod(end + 1 for end in ends) > MOST_STATES:
        return "uses"
    fixed: dict[int, bool] = {}
    for rule in knapsack.rules:
        for member in rule.members:
            if fixed.setdefault(member, rule.kind == "always") != (rule.kind == "always"):
                return Frontier(resource, capacity, ())  # in and out at once
    tables = _tables(knapsack, ends, fixed)
    points: list[tuple[Fraction, float, int]] = []
    reached = -np.inf
    for use in range(ends[row] + 1):
        here = np.take(tables[-1], use, axis=row)
        best = float(here.max())
        if best > reached + TIE:
            reached = best
            states = [(*state[:row], use, *state[row:]) for state in np.argwhere(here >= best - TIE).tolist()]
            tied = (package for state in states for package in _packages(tables, knapsack, m, state, best, fixed))
            points += [(Fraction(use, unit), best, package) for package in islice(tied, MOST_LISTED)]
    return frontier_of_points(resource, capacity, points)


def _tables(knapsack: Knapsack, ends: list[int], fixed: Mapping[int, bool]) -> list[NDArray[Any]]:
    """What the first members are worth at most, one table for each number of them, by what is used of each resource."""
    tables = [np.full([end + 1 for end in ends], -np.inf)]
    tables[0][(0,) * len(ends)] = knapsack.start
    for member, value in enumerate(knapsack.values.tolist()):
        use = [int(part) for part in knapsack.uses[:, member]]
        before = tables[-1]
        after = np.full_like(before, -np.inf) if fixed.get(member, False) else before.copy()
        if fixed.get(member, True) and all(part <= end for part, end in zip(use, ends, strict=True)):
            to = tuple(slice(part, None) for part in use)
            of = tuple(slice(0, end + 1 - part) for part, end in zip(use, ends, strict=True))
            after[to] = np.maximum(after[to], before[of] + value)
        tables.append(after)
    return tables


def _packages(
    tables: list[NDArray[Any]],
    knapsack: Knapsack,
    place: int,
    state: _Index,
    value: float,
    fixed: Mapping[int, bool],
) -> Iterator[int]:
    """The packages of the first ``place`` members that use exactly this and are worth this much, within a tie."""
    if place == 0:
        yield 0
        return
    member, before = place - 1, tables[place - 1]
    if not fixed.get(member, False) and float(before[state]) >= value - TIE:
        yield from _packages(tables, knapsack, member, state, value, fixed)
    left = tuple(at - int(part) for at, part in zip(state, knapsack.uses[:, member], strict=True))
    rest = value - float(knapsack.values[member])
    if fixed.get(member, True) and min(left, default=0) >= 0 and float(before[left]) >= rest - TIE:
        yield from (package | 1 << member for package in _packages(tables, knapsack, member, left, rest, fixed))
