"""Characters that are not what they seem: invisible ones, and ones drawn like others; each with a description.

Invisible characters are refused where they have no function, since two texts that look alike would differ. Some scripts
need such characters: joiners in Persian, in the scripts of India and in emoji, spaces without width in Thai and Khmer,
selectors of a character's form. There they are allowed.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Final

__all__ = [
    "LOOKS_LIKE",
    "MOST_ACCENTS",
    "MOST_MARKS",
    "in_words",
    "invisible_in",
    "is_mark",
    "odd_in",
    "plain_number",
    "stacked_in",
]

LOOKS_LIKE: Final = {
    "а": "a", "в": "b", "е": "e", "к": "k", "м": "m", "н": "h", "о": "o", "р": "p", "с": "c", "т": "t", "у": "y",
    "х": "x", "і": "i", "ј": "j", "ѕ": "s", "ԛ": "q", "ԝ": "w", "ԁ": "d", "һ": "h",
    "α": "a", "β": "b", "ε": "e", "η": "n", "ι": "i", "κ": "k", "ν": "v", "ο": "o", "ρ": "p", "τ": "t", "υ": "u",
    "χ": "x", "ı": "i",
}  # fmt: skip
"""Small letters of Cyrillic and Greek that are drawn like Latin ones, small or capital (a choice from Unicode TR 39)."""

_NAMES: Final = {
    "\ufeff": "byte order mark",
    "\u00ad": "soft hyphen",
    "\u00a0": "no-break space",
    "\u202f": "narrow no-break space",
    "\u3000": "full-width space",
    "\u2212": "minus sign",
    "\t": "tab",
}

# Characters that are invisible by default (Unicode, Default_Ignorable_Code_Point), annotation marks and blank Braille.
_IGNORABLE: Final = (
    "[\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200d\u2060-\u2065\u206a-\u206f\u2800\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_FLAG: Final = "\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{3,6}\U000e007f"
"""A flag of a part of a country (Unicode TR 51), spelt in invisible letters."""

_JOINED: Final = (  # scripts whose letters join or stack, excluding those of emoji
    "[\u0600-\u08ff\u0900-\u0fff\u1000-\u109f\u1700-\u18af\u1900-\u1cff\ua840-\ua87f\ua8e0-\uabff\ufb50-\ufdff"
    "\ufe70-\ufefe\U00010a00-\U00011fff]"
)
_UNSPACED: Final = "[\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u1950-\u19ff\u1a20-\u1b7f\ua980-\uaadf]"
"""South-East Asian scripts, which put no spaces between words."""
_IDEOGRAPH: Final = "[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
_WITH_FORMS: Final = "[\u1000-\u109f\u1800-\u18af\ua840-\ua87f\uaa60-\uaa7f\u3001-\u3003]"
"""Letters outside Chinese with standardised variants: Myanmar, Mongolian, Phags-pa."""

_SYNTAX: Final = "[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\uff01-\uff5e\u2212\u2010-\u2015“”„‟‘’‚‛«»]"
"""Spaces that YAML does not treat as spaces, full-width signs, and dashes and quotation marks that only resemble YAML's."""

MOST_ACCENTS: Final = 4
"""Accents that may follow one letter: Vietnamese and polytonic Greek, decomposed, need three, a lexicon's Greek four."""

MOST_MARKS: Final = 8
"""Marks of all kinds that may follow one letter: Hebrew with vowels and cantillation, the Arabic of the Quran, Burmese
and Tibetan write up to six or seven. More than that is not writing, and covers the lines above and below.
"""

_ACCENTS: Final = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0\u3099\u309a\ufe20-\ufe2f]"
)
"""Marks of no particular script, which fonts stack upon one another."""
_JOINERS: Final = "\u200b-\u200d\u2060"


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Compile a pattern on first use: most dossiers have no character that asks for one, and each costs a start-up."""
    return re.compile(pattern)


def in_words(character: str) -> str:
    """Describe a character for a person who cannot see it, or sees another one: ``a no-break space (U+00A0)``."""
    code = ord(character)
    name = _NAMES.get(character) or unicodedata.name(character, "").lower().replace("fullwidth", "full-width")
    number = f"U+{code:04X}"
    return f"{'an' if name[:1] in 'aeiou' else 'a'} {name} ({number})" if name else number


def invisible_in(text: str) -> int | None:
    """The index of the first invisible character that has no function in its place."""
    flags: list[tuple[int, int]] | None = None
    for found in _compiled(_IGNORABLE).finditer(text):
        index = found.start()
        if found[0] >= "\U000e0000" and not "\U000e0100" <= found[0] <= "\U000e01ef":
            if flags is None:
                flags = [flag.span() for flag in _compiled(_FLAG).finditer(text)]
            if any(begin < index < end for begin, end in flags):
                continue
            return index
        before = text[index - 1] if index else ""
        after = text[index + 1 : index + 2]
        if not _serves(found[0], before, after):
            return index
    return None


def _serves(character: str, before: str, after: str) -> bool:
    """Whether an invisible character has an effect on its neighbours."""
    if (
        character == "\u200c"
    ):  # zero-width non-joiner: between the letters of a joining script, and after an Indic vowel killer
        return _is_letter_of(_JOINED, before)
    if character == "\u200d":  # zero-width joiner: the same, and between emoji
        return _is_letter_of(_JOINED, before) or (_is_pictograph(before) and _is_pictograph(after))
    if character in "\u200b\u2060":  # where a line may be broken, and where not
        return _is_letter_of(_UNSPACED, before)
    if "\u180b" <= character <= "\u180f":
        return "\u1800" <= before <= "\u18af"
    if "\ufe00" <= character <= "\ufe0f":
        if before in "0123456789#*" and before:
            return after == "\u20e3"  # a keycap
        return bool(before) and (
            _compiled(_IDEOGRAPH).match(before) is not None
            or _compiled(_WITH_FORMS).match(before) is not None
            or unicodedata.category(before) in ("So", "Sm", "Po", "Pd", "No")
        )
    if "\U000e0100" <= character <= "\U000e01ef":
        return _compiled(_IDEOGRAPH).match(before) is not None
    if character == "\u115f":  # the filler of a syllable without its first letter, in old Korean
        return "\u1161" <= after <= "\u11a7"
    if character == "\u1160":
        return "\u1100" <= before <= "\u115e"
    return False


def _is_letter_of(scripts: str, character: str) -> bool:
    return (
        bool(character)
        and _compiled(scripts).match(character) is not None
        and unicodedata.category(character)[0] in "LMN"
    )


def _is_pictograph(character: str) -> bool:
    return character == "\ufe0f" or (bool(character) and unicodedata.category(character) in ("So", "Sk", "Sm"))


def is_mark(character: str) -> bool:
    """Whether a character is drawn on the one before it, and takes no space itself."""
    return not character.isascii() and unicodedata.category(character) in ("Mn", "Me")


def stacked_in(text: str) -> int | None:
    """The index of the first mark that is one too many on its letter; joiners between marks do not end a stack."""
    if text.isascii():
        return None
    marks = "".join(sorted(one for one in set(text) if is_mark(one)))
    stacks = []
    for most, of in ((MOST_MARKS, marks), (MOST_ACCENTS, "".join(_ACCENTS.findall(marks)))):
        if of:
            one = f"[{of}][{_JOINERS}]*"
            found = re.search(f"(?:{one}){{{most}}}(?=[{of}])", text)
            stacks += [] if found is None else [found.end()]
    return min(stacks, default=None)


def odd_in(text: str) -> str | None:
    """Describe the first character that YAML takes for text and a person for a space, a sign or a quotation mark."""
    found = _compiled(_SYNTAX).search(text)
    return None if found is None else in_words(found[0])


def plain_number(text: str) -> str | None:
    """A number typed in other digits or signs, as it should be typed: 5 for full-width 5, -5 after a minus sign."""
    plain = "".join(str(unicodedata.decimal(c)) if unicodedata.category(c) == "Nd" else c for c in text)
    plain = re.sub("[\u2212\uff0d\ufe63\u2010-\u2015]", "-", plain).replace("\uff0e", ".").replace("\uff0b", "+")
    plain = re.sub("(?<=[0-9])[\u00a0\u2009\u202f '’](?=[0-9]{3}(?![0-9]))", "", plain.strip())
    if re.fullmatch(r"[-+]?[0-9]+,[0-9]+", plain) and not re.fullmatch(r"[-+]?[0-9]{1,3},[0-9]{3}", plain):
        plain = plain.replace(",", ".")  # a decimal comma; before three digits it might mean thousands
    return plain if plain != text and re.fullmatch(r"[-+]?[0-9]+(?:\.[0-9]+)?", plain) else None
