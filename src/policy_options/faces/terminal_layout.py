"""Laying out a table in the columns of a terminal: what wraps, what is left out, and when it turns sideways.

Three steps, in this order, until it fits. Texts and headings wrap, ids at their hyphens if necessary; numbers never do.
Then the columns with the highest ``spare`` are left out, and a line below says which, and how wide a terminal would
show them. If even the essential columns do not fit, the table turns sideways: one block per row, one line per column,
with every column in it. Nothing is ever cut.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from policy_options.wording.lines import cell_lines, longest_number, longest_piece
from policy_options.wording.plain import width
from policy_options.wording.table import Column, Table

__all__ = ["GAP", "Layout", "lay_out"]

GAP: Final = 2
"""Blank columns between two columns of a table."""

_MOST_LINES: Final = 3
"""Lines that a text is wrapped into while other columns still have room."""
_COMFORTABLE: Final = 26
"""Columns that are enough for a long text, however many lines it takes."""
_LEAST_TEXT: Final = 12
"""Texts as short as this do not wrap."""
_DEEPEST: Final = 8
"""Number of lines up to which columns are widened so that they take equally many."""
_LONGEST_PIECE: Final = 20
"""A longer word of a heading is broken."""
_LEAST_HEADING: Final = 6
"""Three Chinese characters, which may all be broken, stay on one line."""
_LEAST_BAR: Final = 16
_MOST_BAR: Final = 60
_WRITTEN: Final = ("text", "given")
"""Kinds of columns whose cells may wrap: texts, and figures among names of levels."""


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns shown, by index, with their widths; those left out; and the width at which all would be shown.

    ``turned`` says that the table is shown sideways, with all columns.
    """

    shown: tuple[int, ...]
    widths: dict[int, int]
    left_out: tuple[int, ...] = ()
    needed: int = 0
    turned: bool = False


def lay_out(table: Table, texts: Sequence[Sequence[str]], columns: int, *, limited: bool = True) -> Layout:
    """Lay out a table whose cells read ``texts`` (by column, then by row) in ``columns`` columns.

    Without ``limited`` nothing is left out: ``columns`` is then only a preference.
    """
    every = tuple(range(len(table.columns)))
    easy = {i: _least(table.columns[i], texts[i]) for i in every}
    if not limited:
        needed = _sum(easy, every)
        return Layout(every, _widened(table, texts, easy, every, max(columns, needed)), needed=needed)
    tight = easy | {i: _least(table.columns[i], texts[i], at_joints=True) for i in _beside_the_first(table)}
    needed = _sum(tight, every)
    shown = every
    while _sum(tight, shown) > columns:
        spare = max(table.columns[i].spare for i in shown)
        if spare == 0:
            break
        shown = tuple(i for i in shown if table.columns[i].spare != spare)
    if _sum(tight, shown) > columns:
        written = [i for i in shown if table.columns[i].kind in _WRITTEN]
        tight |= {i: min(tight[i], max(_LEAST_TEXT, *map(longest_number, texts[i]))) for i in written}
        if _sum(tight, shown) > columns:
            return Layout(every, {}, needed=needed, turned=True)
    least = tight if _sum(easy, shown) > columns else easy
    left_out = tuple(i for i in every if i not in shown)
    return Layout(shown, _widened(table, texts, least, shown, columns), left_out, needed)


def _beside_the_first(table: Table) -> list[int]:
    """The columns of text except the first, which names the row and is copied from the screen: an id there stays whole."""
    return [i for i, column in enumerate(table.columns) if column.kind in _WRITTEN][1:]


def _sum(widths: dict[int, int], shown: Sequence[int]) -> int:
    return sum(widths[i] for i in shown) + GAP * (len(shown) - 1)


def _whole(texts: Sequence[str]) -> int:
    """The width at which no cell wraps."""
    return max(map(width, texts), default=1)


def _least(column: Column, texts: Sequence[str], *, at_joints: bool = False) -> int:
    """The width that a column gets before another is left out for it."""
    heading = max(min(longest_piece(column.heading), _LONGEST_PIECE), min(width(column.heading), _LEAST_HEADING))
    if column.kind == "bar":
        return max(_LEAST_BAR, heading)
    if column.kind not in _WRITTEN:
        return max(heading, *map(width, texts), 1)
    longest = max((longest_piece(text, at_joints=at_joints) for text in texts), default=0)
    most = max(heading, min(_whole(texts), _COMFORTABLE), *map(longest_number, texts))
    start = min(max(heading, longest, min(_LEAST_TEXT, _whole(texts))), most)
    return _width_for(texts, start, most, _MOST_LINES)


def _width_for(texts: Iterable[str], least: int, most: int, lines: int, *, hanging: bool = True) -> int:
    """The least width, from ``least`` to ``most``, at which no text takes more than ``lines`` lines; ``most`` if none
    suffices.
    """
    for text in texts:
        while least < most and len(cell_lines(text, least, hanging=hanging)) > lines:
            least += 1
    return least


def _widened(
    table: Table, texts: Sequence[Sequence[str]], least: dict[int, int], shown: Sequence[int], columns: int
) -> dict[int, int]:
    """Give the remaining width to texts, those that need least of it first, then to headings, and then to bars."""
    widths = {i: least[i] for i in shown}
    left = columns - _sum(widths, shown)

    def widen(i: int, wanted: int) -> None:
        nonlocal left
        more = max(min(left, wanted - widths[i]), 0)
        widths[i] += more
        left -= more

    written = [i for i in shown if table.columns[i].kind in _WRITTEN]
    whole = {i: _whole(texts[i]) for i in written}
    for i, wanted in _evenly({i: (texts[i], whole[i]) for i in written}, widths, left).items():
        widen(i, wanted)
    for i in sorted(written, key=lambda i: whole[i] - widths[i]):
        widen(i, whole[i])
    heads = {i: ((table.columns[i].heading,), width(table.columns[i].heading)) for i in shown}
    for i, wanted in _evenly(heads, widths, left, hanging=False).items():
        widen(i, wanted)
    for i in shown:
        if table.columns[i].kind == "bar":
            widen(i, _MOST_BAR)
    return widths


def _evenly(
    parts: Mapping[int, tuple[Sequence[str], int]], widths: Mapping[int, int], left: int, *, hanging: bool = True
) -> dict[int, int]:
    """Widths at which the texts of each part, whole at the width given with it, take as few lines as there is room for."""
    for lines in range(1, _DEEPEST):
        wanted = {
            i: max(widths[i], _width_for(texts, widths[i], whole, lines, hanging=hanging))
            for i, (texts, whole) in parts.items()
        }
        if sum(at - widths[i] for i, at in wanted.items()) <= left:
            return wanted
    return {}
