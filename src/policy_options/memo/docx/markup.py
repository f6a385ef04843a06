"""WordprocessingML as text: elements with escaped attributes and texts, and nothing that Word refuses to open."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final, NewType
from xml.sax.saxutils import escape, quoteattr

from policy_options.wording.plain import REPLACEMENT

__all__ = ["NAMESPACES", "Xml", "clean", "joined", "tag", "text_of"]

Xml = NewType("Xml", str)
"""Markup. Only this module makes it from strings, so that a text cannot become markup by mistake."""

NAMESPACES: Final = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)

_FORBIDDEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
"""Characters that XML 1.0 does not allow or advises against, with which Word may refuse a file."""

_SPACES: Final = re.compile("[ \t\n\r\x85]+")


def clean(text: str) -> str:
    """A text in the form for a page: runs of spaces and line breaks become one space, and characters invalid in XML are
    made visible.
    """
    return _SPACES.sub(" ", _FORBIDDEN.sub(REPLACEMENT, text))


def text_of(text: str) -> Xml:
    """A text as content of an element."""
    return Xml(escape(clean(text)))


def tag(name: str, attributes: Mapping[str, Any] | None = None, *children: Xml) -> Xml:
    """An element. Names are constants of this package."""
    written = "".join(f" {key}={quoteattr(clean(str(value)))}" for key, value in (attributes or {}).items())
    return Xml(f"<{name}{written}>{''.join(children)}</{name}>" if children else f"<{name}{written}/>")


def joined(parts: Iterable[Xml]) -> Xml:
    """Elements in sequence."""
    return Xml("".join(parts))
