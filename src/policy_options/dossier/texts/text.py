"""The contents of a file: its blocks of text or its pages, and its metadata."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Final

from policy_options.errors import PolicyOptionsError

__all__ = ["MAX_PAGES", "Block", "Stated", "Text", "first_of_each", "iso_date", "paragraphs_of", "refuse_marks"]

_MOST_MARKS: Final = 100
MAX_PAGES: Final = 200
"""Pages of a document whose text is extracted at a time."""


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of text between two breaks. ``counted`` is false for headings, menus and the like, which are not paragraphs."""

    text: str
    counted: bool = True


@dataclass(frozen=True, slots=True)
class Stated:
    """A piece of metadata: the source's key that it is for, its value, and where in the file it is."""

    key: str
    value: str
    where: str


@dataclass(frozen=True, slots=True)
class Text:
    """The text of a file. ``pages`` are those requested, by number, of the ``page_count`` in the document."""

    blocks: tuple[Block, ...] = ()
    pages: tuple[tuple[str, str], ...] = ()
    page_count: int = 0
    stated: tuple[Stated, ...] = ()

    def as_json(self) -> bytes:
        """The text as data, for passing between processes."""
        return json.dumps(asdict(self)).encode()

    @classmethod
    def from_json(cls, data: bytes) -> Text:
        """The text from ``as_json``; each field is converted to its type, and nothing else is read."""
        found = json.loads(data)
        return cls(
            tuple(Block(str(block["text"]), bool(block["counted"])) for block in found["blocks"]),
            tuple((str(label), str(text)) for label, text in found["pages"]),
            int(found["page_count"]),
            tuple(Stated(str(one["key"]), str(one["value"]), str(one["where"])) for one in found["stated"]),
        )


def paragraphs_of(text: str) -> list[str]:
    """The blocks of a text between blank lines: its paragraphs, including headings and rules."""
    return [
        block
        for block in re.split(r"\n[ \t]*(?:\n[ \t]*)+", text.replace("\r\n", "\n").replace("\r", "\n"))
        if block.strip()
    ]


def refuse_marks(text: str) -> None:
    """Refuse a text in which more marks follow one letter than any script writes.

    Bringing text to a normal form sorts such marks, in the square of their number (Unicode Standard Annex 15, "Stream-Safe
    Text Format", allows 30).

    Raises:
        PolicyOptionsError: there are too many (``marks``).
    """
    if text.isascii():
        return
    marks = "".join(re.escape(one) for one in sorted(set(text)) if not one.isascii() and _is_mark(one))
    if marks and re.search(f"[{marks}]{{{_MOST_MARKS + 1}}}", text):
        raise PolicyOptionsError.of(
            "marks",
            f"more than {_MOST_MARKS} accents or other marks follow one letter",
            "delete them",
        )


def _is_mark(character: str) -> bool:
    return unicodedata.combining(unicodedata.normalize("NFKD", character)[0]) > 0


def iso_date(text: str) -> str:
    """A date as files state it (2026-03-01T09:00:00Z, 2026/3/1, D:20260301), as a source has it; other text is unchanged."""
    plain = text.strip()
    found = re.match(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?(?=$|[T ])", plain)
    found = found or re.match(r"D:(\d{4})(?:(\d\d)(\d\d)?)?", plain) or re.match(r"(\d{4})(\d\d)(\d\d)$", plain)
    return "-".join(part.zfill(2) for part in found.groups() if part) if found else plain


def first_of_each(stated: Iterable[Stated]) -> tuple[Stated, ...]:
    """The first entry found for each key."""
    kept: dict[str, Stated] = {}
    for one in stated:
        if one.value.strip():
            kept.setdefault(one.key, one)
    return tuple(kept.values())
