"""The only error type, and its parts: faults, each with a place if known.

Nothing here words a fault for a reader or prints it: ``wording.faults`` renders, ``cli`` prints.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

__all__ = ["Fault", "Place", "PolicyOptionsError", "Severity", "as_ratio", "as_written"]

Severity = Literal["error", "finding"]


def as_written(number: float) -> str:
    """A number for a message: with every digit, since the reader looks for it in a file, but no ``.0`` after an integer."""
    if isinstance(number, int):
        return str(number)
    return repr(float(number)).removesuffix(".0")


def as_ratio(number: float) -> str:
    """A ratio as spoken: 3, or 1/3."""
    if 0 < number < 1 and abs(1 / number - round(1 / number)) < 1e-6:
        return f"1/{round(1 / number)}"
    return as_written(float(f"{number:.4g}"))


@dataclass(frozen=True, slots=True)
class Place:
    """The place of something: a file, with a line and column counted from 1 if known."""

    file: str
    line: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        if self.line is None:
            return self.file
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault, in plain words, and how to correct it.

    An ``error`` stops the work; a ``finding`` is a doubt that ``check`` reports and that ``decision.yaml`` may
    acknowledge. ``code`` names the kind (kebab-case, stable: acknowledgements and tests depend on it); ``ids`` are the
    ids it concerns, so that an acknowledgement can name this one and no other. ``path`` leads to its subject within the
    answers given to the analysis; the dossier layer, which knows where they were read, turns it into the place.
    """

    code: str
    message: str
    remedy: str = ""
    ids: tuple[str, ...] = ()
    place: Place | None = None
    severity: Severity = "error"
    path: tuple[str | int, ...] = ()


class PolicyOptionsError(Exception):
    """The only exception that this package raises on purpose; it has one or more faults."""

    def __init__(self, faults: Fault | Iterable[Fault]) -> None:
        self.faults: tuple[Fault, ...] = (faults,) if isinstance(faults, Fault) else tuple(faults)
        super().__init__("; ".join(fault.message for fault in self.faults))

    def __reduce__(self) -> tuple[type[PolicyOptionsError], tuple[object, ...]]:
        """Keep the faults when the error is passed between processes."""
        return type(self), (self.faults,)

    @classmethod
    def of(
        cls,
        code: str,
        message: str,
        remedy: str = "",
        *,
        ids: Iterable[str] = (),
        place: Place | None = None,
        path: tuple[str | int, ...] = (),
    ) -> PolicyOptionsError:
        """Make an error of a single fault."""
        return cls(Fault(code, message, remedy, tuple(ids), place, path=path))
