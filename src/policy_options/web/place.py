"""The explorer of one run, as its pages know it."""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import Event

from policy_options.web.live import Live

__all__ = ["Place"]


@dataclass(frozen=True, eq=False)
class Place:
    """The explorer of one run: the dossier, and the beginning of all its paths."""

    live: Live
    home: str
    public: bool = False
    ended: Event = field(default_factory=Event)
