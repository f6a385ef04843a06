"""Dominance: options at least as good as another on every criterion and better on one, whatever the weights."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from policy_options.analysis.problem import Problem

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Dominance", "dominance"]

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Dominance:
    """Pairs (dominator, dominated) of option ids.

    ``by_likely`` compares likely scores. ``by_intervals`` compares the worst values of one option with the best of the
    other, so that it is true wherever within their bounds the scores fall; it implies the first.
    """

    by_likely: tuple[tuple[str, str], ...]
    by_intervals: tuple[tuple[str, str], ...]

    @property
    def table(self) -> pd.DataFrame:
        """One row per dominated pair, with its basis."""
        import pandas as pd

        sure = set(self.by_intervals)
        rows = [
            (winner, loser, "intervals" if (winner, loser) in sure else "likely scores")
            for winner, loser in dict.fromkeys((*self.by_intervals, *self.by_likely))
        ]
        return pd.DataFrame(rows, columns=["dominator", "dominated", "basis"])


def dominance(problem: Problem) -> Dominance:
    """Find all dominated pairs, in at most O(m^2 n) time and O(m n) memory. An unknown score counts at its ends."""
    lower = np.where(problem.unknown, 0.0, problem.values)
    upper = np.where(problem.unknown, 100.0, problem.values)
    return Dominance(_pairs(problem, lower, upper), _pairs(problem, problem.worst, problem.best))


def _pairs(problem: Problem, mine: Floats, theirs: Floats) -> tuple[tuple[str, str], ...]:
    """Pairs in which one option, as in ``mine``, is nowhere below the other, as in ``theirs``, and somewhere above it."""
    ids = problem.option_ids
    columns = np.ascontiguousarray(theirs.T)
    everyone = np.arange(len(ids))
    found = []
    for row, name in enumerate(ids):
        beaten = everyone
        for column, value in zip(columns, mine[row], strict=True):  # few are left after a column or two
            beaten = beaten[column[beaten] <= value]
        for other in beaten:
            if other != row and (mine[row] > theirs[other]).any():
                found.append((name, ids[other]))
    return tuple(found)
