"""The text of a YAML file and its plain scalars: the characters allowed in one, and the meaning of the others.

The rules are those of YAML 1.2's core schema, without the parts that mean one thing to a person and another to a
program.
"""

from __future__ import annotations

import re
from functools import lru_cache
from math import isfinite
from typing import Final

from policy_options.dossier import limits
from policy_options.dossier.characters import MOST_ACCENTS, MOST_MARKS, in_words, invisible_in, is_mark, stacked_in
from policy_options.errors import Place, PolicyOptionsError

__all__ = [
    "MAY_NOT_BE_TEXT",
    "STACKED",
    "ScalarRefused",
    "decoded",
    "hidden_in",
    "marks_in",
    "plain_value",
    "refuse_hidden_text",
    "refuse_stacked_text",
    "refuse_unfinished_merge",
]

MAY_NOT_BE_TEXT: Final = frozenset("0123456789+-.~nNtTfF")
"""Possible first characters of a plain scalar that is not text; an empty one is null."""

# C0 without line feed and carriage return (a tab has its own message), C1, line and paragraph separators, surrogates,
# non-characters, and the bidirectional controls of Unicode TR 9 (embeddings, overrides, isolates, marks).
_HIDDEN_SET: Final = (
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029"
    "\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff"
)
_PLANE_ENDS: Final = "".join(chr(plane << 16 | low) for plane in range(1, 17) for low in (0xFFFE, 0xFFFF))
_HIDDEN: Final = re.compile(f"[{_HIDDEN_SET}]")
_HIDDEN_IN_ESCAPES: Final = re.compile(f"[{_HIDDEN_SET}\t\r]")
_INT: Final = re.compile(r"[-+]?(?:0|[1-9][0-9]*)\Z")
_FLOAT: Final = re.compile(r"[-+]?(?:(?:0|[1-9][0-9]*)(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?\Z")
_NOT_FINITE: Final = re.compile(r"[-+]?\.(?:inf|Inf|INF)\Z|\.(?:nan|NaN|NAN)\Z")
_WORDS: Final[dict[str, bool | None]] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_MERGE: Final = re.compile(r"^(?:<{7}|\|{7}|>{7})(?: .*)?$", re.MULTILINE)
STACKED: Final = (
    "marks",
    f"more than {MOST_ACCENTS} accents, or {MOST_MARKS} marks of any kind, on one letter, which would cover other text",
    "delete them",
)
"""The refusal of marks stacked on one letter: code, message, remedy."""
_BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"


class ScalarRefused(Exception):  # noqa: N818  # never leaves the reader, which gives it a place
    """The refusal of a scalar: code, message, remedy."""


def decoded(raw: bytes, file: str) -> str:
    """Decode a file's bytes, without its byte order mark.

    Raises:
        PolicyOptionsError: it is too large, or not UTF-8.
    """
    if len(raw) > limits.MAX_FILE_BYTES:
        raise PolicyOptionsError.of(
            "file-too-large",
            f"the file has more than {limits.MAX_FILE_BYTES:,} bytes, which is the most that is read",
            "split it, or move long texts to where they are cited from",
            place=Place(file),
        )
    body = raw.removeprefix(_BYTE_ORDER_MARK)
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        before = body[: error.start].decode("utf-8")
        raise PolicyOptionsError.of(
            "not-utf-8",
            f"the byte 0x{body[error.start]:02x} is not UTF-8 text",
            "save the file as UTF-8",
            place=_place(before, len(before), file),
        ) from None


def refuse_unfinished_merge(text: str, file: str) -> None:
    """Refuse a file in which git left both versions of some lines.

    Raises:
        PolicyOptionsError: with the place of the first marker.
    """
    if not any(sign in text for sign in ("<<<<<<<", "|||||||", ">>>>>>>")):
        return
    marker = _MERGE.search(text)
    if marker is not None:
        raise PolicyOptionsError.of(
            "merge-conflict",
            f"a merge is not finished here: {marker[0][:40].rstrip()}",
            "keep one of the two versions, and delete the lines that begin with <<<<<<<, ======= and >>>>>>>",
            place=_place(text, marker.start(), file),
        )


def refuse_hidden_text(text: str, file: str) -> None:
    """Refuse a tab, or an invisible character that changes how text reads, anywhere in a file.

    Raises:
        PolicyOptionsError: with the place of the first.
    """
    tab = text.find("\t")
    # Two tools in turn may leave two byte order marks at the start, where they mean nothing.
    hidden = hidden_in(" " + text[1:] if text.startswith("\ufeff") else text)
    if tab >= 0 and (hidden is None or tab < hidden[0]):
        raise PolicyOptionsError.of(
            "tab",
            "a tab character; YAML is indented with spaces",
            "replace the tab with spaces",
            place=_place(text, tab, file),
        )
    if hidden is not None:
        raise PolicyOptionsError.of(
            "hidden-character",
            f"{hidden[1]} cannot be seen, and texts that look alike would differ or read in another order",
            "delete it",
            place=_place(text, hidden[0], file),
        )


def refuse_stacked_text(text: str, file: str) -> None:
    """Refuse more marks on one letter than any script writes, anywhere in a file.

    Raises:
        PolicyOptionsError: with the place of the first mark too many.
    """
    index = stacked_in(text)
    if index is not None:
        code, message, remedy = STACKED
        raise PolicyOptionsError.of(code, message, remedy, place=_place(text, index, file))


def marks_in(text: str) -> tuple[str, str, str] | None:
    """Why a text would be drawn over others: it stacks marks, or begins with one, which a page draws on the text before
    it, such as a figure. Code, message, remedy.
    """
    if text.isascii():
        return None
    if stacked_in(text) is not None:
        return STACKED
    first = text.lstrip()[:1]
    if not first or not is_mark(first):
        return None
    return (
        "leading-mark",
        f"the text begins with {in_words(first)}, which would be drawn on whatever a page has before it",
        "write the letter that it belongs to, or a dotted circle (\N{DOTTED CIRCLE}), before it",
    )


def hidden_in(text: str, *, escaped: bool = False) -> tuple[int, str] | None:
    """The first hidden character: its index and description. With ``escaped``, tabs and carriage returns count as
    hidden too.
    """
    found = (_HIDDEN_IN_ESCAPES if escaped else _HIDDEN).search(text)
    index = None if found is None else found.start()
    if not text.isascii():
        end = re.search(f"[{_PLANE_ENDS}]", text)  # the last two of each higher plane are not characters either
        others = (index, None if end is None else end.start(), invisible_in(text))
        index = min((one for one in others if one is not None), default=None)
    return None if index is None else (index, in_words(text[index]))


def _place(text: str, index: int, file: str) -> Place:
    before = text[:index].replace("\r\n", "\n").replace("\r", "\n")
    return Place(file, before.count("\n") + 1, len(before) - before.rfind("\n"))


@lru_cache(maxsize=4096)
def plain_value(text: str) -> str | int | float | bool | None:
    """The value of a plain scalar under the YAML 1.2 core schema, except leading zeros and bases, which remain text.

    Raises:
        ScalarRefused: a number that is too long or not finite.
    """
    if text in _WORDS:
        return _WORDS[text]
    whole = _INT.match(text) is not None
    if whole or _FLOAT.match(text):
        if len(text) > limits.MAX_NUMBER_DIGITS:
            raise ScalarRefused(
                "number-too-long",
                f"a number of {len(text)} characters; at most {limits.MAX_NUMBER_DIGITS} are read",
                "shorten it",
            )
        number = float(text)
        if isfinite(number):
            return int(text) if whole else number
    elif not _NOT_FINITE.match(text):
        return text
    raise ScalarRefused("number-not-finite", f"{text} is not a finite number", "write a number, or `unknown`")
