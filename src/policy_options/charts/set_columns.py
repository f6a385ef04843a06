"""Weight sets as numbered columns, with a list below that explains the numbers, since names of sets are longer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from policy_options.charts.primitives import INK, MUTED, clipped, text
from policy_options.wording.phrases import Phrases

if TYPE_CHECKING:
    from policy_options.wording.phrase_keys import PhraseKey

__all__ = ["SETS_SHOWN", "heads", "left_out", "legend"]

SETS_SHOWN: Final = 16
"""Columns that can be distinguished on a page; the table has every set."""

_SMALL = 9.0
_LINE = 13.0
_IN_A_ROW = 3


def heads(centres: Sequence[float], y: float) -> list[str]:
    """The numbers above the columns, from 1."""
    return [
        text(x, y, str(number), size=_SMALL, anchor="middle", weight=700, fill=INK)
        for number, x in enumerate(centres, start=1)
    ]


def legend(titles: Sequence[str], top: float, width: float) -> tuple[list[str], float]:
    """What each number means, in rows of three below ``top``; and where the last row ends."""
    room = width / _IN_A_ROW
    parts = []
    for index, title in enumerate(titles):
        row, column = divmod(index, _IN_A_ROW)
        x, y = column * room, top + (row + 1) * _LINE
        parts.append(text(x, y, str(index + 1), size=_SMALL, weight=700))
        parts.append(text(x + 16.0, y, clipped(title, room - 22.0, _SMALL), size=_SMALL))
    rows = -(-len(titles) // _IN_A_ROW)
    return parts, top + rows * _LINE + 4.0


def left_out(options: int, sets: int, top: float, phrases: Phrases) -> tuple[list[str], float]:
    """The numbers of options and sets not drawn, one line each if there are any; and where the last line ends."""
    parts = []
    rest: tuple[tuple[PhraseKey, int], ...] = (("chart.options-left-out", options), ("chart.sets-left-out", sets))
    for key, count in rest:
        if count:
            top += 12.0
            parts.append(text(0.0, top, phrases.say(key, count=count), size=_SMALL, fill=MUTED))
    return parts, top
