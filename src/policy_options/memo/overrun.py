"""By how much a page is longer than its template allows, and the error that says so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from policy_options.errors import Fault, PolicyOptionsError

__all__ = ["Overrun", "TooLongError"]


@dataclass(frozen=True, slots=True)
class Overrun:
    """How much longer a page is than its template allows: what its pages and the longest of its limited elements take, as a
    multiple of what they may (1.3 is a third too long), and at most 1 where they keep to it. ``text`` is what those pages print.
    """

    pages: float
    lines: float
    text: str


class TooLongError(PolicyOptionsError):
    """A page is longer than its template allows; ``overrun`` says by how much."""

    def __init__(self, faults: Sequence[Fault], overrun: Overrun) -> None:
        super().__init__(faults)
        self.overrun = overrun

    def __reduce__(self) -> tuple[type[TooLongError], tuple[object, ...]]:
        return TooLongError, (tuple(self.faults), self.overrun)
