"""How a sheet is printed: on the width of one page while it can be read, else on several that repeat what names a row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from policy_options.exchange.workbook.cells import Sheet

__all__ = ["OnPaper", "on_paper"]

LEAST_SCALE: Final = 55
"""Per cent of their size to which letters may shrink, so that those of 11 points have more than six."""

SPREAD_SCALE: Final = 75
"""Per cent of their size that letters have on a sheet that is spread over several pages."""

_ACROSS: Final = {True: 1_000.0, False: 680.0}
"""Pixels across A4 with margins of half an inch, in landscape and portrait, less some for programs that measure wider."""


@dataclass(frozen=True, slots=True)
class OnPaper:
    """A scale in per cent, ``None`` to fit one page; columns repeated at the left; and those that begin a further page."""

    scale: int | None
    repeated: int = 0
    breaks: tuple[int, ...] = ()


def _pixels(width: float) -> float:
    """The width of a column, given in digits of the default font, which have seven pixels, with its padding."""
    return 7 * width + 5


def on_paper(sheet: Sheet) -> OnPaper:
    """How to print a sheet, so that what is on it can be read."""
    pixels = [_pixels(width) for width in sheet.widths]
    across = _ACROSS[sheet.wide]
    repeated = sheet.freeze[1] if sheet.freeze else 0
    room = across / (SPREAD_SCALE / 100) - sum(pixels[:repeated])
    if sum(pixels) * LEAST_SCALE / 100 <= across or max(pixels[repeated:], default=0.0) > room:
        return OnPaper(None)
    pages = len(_breaks(pixels, repeated, room)) + 1
    # The narrowest pages of that number: the last one is then about as full as the others.
    least = min(limit for limit in range(int(room) + 1) if _fits(pixels, repeated, float(limit), pages))
    return OnPaper(SPREAD_SCALE, repeated, _breaks(pixels, repeated, float(least)))


def _fits(pixels: list[float], repeated: int, room: float, pages: int) -> bool:
    return max(pixels[repeated:]) <= room and len(_breaks(pixels, repeated, room)) < pages


def _breaks(pixels: list[float], repeated: int, room: float) -> tuple[int, ...]:
    """The columns that begin a further page, if each has this room."""
    breaks, used = [], 0.0
    for column in range(repeated, len(pixels)):
        if used + pixels[column] > room:
            breaks.append(column)
            used = 0.0
        used += pixels[column]
    return tuple(breaks)
