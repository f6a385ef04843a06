"""Findings that the decision accepts, with a reason, and acknowledgements without a finding."""

from __future__ import annotations

from pathlib import Path

from support import DECISION, SOURCE_TEXT, SmallDossier

D = "criteria/decision.yaml"


def acknowledge(small: SmallDossier, *entries: str) -> None:
    text = (small.root / D).read_text(encoding="utf-8")
    small.put(D, text + "acknowledged:\n" + "".join(f"  - {{{entry}}}\n" for entry in entries))


def look_alike(small: SmallDossier) -> None:
    small.edit("options/new-mole.yaml", "Build a mole", "Move to the EAST quay")


def test_a_finding_is_acknowledged_with_a_reason(small: SmallDossier) -> None:
    look_alike(small)
    acknowledge(small, "finding: titles-look-alike, about: [east-quay, new-mole], because: They are the same place.")
    report = small.load().check()
    assert report.findings == ()
    ((finding, reason),) = report.acknowledged
    assert finding.code == "titles-look-alike"
    assert reason == "They are the same place."


def test_an_acknowledgement_needs_a_reason(small: SmallDossier) -> None:
    look_alike(small)
    acknowledge(small, "finding: titles-look-alike")
    fault = small.fault()
    assert (fault.code, str(fault.place)) == ("key-missing", f"{D}:14:5")
    assert "`because` is missing" in fault.message


def test_one_id_is_enough_and_none_means_all_of_the_kind(small: SmallDossier) -> None:
    look_alike(small)
    acknowledge(small, "finding: titles-look-alike, about: [new-mole], because: x")
    assert small.findings() == ()
    small.edit(D, "about: [new-mole], ", "")
    small.edit("criteria/weights/quick.yaml", "title: Quick", "title: Even")
    report = small.load().check()
    assert report.findings == ()
    assert len(report.acknowledged) == 2


def test_another_finding_of_the_same_kind_stays_open(small: SmallDossier) -> None:
    look_alike(small)
    small.edit("criteria/weights/quick.yaml", "title: Quick", "title: Even")
    acknowledge(small, "finding: titles-look-alike, about: [new-mole], because: x")
    (finding,) = small.findings()
    assert finding.ids == ("even", "quick")


def test_an_acknowledgement_that_meets_nothing_is_a_finding(small: SmallDossier) -> None:
    acknowledge(small, "finding: titles-look-alike, about: [new-mole], because: x")
    (finding,) = small.findings()
    assert (finding.code, finding.severity, str(finding.place)) == ("acknowledged-nothing", "finding", f"{D}:14:5")
    assert "`titles-look-alike` meets no finding" in finding.message
    assert finding.remedy == "delete it"


def test_an_error_cannot_be_acknowledged(small: SmallDossier) -> None:
    small.edit("options/as-is.yaml", "crossings: 4", "crossings: 40")
    acknowledge(small, "finding: score-off-scale, about: [as-is], because: x")
    assert small.fault().code == "score-off-scale"


def test_citations_are_met_only_where_they_are_compared(small: SmallDossier, tmp_path: Path) -> None:
    acknowledge(small, "finding: citation-mismatch, about: [survey], because: The survey was reprinted.")
    assert small.findings() == ()
    texts = tmp_path / "texts"
    texts.mkdir()
    (texts / "survey.txt").write_text(SOURCE_TEXT.replace("nine", "ten"), encoding="utf-8")
    report = small.load().check(texts)
    assert report.findings == ()
    assert [reason for _, reason in report.acknowledged] == ["The survey was reprinted."]
    (texts / "survey.txt").write_text(SOURCE_TEXT, encoding="utf-8")
    assert [finding.code for finding in small.findings(texts)] == ["acknowledged-nothing"]


def test_a_citation_whose_text_is_not_at_hand_is_not_called_in_order(small: SmallDossier, tmp_path: Path) -> None:
    acknowledge(small, "finding: citation-mismatch, about: [survey], because: The survey was reprinted.")
    texts = tmp_path / "texts"
    texts.mkdir()
    assert small.findings(texts) == (), "survey.txt is not there, so nothing says that the acknowledgement is idle"


def test_two_acknowledgements_of_one_finding_are_both_met(small: SmallDossier) -> None:
    look_alike(small)
    acknowledge(
        small,
        "finding: titles-look-alike, because: all of them",
        "finding: titles-look-alike, about: [new-mole], because: this one",
    )
    assert [f.message for f in small.findings() if "meets no finding" in f.message] == []


def test_a_finding_code_that_does_not_exist_is_told_with_a_suggestion(small: SmallDossier) -> None:
    acknowledge(small, "finding: titles-look-alik, because: x")
    told = small.faults() or small.findings()
    assert len(told) == 1
    assert "titles-look-alike" in told[0].remedy


def test_what_is_about_is_text(small: SmallDossier) -> None:
    acknowledge(small, "finding: citation-mismatch, about: [survey, 2], because: x")
    fault = small.fault()
    assert (fault.code, str(fault.place)) == ("string-type", f"{D}:14:50")
    assert "quotes" in fault.remedy
    assert DECISION in (small.root / D).read_text(encoding="utf-8")
