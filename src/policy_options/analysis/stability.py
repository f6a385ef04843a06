"""Stability intervals: how far one weight can move before the leader, or any part of the order, changes. Exact, no grid.

While the weight of a criterion or a group moves, the others keep their proportions, so every overall value is a
straight line in it, and two options change places where their lines meet. The order is unchanged until the first
adjacent pair meets; the lead must be checked against every rival, not only the second (Mareschal 1988, European Journal
of Operational Research 33; Insua and French 1991, European Journal of Operational Research 54).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

from policy_options.analysis.additive import TIE
from policy_options.analysis.problem import Problem
from policy_options.analysis.ranking import Ranking
from policy_options.errors import PolicyOptionsError

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "Change",
    "Interval",
    "Movement",
    "Stability",
    "StabilityInterval",
    "Undefined",
    "intervals",
    "movements",
    "refuse_unknown",
    "stability",
]

Floats = NDArray[np.float64]
Undefined = Literal["the-rest-is-zero", "no-proportions", "locked", "unknown"]

_SAME_POINT = 1e-12


@dataclass(frozen=True, slots=True)
class Change:
    """At an end of an interval, ``overtaking`` is level with ``overtaken``, and passes it beyond."""

    overtaken: str
    overtaking: str


@dataclass(frozen=True, slots=True)
class Interval:
    """An interval of weights, as shares, within which something is unchanged. An end where nothing happens has no changes."""

    low: float
    high: float
    at_low: tuple[Change, ...] = ()
    at_high: tuple[Change, ...] = ()

    def holds(self, share: float) -> bool:
        """Whether a share is inside the interval."""
        return self.low <= share <= self.high


@dataclass(frozen=True, slots=True)
class StabilityInterval:
    """The range of weight of one criterion or group within which the leader stays, and within which the order stays.

    ``share`` is the present weight and ``most`` the largest possible, which is 1 less what is locked. Both intervals
    are ``None`` where they are not defined, and ``undefined`` says why: all other weights are zero (or locked), so that
    they have no proportions to keep; or the group weighs nothing, and so has no proportions within; or it is locked; or
    it weighs nothing and a score on it is unknown.
    """

    id: str
    is_group: bool
    share: float
    most: float
    leader: Interval | None
    order: Interval | None
    undefined: Undefined | None = None


@dataclass(frozen=True, slots=True)
class Stability:
    """Intervals of all criteria, in the order of the tree, and of all groups, for the lead of ``leader``."""

    leader: str
    nodes: tuple[StabilityInterval, ...]
    locked: tuple[str, ...] = ()
    among_siblings: bool = False

    def of(self, id: str) -> StabilityInterval:
        """The intervals of one criterion or group."""
        return next(node for node in self.nodes if node.id == id)

    @property
    def table(self) -> pd.DataFrame:
        """One row per criterion or group: its share, and the ends of both intervals (NaN where they are not defined)."""
        import pandas as pd

        rows = [
            (
                node.is_group,
                node.share,
                *((node.leader.low, node.leader.high) if node.leader else (np.nan, np.nan)),
                *((node.order.low, node.order.high) if node.order else (np.nan, np.nan)),
            )
            for node in self.nodes
        ]
        columns = ["is_group", "share", "leader_low", "leader_high", "order_low", "order_high"]
        return pd.DataFrame(rows, columns=columns, index=pd.Index([node.id for node in self.nodes], name="node"))


@dataclass(frozen=True, eq=False, slots=True)
class Movement:
    """How all weights move with that of one node: at its weight ``t``, locked + t ``own`` + (``most`` - t) ``rest``.

    ``own`` and ``rest`` are (n,), and each sums to 1; they are zero where ``undefined`` says why there is no such
    movement.
    """

    id: str
    is_group: bool
    share: float
    most: float
    own: Floats
    rest: Floats
    undefined: Undefined | None


def refuse_unknown(problem: Problem, shares: Floats, what: str) -> None:
    """Refuse a measure that is undefined while a score that carries weight is unknown, naming the options.

    Raises:
        PolicyOptionsError: there is such a score.
    """
    rows, columns = np.nonzero(problem.unknown & (shares > 0))
    if rows.size:
        options = tuple(dict.fromkeys(problem.option_ids[row] for row in rows))
        raise PolicyOptionsError.of(
            "unknown-score",
            f"{what} depends on unknown scores: "
            + ", ".join(
                f"`{problem.option_ids[r]}` on `{problem.criterion_ids[c]}`" for r, c in zip(rows, columns, strict=True)
            ),
            "give the scores, or leave these options out",
            ids=options,
        )


def row_of_leader(ranking: Ranking, leader: str | None) -> int:
    """The row of the option whose lead is questioned: the first in order, or another of rank 1.

    Raises:
        PolicyOptionsError: it is not an option, or does not lead.
    """
    if leader is None:
        return ranking.order[0]
    row = ranking.problem.option_index.get(leader)
    if row is None or ranking.ranks[row] != 1:
        raise PolicyOptionsError.of(
            "not-leading",
            f"`{leader}` is no option" if row is None else f"`{leader}` does not lead, and has no lead to question",
            f"ask about {', '.join(ranking.leaders)}",
            ids=(leader,),
        )
    return row


def stability(
    ranking: Ranking, *, leader: str | None = None, locked: Collection[str] = (), among_siblings: bool = False
) -> Stability:
    """Compute the stability intervals of every criterion and every group under a ranking's weights.

    ``leader`` is the option whose lead is followed, by default the first in order. ``locked`` criteria and groups keep
    their weights whatever moves. With ``among_siblings`` a node trades weight only with its siblings, as if all others
    were locked.

    Raises:
        PolicyOptionsError: there is only one option; a score is unknown; a locked id is unknown.
    """
    problem, shares = ranking.problem, ranking.shares
    if len(problem.options) < 2:
        raise PolicyOptionsError.of("one-option", "with a single option there is no order that could change")
    refuse_unknown(problem, shares, "how far weights may move")
    first = row_of_leader(ranking, leader)
    found = movements(ranking, locked=locked, among_siblings=among_siblings)
    kept = _intervals_of(ranking, first, [movement for movement in found if movement.undefined is None])
    nothing: tuple[Interval | None, Interval | None] = (None, None)
    whole = tuple(
        StabilityInterval(each.id, each.is_group, each.share, each.most, *kept.get(each.id, nothing), each.undefined)
        for each in found
    )
    return Stability(problem.option_ids[first], whole, tuple(locked), among_siblings)


def movements(ranking: Ranking, *, locked: Collection[str] = (), among_siblings: bool = False) -> tuple[Movement, ...]:
    """How weights move with that of every criterion, in the order of the tree, and of every group; as for ``stability``.

    Raises:
        PolicyOptionsError: a locked id is unknown.
    """
    problem, shares = ranking.problem, ranking.shares
    nodes = _nodes(problem)
    for id in locked:
        if id not in nodes:
            raise PolicyOptionsError.of("unknown-id", f"`{id}` is no criterion and no group", ids=(id,))
    fixed = np.zeros(len(problem.criteria), dtype=bool)
    for id in locked:
        fixed[nodes[id]] = True
    nothing = np.zeros(len(shares))
    found = []
    for id, columns in nodes.items():
        inside = np.zeros(len(shares), dtype=bool)
        inside[columns] = True
        rest = ~inside & ~fixed
        if among_siblings:
            rest &= _beside(problem, nodes, id)
        share, left = float(shares[inside].sum()), float(shares[rest].sum())
        undefined: Undefined | None = None
        if (inside & fixed).any():
            undefined = "locked"
        elif left <= 0.0:
            undefined = "the-rest-is-zero"
        elif share <= 0.0 and len(columns) != 1:
            undefined = "no-proportions"
        elif share <= 0.0 and problem.unknown[:, columns].any():
            undefined = "unknown"
        own, others = nothing, nothing
        if undefined is None:
            own = np.where(inside, shares / share, 0.0) if share > 0 else inside.astype(np.float64)
            others = np.where(rest, shares / left, 0.0)
        found.append(Movement(id, id not in problem.criterion_ids, share, share + left, own, others, undefined))
    return tuple(found)


def _nodes(problem: Problem) -> dict[str, list[int]]:
    """Columns of every criterion and every group."""
    nodes = {criterion.id: [column] for column, criterion in enumerate(problem.criteria)}
    return nodes | {group.id: problem.columns_of(group.id) for group in problem.groups}


def _beside(problem: Problem, nodes: dict[str, list[int]], id: str) -> NDArray[np.bool_]:
    """The columns below the parent of a node, which are its own and its siblings'."""
    above = {criterion.id: criterion.groups for criterion in problem.criteria}
    above |= {group.id: group.groups for group in problem.groups}
    among = np.ones(len(problem.criteria), dtype=bool)
    if above[id]:
        among[:] = False
        among[nodes[above[id][-1]]] = True
    return among


def _intervals_of(ranking: Ranking, first: int, moving: Sequence[Movement]) -> dict[str, tuple[Interval, Interval]]:
    if not moving:
        return {}
    problem = ranking.problem
    values = np.nan_to_num(problem.values)  # unknown scores that carry no weight
    own = np.stack([each.own for each in moving])
    rest = np.stack([each.rest for each in moving])
    share, most = np.array([each.share for each in moving]), np.array([each.most for each in moving])
    # Along the weight t of a node: u(t) = the fixed part + t (the node's own value) + (most - t) (the others' value).
    slope = values @ (own - rest).T
    order = np.array(ranking.order)
    rivals = np.array([row for row in order if row != first])
    gaps = (ranking.lower[first] - ranking.lower[rivals])[:, None]
    to_rivals = intervals(gaps, slope[first] - slope[rivals], share)
    next_gaps = (ranking.lower[order[:-1]] - ranking.lower[order[1:]])[:, None]
    next_slopes = slope[order[:-1]] - slope[order[1:]]
    lows, highs = intervals(next_gaps, next_slopes, share)
    # Options that tie do so at one point only, unless they move together: any step breaks a "1, 1, 3".
    tied = (np.abs(next_gaps) <= TIE) & (np.abs(next_slopes) > TIE)
    lows, highs = np.where(tied, share, lows), np.where(tied, share, highs)
    ids = problem.option_ids
    against_rivals = [(ids[first], ids[row]) for row in rivals]
    adjacent = [(ids[above], ids[below]) for above, below in pairwise(order)]
    leads = _narrowest(*to_rivals, most, against_rivals)
    orders = _narrowest(lows, highs, most, adjacent)
    return {node.id: both for node, both in zip(moving, zip(leads, orders, strict=True), strict=True)}


def intervals(gap: Floats, slope: Floats, share: Floats) -> tuple[Floats, Floats]:
    """(pairs, nodes) ends of the weights at which each pair keeps its order, whether or not a weight can go so far.

    ``gap`` is the present lead of the better of each pair, ``slope`` how it changes with each weight, and ``share`` the
    present weights. Lines that do not meet on a side have no end there: -inf or inf.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        meeting = share - np.maximum(gap, 0.0) / slope
    return np.where(slope > TIE, meeting, -np.inf), np.where(slope < -TIE, meeting, np.inf)


def order_bounds(values: Floats, shares: Floats) -> tuple[Floats, Floats]:
    """(n,) least and greatest weight of each criterion for which the whole order stays, for (m, n) values; the kernel
    alone.

    Weights of 1 have undefined bounds, and get NaN.
    """
    overall = values @ shares
    order = (-overall).argsort()
    gaps = overall[order]
    gaps = gaps[:-1] - gaps[1:]
    ordered = values[order]
    rest = 1.0 - shares
    # The slope of u in one weight is (v - u) / (1 - w): the criterion's contribution less the overall value.
    with np.errstate(divide="ignore", invalid="ignore"):
        slopes = (ordered[:-1] - ordered[1:] - gaps[:, None]) / rest
    low, high = intervals(gaps[:, None], slopes, shares)
    least, most = np.maximum(low.max(axis=0), 0.0), np.minimum(high.min(axis=0), 1.0)
    if not rest.all():
        least[rest <= 0.0] = most[rest <= 0.0] = np.nan
    return least, most


def _narrowest(low: Floats, high: Floats, most: Floats, pairs: Sequence[tuple[str, str]]) -> list[Interval]:
    """For each node, the intersection of its pairs' intervals, and the pairs that bound it."""
    lowest, highest = low.max(axis=0), high.min(axis=0)
    # An end at zero or at the maximum has nothing beyond it.
    bounded_low, bounded_high = lowest > _SAME_POINT, highest < most - _SAME_POINT
    at_low = (low >= lowest - _SAME_POINT) & bounded_low
    at_high = (high <= highest + _SAME_POINT) & bounded_high
    lows, highs = np.where(bounded_low, lowest, 0.0).tolist(), np.where(bounded_high, highest, most).tolist()
    return [
        Interval(
            lows[node],
            highs[node],
            tuple(Change(*pairs[row]) for row in at_low[:, node].nonzero()[0].tolist()),
            tuple(Change(*pairs[row]) for row in at_high[:, node].nonzero()[0].tolist()),
        )
        for node in range(low.shape[1])
    ]
