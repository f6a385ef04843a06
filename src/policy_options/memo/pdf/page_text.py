"""The printed text of a PDF by page, read from the drawing itself through each font's map to Unicode.

The same reader serves the maker, who has the drawing before it is written, and the verifier, who has an untrusted file:
both see the same blocks, one line of text each, in drawing order. Only WeasyPrint's form of text is read (glyphs in
hexadecimal); any other form gives a character that no memo prints, so that it is noticed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

__all__ = ["Drawing", "blocks_of", "character_map"]

_SHOWN: Final = re.compile(
    rb"/(?P<font>\S+)\s+[-+\d.]+\s+Tf"
    rb"|\[(?P<array>[^\]]*)\]\s*TJ"
    rb"|<(?P<string>[0-9A-Fa-f\s]*)>\s*Tj"
    rb"|/(?P<form>\S+)\s+Do\b"
    rb"|(?P<begin>\bBT\b)|(?P<end>\bET\b)"
    rb"|(?P<other>\)\s*(?:Tj|'|\"))"
)
_HEX: Final = re.compile(rb"<([0-9A-Fa-f\s]*)>")
_CHARACTER: Final = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]*)>")
_FOREIGN: Final = "\N{REPLACEMENT CHARACTER}"
_DEEP: Final = 8


@dataclass(frozen=True)
class Drawing:
    """Operators of a page, or of a form drawn on it, with the meaning of their names: fonts as glyph to text."""

    content: bytes
    fonts: Mapping[str, Mapping[int, str]]
    forms: Mapping[str, Drawing] = field(default_factory=dict)


def character_map(stream: bytes) -> dict[int, str]:
    """Glyph to text, from a font's ``ToUnicode`` stream."""
    texts = {}
    for glyph, text in _CHARACTER.findall(stream.partition(b"endcodespacerange")[2]):
        units = bytes.fromhex(text.decode().rjust(len(text) + len(text) % 2, "0"))
        texts[int(glyph, 16)] = units.decode("utf-16-be", errors="replace")
    return texts


def blocks_of(drawing: Drawing, *, depth: int = 0) -> Iterator[str]:
    """The lines of text of a drawing, in drawing order."""
    fonts = {name: _Shown(font) for name, font in drawing.fonts.items()}
    font = nothing = _Shown({})
    block: list[str] = []
    for shown in _SHOWN.finditer(drawing.content):
        match shown.lastgroup:
            case "font":
                font = fonts.get(shown["font"].decode(errors="replace"), nothing)
            case "array":
                block += [font[glyphs] for glyphs in _HEX.findall(shown["array"])]
                if b"(" in shown["array"]:
                    block.append(_FOREIGN)
            case "string":
                block.append(font[shown["string"]])
            case "other":
                block.append(_FOREIGN)
            case "form":
                form = drawing.forms.get(shown["form"].decode(errors="replace"))
                if form is not None and depth < _DEEP:
                    yield from blocks_of(form, depth=depth + 1)
            case "end" if block:
                yield "".join(block)
                block = []
    if block:
        yield "".join(block)


class _Shown(dict[bytes, str]):
    """Text by glyphs of a font in hexadecimal; strings recur so often that each is decoded once."""

    def __init__(self, characters: Mapping[int, str]) -> None:
        self._characters = characters

    def __missing__(self, glyphs: bytes) -> str:
        codes = b"".join(glyphs.split())
        texts = [self._characters.get(int(codes[at : at + 4], 16), _FOREIGN) for at in range(0, len(codes), 4)]
        self[glyphs] = text = "".join(texts)
        return text
