"""A report for a terminal: sections one below another, in lines that fit the screen."""

from __future__ import annotations

from collections.abc import Sequence

from policy_options.faces.terminal_table import Screen, table_text
from policy_options.reports.report import Report, Section, View
from policy_options.wording.lines import filled
from policy_options.wording.phrases import Phrases

__all__ = ["sections_text", "write"]


def write(report: Report, *, to_file: bool) -> str:
    """The title, then each section."""
    screen = Screen.of_file() if to_file else Screen.of_stdout()
    return sections_text(report.sections(View(narrow=True)), report.phrases, screen, title=report.title())


def sections_text(
    sections: Sequence[Section], phrases: Phrases, screen: Screen, *, title: str = "", formats: bool = True
) -> str:
    """Sections one below another: a title, a table, and its notes.

    ``formats`` says that the command has ``--format``, so that a column without room can be looked up there.
    """
    blocks = [_title(title, screen)] if title else []
    for section in sections:
        point = ("- ", "  ") if section.listed else ("", "")
        notes = "\n".join(filled(note, screen.columns, *point) for note in section.notes)
        heading = _title(section.title, screen) if section.title else ""
        if section.table and section.table.rows:
            blocks += [heading, table_text(section.table, phrases, screen, formats=formats).rstrip("\n"), notes]
        else:
            blocks.append("\n".join(part for part in (heading, notes) if part))
    return "\n\n".join(block for block in blocks if block) + "\n"


def _title(title: str, screen: Screen) -> str:
    return "\n".join(screen.bold(line) for line in filled(title, screen.columns).split("\n"))
