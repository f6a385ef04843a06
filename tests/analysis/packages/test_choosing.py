"""What is said of the packages under a weight set: order of adding, cuts, regret, shares, and what is out of reach."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from package_problems import certain, sums_problem
from policy_options.analysis.packages.choosing import PackageSettings, choose, choose_of_many
from policy_options.analysis.packages.extreme_points import extreme_points
from policy_options.analysis.packages.problem import Combination, PackageProblem, Rule
from policy_options.analysis.problem import WeightVector
from policy_options.analysis.weight_region import band_region, free_region
from policy_options.errors import PolicyOptionsError
from problems import UNKNOWN, criterion

HALF = WeightVector("half", ("a", "b"), np.array([0.5, 0.5]))
FIRST = WeightVector("first", ("a", "b"), np.array([1.0, 0.0]))


def small() -> PackageProblem:
    """Three options for 6: worth 20 for 3, 18 for 3, 10 for 1 at even weights; the third needs the first."""
    return sums_problem(
        [[40, 0], [0, 36], [10, 10]],
        [criterion("a"), criterion("b")],
        ids=("x", "y", "z"),
        resources=(certain("money", 6, [3, 3, 1]),),
        rules=(Rule("requires", (2, 0), because="z is built on x"),),
    )


def test_best_next_best_and_what_they_swap() -> None:
    found = choose(small(), HALF, PackageSettings(k=3))
    assert [(found.problem.names(row.package), row.value, row.gap) for row in found.rows] == [
        (("x", "y"), 38, 0),
        (("x", "z"), 30, 8),
        (("x",), 20, 18),
    ]
    second = found.rows[1]
    assert (second.adds, second.drops, second.used) == ((2,), (1,), (Fraction(4),))
    assert found.counts["all"] == 8
    assert found.counts["allowed"] == 6
    assert found.counts["admitted"] == 5
    assert found.table["gap"].tolist() == [0, 8, 18]
    assert found.frontier["use"].tolist() == [0, 3, 4, 6, 7]
    assert found.frontier["contains the last"].tolist() == [True, True, True, False, True]


def test_the_order_of_adding_keeps_to_rules_on_the_way() -> None:
    every = choose(small().with_capacities({"money": Fraction(7)}), HALF, PackageSettings())
    assert [(step.members, step.gain) for step in every.adding] == [((0,), 20), ((1,), 18), ((2,), 10)]
    backwards = replace(small(), rules=(Rule("requires", (0, 2)), Rule("requires", (2, 0)), Rule("requires", (1, 0))))
    both = choose(backwards.with_capacities({"money": Fraction(7)}), HALF, PackageSettings())
    assert [step.members for step in both.adding] == [(0, 2), (1,)]


def test_what_to_drop_if_the_budget_is_cut() -> None:
    (cut,) = choose(small(), HALF, PackageSettings()).cuts
    assert cut.resource == "money"
    assert cut.below == 6
    assert (cut.part, cut.part_value) == (0b001, 20)
    assert (cut.instead, cut.instead_value) == (0b101, 30)


def test_forcing_and_looking_at_another_package() -> None:
    found = choose(small(), HALF, PackageSettings(inside=0b100, asked=0b010))
    assert found.problem.names(found.recommended) == ("x", "z")
    assert not found.keeps
    assert found.looked_at.value == 18
    assert (found.looked_at.adds, found.looked_at.drops) == ((1,), (0, 2))


def test_regret_under_each_set_is_against_the_best_under_that_set() -> None:
    found = choose(small(), HALF, PackageSettings(), sets=(HALF, FIRST))
    assert [(one.weights, one.points, one.best) for one in found.regrets] == [("half", 0, 0b011), ("first", 10, 0b101)]


def test_cautious_judges_by_high_uses() -> None:
    problem = small()
    money = replace(problem.resources[0], high=(Fraction(4), Fraction(3), Fraction(1)))
    wide = replace(problem, resources=(money,))
    assert choose(wide, HALF, PackageSettings()).recommended == 0b011
    assert choose(wide, HALF, PackageSettings(cautious=True)).recommended == 0b101


def test_core_and_shares_over_all_weights() -> None:
    found = choose(small(), HALF, PackageSettings(), region=free_region(("a", "b")))
    core = found.core
    assert core["standing"].to_dict() == {"x": "core", "y": "borderline", "z": "borderline"}
    shares = found.shares
    assert not isinstance(shares, str)
    assert shares.exact
    # At weight w on a: {x, y} is worth 36 + 4 w, {x, z} 10 + 40 w; they meet at 26 / 36.
    assert dict(zip(shares.packages.tolist(), shares.shares.tolist(), strict=True)) == pytest.approx(
        {0b011: 26 / 36, 0b101: 10 / 36}
    )
    assert shares.members.tolist() == pytest.approx([1.0, 26 / 36, 10 / 36])


def test_an_unknown_score_leaves_a_range() -> None:
    problem = sums_problem([[40], [UNKNOWN]], [criterion("a")], combinations=[Combination("add", "hold")])
    found = choose(problem, WeightVector("w", ("a",), np.ones(1)), PackageSettings())
    assert found.recommended == 0b01
    row = next(row for row in found.rows if row.package == 0b11)
    assert (row.value, row.upper) == (0, 100)
    assert found.counts["could-be-best"] == 2
    assert found.shares == "unknown"


def test_no_package_is_an_error_that_says_why() -> None:
    rules = (Rule("always", (0,)), Rule("never", (0,)))
    with pytest.raises(PolicyOptionsError, match="contradict one another: always x, never x"):
        choose(replace(small(), rules=rules), HALF, PackageSettings())
    with pytest.raises(PolicyOptionsError, match="fits: 1 of `money`"):
        choose(
            replace(small(), rules=(Rule("always", (0,)),)).with_capacities({"money": Fraction(1)}),
            HALF,
            PackageSettings(),
        )


def test_only_judged_packages_are_compared() -> None:
    problem = sums_problem(
        [[10], [20], [30]], [criterion("a")], combinations=[Combination("judged", judged={0b011: (25, 25, 25)})]
    )
    found = choose(problem, WeightVector("w", ("a",), np.ones(1)), PackageSettings())
    assert [row.package for row in found.rows] == [0b100, 0b011, 0b010, 0b001, 0]
    assert found.counts["named"] == 5


def test_a_red_line_tests_the_combined_performance() -> None:
    problem = sums_problem([[40], [30]], [criterion("a", red_line=50)])
    found = choose(problem, WeightVector("w", ("a",), np.ones(1)), PackageSettings())
    assert [row.package for row in found.rows] == [0b11]
    assert found.counts["failing"] == 3


def test_packages_held_at_an_end_are_counted() -> None:
    problem = sums_problem([[70], [60]], [criterion("a")], combinations=[Combination("add", "hold")])
    found = choose(problem, WeightVector("w", ("a",), np.ones(1)), PackageSettings())
    assert (found.best_value, found.counts["held"], found.held_on) == (100, 1, ("a",))


def test_the_same_packages_without_looking_at_each() -> None:
    settings = PackageSettings(k=3)
    every, many = choose(small(), HALF, settings), choose_of_many(small(), HALF, settings, sets=(FIRST,))
    assert [row.package for row in every.rows] == [row.package for row in many.rows]
    assert many.regrets[0].points == pytest.approx(10)
    assert (many.shares, many.non_dominated, many.frontiers) == ("members", "members", {})
    with pytest.raises(PolicyOptionsError, match="too many members"):
        _ = many.core


def test_extreme_points_of_a_band() -> None:
    weights = WeightVector("w", ("a", "b", "c"), np.array([0.5, 0.3, 0.2]))
    points = extreme_points(band_region(weights, 0.2))
    assert points is not None
    assert sorted(map(tuple, points.round(9).tolist())) == [
        (0.4, 0.36, 0.24),
        (0.48, 0.36, 0.16),
        (0.52, 0.24, 0.24),
        (0.6, 0.24, 0.16),
    ]
