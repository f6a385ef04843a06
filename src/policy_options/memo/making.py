"""From a dossier and a weight set to the content of its memo: the one way that rendering and verifying both go."""

from __future__ import annotations

from policy_options.analysis.overview import Overview
from policy_options.api import Dossier
from policy_options.memo.building import build_memo
from policy_options.memo.content import MemoContent
from policy_options.memo.firmness import MEMO_ERROR
from policy_options.wording.phrases import Phrases

__all__ = ["memo_content"]


def memo_content(dossier: Dossier, weights: str | None, phrases: Phrases) -> MemoContent:
    """The content of the memo under a weight set, by default the decision's.

    Raises:
        PolicyOptionsError: there is no such set; the language lacks a phrase.
    """
    assessment = dossier.assess(weights)
    firm = dossier.firmness(weights, error=MEMO_ERROR) if assessment.verdict.runner_up is not None else None
    return build_memo(dossier, assessment, _overview(dossier, weights), firm, phrases)


def _overview(dossier: Dossier, weights: str | None) -> Overview:
    """Every weight set, and the one in use where that is one person's of several."""
    used = dossier.weighting(weights).id
    return dossier.overview_of([*dossier.weight_sets, *([used] if used not in dossier.weight_sets else [])])
