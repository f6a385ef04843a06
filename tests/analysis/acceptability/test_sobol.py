from __future__ import annotations

import numpy as np
import pytest

from policy_options.analysis.acceptability.sobol import MOST_DIMENSIONS, ScrambledSobol, directions, uniforms


def test_the_first_points_are_those_of_sobol() -> None:
    """Published: 0, 1/2, 3/4, 1/4 in the first two dimensions, and 0, 1/2, 1/4, 3/4 in the order of the second's halves."""
    points = np.zeros((3, 4), dtype=np.uint32)
    of = directions(3)
    for index, gray in enumerate((0, 1, 3, 2)):
        for bit in range(2):
            if gray >> bit & 1:
                points[:, index] ^= of[:, bit]
    np.testing.assert_array_equal(points / 2**32, [[0, 0.5, 0.75, 0.25], [0, 0.5, 0.25, 0.75], [0, 0.5, 0.25, 0.75]])


@pytest.mark.parametrize("dimensions", [1, 9, 200, MOST_DIMENSIONS])
def test_every_dimension_has_a_point_in_each_cell_scrambled_as_it_is(dimensions: int) -> None:
    points = ScrambledSobol(dimensions, 7, 3).base(64)
    cells = np.sort(points >> np.uint32(23 - 6) & np.uint32(63), axis=1)
    np.testing.assert_array_equal(cells, np.tile(np.arange(64), (dimensions, 1)))


def test_each_two_of_the_first_dimensions_are_spread_evenly_together() -> None:
    points = ScrambledSobol(2, 7, 3).base(256)
    cells = (points >> np.uint32(23 - 4) & np.uint32(15)).astype(int)
    assert len(set(zip(*cells.tolist(), strict=True))) == 256


def test_blocks_continue_one_another() -> None:
    sobol = ScrambledSobol(5, 7, 3)
    whole, base = sobol.base(256), sobol.base(32)
    for block in range(8):
        np.testing.assert_array_equal(whole[:, 32 * block : 32 * block + 32], base ^ sobol.turn(block, 32))


def test_a_seed_and_a_number_give_the_same_points_and_others_others() -> None:
    one = ScrambledSobol(5, 7, 3).base(32)
    np.testing.assert_array_equal(one, ScrambledSobol(5, 7, 3).base(32))
    assert (one != ScrambledSobol(5, 7, 4).base(32)).any()
    assert (one != ScrambledSobol(5, 8, 3).base(32)).any()


def test_beyond_the_directions_that_there_are_points_are_pseudo_random() -> None:
    sobol = ScrambledSobol(MOST_DIMENSIONS + 3, 7, 3)
    rest = sobol.beyond(0, 64)
    assert rest is not None
    assert rest.shape == (3, 64)
    np.testing.assert_array_equal(rest, ScrambledSobol(MOST_DIMENSIONS + 3, 7, 3).beyond(0, 64))
    assert ScrambledSobol(5, 7, 3).beyond(0, 64) is None


def test_uniform_numbers_lie_above_nothing_and_reach_one() -> None:
    bits = np.array([[0, 2**23 - 1, 2**22]], dtype=np.uint32) | np.float32(1.0).view(np.uint32)
    found = uniforms(bits, np.empty((1, 3), dtype=np.float32))
    np.testing.assert_allclose(found, [[1.0, 2.0**-23, 0.5]], rtol=1e-6)
