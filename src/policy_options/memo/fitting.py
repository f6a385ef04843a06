"""A memo that keeps to its template's pages: where its body has no room for all of it, it is laid out anew with less in it.

What is laid out says by how much it is too long, and the lengths of the texts at each level say which would do: the first that
should fit is tried. Where it does not, what was learnt is counted in, and after that the last level is taken; so a memo is
laid out four times at the worst, once where all of it fits, and mostly twice where it does not.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal, Protocol

from policy_options.errors import Fault
from policy_options.memo.carrying import carrier_of
from policy_options.memo.content import DataTable, Figure, HeatRow, MemoContent, RankRow
from policy_options.memo.layout import Overrun, TooLongError
from policy_options.wording.plain import width

if TYPE_CHECKING:
    from policy_options.memo.carrying import Carrier
    from policy_options.memo.comparison import ComparisonContent
    from policy_options.memo.making import MemoDocument

__all__ = ["Fitted", "Length", "Renders", "fitted", "room_taken"]

_SLACK: Final = 0.97
"""Of the room that there is: tables and figures that are not broken leave some of each page empty."""

_LINE: Final = 95
_PAGE: Final = 60 * _LINE
"""Columns of a line and of a page of the shipped templates; only how texts and figures compare rests on them."""

_TRIES: Final = 2
_BODY: Final = (
    "head",
    "notices",
    "bottom_line",
    "decision",
    "issue",
    "ranking",
    "firmness",
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
    """A page as bytes, and what of it is longer than the template allows all the same."""

    page: bytes
    faults: tuple[Fault, ...] = ()


Length = Literal["fit", "strict", "any"]
"""What becomes of a memo that is too long: its body is condensed, or it is refused, or made as long as it is."""


class Renders(Protocol):
    """Whatever lays a page out: a renderer in a process of its own, or in this one."""

    def page(
        self,
        content: MemoContent | ComparisonContent,
        folders: tuple[Path, ...],
        template: str,
        *,
        carrier: Carrier | None,
        allow_overflow: bool,
    ) -> bytes:
        """The PDF; ``TooLongError`` where it is longer than the template allows."""
        ...


def fitted(
    renderer: Renders,
    document: MemoDocument,
    folders: tuple[Path, ...],
    template: str,
    *,
    length: Length = "fit",
    day: date | None,
) -> Fitted:
    """Render a memo to PDF, condensed as far as its template's page budget asks for. ``day`` is what its attachment is marked
    with; without one it carries nothing.

    Raises:
        TooLongError: it is longer than the template allows, and ``length`` is strict.
        PolicyOptionsError: as for ``Renderer.page``.
    """

    def page(tried: MemoDocument, *, allow_overflow: bool) -> bytes:
        carrier = None if day is None else carrier_of(tried, day)
        return renderer.page(tried.content, folders, template, carrier=carrier, allow_overflow=allow_overflow)

    tried, levels = document, _Levels(document)
    while True:
        try:
            return Fitted(page(tried, allow_overflow=length == "any"))
        except TooLongError as error:
            if length == "strict":
                raise
            too_long = error
        if tried.level == document.levels:
            return Fitted(page(tried, allow_overflow=True), too_long.faults)
        tried = levels.next(tried, too_long.overrun)


class _Levels:
    """Which level to try next."""

    def __init__(self, document: MemoDocument) -> None:
        self._document, self._tries = document, 0

    def next(self, tried: MemoDocument, overrun: Overrun) -> MemoDocument:
        """The first beyond the one that was tried that should fit; the last where too many were tried."""
        self._tries += 1
        before = self._sizes(tried)
        last = self._document.levels
        for level in range(tried.level + 1, last if self._tries <= _TRIES else tried.level + 1):
            found = self._document.at(level)
            pages, lines = (after / (one or 1.0) for after, one in zip(self._sizes(found), before, strict=True))
            if pages * overrun.pages <= _SLACK and lines * overrun.lines <= 1.0:
                return found
        return self._document.at(last)

    @staticmethod
    def _sizes(document: MemoDocument) -> tuple[float, float]:
        content = document.content
        assert isinstance(content, MemoContent)
        return room_taken(content), sum(width(said) for said in content.bottom_line)


def room_taken(content: MemoContent) -> float:
    """About how much room the body of a memo takes, in columns."""
    return sum(_room(getattr(content, name)) for name in _BODY)


def _room(node: Any) -> float:
    match node:
        case str():
            return float(width(node)) + _LINE / 3 if node else 0.0  # a line that ends is half empty
        case Figure():
            return width(node.title) + _figure(node.svg)
        case RankRow() | HeatRow():
            return 3.0 * width(node.title) + _LINE  # in a narrow column
        case DataTable() | Mapping():
            return 0.0
        case tuple():
            return sum(_room(each) for each in node)
    if is_dataclass(node) and not isinstance(node, type):
        return sum(_room(getattr(node, each.name)) for each in fields(node))
    return 0.0


def _figure(svg: str) -> float:
    found = _SIZE.search(svg)
    across, down = (float(found[1]), float(found[2])) if found else (1.0, 0.5)
    return _PAGE * 0.65 * down / across
