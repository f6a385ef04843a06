"""How citations are written: by source and paragraph, the source left out where there is only one."""

from __future__ import annotations

from collections.abc import Iterable

from policy_options.dossier.contents import Contents
from policy_options.dossier.models.option import Score

__all__ = ["basis_of", "citation"]


def citation(contents: Contents, claims: Iterable[str]) -> str:
    """The paragraphs of some claims: "¶2, ¶4", with the source's id before them where there are several sources."""
    several = len(contents.sources) > 1
    return "; ".join(
        (f"{source} " if several else "") + ", ".join(f"¶{number}" for number in paragraphs)
        for source, paragraphs in contents.paragraphs_of(claims).items()
    )


def basis_of(contents: Contents, score: Score) -> tuple[str, str, str]:
    """What a score rests on: its confidence, the paragraphs, and the claims; "none" where it cites nothing."""
    evidence = score.evidence or ()
    return score.confidence or "", citation(contents, evidence) or "none", " ".join(evidence) or "none"
