"""The parts of a table with its options in rows: header, rows of options, rows about the criteria, and columns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from policy_options.dossier.plain_words import quoted
from policy_options.errors import Fault, PolicyOptionsError
from policy_options.exchange.importing.asked import Asked
from policy_options.exchange.importing.grid import Cell, Grid, Kind, Merged, Turned
from policy_options.exchange.importing.matrix import At
from policy_options.exchange.importing.words import are_two_ends, bound_in, is_unclear, label_role, text_role, unit_in

__all__ = ["Column", "Shape", "shape_of"]

View = Grid | Turned
_NUMBERS: Final = (Kind.NUMBER, Kind.PERCENT, Kind.ERROR, Kind.UNCALCULATED, Kind.REFUSED, Kind.DATE, Kind.TRUTH)


@dataclass(frozen=True, slots=True)
class Column:
    """A criterion: its name, and the columns of its likely scores and of any low and high."""

    name: str
    at: At
    likely: int
    low: int | None = None
    high: int | None = None

    @property
    def every(self) -> tuple[int, ...]:
        """All its columns."""
        return tuple(one for one in (self.low, self.likely, self.high) if one is not None)


@dataclass(slots=True)
class Shape:
    """The parts found. ``about`` are the rows about criteria, by their subject."""

    label: int
    header: int
    columns: list[Column] = field(default_factory=list)
    options: list[int] = field(default_factory=list)
    about: dict[str, int] = field(default_factory=dict)
    summary: int | None = None
    left_out: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def shape_of(view: View, grid: Grid, asked: Asked) -> Shape:
    """Find the parts of a table.

    Raises:
        PolicyOptionsError: there is no header, no option or no criterion.
    """
    filled: dict[int, int] = {}
    for row, _ in view.cells:
        filled[row] = filled.get(row, 0) + 1
    header = next((row for row in view.rows if filled[row] > 1), None)
    if header is None:
        raise PolicyOptionsError(
            At(grid.file).fault("no-matrix", "there is no header", "write the names of the criteria above the scores")
        )
    shape = Shape(view.columns[0], header)
    for row in view.rows[: view.rows.index(header)]:
        cell = next(cell for (above, _), cell in view.cells.items() if above == row)
        shape.left_out.append(f"{_first(view, row)}: {quoted(cell.text)}, a line above the header")
    below = _bounds_below(view, header)
    _columns(view, shape, asked, below)
    _rows(view, shape, asked, header if below is None else header + 1)
    _merged(view, shape)
    if not shape.faults and (not shape.columns or not shape.options):
        what = "criterion" if not shape.columns else "option"
        shape.faults.append(
            At(grid.file).fault(
                "no-matrix", f"{grid.span()} has no {what}", "see docs/importing.md for what a table has"
            )
        )
    return shape


def _first(view: View, row: int) -> At:
    return view.at(row, min(column for above, column in view.cells if above == row))


def _bounds_below(view: View, header: int) -> dict[int, str] | None:
    """Low, likely or high by column, if the row below the header distinguishes them under shared names."""
    said = {}
    for column in view.columns[1:]:
        cell = view.cells.get((header + 1, column))
        if cell is not None:
            bound = bound_in(cell.text) if cell.kind is Kind.TEXT else None
            if bound is None or bound[0]:
                return None
            said[column] = bound[1]
    return said if {"low", "high"} <= set(said.values()) else None


def _headers(view: View, shape: Shape, below: dict[int, str] | None) -> Iterator[tuple[int, str, str | None, Cell]]:
    """Each column with a header: its name, and its bound."""
    before: Cell | None = None
    for column in view.columns:
        if column == shape.label:
            continue
        cell = view.cells.get((shape.header, column))
        if below is not None and column in below:
            cell = cell or before  # a merged header has its text in the first column alone
            before = cell
            if cell is not None:
                yield column, cell.text, below[column], cell
            continue
        before = None
        if cell is not None:
            bound = bound_in(cell.text) if cell.kind is Kind.TEXT else None
            named = bound is not None and bool(bound[0])
            yield column, cell.text, bound[1] if bound and named else None, cell


def _columns(view: View, shape: Shape, asked: Asked, below: dict[int, str] | None) -> None:
    found: list[tuple[int, str, str | None]] = []
    for column, header, bound, cell in _headers(view, shape, below):
        at = view.at(shape.header, column)
        stem = (bound_in(header) or (header, ""))[0] if bound and below is None else header
        if asked.leaves_out(header, stem, (unit_in(stem) or (stem, ""))[0]):
            shape.left_out.append(f"{at}: column {quoted(header)}, as --leave-out says")
        elif cell.kind is not Kind.TEXT:
            shape.faults.append(
                at.fault("header-not-text", f"the header is {cell.kind.value}, not a name", "write a name there")
            )
        elif (role := text_role(header)) == "summary" and shape.summary is None:
            shape.summary = column
        elif role is not None:
            shape.left_out.append(f"{at}: column {quoted(header)}, which a dossier has no place for")
        else:
            found.append((column, header, bound))
    named = {column for column, _, _ in found} | {shape.label, shape.summary or shape.label}
    for column in view.columns:
        if (shape.header, column) not in view.cells and column not in named:
            first = min(row for row, other in view.cells if other == column)
            message = "a column with values and without a header"
            if first > shape.header:
                shape.faults.append(
                    view.at(first, column).fault(
                        "header-missing", message, "name the criterion in the header, or empty the column"
                    )
                )
    _grouped(view, shape, found, below is not None)


def _grouped(view: View, shape: Shape, found: list[tuple[int, str, str | None]], below: bool) -> None:
    """Join the columns of one criterion; a name that only resembles a bound (``Noise, high``) is a separate criterion."""
    stems: dict[str, dict[str, int]] = {}
    stem_of: dict[int, str] = {}
    plain = {header for _, header, bound in found if bound is None}
    for column, header, bound in found:
        stem = header if bound is None or below else (bound_in(header) or (header, ""))[0]
        stem_of[column] = stem
        parts = stems.setdefault(stem, {})
        kind = bound or "likely"
        if kind in parts:
            shape.faults.append(
                view.at(shape.header, column).fault(
                    "names-alike",
                    f"the criterion {quoted(stem)} has a second column of {kind} scores",
                    "rename one of the two",
                )
            )
        parts.setdefault(kind, column)
    done: set[str] = set()
    for column, header, bound in found:
        stem = stem_of[column]
        parts = stems[stem]
        at = view.at(shape.header, column)
        if bound is not None and not below and len(parts) == 1 and stem not in plain:
            shape.columns.append(Column(header, at, column))  # the only one of its name
        elif stem not in done:
            done.add(stem)
            lacking = [kind for kind in ("low", "likely", "high") if kind not in parts]
            if len(parts) > 1 and lacking:
                shape.faults.append(
                    at.fault(
                        "range-incomplete",
                        f"{quoted(stem)} has columns for {' and '.join(parts)}, and none for {' and '.join(lacking)}",
                        "add it: a range needs low, likely and high",
                    )
                )
                continue
            shape.columns.append(Column(stem, at, parts.get("likely", column), parts.get("low"), parts.get("high")))


def _rows(view: View, shape: Shape, asked: Asked, header: int) -> None:
    scored = {column for one in shape.columns for column in one.every}
    by_row: dict[int, list[int]] = {}
    for row, column in view.cells:
        by_row.setdefault(row, []).append(column)
    previous = header
    ended = False
    ends = _possible_ends(view, shape, header)
    for row in view.rows:
        if row <= header:
            continue
        label = view.cells.get((row, shape.label))
        held = [column for column in by_row[row] if column in scored]
        numbers = any(view.cells[row, column].kind in _NUMBERS for column in held)
        ended = ended or (row > previous + 1 and bool(shape.options))
        previous = row
        first = view.at(row, min(by_row[row]))
        role = label_role(label.text) if label is not None else None
        if label is not None and asked.leaves_out(label.text):
            shape.left_out.append(f"{first}: row {quoted(label.text)}, as --leave-out says")
        elif label is None:
            if numbers:
                shape.faults.append(
                    first.fault(
                        "name-missing", "this row has scores and no name", "name the option in the first column"
                    )
                )
            else:
                shape.left_out.append(f"{first}: a row without a name")
        elif role is not None and role != "unclear":
            if role in shape.about:
                shape.faults.append(
                    first.fault("row-twice", f"a second row for {quoted(label.text)}", "delete one of the two")
                )
            shape.about.setdefault(role, row)
        elif ended and not numbers:
            shape.left_out.append(f"{first}: {quoted(label.text)}, below the table")
        elif ended:
            shape.faults.append(
                first.fault(
                    "table-second",
                    f"{quoted(label.text)} has numbers and comes after an empty row, so whether it is an option is not clear",
                    "delete the empty row, or leave this one out with --leave-out",
                )
            )
        elif row in ends or is_unclear(label.text):
            shape.faults.append(
                first.fault(
                    "row-unclear",
                    f"{quoted(label.text)} could be an option, or a figure about them",
                    'name ends of a scale "scale low" and "scale high", or an option in more than one word, or leave the row '
                    "out with --leave-out",
                )
            )
        elif not held:
            shape.faults.append(
                first.fault(
                    "row-empty", f"{quoted(label.text)} has no score", "score it, or leave the row out with --leave-out"
                )
            )
        else:
            shape.options.append(row)


def _possible_ends(view: View, shape: Shape, header: int) -> set[int]:
    """Two rows such as "Low" and "High" that follow a row about the criteria: options of these names seldom come so."""
    cells = ((row, view.cells.get((row, shape.label))) for row in view.rows if row > header)
    named = [(row, cell.text) for row, cell in cells if cell is not None]
    return {
        row
        for (_, before), (upper, first), (lower, second) in zip(named, named[1:], named[2:], strict=False)
        if label_role(before) not in (None, "unclear") and are_two_ends(first, second)
        for row in (upper, lower)
    }


def _merged(view: View, shape: Shape) -> None:
    """Refuse merged cells among the scores: the file does not say which of the cells the value is for."""
    if not isinstance(view, Turned) and not view.merged:
        return
    scored = {column for one in shape.columns for column in one.every} | {shape.label}
    rows = {*shape.options, *shape.about.values()}
    seen: set[Merged] = set()
    for (row, column), merged in view.merged_at().items():
        if row in rows and column in scored and merged not in seen:
            seen.add(merged)
            last = view.at(merged.bottom, merged.right)
            shape.faults.append(
                view.at(merged.top, merged.left).fault(
                    "merged",
                    f"this cell is merged with others up to {last.name.rpartition('!')[2]}, so which options or criteria its "
                    "value is for is not clear",
                    "unmerge it and write the value into each cell that it is for",
                )
            )
