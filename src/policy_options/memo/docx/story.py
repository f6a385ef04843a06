"""Blocks as WordprocessingML: one story is the text of one part of the file, with the addresses that it links to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Final

from policy_options.memo.docx.addresses import address_of
from policy_options.memo.docx.blocks import (
    Block,
    Cell,
    Heading,
    Inline,
    Note,
    Paragraph,
    Part,
    Picture,
    Piece,
    Row,
    Table,
)
from policy_options.memo.docx.markup import Xml, clean, joined, tag, text_of
from policy_options.memo.docx.scripts import Stretch, fonts_of, stretches
from policy_options.memo.docx.widths import column_widths

__all__ = ["Places", "Size", "Story"]

_EMU: Final = 36_000
"""The units of drawings in a millimetre."""

_KEPT_WHOLE: Final = 1_500
"""Characters up to which a table of a few rows is kept on one page."""

_KEPT_ROWS: Final = 15
_FEW_COLUMNS: Final = 7
_LONGEST_ALTERNATIVE: Final = 8_000


@dataclass(frozen=True, slots=True)
class Size:
    """A picture as a part of the file: the id of its relationship, and its height as a share of its width."""

    id: str
    ratio: float


class Places:
    """The possible link targets of a file, each with the name of its bookmark."""

    def __init__(self, parts: Iterable[Part]) -> None:
        blocks = [block for part in parts for block in part.blocks]
        anchors = [anchor for block in blocks for anchor in _anchors(block)]
        self._names = {
            anchor: f"place{number}" for number, anchor in enumerate(dict.fromkeys(filter(None, anchors)), 1)
        }
        self._ids = count(1)
        self._marked: set[str] = set()

    def name_of(self, anchor: str) -> str:
        """The name of a target's bookmark; empty if the file does not have the target."""
        return self._names.get(anchor, "")

    def marked(self, anchor: str, content: Xml) -> Xml:
        """Content within a bookmark, if it is the first with that target."""
        if not anchor or anchor in self._marked:
            return content
        self._marked.add(anchor)
        id = next(self._ids)
        begin = tag("w:bookmarkStart", {"w:id": id, "w:name": self._names[anchor]})
        return joined((begin, content, tag("w:bookmarkEnd", {"w:id": id})))


def _anchors(block: Block) -> Iterable[str]:
    if isinstance(block, Heading):
        return (block.anchor,)
    return [row.anchor for row in block.rows] if isinstance(block, Table) else ()


class Story:
    """Turns blocks into markup. ``note`` takes a footnote and returns its number; without it, notes are printed in
    brackets.

    ``addresses`` are those that the story links to, each with the id of its relationship.
    """

    def __init__(
        self,
        language: str,
        places: Places,
        note: Callable[[Note], int] | None = None,
        pictures: Sequence[Size] = (),
    ) -> None:
        self._language, self._places, self._note = language, places, note
        self._pictures = iter(enumerate(pictures, 1))
        self.addresses: dict[str, str] = {}

    def blocks(self, blocks: Iterable[Block]) -> Xml:
        """Blocks in order, without paragraphs that have no text.

        A table is followed by an empty line of four points only where nothing else would set it apart from what comes
        next: headings and captions have space above them.
        """
        shown = [block for block in blocks if not isinstance(block, Paragraph) or _has_text(block)]
        made = []
        for block, following in zip(shown, [*shown[1:], None], strict=True):
            made.append(self.block(block))
            if isinstance(block, Table) and not _begins_with_space(following):
                made.append(self._paragraph(Xml(""), "Gap"))
        return joined(made)

    def block(self, block: Block) -> Xml:
        """A heading, a paragraph, a table or a picture."""
        match block:
            case Heading():
                style = f"Heading{block.level}" if block.level else "Title"
                return self._paragraph(self._places.marked(block.anchor, self.inlines(block.inlines)), style)
            case Paragraph():
                return self._paragraph(self.inlines(block.inlines), block.style)
            case Table():
                return self._table(block)
            case Picture():
                return self._picture(block)

    def inlines(self, inlines: Iterable[Inline], ink: str = "") -> Xml:
        """Pieces of text, links and references to footnotes."""
        return joined(self._note_mark(each) if isinstance(each, Note) else self._piece(each, ink) for each in inlines)

    def _note_mark(self, note: Note) -> Xml:
        if self._note is None:
            return joined(self._piece(piece, "") for piece in note.pieces)
        number = tag("w:footnoteReference", {"w:id": self._note(note)})
        return tag("w:r", None, tag("w:rPr", None, tag("w:rStyle", {"w:val": "FootnoteReference"})), number)

    def _piece(self, piece: Piece, ink: str) -> Xml:
        link = self._link(piece.target) if piece.target else {}
        style = "Hyperlink" if link and not piece.style else piece.style
        runs = joined(self._run(stretch, style, ink) for stretch in stretches(clean(piece.text), self._language))
        return tag("w:hyperlink", {**link, "w:history": 1}, runs) if link and runs else runs

    def _link(self, target: str) -> dict[str, str]:
        """The target of a link as attributes; nothing if the file does not have the place, or the address is invalid."""
        if target.startswith("#"):
            name = self._places.name_of(target[1:])
            return {"w:anchor": name} if name else {}
        address = address_of(target)
        return {"r:id": self.addresses.setdefault(address, f"link{len(self.addresses) + 1}")} if address else {}

    def _run(self, stretch: Stretch, style: str, ink: str) -> Xml:
        properties = []
        if style:
            properties.append(tag("w:rStyle", {"w:val": style}))
        if stretch.east_asian:
            faces = {"w:eastAsia": stretch.font} if stretch.font else {}
            properties.append(tag("w:rFonts", {**faces, "w:hint": "eastAsia"}))
        if ink:
            properties.append(tag("w:color", {"w:val": ink}))
        if stretch.rtl:
            properties.append(tag("w:rtl"))
        if stretch.east_asian and stretch.east_asian != fonts_of(self._language).east_asian:
            properties.append(tag("w:lang", {"w:eastAsia": stretch.east_asian}))
        text = tag("w:t", {"xml:space": "preserve"}, text_of(stretch.text))
        return tag("w:r", None, *((tag("w:rPr", None, *properties),) if properties else ()), text)

    def _paragraph(self, runs: Xml, style: str, *, align: str = "", keep: bool = False) -> Xml:
        properties = [tag("w:pStyle", {"w:val": style})] if style != "Normal" else []
        if keep:
            properties.append(tag("w:keepNext"))
        if align:
            properties.append(tag("w:jc", {"w:val": align}))
        return tag("w:p", None, *((tag("w:pPr", None, *properties),) if properties else ()), *((runs,) if runs else ()))

    def _table(self, table: Table) -> Xml:
        widths = column_widths(table)
        letters = sum(len(piece.text) for row in table.rows for cell in row.cells for piece in _pieces(cell))
        whole = len(table.rows) <= _KEPT_ROWS and letters <= _KEPT_WHOLE and table.kind == "MemoTable"
        look = {"w:firstRow": int(bool(table.heads)), "w:lastRow": 0, "w:firstColumn": 0, "w:lastColumn": 0}
        properties = [
            tag("w:tblStyle", {"w:val": table.kind}),
            tag("w:tblW", {"w:w": sum(widths), "w:type": "dxa"}),
            tag("w:tblLayout", {"w:type": "fixed"}),
            tag("w:tblLook", {"w:val": "0420" if table.heads else "0400", **look, "w:noHBand": 1, "w:noVBand": 1}),
        ]
        if table.caption:
            properties.append(tag("w:tblCaption", {"w:val": table.caption}))
        last = len(table.rows) - 1
        rows = [self._row(row, widths, heading=True, keep=True) for row in table.heads]
        rows += [
            self._row(row, widths, keep=whole and at < last, total=table.total and at == last)
            for at, row in enumerate(table.rows)
        ]
        grid = tag("w:tblGrid", None, *(tag("w:gridCol", {"w:w": width}) for width in widths))
        caption = self._paragraph(self.inlines((Piece(table.caption),)), "Caption") if table.caption else Xml("")
        made = tag("w:tbl", None, tag("w:tblPr", None, *properties), grid, *rows)
        return joined((caption, made))

    def _row(
        self,
        row: Row,
        widths: Sequence[int],
        *,
        heading: bool = False,
        keep: bool = False,
        total: bool = False,
    ) -> Xml:
        properties = [tag("w:cantSplit"), *((tag("w:tblHeader"),) if heading else ())]
        cells = []
        for at, (each, width) in enumerate(zip(row.cells, widths, strict=True)):
            fill = each.fill or row.fill
            shape = [tag("w:tcW", {"w:w": width, "w:type": "dxa"})]
            if total:
                line = {"w:val": "single", "w:sz": 8, "w:space": 0, "w:color": "1D2430"}
                shape.append(tag("w:tcBorders", None, tag("w:top", line)))
            if fill:
                shape.append(tag("w:shd", {"w:val": "clear", "w:color": "auto", "w:fill": fill}))
            small = "Small" if heading and len(widths) > _FEW_COLUMNS else ""
            style = f"TableHead{small}" if each.head else "TableText"
            texts = [self.inlines(inlines, each.ink) for inlines in each.paragraphs]
            if at == 0 and row.anchor:
                texts[0] = self._places.marked(row.anchor, texts[0])
            paragraphs = (self._paragraph(text, style, align=each.align, keep=keep) for text in texts)
            cells.append(tag("w:tc", None, tag("w:tcPr", None, *shape), *paragraphs))
        return tag("w:tr", None, tag("w:trPr", None, *properties), *cells)

    def _picture(self, picture: Picture) -> Xml:
        number, size = next(self._pictures)
        width = round(picture.width * _EMU)
        extent: dict[str, str | int] = {"cx": width, "cy": round(width * size.ratio)}
        alternative = clean(picture.figure.alternative)[:_LONGEST_ALTERNATIVE]
        named: dict[str, str | int] = {"id": number, "name": f"Chart {number}", "descr": alternative}
        shape = tag(
            "pic:spPr",
            None,
            tag("a:xfrm", None, tag("a:off", {"x": 0, "y": 0}), tag("a:ext", extent)),
            tag("a:prstGeom", {"prst": "rect"}, tag("a:avLst")),
        )
        drawn = tag(
            "pic:pic",
            None,
            tag("pic:nvPicPr", None, tag("pic:cNvPr", named), tag("pic:cNvPicPr")),
            tag("pic:blipFill", None, tag("a:blip", {"r:embed": size.id}), tag("a:stretch", None, tag("a:fillRect"))),
            shape,
        )
        data = tag("a:graphicData", {"uri": "http://schemas.openxmlformats.org/drawingml/2006/picture"}, drawn)
        inline = tag(
            "wp:inline",
            dict.fromkeys(("distT", "distB", "distL", "distR"), 0),
            tag("wp:extent", extent),
            tag("wp:docPr", named),
            tag("wp:cNvGraphicFramePr", None, tag("a:graphicFrameLocks", {"noChangeAspect": 1})),
            tag("a:graphic", None, data),
        )
        shown = self._paragraph(tag("w:r", None, tag("w:drawing", None, inline)), "Chart", keep=not picture.titled)
        if not picture.titled:
            return shown
        return joined((self._paragraph(self.inlines((Piece(picture.figure.title),)), "Caption"), shown))


def _has_text(paragraph: Paragraph) -> bool:
    return any(isinstance(inline, Note) or inline.text.strip() for inline in paragraph.inlines)


def _begins_with_space(block: Block | None) -> bool:
    """Whether there is space above a block by its style, so that a table may be directly before it."""
    return (
        isinstance(block, Heading)
        or (isinstance(block, Table) and bool(block.caption))
        or (isinstance(block, Picture) and block.titled)
    )


def _pieces(cell: Cell) -> Iterable[Piece]:
    return (inline for inlines in cell.paragraphs for inline in inlines if isinstance(inline, Piece))
