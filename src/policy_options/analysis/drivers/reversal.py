"""Rank reversal: whether leaving out an option would reorder the others, as only local scales, with ends set by
options, allow.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from policy_options.analysis.problem import CriterionAxis, Problem
from policy_options.analysis.ranking import Ranking, rank
from policy_options.analysis.value_functions import with_ends
from policy_options.errors import PolicyOptionsError

__all__ = ["Reversal", "Reversals", "reversals"]


@dataclass(frozen=True, slots=True)
class Reversal:
    """A reversal: leaving out ``without`` puts the others in the order ``after`` instead of ``before``."""

    without: str
    before: tuple[str, ...]
    after: tuple[str, ...]

    @property
    def leader_changes(self) -> bool:
        """Whether another option comes first."""
        return self.before[0] != self.after[0]


@dataclass(frozen=True, slots=True)
class Reversals:
    """The reversals of a problem. ``local`` are the criteria with ends set by the options: without any, none is
    possible.

    ``undefined`` are options without which a local scale would have no two different ends, or a curve no midpoint
    inside.
    """

    local: tuple[str, ...]
    found: tuple[Reversal, ...] = ()
    undefined: tuple[str, ...] = ()

    @property
    def impossible(self) -> bool:
        """Whether no option's presence can reorder others."""
        return not self.local


def reversals(ranking: Ranking) -> Reversals:
    """Leave out each option in turn, rebuild local scales from the others, and compare their order."""
    problem = ranking.problem
    local = tuple(axis.id for axis in problem.criteria if axis.local)
    if not local or len(problem.options) < 3:
        return Reversals(local)
    found, undefined = [], []
    for option in problem.option_ids:
        rest = problem.keeping([other for other in problem.option_ids if other != option])
        try:
            after = rank(_with_own_ends(rest), ranking.weights)
        except PolicyOptionsError:
            undefined.append(option)
            continue
        before = rank(rest, ranking.weights)
        if not before.ranks_alike(after):
            found.append(Reversal(option, before.in_order, after.in_order))
    return Reversals(local, tuple(found), tuple(undefined))


def _with_own_ends(problem: Problem) -> Problem:
    axes = tuple(
        _local(axis, problem.low[:, column], problem.high[:, column]) if axis.local else axis
        for column, axis in enumerate(problem.criteria)
    )
    return replace(problem, criteria=axes)


def _local(axis: CriterionAxis, lows: np.ndarray, highs: np.ndarray) -> CriterionAxis:
    known = ~np.isnan(lows)
    low, high = (float(lows[known].min()), float(highs[known].max())) if known.any() else (0.0, 0.0)
    if not low < high:
        raise PolicyOptionsError.of("scale-empty", f"all options perform alike on `{axis.id}`", ids=(axis.id,))
    return replace(axis, low=low, high=high, value_function=with_ends(axis.value_function, low, high))
