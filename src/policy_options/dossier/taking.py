"""Taking inputs from elsewhere into a dossier's files: planned for all files together, verified by reading the whole
dossier.

This module decides which entries of which files scores and judgements belong to; ``entries`` knows which bytes those
are.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from policy_options.dossier.changing import PlannedChange
from policy_options.dossier.contents import OPTIONS, WEIGHTS, Contents, Entry
from policy_options.dossier.entries import in_one_line, set_entries
from policy_options.dossier.links import refuse_leaving
from policy_options.dossier.loading import load_contents
from policy_options.dossier.origins import Folder
from policy_options.dossier.reading import read_yaml
from policy_options.dossier.writing import replace_scalars
from policy_options.errors import Place, PolicyOptionsError

__all__ = ["Overlaid", "plan_judgements", "plan_scores", "refuse_broken", "write_all"]

_BARE: Final = "likely"


class Overlaid(Folder):
    """A dossier on disk with some files replaced or added in memory."""

    def __init__(self, folder: Path, files: Mapping[str, bytes]) -> None:
        super().__init__(folder)
        self._files = files

    def names(self, folder: str) -> list[str]:
        found = super().names(folder)
        added = [name.rpartition("/")[2] for name in self._files if name.rpartition("/")[0] == folder]
        return [*found, *(name for name in added if name not in found)]

    def read(self, name: str) -> bytes:
        return self._files[name] if name in self._files else super().read(name)


def plan_scores(contents: Contents, option: str, scores: Mapping[str, Mapping[str, Any]]) -> PlannedChange:
    """Plan the file of an option with parts of its scores set, by criterion; a part that is ``None`` is removed.

    Raises:
        PolicyOptionsError: the file was changed since it was read, is a link that leads outside the dossier, or cannot
            be edited in place.
    """
    entry = contents.options[option]
    path, raw = _raw(contents, entry, OPTIONS)
    edited = raw
    for criterion, parts in scores.items():
        written = {key: "none" if value == () else value for key, value in parts.items()}
        edited = set_entries(edited, entry.tree.file, ("scores", criterion), written, bare=_BARE)
    return PlannedChange(path, raw, edited)


def plan_judgements(
    contents: Contents, set_id: str, judgements: Mapping[tuple[int | None, str], float]
) -> PlannedChange:
    """Plan the file of a weight set with judgements set, each by the index of the participant, if any, and its node.

    Raises:
        PolicyOptionsError: as ``plan_scores``.
    """
    entry = contents.weight_sets[set_id]
    path, raw = _raw(contents, entry, WEIGHTS)
    texts = {
        (*(() if person is None else ("participants", person)), "judgements", node): in_one_line(number)
        for (person, node), number in judgements.items()
    }
    return PlannedChange(path, raw, replace_scalars(raw, entry.tree.file, texts))


def refuse_broken(contents: Contents, changes: Mapping[str, bytes]) -> Contents:
    """Read the dossier as a whole with changed files, by name.

    Raises:
        PolicyOptionsError: it has errors; all of them are included.
    """
    return load_contents(Overlaid(contents.root, changes))


def write_all(changes: list[PlannedChange]) -> None:
    """Write all files, after checking that none has changed since it was read.

    Raises:
        PolicyOptionsError: one has changed, or cannot be written.
    """
    for change in changes:
        if change.path.read_bytes() != change.before:
            raise _changed(str(change.path))
    for change in changes:
        change.write()


def _raw(contents: Contents, entry: Entry[Any], folder: str) -> tuple[Path, bytes]:
    """The path and bytes of a file, which must still be as the dossier was read."""
    path = contents.root / folder / f"{entry.id}.yaml"
    refuse_leaving(contents.root, path)
    try:
        raw = path.read_bytes()
    except OSError as error:
        said = f"{entry.tree.file} cannot be read: {error.strerror or error}"
        place = Place(entry.tree.file)
        raise PolicyOptionsError.of("file-unreadable", said, "check its permissions", place=place) from None
    if read_yaml(raw, entry.tree.file).data != entry.tree.data:
        raise _changed(entry.tree.file)
    return path, raw


def _changed(file: str) -> PolicyOptionsError:
    return PolicyOptionsError.of(
        "file-changed", "the file was changed since it was read", "run the command again", place=Place(file)
    )
