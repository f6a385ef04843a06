"""Charts as PNG pictures, for files other than PDF: drawn as in a PDF, then rasterised."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from math import ceil
from typing import Final

from policy_options.memo.pdf.conversion import fetcher_of, new_fonts
from policy_options.memo.pdf.drawing import BASE_URL
from policy_options.memo.pdf.layout_checks import refuse_missing_glyphs
from policy_options.memo.pdf.lettering import lines_in_one_piece

__all__ = ["png_pictures"]

_DOTS: Final = 220
"""Dots per inch: sharp in print."""

_COLOURS: Final = 256
_PIXEL: Final = 25.4 / 96
_SIZE: Final = re.compile(r'viewBox="\S+ \S+ (\S+) (\S+)"')
_FACES: Final = "".join(
    f'@font-face {{ font-family: "Source Sans Pro"; src: url("fonts/SourceSansPro-{name}.ttf"); font-weight: {weight} }}\n'
    for name, weight in (("Regular", 400), ("Semibold", 600), ("Bold", 700))
)


def png_pictures(svgs: Sequence[str], widths: Sequence[float]) -> list[bytes]:
    """Each chart as a picture of the given width in millimetres.

    Raises:
        PolicyOptionsError: Pango is missing from the system, or no font has a character.
    """
    if not svgs:
        return []
    import pypdfium2

    document = pypdfium2.PdfDocument(_pages(svgs, widths))
    try:
        if len(document) != len(svgs):  # pragma: no cover
            raise AssertionError("a chart runs over its page")
        return [_png(document[at]) for at in range(len(document))]
    finally:
        document.close()


def _png(page: object) -> bytes:
    from typing import Any

    drawn: Any = page
    image = drawn.render(scale=_DOTS / 72).to_pil().convert("RGB")
    file = io.BytesIO()
    image.quantize(_COLOURS).save(file, "PNG", optimize=True, dpi=(_DOTS, _DOTS))
    return file.getvalue()


def _pages(svgs: Sequence[str], widths: Sequence[float]) -> bytes:
    """A PDF with a chart on each page."""
    fonts = new_fonts()
    import weasyprint

    sheets, drawn = [_FACES, "body, div { margin: 0 } svg { display: block }\n"], []
    for number, (svg, width) in enumerate(zip(svgs, widths, strict=True)):
        found = _SIZE.search(svg)
        across, down = (float(found[1]), float(found[2])) if found else (2.0, 1.0)
        height = width * down / across
        page = ceil(height / _PIXEL + 0.5) * _PIXEL
        sheets.append(
            f"@page p{number} {{ size: {width}mm {page:.4f}mm; margin: 0 }}\n"
            f".p{number} {{ page: p{number}; height: {height:.4f}mm; overflow: hidden }}\n"
            f".p{number} svg {{ width: {width}mm; height: {height:.4f}mm }}\n"
        )
        drawn.append(f'<div class="p{number}">{svg}</div>')
    html = f"<!DOCTYPE html><html><head><style>{''.join(sheets)}</style></head><body>{''.join(drawn)}</body></html>"
    page = weasyprint.HTML(string=html, base_url=BASE_URL, url_fetcher=fetcher_of(()))
    document = page.render(font_config=fonts)
    refuse_missing_glyphs(document)
    with lines_in_one_piece():
        pdf: bytes = document.write_pdf()
    return pdf
