"""Changes in a book by a three-way comparison: the book, the files, and what the book was made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from policy_options.dossier.contents import Contents
from policy_options.dossier.plain_words import named
from policy_options.errors import Fault, Place, PolicyOptionsError, as_written
from policy_options.exchange.workbook.inputs import Inputs, Key, Value, fingerprinted, inputs_of
from policy_options.exchange.workbook.reading import Book, BookCell

__all__ = ["Change", "Differences", "Side", "WhatIf", "compared", "refuse_conflicts", "resolved", "said"]

Side = Literal["book", "files"]
Unit = tuple[str, ...]
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Change:
    """An input changed in the book: what the files have now, and what the book has.

    ``conflict`` says why the two cannot both be right: the score or weight set was changed in the files too, or the
    range it is given on. ``lost`` says that the files no longer have this input.
    """

    key: Key
    place: str
    old: Value
    new: Value
    conflict: str = ""
    lost: bool = False

    @property
    def name(self) -> str:
        """The input in words: option/criterion and its part, or set and criterion."""
        return (
            f"{self.key[1]}/{self.key[2]} {self.key[3]}" if self.key[0] == "score" else f"{self.key[1]} {self.key[2]}"
        )


@dataclass(frozen=True, slots=True)
class WhatIf:
    """Weights tried out in place of derived ones: the whole column, in any unit, and the changes made to it."""

    column: str
    numbers: Mapping[str, float]
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Differences:
    """Changed inputs, and what-ifs, which are not inputs of the files."""

    changes: tuple[Change, ...]
    what_ifs: tuple[WhatIf, ...]
    inputs: Inputs


def said(value: Value) -> str:
    """A value as shown in a line."""
    if value is None:
        return "(empty)"
    if isinstance(value, tuple):
        return ", ".join(value) or "none"
    if isinstance(value, float):
        return as_written(value)
    text = " ".join(value.split())
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"


def compared(book: Book, contents: Contents) -> Differences:
    """Find the changes in a book against the files of a dossier.

    Raises:
        PolicyOptionsError: the book was made from another dossier (``other-dossier``).
    """
    fingerprint, decision = book.fingerprint, contents.decision.model
    if fingerprint.dossier != decision.id:
        raise PolicyOptionsError.of(
            "other-dossier",
            f"the workbook was made from the dossier {named(fingerprint.dossier)}, and this is `{decision.id}`",
            "name the folder of the other dossier with --dossier",
            place=Place(book.name),
        )
    inputs = inputs_of(contents, numbered=fingerprint.public)
    reasons = _Reasons(book, inputs)
    judged_now = {column.id: column.judged for column in inputs.columns}
    changes: list[Change] = []
    tried: dict[str, list[Change]] = {}
    for key, cell in book.cells.items():
        base, new = fingerprint.values[key], fingerprinted(key, cell.value)
        if new == base:
            continue
        if key[0] == "weight" and not fingerprint.judged[key[1]]:
            tried.setdefault(key[1], []).append(Change(key, cell.place, float(base), cell.value))
            continue
        lost = key not in inputs.values or (key[0] == "weight" and not judged_now.get(key[1], False))
        now = inputs.values.get(key)
        if not lost and fingerprinted(key, now) == new:
            continue  # the files already have it
        changes.append(Change(key, cell.place, now, cell.value, "" if lost else reasons.of(key), lost))
    what_ifs = tuple(WhatIf(column, _column(book.cells, column), tuple(of)) for column, of in tried.items())
    return Differences(tuple(changes), what_ifs, inputs)


def _column(cells: Mapping[Key, BookCell], column: str) -> dict[str, float]:
    return {
        key[2]: cell.value
        for key, cell in cells.items()
        if key[0] == "weight" and key[1] == column and isinstance(cell.value, float)
    }


def _unit(key: Key) -> Unit:
    """The unit that is judged as a whole: a score with its bounds and reasons, or the numbers of a weight set."""
    return key[:3] if key[0] == "score" else key[:2]


class _Reasons:
    """Why the files no longer match what the book was made from, by unit."""

    def __init__(self, book: Book, inputs: Inputs) -> None:
        fingerprint = book.fingerprint
        self._moved: dict[Unit, str] = {}
        for key, base in fingerprint.values.items():
            now = inputs.values.get(key)
            if fingerprinted(key, now) != base and key in inputs.values:
                what = key[3] if key[0] == "score" else key[2]
                self._moved.setdefault(_unit(key), f"in the files, {what} was {_base(base)} and is {said(now)}")
        added = {key for key in inputs.values if key[0] == "weight" and key not in fingerprint.values}
        for key in added:
            self._moved.setdefault(_unit(key), f"the files now judge {key[2]} too")
        self._ranges = {name for name, found in fingerprint.ranges.items() if inputs.ranges.get(name) != found}

    def of(self, key: Key) -> str:
        """Why the unit of an input differs in the files; empty if it does not."""
        moved = self._moved.get(_unit(key), "")
        if not moved and key[2] in self._ranges:
            return f"the scale of {key[2]} has changed in the files"
        return moved


def _base(base: Any) -> str:
    if isinstance(base, str) and base.startswith("sha256:"):
        return "another text"
    return said(tuple(base) if isinstance(base, list) else base)


def refuse_conflicts(book: Book, found: Differences, take: Side | None) -> None:
    """Refuse what both sides changed until one side is chosen, and what no longer has a place.

    Raises:
        PolicyOptionsError: each such cell, with the values in the book and in the files.
    """
    faults = []
    for change in found.changes:
        if change.lost and take != "files":
            message = f"{change.name}: the files have no such input any more"
            remedy = "write --take files to leave it out"
            faults.append(Fault("input-gone", message, remedy, change.key[1:3], book.place(change.place)))
        elif change.conflict and take is None:
            message = (
                f"{change.name}: the book has {said(change.new)}, the files have {said(change.old)}; {change.conflict}"
            )
            remedy = "write --take book or --take files"
            faults.append(Fault("changed-in-both", message, remedy, change.key[1:3], book.place(change.place)))
    if faults:
        raise PolicyOptionsError(faults)


def resolved(found: Differences, take: Side | None) -> tuple[Change, ...]:
    """The changes to make: those that nothing contradicts, and with ``book`` the others too."""
    return tuple(change for change in found.changes if take == "book" or not (change.conflict or change.lost))
