"""What is left of a lead on the criteria where both scores cite a source."""

from __future__ import annotations

from dataclasses import replace

from policy_options.analysis.drivers.cited import cited_lead
from policy_options.analysis.ranking import Ranking, rank
from support import SmallDossier


def with_uncited(small: SmallDossier, uncited: set[tuple[str, str]]) -> Ranking:
    dossier = small.load()
    problem = dossier.problem
    cells = tuple((problem.option_ids.index(o), problem.criterion_ids.index(c)) for o, c in sorted(uncited))
    return rank(replace(problem, uncited=cells), dossier.weights())


def test_a_rival_with_no_criterion_in_common_is_not_level_with_the_leader(small: SmallDossier) -> None:
    ranking = with_uncited(small, set())
    leader, *rivals = ranking.in_order
    everything = {(rivals[0], criterion) for criterion in ranking.problem.criterion_ids}
    found = cited_lead(with_uncited(small, everything), leader)
    assert found is not None and found.rival == rivals[1]
    of_both = everything | {(rivals[1], criterion) for criterion in ranking.problem.criterion_ids}
    assert cited_lead(with_uncited(small, of_both), leader) is None
    assert cited_lead(ranking, leader) is None


def test_only_criteria_where_both_cite_count(small: SmallDossier) -> None:
    ranking = with_uncited(small, set())
    leader, rival = ranking.in_order[:2]
    found = cited_lead(with_uncited(small, {(rival, "crossings")}), leader)
    assert found is not None
    parts = dict(ranking.gap(leader, found.rival))
    assert found.lead == sum(parts.values())
    assert abs(found.cited - sum(points for name, points in parts.items() if name not in found.uncited)) < 1e-9
