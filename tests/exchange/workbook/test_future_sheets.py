"""The sheets of scenarios and packages: their numbers are those of the analysis, and import reads around them."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from languages import in_language
from package_dossiers import with_packages
from policy_options.api import Dossier
from policy_options.exchange.workbook.building import exported, workbook_sheets
from spreadsheets import loaded
from support import SmallDossier
from troubled import english_in


@pytest.fixture
def both(tmp_path: Path) -> SmallDossier:
    return with_packages(tmp_path / "harbour").with_scenarios()


def book_of(dossier: Dossier, weights: str | None = None) -> Any:
    return loaded(BytesIO(exported(dossier, weights)))


def table(sheet: Any, title: str) -> list[list[Any]]:
    """The rows below a title and its heading, up to an empty one."""
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    start = next(index for index, row in enumerate(rows) if row[0] == title) + 1
    body = rows[start:]
    end = next((index for index, row in enumerate(body) if not any(value is not None for value in row)), len(body))
    return [[value for value in row if value is not None] for row in body[:end]]


def test_scenarios_are_those_of_the_analysis(both: SmallDossier) -> None:
    dossier = both.load()
    sheet = book_of(dossier, "quick")["Scenarios"]
    found = dossier.scenarios("quick")
    heads, *rows = table(sheet, "Value in each scenario")
    assert heads == ["Option id", "Option", "As scored", "Another line calls", "Storms"]
    for id, _, *values in rows:
        at = found.option_ids.index(id)
        assert values == pytest.approx([float(found.rankings[name].lower[at]) for name in found.ids])
    *_, regrets = table(sheet, "What each option could cost in another future")
    assert regrets[-1] == pytest.approx(float(found.regret.largest.max()))
    heads, *rows = table(sheet, "Who is first in each scenario, under each weight set")
    assert {row[0]: row[2:] for row in rows} == {
        one.id: [", ".join(found.leaders.at(one.id, name)) for name in found.ids] for one in found.sets
    }


def test_an_unknown_score_is_both_ends(both: SmallDossier) -> None:
    both.edit("options/new-mole.yaml", "crossings: 16", "crossings: unknown")
    rows = table(book_of(both.load())["Scenarios"], "Value in each scenario")
    assert next(row for row in rows if row[0] == "new-mole")[2].startswith("20.0 to ")


def test_packages_are_those_of_the_analysis(both: SmallDossier) -> None:
    dossier = both.load()
    sheet = book_of(dossier, "quick")["Packages"]
    found = dossier.packages("quick")
    heads, *rows = table(sheet, "Best packages")
    assert heads == ["Package", "Rank", "Value", "Over baseline", "Behind the best", "Money (million)"]
    assert [row[0] for row in rows] == ["Build a mole", "Move to the east quay", "Leave the landing where it is alone"]
    assert [row[2] for row in rows] == pytest.approx([row.value for row in found.rows])
    _, *steps = table(sheet, "What more of a resource buys: Money")
    assert [row[1:] for row in steps] == [
        [float(step.use), pytest.approx(step.value)] for step in found.frontiers["money"].steps
    ]


def test_a_package_that_leaves_a_scale_is_said(both: SmallDossier) -> None:
    both.edit("criteria/criteria.yaml", "{rule: add, beyond: hold}", "{rule: add}")
    both.put(
        "criteria/packages.yaml", "format: 1\nresources: [{id: money, title: Money, unit: million, capacity: 20}]\n"
    )
    sheet = book_of(both.load())["Packages"]
    assert str(sheet["A4"].value).startswith("the package of `east-quay`, `new-mole` is at 22 on `crossings`")


@pytest.mark.parametrize(
    ("language", "names"), [("zh", "情景 组合"), ("ja", "シナリオ パッケージ"), ("ru", "Сценарии Пакеты")]
)
def test_they_speak_the_language_of_the_dossier(both: SmallDossier, language: str, names: str) -> None:
    in_language(both, language)
    dossier = both.load()
    sheets = {sheet.name: sheet for sheet in workbook_sheets(dossier)}
    for name in names.split():
        texts = [cell.value for cell in sheets[name].cells if isinstance(cell.value, str)]
        assert len(texts) > 20
        assert not [text for text in texts if english_in(text, dossier)]


def test_neither_is_there_without(small: SmallDossier) -> None:
    names = [sheet.name for sheet in workbook_sheets(small.load())]
    assert not {"Scenarios", "Packages"} & set(names)
