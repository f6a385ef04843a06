"""Pages of a Word memo: their size, heads and feet."""

from __future__ import annotations

from typing import Final

from policy_options.memo.docx.blocks import Inline, Part, Piece, plain
from policy_options.memo.docx.markup import Xml, joined, tag
from policy_options.memo.docx.story import Story
from policy_options.memo.docx.styles import tag_root
from policy_options.memo.docx.widths import twips

__all__ = ["footer_xml", "header_xml", "section_xml"]

_TAB: Final = tag("w:r", None, tag("w:tab"))
_PAGE_NUMBER: Final = tag("w:fldSimple", {"w:instr": " PAGE "}, tag("w:r", None, tag("w:t", None, Xml("1"))))
"""The only field of the file, which contains no text from the dossier."""


def header_xml(part: Part, story: Story, *, opening: bool) -> Xml:
    """The marking and the draft mark on the right, and the running title except on a page that begins with the title
    itself.
    """
    running = () if opening else plain(part.running)
    return tag_root("w:hdr", _line("Header", story, running, story.inlines(plain(part.marking, "Marking"))))


def footer_xml(part: Part, story: Story, mark: str) -> Xml:
    """The subject of the file and the page number; below, a note that it is for editing."""
    number = joined((story.inlines(plain(part.letter)), _PAGE_NUMBER))
    return tag_root("w:ftr", _line("Footer", story, (Piece(part.footer),), number), _line("Footer", story, plain(mark)))


def _line(style: str, story: Story, left: tuple[Inline, ...], right: Xml | None = None) -> Xml:
    runs = joined((story.inlines(left), *((_TAB, right) if right else ())))
    properties = tag("w:pPr", None, tag("w:pStyle", {"w:val": style}))
    return tag("w:p", None, properties, *((runs,) if runs else ()))


def section_xml(part: Part, *, header: str, footer: str, first_header: str) -> Xml:
    """A4 pages with the head and foot of a part, by the ids of their relationships."""
    references = [_reference("header", "default", header), _reference("footer", "default", footer)]
    if part.opens:
        references = [
            _reference("header", "first", first_header),
            _reference("footer", "first", footer),
            *references,
        ]
    side = twips(20)
    top, bottom, edge = (twips(14), twips(14), twips(6)) if part.compact else (twips(19), twips(19), twips(9))
    margins = {"w:top": top, "w:right": side, "w:bottom": bottom, "w:left": side, "w:header": edge, "w:footer": edge}
    return tag(
        "w:sectPr",
        None,
        *references,
        tag("w:type", {"w:val": "nextPage"}),
        tag("w:pgSz", {"w:w": twips(210), "w:h": twips(297)}),
        tag("w:pgMar", {**margins, "w:gutter": 0}),
        *((tag("w:pgNumType", {"w:start": 1}),) if part.letter else ()),
        *((tag("w:titlePg"),) if part.opens else ()),
    )


def _reference(kind: str, which: str, id: str) -> Xml:
    return tag(f"w:{kind}Reference", {"w:type": which, "r:id": id})
