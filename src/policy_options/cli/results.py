"""A table in the format that was asked for."""

from __future__ import annotations

from pathlib import Path

from policy_options.cli.options import Format
from policy_options.cli.terminal import Screen, table_text
from policy_options.wording.lines import filled
from policy_options.wording.phrases import Phrases
from policy_options.wording.tables import Section, Table

__all__ = ["sections_text", "tables_text"]


def tables_text(
    blocks: list[tuple[str, Table]],
    notes: list[str],
    phrases: Phrases,
    format: Format,
    output: Path | None,
    *,
    formats: bool = True,
) -> str:
    """Titled tables and the notes below them, for the screen or as Markdown.

    ``formats`` says that the command has ``--format``, so that a column without room can be looked up there.
    """
    if format is Format.MARKDOWN:
        from policy_options.exchange.delimited import escaped, markdown_text

        parts = [f"**{escaped(title)}**\n\n" + markdown_text(table, phrases.numbers) for title, table in blocks]
        return "\n".join(parts) + "".join(f"\n- {escaped(note)}" for note in notes) + ("\n" if notes else "")
    screen = _screen(output)
    lines = []
    for title, table in blocks:
        lines.append(_title(title, screen))
        lines.append("\n" + table_text(table, phrases, screen, formats=formats))
    lines.extend(filled(note, screen.columns) for note in notes)
    return "\n".join(lines).rstrip("\n") + "\n"


def sections_text(sections: list[Section], phrases: Phrases, format: Format, output: Path | None) -> str:
    """Sections one below the other, each with its table before what is said of it, for the screen or as Markdown."""
    if format is Format.MARKDOWN:
        from policy_options.exchange.delimited import escaped, markdown_text

        parts = []
        for section in sections:
            table = markdown_text(section.table, phrases.numbers) if section.table and section.table.rows else ""
            notes = "".join(f"- {escaped(note)}\n" for note in section.notes)
            parts.append("\n".join(part for part in (f"**{escaped(section.title)}**\n", table, notes) if part))
        return "\n".join(parts)
    screen = _screen(output)
    lines = []
    for section in sections:
        lines.append(_title(section.title, screen))
        if section.table and section.table.rows:
            lines.append(table_text(section.table, phrases, screen).rstrip("\n"))
            if section.notes:
                lines.append("")
        point = ("- ", "  ") if section.listed else ("", "")
        lines.extend(filled(note, screen.columns, *point) for note in section.notes)
        lines.append("")
    return "\n".join(lines).rstrip("\n") + "\n"


def _screen(output: Path | None) -> Screen:
    return Screen.of_stdout() if output is None or str(output) == "-" else Screen.of_file()


def _title(title: str, screen: Screen) -> str:
    return "\n".join(screen.bold(line) for line in filled(title, screen.columns).split("\n"))
