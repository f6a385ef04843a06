"""The package problem: a table of options against a baseline, and what limits and joins them when they are done together.

A package is a set of members, the options other than the baseline. It is written as a whole number whose bit i says whether
member i is in it; 0 is the empty package, which is the baseline.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from policy_options.analysis.problem import OptionAxis, Problem, frozen
from policy_options.errors import PolicyOptionsError

__all__ = [
    "MOST_ENUMERATED",
    "Combination",
    "Effect",
    "PackageProblem",
    "Resource",
    "Rule",
    "RuleKind",
    "as_mask",
    "members_of",
]

Floats = NDArray[np.float64]
RuleKind = Literal["requires", "excludes", "at-most", "at-least", "exactly", "always", "never"]

MOST_ENUMERATED: Final = 22
"""Members up to which every package is looked at: four million of them."""


@dataclass(frozen=True, slots=True)
class Resource:
    """What members use up together. ``capacities`` are those to compare; the first is what packages keep to.

    Numbers are fractions of what was written, so that a budget of 0.3 admits three uses of 0.1. ``low``, ``likely`` and
    ``high`` run along the members.
    """

    id: str
    title: str
    unit: str
    capacities: tuple[Fraction, ...]
    low: tuple[Fraction, ...]
    likely: tuple[Fraction, ...]
    high: tuple[Fraction, ...]

    @property
    def capacity(self) -> Fraction:
        """What packages keep to."""
        return self.capacities[0]

    def uses(self, *, cautious: bool) -> tuple[Fraction, ...]:
        """The uses that feasibility is judged by: the likely ones, or the high ones."""
        return self.high if cautious else self.likely


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule over members, by their positions; of ``requires`` the first is the one that needs the others."""

    kind: RuleKind
    members: tuple[int, ...]
    number: int | None = None
    because: str = ""


@dataclass(frozen=True, slots=True)
class Effect:
    """What a package has more of on a criterion (by its column) when all ``members`` are in it, in the criterion's unit."""

    members: frozenset[int]
    column: int
    low: float
    likely: float
    high: float


@dataclass(frozen=True, slots=True)
class Combination:
    """How performances on a criterion combine.

    ``limit`` is where nothing is left, for ``independent``; ``judged`` has (low, likely, high) of packages of two members or
    more, NaN where unknown; ``measures`` is the resource that the criterion measures too.
    """

    rule: Literal["add", "highest", "lowest", "independent", "judged"]
    beyond: Literal["hold", "extend"] | None = None
    limit: float | None = None
    judged: Mapping[int, tuple[float, float, float]] = field(default_factory=dict)
    measures: str | None = None


def as_mask(members: Iterable[int]) -> int:
    """The package of some members."""
    return sum(1 << member for member in set(members))


def members_of(package: int) -> tuple[int, ...]:
    """The members of a package, by position."""
    return tuple(bit for bit in range(package.bit_length()) if package >> bit & 1)


@dataclass(frozen=True, eq=False)
class PackageProblem:
    """m members of a problem, measured from its baseline.

    ``combinations`` run along the criteria. ``in_words`` counts the pairs of options whose synergy or conflict is in words
    only. Any other table of the same options can take the place of ``problem``.

    Raises:
        PolicyOptionsError: the baseline is no option, or a criterion does not say how it combines.
    """

    problem: Problem
    baseline: str
    combinations: tuple[Combination, ...]
    resources: tuple[Resource, ...] = ()
    rules: tuple[Rule, ...] = ()
    effects: tuple[Effect, ...] = ()
    in_words: int = 0

    def __post_init__(self) -> None:
        if self.baseline not in self.problem.option_index:
            raise PolicyOptionsError.of(
                "packages-no-baseline", "packages are measured from the baseline, and there is none", "name one"
            )
        if len(self.combinations) != len(self.problem.criteria):
            raise PolicyOptionsError.of(
                "in-packages-missing", "each criterion has to say how performances combine in packages", "say it"
            )

    @cached_property
    def rows(self) -> tuple[int, ...]:
        """The rows of the problem that are members."""
        return tuple(row for row, option in enumerate(self.problem.options) if option.id != self.baseline)

    @cached_property
    def members(self) -> tuple[OptionAxis, ...]:
        """The options that packages are made of."""
        return tuple(self.problem.options[row] for row in self.rows)

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """The ids of the members."""
        return tuple(option.id for option in self.members)

    @property
    def baseline_row(self) -> int:
        """The row of the baseline."""
        return self.problem.option_index[self.baseline]

    def package(self, ids: Iterable[str]) -> int:
        """The package of some options by id; the baseline adds nothing to it.

        Raises:
            PolicyOptionsError: an id is no option.
        """
        found = 0
        for name in ids:
            if name not in self.problem.option_index:
                raise PolicyOptionsError.of(
                    "unknown-id", f"`{name}` is no option", "name options of the dossier", ids=(name,)
                )
            if name != self.baseline:
                found |= 1 << self.ids.index(name)
        return found

    def names(self, package: int) -> tuple[str, ...]:
        """The ids of the members of a package."""
        return tuple(self.ids[member] for member in members_of(package))

    def resource(self, id: str) -> Resource:
        """The resource with an id.

        Raises:
            PolicyOptionsError: no resource has it.
        """
        found = next((resource for resource in self.resources if resource.id == id), None)
        if found is None:
            known = ", ".join(resource.id for resource in self.resources)
            raise PolicyOptionsError.of(
                "unknown-id", f"`{id}` is no resource", f"there are: {known}" if known else "there is none", ids=(id,)
            )
        return found

    def with_capacities(self, capacities: Mapping[str, Fraction]) -> PackageProblem:
        """The same problem under other capacities."""
        for id in capacities:
            self.resource(id)
        resources = tuple(
            replace(one, capacities=(capacities[one.id], *(c for c in one.capacities if c != capacities[one.id])))
            if one.id in capacities
            else one
            for one in self.resources
        )
        return replace(self, resources=resources)

    @cached_property
    def judged_columns(self) -> tuple[int, ...]:
        """The columns of criteria on which only named packages have a score."""
        return tuple(column for column, how in enumerate(self.combinations) if how.rule == "judged")

    @cached_property
    def touching(self) -> NDArray[np.bool_]:
        """(m, n): where a member's likely performance differs from the baseline's, or either is unknown."""
        likely = self.problem.likely
        return np.asarray(~(likely[list(self.rows)] == likely[self.baseline_row]))

    def bounds(self, which: Literal["low", "likely", "high"]) -> tuple[Floats, Floats]:
        """((m, n), (n,)): a bound of the members' performances, and of the baseline's."""
        array = getattr(self.problem, which)
        return frozen(array[list(self.rows)]), frozen(array[self.baseline_row])
