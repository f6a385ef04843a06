"""Origins of a dossier's files: names and bytes. This module reads the folder on disk; ``revisions`` reads git's."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from policy_options.dossier import limits
from policy_options.errors import Place, PolicyOptionsError
from policy_options.walking import walk_below

__all__ = ["Folder", "Origin"]


class Origin(Protocol):
    """Files by name, such as ``criteria/decision.yaml``. ``folder`` is where they may be changed; ``None`` if nowhere."""

    @property
    def folder(self) -> Path | None:
        """The folder on disk that the files are in."""
        ...

    def label(self, name: str) -> str:
        """The name of a file in messages."""
        ...

    def is_there(self, name: str = "") -> bool:
        """Whether there is a file or folder of that name; by default the dossier's own folder."""
        ...

    def names(self, folder: str) -> list[str]:
        """Names directly in a folder; none if it is missing.

        Raises:
            OSError: it cannot be read.
        """
        ...

    def read(self, name: str) -> bytes:
        """The bytes of a file, cut off one byte after the most that may be read.

        Raises:
            OSError: it cannot be read. PolicyOptionsError: it is missing, or is not a file.
        """
        ...


class Folder:
    """A dossier on disk. With ``named``, places include the folder, to distinguish two dossiers."""

    def __init__(self, folder: Path, *, named: bool = False) -> None:
        self.folder: Path | None = folder
        self._root = folder
        self._named = named

    def label(self, name: str) -> str:
        return str(self._root / name) if self._named or not name else name

    def is_there(self, name: str = "") -> bool:
        try:
            return (self._root / name).exists()
        except OSError:  # a name that is too long, or a folder without permission to enter
            return False

    def names(self, folder: str) -> list[str]:
        try:
            # Not glob, which skips a folder that may not be read.
            return [path.name for path in (self._root / folder).iterdir()]
        except FileNotFoundError:
            return []

    def files(self, folder: str) -> list[str]:
        """Names of all files in and under a folder at the top of the dossier, as far as permissions allow.

        Links to folders are named, and not followed.
        """
        found = []
        for above, below, names in walk_below(self._root / folder):
            links = [name for name in below if (Path(above) / name).is_symlink()]
            found += [(Path(above) / name).relative_to(self._root).as_posix() for name in (*names, *links)]
        return sorted(found)

    def folders(self) -> list[str]:
        """Names of the folders at the top of the dossier."""
        with suppress(OSError), os.scandir(self._root) as entries:
            return sorted(entry.name for entry in entries if entry.is_dir())
        return []

    def read(self, name: str) -> bytes:
        path, label = self._root / name, self.label(name)
        if not path.is_file():  # a pipe or a device would be read for ever
            if path.exists():
                raise PolicyOptionsError.of(
                    "not-a-file", f"{label} is not a file", "rename or move it", place=Place(label)
                )
            raise PolicyOptionsError.of("file-missing", f"{label} is missing", "write it", place=Place(label))
        with path.open("rb") as stream:
            return stream.read(limits.MAX_FILE_BYTES + 1)
