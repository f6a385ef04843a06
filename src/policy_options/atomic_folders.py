"""Making folders whole or not at all: built under a temporary name, and renamed once complete."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from policy_options.errors import Place, PolicyOptionsError
from policy_options.leftovers import clear_leftovers, held_folder, is_leftover, taken_over

__all__ = ["make_folder"]

_READY: Final = ".ready"
"""Marker in a folder being filled from within: it is complete, and only has to be moved out."""


def make_folder(folder: Path, files: Mapping[str, bytes], *, last: str) -> None:
    """Make a folder with exactly these files (by name, with / between folders).

    It is built next to its destination, and renamed: others see nothing, an empty folder, or all of it. A folder that
    cannot be replaced (the current one, or a mount point) is filled from within, with ``last`` put in place last.
    Anything left by an earlier run that was killed is cleared or, if complete, finished.

    Raises:
        PolicyOptionsError: the folder is not empty (``not-empty``), or it cannot be made (``not-writable``).
    """
    named = folder
    try:
        folder = folder.resolve()
        there = folder.exists()
        if there and not folder.is_dir():
            raise _not_empty(named)
        if there:
            _finish(folder, last)
            clear_leftovers(folder, folder.name)
            if any(folder.iterdir()):
                raise _not_empty(named)
        if there and (folder == Path.cwd() or not _replaced(folder, files)):
            _filled(folder, files, last)
        elif not there:
            with _parents_of(folder):
                _built(folder, files)
    except OSError as error:
        raise PolicyOptionsError.of(
            "not-writable", f"{named} cannot be made: {error.strerror or error}", "name another place"
        ) from None


def _not_empty(folder: Path) -> PolicyOptionsError:
    return PolicyOptionsError.of(
        "not-empty",
        f"{folder} is there already and is not empty",
        "name a folder that is empty or not there",
        place=Place(str(folder)),
    )


@contextmanager
def _parents_of(folder: Path) -> Iterator[None]:
    """Make the folders above; any made unnecessarily are removed again."""
    missing = [above for above in folder.parents if not above.exists()]
    folder.parent.mkdir(parents=True, exist_ok=True)
    try:
        yield
    except BaseException:
        for above in missing:
            with suppress(OSError):
                above.rmdir()
        raise


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _built(folder: Path, files: Mapping[str, bytes]) -> None:
    clear_leftovers(folder.parent, folder.name)
    with held_folder(folder.parent, folder.name) as building:
        if folder.exists():
            building.chmod(folder.stat().st_mode & 0o777)
        _write(building, files)
        building.rename(folder)  # fails if something has appeared there in the meantime


def _replaced(folder: Path, files: Mapping[str, bytes]) -> bool:
    """Put a new folder in the place of an empty one; ``False`` if the system does not allow that."""
    try:
        _built(folder, files)
    except OSError:
        if any(folder.iterdir()):
            raise
        return False
    return True


def _filled(folder: Path, files: Mapping[str, bytes], last: str) -> None:
    with held_folder(folder, folder.name) as building:
        _write(building, files)
        (building / _READY).touch()
        _move_out(building, folder, last)


def _move_out(building: Path, folder: Path, last: str) -> None:
    for path in sorted(building.iterdir(), key=lambda path: (path.name == last, path.name)):
        if path.name != _READY:
            if (folder / path.name).exists():
                raise OSError(17, f"there is a {path.name} in it by now")
            path.rename(folder / path.name)


def _finish(folder: Path, last: str) -> None:
    """Move out a folder that an earlier run had completed when it was killed."""
    for building in list(folder.iterdir()):
        if is_leftover(building.name, folder.name) and (building / _READY).exists():
            with taken_over(building) as left:
                if left:
                    _move_out(building, folder, last)
