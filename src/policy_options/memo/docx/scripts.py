"""The fonts and languages of a text by script: Word chooses a font for Han letters by the language of a run."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

__all__ = ["Fonts", "Stretch", "fonts_of", "stretches"]


@dataclass(frozen=True, slots=True)
class Fonts:
    """The typefaces of a language: ``latin`` and ``east_asian`` are BCP 47 tags; each pair is a serif and a sans font."""

    latin: str
    east_asian: str
    serif: str
    sans: str


LATIN_SERIF: Final = "Cambria"
LATIN_SANS: Final = "Calibri"
_EAST_ASIAN: Final = {
    "zh": ("zh-CN", "SimSun", "Microsoft YaHei"),
    "ja": ("ja-JP", "Yu Mincho", "Yu Gothic"),
    "ko": ("ko-KR", "Batang", "Malgun Gothic"),
}
"""Tag, serif and sans of each language whose letters are in East Asian fonts: those that come with Word."""

_LATIN: Final = {"ru": "ru-RU"}
_KANA: Final = re.compile("[\u3041-\u30ff\u31f0-\u31ff\uff66-\uff9d]")
_HANGUL: Final = re.compile("[\u1100-\u11ff\u3131-\u318e\ua960-\ua97f\uac00-\ud7ff]")
_EAST: Final = (
    "\u1100-\u11ff\u2e80-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff"
)
_RTL: Final = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
_SHARED: Final = "“”‘’…—"
"""Signs whose width differs between Latin and East Asian fonts: in a text with Han letters, all are set in its language."""

_LETTER: Final = re.compile(f"[{_EAST}]")
_RIGHT: Final = f"(?P<rtl>[{_RTL}](?:[{_RTL}\\s]*[{_RTL}])?)"
_STRETCH: Final = re.compile(f"(?P<east>[{_EAST}]+)|{_RIGHT}")
_STRETCH_OF_HAN: Final = re.compile(f"(?P<east>[{_EAST}{_SHARED}]+)|{_RIGHT}")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A text in one script.

    ``east_asian`` is the language of its Han letters if it has any, ``rtl`` whether it runs from right to left, and
    ``font`` its font if that differs from its paragraph's.
    """

    text: str
    east_asian: str = ""
    rtl: bool = False
    font: str = ""


def fonts_of(language: str) -> Fonts:
    """The fonts of a memo's language; Han letters in a memo in another language are taken for Chinese."""
    key = language.partition("-")[0]
    tag, serif, sans = _EAST_ASIAN.get(key, _EAST_ASIAN["zh"])
    return Fonts(_LATIN.get(key, "en-GB"), tag, serif, sans)


def stretches(text: str, language: str) -> Iterator[Stretch]:
    """A text split where its script needs a different font or direction."""
    han = language.partition("-")[0] in _EAST_ASIAN and _LETTER.search(text)
    end = 0
    for match in (_STRETCH_OF_HAN if han else _STRETCH).finditer(text):
        if match.start() > end:
            yield Stretch(text[end : match.start()])
        yield Stretch(match[0], rtl=True) if match["rtl"] else _east_asian(match[0], language)
        end = match.end()
    if end < len(text):
        yield Stretch(text[end:])


def _east_asian(text: str, language: str) -> Stretch:
    own = language.partition("-")[0]
    key = "ko" if _HANGUL.search(text) else "ja" if _KANA.search(text) else own if own in _EAST_ASIAN else "zh"
    tag, _, sans = _EAST_ASIAN[key]
    return Stretch(text, tag, font="" if tag == fonts_of(language).east_asian else sans)
