"""Value functions as formulas: from the cell of a performance to the cell of its value.

A performance is a number, the id of a level, or ``unknown``, whose value is ``unknown`` too. Anything else, or off the
scale, gives #N/A, which appears in every result that depends on it: as on the command line, nothing is dropped or cut
off silently.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from policy_options.analysis.problem import CriterionAxis
from policy_options.analysis.value_functions import Exponential, Levels, PiecewiseLinear

__all__ = ["ScaleCells", "value_formula"]

UNKNOWN: Final = '"unknown"'
_SERIES_BELOW: Final = 0.02
"""Curvatures below this use the series of exp(x) - 1, for which spreadsheets lack a function."""


@dataclass(frozen=True, slots=True)
class ScaleCells:
    """The location of a criterion's scale: its ends and curvature, and the columns of its levels or corners."""

    low: str
    high: str
    curvature: str
    at: str = ""
    value: str = ""
    count: int = 0


def value_formula(criterion: CriterionAxis, performance: str, scale: ScaleCells) -> str:
    """The formula of a value."""
    p, function = performance, criterion.value_function
    if isinstance(function, Levels):
        return f"=IF({p}={UNKNOWN},{UNKNOWN},INDEX({scale.value},MATCH({p},{scale.at},0)))"
    if isinstance(function, PiecewiseLinear):
        found = _between_corners(p, scale)
    elif isinstance(function, Exponential):
        found = _exponential(_progress(criterion, p, scale), function, scale)
    else:
        found = f"100*{_progress(criterion, p, scale)}"
    inside = f"IF(AND({p}>={scale.low},{p}<={scale.high}),{found},NA())"
    return f"=IF(ISNUMBER({p}),{inside},IF({p}={UNKNOWN},{UNKNOWN},NA()))"


def _progress(criterion: CriterionAxis, p: str, scale: ScaleCells) -> str:
    """The share of the distance from the worst to the best end."""
    way = f"({p}-{scale.low})" if criterion.direction == "more-is-better" else f"({scale.high}-{p})"
    return f"({way}/({scale.high}-{scale.low}))"


def _between_corners(p: str, scale: ScaleCells) -> str:
    at, value, n = scale.at, scale.value, scale.count
    before = f"MATCH({p},{at},1)"
    rise = f"(INDEX({value},{before}+1)-INDEX({value},{before}))/(INDEX({at},{before}+1)-INDEX({at},{before}))"
    line = f"INDEX({value},{before})+({p}-INDEX({at},{before}))*{rise}"
    after = f"IF({p}>=INDEX({at},{n}),INDEX({value},{n}),{line})"
    return f"IF({p}<=INDEX({at},1),INDEX({value},1),{after})"


def _exponential(z: str, function: Exponential, scale: ScaleCells) -> str:
    c = scale.curvature
    straight, series = f"100*{z}", f"100*{_series(f'(-{c}*{z})')}/{_series(f'(-{c})')}"
    curve = f"100*(1-EXP(-{c}*{z}))/(1-EXP(-{c}))"
    if function.curvature == 0.0:
        return straight
    return series if abs(function.curvature) < _SERIES_BELOW else curve


def _series(x: str) -> str:
    """exp(x) - 1 near 0, without the loss of digits from subtracting 1."""
    return f"({x}*(1+{x}/2*(1+{x}/3*(1+{x}/4*(1+{x}/5*(1+{x}/6))))))"
