"""Acknowledged findings in a dossier without names: they accept the same findings as before, and name nobody.

The ids in an acknowledgement do not say what they are ids of: a participant may have the id of a criterion, or the same
id in two weight sets. So the findings that it accepts are looked up, and each id of these is replaced by its position.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any, Final

from policy_options.dossier.checking import unfinished_findings
from policy_options.dossier.contents import EVIDENCE, WEIGHTS, Contents
from policy_options.dossier.models.decision import Acknowledgement
from policy_options.errors import Fault

__all__ = ["OtherNames", "acknowledged_without_names"]

_OF_PEOPLE: Final = ("cross-check-apart", "judgements-inconsistent", "weight-on-one-criterion")
"""Findings about weights, whose second id is the participant if the set has several."""
_OF_SOURCES: Final = ("claim-unused", "one-source")
_OF_TEXTS: Final = ("citation-mismatch", "quote-not-found")
"""Findings about sources, whose first id is the source. Those about their texts are made only where these are at hand."""
_OF_A_FILE: Final = ("text-lost", "unfinished")
"""Findings whose first id is that of the file that they are in."""
_UNREAD: Final = "file-not-read"


@dataclass(frozen=True, slots=True)
class OtherNames:
    """The ids of a dossier without names by the present ones: of participants (``set/participant``) and with them of those
    that only a parent names, of interviews and workshops, and the names of unread files.
    """

    people: Mapping[str, str]
    parents: Mapping[str, str]
    sources: Mapping[str, str]
    files: Mapping[str, str]

    def ids_of(self, finding: Fault) -> tuple[str, ...] | None:
        """The ids of a finding in the dossier without names; ``None`` if it is about a name, and is not found there."""
        first, *rest = finding.ids or ("",)
        if finding.code in _OF_PEOPLE and rest and f"{first}/{rest[0]}" in self.people:
            return (first, self.people[f"{first}/{rest[0]}"].partition("/")[2], *rest[1:])
        if finding.code == "parent-gone":
            return (first, *(self.parents.get(id, id) for id in rest))
        if finding.code == _UNREAD:
            return tuple(self.files.get(id, id) for id in finding.ids)
        if finding.code in _OF_SOURCES or (finding.code in _OF_A_FILE and _is_in(EVIDENCE, finding)):
            return None if rest == ["name"] else (self.sources.get(first, first), *rest)
        if finding.code == "unfinished" and (
            (_is_in(WEIGHTS, finding) and rest == ["participants", "name"])
            or (rest[:1] == ["scores"] and rest[-1] in ("scorer", "reviewer"))
        ):
            return None
        return finding.ids


def _is_in(folder: str, finding: Fault) -> bool:
    place = "" if finding.place is None else finding.place.file.replace("\\", "/").rpartition("/")[0]
    return place == folder or place.endswith(f"/{folder}")


def acknowledged_without_names(contents: Contents, names: OtherNames) -> list[dict[str, Any]]:
    """The acknowledgements of a decision as data, without names. What they accept is the same, and applying it again
    changes nothing.
    """
    found = [(each, names.ids_of(each)) for each in (*contents.findings, *unfinished_findings(contents))]
    known = _stable(contents, names)
    numbered = _Numbered(known)
    kept: list[dict[str, Any]] = []
    data = contents.decision.tree.data["acknowledged"]
    for entry, given in zip(contents.decision.model.acknowledged, data, strict=True):
        if not entry.about:
            kept.append(given)
            continue
        for about in _abouts(entry, found) or [_unmet(entry, names, known, numbered)]:
            other = given if about == entry.about else given | {"about": list(about)}
            if about and other not in kept:
                kept.append(other)
    return kept


def _abouts(entry: Acknowledgement, found: list[tuple[Fault, tuple[str, ...] | None]]) -> list[tuple[str, ...]]:
    """What to write under ``about``, once for each acknowledgement that is needed; nothing if no finding is met, and
    one empty entry if the findings that are met are all about a name.
    """
    about = frozenset(entry.about)
    of_code = [(finding.ids, ids) for finding, ids in found if finding.code == entry.finding]
    met = {ids for before, ids in of_code if about.issubset(before)}
    if not met:
        return []
    still = [ids for ids in dict.fromkeys(ids for _, ids in of_code) if ids is not None]
    if {ids for ids in still if about.issubset(ids)} == met - {None} and met != {None}:
        return [entry.about]
    return [ids for ids in still if ids in met] or [()]


def _unmet(entry: Acknowledgement, names: OtherNames, known: frozenset[str], numbered: _Numbered) -> tuple[str, ...]:
    """The ids of an acknowledgement that meets no finding here: those that cannot be a name, and numbers for the others."""

    def other(id: str) -> str:
        if id in names.parents:
            return names.parents[id]
        source, slash, claim = id.partition("/")
        if source in names.sources and (slash or entry.finding in (*_OF_SOURCES, *_OF_TEXTS)):
            return f"{names.sources[source]}{slash}{claim}"
        return id if id in known else numbered(id)

    return tuple(map(other, entry.about))


class _Numbered:
    """A number for each id, in order of first appearance."""

    def __init__(self, taken: frozenset[str]) -> None:
        self._known: dict[str, str] = {}
        self._free = (id for number in count(1) if (id := f"removed-{number}") not in taken)

    def __call__(self, id: str) -> str:
        if id not in self._known:
            self._known[id] = next(self._free)
        return self._known[id]


def _stable(contents: Contents, names: OtherNames) -> frozenset[str]:
    """The ids that are the same in the dossier without names, and are no names."""
    return frozenset(_ids(contents)) - names.sources.keys()


def _ids(contents: Contents) -> Iterator[str]:
    for by_id in (contents.leaves, contents.groups, contents.options, contents.weight_sets, contents.scenarios):
        yield from by_id
    for id, entry in contents.sources.items():
        source = entry.model
        yield id
        for claim in source.claims:
            yield claim.id
            yield f"{id}/{claim.id}"
        yield from map(str, source.paragraphs)
        yield from source.pages
