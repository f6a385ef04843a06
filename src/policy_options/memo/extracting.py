"""Writing the dossier of a memo as files again: under the names used in a dossier, into an empty folder."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from policy_options.atomic_folders import make_folder
from policy_options.dossier.carried import Carried, findings_carried
from policy_options.dossier.emitting import emit
from policy_options.dossier.loading import load_contents
from policy_options.errors import Fault
from policy_options.limited import run_limited
from policy_options.memo.inputs import canonical
from policy_options.memo.verifying import LIMITS, inputs_in
from policy_options.wording.phrases import phrases_carried

__all__ = ["extract_dossier"]


def extract_dossier(pdf: bytes, folder: Path) -> tuple[int, tuple[Fault, ...]]:
    """Write the files of the attached dossier, and return how many; all of them are read and checked before the first is written.

    Findings of the files that the memo came from, which the written files do not have, are returned as well.

    The user's own wording is among the files, as ``templates/wording/<language>.yaml``.

    Raises:
        PolicyOptionsError: the memo has no dossier, or one with errors; the folder is not empty, or cannot be written.
    """
    answer = json.loads(run_limited(_texts, pdf, LIMITS, "reading the memo"))
    texts: dict[str, str] = answer["texts"]
    make_folder(folder, {name: text.encode() for name, text in texts.items()}, last="criteria")
    return len(texts), tuple(findings_carried(answer["found"]))


def _texts(pdf: bytes) -> bytes:
    """Runs in a process with limits: the text of every file, and the findings of the files that the memo came from."""
    inputs = inputs_in(pdf)
    found = [{"code": fault.code, "ids": list(fault.ids)} for fault in findings_carried(inputs.get("found", ()))]
    files, wording = inputs["files"], inputs.get("wording")
    language = load_contents(Carried(files)).decision.model.language
    texts = {name: emit(_in_order(data)) for name, data in files.items()}
    if wording is not None:
        phrases_carried(language, wording)
        given = {key: value for key, value in wording.items() if value is not None}
        texts[f"templates/wording/{language}.yaml"] = emit(given)
    return canonical({"texts": texts, "found": found})


def _in_order(data: dict[str, Any]) -> dict[str, Any]:
    """The keys of a file in the order in which people write them: format and titles, then short values, then lists and
    mappings.
    """
    first = [key for key in ("format", "id", "title", "short") if key in data]
    rest = sorted((key for key in data if key not in first), key=lambda key: isinstance(data[key], dict | list))
    return {key: data[key] for key in (*first, *rest)}
