"""Text in charts is shaped and ordered like text in prose."""

from __future__ import annotations

from collections.abc import Callable

import pypdfium2
import pytest

from placing import Glyph, glyphs_of
from policy_options.memo.pdf.conversion import memo_pdf
from policy_options.memo.pdf.lettering import lines_in_one_piece

PAGE = """<!DOCTYPE html><html lang="en"><head><title>t</title><style>@page {{ size: A4; margin: 20mm }}
p {{ font: 20px "DejaVu Sans", sans-serif; margin: 0 }}</style></head><body>{body}</body></html>"""
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="600" height="40" viewBox="0 0 600 40"><title>t</title>{text}</svg>'
)
TEXT = '<text x="0" y="20" font-size="20" font-family="\'DejaVu Sans\',sans-serif"{more}>{words}</text>'


def drawn(body: str) -> list[Glyph]:
    return glyphs_of(pypdfium2.PdfDocument(memo_pdf(PAGE.format(body=body), ()))[0])


def in_chart(words: str, more: str = "") -> list[Glyph]:
    return drawn(SVG.format(text=TEXT.format(words=words, more=more)))


def span(glyphs: list[Glyph]) -> float:
    return max(glyph.right for glyph in glyphs) - min(glyph.left for glyph in glyphs)


@pytest.mark.parametrize(
    ("script", "words"), [("en", "AVAVA To"), ("he", "הרחבת הנמל"), ("ar", "توسيع ميناء أكتاو (2026)")]
)
def test_a_name_runs_in_a_chart_as_in_prose(script: str, words: str, fonts_of: Callable[[str], None]) -> None:
    fonts_of(script)
    chart, prose = in_chart(words), drawn(f"<p>{words}</p>")
    assert "".join(glyph.text for glyph in chart) == "".join(glyph.text for glyph in prose)
    starts = [[glyph.left - min(each.left for each in found) for glyph in found] for found in (chart, prose)]
    assert starts[0] == pytest.approx(starts[1], abs=0.15)


def test_hebrew_begins_at_the_right(fonts_of: Callable[[str], None]) -> None:
    fonts_of("he")
    places = {glyph.text: glyph.left for glyph in in_chart("אבג")}
    assert places["א"] > places["ב"] > places["ג"]


def test_what_is_spaced_by_letter_stays_so() -> None:
    close, wide = in_chart("east"), in_chart("east", ' letter-spacing="10"')
    assert span(wide) == pytest.approx(span(close) + 3 * 7.5, abs=0.5)  # 10 px are 7.5 points


def test_nothing_is_left_behind() -> None:
    from weasyprint.svg import Node

    before = Node.text
    with pytest.raises(ZeroDivisionError), lines_in_one_piece():
        assert Node.text is not before
        _ = 1 / 0
    assert Node.text is before
