"""Decisive scores without a source: within its range, one alone would put another option first."""

from __future__ import annotations

from typing import Final

from policy_options.dossier.contents import Contents
from policy_options.dossier.eliciting import weighting
from policy_options.errors import Fault

__all__ = ["decisive_findings"]

_NAMED: Final = 3


def decisive_findings(contents: Contents) -> list[Fault]:
    """A finding for each criterion with such scores, under the decision's own weights; unknown scores are at their worst.

    This requires a ranking, which loading a dossier does not compute, and so only a report makes it.
    """
    # Loading a dossier imports this module but needs none of these.
    from policy_options.analysis.assessment import assess
    from policy_options.analysis.drivers.cited import decisive_uncited
    from policy_options.analysis.switching.unknowns import settled_problem
    from policy_options.dossier.building import build_problem

    decision = contents.decision.model
    assessment = assess(
        settled_problem(build_problem(contents)),
        weighting(contents, decision.weights).weights,
        baseline=decision.baseline,
        threshold=decision.thresholds.too_close_to_call,
    )
    found = decisive_uncited(assessment.kept, assessment.first)
    return [_finding(contents, criterion, found[criterion]) for criterion in contents.leaves if criterion in found]


def _finding(contents: Contents, criterion: str, options: tuple[str, ...]) -> Fault:
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
