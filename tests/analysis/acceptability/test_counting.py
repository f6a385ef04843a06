from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from policy_options.analysis.acceptability.counting import Counts, count_compared, count_sorted

Singles = NDArray[np.float32]


def by_hand(overall: Singles, weights: Singles) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    m, draws = overall.shape
    ranks, wins, led = np.zeros((m, m), int), np.zeros((m, m), int), np.zeros((m, len(weights)))
    for draw in range(draws):
        order = sorted(range(m), key=lambda row: (-overall[row, draw], row))
        for rank, row in enumerate(order):
            ranks[row, rank] += 1
        led[order[0]] += weights[:, draw]
        wins += overall[:, draw][:, None] > overall[:, draw][None, :]
    return ranks, wins, led


def drawn(m: int, ties: bool) -> tuple[Singles, Singles]:
    random = np.random.default_rng(m)
    overall = random.uniform(0, 100, (m, 300))
    if ties:
        overall = np.round(overall / 10) * 10
    return overall.astype(np.float32), random.dirichlet(np.ones(4), 300).T.astype(np.float32)


def agrees(found: Counts, overall: Singles, weights: Singles) -> None:
    ranks, wins, led = by_hand(overall, weights)
    np.testing.assert_array_equal(found.ranks, ranks)
    np.testing.assert_array_equal(found.wins, wins)
    np.testing.assert_allclose(found.weights, led, rtol=0, atol=1e-3)
    np.testing.assert_array_equal(found.places, ranks @ np.arange(1, len(overall) + 1))
    assert found.draws == overall.shape[1]


@pytest.mark.parametrize("ties", [False, True])
@pytest.mark.parametrize("m", [1, 2, 3, 7, 20])
def test_comparing_counts_as_one_does_by_hand(m: int, ties: bool) -> None:
    overall, weights = drawn(m, ties)
    agrees(count_compared(overall, weights, m, pairwise=True, may_tie=True), overall, weights)


@pytest.mark.parametrize("ties", [False, True])
@pytest.mark.parametrize("m", [2, 30, 127, 129, 140])
def test_sorting_counts_as_one_does_by_hand(m: int, ties: bool) -> None:
    overall, weights = drawn(m, ties)
    rows = np.ascontiguousarray(overall.T)
    agrees(count_sorted(rows, weights, m, pairwise=True), overall, weights)


def test_the_first_ranks_alone_are_kept_and_all_places_counted() -> None:
    overall, weights = drawn(140, False)
    found = count_sorted(np.ascontiguousarray(overall.T), weights, 5, pairwise=False)
    ranks, _, _ = by_hand(overall, weights)
    np.testing.assert_array_equal(found.ranks, ranks[:, :5])
    np.testing.assert_array_equal(found.places, ranks @ np.arange(1, 141))
    assert found.wins is None


def test_counts_add_up() -> None:
    overall, weights = drawn(4, False)
    halves = [
        count_compared(overall[:, part].copy(), weights[:, part], 4, pairwise=True, may_tie=False)
        for part in (slice(0, 100), slice(100, 300))
    ]
    agrees(halves[0] + halves[1], overall, weights)
