"""What charts are made of: elements with escaped text, a scale, a palette, and how wide text runs.

Colours are presentation attributes, since the renderer of the PDF ignores the page's CSS inside SVG, and a strict page no styles;
each shape has a class beside them, by which a page may restyle it. Charts have no ids, so that no two on a page can share one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from policy_options.charts.fonts import em_width
from policy_options.wording.plain import with_ellipsis

__all__ = [
    "FONT",
    "INK",
    "MUTED",
    "PALETTE",
    "RULE",
    "Scale",
    "clipped",
    "contrast",
    "element",
    "ink_on",
    "line_key",
    "svg",
    "text",
    "text_width",
]

# No spaces behind the commas: WeasyPrint takes one for a part of the name that follows.
FONT: Final = "'Source Sans Pro','Source Sans 3',sans-serif"
INK: Final = "#1d2430"
MUTED: Final = "#5b6472"
RULE: Final = "#c9ced6"
PALETTE: Final = ("#1f4e79", "#ba5952", "#32b2e2", "#5d1e33", "#abcb6f", "#775f00", "#9debb5", "#888d93")
"""Fills, told apart by their lightness alone (in grey), and in colour by every kind of dichromat: any two lie 8 apart in L* and
20 in CIELAB as each of them sees it. White or dark text is legible on each (4.5 to 1). The last is of what is pooled.
"""
_ON_SCREENS: Final = 1.08
"""How much wider text may run where a browser has not our face and takes another: Arial and its like."""
_LINE_COLOURS: Final = ("#1f4e79", "#ba5952", "#5d1e33", "#775f00")
_DASHES: Final = ("", "7 3", "2 2.5", "9 3 2 3", "4 4", "12 3 2 3 2 3")


_CLASSES: Final = {"rect": "bar", "line": "rule", "polyline": "line", "circle": "dot", "text": "label"}


@dataclass(frozen=True, slots=True)
class Scale:
    """A straight line from data to pixels."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        """The position of a value."""
        return self.start + (value - self.low) / (self.high - self.low) * (self.end - self.start)


def element(name: str, content: str | Iterable[str] = "", **attributes: object) -> str:
    """An SVG element; ``content`` is markup already. An underscore in a name is a hyphen, numbers have two places.

    A shape that is given no class has that of its kind.
    """
    if name in _CLASSES and "class_" not in attributes:
        attributes = {"class_": _CLASSES[name], **attributes}
    written = "".join(
        f" {key.rstrip('_').replace('_', '-')}={quoteattr(_attribute(value))}" for key, value in attributes.items()
    )
    inner = content if isinstance(content, str) else "".join(content)
    return f"<{name}{written}>{inner}</{name}>" if inner else f"<{name}{written}/>"


def _attribute(value: object) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


def text(
    x: float, y: float, words: str, *, size: float = 10.0, anchor: str = "start", fill: str = INK, weight: int = 400
) -> str:
    """A line of text whose baseline is at y."""
    return element(
        "text",
        escape(words),
        x=x,
        y=y,
        font_family=FONT,
        font_size=size,
        font_weight=weight,
        text_anchor=anchor,
        fill=fill,
    )


def text_width(words: str, size: float, weight: int = 400) -> float:
    """How wide a line of text runs, in the unit of ``size``: as in print, and a little more."""
    return em_width(words, weight) * size * _ON_SCREENS


def clipped(words: str, room: float, size: float, weight: int = 400) -> str:
    """The words, cut with an ellipsis where they run wider than there is room."""
    if text_width(words, size, weight) <= room:
        return words
    while words and text_width(f"{words}…", size, weight) > room:
        words = words[:-1]
    return with_ellipsis(words)


def ink_on(colour: str) -> str:
    """White or dark, whichever is the more legible on a colour."""
    return max("#ffffff", INK, key=lambda ink: contrast(ink, colour))


def contrast(first: str, second: str) -> float:
    """The contrast of two colours, 1 to 21 (WCAG 2.2, "contrast ratio" and "relative luminance")."""
    low, high = sorted((_luminance(first), _luminance(second)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def line_key(index: int) -> dict[str, str]:
    """The stroke of a line, by its place among those that are to be told apart: a colour of enough contrast with the page, and a
    dash, so that lines of like colours differ for whoever sees no colour. Two of 24 share one of the two at most.
    """
    turn = len(_LINE_COLOURS) * len(_DASHES) // 2
    colour = _LINE_COLOURS[(index + index // turn) % len(_LINE_COLOURS)]
    dash = _DASHES[index % len(_DASHES)]
    return {"stroke": colour} | ({"stroke_dasharray": dash} if dash else {})


def svg(width: float, height: float, label: str, parts: Iterable[str]) -> str:
    """A picture with a label for those who cannot see it: as a title too, which is where the renderer of the PDF looks for it."""
    return element(
        "svg",
        (element("title", escape(label)), *parts),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {width:g} {height:g}",
        width=width,
        height=height,
        role="img",
        aria_label=label,
    )
