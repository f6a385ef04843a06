"""Make the files of a dossier from an imported matrix. Anything the file does not state is a text that begins with
TODO.

``check`` lists these texts, so that none of them is forgotten.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from policy_options.dossier.building import build_problem
from policy_options.dossier.drafting import as_typed, weight_set_text
from policy_options.dossier.emitting import emit
from policy_options.dossier.files import read_contents
from policy_options.dossier.in_memory import InMemory
from policy_options.dossier.loading import load_contents
from policy_options.dossier.models.base import UNKNOWN, id_like
from policy_options.dossier.new_files import commented, decision_text, equal_weights_text, file_text
from policy_options.errors import as_written
from policy_options.exchange.importing.matrix import (
    At,
    ImportedCriterion,
    ImportedLevel,
    ImportedMatrix,
    ImportedScore,
    ImportedWeights,
)

__all__ = ["files_of"]

_EQUAL: Final = "equal"


def files_of(matrix: ImportedMatrix, name: str, day: date) -> dict[str, bytes]:
    """The files by name. ``name`` is the name of the decision.

    Raises:
        PolicyOptionsError: the result would not be a dossier that ranks.
    """
    files = {"criteria/criteria.yaml": _criteria(matrix)}
    for option, scores in zip(matrix.options, matrix.scores, strict=True):
        given = {one.id: _score(score) for one, score in zip(matrix.criteria, scores, strict=True)}
        head: dict[str, Any] = {"title": option.title}
        if option.summary:
            head["summary"] = option.summary
        about = f"Scores from {_where(matrix, option.at)}"
        files[f"options/{option.id}.yaml"] = file_text(
            "option", about, emit(head), emit({"scores": given}, flow_leaves=True)
        )
    weights = [one.id for one in matrix.weights] or [_EQUAL]
    files["criteria/decision.yaml"] = decision_text(
        id=id_like(name) or "decision",
        title=matrix.title or f"TODO name the decision ({name})",
        day=day,
        weights=weights[0],
        baseline=None,
        options=[one.id for one in matrix.options],
        about=f"Made from {matrix.source} by policy-options new --from.",
    )
    if matrix.weights:
        contents, _ = read_contents(InMemory(_encoded(files)))
        for one in matrix.weights:
            files[f"criteria/weights/{one.id}.yaml"] = weight_set_text(
                contents,
                title=one.title,
                holder=one.holder or "TODO whose view this is",
                status="illustrative",
                rationale=_rationale(matrix, one),
                day=None,
                method=one.method,
                across=one.across,
                answers=as_typed(one.answers),
                ranges_known="TODO" not in files["criteria/criteria.yaml"],
            )
    else:
        files[f"criteria/weights/{_EQUAL}.yaml"] = equal_weights_text(
            [one.id for one in matrix.criteria], f"{matrix.source} gives no weights"
        )
    encoded = _encoded(files)
    build_problem(load_contents(InMemory(encoded)))
    return encoded


def _where(matrix: ImportedMatrix, at: At) -> str:
    return f"{matrix.source}, {at}" if at.name else str(at)


def _encoded(files: dict[str, str]) -> dict[str, bytes]:
    return {name: text.encode() for name, text in files.items()}


def _rationale(matrix: ImportedMatrix, weights: ImportedWeights) -> str:
    return (
        f"TODO say why these weights. They are those of {matrix.source} ({weights.at}), which does not say who was asked, or "
        "about which ranges."
    )


def _score(score: ImportedScore) -> Any:
    if score.likely is None:
        return UNKNOWN
    likely, low, high = (as_typed({"n": one})["n"] for one in (score.likely, score.low, score.high))
    if low is None and score.note is None:
        return likely
    bounds = {} if low is None else {"low": low, "likely": likely, "high": high}
    return {**(bounds or {"likely": likely}), **({"rationale": score.note} if score.note else {})}


def _criteria(matrix: ImportedMatrix) -> str:
    def below(above: tuple[str, ...], indent: int) -> Iterable[str]:
        for criterion in matrix.criteria:
            if criterion.groups == above:
                yield commented(f"from {_where(matrix, criterion.at)}", indent)
                yield emit([_criterion(criterion, matrix.source)], indent=indent)
        for group in matrix.groups:
            if group.groups == above and any(
                one.groups[: len(above) + 1] == (*above, group.id) for one in matrix.criteria
            ):
                margin = " " * indent
                head = emit([{"id": group.id, "title": group.title}], indent=indent)
                yield f"{head}{margin}  criteria:\n"
                yield from below((*above, group.id), indent + 4)

    return file_text(
        "criteria",
        "Weights are judgements about the swing from the worst to the best end of each scale, so describe the ends first.",
        "criteria:\n" + "".join(below((), 2)),
    )


def _criterion(one: ImportedCriterion, source: str) -> dict[str, Any]:
    found: dict[str, Any] = {
        "id": one.id,
        "title": one.title,
        "unit": one.unit or ("judged level" if one.levels else "TODO unit"),
        "direction": one.direction,
        "scale": _scale(one, source),
    }
    if one.points:
        points = [as_typed({"at": at, "value": value}) for at, value in one.points]
        found["value-function"] = {"kind": "piecewise-linear", "points": points}
    return found


def _scale(one: ImportedCriterion, source: str) -> dict[str, Any]:
    if one.levels:
        return {"levels": [_level(one, level, index) for index, level in enumerate(one.levels)]}
    if one.low is None or one.high is None:
        return {
            "kind": "local",
            "because": f"TODO describe both ends and make the scale global. {source} does not give them, so they are the lowest "
            "and the highest score at hand, and another option could reorder these.",
        }
    return {
        end: {"at": as_typed({"n": at})["n"], "means": means or f"TODO say what {as_written(at)} means"}
        for end, at, means in (("low", one.low, one.low_means), ("high", one.high, one.high_means))
    }


def _level(one: ImportedCriterion, level: ImportedLevel, index: int) -> dict[str, Any]:
    first, last = one.levels[0].position, one.levels[-1].position
    share, means = (
        index / (len(one.levels) - 1),
        "TODO describe this level and judge its value; equal steps are assumed",
    )
    if level.position is not None and first is not None and last is not None:
        share = (level.position - first) / (last - first)
        means = "TODO describe this level; its value follows the numbers of the file"
    value = round(100 * (share if one.direction == "more-is-better" else 1 - share), 9)
    return {"id": level.id, "title": level.title, "means": means, "value": as_typed({"n": value})["n"]}
