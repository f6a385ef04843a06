"""The names of a workbook's sheets and input headings in a language, and what import recognises a workbook by."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from policy_options.errors import Place, PolicyOptionsError
from policy_options.exchange.workbook.inputs import FIELDS
from policy_options.wording.phrases import Phrases

__all__ = ["MARKER", "Headings", "headings_in", "sheet_names"]

MARKER: Final = "policy-options workbook"
"""The content of the first cell of the fingerprint, by which it is recognised under any name and in any language."""

_SHEETS: Final = (
    *(
        "read-me",
        "ranking",
        "weights",
        "scores",
        "contributions",
        "every-set",
        "robustness",
        "scenarios",
        "packages",
        "evidence",
        "criteria",
    ),
    *("levels", "values", "shares", "judgements", "performances", "bounds", "order", "fingerprint"),
)
_LONGEST_NAME: Final = 31
_NOT_IN_NAMES: Final = re.compile(r"[\[\]:*?/\\]|^'|'$|^history$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Headings:
    """The headings by which import finds the two sheets of inputs, and the columns on the sheet of scores.

    ``fields`` are by input; ``others`` are headings that are not of inputs, of which the last is on the sheet of weights.
    """

    score: str
    weight: str
    fields: Mapping[str, str]
    others: tuple[str, ...]

    def data(self) -> dict[str, Any]:
        """The headings for the fingerprint, since a workbook is read in whatever language it was made in."""
        return {"score": self.score, "weight": self.weight, "fields": dict(self.fields), "others": list(self.others)}

    @classmethod
    def of_data(cls, data: Any) -> Headings:
        """The headings in a fingerprint.

        Raises:
            ValueError: they are not all there, or not all texts.
        """
        if not isinstance(data, dict) or not isinstance(data.get("fields"), dict):
            raise ValueError
        fields, others = data["fields"], data.get("others")
        if set(fields) != set(FIELDS) or not isinstance(others, list):
            raise ValueError
        texts = [data.get("score"), data.get("weight"), *fields.values(), *others]
        if not all(isinstance(text, str) and text.strip() for text in texts):
            raise ValueError
        return cls(data["score"], data["weight"], fields, tuple(others))


def headings_in(phrases: Phrases) -> Headings:
    """The headings in a language.

    Raises:
        PolicyOptionsError: two of those by which something is found are alike (``heading-twice``).
    """
    others = ("option", "criterion", "unit", "from", "to", "node")
    found = Headings(
        phrases.say("book.head.score-id"),
        phrases.say("book.head.node-id"),
        {field: phrases.say_of("book.head", field) for field in FIELDS},
        tuple(phrases.say_of("book.head", other) for other in others),
    )
    folded = [text.casefold() for text in (found.score, found.weight, *found.fields.values())]
    twice = next((text for text in folded if (folded + [o.casefold() for o in found.others]).count(text) > 1), None)
    if twice is not None:
        raise PolicyOptionsError.of(
            "heading-twice",
            f"the wording gives two headings of a workbook the name “{twice}”",
            "give each `book.head` another name",
            place=Place(phrases.file),
        )
    return found


def sheet_names(phrases: Phrases) -> dict[str, str]:
    """The names of the sheets in a language, by key.

    Raises:
        PolicyOptionsError: a spreadsheet would not take a name, or two are alike (``sheet-name``).
    """
    found = {key: phrases.say_of("book.sheet", key) for key in _SHEETS}
    folded = [name.casefold() for name in found.values()]
    for key, name in found.items():
        if (
            not name
            or len(name.encode("utf-16-le")) > 2 * _LONGEST_NAME
            or _NOT_IN_NAMES.search(name)
            or folded.count(name.casefold()) > 1
        ):
            raise PolicyOptionsError.of(
                "sheet-name",
                f"a sheet cannot be called “{name}”: names have up to {_LONGEST_NAME} characters, none of them []:*?/\\, "
                "and no two are alike",
                f"write another `book.sheet.{key}`",
                place=Place(phrases.file),
            )
    return found
