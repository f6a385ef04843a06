"""A dossier without the names of people: participants in weight sets become "participant 1", scorers and reviewers "scorer 1".

The same person has the same number throughout. Ids of participants, which may be names, are replaced too, wherever a
weight set uses them. The names in interviews and workshops are removed, even of people who agreed to be named, since
the audience they agreed to is not recorded: their role stays. Ids of interviews and workshops, which may be names as
well, become "interview-1" and so on, wherever they are cited. Mentions of people in free text stay: only the author
knows which words are names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import count
from typing import Any, Final

from policy_options.dossier.carried import Carried, carried_files
from policy_options.dossier.contents import DECISION, EVIDENCE, OPTIONS, SCENARIOS, WEIGHTS, Contents
from policy_options.dossier.loading import load_contents
from policy_options.errors import Fault

__all__ = ["contents_without_names", "weights_without_names", "without_names"]


_UNREAD: Final = "file-not-read"


def contents_without_names(contents: Contents, *, participant: str, scorer: str) -> Contents:
    """The same dossier, read again without the names of people."""
    files = without_names(carried_files(contents), participant=participant, scorer=scorer)
    # The findings of files are carried and not made again: what they name may be an interview, as well as an unread file.
    numbered = _unambiguous(carried_files(contents)) | _unread_numbered(contents.of_files)
    found = [replace(each, ids=tuple(numbered.get(id, id) for id in each.ids)) for each in contents.of_files]
    files[DECISION] = _acknowledged(files[DECISION], _unread_numbered(contents.of_files))
    return load_contents(Carried(files, found))


def _unread_numbered(found: Iterable[Fault]) -> dict[str, str]:
    """Other names for unread files, which may be named after people."""
    unread = dict.fromkeys(id for each in found if each.code == _UNREAD for id in each.ids)
    return {name: f"file-{index + 1}" for index, name in enumerate(unread)}


def _acknowledged(data: Any, numbered: Mapping[str, str]) -> Any:
    if not isinstance(data, dict) or not data.get("acknowledged"):
        return data
    kept = [
        {**one, "about": [numbered.get(id, id) for id in one["about"]]}
        if one.get("finding") == _UNREAD and "about" in one
        else one
        for one in data["acknowledged"]
    ]
    return data | {"acknowledged": kept}


def weights_without_names(contents: Contents, weights: str) -> str:
    """The id of a participant's weights, set/participant, in the dossier without names; other ids are unchanged."""
    name, slash, person = weights.partition("/")
    if not slash or name not in contents.weight_sets:
        return weights
    ids = [each.id for each in contents.weight_sets[name].model.participants]
    return f"{name}/{_participant_id(ids.index(person))}" if person in ids else weights


def sources_without_names(contents: Contents) -> dict[str, str]:
    """The ids of interviews and workshops in the dossier without names, by their own ids."""
    return _asked({f"{EVIDENCE}/{id}.yaml": {"kind": entry.model.kind} for id, entry in contents.sources.items()})


def without_names(files: Mapping[str, Any], *, participant: str, scorer: str) -> dict[str, Any]:
    """The data of a dossier's files, by name, with the names replaced; ``participant`` and ``scorer`` are the words for them.

    Applying it again changes nothing, as long as the words are the same.
    """
    scorers = _Numbered(scorer)
    numbered = {OPTIONS: _option, SCENARIOS: _scenario}
    for name in sorted(files, key=lambda name: (name.startswith(f"{SCENARIOS}/"), name)):
        if name.rpartition("/")[0] in numbered:  # in an order that does not change when the files are carried
            numbered[name.rpartition("/")[0]](_sorted(files[name]), scorers)
    found: dict[str, Any] = {}
    renamed: dict[str, str] = {}
    asked = _asked(files)
    for name, data in files.items():
        folder = name.rpartition("/")[0]
        if folder == OPTIONS:
            found[name] = _option(data, scorers)
        elif folder == SCENARIOS:
            found[name] = _scenario(data, scorers)
        elif folder == WEIGHTS:
            found[name] = _weight_set(data, participant)
            renamed |= _renamed(name.rpartition("/")[2].removesuffix(".yaml"), data)
        elif folder == EVIDENCE:
            id = name.rpartition("/")[2].removesuffix(".yaml")
            found[f"{EVIDENCE}/{asked.get(id, id)}.yaml"] = _without_name(data) if id in asked else data
        else:
            found[name] = data
    found[DECISION] = _decision(found.get(DECISION), renamed, asked, _unambiguous(files))
    for name, data in found.items():
        if name.rpartition("/")[0] == WEIGHTS and isinstance(data, dict) and data.get("parent") in renamed:
            found[name] = data | {"parent": renamed[data["parent"]]}
    if any(id != other for id, other in asked.items()):
        found = {
            name: data if name.startswith(f"{EVIDENCE}/") else _cited_as(data, asked) for name, data in found.items()
        }
    return dict(sorted(found.items()))


def _asked(files: Mapping[str, Any]) -> dict[str, str]:
    """Other ids for interviews and workshops, in an order that does not change when this is repeated."""
    ids = {name.rpartition("/")[2].removesuffix(".yaml"): data for name, data in files.items() if _is_source(name)}
    asked = [id for id in ids if isinstance(ids[id], dict) and ids[id].get("kind") in ("interview", "workshop")]
    asked.sort(
        key=lambda id: (not re.fullmatch(r"interview-\d+", id), len(id) if id.startswith("interview-") else 0, id)
    )
    others = ids.keys() - set(asked)
    free = (id for number in count(1) if (id := f"interview-{number}") not in others)
    return dict(zip(asked, free, strict=False))


def _unambiguous(files: Mapping[str, Any]) -> dict[str, str]:
    """Other ids for interviews and workshops whose ids no option and no weight set has too."""
    taken = {
        name.rpartition("/")[2].removesuffix(".yaml") for name in files if name.rpartition("/")[0] in (OPTIONS, WEIGHTS)
    }
    return {id: other for id, other in _asked(files).items() if id not in taken}


def _is_source(name: str) -> bool:
    return name.rpartition("/")[0] == EVIDENCE


def _without_name(data: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if key != "name"} | {"consent": "unnamed"}


def _cited_as(data: Any, asked: Mapping[str, str]) -> Any:
    """The data with new ids of sources in every list of ``evidence``."""
    if isinstance(data, list):
        return [_cited_as(one, asked) for one in data]
    if not isinstance(data, dict):
        return data
    return {
        key: [_claim_as(claim, asked) for claim in value]
        if key == "evidence" and isinstance(value, list)
        else _cited_as(value, asked)
        for key, value in data.items()
    }


def _claim_as(claim: Any, asked: Mapping[str, str]) -> Any:
    source, slash, rest = str(claim).partition("/")
    return f"{asked[source]}/{rest}" if slash and source in asked else claim


def _participant_id(index: int) -> str:
    return f"participant-{index + 1}"


def _people(data: Any) -> list[dict[str, Any]]:
    return list(data.get("participants") or ()) if isinstance(data, dict) else []


def _renamed(set_id: str, data: Any) -> dict[str, str]:
    ids = [str(person["id"]) for person in _people(data)]
    return {f"{set_id}/{id}": f"{set_id}/{_participant_id(index)}" for index, id in enumerate(ids)}


_OF_SOURCES: Final = frozenset(("citation-mismatch", "claim-unused", "one-source", "quote-not-found"))


def _decision(data: Any, renamed: Mapping[str, str], asked: Mapping[str, str], unambiguous: Mapping[str, str]) -> Any:
    """The decision, whose acknowledged findings may concern a person's weights or an interview."""
    if not isinstance(data, dict) or not data.get("acknowledged"):
        return data
    bare = {old.partition("/")[2]: new.partition("/")[2] for old, new in renamed.items()}
    names = dict(unambiguous) | bare | dict(renamed)
    kept = []
    for one in data["acknowledged"]:
        known = asked if one.get("finding") in _OF_SOURCES else names
        about = {"about": [known.get(id, _claim_as(id, asked)) for id in one["about"]]} if "about" in one else {}
        kept.append({**one, **about})
    return data | {"acknowledged": kept}


class _Numbered:
    """A number for each name, in order of first appearance."""

    def __init__(self, word: str) -> None:
        self._word = word
        self._known: dict[str, str] = {}

    def __call__(self, name: str) -> str:
        return self._known.setdefault(name, f"{self._word} {len(self._known) + 1}")


def _option(data: Any, scorers: _Numbered) -> Any:
    if not isinstance(data, dict) or not isinstance(data.get("scores"), dict):
        return data
    return data | {"scores": _scores(data["scores"], scorers)}


def _scenario(data: Any, scorers: _Numbered) -> Any:
    if not isinstance(data, dict) or not isinstance(data.get("scores"), dict):
        return data
    scores = {
        option: _scores(given, scorers) if isinstance(given, dict) else given
        for option, given in data["scores"].items()
    }
    return data | {"scores": scores}


def _scores(given: dict[str, Any], scorers: _Numbered) -> dict[str, Any]:
    scores: dict[str, Any] = {}
    for criterion, score in given.items():
        if not isinstance(score, dict):
            scores[criterion] = score
            continue
        kept = {key: scorers(value) if key in ("scorer", "reviewer") else value for key, value in score.items()}
        if "scorers" in kept:
            kept["scorers"] = [{**view, "scorer": scorers(view["scorer"])} for view in score["scorers"]]
        scores[criterion] = kept
    return scores


def _sorted(data: Any) -> Any:
    """The data with the keys of all mappings in order."""
    if isinstance(data, dict):
        return {key: _sorted(data[key]) for key in sorted(data)}
    return [_sorted(one) for one in data] if isinstance(data, list) else data


def _weight_set(data: Any, word: str) -> Any:
    people = _people(data)
    if not people:
        return data
    replaced = [
        person | {"id": _participant_id(index), "name": f"{word} {index + 1}"} for index, person in enumerate(people)
    ]
    return data | {"participants": replaced}
