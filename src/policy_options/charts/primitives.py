"""What charts are made of: elements with escaped text, a scale, a palette, and an estimate of how wide text runs.

Colours are presentation attributes, since the renderer of the PDF ignores the page's CSS inside SVG, and a strict page no styles;
each shape has a class beside them, by which a page may restyle it. Charts have no ids, so that no two on a page can share one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from xml.sax.saxutils import escape, quoteattr

__all__ = [
    "FONT",
    "INK",
    "MUTED",
    "PALETTE",
    "RULE",
    "Scale",
    "clipped",
    "element",
    "ink_on",
    "svg",
    "text",
    "text_width",
]

# No spaces behind the commas: WeasyPrint takes one for a part of the name that follows.
FONT: Final = "'Source Sans Pro','Source Sans 3',sans-serif"
INK: Final = "#1d2430"
MUTED: Final = "#5b6472"
RULE: Final = "#c9ced6"
PALETTE: Final = ("#1f4e79", "#c27a12", "#2f7d55", "#8a4fa0", "#a23b2e", "#4a90a4", "#7a7f87", "#b85c8e")
"""Told apart by the colour-blind by their lightness as well as their hue; white text is legible on each."""

_CLASSES: Final = {"rect": "bar", "line": "rule", "polyline": "line", "circle": "dot", "text": "label"}

_NARROW: Final = frozenset("iljtfr.,:;'|!()[] ")
_WIDE: Final = frozenset("mwMW@%")


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


def text_width(words: str, size: float) -> float:
    """About how wide a line of text runs in the sans face, in the unit of ``size``; rather more than less."""
    ems = sum(_em(character) for character in words)
    return ems * size


def _em(character: str) -> float:
    if character in _NARROW:
        return 0.28
    if character in _WIDE:
        return 0.85
    if ord(character) >= 0x2E80:  # East Asian letters fill a square
        return 1.0
    return 0.64 if character.isupper() else 0.53


def clipped(words: str, room: float, size: float) -> str:
    """The words, cut with an ellipsis where they run wider than there is room."""
    if text_width(words, size) <= room:
        return words
    while words and text_width(f"{words}…", size) > room:
        words = words[:-1]
    return f"{words.rstrip()}…"


def ink_on(colour: str) -> str:
    """White or dark, whichever is the more legible on a colour (relative luminance, WCAG 2)."""
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    light = 0.2126 * red**2.2 + 0.7152 * green**2.2 + 0.0722 * blue**2.2
    return "#ffffff" if light < 0.36 else INK


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
