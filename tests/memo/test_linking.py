"""Addresses and names of annexes become links, and nothing else does; links that lead nowhere are left out."""

from __future__ import annotations

import io
import re
from typing import Any

import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from memos import content_of, page_of, pdf_of
from policy_options import Dossier
from policy_options.memo.linking import addresses_linked, pieces_of, without_dead_links
from support import SmallDossier


@pytest.mark.parametrize(
    ("text", "markup"),
    [
        ("See https://a.org/x?y=1&z.", 'See <a href="https://a.org/x?y=1&amp;z">https://a.org/x?y=1&amp;z</a>.'),
        ("(doi:10.1000/182)", '(<a href="https://doi.org/10.1000/182">doi:10.1000/182</a>)'),
        ("见http://a.org/甲。", '见<a href="http://a.org/甲">http://a.org/甲</a>。'),
        ("write mailto:a@b.org, please", 'write <a href="mailto:a@b.org">mailto:a@b.org</a>, please'),
        ("javascript:alert(1) file:///etc/passwd data:text/html,x", None),
        ("<b>ftp://a.org</b>", "&lt;b&gt;ftp://a.org&lt;/b&gt;"),
        ("https://gov.example@other.example/ and https://u:p@a.org", None),
        ("https://a.org/@user", '<a href="https://a.org/@user">https://a.org/@user</a>'),
        ("", ""),
    ],
)
def test_addresses_of_four_kinds_are_links(text: str, markup: str | None) -> None:
    assert addresses_linked(text) == (text if markup is None else markup)


def test_names_of_annexes_are_links_in_every_form() -> None:
    places = {"annex A|Annex A": "annex", "приложении Б|приложение Б": "second"}
    assert addresses_linked("Annex A, annex Alpha; в приложении Б.", places) == (
        '<a href="#annex">Annex A</a>, annex Alpha; в <a href="#second">приложении Б</a>.'
    )


@given(st.text(alphabet="ab:/.<>&\"' \n¶1httpsdoimailto甲，", max_size=60))
def test_markup_says_what_the_text_says(text: str) -> None:
    markup = addresses_linked(text)
    told = re.sub(r"</?a[^>]*>", "", markup)
    for mark, character in (("&lt;", "<"), ("&gt;", ">"), ("&#34;", '"'), ("&#39;", "'"), ("&amp;", "&")):
        told = told.replace(mark, character)
    assert told == text
    assert all(re.match(r"(https?://|mailto:)", address) for address in re.findall(r'href="([^"]*)"', markup))


@given(st.lists(st.sampled_from(["¶1", "¶10", "¶2"]), max_size=4), st.text(alphabet="¶12 ,.", max_size=20))
def test_pieces_together_are_the_text(shown: list[str], text: str) -> None:
    pieces = pieces_of(text, [(each, f"#{each}") for each in shown])
    assert "".join(piece.text for piece in pieces) == text
    assert all(piece.target in ("", f"#{piece.text}") for piece in pieces)


def test_a_link_to_what_the_page_lacks_is_its_text() -> None:
    assert without_dead_links(
        '<p id="x"><a href="#x">x</a> <a href="#y">y &amp; z</a> <a href="https://a.org">a</a></p>'
    ) == ('<p id="x"><a href="#x">x</a> y &amp; z <a href="https://a.org">a</a></p>')


@pytest.mark.parametrize("template", ["decision", "one-page", "annex-only", "annex-b"])
def test_every_link_of_a_page_leads_somewhere(shipped_dossier: Dossier, template: str) -> None:
    page = page_of(shipped_dossier, template=template)
    ids = re.findall(r'\sid="([^"]*)"', page)
    assert len(ids) == len(set(ids))
    assert {target.removeprefix("#") for target in re.findall(r'<a href="([^"]*)"', page)} <= set(ids)


def test_footnotes_go_to_claims_and_claims_to_where_they_are_cited(shipped_dossier: Dossier) -> None:
    content = content_of(shipped_dossier)
    claims = {claim.anchor: claim for source in content.dossier.sources for claim in source.claims}
    (point, *_), model = content.issue.timing, shipped_dossier.contents.decision.model
    assert point.footnote is not None
    cited = [f"claim.{claim.replace('/', '.')}" for claim in model.why_now[0].evidence or ()]
    assert {piece.target.removeprefix("#") for piece in point.footnote.pieces if piece.target} <= set(cited)
    assert "".join(piece.text for piece in point.footnote.pieces) == point.footnote.text
    places = {piece.target for piece in claims[cited[0]].cited if piece.target}
    assert "#issue" in places
    for scores, id in zip(content.dossier.scores, shipped_dossier.problem.option_ids, strict=True):
        option = shipped_dossier.contents.options[id]
        for row, criterion in zip(scores.rows, shipped_dossier.problem.criteria, strict=True):
            for claim in option.model.scores[criterion.id].evidence or ():
                back = {piece.target for piece in claims[f"claim.{claim.replace('/', '.')}"].cited}
                assert back & {
                    f"#option.{id}",
                    *(f"#score.{id}.{each.id}" for each in shipped_dossier.problem.criteria),
                }
            assert row.anchor == f"score.{id}.{criterion.id}"


def test_an_address_of_a_source_is_a_link_of_the_file(small: SmallDossier) -> None:
    small.put(
        "options/evidence/report.yaml",
        "format: 1\ntitle: A report\nlocator: At https://example.org/report.\nparagraphs: {1: " + "0" * 64 + "}\n"
        "claims: [{id: one, paragraphs: [1], text: It rains.}]\n",
    )
    reader = pypdf.PdfReader(io.BytesIO(pdf_of(small.load())))
    addresses = {str(each["/A"]["/URI"]) for each in _links(reader) if "/A" in each}
    assert addresses == {"https://example.org/report"}


def _links(reader: pypdf.PdfReader) -> list[Any]:
    return [each.get_object() for page in reader.pages for each in page.get("/Annots", ())]
