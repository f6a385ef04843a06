"""Answers as stored in the file of a weight set."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from policy_options.analysis.elicitation.answers import Answers, Interval

__all__ = ["as_stored", "whole"]


def as_stored(answers: Answers) -> dict[str, Any]:
    """The answers with the keys and values of a weight set's file."""
    stored: dict[str, Any] = {}
    if answers.judgements:
        stored["judgements"] = {name: _judgement(answer) for name, answer in answers.judgements.items()}
    if answers.order:
        stored["order"] = [" > ".join(" = ".join(level) for level in chain) for chain in answers.order]
    if answers.pairwise:
        stored["pairwise"] = {name: _row(row) for name, row in answers.pairwise.items()}
    if answers.best_worst:
        stored["best-worst"] = [
            {
                "best": comparison.best,
                "worst": comparison.worst,
                "best-to-others": _row(comparison.best_to_others),
                "others-to-worst": _row(comparison.others_to_worst),
            }
            for comparison in answers.best_worst
        ]
    return stored


def whole(number: float) -> float | int:
    """A number as a person writes it: 60, not 60.0."""
    return int(number) if number.is_integer() else number


def _row(row: Mapping[str, float]) -> dict[str, float | int]:
    return {name: whole(number) for name, number in row.items()}


def _judgement(answer: float | Interval) -> Any:
    if isinstance(answer, Interval):
        return {"low": whole(answer.low), "high": whole(answer.high)}
    return whole(answer)
