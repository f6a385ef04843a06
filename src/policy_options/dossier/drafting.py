"""The text of a new weight set, with the ranges that its judgements are given on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from policy_options.dossier.contents import Contents
from policy_options.dossier.emitting import emit
from policy_options.dossier.models.base import FORMAT
from policy_options.dossier.ranges import ranges_now

__all__ = ["GIVEN_ON", "SCHEMA", "as_typed", "given_on_block", "weight_set_text"]

SCHEMA = "# yaml-language-server: $schema=../../schemas/weight-set.schema.json\n"
GIVEN_ON = (
    "# The ranges that the judgements were given on. When a criterion changes, the set is stale until it is confirmed\n"
    "# (policy-options weights refresh) or given again.\n"
)
_NOT_YET = (
    "# The ranges that the weights were given on are recorded once the criteria have no TODO left and the holder\n"
    "# confirms them: policy-options weights refresh.\n"
)


def given_on_block(contents: Contents) -> str:
    """``given-on:`` with the present range of every criterion."""
    return emit({"given-on": as_typed(ranges_now(contents))})


def as_typed(data: Any) -> Any:
    """The data with integers written as people type them: 30, not 30.0."""
    if isinstance(data, Mapping):
        return {key: as_typed(value) for key, value in data.items()}
    return int(data) if isinstance(data, float) and data.is_integer() and abs(data) < 1e15 else data


def weight_set_text(
    contents: Contents,
    *,
    title: str,
    holder: str,
    status: str,
    rationale: str,
    day: date | None,
    method: str,
    across: str,
    answers: Mapping[str, Any],
    parent: str | None = None,
    ranges_known: bool = True,
) -> str:
    """Write a whole file. ``answers`` has ``judgements``, ``order`` and so on, as in the format, together with settings.

    ``ranges_known`` is false for weights from elsewhere, given on scales that are still to be described: recording the
    present descriptions would make the set stale as soon as they are written.
    """
    head: dict[str, Any] = {
        "title": title,
        "holder": holder,
        "status": status,
        "date": day.isoformat() if day else None,
        "parent": parent,
        "rationale": rationale,
    }
    told = {key: value for key, value in head.items() if value is not None}
    judged = {"method": method, "across": across, **answers}
    ranges = GIVEN_ON + given_on_block(contents) if ranges_known else _NOT_YET
    return "\n".join((f"{SCHEMA}format: {FORMAT}\n", emit(told), emit(as_typed(judged), flow_leaves=True), ranges))
