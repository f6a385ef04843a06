"""Tables on a terminal, drawn as laid out: bars of contributions, and colour only if a person is looking."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from policy_options.faces.terminal_layout import GAP, Layout, lay_out
from policy_options.wording.lines import cell_lines, filled
from policy_options.wording.phrases import Phrases
from policy_options.wording.plain import printable, width
from policy_options.wording.table import Column, Table, cell_text

__all__ = ["Screen", "table_text"]

_SHADES: Final = "█▓▒░▚▞◦·"
_PLAIN_SHADES: Final = "#=+-:o*."
_COLOURS: Final = ("34", "33", "32", "35", "36", "31", "94", "90")
_FILE_COLUMNS: Final = 100


@dataclass(frozen=True, slots=True)
class Screen:
    """The capabilities of the output. ``limited`` says that longer lines would be broken or lost, as in a window but
    not in a file.
    """

    columns: int
    colour: bool
    blocks: bool
    limited: bool = True

    @classmethod
    def of_stdout(cls) -> Screen:
        """The capabilities of stdout; ``COLUMNS`` and ``NO_COLOR`` are respected."""
        encoding = (getattr(sys.stdout, "encoding", "") or "").lower().replace("-", "")
        window = sys.stdout is not None and sys.stdout.isatty()
        colour = window and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"
        columns = shutil.get_terminal_size((_FILE_COLUMNS, 24)).columns
        return cls(columns, colour, encoding.startswith("utf"), window or "COLUMNS" in os.environ)

    @classmethod
    def of_file(cls) -> Screen:
        """The capabilities of a file: no colour, whatever terminal started the process, and lines of any length if
        necessary.
        """
        return cls(_FILE_COLUMNS, False, True, limited=False)

    def segment(self, index: int, cells: int) -> str:
        """A run of a bar, distinguished by shade, and by colour if there is any; there are ``MOST_PARTS`` of them."""
        shades = _SHADES if self.blocks else _PLAIN_SHADES
        run = shades[index] * cells
        return f"\x1b[{_COLOURS[index]}m{run}\x1b[0m" if self.colour and run else run

    def bold(self, text: str) -> str:
        """Emphasised text."""
        return f"\x1b[1m{text}\x1b[0m" if self.colour else text


def table_text(table: Table, phrases: Phrases, screen: Screen, *, formats: bool = True) -> str:
    """The table in lines that fit the screen, followed by the columns that need a wider one.

    ``formats`` says that ``--format`` is available, which has them whatever the width.
    """
    texts = [
        [printable(cell_text(row[i], column.kind, phrases.numbers)).replace("\n", " ") for row in table.rows]
        for i, column in enumerate(table.columns)
    ]
    layout = lay_out(table, texts, screen.columns, limited=screen.limited)
    most = max((sum(cell) for row in table.rows for cell in row if isinstance(cell, tuple)), default=0.0)
    drawn = _turned(table, texts, most, screen) if layout.turned else _grid(table, texts, layout, most, screen)
    lines = [line.rstrip() for line in drawn]
    if table.legend and any(table.columns[i].kind == "bar" for i in layout.shown):
        lines += ["", *_legend(table.legend, screen)]
    if layout.left_out:
        lines += ["", _left_out(table, layout, phrases, screen, formats)]
    return "\n".join(lines) + "\n"


def _grid(table: Table, texts: Sequence[Sequence[str]], layout: Layout, most: float, screen: Screen) -> list[str]:
    """One or more lines per row, below the headings."""
    shown, widths = layout.shown, layout.widths
    heads = [cell_lines(table.columns[i].heading, widths[i], hanging=False) for i in shown]
    deepest = max(map(len, heads))
    heads = [[""] * (deepest - len(head)) + head for head in heads]
    names = next(
        (i for i in shown if table.columns[i].kind == "text"), None
    )  # the column that names the row: its further lines hang
    blank = " " * GAP
    lines = [
        blank.join(
            _pad(screen.bold(head[n]) if head[n] else "", width(head[n]), widths[i], table.columns[i])
            for i, head in zip(shown, heads, strict=True)
        )
        for n in range(deepest)
    ]
    for position, row in enumerate(table.rows):
        cells: list[list[str]] = []
        for i in shown:
            cell = row[i]
            if isinstance(cell, tuple):
                cells.append([_bar(cell, most, widths[i], screen) or " " * widths[i]])
            else:
                said = cell_lines(texts[i][position], widths[i], hanging=i == names)
                cells.append([_pad(text, width(text), widths[i], table.columns[i]) for text in said])
        for n in range(max(map(len, cells))):
            lines.append(
                blank.join(cell[n] if n < len(cell) else " " * widths[i] for i, cell in zip(shown, cells, strict=True))
            )
    return lines


def _turned(table: Table, texts: Sequence[Sequence[str]], most: float, screen: Screen) -> list[str]:
    """One block per row, one or more lines per column: its heading, then its content."""
    room = max(screen.columns - GAP, 2)
    label = min(max(width(column.heading) for column in table.columns), room // 2)
    lines: list[str] = []
    for position, row in enumerate(table.rows):
        if position:
            lines.append("")
        for i, column in enumerate(table.columns):
            cell = row[i]
            if isinstance(cell, tuple) and not cell:
                continue  # a row without a bar, such as that of a group
            if isinstance(cell, tuple):
                said = [_bar(cell, most, room - label, screen)]
            else:
                said = cell_lines(texts[i][position], room - label, hanging=False)
            head = cell_lines(column.heading, label)
            for n in range(max(len(head), len(said))):
                name, text = (part[n] if n < len(part) else "" for part in (head, said))
                bold = screen.bold(name) if name else ""
                lines.append(bold + " " * (label - width(name) + GAP) + text)
    return lines


def _legend(names: Sequence[str], screen: Screen) -> list[str]:
    """The meaning of the parts of bars, as many per line as there is room for."""
    lines: list[str] = []
    used = 0
    for index, name in enumerate(map(printable, names)):
        key, wide = f"{screen.segment(index, 2)} ", 3 + width(name)
        if lines and used + 3 + wide <= screen.columns:
            lines[-1] += "   " + key + name
            used += 3 + wide
        else:
            said = cell_lines(name, max(screen.columns - 3, 2))
            lines += [key + said[0], *("   " + more for more in said[1:])]
            used = 3 + width(said[-1])
    return lines


def _left_out(table: Table, layout: Layout, phrases: Phrases, screen: Screen, formats: bool) -> str:
    """The columns that need a wider terminal, and where else they can be found."""
    names = phrases.series(_ranges([table.columns[i].heading for i in layout.left_out]))
    said = phrases.say("table.wider", columns=layout.needed, names=names)
    if formats and any(table.columns[i].kind != "bar" for i in layout.left_out):  # bars are drawn only here
        said = phrases.together((said, phrases.say("table.formats")))
    return filled(said, screen.columns)


def _ranges(headings: Sequence[str]) -> list[str]:
    """The headings, consecutive numbers as a range, "13" to "40"."""
    named: list[str] = []
    counted = [int(head) - at if head.isdecimal() else f"{at} {head}" for at, head in enumerate(headings)]
    for _, group in groupby(zip(counted, headings, strict=True), key=lambda pair: pair[0]):
        found = [head for _, head in group]
        named.append(found[0] if len(found) == 1 else f"{found[0]}–{found[-1]}")
    return named


def _pad(text: str, taken: int, columns: int, column: Column) -> str:
    space = " " * max(columns - taken, 0)
    return text + space if column.kind in {"text", "given", "bar"} else space + text


def _bar(parts: tuple[float, ...], most: float, columns: int, screen: Screen) -> str:
    """A bar whose length is the sum of its parts and whose joints are where the running sums fall: no part is rounded up."""
    if most <= 0:
        return ""
    joints, total = [0], 0.0
    for part in parts:
        total += max(part, 0.0)
        joints.append(round(columns * total / most))
    return "".join(screen.segment(index, joints[index + 1] - joints[index]) for index in range(len(parts))) + " " * (
        columns - joints[-1]
    )
