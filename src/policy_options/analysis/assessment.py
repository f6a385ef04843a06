"""One ranking with all that is said of it: closeness, dominance, red lines, the lead over the baseline, cost against value."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from policy_options.analysis.closeness import ClosePairs, close_pairs
from policy_options.analysis.cost_value import CostValue, cost_value
from policy_options.analysis.dominance import Dominance, dominance
from policy_options.analysis.problem import Problem, WeightVector
from policy_options.analysis.ranking import Lead, Ranking, rank
from policy_options.analysis.red_lines import RedLines, red_lines

__all__ = ["Assessment", "assess"]


@dataclass(frozen=True, eq=False)
class Assessment:
    """What a face shows of one weight set. All but the ranking is computed when it is first asked for.

    ``baseline`` is the option that leads are measured against, if there is one; ``threshold`` the distance in value points
    within which two options are too close to call.
    """

    ranking: Ranking
    baseline: str | None
    threshold: float

    @cached_property
    def leads_over_baseline(self) -> dict[str, Lead]:
        """Each option's lead over the baseline; empty where there is none."""
        if self.baseline is None:
            return {}
        return {option: self.ranking.lead(option, self.baseline) for option in self.ranking.problem.option_ids}

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

    @property
    def first(self) -> str:
        """The option to put first: the head of the order among those that cross no red line.

        Where several share its rank, one that another of them dominates is passed over. Where all cross a red line, the
        head of the order.
        """
        ranking = self.ranking
        keeping = [option for option in ranking.in_order if option not in self.red_lines.failing] or list(
            ranking.in_order
        )
        best = self.rank_of(keeping[0])
        level = [option for option in keeping if self.rank_of(option) == best]
        if len(level) > 1:
            dominated = {loser for winner, loser in self.dominance.by_likely if winner in level}
            level = [option for option in level if option not in dominated] or level
        return level[0]

    def rank_of(self, option: str) -> int:
        """The rank of an option."""
        return int(self.ranking.ranks[self.ranking.problem.option_index[option]])


def assess(problem: Problem, weights: WeightVector, *, baseline: str | None, threshold: float) -> Assessment:
    """Rank the options, and hold ready everything that is said of the ranking."""
    return Assessment(rank(problem, weights), baseline, threshold)
