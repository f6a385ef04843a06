"""Scores that cite nothing and decide: within its range, one of them alone would put another option first."""

from __future__ import annotations

from typing import Final

from policy_options.dossier.contents import Contents
from policy_options.dossier.eliciting import weighting
from policy_options.errors import Fault

__all__ = ["decisive_findings"]

_NAMED: Final = 3


def decisive_findings(contents: Contents) -> list[Fault]:
    """A finding for each criterion with such scores, under the decision's own weights; unknown scores are at their worst.

    It ranks the options, which loading a dossier does not, and so belongs to a report alone.
    """
    # Loading a dossier imports this module and needs none of them.
    from policy_options.analysis.assessment import assess
    from policy_options.analysis.flips.scores import score_flips
    from policy_options.analysis.ranking import rank
    from policy_options.analysis.switching.unknowns import settled_problem
    from policy_options.dossier.building import build_problem

    decision = contents.decision.model
    uncited = {
        (entry.id, criterion)
        for entry in contents.options.values()
        for criterion, score in entry.model.scores.items()
        if not score.evidence and not score.unknown
    }
    if not uncited:
        return []
    settled = settled_problem(build_problem(contents))
    assessment = assess(
        settled,
        weighting(contents, decision.weights).weights,
        baseline=decision.baseline,
        threshold=decision.thresholds.too_close_to_call,
    )
    keeping = [option for option in settled.option_ids if option not in assessment.red_lines.failing]
    ranking = assessment.ranking
    if keeping and len(keeping) < len(settled.option_ids):  # those that fail a red line have no lead to lose
        ranking = rank(settled.keeping(keeping), ranking.weights)
    by_criterion: dict[str, list[str]] = {}
    for flip in score_flips(ranking, leader=assessment.verdict.first).within:
        if (flip.option, flip.criterion) in uncited and flip.low != flip.high:
            by_criterion.setdefault(flip.criterion, []).append(flip.option)
    return [
        _finding(contents, criterion, by_criterion[criterion])
        for criterion in contents.leaves
        if criterion in by_criterion
    ]


def _finding(contents: Contents, criterion: str, options: list[str]) -> Fault:
    named = ", ".join(f"`{option}`" for option in options[:_NAMED])
    more = f" and {len(options) - _NAMED:,} more" if len(options) > _NAMED else ""
    scores, each = ("the score", "it") if len(options) == 1 else ("scores", "any one of them")
    return Fault(
        "decisive-without-evidence",
        f"{scores} of {named}{more} on `{criterion}` cite{'s' if len(options) == 1 else ''} nothing, and {each} could "
        "put another option first within its range",
        "find evidence for it, or acknowledge it and say why there is none",
        (criterion, *options),
        contents.options[options[0]].tree.place(("scores", criterion)),
        "finding",
    )
