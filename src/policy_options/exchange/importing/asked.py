"""What the user states about a file that it does not contain: the flags of ``new --from``."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final, Literal

__all__ = ["Asked", "counted", "like", "listed"]

_LONGEST: Final = 1_000
"""Characters that are compared: a name of more is refused where it is read."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The flags. ``less_is_better`` is empty for ``none``, and ``None`` if not given."""

    less_is_better: tuple[str, ...] | None = None
    sheet: str | None = None
    decimal: Literal[",", "."] | None = None
    options_in: Literal["rows", "columns"] | None = None
    percent: Literal["points", "fractions"] | None = None
    weights: str | None = None
    leave_out: tuple[str, ...] = ()
    _found: set[str] = field(default_factory=set, compare=False, repr=False)

    def leaves_out(self, *names: str) -> bool:
        """Whether ``--leave-out`` names it, by its title or its id. What it names is noted for ``not_found``."""
        alike = {like(name) for name in names}
        found = [left for left in self.leave_out if like(left) in alike]
        self._found.update(found)
        return bool(found)

    @property
    def not_found(self) -> tuple[str, ...]:
        """The names after ``--leave-out`` that were in no file read so far."""
        return tuple(name for name in self.leave_out if name not in self._found)


def like(text: str) -> str:
    """A name in a form for comparison: without case, form of Unicode, and runs of white space, hyphens and underscores."""
    plain = unicodedata.normalize("NFKC", " ".join(text.split())[:_LONGEST]).casefold()
    return " ".join(plain.replace("-", " ").replace("_", " ").split())


def counted(number: int, one: str, many: str) -> str:
    """The number of unknown scores, and why: ``1 score is empty, so it is `unknown```."""
    return f"1 score {one} `unknown`" if number == 1 else f"{number:,} scores {many} `unknown`"


def listed(names: Iterable[str], most: int = 12) -> str:
    """Names in a message; if there are many, the last are only counted."""
    known = list(names)
    shown = ", ".join(known[:most])
    return f"{shown} and {len(known) - most} more" if len(known) > most else shown
