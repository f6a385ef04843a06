"""The font files used for printing, and the width of text set in them.

Widths are the advance widths of the font itself (the ``hmtx`` table of its TrueType file, which excludes kerning, so
that set text may be narrower). A character that the font lacks is drawn by whichever system font has it: its width is
the largest in common fonts, so that the measured width is never much less than the drawn one.
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
"""Each font file that a style sheet may name as fonts/<file>, and the package that contains it: one full TTF per style."""

_SCRIPTS: Final = {"HEBREW": 0.72, "ARABIC": 1.0, "CJK": 1.0, "HIRAGANA": 1.0, "KATAKANA": 1.0, "HANGUL": 1.0}
"""Largest width of a letter, in ems, in the fonts that draw these scripts: Noto and DejaVu. Joined Arabic letters take
less.
"""
_OTHER: Final = 1.1
_PICTURE: Final = 1.4  # an emoji
_BOLD: Final = 1.12  # how much wider bold letters of other fonts are
_SEMIBOLD_FROM: Final = 600


def font_path(name: str) -> Path:
    """The file of one of ``FONTS``.

    Raises:
        PolicyOptionsError: the package that contains it is not installed.
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
    """The width of a line of text in the sans font, in ems."""
    bold = weight >= _SEMIBOLD_FROM
    advances = _advances("SourceSansPro-Bold.ttf" if bold else "SourceSansPro-Regular.ttf")
    total = 0.0
    for character in text:
        known = advances.get(ord(character))
        total += _bound(character) * (_BOLD if bold else 1.0) if known is None else known
    return total


@lru_cache(maxsize=2)
def _advances(name: str) -> dict[int, float]:
    """Widths in ems by code point, for every character that a font has."""
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
