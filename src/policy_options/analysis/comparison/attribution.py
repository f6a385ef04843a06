"""Why values changed: the part of each criterion, split exactly into weights, performances and value functions.

An option's contribution on a criterion is a product w V(x) of a weight, and of a value function at a performance. Its
change is split by the Shapley value of these three factors, over the six orders in which they can be changed one by
one: exact, and the same whichever side is called the first (Shorrocks 2013, Journal of Economic Inequality 11:99-126;
of two factors it is Bennet 1920, Journal of the Royal Statistical Society 83:455-462). The change of a gap is the
difference of two options' changes, so that each option's performances have separate lines.

Where an intermediate step does not exist, because the old function is not defined at the new performance or the new one
at the old, performances and value function are one joint factor. A criterion that only one side has weighs nothing on
the other, and borrows its performances: all of its change is due to weights.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from policy_options.analysis.problem import CriterionAxis, Problem, frozen
from policy_options.analysis.ranking import Ranking
from policy_options.analysis.value_functions import Levels
from policy_options.errors import PolicyOptionsError

__all__ = ["Attribution", "Factor", "GapChange", "Part", "attribute"]

Floats = NDArray[np.float64]
Factor = Literal["weights", "performances", "value-functions", "performances-and-value-functions"]

_OF_AN_OPTION: frozenset[Factor] = frozenset({"performances", "performances-and-value-functions"})


@dataclass(frozen=True, slots=True)
class Part:
    """The effect of one factor of one criterion on a gap, in value points; positive if it favours the first option.

    ``option`` is the option whose performance changed; ``None`` for weights and value functions, which concern both.
    """

    factor: Factor
    criterion: str
    option: str | None
    points: float


@dataclass(frozen=True, slots=True)
class GapChange:
    """The lead of ``option`` over ``over`` before and after, in value points, and the parts of the change.

    ``parts`` are those that are not zero, the largest first, whatever their sign; they sum to the change.
    """

    option: str
    over: str
    before: float
    after: float
    parts: tuple[Part, ...]

    @property
    def change(self) -> float:
        """The lead after less the lead before."""
        return self.after - self.before


@dataclass(frozen=True, eq=False)
class Attribution:
    """Parts of the change of each common option's value: one (c, n) array per factor, along ``options`` and
    ``criteria``.

    ``criteria`` are those of both sides, ``shares_before`` and ``shares_after`` their weights, (n,): 0 where a side
    lacks the criterion. ``before`` and ``after`` are overall values, (c,); ``known`` marks options without an unknown
    score that carries weight on either side. For the others values are lower ends, and parts may be NaN.
    """

    options: tuple[str, ...]
    criteria: tuple[str, ...]
    shares_before: Floats
    shares_after: Floats
    before: Floats
    after: Floats
    known: NDArray[np.bool_]
    parts: dict[Factor, Floats]

    def row(self, option: str) -> int:
        """The row of an option.

        Raises:
            PolicyOptionsError: it is not on both sides.
        """
        if option not in self.options:
            raise PolicyOptionsError.of("unknown-id", f"`{option}` is no option of both sides", ids=(option,))
        return self.options.index(option)

    def is_known(self, option: str) -> bool:
        """Whether the option has no unknown score that carries weight on either side."""
        return bool(self.known[self.row(option)])

    def of_pair(self, option: str, over: str) -> GapChange:
        """The change of one gap and its parts.

        Raises:
            PolicyOptionsError: an option is not on both sides, or a score that carries weight is unknown.
        """
        i, j = self.row(option), self.row(over)
        unsure = [name for name in (option, over) if not self.is_known(name)]
        if unsure:
            raise PolicyOptionsError.of(
                "unknown-score",
                f"how the gap between `{option}` and `{over}` changed depends on unknown scores of `{'` and `'.join(unsure)}`",
                "give the scores, or ask for options without unknown ones",
                ids=unsure,
            )
        found = []
        for factor, points in self.parts.items():
            if factor in _OF_AN_OPTION:
                for name, row, sign in ((option, i, 1.0), (over, j, -1.0)):
                    found += self._parts(factor, name, sign * points[row])
            else:
                found += self._parts(factor, None, points[i] - points[j])
        found.sort(key=lambda part: -abs(part.points))
        gaps = [float(values[i] - values[j]) for values in (self.before, self.after)]
        return GapChange(option, over, gaps[0], gaps[1], tuple(found))

    def _parts(self, factor: Factor, option: str | None, points: Floats) -> list[Part]:
        columns = np.flatnonzero(points)
        return [Part(factor, self.criteria[column], option, float(points[column])) for column in columns]


def attribute(before: Ranking, after: Ranking) -> Attribution:
    """Split the change in value of every option that both rankings have."""
    if before.problem is after.problem:
        problem = after.problem
        parts: dict[Factor, Floats] = {"weights": _weighed(after.shares - before.shares, problem.values)}
        known = (before.lower == before.upper) & (after.lower == after.upper)
        sides = (before.shares, after.shares, before.lower, after.lower)
        return Attribution(problem.option_ids, problem.criterion_ids, *sides, known, parts)
    options = tuple(name for name in after.problem.option_ids if name in before.problem.option_index)
    rows_before = [before.problem.option_index[name] for name in options]
    rows_after = [after.problem.option_index[name] for name in options]
    values = before.lower[rows_before], after.lower[rows_after]
    known = (values[0] == before.upper[rows_before]) & (values[1] == after.upper[rows_after])
    criteria = _union(before.problem.criterion_ids, after.problem.criterion_ids)
    shares = _shares(before, criteria), _shares(after, criteria)
    split = _split(before.problem, after.problem, rows_before, rows_after, criteria, *shares)
    return Attribution(options, criteria, *shares, *values, known, split)


def _union(before: Sequence[str], after: Sequence[str]) -> tuple[str, ...]:
    held = set(after)
    return (*after, *(name for name in before if name not in held))


def _shares(ranking: Ranking, criteria: Sequence[str]) -> Floats:
    held = dict(zip(ranking.problem.criterion_ids, ranking.shares.tolist(), strict=True))
    return frozen(np.array([held.get(name, 0.0) for name in criteria]))


def _weighed(shares: Floats, values: Floats) -> Floats:
    """Shares times values; 0 where the weight is zero, whether or not the value is known."""
    return frozen(np.where(shares == 0.0, 0.0, shares * values))


def _split(
    before: Problem,
    after: Problem,
    rows_before: Sequence[int],
    rows_after: Sequence[int],
    criteria: Sequence[str],
    old: Floats,
    new: Floats,
) -> dict[Factor, Floats]:
    columns = [_values_of(before, after, rows_before, rows_after, name) for name in criteria]
    v00, v10, v01, v11 = (np.stack([column[index] for column in columns], axis=1) for index in range(4))
    # An unknown score without weight borrows the other side's score, as a missing criterion does.
    for borrows, lent in (((old == 0.0) & np.isnan(v00), v11), ((new == 0.0) & np.isnan(v11), v00)):
        v00, v10, v01, v11 = (np.where(borrows, lent, values) for values in (v00, v10, v01, v11))
    joint = np.isnan(v10) | np.isnan(v01)
    # Where only the two sides are defined, there are two factors instead of three; unknown cells are NaN throughout.
    v10, v01 = np.where(joint, v00, v10), np.where(joint, v11, v01)
    thirds = v00 / 3 + v10 / 6 + v01 / 6 + v11 / 3
    weights = _weighed(new - old, np.where(joint, (v00 + v11) / 2, thirds))
    first, last = old / 3 + new / 6, old / 6 + new / 3
    performances = _weighed(first, v10 - v00) + _weighed(last, v11 - v01)
    functions = _weighed(first, v01 - v00) + _weighed(last, v11 - v10)
    together = _weighed((old + new) / 2, v11 - v00)
    return {
        "weights": weights,
        "performances": frozen(np.where(joint, 0.0, performances)),
        "value-functions": frozen(np.where(joint, 0.0, functions)),
        "performances-and-value-functions": frozen(np.where(joint, together, 0.0)),
    }


def _values_of(
    before: Problem, after: Problem, rows_before: Sequence[int], rows_after: Sequence[int], name: str
) -> tuple[Floats, Floats, Floats, Floats]:
    """(c,) values on one criterion: both old; new performance; new function; both new.

    The two in the middle are NaN where they do not exist.
    """
    column = _column(before, rows_before, name)
    other = _column(after, rows_after, name)
    if column is None or other is None:
        held = column or other
        assert held is not None  # the criterion may be on one side only
        values = held[2]
        return values, values, values, values
    (old, x, v00), (new, y, v11) = column, other
    if _same_function(old, new):
        return v00, v11, v00, v11
    if old.unit != new.unit or _is_levelled(old) != _is_levelled(new):
        nothing = np.full_like(v00, np.nan)
        return v00, nothing, nothing, v11
    same = _same_performances(old, x, new, y)
    return (
        v00,
        np.where(same, v00, _at(old, _moved(y, new, old))),
        np.where(same, v11, _at(new, _moved(x, old, new))),
        v11,
    )


def _column(problem: Problem, rows: Sequence[int], name: str) -> tuple[CriterionAxis, Floats, Floats] | None:
    if name not in problem.criterion_ids:
        return None
    column = problem.criterion_ids.index(name)
    return problem.criteria[column], problem.likely[list(rows), column], problem.values[list(rows), column]


def _same_function(old: CriterionAxis, new: CriterionAxis) -> bool:
    return old.value_function == new.value_function and old.level_ids == new.level_ids


def _same_performances(old: CriterionAxis, x: Floats, new: CriterionAxis, y: Floats) -> NDArray[np.bool_]:
    same: NDArray[np.bool_] = x == _moved(y, new, old)
    return same


def _moved(performance: Floats, held: CriterionAxis, other: CriterionAxis) -> Floats:
    """Performances on one axis as those of another: levels by their ids, NaN where the other lacks that id."""
    if not _is_levelled(held):
        return performance
    place = {name: float(index) for index, name in enumerate(_level_names(other))}
    names = _level_names(held)
    table = np.array([*(place.get(name, np.nan) for name in names), np.nan])
    index = np.where(np.isnan(performance), len(names), performance).astype(np.intp)
    return table[index]


def _is_levelled(axis: CriterionAxis) -> bool:
    return isinstance(axis.value_function, Levels)


def _level_names(axis: CriterionAxis) -> tuple[str, ...]:
    """The ids of the levels; their positions where an axis was built without ids."""
    return axis.level_ids or tuple(str(index) for index in range(int(axis.high) + 1))


def _at(axis: CriterionAxis, performance: Floats) -> Floats:
    """Values of performances on an axis, NaN where they are off its scale."""
    on_scale = (performance >= axis.low) & (performance <= axis.high)
    return np.where(on_scale, axis.value_function(np.where(on_scale, performance, axis.low)), np.nan)
