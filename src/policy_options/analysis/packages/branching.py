"""The k best packages of many members by branch and bound, where value is a sum over members: a knapsack with rules.

Members are decided one after another, best value for use first, for all open branches at once. A branch is closed where the
bound of Dantzig (1957, Operations Research 5(2)), in which the last member that fits is taken in part, says that it cannot
reach the k-th best package known. With several resources the bound is on their sum at the shadow prices of the linear
relaxation (a surrogate constraint: Glover 1968, Operations Research 16(4)). Uses are whole numbers, so that what fits is exact.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from policy_options.analysis.additive import TIE
from policy_options.analysis.packages.problem import Rule
from policy_options.analysis.packages.rules import rows_of

__all__ = ["Knapsack", "k_best"]

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

_MOST_OPEN: Final = 400_000
_BEAM: Final = 500
_WORD: Final = 62


@dataclass(frozen=True, eq=False, slots=True)
class Knapsack:
    """``values`` (m,) and what an empty package is worth; ``uses`` (r, m) and ``capacities`` (r,) in whole units; rules."""

    start: float
    values: Floats
    uses: Integers
    capacities: Integers
    rules: tuple[Rule, ...]


@dataclass(frozen=True, eq=False, slots=True)
class _Plan:
    """The members in the order in which they are decided, and what is still to come after each.

    The first ``settled`` are in by a rule; the bound, which takes the others best first, counts from there on.
    """

    order: Integers
    values: Floats
    uses: Integers
    weights: Floats
    scale: Floats
    cumulated_weight: Floats
    cumulated_value: Floats
    signs: Integers
    low: Integers
    high: Integers
    least_left: Integers
    most_left: Integers
    settled: int


def k_best(problem: Knapsack, k: int) -> list[tuple[int, float]] | None:
    """The k best packages with their values and all that tie with the last, in no order; ``None`` if too many stay open.

    Fewer than k come back where there are no more.
    """
    plan = _planned(problem)
    found = _run(problem, plan, k, -np.inf, beam=_BEAM)
    assert found is not None
    known = np.sort(found[1])[::-1]
    floor = float(known[k - 1]) if len(known) >= k else -np.inf
    exact = _run(problem, plan, k, floor, beam=None)
    if exact is None:
        return None
    packages, values = exact
    if len(values) > k:
        last = np.sort(values)[::-1][k - 1]
        chosen = np.flatnonzero(values >= last - TIE)
        return [(packages[row], float(values[row])) for row in chosen]
    return list(zip(packages, values.tolist(), strict=True))


def _planned(problem: Knapsack) -> _Plan:
    m = len(problem.values)
    prices = _shadow_prices(problem)
    weight = prices @ problem.uses if len(prices) else np.zeros(m)
    inside, outside = (
        sorted({member for rule in problem.rules if rule.kind == kind for member in rule.members})
        for kind in ("always", "never")
    )
    gain = np.maximum(problem.values, 0.0)
    gain[outside] = 0.0
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.where(weight > 0.0, gain / weight, np.where(gain > 0.0, np.inf, 0.0))
    later = np.ones(m)
    later[inside] = 0.0  # what is in anyway is decided first, so that what it uses up is known from the start
    order = np.lexsort((-problem.values, -ratio, later))
    rows = [row for rule in problem.rules for row in rows_of(rule)]
    signs = np.zeros((len(rows), m), dtype=np.int64)
    for number, (members, _, _) in enumerate(rows):
        for member, sign in members.items():
            signs[number, member] = sign
    signs = signs[:, order]
    fill = (np.concatenate(([0.0], np.cumsum(part[order]))) for part in (weight, gain))
    left = [
        np.concatenate((np.cumsum(part[:, ::-1], axis=1)[:, ::-1], np.zeros((len(rows), 1), dtype=np.int64)), axis=1)
        for part in (np.minimum(signs, 0), np.maximum(signs, 0))
    ]
    cumulated = list(fill)
    return _Plan(
        order,
        problem.values[order],
        problem.uses[:, order],
        weight[order],
        prices,
        cumulated[0],
        cumulated[1],
        signs,
        np.array([low for _, low, _ in rows], dtype=np.int64),
        np.array([high for _, _, high in rows], dtype=np.int64),
        left[0],
        left[1],
        len(inside),
    )


def _shadow_prices(problem: Knapsack) -> Floats:
    """What one unit of each resource is worth in the linear relaxation without rules; even where none is scarce."""
    resources = len(problem.capacities)
    if resources == 0:
        return np.zeros(0)
    scale = 1.0 / np.maximum(problem.capacities, 1)
    if resources == 1:
        return scale
    from policy_options.analysis.solver import solve  # one resource needs no programme

    m = len(problem.values)
    rows = np.concatenate((problem.uses * scale[:, None], np.eye(m)))
    bounds = np.concatenate((problem.capacities * scale, np.ones(m)))
    solution = solve(-np.maximum(problem.values, 0.0), rows, bounds, np.zeros((0, m)), np.zeros(0))
    prices = np.maximum(-solution.duals[:resources], 0.0)
    return np.asarray((prices if prices.max() > 0.0 else np.ones(resources)) * scale)


def _run(problem: Knapsack, plan: _Plan, k: int, floor: float, *, beam: int | None) -> tuple[list[int], Floats] | None:
    """All packages worth at least ``floor``; with a beam, only what comes of the most promising branches at each step."""
    m = len(plan.values)
    words = max(1, -(-m // _WORD))
    masks = np.zeros((1, words), dtype=np.int64)
    values = np.array([problem.start])
    left = problem.capacities[None, :].copy()
    sums = np.zeros((1, len(plan.low)), dtype=np.int64)
    slack = 1e-9 * (1.0 + float(np.abs(plan.values).sum()) + abs(problem.start))
    for place in range(m):
        member = int(plan.order[place])
        taken = np.flatnonzero((left >= plan.uses[:, place]).all(axis=1))
        with_it = masks[taken].copy()
        with_it[:, member // _WORD] |= 1 << (member % _WORD)
        masks = np.concatenate((masks, with_it))
        values = np.concatenate((values, values[taken] + plan.values[place]))
        left = np.concatenate((left, left[taken] - plan.uses[:, place]))
        sums = np.concatenate((sums, sums[taken] + plan.signs[:, place]))
        open_ = np.ones(len(values), dtype=np.bool_)
        if len(plan.low):
            open_ &= (sums + plan.most_left[:, place + 1] >= plan.low).all(axis=1)
            open_ &= (sums + plan.least_left[:, place + 1] <= plan.high).all(axis=1)
        bound = _bound(plan, place + 1, values, left)
        if place + 1 >= plan.settled:
            open_ &= bound >= floor - TIE - slack
        if beam is not None and int(open_.sum()) > beam + k:
            rows = np.flatnonzero(open_)
            rows = rows[np.argpartition(-bound[rows], beam + k)[: beam + k]]
        else:
            rows = np.flatnonzero(open_)
        if len(rows) > _MOST_OPEN:
            return None
        masks, values, left, sums = masks[rows], values[rows], left[rows], sums[rows]
    packages = [sum(int(word) << (_WORD * place) for place, word in enumerate(row)) for row in masks.tolist()]
    return packages, values


def _bound(plan: _Plan, place: int, values: Floats, left: NDArray[Any]) -> Floats:
    """The most that each branch can reach: its value, and the members to come as far as what is left carries them."""
    if not len(plan.scale):
        return np.asarray(values + (plan.cumulated_value[-1] - plan.cumulated_value[place]))
    room = left @ plan.scale + plan.cumulated_weight[place]
    # Members that use nothing come first, and are had in full: a step in the curve, of which the upper end is meant.
    reach = np.searchsorted(plan.cumulated_weight, room, side="right") - 1
    reach = np.clip(reach, place, len(plan.values))
    nexts = np.minimum(reach, len(plan.values) - 1)
    weight = plan.weights[nexts]
    spare = np.maximum(room - plan.cumulated_weight[reach], 0.0)
    part = np.where((reach < len(plan.values)) & (weight > 0.0), spare / np.where(weight > 0.0, weight, 1.0), 0.0)
    gained = plan.cumulated_value[reach] - plan.cumulated_value[place]
    return np.asarray(values + gained + np.minimum(part, 1.0) * np.maximum(plan.values[nexts], 0.0))
