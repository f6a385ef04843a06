"""Foreign files from disk: their size is checked before they are read."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from policy_options.errors import PolicyOptionsError
from policy_options.exchange.importing import limits
from policy_options.exchange.importing.matrix import At

__all__ = ["read_sources"]


def read_sources(paths: Sequence[Path]) -> list[tuple[str, bytes]]:
    """The files by the names given for them; for a folder, its ``.xml`` files.

    Raises:
        PolicyOptionsError: a path is missing, is not a file, cannot be read or is too large.
    """
    files = [file for path in paths for file in _files(path)]
    if len(files) > limits.MAX_FILES:
        raise PolicyOptionsError(
            At(str(paths[0])).fault("too-large", f"more than {limits.MAX_FILES} files", "name the files with --from")
        )
    return [(str(file), _read(file)) for file in files]


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    found = sorted(file for file in path.iterdir() if file.suffix.lower() == ".xml" and not file.name.startswith("."))
    if not found:
        raise PolicyOptionsError(
            At(str(path)).fault(
                "file-missing", "the folder has no .xml file", "name a file, or a folder of XMCDA files"
            )
        )
    return found


def _read(path: Path) -> bytes:
    at = At(str(path))
    try:
        if not path.is_file():  # a pipe or a device would be read for ever
            code, what = ("not-a-file", "is not a file") if path.exists() else ("file-missing", "is missing")
            raise PolicyOptionsError(at.fault(code, f"{path} {what}", "name a file with --from"))
        if path.stat().st_size > limits.MAX_BYTES:
            raise PolicyOptionsError(
                at.fault(
                    "too-large",
                    f"the file has more than {limits.MAX_BYTES:,} bytes, the most that is read",
                    "save the sheet with the scores alone",
                )
            )
        with path.open("rb") as stream:
            return stream.read(limits.MAX_BYTES + 1)
    except OSError as error:
        raise PolicyOptionsError(
            at.fault("not-readable", f"{path} cannot be read: {error.strerror or error}", "name another file")
        ) from None
