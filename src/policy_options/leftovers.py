"""Temporary files and folders, and leftovers of killed processes.

This module defines their names, the lock that marks one as still being written, and the removal of those that nobody
holds. The system releases a lock when a process ends, however it ends, so that no age has to be guessed.
"""

from __future__ import annotations

import fcntl
import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

__all__ = ["clear_leftovers", "held_file", "held_folder", "is_leftover", "taken_over", "temporary_name"]

_TEMPORARY: Final = re.compile(r"\.(?P<of>.+)\.[0-9a-f]{12}\.part", re.DOTALL)
_LONGEST: Final = 255  # bytes in a name, on common file systems


def temporary_name(name: str) -> str:
    """A temporary name for a file or folder that will be called ``name`` once complete: hidden and unique."""
    suffix = f".{os.urandom(6).hex()}.part"
    room = _LONGEST - len(suffix) - 1
    return f".{os.fsdecode(os.fsencode(name)[:room])}{suffix}"


def is_leftover(name: str, of: str | None = None) -> bool:
    """Whether a name is one from ``temporary_name``, for any name or for ``of``."""
    found = _TEMPORARY.fullmatch(name)
    return found is not None and (of is None or found["of"] == of)


@contextmanager
def held_file(folder: Path, name: str) -> Iterator[tuple[Path, int]]:
    """Make a temporary file for the future ``name``, and hold it: its path and its handle.

    If it still has the temporary name at the end, it is removed.

    Raises:
        OSError: it cannot be made.
    """
    path, handle = _held(folder, name, lambda path: os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o666))
    try:
        yield path, handle
    finally:
        path.unlink(missing_ok=True)
        os.close(handle)


@contextmanager
def held_folder(folder: Path, name: str) -> Iterator[Path]:
    """Make a temporary folder for the future ``name``, and hold it.

    If it still has the temporary name at the end, it is removed with its contents.

    Raises:
        OSError: it cannot be made.
    """

    def make(path: Path) -> int:
        path.mkdir()
        return os.open(path, os.O_RDONLY)

    path, handle = _held(folder, name, make)
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)
        os.close(handle)


def _held(folder: Path, name: str, make: Callable[[Path], int]) -> tuple[Path, int]:
    while True:
        path = folder / temporary_name(name)
        try:
            handle = make(path)
        except FileNotFoundError:
            if not folder.is_dir():
                raise
            continue  # a folder was removed between being made and being opened
        _lock(handle, wait=True)
        try:
            if os.path.samestat(os.fstat(handle), path.lstat()):
                return path, handle
        except FileNotFoundError:
            pass  # another run took it for a leftover just before it was held
        os.close(handle)


def _lock(handle: int, *, wait: bool) -> bool:
    """Whether the lock was acquired; a file system without locks is accepted, and then nothing on it is removed."""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


@contextmanager
def taken_over(path: Path) -> Iterator[bool]:
    """Whether a temporary file or folder is unused; nobody can take it within the context."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        yield False
        return
    try:
        yield _lock(handle, wait=False)
    finally:
        os.close(handle)


def clear_leftovers(folder: Path, of: str | None = None) -> None:
    """Remove the temporary files in a folder that nobody holds, and with ``of`` the temporary folders of that name.

    Anything that cannot be removed is left: it is hidden, and does no harm.
    """
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if not is_leftover(entry.name) or entry.is_symlink():
                continue
            is_folder = entry.is_dir()
            if is_folder and (of is None or not is_leftover(entry.name, of)):
                continue
            path = Path(entry.path)
            with taken_over(path) as left, suppress(OSError):
                if left:
                    shutil.rmtree(path) if is_folder else path.unlink()
