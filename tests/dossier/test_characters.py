"""Invisible characters are refused where they have no function, and kept where a script or an emoji needs them."""

from __future__ import annotations

import unicodedata

import pytest

from policy_options.dossier.characters import in_words, invisible_in, odd_in, plain_number, stacked_in
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


@pytest.mark.parametrize(
    "text",
    [
        unicodedata.normalize("NFD", "Nghiệp vụ Cảng biển, ữ ậ ặ"),
        unicodedata.normalize("NFD", "ᾧ ᾦ ΐ"),
        "α\u0304\u0313\u0301\u0345",  # a long vowel in a lexicon, with breathing, accent and iota
        "n\u032a\u030a\u0303",  # phonetic
        "ผู้ที่ซื้อน้ำปั๊ม",  # Thai: a vowel and a tone on one letter
        "בְּרֵאשִׁ֖ית שּׁ\u05b8\u0596\u05bd",  # Hebrew with points, cantillation and meteg
        "ٱللَّهُ ٱلرَّحۡمَٰنِ رَّ\u0670\u06d6",
        "\u1000\u103b\u103d\u103e\u102d\u102f\u1036\u1037",  # Burmese
        "\u0f40\u0fb2\u0fb5\u0fb3\u0fb1\u0f71\u0f74\u0f83",  # Tibetan
        "1\ufe0f\u20e3",
        "x\u20dd",
    ],
)
def test_the_marks_that_scripts_write_are_kept(text: str, small: SmallDossier) -> None:
    assert stacked_in(text) is None
    small.edit("criteria/weights/even.yaml", "title: Even", f"title: {text}")
    assert small.faults() == ()


@pytest.mark.parametrize("mark", ["\u0301", "\u0489", "\u20dd", "\u0300\u0316", "\u1dc4", "\ufe20", "\u3099"])
def test_a_fifth_accent_is_refused_with_its_place(mark: str, small: SmallDossier) -> None:
    small.edit("criteria/weights/even.yaml", "title: Even", f"title: Ev{(mark * 5)[:5]}en")
    fault = small.fault()
    assert (fault.code, fault.remedy) == ("marks", "delete them")
    assert fault.message == ("more than 4 accents, or 8 marks of any kind, on one letter, which would cover other text")
    assert fault.place is not None
    assert fault.place.column == len("title: Ev") + 5


@pytest.mark.parametrize("mark", ["\u0e49", "\u05b0", "\u064e", "\u0f71", "\U0001e8d0", "\u064e\u200c", "\u064e\u0301"])
@pytest.mark.parametrize("form", ["'{}'", "|\n  {}\n", '"{}"', '"\\{}"'])
def test_a_ninth_mark_is_refused_however_it_is_written(mark: str, form: str, small: SmallDossier) -> None:
    stack = mark * 9
    escaped = "".join(f"\\U{ord(one):08x}" for one in stack)
    text = f'"a{escaped}"' if "\\" in form else form.format(f"a{stack}")
    small.edit("criteria/weights/even.yaml", "title: Even", f"title: {text}")
    assert {fault.code for fault in small.faults()} & {"marks", "hidden-character"}


@pytest.mark.parametrize(
    "text", ["\u0338x", '"\u0338x"', '" \\u0338x"', "'\u20e0'", "[a, \u0338x]", "|\n  \u0338x\n", "|2\n    \u0338x\n"]
)
def test_a_text_that_begins_with_a_mark_is_refused(text: str, small: SmallDossier) -> None:
    small.edit("criteria/weights/even.yaml", "title: Even", f"title: {text}")
    fault = next(one for one in small.faults() if one.code == "leading-mark")
    assert fault.message.startswith("the text begins with a combining ")
    assert fault.message.endswith(", which would be drawn on whatever a page has before it")
    assert "before it" in fault.remedy
