"""Questions of a terminal interview as data, and parsing of one answer by its form alone.

Each method decides which questions there are (``method.Method.questions``); ``interview`` decides which is next and
what the answers give, and ``wording`` phrases them.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final, Literal

from policy_options.analysis.elicitation.answers import Interval
from policy_options.analysis.elicitation.results import Consistency
from policy_options.errors import PolicyOptionsError, as_written

__all__ = [
    "MOST_BESIDE",
    "Answer",
    "Comparison",
    "Interim",
    "Kind",
    "Question",
    "accept",
    "as_text",
    "key_at",
    "picked",
]

Kind = Literal["first", "rate", "place", "pair", "best", "worst", "best-to", "to-worst", "check"]

MOST_BESIDE: Final = 10_000.0
"""The largest answer to the redundant question: a swing may matter a hundred times as much as the one it is compared with."""
MOST_TIMES: Final = 9
_NUMBER: Final = re.compile(r"[0-9]{1,6}(?:\.[0-9]{1,6})?\Z")
_OF_A_HUNDRED: Final = re.compile(r"(?<=[0-9])\s*%")
_BOUNDS: Final = re.compile(r"([0-9.]+)\s*(?:-|–|—|−|\.\.|\bto\b)\s*([0-9.]+)\Z")
_BETWEEN: Final = re.compile(r"[\s=,;>:]+")


@dataclass(frozen=True, slots=True)
class Question:
    """One question. ``key`` identifies it within the interview; ``node`` is the group within which it is asked, "" for
    the root.

    ``about`` lists the swings that it concerns: for ``rate`` and ``check`` the one that is judged and the one that is
    100, for ``pair`` the two, for ``best-to`` and ``to-worst`` first the one that matters more, and for the others all
    that can be named. ``choices`` are those that an answer may name, in the order in which they are numbered.
    """

    key: str
    kind: Kind
    node: str
    about: tuple[str, ...]
    choices: tuple[str, ...] = ()

    @property
    def numbered(self) -> bool:
        """Whether a choice may be given by its number; not where the number could be mistaken for an id."""
        return not any(name.isdecimal() for name in self.choices)


@dataclass(frozen=True, slots=True)
class Comparison:
    """How many times as much one swing matters as another, 1 if they matter equally."""

    more: str
    less: str
    times: float


@dataclass(frozen=True, slots=True)
class Interim:
    """What the last answer shows about its node.

    ``consistency`` is that of the judgements among ``among``, or of those on the one swing ``about``, whose two grades
    have a ``product`` that ought to be ``most``, the best over the worst. ``shares`` are those of the node's children,
    once all of its questions are answered.
    """

    node: str
    among: tuple[str, ...]
    consistency: Consistency | None = None
    shares: tuple[float, ...] = ()
    about: str | None = None
    product: float = 0.0
    most: float = 0.0


Answer = tuple[str, ...] | float | Interval | Comparison


def picked(answer: Answer) -> tuple[str, ...]:
    """The ids that an answer names."""
    return answer if isinstance(answer, tuple) else ()


def key_at(name: str, node: str) -> str:
    """The key of a question that is asked once in each node."""
    return f"{name}/{node}" if node else name


def accept(question: Question, text: str) -> Answer:
    """Parse the answer to a question.

    Raises:
        PolicyOptionsError: the text does not have the form that the question asks for (``answer-form``).
    """
    # Digits and signs from an East Asian keyboard count as the same digits and signs.
    text = unicodedata.normalize("NFKC", text).strip().lower()
    if question.kind in ("first", "best", "worst"):
        named = _named(question, text)
        if len(named) != 1:
            raise _refused(f"{len(named)} are named, and one is asked for")
        return named
    if question.kind == "place":
        named = _named(question, text.replace(">", " "))
        if len(named) > 1 and (">" in text or text.count("=") != len(named) - 1):  # an order must not be read as a tie
            raise _refused("several are named: put = between those that matter equally, or name the next one alone")
        return named
    if question.kind == "pair":
        return _comparison(question, text)
    if question.kind in ("rate", "check"):  # 60% of a swing that is 100 is 60
        text = _OF_A_HUNDRED.sub("", text)
    if question.kind == "rate":
        bounds = _BOUNDS.match(text)
        if bounds is not None:
            low, high = _number(bounds[1]), _number(bounds[2])
            return Interval(low, high) if low != high else low
        return _number(text)
    number = _number(text)
    if question.kind == "check" and number > MOST_BESIDE:
        raise _refused(f"{as_written(number)} is more than {as_written(MOST_BESIDE)}")
    return number


def as_text(answer: Answer) -> str:
    """An answer as text that parses to the same answer, with ids in place of numbers in a list."""
    if isinstance(answer, tuple):
        return " = ".join(answer)
    if isinstance(answer, Interval):
        return f"{as_written(answer.low)}-{as_written(answer.high)}"
    if isinstance(answer, Comparison):
        return "=" if answer.times == 1.0 else f"{answer.more} {as_written(answer.times)}"
    return as_written(answer)


def _number(text: str) -> float:
    if _NUMBER.match(text) is None:
        raise _refused(f"`{_short(text)}` is no number of that form" if text else "there is no answer")
    return float(text)


def _named(question: Question, text: str) -> tuple[str, ...]:
    tokens = [token for token in _BETWEEN.split(text) if token]
    if not tokens:
        raise _refused("there is no answer")
    named = tuple(_choice(question, token) for token in tokens)
    twice = next((name for name in named if named.count(name) > 1), None)
    if twice is not None:
        raise _refused(f"`{twice}` is named twice")
    return named


def _choice(question: Question, token: str) -> str:
    choices = question.choices
    if token in choices:
        return token
    if question.numbered and token.isdecimal() and len(token) < 4 and 1 <= int(token) <= len(choices):
        return choices[int(token) - 1]
    among = f"1 to {len(choices)}, and no id of these" if question.numbered else f"the ids {', '.join(choices)}"
    raise _refused(f"`{_short(token)}` is none of {among}")


def _comparison(question: Question, text: str) -> Comparison:
    first, second = question.choices
    if text == "=":
        return Comparison(first, second, 1.0)
    tokens = [token for token in _BETWEEN.split(text) if token]
    if len(tokens) != 2:
        raise _refused("say which of the two matters more, and how many times as much")
    more, times = _choice(question, tokens[0]), _number(tokens[1])
    if times < 1:
        raise _refused(f"{as_written(times)} times is less than equally: name the other one")
    less = second if more == first else first
    return Comparison(more, less, times) if times > 1 else Comparison(first, second, 1.0)


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"


def _refused(message: str) -> PolicyOptionsError:
    return PolicyOptionsError.of("answer-form", message)
