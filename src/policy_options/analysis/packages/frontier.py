"""What more of a resource buys: every efficient package over all capacities of one resource, the others at their capacity.

A package is efficient where none that uses as much or less is worth as much or more. Those on the convex hull are found by value
for money alone; the others are not, which is why a list by value for money is not a plan.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from policy_options.analysis.additive import TIE
from policy_options.analysis.packages.best import MOST_LISTED
from policy_options.analysis.packages.table import PackageTable, uses_of_all

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Frontier", "Step", "frontier", "frontier_of_points"]

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

_BINS: Final = 1 << 14
"""Steps into which uses are cut to pass over most packages at a glance; those that are left are sorted."""


@dataclass(frozen=True, slots=True)
class Step:
    """A point of the frontier: what is used, what the best is then worth, and the packages that reach it.

    ``tied`` counts them all; at most a hundred are listed. ``nested`` says whether one of them contains one of the step before,
    as far as that was itself reached so; ``on_hull`` whether the point is a corner of the convex hull.
    """

    use: Fraction
    value: float
    packages: tuple[int, ...]
    tied: int
    on_hull: bool = False
    nested: bool = True


@dataclass(frozen=True, slots=True)
class Frontier:
    """The efficient packages over all capacities of one resource, from the least use on."""

    resource: str
    capacity: Fraction
    steps: tuple[Step, ...]

    @property
    def nested(self) -> bool:
        """Whether the best packages contain one another, so that one order of adding serves every capacity."""
        return all(step.nested for step in self.steps)

    @property
    def first_break(self) -> tuple[Step, Step] | None:
        """The first two steps of which the second does not contain the first."""
        pairs = zip(self.steps, self.steps[1:], strict=False)
        return next(((before, after) for before, after in pairs if not after.nested), None)

    @property
    def at_capacity(self) -> int | None:
        """The place of the step that is reached with the capacity; ``None`` where not even the first is."""
        places = [place for place, step in enumerate(self.steps) if step.use <= self.capacity]
        return places[-1] if places else None

    @property
    def next_step(self) -> Step | None:
        """The step that more than the capacity would reach first."""
        return next((step for step in self.steps if step.use > self.capacity), None)


def frontier(table: PackageTable, resource: str) -> Frontier:
    """The frontier of value against one resource."""
    found = table.problem.resource(resource)
    used, unit = uses_of_all(found, cautious=table.cautious)
    chosen = np.flatnonzero(table.admitted_but_for(resource))
    whole = used.dtype.kind == "i"
    packages = _promising(used[chosen], table.overall[chosen], chosen)
    uses = found.uses(cautious=table.cautious)

    def use_of(package: int) -> Fraction:
        if whole:
            return Fraction(int(used[package]), int(unit))
        return sum((use for member, use in enumerate(uses) if package >> member & 1), Fraction(0))

    points = [(use_of(int(package)), float(table.overall[package]), int(package)) for package in packages]
    return frontier_of_points(resource, found.capacity, points)


def _promising(used: NDArray[Any], values: Floats, packages: Integers) -> Integers:
    """The packages that are not worth less than one that surely uses less: all efficient ones, and not many others."""
    if len(packages) < 4 * _BINS:
        order = np.lexsort((-values, used))
        best_before = np.concatenate(([-np.inf], np.maximum.accumulate(values[order])[:-1]))
        return packages[order[values[order] >= best_before - TIE]]
    most = int(used.max()) + 1
    bins = used if most <= _BINS else (used * (_BINS / most)).astype(np.int32)
    best = np.full(int(bins.max()) + 1, -np.inf)
    np.maximum.at(best, bins, values)
    before = np.concatenate(([-np.inf], np.maximum.accumulate(best)[:-1]))
    left = np.flatnonzero(values >= before[bins] - TIE)
    order = left[np.lexsort((-values[left], used[left]))]
    best_before = np.concatenate(([-np.inf], np.maximum.accumulate(values[order])[:-1]))
    return packages[order[values[order] >= best_before - TIE]]


def frontier_of_points(resource: str, capacity: Fraction, points: Sequence[tuple[Fraction, float, int]]) -> Frontier:
    """The frontier of some packages, each with its use and value; those that are not efficient are passed over."""
    steps: list[Step] = []
    by_use: dict[Fraction, list[tuple[float, int]]] = {}
    for use, value, package in points:
        by_use.setdefault(use, []).append((value, package))
    best = -np.inf
    for use in sorted(by_use):
        here = max(value for value, _ in by_use[use])
        if here > best + TIE:
            tied = sorted((p for value, p in by_use[use] if value >= here - TIE), key=lambda p: (p.bit_count(), p))
            steps.append(Step(use, here, tuple(tied[:MOST_LISTED]), len(tied)))
            best = here
    return Frontier(resource, capacity, _chained(_with_hull(steps)))


def _with_hull(steps: list[Step]) -> list[Step]:
    """Mark the strict corners of the upper hull of use and value."""
    corners: list[int] = []
    for place, step in enumerate(steps):
        while len(corners) >= 2:
            first, middle = steps[corners[-2]], steps[corners[-1]]
            rise = (middle.value - first.value) * float(step.use - first.use)
            needed = (step.value - first.value) * float(middle.use - first.use)
            if rise > needed + TIE * max(1.0, float(step.use - first.use)):
                break
            corners.pop()
        corners.append(place)
    on = set(corners)
    return [Step(s.use, s.value, s.packages, s.tied, place in on) for place, s in enumerate(steps)]


def _chained(steps: list[Step]) -> tuple[Step, ...]:
    """Mark the steps of which some package contains one of the step before; after a break the chain begins again."""
    found: list[Step] = []
    reached: tuple[int, ...] = ()
    for place, step in enumerate(steps):
        on = tuple(p for p in step.packages if any(q & p == q for q in reached))
        nested = place == 0 or bool(on)
        reached = on or step.packages
        found.append(Step(step.use, step.value, step.packages, step.tied, step.on_hull, nested))
    return tuple(found)
