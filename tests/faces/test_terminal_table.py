"""Bars on a terminal: a distinct fill for every part, and a legend that fits."""

from __future__ import annotations

import pytest

from policy_options.analysis.parts import MOST_PARTS
from policy_options.faces.terminal_table import Screen, table_text
from policy_options.wording.phrases import load_phrases
from policy_options.wording.plain import width
from policy_options.wording.table import Column, Table

ENGLISH = load_phrases("en")


@pytest.mark.parametrize("blocks", [True, False])
@pytest.mark.parametrize("colour", [True, False])
def test_every_part_has_a_fill_of_its_own(blocks: bool, colour: bool) -> None:
    screen = Screen(80, colour, blocks)
    fills = [screen.segment(index, 1) for index in range(MOST_PARTS)]
    assert len(set(fills)) == MOST_PARTS
    assert len({fill.strip("\x1b[0123456789m") for fill in fills}) == MOST_PARTS  # without colour as well


def test_the_legend_names_every_part_and_keeps_to_the_screen() -> None:
    names = tuple(f"The criterion of number {index}, at some length" for index in range(MOST_PARTS))
    table = Table((Column("c", "C", "bar"),), ((tuple([1.0] * MOST_PARTS),),), names)
    lines = table_text(table, ENGLISH, Screen(80, False, True)).splitlines()
    assert max(width(line) for line in lines) <= 80
    assert all(any(name in line for line in lines) for name in names)


def test_a_given_figure_is_never_broken_and_a_long_level_is() -> None:
    rows = (("a", 1234567.123456789), ("b", "a level of the scale with a name that is far too long for a screen"))
    table = Table((Column("o", "Option", "text"), Column("p", "Performance", "given")), rows)
    text = table_text(table, ENGLISH, Screen(40, False, True))
    assert "1,234,567.123456789" in text
    assert " ".join(text.split("b ")[1].split()) == "a level of the scale with a name that is far too long for a screen"
    assert max(width(line) for line in text.splitlines()) <= 40
