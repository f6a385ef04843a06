"""Findings that the decision has acknowledged, with a reason, and acknowledgements of findings that are gone."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from policy_options.dossier.contents import Contents
from policy_options.dossier.validation import did_you_mean
from policy_options.errors import Fault

__all__ = ["FINDINGS", "without_acknowledged"]

FINDINGS: Final = (
    "acknowledged-nothing",
    "argument-missing",
    "citation-mismatch",
    "cited-though-silent",
    "claim-unused",
    "criterion-without-effect",
    "cross-check-apart",
    "decisive-without-evidence",
    "file-not-read",
    "judgements-inconsistent",
    "many-scenarios",
    "no-baseline",
    "one-source",
    "override-without-effect",
    "parent-gone",
    "quote-not-found",
    "scenario-twice",
    "scenario-without-effect",
    "scores-like-shares",
    "single-option",
    "text-lost",
    "titles-look-alike",
    "unfinished",
    "unknown-in-the-reference",
    "unused-criterion",
    "weight-on-one-criterion",
    "weights-stale",
)
"""The codes of all findings; a test compares the list with docs/format.md."""


def without_acknowledged(
    contents: Contents, findings: list[Fault], *, without_text: Collection[str]
) -> tuple[list[Fault], list[tuple[Fault, str]]]:
    """Split findings into open ones and (finding, reason) pairs.

    An acknowledgement without a matching finding is itself a finding, unless the check was not made: of cited texts
    that were not at hand, or of unread files that were not looked for.
    """
    by_code: dict[str, list[tuple[int, frozenset[str], str]]] = {}
    acknowledged = contents.decision.model.acknowledged
    for index, entry in enumerate(acknowledged):
        by_code.setdefault(entry.finding, []).append((index, frozenset(entry.about), entry.because))
    still_open: list[Fault] = []
    accepted: list[tuple[Fault, str]] = []
    met: set[int] = set()
    for finding in findings:
        meeting = [found for found in by_code.get(finding.code, ()) if found[1].issubset(finding.ids)]
        met.update(index for index, _, _ in meeting)
        if meeting:
            accepted.append((finding, meeting[0][2]))
        else:
            still_open.append(finding)
    for index, entry in enumerate(acknowledged):
        unjudged = (entry.finding == "file-not-read" and not contents.files_judged) or (
            entry.finding in ("citation-mismatch", "quote-not-found")
            and without_text
            and (not entry.about or not set(entry.about).isdisjoint(without_text))
        )
        if index not in met and not unjudged:
            still_open.append(
                Fault(
                    "acknowledged-nothing",
                    f"the acknowledgement of `{entry.finding}` meets no finding",
                    "delete it" if entry.finding in FINDINGS else did_you_mean(entry.finding, FINDINGS),
                    (entry.finding, *entry.about),
                    contents.decision.tree.place(("acknowledged", index)),
                    "finding",
                )
            )
    return still_open, accepted
