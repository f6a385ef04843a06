"""A Word document (.docx): its paragraphs, and its core properties. Only two parts of the archive are unpacked, up to a limit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from policy_options.archives import Archive, Limits, Unfit
from policy_options.dossier.texts.text import Block, Stated, Text, first_of_each, iso_date
from policy_options.errors import PolicyOptionsError
from policy_options.safe_xml import Reader, UnfitXml

__all__ = ["MAX_ENTRIES", "MAX_UNPACKED", "of_docx"]

MAX_ENTRIES: Final = 10_000
MAX_UNPACKED: Final = 32 * 1024 * 1024
"""Bytes of one part of the archive when it is unpacked."""

_W: Final = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
_FALLBACK: Final = "http://schemas.openxmlformats.org/markup-compatibility/2006 Fallback"
_CORE: Final = {
    "http://purl.org/dc/elements/1.1/ title": "title",
    "http://purl.org/dc/elements/1.1/ creator": "author",
    "http://purl.org/dc/terms/ created": "date",
}
_MAX_DEPTH: Final = 256


def of_docx(content: bytes) -> Text:
    """The paragraphs in the order of the document, including those in tables; headings are not counted.

    Raises:
        PolicyOptionsError: it is not such a document, is locked with a password, or is too large once unpacked.
    """
    try:
        archive = Archive(content, Limits(parts=MAX_ENTRIES, part=MAX_UNPACKED))
    except Unfit as unfit:
        if unfit.why in ("compound", "password"):
            said = "the document has a password, or is an older .doc"
            raise _refused(said, "save it as .docx without a password") from None
        if unfit.why == "too-many":
            raise _refused(f"the archive has more than {MAX_ENTRIES:,} entries", "save it as .docx again") from None
        raise _refused("this is not a .docx document", "save it as .docx again") from None
    body = _part(archive, "word/document.xml")
    core = _part(archive, "docProps/core.xml")
    if body is None:
        raise _refused("this is not a .docx document: it has no word/document.xml", "save it as .docx again")
    document, properties = _Document(), _Properties()
    _parse(body, document.start, document.end, document.text)
    if core is not None:
        _parse(core, properties.start, properties.end, properties.text)
    titles = [Stated("title", document.title, "the first paragraph in the style Title")]
    return Text(blocks=tuple(document.blocks), stated=first_of_each([*properties.stated, *titles]))


def _refused(message: str, remedy: str) -> PolicyOptionsError:
    return PolicyOptionsError.of("source-unreadable", message, remedy)


def _part(archive: Archive, name: str) -> bytes | None:
    """Unpack a part, if it exists."""
    try:
        return archive.read(name)
    except Unfit as unfit:
        if unfit.why != "too-large":
            raise _refused(f"{name} in the document cannot be unpacked", "save it as .docx again") from None
        raise PolicyOptionsError.of(
            "source-too-large",
            f"{name} in the document has over {MAX_UNPACKED:,} bytes when it is unpacked",
            "keep the cited part",
        ) from None


def _parse(
    content: bytes,
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None],
    text: Callable[[str], None],
) -> None:
    """Send XML to handlers."""
    try:
        Reader(start, end, text, most_depth=_MAX_DEPTH).read([content])
    except UnfitXml as unfit:
        said = {
            "document-type": "the document declares entities or a document type",
            "too-deep": f"the document is nested more than {_MAX_DEPTH} deep",
            "encoding": "the encoding that the document declares is not read",
            "broken": f"the XML of the document is broken: {unfit.said}",
        }
        raise _refused(said[unfit.why], "save it as .docx again") from None


class _Document:
    """The paragraphs of ``word/document.xml``; text deleted in tracked changes is in other elements, and is left out."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.title = ""
        # Paragraphs may contain text boxes, which contain paragraphs.
        self._open: list[tuple[list[str], list[str]]] = []
        self._in_text = False
        self._fallback = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == _FALLBACK:
            self._fallback += 1
        space, _, tag = name.partition(" ")
        if space not in _W or self._fallback:
            return
        if tag == "p":
            self._open.append(([], []))
        elif self._open:
            parts, styles = self._open[-1]
            if tag == "t":
                self._in_text = True
            elif tag in ("tab", "br", "cr"):
                parts.append(" ")
            elif tag == "noBreakHyphen":
                parts.append("-")
            elif tag == "pStyle":
                styles.append(attributes.get(f"{space} val", ""))
            elif tag == "outlineLvl":
                styles.append("Heading")

    def end(self, name: str) -> None:
        if name == _FALLBACK:
            self._fallback -= 1
        space, _, tag = name.partition(" ")
        if space not in _W or self._fallback:
            return
        if tag == "t":
            self._in_text = False
        elif tag == "p" and self._open:
            parts, styles = self._open.pop()
            text = "".join(parts)
            if text.strip():
                if "Title" in styles:
                    self.title = self.title or text
                heading = any(
                    style in ("Title", "Subtitle") or style.startswith(("Heading", "TOC")) for style in styles
                )
                self.blocks.append(Block(text, counted=not heading))

    def text(self, data: str) -> None:
        if self._in_text and self._open and not self._fallback:
            self._open[-1][0].append(data)


class _Properties:
    """The metadata of a document in ``docProps/core.xml``."""

    def __init__(self) -> None:
        self.stated: list[Stated] = []
        self._key = ""
        self._parts: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:  # noqa: ARG002
        self._key = _CORE.get(name, "")
        self._parts.clear()

    def end(self, name: str) -> None:
        if self._key:
            value = "".join(self._parts).strip()
            where = f"the document's properties, {name.rpartition(' ')[2]}"
            where += ", which may be the date of its template: check it" if self._key == "date" else ""
            self.stated.append(Stated(self._key, iso_date(value)[:10] if self._key == "date" else value, where))
        self._key = ""

    def text(self, data: str) -> None:
        if self._key:
            self._parts.append(data)
