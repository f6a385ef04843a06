"""Stability bars: the weights of each criterion and group for which the leader stays first, and the whole order stays.

``analysis.stability`` finds what ends an interval; here it is only drawn and labelled.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from policy_options.analysis.ranking import Ranking
from policy_options.analysis.stability import Change, Interval, Stability, StabilityInterval
from policy_options.charts.placing import sharing
from policy_options.charts.primitives import INK, MUTED, RULE, Scale, clipped, element, svg, text, text_width
from policy_options.wording.numbers import DASH, Numbers
from policy_options.wording.phrases import Phrases
from policy_options.wording.switching import inward

if TYPE_CHECKING:
    from policy_options.wording.phrase_keys import PhraseKey

__all__ = ["stability_chart"]

_WIDTH = 640.0
_RIGHT = _WIDTH - 18.0  # half of "100%" extends to the right of the axis
_NAMES = 150.0  # the longest name
_SIZE = 10.5
_SMALL = 9.0
_BAR = 12.0
_ROW = 20.0  # a row without text below its bar
_SAYING = 12.0  # and the height of a line below it
_APART = 12.0  # between two labels of one line
_NAMED = 2  # options named at one end; more than that tie there only in artificial cases
_LEADER: Final = "#b9cde2"
_ORDER: Final = "#5681ad"


def stability_chart(stability: Stability, ranking: Ranking, numbers: Numbers, *, phrases: Phrases, label: str) -> str:
    """Draw all stability intervals, criteria first, then groups; weights in per cent.

    ``ranking`` is the one they were computed for. Below each end of a bar is the option that leads beyond it.
    """
    problem = ranking.problem
    options = {option.id: option.short for option in problem.options}  # an option may have the id of a criterion
    titles = {axis.id: axis.short for axis in problem.criteria} | {group.id: group.short for group in problem.groups}
    shares = max(text_width(numbers.percent(round(node.share, 3)), _SMALL) for node in stability.nodes) + 8.0
    names = min(max(text_width(titles[node.id], _SIZE) for node in stability.nodes), _NAMES)
    left = names + shares + 10.0
    scale = Scale(0.0, 1.0, left, _RIGHT)
    parts, y = _legend(options[stability.leader], phrases)
    first = y
    criteria = [node for node in stability.nodes if not node.is_group]
    groups = [node for node in stability.nodes if node.is_group]
    for nodes in (criteria, groups):
        if not nodes:
            continue
        if groups:
            heading = phrases.say("chart.stability.groups" if nodes is groups else "chart.stability.criteria")
            parts.append(text(0.0, y + 11.0, clipped(heading, left - 12.0, _SMALL), size=_SMALL, fill=MUTED))
            y += 18.0
        for node in nodes:
            name = clipped(titles[node.id], names, _SIZE)
            parts.append(text(names, y + _BAR - 2.2, name, size=_SIZE, anchor="end"))
            share = numbers.percent(round(node.share, 3))
            parts.append(text(left - 8.0, y + _BAR - 2.2, share, size=_SMALL, anchor="end", fill=MUTED))
            drawn, height = _row(node, y, scale, options, numbers, phrases)
            parts += drawn
            y += height
        y += 6.0
    grid, bottom = _axis(scale, first, y - 4.0, numbers, phrases)
    return svg(_WIDTH, bottom, label, [*grid, *parts])


def _row(
    node: StabilityInterval, y: float, scale: Scale, options: Mapping[str, str], numbers: Numbers, phrases: Phrases
) -> tuple[list[str], float]:
    """A row's bars, tick and labels, and its height."""
    middle = y + _BAR / 2
    track = element("line", x1=scale(0.0), y1=middle, x2=scale(node.most), y2=middle, stroke=RULE, stroke_width=1.0)
    tick = element(
        "line", x1=scale(node.share), y1=y - 2.5, x2=scale(node.share), y2=y + _BAR + 2.5, stroke=INK, stroke_width=2.0
    )
    if node.leader is None or node.order is None:
        reason = phrases.say_of("chart.stability.undefined", str(node.undefined))
        why = f"{DASH} {reason}"
        why = clipped(why, scale.end - scale.start - 4.0, _SMALL)
        return [text(scale.start + 4.0, y + _BAR - 2.6, why, size=_SMALL, fill=MUTED)], _ROW
    bars = [
        _bar(node.leader, y, _BAR, scale, _LEADER),
        _bar(node.order, y + 3.0, _BAR - 6.0, scale, _ORDER),
    ]
    said = _ends(node.leader, node.most, inward(node), y + _BAR + 10.5, scale, options, numbers, phrases)
    return [track, *bars, tick, *said], _ROW + (_SAYING if said else 0.0)


def _bar(interval: Interval, y: float, height: float, scale: Scale, colour: str) -> str:
    """An interval of a single point is drawn just wide enough to be seen."""
    start, end = scale(interval.low), scale(interval.high)
    wide = max(end - start, 1.5)
    return element("rect", x=min(start, (start + end - wide) / 2), y=y, width=wide, height=height, fill=colour)


def _ends(
    interval: Interval,
    most: float,
    printed: tuple[float, float],
    y: float,
    scale: Scale,
    options: Mapping[str, str],
    numbers: Numbers,
    phrases: Phrases,
) -> list[str]:
    """Who leads beyond each end, on one line: outside the bar if there is room, else moved in, clipped only as a last
    resort.

    ``printed`` are the ends as tables give them, in per cent.
    """
    ends: list[tuple[PhraseKey, float, Sequence[Change]]] = [
        ("chart.stability.below", printed[0], interval.at_low if interval.low > 0.0 else ()),
        ("chart.stability.above", printed[1], interval.at_high if interval.high < most else ()),
    ]
    below, above = (
        phrases.say(key, share=numbers.percent(round(at / 100.0, 3)), options=_listed(changes, options, phrases))
        if changes
        else ""
        for key, at, changes in ends
    )
    room = scale.end - scale.start - (_APART if below and above else 0.0)
    below, above = sharing(below, above, room, _SMALL)
    wide_below, wide_above = text_width(below, _SMALL), text_width(above, _SMALL)
    start = max(scale.start, scale(interval.low) - wide_below)
    other = min(scale(interval.high), scale.end - wide_above)
    if below and above and start + wide_below + _APART > other:
        start = max(scale.start, other - _APART - wide_below)
        other = max(other, start + wide_below + _APART)
    placed = ((below, start), (above, other))
    return [text(x, y, words, size=_SMALL, fill=MUTED) for words, x in placed if words]


def _listed(changes: Sequence[Change], options: Mapping[str, str], phrases: Phrases) -> str:
    names = [options[change.overtaking] for change in changes]
    if len(names) > _NAMED:
        names = [names[0], phrases.say("more", count=len(names) - 1)]
    return phrases.listing(names)


def _legend(leader: str, phrases: Phrases) -> tuple[list[str], float]:
    """The meaning of the bars and the tick, on one line each if a long title needs it, and where the rows may begin below."""
    entries = [
        (phrases.say("chart.stability.leader", leader=clipped(leader, 0.5 * _WIDTH, _SMALL)), 10.0, _LEADER),
        (phrases.say("chart.stability.order"), 6.0, _ORDER),
        (phrases.say("chart.stability.now"), 0.0, INK),
    ]
    parts: list[str] = []
    x, y = 0.0, 2.0
    for words, height, colour in entries:
        said = clipped(words, _WIDTH - 20.0, _SMALL)
        wide = 18.0 + text_width(said, _SMALL)
        if x > 0.0 and x + wide > _WIDTH:
            x, y = 0.0, y + 15.0
        if height:
            parts.append(element("rect", x=x, y=y + 5.0 - height / 2, width=13.0, height=height, fill=colour))
        else:
            parts.append(element("line", x1=x + 6.5, y1=y - 1.0, x2=x + 6.5, y2=y + 11.0, stroke=INK, stroke_width=2.0))
        parts.append(text(x + 18.0, y + 8.3, said, size=_SMALL, fill=MUTED))
        x += wide + 20.0
    return parts, y + 24.0


def _axis(scale: Scale, top: float, bottom: float, numbers: Numbers, phrases: Phrases) -> tuple[list[str], float]:
    """Faint lines at every fifth of the weight with their per cents below, and the height of the picture."""
    parts = []
    for fifth in range(6):
        x = scale(fifth / 5)
        parts.append(element("line", x1=x, y1=top - 4.0, x2=x, y2=bottom, stroke=RULE, stroke_width=0.5))
        parts.append(text(x, bottom + 11.0, numbers.percent(fifth / 5), size=_SMALL, anchor="middle", fill=MUTED))
    middle = (scale.start + scale.end) / 2
    words = clipped(phrases.say("chart.stability.axis"), 2 * (_WIDTH - middle), _SMALL)
    parts.append(text(middle, bottom + 24.0, words, size=_SMALL, anchor="middle", fill=MUTED))
    return parts, bottom + 29.0
