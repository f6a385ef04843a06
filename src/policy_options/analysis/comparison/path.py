"""The straight path from one weight set to another: every point at which two options change places, and the leaders.
Exact.

Weights w(t) = (1 - t) w + t w', for t from 0 to 1, give every option a value that is a straight line in t. The leaders
are the upper envelope of m lines, in O(m log m); changes of order are crossings of lines, which are inversions between
the orders at both ends, counted in O(m log m) and listed in O(m log m + k log k) for k of them (Bentley and Ottmann
1979, IEEE Transactions on Computers C-28:643-647, sweep for crossing segments; for full lines the inversions are
sufficient).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from policy_options.analysis.additive import TIE, competition_ranks
from policy_options.analysis.comparison.inversions import count_inversions, list_inversions, places_reversed

__all__ = ["CROSSINGS_LISTED", "Meeting", "Path", "Stretch", "crossings_up_to", "envelope", "path_between"]

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

CROSSINGS_LISTED: Final = 10_000
"""Crossings that are listed, from the start of the path; all are counted."""

_SAME_POINT: Final = 1e-9
"""Fraction of the path within which crossings count as one meeting."""


class Stretch(NamedTuple):
    """A part of the path, from ``start`` to ``end``, with its leaders: several if they have the same value throughout."""

    start: float
    end: float
    leaders: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Meeting:
    """A point of the path, from 0 to 1, and the pairs that change places there, as (passing, passed)."""

    at: float
    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, eq=False)
class Path:
    """The path from the values ``start`` to the values ``end``, both (m,) along ``options``.

    ``crossings`` counts all changes of order strictly between the ends, of which ``meetings`` lists the first
    ``CROSSINGS_LISTED``; ``listed_to`` is how far along the path the list goes, 1 if it is complete. ``stretches`` give
    the leaders from 0 to 1.
    """

    options: tuple[str, ...]
    start: Floats
    end: Floats
    crossings: int
    meetings: tuple[Meeting, ...]
    listed_to: float
    stretches: tuple[Stretch, ...]

    @cached_property
    def _row(self) -> dict[str, int]:
        return {name: row for row, name in enumerate(self.options)}

    @property
    def changes(self) -> tuple[float, ...]:
        """The points at which the lead passes from one option to another."""
        return tuple(stretch.start for stretch in self.stretches[1:])

    @cached_property
    def shares_of_lead(self) -> dict[str, float]:
        """The share of the path over which each option leads, alone or jointly; only options that lead somewhere."""
        found: dict[str, float] = {}
        for stretch in self.stretches:
            for leader in stretch.leaders:
                found[leader] = found.get(leader, 0.0) + stretch.end - stretch.start
        return found

    def at(self, part: float) -> Floats:
        """(m,) overall values at a point of the path."""
        return (1.0 - part) * self.start + part * self.end

    def crossing(self, option: str, over: str) -> float | None:
        """Where on the path two options change places; ``None`` if they do not, strictly between the ends."""
        i, j = self._row[option], self._row[over]
        first, last = float(self.start[i] - self.start[j]), float(self.end[i] - self.end[j])
        if min(abs(first), abs(last)) <= TIE or (first > 0) == (last > 0):
            return None
        return first / (first - last)

    def orders(self) -> list[tuple[float, float, tuple[int, ...]]]:
        """The sequence of orders: each with its start and end and (m,) competition ranks, as far as meetings are listed."""
        ends = [0.0, *(meeting.at for meeting in self.meetings), self.listed_to]
        found: list[tuple[float, float, tuple[int, ...]]] = []
        for start, end in pairwise(ends):
            if end > start:
                ranks, _ = competition_ranks(self.at((start + end) / 2))
                found.append((start, end, tuple(ranks.tolist())))
        return found


def path_between(options: Sequence[str], start: Floats, end: Floats) -> Path:
    """Follow m options from one set of overall values to another, with every value linear along the path."""
    ids = tuple(options)
    total, listed_to, pairs = crossings_up_to(start, end, CROSSINGS_LISTED)
    stretches = tuple(Stretch(low, high, tuple(ids[row] for row in rows)) for low, high, rows in envelope(start, end))
    return Path(ids, start, end, total, _meetings(ids, *pairs), listed_to, stretches)


def _meetings(ids: Sequence[str], at: Floats, passing: Integers, passed: Integers) -> tuple[Meeting, ...]:
    if not at.size:
        return ()
    firsts, last = [0], float(at[0])
    for index, point in enumerate(at.tolist()):
        if point > last + _SAME_POINT:
            firsts.append(index)
            last = point
    bounds = [*firsts, len(at)]
    names = [(ids[one], ids[other]) for one, other in zip(passing.tolist(), passed.tolist(), strict=True)]
    return tuple(Meeting(float(at[low]), tuple(sorted(names[low:high]))) for low, high in pairwise(bounds))


def crossings_up_to(start: Floats, end: Floats, most: int) -> tuple[int, float, tuple[Floats, Integers, Integers]]:
    """The number of pairs that change places, the point up to which they are listed, and at most ``most`` crossings.

    Crossings are three arrays (k,), in rising order of place: the place, the row that passes, and the row that is
    passed. They are of pairs of which one is ahead at the start and the other at the end, by rank, so that options
    which tie at an end do not cross.
    """
    first, last = competition_ranks(start)[0], competition_ranks(end)[0]
    start, end = _levelled(start, first), _levelled(end, last)
    rows, places = places_reversed(first, last)
    total = count_inversions(places)
    listed_to = 1.0
    if total > most:
        # A meeting is listed in full or not at all: the list ends before one that may be incomplete.
        listed_to = max(_far_enough(start, end, rows, most) - _SAME_POINT, 0.0)
        places = _places_at((1.0 - listed_to) * start + listed_to * end, rows)
    greater, less = list_inversions(places)
    by_place = np.empty(len(rows), dtype=np.int64)
    by_place[places] = rows
    passed, passing = by_place[greater], by_place[less]  # first at the start, and second at the end
    crossing = (first[passed] < first[passing]) & (last[passing] < last[passed])
    passed, passing = passed[crossing], passing[crossing]
    ahead, behind = start[passed] - start[passing], end[passing] - end[passed]
    at = ahead / (ahead + behind)
    order = np.lexsort((passing, passed, at))
    return total, listed_to, (at[order], passing[order], passed[order])


def _levelled(values: Floats, ranks: Integers) -> Floats:
    """Values made equal within a shared rank, so that tied options do not change places with each other."""
    best = np.full(len(ranks) + 1, -np.inf)
    np.maximum.at(best, ranks, values)
    return best[ranks]


def _places_at(values: Floats, rows: Integers) -> Integers:
    """Places by value at a point of the path, for rows in their order at the start; equal values keep that order."""
    places = np.empty(len(rows), dtype=np.int64)
    places[np.argsort(-values[rows], kind="stable")] = np.arange(len(rows))
    return places


def _far_enough(start: Floats, end: Floats, rows: Integers, most: int) -> float:
    """The furthest point of the path, by bisection, up to which at most ``most`` pairs have changed places."""
    low, high = 0.0, 1.0
    for _ in range(52):
        middle = (low + high) / 2
        places = _places_at((1.0 - middle) * start + middle * end, rows)
        low, high = (middle, high) if count_inversions(places) <= most else (low, middle)
    return low


def envelope(start: Floats, end: Floats) -> list[tuple[float, float, list[int]]]:
    """The upper envelope as (from, to, rows) in turn, in O(m log m); rows of equal values throughout share a stretch.

    Lines are added by slope, each to the hull of those before it (upper envelope of lines, de Berg et al. 2008,
    Computational Geometry, section 11.4). Values within a tie at both ends are the same line.
    """
    candidates = np.flatnonzero(~_below(start, end))
    order = candidates[np.lexsort((start[candidates], (end - start)[candidates]))]
    hull: list[int] = []
    points: list[float] = []  # where each line of the hull takes over from the previous one
    for row in order.tolist():
        at = 0.0
        while hull and (at := _takes_over(start, end, hull[-1], row)) <= points[-1]:
            hull.pop()
            points.pop()
        if not hull:
            at = 0.0
        if at < 1.0:
            hull.append(row)
            points.append(at)
    alike = _Alike(start, end)
    found: list[tuple[float, float, list[int]]] = []
    for row, low, high in zip(hull, points, [*points[1:], 1.0], strict=True):
        found.append((low, high, alike.rows(row)))
    return found


class _Alike:
    """Lines equal to another within a tie at both ends, found among their neighbours by value at the start."""

    def __init__(self, start: Floats, end: Floats) -> None:
        self._order = np.argsort(start, kind="stable")
        self._sorted = start[self._order]
        self._start, self._end = start, end

    def rows(self, row: int) -> list[int]:
        value = self._start[row]
        low, high = np.searchsorted(self._sorted, (value - TIE, value + TIE), side="left")
        near = self._order[low : high + 1]
        same = (np.abs(self._start[near] - value) <= TIE) & (np.abs(self._end[near] - self._end[row]) <= TIE)
        return sorted(near[same].tolist())


def _below(start: Floats, end: Floats) -> NDArray[np.bool_]:
    """Lines that are below the leader at either end throughout: with many lines, most of them, found at once."""
    leaders = int(np.argmax(start)), int(np.argmax(end))
    floor = max(min(start[row], end[row]) for row in leaders)
    below: NDArray[np.bool_] = floor > np.maximum(start, end)
    return below


def _takes_over(start: Floats, end: Floats, before: int, row: int) -> float:
    """Where a line of larger slope rises above another: 0 if it is level or above at the start, 1 if it never does."""
    ahead, behind = float(start[before] - start[row]), float(end[row] - end[before])
    if ahead <= TIE:
        return 0.0
    if behind <= TIE:  # level at the very end, if at all
        return 1.0
    return ahead / (ahead + behind)
