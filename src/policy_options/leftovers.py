"""Temporary files and folders, and what a killed process left of them.

What lives here: their names, the lock that says that one is still being written, and the clearing of those that nobody
holds. The system lets go of a lock when a process ends, however it ends, so that no age has to be guessed at.
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
_LONGEST: Final = 255  # bytes in a name, on the file systems that people have


def temporary_name(name: str) -> str:
    """A name for what will be called ``name`` once it is whole: hidden, and no other's."""
    suffix = f".{os.urandom(6).hex()}.part"
    room = _LONGEST - len(suffix) - 1
    return f".{os.fsdecode(os.fsencode(name)[:room])}{suffix}"


def is_leftover(name: str, of: str | None = None) -> bool:
    """Whether a name is one that ``temporary_name`` gives, to anything or to what is called ``of``."""
    found = _TEMPORARY.fullmatch(name)
    return found is not None and (of is None or found["of"] == of)


@contextmanager
def held_file(folder: Path, name: str) -> Iterator[tuple[Path, int]]:
    """Make a temporary file for what will be called ``name``, and hold it: its path and its handle.

    Whatever is still called so at the end is removed.

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
    """Make a temporary folder for what will be called ``name``, and hold it.

    Whatever is still called so at the end is removed with all that is in it.

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
            continue  # a folder was cleared between its making and its opening
        _lock(handle, wait=True)
        try:
            if os.path.samestat(os.fstat(handle), path.lstat()):
                return path, handle
        except FileNotFoundError:
            pass  # another run took it for a leftover in the moment before it was held
        os.close(handle)


def _lock(handle: int, *, wait: bool) -> bool:
    """Whether the lock was got; a file system that knows none is done without, and then nothing on it is cleared."""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


@contextmanager
def taken_over(path: Path) -> Iterator[bool]:
    """Whether nobody holds a temporary file or folder any more; nobody can within."""
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
    """Remove the temporary files of a folder that nobody holds, and with ``of`` the temporary folders of that name.

    What cannot be removed is left: it is hidden, and in nobody's way.
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
