"""A sheet as found by its reader: cells with a kind and a place, merged ranges, and what is hidden."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from policy_options.dossier.plain_words import quoted
from policy_options.errors import Fault, PolicyOptionsError
from policy_options.exchange.importing import limits
from policy_options.exchange.importing.matrix import At

__all__ = ["Cell", "Grid", "Kind", "Merged", "column_letters", "refuse_too_wide", "unreadable"]


class Kind(Enum):
    """The kind of a cell. An empty cell is not in the grid."""

    TEXT = "text"
    NUMBER = "a number"
    PERCENT = "a percentage"
    TRUTH = "a truth value"
    DATE = "a date or time"
    ERROR = "an error"
    UNCALCULATED = "a formula without a result"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell. ``number`` is the number as shown (25 for 25%), ``text`` what is written or shown.

    ``fault`` is why the format's reader refuses the cell, if it does; it counts only if the cell is a score.
    """

    kind: Kind
    text: str
    number: float | None = None
    formula: bool = False
    fault: tuple[str, str, str] | None = None


@dataclass(frozen=True, slots=True)
class Merged:
    """A merged range, whose value is in its first cell; all four are counted from 1."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Grid:
    """A sheet: cells by row and column, both counted from 1. ``typed`` is false where every cell is text, as in CSV."""

    file: str
    name: str
    cells: Mapping[tuple[int, int], Cell]
    merged: tuple[Merged, ...] = ()
    hidden: bool = False
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[int, ...] = ()
    typed: bool = True
    notes: tuple[str, ...] = ()
    rows: tuple[int, ...] = field(init=False)
    columns: tuple[int, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "rows", tuple(sorted({row for row, _ in self.cells})))
        object.__setattr__(self, "columns", tuple(sorted({column for _, column in self.cells})))

    def at(self, row: int, column: int) -> At:
        """The place of a cell."""
        return At(self.file, self.named(row, column), row, column)

    def named(self, row: int, column: int) -> str:
        """A cell's name as a person would look for it."""
        cell = f"{column_letters(column)}{row}"
        return f"{self.name}!{cell}" if self.name else cell

    def span(self) -> str:
        """The range of cells that are not empty."""
        if not self.rows:
            return self.name
        first, last = (
            f"{column_letters(self.columns[0])}{self.rows[0]}",
            f"{column_letters(self.columns[-1])}{self.rows[-1]}",
        )
        return f"{self.name}!{first}:{last}" if self.name else f"{first}:{last}"

    def turned(self) -> Turned:
        """The same sheet with rows as columns; places remain those in the file."""
        return Turned(self)

    def merged_at(self) -> dict[tuple[int, int], Merged]:
        """The merged range of each cell in one.

        Raises:
            PolicyOptionsError: too many cells are in one (``too-large``).
        """
        found: dict[tuple[int, int], Merged] = {}
        covered = 0
        for one in self.merged:  # a range may reach to the end of the sheet: only rows and columns with cells count
            inside = self.rows[bisect_left(self.rows, one.top) : bisect_right(self.rows, one.bottom)]
            across = self.columns[bisect_left(self.columns, one.left) : bisect_right(self.columns, one.right)]
            covered += len(inside) * len(across)
            refuse_too_wide(self.file, self.name, 0, 0, covered)
            found.update(((row, column), one) for row in inside for column in across)
        return found


class Turned:
    """A view of a grid with rows as columns."""

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self.cells = {(column, row): cell for (row, column), cell in grid.cells.items()}
        self.rows, self.columns = grid.columns, grid.rows
        self.typed = grid.typed

    def at(self, row: int, column: int) -> At:
        """The place of a cell, counted as in the file."""
        return self.grid.at(column, row)

    def merged_at(self) -> dict[tuple[int, int], Merged]:
        """As for the grid, transposed."""
        return {
            (column, row): Merged(one.left, one.top, one.right, one.bottom)
            for (row, column), one in self.grid.merged_at().items()
        }


def column_letters(column: int) -> str:
    """The letters of a column: A for 1, AA for 27."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def unreadable(written: str) -> tuple[str, str, str]:
    """Why a cell with a number in it is refused."""
    return (
        "number-unreadable",
        f"{quoted(written)} is no number that can be calculated with",
        "write it in the digits 0 to 9, neither too large nor too close to 0",
    )


def refuse_too_wide(file: str, name: str, rows: int, columns: int, cells: int) -> None:
    """Refuse a sheet with too many rows, columns or cells.

    Raises:
        PolicyOptionsError: it has too many (``too-large``).
    """
    if rows > limits.MAX_ROWS or columns > limits.MAX_COLUMNS or cells > limits.MAX_CELLS:
        raise PolicyOptionsError(
            Fault(
                "too-large",
                f"{name or 'the table'} has more than {limits.MAX_ROWS - 1:,} rows below its header, {limits.MAX_COLUMNS:,} "
                f"columns or {limits.MAX_CELLS:,} cells (empty cells with a format count)",
                "copy the scores alone into a new file",
                place=At(file).place,
            )
        )
