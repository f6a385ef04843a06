"""What a person says of a file that the file does not say itself: the flags of ``new --from``."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

__all__ = ["Asked", "counted", "like", "listed"]


@dataclass(frozen=True, slots=True)
class Asked:
    """The flags. ``less_is_better`` is empty where ``none`` was said, and ``None`` where nothing was."""

    less_is_better: tuple[str, ...] | None = None
    sheet: str | None = None
    decimal: Literal[",", "."] | None = None
    options_in: Literal["rows", "columns"] | None = None
    percent: Literal["points", "fractions"] | None = None
    weights: str | None = None
    leave_out: tuple[str, ...] = ()

    def leaves_out(self, *names: str) -> bool:
        """Whether ``--leave-out`` names it, by its title or its id."""
        return any(like(left) in {like(name) for name in names} for left in self.leave_out)


def like(text: str) -> str:
    """A name as it is compared: without case, form of Unicode, and runs of white space, hyphens and underscores."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(plain.replace("-", " ").replace("_", " ").split())


def counted(number: int, one: str, many: str) -> str:
    """How many scores are unknown, and why: ``1 score is empty, so it is `unknown```."""
    return f"1 score {one} `unknown`" if number == 1 else f"{number:,} scores {many} `unknown`"


def listed(names: Iterable[str], most: int = 12) -> str:
    """Names in a message, the last of many as a count."""
    known = list(names)
    shown = ", ".join(known[:most])
    return f"{shown} and {len(known) - most} more" if len(known) > most else shown
