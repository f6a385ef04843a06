from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_options.charts.placing import round_steps, sharing, spread
from policy_options.charts.primitives import text_width
from problems import repeatable


def test_labels_that_have_room_stay_and_others_part_evenly() -> None:
    assert spread([10.0, 50.0, 90.0], [10.0] * 3, 0.0, 100.0) == [10.0, 50.0, 90.0]
    assert spread([50.0, 50.0, 20.0], [10.0] * 3, 0.0, 100.0) == [45.0, 55.0, 20.0]
    assert spread([0.0, 1.0, 100.0], [10.0, 20.0, 10.0], 0.0, 100.0) == [5.0, 20.0, 95.0]


@repeatable
@given(st.lists(st.tuples(st.floats(-50, 150), st.floats(1, 12)), min_size=1, max_size=8))
def test_labels_never_overlap_and_stay_inside(drawn: list[tuple[float, float]]) -> None:
    wanted, sizes = [at for at, _ in drawn], [size for _, size in drawn]
    centres = spread(wanted, sizes, 0.0, 100.0)
    placed = sorted((centre - size / 2, centre + size / 2) for centre, size in zip(centres, sizes, strict=True))
    assert placed[0][0] >= -1e-9
    assert placed[-1][1] <= 100.0 + 1e-9
    assert all(end <= start + 1e-9 for (_, end), (start, _) in pairwise(placed))


@pytest.mark.parametrize(
    ("low", "high", "steps"),
    [
        (0.0, 1.0, (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)),
        (30.0, 62.5, (30.0, 40.0, 50.0, 60.0, 70.0)),
        (-4.2, 4.3, (-6.0, -4.0, -2.0, 0.0, 2.0, 4.0, 6.0)),
        (50.0, 50.0, (50.0, 50.2)),
    ],
)
def test_steps_are_round_and_reach_beyond_both_ends(low: float, high: float, steps: tuple[float, ...]) -> None:
    assert round_steps(low, high) == steps


def test_two_texts_share_a_line_and_a_short_one_leaves_its_room() -> None:
    assert sharing("one", "two", 100.0, 10.0) == ("one", "two")
    first, second = sharing("a" * 40, "two", 100.0, 10.0)
    assert second == "two"
    assert 90.0 < text_width(first, 10.0) + text_width(second, 10.0) <= 100.0
    first, second = sharing("a" * 40, "b" * 40, 100.0, 10.0)
    assert max(text_width(first, 10.0), text_width(second, 10.0)) <= 50.0
