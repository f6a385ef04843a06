"""Findings that the decision has acknowledged, with a reason, and acknowledgements of what is no longer found."""

from __future__ import annotations

from policy_options.dossier.contents import Contents
from policy_options.errors import Fault

__all__ = ["without_acknowledged"]


def without_acknowledged(
    contents: Contents, findings: list[Fault], *, citations_checked: bool
) -> tuple[list[Fault], list[tuple[Fault, str]]]:
    """Split findings into open ones and (finding, reason) pairs.

    An acknowledgement that meets nothing is a finding itself, unless it is of citations and no text was at hand.
    """
    still_open: list[Fault] = []
    accepted: list[tuple[Fault, str]] = []
    met: set[int] = set()
    acknowledged = contents.decision.model.acknowledged
    for finding in findings:
        for index, entry in enumerate(acknowledged):
            if entry.finding == finding.code and set(entry.about) <= set(finding.ids):
                met.add(index)
                accepted.append((finding, entry.because))
                break
        else:
            still_open.append(finding)
    for index, entry in enumerate(acknowledged):
        if index not in met and (citations_checked or entry.finding != "citation-mismatch"):
            still_open.append(
                Fault(
                    "acknowledged-nothing",
                    f"the acknowledgement of `{entry.finding}` meets no finding",
                    "delete it",
                    (entry.finding, *entry.about),
                    contents.decision.tree.place(("acknowledged", index)),
                    "finding",
                )
            )
    return still_open, accepted
