"""Packages against brute force in fractions: random problems with rules, effects, ranges, red lines and bent value functions.

A few of them are tried in each run; ``POLICY_OPTIONS_PACKAGES=5000`` tries as many as it says.
"""

from __future__ import annotations

import os
from dataclasses import replace
from fractions import Fraction
from itertools import combinations

import numpy as np
import pytest

from exact_packages import Case, drawn, exact_overall, keeping, possible
from package_problems import sums_problem
from policy_options.analysis.packages.best import MOST_LISTED, best_value, forced_values, list_best
from policy_options.analysis.packages.dominance import non_dominated
from policy_options.analysis.packages.extreme_points import extreme_points
from policy_options.analysis.packages.frontier import frontier
from policy_options.analysis.packages.many import best_of_many
from policy_options.analysis.packages.performances import all_performances, bounds_of, performances_of
from policy_options.analysis.packages.prices import rule_prices
from policy_options.analysis.packages.problem import Combination, Effect, PackageProblem, Resource, Rule
from policy_options.analysis.packages.rules import contradiction, keeps, satisfiable, violations
from policy_options.analysis.packages.table import PackageTable, enumerate_packages
from policy_options.analysis.problem import WeightVector
from policy_options.analysis.value_functions import Linear
from policy_options.analysis.weight_region import band_region, free_region
from policy_options.errors import PolicyOptionsError
from problems import criterion

CASES = int(os.environ.get("POLICY_OPTIONS_PACKAGES", "150"))
Floats = np.ndarray


def tabled(case: Case) -> PackageTable:
    return enumerate_packages(case.problem, case.weights)


@pytest.mark.parametrize("batch", range(5))
def test_enumeration_is_brute_force(batch: int) -> None:
    """Best and next best, ties, frontiers, forced options and prices of rules."""
    for seed in range(batch, CASES, 5):
        case = possible(seed)
        table, every = tabled(case), exact_overall(case)
        admitted = keeping(case, every)
        assert set(np.flatnonzero(table.admitted).tolist()) == set(admitted), seed
        order = sorted(admitted.values(), reverse=True)
        found = list_best(table.overall, table.admitted, 5)
        np.testing.assert_allclose(
            found.values[:5], [float(value) for value in order[:5]], atol=1e-9, err_msg=str(seed)
        )
        if not order:
            continue
        wanted = {p for p, v in admitted.items() if v >= order[min(5, len(order)) - 1]}
        if max(found.tied_first, found.tied_last) <= MOST_LISTED:
            assert {int(p) for p in found.packages} == wanted, seed
        else:
            assert {int(p) for p in found.packages} < wanted, seed
        assert found.tied_last == sum(v == min(admitted[p] for p in wanted) for v in admitted.values()), seed
        assert found.tied_first == order.count(order[0]), seed
        for resource in case.problem.resources:
            others = keeping(case, every, but_for=resource.id)
            uses = {p: sum((u for i, u in enumerate(resource.likely) if p >> i & 1), Fraction(0)) for p in others}
            steps = [
                p
                for p in others
                if not any(
                    (uses[q] <= uses[p] and others[q] >= others[p] and (uses[q], others[q]) != (uses[p], others[p]))
                    for q in others
                )
            ]
            curve = frontier(table, resource.id)
            assert [step.use for step in curve.steps] == sorted({uses[p] for p in steps}), seed
            assert sum(step.tied for step in curve.steps) == len(steps), seed
            if max((step.tied for step in curve.steps), default=0) <= MOST_LISTED:
                assert {q for step in curve.steps for q in step.packages} == set(steps), seed
            hull = {step.use for step in curve.steps if step.on_hull}
            assert hull == corners({uses[p]: others[p] for p in steps}), seed
        for member, both in enumerate(forced_values(table.overall, table.admitted, len(case.problem.members))):
            for one, inside in zip(both, (1, 0), strict=True):
                left = [value for package, value in admitted.items() if package >> member & 1 == inside]
                assert (one is None) == (not left)
                if one is not None:
                    assert one[0] == pytest.approx(float(max(left)), abs=1e-9)
                    assert admitted[one[1]] == max(left)
        for price in rule_prices(table):
            without = keeping(case, every, rule=price.rule)
            assert price.price == pytest.approx(float(max(without.values()) - order[0]), abs=1e-9)
            assert without[price.package] == max(without.values())


def corners(points: dict[Fraction, Fraction]) -> set[Fraction]:
    """Uses of the strict corners of the upper hull: those above every line between two others on either side."""
    found = set()
    for use, value in points.items():
        below = [(u, v) for u, v in points.items() if u < use]
        above = [(u, v) for u, v in points.items() if u > use]
        if all(value > v0 + (v1 - v0) / (u1 - u0) * (use - u0) for u0, v0 in below for u1, v1 in above):
            found.add(use)
    return found


@pytest.mark.parametrize("batch", range(3))
def test_the_solver_and_enumeration_agree(batch: int) -> None:
    for seed in range(batch, max(CASES // 5, 3), 3):
        case = possible(seed, programme=True)
        table = tabled(case)
        wanted = list_best(table.overall, table.admitted, 3)
        for by_branching in (True, False):
            found = best_of_many(case.problem, case.weights, 3, enumerate_sums=by_branching)
            np.testing.assert_allclose(found.values, wanted.values, atol=1e-9, err_msg=str(seed))
            if wanted.tied_last < MOST_LISTED:
                assert {int(p) for p in found.packages} == {int(p) for p in wanted.packages}, seed
                assert (found.tied_last, found.all_counted) == (wanted.tied_last, True)
            elif not found.all_counted:
                assert found.tied_last <= wanted.tied_last


def test_branch_and_bound_is_enumeration_of_sums() -> None:
    for seed in range(max(CASES // 3, 20)):
        chance = np.random.default_rng(seed)
        m = int(chance.integers(2, 13))
        uses = [[Fraction(int(u)) for u in chance.integers(0, 12, m)] for _ in range(int(chance.integers(1, 4)))]
        resources = tuple(
            Resource(f"r{i}", "", "", (sum(u, Fraction(0)) / 2,), tuple(u), tuple(u), tuple(u))
            for i, u in enumerate(uses)
        )
        rules = tuple(
            Rule(kind, tuple(chance.choice(m, 2, replace=False).tolist()), 1)
            for kind in chance.choice(["requires", "excludes", "at-least", "at-most"], int(chance.integers(0, 3)))
        )
        values = chance.integers(-3, 12, m).astype(float)
        problem = sums_problem([[v] for v in values], [criterion("worth")], resources=resources, rules=rules)
        weights = WeightVector("w", ("worth",), np.ones(1))
        table = enumerate_packages(problem, weights)
        wanted = list_best(table.overall, table.admitted, 6)
        found = best_of_many(problem, weights, 6)
        np.testing.assert_allclose(found.values, wanted.values, atol=1e-9, err_msg=str(seed))
        assert [int(p) for p in found.packages] == [int(p) for p in wanted.packages], seed


def ranged(seed: int, *, effects: bool) -> PackageProblem:
    chance = np.random.default_rng(seed)
    m, n = int(chance.integers(2, 6)), int(chance.integers(1, 4))
    low = chance.integers(-3, 4, (m, n)).astype(float)
    likely = low + chance.integers(0, 3, (m, n))
    high = likely + chance.integers(0, 3, (m, n))
    uses = tuple(Fraction(int(u)) for u in chance.integers(1, 6, m))
    resource = Resource("money", "", "", (sum(uses, Fraction(0)) / 2,), uses, uses, uses)
    found = []
    if effects:
        found = [Effect(frozenset(pair), 0, -1.0, 0.0, 2.0) for pair in list(combinations(range(m), 2))[:2]]
    return sums_problem(
        likely.tolist(),
        [criterion(f"c{k}", -50, 50) for k in range(n)],
        low=low.tolist(),
        high=high.tolist(),
        combinations=[Combination("add")] * n,
        resources=(resource,),
        effects=tuple(found),
    )


def least_difference(problem: PackageProblem, p: int, q: int, point: Floats) -> tuple[Fraction, Fraction]:
    """The least and the most that p is worth more than q at some weights, shared members and effects having cancelled."""
    bounds = problem.problem
    ends = [Fraction(0), Fraction(0)]
    for column, share in enumerate(point.tolist()):
        parts = [
            (Fraction(bounds.low[1 + i, column]), Fraction(bounds.high[1 + i, column]), p >> i & 1, q >> i & 1)
            for i in range(len(problem.members))
        ]
        for e in problem.effects:
            if e.column == column:
                has = [all(package >> i & 1 for i in e.members) for package in (p, q)]
                parts.append((Fraction(e.low), Fraction(e.high), int(has[0]), int(has[1])))
        for low, high, mine, theirs in parts:
            if mine and not theirs:
                ends = [ends[0] + Fraction(share) * low, ends[1] + Fraction(share) * high]
            elif theirs and not mine:
                ends = [ends[0] - Fraction(share) * high, ends[1] - Fraction(share) * low]
    return ends[0], ends[1]


@pytest.mark.parametrize("effects", [False, True])
def test_non_dominated_packages_are_those_of_the_definition(effects: bool) -> None:
    for seed in range(max(CASES // 5, 10)):
        problem = ranged(seed, effects=effects)
        names = problem.problem.criterion_ids
        weights = WeightVector("w", names, np.full(len(names), 1 / len(names)))
        table = enumerate_packages(problem, weights)
        points = extreme_points(free_region(names))
        assert points is not None
        found = non_dominated(problem, table.admitted, points)
        assert found is not None
        assert found.bounded == ()
        admitted = np.flatnonzero(table.admitted).tolist()
        wanted = []
        for q in admitted:
            pairs = [[least_difference(problem, p, q, point) for point in points] for p in admitted if p != q]
            if not any(all(low >= 0 for low, _ in ends) and any(high > 0 for _, high in ends) for ends in pairs):
                wanted.append(q)
        assert found.packages.tolist() == wanted, seed


def test_vectors_that_nothing_beats_are_those_of_the_definition() -> None:
    for seed in range(20):
        case = possible(seed)
        points = extreme_points(band_region(case.weights, 0.3))
        assert points is not None
        table = tabled(case)
        found = non_dominated(case.problem, table.admitted, points, ranges=False)
        assert found is not None
        packages = np.flatnonzero(table.admitted)
        if not len(packages):
            continue
        from policy_options.analysis.packages.dominance import values_of_packages

        at = values_of_packages(case.problem, packages) @ points.T
        better = (at[:, None] >= at[None] - 1e-9).all(axis=2) & (at[:, None] > at[None] + 1e-9).any(axis=2)
        assert found.packages.tolist() == packages[~better.any(axis=0)].tolist(), seed


def test_both_ways_of_combining_performances_agree_and_keep_within_bounds() -> None:
    for seed in range(40):
        case = possible(seed)
        packages = np.arange(1 << len(case.problem.members))
        some = performances_of(case.problem, packages)
        for column in range(some.shape[1]):
            every = all_performances(case.problem, column)
            np.testing.assert_allclose(every, some[:, column], atol=1e-9)
            low, high = bounds_of(case.problem, column, packages)
            known = ~np.isnan(every)
            assert (low[known] <= every[known] + 1e-9).all()
            assert (every[known] <= high[known] + 1e-9).all()


def test_a_constant_on_a_value_function_changes_nothing() -> None:
    """Clemen and Smith (2009): a choice must not depend on where the zero of the scale is."""
    for seed in range(30):
        case = possible(seed)
        axis = case.problem.problem.criteria[0]
        if not isinstance(axis.value_function, Linear):
            continue
        # Both ends moved alike: every value is another, and every difference the same.
        moved = replace(axis, low=-8.0, high=8.0, value_function=Linear(-8.0, 8.0, axis.direction))
        extend = tuple(
            replace(how, beyond="extend" if how.rule != "judged" else None) for how in case.problem.combinations
        )
        table = replace(case.problem.problem, criteria=(moved, *case.problem.problem.criteria[1:]))
        before = enumerate_packages(replace(case.problem, combinations=extend), case.weights)
        after = enumerate_packages(replace(case.problem, combinations=extend, problem=table), case.weights)
        shift = (after.overall - before.overall)[before.eligible]
        assert np.ptp(shift) <= 1e-9 if len(shift) else not after.eligible.any()
        kinds = [list_best(one.overall, one.admitted, 3).packages.tolist() for one in (before, after)]
        assert kinds[0] == kinds[1]


def test_an_option_that_nobody_picks_changes_nothing() -> None:
    for seed in range(30):
        case = possible(seed)
        m = len(case.problem.members)
        if case.problem.judged_columns:
            continue
        table = case.problem.problem
        likely = np.vstack((table.likely, table.likely[0] + 1))
        more = replace(
            case.problem,
            problem=replace(
                table,
                options=(*table.options, replace(table.options[0], id="new")),
                low=likely,
                likely=likely,
                high=likely,
            ),
            rules=(*case.problem.rules, Rule("never", (m,))),
            resources=tuple(
                replace(
                    one, low=(*one.low, Fraction(1)), likely=(*one.likely, Fraction(1)), high=(*one.high, Fraction(1))
                )
                for one in case.problem.resources
            ),
        )
        before, after = tabled(case), enumerate_packages(more, case.weights)
        assert best_value(before.overall, before.admitted) == best_value(after.overall, after.admitted)


def test_rules_are_kept_as_they_are_written() -> None:
    for seed in range(60):
        case = drawn(seed)
        m = len(case.problem.members)
        for rule in case.problem.rules:
            broken = violations(rule, m)
            assert [bool(one) for one in broken] == [not keeps(package, rule) for package in range(1 << m)]
        kept = [package for package in range(1 << m) if all(keeps(package, rule) for rule in case.problem.rules)]
        assert satisfiable(case.problem.rules) == bool(kept)
        found = contradiction(case.problem.rules)
        assert bool(found) == (not kept)
        if found:
            for size in range(1, len(found)):
                for some in combinations(case.problem.rules, size):
                    assert any(all(keeps(package, rule) for rule in some) for package in range(1 << m))


def test_more_than_can_be_looked_at_is_refused() -> None:
    problem = sums_problem([[1.0]] * 23, [criterion("worth")])
    with pytest.raises(PolicyOptionsError, match="at most 22"):
        enumerate_packages(problem, WeightVector("w", ("worth",), np.ones(1)))
    problem = sums_problem([[1.0]] * 201, [criterion("worth")])
    with pytest.raises(PolicyOptionsError, match="at most 200"):
        best_of_many(problem, WeightVector("w", ("worth",), np.ones(1)), 1)


def test_a_bent_criterion_of_many_options_is_refused_by_name() -> None:
    problem = sums_problem([[1.0]] * 40, [criterion("worth")], combinations=[Combination("independent", limit=100.0)])
    with pytest.raises(PolicyOptionsError, match="the rule independent of `worth`") as refused:
        best_of_many(problem, WeightVector("w", ("worth",), np.ones(1)), 1)
    assert refused.value.faults[0].ids == ("worth",)


def test_a_package_that_leaves_the_scale_is_named() -> None:
    problem = sums_problem([[30.0], [40.0], [50.0]], [criterion("worth")], combinations=[Combination("add")])
    weights = WeightVector("w", ("worth",), np.ones(1))
    with pytest.raises(
        PolicyOptionsError, match="the package of `o1`, `o2`, `o3` is at 120 on `worth`, 20 beyond the end"
    ):
        enumerate_packages(problem, weights)
    many = sums_problem([[5.0]] * 30, [criterion("worth")], combinations=[Combination("add")])
    with pytest.raises(PolicyOptionsError, match="is at 150 on `worth`, 50 beyond the end"):
        best_of_many(many, weights, 1)


def test_capacities_are_exact() -> None:
    """Three tenths are three times a tenth: as floats they are more."""
    tenth = (Fraction(1, 10),) * 3
    resource = Resource("money", "", "", (Fraction(3, 10),), tenth, tenth, tenth)
    problem = sums_problem([[1.0]] * 3, [criterion("worth")], resources=(resource,))
    weights = WeightVector("w", ("worth",), np.ones(1))
    assert enumerate_packages(problem, weights).admitted.all()
    assert int(best_of_many(problem, weights, 1).packages[0]) == 0b111
