"""The weight sets side by side: the rank of every option under each, and what they agree on."""

from __future__ import annotations

from policy_options.analysis.ranking import Ranking
from policy_options.memo.content import SetRow, SetsBlock
from policy_options.memo.sections.firmness import SETS_ACROSS
from policy_options.memo.subject import Subject
from policy_options.wording.across import agreement_sentences, regret_sentence
from policy_options.wording.sentences import first_in_sets, restates_weights
from policy_options.wording.weight_set_page import notes_on_combined

__all__ = ["comparison_sentences", "elsewhere_sentences", "sets_blocks"]


def sets_blocks(subject: Subject) -> tuple[SetsBlock, ...]:
    """The rank of every option under every weight set, in blocks that fit a page."""
    phrases, overview = subject.phrases, subject.overview
    blocks = []
    for start in range(0, len(overview.rankings), SETS_ACROSS):
        shown = overview.rankings[start : start + SETS_ACROSS]
        blocks.append(
            SetsBlock(
                caption=phrases.say("memo.sets.caption"),
                titles=tuple(subject.set_titles[ranked.weights.id] for ranked in shown),
                rows=tuple(_set_row(option.short, row, shown) for row, option in enumerate(subject.problem.options)),
                leads=tuple(phrases.numbers.points(overview.leads[ranked.weights.id]) for ranked in shown),
            )
        )
    return tuple(blocks)


def _set_row(title: str, row: int, shown: tuple[Ranking, ...]) -> SetRow:
    ranks = [int(ranking.ranks[row]) for ranking in shown]
    return SetRow(title, tuple(map(str, ranks)), tuple(rank == 1 for rank in ranks))


def comparison_sentences(subject: Subject) -> tuple[str, ...]:
    """What the weight sets agree on, where they part, and how far people apart lie whose weights were combined."""
    phrases = subject.phrases
    said = notes_on_combined(subject.dossier, phrases, titled=True)
    if subject.across is not None and len(subject.problem.options) > 1:
        said += agreement_sentences(subject.across, subject.set_titles, phrases)
        said.append(restates_weights(subject.overview, phrases, subject.statuses))
    return tuple(said)


def elsewhere_sentences(subject: Subject) -> tuple[str, ...]:
    """Under which sets another option is first, and what choosing the first here could cost under another view."""
    phrases, first = subject.phrases, subject.assessment.first
    if len(subject.problem.options) < 2:
        return ()
    said = [first_in_sets(subject.overview, first, phrases, subject.set_titles, subject.statuses)]
    if subject.across is not None:
        said.append(regret_sentence(subject.across, first, subject.set_titles, phrases))
    return tuple(each for each in said if each)
