"""PROMETHEE I and II against published flows, with thresholds on either side of a difference."""

from __future__ import annotations

import numpy as np
import pytest

from crosschecks import arrays, inputs, ranks_of, thresholds, upwards
from policy_options.analysis.crosscheck.methods import METHODS
from policy_options.analysis.crosscheck.promethee import promethee_flows
from problems import case, problem


def test_the_published_net_flows_and_the_partial_order_that_follows() -> None:
    of = case("promethee-papathanasiou")
    matrix, weights, _ = arrays(of)
    kinds = [one["preference"]["function"] for one in of["input"]["criteria"]]
    assert len(set(kinds)) == 1
    given = of["input"]["criteria"][0]["preference"]
    q, p = np.full(4, given["q"], dtype=np.float64), np.full(4, given["p"], dtype=np.float64)
    plus, minus = promethee_flows(matrix, weights, q, p)
    expected = of["expected"]
    np.testing.assert_allclose(plus - minus, expected["net_flows"], atol=expected["flow_tolerance"])
    assert ranks_of(plus - minus) == expected["ranking"]


@pytest.mark.parametrize("name", ["crosscheck-ties", "crosscheck-constant-column"])
def test_ties_and_a_constant_column(name: str) -> None:
    of = case(name)
    matrix, weights, costs = arrays(of, normalised=True)
    expected = of["expected"]["promethee2"]
    better = upwards(matrix, costs)
    plus, minus = promethee_flows(better, weights, thresholds(of, "indifference"), thresholds(of, "preference"))
    np.testing.assert_allclose(plus, expected["plus"], atol=1e-9)
    np.testing.assert_allclose(minus, expected["minus"], atol=1e-9)
    assert ranks_of(plus - minus) == expected["ranking"]


def test_the_partial_order_leaves_open_what_the_two_flows_order_differently() -> None:
    """a and b: each is far better on one criterion, and c is near a; the flows then disagree."""
    of = inputs(problem([[90, 10], [40, 60], [88, 0]]), 1, 1)
    plus, minus = promethee_flows(of.better, of.weights, of.indifferent, of.prefer)
    order = METHODS["promethee-1"].order(of)
    for i in range(3):
        for j in range(3):
            level = plus[i] == pytest.approx(plus[j]) and minus[i] == pytest.approx(minus[j])
            at_least = plus[i] >= plus[j] - 1e-9 and minus[i] <= minus[j] + 1e-9
            behind = plus[i] <= plus[j] + 1e-9 and minus[i] >= minus[j] - 1e-9
            assert order.compare(i, j) == (0 if level else 1 if at_least else -1 if behind else None)


def test_a_difference_at_a_threshold() -> None:
    q, p, w = np.array([2.0]), np.array([4.0]), np.array([1.0])
    for apart, share in ((2.0, 0.0), (3.0, 0.5), (4.0, 1.0), (9.0, 1.0), (-9.0, 0.0)):
        assert promethee_flows(np.array([[apart], [0.0]]), w, q, p)[0][0] == share
    assert promethee_flows(np.array([[2.0], [0.0]]), w, q, q)[0][0] == 0.0
    assert promethee_flows(np.array([[2.1], [0.0]]), w, q, q)[0][0] == 1.0


def test_twins_are_level_and_too_many_options_are_refused() -> None:
    of = inputs(problem([[40, 60], [40, 60], [10, 90]]), 2, 1)
    assert METHODS["promethee-1"].order(of).compare(0, 1) == 0
    assert METHODS["promethee-2"].order(of).compare(0, 1) == 0
    many = inputs(problem(np.zeros((2001, 1)), options=[f"o{row}" for row in range(2001)]))
    for name in ("promethee-1", "promethee-2", "electre-3", "copeland"):
        refusal = METHODS[name].refusal(many)
        assert refusal is not None and (refusal.kind, refusal.most) == (
            "too-many",
            500 if name == "electre-3" else 2000,
        )
    assert METHODS["borda"].refusal(many) is None
