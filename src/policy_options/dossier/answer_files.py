"""Interviews about weights on disk: the answers of unfinished ones, files of answers, and restoring the state from
either.

This module reads the file of answers, with a place for every fault, and writes it. The analysis decides what is asked
and what the answers give; ``drafting`` makes a weight set of a finished interview.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Final, Literal

from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

from policy_options.analysis.elicitation.answers import Across
from policy_options.analysis.elicitation.interview import Interview, answered, next_question, texts_of
from policy_options.analysis.elicitation.methods import METHODS
from policy_options.dossier import limits
from policy_options.dossier.contents import WEIGHTS, Contents
from policy_options.dossier.emitting import emit
from policy_options.dossier.links import refuse_leaving
from policy_options.dossier.models.base import FORMAT, Date, DossierFile, Line, Many, Prose, check_id, fault
from policy_options.dossier.plain_words import kind_of
from policy_options.dossier.ranges import ranges_now, spelt
from policy_options.dossier.reading import Tree, read_yaml
from policy_options.dossier.scalars import decoded, hidden_in
from policy_options.dossier.validation import validate
from policy_options.errors import Fault, Place, PolicyOptionsError, as_written

__all__ = [
    "AnswersFile",
    "GivenAnswers",
    "checked_text",
    "fingerprint_of_ranges",
    "on_these_ranges",
    "read_answers",
    "refuse_taken",
    "replayed",
    "state_path",
    "state_text",
    "unfinished",
]

_HEAD: Final = (
    "# The answers so far of an interview that is not finished: policy-options weights elicit {id} goes on with it.\n"
    "# Delete the file to begin afresh.\n"
)


def _answer(value: Any) -> tuple[str, str]:
    """One entry of ``answers``: the key of a question, and the answer."""
    if not isinstance(value, dict) or len(value) != 1:
        raise fault(
            "answers-entry", "an answer is the key of one question with what was answered", "write rate/noise: 60"
        )
    ((key, said),) = value.items()
    if said.__class__ is int or said.__class__ is float:
        said = as_written(said)
    if not isinstance(said, str):
        raise fault("answers-entry", f"what answers `{key}` is no text and no number", "write it in quotes")
    return key, said


def _method(value: Any) -> str:
    names = [name for name, method in METHODS.items() if method.interviews]
    if value not in names:
        raise fault(
            "method", f"{kind_of(value)} is no method that is asked in the terminal", f"write one of {', '.join(names)}"
        )
    return str(value)


class AnswersFile(DossierFile):
    """A file of answers: those of an unfinished interview, or prepared beforehand."""

    method: Annotated[str, BeforeValidator(_method)] | None = None
    across: Literal["leaves", "siblings"] | None = None
    holder: Line | None = None
    title: Line | None = None
    because: Prose | None = None
    date: Date | None = None
    ranges: str | None = None
    answers: Many[Annotated[tuple[str, str], BeforeValidator(_answer)]] = ()


@dataclass(frozen=True, eq=False, slots=True)
class GivenAnswers:
    """Answers as read: by the keys of their questions, or ``lines`` in the order of the questions.

    ``places`` gives the place of each, and ``raw`` is the file as read.
    """

    file: str
    raw: bytes
    head: AnswersFile
    lines: tuple[str, ...] | None
    places: tuple[Place, ...]


def state_path(contents: Contents, id: str) -> Path:
    """Where an unfinished interview is stored: under a dot name, which no reader takes for a weight set.

    Raises:
        PolicyOptionsError: a link leads outside the dossier there.
    """
    path = contents.root / WEIGHTS / f".{id}.answers.yaml"
    refuse_leaving(contents.root, path)
    return path


def unfinished(root: Path) -> list[str]:
    """The ids of unfinished interviews, from their files' names alone."""
    return sorted(path.name[1:].removesuffix(".answers.yaml") for path in (root / WEIGHTS).glob(".*.answers.yaml"))


def refuse_taken(contents: Contents, id: str) -> None:
    """Refuse an id that no new set can have.

    Raises:
        PolicyOptionsError: it is not an id, or there is a file of that name.
    """
    try:
        check_id(id)
    except PydanticCustomError as refusal:
        remedy = str((refusal.context or {})["remedy"])
        raise PolicyOptionsError.of(
            "id", f"the set's name is an id, and {refusal.message()}", remedy, ids=(id,)
        ) from None
    name = f"{WEIGHTS}/{id}.yaml"
    refuse_leaving(contents.root, contents.root / name)
    if id in contents.known[WEIGHTS] or (contents.root / name).exists():
        raise PolicyOptionsError.of(
            "file-exists",
            f"there is a weight set `{id}` already, and it is never overwritten",
            "choose another id",
            ids=(id,),
            place=Place(name),
        )


def fingerprint_of_ranges(contents: Contents) -> str:
    """The first 16 digits of the SHA-256 of all ranges that the judgements are about, however units are spelt."""
    ranges = {name: {**one, "unit": " ".join(spelt(one["unit"]))} for name, one in ranges_now(contents).items()}
    return _digest(ranges)


def on_these_ranges(contents: Contents, fingerprint: str) -> bool:
    """Whether a fingerprint matches the present ranges; earlier ones were taken with the units as typed."""
    return fingerprint in (fingerprint_of_ranges(contents), _digest(ranges_now(contents)))


def _digest(ranges: dict[str, dict[str, Any]]) -> str:
    told = json.dumps(ranges, sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def checked_text(key: Literal["title", "holder", "rationale"], text: str) -> str:
    """A title, holder or rationale from a person, in a form that a weight set can contain.

    Raises:
        PolicyOptionsError: it is empty, too long, or has an invisible character.
    """
    text = " ".join(text.split())
    hidden = hidden_in(text, escaped=True)
    if hidden is not None or "\N{REPLACEMENT CHARACTER}" in text or any(0xD800 <= ord(c) < 0xE000 for c in text):
        what = hidden[1] if hidden else "a character that is no text"
        raise PolicyOptionsError.of(
            "hidden-character", f"the {key} has {what}, which cannot be seen", "give it without"
        )
    name = "because" if key == "rationale" else key
    tree = read_yaml(emit({"format": FORMAT, name: text}).encode(), key)
    _, faults = validate(AnswersFile, tree)
    if faults:
        raise PolicyOptionsError(replace(fault, message=f"the {key}: {fault.message}", place=None) for fault in faults)
    return text


def read_answers(path: Path, file: str) -> GivenAnswers:
    """Read a file of answers: YAML with ``answers:``, or plain lines, one per answer, with comments after #.

    Raises:
        PolicyOptionsError: it cannot be read, or does not follow the format.
    """
    try:
        with path.open("rb") as stream:
            raw = stream.read(limits.MAX_FILE_BYTES + 1)
    except OSError as error:
        raise PolicyOptionsError.of(
            "file-unreadable",
            f"the answers cannot be read: {error.strerror or error}",
            "check the name and its permissions",
            place=Place(file),
        ) from None
    text = decoded(raw, file)
    if not any(line.startswith("answers:") for line in text.splitlines()):
        return _plain_lines(raw, text, file)
    tree = read_yaml(raw, file)
    head, faults = validate(AnswersFile, tree)
    if faults or head is None:
        raise PolicyOptionsError(faults)
    return GivenAnswers(file, raw, head, None, _places(tree, len(head.answers)))


def _places(tree: Tree, count: int) -> tuple[Place, ...]:
    return tuple(tree.place(("answers", index)) for index in range(count))


def _plain_lines(raw: bytes, text: str, file: str) -> GivenAnswers:
    lines, places = [], []
    for number, line in enumerate(text.splitlines(), start=1):
        said = line.partition("#")[0].strip()
        if said:
            lines.append(said)
            places.append(Place(file, number, 1))
    return GivenAnswers(file, raw, AnswersFile(format=FORMAT), tuple(lines), tuple(places))


def replayed(interview: Interview, given: GivenAnswers) -> Interview:
    """Apply these answers to an interview, as far as they go.

    Raises:
        PolicyOptionsError: one does not answer its question, or is left over.
    """
    if given.lines is not None:
        return _by_line(interview, given, given.lines)
    left: dict[str, tuple[str, Place]] = {}
    for (key, text), place in zip(given.head.answers, given.places, strict=True):
        if key in left:
            raise PolicyOptionsError.of("answered-twice", f"`{key}` is answered twice", "keep one", place=place)
        left[key] = (text, place)
    question = next_question(interview)
    while question is not None and question.key in left:
        interview = _said(interview, *left.pop(question.key))
        question = next_question(interview)
    if left and question is not None:
        first = next(iter(left))
        raise PolicyOptionsError.of(
            "answer-missing",
            f"there is no answer to `{question.key}`, which is asked before `{first}`",
            "write it, or correct the key",
            place=left[first][1],
        )
    if left:
        raise PolicyOptionsError(
            Fault("unknown-question", f"`{key}` is no question of this interview", "delete it", place=place)
            for key, (_, place) in left.items()
        )
    return interview


def _by_line(interview: Interview, given: GivenAnswers, lines: Sequence[str]) -> Interview:
    for index, line in enumerate(lines):
        if next_question(interview) is None:
            raise PolicyOptionsError.of(
                "answers-left",
                f"all {index} questions are answered, and {len(lines) - index} lines are left",
                "delete them; holder, title and rationale are options",
                place=given.places[index],
            )
        interview = _said(interview, line, given.places[index])
    return interview


def _said(interview: Interview, text: str, place: Place) -> Interview:
    question = next_question(interview)
    try:
        return answered(interview, text)
    except PolicyOptionsError as error:
        key = question.key if question else ""
        raise PolicyOptionsError(
            replace(fault, message=f"no answer to `{key}`: {fault.message}", remedy="", place=place, path=())
            for fault in error.faults
        ) from None


def state_text(
    contents: Contents,
    id: str,
    interview: Interview,
    *,
    holder: str | None,
    title: str | None,
    because: str | None,
    day: date | None,
) -> str:
    """The file of an unfinished interview."""
    across: Across = interview.across
    head = {
        "format": FORMAT,
        "method": interview.method,
        "across": across,
        "holder": holder,
        "title": title,
        "because": because,
        "date": day.isoformat() if day else None,
        "ranges": fingerprint_of_ranges(contents),
    }
    told = {key: value for key, value in head.items() if value is not None}
    answers = [{key: text} for key, text in texts_of(interview)]
    return _HEAD.format(id=id) + emit({**told, "answers": answers})
