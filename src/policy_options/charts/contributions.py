"""Stacked bars: what each group of criteria contributes to the overall value of each option, best first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from policy_options.analysis.parts import value_parts
from policy_options.analysis.ranking import Ranking
from policy_options.charts.primitives import (
    INK,
    MUTED,
    PALETTE,
    RULE,
    Scale,
    clipped,
    element,
    ink_on,
    svg,
    text,
    text_width,
)
from policy_options.wording.numbers import Numbers
from policy_options.wording.phrases import Phrases
from policy_options.wording.titles import part_titles

__all__ = ["OPTIONS_SHOWN", "contributions_chart"]

OPTIONS_SHOWN: Final = 12
"""Bars that fit on a page; the ranked table shows every option."""

_WIDTH = 640.0
_BAR = 19.0
_STEP = 26.0
_TOP = 26.0  # from the last line of the legend to the first bar
_SIZE = 10.5


def contributions_chart(ranking: Ranking, numbers: Numbers, *, highlight: str, phrases: Phrases, label: str) -> str:
    """The chart of a ranking. Segments wide enough show their number; ``highlight`` is set in bold.

    A narrow end shows how far unknown scores could take an option. If there are more groups than keys, the smallest are
    one segment, which the legend names.
    """
    problem = ranking.problem
    found = value_parts(ranking)
    shown = ranking.order[:OPTIONS_SHOWN]
    weights = {row: 700 if problem.options[row].id == highlight else 400 for row in shown}
    totals = {row: _total(float(ranking.lower[row]), float(ranking.upper[row]), numbers) for row in shown}
    names = max(text_width(problem.options[row].short, _SIZE, weights[row]) for row in shown)
    left = min(names + 14.0, 0.4 * _WIDTH)
    right = _WIDTH - max(text_width(total, _SIZE, 700) for total in totals.values()) - 8.0
    scale = Scale(0.0, max(float(ranking.upper.max()), 1.0), left, right)
    parts, above = _legend(part_titles(found, phrases), left)
    for position, row in enumerate(shown):
        top = above + position * _STEP
        middle = top + _BAR / 2 + 3.6
        name = clipped(problem.options[row].short, left - 10.0, _SIZE, weights[row])
        parts.append(text(left - 8.0, middle, name, size=_SIZE, anchor="end", weight=weights[row]))
        running = 0.0
        for index, part in enumerate(found.points[row].tolist()):
            start, end = scale(running), scale(running + part)
            colour = PALETTE[index]
            parts.append(
                element(
                    "rect",
                    class_=f"bar part-{index + 1}",
                    x=start,
                    y=top,
                    width=max(end - start - 0.8, 0.0),
                    height=_BAR,
                    fill=colour,
                )
            )
            number = numbers.points(part)
            if end - start > text_width(number, 9.0) + 5.0:
                parts.append(
                    text((start + end) / 2, middle - 0.4, number, size=9.0, anchor="middle", fill=ink_on(colour))
                )
            running += part
        finish = scale(running)
        if ranking.upper[row] > ranking.lower[row]:
            finish = scale(float(ranking.upper[row]))
            parts.append(
                element(
                    "rect",
                    x=scale(running),
                    y=top + _BAR / 2 - 3.0,
                    width=finish - scale(running),
                    height=6.0,
                    fill=RULE,
                )
            )
        parts.append(text(finish + 5.0, middle, totals[row], size=_SIZE, weight=700, fill=INK))
    bottom = above + len(shown) * _STEP
    parts.append(element("line", x1=left, y1=above - 4.0, x2=left, y2=bottom - 3.0, stroke=MUTED, stroke_width=0.8))
    return svg(_WIDTH, bottom, label, parts)


def _total(lower: float, upper: float, numbers: Numbers) -> str:
    """An overall value, or the range that unknown scores allow."""
    return f"{numbers.points(lower)}–{numbers.points(upper)}" if upper > lower else numbers.points(lower)


def _legend(titles: Sequence[str], left: float) -> tuple[list[str], float]:
    """Names of the segments, on as many lines as they need, and where the bars may begin below them."""
    parts, x, y = [], left, 4.0
    for index, title in enumerate(titles):
        name = clipped(title, 0.3 * _WIDTH, 9.5)
        wide = 13.0 + text_width(name, 9.5)
        if x > left and x + wide > _WIDTH:
            x, y = left, y + 14.0
        parts.append(element("rect", x=x, y=y, width=9.0, height=9.0, fill=PALETTE[index]))
        parts.append(text(x + 13.0, y + 8.3, name, size=9.5, fill=MUTED))
        x += wide + 16.0
    return parts, y + _TOP - 4.0
