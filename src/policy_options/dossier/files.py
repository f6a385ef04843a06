"""The files of a dossier from any origin: each is read and validated, and the faults of all files are collected."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, TypeVar

from pydantic_core import PydanticCustomError, ValidationError

from policy_options.dossier import limits
from policy_options.dossier.carried import Carried
from policy_options.dossier.contents import (
    CRITERIA,
    DECISION,
    EVIDENCE,
    OPTIONS,
    PACKAGES,
    SCENARIOS,
    WEIGHTS,
    Contents,
    Entry,
)
from policy_options.dossier.models.base import DossierFile, check_id
from policy_options.dossier.models.criteria import CriteriaFile
from policy_options.dossier.models.decision import Decision
from policy_options.dossier.models.option import Option, Score
from policy_options.dossier.models.scenario import Scenario
from policy_options.dossier.models.source import Source
from policy_options.dossier.models.weight_set import WeightSet
from policy_options.dossier.origins import Folder, Origin
from policy_options.dossier.reading import Tree, read_yaml
from policy_options.dossier.unread import is_ours, renamed, unread_files
from policy_options.dossier.validation import validate
from policy_options.errors import Fault, Place, PolicyOptionsError

__all__ = ["collector_paused", "read_contents"]

AnyFile = TypeVar("AnyFile", bound=DossierFile)


@contextmanager
def collector_paused() -> Iterator[None]:
    """Pause the garbage collector: reading makes millions of objects and no garbage, and it would traverse them
    repeatedly.
    """
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def read_contents(origin: Origin) -> tuple[Contents, list[Fault]]:
    """Read every file of a dossier. The contents have everything readable, the faults everything wrong.

    Raises:
        PolicyOptionsError: the folder is not a dossier.
    """
    if not origin.is_there(DECISION):
        raise PolicyOptionsError.of(
            "not-a-dossier",
            f"there is no dossier here: {DECISION if origin.is_there() else 'the folder'} is missing",
            "go to the folder of a dossier, name one with --dossier DIR, or make one with policy-options new DIR",
            place=Place(origin.label("")),
        )
    faults: list[Fault] = []
    with collector_paused():
        decision = _read(Decision, origin, DECISION, "decision", faults)
        criteria = _read(CriteriaFile, origin, CRITERIA, "criteria", faults)
        packages = None
        if origin.is_there(PACKAGES):
            from policy_options.dossier.models.packages import PackagesFile  # many dossiers have none

            packages = _read(PackagesFile, origin, PACKAGES, "packages", faults)
        names = {folder: _names(origin, folder, faults) for folder in (WEIGHTS, EVIDENCE, OPTIONS, SCENARIOS)}
        weight_sets = _read_all(WeightSet, origin, WEIGHTS, names[WEIGHTS], faults)
        sources = _read_all(Source, origin, EVIDENCE, names[EVIDENCE], faults)
        options = _read_all(Option, origin, OPTIONS, names[OPTIONS], faults)
        scenarios = _read_all(Scenario, origin, SCENARIOS, names[SCENARIOS], faults)
    known = {folder: frozenset(name.rpartition(".")[0] for name in found) for folder, found in names.items()}
    entries = (
        decision,
        criteria,
        packages,
        *options.values(),
        *weight_sets.values(),
        *sources.values(),
        *scenarios.values(),
    )
    found = [finding for entry in entries if entry is not None for finding in entry.tree.findings]
    if isinstance(origin, Carried):
        found += origin.found
    elif isinstance(origin, Folder):
        found += unread_files(origin)
    contents = Contents(
        origin.folder,
        decision,
        criteria,
        options,
        weight_sets,
        sources,
        known,
        packages_file=packages,
        packages_unread=packages is None and origin.is_there(PACKAGES),
        of_files=tuple(found),
        scenarios=scenarios,
        files_judged=isinstance(origin, Carried | Folder),  # for a revision, unread files are not reported
    )
    return contents, faults


def _names(origin: Origin, folder: str, faults: list[Fault]) -> list[str]:
    """Names of the YAML files of a folder, whatever the case of their endings; dot names are left out."""
    try:
        names = origin.names(folder)
    except OSError as error:
        reason, label = error.strerror or str(error), origin.label(folder)
        faults.append(
            Fault("file-unreadable", f"{label} cannot be read: {reason}", "check its permissions", place=Place(label))
        )
        return []
    return sorted(name for name in names if is_ours(name))


def _read(model: type[AnyFile], origin: Origin, name: str, id: str, faults: list[Fault]) -> Entry[AnyFile] | None:
    label = origin.label(name)
    try:
        tree = read_yaml(origin.read(name), label)
    except OSError as error:
        reason = error.strerror or str(error)
        faults.append(
            Fault("file-unreadable", f"{label} cannot be read: {reason}", "check its permissions", place=Place(label))
        )
        return None
    except PolicyOptionsError as error:
        faults.extend(error.faults)
        return None
    found, refusals = validate(model, tree)
    faults.extend(refusals)
    if found is not None:
        return Entry(id, found, tree)
    return _rest_of_option(id, tree) if model is Option else None


def _rest_of_option(id: str, tree: Tree) -> Entry[Any] | None:
    """A refused option reduced to its valid scores, so that they are checked in the same run."""
    scores = tree.data.get("scores") if isinstance(tree.data, dict) else None
    if not isinstance(scores, dict):
        return None
    whole = {}
    for name, score in scores.items():
        with suppress(ValidationError, PydanticCustomError):
            check_id(name)
            whole[name] = Score.model_validate(score)
    rest = Option.model_construct(format=1, title=id, scores=whole)
    return Entry(id, rest, tree, frozenset(scores.keys() - whole.keys()))


def _read_all(
    model: type[AnyFile], origin: Origin, folder: str, names: list[str], faults: list[Fault]
) -> dict[str, Entry[AnyFile]]:
    """The files of these names by id, in order; names that cannot be ids are refused."""
    if len(names) > limits.MAX_FILES:
        faults.append(
            Fault(
                "too-many-files",
                f"{folder} holds {len(names):,} files; at most {limits.MAX_FILES:,} are read",
                "split the dossier",
                place=Place(origin.label(folder)),
            )
        )
        return {}
    entries = {}
    for name in names:
        path = f"{folder}/{name}"
        place = Place(origin.label(path))
        stem, _, ending = name.rpartition(".")
        if ending != "yaml":
            remedy = renamed(folder, name, f"{stem}.yaml", frozenset(names))
            faults.append(Fault("file-ending", f"the file ends in .{ending}", remedy, place=place))
            continue
        if not stem.isprintable():  # bytes that are not text, or characters that would start a new line in a message
            faults.append(
                Fault("id", "the file's name has characters that cannot be shown", "choose another id", (), place)
            )
            continue
        try:
            check_id(stem)
        except PydanticCustomError as refusal:
            remedy = str((refusal.context or {})["remedy"])
            wanted = f"{remedy.removeprefix('write ')}.yaml"
            if wanted in names:
                remedy = f"there is {folder}/{wanted} as well: choose another id, or delete one of the two"
            elif " " not in wanted:
                remedy = f"rename it {wanted}"
            faults.append(Fault("id", f"the file's name is its id, and {refusal.message()}", remedy, (stem,), place))
            continue
        entry = _read(model, origin, path, stem, faults)
        if entry is not None:
            entries[stem] = entry
    return entries
