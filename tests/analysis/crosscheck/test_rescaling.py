"""TOPSIS, VIKOR, MOORA, weighted product and COPRAS against published cases, and on what they cannot take."""

from __future__ import annotations

import numpy as np
import pytest

from crosschecks import Bools, Floats, arrays, inputs, ranks_of, upwards
from policy_options.analysis.crosscheck.methods import METHODS
from policy_options.analysis.crosscheck.rescaling import (
    copras_scores,
    moora_scores,
    topsis_scores,
    vikor_scores,
    weighted_product_scores,
)
from policy_options.analysis.value_functions import Levels
from problems import case, criterion, problem

RESCALED = ("topsis", "vikor", "moora", "weighted-product", "copras")


def by_length(matrix: Floats) -> Floats:
    return matrix / np.asarray(np.sqrt((matrix**2).sum(axis=0)), dtype=np.float64)


def shortfalls(matrix: Floats, costs: Bools) -> Floats:
    gains = upwards(matrix, costs)
    span: Floats = np.ptp(gains, axis=0)
    best: Floats = gains.max(axis=0)
    return np.asarray((best - gains) / np.where(span == 0, 1, span))


def test_topsis_on_the_mountain() -> None:
    of = case("topsis-mountain-f")
    matrix, weights, costs = arrays(of)
    scores, away, near = topsis_scores(by_length(matrix), weights, costs)
    expected = of["expected"]
    np.testing.assert_allclose(scores, expected["scores"], atol=expected["score_tolerance"])
    np.testing.assert_allclose(away, expected["d_plus"], atol=expected["d_tolerance"])
    np.testing.assert_allclose(near, expected["d_minus"], atol=expected["d_tolerance"])
    assert ranks_of(scores) == expected["ranking"]


def test_vikor_on_the_mountain() -> None:
    of = case("vikor-mountain")
    matrix, weights, costs = arrays(of)
    expected = of["expected"]
    for shifted in (
        matrix,
        np.array([[6, 2.0], [7, 2.75], [10, 3.5]]),
    ):  # problem phi of the paper has the same shortfalls
        q, total, worst = vikor_scores(shortfalls(shifted, costs), weights, 0.5)
        np.testing.assert_allclose(q, expected["scores"], atol=expected["score_tolerance"])
        np.testing.assert_allclose(total, expected["S"], atol=1e-9)
        np.testing.assert_allclose(worst, expected["R"], atol=1e-9)
        assert ranks_of(-q) == expected["ranking"]


def test_moora_and_its_multiplicative_form_on_heating_losses() -> None:
    of = case("moora-heating-losses")
    matrix, weights, costs = arrays(of)
    expected = of["expected"]
    scores = moora_scores(by_length(matrix), weights, costs)
    np.testing.assert_allclose(scores, expected["scores"], atol=expected["score_tolerance"])
    assert ranks_of(scores) == expected["ranking"]
    products = weighted_product_scores(by_length(matrix), weights, costs)
    np.testing.assert_allclose(np.exp(products), expected["products"], rtol=expected["product_tolerance_relative"])
    # Rescaling a column multiplies every product alike.
    assert ranks_of(weighted_product_scores(matrix, weights, costs)) == expected["product_ranking"]


def test_weighted_products_as_ratios() -> None:
    of = case("weighted-product-three")
    scores = weighted_product_scores(*arrays(of))
    row = {"o1": 0, "o2": 1, "o3": 2}
    for pair, ratio in of["expected"]["ratios"].items():
        first, second = pair.split("/")
        found = np.exp(scores[row[first]] - scores[row[second]])
        assert found == pytest.approx(ratio, abs=of["expected"]["ratio_tolerance"])
    assert ranks_of(scores) == of["expected"]["ranking"]


def test_copras_on_ten_telephones() -> None:
    of = case("copras-mobile")
    matrix, weights, costs = arrays(of)
    expected = of["expected"]
    scores = copras_scores(matrix / matrix.sum(axis=0), weights, costs)
    np.testing.assert_allclose(scores, expected["scores"], atol=expected["score_tolerance"])
    assert ranks_of(scores) == expected["ranking"]


@pytest.mark.parametrize("name", ["crosscheck-ties", "crosscheck-constant-column"])
def test_ties_and_a_constant_column(name: str) -> None:
    of = case(name)
    matrix, weights, costs = arrays(of, normalised=True)
    expected = of["expected"]
    found = {
        "topsis": (topsis_scores(by_length(matrix), weights, costs)[0], expected["topsis"]["scores"]),
        "vikor": (-vikor_scores(shortfalls(matrix, costs), weights, 0.5)[0], [-q for q in expected["vikor"]["Q"]]),
        "moora_ratio": (moora_scores(by_length(matrix), weights, costs), expected["moora_ratio"]["scores"]),
        "copras": (copras_scores(matrix / matrix.sum(axis=0), weights, costs), expected["copras"]["utility"]),
    }
    for method, (scores, wanted) in found.items():
        np.testing.assert_allclose(scores, wanted, atol=expected["score_tolerance"], err_msg=method)
        assert ranks_of(scores) == expected[method]["ranking"], method


@pytest.mark.parametrize("name", RESCALED)
def test_options_that_are_all_alike_tie(name: str) -> None:
    of = inputs(problem([[4, 5], [4, 5], [4, 5]]))
    assert METHODS[name].refusal(of) is None
    found = METHODS[name].order(of).ranks
    assert found is not None
    assert found.tolist() == [1, 1, 1]


@pytest.mark.parametrize("name", ["topsis", "vikor", "moora", "copras"])
def test_a_column_of_zeros_changes_nothing(name: str) -> None:
    method = METHODS[name]
    with_zeros = method.order(inputs(problem([[0, 5, 1], [0, 4, 9], [0, 3, 2]]), 2, 1, 1)).ranks
    without = method.order(inputs(problem([[5, 1], [4, 9], [3, 2]]), 1, 1)).ranks
    assert with_zeros is not None and without is not None
    assert with_zeros.tolist() == without.tolist()


def test_the_weighted_product_refuses_what_is_not_above_zero_by_name() -> None:
    refusal = METHODS["weighted-product"].refusal(inputs(problem([[0, 5], [4, -1]])))
    assert refusal is not None
    assert (refusal.kind, refusal.cells) == ("not-positive", (("a", "c1"), ("b", "c2")))


def test_copras_refuses_negative_performances_and_options_that_cost_nothing() -> None:
    down = criterion("c1", direction="less-is-better")
    below = METHODS["copras"].refusal(inputs(problem([[1, 5], [4, -1]])))
    assert below is not None and (below.kind, below.cells) == ("negative", (("b", "c2"),))
    free = METHODS["copras"].refusal(inputs(problem([[0, 5], [4, 1]], criteria=[down, criterion("c2")])))
    assert free is not None and (free.kind, free.cells) == ("no-cost", (("a", "c1"),))
    assert METHODS["copras"].refusal(inputs(problem([[0, 5], [4, 1]]))) is None
    assert METHODS["copras"].order(inputs(problem([[0, 0], [0, 0]]))).firsts == (0, 1)


def test_negative_performances_keep_their_order_where_they_are_taken() -> None:
    of = inputs(problem([[-5, 10], [-20, 10], [3, 10]], criteria=[criterion("c1", -50, 50), criterion("c2")]))
    for name in ("topsis", "vikor", "moora"):
        ranks = METHODS[name].order(of).ranks
        assert ranks is not None and ranks.tolist() == [2, 3, 1], name


def test_levels_are_rescaled_by_their_values_and_never_as_costs() -> None:
    down = criterion("c1", 0, 2, "less-is-better", function=Levels((100.0, 90.0, 0.0)), levels=("x", "y", "z"))
    of = inputs(problem([[1, 5], [2, 5], [0, 5]], criteria=[down, criterion("c2")]))
    assert of.measured[:, 0].tolist() == [90.0, 0.0, 100.0]
    assert not of.costs.any() and of.falling.tolist() == [True, False]
    assert of.levels == ("c1",)
    for name in ("topsis", "vikor", "moora", "copras"):
        ranks = METHODS[name].order(of).ranks
        assert ranks is not None and ranks.tolist() == [2, 3, 1], name
