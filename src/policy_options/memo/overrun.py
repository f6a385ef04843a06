"""How much longer a page is than its template allows, and the error that reports it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from policy_options.errors import Fault, PolicyOptionsError

__all__ = ["Overrun", "TooLongError"]


@dataclass(frozen=True, slots=True)
class Overrun:
    """How much longer a page is than its template allows.

    It is the ratio of the space used by its pages, and by the longest of its limited elements, to the space allowed
    (1.3 is 30% too long), and at most 1 if they fit. ``text`` is the text on those pages.
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
