"""Every shipped language has the same phrases as English, with the same names and forms."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from languages import LANGUAGES, in_language
from memos import content_of
from policy_options.wording.phrases import load_phrases
from support import SmallDossier

ENGLISH = load_phrases("en")
FOREIGN = [language for language in LANGUAGES if language != "en"]
FORMS = {"en": {"one", "other"}, "ja": {"other"}, "ru": {"one", "few", "many", "other"}, "zh": {"other"}}
_SETTINGS = {"locale", "numbers"}


def names_in(phrase: Any) -> set[str]:
    return set(re.findall(r"\{([a-z_]+)\}", " ".join(phrase.values()) if isinstance(phrase, dict) else phrase))


def test_the_languages_are_those_that_are_shipped(root: Path) -> None:
    assert {path.stem for path in (root / "templates/wording").glob("*.yaml")} == set(LANGUAGES)


@pytest.mark.parametrize("language", FOREIGN)
def test_a_language_has_every_phrase_with_its_names_and_forms(language: str) -> None:
    found = load_phrases(language).phrases
    assert found.keys() - _SETTINGS == ENGLISH.phrases.keys() - _SETTINGS
    for key, phrase in ENGLISH.phrases.items():
        if key in _SETTINGS:
            continue
        assert names_in(found[key]) == names_in(phrase), key
        assert isinstance(found[key], dict) == isinstance(phrase, dict), key
        if isinstance(phrase, dict):
            assert found[key].keys() == FORMS[language], key


@pytest.mark.parametrize("language", FOREIGN)
def test_a_memo_says_nothing_in_english(small: SmallDossier, language: str) -> None:
    content = content_of(in_language(small, language).load())
    robustness = content.robustness
    said = [*content.bottom_line, content.ranking.rule, *robustness.verdict, robustness.rule, *content.annex.method,
            content.dissent.said, *content.labels.values(), content.annex.figures[0].title]  # fmt: skip
    for text in said:
        words = text.replace("Keeney and Raiffa", "")
        assert not re.search(r"\b(the|of|and|is|with|points|weight)\b", words), text


@pytest.mark.parametrize(
    ("language", "day", "number", "share"),
    [
        ("en", "16 March 2026", "1,234.5", "12.5%"),
        ("ja", "2026年3月16日", "1,234.5", "12.5%"),
        ("ru", "16 марта 2026 г.", "1\N{NO-BREAK SPACE}234,5", "12,5\N{NO-BREAK SPACE}%"),
        ("zh", "2026年3月16日", "1,234.5", "12.5%"),
    ],
)
def test_dates_and_numbers_are_those_of_the_locale(language: str, day: str, number: str, share: str) -> None:
    phrases = load_phrases(language)
    assert " ".join(phrases.date(date(2026, 3, 16)).split()) == day  # the kind of space differs by the version of CLDR
    assert phrases.numbers.fixed(1234.5) == number
    assert phrases.numbers.percent(0.125) == share


@pytest.mark.parametrize(("count", "form"), [(1, "один"), (2, "несколько"), (5, "много"), (11, "много"), (21, "один")])
def test_russian_counts_have_their_forms(tmp_path: Path, count: int, form: str) -> None:
    (tmp_path / "wording").mkdir()
    text = "locale: ru-RU\nmore: {one: один, few: несколько, many: много, other: другое}\n"
    (tmp_path / "wording" / "ru.yaml").write_text(text, encoding="utf-8")
    assert load_phrases("ru", [tmp_path]).say("more", count=count) == form
