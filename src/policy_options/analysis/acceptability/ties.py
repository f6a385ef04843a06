"""Which options tie in a positive share of draws, and in which draws, regardless of how numbers are rounded.

Weights are spread over their region. Where the values of two options differ by d, the difference d.w is zero under a
positive share of the weights only where it is zero under all of them: where d is normal to everything that the region
spans. So two options tie in a draw of the scores or they do not, whatever weights are drawn with it; an uncertain score
without jumps rules it out. Which pairs could tie is settled once, and problems without such a pair skip this step. For
the others, values that are close in a draw are compared again in double precision, and those that tie are made equal to
the last bit.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from policy_options.analysis.acceptability.exact import MANY
from policy_options.analysis.acceptability.score_draws import ScoreDraws, plan_scores
from policy_options.analysis.additive import TIE
from policy_options.analysis.distributions import (
    Distribution,
    Fixed,
    OnLevels,
    Triangular,
    Uncertainty,
    distributions_of,
)
from policy_options.analysis.problem import Problem
from policy_options.analysis.value_functions import Linear, PiecewiseLinear, ValueFunction
from policy_options.analysis.weight_region import WeightRegion, spanned

__all__ = ["Level", "Ties", "level_in", "plan_ties"]

Floats = NDArray[np.float64]
Singles = NDArray[np.float32]
Rows = NDArray[np.intp]

_PAIRED: Final = 24
"""Options up to which every pair is compared to find close values; more are sorted."""

_CLOSE: Final = 2.0**-20
"""As a share of the largest value: several times the largest possible difference between two equal sums in single
precision.
"""

_NOTHING: Final = 1e-9
_NEIGHBOURS: Final = 8
_SINGLE: Final = np.dtype(np.float32)
_DOUBLE: Final = np.dtype(np.float64)


@dataclass(frozen=True, eq=False, slots=True)
class Ties:
    """The ties of a problem: between options that tie in every draw, and between those that may tie in some.

    ``alike`` (m,) has the same number for options that tie in every draw; ``rows`` (c,) may tie in some, as ``pairs``
    (c, c) gives. ``even`` (m,) has the same number for options whose scores are drawn from the same distributions: only
    chance distinguishes them, and their shares are the same. ``basis`` (n, r) spans the weights, and ``scores`` draws
    the same scores in double precision; both serve ``rows`` alone. ``precision`` is enough to distinguish certain
    options whose values are close.
    """

    alike: NDArray[np.int64]
    even: NDArray[np.int64]
    rows: Rows
    pairs: NDArray[np.bool_]
    basis: Floats
    scores: ScoreDraws | None
    close: float
    precision: np.dtype[Any] = _SINGLE

    @property
    def heads(self) -> Rows | None:
        """(m,) the first option that ties with each in every draw; ``None`` where no two do."""
        if self.alike.max(initial=0) + 1 == len(self.alike):
            return None
        first = np.full(int(self.alike.max()) + 1, len(self.alike), dtype=np.intp)
        np.minimum.at(first, self.alike, np.arange(len(self.alike)))
        return np.asarray(first[self.alike])

    @property
    def possible(self) -> bool:
        """Whether any two options tie in any share of the draws."""
        return self.heads is not None or len(self.rows) > 0


@dataclass(frozen=True, eq=False, slots=True)
class Level:
    """Ties within a block: in draws ``draws`` (q,) each of ``rows`` (c,) is level with the option at its index in
    ``heads`` (c, q).
    """

    draws: Rows
    rows: Rows
    heads: Rows

    def groups(self) -> list[tuple[Rows, Rows]]:
        """The ties of each size s, as (k,) positions in ``draws`` and (k, s) rows of the problem, in the order of draws."""
        count = len(self.rows)
        ids = (np.arange(len(self.draws)) * count + self.heads).T.ravel()  # draw by draw, rows in order
        members = np.bincount(ids, minlength=count * len(self.draws))[ids]
        order = np.argsort(ids, kind="stable")
        found = []
        for size in np.unique(members[members > 1]).tolist():
            cells = order[members[order] == size].reshape(-1, size)
            found.append((cells[:, 0] // count, self.rows[cells % count]))
        return found


def level_in(ties: Ties, overall: Singles, numbers: Callable[[Rows], Singles]) -> Level | None:
    """Find the ties of a block, and make the overall values (m, c) of tied options equal to the last bit.

    ``numbers`` gives the (d, q) uniform numbers behind the scores of some of the draws.
    """
    heads = ties.heads
    if heads is not None:
        overall[:] = overall[heads]
    if not len(ties.rows):
        return None
    assert ties.scores is not None
    near = _near(overall[ties.rows], ties.pairs, ties.close)
    if not near.size:
        return None
    level = _heads(ties.scores.projected(numbers(near), ties.basis, ties.rows))
    some = (level != np.arange(len(level))[:, None]).any(axis=0)
    near, level = near[some], level[:, some]
    if not near.size:
        return None
    overall[ties.rows[:, None], near] = overall[ties.rows[level], near]
    return Level(near, ties.rows, level)


def _near(values: Singles, pairs: NDArray[np.bool_], close: float) -> Rows:
    """The draws in which any two options that may tie are close enough to do so."""
    if len(values) > _PAIRED:
        gaps = np.diff(np.sort(values, axis=0), axis=0)
        return np.flatnonzero(gaps.min(axis=0) <= close)
    found = np.zeros(values.shape[1], dtype=bool)
    for row in range(len(values) - 1):
        others = row + 1 + np.flatnonzero(pairs[row, row + 1 :])
        if others.size:
            found |= (np.abs(values[others] - values[row]) <= np.float32(close)).any(axis=0)
    return np.flatnonzero(found)


def _heads(projected: Floats) -> Rows:
    """(c, q) the first row that each is level with, from (r, c, q) numbers that must all be the same for a tie."""
    # Sorted by a generic mixture of the numbers, only rows with the same numbers are adjacent.
    mixed = np.tensordot(np.sqrt(2.0 + np.arange(len(projected))), projected, axes=1)
    order = np.argsort(mixed, axis=0, kind="stable")
    inorder = np.take_along_axis(projected, order[None], axis=1)
    joined = np.asarray((np.abs(np.diff(inorder, axis=1)) <= TIE).all(axis=0))
    head = order.copy()
    for row in range(1, len(head)):
        head[row] = np.where(joined[row - 1], np.minimum(head[row - 1], order[row]), order[row])
    for row in range(len(head) - 2, -1, -1):
        head[row] = np.where(joined[row], head[row + 1], head[row])
    found = np.empty_like(head)
    np.put_along_axis(found, order, head, axis=0)
    return found


def plan_ties(problem: Problem, region: WeightRegion, uncertainty: Uncertainty | None) -> Ties:
    """Find which options of a problem tie always or in some draws, over a region along its criteria."""
    basis = spanned(region)
    counted = np.flatnonzero(np.abs(basis).max(axis=1) > _NOTHING)
    if uncertainty is None:
        values = np.nan_to_num(problem.values)
        alike = _grouped(values[:, counted] @ basis[counted], np.zeros(len(values), dtype=np.int64))
        return _settled(alike, alike, basis, _precision(values, alike, basis))
    distributions = distributions_of(problem, uncertainty)
    functions = [axis.value_function for axis in problem.criteria]
    fixed = np.array([[isinstance(one, Fixed) for one in of_row] for of_row in distributions])
    even = _even(problem, basis, counted, fixed, distributions)
    # Scores drawn independently are never the same.
    same = fixed[:, counted].all(axis=1) | uncertainty.together
    alike = np.unique(np.where(same, even, even.max() + 1 + np.arange(len(even))), return_inverse=True)[1]
    kinds = [[_jumps(one, functions[column]) for column, one in enumerate(of_row)] for of_row in distributions]
    certain = np.flatnonzero(fixed[:, counted].all(axis=1))
    precision = _precision(np.nan_to_num(problem.values)[certain], alike[certain], basis)
    jumping = np.array([[kind in ("jumps", "flat") for kind in of_row] for of_row in kinds])[:, counted]
    able = np.ones(len(alike), dtype=bool) if uncertainty.together else jumping.all(axis=1)
    varies = ~fixed[:, counted].all(axis=1)
    if not (able & varies).any():
        return _settled(alike, even, basis, precision)
    rows = np.flatnonzero(able)
    pairs = ~np.eye(len(rows), dtype=bool) if len(rows) <= MANY else np.ones((0, 0), dtype=bool)
    if len(rows) <= MANY:
        free = _without_exchange(basis, counted)
        for place, column in enumerate(counted.tolist()):
            of_column = [distributions[row][column] for row in rows]
            may = np.logical_and.outer(jumping[rows, place], jumping[rows, place])
            if free[place]:  # no other criterion can offset a difference here: the values themselves must be equal
                may &= _meeting(of_column, functions[column])
            if uncertainty.together:
                may |= _in_step(of_column, functions[column])
            pairs &= may
        some = (pairs & (alike[rows][:, None] != alike[rows])).any(axis=1)
        # An option that always ties with one of these ties wherever that one does.
        some |= np.isin(alike[rows], alike[rows][some])
        rows, pairs = rows[some], pairs[np.ix_(some, some)]
    if not len(rows):
        return _settled(alike, even, basis, precision)
    scores = plan_scores(problem, uncertainty, np.dtype(np.float64))
    largest = max(100.0, float(np.abs(np.nan_to_num(problem.values)).max()))
    return Ties(alike, even, rows, pairs, basis, scores, _CLOSE * largest * len(problem.criteria), precision)


def _precision(values: Floats, alike: NDArray[np.int64], basis: Floats) -> np.dtype[Any]:
    """Double where certain options that do not always tie differ by less than single precision can distinguish."""
    projected = values @ basis
    close = _CLOSE * max(100.0, float(np.abs(values).max(initial=0.0)))
    order = np.argsort(projected @ np.sqrt(2.0 + np.arange(basis.shape[1])), kind="stable")
    for step in range(1, min(_NEIGHBOURS, len(order)) + 1):
        one, other = order[:-step], order[step:]
        near = np.asarray((np.abs(projected[one] - projected[other]) <= close).all(axis=1))
        if (near & (alike[one] != alike[other])).any():
            return _DOUBLE
    return _SINGLE


def _settled(alike: NDArray[np.int64], even: NDArray[np.int64], basis: Floats, precision: np.dtype[Any]) -> Ties:
    """Ties for a problem with none but those in every draw."""
    return Ties(alike, even, np.zeros(0, dtype=np.intp), np.zeros((0, 0), dtype=bool), basis, None, 0.0, precision)


def _even(
    problem: Problem,
    basis: Floats,
    counted: Rows,
    fixed: NDArray[np.bool_],
    distributions: list[list[Distribution]],
) -> NDArray[np.int64]:
    """(m,) the same number for options whose uncertain scores have the same distributions and whose other scores add to
    the same value.
    """
    values = np.zeros((len(distributions), len(basis)))
    kinds: dict[tuple[tuple[int, Distribution], ...], int] = {}
    groups = np.empty(len(values), dtype=np.int64)
    for row, of_row in enumerate(distributions):
        for column, one in enumerate(of_row):
            if isinstance(one, Fixed):
                values[row, column] = problem.criteria[column].value_function(np.array([one.performance]))[0]
        uncertain = tuple((column, of_row[column]) for column in counted.tolist() if not fixed[row, column])
        groups[row] = kinds.setdefault(uncertain, len(kinds))
    return _grouped(values[:, counted] @ basis[counted], groups)


def _grouped(projected: Floats, groups: NDArray[np.int64]) -> NDArray[np.int64]:
    """(m,) numbers of the groups whose members share an entry of ``groups`` and are within ``TIE`` in each of (m, r)
    projections.
    """
    for of_dimension in projected.T:
        order = np.lexsort((of_dimension, groups))
        apart = (np.diff(of_dimension[order]) > TIE) | (np.diff(groups[order]) != 0)
        numbers = np.concatenate(([0], np.cumsum(apart)))
        groups = np.empty_like(groups)
        groups[order] = numbers
    return groups


def _jumps(one: Distribution, function: ValueFunction) -> str:
    """Where the value of a score has probability on single values: ``jumps`` between them, ``flat`` on some, or neither."""
    if isinstance(one, Fixed | OnLevels):
        return "jumps"
    if isinstance(function, PiecewiseLinear):
        # Level stretches, and everything that a declared distribution draws beyond the corners.
        value = np.array(function.value)
        low, high = one.quantiles(np.array([1e-6, 1.0 - 1e-6]))
        if (np.diff(value) == 0.0).any() or low < function.at[0] or high > function.at[-1]:
            return "flat"
    return "smooth"


def _without_exchange(basis: Floats, counted: Rows) -> NDArray[np.bool_]:
    """(k,) whether a difference on a criterion is never offset by others under all weights alike."""
    orthonormal = np.linalg.qr(basis)[0]
    left = np.eye(len(basis)) - orthonormal @ orthonormal.T
    return np.asarray(np.abs(left[:, counted]).max(axis=0) <= _NOTHING)


def _meeting(distributions: list[Distribution], function: ValueFunction) -> NDArray[np.bool_]:
    """(c, c) whether two scores have probability on the same single value."""
    held: list[set[float] | None] = []
    for one in distributions:
        if isinstance(one, Fixed):
            at = np.array([one.performance])
        elif isinstance(one, OnLevels):
            at = one.first + np.flatnonzero(np.array(one.probabilities) > 0.0).astype(np.float64)
        else:
            held.append(None)  # flat stretches: any
            continue
        held.append(set(np.round(function(at), 8).tolist()))
    every = sorted(set().union(*(values for values in held if values is not None)))
    place = {value: index for index, value in enumerate(every)}
    has = np.zeros((len(held), len(every) + 1), dtype=np.float32)
    for row, values in enumerate(held):
        if values is None:
            has[row] = 1.0
        else:
            has[row, [place[value] for value in values]] = 1.0
    return np.asarray(has @ has.T > 0.0)


def _in_step(distributions: list[Distribution], function: ValueFunction) -> NDArray[np.bool_]:
    """(c, c) whether two scores drawn with the same number keep a constant distance over a stretch of numbers.

    Triangles do where their sides are equally steep; for other shapes it is assumed to be possible.
    """
    count = len(distributions)
    sides = np.full((count, 2), np.nan)
    other = np.array([not isinstance(one, Fixed | OnLevels) for one in distributions])
    for row, one in enumerate(distributions):
        if isinstance(one, Triangular) and isinstance(function, Linear):
            width, other[row] = one.high - one.low, False
            rise, fall = width * (one.likely - one.low), width * (one.high - one.likely)
            sides[row] = rise if rise > 0.0 else np.nan, fall if fall > 0.0 else np.nan
    with np.errstate(invalid="ignore"):
        steep = np.isclose(sides[:, None, :], sides[None, :, :], rtol=1e-9, atol=0.0).any(axis=2)
    smooth = other | ~np.isnan(sides).all(axis=1)
    return np.asarray(steep | (np.logical_or.outer(other, other) & np.logical_and.outer(smooth, smooth)))
