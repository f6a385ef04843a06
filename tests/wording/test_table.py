"""Cells as they are displayed, by the kind of their column."""

from __future__ import annotations

from math import nan

import pytest

from policy_options.wording.numbers import DASH
from policy_options.wording.phrases import load_phrases
from policy_options.wording.table import Cell, Column, Kind, Table, cell_text, known, without_bars

NUMBERS = load_phrases("en").numbers


@pytest.mark.parametrize(
    ("cell", "kind", "text"),
    [
        (None, "points", DASH),
        ((0.1, 0.9), "bar", ""),
        ("as it is", "points", "as it is"),
        (2.0, "rank", "2"),
        (-1, "move", "−1"),
        (2, "move", "+2"),
        (53.44, "points", "53.4"),
        (2.55, "lead", "+2.6"),
        (-0.04, "lead", "0.0"),
        (0.123456, "percent", "12.3%"),
        (0.8333, "coefficient", "0.83"),
        (1234567.0, "quantity", "1,234,567"),
        (0.1, "given", "0.1"),
    ],
)
def test_a_cell_is_displayed_by_its_kind(cell: Cell, kind: Kind, text: str) -> None:
    assert cell_text(cell, kind, NUMBERS) == text


def test_what_is_unknown_is_no_number() -> None:
    assert known(nan) is None
    assert known(0.0) == 0.0


def test_bars_are_left_out_with_their_cells() -> None:
    columns = (Column("a", "A", "text"), Column("bar", "", "bar"), Column("b", "B", "points"))
    table = without_bars(Table(columns, (("x", (1.0, 2.0), 3.0),), ("part",)))
    assert [column.key for column in table.columns] == ["a", "b"]
    assert (table.rows, table.legend) == ((("x", 3.0),), ())
