"""The file itself: its parts and their relationships, through python-docx, which is imported nowhere else."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.util import find_spec
from typing import Any, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from policy_options.errors import PolicyOptionsError
from policy_options.memo.docx.markup import Xml, clean

__all__ = ["About", "Package", "refuse_without_office"]

_NEEDED: Final = ("docx", "pypdfium2")
_LONGEST: Final = 255
"""Maximum characters of a property of a file."""

_DROPPED: Final = ("stylesWithEffects", "webSettings", "fontTable", "customXml", "thumbnail", "extended-properties")
"""Traces of the program that made python-docx's empty file."""

_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.{}+xml"
_RELATION: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}"
_FIRST_YEAR, _LAST_YEAR = 1980, 2107  # the years that an archive can record


@dataclass(frozen=True, slots=True)
class About:
    """The properties of a file."""

    title: str
    author: str
    subject: str
    keywords: tuple[str, ...]
    language: str
    comments: str
    when: datetime


def refuse_without_office() -> None:
    """Raise if the libraries of the extra are missing.

    Raises:
        PolicyOptionsError: they are missing (``extra-missing``).
    """
    if any(find_spec(name) is None for name in _NEEDED):
        raise PolicyOptionsError.of(
            "extra-missing",
            "a Word file needs python-docx and pypdfium2, which are an extra",
            "pip install 'policy-options[office]'",
        )


class Package:
    """A Word file being assembled.

    Raises:
        PolicyOptionsError: the extra ``office`` is missing.
    """

    def __init__(self) -> None:
        refuse_without_office()
        import docx

        self._document: Any = docx.Document()
        self._part: Any = self._document.part
        self._files: Any = self._part.package
        for relations in (self._files.rels, self._part.rels):
            for id in [id for id, each in relations.items() if each.reltype.rpartition("/")[2] in _DROPPED]:
                del relations[id]

    def add_picture(self, png: bytes) -> str:
        """Add a picture, and return the id of its relationship; the same picture is stored once."""
        id, _ = self._part.get_or_add_image(io.BytesIO(png))
        return str(id)

    def add_header(self, name: str, xml: Xml) -> str:
        """Add a page head, and return the id of its relationship."""
        return self._add(name, "header", xml)

    def add_footer(self, name: str, xml: Xml) -> str:
        """Add a page foot, and return the id of its relationship."""
        return self._add(name, "footer", xml)

    def add_footnotes(self, xml: Xml, addresses: dict[str, str]) -> None:
        """Set the footnotes, with the addresses that they link to."""
        self._add("footnotes", "footnotes", xml, addresses)

    def _add(self, name: str, kind: str, xml: Xml, addresses: dict[str, str] | None = None) -> str:
        from docx.opc.packuri import PackURI
        from docx.opc.part import Part

        part = Part(PackURI(f"/word/{name}.xml"), _TYPE.format(kind), _bytes(xml), self._files)
        _link(part, addresses or {})
        return str(self._part.relate_to(part, _RELATION.format(kind)))

    def set_body(self, xml: Xml, addresses: dict[str, str]) -> None:
        """Set the text, with the addresses that it links to."""
        _link(self._part, addresses)
        _fill(self._document.element.body, xml)

    def set_parts(self, *, styles: Xml, numbering: Xml, settings: Xml) -> None:
        """Set the styles, the lists and the settings, in place of those of an empty file."""
        _fill(self._document.styles.element, styles)
        _fill(self._part.numbering_part.element, numbering)
        _fill(self._document.settings.element, settings)

    def written(self, about: About) -> bytes:
        """The bytes of the file, which depend on neither the time nor the place of writing."""
        core = self._document.core_properties
        when = about.when.astimezone(UTC).replace(tzinfo=None)
        words = ", ".join(word.replace(",", " ") for word in about.keywords)
        core.title, core.author, core.subject = _short(about.title), _short(about.author), _short(about.subject)
        core.keywords, core.comments, core.language = _short(words), _short(about.comments), about.language
        core.last_modified_by, core.revision = _short(about.author), 1
        core.created = core.modified = when
        file = io.BytesIO()
        self._document.save(file)
        return _packed_again(file.getvalue(), when)


def _bytes(xml: Xml) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{xml}'.encode()


def _link(part: Any, addresses: dict[str, str]) -> None:
    for address, id in addresses.items():
        part.load_rel(_RELATION.format("hyperlink"), clean(address), id, is_external=True)


def _fill(element: Any, xml: Xml) -> None:
    """Replace the children of a root element by those of another."""
    from docx.oxml import parse_xml

    element[:] = list(parse_xml(_bytes(xml)))


def _short(text: str) -> str:
    text = clean(text)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _packed_again(file: bytes, when: datetime) -> bytes:
    """The same archive with fixed times."""
    year = min(max(when.year, _FIRST_YEAR), _LAST_YEAR)
    time = (year, when.month, when.day, when.hour, when.minute, when.second)
    packed = io.BytesIO()
    with ZipFile(io.BytesIO(file)) as old, ZipFile(packed, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            entry = ZipInfo(name, time)
            entry.compress_type, entry.create_system, entry.external_attr = ZIP_DEFLATED, 3, 0o644 << 16
            new.writestr(entry, old.read(name), compresslevel=9)
    return packed.getvalue()
