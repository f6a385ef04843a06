"""The font files that we print with, and how wide they set text.

Widths are the advance widths of the face itself (the ``hmtx`` table of its TrueType file, in which kerning, which brings letters
closer together, has no part). A character that the face lacks is drawn by whichever font of the system has it: it is given
the most that common ones take, so that what is measured here is never much less than what is drawn.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import Final

from policy_options.errors import PolicyOptionsError

__all__ = ["FONTS", "em_width", "font_path"]

_FAMILIES: Final = {"font_source_serif_pro": "SourceSerifPro", "font_source_sans_pro": "SourceSansPro"}
_STYLES: Final = ("Regular", "It", "Semibold", "Bold")
FONTS: Final = {f"{family}-{style}.ttf": package for package, family in _FAMILIES.items() for style in _STYLES}
"""Each font file that a style sheet may name as fonts/<file>, and the package that carries it: one full TTF a style."""

_SCRIPTS: Final = {"HEBREW": 0.72, "ARABIC": 1.0, "CJK": 1.0, "HIRAGANA": 1.0, "KATAKANA": 1.0, "HANGUL": 1.0}
"""Ems that a letter takes at most in the fonts that draw these scripts: Noto and DejaVu. Arabic letters that join take less."""
_OTHER: Final = 1.1
_PICTURE: Final = 1.4  # an emoji
_BOLD: Final = 1.12  # how much wider bold letters of other fonts are
_SEMIBOLD_FROM: Final = 600


def font_path(name: str) -> Path:
    """The file of one of ``FONTS``.

    Raises:
        PolicyOptionsError: the package that carries it is not installed.
    """
    from importlib.util import find_spec

    package = FONTS[name]
    spec = find_spec(package)
    folders = list(spec.submodule_search_locations or ()) if spec else []
    path = Path(folders[0]) / "files" / name if folders else None
    if path is None or not path.is_file():
        raise PolicyOptionsError.of(
            "font-missing", f"the font {name} is not installed", f"pip install {package.replace('_', '-')}"
        )
    return path


def em_width(text: str, weight: int = 400) -> float:
    """How wide a line of text runs in the sans face, in ems."""
    bold = weight >= _SEMIBOLD_FROM
    advances = _advances("SourceSansPro-Bold.ttf" if bold else "SourceSansPro-Regular.ttf")
    total = 0.0
    for character in text:
        known = advances.get(ord(character))
        total += _bound(character) * (_BOLD if bold else 1.0) if known is None else known
    return total


@lru_cache(maxsize=2)
def _advances(name: str) -> dict[int, float]:
    """Ems by code point, of every character that a font has."""
    from fontTools.ttLib import TTFont

    with TTFont(font_path(name), lazy=True) as font:
        ems, widths = font["head"].unitsPerEm, font["hmtx"]
        return {code: widths[glyph][0] / ems for code, glyph in font.getBestCmap().items()}


def _bound(character: str) -> float:
    category = unicodedata.category(character)
    if category in {"Mn", "Me", "Cf"}:
        return 0.0
    if category == "So":
        return _PICTURE
    script = unicodedata.name(character, "").partition(" ")[0]
    if unicodedata.east_asian_width(character) in "WF":
        return 1.0
    return _SCRIPTS.get(script, _OTHER)
