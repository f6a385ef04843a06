"""How firm the ranking is: the verdict with its rule, the nearest changes, and the ranks under every weight set."""

from __future__ import annotations

from policy_options.analysis.acceptability.results import SampledBasis
from policy_options.analysis.problem import Problem
from policy_options.analysis.ranking import Ranking
from policy_options.analysis.robustness import Robustness
from policy_options.analysis.switching.nearest import nearest_switching_values
from policy_options.memo.condensing_levels import first_texts
from policy_options.memo.content import Figure, HeatTable, RobustnessPart, SetRow, SetsBlock
from policy_options.memo.figures import (
    one_way_figure,
    rank_heat,
    spans_figure,
    stability_figure,
    tornado_figure,
)
from policy_options.memo.subject import Subject
from policy_options.reports.comparison_figures import most_often_first
from policy_options.wording.changes import nearest_sentences
from policy_options.wording.cross_check import memo_sentences
from policy_options.wording.phrases import Phrases
from policy_options.wording.robustness import (
    around_sentence,
    information_sentences,
    left_out_sentences,
    low_confidence_sentence,
    main_basis_sentences,
    reason_sentences,
    reversal_sentences,
    rule_sentence,
    shares_sentences,
    verdict_sentences,
)
from policy_options.wording.switching import score_switching_sentence, weight_switching_sentences

__all__ = [
    "MEMO_ERROR",
    "SETS_ACROSS",
    "change_figures",
    "changes",
    "most_samples",
    "ranks_by_set",
    "ranks_by_weighting",
    "robustness_part",
    "sets_block",
]

MEMO_ERROR = 0.005
"""The half-width of sampled shares in a memo, whose readers think in whole per cents anyway; ``robustness`` samples
further.
"""

_MOST_SAMPLES = 1 << 22
_MOST_DRAWN = 1 << 30
"""Scores drawn by the samples of a memo, over all options and criteria: some ten seconds of work. It is a number rather
than a time, so that the memo is the same on every machine.
"""

_SWITCHING_VALUES_IN_ANNEX = 6
SETS_ACROSS = 8
"""Weight sets whose ranks fit next to one another on a page; if there are more, the body leaves them to the annex."""


def most_samples(problem: Problem) -> int:
    """Limit the weight vectors sampled for a memo, which states the error reached."""
    cells = len(problem.options) * len(problem.criteria)
    return min(_MOST_SAMPLES, _MOST_DRAWN // max(cells, 1))


def _error_reached(firm: Robustness, phrases: Phrases) -> tuple[str, ...]:
    """State that no more samples were drawn, if those of a memo did not reach its error."""
    basis = firm.around_uncertain.basis
    if not isinstance(basis, SampledBasis) or basis.half_width <= MEMO_ERROR:
        return ()
    wanted = phrases.numbers.fixed(100 * MEMO_ERROR)
    return (phrases.say("memo.error-reached", samples=phrases.numbers.fixed(basis.proposed, 0), wanted=wanted),)


def robustness_part(subject: Subject) -> RobustnessPart:
    """Word the section in the body."""
    phrases, firm = subject.phrases, subject.firm
    sets = ranks_by_set(subject)
    if firm is None:
        return RobustnessPart((phrases.say("memo.robustness.one"),), "", (), (), sets)
    basis = (
        *left_out_sentences(firm, phrases),
        around_sentence(firm, phrases),
        *main_basis_sentences(firm, phrases),
        *_error_reached(firm, phrases),
        *reason_sentences(firm, phrases),
        *(memo_sentences(subject.checked, phrases) if subject.checked is not None else ()),
    )
    return RobustnessPart(
        verdict=(*verdict_sentences(firm, phrases), *shares_sentences(firm, phrases)),
        rule=rule_sentence(firm, phrases),
        basis=first_texts(basis, subject.extent.items, phrases),
        switching_values=tuple(nearest_sentences(firm, phrases)),
        sets=sets if subject.extent.sets else None,
    )


def ranks_by_weighting(subject: Subject) -> HeatTable | None:
    """The share of weight vectors under which each option takes each rank, for annex A; nothing if there is no order to
    question.
    """
    return None if subject.firm is None else rank_heat(subject.firm, subject.phrases)


def ranks_by_set(subject: Subject) -> SetsBlock | None:
    """The ranks of the options, best first, under each of several weight sets that fit next to one another.

    Annex B has them for any number of sets.
    """
    across, phrases = subject.across, subject.phrases
    if across is None or len(subject.held) > SETS_ACROSS or len(subject.problem.options) < 2:
        return None
    order = tuple(int(row) for row in subject.assessment.ranking.order)
    caption = most_often_first(across, subject.statuses, phrases)
    return sets_block(subject, subject.overview.rankings, order, caption)


def sets_block(subject: Subject, shown: tuple[Ranking, ...], rows: tuple[int, ...], caption: str) -> SetsBlock:
    """The ranks of some options under weight sets that fit next to one another, and the lead of the first under each."""
    points = subject.phrases.numbers.points
    return SetsBlock(
        caption=caption,
        titles=tuple(subject.set_titles[ranked.weights.id] for ranked in shown),
        rows=tuple(_set_row(subject.problem.options[row].short, row, shown) for row in rows),
        leads=tuple(points(subject.overview.leads[ranked.weights.id]) for ranked in shown),
    )


def _set_row(title: str, row: int, shown: tuple[Ranking, ...]) -> SetRow:
    ranks = [int(ranking.ranks[row]) for ranking in shown]
    return SetRow(title, tuple(map(str, ranks)), tuple(rank == 1 for rank in ranks))


def changes(subject: Subject) -> tuple[str, ...]:
    """For the annex: what else would change the order, and the value of information."""
    phrases, firm = subject.phrases, subject.firm
    if firm is None:
        return ()
    near = [
        score_switching_sentence(tie, firm, phrases)
        for tie in nearest_switching_values(firm.score_switching_values.switching_values)
    ]
    return (
        *weight_switching_sentences(firm, phrases),
        *near[:_SWITCHING_VALUES_IN_ANNEX],
        *((low_confidence_sentence(firm, phrases),) if firm.scores_vary else ()),
        *information_sentences(firm, phrases),
        *reversal_sentences(firm, phrases),
    )


def change_figures(subject: Subject) -> tuple[Figure, ...]:
    """For the annex: how far values and weights may move, values along one weight, and the tornado."""
    phrases, firm = subject.phrases, subject.firm
    # Without a range or an unknown score no value has a span.
    figures = [spans_figure(subject.assessment, phrases)] if subject.problem.spread() != "none" else []
    if firm is not None:
        along = one_way_figure(firm, phrases)
        figures += [stability_figure(firm, phrases), *([along] if along else []), tornado_figure(firm, phrases)]
    return tuple(figures)
