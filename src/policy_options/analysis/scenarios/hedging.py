"""Steps from a package to another near it that lower its largest regret: the hedge."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from policy_options.analysis.additive import TIE
from policy_options.analysis.packages.problem import PackageProblem, as_mask, members_of

__all__ = ["NO_STEPS", "Judging", "Step", "Steps", "steps_from"]


@dataclass(frozen=True, slots=True)
class Step:
    """Another package near one, by the members it has more and less, and by how much it lowers the largest regret.

    ``short`` is what it would need more of than there is, by resource.
    """

    adds: tuple[int, ...]
    drops: tuple[int, ...]
    package: int
    largest: float
    lowers: float
    short: tuple[tuple[str, Fraction], ...] = ()


@dataclass(frozen=True, slots=True)
class Steps:
    """What lowers the largest regret of a package most: an addition that fits (``hedge``), one member for another
    (``exchange``), and an addition that capacities do not admit (``beyond``). ``None`` where nothing of the kind lowers it."""

    hedge: Step | None
    exchange: Step | None
    beyond: Step | None


NO_STEPS: Final = Steps(None, None, None)
"""Where nothing lowers it."""


@dataclass(frozen=True, eq=False)
class Judging:
    """What is asked of packages near the advice: their largest regret, whether every scenario admits them, and whether it would
    but for capacities."""

    largest: Callable[[int], float]
    admitted: Callable[[int], bool]
    allowed: Callable[[int], bool]


def steps_from(problem: PackageProblem, advice: int, judging: Judging, *, exchanges: bool = True) -> Steps:
    """The addition, the exchange and the addition beyond a capacity that lower the largest regret of the advice most."""
    held, others = members_of(advice), [m for m in range(len(problem.members)) if not advice >> m & 1]
    added = [advice | _with_needs(problem, member) for member in others]
    swapped = [(advice & ~(1 << out)) | _with_needs(problem, into) for out in held for into in others if exchanges]
    start = judging.largest(advice)

    def best(packages: Iterable[int]) -> Step | None:
        found = [(judging.largest(package), package.bit_count(), package) for package in dict.fromkeys(packages)]
        if not found:
            return None
        least = min(found)[0]
        largest, _, package = min((one for one in found if one[0] <= least + TIE), key=lambda one: one[1:])
        if start - largest <= TIE:
            return None
        return Step(
            members_of(package & ~advice),
            members_of(advice & ~package),
            package,
            largest,
            start - largest,
            tuple(_short(problem, package)),
        )

    return Steps(
        best(package for package in added if judging.admitted(package)),
        best(package for package in swapped if judging.admitted(package)),
        best(package for package in added if judging.allowed(package) and not judging.admitted(package)),
    )


def _with_needs(problem: PackageProblem, member: int) -> int:
    """A member with those that rules require with it."""
    found = {member}
    while True:
        needed = {
            m for rule in problem.rules if rule.kind == "requires" and rule.members[0] in found for m in rule.members
        }
        if needed <= found:
            return as_mask(found)
        found |= needed


def _short(problem: PackageProblem, package: int) -> Iterator[tuple[str, Fraction]]:
    """What a package needs more of than there is, by resource."""
    for resource in problem.resources:
        used = sum((resource.likely[member] for member in members_of(package)), Fraction(0))
        if used > resource.capacity:
            yield resource.id, used - resource.capacity
