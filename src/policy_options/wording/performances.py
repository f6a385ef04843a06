"""Performances in words: a figure with its unit, the name of a level, or that it is unknown."""

from __future__ import annotations

from collections.abc import Sequence
from math import isnan

from policy_options.analysis.problem import CriterionAxis
from policy_options.wording.phrases import Phrases

__all__ = ["performance_cell", "performance_text", "with_unit"]


def with_unit(number: str, axis: CriterionAxis) -> str:
    """A number as written, with the unit of its criterion: after it, or around it if the criterion has a form for that.

    A minus comes before all of it.
    """
    if not axis.unit_form:
        return f"{number} {axis.unit}"
    minus = "−" if number.startswith("−") else ""
    return minus + axis.unit_form.replace("{}", number.removeprefix("−"))


def performance_text(performance: float, levels: Sequence[str], phrases: Phrases) -> str:
    """A performance for display: a number, the name of a level, or the word for unknown."""
    if isnan(performance):
        return phrases.say("unknown")
    if levels:
        return levels[int(performance)]
    return phrases.numbers.quantity(performance)


def performance_cell(performance: float, levels: Sequence[str], phrases: Phrases) -> str | float:
    """A performance as a cell of the kind "given": the figure itself, if it is one."""
    return performance_text(performance, levels, phrases) if levels or isnan(performance) else performance
