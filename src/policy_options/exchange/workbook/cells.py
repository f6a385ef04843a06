"""Sheets as plain values, before any library writes them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

__all__ = ["LONGEST_TEXT", "MOST_ROWS", "Cell", "Mark", "Sheet", "Style", "Validation"]

LONGEST_TEXT: Final = 32_767
"""Characters in one cell of the format."""
MOST_ROWS: Final = 1_048_576
"""Rows of a sheet in the format."""

Style = Literal[
    "title",
    "note",
    "label",
    "head",
    "id",
    "text",
    "plain",
    "points",
    "share",
    "rank",
    "input",
    "input-share",
    "input-level",
    "input-text",
    "choice",
    "off",
    "marking",
]


class Cell(NamedTuple):
    """A cell. With a ``formula``, the value is its result at export, shown by readers that do not calculate."""

    row: int
    column: int
    value: str | float
    style: Style
    formula: str = ""


@dataclass(frozen=True, slots=True)
class Validation:
    """The values allowed in a range (first row, first column, last row, last column): a formula, or a list of words."""

    range: tuple[int, int, int, int]
    rule: str | tuple[str, ...]
    title: str
    message: str


@dataclass(frozen=True, slots=True)
class Mark:
    """Formatting of a range by its values: a bar from 0 to ``most``, or red where a formula is true."""

    range: tuple[int, int, int, int]
    kind: Literal["bar", "red", "bold"]
    rule: str = ""
    most: float | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet. ``locked`` ones are derived; cells of the style "choice" can still be changed on them.

    ``across`` lists rows whose first cell is as wide as the columns up to another.
    """

    name: str
    cells: list[Cell]
    widths: tuple[float, ...]
    locked: bool
    freeze: tuple[int, int] | None = None
    filtered: tuple[int, int, int, int] | None = None
    repeat: tuple[int, int] | None = None
    visibility: Literal["visible", "hidden", "very-hidden"] = "visible"
    wide: bool = True
    validations: tuple[Validation, ...] = ()
    marks: tuple[Mark, ...] = ()
    across: tuple[tuple[int, int], ...] = ()
