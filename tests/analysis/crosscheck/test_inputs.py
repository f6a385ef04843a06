"""The one place where inputs are transformed: thresholds from the scale, unknown scores at their ends, levels."""

from __future__ import annotations

from dataclasses import replace
from math import inf

import numpy as np
import pytest

from policy_options.analysis.crosscheck.inputs import ends_of_unknowns, inputs_of
from policy_options.analysis.problem import PairThresholds, frozen
from policy_options.analysis.value_functions import Levels
from problems import UNKNOWN, criterion, problem


@pytest.mark.parametrize(
    ("declared", "used", "derived"),
    [
        (PairThresholds(), (2.0, 8.0, 24.0), ("indifferent", "prefer", "veto")),
        (PairThresholds(1.0, 5.0, 30.0), (1.0, 5.0, 30.0), ()),
        (PairThresholds(10.0), (10.0, 10.0, 24.0), ("prefer", "veto")),
        (PairThresholds(prefer=1.0), (1.0, 1.0, 24.0), ("indifferent", "veto")),
        (PairThresholds(prefer=30.0), (2.0, 30.0, 30.0), ("indifferent", "veto")),
        (PairThresholds(veto=3.0), (2.0, 3.0, 3.0), ("indifferent", "prefer")),
        (PairThresholds(veto=inf), (2.0, 8.0, inf), ("indifferent", "prefer")),
        (PairThresholds(0.0), (0.0, 8.0, 24.0), ("prefer", "veto")),
    ],
)
def test_thresholds_that_are_not_declared_are_shares_of_the_scale(
    declared: PairThresholds, used: tuple[float, float, float], derived: tuple[str, ...]
) -> None:
    axis = replace(criterion("c1", -10.0, 30.0), thresholds=declared)
    (found,) = inputs_of(problem([[0.0]], criteria=[axis]), np.array([1.0]), np.array([[0.0]])).thresholds
    assert (found.indifferent, found.prefer, found.veto) == pytest.approx(used)
    assert found.derived == derived
    assert found.indifferent <= found.prefer <= found.veto


def test_thresholds_of_levels_are_numbers_of_levels() -> None:
    axis = criterion("c1", 0, 4, function=Levels((0.0, 5.0, 10.0, 20.0, 100.0)), levels=tuple("abcde"))
    of = inputs_of(problem([[1.0]], criteria=[axis]), np.array([1.0]), np.array([[1.0]]))
    assert of.lengths.tolist() == [4.0]
    assert of.performances.tolist() == [[1.0]] and of.measured.tolist() == [[5.0]]
    assert of.thresholds[0].prefer == pytest.approx(0.8)


def test_unknown_scores_are_tried_at_their_ends_and_first_at_their_worst() -> None:
    axes = [criterion("c1"), criterion("c2", 10, 50, "less-is-better")]
    of = problem([[UNKNOWN, 20], [30, UNKNOWN]], criteria=axes)
    tried = ends_of_unknowns(of, frozen(np.array([0.5, 0.5])), 0)
    assert [each.tolist() for each in tried] == [
        [[0, 20], [30, 50]],
        [[100, 20], [30, 10]],
        [[0, 20], [30, 10]],
        [[100, 20], [30, 50]],
    ]


def test_an_unknown_score_without_weight_is_not_tried() -> None:
    of = problem([[UNKNOWN, 20], [30, 40]])
    (only,) = ends_of_unknowns(of, frozen(np.array([0.0, 1.0])), 0)
    assert only.tolist() == [[0, 20], [30, 40]]


def test_leaving_out_an_option_leaves_scales_and_thresholds() -> None:
    of = inputs_of(problem([[1.0], [2.0], [9.0]]), np.array([1.0]), np.array([[1.0], [2.0], [9.0]]))
    rest = of.leaving_out(2)
    assert rest.options == ("a", "b")
    assert rest.values.tolist() == [[1.0], [2.0]]
    assert rest.thresholds == of.thresholds
