"""Ranges of cells, by their number of cells."""

from __future__ import annotations

import pytest

from policy_options.exchange.ranges_of_cells import area_of, column_number


@pytest.mark.parametrize(("letters", "number"), [("A", 1), ("Z", 26), ("AA", 27), ("xfd", 16_384)])
def test_columns_are_counted_from_one(letters: str, number: int) -> None:
    assert column_number(letters) == number


@pytest.mark.parametrize(
    ("ref", "cells"),
    [
        ("A1", 1),
        ("A1:B9", 18),
        ("$B$9:$A$1", 18),
        ("a1:b9", 18),
        ("A:B", 2_097_152),
        ("1:2", 32_768),
        ("A1:XFD1048576", 17_179_869_184),
        ("no range", 1),
        ("", 1),
    ],
)
def test_a_range_has_so_many_cells(ref: str, cells: int) -> None:
    assert area_of(ref) == cells
