"""A workbook's inputs, found by their ids. ``cell_values`` reads the cells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from policy_options.dossier.models.base import UNKNOWN
from policy_options.errors import Fault, Place, PolicyOptionsError
from policy_options.exchange.workbook.cell_values import (
    NUMBER_LIKE,
    REFUSED,
    CellReader,
    address_of,
    as_typed,
    load_book,
)
from policy_options.exchange.workbook.fingerprints import Fingerprint, fingerprint_of
from policy_options.exchange.workbook.guarding import guarded_bytes
from policy_options.exchange.workbook.inputs import FIELDS, Key, Value, plain_text
from policy_options.exchange.workbook.names import MARKER

__all__ = ["Book", "BookCell", "read_book"]

_HEAD_ROWS: Final = 60
_NUMERIC_FIELDS: Final = frozenset(("low", "likely", "high"))


@dataclass(frozen=True, slots=True)
class BookCell:
    """The value of an input in the book, and where it is."""

    value: Value
    place: str


@dataclass(frozen=True)
class Book:
    """A workbook as read. ``notes`` list the parts that were not read."""

    name: str
    fingerprint: Fingerprint
    cells: Mapping[Key, BookCell]
    notes: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = field(default=(), repr=False)

    def place(self, cell: str) -> Place:
        """Where a cell is, for a fault."""
        return Place(f"{self.name}: {cell}")


def read_book(path: Path) -> Book:
    """Read the inputs of a workbook that ``export`` made and people may have changed.

    Raises:
        PolicyOptionsError: openpyxl is not installed; the file is refused before reading; it was not made by
            ``export``; or some cells cannot be placed or are not inputs, which are reported together.
    """
    raw = guarded_bytes(path)
    book = load_book(raw, path)
    reader = _Reader(path.name, book, raw)
    fingerprint = _fingerprint(book, path.name)
    reader.read(fingerprint)
    if reader.faults:
        raise PolicyOptionsError(reader.faults)
    return Book(path.name, fingerprint, reader.cells, tuple(reader.notes))


def _fingerprint(book: Any, name: str) -> Fingerprint:
    sheet = next((one for one in book.worksheets if _marked(one)), None)
    if sheet is None:
        raise PolicyOptionsError.of(
            "no-fingerprint",
            "the workbook has no fingerprint: policy-options export did not make it, or the hidden sheet was deleted",
            "make one with policy-options export BOOK.xlsx, and copy the changes into it",
            place=Place(name),
        )
    rows = [
        tuple(as_typed(str(cells[column].value)) if column in cells else "" for column in (1, 2))
        for _, cells in _rows(sheet)
    ]
    return fingerprint_of([(key, data) for key, data in rows if key], Place(name))


def _marked(sheet: Any) -> bool:
    first = sheet._cells.get((1, 1))
    return first is not None and first.value == MARKER


class _Reader(CellReader):
    """Reads the two sheets of inputs cell by cell; faults are collected, so that all are reported together."""

    def __init__(self, name: str, book: Any, raw: bytes) -> None:
        super().__init__(name, raw)
        self._book = book
        self.cells: dict[Key, BookCell] = {}
        self.notes: list[str] = []

    def read(self, fingerprint: Fingerprint) -> None:
        """Read both sheets; a missing one is noted, and its inputs count as unchanged."""
        headings = fingerprint.headings
        scores, weights = self._sheet(headings.score), self._sheet(headings.weight)
        if scores is None and weights is None:
            raise PolicyOptionsError.of(
                "no-inputs",
                f"no sheet has the heading “{headings.score}” or “{headings.weight}”",
                "give the sheets of inputs their headings again, or export the workbook again",
                place=Place(self._name),
            )
        if scores is not None:
            self._scores(*scores, fingerprint)
        if weights is not None:
            self._weights(*weights, fingerprint)
        for found, what, kind in ((scores, "scores", "score"), (weights, "weights", "weight")):
            if found is None:
                self.notes.append(f"there is no sheet of {what}, so that none was read")
                continue
            gone = {key[:3] if kind == "score" else key for key in fingerprint.values if key[0] == kind}
            gone -= {key[:3] if kind == "score" else key for key in self.cells}
            if gone:
                named = ", ".join(sorted("/".join(key[1:]) for key in gone)[:3])
                self.notes.append(f"{len(gone)} {what} are not in the book any more and stay as they are: {named}")

    # Layout ------------------------------------------------------------------------------------------------------------

    def _sheet(self, heading: str) -> tuple[Any, int, dict[int, str]] | None:
        """The sheet with a heading, the heading's row, and the headings by column."""
        found = []
        for sheet in self._book.worksheets:
            for row, cells in _rows(sheet, last=_HEAD_ROWS):
                heads = {
                    column: plain_text(as_typed(cell.value))
                    for column, cell in cells.items()
                    if isinstance(cell.value, str) and cell.value.strip()
                }
                if heading.casefold() in (head.casefold() for head in heads.values()):
                    found.append((sheet, row, heads))
                    break
        if len(found) > 1:
            both = " and ".join(f"“{sheet.title}”" for sheet, _, _ in found[:2])
            self._fault(
                "two-sheets",
                f"{both} both have the heading “{heading}”",
                "delete one of the two",
                found[1][0],
                (found[1][1], 1),
            )
        return found[0] if found else None

    def _columns(
        self, sheet: Any, row: int, heads: Mapping[int, str], wanted: Mapping[str, str], *, known: frozenset[str]
    ) -> dict[str, int]:
        """The column of each wanted heading, by its meaning; unknown ones are noted."""
        found: dict[str, int] = {}
        for column, head in heads.items():
            name = wanted.get(head.casefold())
            if name is None:
                if head.casefold() not in known:
                    self.notes.append(f"the column “{head}” of the sheet “{sheet.title}” is not read")
            elif name in found:
                self._fault("heading-twice", f"the heading “{head}” is there twice", "delete one", sheet, (row, column))
            else:
                found[name] = column
        return found

    def _id(self, cell: Any) -> str:
        return plain_text(as_typed(str(cell.value))) if cell is not None and cell.value is not None else ""

    # Scores ------------------------------------------------------------------------------------------------------------

    def _scores(self, sheet: Any, head: int, heads: Mapping[int, str], fingerprint: Fingerprint) -> None:
        headings = fingerprint.headings
        wanted = {headings.score.casefold(): "id"} | {text.casefold(): key for key, text in headings.fields.items()}
        known = frozenset(other.casefold() for other in headings.others[:-1])
        columns = self._columns(sheet, head, heads, wanted, known=known)
        for name, text in headings.fields.items():
            if name not in columns:
                where = (head, columns["id"])
                self._fault(
                    "heading-missing", f"no column has the heading “{text}”", "give it back its heading", sheet, where
                )
        if len(columns) < len(wanted):
            return
        for at, row in _rows(sheet, head + 1):
            id = self._id(row.get(columns["id"]))
            filled = [name for name in FIELDS if columns[name] in row and row[columns[name]].value is not None]
            if not id:
                if filled:
                    where = (at, columns[filled[0]])
                    self._fault(
                        "no-id",
                        "an input in a row without a score id",
                        "write option/criterion, or delete it",
                        sheet,
                        where,
                    )
                continue
            option, _, criterion = id.partition("/")
            if ("score", option, criterion, "likely") not in fingerprint.values:
                remedy = "correct the id; options and criteria are added in the files"
                self._fault("unknown-id", f"`{id}` is no score of the dossier", remedy, sheet, (at, columns["id"]))
                continue
            if ("score", option, criterion, "likely") in self.cells:
                where = (at, columns["id"])
                self._fault("id-twice", f"the score `{id}` is there twice", "delete one of the rows", sheet, where)
                continue
            for name in FIELDS:
                cell = row.get(columns[name])
                self._score_field(sheet, ("score", option, criterion, name), cell, at, columns[name], fingerprint)

    def _score_field(self, sheet: Any, key: Key, cell: Any, row: int, column: int, fingerprint: Fingerprint) -> None:
        base, name = fingerprint.values[key], key[3]
        raw = self._value(sheet, cell, key)
        if raw is REFUSED:
            return
        value: Value
        if name in _NUMERIC_FIELDS:
            value = self._number_or_level(sheet, cell, raw, key, base)
        elif raw is None:
            value = None
        elif not isinstance(raw, str):
            self._fault("not-text", f"{name} is a number instead of text", "type text", sheet, (row, column), key[1:3])
            return
        elif name == "evidence":
            parts = tuple(re.split(r"[\s,;]+", raw.strip()))
            value = () if parts == ("none",) else parts
        else:
            value = raw
        if value is None and name == "likely":
            remedy = "type a performance, or unknown"
            self._fault(
                "score-empty", f"`{key[1]}` has no likely score on `{key[2]}`", remedy, sheet, (row, column), key[1:3]
            )
            return
        self.cells[key] = BookCell(value, address_of(sheet, row, column))

    def _number_or_level(self, sheet: Any, cell: Any, raw: Any, key: Key, base: Any) -> Value:
        if not isinstance(raw, str):
            return self._number(sheet, cell, raw, key, base)
        text = raw.strip()
        of_levels = isinstance(base, str) and base != UNKNOWN
        if NUMBER_LIKE.match(text) and not of_levels:
            said = text if len(text) <= 40 else f"{text[:39]}…"
            remedy = "type it as a number: delete the apostrophe or the text format, and type it again"
            self._fault(
                "text-for-number",
                f"{said} is text that looks like a number",
                remedy,
                sheet,
                (cell.row, cell.column),
                key[1:],
            )
            return base if isinstance(base, str | float) else None
        return UNKNOWN if text.casefold() == UNKNOWN else text

    # Weights -----------------------------------------------------------------------------------------------------------

    def _weights(self, sheet: Any, head: int, heads: Mapping[int, str], fingerprint: Fingerprint) -> None:
        headings = fingerprint.headings
        wanted = {headings.weight.casefold(): "id", **{id: id for id in fingerprint.judged}}
        known = frozenset(other.casefold() for other in headings.others[-1:])
        columns = self._columns(sheet, head, heads, wanted, known=known)
        gone = [id for id in fingerprint.judged if id not in columns]
        if gone:
            self.notes.append(f"no column has the heading {', '.join(gone[:3])}; those weights stay as they are")
        nodes: dict[str, set[str]] = {}
        for key in fingerprint.values:
            if key[0] == "weight":
                nodes.setdefault(key[2], set()).add(key[1])
        set_at = {column: id for id, column in columns.items() if id != "id"}
        seen: set[str] = set()
        for at, row in _rows(sheet, head + 1):
            node = self._id(row.get(columns["id"]))
            cells = {set_at[column]: cell for column, cell in row.items() if column in set_at}
            if not node:
                filled = next((cell.column for cell in cells.values() if cell.value is not None), None)
                if filled is not None:
                    where = (at, filled)
                    self._fault("no-id", "a weight in a row without an id", "write the id, or move it", sheet, where)
                continue
            if node not in nodes or node in seen:
                code, said = (
                    ("id-twice", "is there twice") if node in seen else ("unknown-id", "is no criterion or group here")
                )
                self._fault(code, f"`{node}` {said}", "correct the id, or delete the row", sheet, (at, columns["id"]))
                continue
            seen.add(node)
            given = sorted(columns[id] for id in {*cells, *nodes[node]} if id in columns and id != "id")
            for column in given:
                key = ("weight", set_at[column], node)
                self._weight(sheet, key, row.get(column), (at, column), fingerprint)

    def _weight(self, sheet: Any, key: Key, cell: Any, where: tuple[int, int], fingerprint: Fingerprint) -> None:
        raw = self._value(sheet, cell, key)
        if raw is REFUSED:
            return
        base = fingerprint.values.get(key)
        if base is None:
            if raw is not None:
                message = f"`{key[1]}` gives no weight to `{key[2]}`"
                self._fault("no-input", message, "empty the cell", sheet, where, key[1:])
        elif raw is None:
            self._fault(
                "weight-empty", f"`{key[1]}` has no weight on `{key[2]}`", "type 0 for no weight", sheet, where, key[1:]
            )
        elif isinstance(raw, str):
            said = (
                "text that looks like a number" if NUMBER_LIKE.match(raw.strip()) else "text where a number is needed"
            )
            self._fault("text-for-number", f"{raw.strip()[:40]} is {said}", "type a number", sheet, where, key[1:])
        else:
            number = self._number(sheet, cell, raw, key, base)
            if number is not None and number < 0:
                self._fault("weight-negative", "a weight is negative", "type 0 or more", sheet, where, key[1:])
            elif number is not None:
                self.cells[key] = BookCell(number, address_of(sheet, *where))


def _rows(sheet: Any, first: int = 1, last: int | None = None) -> Iterator[tuple[int, dict[int, Any]]]:
    """The cells of each row that has any, by column. ``iter_rows`` would make every cell up to the furthest corner."""
    rows: dict[int, dict[int, Any]] = {}
    for (row, column), cell in sheet._cells.items():
        if row >= first and (last is None or row <= last):
            rows.setdefault(row, {})[column] = cell
    for row in sorted(rows):
        yield row, dict(sorted(rows[row].items()))
