"""A sequence of pages from HTML to the objects of a PDF: laid out, checked, drawn, and finished as far as possible on
its own.

A memo has one sequence or several (``sheets``), which ``joining`` puts into one file. No sequence depends on another,
so that they can be drawn by one process or by two: the result is plain data and can be sent.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from policy_options.errors import PolicyOptionsError
from policy_options.memo.pdf.archival import ARCHIVAL_VARIANT, finish_sequence
from policy_options.memo.pdf.layout_checks import refuse_missing_glyphs, refuse_overrun
from policy_options.memo.pdf.lettering import lines_in_one_piece
from policy_options.memo.pdf.page_drawings import drawings_of
from policy_options.memo.pdf.page_text import blocks_of
from policy_options.memo.pdf.text_libraries import fonts_of

__all__ = ["BASE_URL", "Drawn", "draw"]

BASE_URL: Final = "https://templates.invalid/memo/"
"""The base for relative addresses in a template. The name can never be resolved, and no address is ever fetched."""

_LABELS: Final = "data-page-labels"


@dataclass(frozen=True)
class Drawn:
    """The objects of a PDF (pydyf's, with streams already compressed), the lines of text of each page, and page number
    ``prefix``.

    ``fonts`` are those it is drawn with, each with a digest of its file. ``metadata`` is the RDF that identifies a
    PDF/A; only that of the first sequence is used.
    """

    pdf: Any
    pages: tuple[tuple[str, ...], ...]
    prefix: str
    metadata: bytes
    fonts: Mapping[str, str]


class _FinishedError(Exception):
    """Ends WeasyPrint's work once its objects exist: they are written once, for all sequences together."""


def draw(html: str, fetcher: Any, fonts: Any, *, allow_overflow: bool, separate: bool) -> Drawn:
    """Lay out and draw one sequence of pages.

    Raises:
        TooLongError: it is longer than its template allows (unless ``allow_overflow``). PolicyOptionsError: no font has
        a character, or a file would be attached.
    """
    import weasyprint

    page = weasyprint.HTML(string=html, base_url=BASE_URL, url_fetcher=fetcher)
    _refuse_attachments(page)
    document = page.render(font_config=fonts, pdf_variant=ARCHIVAL_VARIANT)
    if not allow_overflow:
        refuse_overrun(document, separate=separate)
    pdf = _objects_of(document)
    refuse_missing_glyphs(document)
    pages = tuple(tuple(blocks_of(drawing)) for drawing in drawings_of(document, pdf))
    finish_sequence(pdf)
    return Drawn(pdf, pages, _prefix(page), document.metadata.generate_rdf_metadata("a", 3, "A"), fonts_of(document))


def _refuse_attachments(page: Any) -> None:
    """Refuse links to files that would be embedded: WeasyPrint marks each with the current time."""
    for element in page.etree_element.iter():
        if "attachment" in str(element.get("rel") or "").lower().split():
            raise PolicyOptionsError.of(
                "template-forbidden",
                "the template attaches a file, and a memo has one attachment: its inputs",
                "take `attachment` out of the `rel` of the link",
            )


def _objects_of(document: Any) -> Any:
    objects: list[Any] = []

    def finisher(_: Any, pdf: Any) -> None:
        objects.append(pdf)
        raise _FinishedError

    write: Callable[..., Any] = document.write_pdf
    with contextlib.suppress(_FinishedError), lines_in_one_piece():
        write(finisher=finisher, pdf_variant=ARCHIVAL_VARIANT, pdf_identifier=False)
    return objects[0]


def _prefix(page: Any) -> str:
    """The prefix of page numbers: the attribute of the first element that has one."""
    elements = page.etree_element.iter()
    return next((str(element.get(_LABELS)) for element in elements if element.get(_LABELS)), "")
