"""Links in the pages of a memo: names of its annexes, web addresses, and places within worded text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from policy_options.memo.content import Link

__all__ = ["addresses_linked", "linked_pieces", "pieces_of", "without_dead_links"]

_ADDRESS: Final = re.compile(r"(?:https?://|mailto:|doi:)[^\s<>\"“”«»「」『』《》（），、。；：！？]+")
"""The only kinds of address that become links."""

_HAS_USER: Final = re.compile(r"https?://[^/?#]*@")
"""An address with a user's name, as in https://gov.example@other.example/, leads elsewhere than it seems to: no link."""

_BEHIND: Final = ".,;:!?)]}'’。、，；：！？"
"""Characters that end a sentence rather than an address."""

_ANCHOR: Final = re.compile(r'<a\s[^>]*?href="#([^"]+)"[^>]*>(.*?)</a>', re.DOTALL)
_ID: Final = re.compile(r'<[^>]*\sid="([^"]+)"')


def addresses_linked(text: str, places: Mapping[str, str] | None = None) -> str:
    """A text as markup, with a link at each address and at each name in ``places``, as ``linked_pieces`` gives them."""
    from markupsafe import Markup, escape

    parts = (
        f'<a href="{escape(piece.target)}">{escape(piece.text)}</a>' if piece.target else str(escape(piece.text))
        for piece in linked_pieces(text, places)
    )
    return Markup("".join(parts))  # noqa: S704  # each part is escaped


def linked_pieces(text: str, places: Mapping[str, str] | None = None) -> tuple[Link, ...]:
    """Split a text into pieces, linking each address and each name in ``places`` (name to id).

    Several names of one place are written as one key, ``annex A|Annex A``.
    """
    named = {name: place for names, place in (places or {}).items() for name in names.split("|") if name}
    patterns = [_ADDRESS.pattern, *(rf"(?<![A-Za-z]){re.escape(name)}(?![A-Za-z0-9])" for name in named)]
    pieces: list[Link] = []
    end = 0
    for match in re.finditer("|".join(patterns), text):
        shown = match[0] if match[0] in named else _without_end(match[0])
        target = f"#{named[shown]}" if shown in named else _address(shown)
        if _HAS_USER.match(target):
            continue
        if match.start() > end:
            pieces.append(Link(text[end : match.start()], ""))
        pieces.append(Link(shown, target))
        end = match.start() + len(shown)
    return (*pieces, Link(text[end:], "")) if end < len(text) else tuple(pieces)


def _without_end(address: str) -> str:
    """An address without signs that end the sentence; a closing bracket that it opens itself stays."""
    kept = address.rstrip(_BEHIND)
    for opening, closing in ("()", "[]", "{}"):
        if address[len(kept) :].startswith(closing) and kept.count(opening) > kept.count(closing):
            return kept + closing
    return kept


def _address(shown: str) -> str:
    return f"https://doi.org/{shown.removeprefix('doi:')}" if shown.startswith("doi:") else shown


def pieces_of(text: str, places: Iterable[tuple[str, str]]) -> tuple[Link, ...]:
    """Split a text into pieces, linking those named, in order, to a place; together they make up the text."""
    pieces: list[Link] = []
    end = 0
    for shown, target in places:
        start = text.find(shown, end)
        if start < 0:
            continue
        if start > end:
            pieces.append(Link(text[end:start], ""))
        pieces.append(Link(shown, target))
        end = start + len(shown)
    return (*pieces, Link(text[end:], "")) if end < len(text) else tuple(pieces)


def without_dead_links(html: str) -> str:
    """Remove a page's links to places that it does not have: a template may leave an annex out."""
    known = set(_ID.findall(html))
    return _ANCHOR.sub(lambda link: link[0] if link[1] in known else link[2], html)
