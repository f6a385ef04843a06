"""The folder of a dossier: which files belong to it, and each read and validated, with all faults of all files together."""

from __future__ import annotations

import gc
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from pydantic_core import PydanticCustomError

from policy_options.dossier import limits
from policy_options.dossier.contents import Contents, Entry
from policy_options.dossier.models.base import DossierFile, check_id
from policy_options.dossier.models.criteria import CriteriaFile
from policy_options.dossier.models.decision import Decision
from policy_options.dossier.models.option import Option
from policy_options.dossier.models.source import Source
from policy_options.dossier.models.weight_set import WeightSet
from policy_options.dossier.reading import read_yaml
from policy_options.dossier.validation import validate
from policy_options.errors import Fault, Place, PolicyOptionsError

__all__ = ["CRITERIA", "DECISION", "EVIDENCE", "OPTIONS", "WEIGHTS", "read_contents"]

DECISION = "criteria/decision.yaml"
CRITERIA = "criteria/criteria.yaml"
WEIGHTS = "criteria/weights"
OPTIONS = "options"
EVIDENCE = "options/evidence"

_log = logging.getLogger(__name__)

AnyFile = TypeVar("AnyFile", bound=DossierFile)


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Reading makes millions of objects and no garbage; the collector would walk over all of them again and again."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def read_contents(root: Path) -> tuple[Contents | None, list[Fault]]:
    """Read every file of a dossier. The contents are ``None`` where the decision or the criteria could not be read.

    Raises:
        PolicyOptionsError: the folder is no dossier.
    """
    if not (root / DECISION).is_file():
        raise PolicyOptionsError.of(
            "not-a-dossier",
            f"there is no dossier here: {DECISION} is missing",
            "go to the folder of a dossier, name one with --dossier DIR, or make one with policy-options new DIR",
            place=Place(str(root)),
        )
    faults: list[Fault] = []
    with _collector_paused():
        decision = _read(Decision, root, DECISION, "decision", faults)
        criteria = _read(CriteriaFile, root, CRITERIA, "criteria", faults)
        weight_sets = _read_all(WeightSet, root, WEIGHTS, faults)
        sources = _read_all(Source, root, EVIDENCE, faults)
        options = _read_all(Option, root, OPTIONS, faults)
    _log.info("read %d options, %d weight sets, %d sources in %s", len(options), len(weight_sets), len(sources), root)
    if decision is None or criteria is None:
        return None, faults
    return Contents(root, decision, criteria, options, weight_sets, sources), faults


def _read(model: type[AnyFile], root: Path, name: str, id: str, faults: list[Fault]) -> Entry[AnyFile] | None:
    path = root / name
    try:
        if not path.is_file():  # a pipe or a device would be read for ever
            raise PolicyOptionsError.of("file-missing", f"{name} is missing", "write it", place=Place(name))
        with path.open("rb") as stream:
            raw = stream.read(limits.MAX_FILE_BYTES + 1)
        tree = read_yaml(raw, name)
    except OSError as error:
        reason = error.strerror or str(error)
        faults.append(
            Fault("file-unreadable", f"{name} cannot be read: {reason}", "check its permissions", place=Place(name))
        )
        return None
    except PolicyOptionsError as error:
        faults.extend(error.faults)
        return None
    found, refusals = validate(model, tree)
    faults.extend(refusals)
    return None if found is None else Entry(id, found, tree)


def _read_all(model: type[AnyFile], root: Path, folder: str, faults: list[Fault]) -> dict[str, Entry[AnyFile]]:
    """All ``*.yaml`` of a folder by id, in the order of their names; a name that begins with a dot is no file of ours."""
    names = sorted(path.name for path in (root / folder).glob("*.y*ml") if not path.name.startswith("."))
    if len(names) > limits.MAX_FILES:
        faults.append(
            Fault(
                "too-many-files",
                f"{folder} holds {len(names):,} files; at most {limits.MAX_FILES:,} are read",
                "split the dossier",
                place=Place(folder),
            )
        )
        return {}
    entries = {}
    for name in names:
        place = Place(f"{folder}/{name}")
        stem, _, ending = name.rpartition(".")
        if ending != "yaml":
            faults.append(Fault("file-ending", f"the file ends in .{ending}", f"rename it {stem}.yaml", place=place))
            continue
        try:
            check_id(stem)
        except PydanticCustomError as refusal:
            faults.append(
                Fault(
                    "id",
                    f"the file's name is its id, and {refusal.message()}",
                    str((refusal.context or {})["remedy"]),
                    (stem,),
                    place,
                )
            )
            continue
        entry = _read(model, root, place.file, stem, faults)
        if entry is not None:
            entries[stem] = entry
    return entries
