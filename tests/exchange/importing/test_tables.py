"""Tables of any program: their orientation, their rows about criteria, ranges, and what must be asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from policy_options.dossier.building import build_problem
from policy_options.dossier.in_memory import InMemory
from policy_options.dossier.loading import load_contents
from policy_options.exchange.importing.asked import Asked
from policy_options.exchange.importing.dossier_files import files_of
from policy_options.exchange.importing.words import bound_in, direction_of, label_role
from workbooks import LESS, csv, fault, faults, likely, read

FULL = (
    "Option;Cost;Reach;Noise",
    "Unit;M€;islands;dB",
    "Direction;min;max;lower",
    "Weight;50;30;20",
    "Scale low;0;0;40",
    "Scale high;40;10;80",
    "Group;Money;Use;Use",
    "East quay;12,5;3;55",
    "New mole;30;7;70",
)


def test_rows_about_the_criteria() -> None:
    matrix = read("a.csv", csv(*FULL), Asked())
    assert [(one.unit, one.direction, one.low, one.high, one.groups) for one in matrix.criteria] == [
        ("M€", "less-is-better", 0, 40, ("money",)),
        ("islands", "more-is-better", 0, 10, ("use",)),
        ("dB", "less-is-better", 40, 80, ("use",)),
    ]
    assert matrix.weights[0].answers == {"judgements": {"cost": 50, "reach": 30, "noise": 20}}
    assert [one.title for one in matrix.options] == ["East quay", "New mole"]
    assert not matrix.assumed


def test_they_may_come_below_the_options() -> None:
    below = (FULL[0], *FULL[7:], *FULL[1:7])
    assert read("a.csv", csv(*below), Asked()).criteria == tuple(
        replace(one, at=other.at)
        for one, other in zip(
            read("a.csv", csv(*FULL), Asked()).criteria, read("a.csv", csv(*below), Asked()).criteria, strict=True
        )
    )


def test_options_in_columns_give_the_same_dossier() -> None:
    rows = [line.split(";") for line in FULL]
    turned = [";".join(column) for column in zip(*rows, strict=True)]
    turned[0] = turned[0].replace("Option", "")
    one, other = read("a.csv", csv(*FULL), Asked()), read("a.csv", csv(*turned), Asked())
    assert likely(one) == likely(other)
    assert [c.id for c in one.criteria] == [c.id for c in other.criteria]
    assert str(other.options[0].at) == "H1"
    assert files_of(one, "a", date(2026, 1, 1)).keys() == files_of(other, "a", date(2026, 1, 1)).keys()


@pytest.mark.parametrize("corner", ["Criterion", "criteria", "Indicator"])
def test_the_corner_may_say_which_way_round_it_is(corner: str) -> None:
    matrix = read("a.csv", csv(f"{corner};East;Mole", "Cost;12,5;30", "Reach;3;7"))
    assert likely(matrix) == [[12.5, 3], [30, 7]]


def test_which_way_round_is_assumed_aloud_or_given() -> None:
    raw = csv("x;East;Mole", "Cost;12,5;30", "Reach;3;7")
    assert any("which is assumed" in line for line in read("a.csv", raw, Asked(less_is_better=())).read)
    assert likely(read("a.csv", raw, replace(LESS, options_in="columns"))) == [[12.5, 3], [30, 7]]


def test_labels_that_contradict_one_another_are_asked_about() -> None:
    found = fault("a.csv", csv("Criterion;Cost;Reach", "Unit;a;b", "East;12,5;3", "Mole;30;7"))
    assert (found.code, "--options-in" in found.remedy) == ("options-in", True)


def test_a_criterion_that_is_called_weight_is_asked_about() -> None:
    raw = csv("Car;Weight;Cost", "Audi;1500;3", "Beetle;800;7")
    assert fault("a.csv", raw).code == "options-in"
    matrix = read("a.csv", raw, replace(LESS, options_in="rows"))
    assert ([one.id for one in matrix.criteria], matrix.weights) == (["weight", "cost"], ())


def test_worst_and_best_ends_say_the_direction() -> None:
    matrix = read("a.csv", csv("Option;Cost;Reach", "Worst;40;0", "Best;0;10", "East;12,5;3", "Mole;30;7"), Asked())
    assert [(one.direction, one.low, one.high) for one in matrix.criteria] == [
        ("less-is-better", 0, 40),
        ("more-is-better", 0, 10),
    ]
    raw = csv("Option;Cost;Reach", "Direction;max;max", "Worst;40;0", "Best;0;10", "East;12,5;3", "Mole;30;7")
    assert fault("a.csv", raw).code == "direction-contradicted"


def test_directions_are_asked_for_by_name() -> None:
    found = fault("a.csv", csv("Option;Cost;Reach", "East;12,5;3", "Mole;30;7"), Asked())
    assert found.code == "direction-unknown"
    assert '"Cost", "Reach"' in found.message
    assert "--less-is-better" in found.remedy and "cost,reach" in found.remedy


def test_a_flag_that_names_nothing_is_refused() -> None:
    raw = csv("Option;Cost;Reach", "East;12,5;3", "Mole;30;7")
    assert fault("a.csv", raw, Asked(less_is_better=("price",))).code == "flag-names-nothing"
    for nothing in ("Noise", "each", "column"):
        both = replace(LESS, leave_out=("East", nothing))
        found = fault("a.csv", raw + csv("Pier;1;2"), both)
        assert found.code == "flag-names-nothing"
        assert f'names "{nothing}"' in found.message


@pytest.mark.parametrize("name", ["Noise (dB)", "noise", "Noise"])
def test_a_criterion_is_left_out_with_or_without_its_unit(name: str) -> None:
    raw = csv("Option;Cost;Noise (dB)", "East;12,5;3", "Mole;30;7")
    assert [one.title for one in read("a.csv", raw, replace(LESS, leave_out=(name,))).criteria] == ["Cost"]


def test_names_with_commas_are_shown_with_the_way_to_write_them() -> None:
    raw = csv("Option;Cost;Noise, total", "East;12,5;3", "Mole;30;7")
    found = fault("a.csv", raw, replace(LESS, leave_out=("total",)))
    assert """'"X, Y"'""" in found.remedy


def test_a_flag_that_contradicts_the_file_is_refused() -> None:
    assert fault("a.csv", csv(*FULL), Asked(less_is_better=("reach",))).code == "direction-contradicted"


@pytest.mark.parametrize(
    "words", [("low", "likely", "high"), ("(min)", "(most likely)", "(max)"), ("lower", "best estimate", "upper")]
)
def test_ranges_by_their_headers(words: tuple[str, str, str]) -> None:
    header = ";".join(f"Cost {word}" for word in words)
    matrix = read("a.csv", csv(f"Option;{header};Reach", "East;1;2;3;4", "Mole;;6;;7"))
    assert [(score.low, score.likely, score.high) for score, _ in matrix.scores] == [(1, 2, 3), (None, 6, None)]


def test_a_name_that_ends_like_a_bound_is_a_name() -> None:
    assert [one.title for one in read("a.csv", csv("Option;Cost;Tide high", "East;1;2", "Mole;3;4")).criteria] == [
        "Cost",
        "Tide high",
    ]


@pytest.mark.parametrize(
    ("header", "row", "code"),
    [
        ("Option;Cost low;Cost high;Reach", "East;1;3;4", "range-incomplete"),
        ("Option;Cost low;Cost;Cost high;Reach", "East;3;2;1;4", "range-order"),
        ("Option;Cost low;Cost;Cost high;Reach", "East;1;;3;4", "range-incomplete"),
        ("Option;Cost low;Cost;Cost high;Reach", "East;1;2;;4", "range-incomplete"),
    ],
)
def test_ranges_that_are_not_whole(header: str, row: str, code: str) -> None:
    other = "Mole" + ";9" * header.count(";")
    assert code in [one.code for one in faults("a.csv", csv(header, row, other))]


def test_empty_cells_are_unknown_and_said() -> None:
    matrix = read("a.csv", csv("Option;Cost;Reach", "East;;3", "Mole;30;n/a", "As is;0;1"))
    assert likely(matrix) == [[None, 3], [30, None], [0, 1]]
    assert "2 scores are empty, so they are `unknown`: B2, C3" in matrix.assumed


def test_a_column_of_text_is_refused_once_and_may_be_left_out() -> None:
    raw = csv("Option;Cost;Risk;Reach", "East;1;low;3", "Mole;30;high;7")
    found = fault("a.csv", raw)
    assert (found.code, found.message[:3]) == ("column-of-text", "C2:")
    matrix = read("a.csv", raw, replace(LESS, leave_out=("risk",)))
    assert [one.id for one in matrix.criteria] == ["cost", "reach"]
    assert 'C1: column "Risk", as --leave-out says' in matrix.left_out


def test_options_may_be_called_low_and_high() -> None:
    table = csv("Option;Cost;Reach", "Unit;k€;km", "As is;0;0", "Low;1;2", "High;3;4")
    assert [one.title for one in read("a.csv", table).options] == ["As is", "Low", "High"]
    middle = csv("Option;Cost;Reach", "Unit;k€;km", "Low;1;2", "Medium;2;3", "High;3;4")
    assert len(read("a.csv", middle).options) == 3


def test_descriptions_become_summaries_and_notes_are_left_out() -> None:
    matrix = read("a.csv", csv("Option;Description;Cost;Reach;Notes", "East;A quay.;1;3;x", "Mole;;30;7;"))
    assert [one.summary for one in matrix.options] == ["A quay.", None]
    assert any('"Notes"' in line for line in matrix.left_out)


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        (("Option;Cost;Reach", "East;1;2", ";3;4"), "name-missing"),
        (("Option;Cost;Reach", "East;1;2", "Mole;;"), "row-empty"),
        (("Option;Cost;Reach", "East;1;2", "Max;3;4"), "row-unclear"),
        (("Option;Cost;Reach", "Weight;1;2", "Low;0;0", "High;9;9", "East;1;2", "Mole;3;4"), "row-unclear"),
        (("Option;Cost;Reach", "East;1;2", "Mole;3;4", ";;", "Total;4;6"), "table-second"),
        (("Option;Cost;Reach", "Weight;1;2", "Weights;1;2", "East;1;2", "Mole;3;4"), "row-twice"),
        (("Option;Cost;Reach", "Weight;1;", "East;1;2", "Mole;3;4"), "weight-missing"),
        (("Option;Cost;Reach", "Weight;-1;2", "East;1;2", "Mole;3;4"), "weight-negative"),
        (("Option;Cost;Reach", "Weight;0;0", "East;1;2", "Mole;3;4"), "weights-zero"),
        (("Option;Cost;Reach", "Direction;sideways;max", "East;1;2", "Mole;3;4"), "direction-unreadable"),
        (("Option;Cost;Reach", "Scale low;0;0", "East;1;2", "Mole;3;4"), "scale-ends"),
        (("Option;Cost;Reach", "Scale low;9;9", "Scale high;0;0", "East;1;2", "Mole;3;4"), "scale-ends"),
        (("Option;Cost;Reach", "Scale low;0;0", "Scale high;2;5", "East;1;2", "Mole;3;4"), "off-scale"),
        (("Option;Cost;cost", "East;1;2", "Mole;3;4"), "names-alike"),
        (("Option;Cost;Reach", "East;1;2", "East;3;4"), "names-alike"),
        (("Option;Cost;Reach", "East;1;2", "Mole;1;4"), "scale-unknown"),
        (("Option;Cost;Reach", f"{'East' * 100};1;2", "Mole;3;4"), "title-too-long"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_by_cell(lines: tuple[str, ...], code: str) -> None:
    found = faults("a.csv", csv(*lines))
    assert code in [one.code for one in found], [(one.code, one.message) for one in found]
    assert all(one.message.partition(":")[0][-1:].isdigit() for one in found)


def test_what_is_below_an_empty_row_and_has_no_numbers_is_left_out() -> None:
    matrix = read("a.csv", csv("Option;Cost;Reach", "East;1;2", "Mole;3;4", ";;", "Source: the survey;;"))
    assert 'A5: "Source: the survey", below the table' in matrix.left_out


def test_names_without_latin_letters_keep_their_title() -> None:
    matrix = read("a.csv", csv("Option;Cost;到達", "東埠頭;1;2", "Größe & Co;3;4", "con;5;6"))
    assert [(one.id, one.title) for one in matrix.options] == [
        ("option-1", "東埠頭"),
        ("grosse-co", "Größe & Co"),
        ("option-con", "con"),
    ]
    assert 'option "東埠頭" has the id option-1' in matrix.read


def test_the_dossier_says_what_the_file_did_not() -> None:
    matrix = read("a.csv", csv("Option;Cost;Reach", "East;12,5;3", "Mole;30;7", "As is;;1"))
    files = files_of(matrix, "Harbour 2026", date(2026, 3, 1))
    contents = load_contents(InMemory(files))
    problem = build_problem(contents)
    assert [axis.id for axis in problem.criteria] == ["cost", "reach"]
    assert all(axis.local for axis in problem.criteria)
    assert contents.decision.model.id == "harbour-2026"
    assert contents.weight_sets["equal"].model.status == "illustrative"
    assert b"cost: unknown" in files["options/as-is.yaml"]
    assert b"# Scores from a.csv, A2\n" in files["options/east.yaml"]
    first = files["options/east.yaml"].splitlines()[0]
    assert first == b"# yaml-language-server: $schema=../schemas/option.schema.json"


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("max", "more-is-better"),
        ("Less is better", "less-is-better"),
        ("↓", "less-is-better"),
        ("-", "less-is-better"),
        ("?", None),
    ],
)
def test_directions_in_words(word: str, expected: str | None) -> None:
    assert direction_of(word) == expected


def test_labels_and_bounds_in_words() -> None:
    assert [label_role(word) for word in ("Weight (%)", "UNITS:", "best", "Max", "East")] == [
        "weight",
        "unit",
        "best",
        "unclear",
        None,
    ]
    assert [bound_in(word) for word in ("Cost (low)", "low", "Cost_max", "Cost - most likely", "Highway")] == [
        ("Cost", "low"),
        ("", "low"),
        ("Cost", "high"),
        ("Cost", "likely"),
        None,
    ]
