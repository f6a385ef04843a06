from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_options.analysis.additive import competition_ranks
from policy_options.analysis.comparison.rank_measures import (
    RankMeasures,
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


def exact_mid_ranks(values: list[float]) -> list[Fraction]:
    """The mean of the places that an option may take among those it ties with."""
    places = [(sum(v > x for v in values) + 1, sum(v >= x for v in values)) for x in values]
    return [Fraction(first + last, 2) for first, last in places]


@repeatable
@given(TWO_OF_A_LENGTH)
def test_the_other_measures_are_their_definitions_in_fractions(values: tuple[list[float], list[float]]) -> None:
    first, second = map(ranks, values)
    x, y = map(exact_mid_ranks, values)
    n = len(x)
    assert mid_ranks(first).tolist() == [float(place) for place in x]
    middle = Fraction(n + 1, 2)  # the mean of mid-ranks, whatever the ties
    together = sum((a - middle) * (b - middle) for a, b in zip(x, y, strict=True))
    spreads = [sum((a - middle) ** 2 for a in each) for each in (x, y)]
    expected = float(together) / math.sqrt(spreads[0] * spreads[1]) if all(spreads) else None
    assert spearman(first, second) == (None if expected is None else pytest.approx(expected, abs=1e-12))
    apart = sum((a - b) ** 2 * ((n - a + 1) + (n - b + 1)) for a, b in zip(x, y, strict=True))
    r_w = 1 - Fraction(6) * apart / (n**4 + n**3 - n**2 - n)
    assert weighted_spearman(first, second) == pytest.approx(float(r_w), abs=1e-12)
    ws = 1 - sum(2.0 ** -float(a) * float(abs(a - b) / max(abs(1 - a), abs(n - a))) for a, b in zip(x, y, strict=True))
    assert similarity_ws(first, second) == pytest.approx(ws, abs=1e-12)
    assert rank_distance(first, second) == float(sum(abs(a - b) for a, b in zip(x, y, strict=True)))


@repeatable
@given(TWO_OF_A_LENGTH)
def test_a_ranking_agrees_with_itself_whatever_ties(values: tuple[list[float], list[float]]) -> None:
    order = ranks(values[0])
    found = rank_measures(order, order)
    assert found.distance == 0.0
    varied = len(set(values[0])) > 1
    for defined_if_varied in (found.tau_b, found.spearman, found.weighted_spearman, found.ws):
        assert defined_if_varied == (pytest.approx(1.0, abs=1e-12) if varied else None)


@repeatable
@given(TWO_OF_A_LENGTH)
def test_measures_do_not_depend_on_the_order_of_the_options(values: tuple[list[float], list[float]]) -> None:
    there = rank_measures(*map(ranks, values))
    back = rank_measures(*(ranks(each[::-1]) for each in values))
    for one, other in zip(coefficients(there), coefficients(back), strict=True):
        assert one == (None if other is None else pytest.approx(other, abs=1e-12))
    assert there.distance == back.distance


def coefficients(found: RankMeasures) -> tuple[float | None, ...]:
    return found.tau_b, found.spearman, found.weighted_spearman, found.ws


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
    assert kendall_tau_b(order, tied) is None
    assert spearman(order, tied) is None
    assert rank_distance(tied, order) == 2.0


def test_of_nobody_nothing_is_defined_and_nothing_moved() -> None:
    nobody = np.empty(0, dtype=np.int64)
    found = rank_measures(nobody, nobody)
    assert coefficients(found) == (None, None, None, None)
    assert (found.options, found.distance, found.most) == (0, 0.0, 0)


def test_tau_b_of_many_options_needs_no_matrix() -> None:
    order = np.arange(1, 200_001)
    shifted = np.roll(order, 1)  # the last passes all others
    pairs = 200_000 * 199_999 / 2
    assert kendall_tau_b(order, shifted) == pytest.approx(1 - 2 * 199_999 / pairs, abs=1e-12)
