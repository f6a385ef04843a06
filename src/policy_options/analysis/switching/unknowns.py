"""Unknown scores, taken at an end of their scale, and what they leave open.

The value of an option rises with each of its scores. So anything true of the leader with its own unknown scores at
their worst and those of a rival at their best is true whatever they turn out to be. A rival that would then lead is a
contender: whether the leader is ahead of it is open, and elsewhere it counts with its unknown scores at their worst, as
the ranking lists it.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from policy_options.analysis.additive import TIE
from policy_options.analysis.problem import CriterionAxis, Problem
from policy_options.analysis.ranking import Ranking, rank

__all__ = ["OpenScore", "Settled", "settle", "settled_problem"]


@dataclass(frozen=True, slots=True)
class OpenScore:
    """An unknown score that could make its option lead.

    ``at`` is the performance at which the option ties through this score alone, its other unknown scores at their
    worst; ``None`` where it takes several of its unknown scores together. ``rising`` says whether a higher performance
    is a better one.
    """

    option: str
    criterion: str
    at: float | None
    rising: bool


@dataclass(frozen=True, eq=False, slots=True)
class Settled:
    """A ranking with every unknown score at an end of its scale.

    ``listed`` has all of them at their worst, as the ranking lists them. ``cautious`` has those of the leader at their
    worst and those of each rival at their best, except for the ``contenders``: rivals that would then lead, in order.
    ``open`` are the scores responsible.
    """

    listed: Ranking
    cautious: Ranking
    contenders: tuple[str, ...]
    open: tuple[OpenScore, ...]


def settle(ranking: Ranking, leader: str) -> Settled:
    """Take unknown scores at the ends least favourable to the leader, and find what that leaves open."""
    problem = ranking.problem
    if not problem.unknown.any():
        return Settled(ranking, ranking, (), ())
    listed = rank(settled_problem(problem), ranking.weights)
    row = problem.option_index[leader]
    ahead = ranking.upper > ranking.lower[row] + TIE
    ids = problem.option_ids
    contenders = tuple(
        ids[other] for other in ranking.order if ahead[other] and other != row and problem.unknown[other].any()
    )
    at_best = [option for option in ids if option != leader and option not in contenders]
    cautious = rank(settled_problem(problem, at_best=at_best), ranking.weights)
    found = [score for option in contenders for score in _open(ranking, option, float(ranking.lower[row]))]
    return Settled(listed, cautious, contenders, tuple(found))


def settled_problem(problem: Problem, *, at_best: Collection[str] = ()) -> Problem:
    """The problem with each unknown score fixed: at its best for some options, at its worst for the others."""
    unknown = problem.unknown
    if not unknown.any():
        return problem
    best = np.array([option in at_best for option in problem.option_ids])
    ends = np.array([_ends(axis) for axis in problem.criteria])
    filled = np.where(best[:, None], ends[:, 1], ends[:, 0])

    def over(array: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.where(unknown, filled, array)

    return replace(problem, low=over(problem.low), likely=over(problem.likely), high=over(problem.high))


def _ends(axis: CriterionAxis) -> tuple[float, float]:
    """The performances at the worst and at the best end of a scale."""
    at_low, at_high = axis.value_function(np.array([axis.low, axis.high])).tolist()
    return (axis.low, axis.high) if at_low <= at_high else (axis.high, axis.low)


def _open(ranking: Ranking, option: str, wanted: float) -> list[OpenScore]:
    """The unknown scores of an option that carry weight, with the performance at which each would bring its value to
    ``wanted``.
    """
    from policy_options.analysis.switching.score_values import value_reached

    problem = ranking.problem
    row = problem.option_index[option]
    short = wanted - float(ranking.lower[row])
    found = []
    for column in np.flatnonzero(problem.unknown[row] & (ranking.shares > 0.0)).tolist():
        axis, share = problem.criteria[column], float(ranking.shares[column])
        worst, best = _ends(axis)
        needed = max(short, 0.0) / share
        at = None if needed > 100.0 + TIE else value_reached(axis, min(needed, 100.0), near=worst)
        found.append(OpenScore(option, axis.id, at, best > worst))
    alone = [score for score in found if score.at is not None]
    return alone or found
