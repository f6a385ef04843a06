"""Titles that readers cannot distinguish: by case, Unicode form, invisible characters or look-alike letters."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Mapping
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
    """Report each set of look-alikes among options, among criteria and groups, among weight sets and among scenarios.

    Charts and narrow tables have the short title instead of the title, so that one thing must not have another's.
    """
    options, sets, tree = contents.options, contents.weight_sets, contents.criteria.tree
    nodes: dict[str, tuple[str, Path]] = {id: (leaf.title, path) for id, (leaf, path, _) in contents.leaves.items()}
    nodes |= {id: (group.title, path) for id, (group, path, _) in contents.groups.items()}
    leaves = {id: leaf for id, (leaf, _, _) in contents.leaves.items()}
    futures = contents.scenarios

    def of_option(id: str, key: str) -> Place:
        return options[id].tree.place((key,))

    def of_node(id: str, key: str) -> Place:
        return tree.place((*nodes[id][1], key))

    def of_future(id: str, key: str) -> Place:
        return futures[id].tree.place((key,))

    of_options = {id: entry.model.title for id, entry in options.items()}
    of_futures = {id: entry.model.title for id, entry in futures.items()}
    return [
        *_look_alikes("options", of_options, of_option),
        *_short_look_alikes("options", of_options, {id: e.model.short for id, e in options.items()}, of_option),
        *_look_alikes("criteria", {id: title for id, (title, _) in nodes.items()}, of_node),
        *_short_look_alikes(
            "criteria",
            {id: leaf.title for id, leaf in leaves.items()},
            {id: leaf.short for id, leaf in leaves.items()},
            of_node,
        ),
        *_look_alikes(
            "weight sets",
            {id: entry.model.title for id, entry in sets.items()},
            lambda id, key: sets[id].tree.place((key,)),
        ),
        *_look_alikes("scenarios", of_futures, of_future),
        *_short_look_alikes("scenarios", of_futures, {id: e.model.short for id, e in futures.items()}, of_future),
    ]


def _listing(names: list[str]) -> str:
    listed = " and ".join(f"`{name}`" for name in names[:3])
    return listed if len(names) <= 3 else f"{listed} and {len(names) - 3:,} more"


def _look_alikes(kind: str, titles: Mapping[str, str], place_of: Callable[[str, str], Place]) -> list[Fault]:
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
            place_of(same[-1], "title"),
            "finding",
        )
        for same in alike.values()
        if len(same) > 1
    ]


def _short_look_alikes(
    kind: str, titles: Mapping[str, str], shorts: Mapping[str, str | None], place_of: Callable[[str, str], Place]
) -> Iterator[Fault]:
    """Short titles that look like the title or the short title of another; titles alone are reported without them."""
    called: dict[str, dict[str, str]] = {}
    for key, names in (("title", titles), ("short", shorts)):
        for id, name in names.items():
            if name is not None:
                called.setdefault(skeleton(name), {}).setdefault(id, key)
    for same in called.values():
        by_short = [id for id, key in same.items() if key == "short"]
        if by_short and len(same) > 1:
            yield Fault(
                "titles-look-alike",
                f"the {kind} {_listing(list(same))} have a title or short title in common",
                "say in each short title what sets it apart",
                tuple(same),
                place_of(by_short[-1], "short"),
                "finding",
            )
