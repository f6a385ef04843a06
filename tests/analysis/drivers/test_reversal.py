"""Reversals on local scales, by hand; on global scales there cannot be any."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given

from policy_options.analysis.drivers.reversal import Reversals, reversals
from policy_options.analysis.problem import CriterionAxis, Problem, WeightVector
from policy_options.analysis.ranking import rank
from policy_options.analysis.value_functions import Exponential
from problems import DIRECTIONS, UNKNOWN, criterion, problem, repeatable, shared, weighted


def local(id: str, low: float, high: float, *, midpoint: float | None = None, better: int = 0) -> CriterionAxis:
    function = None if midpoint is None else Exponential(low, high, DIRECTIONS[better], midpoint)
    return replace(criterion(id, low, high, DIRECTIONS[better], function=function), local=True)


def found(of: Problem, *shares: float) -> Reversals:
    return reversals(rank(of, shared(*shares)))


@pytest.mark.parametrize("better", [0, 1])
def test_an_irrelevant_option_reorders_the_others_on_a_local_scale(better: int) -> None:
    """With c, a and b differ by 10 of 100 on c1: b leads by 5 points. Without it they are its ends: a leads by 40."""
    performances = np.array([[10.0, 40], [0, 60], [100, 0]])
    if better:
        performances[:, 0] *= -1
    axes = [local("c1", *sorted((0.0, -100.0 if better else 100.0)), better=better), criterion("c2")]
    result = found(problem(performances, criteria=axes), 0.5, 0.5)
    assert (result.local, result.impossible, result.undefined) == (("c1",), False, ())
    (one,) = result.found
    assert (one.without, one.before, one.after, one.leader_changes) == ("c", ("b", "a"), ("a", "b"), True)


def test_a_reversal_below_the_leader_is_one_too() -> None:
    axes = [local("c1", 0, 100), criterion("c2")]
    of = problem([[10, 40], [0, 60], [100, 0], [10, 100]], criteria=axes)
    one = next(one for one in found(of, 0.5, 0.5).found if one.without == "c")
    assert (one.without, one.before, one.after, one.leader_changes) == ("c", ("d", "b", "a"), ("d", "a", "b"), False)


def test_an_option_inside_the_ends_of_all_reorders_nobody() -> None:
    axes = [local("c1", 0, 100), local("c2", 0, 100)]
    of = problem([[100, 0], [0, 100], [50, 40], [30, 80]], criteria=axes)
    assert "c" not in {one.without for one in found(of, 0.5, 0.5).found}
    assert "d" not in {one.without for one in found(of, 0.5, 0.5).found}


def test_ends_are_made_of_bounds_and_not_of_likely_scores() -> None:
    """a may perform up to 100: leaving out c changes no end."""
    axes = [local("c1", 0, 100), criterion("c2")]
    of = problem([[10, 40], [0, 60], [100, 0]], criteria=axes, high=[[100, 40], [0, 60], [100, 0]],
                 low=[[10, 40], [0, 60], [100, 0]])  # fmt: skip
    assert found(of, 0.5, 0.5).found == ()


@repeatable
@given(weighted((1, 5), unknowns=True))
def test_on_global_scales_it_is_impossible_by_construction(drawn: tuple[Problem, WeightVector]) -> None:
    of, weights = drawn
    result = reversals(rank(of, weights))
    assert result == Reversals(())
    assert result.impossible
    # And it is true: without any option the others keep their order.
    ranking = rank(of, weights)
    for without in of.option_ids if len(of.options) > 1 else ():
        rest = [option for option in of.option_ids if option != without]
        again = rank(of.keeping(rest), weights)
        assert again.in_order == tuple(option for option in ranking.in_order if option != without)


def test_two_options_have_nobody_left_to_reorder() -> None:
    result = found(problem([[0, 40], [100, 0]], criteria=[local("c1", 0, 100), criterion("c2")]), 0.5, 0.5)
    assert (result.local, result.found, result.undefined, result.impossible) == (("c1",), (), (), False)


def test_a_curve_whose_midpoint_is_no_longer_inside_is_undefined() -> None:
    of = problem([[10, 40], [0, 60], [100, 0]], criteria=[local("c1", 0, 100, midpoint=40), criterion("c2")])
    result = found(of, 0.5, 0.5)
    assert result.undefined == ("c",)


def test_a_curve_is_made_anew_between_the_ends_that_are_left() -> None:
    """With c at 100 and the midpoint 40, without it between 0 and 60: the curve through 40 is a different one."""
    axis = local("c1", 0, 100, midpoint=40)
    of = problem([[30, 40], [0, 60], [100, 0], [60, 0]], criteria=[axis, criterion("c2")])
    result = found(of, 0.5, 0.5)
    curve = Exponential(0, 60, "more-is-better", 40)
    before = {"a": axis.value_function(np.array(30.0)) + 40, "b": 60.0, "d": axis.value_function(np.array(60.0))}
    after = {"a": curve(np.array(30.0)) + 40, "b": 60.0, "d": 100.0}

    def order(values: Mapping[str, object]) -> tuple[str, ...]:
        return tuple(sorted(values, key=lambda name: -float(str(values[name]))))

    without_c = [one for one in result.found if one.without == "c"]
    assert [(one.before, one.after) for one in without_c] == [(order(before), order(after))]


def test_the_only_known_score_left_out_leaves_no_ends() -> None:
    axes = [local("c1", 0, 10), criterion("c2")]
    likely = [[5.0, 40], [UNKNOWN, 60], [UNKNOWN, 0]]
    of = problem(likely, criteria=axes, low=[[0, 40], likely[1], likely[2]], high=[[10, 40], likely[1], likely[2]])
    assert found(of, 0.5, 0.5).undefined == ("a",)
