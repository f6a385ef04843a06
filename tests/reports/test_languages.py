"""No report contains English if the dossier is in another language, whatever is wrong with its weights and scores."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import pytest

from languages import LANGUAGES, in_language
from policy_options import Dossier
from policy_options.diffing import diff_of_sets
from policy_options.dossier.ranges import changes_since
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
from policy_options.wording.phrases import load_phrases
from policy_options.wording.weight_sets import change_words
from support import SmallDossier
from troubled import ENGLISH, STORMS, english_in, troubled

FOREIGN = [language for language in LANGUAGES if language != "en"]


def reports_of(dossier: Dossier) -> Iterator[Report]:
    what_if = WhatIf(("crossings=40",), "outlay", dossier.rank())
    assessment = dossier.assess()
    yield RankingReport(dossier=dossier, assessment=assessment, by_criterion=True)
    yield RankingReport(dossier=dossier, assessment=assessment, what_if=what_if)
    yield OptionReport(dossier=dossier, assessment=assessment, option="as-is")
    yield RankingsReport(dossier=dossier, overview=dossier.overview())
    yield FindingsReport(dossier=dossier, checked=dossier.check(), overview=dossier.overview())
    yield RobustnessReport(dossier=dossier, robustness=dossier.robustness(samples=300), full=True)
    yield NoPreferencesReport(dossier=dossier, shares=dossier.without_preferences(samples=300))
    yield CrossCheckReport(dossier=dossier, found=dossier.cross_check())
    yield CrossCheckReport(dossier=dossier, found=dossier.cross_check("quick", ["electre-3", "maximin"]), full=True)
    yield ComparisonReport(dossier=dossier, diff=diff_of_sets(dossier, ("even", "quick")))
    yield ComparisonReport(dossier=dossier, diff=diff_of_sets(dossier, dossier.weight_sets))
    for name in dossier.contents.weight_sets:
        yield WeightSetReport(dossier=dossier, weights=name)
    yield WeightSetsReport(dossier=dossier, overview=dossier.overview(), unfinished=("x",))
    yield ScenariosReport(dossier=dossier, scenarios=dossier.scenarios())
    yield RankingReport(dossier=dossier.in_scenario("storms"), assessment=dossier.in_scenario("storms").assess())


def texts_of(report: Report) -> Iterator[str]:
    yield report.title()
    for view in (View(), View(narrow=True, drawn=True)):
        for section in report.sections(view):
            yield from (section.title, *section.notes)
            for figure in section.figures:
                yield from (figure.title, figure.alternative)
            if section.table:
                yield from (column.heading for column in section.table.columns)
                yield from section.table.legend
                yield from (cell for row in section.table.rows for cell in row if isinstance(cell, str))


def foreign_texts(dossier: Dossier, reports: Iterable[Report]) -> int:
    """How many texts were looked at, none of which is English beyond what the dossier itself says."""
    checked = 0
    for report in reports:
        for text in texts_of(report):
            assert not english_in(text, dossier), text
            checked += 1
    return checked


@pytest.mark.parametrize("language", FOREIGN)
def test_no_report_says_anything_in_english(small: SmallDossier, language: str) -> None:
    dossier = troubled(small, language).load()
    assert foreign_texts(dossier, reports_of(dossier)) > 200


@pytest.mark.parametrize("language", FOREIGN)
def test_no_scenario_is_in_english(small: SmallDossier, language: str) -> None:
    in_language(small, language)
    title = load_phrases(language).say("unknown")
    storms = STORMS.format(title=title)
    small.put("criteria/scenarios/storms.yaml", storms)
    small.put(
        "criteria/scenarios/calm.yaml", storms.replace("crossings: 2", "crossings: 14").partition("likelihood")[0]
    )
    judged = small.load()
    small.put("criteria/scenarios/storms.yaml", re.sub("likelihood.*\n", "", storms))
    free = small.load()
    reports = [
        ScenariosReport(dossier=one, scenarios=one.scenarios(name))
        for one in (judged, free)
        for name in ("even", "quick")
    ]
    assert foreign_texts(judged, reports) > 100


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_change_of_a_range_has_words(small: SmallDossier, language: str) -> None:
    dossier = troubled(small, language).load()
    phrases = load_phrases(language)
    changes = changes_since(dossier.contents, "stale")
    assert {change.aspect for change in changes} >= {
        "criterion",
        "path",
        "unit",
        "direction",
        "low",
        "high",
        "local",
        "ends",
    }
    words = [change_words(change, phrases) for change in changes]
    assert len(set(words)) == len(words)
    for change, text in zip(changes, words, strict=True):
        rest = text.replace(change.before, "…").replace(change.now, "…").replace(change.criterion, "…")
        assert language == "en" or not ENGLISH.search(rest), text
