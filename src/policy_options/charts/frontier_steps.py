"""What more of a resource buys: the value of the best package over its use, a step for each that is efficient."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from policy_options.charts.placing import round_steps, spread
from policy_options.charts.primitives import INK, MUTED, RULE, Scale, clipped, element, svg, text, text_width
from policy_options.wording.numbers import Numbers
from policy_options.wording.phrases import Phrases

__all__ = ["FrontierPoint", "frontier_chart"]

_WIDTH = 640.0
_TOP = 40.0
_BOTTOM = 236.0
_RIGHT = 632.0
_SIZE = 10.0
_SMALL = 9.0
_LINE = 13.0
_LABELLED: Final = 8
"""Steps that carry the name of their package: the one at the capacity, the next, and those of the largest gains."""
_COLOUR: Final = "#1f4e79"


@dataclass(frozen=True, slots=True)
class FrontierPoint:
    """A step: what is used, what the best package is worth then, its name, and whether it is on the convex hull."""

    use: float
    value: float
    name: str
    on_hull: bool


def frontier_chart(
    points: Sequence[FrontierPoint], capacity: float, numbers: Numbers, *, phrases: Phrases, label: str, axis: str
) -> str:
    """Steps of value over use, with a rule at the capacity; points on the convex hull are filled."""
    lowest, highest = min(point.value for point in points), max(point.value for point in points)
    steps = round_steps(lowest, highest)
    most = max(capacity, *(point.use for point in points), 1e-9)
    across_steps = [step for step in round_steps(0.0, most) if step <= most * 1.000001]
    left = max(34.0, max(text_width(numbers.computed(step), _SMALL) for step in steps) + 8.0)
    across = Scale(0.0, most, left, _RIGHT - 10.0)
    up = Scale(steps[0], steps[-1], _BOTTOM, _TOP)
    parts = []
    for value in steps:
        y = up(value)
        parts.append(element("line", x1=left, y1=y, x2=_RIGHT, y2=y, stroke=RULE, stroke_width=0.5))
        parts.append(text(left - 5.0, y + 3.0, numbers.computed(value), size=_SMALL, anchor="end", fill=MUTED))
    for step in across_steps:
        parts.append(
            text(across(step), _BOTTOM + 13.0, numbers.computed(step), size=_SMALL, anchor="middle", fill=MUTED)
        )
    parts.append(text(0.0, 11.0, phrases.say("chart.value"), size=_SMALL, fill=MUTED))
    axis = clipped(axis, _RIGHT - left, _SMALL)
    parts.append(text((left + _RIGHT) / 2, _BOTTOM + 28.0, axis, size=_SMALL, anchor="middle", fill=MUTED))
    parts += _capacity(across(capacity), capacity, numbers, phrases)
    corners = []
    for place, point in enumerate(points):
        corners.append(f"{across(point.use):.2f},{up(point.value):.2f}")
        end = points[place + 1].use if place + 1 < len(points) else most
        corners.append(f"{across(end):.2f},{up(point.value):.2f}")
    parts.append(element("polyline", points=" ".join(corners), fill="none", stroke=_COLOUR, stroke_width=1.8))
    for point in points:
        fill = _COLOUR if point.on_hull else "#ffffff"
        parts.append(
            element(
                "circle", cx=across(point.use), cy=up(point.value), r=3.8, fill=fill, stroke=_COLOUR, stroke_width=1.6
            )
        )
    parts += _names(points, capacity, across, up)
    key = clipped(phrases.say("chart.packages.key"), _RIGHT - left, _SMALL)
    parts.append(text(left, _BOTTOM + 43.0, key, size=_SMALL, fill=MUTED))
    return svg(_WIDTH, _BOTTOM + 49.0, label, parts)


def _capacity(x: float, capacity: float, numbers: Numbers, phrases: Phrases) -> list[str]:
    words = phrases.say("chart.packages.capacity", capacity=numbers.computed(capacity))
    half = text_width(words, _SMALL, 700) / 2
    clear = text_width(phrases.say("chart.value"), _SMALL) + 10.0 + half
    middle = min(max(x, clear), _WIDTH - half)
    points = f"{x:.2f},{_BOTTOM:.2f} {x:.2f},20 {middle:.2f},15"
    return [
        element("polyline", points=points, fill="none", stroke=INK, stroke_width=1.2, stroke_dasharray="4 3"),
        text(middle, 11.0, words, size=_SMALL, anchor="middle", weight=700),
    ]


def _names(points: Sequence[FrontierPoint], capacity: float, across: Scale, up: Scale) -> list[str]:
    """Names of packages, above the line of their step and clear of the next; those that are not named are in the table."""
    within = [place for place, point in enumerate(points) if point.use <= capacity]
    first = {within[-1], min(within[-1] + 1, len(points) - 1)} if within else {0}
    gains = [point.value - (points[place - 1].value if place else point.value) for place, point in enumerate(points)]
    by_gain = sorted(range(len(points)), key=lambda place: (place not in first, -gains[place]))
    named = sorted(by_gain[:_LABELLED])
    wanted = [up(points[place].value) - 9.0 for place in named]
    places = spread(wanted, [_LINE] * len(named), _TOP - 14.0, _BOTTOM - 6.0)
    parts = []
    for place, y in zip(named, places, strict=True):
        point = points[place]
        x = across(point.use)
        end = point.use > across.high * 0.55  # from there on there is more room to the left
        room = x - across.start - 12.0 if end else _RIGHT - x - 12.0
        weight = 700 if within and place == within[-1] else 400
        words = clipped(point.name, room, _SMALL, weight)
        width = text_width(words, _SMALL, weight)
        # On white, since a name may cross the rule at the capacity.
        start = x - 9.0 - width if end else x + 5.0
        parts.append(
            element("rect", class_="ground", x=start, y=y - 6.0, width=width + 4.0, height=12.0, fill="#ffffff")
        )
        parts.append(
            text(
                x - 7.0 if end else x + 7.0,
                y + 3.0,
                words,
                size=_SMALL,
                anchor="end" if end else "start",
                weight=weight,
            )
        )
    return parts
