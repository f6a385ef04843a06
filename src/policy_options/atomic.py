"""Writing files whole or not at all.

Every file is written by this module, through a temporary one next to it. Callers decide the content and the path.
``atomic_folders`` handles whole folders.
"""

from __future__ import annotations

import errno
import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Final

from policy_options.errors import Place, PolicyOptionsError
from policy_options.leftovers import clear_leftovers, held_file

__all__ = ["write_atomically"]

_WAITS_FOR_A_READER: Final = 5.0  # seconds
_LOOKS_FOR_ONE_EVERY: Final = 0.05  # seconds


def write_atomically(
    path: Path,
    content: bytes,
    *,
    replacing: bytes | None = None,
    new: bool = False,
    remedy: str = "check its permissions",
) -> None:
    """Write a file through a temporary one next to it, so that a kill at any moment leaves the old file or the new one.

    With ``replacing`` the file must still contain these bytes when it is replaced; with ``new`` it must not exist. A
    kill leaves behind a dot file that ends in ``.part``, which is never read as a file of a dossier, and which the next
    write to the folder clears away.

    Raises:
        PolicyOptionsError: it cannot be written there (``not-writable``, with the ``remedy``), it has changed since it
            was read (``file-changed``), or it already exists (``file-exists``).
    """
    place = Place(str(path))
    try:
        path = path.resolve()  # a link is written through, not replaced
        if new and path.exists():
            raise _already_there(place)
        if replacing is None:
            path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and not path.is_file() and not path.is_dir():  # a pipe or a device is written to, not replaced
            if replacing is not None:
                raise OSError(22, "it is a pipe or a device")
            with _opened_for_a_reader(path) as stream:
                stream.write(content)
            return
        if path.exists() and not os.access(path, os.W_OK):
            raise PermissionError(13, "it is write-protected")
        if path.is_dir():
            raise IsADirectoryError(21, "it is a folder")
        if replacing is not None:
            _refuse_changed(path, replacing, place)  # once before the work, and again when the file is replaced
        clear_leftovers(path.parent)
        # A new file gets the permissions that a plain open would give; an existing one keeps its own, from the first
        # byte on.
        with held_file(path.parent, path.name) as (temporary, handle):
            if path.exists():
                temporary.chmod(path.stat().st_mode & 0o777)
            with os.fdopen(os.dup(handle), "wb") as stream:
                stream.write(content)
                stream.flush()
                os.fsync(stream.fileno())
            if temporary.read_bytes() != content:
                raise OSError(5, "what was written is not what is read back")
            if new:
                _put_new(temporary, path, place)
            elif replacing is not None:
                with _alone_in(path.parent):
                    _refuse_changed(path, replacing, place)
                    temporary.replace(path)
            else:
                temporary.replace(path)
        _keep_folder(path.parent)
    except OSError as error:
        raise PolicyOptionsError.of(
            "not-writable", f"{path} cannot be written: {error.strerror or error}", remedy
        ) from None


def _opened_for_a_reader(path: Path) -> BinaryIO:
    """Open a pipe or a device, and wait a few seconds, not for ever, for the reader that a pipe needs.

    Raises:
        OSError: nobody reads it, or it cannot be opened.
    """
    end = time.monotonic() + _WAITS_FOR_A_READER
    while True:
        try:
            handle = os.open(path, os.O_WRONLY | os.O_NONBLOCK)
            break
        except OSError as error:
            if error.errno != errno.ENXIO:
                raise
            if time.monotonic() > end:
                raise OSError(errno.ENXIO, "it is a pipe that nobody reads") from None
            time.sleep(_LOOKS_FOR_ONE_EVERY)
    os.set_blocking(handle, True)
    return os.fdopen(handle, "wb")


def _refuse_changed(path: Path, expected: bytes, place: Place) -> None:
    try:
        unchanged = path.read_bytes() == expected
    except (FileNotFoundError, NotADirectoryError):
        unchanged = False
    if not unchanged:
        raise PolicyOptionsError.of(
            "file-changed", "the file was changed since it was read", "run the command again", place=place
        )


def _already_there(place: Place) -> PolicyOptionsError:
    return PolicyOptionsError.of("file-exists", "the file is already there", "choose another name", place=place)


def _put_new(temporary: Path, path: Path, place: Place) -> None:
    """Give the file its name, which, unlike a rename, fails if the name is taken."""
    try:
        path.hardlink_to(temporary)
    except FileExistsError:
        raise _already_there(place) from None
    except OSError:  # a file system without hard links: the name is claimed first, and its file then replaced
        try:
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        except FileExistsError:
            raise _already_there(place) from None
        try:
            temporary.replace(path)
        except BaseException:
            path.unlink(missing_ok=True)
            raise
        return
    temporary.unlink()


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    """Lock the folder against other writers of this package, so that none comes between a comparison and the rename.

    If the folder cannot be locked, work proceeds: the lock closes a gap of microseconds, and does not guard against
    editors.
    """
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        yield
        return
    try:
        with suppress(OSError):
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _keep_folder(folder: Path) -> None:
    """Flush the new name to disk too, if the platform can; the file is whole either way."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
