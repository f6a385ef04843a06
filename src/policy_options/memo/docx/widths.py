"""The widths of a table's columns: fixed ones as given, the others according to their content."""

from __future__ import annotations

from typing import Final

from policy_options.memo.docx.blocks import Cell, Piece, Table
from policy_options.wording.plain import width

__all__ = ["PAGE", "column_widths", "twips"]

PAGE: Final = 170.0
"""Millimetres between the margins."""

_LONGEST_WORD: Final = 16
_LONGEST_TEXT: Final = 60
_NARROWEST: Final = 5
_BOLD: Final = 1.2
"""Factor by which a word of a heading is wider."""

_PER_LINE: Final = 0.5
"""Share of a long text that counts: it is set in two lines or more."""


def twips(millimetres: float) -> int:
    """A length in twentieths of a point."""
    return round(millimetres / 25.4 * 1440)


def column_widths(table: Table) -> list[int]:
    """The width of each column; together they are the width of the page."""
    rest = PAGE - sum(table.widths)
    needed = [_needed(table, at) if not given else 0.0 for at, given in enumerate(table.widths)]
    total = sum(needed)
    widths = [given or rest * need / total for given, need in zip(table.widths, needed, strict=True)]
    return [twips(each) for each in widths]


def _needed(table: Table, column: int) -> float:
    """The approximate width that a column needs, in letters."""
    texts = [_text(row.cells[column]) for row in (*table.heads, *table.rows)]
    word = max((min(width(word), _LONGEST_WORD) for text in texts for word in text.split()), default=0)
    line = max((min(width(text), _LONGEST_TEXT) for text in texts), default=0)
    return max(word * _BOLD + 2.5, line * _PER_LINE, _NARROWEST)


def _text(cell: Cell) -> str:
    return " ".join(inline.text for part in cell.paragraphs for inline in part if isinstance(inline, Piece))
