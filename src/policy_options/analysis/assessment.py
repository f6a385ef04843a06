"""A ranking with its assessment: closeness, dominance, red lines, the lead over the baseline, cost against value."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from policy_options.analysis.closeness import ClosePairs, close_pairs
from policy_options.analysis.cost_value import CostValue, cost_value
from policy_options.analysis.dominance import Dominance, dominance
from policy_options.analysis.problem import Problem, WeightVector
from policy_options.analysis.ranking import Lead, Ranking, rank
from policy_options.analysis.red_lines import RedLines, red_lines
from policy_options.analysis.verdict import Verdict, verdict

__all__ = ["Assessment", "assess"]


@dataclass(frozen=True, eq=False)
class Assessment:
    """What a face shows of one weight set. Everything but the ranking is computed on first use.

    ``baseline`` is the option that leads are measured against, if there is one; ``threshold`` the distance in value
    points within which two options are too close to call.
    """

    ranking: Ranking
    baseline: str | None
    threshold: float

    @cached_property
    def leads_over_baseline(self) -> dict[str, Lead]:
        """Each option's lead over the baseline; empty without a baseline."""
        if self.baseline is None:
            return {}
        return {option: self.ranking.lead(option, self.baseline) for option in self.ranking.problem.option_ids}

    @cached_property
    def kept(self) -> Ranking:
        """The ranking of the options that fail no red line; of all where each fails one."""
        problem = self.ranking.problem
        kept = [option for option in problem.option_ids if option not in self.red_lines.failing]
        if not kept or len(kept) == len(problem.options):
            return self.ranking
        return rank(problem.keeping(kept), self.ranking.weights)

    @cached_property
    def close(self) -> ClosePairs:
        """Pairs too close to call."""
        return close_pairs(self.ranking, self.threshold)

    @cached_property
    def dominance(self) -> Dominance:
        """Dominated pairs, whatever the weights."""
        return dominance(self.ranking.problem)

    @cached_property
    def red_lines(self) -> RedLines:
        """Crossings of red lines."""
        return red_lines(self.ranking.problem)

    @cached_property
    def cost_value(self) -> CostValue | None:
        """Value without the cost group, and the frontier."""
        return cost_value(self.ranking)

    @cached_property
    def verdict(self) -> Verdict:
        """The option to put first, and the qualifications that must go with it."""
        return verdict(self.ranking, self.red_lines, self.dominance, self.close, baseline=self.baseline)

    @property
    def first(self) -> str:
        """The option to put first, by the rule of ``verdict``."""
        return self.verdict.first


def assess(problem: Problem, weights: WeightVector, *, baseline: str | None, threshold: float) -> Assessment:
    """Rank the options and prepare the assessment of the ranking."""
    return Assessment(rank(problem, weights), baseline, threshold)
