"""The weight sets compared: the rank of every option under each, and what they agree on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policy_options.memo.content import SetsBlock
from policy_options.memo.sections.robustness import SETS_ACROSS, sets_block
from policy_options.memo.subject import Subject
from policy_options.reports.across import agreement_sentences, regret_sentence
from policy_options.wording.counts import tallies, tally_sentences
from policy_options.wording.sentences import restates_weights, some_of
from policy_options.wording.titles import option_titles
from policy_options.wording.weight_sets import notes_on_combined

if TYPE_CHECKING:
    from policy_options.wording.phrase_keys import PhraseKey

__all__ = ["comparison_sentences", "elsewhere_sentences", "sets_blocks"]


def sets_blocks(subject: Subject) -> tuple[SetsBlock, ...]:
    """The rank of every option under every weight set, in blocks that fit a page."""
    rankings, rows = subject.overview.rankings, tuple(range(len(subject.problem.options)))
    caption = subject.phrases.say("memo.sets.caption")
    starts = range(0, len(rankings), SETS_ACROSS)
    return tuple(sets_block(subject, rankings[start : start + SETS_ACROSS], rows, caption) for start in starts)


def comparison_sentences(subject: Subject) -> tuple[str, ...]:
    """What the weight sets agree on, where they differ, and how much the people whose weights were combined differ."""
    phrases = subject.phrases
    sentences = notes_on_combined(subject.dossier, phrases, titled=True)
    if subject.across is not None and len(subject.problem.options) > 1:
        sentences += agreement_sentences(subject.across, subject.set_titles, phrases)
        sentences.append(restates_weights(subject.overview, phrases, subject.statuses))
    return tuple(sentences)


def elsewhere_sentences(subject: Subject) -> tuple[str, ...]:
    """The sets under which another option is first, and what choosing the first option here could cost under another view."""
    phrases, first = subject.phrases, subject.assessment.first
    if len(subject.problem.options) < 2:
        return ()
    counted = tallies(subject.overview, subject.assessment, subject.statuses)
    sentences = tally_sentences(counted, phrases, option=option_titles(subject.problem)[first])
    kinds: tuple[tuple[PhraseKey, list[str]], ...] = (
        ("sets.elsewhere", [name for tally in counted.values() for name in tally.elsewhere]),
        ("sets.open-under", [name for tally in counted.values() for name in tally.open]),
    )
    for key, names in kinds:
        if names:
            sentences.append(phrases.say(key, sets=some_of([subject.set_titles[name] for name in names], phrases)))
    if subject.across is not None:
        sentences.append(regret_sentence(subject.across, first, subject.set_titles, phrases))
    return tuple(sentence for sentence in sentences if sentence)
