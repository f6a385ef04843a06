"""Files whose content is of another format than their name says, such as a workbook that was renamed to .csv.

Only what is certain is refused: a CSV file may begin with any character, and a zip file may be many things.
"""

from __future__ import annotations

from pathlib import PurePath
from typing import Final

from policy_options.errors import PolicyOptionsError
from policy_options.exchange.importing.matrix import At

__all__ = ["refuse_disguised"]

_BEGINNING: Final = 4_096

_WHAT: Final = {
    "xlsx": "an Excel workbook",
    "ods": "an OpenDocument spreadsheet",
    "docx": "a Word file",
    "compound": "a workbook of Excel 97 to 2003, or one with a password",
    "pdf": "a PDF",
    "html": "a web page, as which some programs save tables",
    "xml": "XML",
    "json": "JSON",
    "text": "text",
}

_REMEDY: Final = {
    "docx": "copy its table into a spreadsheet",
    "compound": "open it, take any password off and save it as .xlsx",
    "pdf": "copy its table into a spreadsheet",
    "html": "open it in Excel or LibreOffice and save it as .xlsx",
    "text": "name it {csv} if its rows have fields with separators between them",
}
"""What to do where another ending is not enough; ``{csv}`` is the name with the ending of a CSV file."""

_FITTING: Final[dict[str, frozenset[str]]] = {
    ".xlsx": frozenset({"xlsx", "compound"}),
    ".ods": frozenset({"ods"}),
    ".csv": frozenset({"text"}),
    ".xml": frozenset({"xml", "html"}),  # the reader says what else the XML is
    ".json": frozenset({"json", "text"}),
    ".ahp": frozenset({"text", "json"}),
}
"""The contents that a format may have, by its recommended ending."""


def refuse_disguised(raw: bytes, file: str, title: str, suffix: str) -> None:
    """Refuse content that is certainly of another format than the name says.

    ``title`` and ``suffix`` are those of the format that the name says, with its recommended ending.

    Raises:
        PolicyOptionsError: it is (``other-content``).
    """
    content = _content_of(raw)
    if content is None or content in _FITTING.get(suffix, frozenset((content,))):
        return
    path = PurePath(file)
    remedy = _REMEDY.get(content, f"name it {path.with_suffix(f'.{content}').name}")
    raise PolicyOptionsError(
        At(file).fault(
            "other-content",
            f"by its name the file is {title}, and its content is {_WHAT[content]}",
            remedy.format(csv=path.with_suffix(".csv").name),
        )
    )


def _content_of(raw: bytes) -> str | None:
    """The format that the content shows for certain; ``None`` if it shows none."""
    if raw.startswith(b"PK\x03\x04"):
        if raw[30:38] == b"mimetype":
            return "ods" if b"opendocument.spreadsheet" in raw[:200] else None
        # The names of parts are not packed, so that nothing has to be unpacked to find them.
        return next(
            (kind for kind, part in (("xlsx", b"xl/workbook"), ("docx", b"word/document")) if part in raw), None
        )
    if raw.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return "compound"
    if raw.startswith(b"%PDF-"):
        return "pdf"
    beginning = raw[:_BEGINNING].removeprefix(b"\xef\xbb\xbf").lstrip()
    lower = beginning[:16].lower()
    if lower.startswith((b"<!doctype html", b"<html")):
        return "html"
    if lower.startswith(b"<?xml"):
        return "html" if b"<html" in beginning.lower() else "xml"
    if beginning.startswith(b"{") and raw.rstrip().endswith(b"}"):
        return "json"
    return "text" if _is_text(beginning) else None


def _is_text(beginning: bytes) -> bool:
    """Whether it is UTF-8 text with something in it; XML and YAML are text as well."""
    text = beginning.decode("utf-8", "ignore")
    return bool(text.strip()) and not beginning.startswith(b"<") and all(c.isprintable() or c.isspace() for c in text)
