"""Dissent and gaps: which weight set or participant would put another option first, what all agree on, and what is missing."""

from __future__ import annotations

from typing import Final

from policy_options.memo.content import DissentPart, View
from policy_options.memo.subject import Subject
from policy_options.wording.across import agreement_sentences
from policy_options.wording.counts import count_sentences
from policy_options.wording.sentences import evidence_sentences
from policy_options.wording.titles import option_titles

__all__ = ["dissent_part"]

VIEWS_IN_BODY: Final = 6
"""Who disagrees, by name, before the rest are counted; the annex has the ranks under every set."""


def dissent_part(subject: Subject) -> DissentPart:
    """Word it. A view dissents where the option to put first is not among its first."""
    phrases, voices = subject.phrases, subject.voices
    titles = option_titles(subject.problem)
    row = subject.problem.option_index[subject.assessment.first]
    views = []
    for ranking in voices.rankings:
        name = ranking.weights.id
        if subject.assessment.first in voices.firsts[name]:
            continue
        held = subject.dossier.weighting(name)
        first = phrases.listing([titles[option] for option in voices.firsts[name]])
        lead = phrases.numbers.points(voices.leads[name])
        views.append(
            View(
                said=phrases.say("dissent.view", view=held.title, option=first, lead=lead),
                title=held.title,
                holder=held.holder,
                status=phrases.say(f"status.{held.status}"),
                first=first,
                lead=lead,
                rank=str(int(ranking.ranks[row])),
            )
        )
    # People whose weights are combined speak for themselves here, and their set is not counted once more.
    combined = {name for name, one in subject.held.items() if one.combined is not None}
    statuses = {
        ranking.weights.id: subject.dossier.weighting(ranking.weights.id).status
        for ranking in voices.rankings
        if ranking.weights.id not in combined
    }
    counted = count_sentences(voices, subject.assessment, statuses, phrases, option=titles[subject.assessment.first])
    said = phrases.together([phrases.say("dissent.people") if combined else "", *counted])
    shown = views if len(views) <= VIEWS_IN_BODY else views[: VIEWS_IN_BODY - 1]
    agreement: tuple[str, ...] = ()
    if subject.across is not None:
        agreement = tuple(agreement_sentences(subject.across, subject.set_titles, phrases)[:1])
    return DissentPart(
        said=said,
        caption=phrases.say("dissent.caption", option=titles[subject.assessment.first]),
        views=tuple(shown),
        more=phrases.say("dissent.more", count=len(views) - len(shown)) if len(views) > len(shown) else "",
        agreement=agreement,
        gaps=(evidence_sentences(subject.report, phrases), *subject.decision.limits),
    )
