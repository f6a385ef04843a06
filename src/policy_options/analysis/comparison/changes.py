"""Changes between two versions of a problem: scores and scales. ``attribution`` has their effects on values."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from policy_options.analysis.problem import CriterionAxis, Problem

__all__ = ["Changes", "ScoreChange", "changes"]


@dataclass(frozen=True, slots=True)
class ScoreChange:
    """A likely performance that has changed. Each is on its own side's axis; NaN is unknown."""

    option: str
    before: float
    after: float
    axis_before: CriterionAxis
    axis_after: CriterionAxis


@dataclass(frozen=True, slots=True)
class Changes:
    """Changed scores, scales and red lines, of options and criteria that both versions have.

    Scales are criteria whose unit, ends, levels or value function differ.
    """

    scores: tuple[ScoreChange, ...]
    scales: tuple[str, ...]
    red_lines: tuple[str, ...]


def changes(before: Problem, after: Problem) -> Changes:
    """Compare two versions, score by score; levels are compared by their ids."""
    scores: list[ScoreChange] = []
    scales: list[str] = []
    lines: list[str] = []
    column_before = {axis.id: column for column, axis in enumerate(before.criteria)}
    for column, axis in enumerate(after.criteria):
        if axis.id not in column_before:
            continue
        old = before.criteria[column_before[axis.id]]
        if _scale(old) != _scale(axis):
            scales.append(axis.id)
        if _line(old) != _line(axis):
            lines.append(axis.id)
        for row, name in enumerate(after.option_ids):
            if name in before.option_index:
                was = float(before.likely[before.option_index[name], column_before[axis.id]])
                now = float(after.likely[row, column])
                if _performance(was, old) != _performance(now, axis):
                    scores.append(ScoreChange(name, was, now, old, axis))
    return Changes(tuple(scores), tuple(scales), tuple(lines))


def _scale(axis: CriterionAxis) -> tuple[object, ...]:
    return (axis.unit, axis.direction, axis.low, axis.high, axis.level_ids, axis.value_function)


def _line(axis: CriterionAxis) -> float | str | None:
    return None if axis.red_line is None else _performance(axis.red_line, axis)


def _performance(performance: float, axis: CriterionAxis) -> float | str | None:
    if np.isnan(performance):
        return None
    return axis.level_ids[int(performance)] if axis.level_ids else performance
