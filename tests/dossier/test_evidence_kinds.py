"""Sources of every kind, the locations of claims, and the findings about them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policy_options.dossier.carried import carried_files
from policy_options.dossier.models.places import pages_in
from policy_options.dossier.without_names import contents_without_names
from support import SmallDossier

KIND = "options/evidence/other.yaml"
DECISION = "criteria/decision.yaml"
NEEDS = {
    "text": "paragraphs: {1: " + "0" * 64 + "}\n",
    "document": "",
    "web": "address: https://example.org/a\nread: 2026-03-01\n",
    "data": "",
    "statute": "",
    "interview": "who: A captain\nconsent: unnamed\ndate: 2026-02\n",
    "workshop": "who: Twelve captains\nconsent: unnamed\ndate: 2026\n",
}
PLACES = {
    "paragraphs": "[1]",
    "pages": "[1, 3-5, iv]",
    "table": "3",
    "figure": "A4",
    "section": '"4.10"',
    "cell": "Prices!B2:C9",
    "timestamp": '"12:30-14:00"',
}
FITTING = {
    "text": {"paragraphs", "section", "table", "figure"},
    "document": {"paragraphs", "pages", "section", "table", "figure"},
    "web": {"paragraphs", "section", "table", "figure", "timestamp"},
    "data": {"table", "cell"},
    "statute": {"section", "paragraphs", "pages", "table"},
    "interview": {"timestamp", "section", "pages", "paragraphs"},
    "workshop": {"timestamp", "section", "pages", "paragraphs"},
}


def put(small: SmallDossier, kind: str, claim: str = "", more: str = "") -> None:
    claims = f"claims:\n  - {{id: said, {claim}, text: x}}\n" if claim else ""
    small.put(KIND, f"format: 1\nkind: {kind}\ntitle: Other\n{NEEDS[kind]}{more}{claims}")


@pytest.mark.parametrize("kind", NEEDS)
@pytest.mark.parametrize("place", PLACES)
def test_a_place_fits_its_kind_of_source(small: SmallDossier, kind: str, place: str) -> None:
    put(small, kind, f"{place}: {PLACES[place]}")
    if place in FITTING[kind]:
        assert small.faults() == ()
        return
    fault = small.fault()
    assert (fault.code, fault.ids) == ("locator-of-another-kind", ("other", "said"))
    assert f"not located by `{place}`" in fault.message
    assert all(fitting in fault.remedy for fitting in FITTING[kind])


@pytest.mark.parametrize("kind", [kind for kind in NEEDS if NEEDS[kind]])
def test_a_kind_without_what_it_needs_is_refused(small: SmallDossier, kind: str) -> None:
    for needed in NEEDS[kind].splitlines():
        put(small, kind)
        small.edit(KIND, f"{needed}\n", "")
        fault = small.fault()
        assert (fault.code, fault.ids) == ("key-missing", (needed.partition(":")[0],))
        assert fault.remedy.startswith(f"write {fault.ids[0]}:")


@pytest.mark.parametrize(
    ("kind", "key", "value"),
    [
        ("interview", "author", "Ann"),
        ("interview", "address", "https://example.org/a"),
        ("workshop", "publisher", "Press"),
        ("statute", "doi", "10.1000/182"),
        ("document", "who", "A captain"),
        ("text", "consent", "unnamed"),
    ],
)
def test_a_key_of_another_kind_is_refused(small: SmallDossier, kind: str, key: str, value: str) -> None:
    put(small, kind, more=f"{key}: {value}\n")
    fault = small.fault()
    assert (fault.code, fault.ids) == ("key-of-another-kind", ("other", key))
    assert f"has no `{key}`" in fault.message
    assert "another kind" in fault.remedy


@pytest.mark.parametrize(
    ("given", "code", "said"),
    [
        ("quote: y", "locator-missing", "does not say where"),
        ("table: 1, figure: 2", "locator-twice", "in 2 ways: table, figure"),
        ("pages: [14-12]", "page", "these are not pages"),
        ("pages: [iiii]", "page", "these are not pages"),
        ("pages: [iv-9]", "page", "these are not pages"),
        ("pages: [1-5000]", "page", "these are not pages"),
        ("pages: [0]", "page", "these are not pages"),
        ("pages: []", "too-short", "the list is too short"),
        ("table: Table 3", "label", "by its number alone"),
        ("figure: fig.3", "label", "by its number alone"),
        ("cell: B", "cell", "not a cell"),
        ("cell: XFE1", "cell", "not a cell"),
        ("cell: A1048577", "cell", "not a cell"),
        ('timestamp: "12:75"', "timestamp", "not a time"),
        ('timestamp: "1:75:00"', "timestamp", "not a time"),
        ('timestamp: "14:00-12:00"', "timestamp", "not a time"),
        ("section: 1, quote: " + "y" * 201, "string-too-long", "more than 200 characters"),
    ],
)
def test_places_have_a_form(small: SmallDossier, given: str, code: str, said: str) -> None:
    put(small, "document", given)
    fault = small.fault()
    assert fault.code == code
    assert said in fault.message
    assert fault.remedy
    assert fault.place is not None and fault.place.file == KIND


@pytest.mark.parametrize(
    "address", ["ftp://a.org", "https://u:p@a.org/", "https://a.org/x y", "https://a.org/x.", "a.org"]
)
def test_an_address_is_one_that_can_be_linked(small: SmallDossier, address: str) -> None:
    put(small, "document", more=f'address: "{address}"\n')
    assert small.fault().code == "address"


@pytest.mark.parametrize("doi", ["https://doi.org/10.1000/182", "11.1000/182", "10.1000/18 2"])
def test_a_doi_begins_with_10(small: SmallDossier, doi: str) -> None:
    put(small, "document", more=f'doi: "{doi}"\n')
    assert small.fault().code == "doi"


@pytest.mark.parametrize("day", ["2025", "2025-11", "2025-11-02"])
def test_a_date_may_be_a_year_or_a_month(small: SmallDossier, day: str) -> None:
    put(small, "document", more=f"date: {day}\n")
    assert small.load().contents.sources["other"].model.date == day


@pytest.mark.parametrize("day", ["2025-13", "2025-02-30", "2025-1", "25", "20251", "spring"])
def test_other_dates_are_refused(small: SmallDossier, day: str) -> None:
    put(small, "document", more=f"date: {day}\n")
    assert (small.fault().code, small.fault().remedy) == ("date", "write it as 2026-02-24, 2026-02 or 2026")


def test_pages_are_among_those_with_fingerprints_where_there_are_any(small: SmallDossier) -> None:
    put(small, "document", "pages: [3-8]")
    assert small.faults() == ()
    put(small, "document", "pages: [3-8]", f"pages: {{3: {'0' * 64}}}\n")
    fault = small.fault()
    assert (fault.code, fault.ids[0]) == ("unknown-page", "other")
    assert "page 4, 5, 6 and 2 more has no fingerprint" in fault.message
    put(small, "document", more=f"pages: {{page-3: {'0' * 64}}}\n")
    assert small.fault().code == "page"


@settings(derandomize=True, max_examples=60, deadline=None)
@given(first=st.integers(1, 3_000), length=st.integers(0, 50))
def test_a_range_is_its_pages(first: int, length: int) -> None:
    pages = list(pages_in(f"{first}-{first + length}" if length else str(first)))
    assert pages == [str(number) for number in range(first, first + length + 1)]


def test_roman_pages() -> None:
    assert list(pages_in("viii-xi")) == ["viii", "ix", "x", "xi"]


# --- interviews ---


def test_a_name_without_consent_is_refused_and_not_repeated(small: SmallDossier) -> None:
    for consent in ("unnamed", "perhaps"):
        put(small, "interview", more="name: Ann Secret\n")
        small.edit(KIND, "consent: unnamed", f"consent: {consent}")
        faults = small.faults()
        assert "name-without-consent" in {fault.code for fault in faults}
        assert not any("Ann" in fault.message + fault.remedy + " ".join(fault.ids) for fault in faults)


def test_no_name_is_in_a_public_dossier_even_with_consent(small: SmallDossier) -> None:
    text = "format: 1\nkind: {}\ntitle: Talk\nwho: A captain\nconsent: {}\ndate: 2026\n{}claims:\n"
    claim = "  - {id: late, section: 3, text: Late.}\n"
    small.put("options/evidence/ann-secret.yaml", text.format("interview", "named", "name: Ann Secret\n") + claim)
    small.put("options/evidence/interview-2.yaml", text.format("workshop", "unnamed", "") + claim)
    small.edit(
        "options/as-is.yaml", "crossings: 4", "crossings: {likely: 4, evidence: [ann-secret/late, survey/distance]}"
    )
    small.edit("options/new-mole.yaml", "any weather.}", "any weather., evidence: [interview-2/late]}")
    with (small.root / DECISION).open("a", encoding="utf-8") as file:
        file.write("why-now: [{text: x, evidence: [ann-secret/late]}]\n")
        file.write("acknowledged: [{finding: one-source, about: [ann-secret], because: A test.}]\n")
    words = {"participant": "P", "scorer": "S"}
    once = contents_without_names(small.load().contents, **words)
    carried = json.dumps(carried_files(once))
    assert "Ann" not in carried and "ann-secret" not in carried
    assert set(once.sources) == {"survey", "interview-1", "interview-2"}
    assert once.options["as-is"].model.scores["crossings"].evidence == ("interview-2/late", "survey/distance")
    assert once.sources["interview-2"].model.who == "A captain"
    assert once.decision.model.acknowledged[0].about == ("interview-2",)
    assert carried_files(contents_without_names(once, **words)) == carried_files(once)


# --- findings ---


def test_a_claim_that_nothing_cites(small: SmallDossier) -> None:
    put(small, "document", "section: 1")
    (finding,) = small.findings()
    assert (finding.code, finding.ids, str(finding.place)) == ("claim-unused", ("other", "said"), f"{KIND}:5:10")
    assert "nothing cites the claim `other/said`" in finding.message
    small.edit("options/new-mole.yaml", "any weather.}", "any weather., evidence: [other/said]}")
    assert small.findings() == ()


def test_one_source_behind_more_than_half_of_the_scores(small: SmallDossier) -> None:
    put(small, "document", "section: 1")
    cites = "rationale: x, evidence: [survey/distance]"
    small.edit("options/as-is.yaml", "crossings: 4", f"crossings: {{likely: 4, {cites}}}")
    small.edit("options/as-is.yaml", "outlay: small", f"outlay: {{likely: small, {cites}}}")
    small.edit("options/new-mole.yaml", "waiting: 12", "waiting: {likely: 12, rationale: x, evidence: [other/said]}")
    (finding,) = small.findings()
    assert (finding.code, finding.ids) == ("one-source", ("survey",))
    assert "3 of the 4 scores that cite anything cite `survey` and no other source" in finding.message
    small.edit("options/as-is.yaml", "[survey/distance]", "[survey/distance, other/said]")
    assert small.findings() == ()


def test_few_scores_with_evidence_say_nothing_about_their_source(small: SmallDossier) -> None:
    assert small.findings() == ()  # one score cites the survey


# --- quotations ---


@pytest.mark.parametrize(
    ("quotation", "found"),
    [
        ("two miles nearer to the islands than the old", True),
        ("east quay … the old landing", True),
        ("the old landing … east quay", False),
        ("two miles farther", False),
        ("Storms from the east", False),  # which is another paragraph than the cited one
        ("…", False),
    ],
)
def test_a_quotation_is_looked_for_where_the_claim_says(
    small: SmallDossier, tmp_path: Path, quotation: str, found: bool
) -> None:
    from support import SOURCE_TEXT

    (tmp_path / "survey.txt").write_text(SOURCE_TEXT, encoding="utf-8")
    small.edit("options/evidence/survey.yaml", "    text: From", f"    quote: {quotation}\n    text: From")
    citations = small.load().check(tmp_path).citations
    assert citations is not None
    assert (citations.quotes, citations.quotes_found) == (1, int(found))
    assert [(finding.code, finding.ids) for finding in citations.findings] == (
        [] if found else [("quote-not-found", ("survey", "distance"))]
    )
