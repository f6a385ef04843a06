"""A progress bar on stderr for work that takes over a second, if a person is watching."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import Final

__all__ = ["ProgressBar"]

_PATIENCE: Final = 1.0
_CELLS: Final = 30


class ProgressBar:
    """Shown once a second has passed, and removed at the end."""

    def __init__(self, what: str = "sampling") -> None:
        self._what = what
        self._started = time.monotonic()
        self._last = 0.0
        self._shown = False
        self._seen = sys.stderr is not None and sys.stderr.isatty()

    def __enter__(self) -> ProgressBar:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()

    def show(self, done: int, of: int) -> None:
        """Draw the progress as done out of total, at most ten times a second."""
        now = time.monotonic()
        if not self._seen or now - self._started < _PATIENCE or now - self._last < 0.1:
            return
        self._last, self._shown = now, True
        filled = round(_CELLS * min(done / of, 1.0)) if of else 0
        sys.stderr.write(f"\r{self._what} [{'#' * filled}{'.' * (_CELLS - filled)}] {done:,} of {of:,}\x1b[K")
        sys.stderr.flush()
