"""The best packages of more members than can be looked at one by one: up to 200, proved best or refused with the reason."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

import numpy as np
from numpy.typing import NDArray

from policy_options.analysis.additive import TIE
from policy_options.analysis.packages.best import MOST_LISTED, Listed, ranked_packages
from policy_options.analysis.packages.branching import Knapsack, k_best
from policy_options.analysis.packages.performances import off_scale, value_of
from policy_options.analysis.packages.problem import PackageProblem, Rule
from policy_options.analysis.packages.programme import written
from policy_options.analysis.packages.rules import keeps
from policy_options.analysis.packages.table import in_whole_units
from policy_options.analysis.problem import WeightVector
from policy_options.analysis.value_functions import Linear
from policy_options.errors import PolicyOptionsError

__all__ = ["MOST_MEMBERS", "best_of_many", "keeps_all", "knapsack_of", "overall_of", "performances_of_one"]

Floats = NDArray[np.float64]

MOST_MEMBERS: Final = 200


def best_of_many(
    problem: PackageProblem,
    weights: WeightVector,
    k: int,
    *,
    cautious: bool = False,
    forced: tuple[Rule, ...] = (),
    enumerate_sums: bool = True,
) -> Listed:
    """The k best packages with all that tie with the last, proved best.

    Sums on straight lines under resources and rules go by branch and bound, everything else through a solver, whose every answer
    is checked in exact numbers. ``enumerate_sums`` off sends those to the solver too, for comparison.

    Raises:
        PolicyOptionsError: there are more than 200 members, or a criterion cannot be written as a programme.
    """
    m = len(problem.members)
    if m > MOST_MEMBERS:
        raise PolicyOptionsError.of(
            "packages-too-many",
            f"{m} options are too many to choose packages from: at most {MOST_MEMBERS} are",
            "leave options out, or group them",
        )
    rules = (*problem.rules, *forced)
    knapsack = knapsack_of(problem, weights, rules, cautious=cautious) if enumerate_sums else None
    found = k_best(knapsack, k) if knapsack is not None else None
    all_counted = True
    if found is None:
        found, all_counted = _by_programme(problem, weights, k, rules, cautious=cautious)
    exact = [(package, overall_of(problem, weights, package)) for package, _ in found]
    return ranked_packages(exact, k, all_counted=all_counted)


def overall_of(problem: PackageProblem, weights: WeightVector, package: int) -> float:
    """The overall value of one package, of however many members."""
    shares = weights.along(problem.problem.criterion_ids)
    performances = performances_of_one(problem, package)
    return sum(
        float(share) * float(value_of(problem, column, performances[column : column + 1])[0])
        for column, share in enumerate(shares)
    )


def performances_of_one(problem: PackageProblem, package: int) -> Floats:
    """(n,) likely performances of one package, of however many members, where each combines by sum, highest or lowest."""
    parts, base = problem.bounds("likely")
    members = [member for member in range(len(problem.members)) if package >> member & 1]
    found = np.empty(len(base))
    for column, how in enumerate(problem.combinations):
        at = float(base[column])
        if how.rule == "add":
            performance = at + float((parts[members, column] - at).sum())
        else:
            counted = [float(parts[member, column]) for member in members if parts[member, column] != at]
            performance = (max if how.rule == "highest" else min)(counted) if counted else at
        for effect in problem.effects:
            if effect.column == column and all(package >> member & 1 for member in effect.members):
                performance += effect.likely
        found[column] = performance
    return found


def keeps_all(problem: PackageProblem, package: int, rules: tuple[Rule, ...], *, cautious: bool) -> bool:
    """Whether a package keeps rules and capacities, in exact numbers."""
    for resource in problem.resources:
        uses = resource.uses(cautious=cautious)
        used = sum((use for member, use in enumerate(uses) if package >> member & 1), Fraction(0))
        if used > resource.capacity:
            return False
    return all(keeps(package, rule) for rule in rules)


def knapsack_of(
    problem: PackageProblem, weights: WeightVector, rules: tuple[Rule, ...], *, cautious: bool
) -> Knapsack | None:
    """The problem as a knapsack; ``None`` where value is no sum over members, or uses do not fit whole numbers."""
    shares = weights.along(problem.problem.criterion_ids)
    parts, base = problem.bounds("likely")
    m = len(problem.members)
    values, start = np.zeros(m), 0.0
    if problem.effects:
        return None
    for column, (how, axis) in enumerate(zip(problem.combinations, problem.problem.criteria, strict=True)):
        steps = parts[:, column] - base[column]
        if how.rule != "add" or not isinstance(axis.value_function, Linear) or axis.red_line is not None:
            return None
        ends = base[column] + np.array([steps[steps < 0].sum(), steps[steps > 0].sum()])
        if np.isnan(steps).any() or (how.beyond != "extend" and off_scale(axis, ends).any()):
            return None
        slope = 100.0 / (axis.high - axis.low) * (1.0 if axis.direction == "more-is-better" else -1.0)
        values += shares[column] * slope * steps
        start += float(shares[column]) * float(axis.value_function(base[column : column + 1])[0])
    uses, capacities = [], []
    for resource in problem.resources:
        whole = in_whole_units(resource, resource.uses(cautious=cautious))
        if whole is None:
            return None
        uses.append(whole[0])
        capacities.append(min(whole[1], sum(whole[0])))
    kept = np.array(uses, dtype=np.int64).reshape(len(uses), m)
    return Knapsack(start, values, kept, np.array(capacities, dtype=np.int64), rules)


def _by_programme(
    problem: PackageProblem, weights: WeightVector, k: int, rules: tuple[Rule, ...], *, cautious: bool
) -> tuple[list[tuple[int, float]], bool]:
    """One package after another from the solver, each cut off before the next, until the next is worth less than the k-th.

    And whether that was reached: of more ties than are listed, the rest is not looked for.
    """
    shares = weights.along(problem.problem.criterion_ids)
    programme = written(problem, shares, rules, cautious=cautious)
    found: list[tuple[int, float]] = []
    while len(found) < k + MOST_LISTED:
        package = programme.best()
        if package is None:
            return found, True
        programme.cut(package)
        if not keeps_all(problem, package, rules, cautious=cautious):
            continue  # within the solver's tolerance, and not within the capacity
        value = overall_of(problem, weights, package)
        if len(found) >= k and value < sorted((v for _, v in found), reverse=True)[k - 1] - TIE:
            return found, True
        found.append((package, value))
    return found, False
