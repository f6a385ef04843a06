"""Comparing two rankings: what moved, every pair whose order changed, and the parts of the change in its gap.

The rankings may be of one problem under two weight sets, or of two versions of a problem. What only one side has is
named; orders and measures cover the options that both have, ranked among themselves, so that an added option moves no
other.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from policy_options.analysis.additive import TIE, competition_ranks
from policy_options.analysis.comparison.attribution import Attribution, GapChange, attribute
from policy_options.analysis.comparison.inversions import count_inversions, list_inversions, places_changed
from policy_options.analysis.comparison.path import Path, path_between
from policy_options.analysis.comparison.rank_measures import RankMeasures, rank_measures
from policy_options.analysis.ranking import Ranking
from policy_options.analysis.red_lines import red_lines
from policy_options.analysis.verdict import candidates, could_overtake, lead_at_the_top, level_at_the_top
from policy_options.errors import PolicyOptionsError

__all__ = ["ORDERS_LISTED", "Comparison", "OrderChange", "Top", "compare", "top_of"]

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

ORDERS_LISTED: Final = 10_000
"""Changed orders that are listed; if there are more, those among the options near the top on either side."""

_NEAR_THE_TOP: Final = 70  # with this many on either side there are no more pairs than may be listed


@dataclass(frozen=True, slots=True)
class OrderChange:
    """A pair whose order changed: ``overtaking`` was behind or level with ``overtaken`` and is now level or ahead.

    ``before`` and ``after`` are its lead in points, and ``crossing`` is the point on the straight path between the two
    weight sets at which they are level; ``None`` where unknown scores leave that open, or there is no such path.
    """

    overtaking: str
    overtaken: str
    kind: Literal["overtakes", "draws-level", "pulls-ahead"]
    before: float | None
    after: float | None
    crossing: float | None


@dataclass(frozen=True, slots=True)
class Top:
    """The first option on one side among those that fail no red line, and its ``lead``, as in ``verdict``.

    ``is_sure`` says that no unknown score could put another of them first.
    """

    first: tuple[str, ...]
    lead: float | None
    is_sure: bool


@dataclass(frozen=True, eq=False)
class Comparison:
    """What changed from one ranking to another.

    Arrays are (c,) along ``options``: those of both sides, in the order of the second. ``ranks_before`` and
    ``ranks_after`` are among these; ``top`` limits the list to options of at most that rank on either side, and
    ``shown`` names them, in the order of the second. ``changed`` counts the pairs among the shown options whose order
    differs, of ``pairs`` in all; ``orders`` lists them, those nearest the top first, up to ``ORDERS_LISTED``, as do the
    rows of ``gained`` and ``lost``, (k,) each.
    """

    before: Ranking
    after: Ranking
    options: tuple[str, ...]
    appeared: tuple[str, ...]
    vanished: tuple[str, ...]
    criteria_appeared: tuple[str, ...]
    criteria_vanished: tuple[str, ...]
    ranks_before: Integers
    ranks_after: Integers
    shown: tuple[str, ...]
    top: int | None
    pairs: int
    changed: int
    attribution: Attribution
    gained: Integers
    lost: Integers

    @property
    def of_one_problem(self) -> bool:
        """Whether only the weights differ."""
        return self.before.problem is self.after.problem

    @property
    def unknown(self) -> tuple[str, ...]:
        """Options with an unknown score that carries weight on either side: their values here are lower ends."""
        return tuple(name for name, known in zip(self.options, self.attribution.known, strict=True) if not known)

    @cached_property
    def orders(self) -> tuple[OrderChange, ...]:
        """The changed orders, those nearest the top on the second side first."""
        return self._orders(np.arange(len(self.gained)))

    def orders_among(self, options: Collection[str]) -> tuple[OrderChange, ...]:
        """The changed orders of which both options are in ``among``."""
        wanted = np.array([name in options for name in self.options])
        return self._orders(np.flatnonzero(wanted[self.gained] & wanted[self.lost]))

    @cached_property
    def measures(self) -> RankMeasures:
        """How similar the two rankings of the common options are."""
        return rank_measures(self.ranks_before, self.ranks_after)

    @cached_property
    def top_before(self) -> Top:
        """The first option on the first side."""
        return top_of(self.before)

    @cached_property
    def top_after(self) -> Top:
        """The first option on the second side."""
        return top_of(self.after)

    @cached_property
    def excluded(self) -> tuple[str, ...]:
        """Options that fail a red line on either side, which no verdict puts first."""
        failing = {*red_lines(self.before.problem).failing, *red_lines(self.after.problem).failing}
        return tuple(name for name in self.options if name in failing)

    @cached_property
    def path(self) -> Path | None:
        """The straight path between two weight sets, for options that fail no red line and have no unknown score.

        ``None`` between versions, and where fewer than two such options are left.
        """
        everyone = len(self.excluded) == len(self.options)  # where every option fails one, a verdict chooses among all
        out = {*(() if everyone else self.excluded), *self.unknown}
        rows = [row for row, name in enumerate(self.options) if name not in out]
        if not self.of_one_problem or len(rows) < 2:
            return None
        found = self.attribution
        return path_between([self.options[row] for row in rows], found.before[rows], found.after[rows])

    @cached_property
    def open_pairs(self) -> int:
        """The number of shown pairs whose order, before or after, unknown scores could reverse."""
        rows = {name: row for row, name in enumerate(self.options)}
        shown = np.array([rows[name] for name in self.shown], dtype=np.int64)
        known = self.attribution.known[shown]
        place = np.arange(len(shown))
        bounds = [self._bounds(side, shown) for side in (self.before, self.after)]
        total = 0
        for at in np.flatnonzero(~known).tolist():
            others = known | (place > at)  # counts each pair of two such options once
            overlaps = np.zeros(len(shown), dtype=np.bool_)
            for lower, upper in bounds:
                overlaps |= (lower[at] <= upper + TIE) & (lower <= upper[at] + TIE)
            total += int((overlaps & others).sum())
        return total

    def _bounds(self, side: Ranking, shown: Integers) -> tuple[Floats, Floats]:
        """The least and the largest overall values of the shown options on one side."""
        index = side.problem.option_index
        rows = [index[self.options[row]] for row in shown.tolist()]
        return side.lower[rows], side.upper[rows]

    @cached_property
    def open_on_the_way(self) -> tuple[str, ...]:
        """Options whose unknown scores could make them lead somewhere on the path; they are left out of ``path``.

        The largest value of an option is linear along the path, and that of the leader is convex, so that the first is
        nearest to the second at a bend or at an end.
        """
        path = self.path
        if path is None:
            return ()
        points = [0.0, *path.changes, 1.0]
        best = np.array([float(path.at(point).max()) for point in points])
        found = []
        for name in self.unknown:
            if name in self.excluded:
                continue
            ends = [float(side.upper[side.problem.option_index[name]]) for side in (self.before, self.after)]
            most = np.array([(1.0 - point) * ends[0] + point * ends[1] for point in points])
            if (most > best + TIE).any():
                found.append(name)
        return tuple(found)

    def order_change(self, option: str, over: str) -> OrderChange | None:
        """How the order of any pair changed, listed or not; ``None`` if it did not."""
        i, j = self.attribution.row(option), self.attribution.row(over)
        before, after = (int(np.sign(ranks[j] - ranks[i])) for ranks in (self.ranks_before, self.ranks_after))
        if before == after:
            return None
        pair = (i, j) if after > before else (j, i)
        return self._made(np.array(pair[:1]), np.array(pair[1:]))[0]

    def _orders(self, listed: Integers) -> tuple[OrderChange, ...]:
        return self._made(self.gained[listed], self.lost[listed])

    def _made(self, gained: Integers, lost: Integers) -> tuple[OrderChange, ...]:
        held, before, after = self.attribution, self.ranks_before, self.ranks_after
        first, last = held.before[gained] - held.before[lost], held.after[gained] - held.after[lost]
        known = held.known[gained] & held.known[lost]
        behind, ahead = before[gained] > before[lost], after[gained] < after[lost]
        with_crossing = self.of_one_problem
        found = []
        for i, j, was, now, sure, came, went in zip(
            *(each.tolist() for each in (gained, lost, first, last, known, behind, ahead)), strict=True
        ):
            kind: Literal["overtakes", "draws-level", "pulls-ahead"] = (
                "overtakes" if came and went else "draws-level" if came else "pulls-ahead"
            )
            crossing = -was / (now - was) if with_crossing and sure and kind == "overtakes" else None
            found.append(
                OrderChange(
                    self.options[i], self.options[j], kind, was if sure else None, now if sure else None, crossing
                )
            )
        return tuple(found)

    def explain(self, option: str, over: str) -> GapChange:
        """The change in the gap of any pair, and its parts.

        Raises:
            PolicyOptionsError: an option is not on both sides, or an unknown score leaves it open.
        """
        return self.attribution.of_pair(option, over)

    @cached_property
    def gap_of_the_lead(self) -> GapChange | None:
        """The change, in points, of the gap that decides the lead, seen from the option that gained.

        The gap is between the present and the previous leader or, where these are the same option, between it and the
        next. ``None`` where an unknown score leaves it open, or there is no such pair.
        """
        before, after = self.top_before.first[0], self.top_after.first[0]
        if before == after:
            failing = red_lines(self.after.problem).failing
            others = (name for name in self.after.in_order if name != after and name not in failing)
            before = next((name for name in others if name in self.options), after)
        both = {before, after}
        if len(both) < 2 or not both <= {*self.options} or not all(map(self.attribution.is_known, both)):
            return None
        found = self.explain(after, before)
        return found if found.change >= 0 else self.explain(before, after)

    def moved(self, option: str) -> int:
        """Ranks that an option gained among those of both sides; negative if it lost ranks."""
        row = self.options.index(option)
        return int(self.ranks_before[row] - self.ranks_after[row])


def compare(before: Ranking, after: Ranking, *, top: int | None = None) -> Comparison:
    """Compare two rankings; ``top`` narrows orders and rows to options of at most that rank on either side.

    Raises:
        PolicyOptionsError: they have no option in common.
    """
    attribution = attribute(before, after)
    options = attribution.options
    if not options:
        raise PolicyOptionsError.of(
            "nothing-in-common", "the two have no option in common", "compare versions that share some options"
        )
    rows_before = [before.problem.option_index[name] for name in options]
    whole = len(options) == len(before.problem.options) == len(after.problem.options)
    ranks_before = before.ranks[rows_before] if whole else competition_ranks(attribution.before)[0]
    ranks_after = after.ranks if whole else competition_ranks(attribution.after)[0]
    order = np.lexsort((ranks_before, ranks_after))
    near = np.minimum(ranks_before, ranks_after)
    shown = order if top is None else order[near[order] <= top]
    changed, (gained, lost) = _changed(ranks_before, ranks_after, shown)
    old, new = before.problem, after.problem
    return Comparison(
        before,
        after,
        options,
        _only(new.option_ids, old.option_ids),
        _only(old.option_ids, new.option_ids),
        _only(new.criterion_ids, old.criterion_ids),
        _only(old.criterion_ids, new.criterion_ids),
        ranks_before,
        ranks_after,
        tuple(options[row] for row in shown.tolist()),
        top,
        len(shown) * (len(shown) - 1) // 2,
        changed,
        attribution,
        gained,
        lost,
    )


def _only(names: tuple[str, ...], others: tuple[str, ...]) -> tuple[str, ...]:
    if names == others:
        return ()
    held = set(others)
    return tuple(name for name in names if name not in held)


def top_of(ranking: Ranking) -> Top:
    """The first option in a ranking, from a verdict that chooses among the options that fail no red line."""
    chosen_from = candidates(ranking, red_lines(ranking.problem))
    first = level_at_the_top(ranking, chosen_from)
    sure = not could_overtake(ranking, first, chosen_from)
    return Top(first, lead_at_the_top(ranking, chosen_from), sure)


def _changed(before: Integers, after: Integers, shown: Integers) -> tuple[int, tuple[Integers, Integers]]:
    """The number of pairs among the shown rows whose order differs, and the rows that gained and lost, nearest the top
    first.
    """
    by_first, places = places_changed(before[shown], after[shown])
    total = count_inversions(places)
    rows = shown
    if total > ORDERS_LISTED:
        near = shown[np.minimum(before, after)[shown] <= _NEAR_THE_TOP]
        rows = near[: 2 * _NEAR_THE_TOP]
        by_first, places = places_changed(before[rows], after[rows])
    greater, less = list_inversions(places)
    by_place = np.empty(len(rows), dtype=np.int64)
    by_place[places] = rows[by_first]
    gained, lost = by_place[less], by_place[greater]
    order = np.lexsort((before[lost], after[lost], before[gained], after[gained]))
    return total, (gained[order], lost[order])
