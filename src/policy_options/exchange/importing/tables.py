"""The cells of a table as a matrix: scores, and the contents of rows about criteria."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from policy_options.dossier.plain_words import quoted
from policy_options.errors import Fault, PolicyOptionsError, as_written
from policy_options.exchange.importing.asked import Asked, counted, listed
from policy_options.exchange.importing.grid import Cell, Kind
from policy_options.exchange.importing.ids import ids_of, title_of
from policy_options.exchange.importing.matrix import (
    UNKNOWN_SCORE,
    At,
    Direction,
    ImportedCriterion,
    ImportedGroup,
    ImportedMatrix,
    ImportedOption,
    ImportedScore,
    ImportedWeights,
)
from policy_options.exchange.importing.numbers import looks_like_a_number
from policy_options.exchange.importing.table_shape import Column, Shape, View
from policy_options.exchange.importing.words import direction_of, is_unknown

__all__ = ["matrix_of"]

_UNIT_IN_HEADER: Final = re.compile(r"(.+?)\s*[(\[]([^()\[\]]+)[)\]]\Z")


@dataclass(slots=True)
class _Reading:
    """Working state: faults of all cells are collected to be reported together."""

    view: View
    asked: Asked
    faults: list[Fault] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)

    def title(self, text: str, at: At, what: str) -> str:
        try:
            return title_of(text, at, what)
        except PolicyOptionsError as error:
            self.faults.extend(error.faults)
            return "?"


def matrix_of(
    shape: Shape, view: View, file: str, form: str, asked: Asked, *, read: tuple[str, ...], left_out: tuple[str, ...]
) -> ImportedMatrix:
    """The matrix of a table.

    Raises:
        PolicyOptionsError: with everything wrong in it.
    """
    reading = _Reading(view, asked, list(shape.faults))
    options, option_notes = _options(reading, shape)
    criteria, groups, criterion_notes = _criteria(reading, shape)
    columns = [_scores(reading, shape, column, one) for column, one in zip(shape.columns, criteria, strict=True)]
    weights = _weights(reading, shape, criteria, file)
    if reading.faults:
        raise PolicyOptionsError(reading.faults)
    notes = list(criterion_notes)
    for role, what in _SAID.items():
        if role in shape.about:
            notes.append(f"{what} from {_whole_row(view, shape, shape.about[role])}")
    assumed = []
    if reading.unknown:
        missing = counted(len(reading.unknown), "is empty, so it is", "are empty, so they are")
        assumed.append(f"{missing}: {listed(reading.unknown, 8)}")
    return ImportedMatrix(
        file,
        form,
        tuple(options),
        tuple(criteria),
        tuple(zip(*columns, strict=True)),
        groups=tuple(groups),
        weights=weights,
        read=(*read, *notes, *option_notes),
        left_out=(*left_out, *shape.left_out),
        assumed=tuple(assumed),
    )


_SAID: Final = {
    "unit": "units",
    "direction": "directions",
    "weight": "weights",
    "low": "low ends of scales",
    "high": "high ends of scales",
    "worst": "worst ends of scales",
    "best": "best ends of scales",
    "group": "groups",
}


def _whole_row(view: View, shape: Shape, row: int) -> str:
    return (
        f"{view.at(row, shape.columns[0].likely)} and on"
        if len(shape.columns) > 1
        else str(view.at(row, shape.columns[0].likely))
    )


def _options(reading: _Reading, shape: Shape) -> tuple[list[ImportedOption], list[str]]:
    view = reading.view
    places = [view.at(row, shape.label) for row in shape.options]
    titles = [
        reading.title(view.cells[row, shape.label].text, at, "name")
        for row, at in zip(shape.options, places, strict=True)
    ]
    ids, notes, faults = ids_of(list(zip(titles, places, strict=True)), "option")
    reading.faults.extend(faults)
    made = []
    for id, title, row, at in zip(ids, titles, shape.options, places, strict=True):
        cell = view.cells.get((row, shape.summary)) if shape.summary is not None else None
        summary = None if cell is None else " ".join(cell.text.split())[:10_000]
        made.append(ImportedOption(id, title, at, summary))
    return made, notes


def _criteria(reading: _Reading, shape: Shape) -> tuple[list[ImportedCriterion], list[ImportedGroup], list[str]]:
    named, units = [], []
    notes = []
    for column in shape.columns:
        title = reading.title(column.name, column.at, "name")
        unit = _unit(reading, shape, column)
        split = _UNIT_IN_HEADER.match(title)
        if unit is None and split is not None:
            title, unit = split[1], split[2]
            notes.append(f"unit {quoted(unit)} from the header {column.at}")
        if unit is None and _as_percent(reading, shape, column):
            unit = "per cent"
        named.append((title, column.at))
        units.append(unit)
    groups, group_of = _groups(reading, shape)
    ids, id_notes, faults = ids_of(named, "criterion", [group.id for group in groups])
    reading.faults.extend(faults)
    made = []
    for column, id, (title, at), unit in zip(shape.columns, ids, named, units, strict=True):
        low, high, direction = _scale(reading, shape, column)
        of_groups = (group_of[column.likely],) if column.likely in group_of else ()
        made.append(ImportedCriterion(id, title, at, unit, direction, low, high, groups=of_groups))
    return made, groups, [*notes, *id_notes]


def _about(reading: _Reading, shape: Shape, role: str, column: Column) -> tuple[Cell, At] | None:
    """The entry for one criterion in a row about criteria: in the column of its likely scores, or of low if cells are
    merged.
    """
    row = shape.about.get(role)
    if row is None:
        return None
    for one in (column.likely, *column.every):
        cell = reading.view.cells.get((row, one))
        if cell is not None:
            return cell, reading.view.at(row, one)
    return None


def _unit(reading: _Reading, shape: Shape, column: Column) -> str | None:
    found = _about(reading, shape, "unit", column)
    return None if found is None else reading.title(found[0].text, found[1], "unit")


def _groups(reading: _Reading, shape: Shape) -> tuple[list[ImportedGroup], dict[int, str]]:
    found: dict[str, At] = {}
    of_column: dict[int, str] = {}
    for column in shape.columns:
        said = _about(reading, shape, "group", column)
        if said is not None:
            title = reading.title(said[0].text, said[1], "group")
            found.setdefault(title, said[1])
            of_column[column.likely] = title
    ids, _, faults = ids_of(list(found.items()), "group")
    reading.faults.extend(faults)
    id_of = dict(zip(found, ids, strict=True))
    return [ImportedGroup(id, title) for title, id in id_of.items()], {c: id_of[t] for c, t in of_column.items()}


def _scale(reading: _Reading, shape: Shape, column: Column) -> tuple[float | None, float | None, Direction | None]:
    direction: Direction | None = None
    said = _about(reading, shape, "direction", column)
    if said is not None:
        direction = direction_of(said[0].text)
        if direction is None:
            reading.faults.append(
                said[1].fault(
                    "direction-unreadable",
                    f"{quoted(said[0].text)} does not say which way is better",
                    "write more or less (or max or min)",
                )
            )
    low, high = _end(reading, shape, "low", column), _end(reading, shape, "high", column)
    worst, best = _end(reading, shape, "worst", column), _end(reading, shape, "best", column)
    if worst is not None and best is not None and worst != best:
        implied: Direction = "more-is-better" if best > worst else "less-is-better"
        if direction not in (None, implied):
            assert said is not None
            reading.faults.append(
                said[1].fault(
                    "direction-contradicted",
                    f"{quoted(said[0].text)} is said here, and the best end ({as_written(best)}) and the worst "
                    f"({as_written(worst)}) say the opposite",
                    "correct one of them",
                )
            )
        direction, low, high = implied, min(worst, best), max(worst, best)
    one_end = (low is None) != (high is None)
    if one_end or (low is not None and high is not None and low >= high):
        row = shape.about.get("low", shape.about.get("high", shape.header))
        why = "only one end of its scale is there" if one_end else "the low end is not below the high end"
        reading.faults.append(
            reading.view.at(row, column.likely).fault(
                "scale-ends", f"{quoted(column.name)}: {why}", "write both, the smaller number as the low end"
            )
        )
        return None, None, direction
    return low, high, direction


def _end(reading: _Reading, shape: Shape, role: str, column: Column) -> float | None:
    found = _about(reading, shape, role, column)
    return None if found is None else _number(reading, *found, column, _as_percent(reading, shape, column))


def _weights(
    reading: _Reading, shape: Shape, criteria: list[ImportedCriterion], file: str
) -> tuple[ImportedWeights, ...]:
    row = shape.about.get("weight")
    if row is None:
        return ()
    given: dict[str, float] = {}
    for column, criterion in zip(shape.columns, criteria, strict=True):
        found = _about(reading, shape, "weight", column)
        at = reading.view.at(row, column.likely)
        if found is None:
            reading.faults.append(at.fault("weight-missing", f"{quoted(column.name)} has no weight", "write it, or 0"))
            continue
        number = found[0].number
        if number is None or found[0].kind not in (Kind.NUMBER, Kind.PERCENT):
            reading.faults.append(found[1].fault(*_refusal(found[0], "weight")))
        elif number < 0:
            reading.faults.append(
                found[1].fault("weight-negative", "a weight is below zero", "write the direction in a row of that name")
            )
        else:
            given[criterion.id] = number
    if given and not any(given.values()):
        reading.faults.append(
            reading.view.at(row, shape.columns[0].likely).fault(
                "weights-zero", "all weights are 0", "write one that is not"
            )
        )
    place = _whole_row(reading.view, shape, row)
    return (ImportedWeights("from-file", f"Weights of {file}", {"judgements": given}, place),)


def _as_percent(reading: _Reading, shape: Shape, column: Column) -> bool | None:
    """Whether the numbers of a column are percentages; ``None`` if only its header says so, which is not enough."""
    cells = [reading.view.cells.get((row, one)) for row in shape.options for one in column.every]
    if any(cell is not None and cell.kind is Kind.PERCENT for cell in cells):
        return True
    unit = _about(reading, shape, "unit", column)
    heading = f"{column.name} {unit[0].text if unit else ''}"
    return None if "%" in heading and reading.view.typed else False


def _scores(reading: _Reading, shape: Shape, column: Column, criterion: ImportedCriterion) -> list[ImportedScore]:
    view = reading.view
    percent = _as_percent(reading, shape, column)
    if percent is None and reading.asked.percent is None:
        reading.faults.append(
            column.at.fault(
                "percent-ambiguous",
                f"{quoted(column.name)} is in %, and its cells are bare numbers: 25 could be 25%, and 0.25 too",
                "give --percent points (25 is 25%) or --percent fractions (0.25 is 25%), or format the cells as percentages",
            )
        )
        return [UNKNOWN_SCORE] * len(shape.options)
    if _only_text(reading, shape, column):
        first = next(row for row in shape.options if (row, column.likely) in view.cells)
        text = view.cells[first, column.likely].text
        reading.faults.append(
            view.at(first, column.likely).fault(
                "column-of-text",
                f"{quoted(column.name)} has text where scores are expected, such as {quoted(text)}",
                "write numbers, or leave the column out with --leave-out",
            )
        )
        return [UNKNOWN_SCORE] * len(shape.options)
    return [_score(reading, row, column, criterion, percent) for row in shape.options]


def _only_text(reading: _Reading, shape: Shape, column: Column) -> bool:
    found = [cell for row in shape.options if (cell := reading.view.cells.get((row, column.likely)))]
    texts = [c for c in found if c.kind is Kind.TEXT and not looks_like_a_number(c.text) and not is_unknown(c.text)]
    return len(texts) > 1 and len(texts) == len(found)


def _score(
    reading: _Reading, row: int, column: Column, criterion: ImportedCriterion, percent: bool | None
) -> ImportedScore:
    view = reading.view
    numbers: list[float | None] = []
    before = len(reading.faults)
    for one in (column.low, column.likely, column.high):
        cell = None if one is None else view.cells.get((row, one))
        if cell is None or one is None or (cell.kind is Kind.TEXT and is_unknown(cell.text)):
            numbers.append(None)
        elif cell.kind is Kind.NUMBER and percent is False:
            numbers.append(cell.number)  # as almost every cell is
        else:
            numbers.append(_number(reading, cell, view.at(row, one), column, percent))
    if len(reading.faults) > before:
        return UNKNOWN_SCORE
    low, likely, high = numbers
    if low is None and likely is not None and high is None and criterion.low is None:
        return ImportedScore(likely)
    at = view.at(row, column.likely)
    if likely is None:
        if low is not None or high is not None:
            reading.faults.append(
                at.fault("range-incomplete", "low or high is there, and likely is not", "write the likely score")
            )
        reading.unknown.append(str(at))
        return UNKNOWN_SCORE
    if (low is None) != (high is None):
        reading.faults.append(
            at.fault("range-incomplete", "only one of low and high is there", "write both, or neither")
        )
    elif low is not None and high is not None and not low <= likely <= high:
        reading.faults.append(
            at.fault(
                "range-order",
                f"low, likely and high are {as_written(low)}, {as_written(likely)} and {as_written(high)}, which is out of order",
                "correct them",
            )
        )
    for number in (low, likely, high):
        if (
            number is not None
            and criterion.low is not None
            and criterion.high is not None
            and not criterion.low <= number <= criterion.high
        ):
            reading.faults.append(
                at.fault(
                    "off-scale",
                    f"{as_written(number)} is off the scale of {quoted(criterion.title)}, from {as_written(criterion.low)} "
                    f"to {as_written(criterion.high)}",
                    "correct the score or the ends of the scale",
                )
            )
            break
    return ImportedScore(likely, low, high)


def _number(reading: _Reading, cell: Cell, at: At, column: Column, percent: bool | None) -> float | None:
    number = cell.number
    if number is None or cell.kind not in (Kind.NUMBER, Kind.PERCENT):
        reading.faults.append(at.fault(*_refusal(cell, "score")))
        return None
    if percent and cell.kind is not Kind.PERCENT:
        reading.faults.append(
            at.fault(
                "percent-mixed",
                f"{cell.text} is a bare number, and other cells of {quoted(column.name)} are percentages",
                "write all of them as percentages, or none",
            )
        )
        return None
    if percent is None and reading.asked.percent == "fractions":
        return float(Decimal(repr(number)) * 100)
    return number


def _refusal(cell: Cell, what: str) -> tuple[str, str, str]:
    """Why a cell is not a number: code, message, remedy."""
    shown = quoted(cell.text)
    if cell.fault is not None:
        return cell.fault
    if cell.kind is Kind.ERROR:
        return (
            "cell-error",
            f"the cell has the error {cell.text}",
            "correct its formula, or empty the cell if nothing is known",
        )
    if cell.kind is Kind.UNCALCULATED:
        return (
            "uncalculated",
            "the cell has a formula that nobody has calculated",
            "open the file in Excel or LibreOffice, save it and read it again",
        )
    if cell.kind is Kind.DATE:
        return (
            "score-is-date",
            f"the {what} is a date or time ({shown}), which a spreadsheet may have made of a number",
            "write the number",
        )
    if cell.kind is Kind.TRUTH:
        return "score-is-truth", f"the {what} is {cell.text}, a truth value", "write numbers, such as 1 and 0"
    if looks_like_a_number(cell.text):
        return (
            "number-as-text",
            f"{shown} looks like a number and is text",
            "make it a number (in Excel: Data, Text to Columns, Finish)",
        )
    return "score-is-text", f"{shown} is no number", "write a number, or empty the cell if nothing is known"
