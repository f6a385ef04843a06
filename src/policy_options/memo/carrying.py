"""What a memo carries inside: its inputs, what it was made with, a ledger of what it prints, and a digest of its text."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from hashlib import md5
from typing import TYPE_CHECKING, Any, Final

from policy_options.errors import PolicyOptionsError
from policy_options.memo.archival import packed
from policy_options.memo.inputs import canonical
from policy_options.memo.ledger import content_texts, make_ledger
from policy_options.memo.printed import text_digest

if TYPE_CHECKING:
    from policy_options.memo.making import MemoDocument

__all__ = [
    "ATTACHMENT",
    "CARRIED_SCHEMA",
    "Carrier",
    "carrier_of",
    "moment",
]

ATTACHMENT: Final = "policy-options-memo.json"
CARRIED_SCHEMA: Final = "policy-options/memo/4"
_EPOCH: Final = re.compile(r"[0-9]{1,12}")
_LAST_SECOND: Final = 253_402_300_799
"""The last one of the year 9999."""


def moment(day: date) -> datetime:
    """The time that files are marked with: that of ``SOURCE_DATE_EPOCH``, else the beginning of the decision's day; never now.

    Raises:
        PolicyOptionsError: ``SOURCE_DATE_EPOCH`` is set, and is no time of the years 1970 to 9999.
    """
    import os

    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not epoch:
        return datetime(day.year, day.month, day.day, tzinfo=UTC)
    if not _EPOCH.fullmatch(epoch) or int(epoch) > _LAST_SECOND:
        raise PolicyOptionsError.of(
            "source-date",
            "SOURCE_DATE_EPOCH is no number of seconds since 1970 that falls before the year 10000",
            "set it to whole seconds, such as 1767225600, or leave it out for the day of the decision",
        )
    return datetime.fromtimestamp(int(epoch), UTC)


class Carrier:
    """Puts the attachment into a PDF that is about to be written, once it is known what the pages print.

    ``length`` is what became of a memo that is too long, and ``level`` how far it was condensed. ``processor`` is named as the
    one that it was made on, by default this one. ``form`` is what was put in.
    """

    def __init__(
        self,
        inputs: dict[str, Any],
        texts: Sequence[tuple[str, str]],
        when: datetime,
        *,
        length: str = "fit",
        level: int = 0,
    ) -> None:
        self._inputs, self._texts, self._when = inputs, texts, when
        self._length, self._level = length, level
        self.processor: str | None = None
        self.form: dict[str, Any] = {}

    def attach(self, pages: Sequence[Sequence[str]], fonts: Mapping[str, str], pdf: Any) -> None:
        """Called with the lines of text that each page prints, the fonts that they are drawn with, and the objects of the PDF."""
        from policy_options.memo.environment import processor, versions

        self.form = {
            "schema": CARRIED_SCHEMA,
            "inputs": self._inputs,
            "made_with": versions(),
            "fonts": dict(fonts),
            "processor": self.processor or processor(),
            "moment": self._when.isoformat(),
            "length": self._length,
            "level": self._level,
            "ledger": [list(entry) for entry in make_ledger(pages, self._texts)],
            "pages": {"count": len(pages), "sha256": text_digest(pages)},
        }
        _embed(pdf, canonical(self.form), self._when)


def carrier_of(document: MemoDocument, when: datetime, length: str) -> Carrier:
    """What carries the inputs of a memo, marked with a time. A length that is strict is one that fits."""
    return Carrier(
        dict(document.inputs),
        content_texts(document.content),
        when,
        length="any" if length == "any" else "fit",
        level=document.level,
    )


def _embed(pdf: Any, content: bytes, when: datetime) -> None:
    """One file, associated with the document as its source (ISO 19005-3, 6.8), and marked with a time that is not now."""
    import pydyf

    stamp = pydyf.String(when.strftime("D:%Y%m%d%H%M%SZ"))
    parameters = pydyf.Dictionary(
        {
            "CheckSum": f"<{md5(content, usedforsecurity=False).hexdigest()}>",
            "Size": len(content),
            "CreationDate": stamp,
            "ModDate": stamp,
        }
    )
    extra = pydyf.Dictionary({"Type": "/EmbeddedFile", "Subtype": "/application#2fjson", "Params": parameters})
    stream = pydyf.Stream([content], extra, compress=True)
    pdf.add_object(stream)
    pdf.objects[stream.number] = packed(stream)
    file = pydyf.Dictionary(
        {
            "Type": "/Filespec",
            "F": pydyf.String(ATTACHMENT),
            "UF": pydyf.String(ATTACHMENT),
            "EF": pydyf.Dictionary({"F": stream.reference}),
            "Desc": pydyf.String("The inputs of this memo, what it was made with, and every number it prints"),
            "AFRelationship": "/Source",
        }
    )
    pdf.add_object(file)
    names = pydyf.Dictionary({"Names": pydyf.Array([file["F"], file.reference])})
    pdf.add_object(names)
    if "Names" not in pdf.catalog:
        pdf.catalog["Names"] = pydyf.Dictionary()
    pdf.catalog["Names"]["EmbeddedFiles"] = names.reference
    pdf.catalog["AF"] = pydyf.Array([file.reference])
