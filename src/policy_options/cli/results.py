"""A table in the format that was asked for."""

from __future__ import annotations

from pathlib import Path

from policy_options.cli.options import Format
from policy_options.cli.terminal import Screen, table_text
from policy_options.wording.phrases import Phrases
from policy_options.wording.tables import Section, Table

__all__ = ["sections_text", "tables_text"]


def tables_text(
    blocks: list[tuple[str, Table]], notes: list[str], phrases: Phrases, format: Format, output: Path | None
) -> str:
    """Titled tables and the notes below them, for the screen or as Markdown."""
    if format is Format.MARKDOWN:
        from policy_options.exchange.delimited import escaped, markdown_text

        parts = [f"**{escaped(title)}**\n\n" + markdown_text(table, phrases.numbers) for title, table in blocks]
        return "\n".join(parts) + "".join(f"\n- {escaped(note)}" for note in notes) + ("\n" if notes else "")
    from policy_options.wording.plain import printable

    screen = Screen.of_stdout() if output is None else Screen.of_file()
    lines = []
    for title, table in blocks:
        lines.append(screen.bold(_wrapped(printable(title), screen.columns)))
        lines.append("\n" + table_text(table, phrases.numbers, screen))
    lines.extend(_wrapped(printable(note), screen.columns) for note in notes)
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
    from policy_options.wording.plain import printable

    screen = Screen.of_stdout() if output is None else Screen.of_file()
    lines = []
    for section in sections:
        lines.append(screen.bold(_wrapped(printable(section.title), screen.columns)))
        if section.table and section.table.rows:
            lines.append(table_text(section.table, phrases.numbers, screen).rstrip("\n"))
            if section.notes:
                lines.append("")
        lines.extend(_wrapped(printable(note), screen.columns) for note in section.notes)
        lines.append("")
    return "\n".join(lines).rstrip("\n") + "\n"


def _wrapped(text: str, columns: int) -> str:
    import textwrap

    return textwrap.fill(text, columns, break_long_words=False, break_on_hyphens=False)
