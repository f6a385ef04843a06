"""The building blocks of a Word file as data: inline pieces, headings, paragraphs, tables, pictures, and sections."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from policy_options.memo.content import Argued, Figure, Link
from policy_options.memo.linking import linked_pieces

__all__ = [
    "Block",
    "Cell",
    "Heading",
    "Inline",
    "Look",
    "Note",
    "Paragraph",
    "Part",
    "Picture",
    "Piece",
    "Row",
    "Table",
    "argued",
    "cell",
    "linked",
    "pieces",
    "plain",
    "sentences",
]


Look = Literal["", "Strong", "Remark", "Marking"]
"""A character style by its id."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of text in a character style, and its link: ``#`` and an anchor, or an address."""

    text: str
    style: Look = ""
    target: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote."""

    pieces: tuple[Piece, ...]


Inline = Piece | Note


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a level from 1 to 3; level 0 is the title of the file."""

    level: int
    inlines: tuple[Inline, ...]
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph in a style by its id."""

    inlines: tuple[Inline, ...]
    style: str = "Normal"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of one or more paragraphs. ``fill`` and ``ink`` are colours as six hexadecimal digits."""

    paragraphs: tuple[tuple[Inline, ...], ...]
    align: Literal["", "center", "right"] = ""
    head: bool = False
    fill: str = ""
    ink: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row; ``fill`` is the colour of cells without one."""

    cells: tuple[Cell, ...]
    anchor: str = ""
    fill: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table.

    ``heads`` are the rows repeated on each page; ``widths`` are in millimetres, and columns of width 0 share the
    remainder according to their content. ``kind`` is a style: with or without lines. ``total`` sets the last row off.
    """

    heads: tuple[Row, ...]
    rows: tuple[Row, ...]
    widths: tuple[float, ...]
    kind: Literal["MemoTable", "MemoList"] = "MemoTable"
    caption: str = ""
    total: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart as a picture of a given width in millimetres, with or without its title above it."""

    figure: Figure
    width: float
    titled: bool = True


Block = Heading | Paragraph | Table | Picture


@dataclass(frozen=True, slots=True)
class Part:
    """Pages with the same head and foot.

    ``letter`` comes before their numbers, which begin again at one if there is a letter; ``opens`` says that the first
    page has no running title, and ``compact`` that margins are narrow.
    """

    blocks: tuple[Block, ...]
    running: str
    marking: str
    footer: str
    letter: str = ""
    opens: bool = True
    compact: bool = False


def plain(text: str, style: Look = "") -> tuple[Piece, ...]:
    """An unformatted text; nothing if it is empty."""
    return (Piece(text, style),) if text else ()


def pieces(links: Iterable[Link], style: Look = "") -> tuple[Piece, ...]:
    """A text with its locations linked to others in the file, and its addresses linked."""
    found: list[Piece] = []
    for link in links:
        if link.target:
            found.append(Piece(link.text, style, link.target))
        else:
            found += linked(link.text, style=style)
    return tuple(found)


def linked(text: str, labels: dict[str, str] | None = None, style: Look = "") -> tuple[Piece, ...]:
    """A text with links at its addresses and, if there are ``labels``, at the names of the annexes."""
    names = {labels["annex-names"]: "annex", labels["annex-dossier-names"]: "annex-dossier"} if labels else {}
    return tuple(Piece(link.text, style, link.target) for link in linked_pieces(text, names))


def argued(point: Argued | None) -> tuple[Inline, ...]:
    """A point with its footnote, or with the words for the absence of one."""
    if point is None:
        return plain("–")
    note = (Note(pieces(point.footnote.pieces)),) if point.footnote else ()
    unsupported = plain(f" ({point.unsupported})", "Remark") if point.unsupported else ()
    return (*plain(point.text), *note, *unsupported)


def sentences(texts: Iterable[str], labels: dict[str, str], *, named: bool = False) -> tuple[Piece, ...]:
    """Sentences as one paragraph; ``named`` links the names of the annexes."""
    together = labels["between-sentences"].join(text for text in texts if text)
    return linked(together, labels) if named else plain(together)


def cell(
    *inlines: Inline,
    align: Literal["", "center", "right"] = "",
    head: bool = False,
    fill: str = "",
    ink: str = "",
) -> Cell:
    """A cell of one paragraph."""
    return Cell((inlines,), align, head, fill, ink)
