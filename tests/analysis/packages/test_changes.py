"""Which package is best on two sides, and what moved the gap: the parts sum to the change."""

from __future__ import annotations

from dataclasses import replace

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
