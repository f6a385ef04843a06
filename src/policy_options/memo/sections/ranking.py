"""The ranking: the table, its notes, the rule, and the sources of each value."""

from __future__ import annotations

from typing import Final

from policy_options.analysis.ranking import Ranking
from policy_options.analysis.verdict import NARROW
from policy_options.dossier.eliciting import Weighting
from policy_options.memo.condensing_levels import WHOLE, first_texts
from policy_options.memo.content import Figure, RankingPart, RankRow
from policy_options.memo.figures import contributions_figure
from policy_options.memo.subject import Subject
from policy_options.wording.phrases import Phrases
from policy_options.wording.sentences import ranking_notes, status_note
from policy_options.wording.titles import option_titles
from policy_options.wording.weight_sets import combined_notes, method_sentences, names_of, stale_notes

__all__ = ["rank_rows", "ranking_part", "rows_in_body"]

_PAIRS_NAMED: Final = 4
"""Close pairs of the best options named in the body before the rest are counted; values are in the table."""

GROUPS_ACROSS: Final = 6
"""Top groups of the value tree that fit next to the values in the ranked table."""


def ranking_part(subject: Subject, contributions: Figure | None = None) -> RankingPart:
    """Word the ranking; with its chart if it has already been drawn."""
    phrases, assessment = subject.phrases, subject.assessment
    ranking = assessment.ranking
    used = subject.used
    rows = rows_in_body(subject, subject.extent.ranked)
    left = len(ranking.order) - len(rows)
    threshold = assessment.threshold
    points = phrases.numbers.points
    people = (
        combined_notes(used.combined, phrases, names_of(subject.dossier, used)) if used.combined is not None else []
    )
    return RankingPart(
        caption=phrases.say("memo.ranking.caption", weights=used.title, status=status_note(used.status, phrases)),
        group_titles=tuple(title for _, title, _ in subject.problem.top_groups) if _groups_fit(ranking) else (),
        rows=tuple(_rank_row(subject, row) for row in rows),
        more=phrases.say("memo.ranking.more", count=left) if left else "",
        notes=first_texts(
            (
                _whose(used, phrases),
                *stale_notes(subject.dossier, used, phrases),
                *people,
                *ranking_notes(assessment, phrases, option_titles(subject.problem), pairs=_PAIRS_NAMED),
            ),
            subject.extent.items,
            phrases,
        ),
        rule=phrases.say("bottom.rule", threshold=points(threshold), narrow=points(NARROW * threshold)),
        contributions=contributions or contributions_figure(assessment, phrases),
    )


def _whose(used: Weighting, phrases: Phrases) -> str:
    """Whose the weights are, and how they were given."""
    held = phrases.say("weights.holder", holder=used.holder, status=status_note(used.status, phrases))
    return phrases.together([held, *method_sentences(used.model, phrases)])


def rows_in_body(subject: Subject, most: int, *, baseline: bool = True) -> tuple[int, ...]:
    """The options for the body in order of rank.

    The option to put first and the baseline are always included, whatever their rank and however little room there is;
    then those that the decision names for the body, in its order, or by default the best of the others.
    """
    ranking, asked = subject.assessment.ranking, subject.decision.body_options
    index = ranking.problem.option_index
    always = [subject.assessment.first, *([subject.assessment.baseline] if baseline else [])]
    wanted = list(ranking.order)
    if isinstance(asked, tuple):
        wanted = [index[id] for id in asked]
    if asked is not None:  # more than usual are shown only if there is room
        number = asked if isinstance(asked, int) else len({*asked, *always} - {None})
        most = number if most == WHOLE.ranked else min(most, number)
    chosen = [*dict.fromkeys([*(index[id] for id in always if id is not None), *wanted])]
    kept = set(chosen[: max(most, sum(id is not None for id in always))])
    return tuple(row for row in ranking.order if row in kept)


def rank_rows(subject: Subject) -> tuple[RankRow, ...]:
    """Every option, for the annex of a memo whose body has no room for all of them or for their names."""
    ranking, extent = subject.assessment.ranking, subject.extent
    whole = len(rows_in_body(subject, extent.ranked)) == len(ranking.order) and extent.name is None
    return () if whole else tuple(_rank_row(subject, row) for row in ranking.order)


def _groups_fit(ranking: Ranking) -> bool:
    """Whether the groups fit next to the values; if not, the chart and the annex show them."""
    return len(ranking.problem.top_groups) <= GROUPS_ACROSS


def _rank_row(subject: Subject, row: int) -> RankRow:
    assessment, phrases = subject.assessment, subject.phrases
    ranking = assessment.ranking
    option = ranking.problem.options[row]
    points = phrases.numbers.points
    lead = assessment.leads_over_baseline.get(option.id)
    cost = assessment.cost_value
    best, worst = int(ranking.best_rank[row]), int(ranking.worst_rank[row])
    remarks = []
    value = points(float(ranking.lower[row]))
    if ranking.upper[row] > ranking.lower[row]:
        value = phrases.say("memo.bounds", low=value, high=points(float(ranking.upper[row])))
    if best != worst:
        remarks.append(phrases.say("memo.rank.range", best=best, worst=worst))
    if option.id in assessment.red_lines.failing:
        remarks.append(phrases.say("memo.fails-red-line"))
    if any(loser == option.id for _, loser in assessment.dominance.by_likely):
        remarks.append(phrases.say("memo.dominated"))
    return RankRow(
        rank=str(int(ranking.ranks[row])),
        title=option.title,
        short=option.short if option.short != option.title else "",
        value=value,
        lead=points(lead.points if lead else None, signed=True),
        without_cost=points(float(cost.benefit[row])) if cost is not None else "",
        groups=tuple(points(float(part)) for part in ranking.group_contributions[row]) if _groups_fit(ranking) else (),
        first=option.id == assessment.first,
        baseline=option.id == assessment.baseline,
        remark=phrases.series(remarks),
    )
