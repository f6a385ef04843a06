"""Sequences of pages become one file: linked, labelled, in one outline and one structure, by one process or two."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pypdf
import pytest

from memos import page_of, pdf_of
from policy_options import Dossier, PolicyOptionsError
from policy_options.memo.pdf.conversion import Layouts, memo_pdf
from policy_options.memo.render_process import Renderer
from policy_options.memo.second_process import SecondProcess, second_process_pays
from policy_options.memo.templates import template_folders

ROOT = Path(__file__).parent.parent.parent.parent
PAGE = """<html lang="en"><head><title>A page</title></head><body><h1 id="top">One</h1><p>
<a href="#there">there</a> <a href="#nowhere">nowhere</a></p>
<!-- apart --><section data-page-labels="Q"><h1 id="there">Two</h1><p><a href="#top">back</a></p>
<table><thead><tr><th>a</th></tr></thead><tbody><tr><td>b</td></tr></tbody></table></section><!-- end apart --></body></html>"""


@pytest.fixture(scope="module")
def reader(shipped_dossier: Dossier) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(pdf_of(shipped_dossier)))


def links_of(reader: pypdf.PdfReader) -> list[tuple[int, Any]]:
    return [(number, each.get_object()) for number, page in enumerate(reader.pages) for each in page.get("/Annots", ())]


def test_links_go_from_one_sequence_to_another_and_back() -> None:
    reader = pypdf.PdfReader(io.BytesIO(memo_pdf(PAGE, ())))
    places = {name: reader.get_destination_page_number(place) for name, place in reader.named_destinations.items()}
    assert places == {"top": 0, "there": 1}
    assert [(number, str(each["/Dest"])) for number, each in links_of(reader)] == [(0, "there"), (1, "top")]
    assert reader.page_labels == ["1", "Q1"]
    assert [each.title for each in reader.outline if not isinstance(each, list)] == ["One", "Two"]


def test_labels_are_the_numbers_that_the_pages_print(reader: pypdf.PdfReader) -> None:
    labels = reader.page_labels
    body = labels.index("B1")
    assert labels == [*(str(n + 1) for n in range(body)), *(f"B{n + 1}" for n in range(len(labels) - body))]
    for label, page in zip(labels, reader.pages, strict=True):
        of = body if label.isdigit() else len(labels) - body
        assert f"{label} / {of}" in " ".join(page.extract_text().split())


def test_the_file_says_who_wrote_it_about_what(reader: pypdf.PdfReader, shipped_dossier: Dossier) -> None:
    decision, said = shipped_dossier.contents.decision.model, reader.metadata
    assert said is not None
    assert (said.title, said.author, said.subject) == (decision.title, decision.owner, decision.question)
    assert str(said["/Keywords"]) == ", ".join(option.short for option in shipped_dossier.problem.options)


def test_every_link_has_a_place_and_its_entry_in_the_structure(reader: pypdf.PdfReader) -> None:
    root: Any = reader.root_object
    nums = root["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    keys = [int(key) for key in nums[::2]]
    assert keys == sorted(set(keys))
    parents = dict(zip(keys, nums[1::2], strict=True))
    places = set(reader.named_destinations)
    found = links_of(reader)
    assert len(found) > 100
    for _, each in found:
        assert each["/Dest"] in places
        assert str(parents[int(each["/StructParent"])].get_object()["/S"]) == "/Link"


def test_no_two_header_cells_have_one_name(reader: pypdf.PdfReader) -> None:
    size = int(str(reader.trailer["/Size"]))
    objects = [pypdf.generic.IndirectObject(number, 0, reader).get_object() for number in range(1, size)]
    cells = [
        each
        for each in objects
        if isinstance(each, pypdf.generic.DictionaryObject) and each.get("/S") in ("/TH", "/TD")
    ]
    names = [str(each["/ID"]) for each in cells if "/ID" in each]
    assert len(names) == len(set(names))
    told = {str(name) for each in cells for name in each["/A"].get("/Headers", ())}  # type: ignore[attr-defined]
    assert told <= set(names)


def test_the_outline_names_parts_sections_and_what_is_told_one_by_one(
    reader: pypdf.PdfReader, shipped_dossier: Dossier
) -> None:
    heads = [each.title for each in reader.outline if not isinstance(each, list)]
    assert heads == [
        shipped_dossier.contents.decision.model.title, "Annex A: this ranking", "Annex B: the dossier",
    ]  # fmt: skip
    body: Any = reader.outline[1]
    options = body[[str(getattr(each, "title", "")) for each in body].index("The options") + 1]
    titles = {option.id: option.title for option in shipped_dossier.problem.options}
    assert [each.title for each in options] == [titles[id] for id in shipped_dossier.rank().in_order]


@pytest.mark.skipif(not second_process_pays(), reason="one processor")
def test_one_process_or_two_give_the_same_bytes(shipped_dossier: Dossier) -> None:
    folders = template_folders(ROOT, None)
    page = page_of(shipped_dossier)
    second = SecondProcess()
    try:
        assert memo_pdf(page, folders, None, Layouts(second)) == memo_pdf(page, folders)
        long = '<p data-most-lines="1">x<br>y</p>'
        broken = PAGE.replace("<p>", f"{long}<p>", 1).replace("<table>", f"{long.replace('x', 'z')}<table>")
        for layouts in (Layouts(second), Layouts()):
            with pytest.raises(PolicyOptionsError) as raised:
                memo_pdf(broken, folders, None, layouts)
            assert [fault.code for fault in raised.value.faults] == ["too-many-lines"] * 2
        forbidden = PAGE.replace("<table>", '<img alt="x" src="file:///etc/passwd"><table>')
        for layouts in (Layouts(second), Layouts()):
            with pytest.raises(PolicyOptionsError, match="file:///etc/passwd"):
                memo_pdf(forbidden, folders, None, layouts)
    finally:
        second.end()


def test_a_renderer_alone_gives_what_one_of_a_batch_gives(shipped_dossier: Dossier) -> None:
    from memos import document_of

    content, folders = document_of(shipped_dossier).content, template_folders(ROOT, None)
    with Renderer() as alone, Renderer(batch=True) as one:
        assert alone.page(content, folders, "decision") == one.page(content, folders, "decision")
