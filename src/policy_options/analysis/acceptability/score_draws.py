"""From uniform numbers to overall values: scores drawn from their distributions, valued, weighted and summed.

A plan is made once and sent to workers; it contains only arrays. A triangular performance under a straight value
function is a triangular value, for which two square roots serve all options of a criterion at once; every other score
is a table of values by quantile, with even steps where it is bounded and does not jump.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

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
from policy_options.analysis.value_functions import Linear, ValueFunction

__all__ = ["ScoreDraws", "plan_scores"]

Floats = NDArray[np.float64]
Singles = NDArray[np.float32]
Turns = NDArray[np.intp]

_CELLS: Final = 4_096
_SINGLE: Final = np.dtype(np.float32)


@dataclass(frozen=True, eq=False, slots=True)
class _Triangles:
    """Options ``rows`` (t,) whose values on a criterion are triangular.

    The arrays, (t, 1) each, are the low end, the share below the peak, the slope up to it, and what the high end and
    the slope beyond the peak add to these.
    """

    rows: NDArray[np.intp]
    low: Singles
    width: Singles
    peak: Singles
    rise: Singles
    bend: Singles

    def values(self, uniform: Singles, out: Singles, spare: Singles) -> None:
        """Low + rise sqrt(u) up to the peak, high + fall sqrt(1 - u) beyond it: one root of either u or 1 - u."""
        beyond, slope = spare
        np.greater_equal(uniform, self.peak, out=beyond, casting="unsafe")
        np.subtract(beyond, uniform, out=out)
        np.abs(out, out=out)
        np.sqrt(out, out=out)
        np.multiply(beyond, self.bend, out=slope)
        slope += self.rise
        out *= slope
        beyond *= self.width
        beyond += self.low
        out += beyond


@dataclass(frozen=True, eq=False, slots=True)
class _Even:
    """Options ``rows`` (t,) with values at evenly spaced quantiles, and the steps between them: (t x cells,) in a row."""

    rows: NDArray[np.intp]
    at_cells: Singles
    steps: Singles
    offsets: NDArray[np.int32]

    def values(self, uniform: Singles, out: Singles, _spare: Singles) -> None:
        """Interpolate linearly within each cell."""
        place = uniform * np.float32(_CELLS)
        cell = np.minimum(place.astype(np.int32), np.int32(_CELLS - 1))
        place = place - cell
        cell = cell + self.offsets
        np.multiply(self.steps.take(cell), place, out=out)
        out += self.at_cells.take(cell)


@dataclass(frozen=True, eq=False, slots=True)
class _Steps:
    """Options ``rows`` (t,) whose values jump.

    Given are the lowest value (t, 1), and the quantiles at which it changes, and by how much, (e, t, 1) each. Options
    with fewer jumps than others have the remainder at a quantile that is never drawn.
    """

    rows: NDArray[np.intp]
    first: Singles
    ends: Singles
    steps: Singles

    def values(self, uniform: Singles, out: Singles, spare: Singles) -> None:
        """The value of the level into which a quantile falls; no value between levels is produced."""
        out[:] = self.first
        for end, step in zip(self.ends, self.steps, strict=True):
            np.greater_equal(uniform, end, out=spare[0], casting="unsafe")
            spare[0] *= step
            out += spare[0]


@dataclass(frozen=True, eq=False, slots=True)
class _Unbounded:
    """Options ``rows`` (t,) with values at quantiles that become denser towards both ends."""

    rows: NDArray[np.intp]
    at: Floats
    at_quantiles: tuple[Floats, ...]

    def values(self, uniform: Singles, out: Singles, _spare: Singles) -> None:
        """Interpolate linearly between the quantiles."""
        for index, values in enumerate(self.at_quantiles):
            out[index] = np.interp(uniform[index % len(uniform)], self.at, values)


@dataclass(frozen=True, eq=False, slots=True)
class _Column:
    """A criterion: certain values, (m, 1), and the parts that fill in the uncertain ones."""

    fixed: Singles
    parts: tuple[_Triangles | _Even | _Steps | _Unbounded, ...]

    def dimensions(self, *, together: bool) -> int:
        """The number of uniform numbers that a draw takes."""
        uncertain = sum(len(part.rows) for part in self.parts)
        return min(uncertain, 1) if together else uncertain


@dataclass(frozen=True, eq=False, slots=True)
class PairedRoom:
    """Working memory: values of every criterion, twice over (n, m, 2 c), scratch space (4, m, c), and their sums (m p c,)."""

    cube: Singles
    spare: Singles
    totals: Singles


@dataclass(frozen=True, eq=False, slots=True)
class ScoreDraws:
    """How to draw the overall values of m options.

    ``columns`` is ``None`` where all scores are certain; ``values`` then serve. With ``together`` all options take the
    same number on a criterion; else each uncertain score takes its own.
    """

    values: Singles
    columns: tuple[_Column, ...] | None
    together: bool
    dimensions: int

    def room(self, draws: int, weightings: int = 1) -> Singles:
        """Working memory for valuing draws, reused, since fresh pages cost more than what is written to them."""
        return np.empty((weightings + 4, len(self.values), draws), dtype=self.values.dtype)

    def overall(self, weights: Singles, uniform: Singles, room: Singles | None = None) -> Singles:
        """(m, c) overall values from (n, c) weights and (d, c) uniform numbers, for uncertain scores."""
        return self.of_weights((weights,), uniform, room)[0]

    def of_weights(
        self, weightings: tuple[Singles, ...], uniform: Singles, room: Singles | None = None
    ) -> list[Singles]:
        """Overall values for several weight arrays and the same scores; each is (n, c), or (n, 1) if constant over draws."""
        assert self.columns is not None
        count = uniform.shape[1]
        room = (self.room(count, len(weightings)) if room is None else room)[:, :, :count]
        drawn, spare, totals = room[0], room[1:4], list(room[4:])
        weighted = spare[0]  # free again once all values of a criterion are drawn
        for total in totals:
            total.fill(0.0)
        start = 0
        for index, column in enumerate(self.columns):
            start = self._draw(column, drawn, uniform, start, spare)
            for weights, total in zip(weightings, totals, strict=True):
                np.multiply(weights[index], drawn, out=weighted)
                total += weighted
        return totals

    def paired_room(self, draws: int, pairings: int) -> PairedRoom:
        """Working memory for pairing draws again, reused in the same way."""
        m, n = self.values.shape
        kind = self.values.dtype
        return PairedRoom(
            np.empty((n, m, 2 * draws), dtype=kind),
            np.empty((4, m, draws), dtype=kind),
            np.empty(m * draws * pairings, dtype=kind),
        )

    def paired(self, weights: Singles, uniform: Singles, turns: Turns, room: PairedRoom) -> Singles:
        """(m, p c) overall values for each of (p, n) turns, which shift the draws of each criterion cyclically.

        Weights and the draws of one criterion are independent of those of another, so that any pairing of them is a
        draw (Owen 1998, ACM Transactions on Modeling and Computer Simulation 8: Latin supercube sampling).
        """
        assert self.columns is not None
        m, count = len(self.values), uniform.shape[1]
        cube, spare = room.cube[:, :, : 2 * count], room.spare[:, :, :count]
        start = 0
        for values, column in zip(cube, self.columns, strict=True):
            start = self._draw(column, values[:, :count], uniform, start, spare)
            values[:, count:] = values[:, :count]
        totals = room.totals[: m * count * len(turns)].reshape(m, len(turns), count)
        of_criteria, weighted = list(zip(weights, cube, strict=True)), spare[3]
        for place, turn in enumerate(turns.tolist()):
            total = into = totals[:, place]
            for (of_criterion, values), begin in zip(of_criteria, turn, strict=True):
                np.multiply(of_criterion, values[:, begin : begin + count], out=into)
                if into is not total:
                    np.add(total, weighted, out=total)
                into = weighted
        return totals.reshape(m, -1)

    def paired_numbers(self, uniform: Singles, turns: Turns, draws: NDArray[np.intp]) -> Singles:
        """(d, q) the uniform numbers behind some of these draws."""
        assert self.columns is not None
        count = uniform.shape[1]
        found = np.empty((len(uniform), len(draws)), dtype=uniform.dtype)
        moved = turns[draws // count]
        start = 0
        for index, column in enumerate(self.columns):
            stop = start + column.dimensions(together=self.together)
            found[start:stop] = uniform[start:stop, (draws + moved[:, index]) % count]
            start = stop
        return found

    def projected(self, uniform: Singles, basis: Floats, rows: NDArray[np.intp]) -> Floats:
        """(r, k, q) the values of some options in (d, q) draws, times each of r columns of weights (n, r)."""
        assert self.columns is not None
        room = np.empty((4, len(self.values), uniform.shape[1]), dtype=self.values.dtype)
        drawn, spare = room[0], room[1:]
        found = np.zeros((basis.shape[1], len(rows), uniform.shape[1]))
        numbers = uniform.astype(self.values.dtype)
        start = 0
        for of_criterion, column in zip(basis, self.columns, strict=True):
            start = self._draw(column, drawn, numbers, start, spare)
            found += of_criterion[:, None, None] * drawn[rows]
        return found

    def _draw(self, column: _Column, drawn: Singles, uniform: Singles, start: int, spare: Singles) -> int:
        """Fill in the values of a criterion, and return where the numbers of the next begin."""
        if sum(len(part.rows) for part in column.parts) < len(drawn):
            drawn[:] = column.fixed
        used = start
        for part in column.parts:
            stop = start + 1 if self.together else used + len(part.rows)
            numbers, count = uniform[start if self.together else used : stop], len(part.rows)
            if count == len(drawn):
                part.values(numbers, drawn, spare[:2])
            else:
                part.values(numbers, spare[2, :count], spare[:2, :count])
                drawn[part.rows] = spare[2, :count]
            used = stop
        return used


def plan_scores(problem: Problem, uncertainty: Uncertainty | None, precision: np.dtype[Any] = _SINGLE) -> ScoreDraws:
    """Plan the draws of a problem's scores; at their likely values where ``uncertainty`` is ``None``.

    In double ``precision`` the same numbers draw the same scores: the level, or the side of the peak, is chosen in
    single precision either way.
    """
    certain = np.nan_to_num(problem.values).astype(precision)
    if uncertainty is None:
        return ScoreDraws(certain, None, False, 0)
    distributions = distributions_of(problem, uncertainty)
    columns = []
    dimensions = 0
    for index, axis in enumerate(problem.criteria):
        of_column = [of_row[index] for of_row in distributions]
        column = _column(of_column, axis.value_function, precision)
        uncertain = sum(not isinstance(one, Fixed) for one in of_column)
        dimensions += min(uncertain, 1) if uncertainty.together else uncertain
        columns.append(column)
    if dimensions == 0:  # every score is certain
        return ScoreDraws(certain, None, False, 0)
    return ScoreDraws(certain, tuple(columns), uncertainty.together, dimensions)


def _column(distributions: list[Distribution], function: ValueFunction, precision: np.dtype[Any]) -> _Column:
    fixed = np.zeros((len(distributions), 1), dtype=precision)
    triangles: list[tuple[int, Triangular]] = []
    levels: list[tuple[int, OnLevels]] = []
    bounded: list[tuple[int, Distribution]] = []
    others: list[tuple[int, Distribution]] = []
    for row, one in enumerate(distributions):
        match one:
            case Fixed(performance):
                fixed[row] = function(np.array([performance]))[0]
            case OnLevels():
                levels.append((row, one))
            case Triangular() if isinstance(function, Linear):
                triangles.append((row, one))
            case Triangular() | Uniform() | Beta():
                bounded.append((row, one))
            case _:
                others.append((row, one))
    parts = (
        _triangles(triangles, function, precision),
        _even(bounded, function, precision),
        _steps(levels, function, precision),
        _unbounded(others, function),
    )
    return _Column(fixed, tuple(part for part in parts if part is not None))


def _triangles(
    of: list[tuple[int, Triangular]], function: ValueFunction, precision: np.dtype[Any]
) -> _Triangles | None:
    if not of:
        return None
    rows = np.array([row for row, _ in of])
    ends = np.array([[one.low, one.likely, one.high] for _, one in of])
    low, likely, high = function(ends).T[:, :, None]  # in the order of performance, whichever direction value runs
    width, sign = high - low, np.sign(high - low)
    rise, fall = sign * np.sqrt(width * (likely - low)), -sign * np.sqrt(width * (high - likely))
    kept = (low, width, ((likely - low) / width).astype(np.float32), rise, fall - rise)
    return _Triangles(rows, *(array.astype(precision) for array in kept))


def _even(of: list[tuple[int, Distribution]], function: ValueFunction, precision: np.dtype[Any]) -> _Even | None:
    if not of:
        return None
    at = np.linspace(0.0, 1.0, _CELLS + 1)
    values = np.stack([function(one.quantiles(at)) for _, one in of])
    offsets = (np.arange(len(of)) * _CELLS).astype(np.int32)[:, None]
    return _Even(
        np.array([row for row, _ in of]),
        np.ascontiguousarray(values[:, :-1]).astype(precision).ravel(),
        np.diff(values, axis=1).astype(precision).ravel(),
        offsets,
    )


def _steps(of: list[tuple[int, OnLevels]], function: ValueFunction, precision: np.dtype[Any]) -> _Steps | None:
    if not of:
        return None
    most = max(len(one.probabilities) for _, one in of)
    ends = np.full((most - 1, len(of), 1), 2.0, dtype=np.float32)
    steps = np.zeros((most - 1, len(of), 1))
    first = np.empty((len(of), 1))
    for row, (_, one) in enumerate(of):
        values = function(one.first + np.arange(len(one.probabilities), dtype=np.float64))
        ends[: len(values) - 1, row, 0] = np.cumsum(one.probabilities)[:-1]
        first[row], steps[: len(values) - 1, row, 0] = values[0], np.diff(values)
    rows = np.array([row for row, _ in of])
    return _Steps(rows, first.astype(precision), ends, steps.astype(precision))


def _unbounded(of: list[tuple[int, Distribution]], function: ValueFunction) -> _Unbounded | None:
    if not of:
        return None
    tails = np.exp2(-np.arange(23.0, 12.0, -1 / 16))
    at = np.concatenate(
        ([2.0**-24], tails, np.linspace(0.0, 1.0, _CELLS + 1)[1:-1], 1.0 - tails[::-1], [1.0 - 2.0**-24])
    )
    return _Unbounded(np.array([row for row, _ in of]), at, tuple(function(one.quantiles(at)) for _, one in of))
