"""The attachment of a memo: its inputs, its environment, a ledger of its numbers, and a digest of its text."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

from policy_options.errors import PolicyOptionsError
from policy_options.memo.inputs import canonical
from policy_options.memo.ledger import content_texts, make_ledger
from policy_options.memo.pdf.embedding import embed

if TYPE_CHECKING:
    from policy_options.memo.making import MemoDocument

__all__ = [
    "ATTACHMENT_NAME",
    "ATTACHMENT_SCHEMA",
    "MAX_ATTACHMENT_BYTES",
    "Attachment",
    "attachment_of",
    "moment",
    "text_digest",
]

ATTACHMENT_NAME: Final = "policy-options-memo.json"
ATTACHMENT_SCHEMA: Final = "policy-options/memo/4"
MAX_ATTACHMENT_BYTES: Final = 64 * 1024 * 1024
"""Somewhat less than the limit of the library that reads memos, which unpacks 75 million bytes."""

_EPOCH: Final = re.compile(r"[0-9]{1,12}")
_LAST_SECOND: Final = 253_402_300_799
"""The last second of the year 9999."""


def moment(day: date) -> datetime:
    """The timestamp of files: that of ``SOURCE_DATE_EPOCH``, else the start of the decision's day; never the present.

    Raises:
        PolicyOptionsError: ``SOURCE_DATE_EPOCH`` is set, and is not a time in the years 1970 to 9999.
    """
    import os

    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not epoch:
        return datetime(day.year, day.month, day.day, tzinfo=UTC)
    if not _EPOCH.fullmatch(epoch) or int(epoch) > _LAST_SECOND:
        raise PolicyOptionsError.of(
            "source-date",
            "SOURCE_DATE_EPOCH is not a number of seconds since 1970 that is before the year 10000",
            "set it to whole seconds, such as 1767225600, or leave it out for the day of the decision",
        )
    return datetime.fromtimestamp(int(epoch), UTC)


class Attachment:
    """The attachment of a PDF that is about to be written.

    ``length`` is the treatment of a memo that is too long, and ``level`` how far it was condensed. ``processor`` is
    recorded as the one it was made on, by default this one. ``form`` is the content that was embedded.
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

    def embed_in(self, pdf: Any, pages: Sequence[Sequence[str]], fonts: Mapping[str, str]) -> None:
        """Embed it in the objects of a PDF, once the lines of text of each page and the fonts are known.

        Raises:
            PolicyOptionsError: it is too large to be read again.
        """
        from policy_options.memo.environment import processor, versions

        self.form = {
            "schema": ATTACHMENT_SCHEMA,
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
        content = canonical(self.form)
        if len(content) > MAX_ATTACHMENT_BYTES:
            raise PolicyOptionsError.of(
                "file-too-large",
                f"the inputs of the memo have {len(content):,} bytes, and at most {MAX_ATTACHMENT_BYTES:,} can be verified",
                "shorten the dossier, or use --without-inputs",
            )
        embed(pdf, ATTACHMENT_NAME, content, self._when)


def attachment_of(document: MemoDocument, when: datetime, length: str) -> Attachment:
    """Make the attachment of a memo, marked with a time. A strict length is recorded as one that fits."""
    return Attachment(
        dict(document.inputs),
        content_texts(document.content),
        when,
        length="any" if length == "any" else "fit",
        level=document.level,
    )


def text_digest(pages: Sequence[Sequence[str]]) -> str:
    """SHA-256 of the text of all pages without spaces, which programs place differently; form feeds separate pages."""
    return sha256("\f".join("".join("".join(blocks).split()) for blocks in pages).encode()).hexdigest()
