"""From uniform numbers to overall values: scores drawn from their distributions, valued, weighted and summed.

A plan is made once and travels to workers; it holds arrays alone. A triangular performance under a straight value function is a
triangular value, for which two square roots serve all options of a criterion at once; every other score is a table of
values by quantile, with even steps where it has bounds and no jumps.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from policy_options.analysis.distributions import (
    Beta,
    Distribution,
    Fixed,
    OnLevels,
    Triangular,
    Uncertainty,
    Uniform,
    distributions_of,
)
from policy_options.analysis.problem import Problem
from policy_options.analysis.value_functions import Levels, Linear, ValueFunction

__all__ = ["ScoreDraws", "plan_scores"]

Floats = NDArray[np.float64]
Singles = NDArray[np.float32]

_CELLS: Final = 4_096


@dataclass(frozen=True, eq=False, slots=True)
class _Triangles:
    """Options ``rows`` (t,) whose values on a criterion are triangular: ends, share below the peak, and slopes, (t, 1) each."""

    rows: NDArray[np.intp]
    low: Singles
    high: Singles
    peak: Singles
    rise: Singles
    fall: Singles

    def values(self, uniform: Singles) -> Singles:
        """(t, c) values by quantile: low + rise sqrt(u) up to the peak, high - fall sqrt(1 - u) beyond it."""
        rising = np.sqrt(uniform) * self.rise
        rising += self.low
        falling = np.sqrt(np.float32(1.0) - uniform) * self.fall
        falling += self.high
        return np.where(uniform < self.peak, rising, falling)


@dataclass(frozen=True, eq=False, slots=True)
class _Even:
    """Options ``rows`` with values at evenly spaced quantiles, and the steps between them: (t x cells,) one after another."""

    rows: NDArray[np.intp]
    values: Singles
    steps: Singles
    offsets: NDArray[np.int32]

    def drawn(self, uniform: Singles) -> Singles:
        """(t, c) values by quantile, in straight lines within each cell."""
        place = uniform * np.float32(_CELLS)
        cell = np.minimum(place.astype(np.int32), np.int32(_CELLS - 1))
        place = place - cell
        cell = cell + self.offsets
        return np.asarray(self.values.take(cell) + self.steps.take(cell) * place)


@dataclass(frozen=True, eq=False, slots=True)
class _Uneven:
    """Options ``rows`` with values at quantiles of their own, ``at``: those that jump, or have no bounds."""

    rows: tuple[int, ...]
    at: tuple[Floats, ...]
    values: tuple[Floats, ...]


@dataclass(frozen=True, eq=False, slots=True)
class _Column:
    fixed: Singles
    triangles: _Triangles | None
    even: _Even | None
    uneven: _Uneven | None


@dataclass(frozen=True, eq=False, slots=True)
class ScoreDraws:
    """How to draw the overall values of m options. ``columns`` are ``None`` where all scores are certain: then ``values`` serve.

    With ``together`` all options take the same number on a criterion; else each uncertain score takes one of its own.
    """

    values: Singles
    columns: tuple[_Column, ...] | None
    together: bool
    dimensions: int

    def overall(self, weights: Singles, uniform: Singles) -> Singles:
        """(m, c) overall values from (n, c) weights and (d, c) uniform numbers, for scores that are uncertain."""
        return np.asarray(self.of_weights((weights,), uniform)[0])

    def of_weights(self, weightings: tuple[Singles, ...], uniform: Singles) -> list[Singles]:
        """The same for several weights of the same scores; each (n, c), or (n, 1) where they are the same in all draws."""
        assert self.columns is not None
        m, count = len(self.values), uniform.shape[1]
        totals = [np.zeros((m, count), dtype=np.float32) for _ in weightings]
        drawn = np.empty((m, count), dtype=np.float32)
        start = 0
        for index, column in enumerate(self.columns):
            drawn[:] = column.fixed
            start = self._draw(column, drawn, uniform, start)
            for weights, total in zip(weightings, totals, strict=True):
                total += weights[index] * drawn
        return totals

    def _draw(self, column: _Column, drawn: Singles, uniform: Singles, start: int) -> int:
        """Fill in the uncertain values of a criterion, and return where the numbers of the next begin."""
        used = start
        for part, values in ((column.triangles, _Triangles.values), (column.even, _Even.drawn)):
            if part is not None:
                stop = start + 1 if self.together else used + len(part.rows)
                drawn[part.rows] = values(part, uniform[stop - (1 if self.together else len(part.rows)) : stop])  # type: ignore[arg-type]
                used = stop
        if column.uneven is not None:
            for row, at, values_at in zip(column.uneven.rows, column.uneven.at, column.uneven.values, strict=True):
                drawn[row] = np.interp(uniform[start if self.together else used], at, values_at)
                used = start + 1 if self.together else used + 1
        return used


def plan_scores(problem: Problem, uncertainty: Uncertainty | None) -> ScoreDraws:
    """How to draw from a problem's scores; at their likely values where ``uncertainty`` is ``None``."""
    certain = np.nan_to_num(problem.values).astype(np.float32)
    if uncertainty is None:
        return ScoreDraws(certain, None, False, 0)
    distributions = distributions_of(problem, uncertainty)
    columns = []
    dimensions = 0
    for index, axis in enumerate(problem.criteria):
        of_column = [of_row[index] for of_row in distributions]
        column = _column(of_column, axis.value_function)
        uncertain = sum(not isinstance(one, Fixed) for one in of_column)
        dimensions += min(uncertain, 1) if uncertainty.together else uncertain
        columns.append(column)
    if dimensions == 0:  # every score is certain
        return ScoreDraws(certain, None, False, 0)
    return ScoreDraws(certain, tuple(columns), uncertainty.together, dimensions)


def _column(distributions: list[Distribution], function: ValueFunction) -> _Column:
    fixed = np.zeros((len(distributions), 1), dtype=np.float32)
    triangles: list[tuple[int, Triangular]] = []
    bounded: list[tuple[int, Distribution]] = []
    others: list[tuple[int, Distribution]] = []
    for row, one in enumerate(distributions):
        if isinstance(one, Fixed):
            fixed[row] = function(np.array([one.performance]))[0]
        elif isinstance(one, Triangular) and isinstance(function, Linear):
            triangles.append((row, one))
        elif isinstance(one, Triangular | Uniform | Beta) and not isinstance(function, Levels):
            bounded.append((row, one))
        else:
            others.append((row, one))
    return _Column(fixed, _triangles(triangles, function), _even(bounded, function), _uneven(others, function))


def _triangles(of: list[tuple[int, Triangular]], function: ValueFunction) -> _Triangles | None:
    if not of:
        return None
    rows = np.array([row for row, _ in of])
    ends = np.array([[one.low, one.likely, one.high] for _, one in of])
    low, likely, high = function(ends).T[:, :, None]  # in the order of performance, whichever way value runs
    sign = np.sign(high - low)
    kept = (
        low,
        high,
        (likely - low) / (high - low),
        sign * np.sqrt((high - low) * (likely - low)),
        -sign * np.sqrt((high - low) * (high - likely)),
    )
    return _Triangles(rows, *(array.astype(np.float32) for array in kept))


def _even(of: list[tuple[int, Distribution]], function: ValueFunction) -> _Even | None:
    if not of:
        return None
    at = np.linspace(0.0, 1.0, _CELLS + 1)
    values = np.stack([function(one.quantiles(at)) for _, one in of])
    offsets = (np.arange(len(of)) * _CELLS).astype(np.int32)[:, None]
    return _Even(
        np.array([row for row, _ in of]),
        np.ascontiguousarray(values[:, :-1]).astype(np.float32).ravel(),
        np.diff(values, axis=1).astype(np.float32).ravel(),
        offsets,
    )


def _uneven(of: list[tuple[int, Distribution]], function: ValueFunction) -> _Uneven | None:
    if not of:
        return None
    tails = np.exp2(-np.arange(23.0, 12.0, -0.25))
    at = np.concatenate(
        ([2.0**-24], tails, np.linspace(0.0, 1.0, _CELLS + 1)[1:-1], 1.0 - tails[::-1], [1.0 - 2.0**-24])
    )
    found = [_steps(one, function) if isinstance(one, OnLevels) else (at, function(one.quantiles(at))) for _, one in of]
    return _Uneven(tuple(row for row, _ in of), tuple(a for a, _ in found), tuple(v for _, v in found))


def _steps(one: OnLevels, function: ValueFunction) -> tuple[Floats, Floats]:
    """Values that jump where a level ends: each end stands there twice, and nothing between levels is made up."""
    values = function(one.first + np.arange(len(one.probabilities), dtype=np.float64))
    ends = np.cumsum(one.probabilities)[:-1]
    at = np.concatenate(([0.0], np.repeat(ends, 2), [1.0]))
    at[2::2] = np.nextafter(at[2::2], 2.0)
    return at, np.repeat(values, 2)
