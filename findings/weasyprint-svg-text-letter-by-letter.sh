#!/usr/bin/env bash
# WeasyPrint 70.0 lays out each character of an SVG <text> separately: no kerning, and Arabic letters do not join.
# Expected: the same characters in the same order and of the same width in SVG and HTML, in the same font and size.
# Seen: the Arabic word in SVG runs in the opposite order and is wider than in HTML. Exits non-zero once this is fixed,
# and if the system has no Pango or no font for Arabic (Debian and Ubuntu: libpango-1.0-0 libpangoft2-1.0-0 fonts-dejavu-core).
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet "weasyprint==70.0" "pypdfium2==5.15.2"
"$folder/venv/bin/python" - <<'PYTHON'
import ctypes

import pypdfium2
import pypdfium2.raw as pdfium
from weasyprint import HTML, __version__

WORD = "ميناء"
STYLE = '<style>@page { margin: 20mm } p { font: 40px "DejaVu Sans" }</style>'
BODIES = {
    "HTML": f"<p>{WORD}</p>",
    "SVG": f'<svg xmlns="http://www.w3.org/2000/svg" width="400" height="80" viewBox="0 0 400 80">'
    f'<text x="0" y="50" font-size="40" font-family="DejaVu Sans">{WORD}</text></svg>',
}


def places(body):
    """(left, right) of each character, in the order of the word."""
    page = pypdfium2.PdfDocument(HTML(string=STYLE + body).write_pdf())[0]
    reader = page.get_textpage()
    found = {}
    for index in range(reader.count_chars()):
        left, right, bottom, top = (ctypes.c_double() for _ in range(4))
        pdfium.FPDFText_GetCharBox(reader, index, left, right, bottom, top)
        character = chr(pdfium.FPDFText_GetUnicode(reader, index))
        if character in WORD:
            found[character] = (left.value, right.value)
    return found


print("WeasyPrint", __version__)
begins, widths = {}, {}
for name, body in BODIES.items():
    found = places(body)
    first, last = found[WORD[0]], found[WORD[-1]]
    begins[name] = "right" if first[0] > last[0] else "left"
    widths[name] = max(right for _, right in found.values()) - min(left for left, _ in found.values())
    print(f"{name}: the word begins at the {begins[name]} and is {widths[name]:.1f} points wide")
raise SystemExit(not (begins == {"HTML": "right", "SVG": "left"} and widths["SVG"] > 1.1 * widths["HTML"]))
PYTHON
