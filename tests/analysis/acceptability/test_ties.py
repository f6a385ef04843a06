"""Ties that have a share of the draws, against every combination of levels computed one by one."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_options.analysis.acceptability.exact import exact_acceptability
from policy_options.analysis.acceptability.results import Acceptability, SampledBasis
from policy_options.analysis.acceptability.sampled import Precision, sampled_acceptability
from policy_options.analysis.acceptability.ties import plan_ties
from policy_options.analysis.distributions import Uncertainty
from policy_options.analysis.elicitation.answers import Answers
from policy_options.analysis.problem import Problem
from policy_options.analysis.value_functions import Levels, PiecewiseLinear
from policy_options.analysis.weight_region import (
    WeightRegion,
    band_region,
    free_region,
    held_region,
    judged_region,
    spanned,
)
from problems import UNKNOWN, chain, criterion, elicited, flat, problem, repeatable, shared

THREE = Levels((0.0, 50.0, 100.0))
NAMES = ("none", "some", "all")


def levelled(low: list[list[int]], likely: list[list[int]], high: list[list[int]]) -> Problem:
    axes = [criterion(f"c{column + 1}", 0.0, 2.0, function=THREE, levels=NAMES) for column in range(len(likely[0]))]
    return problem(np.array(likely, float), criteria=axes, low=np.array(low, float), high=np.array(high, float))


def ordered(text: str, *criteria: str) -> WeightRegion:
    found = judged_region(elicited(criteria, Answers(order=(chain(text),)), "swing"), flat(criteria))
    assert found is not None
    return found


def sample(of: Problem, region: WeightRegion, seed: int = 1, together: bool = False) -> Acceptability:
    return sampled_acceptability(
        of, region, uncertainty=Uncertainty(together=together), seed=seed, precision=Precision(samples=1 << 15)
    )


def chances(low: int, likely: int, high: int) -> dict[int, Fraction]:
    """The probability of each level: in proportion to a triangle that falls to zero one level beyond either bound."""
    heights = {
        level: Fraction(level - low + 1, likely - low + 1)
        if level <= likely
        else Fraction(high + 1 - level, high + 1 - likely)
        for level in range(low, high + 1)
    }
    return {level: height / sum(heights.values()) for level, height in heights.items()}


def one_by_one(of: Problem, region: WeightRegion) -> tuple[np.ndarray, np.ndarray]:
    """Ranks and expected ranks over every combination of levels, each exactly."""
    cells = list(np.ndindex(of.likely.shape))
    held = [chances(int(of.low[cell]), int(of.likely[cell]), int(of.high[cell])) for cell in cells]
    ranks, expected = np.zeros((len(of.options),) * 2), np.zeros(len(of.options))
    for levels in product(*held):
        share = float(np.prod([float(of_cell[level]) for of_cell, level in zip(held, levels, strict=True)]))
        certain = np.array(levels, float).reshape(of.likely.shape)
        found = exact_acceptability(problem(certain, criteria=of.criteria), region)
        assert isinstance(found, Acceptability)
        ranks += share * found.ranks
        expected += share * found.expected_rank
    return ranks, expected


CELLS = st.lists(st.tuples(st.integers(0, 2), st.booleans()), min_size=6, max_size=6)
REGIONS = {
    "free": free_region(("c1", "c2")),
    "band": band_region(shared(0.5, 0.5), 0.3),
    "equal": held_region(shared(0.5, 0.5)),
    "held": held_region(shared(0.3, 0.7)),
    "order": ordered("c1 > c2", "c1", "c2"),
}


@repeatable
@given(CELLS, st.sampled_from(sorted(REGIONS)))
def test_levels_that_tie_share_their_ranks_as_each_combination_of_them_says(
    cells: list[tuple[int, bool]], region: str
) -> None:
    likely = np.array([level for level, _ in cells]).reshape(3, 2)
    wide = np.array([ranges for _, ranges in cells]).reshape(3, 2)
    if wide.sum() > 4:
        wide[2] = False
    low, high = np.where(wide, np.maximum(likely - 1, 0), likely), np.where(wide, np.minimum(likely + 1, 2), likely)
    of = levelled(low.tolist(), likely.tolist(), high.tolist())
    ranks, expected = one_by_one(of, REGIONS[region])
    found = sample(of, REGIONS[region])
    np.testing.assert_allclose(found.ranks, ranks, rtol=0, atol=0.006)
    np.testing.assert_allclose(found.expected_rank, expected, rtol=0, atol=0.012)
    np.testing.assert_allclose(found.ranks.sum(axis=0), 1.0, rtol=0, atol=1e-12)


def test_two_options_with_the_same_levels_are_first_in_half_of_the_draws_each_under_any_seed() -> None:
    of = levelled([[0, 1], [0, 1]], [[1, 1], [1, 1]], [[2, 1], [2, 1]])
    for seed in range(4):
        found = sampled_acceptability(
            of, band_region(shared(0.5, 0.5), 0.25), uncertainty=Uncertainty(), seed=seed, precision=Precision()
        )
        np.testing.assert_array_equal(found.ranks, 0.5)
        assert found.confidence is not None
        np.testing.assert_allclose(found.confidence, 0.5, rtol=0, atol=1e-12)
        assert found.pairwise is not None
        tied = 1.0 - found.pairwise[0, 1] - found.pairwise[1, 0]
        assert tied == pytest.approx(1 / 16 + 1 / 4 + 1 / 16, abs=0.002)  # levels with probabilities 1/4, 1/2, 1/4
        assert isinstance(found.basis, SampledBasis)
        assert found.basis.count < 100_000
        assert found.most_often == ("a", "b")


def test_equal_weights_by_order_make_opposite_scores_tie_everywhere() -> None:
    of = problem([[100, 0, 50], [0, 100, 50], [20, 20, 20]], low=[[100, 0, 50], [0, 100, 50], [10, 20, 20]])
    region = ordered("c1 = c2 > c3", "c1", "c2", "c3")
    found = sample(of, region)
    np.testing.assert_array_equal(found.ranks[:2, :2], 0.5)
    np.testing.assert_array_equal(found.first, [0.5, 0.5, 0.0])
    np.testing.assert_allclose(found.central[0], found.central[1], rtol=0, atol=0)
    assert found.pairwise is not None
    assert (found.pairwise[0, 1], found.pairwise[1, 0]) == (0.0, 0.0)


def test_a_tie_of_thirds_is_no_matter_of_digits() -> None:
    """10/3 + 20/3 is 10 whatever single precision makes of it, and the third option is level with it."""
    of = problem(
        [[10 / 3, 20 / 3, 5], [5, 5, 5], [20 / 3, 10 / 3, 5], [9, 9, 9]],
        high=[[10 / 3, 20 / 3, 5], [5] * 3, [20 / 3, 10 / 3, 5], [9, 9, 50]],
    )
    region = ordered("c1 = c2 > c3", "c1", "c2", "c3")
    found = sample(of, region)
    np.testing.assert_allclose(found.ranks[:3, 1:], 1 / 3, rtol=0, atol=1e-12)


def test_what_lies_closer_than_single_numbers_tell_apart_is_no_tie() -> None:
    names = [f"o{row}" for row in range(30)]
    for count in (3, 30):  # with comparing, and with sorting
        values = np.vstack(([50.0, 50.0], [50.000001, 50.000001], np.full((count - 2, 2), 20.0)))
        high = values.copy()
        high[2:, 0] = 30.0
        found = sample(problem(values, options=names[:count], high=high), free_region(("c1", "c2")))
        np.testing.assert_array_equal(found.first[:2], [0.0, 1.0])


def test_scores_that_move_together_tie_where_their_triangles_run_side_by_side() -> None:
    of = problem([[50.0], [50.0], [40.0]], low=[[40.0], [40.0], [30.0]], high=[[60.0], [60.0], [60.0]])
    found = sample(of, free_region(("c1",)), together=True)
    np.testing.assert_array_equal(found.first[:2], 0.5)
    # The sides below the peaks of c are as steep as those of b if ranges are twice as wide and half as far from the peak.
    partly = problem([[50.0], [25.0]], low=[[0.0], [0.0]], high=[[100.0], [200.0]], criteria=[criterion("c1", 0, 200)])
    share = sample(partly, free_region(("c1",)), together=True)
    # They are equal up to the peak of the second, at an eighth; beyond, the second is ahead only in its tail.
    assert share.pairwise is not None
    assert 1 - share.pairwise[0, 1] - share.pairwise[1, 0] == pytest.approx(1 / 8, abs=1e-3)


def test_level_stretches_of_a_value_function_tie() -> None:
    step = PiecewiseLinear((0.0, 40.0, 60.0, 100.0), (0.0, 50.0, 50.0, 100.0))
    of = problem(
        [[50.0], [50.0]], low=[[42.0], [41.0]], high=[[58.0], [59.0]], criteria=[criterion("c1", function=step)]
    )
    found = sample(of, free_region(("c1",)))
    np.testing.assert_array_equal(found.ranks, 0.5)


def test_options_of_the_same_ranges_share_evenly_though_no_draw_ties() -> None:
    of = problem(
        [[50, 40], [50, 40], [45, 45]], low=[[30, 40], [30, 40], [20, 20]], high=[[60, 40], [60, 40], [90, 90]]
    )
    found = sample(of, free_region(("c1", "c2")))
    np.testing.assert_array_equal(found.ranks[0], found.ranks[1])
    np.testing.assert_array_equal(found.central[0], found.central[1])
    assert found.pairwise is not None
    assert found.pairwise[0, 1] == found.pairwise[1, 0] == pytest.approx(0.5, abs=1e-3)
    assert found.pairwise[0, 2] == found.pairwise[1, 2]


def test_only_what_could_tie_is_looked_at() -> None:
    region = free_region(("c1", "c2"))
    drawn = problem([[60, 20], [10, 90]], low=[[50, 20], [0, 90]], high=[[70, 20], [20, 90]])
    assert not plan_ties(drawn, region, Uncertainty()).possible
    assert not plan_ties(drawn, region, None).possible
    levels = levelled([[0, 1], [2, 1]], [[0, 1], [2, 1]], [[1, 1], [2, 1]])
    assert not plan_ties(levels, region, Uncertainty()).possible  # c1 is never equal
    meeting = levelled([[0, 1], [2, 1]], [[0, 1], [2, 1]], [[2, 1], [2, 1]])
    assert plan_ties(meeting, region, Uncertainty()).rows.tolist() == [0, 1]
    unknown = problem([[UNKNOWN, 20], [10, 20]])
    assert not plan_ties(unknown, region, Uncertainty()).possible


@pytest.mark.parametrize(
    ("region", "size"),
    [
        (free_region(("c1", "c2", "c3")), 3),
        (band_region(shared(0.5, 0.3, 0.2), 1e-4), 3),
        (band_region(shared(0.5, 0.5, 0.0), 0.2), 2),
        (held_region(shared(0.5, 0.3, 0.2)), 1),
        (ordered("c1 = c2 > c3", "c1", "c2", "c3"), 2),
        (ordered("c1 > c2 > c3", "c1", "c2", "c3"), 3),
    ],
)
def test_a_region_spans_as_many_dimensions_as_its_weights_take(region: WeightRegion, size: int) -> None:
    basis = spanned(region)
    assert basis.shape == (3, size)
    left = region.centre - basis @ np.linalg.lstsq(basis, region.centre, rcond=None)[0]
    np.testing.assert_allclose(left, 0.0, rtol=0, atol=1e-12)
