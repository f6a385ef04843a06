"""How far overall values run as scores move within their bounds, all at once or one alone. Weights stay as they are. Exact.

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
    """(m,) overall values along the options of a ranking: every score at its worse bound, as likely, every one at its better.

    ``likely`` is NaN where an unknown score carries weight. The value model is additive, and so no other choice of scores within
    their bounds gives less than ``low`` or more than ``high``.
    """

    options: tuple[str, ...]
    low: Floats
    likely: Floats
    high: Floats

    def overlapping(self, option: str) -> tuple[str, ...]:
        """The other options whose span meets that of one."""
        row = self.options.index(option)
        meets = (self.high >= self.low[row] - TIE) & (self.low <= self.high[row] + TIE)
        return tuple(other for other, met in zip(self.options, meets, strict=True) if met and other != option)


def value_spans(ranking: Ranking) -> ValueSpans:
    """The least and the most that every option can be worth."""
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
    """The single score of ``option`` whose worse bound takes most from its overall value: ``points``, at performance ``at``."""

    option: str
    criterion: str
    at: float
    points: float


def largest_falls(ranking: Ranking) -> dict[str, Fall]:
    """For each option its largest fall, by id; none for an option whose known scores are all certain, or weigh nothing."""
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
