"""Footnotes, a separate part of the file: each has a number, and the first two are separator lines."""

from __future__ import annotations

from typing import Final

from policy_options.memo.docx.blocks import Note
from policy_options.memo.docx.markup import Xml, joined, tag
from policy_options.memo.docx.story import Places, Story
from policy_options.memo.docx.styles import tag_root

__all__ = ["SEPARATORS", "Footnotes"]

SEPARATORS: Final = (-1, 0)
"""The ids of the two separators: above notes, and above those continued from the previous page."""


class Footnotes:
    """The footnotes of a file, in order."""

    def __init__(self, language: str, places: Places) -> None:
        self._story = Story(language, places)
        self._notes: list[Xml] = []

    @property
    def addresses(self) -> dict[str, str]:
        """The addresses that they link to, each with the id of its relationship."""
        return self._story.addresses

    def add(self, note: Note) -> int:
        """Add a footnote, and return its number."""
        number = len(self._notes) + 1
        mark = tag(
            "w:r", None, tag("w:rPr", None, tag("w:rStyle", {"w:val": "FootnoteReference"})), tag("w:footnoteRef")
        )
        space = tag("w:r", None, tag("w:t", {"xml:space": "preserve"}, Xml(" ")))
        style = tag("w:pPr", None, tag("w:pStyle", {"w:val": "FootnoteText"}))
        said = tag("w:p", None, style, joined((mark, space, self._story.inlines(note.pieces))))
        self._notes.append(tag("w:footnote", {"w:id": number}, said))
        return number

    def xml(self) -> Xml:
        """The part with all of them."""
        lines = []
        for id, name in zip(SEPARATORS, ("separator", "continuationSeparator"), strict=True):
            flush = tag("w:pPr", None, tag("w:spacing", {"w:after": 0, "w:line": 240, "w:lineRule": "auto"}))
            line = tag("w:p", None, flush, tag("w:r", None, tag(f"w:{name}")))
            lines.append(tag("w:footnote", {"w:type": name, "w:id": id}, line))
        return tag_root("w:footnotes", *lines, *self._notes)
