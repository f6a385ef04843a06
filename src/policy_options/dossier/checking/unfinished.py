"""Texts still to be written: they begin with TODO, as ``new`` writes them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from policy_options.dossier.contents import Contents
from policy_options.dossier.models.base import TODO
from policy_options.dossier.plain_words import quoted
from policy_options.dossier.reading import Path, Tree
from policy_options.errors import Fault

__all__ = ["unfinished_findings"]


def unfinished_findings(contents: Contents) -> list[Fault]:
    """A finding for each text in the files of a dossier that begins with TODO."""
    trees: list[tuple[str, Tree]] = [("decision", contents.decision.tree), ("criteria", contents.criteria.tree)]
    for entries in (contents.weight_sets, contents.options, contents.sources):
        trees += [(name, entry.tree) for name, entry in entries.items()]
    return [
        Fault(
            "unfinished",
            f"{quoted(text, 80)} is still to be written",
            "write it",
            (name, *(step for step in path if isinstance(step, str))),
            tree.place(path),
            "finding",
        )
        for name, tree in trees
        for path, text in _texts(tree.data, ())
    ]


def _texts(data: Any, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(data, str):
        if data.startswith(TODO) and not data[len(TODO) : len(TODO) + 1].isalnum():
            yield path, data
    elif isinstance(data, dict):
        for key, value in data.items():
            if isinstance(value, str | dict | list):
                yield from _texts(value, (*path, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from _texts(value, (*path, index))
