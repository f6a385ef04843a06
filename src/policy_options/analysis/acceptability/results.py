"""What SMAA-2 finds: indices with the names of their axes, and what they rest on, a closed form or a sample.

Lahdelma and Salminen (2001), Operations Research 49: SMAA-2.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final, Literal

import numpy as np
from numpy.typing import NDArray

from policy_options.analysis.problem import Problem
from policy_options.analysis.weight_region import WeightRegion

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["APART", "Acceptability", "ExactBasis", "SampledBasis"]

Floats = NDArray[np.float64]

APART: Final = 4.0
"""Standard errors by which two sampled shares have to differ before one is called the larger. Two are what a difference shows
from; but then options that are level would be set apart under one seed in twenty, and some would be by each sample of many."""

_ROUNDING: Final = 1e-9
_OF_RANKS: Final = 4.0
"""Half-widths of a share by which expected ranks have to differ: a rank is a sum of shares."""


@dataclass(frozen=True, slots=True)
class ExactBasis:
    """A closed form: over how many simplices, with how many vertices looked at, and by how much its identities are off.

    ``identity_error`` is the largest of: expected ranks from the indices less those from pairs, rows and columns less 1,
    the mean of central weights less the region's centre. ``rounding`` is what two ways of summing differ by at most.
    """

    pieces: int
    vertices: int
    identity_error: float
    rounding: float


@dataclass(frozen=True, slots=True)
class SampledBasis:
    """A sample: ``count`` weightings in ``scrambles`` independently scrambled sequences, each with ``draws`` draws of the scores.

    ``half_width`` is the 95% half-width of the worst index, as a share. ``check`` is by how much the sampled pairwise indices
    differ at most from the exact ones where those are known. ``proposed`` counts the points before those outside of the region
    were rejected.
    """

    seed: int
    scrambles: int
    count: int
    proposed: int
    half_width: float
    draws: int = 1
    check: float | None = None

    @property
    def unseen(self) -> float:
        """What a share lies under, with 95% confidence, of which nothing was seen in the sample: the rule of three."""
        return min(3.0 / self.count, 1.0)


@dataclass(frozen=True, eq=False)
class Acceptability:
    """Shares of the weightings of a region, with scores ``likely`` or ``uncertain``, in which options take ranks.

    ``ranks`` is (m, r): in what share of weightings each option has rank 1, 2 ... r; r is m, or the first ranks alone where
    options are many. ``pairwise`` is (m, m): in what share the row beats the column, strictly; ``None`` where options are too
    many to hold it. ``central`` is (m, n): the mean of the weights under which each option is first, NaN where it never is, or
    so seldom that rounding would make them up.
    ``expected_rank`` is (m,). Options that tie in a draw share the ranks that they take together evenly, in all but
    ``pairwise``, where a tie is a win for neither. ``first_by_scramble`` (scrambles, m) are the shares of first ranks that each
    scramble of a sample finds on its own. ``confident`` finds the confidence factors, which takes draws of its own.
    """

    problem: Problem
    region: WeightRegion
    scores: Literal["likely", "uncertain"]
    ranks: Floats
    central: Floats
    pairwise: Floats | None
    expected_rank: Floats
    basis: ExactBasis | SampledBasis
    first_by_scramble: Floats | None = None
    confident: Callable[[], tuple[Floats, float]] | None = None

    @cached_property
    def _confidence(self) -> tuple[Floats | None, float | None]:
        return (None, None) if self.confident is None else self.confident()

    @property
    def confidence(self) -> Floats | None:
        """(m,) the share of draws of the scores in which each option is first under its central weights.

        ``None`` where scores are likely, since it is then 1 for every option that can be first.
        """
        return self._confidence[0]

    @property
    def confidence_half_width(self) -> float | None:
        """The 95% half-width of the worst confidence factor, as a share."""
        return self._confidence[1]

    @property
    def exact(self) -> bool:
        """Whether these are no estimates."""
        return isinstance(self.basis, ExactBasis)

    @cached_property
    def first(self) -> Floats:
        """(m,) in what share of weightings each option is first."""
        return self.ranks[:, 0]

    def share_first(self, option: str) -> float:
        """In what share of weightings an option is first."""
        return float(self.first[self.problem.option_index[option]])

    @property
    def half_width(self) -> float:
        """The 95% half-width of the worst share, as a share; nothing for those that are exact."""
        return self.basis.half_width if isinstance(self.basis, SampledBasis) else 0.0

    def more_often(self, option: str, other: str) -> bool:
        """Whether one option is first more often than another, by more than the sample's error or rounding.

        The standard error is that of the difference, scramble by scramble: shares of one sample err together. The difference
        has to be ``APART`` times as large.
        """
        row, rival = self.problem.option_index[option], self.problem.option_index[other]
        difference = float(self.first[row] - self.first[rival])
        if self.first_by_scramble is None:
            return difference > _ROUNDING
        by_scramble = self.first_by_scramble[:, row] - self.first_by_scramble[:, rival]
        error = float(by_scramble.std(ddof=1)) / len(by_scramble) ** 0.5
        return bool(difference > max(APART * error, _ROUNDING))

    @cached_property
    def most_often(self) -> tuple[str, ...]:
        """The options than which none is first more often, as far as can be told: one, or several that are level."""
        ids = self.problem.option_ids
        best = ids[int(self.first.argmax())]
        return tuple(option for option in ids if not self.more_often(best, option))

    @cached_property
    def by_expected_rank(self) -> tuple[int, ...]:
        """Rows by expected rank, the best first; those that lie closer together than the sample tells stay in their order."""
        order = np.argsort(self.expected_rank, kind="stable")
        close = max(_OF_RANKS * self.half_width, _ROUNDING)
        steps = np.cumsum(np.concatenate(([False], np.diff(self.expected_rank[order]) > close)))
        return tuple(order[np.lexsort((order, steps))].tolist())

    @property
    def group_shares(self) -> dict[str, float]:
        """The mean weight of each top group over the region, as far as all options can be first somewhere in it."""
        mean = np.nansum(self.central * self.first[:, None], axis=0)
        return {name: float(mean[list(columns)].sum()) for name, _, columns in self.problem.top_groups}

    @property
    def ranks_table(self) -> pd.DataFrame:
        """Rank acceptability indices: one row an option, one column a rank."""
        import pandas as pd

        columns = pd.Index(range(1, self.ranks.shape[1] + 1), name="rank")
        return pd.DataFrame(self.ranks, index=pd.Index(self.problem.option_ids, name="option"), columns=columns)

    @property
    def central_table(self) -> pd.DataFrame:
        """Central weights: one row an option, one column a criterion; NaN where an option is never first."""
        import pandas as pd

        index = pd.Index(self.problem.option_ids, name="option")
        return pd.DataFrame(self.central, index=index, columns=pd.Index(self.problem.criterion_ids, name="criterion"))

    @property
    def pairwise_table(self) -> pd.DataFrame:
        """Pairwise winning indices: in what share of weightings the row beats the column.

        Raises:
            PolicyOptionsError: options are so many that they were not held.
        """
        import pandas as pd

        from policy_options.errors import PolicyOptionsError

        if self.pairwise is None:
            raise PolicyOptionsError.of(
                "pairwise-not-held", f"pairwise winning indices of {len(self.problem.options)} options were not held"
            )
        index = pd.Index(self.problem.option_ids, name="option")
        return pd.DataFrame(self.pairwise, index=index, columns=index.rename("beats"))
