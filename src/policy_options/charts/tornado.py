"""The tornado: bars of how far one score or one weight at a time moves the lead, from ``analysis.drivers.tornado``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from policy_options.analysis.drivers.tornado import Bar, Tornado
from policy_options.analysis.problem import Problem
from policy_options.analysis.ranking import Ranking
from policy_options.charts.placing import round_steps, sharing
from policy_options.charts.primitives import INK, MUTED, PALETTE, RULE, Scale, clipped, element, svg, text, text_width
from policy_options.wording.numbers import Numbers
from policy_options.wording.performances import performance_text
from policy_options.wording.phrases import Phrases

__all__ = ["BARS_SHOWN", "tornado_chart"]

BARS_SHOWN: Final = 12
"""The widest bars; the table shows every one."""

_WIDTH = 640.0
_NAMES = 236.0  # the longest name
_BAR = 14.0
_STEP = 21.0
_SIZE = 10.0
_SMALL = 9.0
_END = 76.0  # the longest name of a level at an end of a bar
_DIGITS = 6  # for a figure that is too long to print there in full
_CLEAR = 3.0
_COLOURS: Final = {"score": PALETTE[0], "weight": PALETTE[1]}


def tornado_chart(tornado: Tornado, ranking: Ranking, numbers: Numbers, *, phrases: Phrases, label: str) -> str:
    """Draw the widest bars, from the lead at one end of a range to that at the other, in points, with each end's value.

    ``ranking`` is the one analysed. Left of the strong line at 0 another option leads.
    """
    problem = ranking.problem
    bars = tornado.bars[:BARS_SHOWN]
    names = [_name(bar, problem, phrases) for bar in bars]
    ends = [_ends(bar, problem, numbers, phrases) for bar in bars]
    left = min(max((text_width(name, _SIZE) for name in names), default=0.0), _NAMES) + 8.0
    pad = max((text_width(words, _SMALL) for pair in ends for _, words in pair), default=0.0) + 3 * _CLEAR
    reach = [0.0, tornado.lead, *(end for bar in bars for end in (bar.least, bar.most))]
    # Labels that would cross one of the two lines move beyond it, and so may need twice the space.
    start = max(left + 1.5 * pad, text_width(phrases.say("chart.tornado.other-leads"), _SMALL, 700) + 8.0)
    inner = Scale(min(reach), max(max(reach), min(reach) + 1.0), min(start, _WIDTH / 2), _WIDTH - 1.5 * pad)
    lines = (inner(0.0), inner(tornado.lead))
    parts, above = _legend(bars, phrases)
    top = above + 20.0
    bottom = top + max(len(bars), 1) * _STEP
    parts += _axis(inner, top, bottom, left, numbers)
    for position, (bar, name, found) in enumerate(zip(bars, names, ends, strict=True)):
        y = top + position * _STEP + 3.0
        baseline = y + _BAR / 2 + 3.3
        parts.append(text(left - 8.0, baseline, clipped(name, left - 8.0, _SIZE), size=_SIZE, anchor="end"))
        start, end = (inner(lead) for lead, _ in found)
        at_start, at_end = (words for _, words in found)
        wide = max(end - start, 1.0)
        parts.append(element("rect", x=start, y=y, width=wide, height=_BAR, fill=_COLOURS[bar.kind]))
        x = _clear_of(lines, start - _CLEAR, -text_width(at_start, _SMALL))
        parts.append(text(x, baseline - 0.3, at_start, size=_SMALL, anchor="end"))
        x = _clear_of(lines, start + wide + _CLEAR, text_width(at_end, _SMALL))
        parts.append(text(x, baseline - 0.3, at_end, size=_SMALL))
    parts += _lines(tornado, problem, lines, (top, bottom), numbers, phrases)
    return svg(_WIDTH, bottom + 41.0, label, parts)


def _name(bar: Bar, problem: Problem, phrases: Phrases) -> str:
    criterion = problem.criterion(bar.criterion).short
    if bar.option is None:
        return phrases.say("chart.tornado.weight", criterion=criterion)
    option = problem.options[problem.option_index[bar.option]].short
    between = text_width(phrases.say("chart.tornado.score", option="", criterion=""), _SIZE)
    option, criterion = sharing(option, criterion, _NAMES - between, _SIZE)
    return phrases.say("chart.tornado.score", option=option, criterion=criterion)


def _ends(bar: Bar, problem: Problem, numbers: Numbers, phrases: Phrases) -> list[tuple[float, str]]:
    """The smallest and the largest lead, each with the score or weight that gives it; at a peak that is inside the range."""
    if bar.kind == "weight":
        low, high = (numbers.percent(round(at, 3)) for at in (bar.low, bar.high))
    else:
        levels = problem.criterion(bar.criterion).levels
        low, high = (_performance(at, levels, numbers, phrases) for at in (bar.low, bar.high))
    least, most = sorted(((bar.lead_at_low, low), (bar.lead_at_high, high)), key=lambda end: end[0])
    if bar.peak is not None:
        most = (bar.peak.lead, numbers.percent(round(bar.peak.at, 3)))
    return [least, most]


def _performance(at: float, levels: Sequence[str], numbers: Numbers, phrases: Phrases) -> str:
    """A performance as given; a figure with too many digits for the space is rounded, as its sign shows."""
    said = performance_text(at, levels, phrases)
    if levels or text_width(said, _SMALL) <= _END:
        return clipped(said, _END, _SMALL)
    return f"≈ {numbers.quantity(float(f'{at:.{_DIGITS}g}'))}"


def _clear_of(lines: Sequence[float], x: float, run: float) -> float:
    """Where a label to the left (less than 0) or the right of x can go without crossing a line."""
    away = _CLEAR if run > 0.0 else -_CLEAR
    for line in sorted(lines, reverse=run < 0.0):
        low, high = min(x, x + run), max(x, x + run)
        if low - 1.0 < line < high + 1.0:
            x = line + away
    return x


def _legend(bars: Sequence[Bar], phrases: Phrases) -> tuple[list[str], float]:
    """The meaning of the colours that occur, and of the ends of bars; and where the legend ends."""
    kinds = [kind for kind in _COLOURS if any(bar.kind == kind for bar in bars)]
    parts: list[str] = []
    x = 0.0
    for kind in kinds:
        words = phrases.say("chart.tornado.scores" if kind == "score" else "chart.tornado.weights")
        parts.append(element("rect", x=x, y=2.0, width=9.0, height=9.0, fill=_COLOURS[kind]))
        parts.append(text(x + 13.0, 10.3, words, size=_SMALL, fill=MUTED))
        x += 13.0 + text_width(words, _SMALL) + 16.0
    words = phrases.say("chart.tornado.ends")
    if x + text_width(words, _SMALL) <= _WIDTH:
        return [*parts, text(x, 10.3, words, size=_SMALL, fill=MUTED)], 16.0
    return [*parts, text(0.0, 25.3, clipped(words, _WIDTH, _SMALL), size=_SMALL, fill=MUTED)], 31.0


def _axis(inner: Scale, top: float, bottom: float, left: float, numbers: Numbers) -> list[str]:
    """Faint lines at round leads, with the leads below."""
    parts = []
    for lead in round_steps(inner.low, inner.high):
        x = inner(lead)
        if left <= x <= _WIDTH - 14.0:
            parts.append(element("line", x1=x, y1=top, x2=x, y2=bottom, stroke=RULE, stroke_width=0.5))
            words = numbers.computed(lead)
            parts.append(text(x, bottom + 11.0, words, size=_SMALL, anchor="middle", fill=MUTED))
    return parts


def _lines(
    tornado: Tornado,
    problem: Problem,
    lines: tuple[float, float],
    span: tuple[float, float],
    numbers: Numbers,
    phrases: Phrases,
) -> list[str]:
    """The strong line at a lead of 0, with who leads on either side above it, and the dashed one at the present lead,
    labelled below.
    """
    (zero, now), (top, bottom) = lines, span
    leader = clipped(problem.options[problem.option_index[tornado.leader]].short, _NAMES, _SMALL)
    other = clipped(phrases.say("chart.tornado.other-leads"), zero - 6.0, _SMALL, 700)
    # If 0 is far to the right, the leader leads nowhere, and a truncated name would mean nothing.
    room = _WIDTH - zero - 9.0 - text_width(phrases.say("chart.tornado.leader-leads", leader=""), _SMALL, 700)
    leads = phrases.say("chart.tornado.leader-leads", leader=clipped(leader, room, _SMALL, 700)) if room > 30.0 else ""
    lead = phrases.say("chart.tornado.axis", leader=leader, lead=numbers.points(tornado.lead))
    return [
        element("line", x1=now, y1=top, x2=now, y2=bottom + 16.0, stroke=INK, stroke_width=1.0, stroke_dasharray="4 3"),
        element("line", x1=zero, y1=top - 14.0, x2=zero, y2=bottom, stroke=INK, stroke_width=2.2),
        text(zero - 6.0, top - 5.0, other, size=_SMALL, anchor="end", weight=700),
        text(zero + 6.0, top - 5.0, leads, size=_SMALL, weight=700),
        text(_WIDTH / 2, bottom + 36.0, clipped(lead, _WIDTH, _SMALL), size=_SMALL, anchor="middle", fill=MUTED),
    ]
