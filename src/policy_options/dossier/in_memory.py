"""An ``Origin`` over bytes: a dossier that is checked before it is written."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from policy_options.dossier import limits
from policy_options.errors import Place, PolicyOptionsError

__all__ = ["InMemory"]


class InMemory:
    """The files of a dossier by name, in memory only."""

    folder: Path | None = None

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self._files = files
        self._below: dict[str, list[str]] = {}
        for name in files:
            above, _, last = name.rpartition("/")
            self._below.setdefault(above, []).append(last)

    def label(self, name: str) -> str:
        return name or "the dossier to be written"

    def is_there(self, name: str = "") -> bool:
        return name == "" or name in self._files or name in self._below

    def names(self, folder: str) -> list[str]:
        return list(self._below.get(folder, ()))

    def read(self, name: str) -> bytes:
        if name not in self._files:
            raise PolicyOptionsError.of("file-missing", f"{name} is missing", "write it", place=Place(name))
        return self._files[name][: limits.MAX_FILE_BYTES + 1]
