"""Titles that readers cannot distinguish: by case, Unicode form, invisible characters or look-alike letters."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from typing import Final

from policy_options.dossier.characters import LOOKS_LIKE
from policy_options.dossier.contents import Contents
from policy_options.errors import Fault, Place

Path = tuple[str | int, ...]

__all__ = ["skeleton", "title_findings"]

# Capitals of Greek and Cyrillic drawn like Latin ones; some of their small letters are not.
_CAPITALS: Final = str.maketrans("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧАВЕКМНОРСТУХІЈЅ", "ABEZHIKMNOPTYXABEKMHOPCTYXIJS")
_CONFUSABLE: Final = str.maketrans({**LOOKS_LIKE, "0": "o", "1": "l", "|": "l"})


def skeleton(title: str) -> str:
    """A title with everything that cannot be distinguished at a glance made alike."""
    text = unicodedata.normalize("NFKC", title).translate(_CAPITALS).casefold()
    visible = "".join(c for c in text if unicodedata.category(c) not in {"Cf", "Mn", "Cc"} or c.isspace())
    return " ".join(visible.translate(_CONFUSABLE).split())


def title_findings(contents: Contents) -> list[Fault]:
    """Report each set of look-alikes among options, among criteria and groups, and among weight sets."""
    options, sets, tree = contents.options, contents.weight_sets, contents.criteria.tree
    nodes: dict[str, tuple[str, Path]] = {id: (leaf.title, path) for id, (leaf, path, _) in contents.leaves.items()}
    nodes |= {id: (group.title, path) for id, (group, path, _) in contents.groups.items()}
    return [
        *_look_alikes(
            "options", {e.id: e.model.title for e in options.values()}, lambda id: options[id].tree.place(("title",))
        ),
        *_look_alikes(
            "criteria",
            {id: title for id, (title, _) in nodes.items()},
            lambda id: tree.place((*nodes[id][1], "title")),
        ),
        *_look_alikes(
            "weight sets", {e.id: e.model.title for e in sets.values()}, lambda id: sets[id].tree.place(("title",))
        ),
    ]


def _listing(names: list[str]) -> str:
    listed = " and ".join(f"`{name}`" for name in names[:3])
    return listed if len(names) <= 3 else f"{listed} and {len(names) - 3:,} more"


def _look_alikes(kind: str, titles: Mapping[str, str], place_of: Callable[[str], Place]) -> list[Fault]:
    # Places are looked up only when reported: finding one indexes a whole file.
    alike: dict[str, list[str]] = {}
    for name, title in titles.items():
        alike.setdefault(skeleton(title), []).append(name)
    return [
        Fault(
            "titles-look-alike",
            f"the titles of the {kind} {_listing(same)} look alike",
            "say in each title what sets it apart",
            tuple(same),
            place_of(same[-1]),
            "finding",
        )
        for same in alike.values()
        if len(same) > 1
    ]
