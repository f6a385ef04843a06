"""Stacked bars: what each group of criteria contributes to the overall value of each option, best first."""

from __future__ import annotations

from math import isnan

from policy_options.analysis.ranking import Ranking
from policy_options.charts.primitives import INK, MUTED, PALETTE, RULE, Scale, element, ink_on, svg, text, text_width
from policy_options.wording.numbers import Numbers

__all__ = ["contributions_chart"]

_WIDTH = 640.0
_BAR = 19.0
_STEP = 26.0
_TOP = 26.0
_SIZE = 10.5


def contributions_chart(ranking: Ranking, numbers: Numbers, *, highlight: str, label: str) -> str:
    """The chart of a ranking. Segments wide enough for their number carry it; ``highlight`` is set in bold.

    A hatched end shows how far unknown scores could carry an option.
    """
    problem = ranking.problem
    groups = problem.top_groups
    names = max(text_width(option.short, _SIZE) for option in problem.options)
    left = min(names + 14.0, 0.4 * _WIDTH)
    scale = Scale(0.0, max(float(ranking.upper.max()), 1.0), left, _WIDTH - 40.0)
    parts = _legend([title for _, title, _ in groups], left)
    for position, row in enumerate(ranking.order):
        top = _TOP + position * _STEP
        middle = top + _BAR / 2 + 3.6
        option = problem.options[row]
        bold = 700 if option.id == highlight else 400
        parts.append(text(left - 8.0, middle, option.short, size=_SIZE, anchor="end", weight=bold))
        running = 0.0
        for index, part in enumerate(ranking.group_contributions[row]):
            part = 0.0 if isnan(part) else float(part)
            start, end = scale(running), scale(running + part)
            colour = PALETTE[index % len(PALETTE)]
            parts.append(element("rect", x=start, y=top, width=max(end - start - 0.8, 0.0), height=_BAR, fill=colour))
            shown = numbers.points(part)
            if end - start > text_width(shown, 9.0) + 5.0:
                parts.append(
                    text((start + end) / 2, middle - 0.4, shown, size=9.0, anchor="middle", fill=ink_on(colour))
                )
            running += part
        total = numbers.points(float(ranking.lower[row]))
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
            total = f"{total}–{numbers.points(float(ranking.upper[row]))}"
        parts.append(text(finish + 5.0, middle, total, size=_SIZE, weight=700, fill=INK))
    bottom = _TOP + len(ranking.order) * _STEP
    parts.append(element("line", x1=left, y1=_TOP - 4.0, x2=left, y2=bottom - 3.0, stroke=MUTED, stroke_width=0.8))
    return svg(_WIDTH, bottom, label, parts)


def _legend(titles: list[str], left: float) -> list[str]:
    parts, x = [], left
    for index, title in enumerate(titles):
        parts.append(element("rect", x=x, y=4.0, width=9.0, height=9.0, fill=PALETTE[index % len(PALETTE)]))
        parts.append(text(x + 13.0, 12.3, title, size=9.5, fill=MUTED))
        x += 13.0 + text_width(title, 9.5) + 16.0
    return parts
