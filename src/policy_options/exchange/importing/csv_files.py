"""CSV and TSV as spreadsheets of many countries write them: the encoding, separator and decimal sign have to be found.

Each of the three is taken from the file if the file makes it certain, and asked for if not; the summary states it.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from typing import Final

from policy_options.dossier.plain_words import quoted
from policy_options.errors import Fault, PolicyOptionsError, as_written
from policy_options.exchange.importing import limits
from policy_options.exchange.importing.archives import refuse_too_many_bytes
from policy_options.exchange.importing.asked import Asked
from policy_options.exchange.importing.grid import Cell, Grid, Kind, column_letters, refuse_too_wide
from policy_options.exchange.importing.matrix import At
from policy_options.exchange.importing.numbers import (
    Ambiguous,
    Decimal,
    Number,
    decimal_shown_by,
    looks_like_a_number,
    read_number,
)

__all__ = ["read_csv"]

_SEPARATORS: Final = ";,\t|"
_NAMES: Final = {";": "semicolons", ",": "commas", "\t": "tabs", "|": "vertical bars"}
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8", "UTF-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)
_LONGEST_CELL: Final = 32_767


def read_csv(raw: bytes, file: str, asked: Asked) -> list[Grid]:
    """The one sheet of a CSV file.

    Raises:
        PolicyOptionsError: too large, in an unknown encoding, with rows that do not fit, or with ambiguous numbers.
    """
    refuse_too_many_bytes(raw, file)
    text, encoding = _decoded(raw, file)
    separator, body, skipped = _separator(text, file)
    rows = list(_rows(body, separator, file, skipped))
    refuse_too_wide(
        file, "", len(rows), max((len(row) for _, row in rows), default=0), sum(len(row) for _, row in rows)
    )
    rows = _squared(rows, file)
    decimal, because = _decimal(rows, separator, asked, file)
    cells: dict[tuple[int, int], Cell] = {}
    for number, row in rows:
        for column, written in enumerate(row, start=1):
            if written.strip():
                cells[number, column] = _cell(written, decimal)
    notes = [f"{file}: {encoding} text, fields separated by {_NAMES[separator]}", *([because] if because else [])]
    return [Grid(file, "", cells, typed=False, notes=tuple(notes))]


def _decoded(raw: bytes, file: str) -> tuple[str, str]:
    for mark, codec, name in _MARKS:
        if raw.startswith(mark):
            return _by(raw[len(mark) :], codec, name, file), name
    if b"\0" in raw[:200]:  # UTF-16 without its mark: every other byte of Latin text is zero
        codec = "utf-16-be" if raw[:1] == b"\0" else "utf-16-le"
        return _by(raw, codec, "UTF-16", file), "UTF-16"
    return _by(raw, "utf-8", "UTF-8", file), "UTF-8"


def _by(raw: bytes, codec: str, name: str, file: str) -> str:
    try:
        text = raw.decode(codec)
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise PolicyOptionsError(
            At(file, "", line, 1).fault(
                "not-utf-8",
                f"the byte 0x{raw[error.start]:02x} is not {name} text, and which older encoding it is in is not clear",
                "save it as CSV UTF-8 (in Excel, the file type of that name)",
            )
        ) from None
    if "\0" in text:
        raise PolicyOptionsError(At(file).fault("not-text", "this is not a text file", "save the sheet as CSV UTF-8"))
    return text


def _separator(text: str, file: str) -> tuple[str, str, int]:
    """The separator, the text without its ``sep=`` line, and the number of lines that took."""
    first, _, rest = text.partition("\n")
    said = first.rstrip("\r").strip('"')
    if said[:4].lower() == "sep=" and len(said) == 5:
        if said[4] not in _SEPARATORS:
            raise PolicyOptionsError(
                At(file, "A1", 1, 1).fault(
                    "separator", f"{quoted(said[4])} separates nothing here", "use ; or , or a tab"
                )
            )
        return said[4], rest, 1
    fitting = [mark for mark in _SEPARATORS if _fits(text, mark)]
    if len(fitting) > 1:  # a separator that makes more columns on every line has the others inside its fields
        if {";", "\t"} & set(fitting):
            fitting = [mark for mark in fitting if mark in ";\t"][:1] if not {";", "\t"} <= set(fitting) else fitting
        elif "," in fitting:
            fitting = [","]
    if len(fitting) != 1:
        why = "commas, semicolons and tabs all fail to give rows of equal length" if not fitting else "both would do"
        raise PolicyOptionsError(
            At(file).fault(
                "separator",
                f"what separates the fields is not clear: {why}",
                "write sep=; (or sep=, ) on a first line of its own",
            )
        )
    return fitting[0], text, 0


def _fits(text: str, separator: str) -> bool:
    """Whether all rows that are not empty have the same number of fields, at least two, ignoring trailing empty ones."""
    sample = [row for row in _parsed(text[:200_000], separator, 200) if any(field.strip() for field in row)]
    if not sample:
        return False
    wide = [len(row) for row in sample]
    return (
        max(wide) > 1
        and sum(width == max(wide, key=wide.count) for width in wide) * 2 > len(wide)
        and (max(wide, key=wide.count) > 1)
    )


def _parsed(text: str, separator: str, most: int) -> Iterator[list[str]]:
    try:
        for number, row in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=separator)):
            if number >= most:
                return
            yield row
    except csv.Error:
        return


def _rows(text: str, separator: str, file: str, skipped: int) -> Iterator[tuple[int, list[str]]]:
    """The rows that are not empty, each with its number in a spreadsheet."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    number = skipped
    try:
        for row in reader:
            number += 1
            if number > limits.MAX_ROWS + 1_000 or len(row) > limits.MAX_COLUMNS:
                refuse_too_wide(file, "", number, len(row), 0)
            if any(field.strip() for field in row):
                yield number, row
    except csv.Error as error:
        raise PolicyOptionsError(
            At(file, "", reader.line_num + skipped, 1).fault(
                "csv", f"the quotation marks do not match ({error})", "close them"
            )
        ) from None


def _squared(rows: list[tuple[int, list[str]]], file: str) -> list[tuple[int, list[str]]]:
    """The rows without trailing empty fields; one longer than the header would shift the fields below the header."""
    trimmed = [(number, _trimmed(row)) for number, row in rows]
    if not trimmed:
        return trimmed
    width = max((len(row) for _, row in trimmed[:3]), default=0)
    faults = [
        At(file, f"{column_letters(len(row))}{number}", number, len(row)).fault(
            "row-too-long",
            f"this row has {len(row)} fields and the header has {width}",
            "put a field that has the separator in it into quotation marks",
        )
        for number, row in trimmed
        if len(row) > width
    ]
    if faults:
        raise PolicyOptionsError(faults)
    return trimmed


def _trimmed(row: list[str]) -> list[str]:
    end = len(row)
    while end and not row[end - 1].strip():
        end -= 1
    return row[:end]


def _decimal(
    rows: list[tuple[int, list[str]]], separator: str, asked: Asked, file: str
) -> tuple[Decimal | None, str | None]:
    """The decimal sign, and a sentence on how it was determined; nothing if no number has one."""
    shown: dict[Decimal, tuple[str, str]] = {}
    unsure: list[tuple[int, int, str, Ambiguous]] = []
    for number, row in rows:
        for column, written in enumerate(row, start=1):
            if not ("," in written or "." in written) or not looks_like_a_number(written):
                continue
            sign = decimal_shown_by(written)
            if sign is not None:
                shown.setdefault(sign, (f"{column_letters(column)}{number}", written.strip()))
            elif isinstance(found := read_number(written, None), Ambiguous):
                unsure.append((number, column, written.strip(), found))
    if asked.decimal is not None:
        return asked.decimal, f"{file}: the decimal sign is {quoted(asked.decimal)}, as --decimal says"
    if len(shown) == 2:
        (one, first), (other, second) = sorted(shown.items())
        raise PolicyOptionsError(
            At(file).fault(
                "decimal-mixed",
                f"{first[0]} ({first[1]}) has the decimal sign {quoted(one)}, {second[0]} ({second[1]}) has {quoted(other)}",
                "write all numbers alike, or give --decimal . or --decimal ,",
            )
        )
    if shown:
        ((sign, (cell, written)),) = shown.items()
        return sign, f"{file}: the decimal sign is {quoted(sign)}, as {cell} ({written}) shows"
    if unsure and separator == ",":
        if all("," not in written for _, _, written, _ in unsure):
            return ".", f"{file}: the decimal sign is '.', since commas separate the fields"
        unsure = [one for one in unsure if "," in one[2]]
    faults: list[Fault] = [
        At(file, f"{column_letters(column)}{number}", number, column).fault(
            "number-ambiguous",
            f"{written} is {_said(found.with_point)} with a decimal point and {_said(found.with_comma)} with a decimal comma",
            "give --decimal . or --decimal ,",
        )
        for number, column, written, found in unsure
    ]
    if faults:
        raise PolicyOptionsError(faults)
    return None, None


def _said(number: float | None) -> str:
    return "nothing" if number is None else as_written(number)


def _cell(written: str, decimal: Decimal | None) -> Cell:
    text = written.strip()
    if len(text) > _LONGEST_CELL:
        text = text[:_LONGEST_CELL]
    found = read_number(text, decimal)
    if isinstance(found, Number):
        return Cell(Kind.PERCENT if found.percent else Kind.NUMBER, text, found.value)
    if looks_like_a_number(text):
        why = f"{quoted(text)} is no number with a decimal {'comma' if decimal == ',' else 'point'}"
        return Cell(Kind.REFUSED, text, fault=("number-unreadable", why, "write it without group signs"))
    if text.upper() in _ERRORS:
        return Cell(Kind.ERROR, text)
    return Cell(Kind.TEXT, text)


_ERRORS: Final = frozenset(
    (
        "#DIV/0!",
        "#N/A",
        "#NAME?",
        "#NULL!",
        "#NUM!",
        "#REF!",
        "#VALUE!",
        "#SPILL!",
        "#CALC!",
        "#BEZUG!",
        "#WERT!",
        "#NV",
        "ERR:502",
    )
)
