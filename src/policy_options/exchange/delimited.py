"""Tables as CSV (RFC 4180) and Markdown: numbers as numbers in CSV, as people read them in Markdown."""

from __future__ import annotations

import csv
import io
from typing import Final
from unicodedata import category

from policy_options.wording.numbers import Numbers, machine
from policy_options.wording.plain import printable
from policy_options.wording.tables import Cell, Kind, Table, cell_text

__all__ = ["csv_text", "escaped", "markdown_text", "not_a_formula"]

# What spreadsheets take for the beginning of a formula, in ASCII and in full width; a cell may open with blanks before it.
_FORMULA: Final = tuple("=+-@|＝＋－＠\t\r\n")  # the full-width forms are meant


def not_a_formula(text: str) -> str:
    """The text with an apostrophe before it where a spreadsheet would run it."""
    visible = next((index for index, c in enumerate(text) if category(c) not in {"Zs", "Cf"}), 0)
    return f"'{text}" if text.startswith(_FORMULA, visible) else text


def csv_text(table: Table) -> str:
    """Comma-separated values with machine names as the header; bars are left out, what is not known is empty."""
    columns = [index for index, column in enumerate(table.columns) if column.kind != "bar"]
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow([not_a_formula(table.columns[index].key) for index in columns])
    for row in table.rows:
        writer.writerow([_csv_cell(row[index], table.columns[index].kind) for index in columns])
    return buffer.getvalue()


def _csv_cell(cell: Cell, kind: Kind) -> str | int | float | None:
    if isinstance(cell, str):
        return not_a_formula(printable(cell))
    if kind == "given" and isinstance(
        cell, float
    ):  # the figure itself, by the shortest text that reads back as the same
        return int(cell) if cell.is_integer() and abs(cell) < 1e15 else cell
    return machine(cell) if isinstance(cell, int | float) else None


def markdown_text(table: Table, numbers: Numbers) -> str:
    """A Markdown table, in which no text can end a cell or begin markup."""
    columns = [index for index, column in enumerate(table.columns) if column.kind != "bar"]
    lines = [
        "| " + " | ".join(escaped(table.columns[index].heading) for index in columns) + " |",
        "|"
        + "|".join(" --- " if table.columns[index].kind in {"text", "given"} else " ---: " for index in columns)
        + "|",
    ]
    for row in table.rows:
        cells = (escaped(cell_text(row[index], table.columns[index].kind, numbers)) for index in columns)
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def escaped(text: str) -> str:
    """Text that Markdown shows as it is, on one line."""
    safe = printable(text).replace("\\", "\\\\").replace("\n", " ")
    for character in "|`*_<>[]#&":
        safe = safe.replace(character, f"\\{character}")
    return safe
