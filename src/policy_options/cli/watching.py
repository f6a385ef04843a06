"""Waiting for files to change: names, sizes and times in a few folders are compared a few times a second."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final

__all__ = ["changes_of"]

_EVERY: Final = 0.3
"""Seconds between checks. An editor that writes a file in two steps finishes within one of these."""

_KINDS: Final = frozenset({".yaml", ".j2", ".css", ".ttf", ".otf", ".svg", ".png"})
_MOST: Final = 20_000

State = dict[str, tuple[int, int]]


def changes_of(folders: Sequence[Path], *, wait: Callable[[float], None] = time.sleep) -> Iterator[None]:
    """Yield once at the start, and then after every change to a file of a dossier or of templates, once files are stable."""
    before = _state(folders)
    yield
    while True:
        wait(_EVERY)
        now = _state(folders)
        if now == before:
            continue
        while (later := _settled(folders, wait)) != now:
            now = later
        before = now
        yield


def _settled(folders: Sequence[Path], wait: Callable[[float], None]) -> State:
    wait(_EVERY)
    return _state(folders)


def _state(folders: Sequence[Path]) -> State:
    """Size and time of each file by its path. Reports, hidden files and links do not count."""
    found: State = {}
    for folder in folders:
        for path in _files(folder):
            try:
                stat = path.stat()
            except OSError:
                continue  # gone between two checks
            found[str(path)] = (stat.st_size, stat.st_mtime_ns)
    return found


def _files(folder: Path) -> Iterator[Path]:
    waiting, seen = [folder], 0
    while waiting and seen < _MOST:
        try:
            entries = sorted(waiting.pop().iterdir())
        except OSError:
            continue
        for path in entries:
            seen += 1
            if path.name.startswith(".") or path.name == "reports" or path.is_symlink():
                continue
            if path.is_dir():
                waiting.append(path)
            elif path.suffix in _KINDS:
                yield path
