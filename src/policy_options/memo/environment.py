"""What the bytes of a memo depend on besides its inputs and its template: this toolkit, its libraries, and what lies below them.

The same inputs give the same bytes where all of this is the same. Where it is not, a memo can be made anew and not compared.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import policy_options
from policy_options.shipped import shipped
from policy_options.wording.plain import clip

__all__ = [
    "OTHER_PROCESSOR",
    "PROCESSORS",
    "differences",
    "fonts_of",
    "processor",
    "toolkit_digest",
    "toolkit_version",
    "versions",
]

_LIBRARIES: Final = (
    "numpy",
    "highspy",
    "Babel",
    "Jinja2",
    "weasyprint",
    "pydyf",
    "fonttools",
    "pillow",
    "pyphen",
    "tinycss2",
    "cssselect2",
    "tinyhtml5",
)
PROCESSORS: Final = {"x86_64": "x86_64", "AMD64": "x86_64", "aarch64": "aarch64", "arm64": "aarch64"}
"""The kinds of processor that are told apart by name, under the names that systems give them."""

OTHER_PROCESSOR: Final = "other"
_LONGEST: Final = 60
_DIGITS: Final = 16
"""Digits of a digest that are kept where it only tells things apart."""


def toolkit_version() -> str:
    """The version of this toolkit."""
    from importlib.metadata import version

    return version("policy-options")


@cache
def toolkit_digest() -> str:
    """A digest of this toolkit's code and wording: two builds of one version are not the same."""
    root = Path(policy_options.__file__).parent
    files = {str(path.relative_to(root)): path for path in root.rglob("*.py") if "_starter" not in path.parts}
    files |= {f"wording/{path.name}": path for path in (shipped("templates") / "wording").glob("*.yaml")}
    return _digest_of(files)


def _digest_of(files: Mapping[str, Path]) -> str:
    found = sha256()
    for name, path in sorted(files.items()):
        found.update(name.encode() + b"\0" + sha256(path.read_bytes()).digest())
    return found.hexdigest()[:_DIGITS]


@cache
def _versions() -> tuple[tuple[str, str], ...]:
    import platform
    import zlib
    from importlib.metadata import version

    found = {"policy-options": f"{toolkit_version()} ({toolkit_digest()})"}
    found |= {name: version(name) for name in _LIBRARIES}
    found |= {"Python": platform.python_version(), "zlib": zlib.ZLIB_RUNTIME_VERSION}
    return tuple((found | _native()).items())


def versions() -> dict[str, str]:
    """What a memo is made with: the toolkit, the libraries that its bytes depend on, Python, and what lays its text out."""
    return dict(_versions())


def _native() -> dict[str, str]:
    """The versions of the libraries that shape and place text; they are loaded already, by WeasyPrint."""
    from weasyprint.text.ffi import pango

    number = pango.pango_version()
    found = {"Pango": _dotted(number, 100)}
    found["HarfBuzz"] = _asked(("libharfbuzz.so.0", "libharfbuzz.0.dylib"), _harfbuzz)
    found["FreeType"] = _asked(("libfreetype.so.6", "libfreetype.6.dylib"), _freetype)
    found["Fontconfig"] = _asked(
        ("libfontconfig.so.1", "libfontconfig.1.dylib"), lambda library: _dotted(library.FcGetVersion(), 100)
    )
    return found


def _dotted(number: int, base: int) -> str:
    return f"{number // base**2}.{number // base % base}.{number % base}"


def _asked(names: tuple[str, ...], version: Any) -> str:
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


@cache
def processor() -> str:
    """The kind of processor, and a digest of what numpy uses of it: the last digits of a sample depend on that."""
    import platform

    import numpy as np

    core = getattr(np, "_core", None)
    features: Mapping[str, bool] = getattr(getattr(core, "_multiarray_umath", None), "__cpu_features__", {})
    used = ",".join(sorted(name for name, there in features.items() if there))
    kind = PROCESSORS.get(platform.machine(), OTHER_PROCESSOR)
    return f"{kind} {sha256(used.encode()).hexdigest()[:_DIGITS]}"


def fonts_of(document: Any) -> dict[str, str]:
    """The fonts that a document was drawn with, by name, each with a digest of its file."""
    from weasyprint.text.fonts import get_hb_object_data

    found: dict[str, str] = {}
    for font in document.fonts.values():
        name = font.name.decode().partition("+")[2]
        if name not in found:
            found[name] = sha256(get_hb_object_data(font.hb_face)).hexdigest()[:_DIGITS]
    return dict(sorted(found.items()))


def differences(theirs: Mapping[str, str], ours: Mapping[str, str]) -> Iterable[str]:
    """What differs between what a memo was made with and what is here, each in a few words."""
    for name in [*ours, *(name for name in theirs if name not in ours)]:
        if theirs.get(name) != ours.get(name):
            said = (name, theirs.get(name, "not named"), ours.get(name, "none"))
            yield "{} {}, here {}".format(*(clip(each, _LONGEST) for each in said))
