"""How likely a scenario must be before another option leads by expected value. Exact: the kernels are those of weights.

The expected value of an option is the sum of its values over scenarios, each times its likelihood: what an overall value is to
criteria and weights, with scenarios for criteria. While one likelihood moves, the others keep their proportions, every expected
value is a straight line, and the leader is the upper envelope of these lines (``one_way``, ``stability``). The share of all
assignments of likelihoods in which an option leads is the rank acceptability of ``acceptability``; like every such share it
depends on how futures were split, and it is the chance of nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from policy_options.analysis.one_way import Stretch, stretches
from policy_options.analysis.problem import CriterionAxis, OptionAxis, Problem, frozen
from policy_options.analysis.scenarios.intervals import (
    base_likelihoods,
    best_somewhere,
    expectation_bounds,
    reachable,
    undominated,
)
from policy_options.analysis.stability import intervals
from policy_options.analysis.value_functions import Linear

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Admissible", "BreakEven", "Judged", "Likelihoods", "break_even_bounds", "lifted", "scenarios_as_criteria"]

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Judged:
    """Between what shares ``holder`` judges a scenario to be likely."""

    scenario: str
    low: float
    high: float
    holder: str


@dataclass(frozen=True, slots=True)
class BreakEven:
    """How likely one scenario may be, the others in proportion, for the leader by expected value to keep its place.

    ``likelihood`` is the one that the range was followed from. ``below`` and ``above`` are who takes over beyond its ends: nobody
    at 0 and 1. ``stretches`` say who leads from 0 to 1. ``low`` and ``high`` are ``None``, and there are no stretches, where the
    scenario is certain and so leaves the others no proportions.
    """

    scenario: str
    likelihood: float
    leader: str
    low: float | None
    high: float | None
    below: tuple[str, ...]
    above: tuple[str, ...]
    stretches: tuple[Stretch, ...]


@dataclass(frozen=True, eq=False, slots=True)
class Admissible:
    """What c options are worth under every likelihood that the judgements allow.

    ``low`` and ``high`` are (s,) ends that likelihoods can reach. ``lower`` and ``upper`` bound expected values, (c,).
    ``best_at`` has likelihoods at which the option is best (it is E-admissible), or ``None``; ``maximal`` says that no other
    option is better throughout.
    """

    options: tuple[str, ...]
    scenarios: tuple[str, ...]
    low: Floats
    high: Floats
    lower: Floats
    upper: Floats
    best_at: tuple[Floats | None, ...]
    maximal: NDArray[np.bool_]

    @property
    def e_admissible(self) -> tuple[str, ...]:
        """Options that are best for some admissible likelihoods."""
        return tuple(name for name, at in zip(self.options, self.best_at, strict=True) if at is not None)

    @property
    def undominated(self) -> tuple[str, ...]:
        """Options that no other is better than for every admissible likelihood."""
        return tuple(name for name, kept in zip(self.options, self.maximal, strict=True) if kept)

    @property
    def safest(self) -> str:
        """The option whose least expected value is largest; the first of several."""
        return self.options[int(self.lower.argmax())]

    @property
    def table(self) -> pd.DataFrame:
        """One row an option: bounds of its expected value, and whether it is E-admissible and maximal."""
        import pandas as pd

        return pd.DataFrame(
            {
                "lower": self.lower,
                "upper": self.upper,
                "e_admissible": [at is not None for at in self.best_at],
                "maximal": self.maximal,
            },
            index=pd.Index(self.options, name="option"),
        )


def break_even_bounds(values: Floats, base: Floats) -> tuple[Floats, Floats, int]:
    """(s,) ends of each likelihood between which the leader at ``base`` (s,) stays, for (m, s) values; and the leader's row."""
    expected = values @ base
    leader = int(expected.argmax())
    # u(t) = the scenario's own value t + the others' in proportion (1 - t): its slope is (v - u) / (1 - t) at base.
    with np.errstate(divide="ignore", invalid="ignore"):
        slope = (values - expected[:, None]) / (1.0 - base)
    rivals = np.arange(len(values)) != leader
    low, high = intervals((expected[leader] - expected[rivals])[:, None], slope[leader] - slope[rivals], base)
    return low.max(axis=0, initial=0.0), high.min(axis=0, initial=1.0), leader


def lifted(scenarios: int, declared: NDArray[np.bool_]) -> Floats:
    """(s, k) what turns likelihoods of the judged scenarios, and one for all others together, into those of all.

    Scenarios that nobody judged share equally what the others leave, where any is judged; where none is, each is free.
    """
    if not declared.any() or declared.all():
        return np.eye(scenarios)
    columns = [np.eye(scenarios)[:, index] for index in np.flatnonzero(declared)]
    rest = ~declared
    return np.stack([*columns, rest / rest.sum()], axis=1)


@dataclass(frozen=True, eq=False)
class Likelihoods:
    """Expected values of c options over s scenarios: ``values`` is (c, s), along ``options`` and ``scenarios``."""

    options: tuple[OptionAxis, ...]
    scenarios: tuple[tuple[str, str], ...]
    values: Floats
    judged: tuple[Judged, ...]

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the scenarios."""
        return tuple(id for id, _ in self.scenarios)

    @property
    def option_ids(self) -> tuple[str, ...]:
        """The ids of the options."""
        return tuple(option.id for option in self.options)

    @cached_property
    def _judgements(self) -> tuple[Floats, Floats, Floats]:
        """The lift of ``lifted``, and the bounds of the likelihoods that it takes."""
        held = {one.scenario: one for one in self.judged}
        declared = np.array([name in held for name in self.ids])
        lift = lifted(len(self.ids), declared)
        if not declared.any():
            return lift, np.zeros(len(self.ids)), np.ones(len(self.ids))
        low = [held[name].low for name in self.ids if name in held]
        high = [held[name].high for name in self.ids if name in held]
        if not declared.all():
            low, high = [*low, 0.0], [*high, 1.0]
        return lift, np.array(low), np.array(high)

    @cached_property
    def base(self) -> Floats:
        """(s,) likelihoods at the same part of every judged interval, the others sharing the rest; equal where none is judged."""
        lift, low, high = self._judgements
        return frozen(lift @ base_likelihoods(low, high))

    @cached_property
    def expected(self) -> Floats:
        """(c,) expected values at ``base``."""
        return frozen(self.values @ self.base)

    @cached_property
    def break_even(self) -> tuple[BreakEven, ...]:
        """For each scenario, how likely it may be for the leader by expected value to stay."""
        lows, highs, leader = break_even_bounds(self.values, self.base)
        ids = self.option_ids
        found = []
        for column, name in enumerate(self.ids):
            share = float(self.base[column])
            if share >= 1.0:
                found.append(BreakEven(name, share, ids[leader], None, None, (), (), ()))
                continue
            others = (self.values @ self.base - share * self.values[:, column]) / (1.0 - share)
            way = stretches(ids, others, self.values[:, column], 1.0)
            low, high = max(float(lows[column]), 0.0), min(float(highs[column]), 1.0)
            below = next((one.leaders for one in reversed(way) if one.high <= low + 1e-9), ()) if low > 0.0 else ()
            above = next((one.leaders for one in way if one.low >= high - 1e-9), ()) if high < 1.0 else ()
            found.append(BreakEven(name, share, ids[leader], low, high, below, above, way))
        return tuple(found)

    def between(self, one: str, other: str) -> tuple[Stretch, ...]:
        """Who leads as the likelihood of ``other`` runs from 0 to 1 and ``one`` has the rest: nothing else can happen."""
        first, last = (self.values[:, self.ids.index(name)] for name in (one, other))
        return stretches(self.option_ids, first, last, 1.0)

    @cached_property
    def admissible(self) -> Admissible:
        """What the judged intervals leave open; of every likelihood that there is where none is judged."""
        lift, low, high = self._judgements
        values = self.values @ lift
        best = best_somewhere(values, low, high)
        least, most = reachable(low, high)
        lower, upper = expectation_bounds(values, low, high)
        return Admissible(
            self.option_ids,
            self.ids,
            frozen(lift @ least),
            frozen(lift @ most),
            frozen(lower),
            frozen(upper),
            tuple(None if at is None else frozen(lift @ at) for at in best),
            undominated(values, low, high),
        )


def scenarios_as_criteria(
    options: tuple[OptionAxis, ...], scenarios: tuple[tuple[str, str], ...], values: Floats
) -> Problem:
    """A problem with scenarios for criteria and likelihoods for weights, for what is computed of weights; (c, s) values."""
    axes = tuple(
        CriterionAxis(id, title, title, "points", "more-is-better", 0.0, 100.0, Linear(0.0, 100.0, "more-is-better"))
        for id, title in scenarios
    )
    return Problem(options, axes, (), values, values, values)
