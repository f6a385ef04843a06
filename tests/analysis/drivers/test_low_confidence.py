"""Scores of low confidence at their ends, by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given

from policy_options.analysis.drivers.low_confidence import AtItsEnds, at_their_ends
from policy_options.analysis.problem import Problem, WeightVector
from policy_options.analysis.ranking import rank
from policy_options.analysis.value_functions import Levels
from problems import UNKNOWN, criterion, problem, repeatable, shared, weighted

LIKELY = [[60.0, 50.0], [50.0, 58.0], [40.0, 40.0]]


def ends(low: float, high: float, row: int = 0, column: int = 0) -> tuple[AtItsEnds, ...]:
    lows, highs = np.array(LIKELY), np.array(LIKELY)
    lows[row, column], highs[row, column] = low, high
    of = replace(problem(LIKELY, low=lows, high=highs), low_confidence=((row, column),))
    return at_their_ends(rank(of, shared(0.5, 0.5)))


@pytest.mark.parametrize(
    ("row", "bounds", "leaders", "order", "leader"),
    [
        (0, (59.0, 61.0), (("a",), ("a",)), False, False),
        (0, (50.0, 61.0), (("b",), ("a",)), True, True),
        (0, (58.0, 61.0), (("a", "b"), ("a",)), True, True),  # a tie at the top is a different lead
        (1, (20.0, 51.0), (("a",), ("a",)), True, False),  # b falls behind c
        (1, (31.0, 51.0), (("a",), ("a",)), False, False),
        (2, (40.0, 90.0), (("a",), ("c",)), True, True),
    ],
)
def test_who_leads_and_whether_the_order_is_another(
    row: int, bounds: tuple[float, float], leaders: tuple[tuple[str, ...], ...], order: bool, leader: bool
) -> None:
    (found,) = ends(*bounds, row=row)
    assert (found.option, found.criterion, found.low, found.high) == ("abc"[row], "c1", *bounds)
    assert (found.leaders_at_low, found.leaders_at_high) == leaders
    assert (found.order_changes, found.leader_changes) == (order, leader)


def test_what_is_certain_unknown_or_without_weight_is_left_out() -> None:
    of = problem([[UNKNOWN, 50, 50], [50, 58, 50]], low=[[UNKNOWN, 40, 50], [50, 58, 50]],
                 high=[[UNKNOWN, 90, 50], [50, 58, 50]])  # fmt: skip
    weak = replace(of, low_confidence=((0, 0), (0, 1), (0, 2), (1, 0)))
    assert [one.criterion for one in at_their_ends(rank(weak, shared(0.5, 0.5, 0.0)))] == ["c2"]
    assert at_their_ends(rank(weak, shared(0.5, 0.0, 0.5))) == ()
    assert at_their_ends(rank(of, shared(0.5, 0.5, 0.0))) == ()


def test_levels_and_costs_run_from_low_to_high_performance() -> None:
    axis = criterion("c1", 0, 2, "less-is-better", function=Levels((100.0, 40.0, 0.0)), levels=("x", "y", "z"))
    of = problem([[1, 50], [1, 45]], criteria=[axis, criterion("c2")], low=[[0, 50], [1, 45]], high=[[2, 50], [1, 45]])
    (found,) = at_their_ends(rank(replace(of, low_confidence=((0, 0),)), shared(0.5, 0.5)))
    assert (found.leaders_at_low, found.leaders_at_high) == (("a",), ("b",))


@repeatable
@given(weighted((2, 5)))
def test_each_end_is_what_ranking_again_gives(drawn: tuple[Problem, WeightVector]) -> None:
    of, weights = drawn
    cells = tuple((row, column) for row in range(len(of.options)) for column in range(len(of.criteria)))
    of = replace(of, low_confidence=cells)
    now = rank(of, weights)
    for one in at_their_ends(now):
        row, column = of.option_index[one.option], of.criterion_ids.index(one.criterion)
        changed, leads = [], []
        for end in (one.low, one.high):
            likely = of.likely.copy()
            likely[row, column] = end
            again = rank(replace(of, low=likely, likely=likely, high=likely), weights)
            changed.append((again.ranks != now.ranks).any())
            leads.append(again.leaders)
        assert [set(one.leaders_at_low), set(one.leaders_at_high)] == [set(lead) for lead in leads]
        assert one.order_changes == any(changed)
        assert one.leader_changes == any(set(lead) != set(now.leaders) for lead in leads)
