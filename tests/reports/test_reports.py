"""Properties of every report: titles, sections for any view, rows as wide as their columns, and a published form."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import jsonschema
import pytest

from policy_options import Dossier
from policy_options.diffing import diff_of_sets
from policy_options.exchange.published import json_text
from policy_options.reports.check import FindingsReport
from policy_options.reports.comparison import ComparisonReport
from policy_options.reports.cross_check import CrossCheckReport
from policy_options.reports.no_preferences import NoPreferencesReport
from policy_options.reports.option import OptionReport
from policy_options.reports.ranking import RankingReport, WhatIf
from policy_options.reports.rankings import RankingsReport
from policy_options.reports.report import Report, View
from policy_options.reports.robustness import RobustnessReport
from policy_options.reports.scenarios import ScenariosReport
from policy_options.reports.weight_set import WeightSetReport
from policy_options.reports.weight_sets import WeightSetsReport
from policy_options.shipped import shipped
from support import SmallDossier


def what_if(dossier: Dossier) -> RankingReport:
    assessment = dossier.assess(dossier.what_if(None, "crossings=40"))
    return RankingReport(
        dossier=dossier,
        assessment=assessment,
        what_if=WhatIf(("crossings=40",), None, dossier.rank()),
        by_criterion=True,
    )


def in_storms(report: type[Report], dossier: Dossier, **parts: Any) -> Report:
    return report(dossier=dossier.in_scenario("storms"), **parts)


REPORTS: dict[str, tuple[str, Callable[[Dossier], Report]]] = {
    "ranking": ("ranking", lambda d: RankingReport(dossier=d, assessment=d.assess())),
    "what-if": ("ranking", what_if),
    "option": ("option-result", lambda d: OptionReport(dossier=d, assessment=d.assess(), option="as-is")),
    "rankings": ("rankings", lambda d: RankingsReport(dossier=d, overview=d.overview())),
    "check": ("check", lambda d: FindingsReport(dossier=d, checked=d.check(), overview=d.overview())),
    "robustness": ("robustness", lambda d: RobustnessReport(dossier=d, robustness=d.robustness(samples=500))),
    "no-preferences": (
        "no-preferences",
        lambda d: NoPreferencesReport(dossier=d, shares=d.without_preferences(samples=500)),
    ),
    "cross-check": (
        "cross-check",
        lambda d: CrossCheckReport(dossier=d, found=d.cross_check(), diagnostics=d.spread_weights()[0]),
    ),
    "comparison": ("comparison", lambda d: ComparisonReport(dossier=d, diff=diff_of_sets(d, ("even", "quick")))),
    "scenarios": ("scenarios", lambda d: ScenariosReport(dossier=d, scenarios=d.scenarios())),
    "ranking-in-a-scenario": (
        "ranking",
        lambda d: in_storms(RankingReport, d, assessment=d.in_scenario("storms").assess()),
    ),
    "weight-set": ("weights", lambda d: WeightSetReport(dossier=d, weights="even")),
    "weight-sets": ("weight-sets", lambda d: WeightSetsReport(dossier=d, overview=d.overview())),
}


@pytest.fixture
def report(small: SmallDossier, request: pytest.FixtureRequest) -> Report:
    return REPORTS[request.param][1](small.with_scenarios().load())


@pytest.mark.parametrize("report", REPORTS, indirect=True)
def test_sections_for_any_view(report: Report) -> None:
    for view in (View(), View(narrow=True), View(drawn=True)):
        sections = report.sections(view)
        assert sections
        keys = [section.key for section in sections if section.key]
        assert len(keys) == len(set(keys))
        for section in sections:
            assert view.drawn or not section.figures
            assert section.notes or section.figures or (section.table and section.table.rows)
            for row in section.table.rows if section.table else ():
                assert section.table
                assert len(row) == len(section.table.columns)
            assert all(figure.svg.startswith("<svg") and figure.alternative for figure in section.figures)


@pytest.mark.parametrize("report", REPORTS, indirect=True)
def test_rows_are_for_machines(report: Report) -> None:
    rows = report.rows()
    keys = [column.key for column in rows.columns]
    assert len(keys) == len(set(keys))
    assert all(len(row) == len(keys) for row in rows.rows)


@pytest.mark.parametrize("name", REPORTS)
def test_the_form_is_the_published_one(small: SmallDossier, name: str) -> None:
    schema, make = REPORTS[name]
    form: Any = json.loads(json_text(make(small.with_scenarios().load()).form()))
    jsonschema.validate(form, json.loads((shipped("schemas") / f"{schema}.schema.json").read_text(encoding="utf-8")))


def test_nothing_is_computed_for_a_form_that_only_sentences_need(
    small: SmallDossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    dossier = small.load()
    report = RankingReport(dossier=dossier, assessment=dossier.assess())
    monkeypatch.setattr("policy_options.reports.report.load_phrases", lambda *_: pytest.fail("phrases were read"))
    assert report.form()["schema"].startswith("policy-options/ranking/")
