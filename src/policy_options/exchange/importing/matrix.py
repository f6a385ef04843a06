"""The result of reading any format: options, criteria and scores, each with the place where it was found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from policy_options.errors import Fault, Place

__all__ = [
    "UNKNOWN_SCORE",
    "At",
    "Direction",
    "ImportedCriterion",
    "ImportedGroup",
    "ImportedLevel",
    "ImportedMatrix",
    "ImportedOption",
    "ImportedScore",
    "ImportedWeights",
]

Direction = Literal["more-is-better", "less-is-better"]


@dataclass(frozen=True, slots=True)
class At:
    """Where something was read: a file, its name in the file (such as ``Scores!C4``), and row and column if it has them."""

    file: str
    name: str = ""
    row: int | None = None
    column: int | None = None

    @property
    def place(self) -> Place:
        """The place of a fault."""
        return Place(self.file, self.row, None if self.row is None else self.column or 1)

    def fault(self, code: str, message: str, remedy: str = "") -> Fault:
        """A fault here, whose message begins with the name if there is one."""
        return Fault(code, f"{self.name}: {message}" if self.name else message, remedy, place=self.place)

    def __str__(self) -> str:
        return self.name or (self.file if self.row is None else f"{self.file}:{self.row}")


@dataclass(frozen=True, slots=True)
class ImportedOption:
    """A row of the matrix."""

    id: str
    title: str
    at: At
    summary: str | None = None


@dataclass(frozen=True, slots=True)
class ImportedLevel:
    """A level of an ordered scale, from low to high in the unit; ``position`` is the number that the file gives it."""

    id: str
    title: str
    position: float | None = None


@dataclass(frozen=True, slots=True)
class ImportedGroup:
    """An inner node of the value tree; ``groups`` are the ids above it."""

    id: str
    title: str
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportedCriterion:
    """A column of the matrix. ``None`` marks what the file does not state; ``points`` are corners of a value function."""

    id: str
    title: str
    at: At
    unit: str | None = None
    direction: Direction | None = None
    low: float | None = None
    high: float | None = None
    levels: tuple[ImportedLevel, ...] = ()
    points: tuple[tuple[float, float], ...] = ()
    groups: tuple[str, ...] = ()
    low_means: str | None = None
    high_means: str | None = None


@dataclass(frozen=True, slots=True)
class ImportedScore:
    """A score: a number or the id of a level, with a range if there is one; ``likely`` is ``None`` if unknown."""

    likely: float | str | None
    low: float | str | None = None
    high: float | str | None = None
    note: str | None = None


UNKNOWN_SCORE: Final = ImportedScore(None)


@dataclass(frozen=True, slots=True)
class ImportedWeights:
    """A weight set: the input of its method (``judgements`` or ``pairwise``), by ids, as in the file."""

    id: str
    title: str
    answers: Mapping[str, Any]
    at: str
    method: str = "points"
    across: Literal["leaves", "siblings"] = "leaves"
    holder: str | None = None


@dataclass(frozen=True, slots=True)
class ImportedMatrix:
    """All that was read. ``scores`` has a row for each option and a column for each criterion.

    ``read`` says what was read from where, ``left_out`` what was not and why, ``assumed`` what the file does not state
    and how that was settled: one sentence each, for the summary.
    """

    source: str
    form: str
    options: tuple[ImportedOption, ...]
    criteria: tuple[ImportedCriterion, ...]
    scores: tuple[tuple[ImportedScore, ...], ...]
    title: str | None = None
    groups: tuple[ImportedGroup, ...] = ()
    weights: tuple[ImportedWeights, ...] = ()
    read: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    assumed: tuple[str, ...] = field(default=())
