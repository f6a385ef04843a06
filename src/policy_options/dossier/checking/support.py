"""The support for an option: missing arguments, and rationales that retract a citation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from policy_options.dossier.contents import Contents
from policy_options.errors import Fault

__all__ = ["support_findings"]

_SILENT: Final = re.compile(
    r"\b(?:is|are|was|were|stays?|remains?) silent\b"
    r"|\b(?:says?|said|states?|gives?|holds?|offers?) (?:us )?(?:nothing|no\b)"
    r"|\b(?:does|do|did) not (?:treat|say|state|mention|give|list|cover|discuss|address|name)\b"
    r"|\bthere is no (?:source|evidence)\b|\bno (?:source|evidence) (?:says|supports|for)\b"
    r"|未提及|没有提及|未涉及|没有涉及|未说明|没有说明|未给出|没有给出|未作说明"
    r"|言及していない|触れていない|述べていない|示していない|言及がない|記載がない"
    r"|\bумалчива|\bне (?:говорит|упомина|указыва|сообща|приводит|рассматрива|касается)",
    re.IGNORECASE,
)
"""Phrases in each supported language that say a source does not support something."""


def support_findings(contents: Contents) -> list[Fault]:
    """The findings, by options in order."""
    return [*_without_arguments(contents), *_silent_and_cited(contents)]


def _without_arguments(contents: Contents) -> Iterator[Fault]:
    for entry in contents.options.values():
        sides = [(key, found) for key, found in (("for", entry.model.for_), ("against", entry.model.against))]
        missing = [key for key, found in sides if not found]
        if missing:
            yield Fault(
                "argument-missing",
                f"`{entry.id}` has no argument {' or '.join(missing)} it",
                f"write {' and '.join(f'{key}:' for key in missing)}, each a list of text with its evidence",
                (entry.id,),
                entry.tree.place(()),
                "finding",
            )


def _silent_and_cited(contents: Contents) -> Iterator[Fault]:
    for entry in contents.options.values():
        for criterion, score in entry.model.scores.items():
            found = _SILENT.search(score.rationale or "") if score.evidence else None
            if found:
                yield Fault(
                    "cited-though-silent",
                    f"the rationale says of its source “{' '.join(found[0].split())}”, and the score cites it",
                    "cite nothing (evidence: none), or say in the rationale what the source does support",
                    (entry.id, criterion),
                    entry.tree.place(("scores", criterion, "rationale")),
                    "finding",
                )
