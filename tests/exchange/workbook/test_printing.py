"""Printed sheets: one page across while letters can be read, else as few as hold them, with the names of rows on each."""

from __future__ import annotations

import io
from datetime import date
from itertools import pairwise

import openpyxl
import pytest

from policy_options.exchange.workbook.cells import Cell, Sheet
from policy_options.exchange.workbook.printing import OnPaper, on_paper
from policy_options.exchange.workbook.writing import workbook_bytes


def sheet(*widths: float, kept: int = 2, wide: bool = True) -> Sheet:
    cells = [Cell(0, column, f"column {column}", "head") for column in range(len(widths))]
    return Sheet("Sheet", cells, widths, locked=True, freeze=(1, kept), wide=wide)


@pytest.mark.parametrize("count", [1, 5, 14])
def test_a_sheet_that_can_be_read_on_one_page_is_fitted_to_it(count: int) -> None:
    assert on_paper(sheet(22, 30, *[13.0] * count)) == OnPaper(None)


@pytest.mark.parametrize("count", [16, 24, 60, 300])
def test_a_wider_sheet_takes_as_few_pages_as_hold_it_about_equally_full(count: int) -> None:
    paper = on_paper(sheet(22, 30, *[13.0] * count))
    assert paper.scale == 75 and paper.repeated == 2
    ends = [2, *paper.breaks, count + 2]
    on_each = [after - before for before, after in pairwise(ends)]
    # Of 1,000 pixels at 75%, the two repeated columns leave room for nine of 96 pixels.
    assert max(on_each) <= 9 and len(on_each) == -(-count // 9)
    assert max(on_each) - on_each[-1] < len(on_each)


def test_portrait_pages_have_less_room() -> None:
    columns = (22, 30, *[13.0] * 10)
    assert on_paper(sheet(*columns)).scale is None
    assert on_paper(sheet(*columns, wide=False)).scale == 75


def test_a_column_wider_than_a_page_or_names_that_fill_it_are_fitted() -> None:
    assert on_paper(sheet(22, 30, 200, 20)) == OnPaper(None)
    assert on_paper(sheet(150, 100, *[13.0] * 20)) == OnPaper(None)


def test_the_workbook_says_so() -> None:
    made = [sheet(22, 30, *[13.0] * 24), Sheet("Narrow", [Cell(0, 0, "a", "text")], (20,), locked=True)]
    raw = workbook_bytes(made, title="T", marking=None, day=date(2026, 1, 1))
    book = openpyxl.load_workbook(io.BytesIO(raw))
    wide, narrow = book["Sheet"], book["Narrow"]
    assert (wide.page_setup.scale, wide.page_setup.orientation) == (75, "landscape")
    assert wide.print_title_cols == "$A:$B"
    assert [one.id for one in wide.col_breaks.brk] == list(on_paper(made[0]).breaks)
    assert narrow.sheet_properties.pageSetUpPr.fitToPage and narrow.page_setup.fitToHeight == 0
