"""A report as Markdown: titles in bold, tables, and notes as list items; numbers formatted for people."""

from __future__ import annotations

from policy_options.reports.report import Report, Section, View
from policy_options.wording.numbers import Numbers
from policy_options.wording.plain import printable
from policy_options.wording.table import Table, cell_text, without_bars

__all__ = ["escaped", "markdown_text", "write"]


def write(report: Report, *, to_file: bool) -> str:  # noqa: ARG001  # the same for a screen
    """The title, then each section: its title, its table, and its notes."""
    parts = [_bold(report.title())] if report.title() else []
    for section in report.sections(View()):
        parts += _parts(section, report.phrases.numbers)
    return "\n".join(parts)


def _parts(section: Section, numbers: Numbers) -> list[str]:
    parts = [_bold(section.title)] if section.title else []
    if section.table and section.table.rows:
        parts.append(markdown_text(section.table, numbers))
    if section.notes:
        parts.append("".join(f"- {escaped(note)}\n" for note in section.notes))
    return parts


def _bold(title: str) -> str:
    return f"**{escaped(title)}**\n"


def markdown_text(table: Table, numbers: Numbers) -> str:
    """A Markdown table, in which no text can end a cell or begin markup."""
    plain = without_bars(table)
    lines = [
        "| " + " | ".join(escaped(column.heading) for column in plain.columns) + " |",
        "|" + "|".join(" --- " if column.kind in {"text", "given"} else " ---: " for column in plain.columns) + "|",
    ]
    for row in plain.rows:
        cells = (
            escaped(cell_text(cell, column.kind, numbers)) for cell, column in zip(row, plain.columns, strict=True)
        )
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def escaped(text: str) -> str:
    """Text that Markdown shows unchanged, on one line."""
    safe = printable(text).replace("\\", "\\\\").replace("\n", " ")
    for character in "|`*_<>[]#&":
        safe = safe.replace(character, f"\\{character}")
    return safe
