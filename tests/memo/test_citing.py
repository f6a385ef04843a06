"""How sources of every kind are printed, in every language, and what their locations link to."""

from __future__ import annotations

from typing import Any

import pytest

from memos import content_of, page_of
from policy_options.dossier.models.source import Source
from policy_options.memo.citing import Citer, reference, short_reference
from policy_options.memo.linking import addresses_linked
from policy_options.wording.citing import citation, place_of
from policy_options.wording.phrases import load_phrases
from support import SmallDossier

LANGUAGES = ("en", "zh", "ja", "ru")
DATE = {"date": "2025-06"}
SOURCES: dict[str, dict[str, Any]] = {
    "document": {
        **DATE,
        "author": "Port office",
        "number": "Report 12",
        "publisher": "Press",
        "doi": "10.1000/182",
        "pages": ["12-14", "iv"],
    },
    "web": {"address": "https://example.org/a_(b)", "read": "2026-03-01", "date": "2025", "section": "What happened"},
    "data": {"publisher": "Office", "date": "2024", "cell": "B2:C9"},
    "statute": {"number": "Act 12", "date": "1998", "section": "Article 5(1)"},
    "interview": {"who": "A captain", "consent": "unnamed", "date": "2026-02-11", "timestamp": "12:30-14:00"},
    "workshop": {"who": "Captains", "name": "Ann and Bob", "consent": "named", "date": "2026", "section": "3"},
}
PLACES = ("paragraphs", "pages", "table", "figure", "section", "cell", "timestamp")
ENGLISH = {
    "document": (
        "Port office, “Other”, Report 12, Press, June 2025, doi:10.1000/182.",
        "Port office (2025)",
        "pp. 12–14, iv",
    ),
    "web": ("“Other”, 2025, https://example.org/a_(b) (read 1 March 2026).", "“Other” (2025)", "“What happened”"),
    "data": ("“Other”, data set, Office, 2024.", "Office (2024)", "cells B2:C9"),
    "statute": ("Other, Act 12, 1998.", "Other (1998)", "Article 5(1)"),
    "interview": ("A captain, “Other”, interview, 11 February 2026.", "A captain (2026)", "at 12:30–14:00"),
    "workshop": ("Ann and Bob (Captains), “Other”, workshop, 2026.", "Ann and Bob (2026)", "section 3"),
}


def source_of(kind: str) -> Source:
    given = {key: value for key, value in SOURCES[kind].items() if key not in PLACES}
    claim = {key: value for key, value in SOURCES[kind].items() if key in PLACES}
    claims = [{"id": "said", "text": "x", **claim}]
    return Source.model_validate({"format": 1, "kind": kind, "title": "Other", **given, "claims": claims})


@pytest.mark.parametrize("kind", SOURCES)
def test_each_kind_in_english(kind: str) -> None:
    source, phrases = source_of(kind), load_phrases("en")
    shown = (
        reference(source, phrases),
        short_reference(source, phrases),
        place_of(source.claims[0], source.kind, phrases),
    )
    assert shown == ENGLISH[kind]


@pytest.mark.parametrize("language", LANGUAGES)
def test_addresses_are_links_to_their_last_character_in_every_language(language: str) -> None:
    phrases = load_phrases(language)
    markup = addresses_linked(reference(source_of("web"), phrases))
    assert '<a href="https://example.org/a_(b)">https://example.org/a_(b)</a>' in markup
    markup = addresses_linked(reference(source_of("document"), phrases))
    assert '<a href="https://doi.org/10.1000/182">doi:10.1000/182</a>' in markup


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_place_has_words_in_every_language(language: str) -> None:
    phrases = load_phrases(language)
    for kind, number in (("document", "4"), ("statute", "4")):
        claims = [
            {"id": "a", "text": "x", key: value}
            for key, value in (("table", "A4"), ("figure", "2"), ("section", number))
        ]
        source = Source.model_validate({"format": 1, "kind": kind, "title": "T", "claims": claims})
        shown = [place_of(claim, source.kind, phrases) for claim in source.claims]
        assert len(set(shown)) == 3
        assert all(value in place for value, place in zip(("A4", "2", number), shown, strict=True))


def test_a_footnote_and_the_annex_link_to_claims(small: SmallDossier) -> None:
    small.put(
        "options/evidence/report.yaml",
        "format: 1\nkind: document\ntitle: Table 3 and p. 4\naddress: https://example.org/p.4\nclaims:\n"
        "  - {id: one, pages: [4], text: First., quote: in words}\n  - {id: two, table: 3, text: Second.}\n",
    )
    cited = "evidence: [report/two, report/one, survey/distance]"
    small.edit("options/new-mole.yaml", "any weather.}", f"any weather., {cited}}}")
    small.edit("options/as-is.yaml", "crossings: 4", f"crossings: {{likely: 4, rationale: x, {cited}}}")
    dossier = small.load()
    phrases = load_phrases("en")
    footnote = Citer(dossier.contents, phrases).footnote(["report/two", "report/one", "survey/distance"])
    assert footnote is not None
    assert footnote.text == (
        "“Table 3 and p. 4”, https://example.org/p.4, table 3, p. 4. "
        "Harbour office, “Survey of the landings”, 2 November 2025, ¶1."
    )
    links = [(piece.text, piece.target) for piece in footnote.pieces if piece.target]
    assert links == [
        ("table 3", "#claim.report.two"),
        ("p. 4", "#claim.report.one"),
        ("¶1", "#claim.survey.distance"),
    ]
    assert citation(dossier.contents, ["report/one"], phrases) == "report p. 4"
    entries = {entry.anchor: entry for entry in content_of(dossier).dossier.sources}
    first, _ = entries["source.report"].claims
    assert (first.place, first.text, first.quote) == ("p. 4", "First.", "“in words”")
    page = page_of(dossier)
    assert '<a href="https://example.org/p.4"' in page
    assert "“in words”" in page
