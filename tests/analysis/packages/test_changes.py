"""Which package is best on two sides, and what moved the gap: the parts sum to the change."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from package_problems import certain, sums_problem
from policy_options.analysis.packages.changes import package_change
from policy_options.analysis.packages.choosing import PackageSettings, choose
from policy_options.analysis.packages.problem import Rule
from policy_options.analysis.problem import WeightVector
from problems import criterion

FIRST = WeightVector("first", ("a", "b"), np.array([0.8, 0.2]))
SECOND = WeightVector("second", ("a", "b"), np.array([0.2, 0.8]))


def test_the_parts_sum_to_the_change_of_the_gap() -> None:
    axes = [criterion("a"), criterion("b")]
    money = (certain("money", 1, [1, 1]),)
    problem = sums_problem([[40, 0], [0, 30]], axes, resources=money)
    later = sums_problem([[40, 0], [10, 30]], axes, resources=money)
    found = package_change(*(choose(p, w, PackageSettings()) for p, w in ((problem, FIRST), (later, SECOND))))
    assert (found.earlier, found.later, found.changed, found.earlier_kept) == (("o1",), ("o2",), True, True)
    # At first 6 - 32, later 26 - 8.
    assert (found.gap_before, found.gap_after) == pytest.approx((-26, 18))
    parts = sum(part for _, part in found.by_weight) + found.by_performance
    assert parts == pytest.approx(44)
    assert found.by_performance == pytest.approx(10 * 0.5)
    assert found.by_weight[0][0] == "a"


def test_a_rule_that_excludes_the_earlier_package_is_told() -> None:
    problem = sums_problem([[40, 0], [0, 30]], [criterion("a"), criterion("b")])
    ruled = replace(problem, rules=(Rule("never", (0,)),))
    found = package_change(*(choose(p, FIRST, PackageSettings()) for p in (problem, ruled)))
    assert (found.later, found.earlier_kept) == (("o2",), False)
    assert found.gap_after == pytest.approx(-32)


def test_what_changed_of_the_limits_and_whether_either_package_was_ever_possible() -> None:
    axes = [criterion("a"), criterion("b")]
    before = sums_problem([[40, 0], [0, 30]], axes, resources=(certain("money", 1, [1, 2]),))
    after = replace(
        sums_problem([[40, 0], [0, 30]], axes, resources=(certain("money", 3, [1, 2]), certain("staff", 1, [0, 1]))),
        rules=(Rule("never", (0,)), Rule("requires", (1, 0))),
    )
    after = replace(after, rules=(Rule("at-most", (0, 1), 1), *after.rules[:1]))
    found = package_change(*(choose(p, FIRST, PackageSettings()) for p in (before, after)))
    assert (found.earlier, found.later) == (("o1",), ("o2",))
    assert (found.earlier_kept, found.later_kept) == (False, False)
    assert found.capacities == (("money", Fraction(1), Fraction(3)), ("staff", None, Fraction(1)))
    assert found.rules == ((("at-most", ("o1", "o2"), 1), ("never", ("o1",), None)), ())
    back = package_change(found.after, found.before)
    assert back.rules == ((), found.rules[0])
