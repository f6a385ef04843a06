"""Files in a dossier's folders that are not read: each is reported, with what would make it readable.

A file that is left out without notice is an option that was never ranked. Files that people deliberately keep with
their data are skipped: hidden files, notes that say what they are, an editor's backups, and documents among the
evidence.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from policy_options.dossier.contents import CRITERIA, DECISION, EVIDENCE, OPTIONS, PACKAGES, SCENARIOS, WEIGHTS
from policy_options.dossier.origins import Folder
from policy_options.errors import Fault, Place

__all__ = ["is_ours", "renamed", "unread_files"]

_FOLDERS: Final = (WEIGHTS, OPTIONS, EVIDENCE, SCENARIOS)
_OURS: Final = ("criteria", OPTIONS)
"""The folders at the top of a dossier that it is read from."""
_MEANT: Final = {
    "option": OPTIONS,
    "criterion": "criteria",
    "weight": WEIGHTS,
    "weights": WEIGHTS,
    "scenario": SCENARIOS,
    "scenarios": SCENARIOS,
    "futures": SCENARIOS,
    "evidence": EVIDENCE,
    "source": EVIDENCE,
    "sources": EVIDENCE,
}
"""Folders at the top of a dossier that are not part of it, and what was meant."""
_NOTES: Final = (
    "readme",
    "license",
    "licence",
    "notice",
    "changelog",
    "authors",
    "contributing",
    "thumbs.db",
    "desktop.ini",
)


def is_ours(name: str) -> bool:
    """Whether a file in a dossier's folder is read, or refused as an error: by its ending, whatever its case."""
    return name.lower().endswith((".yaml", ".yml")) and not name.startswith(".")


def renamed(folder: str, name: str, wanted: str, there: frozenset[str]) -> str:
    """How to rename a file so that it is read, without overwriting another."""
    if wanted in there:
        return f"there is {folder}/{wanted} as well: put into that what {name} has more, and delete {name}"
    return f"rename it {wanted}"


def unread_files(dossier: Folder) -> list[Fault]:
    """A finding for each file in and under a dossier's folders that is not read, in the order of their names."""
    found = []
    for top in _OURS:
        found += [_finding(dossier, path, _remedy(dossier, path)) for path in dossier.files(top) if not _is_read(path)]
    for folder in dossier.folders():
        meant = _meant(folder)
        if meant is not None:
            found += [
                _finding(dossier, path, _moved(dossier, meant, path))
                for path in dossier.files(folder)
                if _is_like_ours(path) and not _is_note(path)
            ]
    return sorted(found, key=lambda finding: finding.ids)


def _meant(folder: str) -> str | None:
    lower = folder.lower()
    if folder in _OURS or folder.startswith("."):
        return None
    if lower in _OURS:
        return lower
    if lower in _MEANT or lower[:1] not in ("o", "c"):
        return _MEANT.get(lower)
    near = _nearest(lower, _OURS, 0.8)
    return near[0] if near else None


def _nearest(name: str, known: Sequence[str], alike: float) -> list[str]:
    from difflib import get_close_matches  # only a wrong name needs it

    return get_close_matches(name, known, n=1, cutoff=alike)


def _is_read(path: str) -> bool:
    folder, _, name = path.rpartition("/")
    if path in (DECISION, CRITERIA, PACKAGES) or (folder in _FOLDERS and is_ours(name)):
        return True
    # Texts and pictures of sources are kept with the files that describe them.
    return _is_note(path) or ((folder == EVIDENCE or folder.startswith(f"{EVIDENCE}/")) and not _is_like_ours(path))


def _is_note(path: str) -> bool:
    parts = path.split("/")
    name = parts[-1].lower()
    hidden = any(part.startswith(".") for part in parts)
    return hidden or name.endswith(("~", ".swp")) or name.partition(".")[0] in _NOTES or name in _NOTES


def _is_like_ours(path: str) -> bool:
    """Whether a file's name suggests that it was meant to be read."""
    name = path.rpartition("/")[2].lower()
    return name.endswith((".yaml", ".yml", ".json")) or ".yaml." in name or ".yml." in name


def _finding(dossier: Folder, path: str, remedy: str) -> Fault:
    label = dossier.label(path)
    return Fault("file-not-read", "this file is not read", remedy, (path,), Place(label), "finding")


def _stem(name: str) -> str:
    """The id that a file was meant to have."""
    stem = name
    while stem.rpartition(".")[2].lower() in ("yaml", "yml", "json", "txt", "bak", "orig", "tmp", "old"):
        stem = stem.rpartition(".")[0]
    return stem


def _remedy(dossier: Folder, path: str) -> str:
    folder, _, name = path.rpartition("/")
    if not _is_like_ours(path):
        return f"move it out of {folder}/, or begin its name with a dot"
    if folder == "criteria":
        wanted = f"{_stem(name)}.yaml"
        near = _nearest(wanted.lower(), ("decision.yaml", "criteria.yaml", "packages.yaml"), 0.75)
        if near:
            return renamed(folder, name, near[0], frozenset(dossier.names(folder)))
        return _moved(dossier, WEIGHTS, path) + " if it is a weight set; otherwise move it elsewhere"
    home = next(
        (one for one in (WEIGHTS, SCENARIOS, EVIDENCE, OPTIONS) if folder == one or folder.startswith(f"{one}/")),
        WEIGHTS,
    )
    return _moved(dossier, home, path)


def _moved(dossier: Folder, home: str, path: str) -> str:
    """How to move a file to where it is read: its whole path, with a name that is free."""
    folder, _, name = path.rpartition("/")
    if home == "criteria":
        home = WEIGHTS if name.removesuffix(".yaml") not in ("decision", "criteria") else home
    wanted = f"{_stem(name)}.yaml"
    there = frozenset(dossier.names(home))
    if folder == home:
        return renamed(folder, name, wanted, there)
    if wanted in there:
        return f"there is another {home}/{wanted}: move it to {home}/ under a name of its own, or delete it"
    return f"move it to {home}/{wanted}"
