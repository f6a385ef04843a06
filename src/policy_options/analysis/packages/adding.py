"""In which order to add the members of a package, and what to drop if a capacity is cut."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from policy_options.analysis.additive import TIE
from policy_options.analysis.packages.problem import Rule, members_of
from policy_options.analysis.packages.rules import keeps
from policy_options.analysis.packages.table import PackageTable, uses_of_all

__all__ = ["Added", "Cut", "order_of_adding", "what_to_drop"]

_MOST_MEMBERS = 16


@dataclass(frozen=True, slots=True)
class Added:
    """A step on the way to a package: the members that are added (together, where rules admit none alone), and what the part is
    worth then; ``gain`` is what the step adds."""

    members: tuple[int, ...]
    package: int
    value: float
    gain: float


@dataclass(frozen=True, slots=True)
class Cut:
    """What to drop from a package if a resource falls short of what it uses.

    ``below`` is the use under which the package no longer fits, ``part`` the best part of it that then fits, ``instead`` the best
    package of all that fits; either is ``None`` where rules leave none.
    """

    resource: str
    below: Fraction
    part: int | None
    part_value: float | None
    instead: int | None
    instead_value: float | None


def _on_the_way(rules: tuple[Rule, ...], package: int) -> bool:
    """Whether a part of a package may be had for a while: what has to be done at the end need not be done at once."""
    return all(rule.kind in ("always", "at-least", "exactly") or keeps(package, rule) for rule in rules)


def order_of_adding(table: PackageTable, package: int) -> tuple[Added, ...]:
    """The members in the order in which each next step is worth most, of the steps that rules admit on the way.

    A greedy order: each part is the best that one more step reaches, and not the best of its size. Steps of several members are
    taken where rules admit no smaller one.
    """
    members, reached, steps = members_of(package), 0, []
    if len(members) > _MOST_MEMBERS:
        return ()
    while reached != package:
        left = [member for member in members if not reached >> member & 1]
        parts = [sum(1 << m for i, m in enumerate(left) if pick >> i & 1) for pick in range(1, 1 << len(left))]
        for size in range(1, len(left) + 1):
            nexts = [reached | part for part in parts if part.bit_count() == size]
            possible = [one for one in nexts if _on_the_way(table.problem.rules, one) and _eligible(table, one)]
            if possible or size == len(left):
                best = max(possible or [package], key=lambda one: (float(table.overall[one]), -one))
                value, before = float(table.overall[best]), float(table.overall[reached])
                steps.append(Added(members_of(best & ~reached), best, value, value - before))
                reached = best
                break
    return tuple(steps)


def _eligible(table: PackageTable, package: int) -> bool:
    return table.named is None or bool(table.named[package])


def what_to_drop(table: PackageTable, package: int) -> tuple[Cut, ...]:
    """For each resource that a package uses: the best part of it, and the best package, that fit when there is less of it."""
    found = []
    for resource in table.problem.resources:
        used, _ = uses_of_all(resource, cautious=table.cautious)
        uses = resource.uses(cautious=table.cautious)
        below = sum((uses[member] for member in members_of(package)), Fraction(0))
        if below == 0:
            continue
        fits = table.admitted_but_for(resource.id) & (used < used[package])
        packages = np.flatnonzero(fits)
        parts = packages[packages & ~package == 0]
        best = [_best_of(table, some) for some in (parts, packages)]
        values = [None if one is None else float(table.overall[one]) for one in best]
        found.append(Cut(resource.id, below, best[0], values[0], best[1], values[1]))
    return tuple(found)


def _best_of(table: PackageTable, packages: np.ndarray) -> int | None:
    if not len(packages):
        return None
    values = table.overall[packages]
    tied = packages[values >= values.max() - TIE]
    return int(tied[np.lexsort((tied, np.bitwise_count(tied)))[0]])
