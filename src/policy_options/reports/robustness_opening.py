"""How firm a ranking is, in the five lines that a planner reads first, with their basis.

The lines are the verdict and its reason; the shares; the nearest change; which judgement to study first; what else
could lead. They use only the parts of ``Robustness`` that they report, so that nothing is computed for parts that are
not shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from policy_options.analysis.robustness import Robustness
from policy_options.reports.report import Section
from policy_options.wording.changes import change_sentence
from policy_options.wording.phrases import Phrases
from policy_options.wording.robustness import (
    around_sentence,
    basis_sentence,
    information_sentences,
    left_out_sentences,
    reason_sentences,
    rule_sentence,
    shares_sentences,
    verdict_sentences,
)
from policy_options.wording.shares import share_text
from policy_options.wording.titles import option_titles

if TYPE_CHECKING:
    from policy_options.wording.phrase_keys import PhraseKey

__all__ = ["opening_sections"]

_OTHERS_NAMED: Final = 5


def opening_sections(firm: Robustness, phrases: Phrases) -> list[Section]:
    """The five lines, with the options left out; and how the figures were obtained, with the rule."""
    verdict, *more = verdict_sentences(firm, phrases)
    lines = [
        verdict,
        phrases.together((*more, *shares_sentences(firm, phrases))),
        change_sentence(firm, phrases),
        _study_first(firm, phrases),
        _others(firm, phrases),
        *left_out_sentences(firm, phrases),
    ]
    around = phrases.together([around_sentence(firm, phrases), *reason_sentences(firm, phrases)])
    rests = [around, *_bases(firm, phrases), rule_sentence(firm, phrases)]
    return [
        Section(notes=tuple(line for line in lines if line), key="opening", listed=True),
        Section(phrases.say("robustness.basis"), tuple(rests), key="basis"),
    ]


def _study_first(firm: Robustness, phrases: Phrases) -> str:
    """The value of information without the explanation of its figures, which is in a separate part."""
    said = information_sentences(firm, phrases)
    return phrases.together(said[1:] or said)


def _others(firm: Robustness, phrases: Phrases) -> str:
    """The other options that come first under some of the weight vectors and scores drawn."""
    found = firm.around_uncertain
    titles = option_titles(found.problem)
    ids = found.problem.option_ids
    rows = [row for row in np.argsort(-found.first, kind="stable").tolist() if ids[row] != firm.leader]
    first = [row for row in rows if found.first[row] > 0.0]
    if not first:
        return phrases.say("robustness.opening.others.none")
    named = [
        phrases.say(
            "robustness.opening.other",
            option=titles[ids[row]],
            share=share_text(float(found.first[row]), phrases, found.basis),
        )
        for row in first[:_OTHERS_NAMED]
    ]
    if len(first) > _OTHERS_NAMED:
        named.append(phrases.say("more", count=len(first) - _OTHERS_NAMED))
    key: PhraseKey = "robustness.opening.others" if firm.scores_vary else "robustness.opening.others.certain"
    return phrases.say(key, options=phrases.listing(named))


def _bases(firm: Robustness, phrases: Phrases) -> list[str]:
    """Seed, count and error of the shares above, or a note that they are exact."""
    drawn = [basis_sentence(firm.around_uncertain, "around-uncertain", phrases)] if firm.scores_vary else []
    return [
        *drawn,
        basis_sentence(firm.around_at_likely, "around-likely", phrases),
    ]
