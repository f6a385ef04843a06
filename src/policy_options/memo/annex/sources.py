"""The sources, and the claims drawn from each."""

from __future__ import annotations

from policy_options.memo.citing import reference
from policy_options.memo.content import SourceEntry
from policy_options.memo.subject import Subject

__all__ = ["source_entries"]


def source_entries(subject: Subject) -> tuple[SourceEntry, ...]:
    """Each source with its claims, each after the paragraphs that it paraphrases."""
    return tuple(
        SourceEntry(
            reference(entry.model, subject.phrases),
            entry.model.locator or "",
            tuple((", ".join(f"¶{number}" for number in claim.paragraphs), claim.text) for claim in entry.model.claims),
        )
        for entry in subject.contents.sources.values()
    )
