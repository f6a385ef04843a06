"""Footnotes: the full reference at the first citation of a source, a short one after that.

The style is that of notes with author, title, publisher and date, as in the notes of the Chicago Manual: the full
reference first, then author and year, each followed by the location.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from policy_options.dossier.contents import Contents
from policy_options.dossier.models.option import Argument
from policy_options.dossier.models.source import Source
from policy_options.memo.content import Argued, Footnote, Link
from policy_options.wording.citing import citation, places_by_source
from policy_options.wording.phrases import Phrases

if TYPE_CHECKING:
    from policy_options.wording.phrase_keys import PhraseKey

__all__ = ["Citer", "argued", "cited_pieces", "claim_anchor", "reference", "short_reference"]

# Characters that no dossier and no phrase can contain, around the locations of a citation until they become links.
_BEGIN, _MIDDLE, _END = "\x01\x02\x03"
_MARKED: Final = re.compile(f"{_BEGIN}([^{_MIDDLE}]*){_MIDDLE}([^{_END}]*){_END}")


def claim_anchor(claim: str) -> str:
    """The id of the place where a claim, ``source/claim``, is listed."""
    return f"claim.{claim.replace('/', '.')}"


def _marked(place: str, claim: str) -> str:
    return f"{_BEGIN}{claim_anchor(claim)}{_MIDDLE}{place}{_END}"


def _pieces(marked: str) -> tuple[Link, ...]:
    """Split a text with marked locations into pieces, with links to their claims."""
    pieces: list[Link] = []
    end = 0
    for found in _MARKED.finditer(marked):
        pieces += [Link(marked[end : found.start()], "")] if found.start() > end else []
        pieces.append(Link(found[2], f"#{found[1]}"))
        end = found.end()
    return (*pieces, Link(marked[end:], "")) if end < len(marked) else tuple(pieces)


def cited_pieces(contents: Contents, claims: Iterable[str], phrases: Phrases) -> tuple[Link, ...]:
    """The locations of some claims, as written by ``wording.citing.citation``, each linked to the first claim that has it."""
    return _pieces(citation(contents, claims, phrases, mark=_marked))


def reference(source: Source, phrases: Phrases) -> str:
    """A source as named in a list of sources."""
    return phrases.say("memo.reference", reference=_full(source, phrases))


def _full(source: Source, phrases: Phrases) -> str:
    """Author, title, number, publisher, date and address, as far as known. For an interview, the person is the author."""
    title: PhraseKey = "memo.reference.statute" if source.kind == "statute" else "memo.reference.title"
    kind = source.kind in ("data", "interview", "workshop")
    parts = (
        _asked(source, phrases) or source.author,
        phrases.say(title, title=source.title),
        phrases.say_of("memo.reference", source.kind) if kind else None,
        source.number,
        source.publisher,
        phrases.partial_date(source.date) if source.date else None,
        f"doi:{source.doi}" if source.doi else None,
        _address(source, phrases),
    )
    return ", ".join(part for part in parts if part)


def _asked(source: Source, phrases: Phrases) -> str | None:
    """The person or people asked: by role, and by name if they agreed to that."""
    if source.name and source.who and source.consent == "named":
        return phrases.say("memo.reference.person", name=source.name, who=source.who)
    return source.who


def _address(source: Source, phrases: Phrases) -> str | None:
    if source.address is None or source.read is None:
        return source.address
    return phrases.say("memo.reference.read", address=source.address, date=phrases.date(source.read))


def short_reference(source: Source, phrases: Phrases) -> str:
    """A source by author and year, for use after its full reference."""
    title: PhraseKey = "memo.reference.statute" if source.kind == "statute" else "memo.reference.title"
    asked = source.name if source.consent == "named" else None
    author = asked or source.who or source.author or (source.publisher if source.kind != "statute" else None)
    author = author or phrases.say(title, title=source.title)
    return phrases.say("memo.citation.name", author=author, year=source.date[:4]) if source.date else author


class Citer:
    """Words the citations of one document in the order in which they are requested."""

    def __init__(self, contents: Contents, phrases: Phrases) -> None:
        self._contents = contents
        self._phrases = phrases
        self._given: set[str] = set()

    def footnote(self, claims: Iterable[str]) -> Footnote | None:
        """The footnote for some claims; ``None`` if no source is to be cited."""
        citations = []
        for id, places in places_by_source(self._contents, claims, self._phrases).items():
            source = self._contents.sources[id].model
            named = (short_reference if id in self._given else _full)(source, self._phrases)
            listed = ", ".join(_marked(place, claim) for place, claim in places)
            citations.append(self._phrases.say("memo.citation", reference=named, paragraphs=listed))
            self._given.add(id)
        pieces = _pieces(self._phrases.together(citations))
        return Footnote("".join(piece.text for piece in pieces), pieces) if citations else None


def argued(argument: Argument, citer: Citer, phrases: Phrases) -> Argued:
    """A point with its footnote, or with the words for the absence of one."""
    footnote = citer.footnote(argument.evidence or ())
    return Argued(argument.text, footnote, "" if footnote else phrases.say("memo.unsupported"))
