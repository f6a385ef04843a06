"""Shares of weight vectors under which one option beats another, against exact fractions."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations
from math import prod

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from numpy.typing import NDArray

from policy_options.analysis.acceptability.pairwise import expected_ranks, share_not_above, winning_shares
from policy_options.analysis.weight_region import Piece, band_region, free_region
from problems import repeatable, shared

Floats = NDArray[np.float64]


def recursion(differences: Sequence[int]) -> Fraction:
    """The share on which d . w <= 0 (Varsi 1973), in fractions."""
    above = [Fraction(d) for d in differences if d > 0]
    found = [Fraction(1), *[Fraction(0)] * len(above)]
    for q in (Fraction(d) for d in differences if d <= 0):
        for h, p in enumerate(above, start=1):
            found[h] = (p * found[h] - q * found[h - 1]) / (p - q)
    return found[-1]


def of_distinct(differences: Sequence[int]) -> Fraction:
    """The same by partial fractions, which works if no two are equal."""
    return 1 - sum(
        (
            Fraction(prod([d] * (len(differences) - 1)), prod(d - other for other in differences if other != d))
            for d in differences
            if d > 0
        ),
        Fraction(0),
    )


def share(*differences: float) -> float:
    return float(share_not_above(np.array([differences], dtype=np.float64))[0])


def free(n: int) -> tuple[Piece, ...]:
    pieces = free_region(tuple(f"c{column + 1}" for column in range(n))).pieces
    assert pieces is not None
    return pieces


# --- one difference ---


@pytest.mark.parametrize(
    ("differences", "exact"),
    [
        ((1.0, -1.0), 1 / 2),
        ((3.0, -1.0), 1 / 4),
        ((1.0, -3.0), 3 / 4),
        ((1.0, 1.0, -1.0), 1 / 4),
        ((1.0, -1.0, -1.0), 3 / 4),
        ((1.0, 0.0, -1.0), 1 / 2),
        ((2.0, 0.0), 0.0),
        ((1.0, 2.0, 3.0), 0.0),
        ((-1.0, -2.0), 1.0),
        ((0.0, -2.0), 1.0),
        ((0.0, 0.0, 0.0), 1.0),
        ((5.0,), 0.0),
        ((-5.0,), 1.0),
        ((0.0,), 1.0),
    ],
)
def test_shares_by_hand(differences: tuple[float, ...], exact: float) -> None:
    assert share(*differences) == pytest.approx(exact, abs=1e-15)


whole = st.integers(-100, 100)


@repeatable
@given(st.lists(whole, min_size=2, max_size=8, unique=True))
def test_distinct_differences_have_the_share_of_partial_fractions(differences: list[int]) -> None:
    assert of_distinct(differences) == recursion(differences)
    assert share(*differences) == pytest.approx(float(of_distinct(differences)), abs=1e-14)


@repeatable
@given(st.lists(st.integers(-3, 3), min_size=1, max_size=12))
def test_differences_that_are_alike_have_the_share_of_the_recursion(differences: list[int]) -> None:
    assert share(*differences) == pytest.approx(float(recursion(differences)), abs=1e-14)


@repeatable
@given(st.lists(whole, min_size=1, max_size=8))
def test_the_order_of_differences_does_not_matter(differences: list[int]) -> None:
    turned = differences[::-1]
    assert share(*turned) == pytest.approx(share(*differences), abs=1e-14)


@repeatable
@given(st.lists(whole, min_size=1, max_size=8).filter(any))
def test_what_is_above_and_what_is_below_are_the_whole(differences: list[int]) -> None:
    assert share(*differences) + share(*(-d for d in differences)) == pytest.approx(1.0, abs=1e-14)


@repeatable
@given(st.lists(st.lists(st.integers(-3, 3), min_size=4, max_size=4), min_size=1, max_size=8))
def test_many_at_once_are_as_one_by_one(rows: list[list[int]]) -> None:
    together = share_not_above(np.array(rows, dtype=np.float64))
    assert together.tolist() == [share(*row) for row in rows]


@pytest.mark.parametrize("factor", [1e-150, 1e-9, 1e9, 1e150])
def test_the_size_of_differences_does_not_matter(factor: float) -> None:
    differences = np.array([[3.0, -1.0, 4.0, -1.0, -5.0]])
    np.testing.assert_allclose(share_not_above(factor * differences), share_not_above(differences), rtol=1e-13, atol=0)


def test_many_criteria_lose_no_digits() -> None:
    """As many for as against, of equal size: a half, whatever their number."""
    for half in (5, 20, 60):
        assert share(*[1.0] * half, *[-1.0] * half) == pytest.approx(0.5, abs=1e-12)


def test_next_to_nothing_beside_much() -> None:
    assert share(100.0, -1e-12) == pytest.approx(1e-14, rel=1e-9)
    assert share(-100.0, 1e-12) == pytest.approx(1.0, abs=1e-13)


# --- all pairs ---


def exact_wins(values: Sequence[Sequence[int]]) -> Floats:
    m = len(values)
    found = np.zeros((m, m))
    for i in range(m):
        for j in range(m):
            difference = [a - b for a, b in zip(values[i], values[j], strict=True)]
            found[i, j] = float(1 - recursion(difference)) if any(difference) else 0.0
    return found


@st.composite
def matrices(draw: st.DrawFn, most: int = 6) -> list[list[int]]:
    n = draw(st.integers(1, 5))
    step = draw(st.sampled_from([50, 25, 1]))
    row = st.lists(st.integers(0, 100 // step).map(lambda k: k * step), min_size=n, max_size=n)
    return draw(st.lists(row, min_size=1, max_size=most))


@repeatable
@given(matrices())
def test_all_pairs_are_those_of_fractions(values: list[list[int]]) -> None:
    array = np.array(values, dtype=np.float64)
    wins, equal = winning_shares(array, free(array.shape[1]))
    np.testing.assert_allclose(wins, exact_wins(values), rtol=0, atol=1e-14)
    for i, j in combinations(range(len(values)), 2):
        assert equal[i, j] == equal[j, i] == (values[i] == values[j])
        assert wins[i, j] + wins[j, i] == pytest.approx(0.0 if equal[i, j] else 1.0, abs=1e-14)
    assert not wins.diagonal().any()
    assert equal.diagonal().all()


def test_equal_options_never_win_and_share_their_rank() -> None:
    wins, equal = winning_shares(np.array([[10.0, 20.0], [10.0, 20.0], [0.0, 50.0]]), free(2))
    assert (wins[0, 1], wins[1, 0]) == (0.0, 0.0)
    np.testing.assert_allclose(wins[0, 2], 1 / 4, rtol=0, atol=1e-15)
    np.testing.assert_allclose(expected_ranks(wins, equal), [2.25, 2.25, 1.5], rtol=0, atol=1e-15)


def test_values_that_differ_by_rounding_are_equal() -> None:
    _, equal = winning_shares(np.array([[0.1 + 0.2, 50.0], [0.3, 50.0]]), free(2))
    assert equal.all()


@repeatable
@given(matrices())
def test_expected_ranks_sum_to_those_of_places(values: list[list[int]]) -> None:
    array = np.array(values, dtype=np.float64)
    ranks = expected_ranks(*winning_shares(array, free(array.shape[1])))
    m = len(values)
    assert float(ranks.sum()) == pytest.approx(m * (m + 1) / 2, abs=1e-12)
    assert ranks.min() >= 1 - 1e-12
    assert ranks.max() <= m + 1e-12


def test_one_option_has_no_pairs() -> None:
    wins, equal = winning_shares(np.array([[10.0, 20.0]]), free(2))
    assert wins.tolist() == [[0.0]]
    assert equal.tolist() == [[True]]
    assert expected_ranks(wins, equal).tolist() == [1.0]


# --- over other regions ---


def test_a_point_has_one_order() -> None:
    point = (Piece(1.0, np.array([[0.25], [0.75]])),)
    wins, equal = winning_shares(np.array([[100.0, 0.0], [0.0, 100.0], [100.0, 0.0]]), point)
    assert wins.tolist() == [[0, 0, 0], [1, 0, 1], [0, 0, 0]]
    assert (equal[0, 2], equal[0, 1]) == (True, False)


def test_a_tie_at_a_point_is_a_tie() -> None:
    point = (Piece(1.0, np.array([[0.5], [0.5]])),)
    wins, equal = winning_shares(np.array([[100.0, 0.0], [0.0, 100.0]]), point)
    assert not wins.any()
    assert equal.all()


def test_an_order_of_criteria_is_a_simplex_of_its_own() -> None:
    """w1 >= w2: on its segment from (1, 0) to (1/2, 1/2), 2 w1 = 3 w2 is 4/5 of the distance along."""
    piece = (Piece(1.0, np.array([[1.0, 0.5], [0.0, 0.5]])),)
    wins, _ = winning_shares(np.array([[20.0, 0.0], [0.0, 30.0]]), piece)
    assert wins[0, 1] == pytest.approx(0.8, abs=1e-15)


def test_a_piece_that_is_taken_away_counts_negatively() -> None:
    """The segment from 0 to 1 less that from 1/2 to 1 is that from 0 to 1/2, of which a third has w1 > 1/3."""
    whole_of_it = Piece(2.0, np.array([[1.0, 0.0], [0.0, 1.0]]))
    away = Piece(-1.0, np.array([[1.0, 0.5], [0.0, 0.5]]))
    wins, _ = winning_shares(np.array([[20.0, 0.0], [0.0, 10.0]]), (whole_of_it, away))
    assert wins[0, 1] == pytest.approx(1 / 3, abs=1e-14)


@repeatable
@given(st.lists(st.integers(1, 5), min_size=2, max_size=5), st.sampled_from([0.2, 0.5, 1.0]), st.integers(0, 2**32))
def test_what_ties_at_a_set_wins_in_half_of_the_band_around_it(points: list[int], band: float, seed: int) -> None:
    region = band_region(shared(*(point / sum(points) for point in points)), band)
    assert region.pieces is not None
    difference = np.random.default_rng(seed).normal(size=len(points))
    difference -= difference @ region.centre
    assume(np.ptp(difference) > 0.1)
    wins, equal = winning_shares(np.vstack((difference, 0 * difference)), region.pieces)
    assert not equal[0, 1]
    assert (wins[0, 1], wins[1, 0]) == pytest.approx((0.5, 0.5), abs=1e-9)
