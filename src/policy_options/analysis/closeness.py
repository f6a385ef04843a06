"""Pairs too close to call. Closeness labels a pair by name; it is not transitive and never alters a rank or an order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from policy_options.analysis.additive import TIE
from policy_options.analysis.problem import frozen
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


@dataclass(frozen=True, eq=False)
class ClosePairs:
    """The close pairs of a ranking, and the threshold in value points.

    ``options`` are the ids, best first, of those without unknown scores, ``values`` their overall values, and option i
    is close to those after it up to ``ends[i]``. Pairs are built only on demand: 5,000 options can have twelve million.
    """

    threshold: float
    options: tuple[str, ...]
    values: NDArray[np.float64]
    ends: NDArray[np.int64]

    def __len__(self) -> int:
        """The number of pairs."""
        return int((self.ends - np.arange(1, len(self.options) + 1)).sum())

    def __iter__(self) -> Iterator[ClosePair]:
        """The pairs, starting with those of the best option."""
        for index, better in enumerate(self.options):
            for other in range(index + 1, int(self.ends[index])):
                yield ClosePair(better, self.options[other], float(self.values[index] - self.values[other]))

    def first(self, count: int) -> tuple[ClosePair, ...]:
        """The first ``count`` pairs in the order."""
        return tuple(islice(self, count))

    @cached_property
    def pairs(self) -> tuple[ClosePair, ...]:
        """All pairs."""
        return tuple(self)

    @cached_property
    def _position(self) -> dict[str, int]:
        return {option: index for index, option in enumerate(self.options)}

    def names(self, option: str, other: str) -> bool:
        """Whether the two options are a close pair, in either order."""
        if option not in self._position or other not in self._position or option == other:
            return False
        first, last = sorted((self._position[option], self._position[other]))
        return last < int(self.ends[first])

    @property
    def table(self) -> pd.DataFrame:
        """One row per pair."""
        import pandas as pd

        rows = [(pair.better, pair.worse, pair.difference) for pair in self]
        return pd.DataFrame(rows, columns=["better", "worse", "difference"])


def close_pairs(ranking: Ranking, threshold: float) -> ClosePairs:
    """Pairs whose overall values differ by at most ``threshold`` points; options with an unknown score are left out.

    O(m log m), whatever the number of pairs.
    """
    order = np.asarray(ranking.order)
    known = order[ranking.lower[order] == ranking.upper[order]]
    # Tied options are listed in their given order, so values may rise by a rounding error down the list.
    values = np.minimum.accumulate(ranking.lower[known])
    # Two sums that differ by the threshold may miss it by rounding; ties are within it at any threshold.
    ends = np.searchsorted(-values, threshold - values + TIE, side="right")
    ids = ranking.problem.option_ids
    return ClosePairs(threshold, tuple(ids[row] for row in known), frozen(values), ends.astype(np.int64))
