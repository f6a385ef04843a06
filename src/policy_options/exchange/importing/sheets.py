"""Choosing the sheet with the matrix, and its orientation."""

from __future__ import annotations

from collections.abc import Sequence

from policy_options.dossier.plain_words import quoted
from policy_options.errors import Fault, PolicyOptionsError
from policy_options.exchange.importing.asked import Asked, like, listed
from policy_options.exchange.importing.grid import Grid, Kind, Turned
from policy_options.exchange.importing.matrix import At, ImportedMatrix
from policy_options.exchange.importing.numbers import looks_like_a_number
from policy_options.exchange.importing.table_shape import shape_of
from policy_options.exchange.importing.tables import matrix_of
from policy_options.exchange.importing.words import label_role, names_criteria, names_options

__all__ = ["matrix_of_sheets"]

_FIRM = ("unit", "direction", "low", "high")
"""Labels that are never names of criteria."""
_LOOSE = ("weight", "best", "worst")
"""Labels that may be names of criteria, such as the weight of a car."""

_SCORES = (Kind.NUMBER, Kind.PERCENT, Kind.ERROR, Kind.UNCALCULATED, Kind.REFUSED)


def matrix_of_sheets(grids: Sequence[Grid], file: str, form: str, asked: Asked) -> ImportedMatrix:
    """The matrix of the only sheet that can be it, or of the one that ``--sheet`` names.

    Raises:
        PolicyOptionsError: no sheet or several could be it; or everything wrong in the one that is.
    """
    grid, left_out = _chosen(grids, file, asked)
    view, how = _turned(grid, asked)
    shape = shape_of(view, grid, asked)
    hidden = [
        f"hidden {what}{'s' if len(names) > 1 else ''} of {grid.name or file}, read as if shown: {listed(names)}"
        for what, names in (
            ("row", [str(row) for row in grid.hidden_rows]),
            ("column", [grid.named(1, column).rpartition("!")[2].rstrip("1") for column in grid.hidden_columns]),
        )
        if names
    ]
    return matrix_of(shape, view, file, form, asked, read=(*grid.notes, how, *hidden), left_out=tuple(left_out))


def _chosen(grids: Sequence[Grid], file: str, asked: Asked) -> tuple[Grid, list[str]]:
    if asked.sheet is not None:
        named = [grid for grid in grids if grid.name == asked.sheet] or [
            grid for grid in grids if like(grid.name) == like(asked.sheet)
        ]
        if len(named) != 1:
            known = listed([quoted(grid.name) for grid in grids if grid.name])
            said = f"the sheets are {known}" if known else "the file has no sheets with names"
            raise PolicyOptionsError(
                At(file).fault(
                    "sheet-unknown", f"there is no sheet {quoted(asked.sheet)}; {said}", "name one of them with --sheet"
                )
            )
        if not named[0].cells:
            raise PolicyOptionsError(
                At(file).fault("sheet-empty", f"the sheet {quoted(asked.sheet)} is empty", "name another")
            )
        return named[0], [_left(grid, "--sheet names another") for grid in grids if grid is not named[0]]
    shown = [grid for grid in grids if not grid.hidden]
    fitting = [grid for grid in shown if _could_be(grid)]
    if len(fitting) > 1:
        names = listed([f"{quoted(grid.name)} ({grid.span()})" for grid in fitting])
        raise PolicyOptionsError(
            At(file).fault(
                "sheets-several", f"more than one sheet could be the scores: {names}", "name one with --sheet"
            )
        )
    if not fitting:
        hidden = [quoted(grid.name) for grid in grids if grid.hidden]
        also = f"; hidden sheets are not looked at unless --sheet names one: {listed(hidden)}" if hidden else ""
        raise PolicyOptionsError(
            At(file).fault(
                "no-matrix",
                f"no table of scores was found: a row of names, a column of names, and numbers where they meet{also}",
                "put the options in rows and the criteria in columns, with one header row",
            )
        )
    return fitting[0], [
        _left(grid, "it is hidden" if grid.hidden else "there is no table of scores in it")
        for grid in grids
        if grid is not fitting[0]
    ]


def _left(grid: Grid, why: str) -> str:
    return f"sheet {quoted(grid.name)}: {why}"


def _could_be(grid: Grid) -> bool:
    """Whether there are at least two numbers with a name to the left and a name above."""
    if len(grid.rows) < 2 or len(grid.columns) < 2:
        return False
    left = {row for row, column in grid.cells if column == grid.columns[0]}
    above: set[int] = set()
    found = 0
    for (row, column), cell in sorted(grid.cells.items()):
        number = cell.kind in _SCORES or (cell.kind is Kind.TEXT and looks_like_a_number(cell.text))
        if number and row in left and column in above:
            found += 1
            if found == 2:
                return True
        elif not number:
            above.add(column)
    return False


def _turned(grid: Grid, asked: Asked) -> tuple[Grid | Turned, str]:
    """The sheet with its options in rows, and a sentence on how that was determined."""
    corner = grid.cells.get((grid.rows[0], grid.columns[0]))
    filled = [row for row in grid.rows if sum((row, column) in grid.cells for column in grid.columns[:50]) > 1]
    header = filled[0] if filled else grid.rows[0]
    corner = grid.cells.get((header, grid.columns[0])) or corner
    down = [cell.text for row in grid.rows if (cell := grid.cells.get((row, grid.columns[0]))) and row != header]
    across = [cell.text for column in grid.columns[1:] if (cell := grid.cells.get((header, column)))]
    in_rows = any(label_role(text) in (*_FIRM, *_LOOSE) for text in down)
    in_columns = any(label_role(text) in _FIRM for text in across)
    either = any(label_role(text) in _LOOSE for text in across)
    said = asked.options_in
    because = f"as --options-in {said} says"
    if said is None:
        says_rows = in_rows or (corner is not None and names_options(corner.text))
        says_columns = in_columns or (corner is not None and names_criteria(corner.text))
        if (says_rows and says_columns) or (either and not says_rows and not says_columns):
            raise PolicyOptionsError(
                Fault(
                    "options-in",
                    f"whether the options of {grid.name or grid.file} are in rows or in columns is not clear from its labels",
                    "give --options-in rows or --options-in columns",
                    place=At(grid.file).place,
                )
            )
        said = "columns" if says_columns else "rows"
        because = (
            "as its labels say" if says_rows or says_columns else "which is assumed; else give --options-in columns"
        )
    how = f"{grid.span()}: options in {said}, {because}"
    return (grid.turned() if said == "columns" else grid), how
