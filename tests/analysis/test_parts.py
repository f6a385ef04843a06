"""Parts of values: all of them if they can be distinguished, else the largest and the others together."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_options.analysis.parts import MOST_PARTS, value_parts
from policy_options.analysis.ranking import Ranking, rank
from problems import criterion, from_points, problem, repeatable


def ranked(scores: list[list[float]], points: list[int]) -> Ranking:
    ids = [f"c{index}" for index in range(len(points))]
    made = problem(
        np.array(scores),
        options=[f"o{row}" for row in range(len(scores))],
        criteria=[criterion(id) for id in ids],
    )
    return rank(made, from_points(made, points))


def test_eight_parts_stay_as_they_are() -> None:
    ranking = ranked([[50.0] * 8, [10.0] * 8], list(range(1, 9)))
    found = value_parts(ranking)
    assert found.pooled == 0
    assert len(found.titles) == 8
    assert found.points.tolist() == ranking.group_contributions.tolist()


def test_of_ten_the_three_smallest_are_one_part() -> None:
    weights = [1, 9, 8, 2, 7, 6, 5, 4, 3, 3]
    ranking = ranked([[100.0] * 10, [50.0] * 10], weights)
    found = value_parts(ranking)
    titles = [title for _, title, _ in ranking.problem.top_groups]
    assert found.titles == tuple(titles[index] for index in (1, 2, 4, 5, 6, 7, 8))
    assert found.pooled == 3
    assert found.points[0, -1] == pytest.approx(100.0 * (1 + 2 + 3) / 48)


@repeatable
@given(st.lists(st.integers(1, 9), min_size=1, max_size=40), st.integers(0, 2**32 - 1))
def test_parts_sum_to_the_value(points: list[int], seed: int) -> None:
    random = np.random.default_rng(seed)
    ranking = ranked(random.uniform(0.0, 100.0, (3, len(points))).tolist(), points)
    found = value_parts(ranking)
    assert found.points.sum(axis=1) == pytest.approx(ranking.lower)
    assert found.points.shape[1] == min(len(points), MOST_PARTS) == len(found.titles) + (found.pooled > 0)
