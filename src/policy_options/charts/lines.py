"""Values as straight lines along an axis: one per option, where the lead changes, and the present point.

The caller chooses the axis: one weight from zero to its maximum, or the path from one weight set to another. Lines and
changes of the lead come from the analysis.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from policy_options.charts.placing import round_steps, sharing, spread
from policy_options.charts.primitives import INK, MUTED, RULE, Scale, clipped, element, line_key, svg, text, text_width
from policy_options.wording.numbers import Numbers
from policy_options.wording.phrases import Phrases

__all__ = ["OPTIONS_NAMED", "Lines", "line_chart"]

OPTIONS_NAMED: Final = 12
"""Lines labelled with their option's name: those that lead somewhere, then the best by rank. Others are drawn without."""

_WIDTH = 640.0
_LEFT = 34.0  # the minimum
_TOP = 46.0  # two lines of labels above the lines
_BOTTOM = 316.0
_SIZE = 10.0
_SMALL = 9.0
_LINE = 13.0  # from the baseline of one name to that of the next
_NAMES = 176.0  # the longest name
_STUB = 16.0  # from the end of a line to its name
_OTHERS: Final = {"stroke": "#8a919c"}
"""Options that lead nowhere: thin and grey."""


@dataclass(frozen=True, eq=False, slots=True)
class Lines:
    """(m,) values at both ends of an axis from 0 to ``most``, along ``options``.

    ``order`` has all of them, those to name first at the front; ``leading`` are those that lead somewhere, and
    ``changes`` the points at which the lead passes; ``now`` is the present point, if it is on the axis.
    """

    options: tuple[str, ...]
    start: NDArray[np.float64]
    end: NDArray[np.float64]
    most: float
    order: tuple[str, ...]
    leading: tuple[str, ...]
    changes: tuple[float, ...]
    now: float | None = None

    def highest(self, place: float) -> float:
        """The value of the leader at a point."""
        part = place / self.most
        return float(((1.0 - part) * self.start + part * self.end).max())


def line_chart(
    lines: Lines,
    titles: Mapping[str, str],
    numbers: Numbers,
    *,
    phrases: Phrases,
    label: str,
    axis: str,
    stays: str,
    ends: tuple[str, str] | None = None,
) -> str:
    """The values of all options along the axis, in points against per cent. Those that lead
    somewhere are in colour, each with a different dash.

    ``axis`` is the axis label, ``ends`` the labels of its two ends, and ``stays`` the text used if the lead never
    changes; a dot marks each change.
    """
    leading = sorted(lines.leading, key=lines.order.index)
    keys = {id: line_key(index) for index, id in enumerate(leading)}
    named = (leading + [id for id in lines.order if id not in keys])[:OPTIONS_NAMED]
    # The last per cent of the axis is centred on its end, and may need more room to the right than the names.
    half = text_width(numbers.percent(1.0), _SMALL) / 2
    names = min(max(text_width(titles[id], _SIZE, _weight(id, lines)) for id in named), _NAMES) + _STUB + 2.0
    right = _WIDTH - max(names, half)
    values = np.concatenate((lines.start, lines.end))
    steps = round_steps(float(values.min()), float(values.max()))
    left = max(text_width(numbers.computed(step), _SMALL) for step in steps) + 8.0
    across = Scale(0.0, lines.most, max(left, half, _LEFT), right)
    up = Scale(steps[0], steps[-1], _BOTTOM, _TOP)
    parts = _axes(across, up, steps, numbers)
    parts.append(text(0.0, 11.0, phrases.say("chart.value"), size=_SMALL, fill=MUTED))
    below = _BOTTOM + 26.0
    if ends is not None:
        start, end = sharing(*ends, right - across.start - 16.0, _SMALL)
        parts.append(text(across.start, below, start, size=_SMALL))
        parts.append(text(right, below, end, size=_SMALL, anchor="end"))
        below += 13.0
    parts.append(
        text(
            (across.start + right) / 2,
            below,
            clipped(axis, right - across.start, _SMALL),
            size=_SMALL,
            anchor="middle",
            fill=MUTED,
        )
    )
    for id in sorted(lines.options, key=lambda id: (id in keys, id in named)):  # the most important on top
        row = lines.options.index(id)
        key, thick = (keys[id], 2.0) if id in keys else (_OTHERS, 1.0)
        y1, y2 = up(float(lines.start[row])), up(float(lines.end[row]))
        parts.append(
            element(
                "line",
                class_="line leading" if id in keys else "line",
                x1=across.start,
                y1=y1,
                x2=right,
                y2=y2,
                stroke_width=thick,
                **key,
            )
        )
    if lines.now is not None:
        parts += _now(lines.now, across, numbers, phrases)
    parts += _changes(lines, across, up, numbers)
    parts += _names(named, lines, right, up, keys, titles)
    said = [stays]
    if lines.changes:
        parts.append(_dot(across.start + 4.0, below + 15.0))
        said = [phrases.say("chart.lead-changes")]
    if len(lines.options) > len(named):
        said.append(phrases.say("chart.lines-unnamed", count=len(lines.options) - len(named)))
    words = clipped(phrases.rows(said), _WIDTH - across.start - 13.0, _SMALL)
    parts.append(text(across.start + (13.0 if lines.changes else 0.0), below + 18.0, words, size=_SMALL, fill=MUTED))
    return svg(_WIDTH, below + 23.0, label, parts)


def _dot(x: float, y: float) -> str:
    return element("circle", cx=x, cy=y, r=3.8, fill="#ffffff", stroke=INK, stroke_width=1.6)


def _axes(across: Scale, up: Scale, steps: tuple[float, ...], numbers: Numbers) -> list[str]:
    parts = []
    for value in steps:
        y = up(value)
        parts.append(element("line", x1=across.start, y1=y, x2=across.end, y2=y, stroke=RULE, stroke_width=0.5))
        parts.append(text(across.start - 5.0, y + 3.0, numbers.computed(value), size=_SMALL, anchor="end", fill=MUTED))
    for share in (value for value in round_steps(0.0, across.high) if value <= across.high + 1e-9):
        x = across(share)
        parts.append(element("line", x1=x, y1=_TOP, x2=x, y2=_BOTTOM, stroke=RULE, stroke_width=0.5))
        parts.append(text(x, _BOTTOM + 12.0, numbers.percent(share), size=_SMALL, anchor="middle", fill=MUTED))
    return parts


def _now(share: float, across: Scale, numbers: Numbers, phrases: Phrases) -> list[str]:
    """The rule at the present weight, labelled above everything else."""
    x = across(share)
    words = phrases.say("chart.now-share", share=numbers.percent(round(share, 3)))
    half = text_width(words, _SMALL, 700) / 2
    # The name of the vertical axis is to the left of this line.
    clear = text_width(phrases.say("chart.value"), _SMALL) + 10.0 + half
    middle = min(max(x, clear), across.end - half)
    points = f"{x:.2f},{_BOTTOM:.2f} {x:.2f},20 {middle:.2f},15"
    return [
        element("polyline", points=points, fill="none", stroke=INK, stroke_width=1.2, stroke_dasharray="4 3"),
        text(middle, 11.0, words, size=_SMALL, anchor="middle", weight=700),
    ]


def _changes(lines: Lines, across: Scale, up: Scale, numbers: Numbers) -> list[str]:
    """Dots where the lead changes. Nothing is drawn above the leader's line, so that a thin line leads up to each label."""
    parts = []
    said = {share: numbers.percent(round(share, 3)) for share in lines.changes}
    wide = {share: text_width(words, _SMALL) + 8.0 for share, words in said.items()}
    room, labelled = across.end - across.start, list[float]()
    for share in sorted(
        said, key=lambda at: abs(at - (lines.now or 0.0))
    ):  # those nearest to the present point, or to the start, are placed first
        room -= wide[share]
        if room >= 0.0:
            labelled.append(share)
    centres = spread(
        [across(share) for share in labelled], [wide[share] for share in labelled], across.start, across.end
    )
    for share, centre in zip(labelled, centres, strict=True):
        x, y = across(share), up(lines.highest(share))
        points = f"{centre:.2f},33 {x:.2f},{_TOP - 4.0:.2f} {x:.2f},{y:.2f}"
        parts.append(element("polyline", points=points, fill="none", stroke=MUTED, stroke_width=0.7))
        parts.append(text(centre, 29.0, said[share], size=_SMALL, anchor="middle"))
    for share in said:
        y = up(lines.highest(share))
        parts.append(_dot(across(share), y))
    return parts


def _names(
    named: Sequence[str],
    lines: Lines,
    right: float,
    up: Scale,
    keys: Mapping[str, Mapping[str, str]],
    titles: Mapping[str, str],
) -> list[str]:
    """Names at the right end, spread apart, each joined to its line by a stub in its style."""
    ends = [up(float(lines.end[lines.options.index(id)])) for id in named]
    places = spread(ends, [_LINE] * len(named), _TOP - _LINE, _BOTTOM + _LINE)
    parts = []
    for id, end, place in zip(named, ends, places, strict=True):
        points = f"{right:.2f},{end:.2f} {right + 3.0:.2f},{end:.2f} {right + _STUB - 4.0:.2f},{place:.2f}"
        parts.append(element("polyline", points=points, fill="none", stroke_width=0.7, **keys.get(id, _OTHERS)))
        weight = _weight(id, lines)
        name = clipped(titles[id], _WIDTH - right - _STUB, _SIZE, weight)
        ink = keys[id]["stroke"] if id in keys else MUTED
        parts.append(text(right + _STUB, place + 3.4, name, size=_SIZE, fill=ink, weight=weight))
    return parts


def _weight(id: str, lines: Lines) -> int:
    return 700 if id == lines.order[0] else 400
