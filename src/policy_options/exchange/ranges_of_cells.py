"""Ranges of cells as workbooks write them: how many cells openpyxl would make of one."""

from __future__ import annotations

import re
from typing import Final

__all__ = ["area_of", "column_number"]

_LAST_ROW: Final = 1_048_576
_LAST_COLUMN: Final = 16_384
_RANGE: Final = re.compile(r"\$?([A-Za-z]{1,3})?\$?([0-9]{1,9})?(?::\$?([A-Za-z]{1,3})?\$?([0-9]{1,9})?)?")


def column_number(letters: str) -> int:
    """The number of a column, counted from 1: 1 for A, 27 for AA."""
    number = 0
    for letter in letters.upper():
        number = 26 * number + ord(letter) - ord("A") + 1
    return number


def area_of(ref: str) -> int:
    """How many cells a range such as A1:B9 has: whole rows (1:9) and columns (A:B) have all of theirs.

    A single cell has 1, and so has what is no range, which openpyxl refuses.
    """
    found = _RANGE.fullmatch(ref)
    if found is None:
        return 1
    left, top, right, bottom = found.groups()
    if not right and not bottom:
        return 1
    wide = (column_number(right) if right else _LAST_COLUMN) - (column_number(left) if left else 1)
    high = (int(bottom) if bottom else _LAST_ROW) - (int(top) if top else 1)
    return (abs(wide) + 1) * (abs(high) + 1)
