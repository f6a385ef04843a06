"""Footnotes: the full reference where a source is first cited, a short one after that."""

from __future__ import annotations

from collections.abc import Iterable

from policy_options.dossier.contents import Contents
from policy_options.dossier.models.option import Argument
from policy_options.dossier.models.source import Source
from policy_options.memo.content import Argued, Footnote
from policy_options.wording.phrases import Phrases

__all__ = ["Citer", "argued", "reference"]


def reference(source: Source, phrases: Phrases) -> str:
    """A source as a list of sources names it."""
    return phrases.say("memo.reference", reference=_full(source, phrases))


def _full(source: Source, phrases: Phrases) -> str:
    """Author, title, publisher and date: those that are known."""
    parts = (
        source.author,
        phrases.say("memo.reference.title", title=source.title),
        source.publisher,
        phrases.date(source.date) if source.date else None,
    )
    return ", ".join(part for part in parts if part)


def _short(source: Source, phrases: Phrases) -> str:
    author = source.author or source.publisher or phrases.say("memo.reference.title", title=source.title)
    return phrases.say("memo.citation.name", author=author, year=source.date.year) if source.date else author


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
            source = self._contents.sources[id].model
            named = (_short if id in self._given else _full)(source, self._phrases)
            listed = ", ".join(f"¶{number}" for number in paragraphs)
            said.append(self._phrases.say("memo.citation", reference=named, paragraphs=listed))
            self._given.add(id)
        return Footnote(self._phrases.together(said)) if said else None


def argued(argument: Argument, citer: Citer, phrases: Phrases) -> Argued:
    """A point with its footnote, or with the words for having none."""
    footnote = citer.footnote(argument.evidence or ())
    return Argued(argument.text, footnote, "" if footnote else phrases.say("memo.unsupported"))
