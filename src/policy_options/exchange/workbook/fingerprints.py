"""The hidden sheet of a workbook as data: what the book was made from. Anybody may have changed it, so its form is checked."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Any, Final

from policy_options.errors import Place, PolicyOptionsError
from policy_options.exchange.workbook.inputs import FIELDS, Key
from policy_options.exchange.workbook.names import MARKER, Headings
from policy_options.exchange.workbook.reference_sheets import FORMAT

__all__ = ["Fingerprint", "fingerprint_of"]

_DIGEST: Final = re.compile("[0-9a-f]{16}")


@dataclass(frozen=True)
class Fingerprint:
    """What a book was made from: each input at that time, whether columns of weights were judged, ranges, and the headings
    that the book's language gives to inputs.
    """

    dossier: str
    public: bool
    values: Mapping[Key, Any]
    judged: Mapping[str, bool]
    ranges: Mapping[str, str]
    headings: Headings


def fingerprint_of(rows: Sequence[tuple[str, str]], place: Place) -> Fingerprint:
    """The fingerprint in the rows of the hidden sheet, each a key and JSON.

    Raises:
        PolicyOptionsError: it is of another version (``book-format``), or was changed (``fingerprint-damaged``).
    """
    try:
        of_key = dict(rows)
        about = json.loads(of_key.pop(MARKER))
        _require(isinstance(about, dict) and len(of_key) == len(rows) - 1)
        version = about["format"]
        _require(isinstance(version, int) and 0 <= version < 1_000_000)
        if version != FORMAT:
            raise PolicyOptionsError.of(
                "book-format",
                f"the workbook has format {version}; this version reads {FORMAT}",
                "export it again",
                place=place,
            )
        return _from_rows(about, [(key, json.loads(data, parse_constant=_refuse)) for key, data in of_key.items()])
    except (ValueError, KeyError, OverflowError, RecursionError):
        raise PolicyOptionsError.of(
            "fingerprint-damaged", "the hidden sheet of the workbook was changed", "export it again", place=place
        ) from None


def _refuse(constant: str) -> object:
    raise ValueError(constant)


def _require(right: object) -> None:
    if not right:
        raise ValueError


def _from_rows(about: Mapping[str, Any], rows: Sequence[tuple[str, Any]]) -> Fingerprint:
    values: dict[Key, Any] = {}
    judged: dict[str, bool] = {}
    ranges: dict[str, str] = {}
    for key, data in rows:
        kind, _, id = key.partition(" ")
        _require(id)
        if kind == "score":
            option, _, criterion = id.partition("/")
            _require(option and criterion and isinstance(data, list) and len(data) == len(FIELDS))
            for part, one in zip(FIELDS, data, strict=True):
                values["score", option, criterion, part] = _part(part, one)
        elif kind in ("judged", "what-if"):
            _require(id not in judged and isinstance(data, dict))
            judged[id] = kind == "judged"
            values.update((("weight", id, node), _number(number)) for node, number in data.items())
        else:
            _require(kind == "range" and isinstance(data, str) and _DIGEST.fullmatch(data))
            ranges[id] = data
    dossier, public = about["dossier"], about["public"]
    _require(isinstance(dossier, str) and isinstance(public, bool))
    return Fingerprint(dossier, public, values, judged, ranges, Headings.of_data(about["headings"]))


def _part(part: str, data: Any) -> Any:
    """A part of a score: numbers and levels, the digest of the rationale, or the claims that are cited."""
    if part == "evidence":
        _require(data is None or (isinstance(data, list) and all(isinstance(one, str) for one in data)))
        return data
    if part in ("low", "likely", "high") and isinstance(data, int | float):
        return _number(data)
    _require(isinstance(data, str) or (data is None and part != "likely"))
    return data


def _number(data: Any) -> float:
    _require(isinstance(data, int | float) and not isinstance(data, bool))
    number = float(data)
    _require(isfinite(number))
    return number
