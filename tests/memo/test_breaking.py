"""Runs longer than a word may break, preferably where a reader expects them to."""

from __future__ import annotations

from itertools import pairwise

import pypdfium2
import pytest

from memos import page_of, pdf_of
from placing import misplaced
from policy_options.charts.fonts import em_width
from policy_options.memo.breaking import with_breaks
from policy_options.wording.numbers import Numbers
from support import SmallDossier

ADDRESS = "https://example.org/archive/a_b/report-final.pdf?page=1&amp;x=2"
BROKEN = (
    "https:/<wbr>/example.<wbr>org/<wbr>archive/<wbr>a_<wbr>b/<wbr>report-<wbr>final.<wbr>pdf?"
    "<wbr>page=<wbr>1&amp;<wbr>x=<wbr>2"
)


def test_an_address_may_break_after_its_signs() -> None:
    assert with_breaks(f"<p>See {ADDRESS} of it</p>").replace("//<wbr>", "/<wbr>/") == (
        f'<p>See <span class="unbroken">{BROKEN}</span> of it</p>'
    )


@pytest.mark.parametrize(
    "text",
    [
        "<p>internationalisation of words</p>",
        "<p>Donaudampfschifffahrtsgesellschaft</p>",  # left to hyphenation
        "<td>12,345,678.123456789012</td>",
        f"<title>{ADDRESS}</title>",
        f'<a href="{ADDRESS}">x</a>',
        f"<style>p {{ background: url({ADDRESS}) }}</style>",
        f"<svg><text>{ADDRESS}</text></svg>",
        f"<!-- {ADDRESS} -->",
        "<p>区域供应链韧性与第三方合作方案的一个非常长的标题不会被任何人剪短</p>",
    ],
)
def test_what_is_no_such_run_stays_as_it_is(text: str) -> None:
    assert with_breaks(text) == text


def test_letters_between_chinese_ones_may_break() -> None:
    assert with_breaks("<p>方案ABCDEFGHIJKLMNOPQRSTUVWX12第二期</p>") == (
        '<p>方案<span class="unbroken">ABCDEFGHIJKLMNOPQRSTUVWX12</span>第二期</p>'
    )


def test_an_address_of_a_source_a_claim_and_a_rationale_stays_on_its_page(small: SmallDossier) -> None:
    long = "https://example.org/archive/2024/" + "a1b2c3d4e5" * 14 + "/report_final_v2.pdf"
    small.edit(
        "options/evidence/survey.yaml", "title: Survey of the landings", f"title: Survey {long}\nlocator: {long}"
    )
    small.edit("options/evidence/survey.yaml", "text: From the east", f"text: As {long} has it, from the east")
    small.edit("options/east-quay.yaml", "rationale: A shorter way.", f"rationale: See {long}.")
    small.edit("criteria/weights/even.yaml", "Nothing sets", f"As {long} says, nothing sets")
    assert misplaced(pdf_of(small.load(), length="any")) == []


def test_a_row_taller_than_a_page_has_the_head_of_its_table_on_every_page(small: SmallDossier) -> None:
    long = "It was costed by three offices and each of them left out another part. " * 140
    small.edit("options/east-quay.yaml", "rationale: A shorter way.", f"rationale: {long.strip()}")
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf_of(small.load(), length="any"))]
    tall = [number for number, text in enumerate(pages) if text.count("each of them left out") > 5]
    assert len(tall) > 2
    assert all(later == earlier + 1 for earlier, later in pairwise(tall))
    assert all("Rationale" in pages[number] for number in tall)


def test_figures_of_many_digits_stand_side_by_side_as_far_as_they_fit(small: SmallDossier) -> None:
    digits = 7.123456789012345
    for option in ("as-is", "east-quay", "new-mole"):
        text = (small.root / f"options/{option}.yaml").read_text(encoding="utf-8")
        for number in range(1, 4):
            small.put(f"options/{option}-{number}.yaml", text.replace("title: ", f"title: {number} "))
    small.edit("options/as-is.yaml", "crossings: 4", f"crossings: {digits!r}")
    html = page_of(small.load())
    heads = [block.count('<th scope="col">') - 1 for block in html.split('<table class="matrix">')[1:]]
    widest = em_width(Numbers().quantity(digits)) * 7.8 * 25.4 / 72 + 3.0
    first = int(140 / widest)
    assert 4 <= first < 7
    assert heads[0] == first
    assert "7.123456789012345<" in html
