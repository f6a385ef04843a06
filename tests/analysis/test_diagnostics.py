"""Objective weights: a published case, entropy by hand, cases without an answer, and independence of the order of rows."""

from __future__ import annotations

import json
import sys
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from numpy.typing import NDArray

from policy_options.analysis.diagnostics import (
    ALIKE,
    METHODS,
    Method,
    ObjectiveWeights,
    derivable_weights,
    merec_shares,
    objective_weights,
)
from policy_options.analysis.problem import Problem
from policy_options.errors import Fault, PolicyOptionsError
from problems import UNKNOWN, case, criterion, permuted, problem, problems, repeatable

Floats = NDArray[np.float64]

CASE = Path(__file__).parent.parent / "cases" / "weights-critic-diakoulaki.json"


@pytest.fixture(scope="module")
def diakoulaki() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(CASE.read_text(encoding="utf-8"))
    assert found["source"]
    return found


BOTH: tuple[Method, ...] = ("entropy", "critic")
"""The methods that accept values of 0, both of the extra."""


def entropy(of: Problem) -> ObjectiveWeights:
    (result,) = objective_weights(of, methods=["entropy"])
    return result


def critic(of: Problem) -> ObjectiveWeights:
    (result,) = objective_weights(of, methods=["critic"])
    return result


def refusal(of: Problem, **asked: Any) -> Fault:
    with pytest.raises(PolicyOptionsError) as caught:
        objective_weights(of, **asked)
    (fault,) = caught.value.faults
    return fault


def entropy_by_hand(values: Floats) -> Floats:
    """1 - e, in proportion; e = -sum p ln p / ln m, the sum over those p that are not 0."""
    m, n = values.shape
    divergence = np.zeros(n)
    for column in range(n):
        p = values[:, column] / values[:, column].sum()
        divergence[column] = 1.0 - -sum(share * np.log(share) for share in p if share > 0.0) / np.log(m)
    return divergence / float(divergence.sum())


# Numbers -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("local", [True, False])
def test_the_published_critic_case_on_any_linear_scale(diakoulaki: dict[str, Any], local: bool) -> None:
    given, expected = diakoulaki["input"], diakoulaki["expected"]
    columns = list(zip(*given["matrix"], strict=True))
    scales = [(min(column), max(column)) if local else (-100.0, 300.0) for column in columns]
    of = problem(
        given["matrix"],
        options=[one["id"] for one in given["options"]],
        criteria=[criterion(one["id"], *scale) for one, scale in zip(given["criteria"], scales, strict=True)],
    )
    result = critic(of)
    np.testing.assert_allclose(result.shares, expected["weights"], rtol=0, atol=expected["tolerance"])
    assert result.criteria == ("c1", "c2", "c3")
    assert result.constant == ()
    assert "Diakoulaki, Mavrotas and Papayannakis (1995)" in result.source


def test_entropy_is_refused_on_the_published_matrix_as_it_stands(diakoulaki: dict[str, Any]) -> None:
    fault = refusal(problem(diakoulaki["input"]["matrix"]))
    assert fault.code == "entropy-negative"
    assert fault.ids == ("c1",)


def test_entropy_of_halves_and_of_one_alone() -> None:
    """p = (1/2, 1/2, 0, 0) has e = ln 2 / ln 4 = 1/2; p = (1, 0, 0, 0) has e = 0: d = 1/2 and 1, shares 1/3 and 2/3."""
    result = entropy(problem([[50, 80], [50, 0], [0, 0], [0, 0]]))
    np.testing.assert_allclose(result.shares, [1 / 3, 2 / 3], rtol=0, atol=1e-15)
    assert "Shannon (1948)" in result.source
    assert "Zeleny (1982)" in result.source


def test_entropy_against_the_formula_with_zeros() -> None:
    values = np.array([[0.0, 30.0, 100.0], [25.0, 40.0, 0.0], [100.0, 35.0, 0.0], [60.0, 0.0, 90.0], [5.0, 50.0, 10.0]])
    np.testing.assert_allclose(entropy(problem(values)).shares, entropy_by_hand(values), rtol=0, atol=1e-14)


def test_critic_against_the_formula() -> None:
    values = np.array([[0.0, 30.0, 100.0], [25.0, 40.0, 0.0], [100.0, 35.0, 0.0], [60.0, 0.0, 90.0]])
    scaled = (values - values.min(axis=0)) / np.ptp(values, axis=0)
    apart = scaled - scaled.mean(axis=0)
    spread = np.sqrt((apart**2).mean(axis=0))
    correlation = (apart.T @ apart) / len(values) / np.outer(spread, spread)
    information = spread * (1.0 - correlation).sum(axis=0)
    np.testing.assert_allclose(critic(problem(values)).shares, information / information.sum(), rtol=0, atol=1e-14)


def test_values_count_and_not_performances() -> None:
    """Less is better on the first, and 20 to 60 is its scale: the values are those of the second problem."""
    turned = problem(
        [[60, 10], [20, 90], [40, 70]], criteria=[criterion("c1", 20, 60, "less-is-better"), criterion("c2")]
    )
    for of_performances, of_values in zip(
        objective_weights(turned, methods=BOTH),
        objective_weights(problem([[0, 10], [100, 90], [50, 70]]), methods=BOTH),
        strict=True,
    ):
        np.testing.assert_allclose(of_performances.shares, of_values.shares, rtol=0, atol=1e-15)


def test_both_methods_come_in_order_and_frozen() -> None:
    both = objective_weights(problem([[0, 10], [100, 90], [50, 95]]), methods=BOTH)
    assert tuple(result.method for result in both) == BOTH
    for result in both:
        with pytest.raises(ValueError, match="read-only"):
            result.shares[0] = 1.0


# Columns without information -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("level", [0.0, 30.1, 100.0, 100.0 / 3.0])
def test_a_constant_criterion_has_the_share_0_and_leaves_the_others_as_they_are(level: float) -> None:
    varying = np.array([[0.0, 10.0], [100.0, 90.0], [50.0, 95.0]])
    of = problem(np.column_stack([varying[:, 0], np.full(3, level), varying[:, 1]]))
    for result, without in zip(
        objective_weights(of, methods=BOTH), objective_weights(problem(varying), methods=BOTH), strict=True
    ):
        assert result.constant == ("c2",)
        assert result.shares[1] == 0.0
        np.testing.assert_array_equal(result.shares[[0, 2]], without.shares)


def test_values_that_differ_by_rounding_are_the_same() -> None:
    for result in objective_weights(problem([[0.1 + 0.2, 10, 80], [0.3, 90, 10], [0.3, 20, 30]]), methods=BOTH):
        assert result.constant == ("c1",)
        assert result.shares[0] == 0.0


def test_a_single_criterion_that_varies_has_the_share_1() -> None:
    for result in objective_weights(problem([[30, 10], [30, 90], [30, 20]]), methods=BOTH):
        assert result.shares.tolist() == [0.0, 1.0]
    for result in objective_weights(problem([[10], [90]]), methods=BOTH):
        assert result.shares.tolist() == [1.0]


def test_an_all_but_constant_criterion_has_no_negative_share() -> None:
    for rows in range(2, 12):
        values = np.full((rows, 3), 99.9999999)
        values[0] = [100.0, 0.0, 20.0]
        values[1] = [99.9999999, 100.0, 1.0]
        for result in objective_weights(problem(values), methods=BOTH):
            assert (result.shares >= 0.0).all()


# MEREC ---------------------------------------------------------------------------------------------------------------


def test_the_published_merec_case() -> None:
    of = case("weights-merec-five")
    matrix = np.array(of["input"]["matrix"], dtype=np.float64)
    costs = np.array([one["direction"] == "min" for one in of["input"]["criteria"]])
    normalised = np.where(costs, matrix / matrix.max(axis=0), matrix.min(axis=0) / matrix)
    np.testing.assert_allclose(merec_shares(normalised), of["expected"]["weights"], atol=of["expected"]["tolerance"])


def test_merec_of_values_needs_no_extra_and_gives_a_constant_criterion_nothing() -> None:
    values = np.array([[10.0, 40.0, 50.0], [20.0, 40.0, 10.0], [80.0, 40.0, 30.0]])
    (found,) = objective_weights(problem(values), methods=["merec"])
    assert found.constant == ("c2",)
    np.testing.assert_allclose(found.shares[[0, 2]], merec_shares(values[:, [0, 2]].min(axis=0) / values[:, [0, 2]]))


def test_merec_refuses_a_value_of_0_by_criterion() -> None:
    fault = refusal(problem([[0, 10], [5, 20]]), methods=["merec"])
    assert (fault.code, fault.ids) == ("merec-not-positive", ("c1",))
    assert "value is 0 or less" in fault.message
    assert "widen these scales" in fault.remedy


def test_those_that_give_an_answer_come_with_the_refusals_of_the_others() -> None:
    found, refused = derivable_weights(problem([[0, 10], [50, 90], [20, 40]]))
    assert [one.method for one in found] == ["entropy", "critic"]
    assert [error.faults[0].code for error in refused] == ["merec-not-positive"]


# Refusals ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rows", [0, 1])
def test_fewer_than_two_options_are_refused(rows: int) -> None:
    fault = refusal(problem(np.full((rows, 2), 50.0)))
    assert fault.code == "too-few-options"
    assert fault.ids == ("a",)[:rows]


def test_unknown_scores_are_refused_by_option_and_criterion() -> None:
    fault = refusal(problem([[10, UNKNOWN], [20, 30], [UNKNOWN, 40]]))
    assert fault.code == "unknown-score"
    assert "`a` on `c2`, `c` on `c1`" in fault.message
    assert fault.ids == ("a", "c2", "c", "c1")


def test_infinite_scores_are_refused_as_well() -> None:
    assert refusal(problem([[10, np.inf], [20, 30]])).code == "unknown-score"


@pytest.mark.parametrize("rows", [[[0, 30], [0, 30]], [[0, 0], [0, 0]], [[], []]])
def test_constant_criteria_alone_are_refused(rows: list[list[float]]) -> None:
    fault = refusal(problem(rows))
    assert fault.code == "criteria-constant"
    assert fault.ids == ("c1", "c2")[: len(rows[0])]


def test_entropy_refuses_values_that_are_level_but_for_rounding() -> None:
    of = problem([[100, 50], [100 - 1e-7, 50], [100, 50 + 1e-7]])
    assert refusal(of, methods=["entropy"]).code == "entropy-level"


@pytest.mark.parametrize(
    "rows",
    [
        [[10, 10], [90, 90], [20, 20]],
        [[10, 30.1, 55], [90, 70.1, 95], [20, 35.1, 60]],  # one line through all, each on a different scale
        [[10, 20], [90, 21]],  # two options, one better on all
    ],
)
def test_critic_refuses_criteria_in_no_conflict_and_entropy_answers(rows: list[list[float]]) -> None:
    fault = refusal(problem(rows))
    assert fault.code == "critic-alike"
    assert fault.ids == ("c1", "c2", "c3")[: len(rows[0])]
    assert entropy(problem(rows)).shares.sum() == pytest.approx(1.0, abs=1e-12)


@pytest.mark.parametrize("shares", [[0.5, 0.6], [1.5, -0.5], [np.nan, 1.0], [1.0]])
def test_shares_that_are_none_cannot_be_made(shares: list[float]) -> None:
    with pytest.raises(PolicyOptionsError) as caught:
        ObjectiveWeights("critic", ("c1", "c2"), np.array(shares), "source", ())
    assert caught.value.faults[0].code == "weights-no-shares"


@pytest.mark.parametrize("method", BOTH)
def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch, method: str) -> None:
    for name in {"skcriteria", *(name for name in sys.modules if name.startswith("skcriteria."))}:
        monkeypatch.delitem(sys.modules, name, raising=False)
    monkeypatch.setitem(sys.modules, "skcriteria", None)
    for rows in ([[0, 10], [100, 90], [50, 95]], [[0], [10]]):
        fault = refusal(problem(rows), methods=[method])
        assert fault.code == "extra-missing"
        assert fault.remedy == 'pip install "policy-options[diagnostics]"'


# Properties ----------------------------------------------------------------------------------------------------------


def answers(of: Problem) -> dict[Method, ObjectiveWeights]:
    """By method, if it has an answer; a refusal must be one that depends on the values."""
    found: dict[Method, ObjectiveWeights] = {}
    for method in METHODS:
        try:
            (found[method],) = objective_weights(of, methods=[method])
        except PolicyOptionsError as refused:
            assert refused.faults[0].code in {
                "criteria-constant",
                "entropy-level",
                "critic-alike",
                "merec-not-positive",
            }
    return found


def well_inside(of: Problem) -> bool:
    """Whether no boundary between an answer and a refusal is so near that the order of the rows could decide."""
    spans = np.ptp(of.values, axis=0)
    if ((spans > 1e-10) & (spans < 1e-8)).any():
        return False
    varying = of.values[:, spans >= 1e-8]
    if varying.shape[1] < 2:
        return True
    conflict = 1.0 - np.corrcoef(varying, rowvar=False).min()
    return bool(conflict < ALIKE / 10 or conflict > ALIKE * 10)


@repeatable
@given(st.data())
def test_shares_are_shares_and_follow_the_names(data: st.DataObject) -> None:
    of = data.draw(problems(options=(2, 6), criteria=(1, 5)))
    assume(well_inside(of))
    rows = data.draw(st.permutations(range(len(of.options))))
    columns = data.draw(st.permutations(range(len(of.criteria))))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        before, by_rows, by_columns = (
            answers(one) for one in (of, permuted(of, rows=rows), permuted(of, columns=columns))
        )
    assert before.keys() == by_rows.keys() == by_columns.keys()
    for method, result in before.items():
        assert np.isfinite(result.shares).all()
        assert (result.shares >= 0.0).all()
        assert result.shares.sum() == pytest.approx(1.0, abs=1e-12)
        assert all(result.shares[of.criterion_ids.index(name)] == 0.0 for name in result.constant)
        np.testing.assert_allclose(by_rows[method].shares, result.shares, rtol=0, atol=1e-6)
        np.testing.assert_allclose(by_columns[method].shares, result.shares[list(columns)], rtol=0, atol=1e-6)
        assert set(by_columns[method].constant) == set(result.constant) == set(by_rows[method].constant)
