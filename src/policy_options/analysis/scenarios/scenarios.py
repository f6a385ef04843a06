"""Everything that is asked of the same options in several futures, computed when it is first asked for.

The advice that scenarios question is the option to put first in the reference, by the rule of ``verdict``; where the reference
is left out, the option whose largest regret is smallest. Options that fail a red line in a scenario do not lead there, and those
that fail one anywhere are left out of regret and likelihoods, unless every option does.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from policy_options.analysis.additive import TIE
from policy_options.analysis.comparison.comparing import Comparison, compare
from policy_options.analysis.problem import Problem, WeightVector, frozen
from policy_options.analysis.ranking import Ranking, rank
from policy_options.analysis.red_lines import red_lines
from policy_options.analysis.scenarios.likelihoods import Judged, Likelihoods, scenarios_as_criteria
from policy_options.analysis.scenarios.regret import Cell, Regret, regret_table, values_in_scenarios
from policy_options.errors import PolicyOptionsError

if TYPE_CHECKING:
    import pandas as pd

    from policy_options.analysis.acceptability.results import Acceptability
    from policy_options.analysis.packages.problem import PackageProblem
    from policy_options.analysis.scenarios.packages import PackagesInScenarios

__all__ = ["Future", "Leaders", "Scenarios", "Sign", "Switch", "Worst"]

Floats = NDArray[np.float64]

_MOST_VERTICES: Final = 60_000
"""Candidate vertices that are looked at for an exact share: about a sixth of a second. Beyond, it is sampled, and says so."""


@dataclass(frozen=True, eq=False, slots=True)
class Future:
    """A scenario as a problem: the options and criteria of all others, with the performances that they have in it.

    ``packages`` is the same for packages, where the dossier says something of them.
    """

    id: str
    title: str
    short: str
    problem: Problem
    packages: PackageProblem | None = None


@dataclass(frozen=True, slots=True)
class Sign:
    """A signpost by its place: of a scenario, or of the decision where ``scenario`` is ``None``. ``threshold`` is a performance
    of ``option`` on ``criterion`` where it names them."""

    scenario: str | None
    index: int
    option: str | None = None
    criterion: str | None = None
    threshold: float | None = None


@dataclass(frozen=True, slots=True)
class Switch:
    """What to do once a signpost shows: who leads then, by how many points it is above the advice, and whether that is a gain.

    ``points`` is ``None`` where an unknown score leaves it open. ``claimed`` is false where the advice cannot be given up once it
    is begun, so that nothing is gained by waiting for the signpost.
    """

    sign: Sign
    leads: tuple[str, ...]
    points: float | None
    claimed: bool
    stays: bool


@dataclass(frozen=True, slots=True)
class Worst:
    """An option's smallest value over the scenarios, and where."""

    option: str
    value: float
    scenarios: tuple[str, ...]


@dataclass(frozen=True, eq=False, slots=True)
class Leaders:
    """Who is first in each scenario under each set: ``cells`` by (set, scenario), several where they tie.

    ``open`` are the cells in which an unknown score could put another first.
    """

    sets: tuple[str, ...]
    scenarios: tuple[str, ...]
    cells: dict[tuple[str, str], tuple[str, ...]]
    open: frozenset[tuple[str, str]]

    def at(self, weights: str, scenario: str) -> tuple[str, ...]:
        """Who is first in one cell."""
        return self.cells[weights, scenario]

    @property
    def table(self) -> pd.DataFrame:
        """One row a set, one column a scenario; ties with commas."""
        import pandas as pd

        return pd.DataFrame(
            [[", ".join(self.cells[one, other]) for other in self.scenarios] for one in self.sets],
            index=pd.Index(self.sets, name="weights"),
            columns=list(self.scenarios),
        )


@dataclass(frozen=True, eq=False)
class Scenarios:
    """m options in s scenarios, under the weights in use and under w sets; the futures have options and criteria in common.

    ``sets`` are those that regret runs over, the weights in use among them; ``stale`` those that it leaves out. ``irreversible``
    are options that cannot be given up once they are begun. ``reference`` is the future that the options are scored for, where it
    is one of them, and ``put_first`` what the verdict puts first in it.
    """

    futures: tuple[Future, ...]
    weights: WeightVector
    sets: tuple[WeightVector, ...]
    seed: int = 0
    judged: tuple[Judged, ...] = ()
    signs: tuple[Sign, ...] = ()
    irreversible: frozenset[str] = frozenset()
    stale: tuple[str, ...] = ()
    put_first: str | None = None
    reference: str | None = None

    def __post_init__(self) -> None:
        if not self.futures:
            raise PolicyOptionsError.of(
                "no-scenarios",
                "the dossier has no scenario",
                "write one in criteria/scenarios/, such as criteria/scenarios/tokyo-says-no.yaml (docs/scenarios.md)",
            )

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the scenarios, the reference first where it is one."""
        return tuple(future.id for future in self.futures)

    @property
    def problem(self) -> Problem:
        """The first future's problem, for titles and axes."""
        return self.futures[0].problem

    @property
    def option_ids(self) -> tuple[str, ...]:
        """The ids of the options, in row order."""
        return self.problem.option_ids

    def future(self, scenario: str) -> Future:
        """One scenario by its id; ``StopIteration`` for an unknown id."""
        return next(future for future in self.futures if future.id == scenario)

    @cached_property
    def rankings(self) -> dict[str, Ranking]:
        """The ranking in each scenario under the weights in use."""
        return {future.id: rank(future.problem, self.weights) for future in self.futures}

    @cached_property
    def values(self) -> Floats:
        """(s, m, n) values of the likely performances in each scenario, NaN where unknown: what any other analysis takes."""
        return frozen(np.stack([future.problem.values for future in self.futures]))

    @cached_property
    def _overall(self) -> tuple[Floats, Floats]:
        """(s, m, w) lower and upper ends of overall values, along ``sets``."""
        shares = np.stack([one.along(self.problem.criterion_ids) for one in self.sets], axis=1)
        unknown = np.isnan(self.values)
        if not unknown.any():
            overall = values_in_scenarios(self.values, shares)
            return overall, overall
        lower = values_in_scenarios(np.where(unknown, 0.0, self.values), shares)
        return lower, lower + 100.0 * values_in_scenarios(unknown.astype(np.float64), shares)

    @cached_property
    def _in_use(self) -> tuple[Floats, Floats]:
        """(m, s) lower and upper ends of overall values under the weights in use."""
        ordered = [self.rankings[name] for name in self.ids]
        return np.stack([one.lower for one in ordered], axis=1), np.stack([one.upper for one in ordered], axis=1)

    @cached_property
    def allowed(self) -> NDArray[np.bool_]:
        """(s, m) whether an option keeps the red lines in a scenario; all of them where none does."""
        found = np.ones((len(self.futures), len(self.option_ids)), dtype=np.bool_)
        for row, future in enumerate(self.futures):
            failing = red_lines(future.problem).failing
            keeping = np.array([name not in failing for name in self.option_ids])
            if keeping.any():
                found[row] = keeping
        return found

    @property
    def failing(self) -> dict[str, tuple[str, ...]]:
        """By option, the scenarios in which it fails a red line."""
        return {
            option: tuple(self.ids[row] for row in np.flatnonzero(~self.allowed[:, column]))
            for column, option in enumerate(self.option_ids)
            if not self.allowed[:, column].all()
        }

    @cached_property
    def leaders(self) -> Leaders:
        """Who is first in each scenario under each set."""
        lower, upper = self._overall
        allowed = self.allowed[:, :, None]
        best = np.where(allowed, lower, -np.inf).max(axis=1, keepdims=True)
        first = allowed & (lower >= best - TIE)
        could = allowed & ~first & (upper > best + TIE)
        ids = self.option_ids
        cells, unsure = {}, set()
        for column, weights in enumerate(self.sets):
            for row, scenario in enumerate(self.ids):
                cells[weights.id, scenario] = tuple(ids[at] for at in np.flatnonzero(first[row, :, column]).tolist())
                if could[row, :, column].any():
                    unsure.add((weights.id, scenario))
        return Leaders(tuple(one.id for one in self.sets), self.ids, cells, frozenset(unsure))

    @cached_property
    def first(self) -> dict[str, tuple[str, ...]]:
        """Who is first in each scenario under the weights in use."""
        lower, _ = self._in_use
        found = {}
        for column, scenario in enumerate(self.ids):
            values = np.where(self.allowed[column], lower[:, column], -np.inf)
            found[scenario] = tuple(self.option_ids[at] for at in np.flatnonzero(values >= values.max() - TIE).tolist())
        return found

    @cached_property
    def regret(self) -> Regret:
        """Regret over the scenarios, under the weights in use."""
        cells = tuple((name, self.weights.id) for name in self.ids)
        return regret_table(self.option_ids, cells, *self._in_use, self.allowed.T)

    @cached_property
    def regret_over_sets(self) -> Regret:
        """Regret over the scenarios and the weight sets together."""
        lower, upper = self._overall
        m = len(self.option_ids)
        cells: list[Cell] = [(name, one.id) for name in self.ids for one in self.sets]
        across = [np.moveaxis(each, 1, 0).reshape(m, -1) for each in (lower, upper)]
        allowed = np.repeat(self.allowed.T, len(self.sets), axis=1)
        return regret_table(self.option_ids, tuple(cells), across[0], across[1], allowed)

    @cached_property
    def maximin(self) -> tuple[Worst, ...]:
        """The worst value of each option over the scenarios, under the weights in use, the best of these first (Wald)."""
        lower, _ = self._in_use
        kept = [self.option_ids.index(name) for name in self.regret.options]
        found = [
            Worst(
                self.option_ids[row],
                float(lower[row].min()),
                tuple(self.ids[at] for at in np.flatnonzero(lower[row] <= lower[row].min() + TIE)),
            )
            for row in kept
        ]
        return tuple(sorted(found, key=lambda worst: -worst.value))

    def leaders_are_open(self, scenario: str) -> bool:
        """Whether an unknown score could put another option first in a scenario, under the weights in use."""
        lower, upper = self._in_use
        at = self.ids.index(scenario)
        first = np.array([name in self.first[scenario] for name in self.option_ids])
        return bool((self.allowed[at] & ~first & (upper[:, at] > lower[first, at].max() + TIE)).any())

    @property
    def advice(self) -> str:
        """The option whose place is questioned: first in the reference, else of the smallest largest regret."""
        if self.reference is None:
            return self.regret.choice[0]
        return self.put_first or self.first[self.reference][0]

    @property
    def changes(self) -> tuple[str, ...]:
        """The scenarios in which the advice is not first."""
        return tuple(name for name in self.ids if self.advice not in self.first[name])

    @cached_property
    def open_options(self) -> tuple[str, ...]:
        """Options with an unknown score that carries weight in some scenario: they have no expected value."""
        lower, upper = self._in_use
        return tuple(name for row, name in enumerate(self.option_ids) if (upper[row] > lower[row] + TIE).any())

    @cached_property
    def likelihoods(self) -> Likelihoods:
        """Expected values and break-even likelihoods, of options that keep the red lines.

        Raises:
            PolicyOptionsError: there is one scenario only, or an unknown score leaves expected values open.
        """
        if len(self.ids) < 2:
            raise PolicyOptionsError.of(
                "one-scenario",
                "there is one scenario, and no likelihood that could change",
                "write another in criteria/scenarios/, or keep the reference",
            )
        unknown = [name for name in self.regret.options if name in self.open_options]
        if unknown:
            raise PolicyOptionsError.of(
                "unknown-score",
                f"expected values depend on unknown scores of {', '.join(f'`{name}`' for name in unknown)}",
                "give the scores, or ask for regret, which has ranges",
                ids=unknown,
            )
        lower, _ = self._in_use
        rows = [self.option_ids.index(name) for name in self.regret.options]
        titles = tuple((future.id, future.short) for future in self.futures)
        return Likelihoods(tuple(self.problem.options[row] for row in rows), titles, frozen(lower[rows]), self.judged)

    @property
    def break_even(self) -> pd.DataFrame:
        """One row a scenario: how likely it may be for the leader by expected value to stay, and who takes over.

        Raises:
            PolicyOptionsError: as for ``likelihoods``.
        """
        import pandas as pd

        found = self.likelihoods.break_even
        return pd.DataFrame(
            [
                (one.likelihood, one.leader, one.low, one.high, ", ".join(one.below), ", ".join(one.above))
                for one in found
            ],
            columns=["likelihood", "leader", "low", "high", "below", "above"],
            index=pd.Index([one.scenario for one in found], name="scenario"),
        )

    @cached_property
    def shares(self) -> Acceptability | None:
        """In what share of all assignments of likelihoods each option leads, exactly where that is possible.

        ``None`` if likelihoods are judged, or no likelihood is left to assign.
        """
        from policy_options.analysis.acceptability.exact import NotExact, exact_acceptability
        from policy_options.analysis.weight_region import free_region

        if self.judged or len(self.ids) < 2 or any(name in self.open_options for name in self.regret.options):
            return None
        found = self.likelihoods
        if len(found.options) < 2:
            return None
        problem = scenarios_as_criteria(found.options, found.scenarios, found.values)
        exact = exact_acceptability(problem, free_region(found.ids), most_vertices=_MOST_VERTICES)
        if not isinstance(exact, NotExact):
            return exact
        from policy_options.analysis.robustness import RobustnessSettings, shares_drawn  # which few dossiers need

        return shares_drawn(problem, free_region(found.ids), None, RobustnessSettings(seed=self.seed))

    @cached_property
    def packages(self) -> PackagesInScenarios | None:
        """Packages over the scenarios; ``None`` where the dossier says nothing of them.

        Raises:
            PolicyOptionsError: a scenario admits no package or takes one off a scale, or packages are out of reach.
        """
        from policy_options.analysis.scenarios.packages import packages_in_scenarios  # many dossiers have none

        problems = [future.packages for future in self.futures if future.packages is not None]
        return packages_in_scenarios(self.ids, problems, self.weights, self.reference) if problems else None

    def package_once(self, sign: Sign) -> int | None:
        """The best package once a signpost shows; ``None`` without packages, or if the signpost names no score.

        Raises:
            PolicyOptionsError: as for ``packages``.
        """
        held = self.packages
        if held is None:
            return None
        if sign.scenario is not None:
            return next((there.package for there in held.best if there.scenario == sign.scenario), None)
        if sign.option is None or sign.criterion is None or sign.threshold is None or self.reference is None:
            return None
        from policy_options.analysis.scenarios.packages import best_package

        there = _at_threshold(self.future(self.reference).problem, sign.option, sign.criterion, sign.threshold)
        return best_package(replace(held.problems[self.ids.index(self.reference)], problem=there), self.weights)

    def why(self, before: str, after: str) -> Comparison:
        """What differs between two scenarios under the weights in use, and what moves each gap, to the last digit."""
        return compare(self.rankings[before], self.rankings[after])

    @cached_property
    def switches(self) -> tuple[Switch, ...]:
        """For each signpost that says so much, the option that leads once it shows, and what switching to it gains."""
        found = (self._switch(sign) for sign in self.signs)
        return tuple(switch for switch in found if switch is not None)

    def _switch(self, sign: Sign) -> Switch | None:
        if sign.scenario is not None:
            if sign.scenario not in self.ids:
                return None
            return self._switched(sign, self.rankings[sign.scenario], self.allowed[self.ids.index(sign.scenario)])
        if sign.option is None or sign.criterion is None or sign.threshold is None or self.reference is None:
            return None
        there = _at_threshold(self.future(self.reference).problem, sign.option, sign.criterion, sign.threshold)
        failing = red_lines(there).failing
        keeping = np.array([name not in failing for name in self.option_ids])
        return self._switched(sign, rank(there, self.weights), keeping if keeping.any() else ~keeping)

    def _switched(self, sign: Sign, ranking: Ranking, allowed: NDArray[np.bool_]) -> Switch:
        values = np.where(allowed, ranking.lower, -np.inf)
        first = tuple(self.option_ids[at] for at in np.flatnonzero(values >= values.max() - TIE).tolist())
        advice = self.advice
        known = bool(np.all(np.where(allowed, ranking.upper, -np.inf) == values))
        points = float(values.max() - ranking.value(advice)) if known else None
        return Switch(sign, first, points, advice not in self.irreversible, advice in first)


def _at_threshold(problem: Problem, option: str, criterion: str, performance: float) -> Problem:
    row, column = problem.option_index[option], problem.criterion_ids.index(criterion)
    bounds = []
    for array in (problem.low, problem.likely, problem.high):
        changed = array.copy()
        changed[row, column] = performance
        bounds.append(changed)
    declared = {cell: what for cell, what in problem.declared.items() if cell != (row, column)}
    return replace(problem, low=bounds[0], likely=bounds[1], high=bounds[2], declared=declared)
