"""A saved web page: its blocks of text, and the metadata in its head. Nothing is run or fetched."""

from __future__ import annotations

import codecs
import re
from html.parser import HTMLParser
from typing import Final

from policy_options.dossier.texts.text import Block, Stated, Text, first_of_each, iso_date
from policy_options.errors import PolicyOptionsError

__all__ = ["of_html"]

_BLOCKS: Final = frozenset(
    (
        *("address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "div"),
        *("dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "head"),
        *("header", "hr", "html", "legend", "li", "main", "nav", "ol", "p", "pre", "section", "summary", "table"),
        *("tbody", "td", "tfoot", "th", "thead", "title", "tr", "ul"),
    )
)
_HEADINGS: Final = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_UNCOUNTED: Final = frozenset(("nav", "footer", "aside", "form"))
_UNREAD: Final = frozenset(
    ("script", "style", "template", "noscript", "svg", "iframe", "object", "select", "textarea", "button")
)
_META: Final = {
    "citation_title": "title",
    "dc.title": "title",
    "dcterms.title": "title",
    "og:title": "title",
    "citation_author": "author",
    "dc.creator": "author",
    "dcterms.creator": "author",
    "author": "author",
    "article:author": "author",
    "citation_publication_date": "date",
    "citation_date": "date",
    "dc.date": "date",
    "dcterms.date": "date",
    "article:published_time": "date",
    "date": "date",
    "citation_publisher": "publisher",
    "dc.publisher": "publisher",
    "dcterms.publisher": "publisher",
    "og:site_name": "publisher",
    "citation_doi": "doi",
    "og:url": "address",
}
_ORDER: Final = {name: index for index, name in enumerate(_META)}
_CHARSET: Final = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]{1,40})""", re.IGNORECASE)
_ENCODINGS: Final = frozenset(
    (
        *("utf-8", "cp866", "koi8-r", "koi8-u", "mac-roman", "mac-cyrillic", "cp874", "tis-620", "ascii"),
        *(f"iso8859-{part}" for part in (*range(1, 12), *range(13, 17))),
        *(f"cp{number}" for number in range(1250, 1259)),
        *("gbk", "gb2312", "gb18030", "big5", "big5hkscs", "euc_jp", "iso2022_jp", "shift_jis", "cp932"),
        *("euc_kr", "cp949", "utf-16", "utf-16-le", "utf-16-be"),
    )
)
"""The encodings that pages of the web may have (WHATWG Encoding Standard), by their names in Python. Others that Python
has are no encodings of text, or make text of bytes that a person reads as other text: unicode_escape, punycode, utf-7.
"""
_LABELS: Final = {
    "windows-874": "cp874",
    "windows-949": "cp949",
    "windows-31j": "cp932",
    "x-sjis": "cp932",
    "x-mac-cyrillic": "mac-cyrillic",
}
"""Names of these in pages that Python does not know."""
_MARKS: Final = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def of_html(content: bytes) -> Text:
    """The blocks of a page; headings and navigation are not counted as paragraphs.

    Raises:
        PolicyOptionsError: it is not in the character set that it states, or in UTF-8 if it states none.
    """
    page = _Page()
    page.feed(_decoded(content))
    page.close()
    page.end_block()
    return Text(blocks=tuple(page.blocks), stated=first_of_each(_stated(page)))


def _decoded(content: bytes) -> str:
    name = next((name for mark, name in _MARKS if content.startswith(mark)), None)
    if name is None:
        found = _CHARSET.search(content[:4096])
        name = found[1].decode().lower() if found else "utf-8"
        if name.startswith("utf-16"):  # a page whose statement of it can be read as it is
            name = "utf-8"
    try:
        encoding = codecs.lookup(_LABELS.get(name, name)).name
        if encoding not in _ENCODINGS:
            raise LookupError(name)
        return content.decode(encoding).removeprefix("\ufeff")
    except (LookupError, UnicodeError):
        raise PolicyOptionsError.of(
            "not-utf-8", f"the page is not text in its character set, {name}", "save it as UTF-8"
        ) from None


def _stated(page: _Page) -> list[Stated]:
    named: dict[str, list[str]] = {}
    for name, value in page.meta:
        if value.strip():
            named.setdefault(name, []).append(value.strip())
    found = []
    for name in sorted(named, key=_ORDER.__getitem__):
        key = _META[name]
        values = ", ".join(dict.fromkeys(named[name])) if key == "author" else named[name][0]
        values = values.removeprefix("doi:") if key == "doi" else values
        found.append(Stated(key, iso_date(values) if key == "date" else values, f"<meta {name}>"))
    if page.canonical:
        found.insert(0, Stated("address", page.canonical, "<link canonical>"))
    found.append(Stated("title", page.title, "<title>"))
    found.append(Stated("title", page.first_heading, "the first heading"))
    return found


class _Page(HTMLParser):
    """Collects blocks as tags are parsed; tags that are never closed only lower the count."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self.meta: list[tuple[str, str]] = []
        self.title = self.first_heading = self.canonical = ""
        self._parts: list[str] = []
        self._unread = self._uncounted = 0
        self._inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNREAD:
            self._unread += 1
        elif tag == "br":
            self._parts.append("\n")
        elif tag == "meta":
            given = {name: value or "" for name, value in attrs}
            name = (given.get("name") or given.get("property") or "").lower()
            if name in _META:
                self.meta.append((name, given.get("content", "")))
        elif tag == "link":
            given = {name: value or "" for name, value in attrs}
            if given.get("rel", "").lower() == "canonical":
                self.canonical = self.canonical or given.get("href", "").strip()
        elif tag in _BLOCKS:
            self.end_block()
            self._inside = tag
            self._uncounted += tag in _UNCOUNTED

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag in _UNREAD:
            self._unread -= 1

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNREAD:
            self._unread = max(self._unread - 1, 0)
        elif tag in _BLOCKS:
            self.end_block()
            self._inside = ""
            self._uncounted = max(self._uncounted - (tag in _UNCOUNTED), 0)

    def handle_data(self, data: str) -> None:
        if not self._unread:
            self._parts.append(data)

    def end_block(self) -> None:
        """End the open block of text, if it has any."""
        text = " ".join("".join(self._parts).split())
        self._parts.clear()
        if not text:
            return
        if self._inside == "title":
            self.title = self.title or text
            return
        heading = self._inside in _HEADINGS
        if heading:
            self.first_heading = self.first_heading or text
        self.blocks.append(Block(text, counted=not heading and not self._uncounted))
