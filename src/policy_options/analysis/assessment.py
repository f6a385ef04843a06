"""One ranking with all that is said of it: closeness, dominance, red lines, the lead over the baseline, cost against value."""

from __future__ import annotations

from dataclasses import dataclass

from policy_options.analysis.closeness import ClosePairs, close_pairs
from policy_options.analysis.cost_value import CostValue, cost_value
from policy_options.analysis.dominance import Dominance, dominance
from policy_options.analysis.problem import Problem, WeightVector
from policy_options.analysis.ranking import Lead, Ranking, rank
from policy_options.analysis.red_lines import RedLines, red_lines

__all__ = ["Assessment", "assess"]


@dataclass(frozen=True, eq=False)
class Assessment:
    """What a face shows of one weight set. ``leads_over_baseline`` maps each option to its lead, where there is a baseline."""

    ranking: Ranking
    baseline: str | None
    leads_over_baseline: dict[str, Lead]
    close: ClosePairs
    dominance: Dominance
    red_lines: RedLines
    cost_value: CostValue | None

    @property
    def first(self) -> str:
        """The option that heads the order and crosses no red line; where all cross one, the one that heads the order."""
        order = self.ranking.in_order
        return next((option for option in order if option not in self.red_lines.failing), order[0])


def assess(problem: Problem, weights: WeightVector, *, baseline: str | None, threshold: float) -> Assessment:
    """Rank the options, and compute everything that is said of the ranking."""
    ranking = rank(problem, weights)
    leads = {} if baseline is None else {option: ranking.lead(option, baseline) for option in problem.option_ids}
    return Assessment(
        ranking,
        baseline,
        leads,
        close_pairs(ranking, threshold),
        dominance(problem),
        red_lines(problem),
        cost_value(ranking),
    )
