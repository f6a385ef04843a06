"""Whatever is made with ``--public`` has no name and no id of a person in it: pages, inputs, Word files and workbooks."""

from __future__ import annotations

import io
import json
import zipfile

import pytest
from pypdf import PdfReader

from memos import Here
from policy_options.dossier.without_names import weights_without_names
from policy_options.exchange.workbook.building import exported
from policy_options.memo.attachment import moment
from policy_options.memo.audience import without_names
from policy_options.memo.docx.writing import word_file
from policy_options.memo.fitting import fitted
from policy_options.memo.making import memo_document
from policy_options.memo.templates import template_folders
from policy_options.memo.verifying import carried_inputs, verify
from policy_options.wording.phrases import load_phrases
from public_dossiers import acknowledge, left, with_random_people
from support import SmallDossier


def unpacked(raw: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        return "\n".join(f"{name}\n{archive.read(name).decode(errors='replace')}" for name in archive.namelist())


@pytest.mark.parametrize(("seed", "template"), [(3, "decision"), (4, "annex-only"), (5, "comparison")])
def test_no_name_is_left_in_what_is_made_for_the_public(small: SmallDossier, seed: int, template: str) -> None:
    secrets = with_random_people(small, seed)
    acknowledge(small, seed)
    dossier, phrases, folders = small.load(), load_phrases("en"), template_folders(None, None)
    person = dossier.contents.weight_sets["panel"].model.participants[0].id
    weights = weights_without_names(dossier.contents, f"panel/{person}")
    bare = without_names(dossier, phrases)
    document = memo_document(bare, weights, phrases, folders=folders, template=template, public=True)
    when = moment(dossier.contents.decision.model.date)
    pdf = fitted(Here(), document, folders, template, length="fit", when=when).page
    assert verify(pdf).verdict == "consistent"
    pages = "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    assert "Participant 1" in pages or template == "comparison"
    word = word_file(document.content, phrases.labels(), template, when)
    book = exported(bare, weights, public=True)
    for made in (pages, json.dumps(carried_inputs(pdf)), unpacked(word), unpacked(book), document.name):
        assert left(made, secrets) == []
