"""Settling, by flags or by asking, what no file states: which direction is better, and scales that cannot be known."""

from __future__ import annotations

from dataclasses import replace

from policy_options.dossier.plain_words import quoted
from policy_options.errors import Fault, PolicyOptionsError, as_written
from policy_options.exchange.importing.asked import Asked, like, listed
from policy_options.exchange.importing.matrix import At, ImportedCriterion, ImportedMatrix

__all__ = ["settled"]


def settled(matrix: ImportedMatrix, asked: Asked) -> ImportedMatrix:
    """The matrix with a direction for each criterion, and scales that allow a ranking.

    Raises:
        PolicyOptionsError: a direction is unknown (``direction-unknown``) or contradicted, a flag names no criterion,
            or a criterion has neither ends nor scores that differ (``scale-unknown``).
    """
    faults: list[Fault] = []
    criteria, assumed = _directions(matrix, asked, faults)
    _refuse_unused(matrix, asked, faults)
    for column, criterion in enumerate(criteria):
        if criterion.low is None and not criterion.levels:
            _refuse_alike(matrix, column, criterion, faults)
        _refuse_off_scale(matrix, column, criterion, faults)
    if faults:
        raise PolicyOptionsError(faults)
    local = [one.id for one in criteria if one.low is None and not one.levels]
    if local:
        assumed.append(
            f"the ends of the scales of {listed(local)}: the lowest and highest score at hand are taken, and the scale is local "
            "until you describe its ends"
        )
    no_unit = [one.id for one in criteria if one.unit is None and not one.levels]
    if no_unit:
        assumed.append(f"the units of {listed(no_unit)}")
    if not matrix.weights:
        assumed.append("weights: all criteria weigh the same until somebody is asked (policy-options weights elicit)")
    return replace(matrix, criteria=tuple(criteria), assumed=(*matrix.assumed, *assumed))


def _directions(matrix: ImportedMatrix, asked: Asked, faults: list[Fault]) -> tuple[list[ImportedCriterion], list[str]]:
    named = None if asked.less_is_better is None else {like(name) for name in asked.less_is_better}
    made: list[ImportedCriterion] = []
    open_: list[ImportedCriterion] = []
    taken: list[str] = []
    for one in matrix.criteria:
        less = named is not None and bool({like(one.id), like(one.title)} & named)
        if one.direction is None and named is not None:
            taken.append(one.id)
            one = replace(one, direction="less-is-better" if less else "more-is-better")
        elif one.direction is None:
            open_.append(one)
        elif less and one.direction != "less-is-better":
            faults.append(
                one.at.fault(
                    "direction-contradicted",
                    f"the file says that more of {quoted(one.title)} is better, and --less-is-better names it",
                    "correct one of the two",
                )
            )
        made.append(one)
    if open_:
        names = ",".join(one.id for one in open_[:12])
        faults.append(
            Fault(
                "direction-unknown",
                f"the file does not say which way is better on {listed([quoted(one.title) for one in open_])}",
                f"name those of which less is better, out of {names}: --less-is-better A,B (or none); "
                "more is better on the others",
                place=At(matrix.source).place,
            )
        )
    return made, [f"which way is better on {listed(taken)}: as --less-is-better says"] if taken else []


def _refuse_unused(matrix: ImportedMatrix, asked: Asked, faults: list[Fault]) -> None:
    """Refuse a flag that names nothing: a mistake that would go unnoticed."""
    known = {like(name) for one in matrix.criteria for name in (one.id, one.title)}
    for name in asked.less_is_better or ():
        if like(name) not in known:
            faults.append(_names_nothing(matrix, "--less-is-better", name, [one.id for one in matrix.criteria]))
    for name in asked.not_found:
        faults.append(_names_nothing(matrix, "--leave-out", name, [one.title for one in matrix.criteria]))


def _names_nothing(matrix: ImportedMatrix, flag: str, name: str, known: list[str]) -> Fault:
    remedy = f"the criteria are {listed(known)}"
    if any("," in other for other in known):
        remedy += """; put a name with a comma in it in double quotes within the quotes of the shell: '"X, Y"'"""
    return Fault(
        "flag-names-nothing",
        f"{flag} names {quoted(name)}, which was not found",
        remedy,
        place=At(matrix.source).place,
    )


def _refuse_alike(matrix: ImportedMatrix, column: int, criterion: ImportedCriterion, faults: list[Fault]) -> None:
    scores = [row[column] for row in matrix.scores]
    known = {n for score in scores for n in (score.low, score.likely, score.high) if n is not None}
    if len(known) < 2:
        why = "no option has a score" if not known else "all options have the same score"
        faults.append(
            criterion.at.fault(
                "scale-unknown",
                f"{quoted(criterion.title)}: {why}, and the file gives no ends of its scale, so it has no scale",
                'give its ends (in a table, rows named "scale low" and "scale high"), or leave it out with '
                f"--leave-out {criterion.id}",
            )
        )


def _refuse_off_scale(matrix: ImportedMatrix, column: int, criterion: ImportedCriterion, faults: list[Fault]) -> None:
    if criterion.low is None or criterion.high is None:
        return
    for option, row in zip(matrix.options, matrix.scores, strict=True):
        for number in (row[column].low, row[column].likely, row[column].high):
            if isinstance(number, float) and not criterion.low <= number <= criterion.high:
                faults.append(
                    criterion.at.fault(
                        "off-scale",
                        f"{quoted(option.title)} has {as_written(number)} on {quoted(criterion.title)}, off its scale from "
                        f"{as_written(criterion.low)} to {as_written(criterion.high)}",
                        "correct the score or the ends of the scale",
                    )
                )
                break
