"""The libraries and fonts behind the text of a PDF: versions of native libraries, and digests of font files."""

from __future__ import annotations

import ctypes
from hashlib import sha256
from typing import Any, Final

__all__ = ["fonts_of", "native_versions"]

_DIGITS: Final = 16
"""Digits of the digest of a font file, which only has to distinguish files."""


def native_versions() -> dict[str, str]:
    """The versions of the libraries that shape and place text; WeasyPrint has already loaded them."""
    from weasyprint.text.ffi import pango

    number = pango.pango_version()
    versions = {"Pango": _dotted(number, 100)}
    versions["HarfBuzz"] = _version_of(("libharfbuzz.so.0", "libharfbuzz.0.dylib"), _harfbuzz)
    versions["FreeType"] = _version_of(("libfreetype.so.6", "libfreetype.6.dylib"), _freetype)
    versions["Fontconfig"] = _version_of(
        ("libfontconfig.so.1", "libfontconfig.1.dylib"), lambda library: _dotted(library.FcGetVersion(), 100)
    )
    return versions


def _dotted(number: int, base: int) -> str:
    return f"{number // base**2}.{number // base % base}.{number % base}"


def _version_of(names: tuple[str, ...], version: Any) -> str:
    for name in names:
        try:
            return str(version(ctypes.CDLL(name)))
        except (OSError, AttributeError):
            continue
    return "unknown"


def _harfbuzz(library: Any) -> str:
    library.hb_version_string.restype = ctypes.c_char_p
    return bytes(library.hb_version_string()).decode()


def _freetype(library: Any) -> str:
    handle = ctypes.c_void_p()
    if library.FT_Init_FreeType(ctypes.byref(handle)):
        return "unknown"
    numbers = [ctypes.c_int() for _ in range(3)]
    library.FT_Library_Version(handle, *(ctypes.byref(number) for number in numbers))
    library.FT_Done_FreeType(handle)
    return ".".join(str(number.value) for number in numbers)


def fonts_of(document: Any) -> dict[str, str]:
    """The fonts that a document was drawn with, by name, each with a digest of its file."""
    from weasyprint.text.fonts import get_hb_object_data

    digests: dict[str, str] = {}
    for font in document.fonts.values():
        name = font.name.decode().partition("+")[2]
        if name not in digests:
            digests[name] = sha256(get_hb_object_data(font.hb_face)).hexdigest()[:_DIGITS]
    return dict(sorted(digests.items()))
