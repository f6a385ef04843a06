"""Ids are replaced by titles on pages, also where a weight set has the id of a criterion."""

from __future__ import annotations

from policy_options.reports.report import Section
from policy_options.web.rendering import shown_section
from policy_options.wording.phrases import load_phrases
from policy_options.wording.table import Column, Table

OPTIONS = {"west": "Go west", "trust": "Trust alone"}
CRITERIA = {"trust": "Trust of partners", "money": "Money"}
SETS = {"trust": "Trust first", "even": "Even"}


def shown(heads: list[str], *rows: tuple[str, ...]) -> tuple[list[str], list[list[str]]]:
    table = Table(tuple(Column(f"c{index}", head, "text") for index, head in enumerate(heads)), rows)
    found = shown_section(Section("One", table=table), load_phrases("en"), OPTIONS, CRITERIA, SETS)
    return [text for text, _ in found.heads], [[text for text, _, _ in row] for row in found.rows]


def test_a_column_is_of_the_family_that_most_of_its_cells_are_in() -> None:
    heads, rows = shown(["Part", "trust", "even"], ("trust", "west", "trust"), ("money", "trust", "even"))
    assert heads == ["Part", "Trust first", "Even"]
    assert rows == [["Trust of partners", "Go west", "Trust first"], ["Money", "Trust alone", "Even"]]


def test_other_texts_stay_as_they_are() -> None:
    assert shown(["x"], ("a sentence on trust",))[1] == [["a sentence on trust"]]
