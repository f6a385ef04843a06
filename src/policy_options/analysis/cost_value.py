"""Value against cost: the value of each option without the cost group, and the options on the frontier."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from policy_options.analysis.additive import TIE
from policy_options.analysis.problem import frozen
from policy_options.analysis.ranking import Ranking

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["CostValue", "cost_value"]

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class CostValue:
    """Value against cost: (m,) arrays along the options of a ranking. Both values are 0-100, more is better.

    ``benefit`` is the overall value over the criteria outside the cost group, their weights scaled to sum 1;
    ``economy`` the same over the cost group, so that 100 is the cheapest end. ``frontier`` lists the options to which
    no other is at least as good on both and better on one. An option with an unknown score has NaN and is left out.
    """

    group: str
    options: tuple[str, ...]
    benefit: Floats
    economy: Floats
    frontier: tuple[str, ...]

    @property
    def placed(self) -> tuple[bool, ...]:
        """Which options are compared: those without unknown scores that carry weight."""
        return tuple(bool(known) for known in ~np.isnan(self.benefit + self.economy))

    @property
    def table(self) -> pd.DataFrame:
        """One row per option, in the order of the dossier."""
        import pandas as pd

        return pd.DataFrame(
            {
                "value without cost": self.benefit,
                "economy": self.economy,
                "frontier": [option in self.frontier for option in self.options],
            },
            index=pd.Index(self.options, name="option"),
        )


def cost_value(ranking: Ranking) -> CostValue | None:
    """Value without the cost group, and the frontier; ``None`` without a cost group, or where one side has no weight."""
    problem = ranking.problem
    group = next((group.id for group in problem.groups if group.role == "cost"), None)
    if group is None:
        return None
    inside = np.zeros(len(problem.criteria), dtype=bool)
    inside[problem.columns_of(group)] = True
    cost_share, rest_share = ranking.shares[inside].sum(), ranking.shares[~inside].sum()
    if not (cost_share > 0 and rest_share > 0):
        return None
    # A criterion without weight changes nothing, even if its score is unknown.
    values = np.where(ranking.shares == 0.0, 0.0, problem.values)
    benefit = values[:, ~inside] @ (ranking.shares[~inside] / rest_share)
    economy = values[:, inside] @ (ranking.shares[inside] / cost_share)
    return CostValue(
        group, problem.option_ids, frozen(benefit), frozen(economy), _frontier(problem.option_ids, benefit, economy)
    )


def _frontier(ids: tuple[str, ...], benefit: Floats, economy: Floats) -> tuple[str, ...]:
    """Options that no other beats, best benefit first, in O(m log m); differences within a tie count as none.

    An option is beaten by one that is at least as good on one count and better on the other.
    """
    known = np.flatnonzero(~np.isnan(benefit + economy))
    order = known[np.lexsort((-economy[known], -benefit[known]))]
    b, e = benefit[order], economy[order]
    best = np.concatenate(([-np.inf], np.maximum.accumulate(e)))  # best[n]: the best economy among the first n
    as_good = best[np.searchsorted(-b, -b + TIE, side="right")]
    better = best[np.searchsorted(-b, -b - TIE, side="left")]
    beaten = (as_good > e + TIE) | (better >= e - TIE)
    return tuple(ids[row] for row in order[~beaten])
