"""A report as CSV (RFC 4180): its rows, with numbers as numbers, and no text that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
from typing import Final
from unicodedata import category

from policy_options.reports.report import Report
from policy_options.wording.numbers import machine
from policy_options.wording.plain import printable
from policy_options.wording.table import Cell, Kind, Table, without_bars

__all__ = ["csv_text", "not_a_formula", "write"]

# Characters that spreadsheets take for the start of a formula, in ASCII and in full width; blanks may precede them.
_FORMULA: Final = tuple("=+-@|＝＋－＠\t\r\n")  # the full-width forms are intended


def write(report: Report, *, to_file: bool) -> str:  # noqa: ARG001  # the same for a screen
    """The rows of the report."""
    return csv_text(report.rows())


def not_a_formula(text: str) -> str:
    """The text with an apostrophe before it if a spreadsheet would run it."""
    visible = next((index for index, c in enumerate(text) if category(c) not in {"Zs", "Cf"}), 0)
    return f"'{text}" if text.startswith(_FORMULA, visible) else text


def csv_text(table: Table) -> str:
    """Comma-separated values with machine names as the header; bars are left out, unknown values are empty."""
    plain = without_bars(table)
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow([not_a_formula(column.key) for column in plain.columns])
    for row in plain.rows:
        writer.writerow([_csv_cell(cell, column.kind) for cell, column in zip(row, plain.columns, strict=True)])
    return buffer.getvalue()


def _csv_cell(cell: Cell, kind: Kind) -> str | int | float | None:
    if isinstance(cell, str):
        return not_a_formula(printable(cell))
    if kind == "given" and isinstance(
        cell, float
    ):  # the figure itself, by the shortest text that reads back as the same
        return int(cell) if cell.is_integer() and abs(cell) < 1e15 else cell
    return machine(cell) if isinstance(cell, int | float) else None
