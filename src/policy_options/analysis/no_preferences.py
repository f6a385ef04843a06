"""Analysis without preferences: SMAA-2 over all weights, with the scores drawn.

Every distribution of weight counts equally, so that the result depends on how many criteria a group was split into. Its
use is to find options that no weights put first, and the weights that each option would need.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from policy_options.analysis.acceptability.results import Acceptability
from policy_options.analysis.dominance import Dominance, dominance
from policy_options.analysis.problem import Problem, Spread
from policy_options.analysis.red_lines import red_lines
from policy_options.analysis.robustness import RobustnessSettings, shares_at_likely, shares_drawn, spread_of
from policy_options.analysis.weight_region import WeightRegion, free_region
from policy_options.errors import PolicyOptionsError

__all__ = ["WithoutPreferences", "without_preferences"]


@dataclass(frozen=True, eq=False)
class WithoutPreferences:
    """Shares of all weight vectors, for the options that fail no red line, or for all where every option fails one."""

    whole: Problem
    settings: RobustnessSettings

    @cached_property
    def _keeping(self) -> tuple[str, ...]:
        failing = red_lines(self.whole).failing
        return tuple(option for option in self.whole.option_ids if option not in failing)

    @property
    def none_keeps(self) -> bool:
        """Whether every option fails a red line."""
        return not self._keeping

    @cached_property
    def problem(self) -> Problem:
        """The options that are compared."""
        some = self._keeping and len(self._keeping) < len(self.whole.options)
        return self.whole.keeping(self._keeping) if some else self.whole

    @property
    def left_out(self) -> tuple[str, ...]:
        """The options that fail a red line and are left out."""
        return tuple(option for option in self.whole.option_ids if option not in self.problem.option_index)

    @property
    def titles(self) -> dict[str, str]:
        """The title of each option, including those left out."""
        return {option.id: option.title for option in self.whole.options}

    @cached_property
    def spread(self) -> Spread:
        """What is uncertain about the scores."""
        return spread_of(self.problem, self.region)

    @property
    def scores_vary(self) -> bool:
        """Whether any score is unknown, or has a range or a distribution."""
        return self.spread != "none"

    def never(self, found: Acceptability) -> frozenset[str]:
        """The options that another beats under all weights, and wherever within their bounds the scores fall."""
        dominated = self.dominance.by_likely if found.scores == "likely" else self.dominance.by_intervals
        return frozenset(loser for _, loser in dominated)

    @cached_property
    def region(self) -> WeightRegion:
        """All weights."""
        return free_region(self.problem.criterion_ids)

    @property
    def group_weights(self) -> dict[str, float]:
        """The weight, as a share, that each top group has on average because of its number of criteria."""
        return {name: len(members) / len(self.problem.criteria) for name, _, members in self.problem.top_groups}

    @cached_property
    def unknown(self) -> tuple[str, ...]:
        """The options with an unknown score."""
        rows = np.flatnonzero(self.problem.unknown.any(axis=1))
        return tuple(self.problem.option_ids[row] for row in rows)

    @cached_property
    def dominance(self) -> Dominance:
        """The options that are never better than some other."""
        return dominance(self.problem)

    @cached_property
    def drawn(self) -> Acceptability:
        """With scores drawn; exact if none has a range."""
        if not self.scores_vary:
            assert self.at_likely is not None
            return replace(self.at_likely, scores="uncertain")
        return shares_drawn(self.problem, self.region, self.settings.uncertainty, self.settings)

    @cached_property
    def at_likely(self) -> Acceptability | None:
        """At likely scores, for the options without unknown scores; ``None`` if there are fewer than two."""
        kept = [option for option in self.problem.option_ids if option not in self.unknown]
        if len(kept) < 2:
            return None
        return shares_at_likely(self.problem.keeping(kept), self.region, self.settings)


def without_preferences(problem: Problem, settings: RobustnessSettings) -> WithoutPreferences:
    """Compute which options can be first, and under which weights, without preferences.

    Raises:
        PolicyOptionsError: fewer than two options are left to compare.
    """
    found = WithoutPreferences(problem, settings)
    if len(found.problem.options) < 2:
        raise PolicyOptionsError.of(
            "one-option",
            "with a single option to choose from there is no order that could change",
            "write another option, or look at the red lines",
            ids=found.problem.option_ids,
        )
    return found
