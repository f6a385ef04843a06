"""Which package is best on two sides, and what moved the gap between the two: weights by criterion, and performances.

The parts are those of Bennet (1920): each change counts at the mean of the other factor on both sides, so that they sum to the
change of the gap and do not depend on the direction.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from policy_options.analysis.packages.choosing import Packages
from policy_options.analysis.packages.dominance import values_of_packages
from policy_options.analysis.packages.problem import Rule

__all__ = ["PackageChange", "Ruled", "package_change"]

Ruled = tuple[str, tuple[str, ...], int | None]
"""A rule by its kind, the ids of its options, and its number."""


@dataclass(frozen=True, eq=False, slots=True)
class PackageChange:
    """The best packages by ids on either side. The gap is what the later one is worth more than the earlier one.

    Gaps and parts are ``None`` where a side lacks an option or a criterion of the other, or a score is unknown.
    ``by_weight`` and ``by_score`` have points by criterion, largest first; scores are all that scores, effects and rules of
    combination moved. ``earlier_kept`` says whether the earlier package keeps rules and capacities of the later side,
    ``later_kept`` whether the later one kept those of the earlier side.
    """

    before: Packages
    after: Packages
    earlier: tuple[str, ...]
    later: tuple[str, ...]
    earlier_kept: bool
    later_kept: bool
    gap_before: float | None = None
    gap_after: float | None = None
    by_weight: tuple[tuple[str, float], ...] = ()
    by_score: tuple[tuple[str, float], ...] = ()

    @property
    def by_performance(self) -> float:
        """All that scores, effects and rules of combination moved."""
        return sum(points for _, points in self.by_score)

    @property
    def capacities(self) -> tuple[tuple[str, Fraction | None, Fraction | None], ...]:
        """Resources whose capacity changed, with both; ``None`` where a side lacks the resource."""
        sides = [{one.id: one.capacity for one in side.problem.resources} for side in (self.before, self.after)]
        ids = dict.fromkeys((*sides[0], *sides[1]))
        return tuple((id, sides[0].get(id), sides[1].get(id)) for id in ids if sides[0].get(id) != sides[1].get(id))

    @property
    def rules(self) -> tuple[tuple[Ruled, ...], tuple[Ruled, ...]]:
        """The rules that are new, and those that are gone, each by kind, ids and number."""
        old, new = ([_ruled(side, rule) for rule in side.problem.rules] for side in (self.before, self.after))
        return tuple(rule for rule in new if rule not in old), tuple(rule for rule in old if rule not in new)

    @property
    def changed(self) -> bool:
        """Whether another package is best."""
        return set(self.earlier) != set(self.later)


def _ruled(side: Packages, rule: Rule) -> Ruled:
    names = [side.problem.ids[member] for member in rule.members]
    ordered = (*names[:1], *sorted(names[1:])) if rule.kind == "requires" else tuple(sorted(names))
    return rule.kind, ordered, rule.number


def _kept(side: Packages, ids: tuple[str, ...]) -> bool:
    """Whether a side has all of these options, and admits their package."""
    if not set(ids) <= set(side.problem.ids):
        return False
    package = side.problem.package(ids)
    if side.every is not None:
        return bool(side.every.admitted[package])
    from policy_options.analysis.packages.many import keeps_all  # few problems are so large

    return keeps_all(side.problem, package, side.problem.rules, cautious=side.settings.cautious)


def package_change(before: Packages, after: Packages) -> PackageChange:
    """Compare the best packages of two sides."""
    earlier = before.problem.names(before.recommended)
    later = after.problem.names(after.recommended)
    ids = set(earlier) | set(later)
    known = ids <= set(before.problem.ids) and ids <= set(after.problem.ids)
    kept = _kept(after, earlier), _kept(before, later)
    found = PackageChange(before, after, earlier, later, *kept)
    criteria = before.problem.problem.criterion_ids
    comparable = known and set(criteria) == set(after.problem.problem.criterion_ids)
    if not comparable or before.every is None or after.every is None:
        return found
    if before.every.open_share is not None or after.every.open_share is not None:
        return found
    differences, shares = [], []
    for side in (before, after):
        packages = np.array([side.problem.package(later), side.problem.package(earlier)], dtype=np.int64)
        values = values_of_packages(side.problem, packages)
        order = [side.problem.problem.criterion_ids.index(id) for id in criteria]
        differences.append((values[0] - values[1])[order])
        shares.append(side.weights.along(criteria))
    weight = (shares[1] - shares[0]) * (differences[0] + differences[1]) / 2
    performance = (differences[1] - differences[0]) * (shares[0] + shares[1]) / 2
    by_weight, by_score = (
        tuple(sorted(zip(criteria, part.tolist(), strict=True), key=lambda pair: -abs(pair[1])))
        for part in (weight, performance)
    )
    return PackageChange(
        before,
        after,
        earlier,
        later,
        *kept,
        float(shares[0] @ differences[0]),
        float(shares[1] @ differences[1]),
        by_weight,
        by_score,
    )
