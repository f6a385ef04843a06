"""Values along one weight: the value of every option as a weight runs from zero to its maximum, and who leads where.
Exact.

The others keep their proportions, as in ``stability``, so every overall value is a straight line, and the first place
is the upper envelope of m lines. ``stability`` says how far the weight can move before the present order changes; this
module follows the lines to both ends.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from policy_options.analysis.additive import TIE
from policy_options.analysis.problem import frozen
from policy_options.analysis.ranking import Ranking
from policy_options.analysis.stability import Undefined, movements, refuse_unknown
from policy_options.errors import PolicyOptionsError

__all__ = ["Crossing", "OneWay", "Stretch", "one_way", "stretches"]

Floats = NDArray[np.float64]

_SAME_POINT = 1e-12

_WHY: dict[Undefined, tuple[str, str]] = {
    "the-rest-is-zero": (
        "all other weights are zero or locked, so that there is nothing it could trade with",
        "give another criterion weight, or lock less",
    ),
    "no-proportions": (
        "it weighs nothing, so that how its weight is shared out among its criteria is not known",
        "give the group weight, or ask for one of its criteria",
    ),
    "locked": ("it is locked", "lock it no longer"),
}


@dataclass(frozen=True, slots=True)
class Crossing:
    """At a weight of ``share``, ``overtaking`` is level with ``overtaken``, and above it for all greater weights."""

    share: float
    overtaken: str
    overtaking: str


class Stretch(NamedTuple):
    """A range of the weight, ``low`` to ``high``, with its leaders: several if they have the same value throughout."""

    low: float
    high: float
    leaders: tuple[str, ...]


@dataclass(frozen=True, eq=False, slots=True)
class OneWay:
    """Overall values, in points, along the weight of one criterion or group: ``share`` now and ``most`` at most.

    ``at_zero`` and ``at_most`` are (m,), along ``options``, and every value between is on the straight line joining
    them. ``crossings`` are of all pairs whose lines meet strictly inside, by share; ``stretches`` say who leads, from 0
    to ``most``.
    """

    id: str
    share: float
    most: float
    options: tuple[str, ...]
    at_zero: Floats
    at_most: Floats
    crossings: tuple[Crossing, ...]
    stretches: tuple[Stretch, ...]

    def at(self, share: float) -> Floats:
        """(m,) overall values at one weight."""
        part = share / self.most
        return (1.0 - part) * self.at_zero + part * self.at_most

    @property
    def changes(self) -> tuple[float, ...]:
        """The weights at which the lead passes from one option to another, in rising order."""
        return tuple(stretch.low for stretch in self.stretches[1:])


def one_way(ranking: Ranking, id: str, *, locked: Collection[str] = ()) -> OneWay:
    """Follow the overall values of all options along the weight of a criterion or a group.

    ``locked`` criteria and groups keep their weights; all others keep their proportions.

    Raises:
        PolicyOptionsError: a score that carries weight on the way is unknown; an id is unknown; or the movement is not
            defined:
            all other weights are zero, the group weighs nothing, or it is locked.
    """
    problem = ranking.problem
    movement = next((each for each in movements(ranking, locked=locked) if each.id == id), None)
    if movement is None:
        raise PolicyOptionsError.of("unknown-id", f"`{id}` is no criterion and no group", ids=(id,))
    if movement.undefined == "unknown":
        weighed = np.where(np.array(problem.criterion_ids) == id, 1.0, ranking.shares)
        refuse_unknown(problem, weighed, f"the values along the weight of `{id}`")
    if movement.undefined is not None:
        why, remedy = _WHY[movement.undefined]
        raise PolicyOptionsError.of(
            movement.undefined, f"values along the weight of `{id}` are not defined: {why}", remedy, ids=(id,)
        )
    refuse_unknown(problem, ranking.shares, f"the values along the weight of `{id}`")
    moving = movement.own + movement.rest > 0.0
    staying = np.where(moving, 0.0, ranking.shares)
    values = np.nan_to_num(problem.values)  # unknown scores that carry no weight
    at_zero = frozen(values @ (staying + movement.most * movement.rest))
    at_most = frozen(values @ (staying + movement.most * movement.own))
    ids = problem.option_ids
    crossings = _crossings(ids, at_zero, at_most, movement.most)
    found = stretches(ids, at_zero, at_most, movement.most)
    return OneWay(id, movement.share, movement.most, ids, at_zero, at_most, crossings, found)


def _crossings(ids: tuple[str, ...], at_zero: Floats, at_most: Floats, most: float) -> tuple[Crossing, ...]:
    """Pairs of which one is ahead by more than a tie at one end, and the other at the other end."""
    first = at_zero[:, None] - at_zero[None, :]
    last = at_most[:, None] - at_most[None, :]
    overtaken, overtaking = np.nonzero((first > TIE) & (last < -TIE))
    fall = first[overtaken, overtaking] - last[overtaken, overtaking]
    shares = most * first[overtaken, overtaking] / fall
    found = zip(shares.tolist(), overtaken.tolist(), overtaking.tolist(), strict=True)
    return tuple(Crossing(share, ids[above], ids[below]) for share, above, below in sorted(found))


def stretches(ids: tuple[str, ...], at_zero: Floats, at_most: Floats, most: float) -> tuple[Stretch, ...]:
    """The upper envelope, from the left: the leader is followed to the first line that rises above it."""
    leading = at_zero >= at_zero.max() - TIE
    leader = int(np.where(leading, at_most, -np.inf).argmax())
    found: list[Stretch] = []
    low = 0.0
    while True:
        alike = (np.abs(at_zero - at_zero[leader]) <= TIE) & (np.abs(at_most - at_most[leader]) <= TIE)
        leaders = tuple(ids[row] for row in np.flatnonzero(alike))
        rising = np.flatnonzero(at_most > at_most[leader] + TIE)
        if not rising.size:
            found.append(Stretch(low, most, leaders))
            return tuple(found)
        behind = np.maximum(at_zero[leader] - at_zero[rising], 0.0)
        meeting = most * behind / (behind + at_most[rising] - at_most[leader])
        high = max(float(meeting.min()), low)
        # Where several meet the leader at one point, the steepest leads beyond it.
        there = rising[meeting <= high + _SAME_POINT]
        if high > low:
            found.append(Stretch(low, high, leaders))
        low, leader = high, int(there[at_most[there].argmax()])
