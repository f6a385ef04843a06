"""Score switching values: the problem ranked again with the score at the switching value, and a step beyond it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings

from policy_options.analysis.problem import Problem, WeightVector
from policy_options.analysis.ranking import Ranking, rank
from policy_options.analysis.switching.score_values import (
    ScoreSwitchingValue,
    ScoreSwitchingValues,
    performance_worth,
    score_switching_values,
)
from policy_options.analysis.value_functions import (
    Direction,
    Exponential,
    Levels,
    Linear,
    PiecewiseLinear,
    ValueFunction,
)
from policy_options.errors import PolicyOptionsError
from problems import DIRECTIONS, UNKNOWN, criterion, problem, repeatable, shared, weighted

LEVELS = ("none", "some", "much", "all")


def of(switching_values: ScoreSwitchingValues, option: str, id: str) -> ScoreSwitchingValue:
    (found,) = (tie for tie in switching_values.switching_values if (tie.option, tie.criterion) == (option, id))
    return found


def reranked(ranking: Ranking, option: str, id: str, performance: float) -> Ranking:
    """The ranking with one performance set to another."""
    before = ranking.problem
    likely = before.likely.copy()
    likely[before.option_index[option], before.criterion_ids.index(id)] = performance
    return rank(replace(before, low=likely, likely=likely, high=likely), ranking.weights)


# --- by hand ---


def test_the_leaders_scores_fall_and_those_of_rivals_rise() -> None:
    """a leads b by 10: the half that c1 weighs makes 20 of its points worth that, the quarter of c2 makes 40."""
    ranking = rank(problem([[60, 60, 0], [40, 60, 0], [40, 40, 20]]), shared(0.5, 0.25, 0.25))
    found = score_switching_values(ranking)
    assert found.leader == "a"
    assert [(tie.option, tie.criterion) for tie in found.switching_values] == [
        (option, id) for option in ("a", "b", "c") for id in ("c1", "c2", "c3")
    ]
    assert (of(found, "a", "c1").at, of(found, "a", "c1").taking_over) == (40.0, ("b", "c"))
    assert (of(found, "a", "c2").at, of(found, "b", "c2").at) == (20.0, 100.0)
    assert (of(found, "b", "c1").at, of(found, "b", "c1").taking_over) == (60.0, ("b",))
    assert (of(found, "c", "c3").at, of(found, "b", "c3").at) == (60.0, 40.0)


def test_it_is_never_enough_where_the_scale_ends_before() -> None:
    ranking = rank(problem([[60, 90], [40, 70]]), shared(0.75, 0.25))
    found = score_switching_values(ranking)
    tie = of(found, "b", "c2")
    assert (tie.at, tie.exactly, tie.within, tie.taking_over) == (
        None,
        False,
        False,
        (),
    )
    assert tie.never == "off-scale"
    assert tie.short == pytest.approx(20 - 30 * 0.25, abs=1e-12)
    assert of(found, "a", "c2").at == pytest.approx(10.0, abs=1e-12)


def test_the_end_of_the_scale_may_be_just_enough() -> None:
    ranking = rank(problem([[60, 60], [50, 60]]), shared(0.8, 0.2))
    assert of(score_switching_values(ranking), "b", "c2").at == pytest.approx(100.0, abs=1e-9)
    assert of(score_switching_values(ranking), "a", "c2").at == pytest.approx(20.0, abs=1e-9)


def test_a_criterion_without_weight_never_does_it() -> None:
    found = score_switching_values(rank(problem([[60, 50], [50, 60]]), shared(1.0, 0.0)))
    for option in ("a", "b"):
        tie = of(found, option, "c2")
        assert (tie.at, tie.never) == (None, "no-weight")
        assert tie.short == pytest.approx(10.0, abs=1e-12)


def test_a_switching_value_is_within_a_score_that_reaches_it() -> None:
    of_two = problem([[60, 60], [40, 60]], low=[[40, 41], [20, 60]], high=[[60, 60], [59, 100]])
    found = score_switching_values(rank(of_two, shared(0.5, 0.5)))
    assert [tie.at for tie in found.switching_values] == [40.0, 40.0, 60.0, 80.0]
    assert [tie.within for tie in found.switching_values] == [True, False, False, True]
    assert found.within == (found.switching_values[0], found.switching_values[3])


def test_bounds_that_run_the_other_way_are_bounds_all_the_same() -> None:
    axes = [criterion("c1", 0, 10, "less-is-better"), criterion("c2")]
    ranking = rank(problem([[2, 50], [4, 50]], criteria=axes, low=[[2, 50], [1, 50]]), shared(0.5, 0.5))
    tie = of(score_switching_values(ranking), "b", "c1")
    assert tie.at == pytest.approx(2.0, abs=1e-12)
    assert tie.within


def test_where_options_tie_the_scores_stand_at_their_switching_value() -> None:
    of_two = problem([[60, 40], [40, 60]])
    for tie in score_switching_values(rank(of_two, shared(0.5, 0.5))).switching_values:
        assert tie.at == tie.likely
        assert tie.within


def test_a_tie_at_the_end_of_a_curve_is_within_the_score() -> None:
    """The curve is so flat there that its inverse is not exact; the score that ties is the present one."""
    curve = Exponential(0.0, 100.0, "more-is-better", 3.0)
    axes = [criterion("c1", function=curve), criterion("c2", function=curve)]
    ranking = rank(problem([[100, 100], [100, 100]], criteria=axes), shared(0.5, 0.5))
    for tie in score_switching_values(ranking).switching_values:
        assert tie.at == pytest.approx(100.0, abs=1e-9)
        assert tie.within


def test_a_switching_value_on_a_flat_piece_is_at_its_near_end() -> None:
    flat = PiecewiseLinear((0.0, 40.0, 60.0, 100.0), (0.0, 50.0, 50.0, 100.0))
    axes = [criterion("c1", function=flat), criterion("c2")]
    ranking = rank(problem([[80, 50], [20, 75]], criteria=axes), shared(0.5, 0.5))
    assert ranking.lower.tolist() == [62.5, 50.0]
    found = score_switching_values(ranking)
    assert of(found, "a", "c1").at == 60.0
    assert of(found, "b", "c1").at == 40.0
    assert of(found, "b", "c1").exactly


def test_levels_pass_the_lead_on_at_the_first_that_is_enough() -> None:
    function = Levels((0.0, 30.0, 40.0, 100.0))
    axes = [criterion("c1", 0, 3, function=function, levels=LEVELS), criterion("c2")]
    ranking = rank(problem([[3, 0], [0, 65]], criteria=axes), shared(0.5, 0.5))
    assert ranking.lower.tolist() == [50.0, 32.5]
    found = score_switching_values(ranking)
    assert (of(found, "a", "c1").at, of(found, "a", "c1").exactly) == (2.0, False)
    assert (of(found, "b", "c1").at, of(found, "b", "c1").exactly) == (2.0, False)
    tied = score_switching_values(rank(problem([[2, 0], [0, 10]], criteria=axes), shared(0.5, 0.5)))
    assert (of(tied, "b", "c1").at, of(tied, "b", "c1").exactly) == (1.0, True)


def test_a_single_option_has_no_rival_to_lose_to() -> None:
    found = score_switching_values(rank(problem([[1, 2]]), shared(0.5, 0.5)))
    assert (found.leader, found.switching_values) == ("a", ())


def test_an_unknown_score_is_refused_by_name() -> None:
    with pytest.raises(PolicyOptionsError) as caught:
        score_switching_values(rank(problem([[1, 2], [UNKNOWN, 4]]), shared(0.5, 0.5)))
    (fault,) = caught.value.faults
    assert (fault.code, fault.ids) == ("unknown-score", ("b",))


def test_an_unknown_score_without_weight_never_does_it() -> None:
    found = score_switching_values(rank(problem([[1, 2], [UNKNOWN, 4]]), shared(0.0, 1.0)))
    assert of(found, "b", "c1").never == "no-weight"
    assert np.isnan(of(found, "b", "c1").likely)


def test_the_table_has_a_row_a_score() -> None:
    table = score_switching_values(rank(problem([[60, 90], [40, 70]]), shared(0.75, 0.25))).table
    assert list(table.columns) == [
        "option", "criterion", "low", "likely", "high", "at", "within", "taking_over", "never",
    ]  # fmt: skip
    assert list(table["option"]) == ["a", "a", "b", "b"]
    assert table["at"].isna().sum() == 1
    assert set(table["taking_over"]) == {"b", ""}


# --- inverses ---


@pytest.mark.parametrize("direction", DIRECTIONS)
def test_the_inverse_of_a_line(direction: Direction) -> None:
    line = Linear(10.0, 30.0, direction)
    assert performance_worth(line, 25.0, 0.0) == (15.0 if direction == "more-is-better" else 25.0)


@pytest.mark.parametrize("direction", DIRECTIONS)
@pytest.mark.parametrize("midpoint", [2.0, 2.5, 3.0, 20.0, 50.0, 80.0, 97.0, 98.0])
def test_the_inverse_of_a_curve_stays_on_the_scale(direction: Direction, midpoint: float) -> None:
    curve = Exponential(0.0, 100.0, direction, midpoint)
    for value in (0.0, 1e-9, 25.0, 50.0, 99.0, 100.0 - 1e-9, 100.0):
        at = performance_worth(curve, value, 0.0)
        assert 0.0 <= at <= 100.0
        assert float(curve(np.array(at))) == pytest.approx(value, abs=1e-9)


def test_on_a_flat_piece_any_performance_does_and_the_nearest_is_meant() -> None:
    steps = PiecewiseLinear((0.0, 10.0, 20.0, 30.0), (0.0, 40.0, 40.0, 100.0))
    assert [performance_worth(steps, 40.0, near) for near in (5.0, 12.0, 29.0)] == [10.0, 12.0, 20.0]
    falling = PiecewiseLinear((0.0, 10.0, 20.0, 30.0), (100.0, 40.0, 40.0, 0.0))
    assert [performance_worth(falling, value, 15.0) for value in (70.0, 40.0, 20.0)] == [5.0, 15.0, 25.0]


def test_levels_have_no_inverse() -> None:
    with pytest.raises(TypeError, match="Levels"):
        performance_worth(Levels((0.0, 100.0)), 50.0, 0.0)


# --- recomputed rankings ---

many = settings(repeatable, max_examples=100)


def slope_is_steep(function: ValueFunction, at: float, beyond: float) -> bool:
    return abs(float(function(np.array(beyond)) - function(np.array(at)))) > 1e-3


@many
@given(weighted((2, 5)))
def test_at_its_switching_value_a_score_ties_the_leader_and_beyond_it_another_leads(
    drawn: tuple[Problem, WeightVector],
) -> None:
    ranking = rank(*drawn)
    found = score_switching_values(ranking)
    for tie in found.switching_values:
        if tie.at is None:
            continue
        axis = ranking.problem.criteria[ranking.problem.criterion_ids.index(tie.criterion)]
        assert axis.low <= tie.at <= axis.high
        assert tie.never is None
        assert tie.short is None
        there = reranked(ranking, tie.option, tie.criterion, tie.at)
        for other in tie.taking_over:
            gap = there.value(other) - there.value(found.leader)
            assert gap == pytest.approx(0.0, abs=3e-9) if tie.exactly else gap > 0.0
        rising = tie.option != found.leader
        up = rising == (axis.direction == "more-is-better")
        beyond = (tie.at + (axis.high if up else axis.low)) / 2
        if axis.levels:
            short_of = tie.at + (-1 if up else 1)
            if not tie.exactly and axis.low <= short_of <= axis.high:
                before = reranked(ranking, tie.option, tie.criterion, short_of)
                assert before.ranks[before.problem.option_index[found.leader]] == 1
            continue
        after = reranked(ranking, tie.option, tie.criterion, beyond)
        if slope_is_steep(axis.value_function, tie.at, beyond) and ranking.weights.share(tie.criterion) > 1e-3:
            assert after.value(tie.taking_over[0]) > after.value(found.leader)
        short_of = (tie.at + tie.likely) / 2
        before = reranked(ranking, tie.option, tie.criterion, short_of)
        assert before.lower.max() - before.value(found.leader) <= 3e-9


@many
@given(weighted((2, 5)))
def test_never_holds_all_over_the_scale(drawn: tuple[Problem, WeightVector]) -> None:
    ranking = rank(*drawn)
    found = score_switching_values(ranking)
    for tie in found.switching_values:
        if tie.at is not None:
            continue
        axis = ranking.problem.criteria[ranking.problem.criterion_ids.index(tie.criterion)]
        rising = tie.option != found.leader
        end = axis.high if rising == (axis.direction == "more-is-better") else axis.low
        there = reranked(ranking, tie.option, tie.criterion, end)
        leader = there.problem.option_index[found.leader]
        assert there.ranks[leader] == 1
        assert tie.short is not None
        rivals = [option for option in there.problem.option_ids if option != found.leader]
        still = there.value(found.leader) - (
            there.value(tie.option) if rising else max(there.value(rival) for rival in rivals)
        )
        assert still == pytest.approx(tie.short, abs=1e-9)
        assert (tie.never == "no-weight") == (ranking.weights.share(tie.criterion) == 0)


@many
@given(weighted((2, 5)))
def test_within_is_between_the_bounds(drawn: tuple[Problem, WeightVector]) -> None:
    for tie in score_switching_values(rank(*drawn)).switching_values:
        if tie.at is not None and min(abs(tie.at - tie.low), abs(tie.at - tie.high)) > 1e-9:
            assert tie.within == (tie.low < tie.at < tie.high)
        elif tie.at is None:
            assert not tie.within
