from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

import pytest

from policy_options.faces.html import write
from policy_options.faces.registry import written
from policy_options.reports.ranking import RankingReport
from policy_options.reports.report import Report, View
from policy_options.reports.robustness import RobustnessReport
from support import Golden, SmallDossier

VOID = {"meta", "link", "br", "img", "path", "rect", "line", "circle", "polyline", "polygon", "use", "stop", "ellipse"}
HOSTILE = '<script>alert(1)</script>"><img src=x onerror=alert(2)> & {{ 7*7 }}'


class Reader(HTMLParser):
    """A page as a browser parses it: elements closed in order, text, and attributes."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def read(report: Report) -> Reader:
    page = written(report, "html").decode()
    reader = Reader()
    reader.feed(page)
    reader.close()
    assert reader.open == []
    return reader


def ranking(small: SmallDossier, **options: Any) -> RankingReport:
    dossier = small.load()
    return RankingReport(dossier=dossier, assessment=dossier.assess(), **options)


def test_a_ranking_as_a_page(small: SmallDossier, golden: Golden) -> None:
    page = write(ranking(small), to_file=True)
    assert isinstance(page, str)
    golden.check("ranking.html", page)


def test_every_cell_of_the_sections_is_on_the_page(small: SmallDossier) -> None:
    report = ranking(small, by_criterion=True)
    reader = read(report)
    for section in report.sections(View(drawn=True)):
        for note in section.notes:
            assert note in reader.text
        for row in section.table.rows if section.table else ():
            for cell in row:
                if isinstance(cell, str):
                    assert cell in reader.text
    assert reader.tags.count("table") == 1
    assert ("lang", "en") in reader.attributes
    assert reader.tags.count("figure") == 1


def test_text_of_a_dossier_is_text_and_nothing_is_fetched(small: SmallDossier) -> None:
    small.edit("criteria/decision.yaml", "Where to build the ferry landing", f"'{HOSTILE}'")
    reader = read(ranking(small))
    assert not {"script", "img", "link", "iframe", "object", "a"} & set(reader.tags)
    assert HOSTILE in reader.text
    for name, value in reader.attributes:
        assert not name.startswith("on")
        assert name not in {"src", "href"} or value.startswith("#")


@pytest.mark.parametrize("part", ["stability", "drivers", "ranks", "shares"])
def test_parts_have_the_charts_that_belong_to_them(small: SmallDossier, part: str) -> None:
    dossier = small.load()
    robustness = dossier.robustness(samples=1000)
    reader = read(RobustnessReport(dossier=dossier, robustness=robustness, parts=(part,)))
    assert reader.tags.count("figure") == (part != "shares")
