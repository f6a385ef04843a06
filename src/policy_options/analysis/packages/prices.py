"""What rules, and forcing an option in or out, cost in value points; and the regret of a package under each weight set."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from policy_options.analysis.packages.best import best_value, forced_values
from policy_options.analysis.packages.problem import PackageProblem, Rule
from policy_options.analysis.packages.table import PackageTable, enumerate_packages
from policy_options.analysis.problem import WeightVector

__all__ = ["ForcedPrice", "Regret", "RulePrice", "forced_prices", "regrets", "rule_prices"]


@dataclass(frozen=True, slots=True)
class RulePrice:
    """What the best package would be worth more without one rule (counted from 0), and which it would be."""

    rule: int
    price: float
    value: float
    package: int


@dataclass(frozen=True, slots=True)
class ForcedPrice:
    """What it costs to have a member in (``inside``) or out when the best package has it otherwise.

    ``price`` is ``None`` where no package is left.
    """

    member: int
    inside: bool
    price: float | None
    value: float | None
    package: int | None


@dataclass(frozen=True, slots=True)
class Regret:
    """What a package is worth less than the best one under a weight set; ``best`` is that one."""

    weights: str
    points: float
    value: float
    best: int
    best_value: float


def rule_prices(table: PackageTable) -> tuple[RulePrice, ...]:
    """The price of each rule, the others being kept."""
    best = best_value(table.overall, table.admitted)
    found = []
    for number in range(len(table.problem.rules)):
        without = best_value(table.overall, table.admitted_without_rule(number))
        if without is not None:
            price = without[0] - best[0] if best is not None else float("inf")
            found.append(RulePrice(number, price, *without))
    return tuple(found)


def forced_prices(table: PackageTable) -> tuple[ForcedPrice, ...]:
    """For each member the price of having it the other way round than the best package has it."""
    best = best_value(table.overall, table.admitted)
    if best is None:
        return ()
    value, package = best
    found = []
    for member, both in enumerate(forced_values(table.overall, table.admitted, len(table.problem.members))):
        inside = not package >> member & 1
        other = both[0] if inside else both[1]
        if other is None:
            found.append(ForcedPrice(member, inside, None, None, None))
        else:
            found.append(ForcedPrice(member, inside, max(0.0, value - other[0]), *other))
    return tuple(found)


def regrets(
    problem: PackageProblem,
    package: int,
    sets: Iterable[WeightVector],
    *,
    cautious: bool = False,
    forced: tuple[Rule, ...] = (),
) -> tuple[Regret, ...]:
    """The regret of a package under each of several weight sets, against the best that rules and capacities admit."""
    found = []
    for weights in sets:
        table = enumerate_packages(problem, weights, cautious=cautious, forced=forced)
        best = best_value(table.overall, table.admitted)
        if best is not None:
            value = float(table.overall[package])
            found.append(Regret(weights.id, max(0.0, best[0] - value), value, best[1], best[0]))
    return tuple(found)
