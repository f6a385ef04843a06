"""Every printed number has a place in the content, or was made by the pages."""

from __future__ import annotations

from dataclasses import dataclass

from policy_options.memo.ledger import COUNTED, content_texts, make_ledger


@dataclass(frozen=True)
class Row:
    name: str
    value: str


@dataclass(frozen=True)
class Content:
    title: str
    rows: tuple[Row, ...]
    chart: str = ""


CONTENT = Content("Values of 2026", (Row("West 1", "53.4 of 100"), Row("East", "−0.5")))


def test_texts_have_their_path_through_the_model() -> None:
    assert content_texts(CONTENT) == [
        ("title", "Values of 2026"),
        ("rows.0.name", "West 1"),
        ("rows.0.value", "53.4 of 100"),
        ("rows.1.name", "East"),
        ("rows.1.value", "−0.5"),
        ("chart", ""),
    ]


def test_texts_drawn_in_a_chart_are_texts_of_the_content() -> None:
    chart = '<svg xmlns="http://www.w3.org/2000/svg"><g><text>12%</text></g><text>of 7</text></svg>'
    assert content_texts({"figure": chart}) == [(".figure.0", "12%"), (".figure.1", "of 7")]


def test_each_number_is_an_occurrence_in_the_text_of_its_line() -> None:
    ledger = make_ledger([["Values of 2026", "West 1", "53.4 of 100", "−0.5"]], content_texts(CONTENT))
    assert ledger == [
        ("title#0", "2026"),
        ("rows.0.name#0", "1"),
        ("rows.0.value#0", "53.4"),
        ("rows.0.value#1", "100"),
        ("rows.1.value#0", "−0.5"),
    ]


def test_what_no_text_accounts_for_was_counted_by_the_pages() -> None:
    ledger = make_ledger([["West 1", "page 7"], ["Values of 2026"], ["Values of 2026"]], content_texts(CONTENT))
    assert (COUNTED, "7") in ledger
    assert [place for place, number in ledger if number == "2026"] == ["title#0", "title#0"]
