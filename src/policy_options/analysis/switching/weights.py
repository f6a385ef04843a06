"""Weights as figures to type: the first weight in per cent at which another option leads, and moves from one weight to another.

One weight moves while the others keep their proportions, as in ``rank --set`` and ``stability``; or weight moves from
some criteria to others, each of which is then named with its weight before and after.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from policy_options.analysis.additive import TIE
from policy_options.analysis.ranking import Ranking
from policy_options.analysis.stability import Movement, StabilityInterval
from policy_options.analysis.switching.typed import PLACES, first_beyond, outward
from policy_options.analysis.switching.weight_values import WeightSwitchingValue
from policy_options.analysis.weight_region import WeightRegion

__all__ = ["MoveSwitch", "WeightSwitch", "typed_ends", "typed_move"]

Floats = NDArray[np.float64]

_FURTHER: Final = (1e-9, 1e-6, 1e-4, 1e-3, 1e-2, 3e-2, 0.1)
"""Overshoots of the tie to try for a figure to type, as shares of the move."""

_WITHIN: Final = 1e-7
"""How far outside a region weights may be for rounding errors."""

_MOST_PLACES: Final = 4
_MOST_EXTRA: Final = 3


@dataclass(frozen=True, slots=True)
class WeightSwitch:
    """With the weight of a node at ``percent``, the others in proportion, ``taking_over`` lead; ``share`` is its
    present share.
    """

    node: str
    share: float
    percent: float
    taking_over: tuple[str, ...]

    @property
    def distance(self) -> float:
        """How much of all weight moves, as a share."""
        return abs(self.percent / 100.0 - self.share)


@dataclass(frozen=True, slots=True)
class MoveSwitch:
    """With the weights of some criteria at these per cents, the others in proportion, ``option`` is ahead.

    ``steps`` lists each criterion with its present share and its per cent then, those that gain first; ``moved`` is the
    share of all weight that moves once these are typed.
    """

    option: str
    steps: tuple[tuple[str, float, float], ...]
    moved: float


def typed_ends(
    ranking: Ranking, leader: str, node: StabilityInterval, movement: Movement
) -> tuple[WeightSwitch | None, WeightSwitch | None]:
    """The first weights below and above the interval of a leader at which another leads; ``None`` if no weights do."""
    if node.leader is None:
        return None, None
    values = np.nan_to_num(ranking.problem.values)
    row = ranking.problem.option_index[leader]
    # A locked weight stays: criteria not touched by a movement keep their share.
    held = np.where((movement.own == 0.0) & (movement.rest == 0.0), ranking.shares, 0.0)

    def switch(end: float, *, rising: bool) -> WeightSwitch | None:
        def ahead(percent: float) -> Floats:
            share = percent / 100.0
            shares = held + share * movement.own + (movement.most - share) * movement.rest
            return np.asarray(values @ shares)

        def switches(percent: float) -> bool:
            overall = ahead(percent)
            return bool(overall.max() > overall[row] + TIE)

        percent = first_beyond(
            100.0 * end, rising=rising, places=PLACES, switches=switches, least=0.0, most=100.0 * movement.most
        )
        if percent is None:
            return None
        overall = ahead(percent)
        names = tuple(ranking.problem.option_ids[at] for at in np.flatnonzero(overall >= overall.max() - TIE))
        return WeightSwitch(node.id, node.share, percent, names)

    found = node.leader
    return (
        switch(found.low, rising=False) if found.at_low else None,
        switch(found.high, rising=True) if found.at_high else None,
    )


def typed_move(ranking: Ranking, tie: WeightSwitchingValue, *, within: WeightRegion | None = None) -> MoveSwitch | None:
    """The move of a switching value as weights in per cent that put its option ahead when typed; ``None`` if they only
    tie, or if no such figures are ``within`` a region.

    Ahead of ``over`` for a switching value that overtakes, of all others for one that leads. Every figure is rounded
    outward: what gains upward, what gives downward, by as much in all, so that unnamed weights stay where they are if
    the present ones can be written with as many places.
    """
    if tie.weights is None:
        return None
    problem = ranking.problem
    values = np.nan_to_num(problem.values)
    row = problem.option_index[tie.option]
    rivals = [at for at in range(len(values)) if at != row]
    if tie.goal == "overtakes":
        rivals = [problem.option_index[tie.over]]
    step = tie.weights - ranking.shares
    columns = np.flatnonzero(np.abs(step) > 1e-9)
    for places in range(PLACES, _MOST_PLACES + 1):
        for percents in _rounded(ranking.shares, step, columns, places, within):
            typed = _as_typed(ranking.shares, columns, percents)
            if within is not None and not within.holds(typed, _WITHIN):
                continue
            overall = values @ typed
            if (overall[row] > overall[rivals] + TIE).all():
                steps = [
                    (problem.criterion_ids[column], float(ranking.shares[column]), percent)
                    for column, percent in zip(columns.tolist(), percents, strict=True)
                ]
                steps.sort(key=lambda one: 100.0 * one[1] - one[2])
                moved = float(np.abs(typed - ranking.shares).sum()) / 2.0
                return MoveSwitch(tie.option, tuple(steps), moved)
    return None


def _rounded(
    shares: Floats, step: Floats, columns: NDArray[np.intp], places: int, within: WeightRegion | None
) -> Iterator[list[float]]:
    """New weights in per cent, rounded outward, at increasing distances beyond the tie.

    The one that gains most gets what the others then give, so that unnamed weights stay put; only where that never
    suffices, as those that give have no more to give, it takes a little from unnamed ones too. Within a region, weights
    are rounded to its bounds at most, and the one with the most room below its bound gets what the others give.
    """
    lower, upper = np.zeros(len(columns)), np.full(len(columns), 100.0)
    room = step[columns]
    if within is not None:
        lower, upper = 100.0 * within.lower[columns], 100.0 * within.upper[columns]
        room = np.where(room > 0.0, upper - 100.0 * (shares + step)[columns], -1.0)
    taking = int(np.argmax(room))
    bounds = [
        (outward(float(low), rising=True, places=places), outward(float(high), rising=False, places=places))
        for low, high in zip(lower, upper, strict=True)
    ]
    total = 100.0 * float(shares[columns].sum())
    unit = 10.0**-places
    for extra in range(_MOST_EXTRA if total < 100.0 - 1e-9 else 1):
        for further in _FURTHER:
            wanted = 100.0 * (shares + step * (1.0 + further))[columns]
            percents = [
                min(max(outward(float(one), rising=bool(gains), places=places), low), high)
                for one, gains, (low, high) in zip(wanted, step[columns] > 0.0, bounds, strict=True)
            ]
            rest = total - sum(one for at, one in enumerate(percents) if at != taking)
            percents[taking] = round(rest + extra * unit, places)
            if percents[taking] >= 0.0 and sum(percents) <= 100.0 + 1e-9:
                yield list(percents)


def _as_typed(shares: Floats, columns: NDArray[np.intp], percents: list[float]) -> Floats:
    """All weights once some are typed: the others share the rest in proportion, as in ``reweighting``."""
    new = shares.copy()
    new[columns] = np.array(percents) / 100.0
    rest = np.ones(len(shares), dtype=bool)
    rest[columns] = False
    left, had = 1.0 - float(new[columns].sum()), float(shares[rest].sum())
    if had > 0.0:
        new[rest] = shares[rest] / had * max(left, 0.0)
    return np.asarray(new)
