"""Ranges of cells as workbooks write them: how many cells openpyxl would make of one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

__all__ = ["LONGEST_FORMAT", "area_of", "cells_made_for", "column_number"]

LONGEST_FORMAT: Final = 1_000
"""Characters in a number format; Excel allows 255, and openpyxl looks through one in the square of its length."""
_MADE_FOR: Final = frozenset(("mergeCell", "hyperlink", "comment"))
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


def cells_made_for(element: str, attributes: Mapping[str, str]) -> int:
    """How many cells openpyxl makes for an element that is no cell: one for each place in the range of some of them."""
    return area_of(attributes.get("ref", "")) if element in _MADE_FOR else 0
