"""What the models themselves accept and refuse: scores, evidence, sources, and defaults."""

from __future__ import annotations

from datetime import date

import pytest

from policy_options.errors import Fault
from support import SmallDossier

D, C = "criteria/decision.yaml", "criteria/criteria.yaml"
AS_IS = "options/as-is.yaml"
S = "options/evidence/survey.yaml"


def where(fault: Fault) -> str:
    return str(fault.place)


def test_a_bare_score_is_a_certain_one(small: SmallDossier) -> None:
    score = small.load().contents.options["as-is"].model.scores["crossings"]
    assert (score.low, score.likely, score.high) == (None, 4.0, None)
    assert not score.unknown
    assert not score.supported


def test_a_whole_score_keeps_all_that_is_written(small: SmallDossier) -> None:
    small.edit(
        AS_IS,
        "crossings: 4",
        "crossings: {low: 3, likely: 4, high: 5, confidence: low, rationale: Why., evidence: [survey/distance], scorer: Ann,"
        " date: 2026-02-01, reviewer: Bo, scorers: [{scorer: Ann, likely: 4}, {scorer: Cy, low: 2, likely: 3, high: 6,"
        " date: 2026-01-31}]}",
    )
    score = small.load().contents.options["as-is"].model.scores["crossings"]
    assert (score.low, score.likely, score.high, score.confidence) == (3.0, 4.0, 5.0, "low")
    assert score.evidence == ("survey/distance",)
    assert (score.scorer, score.date, score.reviewer) == ("Ann", date(2026, 2, 1), "Bo")
    assert [(view.scorer, view.low, view.likely) for view in score.scorers] == [("Ann", None, 4.0), ("Cy", 2.0, 3.0)]
    assert score.supported


@pytest.mark.parametrize(
    "written", ["unknown", "'unknown'", "{likely: unknown}", "{likely: unknown, rationale: No data.}"]
)
def test_an_unknown_score(small: SmallDossier, written: str) -> None:
    small.edit(AS_IS, "crossings: 4", f"crossings: {written}")
    dossier = small.load()
    assert dossier.contents.options["as-is"].model.scores["crossings"].unknown
    assert dossier.check().unknown == 1


def test_an_unknown_score_has_no_bounds(small: SmallDossier) -> None:
    small.edit(AS_IS, "crossings: 4", "crossings: {low: 1, likely: unknown, high: 3}")
    fault = small.fault()
    assert (fault.code, where(fault)) == ("unknown-with-bounds", f"{AS_IS}:4:14")
    assert "no low or high" in fault.message
    assert "delete them" in fault.remedy


@pytest.mark.parametrize("bounds", ["low: 1, likely: 2", "likely: 2, high: 3"])
def test_low_and_high_stand_together(small: SmallDossier, bounds: str) -> None:
    small.edit(AS_IS, "crossings: 4", f"crossings: {{{bounds}}}")
    fault = small.fault()
    assert (fault.code, where(fault)) == ("half-a-range", f"{AS_IS}:4:14")
    assert "low and high come together" in fault.message
    assert fault.remedy == "write both"


@pytest.mark.parametrize(
    ("view", "code"),
    [("likely: 2, low: 1", "half-a-range"), ("likely: unknown, low: 1, high: 2", "unknown-with-bounds")],
)
def test_what_one_of_several_scorers_said_is_held_to_the_same_rules(small: SmallDossier, view: str, code: str) -> None:
    small.edit(AS_IS, "crossings: 4", f"crossings: {{likely: 4, scorers: [{{scorer: Ann, {view}}}]}}")
    fault = small.fault()
    assert (fault.code, where(fault)) == (code, f"{AS_IS}:4:36")


@pytest.mark.parametrize("blank", ["{low: , likely: 2, high: }", "{low: 1, likely: 2, high: }"])
def test_a_bound_left_blank_is_no_certainty(small: SmallDossier, blank: str) -> None:
    small.edit(AS_IS, "crossings: 4", f"crossings: {blank}")
    assert small.faults(), "low: and high: with nothing behind them were taken for a score without doubt"


def test_no_evidence_needs_a_reason(small: SmallDossier) -> None:
    small.edit(AS_IS, "crossings: 4", "crossings: {likely: 4, evidence: none}")
    fault = small.fault()
    assert (fault.code, where(fault)) == ("no-reason", f"{AS_IS}:4:14")
    assert "without a reason" in fault.message
    assert "rationale" in fault.remedy


def test_no_evidence_with_a_reason_is_counted_and_no_finding(small: SmallDossier) -> None:
    small.edit(AS_IS, "crossings: 4", "crossings: {likely: 4, evidence: none, rationale: Nobody counted.}")
    report = small.load().check()
    assert report.findings == ()
    assert (report.scores, report.unsupported, report.unknown) == (9, 8, 0)
    small.edit(AS_IS, "waiting: {low: 30, likely: 40, high: 50}", "waiting: {likely: 40, evidence: [survey/distance]}")
    assert small.load().check().unsupported == 7


@pytest.mark.parametrize(
    ("written", "code", "place", "words", "remedy"),
    [
        ("survey/distance", "evidence", "4:36", "a list of claims, or none", "[source/claim]"),
        ("None", "evidence", "4:36", "a list of claims, or none", "none"),
        ("[survey]", "claim-reference", "4:37", "`survey` does not say which source", "source/claim"),
        ("[none]", "claim-reference", "4:37", "`none` does not say", "source/claim"),
        ("[Survey/distance]", "id", "4:37", "`Survey` is not an id", "survey"),
        ("[survey/a/b]", "id", "4:37", "`a/b` is not an id", "a-b"),
        ("[survey/]", "id", "4:37", "is not an id", "write"),
        ("[3]", "string-type", "4:37", "number 3", "quotes"),
        ("3", "tuple-type", "4:36", "number 3", "- "),
        ("{survey: distance}", "tuple-type", "4:36", "a mapping", "- "),
    ],
)
def test_evidence_that_is_none(
    small: SmallDossier, written: str, code: str, place: str, words: str, remedy: str
) -> None:
    small.edit(AS_IS, "crossings: 4", f"crossings: {{likely: 4, evidence: {written}}}")
    fault = small.fault()
    assert (fault.code, where(fault)) == (code, f"{AS_IS}:{place}")
    assert words in fault.message
    assert remedy in fault.remedy


def test_an_empty_list_is_not_the_word_none(small: SmallDossier) -> None:
    small.edit(AS_IS, "crossings: 4", "crossings: {likely: 4, evidence: [], rationale: x}")
    assert where(small.fault()) == f"{AS_IS}:4:36", "the JSON schema refuses an empty list, and so must the model"


@pytest.mark.parametrize(
    ("old", "new", "code", "place", "words"),
    [
        ("  1: ", "  01: ", "paragraph-number", "6:3", "named by its number"),
        ("  1: ", "  0: ", "paragraph-number", "6:3", "named by its number"),
        ("  1: ", "  first: ", "paragraph-number", "6:3", "named by its number"),
        ("  1: ", "  1.0: ", "paragraph-number", "6:3", "named by its number"),
        ("  1: ", "  1: A", "fingerprint", "6:6", "64 small hexadecimal digits"),
    ],
)
def test_paragraphs_and_fingerprints(
    small: SmallDossier, old: str, new: str, code: str, place: str, words: str
) -> None:
    small.edit(S, old, new)
    fault = small.faults()[0]
    assert (fault.code, where(fault)) == (code, f"{S}:{place}")
    assert words in fault.message
    assert fault.remedy


def test_claims_cite_paragraphs_by_number(small: SmallDossier) -> None:
    small.edit(S, "paragraphs: [1]", "paragraphs: []")
    fault = small.fault()
    assert (fault.code, where(fault)) == ("too-short", f"{S}:10:17")
    small.edit(S, "paragraphs: []", "paragraphs: ['1']")
    fault = small.fault()
    assert where(fault) == f"{S}:10:18"
    assert "whole number" in fault.message


def test_the_decision_states_standpoint_horizon_and_delivery(small: SmallDossier) -> None:
    decision = small.load().contents.decision.model
    assert decision.standpoint == "The islands' council"
    assert decision.horizon == "Summer of 2030"
    assert decision.scores_assume_delivery is True
    assert (decision.language, decision.seed, decision.thresholds.too_close_to_call) == ("en", 0, 2.0)


def test_models_are_frozen(small: SmallDossier) -> None:
    decision = small.load().contents.decision.model
    with pytest.raises(ValueError, match="frozen"):
        decision.owner = "Another"  # type: ignore[misc]


def test_text_is_kept_as_it_is_written(small: SmallDossier) -> None:
    small.edit(AS_IS, "Leave the landing where it is", "'  <b>{{ x }}</b> =1+1 [red]x[/red] ΑΒ  '")
    assert small.load().contents.options["as-is"].model.title == "<b>{{ x }}</b> =1+1 [red]x[/red] ΑΒ"
