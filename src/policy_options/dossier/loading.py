"""From files to checked contents: all errors of all files raised together, and all findings kept with the contents."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from policy_options.dossier.checking import (
    decisive_findings,
    errors_across,
    findings_across,
    unfinished_findings,
    without_acknowledged,
)
from policy_options.dossier.contents import Contents
from policy_options.dossier.eliciting import elicit_all
from policy_options.dossier.files import read_contents
from policy_options.dossier.origins import Origin
from policy_options.errors import Fault, PolicyOptionsError

if TYPE_CHECKING:
    from policy_options.dossier.evidence import CitationReport

__all__ = ["CheckReport", "check", "load_contents"]


@dataclass(frozen=True)
class CheckReport:
    """The result of checking a dossier. ``findings`` are open; ``acknowledged`` are findings with the reason given for
    each.

    ``scores`` counts them all; ``unsupported`` those that cite no claim, of which ``silent`` give no reason either, while
    the others have a rationale; ``unknown`` those without any performance.
    """

    options: int
    criteria: int
    weight_sets: int
    scores: int
    unsupported: int
    silent: int
    unknown: int
    findings: tuple[Fault, ...]
    acknowledged: tuple[tuple[Fault, str], ...] = field(default=())
    citations: CitationReport | None = None


def load_contents(origin: Origin) -> Contents:
    """Read and check a dossier.

    Raises:
        PolicyOptionsError: with every error of every file.
    """
    contents, faults = read_contents(origin)
    elicited, of_judgements = elicit_all(contents)
    contents = replace(contents, elicited=elicited)
    faults += [*errors_across(contents), *of_judgements]
    if faults:
        raise PolicyOptionsError(faults)
    return replace(contents, findings=(*contents.of_files, *findings_across(contents)))


def check(contents: Contents, sources: Path | None = None) -> CheckReport:
    """Count, and sort the findings; with ``sources``, also compare the citations with the texts in that folder."""
    citations = None
    if sources is not None:
        from policy_options.dossier.evidence import check_citations  # a plain check computes no fingerprints

        citations = check_citations(contents, sources)
    findings = [
        *contents.findings,
        *decisive_findings(contents),
        *unfinished_findings(contents),
        *(citations.findings if citations else ()),
    ]
    still_open, accepted = without_acknowledged(
        contents, findings, without_text=citations.without_text if citations else tuple(contents.sources)
    )
    scores = [score for entry in contents.options.values() for score in entry.model.scores.values()]
    return CheckReport(
        options=len(contents.options),
        criteria=len(contents.leaves),
        weight_sets=len(contents.weight_sets),
        scores=len(scores),
        unsupported=sum(not score.supported and not score.unknown for score in scores),
        silent=sum(score.silent for score in scores),
        unknown=sum(score.unknown for score in scores),
        findings=tuple(still_open),
        acknowledged=tuple(accepted),
        citations=citations,
    )
