from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_options.analysis.cost_value import CostValue, cost_value
from policy_options.analysis.problem import Problem
from policy_options.analysis.ranking import rank
from problems import UNKNOWN, criterion, from_points, group, points, problem, repeatable, weights

TIE = 1e-9
MONEY = [group("gain"), group("money", role="cost")]


def costed(matrix: list[list[float]], costs: int = 1) -> Problem:
    """A problem whose last columns are the cost group."""
    width = len(matrix[0])
    return problem(
        matrix,
        criteria=[
            criterion(f"c{column + 1}", groups=("money" if column >= width - costs else "gain",))
            for column in range(width)
        ],
        groups=MONEY,
    )


def placed(of: Problem, *given_points: float) -> CostValue:
    result = cost_value(rank(of, from_points(of, given_points)))
    assert result is not None
    return result


def oracle(result: CostValue) -> set[str]:
    """Options that no other equals on both and beats on one, within the tolerance of a tie."""
    both = list(zip(result.options, result.benefit.tolist(), result.economy.tolist(), strict=True))
    known = [(name, b, e) for name, b, e in both if b == b and e == e]
    return {
        name
        for name, b, e in known
        if not any(b2 >= b - TIE and e2 >= e - TIE and (b2 > b + TIE or e2 > e + TIE) for _, b2, e2 in known)
    }


def test_value_without_cost_and_economy_have_weights_of_their_own() -> None:
    of = problem(
        [[80, 40, 10, 30], [20, 60, 90, 50]],
        criteria=[
            criterion("calls", groups=("service",)),
            criterion("outlay", groups=("money",)),
            criterion("upkeep", groups=("money", "later")),
            criterion("beauty"),
        ],
        groups=[group("service"), group("money", role="cost"), group("later", above=("money",))],
    )
    result = cost_value(rank(of, weights({"calls": 0.3, "outlay": 0.2, "upkeep": 0.4, "beauty": 0.1})))
    assert result is not None
    assert result.group == "money"
    assert result.options == ("a", "b")
    np.testing.assert_allclose(result.benefit, [67.5, 27.5], rtol=0, atol=1e-12)
    np.testing.assert_allclose(result.economy, [20, 80], rtol=0, atol=1e-12)
    assert result.frontier == ("a", "b")


def test_a_cost_group_inside_another_is_found() -> None:
    of = problem(
        [[80, 40]],
        criteria=[criterion("c1", groups=("all",)), criterion("c2", groups=("all", "money"))],
        groups=[group("all"), group("money", above=("all",), role="cost")],
    )
    assert placed(of, 1, 3).economy.tolist() == [40]


def test_without_a_cost_group_or_without_weight_on_one_side_there_is_none() -> None:
    plain = problem([[1, 2]])
    assert cost_value(rank(plain, from_points(plain, [1, 1]))) is None
    of = costed([[1, 2]])
    assert cost_value(rank(of, from_points(of, [1, 0]))) is None
    assert cost_value(rank(of, from_points(of, [0, 1]))) is None


def test_the_frontier_runs_from_the_best_benefit_to_the_best_economy() -> None:
    result = placed(costed([[10, 100], [90, 10], [50, 50], [40, 40], [90, 5], [50, 50]]), 1, 1)
    assert result.frontier == ("b", "c", "f", "a")


def test_options_alike_are_on_the_frontier_together() -> None:
    assert set(placed(costed([[50, 50], [50, 50], [50, 50]]), 1, 1).frontier) == {"a", "b", "c"}
    assert set(placed(costed([[50, 50], [50, 50], [51, 50]]), 1, 1).frontier) == {"c"}
    assert set(placed(costed([[50, 50], [50, 50], [50, 51]]), 1, 1).frontier) == {"c"}


def test_one_option_is_the_frontier() -> None:
    assert placed(costed([[0, 0]]), 1, 1).frontier == ("a",)


def test_an_option_with_an_unknown_score_that_counts_is_not_placed() -> None:
    result = placed(costed([[UNKNOWN, 100], [50, 50]]), 1, 1)
    assert np.isnan(result.benefit).tolist() == [True, False]
    assert result.frontier == ("b",)


def test_an_unknown_score_without_weight_leaves_an_option_placed() -> None:
    """A criterion without weight changes nothing: the ranking knows this option's value, and so does the frontier."""
    of = problem(
        [[90, UNKNOWN, 10], [50, 0, 5]],
        criteria=[criterion("c1"), criterion("c2"), criterion("c3", groups=("money",))],
        groups=[group("money", role="cost")],
    )
    result = placed(of, 1, 0, 1)
    assert result.benefit.tolist() == [90, 50]
    assert result.frontier == ("a",)


def test_benefits_that_differ_by_rounding_alone_are_equal_on_the_frontier() -> None:
    """(60 + 30 + 0) / 3 and (50 + 30 + 10) / 3 are both 30, and b is cheaper: a is not on the frontier."""
    assert placed(costed([[60, 30, 0, 50], [50, 30, 10, 100]]), 1, 1, 1, 3).frontier == ("b",)


def test_economies_that_differ_by_rounding_alone_are_equal_on_the_frontier() -> None:
    assert placed(costed([[100, 50, 30, 10], [50, 60, 30, 0]], costs=3), 3, 1, 1, 1).frontier == ("a",)


halves = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=12)
near = st.lists(
    st.tuples(st.integers(0, 2), st.integers(-1, 1), st.integers(0, 2), st.integers(-1, 1)), min_size=1, max_size=8
)


@repeatable
@given(halves)
def test_the_frontier_is_that_of_an_oracle(cells: list[tuple[int, int]]) -> None:
    result = placed(costed([[25.0 * b, 25.0 * e] for b, e in cells]), 1, 1)
    assert set(result.frontier) == oracle(result)
    assert len(set(result.frontier)) == len(result.frontier)
    rows = [result.options.index(name) for name in result.frontier]
    assert (np.diff(result.benefit[rows]) <= 0).all()
    assert (np.diff(result.economy[rows]) >= 0).all()


@repeatable
@given(near)
def test_the_frontier_is_that_of_an_oracle_where_values_differ_by_rounding(
    cells: list[tuple[int, int, int, int]],
) -> None:
    result = placed(costed([[30.0 * b + 10 + 1e-12 * x, 30.0 * e + 10 + 1e-12 * y] for b, x, e, y in cells]), 1, 1)
    assert set(result.frontier) == oracle(result)


@repeatable
@given(st.lists(st.lists(st.floats(0, 100), min_size=4, max_size=4), min_size=1, max_size=8), points(2), points(2))
def test_benefit_and_economy_put_together_are_the_overall_value(
    matrix: list[list[float]], gains: list[float], costs: list[float]
) -> None:
    of = costed(matrix, costs=2)
    ranking = rank(of, from_points(of, [*gains, *costs]))
    result = cost_value(ranking)
    assert result is not None
    share = ranking.shares[2:].sum()
    np.testing.assert_allclose((1 - share) * result.benefit + share * result.economy, ranking.lower, rtol=0, atol=1e-9)
    assert result.benefit.min() >= 0
    assert result.economy.max() <= 100 + 1e-9
    assert set(result.frontier) == oracle(result)


def test_the_arrays_cannot_be_written_to() -> None:
    result = placed(costed([[10, 20]]), 1, 1)
    for array in (result.benefit, result.economy):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 1.0


def test_the_table_has_a_row_an_option_in_the_order_of_the_problem() -> None:
    table = placed(costed([[40, 40], [90, 10], [50, 50]]), 1, 1).table
    assert table.columns.tolist() == ["value without cost", "economy", "frontier"]
    assert table.index.name == "option"
    assert table.index.tolist() == ["a", "b", "c"]
    assert table["value without cost"].tolist() == pytest.approx([40, 90, 50], abs=1e-12)
    assert table["frontier"].tolist() == [False, True, True]
