from __future__ import annotations

from policy_options.faces.terminal import sections_text
from policy_options.faces.terminal_table import Screen
from policy_options.reports.report import Section
from policy_options.wording.phrases import load_phrases
from policy_options.wording.table import Column, Table

ENGLISH = load_phrases("en")
SCREEN = Screen(40, colour=False, blocks=False)


def test_a_title_a_table_and_what_is_said_of_it() -> None:
    table = Table((Column("name", "Name", "text"), Column("value", "Value", "points")), (("a", 1.0), ("b", 22.5)))
    sections = [
        Section("First", ("A note that is longer than a line of the screen is.",), table),
        Section("Empty table", ("Only a note.",), Table(table.columns, ())),
        Section(notes=("One.", "Two."), listed=True),
    ]
    assert sections_text(sections, ENGLISH, SCREEN, title="Title") == (
        "Title\n\nFirst\n\nName  Value\na       1.0\nb      22.5\n\nA note that is longer than a line of the\nscreen is.\n\n"
        "Empty table\nOnly a note.\n\n- One.\n- Two.\n"
    )


def test_titles_stand_out_where_there_is_colour() -> None:
    shown = sections_text([Section("A")], ENGLISH, Screen(40, colour=True, blocks=True))
    assert shown == "\x1b[1mA\x1b[0m\n"
