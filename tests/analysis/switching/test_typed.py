"""The first figure beyond a threshold: as short as possible, beyond it, within bounds, and tested."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_options.analysis.switching.typed import (
    first_beyond,
    first_step_beyond,
    last_before,
    significant_places,
)
from problems import repeatable


@pytest.mark.parametrize(
    ("at", "rising", "places", "expected"),
    [
        (38.17, True, 1, 38.2),
        (38.17, False, 1, 38.1),
        (38.2, True, 1, 38.3),  # at the threshold itself the two only tie
        (38.2, False, 1, 38.1),
        (2.51, False, 0, 2.0),
        (37.500000000000004, False, 1, 37.4),
        (-1.23, True, 1, -1.2),
    ],
)
def test_the_figure_is_the_next_one_outward(at: float, rising: bool, places: int, expected: float) -> None:
    def switches(figure: float) -> bool:
        return figure > at + 1e-9 if rising else figure < at - 1e-9

    assert first_beyond(at, rising=rising, places=places, switches=switches) == expected


@pytest.mark.parametrize("size", [1e15, 1e20, 1e300, -1e20])
def test_figures_of_any_size_have_neighbours(size: float) -> None:
    assert first_beyond(size, rising=True, places=1, switches=lambda figure: figure >= size) == size
    assert last_before(size, rising=True, places=9) == size


def test_digits_are_added_where_a_rounder_figure_goes_too_far() -> None:
    # Another option takes over in turn at 38.19, so that 38.2 would not have the stated effect.
    found = first_beyond(38.171, rising=True, places=1, switches=lambda figure: 38.171 < figure < 38.19)
    assert found == 38.18


def test_the_end_of_the_scale_is_a_figure_and_nothing_beyond_it_is() -> None:
    assert first_beyond(9.96, rising=True, places=1, switches=lambda figure: figure > 9.96, most=9.99) == 9.97
    assert first_beyond(10.0, rising=True, places=1, switches=lambda figure: figure > 10.0, most=10.0) is None


@repeatable
@given(st.floats(-1e4, 1e4), st.booleans(), st.integers(0, 3))
def test_a_figure_switches_and_the_last_before_it_does_not(at: float, rising: bool, places: int) -> None:
    def switches(figure: float) -> bool:
        return figure > at + 1e-9 if rising else figure < at - 1e-9

    found = first_beyond(at, rising=rising, places=places, switches=switches)
    assert found is not None
    assert switches(found)
    assert abs(found - at) <= 1.1 * 10.0**-places
    assert not switches(last_before(at, rising=rising, places=places))


@pytest.mark.parametrize(
    ("at", "rising", "step", "origin", "expected"),
    [
        (2.51, False, 1.0, 0.0, 2.0),
        (2.51, True, 1.0, 0.0, 3.0),
        (3.0, True, 1.0, 0.0, 4.0),  # a tie at 3 changes nothing
        (3.0 + 1e-13, True, 1.0, 0.0, 4.0),
        (7.2, True, 5.0, 1.0, 11.0),
        (0.24, True, 0.1, 0.0, 0.3),
    ],
)
def test_steps_are_counted_from_their_origin(
    at: float, rising: bool, step: float, origin: float, expected: float
) -> None:
    def switches(figure: float) -> bool:
        return figure > at + 1e-9 if rising else figure < at - 1e-9

    found = first_step_beyond(at, rising=rising, step=step, origin=origin, switches=switches, least=-100, most=100)
    assert found == expected


def test_a_step_beyond_the_scale_cannot_be_reached() -> None:
    found = first_step_beyond(
        9.5, rising=True, step=1.0, origin=0.0, switches=lambda figure: figure > 9.5, least=0.0, most=9.8
    )
    assert found is None


@pytest.mark.parametrize(("number", "places"), [(7.5957, 2), (0.01234, 4), (123.4, 0), (1234.0, 0), (0.0, 2)])
def test_three_digits_are_so_many_places(number: float, places: int) -> None:
    assert significant_places(number, 3) == places
