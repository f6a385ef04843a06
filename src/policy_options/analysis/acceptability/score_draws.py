"""From uniform numbers to overall values: scores drawn from their distributions, valued, weighted and summed.

A plan is made once and travels to workers; it holds arrays alone. A triangular performance under a straight value function is a
triangular value, for which two square roots serve all options of a criterion at once; every other score is a table of
values by quantile.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from policy_options.analysis.distributions import Distribution, Fixed, Triangular, Uncertainty, distributions_of
from policy_options.analysis.problem import Problem
from policy_options.analysis.value_functions import Linear, ValueFunction

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
class _Tables:
    """Options ``rows`` with a table of values by quantile each: ``at`` (t, q) and ``values`` (t, q)."""

    rows: tuple[int, ...]
    at: tuple[Floats, ...]
    values: tuple[Floats, ...]


@dataclass(frozen=True, eq=False, slots=True)
class _Column:
    fixed: Singles
    triangles: _Triangles | None
    tables: _Tables | None


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
        triangles, tables = column.triangles, column.tables
        if self.together:
            used = int(triangles is not None or tables is not None)
            shared = uniform[start : start + used]
            if triangles is not None:
                drawn[triangles.rows] = triangles.values(shared)
            if tables is not None:
                for row, at, values in zip(tables.rows, tables.at, tables.values, strict=True):
                    drawn[row] = np.interp(shared[0], at, values)
            return start + used
        if triangles is not None:
            stop = start + len(triangles.rows)
            drawn[triangles.rows] = triangles.values(uniform[start:stop])
            start = stop
        if tables is not None:
            for row, at, values in zip(tables.rows, tables.at, tables.values, strict=True):
                drawn[row] = np.interp(uniform[start], at, values)
                start += 1
        return start


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
    return ScoreDraws(certain, tuple(columns), uncertainty.together, dimensions)


def _column(distributions: list[Distribution], function: ValueFunction) -> _Column:
    fixed = np.zeros((len(distributions), 1), dtype=np.float32)
    triangles: list[tuple[int, Triangular]] = []
    tables: list[tuple[int, Distribution]] = []
    for row, one in enumerate(distributions):
        if isinstance(one, Fixed):
            fixed[row] = function(np.array([one.performance]))[0]
        elif isinstance(one, Triangular) and isinstance(function, Linear):
            triangles.append((row, one))
        else:
            tables.append((row, one))
    return _Column(fixed, _triangles(triangles, function), _tables(tables, function))


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


def _tables(of: list[tuple[int, Distribution]], function: ValueFunction) -> _Tables | None:
    if not of:
        return None
    tails = np.exp2(-np.arange(23.0, 12.0, -0.25))
    at = np.concatenate(([2.0**-24], tails, np.linspace(0.0, 1.0, _CELLS + 1)[1:-1], 1.0 - tails[::-1], [1.0 - 2.0**-24]))
    found = []
    for _, one in of:
        values = function(one.quantiles(at))
        jumps = np.flatnonzero(np.diff(values) != 0.0)
        if len(jumps) < len(values) // 8:  # levels: steps stay steps, and nothing between is made up
            found.append(_steps(one, function, at, values, jumps))
        else:
            found.append((at, values))
    return _Tables(tuple(row for row, _ in of), tuple(a for a, _ in found), tuple(v for _, v in found))


def _steps(
    one: Distribution, function: ValueFunction, at: Floats, values: Floats, jumps: NDArray[np.intp]
) -> tuple[Floats, Floats]:
    """The table of a function that jumps: each jump is found to the last digit, and stands there twice."""
    places, heights = [0.0], [float(values[0])]
    for jump in jumps.tolist():
        low, high = float(at[jump]), float(at[jump + 1])
        before = float(values[jump])
        while high - low > 1e-12:
            middle = (low + high) / 2.0
            if float(function(one.quantiles(np.array([middle])))[0]) == before:
                low = middle
            else:
                high = middle
        places += [low, high]
        heights += [before, float(values[jump + 1])]
    return np.array([*places, 1.0]), np.array([*heights, float(values[-1])])
