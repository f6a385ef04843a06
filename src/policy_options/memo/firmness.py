"""The memo's part on how firm the ranking is: in the body what a decision-maker must know, in the annex what would change it."""

from __future__ import annotations

from dataclasses import replace

from policy_options.analysis.firmness import Firmness
from policy_options.analysis.stability import Stability
from policy_options.charts.acceptability_map import acceptability_chart
from policy_options.charts.stability_bars import stability_chart
from policy_options.charts.tornado import tornado_chart
from policy_options.memo.content import Figure, FirmnessPart
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
from policy_options.wording.firmness_figures import acceptability_words, room, stability_words, tornado_words
from policy_options.wording.firmness_tables import nearest_score_flips
from policy_options.wording.phrases import Phrases

__all__ = ["MEMO_ERROR", "firmness_part"]

MEMO_ERROR = 0.005
"""The half-width of sampled shares in a memo, which rounds them to whole per cents in the reader's mind anyway; ``robustness``
samples further."""

_FLIPS_IN_BODY = 1
_FLIPS_IN_ANNEX = 6
_NODES_ON_A_PAGE = 20


def firmness_part(firm: Firmness | None, phrases: Phrases) -> FirmnessPart:
    """Word it; ``None`` stands for a dossier with a single option to choose from."""
    if firm is None:
        return FirmnessPart((phrases.say("memo.firmness.one"),), (), (), (), ())
    body = [*verdict_sentences(firm, phrases)]
    annex: list[str] = []
    figures_in_annex: list[Figure] = []
    if firm.at_likely_scores:
        flips = weight_flip_sentences(firm, phrases)
        near = [score_flip_sentence(flip, firm, phrases) for flip in nearest_score_flips(firm)[:_FLIPS_IN_ANNEX]]
        body += [*flips[:_FLIPS_IN_BODY], *near[:_FLIPS_IN_BODY]]
        annex += [*flips[_FLIPS_IN_BODY:], *near[_FLIPS_IN_BODY:]]
        title, alternative = stability_words(firm, phrases)
        svg = stability_chart(_least_room(firm), firm.known, phrases.numbers, phrases=phrases, label=alternative)
        figures_in_annex.append(Figure(title, svg, alternative))
        title, alternative = tornado_words(firm, phrases)
        svg = tornado_chart(firm.tornado, firm.known, phrases.numbers, phrases=phrases, label=alternative)
        figures_in_annex.append(Figure(title, svg, alternative))
    annex += [
        low_confidence_sentence(firm, phrases),
        *looking_sentences(firm, phrases),
        *reversal_sentences(firm, phrases),
    ]
    title, alternative = acceptability_words(firm, phrases)
    svg = acceptability_chart(
        firm.around_uncertain, phrases.numbers, highlight=firm.leader, phrases=phrases, label=alternative
    )
    notes = (
        *left_out_sentences(firm, phrases),
        around_sentence(firm, phrases),
        *basis_sentences(firm.around_uncertain, "around-uncertain", firm, phrases),
        rule_sentence(firm, phrases),
    )
    return FirmnessPart(tuple(body), notes, (Figure(title, svg, alternative),), tuple(annex), tuple(figures_in_annex))


def _least_room(firm: Firmness) -> Stability:
    """The stability of as many nodes as a page has room for: those with least room, in the order of the tree."""
    found = firm.stability
    if len(found.nodes) <= _NODES_ON_A_PAGE:
        return found
    nearest = sorted(found.nodes, key=room)[:_NODES_ON_A_PAGE]
    return replace(found, nodes=tuple(node for node in found.nodes if node in nearest))
