"""The inputs of a memo that differ from those of a dossier: files value by value, and seed, template, wording and version."""

from __future__ import annotations

import json
import re
import struct
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any, Final

from policy_options.api import Dossier
from policy_options.dossier.carried import carried_files
from policy_options.errors import PolicyOptionsError
from policy_options.limited import run_limited
from policy_options.memo.audience import without_names
from policy_options.memo.inputs import canonical, inputs_digest, memo_inputs
from policy_options.memo.templates import template_folders
from policy_options.memo.verifying import LIMITS, inputs_in
from policy_options.wording.phrases import load_phrases
from policy_options.wording.plain import clip

__all__ = ["differences_of_memo", "differing_inputs"]

_HEAD: Final = struct.Struct(">Q")

_NAMED: Final = 20
_LONGEST: Final = 60
_NAME: Final = re.compile(r"[a-z0-9._-]{1,60}")


def differences_of_memo(pdf: bytes, root: Path, templates: Path | None = None) -> tuple[str, list[str]]:
    """The digest of a memo's attached inputs, and their differences from a dossier (``differing_inputs``).

    It runs in a process with limits, since a memo is untrusted.

    Raises:
        PolicyOptionsError: the memo has no inputs, the dossier cannot be read, or a limit was reached.
    """
    asked = json.dumps([str(root), None if templates is None else str(templates)]).encode()
    answer = run_limited(_differences_of_memo, _HEAD.pack(len(asked)) + asked + pdf, LIMITS, "comparing the inputs")
    digest, lines = json.loads(answer)
    return str(digest), [str(line) for line in lines]


def _differences_of_memo(argument: bytes) -> bytes:
    end = _HEAD.size + _HEAD.unpack_from(argument)[0]
    root, templates = json.loads(argument[_HEAD.size : end])
    inputs = inputs_in(argument[end:])
    lines = differing_inputs(inputs, Path(root), None if templates is None else Path(templates))
    return json.dumps([inputs_digest(inputs), lines]).encode()


def differing_inputs(inputs: Mapping[str, Any], root: Path, templates: Path | None = None) -> list[str]:
    """The differences between a memo's attached inputs and those of a dossier's folder under the same choices.

    The choices are weights, template and audience. There is one line per difference for the first twenty, then the
    number of others; the result is empty if nothing differs.

    Raises:
        PolicyOptionsError: the dossier cannot be read.
    """
    differences = _all(inputs, root, templates)
    lines = list(islice(differences, _NAMED))
    more = sum(1 for _ in differences)
    return [*lines, f"{more} more inputs differ"] if more else lines


def _all(inputs: Mapping[str, Any], root: Path, templates: Path | None) -> Iterator[str]:
    folders = template_folders(root, templates)
    dossier = Dossier.load(root)
    phrases = load_phrases(dossier.contents.decision.model.language, folders)
    if inputs["public"] is True:
        dossier = without_names(dossier, phrases)
    yield from _differences(inputs["files"], carried_files(dossier.contents))
    try:
        weights = dossier.weighting(str(inputs["weights"])).id
    except PolicyOptionsError:
        yield f"weights: {_short(inputs['weights'])} is a weight set of the memo alone"
        return
    here = memo_inputs(
        dossier,
        weights,
        phrases,
        template=str(inputs["template"]),
        folders=folders,
        public=inputs["public"] is True,
        annex_apart=inputs["annex_apart"] is True,
    )
    for key in sorted({*inputs, *here} - {"files"}):
        lines = [
            f"{path} is {was} in the memo, and {now} in the dossier"
            for path, was, now in _differing_values(inputs.get(key, _Nothing), here.get(key, _Nothing), _key(key))
        ]
        if lines and key == "wording" and templates is None:
            yield "wording: where the memo was made with --templates, name the same folder here"
        yield from lines


def _differences(carried: Mapping[str, Any], present: Mapping[str, Any]) -> Iterator[str]:
    for name in sorted({*carried, *present}):
        if name not in present:
            yield f"{name} is in the memo alone"
        elif name not in carried:
            yield f"{name} is in the dossier alone"
        else:
            for path, was, now in _differing_values(carried[name], present[name], ""):
                yield f"{name}: {path} is {was} in the memo, and {now} in the dossier"


def _differing_values(was: Any, now: Any, path: str) -> Iterator[tuple[str, str, str]]:
    if isinstance(was, dict) and isinstance(now, dict):
        for key in [*was, *(key for key in now if key not in was)]:
            yield from _differing_values(
                was.get(key, _Nothing), now.get(key, _Nothing), f"{path}.{_key(key)}" if path else _key(key)
            )
    elif isinstance(was, list) and isinstance(now, list) and len(was) == len(now):
        for index, (item_was, item_is) in enumerate(zip(was, now, strict=True)):
            yield from _differing_values(item_was, item_is, f"{path}[{index}]")
    elif was is _Nothing or now is _Nothing or canonical(was) != canonical(now):
        yield path, _short(was), _short(now)


def _key(key: Any) -> str:
    """A key as printed: in quotes and shortened unless it is a plain name, since anybody may have written it."""
    name = str(key)
    return name if _NAME.fullmatch(name) else clip(canonical(name).decode(), _LONGEST)


class _Nothing:
    """Placeholder for a value that one side lacks."""


def _short(value: Any) -> str:
    return "not there" if value is _Nothing else clip(canonical(value).decode(), _LONGEST)
