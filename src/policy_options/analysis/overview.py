"""Many weight sets at a glance: the leaders under each, and the best options on each criterion alone.

Where the winners by set match the best options by criterion one to one, the ranking only restates the weights.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from policy_options.analysis.additive import TIE
from policy_options.analysis.problem import Problem, WeightVector
from policy_options.analysis.ranking import Ranking, rank
from policy_options.analysis.red_lines import red_lines
from policy_options.analysis.verdict import candidates, could_overtake, lead_at_the_top, level_at_the_top

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Overview", "overview"]


@dataclass(frozen=True, eq=False)
class Overview:
    """``firsts`` maps each weight set to its first options; ``best_by_criterion`` each criterion to its best options.

    ``rankings`` has the ranking under each set, in the order given, and ``failing`` the options that fail a red line.
    ``firsts`` are the options of the best rank among those that fail none, from which a verdict chooses; ``leads`` are
    their leads over the next of these, 0 where they tie, ``None`` where unknown scores leave it open. ``open`` are the
    sets in which an unknown score could put another first.
    """

    rankings: tuple[Ranking, ...]
    firsts: dict[str, tuple[str, ...]]
    leads: dict[str, float | None]
    open: tuple[str, ...]
    failing: tuple[str, ...]
    best_by_criterion: dict[str, tuple[str, ...]]

    @property
    def led_by_best_on_heaviest(self) -> tuple[str, ...]:
        """The sets whose first options are all best on a criterion of the largest weight: there the order adds little."""
        found = []
        for ranking in self.rankings:
            if len(ranking.heaviest) == len(ranking.problem.criteria) > 1:
                continue  # where all weights are equal, none is the largest
            best = {option for criterion in ranking.heaviest for option in self.best_by_criterion[criterion]}
            if best.issuperset(self.firsts[ranking.weights.id]):
                found.append(ranking.weights.id)
        return tuple(found)

    @property
    def restates_weights(self) -> bool:
        """Whether there are several sets and this is true of every one: then the ranking says nothing that was not put in."""
        return len(self.rankings) > 1 and len(self.led_by_best_on_heaviest) == len(self.rankings)

    @property
    def table(self) -> pd.DataFrame:
        """Ranks: one row per option, one column per weight set."""
        import pandas as pd

        problem = self.rankings[0].problem
        return pd.DataFrame(
            {ranking.weights.id: ranking.ranks for ranking in self.rankings},
            index=pd.Index(problem.option_ids, name="option"),
        )


def overview(problem: Problem, weight_vectors: Sequence[WeightVector]) -> Overview:
    """Rank under every weight vector, and find the best options on each criterion (by likely scores, leaving out
    unknown ones).
    """
    rankings = tuple(rank(problem, weights) for weights in weight_vectors)
    ids = problem.option_ids
    best: dict[str, tuple[str, ...]] = {}
    for column, criterion in enumerate(problem.criteria):
        values = problem.values[:, column]
        known = values[~np.isnan(values)]
        top = known.max() if known.size else np.nan
        best[criterion.id] = tuple(ids[row] for row in np.flatnonzero(values >= top - TIE))
    lines = red_lines(problem)
    chosen_from = {ranking.weights.id: candidates(ranking, lines) for ranking in rankings}
    firsts = {one.weights.id: level_at_the_top(one, chosen_from[one.weights.id]) for one in rankings}
    leads = {one.weights.id: lead_at_the_top(one, chosen_from[one.weights.id]) for one in rankings}
    open_ = tuple(
        one.weights.id for one in rankings if could_overtake(one, firsts[one.weights.id], chosen_from[one.weights.id])
    )
    failing = tuple(option for option in ids if option in lines.failing)
    return Overview(rankings, firsts, leads, open_, failing, best)
