"""In what share of the ways of weighting each package is best, and each option is in the best one; scores are as likely.

Only packages that no other beats throughout the region can be best somewhere in it: they are ranked like options, by the kernels
of ``acceptability``, exactly where these reach and by a sample with its error elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from policy_options.analysis.acceptability.exact import MOST_VERTICES, NotExact, exact_acceptability
from policy_options.analysis.acceptability.results import Acceptability
from policy_options.analysis.acceptability.sampled import Precision, sampled_acceptability
from policy_options.analysis.packages.dominance import non_dominated, values_of_packages
from policy_options.analysis.packages.performances import bits_of
from policy_options.analysis.packages.problem import PackageProblem
from policy_options.analysis.problem import CriterionAxis, OptionAxis, Problem, frozen
from policy_options.analysis.value_functions import Linear
from policy_options.analysis.weight_region import WeightRegion

__all__ = ["PackageShares", "package_shares"]

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Integers = NDArray[np.int64]

_MOST_RIVALS: Final = 2_000
_PRECISION: Final = Precision()


@dataclass(frozen=True, eq=False, slots=True)
class PackageShares:
    """``packages`` that are best somewhere with their shares, most often first; ``members`` (m,) how often each is in the best.

    Packages that tie share the ways of weighting in which they do evenly.
    """

    packages: Integers
    shares: Floats
    members: Floats
    acceptability: Acceptability

    @property
    def exact(self) -> bool:
        """Whether these are no estimates."""
        return self.acceptability.exact

    @property
    def half_width(self) -> float:
        """The 95% half-width of the worst share; nothing where they are exact."""
        return self.acceptability.half_width


def package_shares(
    problem: PackageProblem,
    admitted: Flags,
    points: Floats,
    region: WeightRegion,
    *,
    seed: int,
    precision: Precision = _PRECISION,
    most_vertices: int = MOST_VERTICES,
) -> PackageShares | None:
    """Shares over a region with these extreme points; ``None`` where too many packages could be best."""
    rivals = non_dominated(problem, admitted, points, ranges=False)
    if rivals is None or not 1 <= len(rivals.packages) <= _MOST_RIVALS:
        return None
    table = _as_options(problem, rivals.packages)
    found = exact_acceptability(table, region, most_vertices=most_vertices)
    if isinstance(found, NotExact):
        found = sampled_acceptability(table, region, uncertainty=None, seed=seed, precision=precision)
    first = found.first
    order = np.lexsort((rivals.packages, -first))
    order = order[first[order] > 0.0]
    members = first @ bits_of(rivals.packages, len(problem.members))
    return PackageShares(rivals.packages[order], frozen(first[order]), frozen(members), found)


def _as_options(problem: PackageProblem, packages: Integers) -> Problem:
    """Packages as the options of a problem, each performance being its value already."""
    values = values_of_packages(problem, packages)
    axes = tuple(
        CriterionAxis(
            axis.id, axis.title, axis.short, "", "more-is-better", 0.0, 100.0, Linear(0.0, 100.0, "more-is-better")
        )
        for axis in problem.problem.criteria
    )
    options = tuple(OptionAxis(name, name, name) for name in (f"package-{int(package)}" for package in packages))
    return Problem(options, axes, (), values, values, values)
