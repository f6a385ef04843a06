"""Reading files of sources: plain text here, all else in a process with limits, since files are untrusted."""

from __future__ import annotations

import json
import struct
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path
from typing import Final

from policy_options.dossier.texts.plain_text import of_markdown, of_plain_text
from policy_options.dossier.texts.text import Text, refuse_marks
from policy_options.errors import Place, PolicyOptionsError
from policy_options.limited import Limits, run_limited

__all__ = ["ENDINGS", "LIMITS", "LIMITS_OF_PDF", "MAX_DOCUMENT_BYTES", "MAX_SOURCE_BYTES", "PAGED", "read_text"]

MAX_SOURCE_BYTES: Final = 16 * 1024 * 1024
"""Bytes of a text or a web page."""
MAX_DOCUMENT_BYTES: Final = 64 * 1024 * 1024
"""Bytes of a Word document or a PDF."""
LIMITS: Final = Limits(seconds=10.0, megabytes=1_024)
LIMITS_OF_PDF: Final = Limits(seconds=60.0, megabytes=1_024)
"""The text of 200 full pages takes a fifth of this."""
ENDINGS: Final = (".txt", ".md", ".html", ".htm", ".docx")
"""Endings of files that have paragraphs, in the order in which they are tried."""
PAGED: Final = ".pdf"
_HEAD: Final = struct.Struct(">Q")


def read_text(path: Path, *, pages: Collection[str] | None = None) -> Text | None:
    """The text of a file, by its ending; ``None`` if there is no file. ``pages`` of a PDF are those requested, else
    all.

    Raises:
        PolicyOptionsError: it cannot be read, is too large, or does not match its ending.
    """
    ending = path.suffix.lower()
    content = _content(path, MAX_DOCUMENT_BYTES if ending in (".docx", PAGED) else MAX_SOURCE_BYTES)
    if content is None:
        return None
    try:
        if ending in (".txt", ".md"):
            text = content.decode("utf-8-sig")
            refuse_marks(text)
            return of_plain_text(text) if ending == ".txt" else of_markdown(text)
        settings = json.dumps({"ending": ending, "pages": None if pages is None else sorted(pages)}).encode()
        limits = LIMITS_OF_PDF if ending == PAGED else LIMITS
        argument = _HEAD.pack(len(settings)) + settings + content
        read = Text.from_json(run_limited(_read, argument, limits, f"reading {path.name}"))
        for piece in (*(block.text for block in read.blocks), *(page for _, page in read.pages)):
            refuse_marks(piece)
        return read
    except UnicodeDecodeError:
        raise PolicyOptionsError.of(
            "not-utf-8", "the text is not UTF-8", "save it as UTF-8", place=Place(str(path))
        ) from None
    except PolicyOptionsError as error:
        raise PolicyOptionsError(replace(fault, place=Place(str(path))) for fault in error.faults) from None


def _content(path: Path, most: int) -> bytes | None:
    place = Place(str(path))
    try:
        if not path.is_file():
            return None
        with path.open("rb") as stream:
            content = stream.read(most + 1)
    except OSError as error:
        raise PolicyOptionsError.of(
            "source-unreadable",
            f"the text cannot be read: {error.strerror or error}",
            "check its permissions",
            place=place,
        ) from None
    if len(content) > most:
        raise PolicyOptionsError.of(
            "source-too-large", f"the text has over {most:,} bytes", "keep the cited part", place=place
        )
    return content


def _read(argument: bytes) -> bytes:
    """Runs in the process with limits: the text as data."""
    length = _HEAD.unpack_from(argument)[0]
    settings = json.loads(argument[_HEAD.size : _HEAD.size + length])
    content = argument[_HEAD.size + length :]
    if settings["ending"] == ".docx":
        from policy_options.dossier.texts.docx_text import of_docx

        return of_docx(content).as_json()
    if settings["ending"] == PAGED:
        from policy_options.dossier.texts.pdf_text import of_pdf

        return of_pdf(content, settings["pages"]).as_json()
    from policy_options.dossier.texts.html_text import of_html

    return of_html(content).as_json()
