from __future__ import annotations

from statistics import NormalDist

import numpy as np
import pytest
from numpy.typing import NDArray

from policy_options.analysis.distributions import (
    Beta,
    Distribution,
    Fixed,
    LogNormal,
    Normal,
    OnLevels,
    Triangular,
    Uncertainty,
    Uniform,
    distributions_of,
    expected_values,
    pert,
    truncated,
)
from policy_options.analysis.value_functions import Levels, Linear
from policy_options.errors import PolicyOptionsError
from problems import UNKNOWN, criterion, problem

SHARES = np.array([0.0001, 0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99, 0.9999])
Floats = NDArray[np.float64]


@pytest.mark.parametrize(
    ("distribution", "expected"),
    [
        (Fixed(3.0), np.full(9, 3.0)),
        (Uniform(2.0, 6.0), 2 + 4 * SHARES),
        (Normal(5.0, 2.0), np.array([NormalDist(5, 2).inv_cdf(p) for p in SHARES])),
        (LogNormal(1.0, 0.5), np.exp([NormalDist(1, 0.5).inv_cdf(p) for p in SHARES])),
        (Beta(1.0, 3.0), 1 - (1 - SHARES) ** (1 / 3)),
        (Beta(4.0, 1.0, 10.0, 20.0), 10 + 10 * SHARES**0.25),
        (Beta(0.5, 0.5), np.sin(np.pi * SHARES / 2) ** 2),
    ],
)
def test_quantiles_are_those_of_their_formulas(distribution: Distribution, expected: Floats) -> None:
    np.testing.assert_allclose(distribution.quantiles(SHARES), expected, rtol=2e-5, atol=2e-7)


def test_a_triangle_has_the_quantiles_of_its_own_distribution() -> None:
    low, likely, high = 2.0, 3.0, 8.0
    x = Triangular(low, likely, high).quantiles(SHARES)
    below = np.where(
        x < likely,
        (x - low) ** 2 / ((high - low) * (likely - low)),
        1 - (high - x) ** 2 / ((high - low) * (high - likely)),
    )
    np.testing.assert_allclose(below, SHARES, rtol=0, atol=1e-12)


@pytest.mark.parametrize("likely", [2.0, 8.0])
def test_a_triangle_may_have_its_peak_at_an_end(likely: float) -> None:
    quantiles = Triangular(2.0, likely, 8.0).quantiles(np.linspace(0, 1, 11))
    assert (np.diff(quantiles) > 0).all()
    assert (quantiles[0], quantiles[-1]) == (2.0, 8.0)


def test_beta_two_two_obeys_its_own_distribution() -> None:
    x = Beta(2.0, 2.0).quantiles(SHARES)
    np.testing.assert_allclose(3 * x**2 - 2 * x**3, SHARES, rtol=0, atol=1e-7)


def test_pert_is_a_beta_about_the_likely_one() -> None:
    assert pert(0.0, 5.0, 10.0) == Beta(3.0, 3.0, 0.0, 10.0)
    assert pert(4.0, 4.0, 4.0) == Fixed(4.0)


def test_what_is_truncated_is_left_out_and_not_moved_to_the_ends() -> None:
    quantiles = truncated(Normal(0.0, 1.0), -1.0, 2.0).quantiles(SHARES)
    below, above = NormalDist().cdf(-1), NormalDist().cdf(2)
    expected = [NormalDist().inv_cdf(below + p * (above - below)) for p in SHARES]
    np.testing.assert_allclose(quantiles, expected, rtol=0, atol=1e-5)


def test_next_to_nothing_on_the_scale_is_refused() -> None:
    with pytest.raises(PolicyOptionsError) as caught:
        truncated(Normal(0.0, 1.0), 7.0, 8.0)
    assert caught.value.faults[0].code == "distribution-off-scale"


def test_levels_are_drawn_from_a_triangle_that_falls_to_nothing_beyond_them() -> None:
    axis = criterion("c1", 0, 3, function=Levels((0.0, 10.0, 60.0, 100.0)), levels=("a", "b", "c", "d"))
    of = problem([[1], [UNKNOWN]], criteria=[axis], low=[[0], [UNKNOWN]], high=[[2], [UNKNOWN]])
    (first,), (second,) = distributions_of(of, Uncertainty())
    assert first == OnLevels(0, (0.25, 0.5, 0.25))
    assert second == OnLevels(0, (0.25,) * 4)
    np.testing.assert_array_equal(first.quantiles(np.array([0.0, 0.24, 0.26, 0.74, 0.76, 1.0])), [0, 0, 1, 1, 2, 2])
    np.testing.assert_allclose(
        expected_values(of, [[first], [second]])[:, 0], [0.25 * 0 + 0.5 * 10 + 0.25 * 60, 42.5], rtol=0, atol=1e-12
    )


def test_what_is_not_declared_comes_from_the_bounds() -> None:
    of = problem([[50, 40], [UNKNOWN, 70]], low=[[40, 40], [UNKNOWN, 60]], high=[[70, 40], [UNKNOWN, 90]])
    found = distributions_of(of, Uncertainty())
    assert found == [[Triangular(40, 50, 70), Fixed(40)], [Uniform(0, 100), Triangular(60, 70, 90)]]
    assert distributions_of(of, Uncertainty("pert"))[0][0] == pert(40, 50, 70)


def test_expected_values_are_means_of_values_not_values_of_means() -> None:
    axis = criterion("c1", function=Linear(0, 100, "less-is-better"), direction="less-is-better")
    of = problem([[30]], criteria=[axis], low=[[10]], high=[[80]])
    assert expected_values(of, distributions_of(of, Uncertainty()))[0, 0] == pytest.approx(100 - 40, abs=1e-6)
