"""Pairs too close to call. Closeness labels a pair by name; it is not transitive and never alters a rank or an order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from policy_options.analysis.ranking import Ranking

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["ClosePair", "ClosePairs", "close_pairs"]


@dataclass(frozen=True, slots=True)
class ClosePair:
    """Two options whose overall values differ by at most the threshold; the better one first."""

    better: str
    worse: str
    difference: float


@dataclass(frozen=True)
class ClosePairs:
    """All close pairs of a ranking, and the threshold in value points that made them so."""

    threshold: float
    pairs: tuple[ClosePair, ...]

    def names(self, option: str, other: str) -> bool:
        """Whether the two options are a close pair, in either order."""
        return any({pair.better, pair.worse} == {option, other} for pair in self.pairs)

    @property
    def table(self) -> pd.DataFrame:
        """One row a pair."""
        import pandas as pd

        return pd.DataFrame(
            [(pair.better, pair.worse, pair.difference) for pair in self.pairs],
            columns=["better", "worse", "difference"],
        )


def close_pairs(ranking: Ranking, threshold: float) -> ClosePairs:
    """Pairs whose overall values differ by at most ``threshold`` points; pairs with an unknown score are left out.

    Walks down the order, so that the time is that of the pairs found.
    """
    known = [row for row in ranking.order if ranking.lower[row] == ranking.upper[row]]
    ids = ranking.problem.option_ids
    found = []
    for position, row in enumerate(known):
        for other in known[position + 1 :]:
            difference = float(ranking.lower[row] - ranking.lower[other])
            if difference > threshold:
                break
            found.append(ClosePair(ids[row], ids[other], max(difference, 0.0)))
    return ClosePairs(threshold, tuple(found))
