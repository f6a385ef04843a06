"""A dossier carried as data in another file: what goes in, and an ``Origin`` that reads it as if it were on disk."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from pydantic_core import PydanticCustomError

from policy_options.dossier import limits
from policy_options.dossier.contents import (
    CRITERIA,
    DECISION,
    EVIDENCE,
    OPTIONS,
    PACKAGES,
    SCENARIOS,
    WEIGHTS,
    Contents,
)
from policy_options.dossier.models.base import check_id
from policy_options.errors import Fault, Place, PolicyOptionsError

__all__ = ["Carried", "carried_files", "carried_findings", "findings_carried", "refuse_other_names", "refuse_too_large"]

_OF_FILES: Final = frozenset(("file-not-read", "text-lost"))


def carried_files(contents: Contents) -> dict[str, Any]:
    """The data of every file of a dossier by its name, sorted; comments and layout are not data, and are left out."""
    found = {DECISION: contents.decision.tree.data, CRITERIA: contents.criteria.tree.data}
    if contents.packages_file is not None:
        found[PACKAGES] = contents.packages_file.tree.data
    for folder, entries in (
        (WEIGHTS, contents.weight_sets),
        (OPTIONS, contents.options),
        (EVIDENCE, contents.sources),
        (SCENARIOS, contents.scenarios),
    ):
        found |= {f"{folder}/{name}.yaml": entry.tree.data for name, entry in entries.items()}
    return dict(sorted(found.items()))


def carried_findings(contents: Contents) -> list[dict[str, Any]]:
    """Findings of the files that do not show in their data, as data: the kind and the ids of each."""
    return [{"code": finding.code, "ids": list(finding.ids)} for finding in contents.of_files]


def findings_carried(found: Any) -> list[Fault]:
    """Restore the findings given by ``carried_findings``; their wording and places stayed with the files.

    Raises:
        PolicyOptionsError: one is of a kind that follows from the data rather than the files.
    """
    if not isinstance(found, list | tuple) or not all(_is_finding(one) for one in found):
        raise PolicyOptionsError.of("carried-finding", "it carries a finding that no file has")
    return [
        Fault(str(one["code"]), f"{one['code']}: see the files", "", tuple(map(str, one["ids"])), severity="finding")
        for one in found
    ]


def _is_finding(one: Any) -> bool:
    """Whether data has the form of a finding of files, of a known kind."""
    if not isinstance(one, Mapping) or one.keys() != {"code", "ids"} or one["code"] not in tuple(_OF_FILES):
        return False
    return isinstance(one["ids"], list | tuple) and all(isinstance(id, str) for id in one["ids"])


def refuse_too_large(files: Mapping[str, Any]) -> None:
    """Refuse data that could be carried but not read again: aliases are written out, so that a small file may expand
    greatly.

    Raises:
        PolicyOptionsError: a file is of this kind.
    """
    for name, data in files.items():
        if len(_as_read(data)) > limits.MAX_FILE_BYTES:
            raise PolicyOptionsError.of(
                "file-too-large",
                f"{name} has more than {limits.MAX_FILE_BYTES:,} bytes once its aliases are written out, which is the most "
                "that a memo carries",
                "split it, or use --without-inputs",
                ids=(name,),
                place=Place(name),
            )


def refuse_other_names(files: Mapping[str, object]) -> None:
    """Refuse names that no file of a dossier has, before anything is written under them.

    Raises:
        PolicyOptionsError: there is such a name.
    """
    for name in files:
        folder, _, file = name.rpartition("/")
        try:
            if name not in (DECISION, CRITERIA, PACKAGES):
                check_id(file.removesuffix(".yaml"))
                if folder not in (WEIGHTS, OPTIONS, EVIDENCE, SCENARIOS) or not file.endswith(".yaml"):
                    raise ValueError(name)
        except (PydanticCustomError, ValueError):
            raise PolicyOptionsError.of(
                "carried-name", "a carried file has a name that no file of a dossier has"
            ) from None


class Carried:
    """An ``Origin`` over data: each file is its JSON, which is also YAML, so that the usual reader checks it.

    ``found`` are the findings of the files that the data came from, which no longer show in the data.
    """

    folder: Path | None = None

    def __init__(self, files: Mapping[str, Any], found: Iterable[Fault] = ()) -> None:
        refuse_other_names(files)
        self._files = files
        self.found = tuple(found)

    def label(self, name: str) -> str:
        return name or "the carried dossier"

    def is_there(self, name: str = "") -> bool:
        return name == "" or name in self._files

    def names(self, folder: str) -> list[str]:
        parts = (name.rpartition("/") for name in self._files)
        return [name for above, _, name in parts if above == folder]

    def read(self, name: str) -> bytes:
        if name not in self._files:
            raise PolicyOptionsError.of("file-missing", f"{name} is missing", place=Place(name))
        return _as_read(self._files[name])[: limits.MAX_FILE_BYTES + 1]


def _as_read(data: Any) -> bytes:
    return json.dumps(data, ensure_ascii=False, indent=0).encode()
