"""Titles that readers cannot distinguish."""

from __future__ import annotations

import unicodedata

import pytest

from policy_options.dossier.checking.titles import skeleton
from support import OPTIONS, SmallDossier


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("East quay", "EAST QUAY"),
        ("Straße", "STRASSE"),
        ("Café", unicodedata.normalize("NFD", "Café")),
        ("Ångström", "A\u030angstro\u0308m"),
        ("ﬁsh", "fish"),
        ("１２", "12"),
        ("East quay", "East  quay"),
        ("East quay", "East\u00a0quay"),
        ("East quay", "East\u2003quay"),
        ("East quay", "East\u200b quay"),
        ("East quay", "Ea\u00adst quay"),
        ("East quay", "East\u2060 qu\u200day"),
        ("East quay", "\ufeffEast quay"),
        ("East quay", "East quay\ufe0f"),
        ("East quay", "Еаst quау"),
        ("cost", "соѕt"),
        ("PORT", "РОRТ"),
        ("Alpha", "Αlpha"),
        ("Tokyo", "Τοkyο"),
        ("Harbour", "Ηarbour"),
        ("North", "Νorth"),
        ("Yard", "Υard"),
        ("Mole", "Μole"),
        ("Zone", "Ζone"),
        ("BONE", "ВОНЕ".replace("Н", "N")),
        ("Plan B", "Рlan В"),
        ("HOME", "НОМЕ"),
        ("Plan l", "Plan 1"),
        ("Plan O", "Plan 0"),
    ],
)
def test_titles_that_look_alike(one: str, other: str) -> None:
    assert one != other
    assert skeleton(one) == skeleton(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("East quay", "West quay"),
        ("Plan A", "Plan B"),
        ("Plan 2", "Plan 3"),
        ("Eastquay", "East quay"),
        ("Порт", "Порог"),
        ("日本", "日木"),
        ("Café", "Cafe"),
        ("1 pier", "2 piers"),
        ("Λ", "Δ"),
    ],
)
def test_titles_that_do_not(one: str, other: str) -> None:
    assert skeleton(one) != skeleton(other)


@pytest.mark.parametrize("title", ["Move to the east QUAY", "Move to the еast quay", "Move to the east\u00a0quay"])
def test_options_that_look_alike_are_a_finding(small: SmallDossier, title: str) -> None:
    small.edit("options/new-mole.yaml", "Build a mole", title)
    (finding,) = small.findings()
    assert (finding.code, finding.severity, finding.ids) == ("titles-look-alike", "finding", ("east-quay", "new-mole"))
    assert str(finding.place) == "options/new-mole.yaml:2:8"
    assert "the titles of the options `east-quay` and `new-mole` look alike" in finding.message
    assert "sets it apart" in finding.remedy


def test_criteria_and_groups_that_look_alike_are_a_finding(small: SmallDossier) -> None:
    small.edit("criteria/criteria.yaml", "title: Outlay", "title: service")
    (finding,) = small.findings()
    assert set(finding.ids) == {"service", "outlay"}
    assert finding.place is not None
    assert finding.place.file == "criteria/criteria.yaml"
    assert (finding.place.line, finding.place.column) in {(4, 12), (25, 16)}


def test_weight_sets_that_look_alike_are_a_finding(small: SmallDossier) -> None:
    small.edit("criteria/weights/quick.yaml", "title: Quick", "title: even")
    (finding,) = small.findings()
    assert finding.ids == ("even", "quick")
    assert str(finding.place) == "criteria/weights/quick.yaml:2:8"


def test_many_look_alikes_are_one_short_finding(small: SmallDossier) -> None:
    for n in range(300):
        small.put(f"options/plan-{n}.yaml", OPTIONS["new-mole"])
    (finding,) = small.findings()
    assert len(finding.ids) == 301
    assert len(finding.message) < 1_000


@pytest.mark.parametrize("short", ["Move to the east quay", "move to the EAST quay", "Easт"])
def test_a_short_title_of_another_option_is_a_finding(small: SmallDossier, short: str) -> None:
    small.edit("options/east-quay.yaml", "title: Move to the east quay", "title: Move to the east quay\nshort: East")
    small.edit("options/new-mole.yaml", "format: 1", f"format: 1\nshort: {short}")
    (finding,) = small.findings()
    assert (finding.code, set(finding.ids)) == ("titles-look-alike", {"east-quay", "new-mole"})
    assert finding.message.endswith("have a title or short title in common")
    assert finding.remedy == "say in each short title what sets it apart"
    assert str(finding.place) in ("options/new-mole.yaml:2:8", "options/east-quay.yaml:3:8")


def test_short_titles_of_criteria_and_scenarios_that_look_alike_are_findings(small: SmallDossier) -> None:
    small.with_scenarios()
    small.edit("criteria/criteria.yaml", "title: Outlay", "title: Outlay\n        short: waiting")
    small.edit(
        "criteria/scenarios/rivals.yaml", "title: Another line calls", "title: Another line calls\nshort: storms"
    )
    found = [finding for finding in small.findings() if finding.code == "titles-look-alike"]
    assert [set(finding.ids) for finding in found] == [{"outlay", "waiting"}, {"storms", "rivals"}]


def test_a_short_title_that_is_the_title_of_the_same_option_is_none(small: SmallDossier) -> None:
    small.edit("options/new-mole.yaml", "title: Build a mole", "title: Build a mole\nshort: Build a mole")
    assert small.findings() == ()


def test_many_short_titles_in_common_are_one_finding(small: SmallDossier) -> None:
    for n in range(300):
        small.put(f"options/plan-{n}.yaml", OPTIONS["new-mole"].replace("title: ", f"short: Plan\ntitle: {n} "))
    (finding,) = small.findings()
    assert len(finding.ids) == 300
