"""Phrases by language: ``wording/<language>.yaml`` of the dossier's templates, else of the shipped ones.

A phrase contains ``{names}`` and nothing more, so that a file of phrases cannot run code. One that depends on a count
has the plural forms of its language (``one`` and ``other`` in English; ``one``, ``few`` and ``many`` in Russian),
chosen by the name ``count``. Numbers, dates and counts follow the Unicode locale data for the file's ``locale``
(Babel); an organisation may give other signs in ``numbers``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from policy_options.dossier import limits
from policy_options.dossier.reading import read_yaml
from policy_options.errors import Place, PolicyOptionsError
from policy_options.shipped import shipped
from policy_options.wording.numbers import Numbers
from policy_options.wording.plain import anchored, clip

if TYPE_CHECKING:
    from babel import Locale

    from policy_options.wording.phrase_keys import PhraseFamily, PhraseKey

__all__ = ["Phrases", "load_phrases", "phrases_carried", "phrases_with"]

_RIGHT_TO_LEFT: Final = re.compile(r"(?:ar|dv|fa|he|ps|sd|ug|ur|yi)\b")
"""Languages that are themselves written from right to left."""
_NAME: Final = re.compile(r"\{([a-z_]+)\}")
_MARK: Final = re.compile(r"[^\w+\N{MINUS SIGN}-]")
_DECIMAL: Final = re.compile(r"[^\w\s+\N{MINUS SIGN}-]")
"""A decimal sign that is a space would make twelve and a half look like 125."""
_PERCENTAGE: Final = re.compile(
    r"(?:[%٪﹪％][\s\u200e\u200f]*\{\}|[\s\u200e\u200f]*\{\}[\s\u200e\u200f]*[%٪﹪％])[\s\u200e\u200f]*"
)
"""An organisation may write "42 %", "%42" or, as in Basque, "% 42", and not "42 ‰"."""


@dataclass(frozen=True)
class Phrases:
    """The phrases of a language and its number format; ``own`` are an organisation's phrases, if it has some."""

    language: str
    numbers: Numbers
    phrases: Mapping[str, Any]
    file: str
    own: Mapping[str, Any] | None = None
    locale: str = ""
    anchors: bool = False

    def on_pages(self) -> Phrases:
        """The same phrases for pages, on which names written from right to left must not turn the numbers after them round."""
        return self if _RIGHT_TO_LEFT.match(self.language) else replace(self, anchors=True)

    def say(self, key: PhraseKey, **names: object) -> str:
        """Format a phrase with its names filled in.

        Raises:
            PolicyOptionsError: the language lacks the phrase, or the phrase needs a name that is not given.
        """
        return self._said(key, names)

    def _said(self, key: str, names: Mapping[str, object]) -> str:
        phrase = self.phrases.get(key)
        if isinstance(phrase, Mapping):
            phrase = phrase.get(self._form(names.get("count"), phrase), phrase.get("other"))
        if not isinstance(phrase, str):
            raise PolicyOptionsError.of(
                "phrase-missing",
                f"the phrase `{key}` is missing",
                "write it, as in the shipped wording",
                ids=(key,),
                place=Place(self.file),
            )

        def fill(match: re.Match[str]) -> str:
            if match[1] not in names:
                raise PolicyOptionsError.of(
                    "phrase-name",
                    f"the phrase `{key}` asks for {{{match[1]}}}, which it is not given",
                    f"it is given: {', '.join(names)}",
                    ids=(key,),
                    place=Place(self.file),
                )
            text = str(names[match[1]])
            return anchored(text) if self.anchors else text

        return _NAME.sub(fill, phrase).strip()

    def say_of(self, family: PhraseFamily, *members: str, **names: object) -> str:
        """The phrase of a family that the data name: ``say_of("status", "elicited")`` is ``say("status.elicited")``.

        Raises:
            PolicyOptionsError: as of ``say``.
        """
        return self._said(".".join((family, *members)), names)

    def _form(self, count: object, forms: Mapping[str, Any]) -> str:
        """The form of a phrase for a count."""
        if not isinstance(count, int) or forms.keys() <= {"other"}:
            return "other"
        if forms.keys() <= {"one", "other"}:
            return "one" if count == 1 else "other"
        return str(_locale(self.locale or self.language, self.file).plural_form(count))

    @property
    def between_sentences(self) -> str:
        """The separator between two sentences: a space, or nothing if full stops bring their own."""
        return str(self.phrases.get("between-sentences", " "))

    def together(self, sentences: Iterable[str]) -> str:
        """Sentences as a paragraph."""
        return self.between_sentences.join(sentence for sentence in sentences if sentence)

    def series(self, items: Iterable[str]) -> str:
        """Items in sequence, with their separator: "a, b, c"."""
        return str(self.phrases.get("separator", ", ")).join(items)

    def rows(self, items: Iterable[str]) -> str:
        """Items that themselves contain separators, in sequence: "a 1, 2; b 3"."""
        return str(self.phrases.get("row-separator", "; ")).join(items)

    def listing(self, items: Sequence[str]) -> str:
        """The items as a list in a sentence: "a", "a and b", "a, b and c"."""
        if len(items) < 2:
            return "".join(items)
        return self.say("listing", first=self.series(items[:-1]), last=items[-1])

    def labels(self) -> dict[str, str]:
        """The fixed phrases of a page, by the part of their names after ``label.``, and the separator between sentences."""
        between = {"between-sentences": self.between_sentences}
        # Sorted, so that they are the same wherever they were read from.
        keys = sorted(key.removeprefix("label.") for key in self.phrases if key.startswith("label."))
        return between | {key: self.say_of("label", key) for key in keys}

    def date(self, day: date) -> str:
        """A date as the language writes it."""
        from babel.dates import format_date  # which a ranking does not need

        return format_date(day, format="long", locale=_locale(self.locale or self.language, self.file))

    def partial_date(self, text: str) -> str:
        """A day, a month or a year (``2025-11-02``, ``2025-11``, ``2025``) as the language writes it."""
        from babel.dates import format_skeleton

        if text.count("-") == 2:
            return self.date(date.fromisoformat(text))
        locale = _locale(self.locale or self.language, self.file)
        first = date.fromisoformat(f"{text}-01" if "-" in text else f"{text}-01-01")
        return format_skeleton("yMMMM" if "-" in text else "y", first, locale=locale)

    def heading(self, key: str) -> str:
        """The heading of a column or section."""
        return self.say_of("heading", key)


def phrases_carried(language: str, wording: Any) -> Phrases:
    """The phrases of a language with an organisation's own as carried in a memo, which are checked like a file.

    Raises:
        PolicyOptionsError: no file could contain them.
    """
    file = "the carried wording"
    tree = read_yaml(json.dumps(wording, ensure_ascii=False, indent=0).encode("utf-8", "surrogatepass"), file)
    if tree.faults:
        raise PolicyOptionsError(tree.faults)
    return phrases_with(language, tree.data, file)


def _is_own(folder: Path, name: str) -> bool:
    """Whether a folder has the file, and it is not a link to one outside the folder."""
    path = folder / name
    return path.is_file() and path.resolve().is_relative_to(folder.resolve())


def load_phrases(language: str, templates: Sequence[Path] = ()) -> Phrases:
    """Read the phrases of a language from the first folder that has them, with the shipped ones as a fallback.

    Raises:
        PolicyOptionsError: the language has no phrases, or the file is faulty.
    """
    name = f"wording/{language}.yaml"
    folders = [*templates, shipped("templates")]
    path = next((folder / name for folder in folders if _is_own(folder, name)), None)
    if path is None:
        known = sorted({found.stem for folder in folders for found in (folder / "wording").glob("*.yaml")})
        raise PolicyOptionsError.of(
            "language",
            f"there is no wording for the language `{language}`",
            f"write templates/{name}, or use one of: {', '.join(known)}",
            ids=(language,),
        )
    with path.open("rb") as stream:
        tree = read_yaml(stream.read(limits.MAX_FILE_BYTES + 1), str(path))
    if tree.faults:
        raise PolicyOptionsError(tree.faults)
    is_shipped = path.resolve() == (shipped("templates") / name).resolve()
    return phrases_with(language, tree.data, str(path), is_own=not is_shipped)


def phrases_with(language: str, found: Any, file: str, *, is_own: bool = True) -> Phrases:
    """The phrases of a language as a file has them; the shipped ones replace any that an organisation's file lacks.

    Its own are those that differ from the shipped ones: a copy of the shipped file, wherever it is, has none.

    Raises:
        PolicyOptionsError: the file is faulty.
    """
    phrases = own = found
    shipped_one = shipped("templates") / f"wording/{language}.yaml"
    if is_own and isinstance(found, dict) and shipped_one.is_file():
        # An organisation words what it likes; other phrases remain, including those that newer versions add.
        usual = read_yaml(shipped_one.read_bytes(), str(shipped_one)).data
        phrases = {**usual, **found}
        own = {key: phrase for key, phrase in found.items() if usual.get(key) != phrase} or None
    numbers = phrases.get("numbers", {}) if isinstance(phrases, dict) else None
    locale = phrases.get("locale", language) if isinstance(phrases, dict) else None
    if not isinstance(numbers, dict) or not isinstance(locale, str):
        raise PolicyOptionsError.of(
            "wording",
            "a file of phrases is a mapping, its locale is text, and its numbers hold decimal-mark and grouping",
            "see the shipped wording",
            place=Place(file),
        )
    if is_own and isinstance(found, dict):
        _refuse_no_phrases(found, file)
    return Phrases(language, _marks(numbers, locale, file), phrases, file, own if is_own else None, locale)


def _refuse_no_phrases(own: Mapping[str, Any], file: str) -> None:
    """Refuse entries that are neither a phrase nor the forms of one.

    Raises:
        PolicyOptionsError: with the first such key.
    """
    for key, phrase in own.items():
        forms = phrase.values() if isinstance(phrase, Mapping) else (phrase,)
        if key != "numbers" and not (forms and all(isinstance(form, str) for form in forms)):
            raise PolicyOptionsError.of(
                "wording",
                f"the phrase `{clip(key, 60)}` is no text",
                "write the text, or its forms by count (one, other), in quotes",
                place=Place(file),
            )


def _marks(given: Mapping[str, Any], locale: str, file: str) -> Numbers:
    """The number format: as in the file, else as in the locale."""
    if {"decimal-mark", "grouping", "percentage"} <= given.keys():
        return _numbers(given, file)
    known = _locale(locale, file)
    symbols = known.number_symbols["latn"]
    usual = {
        "decimal-mark": symbols["decimal"],
        "grouping": symbols["group"],
        "percentage": re.sub(r"[#0,.]+", "{}", known.percent_formats[None].pattern.partition(";")[0], count=1),
    }
    return _numbers({**usual, **given}, file)


def _numbers(marks: Mapping[str, Any], file: str) -> Numbers:
    """Refuse signs that would change a number: the decimal sign must exist, and none may contain digits."""
    decimal, grouping, percentage = (marks[key] for key in ("decimal-mark", "grouping", "percentage"))
    texts = all(isinstance(mark, str) for mark in (decimal, grouping, percentage))
    if not texts or not (
        _DECIMAL.fullmatch(decimal)
        and (not grouping or _MARK.fullmatch(grouping))
        and decimal != grouping
        and _PERCENTAGE.fullmatch(percentage)
    ):
        raise PolicyOptionsError.of(
            "number-marks",
            "the marks of numbers change what a number says",
            "give one sign each for decimal-mark and grouping that is no digit, letter or minus, not the same one for both "
            "(grouping may be empty, and alone may be a space), and a percentage such as '{} %', with one per cent sign",
            place=Place(file),
        )
    return Numbers(decimal, grouping, percentage)


def _locale(name: str, file: str) -> Locale:
    from babel import Locale, UnknownLocaleError  # a twentieth of a second, which English files save themselves

    try:
        return Locale.parse(name, sep="-")
    except (ValueError, UnknownLocaleError):
        raise PolicyOptionsError.of(
            "locale",
            f"there is no locale `{name}`",
            "write one such as en-GB",
            ids=(name,),
            place=Place(file),
        ) from None
