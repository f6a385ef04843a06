"""A template states the limits of a page, and anything longer stops the rendering."""

from __future__ import annotations

import io
import re

import pypdf
import pytest

from memos import content_of, page_of, pdf_of
from policy_options import Dossier, PolicyOptionsError
from policy_options.memo.pdf.conversion import memo_pdf
from policy_options.memo.rendering import refuse_unknown_template
from policy_options.memo.templates import template_folders, template_names
from support import SmallDossier

PAGE = '<!DOCTYPE html><html lang="en"><head><title>t</title>{head}</head><body>{body}</body></html>'
BUDGET = '<meta name="policy-options-page-budget" content="2">'


def faults_of(head: str, body: str) -> list[str]:
    try:
        memo_pdf(PAGE.format(head=head, body=body), ())
    except PolicyOptionsError as error:
        return [f"{fault.code}: {fault.message}" for fault in error.faults]
    return []


def pages(count: int) -> str:
    return "".join(f'<h2 style="break-before: page">Part {number}</h2><p>x' for number in range(1, count + 1))


def test_pages_before_the_annex_are_counted() -> None:
    assert faults_of(BUDGET, pages(2)) == []
    assert faults_of(BUDGET, pages(2) + '<div id="annex" style="break-before: page">a</div>' + pages(3)) == []
    assert faults_of("", pages(5)) == []
    assert faults_of(BUDGET, pages(3)) == [
        "page-budget: the memo runs to 3 pages before its annex, and its template allows 2, from “Part 2” on"
    ]


def test_lines_of_an_element_are_counted() -> None:
    short, long = "word " * 10, "word " * 200
    assert faults_of("", f'<p data-most-lines="4">{short}</p>') == []
    (fault,) = faults_of("", f'<p data-most-lines="4">{long}</p><p>{long}</p>')
    assert fault.startswith("too-many-lines: “word word")
    assert "lines, and its template allows 4" in fault


def test_what_is_too_long_may_be_looked_at(small: SmallDossier) -> None:
    limits = "".join(f"  - Limit number {n} that takes a line or so of its own.\n" for n in range(200))
    small.edit("criteria/decision.yaml", "weights: even\n", f"weights: even\nlimits:\n{limits}")
    with pytest.raises(PolicyOptionsError, match="template allows 5"):
        pdf_of(small.load(), length="strict")
    assert pages_before_annex(pdf_of(small.load(), length="any")) > 5
    assert pages_before_annex(pdf_of(small.load())) <= 5


def pages_before_annex(pdf: bytes) -> int:
    """The number of pages before the one that begins with the title of annex A."""
    texts = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]
    return next(
        number for number, text in enumerate(texts) if re.search(r"^Annex A: this ranking$", text, re.MULTILINE)
    )


@pytest.mark.parametrize("template", ["decision", "one-page"])
def test_the_shipped_memo_keeps_to_its_pages_under_every_set(shipped_dossier: Dossier, template: str) -> None:
    # The dossier names nobody, so a public memo is the other one plus a notice: where it fits, both do. What is beyond the
    # pages of the body is in the annexes, and nothing is beyond those that a template allows. Annex B is the same each time.
    for weights in shipped_dossier.weight_sets:
        assert pdf_of(shipped_dossier, weights, template, with_inputs=False, public=True, annex_apart=True)


def test_a_house_has_templates_of_its_own(small: SmallDossier) -> None:
    small.put("templates/memo/board.html.j2", PAGE.format(head="", body="<p>{{ memo.bottom_line[0] }}</p>"))
    folders = template_folders(small.root, None)
    assert template_names(folders) == ("annex-b", "annex-only", "board", "comparison", "decision", "one-page")
    assert content_of(small.load()).bottom_line[0] in page_of(small.load(), template="board")
    for name in ("boar", "../board", "parts"):
        with pytest.raises(PolicyOptionsError) as raised:
            refuse_unknown_template(name if name != "parts" else "x/parts", folders)
        assert raised.value.faults[0].code == "template-missing"
        assert "board, comparison, decision" in raised.value.faults[0].remedy


@pytest.mark.parametrize(
    ("body", "field", "line"),
    [
        ("<p>\n{{ memo.botom_line }}</p>", "botom_line", 2),
        ("<p>\n\n{{ memo.ranking.rows[0].vallue }}</p>", "vallue", 3),
        ("\n\n\n{% for row in memo.ranking.lines %}{{ row }}{% endfor %}", "lines", 4),
        ('{{ labels["no-such"] }}', "no-such", 1),
        ("{{ nothing }}", "nothing", 1),
    ],
)
def test_a_missing_field_names_template_line_and_field(small: SmallDossier, body: str, field: str, line: int) -> None:
    small.put("templates/memo/board.html.j2", PAGE.format(head="", body="") + body)
    with pytest.raises(PolicyOptionsError) as raised:
        page_of(small.load(), template="board")
    fault = raised.value.faults[0]
    assert (fault.code, fault.message) == ("template-field", f"the content has no field `{field}`")
    assert fault.place is not None and fault.place.file.endswith("templates/memo/board.html.j2")
    assert fault.place.line == line
