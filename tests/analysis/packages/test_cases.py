"""Packages against the numbers of others. Each case in ``tests/cases`` names its source."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from package_problems import certain, even, from_values, read_case, rule_of, sums_problem
from policy_options.analysis.packages.best import best_value, forced_values, list_best
from policy_options.analysis.packages.dominance import non_dominated
from policy_options.analysis.packages.extreme_points import extreme_points
from policy_options.analysis.packages.frontier import frontier
from policy_options.analysis.packages.many import best_of_many
from policy_options.analysis.packages.prices import rule_prices
from policy_options.analysis.packages.problem import Combination, PackageProblem
from policy_options.analysis.packages.table import enumerate_packages, uses_of_all
from policy_options.analysis.problem import WeightVector, frozen
from policy_options.analysis.weight_region import WeightRegion
from problems import criterion

ENUMERATED = ["brooks-rules", "kp10-frontier", "mknap1-3", "pair-synergies"]


@pytest.mark.parametrize("name", ENUMERATED)
def test_best_and_next_best(name: str) -> None:
    case = read_case(name)
    problem, weights = from_values(case)
    expected = case["expected"]
    table = enumerate_packages(problem, weights)
    assert int(table.admitted.sum()) == expected["feasible_packages"]
    wanted = expected.get("k_best") or expected["all_feasible"]
    found = list_best(table.overall, table.admitted, len(wanted))
    np.testing.assert_allclose(found.values[: len(wanted)], [one["value"] for one in wanted], atol=1e-9)
    assert {problem.names(int(one)) for one in found.packages} >= {
        tuple(one["package"]) for one in wanted if one["value"] > wanted[-1]["value"]
    }
    best = {problem.names(int(one)) for one in found.packages[found.ranks == 1]}
    assert best == {tuple(one) for one in expected["best_packages"]}
    assert found.tied_first == len(expected["best_packages"])


def test_what_the_best_of_fifteen_uses() -> None:
    case = read_case("mknap1-3")
    problem, weights = from_values(case)
    table = enumerate_packages(problem, weights)
    _, best = best_value(table.overall, table.admitted) or (0, 0)
    used = [int(uses_of_all(one, cautious=False)[0][best]) for one in problem.resources]
    assert used == case["expected"]["resources_used_by_best"]


def test_the_whole_frontier() -> None:
    case = read_case("kp10-frontier")
    problem, weights = from_values(case)
    expected = case["expected"]
    found = frontier(enumerate_packages(problem, weights), "money")
    assert [(int(s.use), round(s.value, 9), s.on_hull) for s in found.steps] == [
        (one["cost"], one["value"], one["on_convex_hull"]) for one in expected["frontier"]
    ]
    assert [{problem.names(p) for p in s.packages} for s in found.steps] == [
        {tuple(p) for p in one["packages"]} for one in expected["frontier"]
    ]
    assert len(found.steps) == expected["frontier_size"]
    assert found.nested is expected["best_packages_nested"]
    before, after = found.first_break or (None, None)
    assert before is not None
    assert after is not None
    step = expected["first_step_not_nested"]
    assert (before.use, after.use) == (step["from_cost"], step["to_cost"])


def test_prices_of_rules_and_of_forcing() -> None:
    case = read_case("brooks-rules")
    problem, weights = from_values(case)
    expected = case["expected"]
    table = enumerate_packages(problem, weights)
    prices = {one.rule: one for one in rule_prices(table)}
    for number, text in ((0, "at-least 2 of o1 o3 o5 o6"), (3, "o4 requires o1 and o3")):
        wanted = expected["price_of_rule"][text]
        assert prices[number].price == pytest.approx(wanted["price"], abs=1e-9)
        assert problem.names(prices[number].package) == tuple(wanted["best_package"])
    free = enumerate_packages(PackageProblem(problem.problem, "base", problem.combinations, problem.resources), weights)
    best = best_value(free.overall, free.admitted)
    assert best is not None
    assert best[0] == pytest.approx(expected["best_without_any_rule"]["value"])
    for both, wanted in zip(
        forced_values(table.overall, table.admitted, 6),
        expected["best_with_option_forced_in_or_out"].values(),
        strict=True,
    ):
        for one, key in zip(both, ("with", "without"), strict=True):
            assert (one is None) == (wanted[key] is None)
            if one is not None:
                assert one[0] == pytest.approx(wanted[key], abs=1e-9)
    for capacity, answer in expected["best_by_capacity"].items():
        other = enumerate_packages(problem.with_capacities({"money": Fraction(capacity)}), weights)
        best = best_value(other.overall, other.admitted)
        assert (None if best is None else pytest.approx(best[0])) == (answer and answer["best_value"])


def test_pairs_add_to_what_their_members_are_worth() -> None:
    case = read_case("pair-synergies")
    problem, weights = from_values(case)
    alone = PackageProblem(problem.problem, "base", problem.combinations, problem.resources)
    table = enumerate_packages(alone, weights)
    expected = case["expected"]["without_interactions"]
    found = list_best(table.overall, table.admitted, 1)
    assert found.values[0] == pytest.approx(expected["best_value"])
    assert sorted(problem.names(int(p)) for p in found.packages) == [tuple(p) for p in expected["best_packages"]]
    with_pairs = enumerate_packages(problem, weights)
    assert with_pairs.overall[found.packages].tolist() == pytest.approx(
        [expected["worth_with_interactions"]] * 2, abs=600
    )


def of_baseline(case: dict[str, Any], *, extra: bool) -> tuple[PackageProblem, WeightVector]:
    given = case["input"]
    matrix, uses = [list(map(float, row)) for row in given["matrix"]], list(given["resources"][0]["uses"])
    if extra:
        matrix.append(list(map(float, given["extra_option"]["performances"])))
        uses.append(given["extra_option"]["uses"])
    axes = [criterion("benefit", 0, 100), criterion("incidents", 0, 100, "less-is-better")]
    return sums_problem(matrix, axes, resources=(certain("money", 14, uses),)), even("benefit", "incidents")


@pytest.mark.parametrize("extra", [False, True])
def test_the_baseline_problem(extra: bool) -> None:
    """Measured from the baseline: neither the zero of the scale nor an option that nobody picks changes a choice."""
    case = read_case("baseline")
    problem, weights = of_baseline(case, extra=extra)
    table = enumerate_packages(problem, weights)
    increments = table.overall - table.overall[0]
    for member, exact in enumerate(case["input"]["options"]):
        del exact
        assert increments[1 << member] == pytest.approx(
            float(Fraction(case["expected"]["increment_values_exact"][member]))
        )
    found = list_best(increments, table.admitted, 2)
    assert problem.names(int(found.packages[0])) == ("o2", "o4")
    assert found.values[0] == pytest.approx(case["expected"]["best_value"])
    if not extra:
        assert found.values[1] == pytest.approx(case["expected"]["second_value"])


def test_the_sum_of_the_overall_values_is_another_and_a_wrong_number() -> None:
    """Adding up what options are worth by themselves counts the baseline once for each of them."""
    case = read_case("baseline")
    problem, weights = of_baseline(case, extra=False)
    table = enumerate_packages(problem, weights)
    both = table.overall[0b1010]
    assert both - table.overall[0] == pytest.approx(15)
    assert table.overall[0b0010] + table.overall[0b1000] == pytest.approx(both + table.overall[0])
    assert table.overall[0] > 0


def all_weights_but(names: tuple[str, ...], without: str) -> WeightRegion:
    upper = np.array([float(name != without) for name in names])
    nothing = frozen(np.zeros((0, len(names))))
    even = frozen(upper / upper.sum())
    return WeightRegion("band", names, even, frozen(0 * upper), frozen(upper), nothing, nothing, None)


@pytest.mark.parametrize("budget", ["30", "45", "50"])
def test_robust_portfolios_of_urban_water(budget: str) -> None:
    case = read_case("rpm-urban-water")
    given, expected = case["input"], case["expected"]["by_budget"][budget]
    place = {one["id"]: index for index, one in enumerate(given["options"])}
    target = given["targets"][0]
    low, high = ([[each[end] for each in row] for row in given["ranges"]] for end in (0, 1))
    shares = target["shares"]
    low, likely, high = (
        [[*row, share] for row, share in zip(rows, shares, strict=True)]
        for rows in (low, ((np.array(low) + np.array(high)) / 2).tolist(), high)
    )
    axes = [criterion(one["id"]) for one in given["criteria"]]
    axes.append(criterion("water", 0, 1, red_line=target["at_least"]))
    problem = sums_problem(
        likely,
        axes,
        low=low,
        high=high,
        ids=list(place),
        combinations=[Combination("add", "extend")] * 4 + [Combination("independent", limit=1.0)],
        resources=(certain("money", int(budget), given["resources"][0]["uses"]),),
        rules=tuple(rule_of(one, place) for one in given["rules"]),
    )
    names = tuple(axis.id for axis in axes)
    table = enumerate_packages(problem, WeightVector("even", names, np.array([0.25] * 4 + [0.0])))
    assert int(table.admitted.sum()) == expected["feasible"]
    points = extreme_points(all_weights_but(names, "water"))
    assert points is not None
    assert len(points) == 4
    found = non_dominated(problem, table.admitted, points)
    assert found is not None
    assert found.bounded == ()
    assert len(found.packages) == expected["non_dominated"]
    assert list(found.core_index) == [Fraction(index) for index in expected["core_index"]]
    if budget == "45":
        assert [list(problem.names(int(p))) for p in found.packages] == sorted(
            case["expected"]["non_dominated"], key=lambda names: sum(1 << place[name] for name in names)
        )
        assert [found.standing(member) for member in range(9)] == case["expected"]["class"]


@pytest.mark.parametrize("name", ["kp23-near-ties", "gap-trap", "mknap1-5", "mknap1-7"])
def test_best_of_many(name: str) -> None:
    """More than are enumerated: by branch and bound, and the first of them by a solver whose gap is zero."""
    case = read_case(name)
    problem, weights = from_values(case)
    expected = case["expected"]
    wanted = expected.get("k_best_values") or [one["value"] for one in expected["k_best"]]
    found = best_of_many(problem, weights, len(wanted))
    np.testing.assert_allclose(found.values[: len(wanted)], wanted, atol=1e-6)
    best = {problem.names(int(one)) for one in found.packages[found.ranks == 1]}
    assert best == {tuple(one) for one in expected["best_packages"]}
    if "tied_with_tenth" in expected:
        assert len(found.packages) == expected["tied_with_tenth"]
    solved = best_of_many(problem, weights, 1, enumerate_sums=False)
    assert solved.values[0] == pytest.approx(expected["best_value"], abs=1e-6)
    assert {problem.names(int(one)) for one in solved.packages} == best
    if "wrong_value_with_default_gap" in expected:
        assert solved.values[0] > expected["wrong_value_with_default_gap"] + 0.5
