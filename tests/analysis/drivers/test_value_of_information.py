"""The value of information against closed forms, brute force, and necessary properties."""

from __future__ import annotations

from dataclasses import replace
from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given
from numpy.typing import NDArray

from policy_options.analysis.distributions import (
    Beta,
    Distribution,
    LogNormal,
    Normal,
    Uncertainty,
    distributions_of,
    expected_values,
    truncated,
)
from policy_options.analysis.drivers.value_of_information import value_of_information
from policy_options.analysis.problem import Problem, WeightVector
from policy_options.analysis.value_functions import Exponential, Levels, PiecewiseLinear
from problems import DIRECTIONS, UNKNOWN, criterion, problem, repeatable, shared, weighted

Floats = NDArray[np.float64]
ALONE, TOGETHER = Uncertainty(), Uncertainty(together=True)
EVEN = (np.arange(200_000) + 0.5) / 200_000


def points(of: Problem, weights: WeightVector, uncertainty: Uncertainty = ALONE) -> dict[tuple[str | None, str], float]:
    found = value_of_information(of, weights, uncertainty)
    listed = [one.points for one in found.judgements]
    assert listed == sorted(listed, reverse=True)
    assert found.leader == of.option_ids[int(found.expected.argmax())]
    return {(one.option, one.criterion): one.points for one in found.judgements}


def brute(of: Problem, weights: WeightVector, row: int, column: int) -> float:
    """E max(u_i + w (v - E v), best other) - max u, at ``count`` quantiles."""
    shares = weights.along(of.criterion_ids)
    function, distribution = of.criteria[column].value_function, distributions_of(of, ALONE)[row][column]
    values = function(distribution.quantiles(EVEN))
    expected = expected_values(of, distributions_of(of, ALONE)) @ shares
    other = np.delete(expected, row).max()
    after = np.maximum(expected[row] + shares[column] * (values - values.mean()), other)
    return float(after.mean() - expected.max())


@pytest.mark.parametrize("behind", [-9.0, -4.0, 0.0, 2.0, 7.0, 11.9])
def test_a_triangle_has_a_closed_form(behind: float) -> None:
    """For a symmetric triangle of half-width h and a threshold t above its mean: E max(X - t, 0) = (h - t)^3 / 6 h^2."""
    half = 12.0
    of = problem([[50], [50 + behind]], low=[[50 - half], [50 + behind]], high=[[50 + half], [50 + behind]])
    expected = (half - abs(behind)) ** 3 / (6 * half**2)
    assert points(of, shared(1.0)) == {("a", "c1"): pytest.approx(expected, abs=1e-5)}


@pytest.mark.parametrize("share", [0.25, 1.0])
def test_a_normal_score_has_a_closed_form(share: float) -> None:
    """s pdf(t / s) - t (1 - cdf(t / s)), with the sd of the overall value."""
    of = replace(problem([[50, 50], [60, 50]]), declared={(0, 0): Normal(50.0, 15.0)})
    s, t, normal = 15 * share, 10 * share, NormalDist()
    expected = s * normal.pdf(t / s) - t * (1 - normal.cdf(t / s))
    assert points(of, shared(share, 1 - share))["a", "c1"] == pytest.approx(expected, abs=2e-4)


SHAPES = {
    "piecewise": criterion("c1", function=PiecewiseLinear((0.0, 37.0, 41.0, 100.0), (0.0, 10.0, 80.0, 100.0))),
    "flat": criterion("c1", function=PiecewiseLinear((0.0, 30.0, 61.0, 100.0), (0.0, 50.0, 50.0, 100.0))),
    "exponential": criterion("c1", function=Exponential(0, 100, "more-is-better", 20)),
    "less is better": criterion("c1", direction=DIRECTIONS[1]),
}


@pytest.mark.parametrize("uncertainty", ["bounds", "beta", "lognormal", "truncated", "unknown"])
@pytest.mark.parametrize("name", SHAPES)
def test_the_integral_is_that_of_brute_force(name: str, uncertainty: str) -> None:
    axes = [SHAPES[name], criterion("c2")]
    of = problem([[50, 50], [40, 55]], criteria=axes, low=[[10, 50], [40, 55]], high=[[95, 50], [40, 55]])
    declared: dict[str, Distribution] = {
        "beta": Beta(0.7, 0.9, 0.0, 100.0),
        "lognormal": truncated(LogNormal(3.5, 0.8), 0.0, 100.0),
        "truncated": truncated(Normal(60.0, 30.0), 0.0, 100.0),
    }
    if uncertainty in declared:
        of = replace(of, declared={(0, 0): declared[uncertainty]})
    elif uncertainty == "unknown":
        unknown = of.likely.copy()
        unknown[0, 0] = UNKNOWN
        of = replace(of, likely=unknown, low=unknown, high=unknown)
    weights = shared(0.6, 0.4)
    assert points(of, weights)["a", "c1"] == pytest.approx(brute(of, weights, 0, 0), abs=2e-3)


@repeatable
@given(weighted((1, 5), unknowns=True))
def test_it_is_never_negative_and_never_more_than_all_that_a_score_can_move(
    drawn: tuple[Problem, WeightVector],
) -> None:
    of, weights = drawn
    shares = weights.along(of.criterion_ids)
    for uncertainty in (ALONE, TOGETHER):
        for (_, name), worth in points(of, weights, uncertainty).items():
            assert 0 <= worth <= 100 * shares[of.criterion_ids.index(name)] + 1e-9


@repeatable
@given(weighted((2, 4)))
def test_each_judgement_is_that_of_brute_force(drawn: tuple[Problem, WeightVector]) -> None:
    of, weights = drawn
    for (option, name), worth in points(of, weights).items():
        assert option is not None
        row, column = of.option_index[option], of.criterion_ids.index(name)
        assert worth == pytest.approx(brute(of, weights, row, column), abs=5e-3)


def test_levels_by_hand() -> None:
    """a is on level 0, 1 or 2 with 1/3, 1/2 and 1/6: E v = 1/2 60 + 1/6 100 = 46.67, against b's 50."""
    axis = criterion("c1", 0, 2, function=Levels((0.0, 60.0, 100.0)), levels=("x", "y", "z"))
    of = problem([[UNKNOWN, 50], [1, 30]], criteria=[axis, criterion("c2")])
    # a is unknown: 0, 60 or 100 with equal probability, 53.33 on average; b is 60 for certain. u = 51.67 and 45.
    found = points(of, shared(0.5, 0.5))
    after = (max(0 / 2 + 25, 45) + max(60 / 2 + 25, 45) + max(100 / 2 + 25, 45)) / 3
    assert found["a", "c1"] == pytest.approx(after - (160 / 6 + 25), abs=1e-9)


def test_a_certain_level_is_nothing_to_look_at_again() -> None:
    axis = criterion("c1", 0, 2, function=Levels((0.0, 60.0, 100.0)), levels=("x", "y", "z"))
    of = problem([[0, 50], [1, 30]], criteria=[axis, criterion("c2")], low=[[0, 40], [1, 30]], high=[[0, 60], [1, 30]])
    assert set(points(of, shared(0.5, 0.5))) == {("a", "c2")}


@pytest.mark.parametrize("together", [False, True])
def test_levels_taken_together_are_summed_and_not_approximated(together: bool) -> None:
    """One unknown level of three against a certain one: the same whether scores move together or not."""
    axis = criterion("c1", 0, 2, function=Levels((0.0, 60.0, 100.0)), levels=("x", "y", "z"))
    of = problem([[UNKNOWN], [1]], criteria=[axis])
    (worth,) = [worth for worth in points(of, shared(1.0), Uncertainty(together=together)).values() if worth]
    assert worth == pytest.approx((60 + 60 + 100) / 3 - 60, abs=2e-2)


def test_nothing_where_nothing_can_change() -> None:
    of = problem([[80, 50], [20, 50]], low=[[70, 10], [10, 40]], high=[[90, 90], [30, 60]])
    found = points(of, shared(0.9, 0.1))
    assert set(found) == {("a", "c1"), ("a", "c2"), ("b", "c1"), ("b", "c2")}
    assert set(found.values()) == {0.0}
    assert points(problem([[80, 50], [20, 50]]), shared(0.9, 0.1)) == {}


def test_a_criterion_without_weight_and_a_single_option_ask_nothing() -> None:
    of = problem([[50, 50], [40, 55]], low=[[10, 10], [10, 10]], high=[[90, 90], [90, 90]])
    assert {name for _, name in points(of, shared(1.0, 0.0))} == {"c1"}
    single = problem([[50, 50]], low=[[10, 10]], high=[[90, 90]])
    assert all(worth == 0 for worth in points(single, shared(0.5, 0.5)).values())


def test_scores_that_move_together_are_looked_at_together() -> None:
    """a is 50 plus or minus 30, b 52 plus or minus 10, with one quantile: the difference is a triangle of half-width 20."""
    of = problem([[50], [52]], low=[[20], [42]], high=[[80], [62]])
    expected = (20 - 2) ** 3 / (6 * 20**2)
    assert points(of, shared(1.0), TOGETHER) == {(None, "c1"): pytest.approx(expected, abs=1e-3)}


def test_the_table_lists_the_judgements() -> None:
    of = problem([[50], [52]], low=[[20], [42]], high=[[80], [62]])
    found = value_of_information(of, shared(1.0), ALONE)
    assert found.table["points"].tolist() == [one.points for one in found.judgements]
