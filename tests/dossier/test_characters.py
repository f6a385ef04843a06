"""Invisible characters are refused where they have no function, and kept where a script or an emoji needs them."""

from __future__ import annotations

import unicodedata

import pytest

from policy_options.dossier.characters import in_words, invisible_in, odd_in, plain_number
from policy_options.dossier.scalars import hidden_in
from support import SmallDossier

IGNORABLE = [
    *(0xAD, 0x34F, 0x115F, 0x1160, 0x17B4, 0x17B5, *range(0x180B, 0x1810), *range(0x200B, 0x200E)),
    *(*range(0x2060, 0x2066), *range(0x206A, 0x2070), 0x2800, 0x3164, *range(0xFE00, 0xFE10), 0xFEFF, 0xFFA0),
    *(*range(0xFFF0, 0xFFFC), *range(0x1BCA0, 0x1BCA4), *range(0x1D173, 0x1D17B), 0xE0001, 0xE0020, 0xE007F, 0xE0100),
]


@pytest.mark.parametrize("number", IGNORABLE)
@pytest.mark.parametrize("around", ["{}East quay", "East{} quay", "Ea{}st quay", "East quay{}", "Набережн{}ая", "{}"])
def test_what_draws_nothing_is_refused_in_plain_text(number: int, around: str) -> None:
    text = around.format(chr(number))
    assert invisible_in(text) == around.index("{")


@pytest.mark.parametrize(
    "text",
    [
        "می\u200cخواهم",  # Persian: a joining letter that must not join
        "کتاب\u200cها",
        "क्\u200dष",  # Devanagari: a half form
        "क्\u200cष",
        "ශ්\u200dරී ලංකා",  # Sinhala, as in the name of the country
        "ಸರ್\u200cಕಾರ",  # Kannada
        "👩\u200d⚕\ufe0f",  # a health worker
        "👩🏽\u200d🚀",
        "🏳\ufe0f\u200d🌈",
        "❤\ufe0f",
        "1\ufe0f\u20e3",
        "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",  # the flag of Scotland
        "葛\U000e0100城市",  # a form of a character in a Japanese place name
        "神\ufe00",
        "ราชอาณาจักร\u200bไทย",  # Thai: where a line may be broken
        "ព្រះរាជា\u200bណាចក្រ",  # Khmer
        "ᠮᠣᠩᠭᠣᠯ\u180bᠤᠨ",  # Mongolian
        "\u115f\u1161",
        "Ünïcödé, 日本語, עברית, العربية",
    ],
)
def test_what_serves_a_script_or_an_emoji_is_kept(text: str) -> None:
    assert invisible_in(text) is None
    assert hidden_in(text) is None


@pytest.mark.parametrize(
    ("text", "index"),
    [
        ("می\u200c\u200cخواهم", 3),  # a second one has no effect
        ("\u200cمی", 0),
        ("می \u200cخواهم", 3),
        ("👩\u200dxyz", 1),
        ("1\ufe0f", 1),
        ("é\ufe0f", 1),
        ("🏴\U000e0067x", 1),
        ("日\u200b本", 1),
        ("\u115f\u1160", 0),
        ("Gov\u200cernment", 3),
    ],
)
def test_what_serves_nothing_there_is_refused(text: str, index: int) -> None:
    assert invisible_in(text) == index


@pytest.mark.parametrize(
    ("character", "words"),
    [
        ("\u00a0", "a no-break space (U+00A0)"),
        ("\u200b", "a zero width space (U+200B)"),
        ("\ufeff", "a byte order mark (U+FEFF)"),
        ("\u00ad", "a soft hyphen (U+00AD)"),
        ("：", "a full-width colon (U+FF1A)"),
        ("с", "a cyrillic small letter es (U+0441)"),
        ("–", "an en dash (U+2013)"),
        ("\x00", "U+0000"),
        ("\U000e0100", "a variation selector-17 (U+E0100)"),
    ],
)
def test_a_character_in_words(character: str, words: str) -> None:
    assert in_words(character) == words


def test_every_character_has_words() -> None:
    for number in range(0x20, 0x3000):
        if unicodedata.category(chr(number)) not in ("Cc", "Cs", "Cn"):
            assert in_words(chr(number)).endswith(f"(U+{number:04X})")


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("５", "5"),
        ("−5", "-5"),
        ("–5", "-5"),
        ("12,5", "12.5"),
        ("1 000", "1000"),
        ("1\u00a0000\u00a0000", "1000000"),
        ("1\u202f000", "1000"),
        ("٣٫", None),
        ("٣", "3"),
        ("1,000", None),  # a thousand, or one
        ("5", None),
        ("five", None),
        ("", None),
    ],
)
def test_a_number_in_other_digits_and_signs(text: str, plain: str | None) -> None:
    assert plain_number(text) == plain


def test_what_looks_like_a_sign_of_yaml() -> None:
    assert odd_in("title：x") == "a full-width colon (U+FF1A)"
    assert odd_in("title:\u00a0x") == "a no-break space (U+00A0)"
    assert odd_in("title: “x”") == "a left double quotation mark (U+201C)"
    assert odd_in("title: 'x'") is None


@pytest.mark.parametrize(
    ("name", "old"),
    [
        ("options/as-is.yaml", "Leave the"),
        ("criteria/decision.yaml", "Which landing"),
        ("criteria/criteria.yaml", "None at all"),
        ("criteria/weights/even.yaml", "Nothing sets"),
        ("options/evidence/survey.yaml", "Survey of"),
    ],
)
def test_no_file_holds_them(small: SmallDossier, name: str, old: str) -> None:
    small.edit(name, old, old.replace(" ", " \u200b"))
    fault = small.fault()
    assert (fault.code, fault.remedy) == ("hidden-character", "delete it")
    assert fault.message.startswith("a zero width space (U+200B) cannot be seen")
