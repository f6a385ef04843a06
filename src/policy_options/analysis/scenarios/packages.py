"""Packages in several futures: what each is worth in each, the smallest largest regret, the hedge, and the first step.

Regret is that of ``regret.py`` with packages for options: how far a package is below the best one that is admitted in the same
scenario. Rules, uses and capacities are the same in every scenario; red lines are not, so that a package counts where it keeps
them, and is chosen only if it keeps them everywhere. Where scores are unknown, regret is the most that it can be.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from policy_options.analysis.additive import TIE
from policy_options.analysis.packages.best import MOST_LISTED, best_value, tied_at
from policy_options.analysis.packages.performances import OFF, performances_of, value_of
from policy_options.analysis.packages.problem import MOST_ENUMERATED, PackageProblem, members_of
from policy_options.analysis.packages.rules import keeps
from policy_options.analysis.packages.table import PackageTable, enumerate_packages
from policy_options.analysis.problem import WeightVector
from policy_options.analysis.scenarios.hedging import NO_STEPS, Judging, Steps, steps_from
from policy_options.errors import PolicyOptionsError

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["BestThere", "InScenarios", "PackagesInScenarios", "best_package", "packages_in_scenarios"]

Floats = NDArray[np.float64]

_LISTED: Final = 10
"""Packages of the smallest largest regret that are listed, next to those that are named."""


@dataclass(frozen=True, slots=True)
class BestThere:
    """The best of one scenario: of the packages that tie, the one of the fewest members, how many tie, and what all have.

    ``upper`` is the most that a package may be worth there, which ``top`` is, and ``second`` the most that any other may be:
    more than ``value`` only where scores are unknown.
    """

    scenario: str
    package: int
    value: float
    tied: int
    always: int
    top: int
    upper: float
    second: float


@dataclass(frozen=True, slots=True)
class InScenarios:
    """A package along the scenarios: values (their lower ends), regrets (their upper ends), and where it fails a red line."""

    package: int
    values: tuple[float, ...]
    regrets: tuple[float, ...]
    failing: tuple[str, ...]

    @property
    def largest(self) -> float:
        """The largest of its regrets."""
        return max(self.regrets)


@dataclass(frozen=True, eq=False)
class PackagesInScenarios:
    """Packages over s scenarios under one weight set.

    ``choice`` are the packages whose largest regret is smallest (at most a hundred of ``choice_tied``); none where packages are
    too many to look at each, or none keeps its red lines everywhere. ``steps`` lead from the advice to packages of less regret.
    ``open`` says that unknown scores make regret the most that it can be.
    """

    scenarios: tuple[str, ...]
    problems: tuple[PackageProblem, ...]
    weights: WeightVector
    best: tuple[BestThere, ...]
    advice: int
    choice: tuple[int, ...] = ()
    choice_tied: int = 0
    listed: tuple[int, ...] = ()
    steps: Steps = NO_STEPS
    enumerated: bool = False
    open: bool = False

    @property
    def problem(self) -> PackageProblem:
        """The first scenario's problem, for names, resources and rules."""
        return self.problems[0]

    @property
    def first_step(self) -> tuple[int, ...]:
        """The members that every best package of every scenario has: what nobody regrets to begin with."""
        found = self.best[0].always
        for there in self.best[1:]:
            found &= there.always
        return members_of(found)

    @property
    def changes(self) -> tuple[str, ...]:
        """The scenarios in which the advice is worth less than the best package."""
        regrets = self.along(self.advice).regrets
        return tuple(name for name, points in zip(self.scenarios, regrets, strict=True) if points > TIE)

    @property
    def best_nowhere(self) -> tuple[int, ...]:
        """Those of the choice that are best in no scenario."""
        return tuple(package for package in self.choice if min(self.along(package).regrets) > TIE)

    def along(self, package: int) -> InScenarios:
        """One package in every scenario."""
        values, regrets, failing = [], [], []
        for problem, there in zip(self.problems, self.best, strict=True):
            performances = _performances(problem, package)
            value = _value(problem, self.weights, performances)
            values.append(value)
            regret = (there.second if package == there.top else there.upper) - value
            regrets.append(regret if regret > TIE else 0.0)
            if not _keeps_red_lines(problem, performances):
                failing.append(there.scenario)
        return InScenarios(package, tuple(values), tuple(regrets), tuple(failing))

    @cached_property
    def rows(self) -> tuple[InScenarios, ...]:
        """The packages that are named here, and others of small largest regret, the smallest first."""
        named = [self.advice, *self.choice[:1], *(there.package for there in self.best)]
        named += [step.package for step in (self.steps.hedge, self.steps.exchange) if step is not None]
        found = [self.along(package) for package in dict.fromkeys((*named, *self.listed))]
        return tuple(sorted(found, key=lambda row: (round(row.largest / TIE), row.package.bit_count(), row.package)))

    @property
    def table(self) -> pd.DataFrame:
        """One row a package, the smallest largest regret first: value in each scenario, and largest regret."""
        import pandas as pd

        return pd.DataFrame(
            [
                {
                    "options": self.problem.names(row.package),
                    **dict(zip(self.scenarios, row.values, strict=True)),
                    "largest regret": row.largest,
                }
                for row in self.rows
            ]
        )


def packages_in_scenarios(
    scenarios: Sequence[str], problems: Sequence[PackageProblem], weights: WeightVector, reference: str | None
) -> PackagesInScenarios:
    """Compare packages over scenarios, of which the problems have members, rules and resources in common.

    The advice is the best package of ``reference``, or without one the package whose largest regret is smallest. Up to 22
    members every package is looked at. Beyond, the best packages are proved best as ``best_of_many`` does, steps from the advice
    are exact, and no package of the smallest largest regret is named.

    Raises:
        PolicyOptionsError: a scenario, which is named, admits no package, or takes one off a scale and nothing says what that
            means; there are too many members for a choice, and no reference.
    """
    if len(problems[0].members) > MOST_ENUMERATED:
        return _of_many(tuple(scenarios), tuple(problems), weights, reference)
    found, largest, everywhere, allowed, open_ = [], None, None, None, False
    for name, problem in zip(scenarios, problems, strict=True):
        table = _named(name, problem, weights)
        there, regret = _best_there(name, table)
        found.append(there)
        largest = regret if largest is None else np.maximum(largest, regret, out=largest)
        everywhere = table.admitted.copy() if everywhere is None else everywhere & table.admitted
        allowed = table.allowed.copy() if allowed is None else allowed & table.allowed
        open_ |= table.open_share is not None
    assert largest is not None and everywhere is not None and allowed is not None
    kept = np.where(everywhere, largest, np.inf)
    tied = np.flatnonzero(kept <= kept.min() + TIE) if everywhere.any() else np.zeros(0, dtype=np.int64)
    choice = [int(package) for package in tied[np.lexsort((tied, np.bitwise_count(tied)))][:MOST_LISTED]]
    at = list(scenarios).index(reference) if reference is not None else None
    if at is None and not choice:
        raise PolicyOptionsError.of(
            "no-package", "no package keeps rules, capacities and red lines in every scenario", "loosen one of them"
        )
    advice = choice[0] if at is None else found[at].package
    few = min(_LISTED, int(everywhere.sum()))
    listed = np.argpartition(kept, few - 1)[:few] if few else np.zeros(0, dtype=np.int64)
    judging = Judging(
        lambda package: float(largest[package]),
        lambda package: bool(everywhere[package]),
        lambda package: bool(allowed[package]),
    )
    return PackagesInScenarios(
        tuple(scenarios),
        tuple(problems),
        weights,
        tuple(found),
        advice,
        tuple(choice),
        len(tied),
        tuple(listed.tolist()),
        steps_from(problems[0], advice, judging),
        enumerated=True,
        open=open_,
    )


def best_package(problem: PackageProblem, weights: WeightVector) -> int | None:
    """The best package of one problem, of the fewest members of those that tie; ``None`` where none is admitted.

    Raises:
        PolicyOptionsError: a package leaves a scale and nothing says what that means, or packages are out of reach.
    """
    if len(problem.members) > MOST_ENUMERATED:
        from policy_options.analysis.packages.many import best_of_many  # few problems are so large

        listed = best_of_many(problem, weights, 1)
        return int(listed.packages[0]) if len(listed.packages) else None
    table = enumerate_packages(problem, weights)
    best = best_value(table.overall, table.admitted)
    return None if best is None else best[1]


def _named(name: str, problem: PackageProblem, weights: WeightVector) -> PackageTable:
    """The table of one scenario, by whose name any error goes."""
    try:
        table = enumerate_packages(problem, weights)
    except PolicyOptionsError as error:
        raise _in(name, error) from None
    if not table.admitted.any():
        raise _in(name, _none_admitted())
    return table


def _in(name: str, error: PolicyOptionsError) -> PolicyOptionsError:
    return PolicyOptionsError([replace(each, message=f"scenario `{name}`: {each.message}") for each in error.faults])


def _none_admitted() -> PolicyOptionsError:
    return PolicyOptionsError.of(
        "no-package",
        "no package keeps rules, capacities and red lines",
        "loosen one of them, or change the scores there",
    )


def _best_there(name: str, table: PackageTable) -> tuple[BestThere, Floats]:
    """The best of a scenario, and (2^m,) the most regret of every package there."""
    best = best_value(table.overall, table.admitted)
    assert best is not None
    value, package = best
    tied = tied_at(table.overall, table.admitted, value)
    always = int(np.bitwise_and.reduce(tied))
    if table.open_share is None:
        there = BestThere(name, package, value, len(tied), always, package, value, value)
        return there, np.maximum(value - table.overall, 0.0)
    upper = np.where(table.admitted, table.overall + 100.0 * table.open_share, -np.inf)
    top = int(upper.argmax())
    most, upper[top] = float(upper[top]), -np.inf
    second = float(upper.max())
    ahead = np.full(table.size, most)
    ahead[top] = second
    return BestThere(name, package, value, len(tied), always, top, most, second), np.maximum(ahead - table.overall, 0.0)


def _performances(problem: PackageProblem, package: int) -> Floats:
    """(n,) likely performances of one package, of however many members."""
    if len(problem.members) > MOST_ENUMERATED:
        from policy_options.analysis.packages.many import performances_of_one  # few problems are so large

        return performances_of_one(problem, package)
    found: Floats = performances_of(problem, np.array([package], dtype=np.int64))[0]
    return found


def _value(problem: PackageProblem, weights: WeightVector, performances: Floats) -> float:
    """What performances are worth overall, what is unknown being worth nothing."""
    shares = weights.along(problem.problem.criterion_ids)
    known = np.flatnonzero(~np.isnan(performances))
    return float(
        sum(
            shares[column] * value_of(problem, column, performances[column : column + 1])[0]
            for column in known.tolist()
        )
    )


def _keeps_red_lines(problem: PackageProblem, performances: Floats) -> bool:
    for axis, at in zip(problem.problem.criteria, performances.tolist(), strict=True):
        sign = 1.0 if axis.direction == "more-is-better" else -1.0
        if axis.red_line is not None and sign * at < sign * axis.red_line - OFF * (axis.high - axis.low):
            return False
    return True


def _of_many(
    scenarios: tuple[str, ...], problems: tuple[PackageProblem, ...], weights: WeightVector, reference: str | None
) -> PackagesInScenarios:
    """The same of more members than can be looked at one by one: the best of each scenario is proved, and no choice is named."""
    from policy_options.analysis.packages.many import best_of_many, keeps_all

    if reference is None:
        raise PolicyOptionsError.of(
            "packages-too-many",
            f"the package whose largest regret is smallest is looked for among up to {MOST_ENUMERATED} options",
            "keep the reference among the scenarios, whose best package is then looked at, or leave options out",
        )
    best = []
    for name, problem in zip(scenarios, problems, strict=True):
        try:
            listed = best_of_many(problem, weights, 1)
        except PolicyOptionsError as error:
            raise _in(name, error) from None
        if not len(listed.packages):
            raise _in(name, _none_admitted())
        package, value = int(listed.packages[0]), float(listed.values[0])
        always = package
        for other in listed.packages.tolist():
            always &= other
        best.append(BestThere(name, package, value, listed.tied_first, always, package, value, value))
    advice = best[scenarios.index(reference)].package
    found = PackagesInScenarios(scenarios, problems, weights, tuple(best), advice)

    def allowed(package: int) -> bool:
        first = problems[0]
        return all(keeps(package, rule) for rule in first.rules) and not found.along(package).failing

    def admitted(package: int) -> bool:
        return keeps_all(problems[0], package, problems[0].rules, cautious=False) and not found.along(package).failing

    judging = Judging(lambda package: found.along(package).largest, admitted, allowed)
    return replace(found, steps=steps_from(problems[0], advice, judging, exchanges=False))
