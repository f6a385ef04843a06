"""Wrapping text to a number of terminal columns: wide characters take two, and nothing is cut off."""

from __future__ import annotations

import re
from typing import Final

from policy_options.wording.plain import printable, width

__all__ = ["cell_lines", "filled", "longest_number", "longest_piece"]

_WIDE: Final = "\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\uffdc"
_OPENING: Final = "「『（《【〈〔［“‘"  # may begin a line and never end one
_CLOSING: Final = "、。，．：；！？）》」』】〉〕］”’…・ー々％ぁぃぅぇぉっゃゅょァィゥェォッャュョ"  # the reverse
_PIECES: Final = re.compile(f"[{_OPENING}]*(?:[{_WIDE}]|[^{_WIDE}“‘]+)[{_CLOSING}]*|.")
_SPACES: Final = re.compile("[^\\S\u00a0\u2007\u202f]+")  # a line may end at these, but not at those that group digits
_JOINT: Final = re.compile(r"(?<=[-/_.,:;?&=–—])(?=\D)")
"""Where a word longer than a line is broken, if possible: never before a digit, so that numbers stay whole."""
_NUMBER: Final = re.compile(r"[-−+]?\d(?:[\d.,'’\u00a0\u2007\u202f]*\d)?%?")

_LEAST_COLUMNS: Final = 20
_HANGING: Final = 2
_HANGING_FROM: Final = 16


def filled(text: str, columns: int, first: str = "", rest: str | None = None) -> str:
    """Wrap text to ``columns``; a line may end at any wide character.

    ``first`` begins the first line and ``rest`` the others; lines have at least twenty columns of text.
    """
    rest = first if rest is None else rest
    columns = max(columns, width(first) + _LEAST_COLUMNS, width(rest) + _LEAST_COLUMNS)
    return "\n".join(_lines(text, columns, first, rest))


def cell_lines(text: str, columns: int, *, hanging: bool = True) -> list[str]:
    """The text of a cell in lines of at most ``columns``, at least one; an indent is kept, and further lines hang."""
    bare = printable(text)
    if width(bare) <= columns and "\n" not in bare:
        return [bare]
    indent = " " * min(len(bare) - len(bare.lstrip(" ")), columns // 2)
    more = " " * _HANGING if hanging and columns - len(indent) >= _HANGING_FROM else ""
    return _lines(bare, columns, indent, indent + more)


def longest_piece(text: str, *, at_joints: bool = False) -> int:
    """Columns of the longest part that is broken only if a line is shorter than it.

    ``at_joints`` says that a word such as an id may be broken after a hyphen.
    """
    words = _words(text)
    if at_joints:
        words = [part for word in words for part in _JOINT.split(word)]
    if text.isascii():
        return max(map(len, words), default=0)
    return max((width(piece) for word in words for piece in _PIECES.findall(word)), default=0)


def longest_number(text: str) -> int:
    """Columns of the longest number in a text, which must not be broken."""
    return max(map(len, _NUMBER.findall(text)), default=0)


def _words(text: str) -> list[str]:
    return [word for word in _SPACES.split(text) if word]


def _lines(text: str, columns: int, first: str, rest: str) -> list[str]:
    lines: list[str] = []
    line, used, empty = first, width(first), True
    indent = width(rest)
    for word in _words(printable(text)):
        for index, piece in enumerate(_PIECES.findall(word)):
            space = "" if empty or index else " "
            wide = width(piece)
            if not empty and used + len(space) + wide > columns:
                lines.append(line)
                line, used, space = rest, indent, ""
            while used + len(space) + wide > columns:  # longer than a whole line
                cut = _cut(piece, columns - used)
                lines.append(line + piece[:cut])
                piece = piece[cut:]
                line, used, wide = rest, indent, width(piece)
            line, used, empty = line + space + piece, used + len(space) + wide, False
    return [*lines, line]


def _cut(piece: str, columns: int) -> int:
    """How many characters of a word go on a line: up to its last joint, else as many as there is room for."""
    room = next((end for end in range(len(piece), 1, -1) if width(piece[:end]) <= columns), 1)
    return max((joint.start() for joint in _JOINT.finditer(piece) if joint.start() <= room), default=room)
