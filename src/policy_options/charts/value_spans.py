"""The range of each overall value while scores stay within their bounds, from ``analysis.spans``."""

from __future__ import annotations

from collections.abc import Sequence
from math import isnan
from typing import Final

from policy_options.analysis.problem import Problem
from policy_options.analysis.spans import ValueSpans
from policy_options.charts.placing import round_steps
from policy_options.charts.primitives import INK, MUTED, PALETTE, RULE, Scale, clipped, element, svg, text, text_width
from policy_options.wording.numbers import Numbers
from policy_options.wording.phrases import Phrases

__all__ = ["OPTIONS_SHOWN", "value_spans_chart"]

OPTIONS_SHOWN: Final = 20
"""Bars that fit on a page; the table has every option."""

_WIDTH = 640.0
_STEP = 24.0
_BAR = 8.0
_TOP = 6.0
_SIZE = 10.5
_SMALL = 9.0


def value_spans_chart(
    spans: ValueSpans,
    problem: Problem,
    order: Sequence[int],
    numbers: Numbers,
    *,
    highlight: str,
    phrases: Phrases,
    label: str,
) -> str:
    """One bar per option, in the order given, from the least to the greatest possible value, and a dot at the likely
    value.
    """
    shown = list(order)[:OPTIONS_SHOWN]
    bold = {row: 700 if problem.options[row].id == highlight else 400 for row in shown}
    widest = max(text_width(problem.options[row].short, _SIZE, bold[row]) for row in shown)
    ends = {row: (numbers.points(float(spans.low[row])), numbers.points(float(spans.high[row]))) for row in shown}
    before, after = (max(text_width(pair[side], _SMALL) for pair in ends.values()) + 8.0 for side in (0, 1))
    names = min(widest, 0.36 * _WIDTH)
    left = names + 10.0 + before
    steps = round_steps(min(float(spans.low[row]) for row in shown), max(float(spans.high[row]) for row in shown))
    across = Scale(steps[0], steps[-1], left, _WIDTH - max(after, text_width(numbers.computed(steps[-1]), _SMALL) / 2))
    bottom = _TOP + len(shown) * _STEP
    parts = []
    for step in steps:
        x = across(step)
        parts.append(element("line", class_="grid", x1=x, y1=_TOP, x2=x, y2=bottom, stroke=RULE, stroke_width=0.5))
        parts.append(text(x, bottom + 12.0, numbers.computed(step), size=_SMALL, anchor="middle", fill=MUTED))
    for position, row in enumerate(shown):
        middle = _TOP + (position + 0.5) * _STEP
        low, likely, high = float(spans.low[row]), float(spans.likely[row]), float(spans.high[row])
        start, end = across(low), across(high)
        name = clipped(problem.options[row].short, names, _SIZE, bold[row])
        parts.append(text(names, middle + 3.6, name, size=_SIZE, anchor="end", weight=bold[row]))
        parts.append(
            element(
                "rect",
                class_="span",
                x=start,
                y=middle - _BAR / 2,
                width=max(end - start, 1.0),
                height=_BAR,
                fill="#b9cadb",
            )
        )
        parts.append(text(start - 4.0, middle + 3.2, ends[row][0], size=_SMALL, anchor="end", fill=MUTED))
        parts.append(text(end + 4.0, middle + 3.2, ends[row][1], size=_SMALL, fill=MUTED))
        if not isnan(likely):
            parts.append(
                element(
                    "circle", class_="likely", cx=across(likely), cy=middle, r=4.2, fill=PALETTE[0], stroke="#ffffff"
                )
            )
    below = bottom + 26.0
    said = phrases.say("chart.spans.axis")
    parts.append(
        text(
            (left + _WIDTH) / 2,
            below,
            clipped(said, _WIDTH - left, _SMALL),
            size=_SMALL,
            anchor="middle",
            fill=MUTED,
        )
    )
    if len(order) > len(shown):
        below += 13.0
        more = phrases.say("chart.options-left-out", count=len(order) - len(shown))
        parts.append(text(left, below, more, size=_SMALL, fill=INK))
    return svg(_WIDTH, below + 5.0, label, parts)
