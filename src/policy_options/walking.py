"""Folders and everything below them, however many are inside one another: ``os.walk`` and ``rglob`` call themselves for each."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from policy_options.errors import PolicyOptionsError

__all__ = ["MOST_FOLDERS_DEEP", "walk_below"]

MOST_FOLDERS_DEEP: Final = 100


def walk_below(
    folder: Path, *, onerror: Callable[[OSError], object] | None = None, followlinks: bool = False
) -> Iterator[tuple[str, list[str], list[str]]]:
    """As ``os.walk`` from the top: each folder, the names of the folders in it, which may be changed, and of its files.

    Raises:
        PolicyOptionsError: more than ``MOST_FOLDERS_DEEP`` folders are inside one another (``folders-too-deep``).
    """
    waiting = [(os.fspath(folder), 0)]
    while waiting:
        above, depth = waiting.pop()
        if depth > MOST_FOLDERS_DEEP:
            raise PolicyOptionsError.of(
                "folders-too-deep",
                f"{folder} has more than {MOST_FOLDERS_DEEP} folders inside one another",
                "move what is needed further up, and delete the others",
            )
        here = next(os.walk(above, onerror=onerror, followlinks=followlinks), None)
        if here is None:  # it cannot be read
            continue
        _, folders, names = here
        yield above, folders, names
        below = [(os.path.join(above, name), depth + 1) for name in folders]  # noqa: PTH118  # a Path would cost more
        waiting += [one for one in reversed(below) if followlinks or not os.path.islink(one[0])]  # noqa: PTH114
