"""How much of a lead rests on cited scores: the lead where both scores cite a source, and uncited scores that could end
it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from policy_options.analysis.ranking import Ranking
from policy_options.analysis.switching.score_values import score_switching_values

__all__ = ["CitedLead", "cited_lead", "decisive_uncited"]


@dataclass(frozen=True, slots=True)
class CitedLead:
    """The lead of ``leader`` over ``rival``, in value points: in all, and on the criteria where both scores cite a
    source.

    The rival is the option over which the second figure is smallest. ``uncited`` are the criteria with weight on which
    either score cites no source.
    """

    leader: str
    rival: str
    lead: float
    cited: float
    uncited: tuple[str, ...]


def cited_lead(ranking: Ranking, leader: str) -> CitedLead | None:
    """The smallest lead of the leader without scores that cite no source.

    ``None`` where there is no rival, nothing to leave out, or nothing that would be left.
    """
    problem, shares = ranking.problem, ranking.shares
    first = problem.option_index[leader]
    rivals = np.array([row for row in ranking.order if row != first], dtype=np.intp)
    silent = np.zeros((len(problem.options), len(problem.criteria)), dtype=bool)
    for row, column in problem.uncited:
        silent[row, column] = True
    if not rivals.size or not (silent & (shares > 0.0)).any():
        return None
    parts = np.nan_to_num(problem.values[first] - problem.values[rivals]) * shares
    both = ~(silent[first] | silent[rivals])
    cited = np.where(both, parts, 0.0).sum(axis=1)
    comparable = (both & (shares > 0.0)).any(axis=1)
    if not comparable.any():
        return None  # nothing is left to compare
    # A rival with no criterion on which both cite a source is not "level" with the leader: nothing is compared.
    least = int(np.where(comparable, cited, np.inf).argmin())
    rival = int(rivals[least])
    uncited = [problem.criterion_ids[c] for c in np.flatnonzero(~both[least] & (shares > 0.0)).tolist()]
    return CitedLead(leader, problem.option_ids[rival], float(parts[least].sum()), float(cited[least]), tuple(uncited))


def decisive_uncited(ranking: Ranking, leader: str) -> dict[str, tuple[str, ...]]:
    """By criterion, the options whose uncited score alone would, within its range, put another option first.

    Raises:
        PolicyOptionsError: a score that carries weight is unknown.
    """
    problem = ranking.problem
    uncited = {(problem.option_ids[row], problem.criterion_ids[column]) for row, column in problem.uncited}
    found: dict[str, tuple[str, ...]] = {}
    for tie in score_switching_values(ranking, leader=leader).within if uncited else ():
        if (
            tie.option,
            tie.criterion,
        ) in uncited and tie.low != tie.high:
            found[tie.criterion] = (*found.get(tie.criterion, ()), tie.option)
    return found
