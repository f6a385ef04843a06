"""Text that YAML ignores but a person may have meant: after a `#` that is not a comment, after an `&`, at a comma in
brackets.

These are findings, not errors: each is legal YAML, and only its author knows what was meant. Files without any of these
signs are not examined, so that reading them takes no longer.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from policy_options.dossier import limits
from policy_options.dossier.plain_words import quoted
from policy_options.dossier.scalars import ScalarRefused, plain_value
from policy_options.errors import Fault, Place

__all__ = ["lost_anchor", "lost_text"]

# A comment begins with # after white space. People put a space after it; text such as "Option #2" has none.
_GLUED: Final = re.compile(r"#(?<!\S#)#*(?![#\s!])(?=.)")  # the literal first, which is quick to find
_SPLIT_NUMBER: Final = re.compile(r",(?<=[0-9],)(?=[0-9])")
_BRACKET: Final = re.compile(r"[\[{]")
_IN_QUOTES: Final = ("'", '"')
_BLOCKS: Final = ("|", ">")

Position = tuple[int, int]
"""Line and column, both from 0."""


@dataclass(frozen=True, slots=True)
class _Scalar:
    """The position of a scalar. ``indent`` is the column that a further line of its text would have to exceed."""

    start: Position
    end: Position
    style: str
    is_text: bool
    is_key: bool
    indent: int


@dataclass(slots=True)
class _Around:
    """An open list or mapping; ``column`` is -1 in brackets."""

    is_mapping: bool
    column: int
    key_is_next: bool = True


def _fault(file: str, position: Position, message: str, remedy: str) -> Fault:
    name = file.rpartition("/")[2].removesuffix(".yaml")
    return Fault("text-lost", message, remedy, (name,), Place(file, position[0] + 1, position[1] + 1), "finding")


def lost_anchor(name: str, file: str, line: int, column: int) -> Fault:
    """The finding for an anchor on a scalar that no alias uses."""
    return _fault(
        file,
        (line, column),
        f"`&{name}` marks a place that nothing refers to, and is not read as text",
        f"put the text in quotes, or delete &{name}",
    )


def lost_text(text: str, file: str, events: Callable[[], Any]) -> list[Fault]:
    """Report each comment that may be text, and each number that a comma in brackets splits.

    ``events`` gives libyaml's events of the text, one by one; it is called only if there is something to check.
    """
    if _GLUED.search(text) is None and (_SPLIT_NUMBER.search(text) is None or _BRACKET.search(text) is None):
        return []
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    glued = [(number, found.start()) for number, line in enumerate(lines) for found in _GLUED.finditer(line)]
    split = [
        (number, found.start())
        for number, line in enumerate(lines)
        if (bracket := _BRACKET.search(line)) is not None
        for found in _SPLIT_NUMBER.finditer(line, bracket.end())
    ]
    if not glued and not split:
        return []
    scalars = _scalars(events)
    starts = [scalar.start for scalar in scalars]
    found: list[Fault] = []
    for position in glued:
        index = bisect_right(starts, position) - 1
        if index >= 0 and _is_lost(position, lines, scalars[index]):
            line, column = position
            rest = lines[line][column:].rstrip()
            found.append(
                _fault(
                    file,
                    position,
                    f"{quoted(rest)} is read as a comment, and is no part of the text before it",
                    "put the whole text in quotes; a comment has a space after its #",
                )
            )
    for position in split:
        index = bisect_right(starts, position) - 1
        if _is_split(position, scalars[index : index + 2]):
            found.append(
                _fault(
                    file,
                    position,
                    "the comma inside of this number ends the text, since it is in brackets",
                    "put the text in quotes, or on a line of its own after `- `",
                )
            )
    return found[: limits.MAX_FAULTS]


def _scalars(events: Callable[[], Any]) -> list[_Scalar]:
    """The scalars of the text in order."""
    from yaml.events import (
        AliasEvent,
        MappingEndEvent,
        MappingStartEvent,
        ScalarEvent,
        SequenceEndEvent,
        SequenceStartEvent,
        StreamEndEvent,
    )

    found: list[_Scalar] = []
    start: Any
    end: Any
    around: list[_Around] = []
    while not isinstance(event := events(), StreamEndEvent):
        within = around[-1] if around else _Around(False, -1)
        is_key = within.is_mapping and within.key_is_next
        if isinstance(event, ScalarEvent | AliasEvent | MappingStartEvent | SequenceStartEvent):
            within.key_is_next = not within.key_is_next
        if isinstance(event, MappingStartEvent | SequenceStartEvent):
            start = event.start_mark
            around.append(_Around(isinstance(event, MappingStartEvent), -1 if event.flow_style else start.column))
        elif isinstance(event, MappingEndEvent | SequenceEndEvent):
            around.pop()
        elif isinstance(event, ScalarEvent):
            start, end = event.start_mark, event.end_mark
            style = event.style or ""
            found.append(
                _Scalar(
                    (start.line, start.column),
                    (end.line, end.column),
                    style,
                    style != "" or _is_text(event.value),
                    is_key,
                    within.column,
                )
            )
    return found


def _is_text(value: str) -> bool:
    try:
        return isinstance(plain_value(value), str)
    except ScalarRefused:
        return False


def _is_lost(position: Position, lines: list[str], before: _Scalar) -> bool:
    """Whether a comment may be text; ``before`` is the last scalar that begins before it."""
    line, column = position
    if before.style in _BLOCKS and before.start[0] == line:
        return True  # between > and the text that begins below it
    if position < before.end or not before.is_text:
        return False  # inside a text, or after a number
    if lines[line][:column].strip():
        return before.end[0] == line and not before.is_key
    if before.is_key or before.style != "":
        return False
    # On a separate line, where a further line of the text might be.
    return line == before.end[0] + 1 and column > before.indent >= 0


def _is_split(position: Position, around: list[_Scalar]) -> bool:
    """Whether only a comma separates two texts, or a text and a number."""
    if len(around) < 2:
        return False
    before, after = around
    touches = before.end == position and after.start == (position[0], position[1] + 1)
    return touches and before.style == after.style == "" and (before.is_text or after.is_text)
