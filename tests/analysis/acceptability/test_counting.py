from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from policy_options.analysis.acceptability.counting import Counts, Room, count_compared, count_sorted
from policy_options.analysis.acceptability.ties import Level

Singles = NDArray[np.float32]


Ranks = NDArray[np.float64]


def by_hand(overall: Singles, weights: Singles) -> tuple[Ranks, NDArray[np.int64], Ranks]:
    """In each draw, options of the same value share the ranks that they take together, and the weights of a first place."""
    m, draws = overall.shape
    ranks, wins, led = np.zeros((m, m)), np.zeros((m, m), int), np.zeros((m, len(weights)))
    for draw in range(draws):
        for row in range(m):
            ahead = int((overall[:, draw] > overall[row, draw]).sum())
            same = int((overall[:, draw] == overall[row, draw]).sum())
            ranks[row, ahead : ahead + same] += 1 / same
            if ahead == 0:
                led[row] += weights[:, draw] / same
        wins += overall[:, draw][:, None] > overall[:, draw][None, :]
    return ranks, wins, led


def drawn(m: int, ties: bool) -> tuple[Singles, Singles]:
    random = np.random.default_rng(m)
    overall = random.permuted(np.tile(np.arange(2_000.0), (300, 1)), axis=1)[:, :m].T / 20
    if ties:
        overall = np.round(overall / 10) * 10
    return overall.astype(np.float32, order="C"), random.dirichlet(np.ones(4), 300).T.astype(np.float32)


def tied(overall: Singles) -> Level:
    """The ties between integers, in all draws."""
    heads = (overall[None] == overall[:, None]).argmax(axis=1)
    return Level(np.arange(overall.shape[1]), np.arange(len(overall)), heads)


def agrees(found: Counts, overall: Singles, weights: Singles) -> None:
    ranks, wins, led = by_hand(overall, weights)
    np.testing.assert_allclose(found.ranks, ranks, rtol=0, atol=1e-9)
    np.testing.assert_array_equal(found.wins, wins)
    np.testing.assert_allclose(found.weights, led, rtol=0, atol=1e-3)
    np.testing.assert_allclose(found.places, ranks @ np.arange(1, len(overall) + 1), rtol=0, atol=1e-7)
    assert found.draws == overall.shape[1]


@pytest.mark.parametrize("ties", [False, True])
@pytest.mark.parametrize("m", [1, 2, 3, 7, 20])
def test_comparing_counts_as_one_does_by_hand(m: int, ties: bool) -> None:
    overall, weights = drawn(m, ties)
    agrees(count_compared(overall, weights, m, pairwise=True, level=tied(overall) if ties else None), overall, weights)


@pytest.mark.parametrize("ties", [False, True])
@pytest.mark.parametrize("m", [2, 30, 127, 129, 140])
def test_sorting_counts_as_one_does_by_hand(m: int, ties: bool) -> None:
    overall, weights = drawn(m, ties)
    rows = np.ascontiguousarray(overall.T)
    level = tied(overall) if ties else None
    agrees(count_sorted(rows, weights, m, pairwise=True, level=level), overall, weights)


def test_the_first_ranks_alone_are_kept_and_all_places_counted() -> None:
    overall, weights = drawn(140, False)
    found = count_sorted(np.ascontiguousarray(overall.T), weights, 5, pairwise=False)
    ranks, _, _ = by_hand(overall, weights)
    np.testing.assert_allclose(found.ranks, ranks[:, :5], rtol=0, atol=1e-9)
    np.testing.assert_allclose(found.places, ranks @ np.arange(1, 141), rtol=0, atol=1e-7)
    assert found.wins is None


def test_counts_add_up() -> None:
    overall, weights = drawn(4, False)
    halves = [
        count_compared(overall[:, part].copy(), weights[:, part], 4, pairwise=True)
        for part in (slice(0, 100), slice(100, 300))
    ]
    agrees(halves[0] + halves[1], overall, weights)


def test_room_that_is_used_again_keeps_nothing_of_the_block_before() -> None:
    room = Room(7, 300)
    overall, weights = drawn(7, False)
    agrees(count_compared(overall, weights, 7, pairwise=True, room=room), overall, weights)
    fewer, of_fewer = overall[:, 90:163].copy(), weights[:, 90:163].copy()
    agrees(count_compared(fewer, of_fewer, 7, pairwise=True, room=room), fewer, of_fewer)
