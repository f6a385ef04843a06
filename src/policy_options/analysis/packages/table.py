"""Every package of up to 22 members at once: what each is worth, which rules and capacities it keeps, and where it is held.

One array over all packages is held for values, and a byte or two a package for the rest: at 22 members about 100 MB.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from math import lcm
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from policy_options.analysis.packages.performances import (
    all_performances,
    named_packages,
    off_scale,
    refuse_off_scale,
    sums,
    value_of,
)
from policy_options.analysis.packages.problem import MOST_ENUMERATED, PackageProblem, Resource, Rule
from policy_options.analysis.packages.rules import violations
from policy_options.analysis.value_functions import Linear
from policy_options.errors import PolicyOptionsError

if TYPE_CHECKING:
    from policy_options.analysis.problem import WeightVector

__all__ = ["PackageTable", "enumerate_packages", "in_whole_units", "uses_of_all"]

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Integers = NDArray[np.int64]

_EXACT_INTEGERS = 2**62


def in_whole_units(resource: Resource, uses: tuple[Fraction, ...]) -> tuple[tuple[int, ...], int, int] | None:
    """Uses and capacity in a unit of which all are multiples, and how many units make 1; ``None`` where they are too many."""
    unit = lcm(*(number.denominator for number in (*uses, resource.capacity)))
    whole = tuple(int(use * unit) for use in uses)
    if sum(whole) >= _EXACT_INTEGERS or unit >= _EXACT_INTEGERS:
        return None
    return whole, min(int(resource.capacity * unit), _EXACT_INTEGERS), unit


def uses_of_all(resource: Resource, *, cautious: bool) -> tuple[NDArray[Any], float]:
    """(2^m,) what every package uses of a resource, in whole units where they fit, and how many units make 1."""
    uses = resource.uses(cautious=cautious)
    whole = in_whole_units(resource, uses)
    if whole is None:
        return sums(0.0, np.array([float(use) for use in uses]), []), 1.0
    parts, _, unit = whole
    kind = np.int32 if sum(parts) < 2**31 else np.int64
    out = np.zeros(1 << len(parts), dtype=kind)
    for member, part in enumerate(parts):
        half = 1 << member
        np.add(out[:half], kind(part), out=out[half : 2 * half])
    return out, float(unit)


def fits(resource: Resource, used: NDArray[Any], *, cautious: bool) -> Flags:
    """(2^m,) whether each package keeps to the capacity: exactly, by whole units, or by fractions where it is close."""
    uses = resource.uses(cautious=cautious)
    whole = in_whole_units(resource, uses)
    if whole is not None:
        return np.asarray(used <= whole[1])
    capacity = float(resource.capacity)
    within = np.asarray(used <= capacity)
    for package in np.flatnonzero(np.abs(used - capacity) <= 1e-9 * max(capacity, 1.0)).tolist():
        total = sum((use for member, use in enumerate(uses) if package >> member & 1), Fraction(0))
        within[package] = total <= resource.capacity
    return within


@dataclass(frozen=True, eq=False)
class PackageTable:
    """2^m packages under one weight vector.

    ``overall`` are overall values, with what is unknown at its worst; ``open_share`` is the weight of unknown performances,
    ``None`` where none is. ``broken`` counts the rules that each package breaks, ``first_broken`` adds up their numbers (from 1):
    where one is broken, it is that. ``within`` says by resource who keeps to its capacity, ``meets`` who keeps to all red
    lines, ``held`` who is held at the end of a scale, ``named`` who has a score on every criterion.
    """

    problem: PackageProblem
    weights: WeightVector
    cautious: bool
    overall: Floats
    open_share: Floats | None
    broken: NDArray[np.uint8]
    first_broken: NDArray[np.uint16]
    within: dict[str, Flags]
    meets: Flags | None
    held: Flags | None
    named: Flags | None

    @property
    def size(self) -> int:
        """How many packages there are."""
        return len(self.overall)

    def _all(self, *parts: Flags | None) -> Flags:
        found = np.ones(self.size, dtype=np.bool_)
        for part in parts:
            if part is not None:
                found &= part
        return found

    @cached_property
    def eligible(self) -> Flags:
        """Packages that have a score everywhere and keep to red lines: all that rules and capacities choose from."""
        return self._all(self.meets, self.named)

    @cached_property
    def allowed(self) -> Flags:
        """Packages that are eligible and keep all rules."""
        return self._all(self.eligible, self.broken == 0)

    @cached_property
    def admitted(self) -> Flags:
        """Packages that keep all rules and capacities."""
        return self._all(self.allowed, *self.within.values())

    def admitted_but_for(self, resource: str) -> Flags:
        """Packages that keep all rules and every other capacity."""
        return self._all(self.allowed, *(flags for name, flags in self.within.items() if name != resource))

    def admitted_without_rule(self, number: int) -> Flags:
        """Packages that keep capacities and every rule but one (counted from 0)."""
        free = (self.broken == 0) | ((self.broken == 1) & (self.first_broken == number + 1))
        return self._all(self.eligible, free, *self.within.values())


def enumerate_packages(
    problem: PackageProblem, weights: WeightVector, *, cautious: bool = False, forced: tuple[Rule, ...] = ()
) -> PackageTable:
    """Value every package, and judge it by rules, capacities and red lines.

    ``forced`` are rules that were asked for on top of those of the problem.

    Raises:
        PolicyOptionsError: there are more than 22 members; a package that rules admit leaves a scale and nothing says what that
            means.
    """
    m = len(problem.members)
    if m > MOST_ENUMERATED:
        raise PolicyOptionsError.of(
            "packages-too-many",
            f"{m} options make too many packages to look at each: at most {MOST_ENUMERATED} are",
            "ask for the best packages alone, or leave options out",
        )
    broken, first_broken = np.zeros(1 << m, dtype=np.uint8), np.zeros(1 << m, dtype=np.uint16)
    for number, rule in enumerate(problem.rules, start=1):
        breaks = violations(rule, m)
        broken += breaks
        np.add(first_broken, np.uint16(number), out=first_broken, where=breaks)
    for rule in forced:
        breaks = violations(rule, m)
        np.putmask(broken, breaks, 255)
    within = {}
    for resource in problem.resources:
        used, _ = uses_of_all(resource, cautious=cautious)
        within[resource.id] = fits(resource, used, cautious=cautious)
    found = PackageTable(
        problem, weights, cautious, np.empty(1 << m), None, broken, first_broken, within, None, None, _named(problem, m)
    )
    return _valued(found)


def _named(problem: PackageProblem, members: int) -> Flags | None:
    named = named_packages(problem)
    if named is None:
        return None
    flags = np.zeros(1 << members, dtype=np.bool_)
    flags[named] = True
    return flags


def _valued(table: PackageTable) -> PackageTable:
    """The table with values. Criteria that are sums on a straight line are added up per member first, the others one by one."""
    problem, m = table.problem, len(table.problem.members)
    shares = table.weights.along(problem.problem.criterion_ids)
    parts, base = problem.bounds("likely")
    start, per_member = 0.0, np.zeros(m)
    extras: dict[frozenset[int], float] = {}
    others: Floats | None = None
    open_share = meets = held = None
    judged = _Judge(table)
    for column, axis in enumerate(problem.problem.criteria):
        how, share = problem.combinations[column], float(shares[column])
        stays = _stays_on_scale(problem, column)
        known = not (np.isnan(parts[:, column]).any() or np.isnan(base[column]))
        straight = how.rule == "add" and isinstance(axis.value_function, Linear) and (stays or how.beyond == "extend")
        if straight and known and axis.red_line is None:
            slope = 100.0 * share / (axis.high - axis.low) * (1.0 if axis.direction == "more-is-better" else -1.0)
            start += share * float(axis.value_function(base[column : column + 1])[0])
            per_member += slope * (parts[:, column] - base[column])
            for effect in problem.effects:
                if effect.column == column:
                    extras[effect.members] = extras.get(effect.members, 0.0) + slope * effect.likely
            continue
        performance = all_performances(problem, column)
        if not stays:
            off = off_scale(axis, performance)
            if how.beyond is None:
                judged.refuse(off, column, performance)
            elif how.beyond == "hold" and share > 0.0:
                held = off if held is None else held | off
        if axis.red_line is not None:
            sign = 1.0 if axis.direction == "more-is-better" else -1.0
            keeps = ~(sign * performance < sign * axis.red_line - 1e-9 * (axis.high - axis.low))
            meets = keeps if meets is None else meets & keeps
        if share == 0.0:
            continue
        unknown = np.isnan(performance)
        if table.named is not None:
            unknown &= table.named
            performance[~table.named] = axis.low
        value = value_of(problem, column, performance)
        if unknown.any():
            value[np.isnan(performance)] = 0.0
            open_share = share * unknown if open_share is None else open_share + share * unknown
        value *= share
        others = value if others is None else np.add(others, value, out=others)
    overall = sums(start, per_member, list(extras.items()))
    if others is not None:
        overall += others
    return replace(table, overall=overall, open_share=open_share, meets=meets, held=held)


class _Judge:
    """Finds the first package that leaves a scale, of those that rules admit and that break at most one capacity."""

    def __init__(self, table: PackageTable) -> None:
        self._table = table
        self._asked: Flags | None = None

    def refuse(self, off: Flags, column: int, performance: Floats) -> None:
        """Raise for the first of them, if any."""
        table = self._table
        if self._asked is None:
            over = np.zeros(table.size, dtype=np.uint8)
            for flags in table.within.values():
                over += ~flags
            self._asked = (table.broken == 0) & (over <= 1)
            if table.named is not None:
                self._asked &= table.named
        packages = np.flatnonzero(off & self._asked)
        if len(packages):
            sizes = np.bitwise_count(packages)
            first = int(packages[np.lexsort((packages, sizes))[0]])
            raise refuse_off_scale(table.problem, column, first, float(performance[first]))


def _stays_on_scale(problem: PackageProblem, column: int) -> bool:
    """Whether no package can leave a scale, by the sum of all that raises it and of all that lowers it."""
    how, axis = problem.combinations[column], problem.problem.criteria[column]
    effects = [effect.likely for effect in problem.effects if effect.column == column]
    if how.rule == "judged" or axis.levels:
        return True
    parts, at = (array.T[column] for array in problem.bounds("likely"))
    if np.isnan(parts).any() or np.isnan(at):
        return False

    def gained(numbers: Floats) -> Floats:
        return np.array([numbers[numbers < 0].sum(), numbers[numbers > 0].sum()])

    if how.rule == "add":
        least, most = float(at) + gained(np.concatenate((parts - at, effects)))
    else:  # within the scale by themselves: the limit of an independent criterion may be beyond it
        ends = [float(at), *parts.tolist(), *([how.limit] if how.limit is not None else [])]
        least, most = np.array([min(ends), max(ends)]) + gained(np.array(effects or [0.0]))
    return not bool(off_scale(axis, np.array([least, most])).any())
