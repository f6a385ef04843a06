"""Random package problems whose numbers are quarters, and what every package is worth in exact fractions, by definition."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

import numpy as np

from package_problems import sums_problem
from policy_options.analysis.packages.problem import Combination, Effect, PackageProblem, Resource, Rule
from policy_options.analysis.packages.rules import keeps
from policy_options.analysis.problem import CriterionAxis, WeightVector
from policy_options.analysis.value_functions import Linear, PiecewiseLinear
from problems import criterion

__all__ = ["Case", "drawn", "exact_overall", "exact_performance", "keeping", "possible"]


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


def possible(seed: int, *, programme: bool = False) -> Case:
    """A case of which independence leaves something to take a share of."""
    for step in range(1000):
        case = drawn(seed + 100_000 * step, programme=programme)
        base = case.problem.problem.likely[0]
        if all(how.limit is None or how.limit != at for how, at in zip(case.problem.combinations, base, strict=True)):
            return case
    raise AssertionError
