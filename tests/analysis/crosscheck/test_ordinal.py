"""Lexicographic order, Borda, Copeland and maximin against published and constructed cases."""

from __future__ import annotations

import numpy as np
import pytest

from crosschecks import arrays, inputs, ranks_of, upwards
from policy_options.analysis.crosscheck.methods import METHODS
from policy_options.analysis.crosscheck.ordinal import (
    borda_points,
    copeland_wins,
    lexicographic_ranks,
    majorities,
    maximin_scores,
)
from policy_options.analysis.value_functions import PiecewiseLinear
from problems import case, criterion, problem


@pytest.mark.parametrize(
    "name",
    [
        *("borda-copeland-tennessee", "borda-ties-six", "copeland-cycle"),
        *("crosscheck-ties", "crosscheck-constant-column"),
    ],
)
def test_borda_and_copeland(name: str) -> None:
    of = case(name)
    matrix, weights, costs = arrays(of)
    better, expected = upwards(matrix, costs), of["expected"]
    points = borda_points(better, weights)
    np.testing.assert_allclose(points, expected["borda"]["points"], atol=1e-9)
    assert ranks_of(points) == expected["borda"]["ranking"]
    weight_for = majorities(better, weights)
    np.testing.assert_allclose(weight_for, expected["majority_weights"], atol=1e-9)
    wins = copeland_wins(weight_for)
    assert wins.tolist() == expected["copeland"]["net_wins"]
    assert ranks_of(wins) == expected["copeland"]["ranking"]


def test_majorities_of_weights_that_do_not_add_up_in_floats_are_level() -> None:
    weight_for = majorities(np.array([[1.0, 0.0, 0.0], [0.0, 1.0, 1.0]]), np.array([0.3, 0.1, 0.2]))
    assert weight_for[1, 0] != weight_for[0, 1]
    assert copeland_wins(weight_for).tolist() == [0.0, 0.0]


def test_the_lexicographic_order_with_ties_and_equal_weights() -> None:
    of = case("lexicographic-levels")
    matrix, weights, costs = arrays(of)
    assert lexicographic_ranks(upwards(matrix, costs), weights).tolist() == of["expected"]["ranking"]


def test_maximin_takes_negative_numbers_and_no_weights() -> None:
    of = case("maximin-condominium")
    matrix, _, costs = arrays(of)
    scores = maximin_scores(upwards(matrix, costs))
    assert scores.tolist() == of["expected"]["scores"]
    assert ranks_of(scores) == of["expected"]["ranking"]


def test_options_of_one_value_are_level_whatever_their_performances() -> None:
    flat = PiecewiseLinear((0.0, 40.0, 60.0, 100.0), (0.0, 50.0, 50.0, 100.0))
    of = inputs(problem([[45, 3], [55, 3]], criteria=[criterion("c1", function=flat), criterion("c2")]), 3, 1)
    for name in ("lexicographic", "borda", "copeland", "maximin"):
        assert METHODS[name].order(of).compare(0, 1) == 0, name
