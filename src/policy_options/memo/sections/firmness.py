"""How firm the ranking is: the verdict with its rule, the nearest changes, and the ranks under every weight set."""

from __future__ import annotations

from policy_options.analysis.acceptability.results import SampledBasis
from policy_options.analysis.firmness import Firmness
from policy_options.analysis.problem import Problem
from policy_options.memo.content import Figure, FirmnessPart, HeatTable
from policy_options.memo.extent import first_texts
from policy_options.memo.figures import (
    along_figure,
    bump_figure,
    rank_heat,
    spans_figure,
    stability_figure,
    tornado_figure,
)
from policy_options.memo.subject import Subject
from policy_options.wording.firmness import (
    around_sentence,
    basis_sentences,
    left_out_sentences,
    looking_sentences,
    low_confidence_sentence,
    reversal_sentences,
    rule_sentence,
    score_flip_sentence,
    verdict_sentences,
    weight_flip_sentences,
)
from policy_options.wording.firmness_tables import nearest_score_flips
from policy_options.wording.phrases import Phrases

__all__ = [
    "MEMO_ERROR",
    "SETS_ACROSS",
    "change_figures",
    "changes",
    "firmness_part",
    "most_samples",
    "rank_figures",
]

MEMO_ERROR = 0.005
"""The half-width of sampled shares in a memo, which rounds them to whole per cents in the reader's mind anyway; ``robustness``
samples further."""

_MOST_SAMPLES = 1 << 22
_MOST_DRAWN = 1 << 30
"""Scores that the samples of a memo draw, over all options and criteria: some ten seconds of work. A number of samples, and no
time, so that the memo is the same on every machine."""

_FLIPS_IN_BODY = 1
_FLIPS_IN_ANNEX = 6
SETS_ACROSS = 8
"""Weight sets whose ranks stand side by side in the body; where there are more, the annex has their chart and their table."""


def most_samples(problem: Problem) -> int:
    """At most so many weightings are sampled for a memo; it says what error that reaches."""
    cells = len(problem.options) * len(problem.criteria)
    return min(_MOST_SAMPLES, _MOST_DRAWN // max(cells, 1))


def _error_reached(firm: Firmness, phrases: Phrases) -> tuple[str, ...]:
    """Where the samples of a memo did not reach its error: that more were not drawn."""
    basis = firm.around_uncertain.basis
    if not isinstance(basis, SampledBasis) or basis.half_width <= MEMO_ERROR:
        return ()
    wanted = phrases.numbers.fixed(100 * MEMO_ERROR)
    return (phrases.say("memo.error-reached", samples=phrases.numbers.fixed(basis.proposed, 0), wanted=wanted),)


def firmness_part(subject: Subject, figures: tuple[Figure, ...], heat: HeatTable | None = None) -> FirmnessPart:
    """Word the part in the body, with some figures, and the heat map where that has been made already."""
    phrases, firm = subject.phrases, subject.firm
    if firm is None:
        return FirmnessPart((phrases.say("memo.firmness.one"),), "", (), (), None, figures)
    flips: list[str] = []
    if firm.at_likely_scores:
        near = [score_flip_sentence(flip, firm, phrases) for flip in nearest_score_flips(firm)[:_FLIPS_IN_BODY]]
        flips = [*weight_flip_sentences(firm, phrases)[:_FLIPS_IN_BODY], *near]
    basis = (
        *left_out_sentences(firm, phrases),
        around_sentence(firm, phrases),
        *basis_sentences(firm.around_uncertain, "around-uncertain", firm, phrases),
        *_error_reached(firm, phrases),
    )
    return FirmnessPart(
        verdict=tuple(verdict_sentences(firm, phrases)),
        rule=rule_sentence(firm, phrases),
        basis=first_texts(basis, subject.extent.items, phrases),
        flips=tuple(flips),
        heat=(heat or rank_heat(firm, phrases)) if subject.extent.figures else None,
        figures=figures if subject.extent.figures else (),
    )


def rank_figures(subject: Subject) -> tuple[Figure, ...]:
    """Ranks over the weight sets, where there are several. Their numbers are the table of annex B."""
    if subject.across is None or len(subject.problem.options) < 2:
        return ()
    return (bump_figure(subject.across, subject.set_titles, subject.statuses, subject.phrases),)


def changes(subject: Subject) -> tuple[str, ...]:
    """In the annex: what else would change the order, and what a second look would be worth."""
    phrases, firm = subject.phrases, subject.firm
    if firm is None:
        return ()
    said: list[str] = []
    if firm.at_likely_scores:
        near = [score_flip_sentence(flip, firm, phrases) for flip in nearest_score_flips(firm)[:_FLIPS_IN_ANNEX]]
        said += [*weight_flip_sentences(firm, phrases)[_FLIPS_IN_BODY:], *near[_FLIPS_IN_BODY:]]
    return (
        *said,
        low_confidence_sentence(firm, phrases),
        *looking_sentences(firm, phrases),
        *reversal_sentences(firm, phrases),
    )


def change_figures(subject: Subject) -> tuple[Figure, ...]:
    """In the annex: how far values run and each weight may move, values along one, the tornado."""
    phrases, firm = subject.phrases, subject.firm
    figures = [spans_figure(subject.assessment, phrases)]
    if firm is not None and firm.at_likely_scores:
        along = along_figure(firm, phrases)
        figures += [stability_figure(firm, phrases), *([along] if along else []), tornado_figure(firm, phrases)]
    return tuple(figures)
