"""Comparing many weight sets: the range of each option's ranks, what all sets agree on, and which two differ most.

Disagreement is shown and never averaged: a median rank is the middle one of an option's ranks, and nobody's order.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from policy_options.analysis.additive import TIE
from policy_options.analysis.comparison.comparing import Top, compare, top_of
from policy_options.analysis.comparison.rank_measures import mid_ranks
from policy_options.analysis.problem import Problem
from policy_options.analysis.ranking import Ranking
from policy_options.analysis.red_lines import red_lines

__all__ = ["Across", "Division", "RankSpread", "Regret", "across"]

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

_MOST_COMPARED: Final = 200_000_000  # pairs times sets that are checked for what all agree on


@dataclass(frozen=True, slots=True)
class RankSpread:
    """An option's ranks over the sets: the best and the worst, with the sets that give them, and the median.

    Where scores are unknown, best and worst are the extremes possible, and ``median`` is ``None``.
    """

    option: str
    best: int
    best_under: tuple[str, ...]
    worst: int
    worst_under: tuple[str, ...]
    median: float | None


@dataclass(frozen=True, slots=True)
class Regret:
    """An option's largest shortfall from the best, in points and in ranks, and the sets under which it occurs.

    Points come from different people, who share only the value functions, so ``ranks`` is given as well.
    """

    option: str
    points: float
    points_under: tuple[str, ...]
    ranks: int
    ranks_under: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Division:
    """The two sets whose orders differ most, by the sum of places between them, at most ``most``.

    ``criterion`` is the one whose weight contributes most to the pairs they order differently, by ``points`` summed
    over these pairs; ``shares`` are its weights in both. It is ``None`` where no order differs or unknown scores hide
    it. ``as_far`` are any other pairs of sets that differ as much; of all these the first in order was taken.
    """

    first: str
    second: str
    distance: float
    most: int
    criterion: str | None
    points: float
    shares: tuple[float, float]
    as_far: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, eq=False)
class Across:
    """m options under s weight sets.

    ``ranks`` is (s, m): one row per set, along ``sets``, one column per option of the problem. ``tops`` gives the first
    options under each set, red lines applied. Where scores are unknown, as ``is_open`` shows, ranks are by the lower
    ends of values. ``groups`` collects the sets that give the same order, the largest group first. ``stale`` are sets
    whose judgements were given on other scales; they count everywhere but in ``regrets``, which also leaves out options
    that fail a red line or have an unknown score. ``division`` is ``None`` for a single set.
    """

    problem: Problem
    rankings: tuple[Ranking, ...]
    ranks: Integers
    tops: tuple[Top, ...]
    spreads: tuple[RankSpread, ...]
    groups: tuple[tuple[str, ...], ...]
    stale: tuple[str, ...]
    regrets: tuple[Regret, ...]
    division: Division | None

    @property
    def sets(self) -> tuple[str, ...]:
        """Ids of the weight sets, in the order given."""
        return tuple(ranking.weights.id for ranking in self.rankings)

    @cached_property
    def is_open(self) -> bool:
        """Whether unknown scores leave some rank open."""
        return any(bool((ranking.best_rank != ranking.worst_rank).any()) for ranking in self.rankings)

    @cached_property
    def _always(self) -> NDArray[np.bool_] | None:
        """(m, m): whether the row's option is ahead of the column's under every set; ``None`` if there are too many to
        check.
        """
        s, m = self.ranks.shape
        if m * m * s > _MOST_COMPARED:
            return None
        found = np.ones((m, m), dtype=np.bool_)
        for ranking in self.rankings:
            known = ranking.lower == ranking.upper
            by_rank = (ranking.ranks[:, None] < ranking.ranks) & known[:, None] & known
            found &= by_rank | (ranking.lower[:, None] - ranking.upper > TIE)
        return found

    @property
    def agreed_count(self) -> int | None:
        """Pairs that every set orders alike; ``None`` if there are too many pairs and sets to check."""
        return None if self._always is None else int(self._always.sum())

    @cached_property
    def agreed(self) -> tuple[tuple[str, str], ...]:
        """The agreed pairs, (ahead, behind), without those implied by two others: the smallest set that implies them all."""
        always = self._always
        if always is None:
            return ()
        steps = always.astype(np.float32)
        follows = (steps @ steps) > 0.5
        ids = self.problem.option_ids
        ahead, behind = np.nonzero(always & ~follows)
        return tuple((ids[i], ids[j]) for i, j in zip(ahead.tolist(), behind.tolist(), strict=True))

    @cached_property
    def by_median(self) -> tuple[int, ...]:
        """Rows of the options for display: by median rank, then the best, then the worst; not a ranking."""
        middle = np.median(self.ranks, axis=0).tolist()
        keys = [(middle[row], one.best, one.worst, row) for row, one in enumerate(self.spreads)]
        return tuple(key[-1] for key in sorted(keys))


def across(rankings: Sequence[Ranking], *, stale: Collection[str] = ()) -> Across:
    """Compare rankings of one problem under many weight sets; ``stale`` names sets to leave out of regret."""
    problem = rankings[0].problem
    ranks = np.stack([ranking.ranks for ranking in rankings])
    sets = tuple(ranking.weights.id for ranking in rankings)
    gathered: dict[bytes, list[str]] = {}
    for name, row in zip(sets, ranks, strict=True):
        gathered.setdefault(row.tobytes(), []).append(name)
    groups = tuple(tuple(group) for group in sorted(gathered.values(), key=len, reverse=True))
    return Across(
        problem,
        tuple(rankings),
        ranks,
        tuple(top_of(ranking) for ranking in rankings),
        _spreads(rankings, sets, ranks),
        groups,
        tuple(name for name in sets if name in stale),
        _regrets([ranking for ranking in rankings if ranking.weights.id not in stale]),
        _division(rankings, ranks),
    )


def _under(sets: Sequence[str], where: NDArray[np.bool_]) -> tuple[str, ...]:
    return tuple(sets[index] for index in np.flatnonzero(where).tolist())


def _spreads(rankings: Sequence[Ranking], sets: Sequence[str], ranks: Integers) -> tuple[RankSpread, ...]:
    bests, worsts = np.stack([one.best_rank for one in rankings]), np.stack([one.worst_rank for one in rankings])
    best, worst, median = bests.min(axis=0), worsts.max(axis=0), np.median(ranks, axis=0)
    known = (bests == worsts).all(axis=0)
    return tuple(
        RankSpread(
            name,
            int(best[column]),
            _under(sets, bests[:, column] == best[column]),
            int(worst[column]),
            _under(sets, worsts[:, column] == worst[column]),
            float(median[column]) if known[column] else None,
        )
        for column, name in enumerate(rankings[0].problem.option_ids)
    )


def _regrets(rankings: Sequence[Ranking]) -> tuple[Regret, ...]:
    """Maximum regret (Savage 1951, Journal of the American Statistical Association 46:55-67) over weight sets, and of ranks."""
    if not rankings:
        return ()
    problem = rankings[0].problem
    failing = red_lines(problem).failing
    keeping = np.array([name not in failing for name in problem.option_ids])
    if not keeping.any():
        keeping[:] = True
    known = np.all([ranking.lower == ranking.upper for ranking in rankings], axis=0)
    columns = np.flatnonzero(keeping & known)
    if not columns.size:
        return ()
    values = np.stack([ranking.lower[columns] for ranking in rankings])
    points = values.max(axis=1, keepdims=True) - values
    # Ranks among the options that may be chosen: one plus the number of these that are ahead.
    ranks = np.stack([ranking.ranks[columns] for ranking in rankings])
    behind = np.stack([np.searchsorted(np.sort(row), row) for row in ranks])
    sets = [ranking.weights.id for ranking in rankings]
    found = [
        Regret(
            problem.option_ids[column],
            float(points[:, at].max()),
            _under(sets, points[:, at] >= points[:, at].max()) if points[:, at].max() > 0 else (),
            int(behind[:, at].max()),
            _under(sets, behind[:, at] == behind[:, at].max()) if behind[:, at].max() > 0 else (),
        )
        for at, column in enumerate(columns.tolist())
    ]
    return tuple(sorted(found, key=lambda one: one.points))


def _division(rankings: Sequence[Ranking], ranks: Integers) -> Division | None:
    if len(rankings) < 2:
        return None
    middle = np.stack([mid_ranks(row) for row in ranks])
    furthest, pairs = -1.0, list[tuple[int, int]]()
    for index in range(len(rankings) - 1):
        distances = np.abs(middle[index + 1 :] - middle[index]).sum(axis=1)
        if distances.max() > furthest:
            furthest, pairs = float(distances.max()), []
        pairs += [(index, index + 1 + int(other)) for other in np.flatnonzero(distances == furthest)]
    before, after = (rankings[index] for index in pairs[0])
    names = [ranking.weights.id for ranking in rankings]
    as_far = tuple((names[one], names[other]) for one, other in pairs[1:]) if furthest > 0 else ()
    criterion, points = _divider(before, after)
    shares = (0.0, 0.0)
    if criterion is not None:
        column = before.problem.criterion_ids.index(criterion)
        shares = (float(before.shares[column]), float(after.shares[column]))
    most = ranks.shape[1] ** 2 // 2
    return Division(before.weights.id, after.weights.id, furthest, most, criterion, points, shares, as_far)


def _divider(before: Ranking, after: Ranking) -> tuple[str | None, float]:
    """The criterion whose change of weight contributes most to the listed pairs whose order differs, and by how much."""
    found = compare(before, after)
    known = found.attribution.known
    both = known[found.gained] & known[found.lost]
    gained, lost = found.gained[both], found.lost[both]
    if not gained.size:
        return None, 0.0
    parts = np.nan_to_num(found.attribution.parts["weights"])
    pushes = (parts[gained] - parts[lost]).sum(axis=0)
    column = int(pushes.argmax())
    return (found.attribution.criteria[column], float(pushes[column])) if pushes[column] > 0 else (None, 0.0)
