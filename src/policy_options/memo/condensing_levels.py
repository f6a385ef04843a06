"""The levels to which the body of a memo can be condensed: what it describes, lists and gives in full before the
annexes.

A memo whose body is too long is worded again at a later level, and what its body no longer contains is set out in full
in the annexes. Each level has less than the one before, and none depends on a template: the same steps meet the page
budget of a user's own template.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any, Final, TypeVar

from policy_options.memo.content import Argued, Figure, Footnote
from policy_options.wording.phrases import Phrases
from policy_options.wording.plain import clip, width

__all__ = ["LEVELS", "WHOLE", "Extent", "begins", "first_texts", "kept", "more_items", "opening", "shortened"]

Item = TypeVar("Item")

_SENTENCE: Final = re.compile(r"[.!?…](?=\s)|[。！？]")
_NAMES: Final = frozenset(("title", "holder", "first", "who", "by", "threshold", "scenario", "group_titles"))
"""Fields that name a thing. A shortened name needs no reference: the annexes print it in full."""

_RULES: Final = frozenset(("rule",))
"""Fields that are never shortened: the rule behind a verdict is printed with it."""


@dataclass(frozen=True, slots=True)
class Extent:
    """One level of condensing.

    ``ranked`` is the number of rows of the ranked table; ``described`` that of options with the case on either side,
    and ``named`` that of options with one line; ``views`` that of dissenting views. ``items`` of a list, and columns of
    a ``text`` and of a ``name``, are unlimited if ``None``; ``opening`` is the length in columns of the first
    paragraph, and ``sets`` says whether the body has the table of ranks by weight set.
    """

    ranked: int = 8
    described: int = 8
    named: int = 8
    items: int | None = None
    views: int = 6
    text: int | None = None
    name: int | None = None
    opening: int | None = None
    sets: bool = True


LEVELS: Final = (
    Extent(),
    Extent(described=5, views=4),
    Extent(described=4, items=8, views=3, text=900),
    Extent(described=3, items=6, views=2, text=600),
    Extent(described=3, named=6, items=5, views=2, text=400, name=160, sets=False),
    Extent(6, 2, 4, items=4, views=1, text=300, name=110, opening=660, sets=False),
    Extent(5, 1, 3, items=3, views=1, text=220, name=80, opening=600, sets=False),
    Extent(4, 1, 1, items=2, views=1, text=140, name=60, opening=500, sets=False),
    Extent(2, 1, 1, items=1, views=1, text=60, name=40, opening=330, sets=False),
)
"""From everything that a body of five pages has room for, down to what fits on one page whatever the dossier's texts are."""

WHOLE: Final = LEVELS[0]


def kept(items: Sequence[Item], most: int | None) -> tuple[Item, ...]:
    """The first of some items. A single further one is kept too, since its count would take as much space."""
    return tuple(items if most is None or len(items) <= most + 1 else items[:most])


def more_items(count: int, phrases: Phrases) -> str:
    """The text in place of items that only the annex has, with their number."""
    return phrases.say("memo.moved.items", count=count)


def first_texts(texts: Sequence[str], most: int | None, phrases: Phrases) -> tuple[str, ...]:
    """The first of some texts, and one that counts the others."""
    shown = kept(texts, most)
    return shown if len(shown) == len(texts) else (*shown, more_items(len(texts) - len(shown), phrases))


def opening(sentences: Sequence[str], extent: Extent, phrases: Phrases) -> tuple[str, ...]:
    """The first paragraph: as many of its sentences as there is room for, and where the others are."""
    if extent.opening is None or width(phrases.together(sentences)) <= extent.opening:
        return tuple(sentences)
    shown = [begins(sentences[0], extent.opening)]
    while width(phrases.together([*shown, sentences[len(shown)]])) <= extent.opening:
        shown.append(sentences[len(shown)])
    return (*shown, phrases.say("memo.continued"))


def begins(text: str, columns: int) -> str:
    """The beginning of a text that fits into ``columns``: whole sentences if they fill half of it, else whole words."""
    if width(text) <= columns:
        return text
    clipped = clip(text, columns).removesuffix("…")
    ends = [end.end() for end in _SENTENCE.finditer(clipped + " ")]
    if ends and width(clipped[: ends[-1]]) * 2 >= columns:
        return clipped[: ends[-1]]
    head, space, _ = clipped.rpartition(" ")
    return f"{(head if space and width(head) * 2 >= columns else clipped).rstrip(' ,;:')} …"


def shortened(part: Any, extent: Extent, phrases: Phrases, *, annex: str = "a") -> Any:
    """A part of the content with every long text shortened to its beginning, and a reference to the annex (``a`` or
    ``b``) with the rest.

    Charts are unchanged, and footnotes are kept or left out with their text.
    """
    return _shortened(part, "", extent, phrases, annex)


def _shortened(node: Any, name: str, extent: Extent, phrases: Phrases, annex: str) -> Any:
    if isinstance(node, str):
        if name in _RULES:
            return node
        if name in _NAMES:
            return node if extent.name is None else clip(node, extent.name)
        if extent.text is None or width(node) <= extent.text:
            return node
        return phrases.say_of("memo.cut", annex, text=begins(node, extent.text))
    if isinstance(node, tuple):
        return tuple(_shortened(item, name, extent, phrases, annex) for item in node)
    if is_dataclass(node) and not isinstance(node, Figure | Footnote | type):
        changed = {
            field.name: _shortened(getattr(node, field.name), field.name, extent, phrases, annex)
            for field in fields(node)
        }
        if isinstance(node, Argued) and extent.text is not None and node.footnote is not None:
            changed["footnote"] = replace(node.footnote, text=clip(node.footnote.text, extent.text))
        return replace(node, **changed)
    return node
