from __future__ import annotations

import re
from pathlib import Path

import pytest

from policy_options import PolicyOptionsError
from policy_options.analysis.elicitation.combining import COMBINING
from policy_options.analysis.elicitation.methods import METHODS
from policy_options.shipped import shipped
from policy_options.wording.phrases import load_phrases


def write(folder: Path, text: str, language: str = "fr") -> Path:
    (folder / "wording").mkdir(exist_ok=True)
    (folder / "wording" / f"{language}.yaml").write_text(text, encoding="utf-8")
    return folder


def test_names_are_filled_in_and_nothing_else_is_done(tmp_path: Path) -> None:
    phrases = load_phrases("fr", [write(tmp_path, 'numbers: {}\nsentence: "Hi {name}, {name.__class__} {0} {{x}}"\n')])
    assert phrases.say("sentence", name="{other}", x="y") == "Hi {other}, {name.__class__} {0} {y}"


def test_a_count_chooses_the_form(tmp_path: Path) -> None:
    phrases = load_phrases("fr", [write(tmp_path, 'numbers: {}\nmore: {one: "one", other: "{count} of them"}\n')])
    assert [phrases.say("more", count=count) for count in (0, 1, 2)] == ["0 of them", "one", "2 of them"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('numbers: {}\nsentence: "{nobody}"\n', "phrase-name"),
        ("numbers: {}\n", "phrase-missing"),
        ("numbers: x\nsentence: x\n", "wording"),
        ("locale: xx-YY\nsentence: x\n", "locale"),
        ("numbers: {}\nsentence: 1\nsentence: 2\n", "duplicate-key"),
        ('numbers: {decimal-mark: ""}\nsentence: x\n', "number-marks"),
        ('numbers: {decimal-mark: ",", grouping: ","}\nsentence: x\n', "number-marks"),
        ('numbers: {grouping: "0"}\nsentence: x\n', "number-marks"),
        ("numbers: {grouping: 0}\nsentence: x\n", "number-marks"),
        ('numbers: {percentage: "9{}%"}\nsentence: x\n', "number-marks"),
        ('numbers: {percentage: "%"}\nsentence: x\n', "number-marks"),
        ('numbers: {percentage: "-{} %"}\nsentence: x\n', "number-marks"),
        ('numbers: {percentage: "{} ‰"}\nsentence: x\n', "number-marks"),
        ('numbers: {percentage: "{}"}\nsentence: x\n', "number-marks"),
        ('numbers: {percentage: "{} %%"}\nsentence: x\n', "number-marks"),
        ('numbers: {percentage: "{}. %"}\nsentence: x\n', "number-marks"),
        ('numbers: {decimal-mark: " ", grouping: ""}\nsentence: x\n', "number-marks"),
        ('numbers: {decimal-mark: "\u2009", grouping: ","}\nsentence: x\n', "number-marks"),
    ],
)
def test_faulty_phrases_are_refused(tmp_path: Path, text: str, code: str) -> None:
    with pytest.raises(PolicyOptionsError) as raised:
        load_phrases("fr", [write(tmp_path, text)]).say("sentence", name="x")
    assert raised.value.faults[0].code == code


def test_the_percentage_of_a_locale_is_its_own(tmp_path: Path) -> None:
    phrases = load_phrases("eu", [write(tmp_path, "a: b\n", "eu")])
    assert phrases.numbers.percent(0.42) == "%\N{NO-BREAK SPACE}42"


def test_a_house_words_what_it_wants_and_the_rest_stays(tmp_path: Path) -> None:
    phrases = load_phrases("en", [write(tmp_path, "unknown: not known\n", "en")])
    assert phrases.say("unknown") == "not known"
    assert phrases.say("heading.rank") == load_phrases("en").say("heading.rank")
    assert phrases.numbers == load_phrases("en").numbers


def test_only_what_differs_from_the_shipped_wording_is_a_house_s_own(tmp_path: Path) -> None:
    text = (shipped("templates") / "wording/en.yaml").read_text(encoding="utf-8")
    copied = load_phrases("en", [write(tmp_path, text, "en")])
    assert (copied.own, load_phrases("en").own) == (None, None)
    assert copied.phrases == load_phrases("en").phrases
    words = load_phrases("en").say("heading.rank")
    some = load_phrases("en", [write(tmp_path, f"heading.rank: '{words}'\nunknown: not known\n", "en")])
    assert some.own == {"unknown": "not known"}
    assert load_phrases("fr", [write(tmp_path, "numbers: {}\na: b\n")]).own == {"numbers": {}, "a": "b"}


def test_an_unknown_language_names_those_there_are() -> None:
    with pytest.raises(PolicyOptionsError, match="tlh") as raised:
        load_phrases("tlh")
    assert "en" in raised.value.faults[0].remedy


def test_every_phrase_is_asked_for_and_every_one_asked_for_is_there(root: Path) -> None:
    phrases = load_phrases("en").phrases
    sources = sorted(path for path in (root / "src").rglob("*") if path.suffix in (".py", ".j2"))
    code = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    template = "\n".join(path.read_text(encoding="utf-8") for path in (root / "templates/memo").glob("*.j2"))
    made = [made_key(found) for found in re.findall(r'\bf"([a-z-]+\.[^"\n]*\{[^"\n]*)"', code)]
    for key in phrases:
        stem = key.rpartition(".")[2]
        asked = f'"{key}"' in code or f"'{key}'" in code or (key.startswith("heading.") and f'"{stem}"' in code)
        asked = asked or (key.startswith("label.") and (f'labels["{stem}"]' in template or f'("{stem}"' in code))
        asked = asked or any(pattern.fullmatch(key) for pattern in made)
        assert asked or key in {"numbers", "locale"}, f"no code asks for {key}"
    for asked_for in re.findall(r'phrases\.say\(\s*"([^"]+)"', code):
        assert asked_for in phrases, f"{asked_for} is asked for and missing"


def made_key(written: str) -> re.Pattern[str]:
    """The keys that an f-string can make: each part in braces is one part of a key."""
    return re.compile("[a-z-]+".join(re.escape(part) for part in re.split(r"\{[^}]*\}", written)))


def test_there_are_words_for_every_method_formula_and_rule() -> None:
    phrases = load_phrases("en").phrases
    for name, method in METHODS.items():
        assert {f"method.{name}", method.words(rated=True), method.words(rated=False)} <= phrases.keys()
        assert (f"ask.intro.{name}" in phrases) == method.interviews
    for rule in COMBINING:
        assert {f"combine.{rule}", f"combined.{rule}"} <= phrases.keys()


@pytest.mark.parametrize("name", ["Energy \N{HEBREW LETTER ALEF}", "توسيع", "a\N{HEBREW PUNCTUATION SOF PASUQ}"])
def test_a_name_from_right_to_left_ends_before_the_numbers_after_it_on_pages(name: str) -> None:
    phrases = load_phrases("en")
    plain = phrases.say("listing", first=name, last="11% → 14%")
    assert plain == f"{name} and 11% → 14%"  # a screen orders its text itself
    marked = phrases.on_pages().say("listing", first=name, last="11% → 14%")
    assert marked == f"{name}\N{LEFT-TO-RIGHT MARK} and 11% → 14%"
    assert phrases.on_pages().say("listing", first="Ny", last="Åre 価値") == "Ny and Åre 価値"
    assert load_phrases("ja").on_pages().anchors
