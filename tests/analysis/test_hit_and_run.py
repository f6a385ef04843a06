"""Sampling checked against regions with a known centre."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from policy_options.analysis.hit_and_run import sampled_centre

Floats = NDArray[np.float64]


def positive(count: int) -> Floats:
    return -np.eye(count)


def falling(count: int) -> tuple[Floats, Floats, Floats]:
    """Rows of z1 >= z2 >= ... >= 0, a point inside, and the rank-order centroid."""
    rows = np.vstack([positive(count), np.eye(count, k=1)[:-1] - np.eye(count)[:-1]])
    start = np.arange(count, 0.0, -1.0)
    centroid = np.array([sum(1 / j for j in range(i, count + 1)) / count for i in range(1, count + 1)])
    return rows, start / start.sum(), centroid


def boxed(low: float, high: float) -> tuple[Floats, Floats, Floats]:
    """Rows of low z1 <= z2 <= high z1 for two weights: a segment, whose centre is the mean of its ends."""
    rows = np.array([[-1.0, 0.0], [0.0, -1.0], [low, -1.0], [-high, 1.0]])
    ends = np.array([[1.0, low], [1.0, high]])
    middle = np.array([1.0, (low + high) / 2])
    return rows, middle / middle.sum(), (ends / ends.sum(axis=1, keepdims=True)).mean(axis=0)


def simplex(count: int) -> tuple[Floats, Floats, Floats]:
    start = np.arange(1.0, count + 1)
    return positive(count), start / start.sum(), np.full(count, 1 / count)


def cut_off(count: int, most: float) -> tuple[Floats, Floats, Floats]:
    """No weight above a share of the whole that no two can reach: the simplex without its corners, symmetric."""
    start = np.full(count, 1 / count) + np.linspace(-1, 1, count) * 0.1 / count
    return np.vstack([positive(count), np.eye(count) - most]), start, np.full(count, 1 / count)


CASES = {
    "order of 2": falling(2),
    "order of 3": falling(3),
    "order of 6": falling(6),
    "order of 12": falling(12),
    "segment": boxed(0.2, 0.9),
    "thin segment": boxed(0.5, 0.5001),
    "segment from nothing": boxed(0.0, 0.6),
    "simplex of 4": simplex(4),
    "simplex of 10": simplex(10),
    "cut off": cut_off(5, 0.5),
}


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("seed", [0, 1, 2, 3, 2**62])
def test_a_sampled_centre_lies_within_four_standard_errors(name: str, seed: int) -> None:
    rows, start, expected = CASES[name]
    assert (rows @ start < 0).all(), "the start lies inside"
    found, sampled = sampled_centre(rows, start, seed=seed)
    assert sampled.seed == seed
    assert sampled.count >= 10_000
    assert 0 < sampled.standard_error < 5e-3
    assert np.abs(found - expected).max() < 4 * sampled.standard_error
    assert (rows @ found <= 1e-12).all()
    assert float(found.sum()) == pytest.approx(1.0, abs=1e-12)


def test_the_error_is_small_beside_the_region() -> None:
    rows, start, _ = falling(4)
    _, sampled = sampled_centre(rows, start, seed=0)
    assert sampled.standard_error < 1e-3


def test_the_same_seed_gives_the_same_bytes_and_another_others() -> None:
    rows, start, _ = falling(5)
    first, again, other = (sampled_centre(rows, start, seed=seed) for seed in (5, 5, 6))
    assert first[0].tobytes() == again[0].tobytes()
    assert first[1] == again[1]
    assert other[0].tobytes() != first[0].tobytes()


def test_the_start_is_left_as_it_was() -> None:
    rows, start, _ = falling(3)
    before = start.copy()
    sampled_centre(rows, start, seed=0)
    np.testing.assert_array_equal(start, before)


def test_a_region_of_one_weight() -> None:
    found, sampled = sampled_centre(np.array([[-1.0]]), np.ones(1), seed=0)
    np.testing.assert_array_equal(found, [1.0])
    assert sampled.standard_error == 0.0
