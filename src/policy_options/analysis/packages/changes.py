"""Which package is best on two sides, and what moved the gap between the two: weights by criterion, and performances.

The parts are those of Bennet (1920): each change counts at the mean of the other factor on both sides, so that they sum to the
change of the gap and do not depend on the direction.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from policy_options.analysis.packages.choosing import Packages
from policy_options.analysis.packages.dominance import values_of_packages

__all__ = ["PackageChange", "package_change"]


@dataclass(frozen=True, eq=False, slots=True)
class PackageChange:
    """The best packages by ids on either side. The gap is what the later one is worth more than the earlier one.

    Gaps and parts are ``None`` where a side lacks an option or a criterion of the other, or a score is unknown.
    ``by_weight`` has points by criterion, largest first; ``by_performance`` is all that scores, effects and rules of combination
    moved. ``earlier_kept`` says whether the earlier package keeps rules and capacities of the later side.
    """

    before: Packages
    after: Packages
    earlier: tuple[str, ...]
    later: tuple[str, ...]
    earlier_kept: bool
    gap_before: float | None = None
    gap_after: float | None = None
    by_weight: tuple[tuple[str, float], ...] = ()
    by_performance: float = 0.0

    @property
    def changed(self) -> bool:
        """Whether another package is best."""
        return set(self.earlier) != set(self.later)


def package_change(before: Packages, after: Packages) -> PackageChange:
    """Compare the best packages of two sides."""
    earlier = before.problem.names(before.recommended)
    later = after.problem.names(after.recommended)
    ids = set(earlier) | set(later)
    known = ids <= set(before.problem.ids) and ids <= set(after.problem.ids)
    kept = False
    if known and after.every is not None:
        kept = bool(after.every.admitted[after.problem.package(earlier)])
    found = PackageChange(before, after, earlier, later, kept)
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
    ordered = sorted(zip(criteria, weight.tolist(), strict=True), key=lambda pair: -abs(pair[1]))
    return PackageChange(
        before,
        after,
        earlier,
        later,
        kept,
        float(shares[0] @ differences[0]),
        float(shares[1] @ differences[1]),
        tuple(ordered),
        float(performance.sum()),
    )
