"""Memos of a batch: the same bytes as one made alone, and one that fails does not affect the others."""

from __future__ import annotations

import io
from pathlib import Path

import pypdf
import pytest

from memos import content_of, page_of, pdf_of
from policy_options import Dossier
from policy_options.limited import Limits
from policy_options.memo import batch, render_process
from policy_options.memo.batch import memos
from policy_options.memo.indexing import index_page
from policy_options.memo.making import Leading
from policy_options.memo.pdf.conversion import Layouts, memo_pdf
from policy_options.memo.templates import template_folders
from policy_options.memo.verifying import verify
from policy_options.wording.phrases import load_phrases
from support import SmallDossier

PHRASES = load_phrases("en")


@pytest.mark.parametrize("workers", [1, 2])
def test_a_memo_of_a_batch_is_the_same_bytes_as_one_alone(small: SmallDossier, workers: int) -> None:
    dossier, folders = small.load(), template_folders(small.root, None)
    seen: list[tuple[int, int]] = []
    made = list(
        memos(
            dossier,
            ("even", "quick"),
            folders,
            PHRASES,
            template="decision",
            workers=workers,
            progress=lambda *done: seen.append(done),
        )
    )
    assert [(one.weights, one.title) for one in made] == [("even", "Even"), ("quick", "Quick")]
    assert seen == [(1, 2), (2, 2)]
    for one in made:
        assert one.page is not None
        assert one.page == pdf_of(dossier, one.weights)
        assert verify(one.page).verdict == "consistent"


def test_the_annex_that_memos_share_is_a_file_of_its_own(small: SmallDossier) -> None:
    """It is made first, has the same bytes as one made alone, and the memos name it and can be verified without it."""
    dossier, folders = small.load(), template_folders(small.root, None)
    made = list(memos(dossier, ("even", "quick"), folders, PHRASES, template="decision", workers=2, annex_apart=True))
    assert [one.weights for one in made] == [None, "even", "quick"]
    annex, *rest = made
    assert (annex.name, annex.leading) == ("harbour-annex-b", None)
    assert annex.page == pdf_of(dossier, template="annex-b")
    for one in made:
        assert one.page is not None
        assert verify(one.page).verdict == "consistent"
    for one in rest:
        assert one.page == pdf_of(dossier, one.weights, annex_apart=True)
        texts = [" ".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(one.page)).pages]
        assert "Annex B is the file harbour-annex-b.pdf" in " ".join(texts)
        assert "Annex B: the dossier" not in " ".join(texts)


def test_each_memo_of_a_batch_says_what_it_puts_first(small: SmallDossier) -> None:
    dossier, folders = small.load(), template_folders(small.root, None)
    made = list(memos(dossier, ("even", "quick"), folders, PHRASES, template="one-page", workers=1))
    for one in made:
        assert one.weights is not None
        found = dossier.assess(one.weights).verdict
        titles = {option.id: option.short for option in dossier.problem.options}
        kind = dossier.robustness(one.weights, error=0.005).verdict.kind
        words = {"tied": "too close to call"}
        assert one.leading == Leading(titles[found.first], f"{found.lead:.1f}", words.get(kind, kind))
    page = index_page("Where & when", "en", made, PHRASES)
    assert "<h1>Where &amp; when</h1>" in page
    for one in made:
        assert one.leading is not None
        row = (
            f'<tr><th scope="row"><a href="{one.name}.pdf">{one.title}</a></th><td>{one.leading.option}</td>'
            f'<td class="number">{one.leading.lead}</td><td>{one.leading.verdict}</td></tr>'
        )
        assert row in page


def test_a_batch_lays_out_once_what_its_memos_share(small: SmallDossier) -> None:
    folders, layouts, html = template_folders(small.root, None), Layouts(), {}
    for weights in ("even", "quick"):
        html[weights] = page_of(small.load(), weights)
        memo_pdf(html[weights], folders, None, layouts)
    (kept,) = layouts._separate.values()
    memo_pdf(html["even"], folders, None, layouts)
    assert next(iter(layouts._separate.values())) is kept


def test_nothing_of_annex_b_hangs_on_the_weights_in_use(shipped_dossier: Dossier) -> None:
    first, *others = (content_of(shipped_dossier, weights).dossier for weights in shipped_dossier.weight_sets)
    assert others and all(other == first for other in others)


def test_one_that_fails_is_named_and_leaves_the_others(small: SmallDossier) -> None:
    folders = template_folders(small.root, None)
    made = {
        one.weights: one
        for one in memos(small.load(), ("even", "nobody", "quick"), folders, PHRASES, template="decision", workers=1)
    }
    assert made["nobody"].page is None and made["nobody"].error is not None
    assert made["even"].page is not None and made["quick"].page is not None


def test_a_child_that_met_its_limit_is_replaced(small: SmallDossier, monkeypatch: pytest.MonkeyPatch) -> None:
    """The template is unterminated under one of the sets."""
    original = (Path(__file__).parent.parent.parent / "templates/memo/decision.html.j2").read_text(encoding="utf-8")
    loop = "{% for a in range(99999) %}{% for b in range(99999) %}{% for c in range(99999) %}{% endfor %}{% endfor %}{% endfor %}"
    small.put("templates/memo/decision.html.j2", "{% if memo.weights_id == 'even' %}" + loop + "{% endif %}" + original)
    limits = Limits(seconds=8.0, megabytes=render_process.RENDER_LIMITS.megabytes)
    monkeypatch.setattr(batch, "Renderer", lambda **how: render_process.Renderer(limits, **how))
    folders = template_folders(small.root, None)
    even, quick = memos(small.load(), ("even", "quick"), folders, PHRASES, template="decision", workers=1)
    assert even.error is not None and even.error.faults[0].code in ("limit-time", "template-faulty")
    assert quick.page is not None and quick.page.startswith(b"%PDF")
