"""Sheets of an .ods spreadsheet, from its content.xml.

This uses the standard library's parser instead of a package: pandas' reader takes a true boolean for false and fails on
durations of more than a day, calamine loses line breaks, and odfpy builds the repeated rows and keeps only attributes
requested by name. The kind of a cell is in a single attribute.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from policy_options.errors import PolicyOptionsError
from policy_options.exchange.importing import limits
from policy_options.exchange.importing.archives import Archive
from policy_options.exchange.importing.asked import Asked
from policy_options.exchange.importing.grid import Cell, Grid, Kind, Merged, refuse_too_wide, unreadable
from policy_options.exchange.importing.matrix import At
from policy_options.exchange.importing.numbers import exact_number, times
from policy_options.exchange.importing.safe_xml import local_name, stream

__all__ = ["read_ods"]

_TYPES: Final = {"float": Kind.NUMBER, "currency": Kind.NUMBER, "percentage": Kind.PERCENT, "boolean": Kind.TRUTH}
_ERRORS: Final = ("#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "Err:")


def read_ods(raw: bytes, file: str, _: Asked) -> list[Grid]:
    """The sheets of a spreadsheet, including hidden ones.

    Raises:
        PolicyOptionsError: too large, damaged, with a password or entities, or not a spreadsheet.
    """
    archive = Archive(raw, file)
    content = archive.read("content.xml")
    if b"encryption-data" in archive.read("META-INF/manifest.xml"):
        raise PolicyOptionsError(
            At(file).fault(
                "password",
                "the spreadsheet has a password, so nothing in it can be read",
                "save it without one (File, Save As, clear the tick at the password)",
            )
        )
    if b"spreadsheet" not in content:
        raise PolicyOptionsError(
            At(file).fault("not-a-workbook", "there is no spreadsheet in this file", "save the spreadsheet as .ods")
        )
    reader = _Reader(file)
    stream(content, file, reader.start, reader.end, reader.text)
    macros = any(
        name.startswith(("Basic/", "Scripts/")) and name.endswith((".xml", ".py", ".js")) for name in archive.names
    )
    return [
        Grid(
            file,
            table.name,
            table.cells,
            merged=tuple(table.merged),
            hidden=table.hidden,
            hidden_rows=tuple(sorted(table.hidden_rows & {row for row, _ in table.cells})),
            hidden_columns=tuple(sorted(table.hidden_columns & {column for _, column in table.cells})),
            notes=("the macros of the spreadsheet are neither read nor run",) if macros else (),
        )
        for table in reader.tables
    ]


@dataclass(slots=True)
class _Table:
    name: str
    hidden: bool
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    merged: list[Merged] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    row: int = 0
    column: int = 0
    columns_said: int = 0
    rows_filled: int = 0


class _Reader:
    """Handles the events of content.xml: tables, rows and cells, whose repetitions count only if they are not empty."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.tables: list[_Table] = []
        self.hidden_styles: set[str] = set()
        self._style = ""
        self._attributes: dict[str, str] = {}
        self._row: dict[str, str] = {}
        self._in_row: list[tuple[int, int, Cell]] = []
        self._text: list[str] | None = None
        self._paragraphs: list[str] = []
        self._depth_aside = 0
        self._nested = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        local = local_name(name)
        if self._depth_aside or local in ("annotation", "frame", "custom-shape", "shapes", "forms", "tracked-changes"):
            self._depth_aside += 1
            return
        known = {local_name(key): value for key, value in attributes.items()}
        if local == "style":
            self._style = known.get("name", "")
        elif local == "table-properties" and known.get("display") == "false":
            self.hidden_styles.add(self._style)
        elif local == "table":
            self._nested += 1
            if self._nested == 1:
                hidden = known.get("style-name", "") in self.hidden_styles
                self.tables.append(_Table(known.get("name", ""), hidden))
        elif self._nested != 1:
            return
        elif local == "table-column":
            self._column(known)
        elif local == "table-row":
            self._row, self._in_row = known, []
            self.tables[-1].column = 0
        elif local in ("table-cell", "covered-table-cell"):
            # A cell's type is given twice, by the standard and by LibreOffice, and only the latter marks errors.
            self._attributes = {**known, "error": ""} if _calls_it_an_error(attributes) else known
            self._paragraphs = []
        elif local == "p":
            self._text = []
        elif self._text is not None and local == "s":
            self._text.append(" " * min(_count(known, "c"), 1_000))
        elif self._text is not None and local in ("tab", "line-break"):
            self._text.append(" ")

    def text(self, piece: str) -> None:
        if self._text is not None and not self._depth_aside:
            self._text.append(piece)

    def end(self, name: str) -> None:
        if self._depth_aside:
            self._depth_aside -= 1
            return
        local = local_name(name)
        if local == "table":
            self._nested -= 1
        elif self._nested != 1:
            return
        elif local == "p" and self._text is not None:
            self._paragraphs.append("".join(self._text))
            self._text = None
        elif local in ("table-cell", "covered-table-cell"):
            self._end_cell()
        elif local == "table-row":
            self._end_row()

    def _column(self, known: dict[str, str]) -> None:
        table, repeated = self.tables[-1], _count(known, "number-columns-repeated")
        if known.get("visibility") in ("collapse", "filter"):
            most = min(table.columns_said + repeated, limits.MAX_COLUMNS)
            table.hidden_columns.update(range(table.columns_said + 1, most + 1))
        table.columns_said += repeated

    def _end_cell(self) -> None:
        table, known = self.tables[-1], self._attributes
        repeated = _count(known, "number-columns-repeated")
        column = table.column + 1
        table.column += repeated
        rows, columns = _count(known, "number-rows-spanned"), _count(known, "number-columns-spanned")
        if rows > 1 or columns > 1:
            table.merged.append(Merged(table.row + 1, column, table.row + rows, column + columns - 1))
        made = _cell(known, "\n".join(self._paragraphs).strip())
        if made is not None:
            self._in_row.append((column, repeated, made))

    def _end_row(self) -> None:
        table, repeated = self.tables[-1], _count(self._row, "number-rows-repeated")
        first = table.row + 1
        table.row += repeated
        if not self._in_row:
            return
        wide = max(column + times - 1 for column, times, _ in self._in_row)
        filled = sum(times for _, times, _ in self._in_row)
        table.rows_filled += repeated
        refuse_too_wide(self.file, table.name, table.rows_filled, wide, len(table.cells) + repeated * filled)
        for row in range(first, first + repeated):
            if self._row.get("visibility") in ("collapse", "filter"):
                table.hidden_rows.add(row)
            for column, count, cell in self._in_row:
                for each in range(column, column + count):
                    table.cells[row, each] = cell


def _calls_it_an_error(attributes: dict[str, str]) -> bool:
    return any(local_name(key) == "value-type" and value == "error" for key, value in attributes.items())


def _count(known: dict[str, str], key: str) -> int:
    written = known.get(key, "1")
    return max(1, min(int(written), 2**31)) if written.isascii() and written.isdecimal() and len(written) < 12 else 1


def _cell(known: dict[str, str], text: str) -> Cell | None:
    formula = "formula" in known
    kind = known.get("value-type")
    if "error" in known or (formula and text.startswith(_ERRORS)):
        return Cell(Kind.ERROR, text or "an error", formula=formula)
    if kind in ("float", "currency", "percentage"):
        written = known.get("value", "")
        if not written.strip():
            return Cell(Kind.UNCALCULATED, text, formula=formula)
        number = exact_number(written)
        if number is not None and kind == "percentage":
            number = times(number, 100)
        if number is None:
            return Cell(Kind.REFUSED, text or written, formula=formula, fault=unreadable(written))
        return Cell(_TYPES[kind], text, number, formula)
    if kind == "boolean":
        return Cell(Kind.TRUTH, "TRUE" if known.get("boolean-value") == "true" else "FALSE", formula=formula)
    if kind in ("date", "time"):
        return Cell(Kind.DATE, known.get(f"{kind}-value", text), formula=formula)
    text = known.get("string-value", text).strip()
    if formula and not text and kind is None:
        return Cell(Kind.UNCALCULATED, "", formula=True)
    return Cell(Kind.TEXT, text, formula=formula) if text else None
