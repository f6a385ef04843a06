"""Value set against cost: what each option is worth without the cost group, and which options are on the frontier."""

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
    """(m,) arrays along the options of a ranking. Both values are 0-100, more is better.

    ``benefit`` is the overall value over the criteria outside the cost group, their weights scaled to sum 1; ``economy``
    the same over the cost group, so that 100 is the cheapest end. ``frontier`` holds the options to which no other is
    at least as good on both and better on one. An option with an unknown score has NaN and is not placed.
    """

    group: str
    options: tuple[str, ...]
    benefit: Floats
    economy: Floats
    frontier: tuple[str, ...]

    @property
    def table(self) -> pd.DataFrame:
        """One row an option, in the order of the dossier."""
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
    """Value without the cost group, and the frontier; ``None`` where there is no cost group or one side has no weight."""
    problem = ranking.problem
    group = next((group.id for group in problem.groups if group.role == "cost"), None)
    if group is None:
        return None
    inside = np.zeros(len(problem.criteria), dtype=bool)
    inside[problem.columns_of(group)] = True
    cost_share, rest_share = ranking.shares[inside].sum(), ranking.shares[~inside].sum()
    if not (cost_share > 0 and rest_share > 0):
        return None
    benefit = problem.values[:, ~inside] @ (ranking.shares[~inside] / rest_share)
    economy = problem.values[:, inside] @ (ranking.shares[inside] / cost_share)
    return CostValue(
        group, problem.option_ids, frozen(benefit), frozen(economy), _frontier(problem.option_ids, benefit, economy)
    )


def _frontier(ids: tuple[str, ...], benefit: Floats, economy: Floats) -> tuple[str, ...]:
    """Options that no other beats on both counts, best benefit first, in O(m log m)."""
    known = np.flatnonzero(~np.isnan(benefit + economy))
    order = known[np.lexsort((-economy[known], -benefit[known]))]
    frontier: list[str] = []
    best, best_at = -np.inf, np.inf
    for row in order:
        if economy[row] > best + TIE or (abs(economy[row] - best) <= TIE and best_at - benefit[row] <= TIE):
            frontier.append(ids[row])
            best, best_at = max(best, float(economy[row])), float(benefit[row])
    return tuple(frontier)
