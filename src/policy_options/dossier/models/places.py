"""The forms of a location in a source: a page, a table's number, a section, a cell, a time."""

import re
from collections.abc import Iterator
from typing import Annotated, Any, Final

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema

from policy_options.dossier.models.base import Line, fault

__all__ = ["Cell", "Label", "PageRange", "Section", "Timestamp", "check_page", "pages_in"]

_PAGE: Final = r"(?:[1-9][0-9]{0,4}|[ivxlcdm]{1,15})"
_ROMAN: Final = re.compile(r"m{0,3}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})")
_NUMERALS: Final = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l")),
    *((40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
_LONGEST_RANGE: Final = 1_000
_LABEL: Final = re.compile(r"[A-Za-z0-9\u0400-\u04ff](?:[A-Za-z0-9\u0400-\u04ff.:/()-]{0,19})")
_WORDS: Final = re.compile(r"(?:tables?|tab|figures?|fig|таблица|табл|рисунок|рис)\b\.?", re.IGNORECASE)
_CELL: Final = re.compile(
    r"(?:(?:'(?:[^'\[\]*?/\\:]|''){1,31}'|[^\W\d][\w.]{0,30})!)?"
    r"\$?([A-Za-z]{1,3})\$?([1-9][0-9]{0,6})(?::\$?([A-Za-z]{1,3})\$?([1-9][0-9]{0,6}))?"
)
_COLUMNS, _ROWS = 16_384, 1_048_576  # of a worksheet
_TIME: Final = r"(?:([0-9]{1,3}):)?([0-9]{1,3}):([0-5][0-9])"
_TIMES: Final = re.compile(f"{_TIME}(?:-{_TIME})?")


def _typed(value: Any) -> Any:
    """A number typed as such, as text; a fraction is unchanged, and refused."""
    return str(value) if value.__class__ is int else value


def _value(page: str) -> int:
    if page.isdecimal():
        return int(page)
    found, rest = 0, page
    for number, numeral in _NUMERALS:
        while rest.startswith(numeral):
            found, rest = found + number, rest[len(numeral) :]
    return found


def _roman(number: int) -> str:
    found = ""
    for worth, numeral in _NUMERALS:
        while number >= worth:
            found, number = found + numeral, number - worth
    return found


def _is_page(page: str) -> bool:
    return re.fullmatch(_PAGE, page) is not None and (page.isdecimal() or _ROMAN.fullmatch(page) is not None)


def check_page(value: str) -> str:
    """Return the number of one page, or raise a refusal."""
    if not _is_page(value):
        raise fault("page", "a page is named by its number", "write 4, or iv in small Roman numerals")
    return value


def _pages(value: str) -> str:
    first, dash, last = value.partition("-")
    right = _is_page(first) and (not dash or (_is_page(last) and first.isdecimal() == last.isdecimal()))
    if not right or (dash and not 0 < _value(last) - _value(first) < _LONGEST_RANGE):
        raise fault(
            "page",
            "these are not pages",
            "write a number (4), small Roman numerals (iv) or a range from the lower to the higher (12-14)",
        )
    return value


def pages_in(pages: str) -> Iterator[str]:
    """The single pages of a page or a range."""
    first, dash, last = pages.partition("-")
    for number in range(_value(first), _value(last if dash else first) + 1):
        yield str(number) if first.isdecimal() else _roman(number)


def _label(value: str) -> str:
    if _WORDS.match(value) or not _LABEL.fullmatch(value):
        raise fault(
            "label",
            "a table or figure is named by its number alone",
            "write 3, 2.1 or A4; the word before it is printed in the language of the memo",
        )
    return value


def _cell(value: str) -> str:
    found = _CELL.fullmatch(value)
    corners = [(found[1], found[2]), (found[3], found[4])] if found else []
    places = [(_column(column), int(row)) for column, row in corners if column]
    if not places or any(column > _COLUMNS or row > _ROWS for column, row in places):
        raise fault("cell", "this is not a cell", "write B7, a range such as B2:C9, or with its sheet Prices!B7")
    return value


def _column(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def _seconds(hours: str | None, minutes: str, seconds: str) -> int:
    return int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds)


def _timestamp(value: str) -> str:
    found = _TIMES.fullmatch(value)
    wrong = found is None
    if found:
        parts = found.groups()
        wrong = any(hours and int(minutes) > 59 for hours, minutes in ((parts[0], parts[1]), (parts[3], parts[4])))
        wrong = wrong or (parts[5] is not None and _seconds(*parts[3:]) <= _seconds(*parts[:3]))
    if wrong:
        raise fault(
            "timestamp",
            "this is not a time in a recording",
            "write minutes:seconds (12:30), hours:minutes:seconds (1:02:45), or a range (12:30-14:00)",
        )
    return value


_NUMBER_OR_TEXT: Final = WithJsonSchema({"anyOf": [{"type": "integer", "minimum": 1}, {"type": "string"}]})

PageRange = Annotated[str, BeforeValidator(_typed), AfterValidator(_pages), _NUMBER_OR_TEXT]
Label = Annotated[Line, BeforeValidator(_typed), AfterValidator(_label), _NUMBER_OR_TEXT]
Section = Annotated[Line, BeforeValidator(_typed), Field(max_length=120), _NUMBER_OR_TEXT]
Cell = Annotated[Line, AfterValidator(_cell)]
Timestamp = Annotated[Line, AfterValidator(_timestamp)]
