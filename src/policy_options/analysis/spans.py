"""The range of overall values as scores move within their bounds, together or one at a time, with weights fixed. Exact.

An unknown score may be anything on its scale.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from policy_options.analysis.additive import TIE
from policy_options.analysis.problem import frozen
from policy_options.analysis.ranking import Ranking

__all__ = ["Fall", "ValueSpans", "largest_falls", "value_spans"]

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False, slots=True)
class ValueSpans:
    """(m,) overall values of a ranking's options: every score at its worse bound, at its likely value, at its better
    bound.

    ``likely`` is NaN where an unknown score carries weight. Since the value model is additive, no other choice of
    scores within their bounds gives less than ``low`` or more than ``high``.
    """

    options: tuple[str, ...]
    low: Floats
    likely: Floats
    high: Floats

    def overlapping(self, option: str) -> tuple[str, ...]:
        """The other options whose span overlaps that of one."""
        row = self.options.index(option)
        meets = (self.high >= self.low[row] - TIE) & (self.low <= self.high[row] + TIE)
        return tuple(other for other, met in zip(self.options, meets, strict=True) if met and other != option)


def value_spans(ranking: Ranking) -> ValueSpans:
    """Compute the least and the greatest value that every option can have."""
    problem = ranking.problem
    weighed = np.where(ranking.shares == 0.0, 0.0, problem.values)
    return ValueSpans(
        problem.option_ids,
        frozen(problem.worst @ ranking.shares),
        frozen(weighed @ ranking.shares),
        frozen(problem.best @ ranking.shares),
    )


@dataclass(frozen=True, slots=True)
class Fall:
    """The score of ``option`` whose worse bound lowers its overall value most: by ``points``, at performance ``at``."""

    option: str
    criterion: str
    at: float
    points: float


def largest_falls(ranking: Ranking) -> dict[str, Fall]:
    """For each option its largest fall, by id; none for an option whose known scores are all certain or carry no weight."""
    problem = ranking.problem
    falls = np.where(problem.unknown, 0.0, np.nan_to_num(problem.values) - problem.worst) * ranking.shares
    found = {}
    for row, option in enumerate(problem.option_ids):
        column = int(falls[row].argmax()) if falls.shape[1] else 0
        if not falls[row, column] > TIE:
            continue
        low, high = float(problem.low[row, column]), float(problem.high[row, column])
        value = problem.criteria[column].value_function
        at = min((low, high), key=lambda bound: float(value(np.array([bound]))[0]))
        found[option] = Fall(option, problem.criterion_ids[column], at, float(falls[row, column]))
    return found
