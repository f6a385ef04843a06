"""Plain text and Markdown: paragraphs between blank lines; for Markdown also its front matter and headings."""

from __future__ import annotations

import re
from typing import Final

from policy_options.dossier.reading import read_yaml
from policy_options.dossier.texts.text import Block, Stated, Text, first_of_each, iso_date, paragraphs_of
from policy_options.errors import PolicyOptionsError

__all__ = ["of_markdown", "of_plain_text"]

_FRONT: Final = re.compile(r"---[ \t]*\n(.*?\n)(?:---|\.\.\.)[ \t]*(?:\n|$)", re.DOTALL)
_HASHES: Final = re.compile(r"#{1,6}\s")
_RULE: Final = re.compile(r"\s*(?:[-*_]\s*){3,}$")
_UNDERLINED: Final = re.compile(r"(.+)\n(=+|-+)\s*$")
_KEYS: Final = {"title": "title", "author": "author", "date": "date", "publisher": "publisher", "doi": "doi"}


def of_plain_text(text: str) -> Text:
    """The paragraphs of a text, without metadata: only a reader can know which line is a title."""
    return Text(blocks=tuple(Block(block) for block in paragraphs_of(text)))


def of_markdown(text: str) -> Text:
    """The paragraphs; headings and rules are not counted, and neither is the front matter."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    front = _FRONT.match(text)
    stated = _stated(front[1]) if front else []
    blocks = []
    for block in paragraphs_of(text[front.end() :] if front else text):
        heading = _heading(block.strip())
        if heading is not None:
            stated.append(Stated("title", heading, "the first heading"))
        blocks.append(Block(block, counted=heading is None and not _RULE.fullmatch(block)))
    return Text(blocks=tuple(blocks), stated=first_of_each(stated))


def _heading(block: str) -> str | None:
    """The text of a heading, after one to six hashes or above a line; ``None`` if the block is not one."""
    hashes = _HASHES.match(block)
    if hashes is not None:
        text = block[hashes.end() :].strip()
        text = text.rstrip("#").rstrip() or text[:1]
        if text and "\n" not in text:
            return text
    underlined = _UNDERLINED.fullmatch(block)
    return underlined[1] if underlined else None


def _stated(front: str) -> list[Stated]:
    try:
        tree = read_yaml(front.encode(), "front matter")
    except PolicyOptionsError:
        return []
    if tree.faults or not isinstance(tree.data, dict):
        return []
    found = []
    for name, key in _KEYS.items():
        value = tree.data.get(name)
        values = [one for one in (value if isinstance(value, list) else [value]) if isinstance(one, str | int)]
        said = ", ".join(str(one) for one in values)
        found.append(Stated(key, iso_date(said) if key == "date" else said, f"the front matter, {name}"))
    return found
