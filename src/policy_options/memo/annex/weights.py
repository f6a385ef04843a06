"""The weights: whose each set is, how it was elicited, and what it gives to each criterion."""

from __future__ import annotations

from policy_options.memo.content import WeightRow, WeightSetHead
from policy_options.memo.subject import Subject
from policy_options.wording.sentences import stale_notes
from policy_options.wording.titles import option_titles
from policy_options.wording.weight_set_page import derivation_notes, names_of

__all__ = ["weight_rows", "weight_set_heads"]


def weight_set_heads(subject: Subject) -> tuple[WeightSetHead, ...]:
    """Whose each weight set is, why, how its weights came about, and who leads under it."""
    dossier, overview, phrases = subject.dossier, subject.overview, subject.phrases
    titles = option_titles(subject.problem)
    heads = []
    for ranking in overview.rankings:
        held = subject.held[ranking.weights.id]
        derived = [
            *derivation_notes(dossier, held, phrases, names_of(dossier, held)),
            *stale_notes(dossier.stale(held.id)),
        ]
        if not held.model.given_on:
            derived.append(phrases.say("stale.cannot"))
        heads.append(
            WeightSetHead(
                held.title,
                held.holder,
                phrases.say(f"status.{held.status}"),
                held.model.rationale,
                phrases.together(derived),
                phrases.listing([titles[first] for first in overview.firsts[ranking.weights.id]]),
                phrases.numbers.points(overview.leads[ranking.weights.id]),
            )
        )
    return tuple(heads)


def weight_rows(subject: Subject) -> tuple[WeightRow, ...]:
    """Weights by criterion below the sum of each top group."""
    overview, phrases, problem = subject.overview, subject.phrases, subject.problem
    rows = []
    for name, title, columns in problem.top_groups:
        grouped = columns != (problem.criterion_ids.index(name),) if name in problem.criterion_ids else True
        if grouped:
            sums = [float(ranking.shares[list(columns)].sum()) for ranking in overview.rankings]
            rows.append(WeightRow(title, tuple(phrases.numbers.fixed(100 * share) for share in sums), True))
        for column in columns:
            shares = [float(ranking.shares[column]) for ranking in overview.rankings]
            rows.append(
                WeightRow(
                    problem.criteria[column].short,
                    tuple(phrases.numbers.fixed(100 * share) for share in shares),
                    not grouped,
                )
            )
    return tuple(rows)
