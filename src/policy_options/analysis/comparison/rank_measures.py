"""Measures of how similar two rankings are, each with its treatment of ties, on which the field differs.

Ranks here are competition ranks ("1, 2, 2, 4"); every measure but tau-b converts them to mid-ranks (1, 2.5, 2.5, 4),
which keep the sum of ranks whatever the ties.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from policy_options.analysis.comparison.inversions import count_inversions, places_reversed

__all__ = [
    "RankMeasures",
    "kendall_tau_b",
    "mid_ranks",
    "rank_distance",
    "rank_measures",
    "similarity_ws",
    "spearman",
    "weighted_spearman",
]

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class RankMeasures:
    """Measures for m options in two rankings: each coefficient is 1 for complete agreement.

    ``ws`` takes the first ranking as its reference. ``distance`` is in places, and at most ``most``. A coefficient is
    ``None`` where it is undefined: for fewer than two options, and where one ranking ties them all.
    """

    options: int
    tau_b: float | None
    spearman: float | None
    weighted_spearman: float | None
    ws: float | None
    distance: float
    most: int


def rank_measures(first: Integers, second: Integers) -> RankMeasures:
    """Compute every measure of two rankings of the same options, (m,) competition ranks each."""
    ordered = len(np.unique(first)) > 1 and len(np.unique(second)) > 1
    return RankMeasures(
        len(first),
        kendall_tau_b(first, second),
        spearman(first, second),
        weighted_spearman(first, second) if ordered else None,
        similarity_ws(first, second) if ordered else None,
        rank_distance(first, second),
        len(first) ** 2 // 2,
    )


def mid_ranks(ranks: Integers) -> Floats:
    """(m,) mid-ranks: the mean of the places that tied options share, from their competition ranks."""
    counts = np.bincount(ranks, minlength=1)
    return np.asarray(ranks + (counts[ranks] - 1) / 2, dtype=np.float64)


def kendall_tau_b(first: Integers, second: Integers) -> float | None:
    """Kendall's tau-b: pairs ordered alike less those reversed, over the geometric mean of pairs untied in each (Kendall 1945).

    In O(m log m): reversed pairs are inversions. Source: Biometrika 33(3):239-251, the coefficient for ties in both.
    """
    m = len(first)
    pairs = m * (m - 1) // 2
    tied_first, tied_second = _tied(first), _tied(second)
    tied_both = _tied(np.unique(first * (m + 1) + second, return_inverse=True)[1]) if tied_first and tied_second else 0
    apart = float(pairs - tied_first) * float(pairs - tied_second)
    if apart == 0.0:
        return None
    reversed_ = count_inversions(places_reversed(first, second)[1])
    alike = pairs - tied_first - tied_second + tied_both - reversed_
    return float((alike - reversed_) / apart**0.5)


def _tied(labels: Integers) -> int:
    """The number of pairs that share a label; labels are small integers."""
    counts = np.bincount(labels, minlength=1)
    return int((counts * (counts - 1) // 2).sum())


def spearman(first: Integers, second: Integers) -> float | None:
    """Spearman's rho: the correlation of mid-ranks (Spearman 1904)."""
    x, y = mid_ranks(first), mid_ranks(second)
    if len(x) < 2:
        return None
    x, y = x - x.mean(), y - y.mean()
    spread = float(x @ x) * float(y @ y)
    return float(x @ y) / spread**0.5 if spread > 0.0 else None


def weighted_spearman(first: Integers, second: Integers) -> float | None:
    """Weighted rank correlation r_w on mid-ranks: differences near the top weigh more (Pinto da Costa and Soares 2005).

    Source: Australian and New Zealand Journal of Statistics 47(4):515-529. Derived for rankings without ties, and
    applied unchanged to mid-ranks.
    """
    n = len(first)
    if n < 2:
        return None
    x, y = mid_ranks(first), mid_ranks(second)
    weighted = float(((x - y) ** 2 * (2 * n + 2 - x - y)).sum())
    return 1.0 - 6.0 * weighted / (float(n) ** 4 + float(n) ** 3 - float(n) ** 2 - n)


def similarity_ws(reference: Integers, other: Integers) -> float | None:
    """The WS coefficient: a difference counts by its place in the reference (Salabun and Urbaniak 2020).

    Not symmetric; uses mid-ranks. Source: ICCS 2020, LNCS 12138:632-645.
    """
    n = len(reference)
    if n < 2:
        return None
    x, y = mid_ranks(reference), mid_ranks(other)
    return 1.0 - float((np.exp2(-x) * np.abs(x - y) / np.maximum(np.abs(1.0 - x), np.abs(n - x))).sum())


def rank_distance(first: Integers, second: Integers) -> float:
    """Spearman's footrule: the total number of places that the options moved, on mid-ranks (Diaconis and Graham 1977).

    At most m**2 // 2, for a reversed order. Source: Journal of the Royal Statistical Society B 39(2):262-268.
    """
    return float(np.abs(mid_ranks(first) - mid_ranks(second)).sum())
