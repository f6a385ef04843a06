"""The elements of charts: escaped text, a scale, a palette, and the width of text.

Colours are presentation attributes, since the PDF renderer ignores the page's CSS inside SVG, and a strict page allows
no styles; each shape also has a class, by which a page may restyle it. Charts have no ids, so that no two on a page can
share one.
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

# No spaces after the commas: WeasyPrint takes one as part of the name that follows.
FONT: Final = "'Source Sans Pro','Source Sans 3',sans-serif"
INK: Final = "#1d2430"
MUTED: Final = "#5b6472"
RULE: Final = "#c9ced6"
PALETTE: Final = ("#1f4e79", "#ba5952", "#32b2e2", "#5d1e33", "#abcb6f", "#775f00", "#9debb5", "#888d93")
"""Fills that can be distinguished by lightness alone (in grey), and in colour with every kind of dichromacy.

Any two differ by 8 in L* and by 20 in CIELAB for each kind. White or dark text is legible on each (4.5 to 1). The last
is for the pooled part.
"""
_ON_SCREENS: Final = 1.08
"""Factor by which text may be wider if a browser lacks the font and substitutes another: Arial and the like."""
_LINE_COLOURS: Final = ("#1f4e79", "#ba5952", "#5d1e33", "#775f00")
_DASHES: Final = ("", "7 3", "2 2.5", "9 3 2 3", "4 4", "12 3 2 3 2 3")


_CLASSES: Final = {"rect": "bar", "line": "rule", "polyline": "line", "circle": "dot", "text": "label"}


@dataclass(frozen=True, slots=True)
class Scale:
    """A linear map from data to pixels."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        """The position of a value."""
        return self.start + (value - self.low) / (self.high - self.low) * (self.end - self.start)


def element(name: str, content: str | Iterable[str] = "", **attributes: object) -> str:
    """An SVG element; ``content`` is already markup. An underscore in a name becomes a hyphen, numbers have two
    decimals.

    A shape without a class gets that of its kind.
    """
    if name in _CLASSES and "class_" not in attributes:
        attributes = {"class_": _CLASSES[name], **attributes}
    written = "".join(
        f" {key.rstrip('_').replace('_', '-')}={quoteattr(value) if isinstance(value, str) else _number(value)}"
        for key, value in attributes.items()
    )
    inner = content if isinstance(content, str) else "".join(content)
    return f"<{name}{written}>{inner}</{name}>" if inner else f"<{name}{written}/>"


def _number(value: object) -> str:
    text = f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
    return f'"{text}"'


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
    """The width of a line of text, in the unit of ``size``: as in print, plus a margin."""
    return em_width(words, weight) * size * _ON_SCREENS


def clipped(words: str, room: float, size: float, weight: int = 400) -> str:
    """The words, cut with an ellipsis if they are wider than the space."""
    if text_width(words, size, weight) <= room:
        return words
    while words and text_width(f"{words}…", size, weight) > room:
        words = words[:-1]
    return with_ellipsis(words)


def ink_on(colour: str) -> str:
    """White or dark, whichever is more legible on a colour."""
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
    """The stroke of a line, by its place among those to be distinguished: a colour and a dash.

    The colour has enough contrast with the page, and lines of similar colours differ by their dash for readers who do
    not see colour. Any two of 24 share at most one of the two.
    """
    turn = len(_LINE_COLOURS) * len(_DASHES) // 2
    colour = _LINE_COLOURS[(index + index // turn) % len(_LINE_COLOURS)]
    dash = _DASHES[index % len(_DASHES)]
    return {"stroke": colour} | ({"stroke_dasharray": dash} if dash else {})


def svg(width: float, height: float, label: str, parts: Iterable[str]) -> str:
    """A picture with a label for those who cannot see it: also as a title, which is where the PDF renderer looks for it."""
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
