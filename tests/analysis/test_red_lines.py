from __future__ import annotations

import math
from typing import Literal

from policy_options.analysis.problem import Problem
from policy_options.analysis.red_lines import red_lines
from policy_options.analysis.value_functions import Direction, Levels
from problems import UNKNOWN, criterion, problem

MORE: Direction = "more-is-better"
LESS: Direction = "less-is-better"
Status = Literal["fails", "might fail"]


def crossed(of: Problem) -> list[tuple[str, str, Status]]:
    return [(one.option, one.criterion, one.status) for one in red_lines(of).crossings]


def test_an_option_below_the_line_fails_and_one_on_it_meets_it() -> None:
    of = problem([[30], [29.9], [31]], criteria=[criterion("c1", red_line=30)])
    assert crossed(of) == [("b", "c1", "fails")]


def test_where_less_is_better_an_option_above_the_line_fails() -> None:
    of = problem([[30], [29.9], [31]], criteria=[criterion("c1", 0, 50, LESS, red_line=30)])
    assert crossed(of) == [("c", "c1", "fails")]


def test_a_bound_beyond_the_line_might_fail() -> None:
    of = problem(
        [[40, 20], [40, 20], [20, 40]],
        low=[[25, 10], [30, 10], [10, 10]],
        high=[[60, 35], [60, 30], [60, 60]],
        criteria=[criterion("c1", red_line=30), criterion("c2", direction=LESS, red_line=30)],
    )
    assert crossed(of) == [
        ("a", "c1", "might fail"),
        ("c", "c1", "fails"),
        ("a", "c2", "might fail"),
        ("c", "c2", "fails"),
    ]


def test_an_unknown_score_might_fail_and_never_fails() -> None:
    of = problem([[UNKNOWN], [50]], criteria=[criterion("c1", red_line=30)])
    assert crossed(of) == [("a", "c1", "might fail")]
    assert red_lines(of).failing == frozenset()


def test_a_line_is_in_the_unit_and_not_in_values() -> None:
    of = problem([[300], [200]], criteria=[criterion("c1", 100, 900, red_line=250)])
    assert crossed(of) == [("b", "c1", "fails")]


def test_a_line_among_levels() -> None:
    small_is_best = criterion(
        "c1", 0, 2, LESS, function=Levels((100, 60, 0)), levels=("small", "middling", "large"), red_line=1
    )
    assert crossed(problem([[0], [1], [2]], criteria=[small_is_best])) == [("c", "c1", "fails")]


def test_a_line_at_zero_is_a_line() -> None:
    of = problem([[-1], [1]], criteria=[criterion("c1", -10, 10, red_line=0.0)])
    assert crossed(of) == [("a", "c1", "fails")]


def test_without_a_line_nothing_is_crossed() -> None:
    assert crossed(problem([[0], [UNKNOWN]])) == []


def test_an_option_that_fails_one_line_and_might_fail_another_is_failing() -> None:
    of = problem(
        [[10, 50], [50, 50]],
        low=[[10, 20], [50, 20]],
        high=[[10, 60], [50, 60]],
        criteria=[criterion("c1", red_line=30), criterion("c2", red_line=30)],
    )
    found = red_lines(of)
    assert found.failing == frozenset({"a"})
    assert len(found.crossings) == 3


def test_a_line_just_above_a_performance_is_not_rounded_away() -> None:
    above = math.nextafter(30.0, 31.0)
    assert crossed(problem([[30.0]], criteria=[criterion("c1", red_line=above)])) == [("a", "c1", "fails")]


def test_the_table_has_a_row_a_crossing() -> None:
    table = red_lines(problem([[30], [20]], criteria=[criterion("c1", red_line=30)])).table
    assert table.columns.tolist() == ["option", "criterion", "status"]
    assert list(table.itertuples(index=False, name=None)) == [("b", "c1", "fails")]
    assert red_lines(problem([[30]])).table.columns.tolist() == ["option", "criterion", "status"]
