"""Fingerprints and citations, against a text written for the tests."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policy_options import PolicyOptionsError
from policy_options.dossier.evidence import MAX_SOURCE_BYTES, fingerprint, paragraphs_of
from support import SOURCE_TEXT, SmallDossier

S = "options/evidence/survey.yaml"


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "survey.txt").write_text(SOURCE_TEXT, encoding="utf-8")
    return folder


def write(texts: Path, text: str | bytes) -> None:
    (texts / "survey.txt").write_bytes(text.encode() if isinstance(text, str) else text)


def test_a_fingerprint_is_the_sha_256_of_the_collapsed_text() -> None:
    assert fingerprint("  The east\n quay\t lies ") == hashlib.sha256(b"The east quay lies").hexdigest()
    assert fingerprint("Ａ ﬁsh") == hashlib.sha256(b"A fish").hexdigest()
    assert fingerprint("caf\u0065\u0301") == fingerprint("café") == hashlib.sha256("café".encode()).hexdigest()
    assert fingerprint("a\u00a0b\u2003c\r\nd") == fingerprint("a b c d")
    assert fingerprint("East") != fingerprint("east")
    assert fingerprint("a b") != fingerprint("ab")


@settings(derandomize=True, max_examples=100, deadline=None)
@given(
    words=st.lists(st.text(st.characters(codec="utf-8", categories=["L", "N", "P"]), min_size=1), min_size=1),
    gaps=st.lists(st.sampled_from([" ", "  ", "\n", "\r\n", " \n ", "\t", "\u00a0"]), min_size=1),
)
def test_white_space_does_not_change_a_fingerprint(words: list[str], gaps: list[str]) -> None:
    spread = "".join(word + gaps[index % len(gaps)] for index, word in enumerate(words))
    assert fingerprint(spread) == fingerprint(" ".join(words))


def test_paragraphs_are_what_blank_lines_part() -> None:
    text = "\n\nA\nb\n\n\n \nC\n  \nD"
    for ends in ("\n", "\r\n", "\r"):
        assert [" ".join(block.split()) for block in paragraphs_of(text.replace("\n", ends))] == ["A b", "C", "D"]
    assert paragraphs_of(" \n\n ") == []


def test_citations_that_match(small: SmallDossier, texts: Path) -> None:
    citations = small.load().check(texts).citations
    assert citations is not None
    assert (citations.sources, citations.paragraphs, citations.found) == (1, 2, 2)
    assert citations.without_text == ()
    assert citations.findings == ()


@pytest.mark.parametrize(
    "text",
    [
        SOURCE_TEXT.replace("\n", "\r\n"),
        "\ufeff" + SOURCE_TEXT,
        SOURCE_TEXT.replace(" ", "  "),
        SOURCE_TEXT.replace("miles", "ｍｉｌｅｓ"),
        SOURCE_TEXT.replace("\n\n", "\n\nA paragraph between.\n\n"),
        "Front page.\n\n" + SOURCE_TEXT + "\n\nBack page.",
    ],
)
def test_what_may_differ_in_a_text(small: SmallDossier, texts: Path, text: str) -> None:
    write(texts, text)
    assert small.findings(texts) == ()


def test_a_paragraph_that_changed(small: SmallDossier, texts: Path) -> None:
    write(texts, SOURCE_TEXT.replace("nine days", "ten days"))
    (finding,) = small.findings(texts)
    assert (finding.code, finding.severity, finding.ids) == ("citation-mismatch", "finding", ("survey", "2"))
    assert str(finding.place) == f"{S}:7:6"
    assert "paragraph 2 of `survey` is no longer in the text" in finding.message
    assert "fingerprint" in finding.remedy
    citations = small.load().check(texts).citations
    assert citations is not None
    assert citations.found == 1


def test_a_paragraph_out_of_order(small: SmallDossier, texts: Path) -> None:
    title, first, second = SOURCE_TEXT.strip().split("\n\n")
    write(texts, "\n\n".join([title, second, first]))
    (finding,) = small.findings(texts)
    assert finding.code == "citation-mismatch"
    assert finding.ids in {("survey", "1"), ("survey", "2")}  # if two changed places, either is out of order
    assert "but not in its order" in finding.message
    assert "number the paragraphs" in finding.remedy


def test_one_paragraph_moved_to_the_end_is_one_finding(small: SmallDossier, texts: Path) -> None:
    blocks = [f"Paragraph number {n}." for n in range(1, 6)]
    marks = "".join(f"  {n}: {fingerprint(block)}\n" for n, block in enumerate(blocks, 1))
    claims = "claims:\n  - {id: distance, paragraphs: [1], text: x}\n"
    small.put(S, "format: 1\ntitle: Survey\nparagraphs:\n" + marks + claims)
    write(texts, "\n\n".join(blocks))
    assert small.findings(texts) == ()
    write(texts, "\n\n".join([*blocks[1:], blocks[0]]))
    assert len(small.findings(texts)) == 1


def test_two_paragraphs_of_one_wording_need_the_text_to_have_two(small: SmallDossier, texts: Path) -> None:
    mark = fingerprint("Again.")
    small.put(
        S,
        f"format: 1\ntitle: S\nparagraphs: {{1: {mark}, 2: {mark}}}\nclaims: [{{id: distance, paragraphs: [1], text: x}}]\n",
    )
    write(texts, "Again.\n\nAgain.\n")
    assert small.findings(texts) == ()
    write(texts, "Again.\n")
    assert len(small.findings(texts)) == 1


def test_a_text_that_is_not_at_hand_is_said(small: SmallDossier, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    report = small.load().check(empty)
    assert report.findings == ()
    assert report.citations is not None
    assert report.citations.without_text == ("survey",)
    assert (report.citations.found, report.citations.paragraphs) == (0, 2)
    assert small.load().check().citations is None


def test_no_folder_of_texts(small: SmallDossier, tmp_path: Path) -> None:
    with pytest.raises(PolicyOptionsError) as raised:
        small.load().check(tmp_path / "nowhere")
    (fault,) = raised.value.faults
    assert fault.code == "no-sources"
    assert "nowhere" in fault.message
    assert fault.remedy


def test_a_folder_whose_name_is_too_long(small: SmallDossier) -> None:
    with pytest.raises(PolicyOptionsError):
        small.load().check("x" * 5000)


def test_a_text_that_is_not_utf_8_or_too_large(small: SmallDossier, texts: Path) -> None:
    write(texts, b"caf\xe9")
    with pytest.raises(PolicyOptionsError) as raised:
        small.load().check(texts)
    assert raised.value.faults[0].code == "not-utf-8"
    assert "survey.txt" in str(raised.value.faults[0].place)
    write(texts, b" " * (MAX_SOURCE_BYTES + 1))
    with pytest.raises(PolicyOptionsError) as raised:
        small.load().check(texts)
    assert raised.value.faults[0].code == "source-too-large"
    assert "16,777,216" in raised.value.faults[0].message


def test_a_text_that_may_not_be_read(small: SmallDossier, texts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    dossier = small.load()
    plain_open = Path.open

    def closed(path: Path, *arguments: Any) -> Any:
        if path.name == "survey.txt":
            raise PermissionError(13, "Permission denied")
        return plain_open(path, *arguments)

    monkeypatch.setattr(Path, "open", closed)
    with pytest.raises(PolicyOptionsError) as raised:
        dossier.check(texts)
    assert "survey.txt" in str(raised.value.faults[0].place)


def test_no_text_of_a_source_is_stored(small: SmallDossier, texts: Path) -> None:
    before = {path: path.read_bytes() for path in small.root.rglob("*") if path.is_file()}
    small.load().check(texts)
    assert {path: path.read_bytes() for path in small.root.rglob("*") if path.is_file()} == before
