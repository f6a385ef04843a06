"""Text in charts, drawn like prose: one line at a time.

WeasyPrint 70 lays out each character of a text in an SVG separately. Letters that should join are therefore drawn
apart, scripts that run from right to left read backwards, and no pair of letters is kerned. A text with one position,
as in all charts of this package, is passed on here as one piece, so that Pango orders and shapes it; text deliberately
set letter by letter is unchanged.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any, Final

__all__ = ["lines_in_one_piece"]

_PLACED_BY_LETTER: Final = ("rotate", "letter-spacing", "textLength")
_POSITIONS: Final = ("x", "y", "dx", "dy")


class _Line(str):
    """A text whose only piece is the whole text."""

    __slots__ = ()

    def __iter__(self) -> Iterator[str]:
        yield str(self)


@contextlib.contextmanager
def lines_in_one_piece() -> Iterator[None]:
    """Have documents drawn inside the context set the text of their SVG one line at a time."""
    from weasyprint.svg import Node

    before: Any = Node.text

    def text(node: Any) -> Any:
        words = before.fget(node)
        return _Line(words) if words and not _is_placed_by_letter(node) else words

    Node.text = property(text)
    try:
        yield
    finally:
        Node.text = before


def _is_placed_by_letter(node: Any) -> bool:
    if any(node.get(name) for name in _PLACED_BY_LETTER):
        return True
    return any(len((node.get(name) or "").replace(",", " ").split()) > 1 for name in _POSITIONS)
