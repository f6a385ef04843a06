"""Results of SMAA-2: indices with the names of their axes, and their basis, a closed form or a sample.

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
"""Standard errors by which two sampled shares must differ before one is called the larger.

Two standard errors are enough to suspect a difference; but then options that are level would be separated under one
seed in twenty, and in every sample of many options some would be.
"""

_ROUNDING: Final = 1e-9
_OF_RANKS: Final = 4.0
"""Half-widths of a share by which expected ranks must differ: a rank is a sum of shares."""


@dataclass(frozen=True, slots=True)
class ExactBasis:
    """Basis of a closed form: numbers of simplices and of vertices examined, and how far its identities are off.

    ``identity_error`` is the largest of: expected ranks from the indices less those from pairs, rows and columns less
    1, the mean of central weights less the region's centre. ``rounding`` is the largest difference between two ways of
    summing.
    """

    pieces: int
    vertices: int
    identity_error: float
    rounding: float


@dataclass(frozen=True, slots=True)
class SampledBasis:
    """Basis of a sample: ``count`` weight vectors in ``scrambles`` independently scrambled sequences, ``draws`` score
    draws each.

    ``half_width`` is the 95% half-width of the worst index, as a share. ``check`` is the largest difference between the
    sampled pairwise indices and the exact ones where those are known. ``proposed`` counts all points, including those
    rejected because they were outside the region.
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
        """The 95% upper bound on a share of which the sample saw nothing: the rule of three."""
        return min(3.0 / self.count, 1.0)


@dataclass(frozen=True, eq=False)
class Acceptability:
    """Shares of the weight vectors of a region in which options take ranks, with scores ``likely`` or ``uncertain``.

    ``ranks`` is (m, r): the share of weight vectors under which each option has rank 1, 2 ... r; r is m, or the first
    ranks alone where there are many options. ``pairwise`` is (m, m): the share in which the row strictly beats the
    column; ``None`` where there are too many options to keep it. ``central`` is (m, n): the mean of the weights under
    which each option is first, NaN where it never is, or so rarely that the mean would be rounding error.
    ``expected_rank`` is (m,). Options that tie in a draw share the ranks that they take together evenly, except in
    ``pairwise``, where a tie is a win for neither. ``first_by_scramble`` (scrambles, m) are the shares of first ranks
    that each scramble of a sample finds on its own. ``confident`` finds the confidence factors, which need separate
    draws.
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

        ``None`` at likely scores, where it would be 1 for every option that can be first.
        """
        return self._confidence[0]

    @property
    def confidence_half_width(self) -> float | None:
        """The 95% half-width of the worst confidence factor, as a share."""
        return self._confidence[1]

    @property
    def exact(self) -> bool:
        """Whether the indices are exact rather than estimates."""
        return isinstance(self.basis, ExactBasis)

    @cached_property
    def first(self) -> Floats:
        """(m,) the share of weight vectors under which each option is first."""
        return self.ranks[:, 0]

    def share_first(self, option: str) -> float:
        """The share of weight vectors under which an option is first."""
        return float(self.first[self.problem.option_index[option]])

    @property
    def half_width(self) -> float:
        """The 95% half-width of the worst share, as a share; 0 for exact shares."""
        return self.basis.half_width if isinstance(self.basis, SampledBasis) else 0.0

    def more_often(self, option: str, other: str) -> bool:
        """Whether one option is first more often than another, by more than the sample's error or rounding.

        The standard error is that of the difference, scramble by scramble, since shares of one sample err together. The
        difference must be ``APART`` times as large.
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
        """The options that no other is first more often than, within the error: one, or several that are level."""
        ids = self.problem.option_ids
        best = ids[int(self.first.argmax())]
        return tuple(option for option in ids if not self.more_often(best, option))

    @cached_property
    def by_expected_rank(self) -> tuple[int, ...]:
        """Rows by expected rank, best first; ranks too close for the sample to separate stay in their order."""
        order = np.argsort(self.expected_rank, kind="stable")
        close = max(_OF_RANKS * self.half_width, _ROUNDING)
        steps = np.cumsum(np.concatenate(([False], np.diff(self.expected_rank[order]) > close)))
        return tuple(order[np.lexsort((order, steps))].tolist())

    @property
    def group_shares(self) -> dict[str, float]:
        """The mean weight of each top group over the region, from the central weights of the options that can be first."""
        mean = np.nansum(self.central * self.first[:, None], axis=0)
        return {name: float(mean[list(columns)].sum()) for name, _, columns in self.problem.top_groups}

    @property
    def ranks_table(self) -> pd.DataFrame:
        """Rank acceptability indices: one row per option, one column per rank."""
        import pandas as pd

        columns = pd.Index(range(1, self.ranks.shape[1] + 1), name="rank")
        return pd.DataFrame(self.ranks, index=pd.Index(self.problem.option_ids, name="option"), columns=columns)

    @property
    def central_table(self) -> pd.DataFrame:
        """Central weights: one row per option, one column per criterion; NaN where an option is never first."""
        import pandas as pd

        index = pd.Index(self.problem.option_ids, name="option")
        return pd.DataFrame(self.central, index=index, columns=pd.Index(self.problem.criterion_ids, name="criterion"))

    @property
    def pairwise_table(self) -> pd.DataFrame:
        """Pairwise winning indices: the share of weight vectors under which the row beats the column.

        Raises:
            PolicyOptionsError: there were too many options to keep the indices.
        """
        import pandas as pd

        from policy_options.errors import PolicyOptionsError

        if self.pairwise is None:
            raise PolicyOptionsError.of(
                "pairwise-not-held", f"pairwise winning indices of {len(self.problem.options)} options were not held"
            )
        index = pd.Index(self.problem.option_ids, name="option")
        return pd.DataFrame(self.pairwise, index=index, columns=index.rename("beats"))
