"""Notes are at the foot of the page that refers to them."""

from __future__ import annotations

from typing import Any

import pytest
from weasyprint.formatting_structure import boxes

from memos import pdf_of
from policy_options import Dossier
from policy_options.memo.pdf import drawing


@pytest.fixture
def laid_out(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The documents laid out from here on."""
    documents: list[Any] = []
    monkeypatch.setattr(drawing, "refuse_overrun", lambda document, separate: documents.append(document))
    return documents


def called_on(page: Any) -> set[Any]:
    found = (getattr(box, "footnote", None) for box in page._page_box.descendants())
    return {note.element for note in found if note is not None}


def printed_on(page: Any) -> set[Any]:
    areas = [child for child in page._page_box.children if isinstance(child, boxes.FootnoteAreaBox)]
    inside = (box for area in areas for box in area.descendants() if box.element is not None)
    return {box.element for box in inside if "footnote" in box.element.get("class", "").split()}


@pytest.mark.parametrize("template", ["decision", "one-page"])
@pytest.mark.parametrize("weights", ["balanced", "partner-trust", "supply-security"])
def test_each_note_is_on_the_page_that_calls_it(
    shipped_dossier: Dossier, laid_out: list[Any], weights: str, template: str
) -> None:
    pdf_of(shipped_dossier, weights, template, with_inputs=False)
    pages = [page for document in laid_out for page in document.pages]
    for page in pages:
        assert printed_on(page) == called_on(page)
    assert template == "one-page" or sum(len(called_on(page)) for page in pages) > 20
