from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_options.analysis.value_functions import Direction, Exponential, Levels, Linear, PiecewiseLinear
from policy_options.errors import PolicyOptionsError
from problems import DIRECTIONS, Floats, repeatable

GOLDEN = (1 + math.sqrt(5)) / 2


def at(*performances: float) -> Floats:
    return np.array(performances, dtype=np.float64)


def code_of(function: Exponential) -> str:
    with pytest.raises(PolicyOptionsError) as caught:
        function(at(function.low))
    return caught.value.faults[0].code


def test_linear_upward() -> None:
    np.testing.assert_array_equal(Linear(10, 30, "more-is-better")(at(10, 15, 20, 30)), [0, 25, 50, 100])


def test_linear_downward() -> None:
    np.testing.assert_array_equal(Linear(10, 30, "less-is-better")(at(10, 15, 20, 30)), [100, 75, 50, 0])


def test_linear_over_negative_numbers() -> None:
    np.testing.assert_array_equal(Linear(-8, -4, "more-is-better")(at(-8, -5, -4)), [0, 75, 100])


def test_a_scale_of_any_size_has_exact_ends() -> None:
    for low, high in ((0.1, 0.3), (1e-300, 3e-300), (-1e15, 7e15), (1e6, 1e6 + 1e-3)):
        np.testing.assert_array_equal(Linear(low, high, "more-is-better")(at(low, high)), [0, 100])
        np.testing.assert_array_equal(Linear(low, high, "less-is-better")(at(low, high)), [100, 0])


def test_values_keep_the_shape_of_the_performances() -> None:
    grid = np.linspace(0, 2, 6).reshape(3, 2)
    functions = (
        Linear(0, 2, "more-is-better"),
        PiecewiseLinear((0, 1, 2), (0, 90, 100)),
        Exponential(0, 2, "less-is-better", 0.5),
    )
    for function in functions:
        assert function(grid).shape == (3, 2)
    assert Levels((0, 40, 100))(np.array([[0.0, 1.0], [2.0, 1.0]])).tolist() == [[0, 40], [100, 40]]


def test_piecewise_linear_between_and_on_its_corners() -> None:
    rising = PiecewiseLinear((0, 10, 40), (0, 80, 100))
    np.testing.assert_allclose(rising(at(0, 5, 10, 25, 40)), [0, 40, 80, 90, 100], rtol=0, atol=1e-12)
    falling = PiecewiseLinear((0, 10, 40), (100, 20, 0))
    np.testing.assert_allclose(falling(at(0, 5, 10, 25, 40)), [100, 60, 20, 10, 0], rtol=0, atol=1e-12)


def test_piecewise_linear_with_two_corners_is_linear() -> None:
    performances = np.linspace(-3, 9, 50)
    np.testing.assert_allclose(
        PiecewiseLinear((-3, 9), (100, 0))(performances),
        Linear(-3, 9, "less-is-better")(performances),
        rtol=0,
        atol=1e-12,
    )


@pytest.mark.parametrize("direction", DIRECTIONS)
@pytest.mark.parametrize("midpoint", [2.0, 2.5, 7.0, 33.0, 49.999, 50.0, 50.000001, 51.0, 80.0, 97.5, 98.0])
def test_an_exponential_passes_through_its_ends_and_its_midpoint(direction: Direction, midpoint: float) -> None:
    function = Exponential(0, 100, direction, midpoint)
    ends = [0, 50, 100] if direction == "more-is-better" else [100, 50, 0]
    np.testing.assert_allclose(function(at(0, midpoint, 100)), ends, rtol=0, atol=1e-11)


def test_an_exponential_whose_third_is_worth_half_follows_the_golden_ratio() -> None:
    """With x = exp(-c/3): (1 - x) / (1 - x^3) = 1/2, so x^2 + x = 1, c = 3 ln phi and v(2/3) = 50 (1 + x) = 50 phi."""
    function = Exponential(0, 3, "more-is-better", 1)
    assert function.curvature == pytest.approx(3 * math.log(GOLDEN), abs=1e-12)
    np.testing.assert_allclose(function(at(2)), [50 * GOLDEN], rtol=0, atol=1e-11)
    turned = Exponential(0, 3, "more-is-better", 2)
    assert turned.curvature == pytest.approx(-3 * math.log(GOLDEN), abs=1e-12)
    np.testing.assert_allclose(turned(at(1)), [100 - 50 * GOLDEN], rtol=0, atol=1e-11)


def test_an_exponential_in_the_middle_is_linear() -> None:
    performances = np.linspace(2, 12, 41)
    for direction in DIRECTIONS:
        line = Linear(2, 12, direction)(performances)
        np.testing.assert_allclose(Exponential(2, 12, direction, 7)(performances), line, rtol=0, atol=1e-12)
        for midpoint in (7 - 1e-8, 7 + 1e-8, 7 - 1e-7):
            near = Exponential(2, 12, direction, midpoint)(performances)
            np.testing.assert_allclose(near, line, rtol=0, atol=1e-5)
            assert np.abs(near - line).max() < 50 * abs(midpoint - 7)


@repeatable
@given(st.floats(0.021, 0.979), st.sampled_from(DIRECTIONS))
def test_an_exponential_is_monotone_and_stays_between_0_and_100(share: float, direction: Direction) -> None:
    values = Exponential(-5, 15, direction, -5 + 20 * share)(np.linspace(-5, 15, 201))
    steps = np.diff(values)
    assert (steps > 0).all() if direction == "more-is-better" else (steps < 0).all()
    assert values.min() >= 0
    assert values.max() <= 100 + 1e-12


@repeatable
@given(st.floats(0.021, 0.979), st.sampled_from(DIRECTIONS))
def test_an_exponential_turned_round_is_the_same_curve(share: float, direction: Direction) -> None:
    low, high = -5.0, 15.0
    midpoint = low + 20 * share
    other: Direction = "less-is-better" if direction == "more-is-better" else "more-is-better"
    performances = np.linspace(low, high, 60)
    values = Exponential(low, high, direction, midpoint)(performances)
    mirrored = Exponential(low, high, other, low + high - midpoint)(low + high - performances)
    np.testing.assert_allclose(mirrored, values, rtol=0, atol=1e-9)
    reversed_ = Exponential(low, high, other, midpoint)(performances)
    np.testing.assert_allclose(reversed_, 100 - values, rtol=0, atol=1e-9)


@pytest.mark.parametrize("midpoint", [0.0, 1.0, 1.99, 98.01, 99.0, 100.0, -20.0, 130.0, math.nan, math.inf])
@pytest.mark.parametrize("direction", DIRECTIONS)
def test_a_midpoint_off_the_scale_or_near_its_ends_is_refused(direction: Direction, midpoint: float) -> None:
    assert code_of(Exponential(0, 100, direction, midpoint)) == "midpoint"


def test_equal_performances_have_equal_values_wherever_they_stand() -> None:
    """Array code that treats the tail of an array differently from its middle would let one option dominate its twin."""
    for function in (Linear(0, 7, "less-is-better"), Exponential(0, 7, "more-is-better", 2.2)):
        for size in (2, 3, 5, 9, 17):
            assert len(set(function(np.full(size, 3.3)).tolist())) == 1


def test_levels_have_the_values_they_are_given() -> None:
    np.testing.assert_array_equal(Levels((100, 40, 0))(at(2, 0, 1, 1)), [0, 100, 40, 40])


def test_an_unknown_performance_has_an_unknown_value() -> None:
    unknown = at(math.nan, 1)
    functions = (
        Linear(0, 2, "more-is-better"),
        PiecewiseLinear((0, 2), (0, 100)),
        Exponential(0, 2, "more-is-better", 1.5),
        Exponential(0, 2, "more-is-better", 1),
        Levels((0, 30, 100)),
    )
    for function in functions:
        values = function(unknown)
        assert np.isnan(values).tolist() == [True, False]
