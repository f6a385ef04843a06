"""A waterfall: from the gap between two options before, part by part, to the gap after (``analysis.comparison.attribution``)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import Final

from policy_options.analysis.comparison.attribution import GapChange
from policy_options.charts.placing import round_steps
from policy_options.charts.primitives import INK, MUTED, PALETTE, RULE, Scale, clipped, element, svg, text, text_width
from policy_options.wording.numbers import Numbers
from policy_options.wording.phrases import Phrases

__all__ = ["PARTS_SHOWN", "waterfall_chart"]

PARTS_SHOWN: Final = 12
"""Parts with a separate bar; any more, the smallest, share one. The table has them all."""

_WIDTH = 640.0
_NAMES = 252.0  # the longest name
_BAR = 13.0
_STEP = 20.0
_SIZE = 10.0
_SMALL = 9.0
_TOP = 20.0
_PUSH: Final = PALETTE[0]
_HOLD: Final = PALETTE[1]
_WHOLE: Final = "#5b6472"


def waterfall_chart(found: GapChange, names: Sequence[str], numbers: Numbers, *, phrases: Phrases, label: str) -> str:
    """Bars from the gap before to the gap after, in points; ``names`` are those of ``found.parts``, in their order.

    Each bar starts where the one above it ends. To the right favours the first option: right of the strong line at 0 it
    is ahead. A push is marked by a plus, a resistance by a minus, so that no meaning depends on colour alone.
    """
    parts = found.parts
    shown = len(parts) if len(parts) <= PARTS_SHOWN else PARTS_SHOWN - 1
    points = [part.points for part in parts[:shown]]
    said = list(names[:shown])
    if shown < len(parts):
        points.append(sum(part.points for part in parts[shown:]))
        said.append(phrases.say("chart.waterfall.rest", count=len(parts) - shown))
    rows = [phrases.say("chart.waterfall.before"), *said, phrases.say("chart.waterfall.after")]
    joints = list(accumulate(points, initial=found.before))
    left = min(max(text_width(name, _SIZE) for name in rows), _NAMES) + 8.0
    pad = (
        max(text_width(numbers.points(each, signed=True), _SMALL) for each in (*points, found.before, found.after))
        + 8.0
    )
    reach = (0.0, *joints, found.after)
    steps = round_steps(min(reach), max(reach))
    inner = Scale(min(reach), max(max(reach), min(reach) + 1e-9), left + pad, _WIDTH - pad)
    bottom = _TOP + len(rows) * _STEP
    drawn = _axis(inner, steps, bottom, left, numbers, phrases)
    bars = [(0.0, found.before, _WHOLE, found.before)]
    bars += [
        (start, start + size, _PUSH if size > 0 else _HOLD, size) for start, size in zip(joints, points, strict=False)
    ]
    bars.append((0.0, found.after, _WHOLE, found.after))
    for position, ((start, end, colour, size), name) in enumerate(zip(bars, rows, strict=True)):
        y = _TOP + position * _STEP + (_STEP - _BAR) / 2
        baseline = y + _BAR / 2 + 3.3
        whole = colour == _WHOLE
        drawn.append(
            text(
                left - 8.0,
                baseline,
                clipped(name, left - 8.0, _SIZE, 700 if whole else 400),
                size=_SIZE,
                anchor="end",
                weight=700 if whole else 400,
            )
        )
        x1, x2 = sorted((inner(start), inner(end)))
        drawn.append(element("rect", x=x1, y=y, width=max(x2 - x1, 0.8), height=_BAR, fill=colour))
        if position + 1 < len(bars):
            x = inner(end)
            drawn.append(element("line", x1=x, y1=y + _BAR, x2=x, y2=y + _STEP, stroke=MUTED, stroke_width=0.7))
        rightward = end >= start
        x, anchor = (x2 + 3.0, "start") if rightward else (x1 - 3.0, "end")
        words = numbers.points(size, signed=True)
        drawn.append(text(x, baseline, words, size=_SMALL, anchor=anchor, weight=700 if whole else 400))
    return svg(_WIDTH, bottom + 30.0, label, drawn)


def _axis(
    inner: Scale, steps: Sequence[float], bottom: float, left: float, numbers: Numbers, phrases: Phrases
) -> list[str]:
    """Light rules at round numbers, the strong one at 0, and the meaning of either side of it."""
    parts = []
    for value in (step for step in steps if inner.low <= step <= inner.high):
        x = inner(value)
        strong = value == 0.0
        parts.append(
            element(
                "line",
                x1=x,
                y1=_TOP - 3.0,
                x2=x,
                y2=bottom + 3.0,
                stroke=INK if strong else RULE,
                stroke_width=1.2 if strong else 0.5,
            )
        )
        parts.append(text(x, bottom + 13.0, numbers.computed(value), size=_SMALL, anchor="middle", fill=MUTED))
    words = clipped(phrases.say("chart.waterfall.axis"), _WIDTH - left, _SMALL)
    parts.append(text(left, bottom + 26.0, words, size=_SMALL, fill=MUTED))
    return parts
