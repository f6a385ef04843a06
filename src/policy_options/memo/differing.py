"""Which inputs of a memo differ from those of a dossier, file by file and value by value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from policy_options.api import Dossier
from policy_options.dossier.carried import carried_files
from policy_options.memo.inputs import canonical
from policy_options.wording.plain import clip

__all__ = ["differing_inputs"]

_NAMED: Final = 20
_LONGEST: Final = 60


def differing_inputs(inputs: Mapping[str, Any], dossier: Dossier) -> list[str]:
    """A line a difference, the first twenty, and how many more there are; one line where all are equal."""
    found = list(_differences(inputs["files"], carried_files(dossier.contents)))
    if not found:
        return ["dossier: the inputs are the same"]
    lines = [f"dossier: {line}" for line in found[:_NAMED]]
    if len(found) > _NAMED:
        lines.append(f"dossier: {len(found) - _NAMED} more inputs differ")
    return lines


def _differences(carried: Mapping[str, Any], present: Mapping[str, Any]) -> Iterator[str]:
    for name in sorted({*carried, *present}):
        if name not in present:
            yield f"{name} is in the memo alone"
        elif name not in carried:
            yield f"{name} is in the dossier alone"
        else:
            for path, was, now in _apart(carried[name], present[name], ""):
                yield f"{name}: {path} is {was} in the memo, and {now} in the dossier"


def _apart(was: Any, now: Any, path: str) -> Iterator[tuple[str, str, str]]:
    if isinstance(was, dict) and isinstance(now, dict):
        for key in [*was, *(key for key in now if key not in was)]:
            yield from _apart(was.get(key, _Nothing), now.get(key, _Nothing), f"{path}.{key}" if path else str(key))
    elif isinstance(was, list) and isinstance(now, list) and len(was) == len(now):
        for index, (one, other) in enumerate(zip(was, now, strict=True)):
            yield from _apart(one, other, f"{path}[{index}]")
    elif was is _Nothing or now is _Nothing or canonical(was) != canonical(now):
        yield path, _short(was), _short(now)


class _Nothing:
    """Stands for a value that one side lacks."""


def _short(value: Any) -> str:
    return "not there" if value is _Nothing else clip(canonical(value).decode(), _LONGEST)
