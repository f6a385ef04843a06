"""Options without arguments, and rationales that retract their citation."""

from __future__ import annotations

import pytest

from support import SmallDossier

QUAY = "options/east-quay.yaml"


def test_an_option_without_arguments_is_a_finding(small: SmallDossier) -> None:
    small.edit("options/new-mole.yaml", "for: [{text: Boats land in any weather.}]\n", "")
    (found,) = small.findings()
    assert (found.code, found.ids, found.place and found.place.file) == (
        "argument-missing",
        ("new-mole",),
        "options/new-mole.yaml",
    )
    assert found.message == "`new-mole` has no argument for it"
    assert found.remedy == "write for:, each a list of text with its evidence"
    small.edit("options/new-mole.yaml", "against: [{text: It takes six years' upkeep.}]\n", "")
    (found,) = small.findings()
    assert found.message == "`new-mole` has no argument for or against it"
    assert found.remedy == "write for: and against:, each a list of text with its evidence"


@pytest.mark.parametrize(
    "rationale",
    [
        "The survey is silent on this.",
        "The survey gives no figures.",
        "The survey does not treat this link.",
        "The survey says nothing about it",
        "There is no source.",
        "调查没有提及。",
        "調査は言及していない。",
        "Обзор об этом умалчивает.",
        "Обзор не приводит чисел.",
    ],
)
def test_a_rationale_that_takes_its_citation_back_is_a_finding(small: SmallDossier, rationale: str) -> None:
    small.edit(QUAY, "rationale: A shorter way.", f"rationale: {rationale}")
    (found,) = small.findings()
    assert (found.code, found.ids, str(found.place)) == (
        "cited-though-silent",
        ("east-quay", "crossings"),
        f"{QUAY}:10:76",
    )
    assert "cite nothing (evidence: none)" in found.remedy


@pytest.mark.parametrize("rationale", ["A silent ferry.", "It says that no boat is late.", "Nothing is nearer."])
def test_what_a_source_does_say_is_none(small: SmallDossier, rationale: str) -> None:
    small.edit(QUAY, "rationale: A shorter way.", f"rationale: {rationale}")
    assert small.findings() == ()


def test_a_silent_source_that_is_not_cited_is_none(small: SmallDossier) -> None:
    small.edit(QUAY, "rationale: No bids yet.", "rationale: The survey is silent on this.")
    assert small.findings() == ()
