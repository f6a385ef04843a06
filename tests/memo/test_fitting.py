"""A memo that is too long for its template is condensed until it fits; what its body loses is in its annexes."""

from __future__ import annotations

import io
from pathlib import Path

import pypdf
import pytest

from memos import Here, document_of, fitted_of, pdf_of
from policy_options import Dossier, PolicyOptionsError
from policy_options.memo.batch import memos
from policy_options.memo.condensing_levels import LEVELS
from policy_options.memo.content import MemoContent
from policy_options.memo.templates import template_folders
from policy_options.memo.verifying import verify
from policy_options.wording.phrases import load_phrases
from sized import Size, write_sized
from support import SmallDossier

LONG = Size(options=12, criteria=5, sets=9, long_texts=True)


def text_of(pdf: bytes) -> list[str]:
    """Each page without white space and hyphens, which line breaking adds."""
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    return ["".join(page.extract_text().replace("-", "").split()) for page in reader.pages]


def squeezed(text: str) -> str:
    return "".join(text.replace("-", "").split())


@pytest.fixture(scope="module")
def long_dossier(tmp_path_factory: pytest.TempPathFactory) -> Dossier:
    return Dossier.load(write_sized(tmp_path_factory.mktemp("long"), LONG))


@pytest.fixture(scope="module")
def long_memo(long_dossier: Dossier) -> bytes:
    return pdf_of(long_dossier)


def test_a_memo_that_fits_is_laid_out_once_and_moves_nothing(small: SmallDossier) -> None:
    renderer = Here()
    assert not fitted_of(small.load(), renderer=renderer).faults
    (content,) = renderer.tried
    assert isinstance(content, MemoContent)
    assert (content.moved, content.annex.moved, content.annex.ranking) == ("", (), ())


def test_each_level_holds_less_than_the_one_before() -> None:
    def amounts(number: int) -> list[float]:
        one = LEVELS[number]
        limits = (one.items, one.text, one.name, one.opening)
        return [
            *(one.ranked, one.described, one.named, one.views, one.sets),
            *(float("inf") if limit is None else limit for limit in limits),
        ]

    for number in range(1, len(LEVELS)):
        before, after = amounts(number - 1), amounts(number)
        assert all(less <= more for less, more in zip(after, before, strict=True))
        assert after != before


def test_what_the_body_cuts_or_leaves_out_is_in_the_annexes_in_full(long_dossier: Dossier, long_memo: bytes) -> None:
    pages = text_of(long_memo)
    annex = next(number for number, page in enumerate(pages) if page.find("AnnexA:thisranking") >= 0)
    assert annex == 4
    body, annexes = "".join(pages[:annex]), "".join(pages[annex:])
    decision = long_dossier.contents.decision.model
    for text in (
        decision.question,
        decision.decision_requested,
        *decision.limits,
        *(s.what for s in decision.next_steps),
    ):
        assert squeezed(text or "") not in body
        assert squeezed(text or "") in annexes
    for entry in long_dossier.contents.options.values():
        for said in (entry.model.increment, *(point.text for point in (*entry.model.for_, *entry.model.against))):
            assert squeezed(said or "") in annexes
    assert squeezed("What has no room on these pages is in the annexes, by the rule stated there.") in body
    assert squeezed("more options are described in annex B") in body or squeezed("more options are in annex B") in body


def test_what_is_said_of_options_nowhere_else_is_in_annex_a(long_dossier: Dossier) -> None:
    document = document_of(long_dossier)
    whole, condensed = document.content, document.at(6).content
    assert isinstance(whole, MemoContent) and isinstance(condensed, MemoContent)
    (options,) = (part for part in condensed.annex.moved if part.key == "options")
    for entry in whole.options:
        if not entry.first and entry.fall:
            assert any(entry.title in text and entry.fall in text and entry.cost in text for text in options.texts)
    (first,) = (part for part in condensed.annex.moved if part.key == "first-option")
    leader = next(entry for entry in whole.options if entry.first)
    assert leader.increment in first.texts[0] and leader.case_for and leader.case_for.text in first.texts[0]


def test_a_condensed_memo_is_consistent_with_its_inputs(long_memo: bytes) -> None:
    found = verify(long_memo)
    assert (found.verdict, found.reason) == ("consistent", "")


def test_a_condensed_memo_is_the_same_bytes_alone_and_in_a_batch(long_dossier: Dossier, long_memo: bytes) -> None:
    folders = template_folders(long_dossier.contents.root, None)
    made = list(
        memos(long_dossier, ["w2", "w1"], folders, load_phrases("en"), template="decision", workers=1, public=False)
    )
    assert [one.error for one in made] == [None, None]
    assert made[1].page == long_memo


def test_strict_length_refuses_with_the_pages_and_the_place(long_dossier: Dossier) -> None:
    with pytest.raises(PolicyOptionsError) as raised:
        pdf_of(long_dossier, length="strict")
    assert raised.value.faults[0].code == "page-budget"
    assert "its template allows 5, from “" in raised.value.faults[0].message
    assert raised.value.faults[0].remedy.endswith("or leave --strict-length out")


def test_a_house_template_is_kept_to_by_the_same_steps(long_dossier: Dossier, tmp_path: Path) -> None:
    root = write_sized(tmp_path / "house", LONG)
    (root / "templates/memo").mkdir(parents=True)
    page = """<!DOCTYPE html><html lang="en"><head><title>t</title>{head}</head><body>
{% for option in memo.options %}<h2>{{ option.title }}</h2><p>{{ option.increment }}</p>{% endfor %}
<ul>{% for gap in memo.dissent.gaps %}<li data-most-lines="40">{{ gap }}</li>{% endfor %}</ul>
<p data-most-lines="5">{{ memo.bottom_line|join(" ") }}</p></body></html>"""
    budget = '<meta name="policy-options-page-budget" content="1">'
    (root / "templates/memo/board.html.j2").write_text(page.replace("{head}", budget), encoding="utf-8")
    dossier = Dossier.load(root)
    with pytest.raises(PolicyOptionsError):
        fitted_of(dossier, template="board", length="strict")
    found = fitted_of(dossier, template="board")
    assert not found.faults
    assert len(pypdf.PdfReader(io.BytesIO(found.page)).pages) == 1
    # If no level is enough, the memo is made anyway, with a warning.
    endless = page.replace("{head}", budget).replace("<ul>", '<p style="height: 400mm">x</p><ul>')
    (root / "templates/memo/board.html.j2").write_text(endless, encoding="utf-8")
    renderer = Here()
    found = fitted_of(dossier, template="board", renderer=renderer)
    assert [fault.code for fault in found.faults] == ["page-budget"]
    assert len(renderer.tried) <= 7


@pytest.mark.parametrize(
    ("asked", "options", "count"),
    [("2", 12, 2), ("1", 12, 2), ("12", 12, 12), ('["o3"]', 3, 2), ('["o3", "o5", "o7"]', 12, 4)],
)
def test_the_author_says_which_options_the_body_has(tmp_path: Path, asked: str, options: int, count: int) -> None:
    root = write_sized(tmp_path / "asked", Size(options=options))
    path = root / "criteria/decision.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("{", f'{{"body-options": {asked},', 1), encoding="utf-8")
    dossier = Dossier.load(root)
    content = document_of(dossier).content
    assert isinstance(content, MemoContent)
    titles = [row.title for row in content.ranking.rows]
    assert titles == [entry.title for entry in content.options]
    assert len(titles) == count  # the option to put first and the baseline are always there
    assert any(row.first for row in content.ranking.rows) and any(row.baseline for row in content.ranking.rows)
    named = [entry.model.title for id, entry in dossier.contents.options.items() if f'"{id}"' in asked]
    assert set(named) <= set(titles)
    assert content.more_options.endswith("The dossier names the options that are described here.") == (
        len(named) > 0 and count < options
    )


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("0", "the body describes one option at least"),
        ("[]", "a list of option ids is meant"),
        ("true", "a list of option ids or a whole number is meant"),
        ("[quay]", "`quay` is no option of this dossier"),
        ("[East Quay]", "`East Quay` is not an id"),
    ],
)
def test_what_names_no_options_is_an_error(small: SmallDossier, asked: str, said: str) -> None:
    small.edit("criteria/decision.yaml", "weights: even\n", f"weights: even\nbody-options: {asked}\n")
    fault = small.fault()
    assert fault.message.startswith(said)
    assert fault.place is not None and fault.place.file == "criteria/decision.yaml"
