"""The positions of glyphs: read from the pages of a PDF by PDFium, and from the boxes laid out by WeasyPrint."""

from __future__ import annotations

import ctypes
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import inf
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from policy_options.charts.primitives import FONT

_LEAST = 0.4  # points: anything thinner than this is a mark or a space
_COVERED = 0.5  # of the smaller of two glyphs; a comma below a y, and letters that join or lean over one another, remain below it
_EDGE = 8.0  # points from the edge of the sheet: the least margin of printers
_TILE = 24.0


@dataclass(frozen=True)
class Glyph:
    """A character and its ink, in points from the lower left corner of its page."""

    text: str
    left: float
    bottom: float
    right: float
    top: float

    @property
    def area(self) -> float:
        return (self.right - self.left) * (self.top - self.bottom)

    def covers(self, other: Glyph) -> float:
        """The share of the smaller of two that is on the other."""
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.top, other.top) - max(self.bottom, other.bottom)
        return across * down / min(self.area, other.area) if across > 0.0 and down > 0.0 else 0.0


def glyphs_of(page: Any) -> list[Glyph]:
    """The characters of a page that leave ink, except marks, which belong on their letters."""
    reader = page.get_textpage()
    ends = [ctypes.c_double() for _ in range(4)]
    found: list[Glyph] = []
    for index in range(reader.count_chars()):
        character = chr(pdfium.FPDFText_GetUnicode(reader, index))
        if pdfium.FPDFText_IsGenerated(reader, index) or unicodedata.category(character)[0] in "ZCM":
            continue
        if not pdfium.FPDFText_GetCharBox(reader, index, *ends):
            continue
        left, right, bottom, top = (end.value for end in ends)
        glyph = Glyph(character, left, bottom, right, top)
        of_a_ligature = bool(found) and found[-1].covers(glyph) > 0.999 and abs(found[-1].area - glyph.area) < 1e-6
        if right - left > _LEAST and top - bottom > _LEAST and not of_a_ligature:
            found.append(glyph)
    return found


def misplaced(pdf: bytes) -> list[str]:
    """Texts that leave their page or overlap other text, in words; empty if there are no such texts."""
    faults = []
    for number, page in enumerate(pypdfium2.PdfDocument(pdf), start=1):
        wide, high = page.get_size()
        glyphs = glyphs_of(page)
        for glyph in glyphs:
            if not (
                glyph.left >= _EDGE
                and glyph.right <= wide - _EDGE
                and glyph.bottom >= _EDGE
                and glyph.top <= high - _EDGE
            ):
                faults.append(f"page {number}: {glyph} is off the page")
        faults += [f"page {number}: {one} lies on {other}: {_near(one, glyphs)}" for one, other in _colliding(glyphs)]
    return faults


def _near(glyph: Glyph, glyphs: list[Glyph]) -> str:
    return "".join(
        each.text for each in glyphs if abs(each.bottom - glyph.bottom) < 3.0 and abs(each.left - glyph.left) < 90.0
    )


def _colliding(glyphs: list[Glyph]) -> Iterator[tuple[Glyph, Glyph]]:
    tiles: defaultdict[tuple[int, int], list[Glyph]] = defaultdict(list)
    for glyph in glyphs:
        beside: dict[int, Glyph] = {}
        columns = range(int(glyph.left // _TILE), int(glyph.right // _TILE) + 1)
        rows = range(int(glyph.bottom // _TILE), int(glyph.top // _TILE) + 1)
        for place in ((column, row) for column in columns for row in rows):
            beside.update((id(other), other) for other in tiles[place])
            tiles[place].append(glyph)
        yield from ((glyph, other) for other in beside.values() if glyph.covers(other) > _COVERED)


def beyond_their_cells(document: Any) -> list[str]:
    """Texts of tables that extend beyond their cell on either side, in a document laid out by WeasyPrint."""
    from weasyprint.formatting_structure import boxes

    faults = []
    for number, page in enumerate(document.pages, start=1):
        waiting: list[tuple[Any, Any]] = [(page._page_box, None)]
        while waiting:
            box, cell = waiting.pop()
            inside = box if isinstance(box, boxes.TableCellBox) else cell
            if isinstance(box, boxes.TextBox) and inside is not None and box.text.strip():
                left, right = inside.position_x, inside.position_x + inside.border_width()
                if box.position_x < left - 0.5 or box.position_x + box.width > right + 0.5:
                    faults.append(
                        f"page {number}: {box.text!r} is {box.width:.1f} wide in a cell of {right - left:.1f}"
                    )
            waiting.extend((child, inside) for child in getattr(box, "children", ()))
    return faults


def ruler(document: Any) -> Callable[[str, float, int], float]:
    """Measures a text of a chart as Pango draws it: its words, size and weight, with the fonts of a document."""
    from weasyprint.css.properties import INITIAL_VALUES
    from weasyprint.text.line_break import split_first_line

    class Style(dict[str, Any]):
        font_config = document.font_config

    def measure(words: str, size: float, weight: int) -> float:
        style = Style(INITIAL_VALUES)
        families = [name.strip("'") for name in FONT.split(",")]
        style.update(font_family=families, font_size=size, font_weight=weight)
        return float(split_first_line(words, style, None, inf, 0)[3]) if words else 0.0

    return measure
