"""A value function, small: performance across, value from 0 to 100 up. Its points come from the function itself."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from policy_options.analysis.problem import CriterionAxis
from policy_options.analysis.value_functions import Exponential, PiecewiseLinear
from policy_options.charts.primitives import MUTED, PALETTE, RULE, Scale, clipped, element, svg, text
from policy_options.wording.numbers import Numbers
from policy_options.wording.performances import performance_text
from policy_options.wording.phrases import Phrases

__all__ = ["curve_points", "value_curve_chart"]

_WIDTH = 200.0
_HEIGHT = 84.0
_LEFT = 24.0
_RIGHT = _WIDTH - 8.0
_TOP = 8.0
_BOTTOM = _HEIGHT - 18.0
_SIZE = 8.5
_STEPS = 40


def curve_points(axis: CriterionAxis) -> list[tuple[float, float]]:
    """(performance, value) along a scale: its levels, its ends and corners, or enough points to draw a smooth curve."""
    function = axis.value_function
    if axis.levels:
        at = np.arange(len(axis.levels), dtype=float)
    elif isinstance(function, PiecewiseLinear):
        at = np.array(sorted({axis.low, axis.high, *function.at}))
    else:
        at = np.linspace(axis.low, axis.high, _STEPS + 1 if isinstance(function, Exponential) else 2)
    return list(zip(at.tolist(), function(at).tolist(), strict=True))


def value_curve_chart(axis: CriterionAxis, numbers: Numbers, *, phrases: Phrases, label: str) -> str:
    """The curve over the scale, with its lower end on the left; one dot per level if the scale has levels."""
    points = curve_points(axis)
    across = Scale(points[0][0], points[-1][0], _LEFT, _RIGHT)
    up = Scale(0.0, 100.0, _BOTTOM, _TOP)
    parts = []
    for value in (0.0, 50.0, 100.0):
        y = up(value)
        parts.append(element("line", class_="grid", x1=_LEFT, y1=y, x2=_RIGHT, y2=y, stroke=RULE, stroke_width=0.5))
        parts.append(text(_LEFT - 4.0, y + 3.0, numbers.computed(value), size=_SIZE, anchor="end", fill=MUTED))
    line = " ".join(f"{across(at):.2f},{up(value):.2f}" for at, value in points)
    parts.append(element("polyline", class_="curve", points=line, fill="none", stroke=PALETTE[0], stroke_width=1.6))
    if axis.levels:
        parts += [
            element("circle", class_="level", cx=across(at), cy=up(value), r=2.6, fill=PALETTE[0])
            for at, value in points
        ]
    parts += _ends(axis, points, phrases)
    return svg(_WIDTH, _HEIGHT, label, parts)


def _ends(axis: CriterionAxis, points: Sequence[tuple[float, float]], phrases: Phrases) -> list[str]:
    room = (_RIGHT - _LEFT) / 2 - 4.0
    low, high = (performance_text(end[0], axis.levels, phrases) for end in (points[0], points[-1]))
    return [
        text(_LEFT, _HEIGHT - 5.0, clipped(low, room, _SIZE), size=_SIZE, fill=MUTED),
        text(_RIGHT, _HEIGHT - 5.0, clipped(high, room, _SIZE), size=_SIZE, anchor="end", fill=MUTED),
    ]
