"""The weights: whose each set is, how it was elicited, and the weight that it gives to each criterion."""

from __future__ import annotations

from policy_options.analysis.ranking import Ranking
from policy_options.memo.content import WeightBlock, WeightRow, WeightSetHead
from policy_options.memo.sections.robustness import SETS_ACROSS
from policy_options.memo.subject import Subject
from policy_options.wording.titles import option_titles
from policy_options.wording.weight_sets import derivation_notes, names_of, stale_notes

__all__ = ["weight_blocks", "weight_set_heads"]


def weight_set_heads(subject: Subject) -> tuple[WeightSetHead, ...]:
    """Whose each weight set is, why, how its weights were derived, and who leads under it."""
    dossier, overview, phrases = subject.dossier, subject.overview, subject.phrases
    titles = option_titles(subject.problem)
    heads = []
    for ranking in overview.rankings:
        held = subject.held[ranking.weights.id]
        derived = [
            *derivation_notes(dossier, held, phrases, names_of(dossier, held)),
            *stale_notes(dossier, held, phrases),
        ]
        if not held.model.given_on:
            derived.append(phrases.say("stale.cannot"))
        heads.append(
            WeightSetHead(
                held.title,
                held.holder,
                phrases.say_of("status", held.status),
                held.model.rationale,
                phrases.together(derived),
                phrases.listing([titles[first] for first in overview.firsts[ranking.weights.id]]),
                phrases.numbers.points(overview.leads[ranking.weights.id]),
            )
        )
    return tuple(heads)


def weight_blocks(subject: Subject) -> tuple[WeightBlock, ...]:
    """Weights by criterion below the sum of each top group, with as many sets next to one another as fit a page."""
    rankings = subject.overview.rankings
    starts = range(0, len(rankings), SETS_ACROSS)
    return tuple(_block(subject, rankings[start : start + SETS_ACROSS]) for start in starts)


def _block(subject: Subject, shown: tuple[Ranking, ...]) -> WeightBlock:
    problem, numbers = subject.problem, subject.phrases.numbers
    rows = []
    for name, title, columns in problem.top_groups:
        grouped = columns != (problem.criterion_ids.index(name),) if name in problem.criterion_ids else True
        if grouped:
            sums = [float(ranking.shares[list(columns)].sum()) for ranking in shown]
            rows.append(WeightRow(title, tuple(numbers.fixed(100 * share) for share in sums), True))
        for column in columns:
            shares = [float(ranking.shares[column]) for ranking in shown]
            written = tuple(numbers.fixed(100 * share) for share in shares)
            rows.append(WeightRow(problem.criteria[column].short, written, not grouped))
    return WeightBlock(tuple(subject.set_titles[ranking.weights.id] for ranking in shown), tuple(rows))
