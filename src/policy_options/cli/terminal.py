"""Tables on a terminal: columns that fit its width, bars of contributions, colour only where a person is looking."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from policy_options.wording.numbers import Numbers
from policy_options.wording.plain import clip, printable, width
from policy_options.wording.tables import Column, Table, cell_text

__all__ = ["Screen", "table_text"]

_SHADES: Final = "█▓▒░▚▞◦·"
_PLAIN_SHADES: Final = "#=+-:o*."
_COLOURS: Final = ("34", "33", "32", "35", "36", "31", "94", "90")
_GAP: Final = "  "
_KEY: Final = 2  # columns of a legend's sample
_BETWEEN: Final = "   "
_LEAST_TEXT: Final = 26
_LEAST_BAR: Final = 16
_MOST_BAR: Final = 60


@dataclass(frozen=True, slots=True)
class Screen:
    """What the output can show."""

    columns: int
    colour: bool
    blocks: bool

    @classmethod
    def of_stdout(cls) -> Screen:
        """What stdout can show; ``COLUMNS`` and ``NO_COLOR`` are heeded."""
        encoding = (getattr(sys.stdout, "encoding", "") or "").lower().replace("-", "")
        colour = (
            sys.stdout is not None
            and sys.stdout.isatty()
            and "NO_COLOR" not in os.environ
            and os.environ.get("TERM") != "dumb"
        )
        return cls(shutil.get_terminal_size((100, 24)).columns, colour, encoding.startswith("utf"))

    @classmethod
    def of_file(cls) -> Screen:
        """What a file can hold: no colour, whatever terminal we were started from."""
        return cls(100, False, True)

    def segment(self, index: int, cells: int) -> str:
        """A run of a bar, told from all others by shade, and by colour where there is some; there are ``MOST_PARTS`` of them."""
        shades = _SHADES if self.blocks else _PLAIN_SHADES
        run = shades[index] * cells
        return f"\x1b[{_COLOURS[index]}m{run}\x1b[0m" if self.colour and run else run

    def bold(self, text: str) -> str:
        """Text that stands out."""
        return f"\x1b[1m{text}\x1b[0m" if self.colour else text


def table_text(table: Table, numbers: Numbers, screen: Screen) -> str:
    """The table as lines that fit the screen: spare columns go first, then texts are cut; numbers never are."""
    columns = list(range(len(table.columns)))
    texts = {
        index: [
            printable(cell_text(row[index], table.columns[index].kind, numbers)).replace("\n", " ")
            for row in table.rows
        ]
        for index in columns
    }
    shown = _fitting(table, texts, screen.columns)
    widths = _widths(table, texts, shown, screen.columns)
    lines = [
        _GAP.join(
            _pad(
                screen.bold(clip(table.columns[i].heading, widths[i])),
                min(width(table.columns[i].heading), widths[i]),
                widths[i],
                table.columns[i],
            )
            for i in shown
        ).rstrip()
    ]
    most = max((sum(cell) for row in table.rows for cell in row if isinstance(cell, tuple)), default=0.0)
    for position, row in enumerate(table.rows):
        cells = []
        for index in shown:
            cell, column = row[index], table.columns[index]
            if isinstance(cell, tuple):
                cells.append(_bar(cell, most, widths[index], screen))
            else:
                text = clip(texts[index][position], widths[index])
                cells.append(_pad(text, width(text), widths[index], column))
        lines.append(_GAP.join(cells).rstrip())
    if table.legend and any(table.columns[index].kind == "bar" for index in shown):
        lines += ["", *_legend(table.legend, screen)]
    return "\n".join(lines) + "\n"


def _legend(names: Sequence[str], screen: Screen) -> list[str]:
    """What the segments of bars stand for, on as many lines as they need."""
    lines, used = [""], 0
    for index, name in enumerate(names):
        said = clip(printable(name), screen.columns - _KEY - 1)
        wide = _KEY + 1 + width(said)
        if used and used + len(_BETWEEN) + wide > screen.columns:
            lines.append("")
            used = 0
        lines[-1] += (_BETWEEN if used else "") + f"{screen.segment(index, _KEY)} {said}"
        used += (len(_BETWEEN) if used else 0) + wide
    return lines


def _natural(table: Table, texts: dict[int, list[str]], index: int) -> int:
    if table.columns[index].kind == "bar":
        return _MOST_BAR
    return max(width(table.columns[index].heading), *(width(text) for text in texts[index]), 1)


def _least(table: Table, texts: dict[int, list[str]], index: int) -> int:
    column = table.columns[index]
    natural = _natural(table, texts, index)
    if column.kind == "bar":
        return _LEAST_BAR
    if column.kind == "given":  # figures among names of levels, which are texts
        figures = (
            width(text) for text, row in zip(texts[index], table.rows, strict=True) if isinstance(row[index], float)
        )
        return min(natural, max(_LEAST_TEXT, *figures, 0))
    return min(natural, _LEAST_TEXT) if column.kind == "text" else natural


def _fitting(table: Table, texts: dict[int, list[str]], columns: int) -> list[int]:
    shown = list(range(len(table.columns)))
    while sum(_least(table, texts, index) for index in shown) + len(_GAP) * (len(shown) - 1) > columns:
        spare = max((table.columns[index].spare for index in shown), default=0)
        if spare == 0:
            break
        shown = [index for index in shown if table.columns[index].spare != spare]
    return shown


def _widths(table: Table, texts: dict[int, list[str]], shown: list[int], columns: int) -> dict[int, int]:
    widths = {index: _least(table, texts, index) for index in shown}
    left = columns - sum(widths.values()) - len(_GAP) * (len(shown) - 1)
    for index in sorted(shown, key=lambda i: table.columns[i].kind == "bar"):  # texts first, the bar takes what is left
        more = min(max(left, 0), _natural(table, texts, index) - widths[index])
        widths[index] += more
        left -= more
    return widths


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
