"""Shared by the commands that change, make and refresh weight sets: the effects of a change, and a validated draft."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from policy_options.errors import PolicyOptionsError

if TYPE_CHECKING:
    from policy_options.dossier.changing import PlannedChange
    from policy_options.dossier.contents import Contents
    from policy_options.dossier.models.weight_set import WeightSet

__all__ = ["checked_draft", "day_of", "diff_text", "left_alone"]


def left_alone(model: WeightSet) -> list[str]:
    """What a written change of weights left unchanged, and may no longer be true."""
    said = ["its rationale and date were left as they are"]
    if model.status == "elicited":
        said.append("its status still says that the holder was asked: write status: illustrative where that is not so")
    return said


def diff_text(planned: PlannedChange) -> str:
    """The change of a file, line by line."""
    from difflib import unified_diff

    old, new = (raw.decode("utf-8").splitlines(keepends=True) for raw in (planned.before, planned.after))
    lines = unified_diff(old, new, f"{planned.path} (now)", f"{planned.path} (changed)", n=0)
    return "".join(line if line.endswith("\n") else f"{line}\n" for line in lines)


def day_of(text: str | None) -> date:
    """The date given, or today's.

    Raises:
        PolicyOptionsError: it is not a date of the calendar.
    """
    if text is None:
        return date.today()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise PolicyOptionsError.of(
            "date", f"`{text}` is not a date of the calendar", "write it as 2026-02-24"
        ) from None


def checked_draft(contents: Contents, name: str, **fields: Any) -> str:
    """The text of a new weight set, read and validated as any file of the dossier would be.

    Raises:
        PolicyOptionsError: the id is invalid or taken, or a field does not follow the format.
    """
    from policy_options.dossier.answer_files import refuse_taken
    from policy_options.dossier.contents import WEIGHTS
    from policy_options.dossier.drafting import weight_set_text
    from policy_options.dossier.models.weight_set import WeightSet
    from policy_options.dossier.reading import read_yaml
    from policy_options.dossier.validation import validate

    refuse_taken(contents, name)
    for option, key in (("--holder", "holder"), ("--because", "rationale"), ("--title", "title")):
        if not str(fields[key]).strip():
            raise PolicyOptionsError.of("option-empty", f"the {key} ({option}) is empty", "write it")
    text = weight_set_text(contents, **fields)
    _, faults = validate(WeightSet, read_yaml(text.encode(), f"{WEIGHTS}/{name}.yaml"))
    if faults:  # reported without the place, which would be in a file that does not exist
        raise PolicyOptionsError(replace(fault, place=None) for fault in faults)
    return text
