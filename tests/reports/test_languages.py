"""No report contains English if the dossier is in another language, whatever is wrong with its weights and scores."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from languages import LANGUAGES, in_language
from policy_options import Dossier
from policy_options.analysis.crosscheck.methods import METHODS
from policy_options.diffing import diff_of_sets
from policy_options.dossier.carried import carried_files
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
from policy_options.reports.weight_set import WeightSetReport
from policy_options.reports.weight_sets import WeightSetsReport
from policy_options.wording.phrases import load_phrases
from policy_options.wording.weight_sets import change_words
from support import PANEL, SmallDossier

FOREIGN = [language for language in LANGUAGES if language != "en"]
ENGLISH = re.compile(
    r"\b(the|an?|of|and|or|is|are|was|were|has|have|with|by|not|no|points|weights?|given|range|might|fails?|first|than)\b"
)
STALE = """\
format: 1
title: "{title}"
holder: "{title}"
status: elicited
rationale: "{title}"
method: points
across: siblings
judgements: {{service: 1, money: 1, crossings: 1, waiting: 2, outlay: 1}}
given-on:
  crossings: {{path: crossings, unit: boats, direction: more-is-better, low: 0, high: 20, ends: 0123456789abcdef}}
  waiting: {{path: service/waiting, unit: minutes, direction: more-is-better, low: 5, high: 90}}
  outlay: {{path: money/outlay, unit: judged band, direction: less-is-better, local: true}}
  gone: {{path: gone, unit: x, direction: less-is-better, low: 0, high: 1}}
"""


def troubled(small: SmallDossier, language: str) -> SmallDossier:
    """A dossier in a language with everything that a report has to warn of."""
    in_language(small, language)
    title = load_phrases(language).say("unknown")
    small.put("criteria/weights/stale.yaml", STALE.format(title=title))
    small.put("criteria/weights/panel.yaml", PANEL)
    small.edit(
        "criteria/criteria.yaml",
        "unit: minutes\n        direction: less-is-better\n",
        f"unit: minutes\n        direction: less-is-better\n        red-line: {{at: 45, because: '{title}'}}\n",
    )
    small.edit("options/new-mole.yaml", "crossings: 16", "crossings: unknown")
    return small


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


def data_of(node: Any) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict):
        for key, child in node.items():
            yield from (str(key), *data_of(child))
    elif isinstance(node, list):
        for child in node:
            yield from data_of(child)


@pytest.mark.parametrize("language", FOREIGN)
def test_no_report_says_anything_in_english(small: SmallDossier, language: str) -> None:
    dossier = troubled(small, language).load()
    data = sorted({*data_of(carried_files(dossier.contents))}, key=len, reverse=True)
    of_others = ("Pinto da Costa and Soares", "Sałabun and Urbaniak", "policy-options weights refresh")
    sources = [method.source for method in METHODS.values()]
    checked = 0
    for report in reports_of(dossier):
        for text in texts_of(report):
            rest = text
            for known in (*of_others, *sources, *data):
                rest = rest.replace(known, "…") if len(known) > 1 else rest
            assert not ENGLISH.search(rest), text
            checked += 1
    assert checked > 200


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
