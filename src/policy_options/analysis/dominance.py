"""Dominance: options that are at least as good as another on every criterion and better on one, whatever the weights."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from policy_options.analysis.problem import Problem

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Dominance", "dominance"]

Basis = Literal["likely scores", "intervals"]


@dataclass(frozen=True)
class Dominance:
    """Pairs (dominator, dominated) of option ids.

    ``by_likely`` compares likely scores. ``by_intervals`` compares the worst values of one option with the best of the
    other, so that it holds wherever in their bounds the scores fall; it implies the first.
    """

    by_likely: tuple[tuple[str, str], ...]
    by_intervals: tuple[tuple[str, str], ...]

    @property
    def table(self) -> pd.DataFrame:
        """One row a dominated pair, with the basis on which it holds."""
        import pandas as pd

        sure = set(self.by_intervals)
        rows = [
            (winner, loser, "intervals" if (winner, loser) in sure else "likely scores")
            for winner, loser in dict.fromkeys((*self.by_intervals, *self.by_likely))
        ]
        return pd.DataFrame(rows, columns=["dominator", "dominated", "basis"])


def dominance(problem: Problem) -> Dominance:
    """All dominated pairs, in O(m^2 n) time and O(m n) memory. A pair with an unknown score is judged by its ends."""
    lower = np.where(problem.unknown, 0.0, problem.values)
    upper = np.where(problem.unknown, 100.0, problem.values)
    ids = problem.option_ids
    likely: list[tuple[str, str]] = []
    surely: list[tuple[str, str]] = []
    for row, name in enumerate(ids):
        for pairs, mine, theirs in ((likely, lower[row], upper), (surely, problem.worst[row], problem.best)):
            beaten = (mine >= theirs).all(axis=1) & (mine > theirs).any(axis=1)
            beaten[row] = False
            pairs.extend((name, ids[other]) for other in np.flatnonzero(beaten))
    return Dominance(tuple(likely), tuple(surely))
