"""Dissent and gaps: which weight sets or participants would put another option first, what all agree on, and what is
missing.
"""

from __future__ import annotations

from policy_options.memo.condensing_levels import first_texts
from policy_options.memo.content import DissentPart, View
from policy_options.memo.subject import Subject
from policy_options.reports.across import agreement_sentences
from policy_options.wording.counts import count_sentences
from policy_options.wording.phrases import Phrases
from policy_options.wording.sentences import evidence_sentences
from policy_options.wording.titles import option_titles

__all__ = ["dissent_part", "dissenting_views"]


def dissenting_views(subject: Subject) -> tuple[View, ...]:
    """Every dissenting view: one whose first options do not include the option to put first."""
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
                status=phrases.say_of("status", held.status),
                first=first,
                lead=lead,
                rank=str(int(ranking.ranks[row])),
            )
        )
    return tuple(views)


def dissent_part(subject: Subject) -> DissentPart:
    """Word the section, with the first of the dissenting views."""
    phrases, voices = subject.phrases, subject.voices
    titles = option_titles(subject.problem)
    views = dissenting_views(subject)
    # People whose weights are combined count individually here, and their set is not counted again.
    combined = {name for name, weighting in subject.held.items() if weighting.combined is not None}
    statuses = {
        ranking.weights.id: subject.dossier.weighting(ranking.weights.id).status
        for ranking in voices.rankings
        if ranking.weights.id not in combined
    }
    option = titles[subject.assessment.first]
    if len(subject.problem.options) == 1:
        summary = phrases.say("dissent.one-option", option=option)
    elif len(statuses) == 1:
        summary = phrases.say("dissent.one-view", option=option)
    else:
        counted = count_sentences(voices, subject.assessment, statuses, phrases, option=option)
        summary = phrases.together([phrases.say("dissent.people") if combined else "", *counted])
    most = subject.extent.views
    shown = views if len(views) <= most else views[: max(most - 1, 1)]
    agreement: tuple[str, ...] = ()
    if subject.across is not None:
        agreement = tuple(agreement_sentences(subject.across, subject.set_titles, phrases)[:1])
    return DissentPart(
        said=summary,
        caption=phrases.say("dissent.caption", option=option),
        views=shown,
        by_first=_by_first(shown, phrases),
        more=phrases.say("dissent.more", count=len(views) - len(shown)) if len(views) > len(shown) else "",
        agreement=agreement,
        gaps=first_texts(
            (evidence_sentences(subject.report, phrases), *subject.decision.limits), subject.extent.items, phrases
        ),
    )


def _by_first(views: tuple[View, ...], phrases: Phrases) -> tuple[str, ...]:
    """The views by the option that each would put first, in order of first appearance."""
    views_by_first: dict[str, list[str]] = {}
    for view in views:
        views_by_first.setdefault(view.first, []).append(
            phrases.say("dissent.by-view", view=view.title, lead=view.lead)
        )
    return tuple(
        phrases.say("dissent.by-first", option=first, views=phrases.listing(words))
        for first, words in views_by_first.items()
    )
