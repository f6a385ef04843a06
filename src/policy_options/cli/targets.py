"""Where a result may be written: not over a file of a dossier, and not under a name that indicates another format.

A command checks before it works, and again when it writes, since some names are only known then.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from policy_options.errors import PolicyOptionsError
from policy_options.exchange.exporting.registry import FORMATS as EXPORTED
from policy_options.faces.registry import FORMATS
from policy_options.walking import walk_below

__all__ = ["PARTS", "refuse_other_format", "refuse_part_of_dossier"]

PARTS: Final = ("criteria", "options", "templates")
"""The folders of a dossier that people write in; the tool writes elsewhere."""

_SUFFIXES: Final[dict[str, tuple[str, ...]]] = {
    **{name: face.suffixes for name, face in FORMATS.items()},
    **{name: exported.suffixes for name, exported in EXPORTED.items()},
    "svg": (".svg",),
}
"""File endings by format; the first is the recommended one."""

_LIKE: Final = {
    "docx": (".doc", ".docm", ".dotx", ".odt", ".rtf", ".pages"),
    "xlsx": (".xls", ".xlsm", ".ods", ".numbers"),
}
"""Endings of formats that no command writes, by the one that serves whoever asked for them."""

_OTHERS: Final = frozenset(
    (
        *(ending for endings in _LIKE.values() for ending in endings),
        *(".tex", ".epub", ".tsv", ".parquet"),
        *(".pptx", ".ppt", ".odp", ".key"),
        *(".png", ".jpg", ".jpeg", ".gif", ".tif", ".tiff", ".webp", ".bmp", ".eps", ".ps"),
        *(".yaml", ".yml", ".toml", ".ini", ".py", ".js", ".css", ".j2", ".sql", ".sqlite", ".db"),
        *(".zip", ".gz", ".tar", ".7z", ".bz2", ".xz", ".exe"),
    )
)
"""Endings of formats that no command writes."""


def refuse_other_format(path: Path, form: str, offered: Iterable[str] = (), by_ending: Iterable[str] = ()) -> None:
    """Refuse a name whose ending indicates another format than the one written.

    ``form`` is a key of ``_SUFFIXES``; ``offered`` are the formats that the command takes after ``--format``, and
    ``by_ending`` those between which the ending of a name chooses.

    Raises:
        PolicyOptionsError: its ending is wrong (``other-format``).
    """
    ending = path.suffix.lower()
    if ending in _SUFFIXES.get(form, ()):
        return
    said = next((name for name, endings in _SUFFIXES.items() if ending in endings), None)
    if (said is None and ending not in _OTHERS) or said == form or (said == "table" and _is_text(form)):
        return
    titles = {name: exported.title for name, exported in EXPORTED.items()} | {
        name: face.title for name, face in FORMATS.items()
    }
    remedy = f"name it {_renamed(path, form)}"
    like = next((name for name, endings in _LIKE.items() if ending in endings), None)
    if said in tuple(offered):
        remedy += f", or write --format {said}"
    elif like is not None and like in tuple(offered):
        remedy += f", or {_renamed(path, like)} with --format {like}"
    elif like is not None and like != form and like in tuple(by_ending):
        remedy = f"name it {_renamed(path, like)} for {titles[like]}, or {_renamed(path, form)} for {titles[form]}"
    raise PolicyOptionsError.of(
        "other-format",
        f"{path} is named like another format than what would be in it, {titles.get(form, form.upper())}",
        remedy,
    )


def _renamed(path: Path, form: str) -> str:
    """The name with the recommended ending of a format."""
    return path.with_suffix(_SUFFIXES[form][0]).name


def _is_text(form: str) -> bool:
    """Whether a format is text, for which .txt is always a true ending."""
    return form in FORMATS and not FORMATS[form].binary


def refuse_part_of_dossier(path: Path, folders: Iterable[Path]) -> None:
    """Refuse a target inside a dossier's folders, or that is one of its files under another name.

    ``folders`` are those that the command reads: the parts of dossiers, templates, texts. A dossier that contains the
    target is found automatically.

    Raises:
        PolicyOptionsError: it is part of a dossier (``part-of-dossier``).
    """
    try:
        target = path.resolve()
        lexical = _without_links(path)
        owned = list(dict.fromkeys(_owned(target, lexical, folders)))
        for folder in owned:
            if folder in (target, *target.parents) or folder in lexical.parents:
                raise _refused(path, f"is in {folder.name}/, which is part of the dossier")
        if target.exists() and not target.is_dir():
            same = next((file for folder in owned for file in _files(folder) if _is_same(file, target)), None)
            if same is not None:
                raise _refused(path, f"is a link to {same.parent.name}/{same.name}, which is part of the dossier")
    except OSError:
        return  # an inaccessible path cannot be written either, which is reported on the attempt


def _refused(path: Path, why: str) -> PolicyOptionsError:
    return PolicyOptionsError.of("part-of-dossier", f"{path} {why}", "name a file elsewhere, such as one in reports/")


def _owned(target: Path, lexical: Path, folders: Iterable[Path]) -> Iterator[Path]:
    """The folders that nothing is written into, both as named and with links followed."""
    around = (above for start in (target, lexical) for above in start.parents)
    parts = (above / name for above in around if (above / "criteria" / "decision.yaml").is_file() for name in PARTS)
    for folder in (*folders, *parts):
        if folder.is_dir():
            yield _without_links(folder)
            yield folder.resolve()


def _without_links(path: Path) -> Path:
    """The path from the root as named, links not followed."""
    return Path(os.path.normpath(Path.cwd() / path))


def _files(folder: Path) -> Iterator[Path]:
    for above, _, names in walk_below(folder):
        yield from (Path(above) / name for name in names)


def _is_same(file: Path, target: Path) -> bool:
    try:
        return file.samefile(target)
    except OSError:  # a link to nothing
        return False
