"""The typefaces of charts, by language: a page's style sheet does not apply inside SVG, so the chart names them."""

from __future__ import annotations

from typing import Final

from policy_options.charts.primitives import FONT

__all__ = ["in_typefaces_of"]

_FACES: Final = {
    "zh": "'Source Sans Pro','Noto Sans CJK SC',sans-serif",
    "ja": "'Source Sans Pro','Noto Sans CJK JP',sans-serif",
    "ko": "'Source Sans Pro','Noto Sans CJK KR',sans-serif",
}
"""Han characters differ between these languages, and a font family has the forms for one of them."""


def in_typefaces_of(svg: str, language: str) -> str:
    """The same chart in the typefaces of a language."""
    faces = _FACES.get(language.partition("-")[0])
    return svg if faces is None else svg.replace(f'font-family="{FONT}"', f'font-family="{faces}"')
