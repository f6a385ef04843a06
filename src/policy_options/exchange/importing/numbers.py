"""Numbers as people and programs in many countries write them, and which of them are ambiguous."""

from __future__ import annotations

import decimal
import re
from dataclasses import dataclass
from math import isfinite
from typing import Final, Literal

__all__ = [
    "Ambiguous",
    "Decimal",
    "Number",
    "decimal_shown_by",
    "exact_number",
    "looks_like_a_number",
    "read_number",
    "times",
]

Decimal = Literal[",", "."]

_MINUS: Final = str.maketrans(dict.fromkeys("\u2212\u2010\u2011\u2012\u2013\ufe63\uff0d", "-"))
_GROUP_MARKS: Final = "\u00a0\u2009\u202f\u2007 '\u2019_"
_SHAPE: Final = re.compile(rf"[-+]?[0-9.,{_GROUP_MARKS}]*[0-9][0-9.,{_GROUP_MARKS}]*(?:[eE][-+]?[0-9]{{1,3}})?\Z")
_PLAIN: Final = re.compile(r"[-+]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?\Z")
_MAYBE_GROUP: Final = re.compile(r"[-+]?[1-9][0-9]{0,2}[.,][0-9]{3}\Z")
_MARKED: Final = re.compile(rf"(?<=[0-9])[{_GROUP_MARKS}](?=[0-9]{{3}}(?![0-9]))")
LONGEST: Final = 40
_LONGEST_WRITTEN: Final = 400


@dataclass(frozen=True, slots=True)
class Number:
    """A number, and whether a per cent sign followed it."""

    value: float
    percent: bool = False


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """A text that is one number with a decimal point and another with a decimal comma (``None`` if it is not one)."""

    with_point: float | None
    with_comma: float | None


def exact_number(text: str) -> float | None:
    """The number that a program wrote in ASCII digits; ``None`` if it is not one, or if no float is near to it.

    ``float`` would also take ``1_000`` and the digits of every script, and make 0 of 1e-400.
    """
    plain = text.strip(" \t\r\n")
    if len(plain) > _LONGEST_WRITTEN or not _PLAIN.match(plain):
        return None
    value = float(plain)
    lost = value == 0.0 and any(digit in "123456789" for digit in re.split("[eE]", plain, maxsplit=1)[0])
    return None if lost or not isfinite(value) else value


def times(number: float, factor: int) -> float | None:
    """A number times a factor as in decimal writing, so that 0.07 is 7 per cent; ``None`` if no float is near to it."""
    value = float(decimal.Decimal(repr(number)) * factor)
    return value if isfinite(value) else None


def _stripped(text: str) -> tuple[str, bool]:
    plain = text.strip().translate(_MINUS)
    percent = plain.endswith("%")
    plain = plain.removesuffix("%").rstrip(" \u00a0\u202f\u2009") if percent else plain
    if len(plain) > 2 and plain[0] in "-+" and plain[1] in " \u00a0\u202f":  # a minus sign separated from its number
        plain = plain[0] + plain[1:].lstrip()
    return plain, percent


def looks_like_a_number(text: str) -> bool:
    """Whether a person would take the text for a number, in any notation."""
    plain, _ = _stripped(text)
    return len(plain) <= LONGEST and _SHAPE.match(plain) is not None


def decimal_shown_by(text: str) -> Decimal | None:
    """The decimal sign that the text alone makes certain: the comma in ``12,5`` and ``1.234.567``; unknown for ``1,234``."""
    plain, _ = _stripped(text)
    if not looks_like_a_number(plain):
        return None
    as_point, as_comma = _value(plain, "."), _value(plain, ",")
    has_sign = "," in plain or "." in plain
    if not has_sign or (as_point is None) == (as_comma is None):
        return None
    return "." if as_comma is None else ","


def read_number(text: str, decimal: Decimal | None) -> Number | Ambiguous | None:
    """The number that a text represents, with ``decimal`` as the decimal sign if known; ``None`` if it is not a number."""
    plain, percent = _stripped(text)
    if not looks_like_a_number(plain):
        return None
    if decimal is not None:
        value = _value(plain, decimal)
        return None if value is None else Number(value, percent)
    as_point, as_comma = _value(plain, "."), _value(plain, ",")
    if as_point is not None and (as_point == as_comma or as_comma is None):
        return Number(as_point, percent)
    if as_point is None:
        return None if as_comma is None else Number(as_comma, percent)
    return Ambiguous(as_point, as_comma)


def _value(plain: str, decimal: Decimal) -> float | None:
    """The number under one decimal sign; ``None`` if groups are not of three digits, or a sign occurs twice."""
    group = "." if decimal == "," else ","
    whole, sign, rest = plain.partition(decimal)
    if decimal in rest or group in rest or any(mark in rest for mark in _GROUP_MARKS):
        return None
    marks = {character for character in whole if character == group or character in _GROUP_MARKS}
    if len(marks) > 1:
        return None
    if marks:
        (mark,) = marks
        if not re.fullmatch(rf"[-+]?[1-9][0-9]{{0,2}}(?:{re.escape(mark)}[0-9]{{3}})+", whole):
            return None
        whole = whole.replace(mark, "")
    joined = f"{whole}.{rest}" if sign else whole
    if not _PLAIN.match(joined):
        return None
    return exact_number(joined)
