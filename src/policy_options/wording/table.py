"""Results as tables: columns with headings and kinds, and cells still in numbers, for each face to format."""

from __future__ import annotations

from dataclasses import dataclass
from math import isnan
from typing import Final, Literal

from policy_options.wording.numbers import DASH, Numbers

__all__ = ["LEADING", "Cell", "Column", "Kind", "Table", "cell_text", "known", "without_bars"]

Kind = Literal["text", "rank", "move", "points", "lead", "percent", "coefficient", "quantity", "given", "bar"]
Cell = str | int | float | tuple[float, ...] | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column. ``key`` is its name for machines, ``heading`` for readers. Narrow faces drop columns of higher
    ``spare`` first.
    """

    key: str
    heading: str
    kind: Kind
    spare: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells; ``legend`` names the segments of a column of bars."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    legend: tuple[str, ...] = ()


def cell_text(cell: Cell, kind: Kind, numbers: Numbers) -> str:
    """A cell as displayed; bars have no text."""
    if cell is None or isinstance(cell, tuple):
        return DASH if cell is None else ""
    if isinstance(cell, str):
        return cell
    if kind == "rank":
        return str(int(cell))
    if kind == "move":
        return numbers.fixed(cell, 0, signed=True)
    if kind == "coefficient":
        return numbers.fixed(cell, 2)
    if kind == "quantity":
        return numbers.computed(cell)
    if kind == "given":
        return numbers.quantity(cell)
    if kind == "percent":
        return numbers.as_percent(numbers.fixed(100 * cell, 1))  # to a tenth throughout, so that a column lines up
    return numbers.points(cell, signed=kind == "lead")


LEADING: Final = 3
"""Number of leading columns that a table keeps, however narrow the screen."""


def known(number: float) -> float | None:
    """A number as a cell: ``None`` if it is unknown."""
    return None if isnan(number) else float(number)


def without_bars(table: Table) -> Table:
    """The columns of a table that are text and numbers."""
    kept = [index for index, column in enumerate(table.columns) if column.kind != "bar"]
    rows = tuple(tuple(row[index] for index in kept) for row in table.rows)
    return Table(tuple(table.columns[index] for index in kept), rows)
