from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_options.analysis.additive import competition_ranks
from policy_options.analysis.comparison.rank_measures import (
    kendall_tau_b,
    mid_ranks,
    rank_distance,
    rank_measures,
    similarity_ws,
    spearman,
    weighted_spearman,
)
from problems import case, repeatable


def ranks(values: list[float]) -> np.ndarray:
    return competition_ranks(np.array(values, dtype=np.float64))[0]


def test_the_published_case_of_salabun_and_urbaniak() -> None:
    found = case("rank-correlation-salabun")
    reference, other = (np.array(found["input"][key]) for key in ("reference", "other"))
    expected, tolerance = found["expected"], found["expected"]["tolerance"]
    measured = rank_measures(reference, other)
    assert measured.spearman == pytest.approx(expected["spearman"], abs=tolerance)
    assert measured.weighted_spearman == pytest.approx(expected["weighted_spearman_rw"], abs=tolerance)
    assert measured.ws == pytest.approx(expected["WS"], abs=tolerance)
    assert measured.tau_b == pytest.approx(expected["kendall_tau"], abs=tolerance)
    assert (measured.distance, measured.most, measured.options) == (2.0, 12, 5)


def test_tied_options_share_the_mean_of_their_places() -> None:
    assert mid_ranks(np.array([1, 2, 2, 4])).tolist() == [1.0, 2.5, 2.5, 4.0]
    assert mid_ranks(np.array([1, 1, 1])).tolist() == [2.0, 2.0, 2.0]


TWO_OF_A_LENGTH = st.integers(2, 8).flatmap(
    lambda m: st.tuples(*[st.lists(st.integers(0, 4).map(float), min_size=m, max_size=m)] * 2)
)


@repeatable
@given(TWO_OF_A_LENGTH)
def test_tau_b_is_that_of_counting_every_pair(values: tuple[list[float], list[float]]) -> None:
    first, second = map(ranks, values)
    pairs = [(i, j) for i in range(len(first)) for j in range(i)]
    signs = [(np.sign(first[i] - first[j]), np.sign(second[i] - second[j])) for i, j in pairs]
    apart = sum(x != 0 for x, _ in signs) * sum(y != 0 for _, y in signs)
    expected = None if apart == 0 else sum(x * y for x, y in signs) / math.sqrt(apart)
    assert kendall_tau_b(first, second) == (None if expected is None else pytest.approx(expected, abs=1e-12))


@repeatable
@given(TWO_OF_A_LENGTH)
def test_measures_but_ws_take_either_side_first_and_none_exceeds_one(values: tuple[list[float], list[float]]) -> None:
    first, second = map(ranks, values)
    for measure in (kendall_tau_b, spearman, weighted_spearman):
        there, back = measure(first, second), measure(second, first)
        assert there == (None if back is None else pytest.approx(back, abs=1e-12))
        assert there is None or there <= 1 + 1e-12
    assert rank_distance(first, second) == rank_distance(second, first) <= len(first) ** 2 // 2
    ws = similarity_ws(first, second)
    assert ws is not None and ws <= 1


@pytest.mark.parametrize("size", [2, 3, 7, 20])
def test_equal_rankings_agree_throughout_and_turned_ones_not_at_all(size: int) -> None:
    order = np.arange(1, size + 1)
    same, turned = rank_measures(order, order), rank_measures(order, order[::-1].copy())
    assert (same.tau_b, same.spearman, same.weighted_spearman, same.ws) == pytest.approx((1, 1, 1, 1), abs=1e-12)
    assert (turned.tau_b, turned.spearman, turned.weighted_spearman) == pytest.approx((-1, -1, -1), abs=1e-12)
    assert (same.distance, turned.distance) == (0, turned.most)


def test_ws_depends_on_which_ranking_is_the_reference() -> None:
    first, second = np.array([1, 2, 3, 4]), np.array([2, 3, 1, 4])
    assert similarity_ws(first, second) != pytest.approx(similarity_ws(second, first), abs=1e-3)


def test_a_change_at_the_top_weighs_more_than_one_at_the_bottom() -> None:
    order, top, bottom = (np.array(each) for each in ([1, 2, 3, 4], [2, 1, 3, 4], [1, 2, 4, 3]))
    for measure in (weighted_spearman, similarity_ws):
        above, below = measure(order, top), measure(order, bottom)
        assert above is not None and below is not None and above < below
    assert kendall_tau_b(order, top) == kendall_tau_b(order, bottom)


def test_what_is_not_defined_is_none() -> None:
    one, tied, order = np.array([1]), np.array([1, 1, 1]), np.array([1, 2, 3])
    alone = rank_measures(one, one)
    assert (alone.tau_b, alone.spearman, alone.weighted_spearman, alone.ws) == (None, None, None, None)
    assert kendall_tau_b(tied, order) is None
    assert spearman(tied, order) is None
    assert rank_distance(tied, order) == 2.0


def test_tau_b_of_many_options_needs_no_matrix() -> None:
    order = np.arange(1, 200_001)
    shifted = np.roll(order, 1)  # the last passes all others
    pairs = 200_000 * 199_999 / 2
    assert kendall_tau_b(order, shifted) == pytest.approx(1 - 2 * 199_999 / pairs, abs=1e-12)
