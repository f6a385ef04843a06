"""Footnotes: the full reference where a source is first cited, a short one after that."""

from __future__ import annotations

from collections.abc import Iterable

from policy_options.dossier.contents import Contents
from policy_options.dossier.models.option import Argument
from policy_options.dossier.models.source import Source
from policy_options.memo.content import Argued, Footnote, Link
from policy_options.memo.linking import pieces_of
from policy_options.wording.phrases import Phrases

__all__ = ["Citer", "argued", "claim_anchor", "reference", "short_reference", "with_claims"]


def claim_anchor(claim: str) -> str:
    """The id of the place where a claim, ``source/claim``, is listed."""
    return f"claim.{claim.replace('/', '.')}"


def with_claims(text: str, contents: Contents, claims: Iterable[str]) -> tuple[Link, ...]:
    """A text that names paragraphs of claims as ``Contents.paragraphs_of`` sorts them, each with the first claim that has it."""
    cited = tuple(claims)
    places = []
    for source, paragraphs in contents.paragraphs_of(cited).items():
        own = [claim for claim in cited if claim.partition("/")[0] == source]
        for number in paragraphs:
            first = next(claim for claim in own if number in contents.claims[claim].paragraphs)
            places.append((f"¶{number}", f"#{claim_anchor(first)}"))
    return pieces_of(text, places)


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


def short_reference(source: Source, phrases: Phrases) -> str:
    """A source by author and year, as it is named once it has been named in full."""
    author = source.author or source.publisher or phrases.say("memo.reference.title", title=source.title)
    return phrases.say("memo.citation.name", author=author, year=source.date.year) if source.date else author


class Citer:
    """Words the citations of one document in the order in which they are asked for."""

    def __init__(self, contents: Contents, phrases: Phrases) -> None:
        self._contents = contents
        self._phrases = phrases
        self._given: set[str] = set()

    def footnote(self, claims: Iterable[str]) -> Footnote | None:
        """The footnote for some claims; ``None`` where no source is to be cited."""
        claims = tuple(claims)
        citations = []
        for id, paragraphs in self._contents.paragraphs_of(claims).items():
            source = self._contents.sources[id].model
            named = (short_reference if id in self._given else _full)(source, self._phrases)
            listed = ", ".join(f"¶{number}" for number in paragraphs)
            citations.append(self._phrases.say("memo.citation", reference=named, paragraphs=listed))
            self._given.add(id)
        text = self._phrases.together(citations)
        return Footnote(text, with_claims(text, self._contents, claims)) if citations else None


def argued(argument: Argument, citer: Citer, phrases: Phrases) -> Argued:
    """A point with its footnote, or with the words for having none."""
    footnote = citer.footnote(argument.evidence or ())
    return Argued(argument.text, footnote, "" if footnote else phrases.say("memo.unsupported"))
