"""Text from a dossier or a path, made safe to print: no terminal codes, no bidirectional tricks."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

__all__ = [
    "REPLACEMENT",
    "anchored",
    "clip",
    "in_quotes",
    "plain_signs",
    "printable",
    "running_head",
    "width",
    "with_ellipsis",
]

REPLACEMENT: Final = "\N{REPLACEMENT CHARACTER}"
_HEAD_WORDS: Final = 7
_UNSAFE: Final = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\xad\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u2800\u3164\ufeff\uffa0"
    "\ud800-\udfff]"
)


_RIGHT_TO_LEFT: Final = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_LEFT_TO_RIGHT_MARK: Final = "\N{LEFT-TO-RIGHT MARK}"


def anchored(text: str) -> str:
    """The text as a part of a sentence that runs from left to right, without effect on the order of what follows it.

    One letter of a script that runs from right to left turns the numbers after it round (Unicode Standard Annex 9, rule W2 to
    W7): "א 11% → 14%" is shown as "14% → 11%". A mark after the text ends that. An isolate would lose its beginning where a
    line ends within it, as WeasyPrint sets each line by itself.
    """
    return text + _LEFT_TO_RIGHT_MARK if not text.isascii() and _RIGHT_TO_LEFT.search(text) else text


def printable(text: str) -> str:
    """The text without characters that control a terminal or hide text; each becomes a visible sign."""
    return _UNSAFE.sub(REPLACEMENT, text)


_SIGNS: Final = str.maketrans(
    {
        "−": "-",
        "–": "-",
        "—": "-",
        "…": "...",
        "¶": "par. ",
        "·": "-",
        "“": '"',
        "”": '"',
        "’": "'",
        "→": "->",
        "≈": "~",
    }
)


_FOREIGN: Final = re.compile('[\u034f\u17b4\u17b5\u180b-\u180f\ufe00-\ufe0f\U000e0000-\U000e0fff“”„‟"]')
_PLAIN_FOREIGN: Final = re.compile(r"[A-Za-z0-9_./+,=@%~()-]+(?: [A-Za-z0-9_./+,=@%~()-]+)*")


def in_quotes(text: str, columns: int = 40, *, end: bool = False, always: bool = False) -> str:
    """Text that anybody may have written, as a part of an answer that it cannot be mistaken for.

    It is on one line, has at most so many columns (the last ones with ``end``, as of a path), and is in quotation marks that
    it cannot close; without them, unless ``always``, if it consists of plain ASCII that cannot look like an answer.
    """
    line = " ".join(_FOREIGN.sub(REPLACEMENT, printable(text.replace("\n", "\N{SYMBOL FOR NEWLINE}"))).split())
    if width(line) > columns:
        kept = ""
        for character in reversed(line) if end else line:
            if width(kept) + width(character) >= columns:
                break
            kept = character + kept if end else kept + character
        line = f"…{kept}" if end else f"{kept}…"
    return line if not always and _PLAIN_FOREIGN.fullmatch(line) else f"“{line}”"


def plain_signs(text: str) -> str:
    """The text with ASCII in place of typographic signs, for a terminal that lacks them: a minus stays a minus."""
    return text.translate(_SIGNS)


def running_head(title: str, marking: str = "") -> str:
    """A title short enough for the head of each page: seven words including the marking, and 60 columns.

    A longer line would count as text that a screen reader should read aloud there.
    """
    words, room = title.split(), max(_HEAD_WORDS - len(marking.split()), 3)
    return clip(title if len(words) <= room else " ".join(words[:room]) + " …", 60)


def width(text: str) -> int:
    """Columns that a terminal uses for the text: two for wide East Asian characters, none for combining marks."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.category(c) in {"Mn", "Me", "Cf"} else 2 if unicodedata.east_asian_width(c) in "WF" else 1
        for c in text
    )


def clip(text: str, columns: int) -> str:
    """The text, cut with an ellipsis if it exceeds the columns available."""
    if width(text) <= columns:
        return text
    room = columns - 1
    for end, character in enumerate(text):
        room -= width(character)
        if room < 0:
            return with_ellipsis(text[:end])
    return text


def with_ellipsis(text: str) -> str:
    """The beginning of a text followed by an ellipsis.

    Where it was cut in a script that runs from right to left, a mark of that direction keeps the ellipsis at the left
    end of the line: without one it follows the surrounding text (Unicode Standard Annex 9, rules N1 and N2).
    """
    kept = text.rstrip()
    last = next((way for way in map(unicodedata.bidirectional, reversed(kept)) if way in {"L", "R", "AL"}), "L")
    return f"{kept}…" if last == "L" else f"{kept}…\u200f"
