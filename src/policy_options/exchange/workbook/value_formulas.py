"""Value functions as formulas: from the cell of a performance to the cell of its value.

A performance is a number, the id of a level, or ``unknown``, whose value is ``unknown`` too. What is neither, and what is off the
scale, gives #N/A, which every result that rests on it shows: as on the command line, nothing is dropped or cut off in silence.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from policy_options.analysis.problem import CriterionAxis
from policy_options.analysis.value_functions import Exponential, Levels, PiecewiseLinear

__all__ = ["SERIES_BELOW", "ScaleCells", "bisection_step", "curvature_formula", "midpoint_apart", "value_formula"]

UNKNOWN: Final = '"unknown"'
SERIES_BELOW: Final = 0.02
"""Curvatures smaller than this are valued by the series of exp(x) - 1, of which a spreadsheet has no function of its own."""
_HALVINGS_FROM: Final = 0.01


@dataclass(frozen=True, slots=True)
class ScaleCells:
    """Where the scale of a criterion is: its ends, midpoint and curvature, and the columns of its levels or corners."""

    low: str
    high: str
    midpoint: str
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
        found = _exponential(_progress(criterion, p, scale), function, scale, local=criterion.local)
    else:
        found = f"100*{_progress(criterion, p, scale)}"
    inside = f"IF(AND({p}>={scale.low},{p}<={scale.high}),{found},NA())"
    return f"=IF(ISNUMBER({p}),{inside},IF({p}={UNKNOWN},{UNKNOWN},NA()))"


def _progress(criterion: CriterionAxis, p: str, scale: ScaleCells) -> str:
    """The share of the way from the worst to the best end."""
    way = f"({p}-{scale.low})" if criterion.direction == "more-is-better" else f"({scale.high}-{p})"
    return f"({way}/({scale.high}-{scale.low}))"


def _between_corners(p: str, scale: ScaleCells) -> str:
    at, value, n = scale.at, scale.value, scale.count
    before = f"MATCH({p},{at},1)"
    rise = f"(INDEX({value},{before}+1)-INDEX({value},{before}))/(INDEX({at},{before}+1)-INDEX({at},{before}))"
    line = f"INDEX({value},{before})+({p}-INDEX({at},{before}))*{rise}"
    after = f"IF({p}>=INDEX({at},{n}),INDEX({value},{n}),{line})"
    return f"IF({p}<=INDEX({at},1),INDEX({value},1),{after})"


def _exponential(z: str, function: Exponential, scale: ScaleCells, *, local: bool) -> str:
    c = scale.curvature
    straight, series = f"100*{z}", f"100*{_series(f'(-{c}*{z})')}/{_series(f'(-{c})')}"
    curve = f"100*(1-EXP(-{c}*{z}))/(1-EXP(-{c}))"
    if local:  # the ends move with the scores, and the curvature with them
        return f"IF({c}=0,{straight},IF(ABS({c})<{SERIES_BELOW},{series},{curve}))"
    if function.curvature == 0.0:
        return straight
    return series if abs(function.curvature) < SERIES_BELOW else curve


def _series(x: str) -> str:
    """exp(x) - 1 near 0, without the digits that subtracting 1 would lose."""
    return f"({x}*(1+{x}/2*(1+{x}/3*(1+{x}/4*(1+{x}/5*(1+{x}/6))))))"


def midpoint_apart(criterion: CriterionAxis, scale: ScaleCells) -> str:
    """How far the midpoint is from the middle of a local scale, as a share of the scale; #N/A where it is too near to an end."""
    z = _progress(criterion, scale.midpoint, scale)
    return f"=IF(ABS({z}-0.5)<=0.480000001,0.5-{z},NA())"


def bisection_step(low: str, high: str, apart: str) -> tuple[str, str]:
    """Both ends of the next interval in which the size of the curvature is: ln(cosh(c/2))/c is the distance of the midpoint."""
    middle = f"(({low}+{high})/2)"
    below = f"LN(COSH({middle}/2))/{middle}<ABS({apart})"
    return f"=IF({below},{middle},{low})", f"=IF({below},{high},{middle})"


def curvature_formula(apart: str, low: str, high: str) -> str:
    """The curvature of an exponential on a local scale: by its series near the middle, elsewhere as bisection has found it."""
    a = f"(8*{apart})"
    near = f"{a}*(1+{a}^2*(1/24+{a}^2*(1/192-1/360)))"
    return f"=IF(ABS({apart})<0.000000001,0,IF(ABS({apart})<{_HALVINGS_FROM},{near},SIGN({apart})*({low}+{high})/2))"
