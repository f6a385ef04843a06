"""Fitting a memo to its template's pages: if its body is too long, it is laid out again with less in it.

A layout shows by how much it is too long, and the lengths of the texts at each level show which should fit: the first
such level is tried. If it does not fit, that layout informs the next attempt, and after some attempts the last level is
used; so a memo is laid out once if all of it fits, and usually two or three times if not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal, Protocol

from policy_options.errors import Fault
from policy_options.memo.attachment import attachment_of
from policy_options.memo.content import Figure, MemoContent, RankRow
from policy_options.memo.overrun import Overrun, TooLongError
from policy_options.wording.plain import width

if TYPE_CHECKING:
    from policy_options.memo.attachment import Attachment
    from policy_options.memo.comparison_content import ComparisonContent
    from policy_options.memo.making import MemoDocument

__all__ = ["Fitted", "Length", "Renders", "fitted", "room_taken"]

_SLACK: Final = 0.97
"""Usable share of the available space: unbroken tables and figures leave some of each page empty."""

_LINE: Final = 95
_PAGE: Final = 60 * _LINE
"""Columns of a line and of a page of the shipped templates, used only to compare texts with figures."""

_NEARLY: Final = 1.02
"""Ratio to the available space up to which a body is only a line or two too long, which any further level saves."""

_TRIES: Final = 3
"""Levels that are estimated before the last is used."""

_SHORTEST: Final = 4
_TELLING: Final = 24
"""Characters at the beginning of a text by which it is found on a page."""

_HYPHENS: Final = str.maketrans("", "", "-\N{HYPHEN}\N{SOFT HYPHEN}")
_BODY: Final = (
    "head",
    "notices",
    "bottom_line",
    "decision",
    "issue",
    "ranking",
    "robustness",
    "options",
    "more_options",
    "moved",
    "dissent",
    "outlook",
    "sources",
)
_SIZE: Final = re.compile(r'viewBox="\S+ \S+ (\S+) (\S+)"')


@dataclass(frozen=True, slots=True)
class Fitted:
    """A page as bytes, its remaining overrun of the template's limits, and the level to which its body is condensed."""

    page: bytes
    faults: tuple[Fault, ...] = ()
    level: int = 0


Length = Literal["fit", "strict", "any"]
"""Treatment of a memo that is too long: its body is condensed, or it is refused, or it is left long."""


class Renders(Protocol):
    """A renderer of pages, in a separate process or in this one."""

    def page(
        self,
        content: MemoContent | ComparisonContent,
        folders: tuple[Path, ...],
        template: str,
        *,
        attachment: Attachment | None,
        allow_overflow: bool,
    ) -> bytes:
        """The PDF; ``TooLongError`` if it is longer than the template allows."""
        ...


def fitted(
    renderer: Renders,
    document: MemoDocument,
    folders: tuple[Path, ...],
    template: str,
    *,
    length: Length = "fit",
    when: datetime | None,
) -> Fitted:
    """Render a memo to PDF, condensed as far as its template's page budget requires.

    ``when`` is the timestamp of its attachment; without one it has no attachment.

    Raises:
        TooLongError: it is longer than the template allows, and ``length`` is strict. PolicyOptionsError: as for
        ``Renderer.page``.
    """

    def page(tried: MemoDocument, *, allow_overflow: bool) -> bytes:
        attachment = None if when is None else attachment_of(tried, when, length)
        return renderer.page(tried.content, folders, template, attachment=attachment, allow_overflow=allow_overflow)

    tried, levels = document, _Levels(document)
    while True:
        try:
            return Fitted(page(tried, allow_overflow=length == "any"), level=tried.level)
        except TooLongError as error:
            if length == "strict":
                raise
            too_long = error
        if tried.level == document.levels:
            return Fitted(page(tried, allow_overflow=True), too_long.faults, tried.level)
        tried = levels.next(tried, too_long.overrun)


class _Levels:
    """Chooses the next level to try."""

    def __init__(self, document: MemoDocument) -> None:
        self._document, self._tries = document, 0

    def next(self, tried: MemoDocument, overrun: Overrun) -> MemoDocument:
        """The first level after the one tried that should fit.

        If none should, or too many were tried, it is the last; or the next if little is missing.
        """
        self._tries += 1
        text = _squeezed(overrun.text)
        before = room_taken(_content(tried), text)
        printed, known = set(before), set(room_taken(_content(tried)))
        pages, lines = sum(before.values()), _opening(tried)
        last = self._document.levels
        for level in range(tried.level + 1, last if self._tries <= _TRIES else 0):
            candidate = self._document.at(level)
            after = room_taken(_content(candidate))
            room = sum(size for path, size in after.items() if path in printed or path not in known)
            if room / pages * overrun.pages <= _SLACK and _opening(candidate) / lines * overrun.lines <= 1.0:
                return candidate
        return self._document.at(tried.level + 1 if overrun.pages <= _NEARLY and overrun.lines <= 1.0 else last)


def _content(document: MemoDocument) -> MemoContent:
    assert isinstance(document.content, MemoContent)  # a comparison note has no levels
    return document.content


def _opening(document: MemoDocument) -> int:
    return sum(width(sentence) for sentence in _content(document).bottom_line) or 1


def room_taken(content: MemoContent, text: str | None = None) -> dict[str, float]:
    """The approximate space of each text of a memo's body, in columns, by its path; a figure counts its title and
    picture together.

    Given the ``text`` of pages, without spaces, only texts that these pages print count: a template may leave any out.
    """
    rooms: dict[str, float] = {}
    for name in _BODY:
        for path, own, size in _rooms(getattr(content, name), name):
            if text is None or _squeezed(own)[:_TELLING] in text:
                rooms[path] = size
    return rooms


def _squeezed(text: str) -> str:
    """Remove spaces, and the hyphens added by breaking lines."""
    return "".join(text.split()).translate(_HYPHENS)


def _rooms(node: Any, path: str, scale: float = 1.0) -> Iterator[tuple[str, str, float]]:
    """Path, text and space of every text; a number on its own takes none."""
    match node:
        case str():
            if width(node) >= _SHORTEST:
                yield path, node, scale * width(node) + _LINE / 3  # a line that ends is half empty on average
        case Figure():
            yield path, node.title, width(node.title) + _picture(node.svg)
        case tuple():
            for index, item in enumerate(node):
                yield from _rooms(item, f"{path}.{index}", scale)
        case _ if is_dataclass(node) and not isinstance(node, type):
            narrow = 3.0 if isinstance(node, RankRow) else scale
            for field in fields(node):
                yield from _rooms(getattr(node, field.name), f"{path}.{field.name}", narrow)


def _picture(svg: str) -> float:
    size = _SIZE.search(svg)
    across, down = (float(size[1]), float(size[2])) if size else (1.0, 0.5)
    return _PAGE * 0.65 * down / across
