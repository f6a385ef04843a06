"""Footnotes: the full reference where a source is first cited, a short one after that."""

from __future__ import annotations

from collections.abc import Iterable

from policy_options.dossier.contents import Contents
from policy_options.dossier.models.source import Source
from policy_options.memo.content import Footnote
from policy_options.wording.phrases import Phrases

__all__ = ["Citer", "reference"]


def reference(source: Source, phrases: Phrases) -> str:
    """A source as a list of sources names it."""
    return phrases.say("memo.reference", **_names(source, phrases))


def _names(source: Source, phrases: Phrases) -> dict[str, str]:
    return {
        "author": source.author or source.publisher or source.title,
        "title": source.title,
        "publisher": source.publisher or "",
        "date": phrases.date(source.date) if source.date else "",
        "year": str(source.date.year) if source.date else "",
    }


class Citer:
    """Words the citations of one document in the order in which they are asked for."""

    def __init__(self, contents: Contents, phrases: Phrases) -> None:
        self._contents = contents
        self._phrases = phrases
        self._given: set[str] = set()

    def footnote(self, claims: Iterable[str]) -> Footnote | None:
        """The footnote for some claims; ``None`` where there is none to cite."""
        said = []
        for id, paragraphs in self._contents.paragraphs_of(claims).items():
            names = _names(self._contents.sources[id].model, self._phrases)
            names["paragraphs"] = ", ".join(f"¶{number}" for number in paragraphs)
            key = "memo.citation.short" if id in self._given else "memo.citation.full"
            said.append(self._phrases.say(key, **names))
            self._given.add(id)
        return Footnote(" ".join(said)) if said else None
