"""The order with each score of low confidence at its ends, everything else unchanged."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from policy_options.analysis.additive import competition_ranks
from policy_options.analysis.ranking import Ranking

__all__ = ["AtItsEnds", "at_their_ends"]


@dataclass(frozen=True, slots=True)
class AtItsEnds:
    """A score of low confidence at ``low`` and at ``high``: who leads there, and whether the order changes."""

    option: str
    criterion: str
    low: float
    high: float
    leaders_at_low: tuple[str, ...]
    leaders_at_high: tuple[str, ...]
    order_changes: bool
    leader_changes: bool


def at_their_ends(ranking: Ranking) -> tuple[AtItsEnds, ...]:
    """Every score of low confidence that has bounds and carries weight; unknown scores have no ends to try."""
    problem = ranking.problem
    values = np.where(problem.unknown, 0.0, problem.values)
    found = []
    for row, column in problem.low_confidence:
        low, high = float(problem.low[row, column]), float(problem.high[row, column])
        if np.isnan(low) or low == high or ranking.shares[column] == 0.0:
            continue
        leaders, changes = [], False
        for value in problem.criteria[column].value_function(np.array([low, high])).tolist():
            moved = ranking.lower.copy()
            moved[row] += ranking.shares[column] * (value - values[row, column])
            ranks, _ = competition_ranks(moved)
            leaders.append(tuple(problem.option_ids[index] for index in np.flatnonzero(ranks == 1)))
            changes |= bool((ranks != ranking.ranks).any())
        leads_now = {name for name, place in zip(problem.option_ids, ranking.ranks, strict=True) if place == 1}
        found.append(
            AtItsEnds(
                problem.option_ids[row],
                problem.criterion_ids[column],
                low,
                high,
                leaders[0],
                leaders[1],
                changes,
                any(set(one) != leads_now for one in leaders),
            )
        )
    return tuple(found)
