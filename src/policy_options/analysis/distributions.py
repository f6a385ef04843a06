"""The distribution of one performance, given by its quantiles, and the distributions of scores that declare none.

Quantiles rather than densities: a draw is the quantile of a uniform number, scores that move together take the same
number, and an expectation is an integral over it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from statistics import NormalDist
from typing import Final, Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from policy_options.analysis.problem import CriterionAxis, Problem
from policy_options.analysis.value_functions import Levels
from policy_options.errors import PolicyOptionsError

__all__ = [
    "Beta",
    "Distribution",
    "Fixed",
    "LogNormal",
    "Normal",
    "OnLevels",
    "Shape",
    "Triangular",
    "Truncated",
    "Uncertainty",
    "Uniform",
    "distributions_of",
    "expected_values",
    "pert",
    "truncated",
]

Floats = NDArray[np.float64]
Shape = Literal["triangular", "pert"]


class Distribution(Protocol):
    """A distribution of a performance, in the unit of its criterion."""

    def quantiles(self, at: Floats) -> Floats:
        """The performances below which these shares of the distribution fall, elementwise; shares are between 0 and 1."""
        ...


@dataclass(frozen=True)
class Fixed:
    """A performance that is certain."""

    performance: float

    def quantiles(self, at: Floats) -> Floats:
        return np.full_like(at, self.performance)


@dataclass(frozen=True)
class Uniform:
    """The uniform distribution between two ends."""

    low: float
    high: float

    def quantiles(self, at: Floats) -> Floats:
        return self.low + at * (self.high - self.low)


@dataclass(frozen=True)
class Triangular:
    """The triangular distribution: its density rises linearly from the low bound to the likely performance and falls to
    the high bound.
    """

    low: float
    likely: float
    high: float

    def quantiles(self, at: Floats) -> Floats:
        width = self.high - self.low
        if width == 0.0:
            return np.full_like(at, self.low)
        peak = (self.likely - self.low) / width
        rising = self.low + np.sqrt(at * width * (self.likely - self.low))
        falling = self.high - np.sqrt((1.0 - at) * width * (self.high - self.likely))
        return np.where(at < peak, rising, falling)


@dataclass(frozen=True)
class Normal:
    """The normal distribution."""

    mean: float
    sd: float

    def quantiles(self, at: Floats) -> Floats:
        return self.mean + self.sd * np.interp(at, *_standard_normal())


@dataclass(frozen=True)
class LogNormal:
    """The lognormal distribution: the exponential of a normal one with this mean and standard deviation."""

    mean_log: float
    sd_log: float

    def quantiles(self, at: Floats) -> Floats:
        return np.exp(self.mean_log + self.sd_log * np.interp(at, *_standard_normal()))


@dataclass(frozen=True)
class Beta:
    """The beta distribution on ``low`` to ``high``."""

    alpha: float
    beta: float
    low: float = 0.0
    high: float = 1.0

    @cached_property
    def _table(self) -> tuple[Floats, Floats]:
        """Shares and their quantiles on 0 to 1: the density is summed in t, with x = sin^2 t, which flattens steep ends."""
        t = np.linspace(0.0, np.pi / 2.0, 40_001)
        middle = (t[:-1] + t[1:]) / 2.0
        logs = (2.0 * self.alpha - 1.0) * np.log(np.sin(middle)) + (2.0 * self.beta - 1.0) * np.log(np.cos(middle))
        mass = np.exp(logs - logs.max())
        below = np.concatenate(([0.0], np.cumsum(mass)))
        return below / below[-1], np.sin(t) ** 2

    def quantiles(self, at: Floats) -> Floats:
        return self.low + (self.high - self.low) * np.interp(at, *self._table)


@dataclass(frozen=True)
class Truncated:
    """A distribution truncated to two ends: what is outside is left out, not moved to the ends."""

    inner: Distribution
    low: float
    high: float

    @cached_property
    def shares(self) -> tuple[float, float]:
        """The shares of the inner distribution below the two ends."""
        grid = _grid()
        quantiles = self.inner.quantiles(grid)
        first, last = np.interp([self.low, self.high], quantiles, grid, left=0.0, right=1.0)
        return float(first), float(last)

    def quantiles(self, at: Floats) -> Floats:
        first, last = self.shares
        return np.clip(self.inner.quantiles(first + at * (last - first)), self.low, self.high)


def truncated(inner: Distribution, low: float, high: float) -> Truncated:
    """A distribution truncated to two ends, some of which must be between them.

    Raises:
        PolicyOptionsError: next to none of it is.
    """
    found = Truncated(inner, low, high)
    first, last = found.shares
    if last - first < 1e-6:
        raise PolicyOptionsError.of(
            "distribution-off-scale",
            "almost nothing of a declared distribution is on its scale",
            "check its parameters, or declare off-scale: extrapolate",
        )
    return found


@dataclass(frozen=True)
class OnLevels:
    """A distribution over levels of an ordered scale, by index, with the probability of each."""

    first: int
    probabilities: tuple[float, ...]

    def quantiles(self, at: Floats) -> Floats:
        below = np.cumsum(self.probabilities)[:-1]
        return self.first + np.searchsorted(below, at, side="right").astype(np.float64)


@dataclass(frozen=True, slots=True)
class Uncertainty:
    """How scores without a declared distribution are drawn from low, likely and high.

    Also whether the scores of a criterion move together (one quantile for all options) or independently, with the
    reason given.
    """

    shape: Shape = "triangular"
    together: bool = False
    reason: str = ""


def pert(low: float, likely: float, high: float) -> Distribution:
    """The PERT distribution: a beta with weight 4 on the likely value (Malcolm et al. 1959, Operations Research 7)."""
    if low == high:
        return Fixed(low)
    width = high - low
    return Beta(1.0 + 4.0 * (likely - low) / width, 1.0 + 4.0 * (high - likely) / width, low, high)


def distributions_of(problem: Problem, uncertainty: Uncertainty) -> list[list[Distribution]]:
    """The distribution of each score, by option and criterion: as declared, else from its bounds, uniform if unknown.

    On an ordered scale the levels from low to high have probabilities in proportion to a triangle that falls to zero
    one level beyond either bound.
    """
    found = []
    for row in range(len(problem.options)):
        of_row = []
        for column, axis in enumerate(problem.criteria):
            declared = problem.declared.get((row, column))
            low, likely, high = (float(a[row, column]) for a in (problem.low, problem.likely, problem.high))
            if isinstance(declared, Triangular) and declared.low == declared.high:
                declared = Fixed(declared.low)
            of_row.append(declared or _from_bounds(axis, low, likely, high, uncertainty.shape))
        found.append(of_row)
    return found


def _from_bounds(axis: CriterionAxis, low: float, likely: float, high: float, shape: Shape) -> Distribution:
    if low == high:
        return Fixed(likely)
    if isinstance(axis.value_function, Levels):
        if np.isnan(likely):
            count = len(axis.value_function.values)
            return OnLevels(0, (1.0 / count,) * count)
        first, peak, last = int(min(low, high)), int(likely), int(max(low, high))
        heights = [
            (level - first + 1) / (peak - first + 1) if level <= peak else (last + 1 - level) / (last + 1 - peak)
            for level in range(first, last + 1)
        ]
        return OnLevels(first, tuple(height / sum(heights) for height in heights))
    if np.isnan(likely):
        return Uniform(axis.low, axis.high)
    return pert(low, likely, high) if shape == "pert" else Triangular(low, likely, high)


def expected_values(problem: Problem, distributions: list[list[Distribution]]) -> Floats:
    """(m, n) expected values of the scores: means of the value function over the distribution, by a Gauss-Legendre rule."""
    at, of = _rule()
    found = np.empty((len(problem.options), len(problem.criteria)))
    for row, of_row in enumerate(distributions):
        for column, distribution in enumerate(of_row):
            values = problem.criteria[column].value_function(distribution.quantiles(at))
            if isinstance(distribution, OnLevels):  # a mean of a few values, not an integral
                levels = distribution.first + np.arange(len(distribution.probabilities), dtype=np.float64)
                values, weights = problem.criteria[column].value_function(levels), np.array(distribution.probabilities)
                found[row, column] = values @ weights
            else:
                found[row, column] = values @ of
    return found


_PANELS: Final = 64
_NODES: Final = 8


def _rule() -> tuple[Floats, Floats]:
    """Nodes and weights of a composite Gauss-Legendre rule on 0 to 1, in t with u = 3 t^2 - 2 t^3.

    Quantiles of bounded distributions behave like a square root at their ends, which is smooth in t.
    """
    nodes, weights = np.polynomial.legendre.leggauss(_NODES)
    t = ((np.arange(_PANELS)[:, None] + (nodes + 1.0) / 2.0) / _PANELS).ravel()
    return t * t * (3.0 - 2.0 * t), np.tile(weights / 2.0 / _PANELS, _PANELS) * 6.0 * t * (1.0 - t)


def _grid() -> Floats:
    """Shares from 0 to 1, denser towards both ends, where quantiles diverge."""
    tail = np.exp2(-np.arange(32.0, 6.0, -1 / 128))
    body = np.linspace(2.0**-6, 1.0 - 2.0**-6, 4_095)
    return np.concatenate((tail, body, 1.0 - tail[::-1]))


@cache
def _standard_normal() -> tuple[Floats, Floats]:
    """Shares and standard normal quantiles: for 24-bit shares this table is precise enough."""
    grid = _grid()
    return grid, np.array([NormalDist().inv_cdf(share) for share in grid.tolist()])
