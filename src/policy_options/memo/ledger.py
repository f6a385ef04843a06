"""The ledger: every number that the pages print, in their order, each with the place in the content that it comes from.

A place is a path through the content model (``ranking.0.value``) and how many numbers come before it in that text. Numbers that
are in no content are those that the pages count themselves: page numbers and marks of footnotes.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from typing import Any, Final
from xml.etree import ElementTree

__all__ = ["COUNTED", "Ledger", "content_texts", "make_ledger"]

Ledger = list[tuple[str, str]]

COUNTED: Final = "counted"
"""The key of a number that the pages count themselves."""

_NEAR: Final = 10  # characters before or behind a number by which its text is found
_SVG: Final = "{http://www.w3.org/2000/svg}"
_DRAWN: Final = re.compile(r"^<svg[ >]")
_NUMBER: Final = re.compile(r"[+−]?\d+(?:[.,\u202f\u00a0']\d+)*")  # a sign is part of a number, a hyphen is not


def _numbered(text: str) -> Iterator[re.Match[str]]:
    """The numbers of a text, with their positions in it."""
    return _NUMBER.finditer(text)


def _numbers_in(text: str) -> list[str]:
    """The numbers of a text, as they are written."""
    return [number[0] for number in _numbered(text)]


def content_texts(content: Any) -> list[tuple[str, str]]:
    """Every text of a content model by its path, in the model's order; of charts those that are written in them."""
    return list(_texts(content, ""))


def _texts(node: Any, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(node, str):
        if _DRAWN.match(node):
            yield from _drawn(node, path)
        else:
            yield path, node
    elif is_dataclass(node):
        for field in fields(node):
            yield from _texts(getattr(node, field.name), f"{path}.{field.name}" if path else field.name)
    elif isinstance(node, Mapping):
        for key, value in node.items():
            yield from _texts(value, f"{path}.{key}")
    elif isinstance(node, Sequence):
        for index, value in enumerate(node):
            yield from _texts(value, f"{path}.{index}")


def _drawn(svg: str, path: str) -> Iterator[tuple[str, str]]:
    for index, element in enumerate(ElementTree.fromstring(svg).iter(f"{_SVG}text")):  # noqa: S314  # our own charts
        yield f"{path}.{index}", element.text or ""


def make_ledger(pages: Sequence[Sequence[str]], texts: Sequence[tuple[str, str]]) -> Ledger:
    """Give each printed number a place: one of that number in a text that the printed line is a part of, or that is part of it.

    Of several such places it is the next one that has not been printed yet, and the first again where all have been (a head
    that is on each page). A number that no text of its line accounts for is counted by the pages themselves.
    """
    places: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for path, text in texts:
        squeezed = _squeezed(text)
        for at, number in enumerate(_numbers_in(text)):
            places[number].append((f"{path}#{at}", squeezed))
    printed: set[str] = set()
    ledger: Ledger = []
    for blocks in pages:
        for block in blocks:
            line = _squeezed(block)
            for match in _numbered(block):
                known = [place for place, text in places[match[0]] if line in text or text in line]
                if not known:  # a line with the end of one text and the beginning of another
                    before = _squeezed(block[max(match.start() - _NEAR, 0) : match.end()])
                    after = _squeezed(block[match.start() : match.end() + _NEAR])
                    known = [place for place, text in places[match[0]] if before in text or after in text]
                place = next((path for path in known if path not in printed), known[0] if known else COUNTED)
                printed.add(place)
                ledger.append((place, match[0]))
    return ledger


def _squeezed(text: str) -> str:
    """A text without its spaces, nor the hyphen that breaking a line puts at its end."""
    return "".join(text.split()).rstrip("-\N{HYPHEN}\N{SOFT HYPHEN}")
