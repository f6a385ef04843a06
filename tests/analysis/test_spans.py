from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_options.analysis.ranking import rank
from policy_options.analysis.spans import largest_falls, value_spans
from problems import UNKNOWN, problem, repeatable, shared


def test_the_span_is_what_every_choice_within_the_bounds_gives() -> None:
    """Two options on three criteria: all corners of the box of scores, by hand."""
    low = np.array([[40, 10, 0], [20, 30, 50]])
    likely = np.array([[60, 20, 0], [50, 50, 50]])
    high = np.array([[70, 90, 0], [80, 60, 50]])
    weights = (0.5, 0.3, 0.2)
    found = value_spans(rank(problem(likely, low=low, high=high), shared(*weights)))
    for row in range(2):
        corners = [
            sum(weight * score for weight, score in zip(weights, corner, strict=True))
            for corner in itertools.product(*zip(low[row], high[row], strict=True))
        ]
        assert found.low[row] == pytest.approx(min(corners))
        assert found.high[row] == pytest.approx(max(corners))
    assert found.likely == pytest.approx([36.0, 50.0])
    assert found.overlapping("a") == ("b",)


def test_an_unknown_score_may_be_anything() -> None:
    found = value_spans(rank(problem([[UNKNOWN, 50.0], [10.0, 20.0]]), shared(0.4, 0.6)))
    assert (found.low[0], found.high[0]) == pytest.approx((30.0, 70.0))
    assert np.isnan(found.likely[0])
    assert found.overlapping("a") == ()


def test_the_largest_fall_names_the_score_that_could_cost_most() -> None:
    low, likely, high = [[30, 10], [50, 50]], [[60, 60], [50, 50]], [[90, 100], [50, 50]]
    falls = largest_falls(rank(problem(likely, low=low, high=high), shared(0.7, 0.3)))
    assert set(falls) == {"a"}
    assert (falls["a"].criterion, falls["a"].at) == ("c1", 30.0)
    assert falls["a"].points == pytest.approx(21.0)


@repeatable
@given(st.lists(st.tuples(st.floats(0, 100), st.floats(0, 100), st.floats(0, 100)), min_size=6, max_size=6))
def test_likely_lies_between_and_no_fall_is_larger_than_all_of_them(scores: list[tuple[float, float, float]]) -> None:
    low, likely, high = np.sort(np.array(scores), axis=1).T.reshape(3, 2, 3)
    ranking = rank(problem(likely, low=low, high=high), shared(0.2, 0.3, 0.5))
    found = value_spans(ranking)
    assert (found.low <= found.likely + 1e-9).all() and (found.likely <= found.high + 1e-9).all()
    for option, fall in largest_falls(ranking).items():
        row = found.options.index(option)
        assert 0 < fall.points <= found.likely[row] - found.low[row] + 1e-9
