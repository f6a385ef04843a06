"""What else is computed of more members than can be looked at one by one, where value is a sum: frontiers and prices."""

from __future__ import annotations

from typing import Literal

from policy_options.analysis.packages.branching import k_best
from policy_options.analysis.packages.frontier import Frontier
from policy_options.analysis.packages.frontier_of_many import frontier_by_use
from policy_options.analysis.packages.many import knapsack_of, overall_of
from policy_options.analysis.packages.prices import ForcedPrice, RulePrice
from policy_options.analysis.packages.problem import PackageProblem, Rule
from policy_options.analysis.packages.table import in_whole_units
from policy_options.analysis.problem import WeightVector

__all__ = ["forced_prices_of_many", "frontiers_of_many", "rule_prices_of_many"]


def frontiers_of_many(
    problem: PackageProblem, weights: WeightVector, *, cautious: bool = False, forced: tuple[Rule, ...] = ()
) -> dict[str, Frontier] | Literal["sum", "rules", "uses"]:
    """The frontier of each resource, or what puts it out of reach: value is no sum over members that whole numbers of uses limit,
    a rule is more than that a member is in or out, or there are too many different uses."""
    knapsack = knapsack_of(problem, weights, (*problem.rules, *forced), cautious=cautious)
    if knapsack is None:
        return "sum"
    found = {}
    for row, resource in enumerate(problem.resources):
        whole = in_whole_units(resource, resource.uses(cautious=cautious))
        assert whole is not None, "of a knapsack all are"
        each = frontier_by_use(knapsack, row, resource.id, resource.capacity, whole[2])
        if isinstance(each, str):
            return each
        found[resource.id] = each
    return found


def forced_prices_of_many(
    problem: PackageProblem,
    weights: WeightVector,
    best: int,
    best_value: float,
    *,
    cautious: bool = False,
    forced: tuple[Rule, ...] = (),
) -> tuple[ForcedPrice, ...] | None:
    """The price of having each member the other way round, by branch and bound; ``None`` where that does not reach."""
    found = []
    for member in range(len(problem.members)):
        inside = not best >> member & 1
        other = Rule("always" if inside else "never", (member,))
        left = _best(problem, weights, (*problem.rules, *forced, other), cautious=cautious)
        if left is None:
            return None
        if left == "none":
            found.append(ForcedPrice(member, inside, None, None, None))
        else:
            value, package = left
            found.append(ForcedPrice(member, inside, max(0.0, best_value - value), value, package))
    return tuple(found)


def rule_prices_of_many(
    problem: PackageProblem,
    weights: WeightVector,
    best_value: float,
    *,
    cautious: bool = False,
    forced: tuple[Rule, ...] = (),
) -> tuple[RulePrice, ...] | None:
    """The price of each rule, by branch and bound; ``None`` where that does not reach."""
    found = []
    for number in range(len(problem.rules)):
        rules = (*problem.rules[:number], *problem.rules[number + 1 :], *forced)
        left = _best(problem, weights, rules, cautious=cautious)
        if left is None:
            return None
        if left != "none":
            value, package = left
            found.append(RulePrice(number, max(0.0, value - best_value), value, package))
    return tuple(found)


def _best(
    problem: PackageProblem, weights: WeightVector, rules: tuple[Rule, ...], *, cautious: bool
) -> tuple[float, int] | Literal["none"] | None:
    """The best value and the package that has it with the fewest members; nothing where rules leave none."""
    knapsack = knapsack_of(problem, weights, rules, cautious=cautious)
    found = None if knapsack is None else k_best(knapsack, 1)
    if found is None:
        return None
    if not found:
        return "none"
    package = min((one for one, _ in found), key=lambda one: (one.bit_count(), one))
    return overall_of(problem, weights, package), package
