"""Values drawn for a score have the distribution of the value of its performance."""

from __future__ import annotations

from dataclasses import replace
from statistics import NormalDist

import numpy as np
import pytest
from numpy.typing import NDArray

from policy_options.analysis.acceptability.score_draws import ScoreDraws, plan_scores
from policy_options.analysis.distributions import (
    Beta,
    Distribution,
    LogNormal,
    Normal,
    Triangular,
    Uncertainty,
    distributions_of,
    pert,
    truncated,
)
from policy_options.analysis.problem import CriterionAxis, Problem
from policy_options.analysis.value_functions import Direction, Exponential, Levels, Linear, PiecewiseLinear
from problems import DIRECTIONS, UNKNOWN, criterion, problem

Floats = NDArray[np.float64]
COUNT = 1 << 14
EVEN = (np.arange(COUNT) + 0.5) / COUNT
INDEPENDENT = Uncertainty()


def plan_of(of: Problem, uncertainty: Uncertainty = INDEPENDENT) -> ScoreDraws:
    return plan_scores(of, uncertainty)


def values_of(plan: ScoreDraws, column: int, columns: int, uniform: Floats) -> Floats:
    """(m, c) values on one criterion, which has all the weight."""
    weights = np.zeros((columns, uniform.shape[1]), dtype=np.float32)
    weights[column] = 1.0
    return plan.overall(weights, uniform.astype(np.float32)).astype(np.float64)


def drawn(axis: CriterionAxis, low: float, likely: float, high: float, shape: str = "triangular") -> Floats:
    """Values of one score at even quantiles."""
    of = problem([[likely]], criteria=[axis], low=[[low]], high=[[high]])
    plan = plan_of(of, Uncertainty("pert" if shape == "pert" else "triangular"))
    assert plan.dimensions == 1
    return np.asarray(values_of(plan, 0, 1, EVEN[None, :])[0])


def assert_distributed_as(found: Floats, expected: Floats) -> None:
    """Close except for the outermost two in a thousand, where a quantile diverges; these too on average."""
    found, expected = np.sort(found), np.sort(expected)
    inner = slice(COUNT // 1_000, -COUNT // 1_000)
    np.testing.assert_allclose(found[inner], expected[inner], rtol=0, atol=0.06)
    assert np.abs(found - expected).mean() < 0.003


def declared(axis: CriterionAxis, distribution: Distribution) -> Floats:
    of = replace(problem([[50.0]], criteria=[axis]), declared={(0, 0): distribution})
    return np.asarray(values_of(plan_of(of), 0, 1, EVEN[None, :])[0])


@pytest.mark.parametrize("direction", DIRECTIONS)
@pytest.mark.parametrize("bounds", [(2.0, 3.0, 8.0), (2.0, 2.0, 8.0), (2.0, 8.0, 8.0)])
def test_triangular_values_have_the_mean_and_the_variance_of_a_triangle(
    direction: Direction, bounds: tuple[float, float, float]
) -> None:
    low, likely, high = bounds
    axis = criterion("c1", 0, 10, direction)
    found = drawn(axis, low, likely, high)
    mean = (low + likely + high) / 3
    variance = (low**2 + likely**2 + high**2 - low * likely - low * high - likely * high) / 18
    assert found.mean() == pytest.approx(10 * mean if direction == DIRECTIONS[0] else 100 - 10 * mean, abs=1e-2)
    assert found.var() == pytest.approx(100 * variance, rel=1e-3)
    ends = np.sort([10 * low, 10 * high] if direction == DIRECTIONS[0] else [100 - 10 * low, 100 - 10 * high])
    assert ends[0] - 1e-4 <= found.min() < found.max() <= ends[1] + 1e-4


AXES = {
    "linear": criterion("c1", 0, 10),
    "linear, less is better": criterion("c1", 0, 10, "less-is-better"),
    "piecewise": criterion("c1", 0, 10, function=PiecewiseLinear((0.0, 4.0, 6.0, 10.0), (0.0, 70.0, 70.0, 100.0))),
    "exponential": criterion("c1", 0, 10, function=Exponential(0, 10, "more-is-better", 3)),
    "exponential, less is better": criterion(
        "c1", 0, 10, "less-is-better", function=Exponential(0, 10, "less-is-better", 3)
    ),
}


@pytest.mark.parametrize("shape", ["triangular", "pert"])
@pytest.mark.parametrize("name", AXES)
def test_values_are_those_of_the_value_function_at_the_quantiles(name: str, shape: str) -> None:
    axis = AXES[name]
    found = drawn(axis, 1.0, 3.0, 9.0, shape)
    distribution = pert(1.0, 3.0, 9.0) if shape == "pert" else Triangular(1.0, 3.0, 9.0)
    expected = axis.value_function(distribution.quantiles(EVEN))
    rising = axis.direction == "more-is-better"
    assert_distributed_as(found, expected)
    assert (np.diff(found) >= -1e-4 if rising else np.diff(found) <= 1e-4).all()


def test_levels_come_as_often_as_they_are_held_likely_and_nothing_between() -> None:
    axis = criterion("c1", 0, 3, function=Levels((0.0, 10.0, 60.0, 100.0)), levels=("a", "b", "c", "d"))
    found = drawn(axis, 0.0, 1.0, 3.0)
    # Heights 1/2, 1, 2/3, 1/3 of a triangle that falls to zero one level beyond either bound.
    values, counts = np.unique(found, return_counts=True)
    np.testing.assert_array_equal(values, [0, 10, 60, 100])
    np.testing.assert_allclose(counts / COUNT, np.array([3, 6, 4, 2]) / 15, rtol=0, atol=2 / COUNT)


def test_levels_of_which_less_is_better_run_the_other_way() -> None:
    axis = criterion("c1", 0, 2, "less-is-better", function=Levels((100.0, 40.0, 0.0)), levels=("a", "b", "c"))
    found = drawn(axis, 0.0, 0.0, 1.0)
    values, counts = np.unique(found, return_counts=True)
    np.testing.assert_array_equal(values, [40, 100])
    np.testing.assert_allclose(counts / COUNT, [1 / 3, 2 / 3], rtol=0, atol=2 / COUNT)


@pytest.mark.parametrize("function", [None, PiecewiseLinear((0.0, 20.0, 100.0), (0.0, 50.0, 100.0))])
def test_an_unknown_performance_is_uniform_over_its_scale(function: PiecewiseLinear | None) -> None:
    axis = criterion("c1", function=function)
    of = problem([[UNKNOWN]], criteria=[axis])
    found = values_of(plan_of(of), 0, 1, EVEN[None, :])[0]
    np.testing.assert_allclose(found, axis.value_function(100 * EVEN), rtol=0, atol=0.02)


def test_an_unknown_level_is_any_of_them() -> None:
    axis = criterion("c1", 0, 2, function=Levels((0.0, 50.0, 100.0)), levels=("a", "b", "c"))
    found = values_of(plan_of(problem([[UNKNOWN]], criteria=[axis])), 0, 1, EVEN[None, :])[0]
    _, counts = np.unique(found, return_counts=True)
    np.testing.assert_allclose(counts / COUNT, 1 / 3, rtol=0, atol=2 / COUNT)


def test_what_is_extrapolated_leaves_the_scale_along_its_line() -> None:
    found = declared(criterion("c1", 0, 10), Normal(9.0, 2.0))
    assert found.mean() == pytest.approx(90, abs=0.01)
    assert found.std() == pytest.approx(20, abs=0.05)
    assert (found > 100).mean() == pytest.approx(1 - NormalDist(9, 2).cdf(10), abs=1e-3)


def test_what_is_truncated_stays_on_the_scale_with_the_moments_of_a_truncated_normal() -> None:
    found = declared(criterion("c1", 0, 10), truncated(Normal(9.0, 2.0), 0.0, 10.0))
    assert found.max() <= 100 + 1e-4
    normal = NormalDist()
    low, high = (0 - 9) / 2, (10 - 9) / 2
    mass = normal.cdf(high) - normal.cdf(low)
    shift = (normal.pdf(low) - normal.pdf(high)) / mass
    variance = 1 + (low * normal.pdf(low) - high * normal.pdf(high)) / mass - shift**2
    assert found.mean() == pytest.approx(10 * (9 + 2 * shift), abs=0.02)
    assert found.std() == pytest.approx(20 * variance**0.5, abs=0.05)


def test_a_lognormal_has_its_mean_and_a_beta_its_own() -> None:
    assert declared(criterion("c1", 0, 10), LogNormal(0.0, 0.5)).mean() == pytest.approx(10 * np.exp(0.125), rel=1e-3)
    found = declared(criterion("c1", 0, 10), Beta(2.0, 5.0, 2.0, 9.0))
    assert found.mean() == pytest.approx(10 * (2 + 7 * 2 / 7), abs=0.01)
    assert found.var() == pytest.approx(4900 * 10 / (49 * 8), rel=2e-3)


def mixed() -> Problem:
    """Scores of every kind on one straight criterion, including a certain one, and a second criterion."""
    likely = [[50.0, 40.0], [20.0, 60.0], [UNKNOWN, 10.0], [70.0, 70.0], [30.0, 30.0]]
    low = [[40.0, 40.0], [20.0, 50.0], [UNKNOWN, 10.0], [70.0, 70.0], [10.0, 20.0]]
    high = [[80.0, 40.0], [20.0, 90.0], [UNKNOWN, 10.0], [70.0, 70.0], [60.0, 35.0]]
    return replace(problem(likely, low=low, high=high), declared={(3, 0): Normal(70.0, 5.0)})


@pytest.mark.parametrize("together", [False, True])
def test_each_score_is_drawn_from_its_own_distribution_beside_others(together: bool) -> None:
    of = mixed()
    plan = plan_of(of, Uncertainty(together=together))
    assert plan.dimensions == (2 if together else 6)
    random = np.random.default_rng(5)
    uniform = random.permuted(np.tile(EVEN, (plan.dimensions, 1)), axis=1)
    distributions = distributions_of(of, INDEPENDENT)
    for column in range(2):
        found = values_of(plan, column, 2, uniform)
        for row in range(5):
            expected = distributions[row][column].quantiles(EVEN)
            assert_distributed_as(found[row], expected)


def test_scores_move_together_on_a_criterion_and_not_across_criteria() -> None:
    of = mixed()
    random = np.random.default_rng(5)
    for together in (False, True):
        plan = plan_of(of, Uncertainty(together=together))
        uniform = random.permuted(np.tile(EVEN, (plan.dimensions, 1)), axis=1)
        first, second = (values_of(plan, column, 2, uniform) for column in range(2))
        uncertain = [0, 2, 3, 4]
        within = np.corrcoef(first[uncertain])
        across = np.corrcoef(first[0], second[1])[0, 1]
        assert abs(across) < 0.05
        if together:
            assert within.min() > 0.9
            order = np.argsort(first[0])
            assert all((np.diff(first[row][order]) >= -1e-3).all() for row in uncertain)
        else:
            assert np.abs(within - np.eye(4)).max() < 0.05


def test_certain_scores_take_no_numbers_whatever_their_scale() -> None:
    assert plan_of(problem([[50, 40], [20, 60]])).columns is None
    axis = criterion("c1", 0, 2, function=Levels((0.0, 50.0, 100.0)), levels=("a", "b", "c"))
    of = problem([[1, 50], [2, 20]], criteria=[axis, criterion("c2")])
    plan = plan_of(of)
    assert (plan.dimensions, plan.columns) == (0, None)


def test_a_declared_triangle_without_width_is_a_certain_score() -> None:
    """Equal low, likely and high, with ``distribution: {kind: triangular}``: a dossier may contain this."""
    of = replace(
        problem([[50.0], [45.0]], low=[[50.0], [40.0]], high=[[50.0], [60.0]]),
        declared={(0, 0): Triangular(50.0, 50.0, 50.0)},
    )
    plan = plan_of(of)
    uniform = np.tile(EVEN, (plan.dimensions, 1))
    found = values_of(plan, 0, 1, uniform)
    np.testing.assert_allclose(found[0], 50, rtol=0, atol=1e-4)


def test_likely_scores_are_their_values() -> None:
    of = problem([[50, 40], [20, 60]], criteria=[criterion("c1", 0, 200), criterion("c2", 0, 100, "less-is-better")])
    plan = plan_scores(of, None)
    assert (plan.columns, plan.dimensions) == (None, 0)
    np.testing.assert_array_equal(plan.values, [[25, 60], [10, 40]])
    assert isinstance(of.criteria[0].value_function, Linear)


@pytest.mark.parametrize("together", [False, True])
def test_each_pairing_is_valued_as_the_draws_that_it_was_made_of(together: bool) -> None:
    random = np.random.default_rng(3)
    likely = random.uniform(20, 80, (4, 3))
    low, high = likely - random.uniform(0, 20, likely.shape), likely + random.uniform(0, 20, likely.shape)
    low[:, 1] = high[:, 1] = likely[:, 1]  # a criterion without ranges takes no numbers
    low[0, 2] = high[0, 2] = likely[0, 2]
    plan = plan_of(problem(likely, low=low, high=high), Uncertainty(together=together))
    weights = random.dirichlet(np.ones(3), 50).T.astype(np.float32)
    uniform = random.random((plan.dimensions, 50), dtype=np.float32)
    turns = np.array([[0, 0, 0], [7, 3, 49], [20, 20, 1]])
    found = plan.paired(weights, uniform, turns, plan.paired_room(64, 3))
    assert found.shape == (4, 150)
    sizes = [1, 0, 1] if together else [4, 0, 3]
    assert plan.dimensions == sum(sizes)
    for place, turn in enumerate(turns):
        blocks = np.split(uniform, np.cumsum(sizes)[:-1])
        moved = np.vstack([np.roll(block, -by, axis=1) for block, by in zip(blocks, turn, strict=True)])
        draws = np.arange(50 * place, 50 * place + 50)
        np.testing.assert_array_equal(plan.paired_numbers(uniform, turns, draws), moved)
        np.testing.assert_allclose(found[:, draws], plan.overall(weights, moved), rtol=1e-6)
