"""The inputs of a dossier that people may change in a workbook, by key: their values in the files, and in a fingerprint."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from policy_options.analysis.elicitation.deriving import nodes_of
from policy_options.analysis.elicitation.methods import METHODS
from policy_options.dossier.contents import Contents
from policy_options.dossier.eliciting import paths_of, weighting
from policy_options.dossier.models.option import Score
from policy_options.dossier.models.weight_set import WeightSet, WithAnswers
from policy_options.dossier.ranges import ranges_now
from policy_options.dossier.without_names import sources_without_names

__all__ = [
    "FIELDS",
    "Column",
    "Inputs",
    "Key",
    "Value",
    "cited_as",
    "columns_of",
    "digest",
    "fingerprinted",
    "inputs_of",
    "plain_text",
]

FIELDS: Final = ("low", "likely", "high", "confidence", "rationale", "evidence")
"""The parts of a score that are inputs, in the order of the columns."""

Key = tuple[str, ...]
"""``("score", option, criterion, field)`` or ``("weight", set or set/participant, node)``."""
Value = float | str | tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Column:
    """The weights of one person or set, as a column of inputs.

    ``judged`` ones are the numbers of the file; the others are derived weights in per cent, which may be changed as a
    what-if but are never written back to the file. ``person`` is the index of the participant.
    """

    id: str
    set_id: str
    person: int | None
    judged: bool
    across: Literal["leaves", "siblings"]
    numbers: Mapping[str, float]


@dataclass(frozen=True)
class Inputs:
    """All inputs by key, the columns of weights, and a digest of the range of each criterion.

    ``sources`` are the own ids of interviews and workshops that have others here.
    """

    values: dict[Key, Value]
    columns: tuple[Column, ...]
    ranges: dict[str, str]
    sources: Mapping[str, str] = field(default_factory=dict)


def plain_text(text: str) -> str:
    """A text in a form for comparison: line ends of all systems are equal, and surrounding white space is ignored."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def digest(data: Any) -> str:
    """The first 16 digits of the SHA-256 of data."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def fingerprinted(key: Key, value: Value) -> Any:
    """An input as stored in the fingerprint: free text as a digest, everything else exactly."""
    if key[0] == "score" and key[3] == "rationale" and isinstance(value, str):
        return f"sha256:{digest(value)}"
    return list(value) if isinstance(value, tuple) else value


def inputs_of(contents: Contents, *, numbered: bool = False) -> Inputs:
    """The inputs of a dossier. With ``numbered``, people and interviews have the ids of a dossier without names."""
    numbers = sources_without_names(contents) if numbered else {}
    values: dict[Key, Value] = {}
    for option, entry in contents.options.items():
        for criterion, score in entry.model.scores.items():
            values.update((("score", option, criterion, name), _field(score, name, numbers)) for name in FIELDS)
    columns = columns_of(contents, numbered=numbered)
    for column in columns:
        values.update((("weight", column.id, node), number) for node, number in column.numbers.items())
    ranges = {name: digest(found) for name, found in ranges_now(contents).items()}
    return Inputs(values, columns, ranges, {other: own for own, other in numbers.items()})


def cited_as(claims: tuple[str, ...], ids: Mapping[str, str]) -> tuple[str, ...]:
    """Claims with other ids of their sources."""
    parts = [claim.partition("/") for claim in claims]
    return tuple(f"{ids.get(source, source)}{slash}{rest}" for source, slash, rest in parts)


def _field(score: Score, name: str, numbers: Mapping[str, str]) -> Value:
    value = getattr(score, name)
    if name == "evidence" and value is not None:
        return cited_as(tuple(value), numbers)
    return plain_text(value) if name == "rationale" and value is not None else value


def columns_of(contents: Contents, *, numbered: bool = False) -> tuple[Column, ...]:
    """One column for each set of one person, and for each participant of the others; the decision's set comes first."""
    default = contents.decision.model.weights
    found: list[Column] = []
    for set_id in sorted(contents.weight_sets, key=lambda name: (name != default, name)):
        model = contents.weight_sets[set_id].model
        if not model.participants:
            found.append(_column(contents, set_id, set_id, model, model, None))
        for index, person in enumerate(model.participants):
            shown = f"{set_id}/participant-{index + 1}" if numbered else f"{set_id}/{person.id}"
            found.append(_column(contents, shown, f"{set_id}/{person.id}", model, person, index))
    return tuple(found)


def _column(
    contents: Contents, shown: str, id: str, model: WeightSet, given: WithAnswers, person: int | None
) -> Column:
    set_id = id.partition("/")[0]
    numbers = {name: answer for name, answer in given.judgements.items() if isinstance(answer, float)}
    proportional = METHODS[model.method].proportional and len(numbers) == len(given.judgements)
    if proportional and _all_rated(contents, model, numbers):
        return Column(shown, set_id, person, True, model.across, numbers)
    weights = weighting(contents, id).weights
    shares = {name: 100.0 * share for name, share in zip(weights.criteria, weights.shares.tolist(), strict=True)}
    return Column(shown, set_id, person, False, "leaves", shares)


def _all_rated(contents: Contents, model: WeightSet, numbers: Mapping[str, float]) -> bool:
    """Whether the numbers alone determine the weights: each node is rated, except in groups without weight."""
    nodes = nodes_of(paths_of(contents), model.across)
    nothing: set[str] = set()
    for parent, children in nodes.items():
        if parent in nothing:
            nothing.update(children)
            continue
        if not all(child in numbers for child in children):
            return False
        nothing.update(child for child in children if numbers[child] == 0.0)
    return True
