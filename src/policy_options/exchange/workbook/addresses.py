"""Addresses of cells, counted from 0 in code and written as spreadsheets write them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

__all__ = ["Table", "area", "cell", "column_letters", "quoted_sheet", "quoted_text"]


@lru_cache(maxsize=4096)
def column_letters(column: int) -> str:
    """A for 0, AA for 26."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def quoted_sheet(sheet: str) -> str:
    """The name of a sheet as a formula needs it."""
    return sheet if sheet.isalpha() and sheet.isascii() else "'" + sheet.replace("'", "''") + "'"


def quoted_text(words: str) -> str:
    """A text as a formula needs it."""
    return '"' + words.replace('"', '""') + '"'


def cell(row: int, column: int, sheet: str = "", *, fixed: str = "") -> str:
    """An address: ``fixed`` is "row", "column" or "both" for the parts that do not move when the formula is copied."""
    letters = column_letters(column)
    before_column = "$" if fixed in ("column", "both") else ""
    before_row = "$" if fixed in ("row", "both") else ""
    prefix = f"{quoted_sheet(sheet)}!" if sheet else ""
    return f"{prefix}{before_column}{letters}{before_row}{row + 1}"


def area(first: tuple[int, int], last: tuple[int, int], sheet: str = "") -> str:
    """A fixed range from one (row, column) to another."""
    prefix = f"{quoted_sheet(sheet)}!" if sheet else ""
    return f"{prefix}{cell(*first, fixed='both')}:{cell(*last, fixed='both')}"


@dataclass(frozen=True, slots=True)
class Table:
    """Where a table is on its sheet: the row of its ids or headings, and the first row and column of its data."""

    sheet: str
    head: int
    left: int
    rows: int
    columns: int

    @property
    def top(self) -> int:
        """The first row of data."""
        return self.head + 1

    def at(self, row: int, column: int, *, fixed: str = "") -> str:
        """The address of a position in the data."""
        return cell(self.top + row, self.left + column, self.sheet, fixed=fixed)

    def column(self, column: int) -> str:
        """The fixed range of a column of data; negative columns are those before the data."""
        return area((self.top, self.left + column), (self.top + self.rows - 1, self.left + column), self.sheet)

    def row(self, row: int, first: int = 0, last: int | None = None) -> str:
        """The fixed range of a row of data."""
        end = self.columns - 1 if last is None else last
        return area((self.top + row, self.left + first), (self.top + row, self.left + end), self.sheet)

    @property
    def ids(self) -> str:
        """The fixed range of the ids of the rows, which are in the first column of the sheet."""
        return area((self.top, 0), (self.top + self.rows - 1, 0), self.sheet)

    @property
    def heads(self) -> str:
        """The fixed range of the ids of the columns."""
        return area((self.head, self.left), (self.head, self.left + self.columns - 1), self.sheet)

    @property
    def data(self) -> str:
        """The fixed range of all data."""
        last = (self.top + self.rows - 1, self.left + self.columns - 1)
        return area((self.top, self.left), last, self.sheet)
