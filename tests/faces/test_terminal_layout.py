"""How tables are laid out and drawn, whatever their content and however wide the terminal is."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_options.analysis.parts import MOST_PARTS
from policy_options.faces.terminal_layout import lay_out
from policy_options.faces.terminal_table import Screen, table_text
from policy_options.wording.phrases import load_phrases
from policy_options.wording.plain import width
from policy_options.wording.table import Cell, Column, Kind, Table, cell_text
from problems import repeatable

ENGLISH = load_phrases("en")
WORDS = st.sampled_from(
    [
        "ferry",
        "third-party-cooperation",
        "Устойчивость",
        "東の岸壁へ移す",
        "供应链韧性",
        "a",
        "9,876,543.21",
        "landing place",
    ]
)
TEXTS = st.lists(WORDS, max_size=9).map(" ".join)
NUMBERS = st.one_of(st.none(), st.floats(-1e6, 1e6, allow_nan=False))
KINDS: list[Kind] = ["text", "points", "lead", "percent"]


@st.composite
def tables(draw: st.DrawFn) -> Table:
    columns = [Column("name", "Option", "text")]
    for number in range(draw(st.integers(1, 9))):
        heading = draw(TEXTS.filter(bool)) if draw(st.booleans()) else str(number)
        columns.append(Column(f"c{number}", heading, draw(st.sampled_from(KINDS)), draw(st.integers(0, 4))))
    if draw(st.booleans()):
        columns.append(Column("bar", "Share", "bar", spare=1))
    rows: list[tuple[Cell, ...]] = []
    for _ in range(draw(st.integers(1, 4))):
        cells: list[Cell] = []
        for column in columns:
            if column.kind == "bar":
                cells.append((draw(st.floats(0, 50)), draw(st.floats(0, 50))))
            else:
                cells.append(draw(TEXTS if column.kind == "text" else NUMBERS))
        rows.append(tuple(cells))
    return Table(tuple(columns), tuple(rows), ("Economy", "供应链韧性"))


def texts_of(table: Table) -> list[list[str]]:
    numbers = ENGLISH.numbers
    return [[cell_text(row[i], column.kind, numbers) for row in table.rows] for i, column in enumerate(table.columns)]


def signs(text: str) -> str:
    return "".join(sorted("".join(text.split())))


@repeatable
@given(tables(), st.integers(40, 200))
def test_a_line_never_runs_over_and_nothing_is_cut(table: Table, columns: int) -> None:
    text = table_text(table, ENGLISH, Screen(columns, False, True))
    assert max(map(width, text.splitlines())) <= columns
    assert "…" not in text


@repeatable
@given(tables(), st.integers(40, 200))
def test_every_number_is_whole_or_its_column_is_named(table: Table, columns: int) -> None:
    texts = texts_of(table)
    layout = lay_out(table, texts, columns)
    shown = table_text(table, ENGLISH, Screen(columns, False, True))
    for i in layout.shown:
        if table.columns[i].kind not in ("text", "bar"):
            assert all(re.search(rf"(?<![\d.,]){re.escape(text)}(?![\d,])", shown) for text in texts[i])
    assert ("In a terminal of" in shown) == bool(layout.left_out)
    named = "".join(shown.split("In a terminal of")[1].split()) if layout.left_out else ""
    for i in layout.left_out:
        heading = table.columns[i].heading
        assert heading.isdecimal() or "".join(heading.split()) in named


@repeatable
@given(tables(), st.integers(40, 200))
def test_the_text_of_every_column_that_is_shown_is_there_in_full(table: Table, columns: int) -> None:
    texts = texts_of(table)
    layout = lay_out(table, texts, columns)
    only = Table(
        tuple(table.columns[i] for i in layout.shown), tuple(tuple(row[i] for i in layout.shown) for row in table.rows)
    )
    drawn = table_text(only, ENGLISH, Screen(columns, False, True))
    times = len(table.rows) if layout.turned else 1
    wanted = "".join("".join(texts[i]) + table.columns[i].heading * times for i in layout.shown)
    assert signs(re.sub("[█▓]", "", drawn)) == signs(wanted)
    assert drawn.count("9,876,543.21") == wanted.count("9,876,543.21")


@repeatable
@given(tables())
def test_the_width_that_is_named_shows_every_column(table: Table) -> None:
    needed = lay_out(table, texts_of(table), 10_000).needed
    layout = lay_out(table, texts_of(table), needed)
    assert (layout.left_out, layout.turned) == ((), False)
    assert len(layout.shown) == len(table.columns)


@repeatable
@given(tables())
def test_a_file_has_every_column(table: Table) -> None:
    text = table_text(table, ENGLISH, Screen.of_file())
    assert "In a terminal of" not in text
    layout = lay_out(table, texts_of(table), Screen.of_file().columns, limited=False)
    assert (len(layout.shown), layout.turned) == (len(table.columns), False)


def options(*columns: Column) -> Table:
    """Two rows: an id, and numbers that are 100 for each column of points."""
    row: tuple[Cell, ...] = ("third-party-cooperation", *(100.0 for _ in columns))
    return Table((Column("option", "Option", "text"), *columns), (row, row))


def test_columns_that_have_no_room_are_named_with_the_width_that_has_it() -> None:
    table = options(
        Column("a", "Value", "points"), Column("b", "Economy", "points", 2), Column("c", "Standing", "points", 2)
    )
    assert table_text(table, ENGLISH, Screen(40, False, True)).split("\n\n")[1] == (
        "In a terminal of 49 columns or more,\n"
        "also: Economy, Standing. --format\n"
        "markdown shows every column whatever the\n"
        "width.\n"
    )
    assert "In a terminal" in table_text(table, ENGLISH, Screen(48, False, True))
    assert "In a terminal" not in table_text(table, ENGLISH, Screen(49, False, True))
    assert "--format" not in table_text(table, ENGLISH, Screen(40, False, True), formats=False)


def test_numbered_columns_are_named_as_a_range() -> None:
    columns = [Column(str(n), str(n), "points", n) for n in range(1, 13)]
    text = table_text(options(*columns), ENGLISH, Screen(60, False, True))
    assert "also: 6–12." in " ".join(text.split())


def test_a_table_that_cannot_do_without_its_columns_turns_sideways() -> None:
    columns = [Column(str(n), f"Contribution {n}", "points") for n in range(4)]
    text = table_text(options(*columns), ENGLISH, Screen(40, False, True))
    assert text.split("\n\n")[0] == (
        "Option          third-party-cooperation\n"
        "Contribution 0  100.0\n"
        "Contribution 1  100.0\n"
        "Contribution 2  100.0\n"
        "Contribution 3  100.0"
    )
    assert text.count("third-party-cooperation") == 2


def test_headings_take_as_few_lines_as_there_is_room_for() -> None:
    table = options(Column("a", "First, scores uncertain", "points"), Column("b", "First, scores as likely", "points"))
    heads = [
        table_text(table, ENGLISH, Screen(at, False, True)).split("third-party")[0].count("\n") for at in (45, 60, 90)
    ]
    assert heads == [3, 2, 1]


@pytest.mark.parametrize("columns", [40, 60, 200])
def test_a_legend_of_many_parts_wraps_and_has_a_key_for_each(columns: int) -> None:
    names = tuple(f"Group of criteria {n}" for n in range(MOST_PARTS))
    table = Table((Column("bar", "Share", "bar"),), (((1.0,) * MOST_PARTS,),), names)
    legend = table_text(table, ENGLISH, Screen(columns, False, True)).split("\n\n")[1]
    assert max(map(width, legend.splitlines())) <= columns
    keys = [sign * 2 for sign in "█▓▒░▚▞◦·"]
    assert all(f"{key} {name}" in legend for key, name in zip(keys, names, strict=True))
