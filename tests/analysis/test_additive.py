from __future__ import annotations

from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_options.analysis.additive import TIE, competition_ranks, overall_values
from problems import repeatable


def ranks_of(*values: float) -> list[int]:
    return [int(rank) for rank in competition_ranks(np.array(values, dtype=np.float64))[0]]


def naive_ranks(values: list[float]) -> list[int]:
    """The best of those left takes along all within the tolerance of it; each shares the rank of the first, in O(m^2)."""
    ranks = [0] * len(values)
    left = set(range(len(values)))
    while left:
        top = max(values[row] for row in left)
        tied = {row for row in left if top - values[row] <= TIE}
        for row in tied:
            ranks[row] = len(values) - len(left) + 1
        left -= tied
    return ranks


def counted_ranks(values: list[float]) -> list[int]:
    """One more than the rivals ahead by more than the tolerance."""
    return [1 + sum(other - value > TIE for other in values) for value in values]


def test_overall_values_are_weighted_sums() -> None:
    values = np.array([[10.0, 20.0, 30.0], [100.0, 0.0, 50.0]])
    np.testing.assert_allclose(overall_values(values, np.array([0.5, 0.25, 0.25])), [17.5, 62.5], rtol=0, atol=1e-12)


def test_a_rank_is_a_rank_and_not_the_order_of_an_argsort() -> None:
    ranks, order = competition_ranks(np.array([20.0, 10.0, 30.0]))
    assert ranks.tolist() == [2, 3, 1]
    assert order.tolist() == [2, 0, 1]


def test_equal_options_share_the_better_rank_and_the_next_one_is_skipped() -> None:
    assert ranks_of(7, 9, 7, 1) == [2, 1, 2, 4]
    assert ranks_of(5, 5, 5) == [1, 1, 1]
    assert ranks_of(1, 1, 2, 2, 3) == [4, 4, 2, 2, 1]


def test_ranks_come_from_unrounded_values() -> None:
    assert ranks_of(69.96, 70.04) == [2, 1]
    assert ranks_of(70.0, 70.0 + 1e-8) == [2, 1]
    assert ranks_of(70.0, 70.0 + 1e-10) == [1, 1]


def test_options_tie_up_to_the_tolerance_and_no_further() -> None:
    assert TIE == 1e-9
    assert ranks_of(0.0, 1e-9) == [1, 1]
    assert ranks_of(0.0, 1.0000001e-9) == [2, 1]


def test_a_tie_does_not_run_along_a_chain() -> None:
    """Each is tied with the next, but the third is further from the first than tied options may be."""
    assert ranks_of(50.0, 50.0 - 0.9e-9, 50.0 - 1.8e-9, 50.0 - 2.7e-9) == [1, 1, 3, 3]


def test_one_option_is_first_and_none_have_no_rank() -> None:
    assert ranks_of(3) == [1]
    assert ranks_of() == []


def test_equal_options_are_listed_as_they_came() -> None:
    _, order = competition_ranks(np.array([5.0, 8.0, 5.0, 8.0, 5.0, 5.0 + 1e-10]))
    assert order.tolist() == [1, 3, 0, 2, 4, 5]


def test_a_chain_of_a_hundred_thousand_near_ties() -> None:
    """Walking along the chain pair by pair is quick; comparing all pairs would take hours."""
    values = 60.0 - 0.9e-9 * np.arange(100_000)
    shuffled = np.random.default_rng(3).permutation(values)
    ranks, order = competition_ranks(shuffled)
    listed = shuffled[order]
    assert (listed[:-1] - listed[1:] >= -TIE).all()
    expected = 1 + np.arange(100_000) // 2 * 2
    np.testing.assert_array_equal(ranks[np.argsort(-shuffled)], expected)


def test_a_hundred_thousand_equal_options_share_rank_one() -> None:
    ranks, order = competition_ranks(np.full(100_000, 41.5))
    assert (ranks == 1).all()
    np.testing.assert_array_equal(order, np.arange(100_000))


plain = st.lists(st.floats(0, 100), max_size=30)
tied = st.lists(st.integers(0, 8).map(lambda k: 12.5 * k), max_size=30)
chained = st.lists(st.integers(0, 25).map(lambda k: 50 + 0.3e-9 * k), max_size=30)
mixed = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 9)).map(lambda p: 20 * p[0] + 0.3e-9 * p[1]), max_size=30)


@repeatable
@given(st.one_of(plain, tied, chained, mixed))
def test_ranks_agree_with_a_naive_oracle(values: list[float]) -> None:
    assert ranks_of(*values) == naive_ranks(values)


@repeatable
@given(st.one_of(tied, st.lists(st.integers(0, 40).map(lambda k: 2.5 * k + 1e-13 * (k % 3)), max_size=30)))
def test_without_chains_a_rank_counts_the_rivals_ahead(values: list[float]) -> None:
    assert ranks_of(*values) == counted_ranks(values)


@repeatable
@given(st.one_of(plain, tied, chained, mixed))
def test_ranks_are_competition_ranks(values: list[float]) -> None:
    array = np.array(values, dtype=np.float64)
    ranks, order = competition_ranks(array)
    assert sorted(order.tolist()) == list(range(len(values)))
    for value, rank in zip(values, ranks, strict=True):
        assert rank == 1 + (ranks < rank).sum()
        assert np.ptp(array[ranks == rank]) <= TIE
        assert not (array[ranks > rank] > value + 1e-15).any()
    listed = [(int(ranks[row]), int(row)) for row in order]
    assert listed == sorted(listed)


@repeatable
@given(st.one_of(tied, mixed), st.randoms(use_true_random=False))
def test_ranks_do_not_depend_on_where_an_option_stands(values: list[float], random: Random) -> None:
    rows = random.sample(range(len(values)), len(values))
    ranks, moved = ranks_of(*values), ranks_of(*(values[row] for row in rows))
    assert moved == [ranks[row] for row in rows]


@pytest.mark.parametrize("shift", [0.0, 37.0, 99.0])
def test_the_tolerance_is_one_of_value_points_and_not_of_digits(shift: float) -> None:
    assert ranks_of(shift, shift + 0.9e-9) == [1, 1]
    assert ranks_of(shift, shift + 1.1e-9) == [2, 1]
