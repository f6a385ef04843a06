"""Packages against brute force in fractions: random problems with rules, effects, ranges, red lines and bent value functions.

A few of them are tried in each run; ``POLICY_OPTIONS_PACKAGES=5000`` tries as many as it says.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import combinations, pairwise

import numpy as np
import pytest

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
from policy_options.analysis.problem import CriterionAxis, WeightVector
from policy_options.analysis.value_functions import Linear, PiecewiseLinear
from policy_options.analysis.weight_region import band_region, free_region
from policy_options.errors import PolicyOptionsError
from problems import criterion

CASES = int(os.environ.get("POLICY_OPTIONS_PACKAGES", "150"))
Floats = np.ndarray


@dataclass(frozen=True)
class Case:
    problem: PackageProblem
    weights: WeightVector


def drawn(seed: int, *, programme: bool = False) -> Case:
    """A problem of up to ten members, whose numbers are quarters, so that fractions and floats mean the same."""
    chance = np.random.default_rng(seed)
    m, n = int(chance.integers(1, 11 if seed % 4 == 0 else 8)), int(chance.integers(1, 5))

    def quarters(low: float, high: float) -> float:
        return float(chance.integers(int(4 * low), int(4 * high) + 1)) / 4

    axes, how = [], []
    for column in range(n):
        direction = ("more-is-better", "less-is-better")[int(chance.integers(2))]
        kinds = ["add", "highest", "lowest"] + ([] if programme else ["independent", "judged"])
        rule = kinds[int(chance.integers(len(kinds)))]
        bent = chance.random() < 0.3
        values = (0.0, 75.0, 100.0) if direction == "more-is-better" else (100.0, 25.0, 0.0)
        function = PiecewiseLinear((0.0, 4.0, 16.0), values) if bent else Linear(0.0, 16.0, direction)  # type: ignore[arg-type]
        line = quarters(2, 10) if chance.random() < 0.15 else None
        axes.append(replace(criterion(f"c{column}", 0, 16, direction, function=function), red_line=line))  # type: ignore[arg-type]
        beyond = ("hold", "extend")[int(chance.integers(2))]
        judged = {}
        if rule == "judged":
            for package in range(1 << m):
                if package.bit_count() >= 2 and chance.random() < 0.5:
                    at = quarters(0, 16)
                    judged[package] = (at, at, at)
        limit = (16.0 if direction == "more-is-better" else 0.0) if rule == "independent" else None
        how.append(Combination(rule, None if rule == "judged" else beyond, limit, judged))  # type: ignore[arg-type]
    base = [quarters(4, 12) for _ in range(n)]
    likely = [
        [base[c] if chance.random() < 0.25 else quarters(max(0, base[c] - 4), min(16, base[c] + 4)) for c in range(n)]
        for _ in range(m)
    ]
    effects, stated = [], set()
    for _ in range(int(chance.integers(0, 4))):
        column = int(chance.integers(n))
        plain = how[column].rule == "add" or (how[column].rule != "judged" and not programme)
        if m >= 2 and plain:
            together = frozenset(chance.choice(m, int(chance.integers(2, min(m, 3) + 1)), replace=False).tolist())
            if (together, column) not in stated:
                stated.add((together, column))
                at = quarters(-3, 3)
                effects.append(Effect(together, column, at, at, at))
    rules = []
    for _ in range(int(chance.integers(0, 4))):
        kind = ("requires", "excludes", "at-most", "at-least", "exactly", "always", "never")[int(chance.integers(7))]
        size = 1 if kind in ("always", "never") else int(chance.integers(min(2, m), min(m, 4) + 1))
        members = tuple(chance.choice(m, size, replace=False).tolist())
        number = int(chance.integers(0, size + 1)) if kind in ("at-most", "at-least", "exactly") else None
        rules.append(Rule(kind, members, number))  # type: ignore[arg-type]
    resources = []
    for name in ("money", "staff")[: int(chance.integers(0, 3))]:
        uses = tuple(Fraction(int(chance.integers(0, 40)), 10) for _ in range(m))
        capacity = sum(uses, Fraction(0)) * Fraction(int(chance.integers(2, 10)), 10)
        resources.append(Resource(name, name, "units", (capacity,), uses, uses, uses))
    points = chance.integers(0, 5, n) + np.eye(n, dtype=int)[int(chance.integers(n))]
    weights = WeightVector("w", tuple(axis.id for axis in axes), points / points.sum())
    problem = sums_problem(
        likely,
        axes,
        base=base,
        combinations=how,
        resources=tuple(resources),
        rules=tuple(rules),
        effects=tuple(effects),
    )
    return Case(problem, weights)


def exact_performance(problem: PackageProblem, column: int, package: int) -> Fraction | None:
    """The performance in fractions, as the definition says; ``None`` where it is not judged."""
    how = problem.combinations[column]
    base = Fraction(problem.problem.likely[0, column])
    inside = [i for i in range(len(problem.members)) if package >> i & 1]
    parts = [Fraction(problem.problem.likely[1 + i, column]) for i in inside]
    if how.rule == "judged":
        if len(inside) < 2:
            return parts[0] if parts else base
        return Fraction(how.judged[package][1]) if package in how.judged else None
    if how.rule == "add":
        found = base + sum((part - base for part in parts), Fraction(0))
    elif how.rule == "independent":
        limit = Fraction(how.limit or 0)
        left = base - limit
        for part in parts:
            left *= (part - limit) / (base - limit)
        found = limit + left
    else:
        counted = [part for part in parts if part != base]
        found = (max if how.rule == "highest" else min)(counted) if counted else base
    return found + sum(
        (Fraction(e.likely) for e in problem.effects if e.column == column and e.members <= set(inside)), Fraction(0)
    )


def exact_value(axis: CriterionAxis, how: Combination, at: Fraction) -> Fraction:
    """The value in fractions: along the line of the piece, the last one beyond an end unless it is held."""
    if how.beyond == "hold":
        at = min(max(at, Fraction(0)), Fraction(16))
    function = axis.value_function
    if isinstance(function, Linear):
        corners: list[tuple[int, int]] = (
            [(0, 0), (16, 100)] if axis.direction == "more-is-better" else [(0, 100), (16, 0)]
        )
    else:
        assert isinstance(function, PiecewiseLinear)
        corners = [(int(x), int(v)) for x, v in zip(function.at, function.value, strict=True)]
    pieces = list(pairwise(corners))
    (x0, v0), (x1, v1) = next((piece for piece in pieces if at <= piece[1][0]), pieces[-1])
    return v0 + Fraction(v1 - v0, x1 - x0) * (at - x0)


def exact_overall(case: Case) -> dict[int, Fraction]:
    """The overall value of every package that has a score everywhere and keeps all red lines."""
    problem, found = case.problem, {}
    points = [Fraction(float(share)).limit_denominator(1000) for share in case.weights.shares]
    for package in range(1 << len(problem.members)):
        total = Fraction(0)
        for column, (axis, how) in enumerate(zip(problem.problem.criteria, problem.combinations, strict=True)):
            at = exact_performance(problem, column, package)
            if at is None:
                break
            if axis.red_line is not None:
                sign = 1 if axis.direction == "more-is-better" else -1
                if sign * at < sign * Fraction(axis.red_line):
                    break
            total += points[column] * exact_value(axis, how, at)
        else:
            found[package] = total
    return found


def keeping(
    case: Case, packages: dict[int, Fraction], *, but_for: str | None = None, rule: int | None = None
) -> dict[int, Fraction]:
    """Those that keep rules and capacities, one resource or one rule apart."""
    return {
        package: value
        for package, value in packages.items()
        if all(number == rule or keeps(package, one) for number, one in enumerate(case.problem.rules))
        and all(
            resource.id == but_for
            or sum((use for i, use in enumerate(resource.likely) if package >> i & 1), Fraction(0)) <= resource.capacity
            for resource in case.problem.resources
        )
    }


def tabled(case: Case) -> PackageTable:
    return enumerate_packages(case.problem, case.weights)


def possible(seed: int, *, programme: bool = False) -> Case:
    """A case of which independence leaves something to take a share of."""
    for step in range(1000):
        case = drawn(seed + 100_000 * step, programme=programme)
        base = case.problem.problem.likely[0]
        if all(how.limit is None or how.limit != at for how, at in zip(case.problem.combinations, base, strict=True)):
            return case
    raise AssertionError


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
