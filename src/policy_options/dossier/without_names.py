"""A dossier without the names of people: participants in weight sets become "participant 1", scorers and reviewers "scorer 1".

The same person has the same number throughout. Ids of participants, which may be names, are replaced too, wherever a
weight set uses them. The names in interviews and workshops are removed, even of people who agreed to be named, since
the audience they agreed to is not recorded: their role stays. Ids of interviews and workshops, which may be names as
well, become "interview-1" and so on, wherever they are cited. Mentions of people in free text stay: only the author
knows which words are names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import count
from typing import Any, Final

from policy_options.dossier.acknowledged_names import OtherNames, acknowledged_without_names
from policy_options.dossier.carried import Carried, carried_files, findings_carried
from policy_options.dossier.contents import DECISION, EVIDENCE, OPTIONS, SCENARIOS, WEIGHTS, Contents
from policy_options.dossier.loading import load_contents
from policy_options.errors import Fault

__all__ = ["contents_without_names", "weights_without_names", "without_names"]


_UNREAD: Final = "file-not-read"


def contents_without_names(contents: Contents, *, participant: str, scorer: str) -> Contents:
    """The same dossier, read again without the names of people."""
    before = carried_files(contents)
    files = without_names(before, participant=participant, scorer=scorer)
    names = _names_of(before, contents.of_files)
    if contents.decision.model.acknowledged:
        files[DECISION] = files[DECISION] | {"acknowledged": acknowledged_without_names(contents, names)}
    # The findings of files are carried and not made again. Their messages and places name the files.
    found = [{"code": each.code, "ids": list(names.ids_of(each) or each.ids)} for each in contents.of_files]
    return load_contents(Carried(files, findings_carried(found)))


def _names_of(files: Mapping[str, Any], found: Iterable[Fault]) -> OtherNames:
    unread = dict.fromkeys(id for each in found if each.code == _UNREAD for id in each.ids)
    return OtherNames(
        people=_people_renamed(files),
        parents=_people_renamed(files) | _gone_renamed(files),
        sources=_asked(files),
        files={name: f"file-{index + 1}" for index, name in enumerate(unread)},
    )


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
    renamed = _people_renamed(files) | _gone_renamed(files)
    asked = _asked(files)
    for name, data in files.items():
        folder = name.rpartition("/")[0]
        if folder == OPTIONS:
            found[name] = _option(data, scorers)
        elif folder == SCENARIOS:
            found[name] = _scenario(data, scorers)
        elif folder == WEIGHTS:
            found[name] = _weight_set(data, participant)
        elif folder == EVIDENCE:
            id = name.rpartition("/")[2].removesuffix(".yaml")
            found[f"{EVIDENCE}/{asked.get(id, id)}.yaml"] = _without_name(data) if id in asked else data
        else:
            found[name] = data
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


def _sets(files: Mapping[str, Any]) -> dict[str, Any]:
    names = {name: name.rpartition("/") for name in files}
    return {file.removesuffix(".yaml"): files[name] for name, (folder, _, file) in names.items() if folder == WEIGHTS}


def _people_renamed(files: Mapping[str, Any]) -> dict[str, str]:
    """Other ids for all participants, by ``set/participant``."""
    return {
        f"{set_id}/{person['id']}": f"{set_id}/{_participant_id(index)}"
        for set_id, data in _sets(files).items()
        for index, person in enumerate(_people(data))
    }


def _gone_renamed(files: Mapping[str, Any]) -> dict[str, str]:
    """The same for those who are no longer in their set, and are named only as the parent of another."""
    sets, there = _sets(files), _people_renamed(files)
    parents = {str(data["parent"]) for data in sets.values() if isinstance(data, dict) and "parent" in data}
    numbers: dict[str, Iterator[int]] = {}
    renamed: dict[str, str] = {}
    for parent in sorted(parents - there.keys(), key=_numbers_first):
        set_id, slash, _ = parent.partition("/")
        if slash:
            number = next(numbers.setdefault(set_id, count(len(_people(sets.get(set_id))))))
            renamed[parent] = f"{set_id}/{_participant_id(number)}"
    return renamed


def _numbers_first(parent: str) -> tuple[bool, int, str]:
    """An order that does not change once people have numbers."""
    numbered = re.fullmatch(r"[^/]*/participant-\d+", parent) is not None
    return (not numbered, len(parent) if numbered else 0, parent)


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
