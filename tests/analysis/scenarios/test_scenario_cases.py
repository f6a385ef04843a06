"""Scenarios against the numbers of others: payoff tables with regret, break-even likelihoods and intervals of likelihood."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from payoffs import payoffs
from policy_options.analysis.scenarios.intervals import base_likelihoods, contradiction, reachable

CASES = Path(__file__).parents[2] / "cases"
TABLES = (
    "scenarios-best-nowhere",
    "scenarios-condominium",
    "scenarios-contractor-tie",
    "scenarios-interest-rates",
    "scenarios-probability-interval-coin",
)


def read(name: str) -> dict[str, Any]:
    case: dict[str, Any] = json.loads((CASES / f"{name}.json").read_text(encoding="utf-8"))
    assert case["source"]
    return case


@pytest.fixture(params=TABLES)
def table(request: pytest.FixtureRequest) -> dict[str, Any]:
    return read(request.param)


def test_regret(table: dict[str, Any]) -> None:
    expected, found = table["expected"], payoffs(table["input"]["matrix"]).regret
    np.testing.assert_allclose(found.most, expected["regret"], rtol=0, atol=1e-9)
    np.testing.assert_allclose(found.largest, expected["largest_regret"], rtol=0, atol=1e-9)
    assert list(found.choice) == expected["minimax_regret"]
    assert found.is_sure


def test_who_leads_in_each_scenario_and_the_worst_of_each_option(table: dict[str, Any]) -> None:
    expected, found = table["expected"], payoffs(table["input"]["matrix"])
    if "leaders_by_scenario" in expected:
        assert [list(found.first[name]) for name in found.ids] == expected["leaders_by_scenario"]
        assert [list(found.leaders.at("set", name)) for name in found.ids] == expected["leaders_by_scenario"]
    best = found.maximin[0].value
    assert sorted(one.option for one in found.maximin if one.value >= best - 1e-9) == expected["maximin"]
    shift = 50.0 if np.min(table["input"]["matrix"]) < 0 else 0.0
    if "worst" in expected:
        worst = {one.option: one.value - shift for one in found.maximin}
        np.testing.assert_allclose([worst[name] for name in found.option_ids], expected["worst"], rtol=0, atol=1e-9)


def test_an_option_that_is_best_nowhere_may_have_the_smallest_largest_regret() -> None:
    assert payoffs(read("scenarios-best-nowhere")["input"]["matrix"]).regret.best_nowhere == ("o4",)
    assert payoffs(read("scenarios-interest-rates")["input"]["matrix"]).regret.best_nowhere == ("o2",)
    assert payoffs([[1, 2], [0, 0]]).regret.best_nowhere == ()


@pytest.mark.parametrize(
    "name", ["scenarios-condominium", "scenarios-contractor-tie", "scenarios-probability-interval-coin"]
)
def test_who_leads_by_the_likelihood_of_the_first_of_two(name: str) -> None:
    case = read(name)
    found = payoffs(case["input"]["matrix"]).likelihoods.break_even[0]
    expected = case["expected"]["leads_by_likelihood_of_s1"]
    assert [list(one.leaders) for one in found.stretches] == [one["leads"] for one in expected]
    for one, of in zip(found.stretches, expected, strict=True):
        np.testing.assert_allclose(
            (one.low, one.high), [float(Fraction(of[end])) for end in ("from", "to")], atol=1e-12
        )


def test_break_even_likelihoods_with_the_others_equal() -> None:
    case = read("scenarios-interest-rates")
    for found in payoffs(case["input"]["matrix"]).likelihoods.break_even:
        expected = case["expected"]["break_even_others_equal"][found.scenario]
        assert [list(one.leaders) for one in found.stretches] == [one["leads"] for one in expected]
        ends = [float(Fraction(of[end])) for of in expected for end in ("from", "to")]
        np.testing.assert_allclose([end for one in found.stretches for end in one[:2]], ends, atol=1e-12)
        inside = next(one for one in found.stretches if one.low <= 1 / 3 <= one.high)
        assert (found.low, found.high) == pytest.approx(inside[:2])
        assert found.leader == "o1"
        assert found.likelihood == pytest.approx(1 / 3)


def test_shares_of_likelihood_assignments_are_exact() -> None:
    condominium = read("scenarios-condominium")
    found = payoffs(condominium["input"]["matrix"]).shares
    assert found is not None and found.exact
    expected = condominium["expected"]["share_of_likelihoods"]
    assert found.first.tolist() == pytest.approx([float(Fraction(expected[name])) for name in ("o1", "o2", "o3")])
    rates = read("scenarios-interest-rates")
    found = payoffs(rates["input"]["matrix"]).shares
    assert found is not None
    shares = [float(Fraction(text)) for text in rates["expected"]["share_of_likelihoods_exact"]]
    assert found.first.tolist() == pytest.approx(shares, abs=1e-12)


def test_what_any_likelihoods_make_best() -> None:
    case = read("scenarios-best-nowhere")
    found = payoffs(case["input"]["matrix"]).likelihoods.admissible
    assert list(found.e_admissible) == case["expected"]["e_admissible_any_likelihoods"]
    rates = payoffs(read("scenarios-interest-rates")["input"]["matrix"]).likelihoods.admissible
    assert rates.e_admissible == ("o1", "o3")


@pytest.mark.parametrize("name", ["scenarios-probability-interval-coin", "scenarios-probability-intervals-10x5"])
def test_intervals_of_likelihood(name: str) -> None:
    case = read(name)
    given, expected = case["input"], case["expected"]
    found = payoffs(given["matrix"], given["likelihood_intervals"]).likelihoods.admissible
    shift = 50.0 if np.min(given["matrix"]) < 0 else 0.0
    np.testing.assert_allclose(found.lower - shift, expected["lower_expectation"], rtol=0, atol=1e-9)
    np.testing.assert_allclose(found.upper - shift, expected["upper_expectation"], rtol=0, atol=1e-9)
    assert list(found.e_admissible) == expected["e_admissible"]
    assert list(found.undominated) == expected["maximal"]
    assert found.safest == expected["gamma_maximin"][0]
    values = np.array(given["matrix"], dtype=np.float64)
    low, high = np.array(given["likelihood_intervals"]).T
    for row, at in enumerate(found.best_at):
        if at is not None:
            assert at.sum() == pytest.approx(1.0)
            assert (at >= low - 1e-12).all() and (at <= high + 1e-12).all()
            assert values[row] @ at >= (values @ at).max() - 1e-9


def test_the_ends_of_intervals_are_not_all_there_is() -> None:
    """o3 of the coin is best between the two ends, and at neither of them."""
    case = read("scenarios-probability-interval-coin")
    found = payoffs(case["input"]["matrix"], case["input"]["likelihood_intervals"]).likelihoods.admissible
    assert set(found.e_admissible) - set(case["expected"]["e_admissible_at_extreme_points_only"]) == {"o3"}


def test_contradictory_intervals_name_the_fewest() -> None:
    case = read("scenarios-contradictory-intervals")
    for name, intervals in case["input"]["sets"].items():
        expected = case["expected"][name]
        low, high = np.array(intervals).T
        wrong = contradiction(low.tolist(), high.tolist())
        assert (wrong is None) == expected["consistent"]
        if wrong is not None:
            assert [f"s{index + 1}" for index in wrong.scenarios] == expected["smallest_contradiction"]
            total = expected.get("sum_of_lower_ends", expected.get("sum_of_upper_ends"))
            assert wrong.total == pytest.approx(total)
            assert wrong.end == ("low" if "sum_of_lower_ends" in expected else "high")
        else:
            np.testing.assert_allclose(np.array(reachable(low, high)).T, expected["reachable_intervals"], atol=1e-12)
            base = base_likelihoods(low, high)
            assert base.sum() == pytest.approx(1.0) and (base >= low).all() and (base <= high + 1e-12).all()
