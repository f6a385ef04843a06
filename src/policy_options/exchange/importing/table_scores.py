"""The scores of a table, cell by cell: what is a number, what is unknown, and why anything else is refused."""

from __future__ import annotations

from dataclasses import dataclass, field

from policy_options.dossier.plain_words import quoted
from policy_options.errors import Fault, PolicyOptionsError, as_written
from policy_options.exchange.importing.asked import Asked
from policy_options.exchange.importing.grid import Cell, Kind, unreadable
from policy_options.exchange.importing.ids import title_of
from policy_options.exchange.importing.matrix import UNKNOWN_SCORE, At, ImportedCriterion, ImportedScore
from policy_options.exchange.importing.numbers import looks_like_a_number, times
from policy_options.exchange.importing.table_shape import Column, Shape, View
from policy_options.exchange.importing.words import is_unknown

__all__ = ["Reading", "about_criterion", "as_percent", "number_of", "refusal", "scores_of"]


@dataclass(slots=True)
class Reading:
    """The state of reading a table: faults of all cells are collected to be reported together."""

    view: View
    asked: Asked
    faults: list[Fault] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)

    def title(self, text: str, at: At, what: str) -> str:
        """A title; if it is refused, the refusal is added to the faults."""
        try:
            return title_of(text, at, what)
        except PolicyOptionsError as error:
            self.faults.extend(error.faults)
            return "?"


def scores_of(reading: Reading, shape: Shape, column: Column, criterion: ImportedCriterion) -> list[ImportedScore]:
    """The scores on one criterion, in the order of the options. Refusals are added to the faults of the reading."""
    view = reading.view
    percent = as_percent(reading, shape, column)
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


def _only_text(reading: Reading, shape: Shape, column: Column) -> bool:
    found = [cell for row in shape.options if (cell := reading.view.cells.get((row, column.likely)))]
    texts = [c for c in found if c.kind is Kind.TEXT and not looks_like_a_number(c.text) and not is_unknown(c.text)]
    return len(texts) > 1 and len(texts) == len(found)


def _score(
    reading: Reading, row: int, column: Column, criterion: ImportedCriterion, percent: bool | None
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
            numbers.append(number_of(reading, cell, view.at(row, one), column, percent))
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


def as_percent(reading: Reading, shape: Shape, column: Column) -> bool | None:
    """Whether the numbers of a column are percentages; ``None`` if only its header says so, which is not enough."""
    cells = [reading.view.cells.get((row, one)) for row in shape.options for one in column.every]
    if any(cell is not None and cell.kind is Kind.PERCENT for cell in cells):
        return True
    unit = about_criterion(reading, shape, "unit", column)
    heading = f"{column.name} {unit[0].text if unit else ''}"
    return None if "%" in heading and reading.view.typed else False


def about_criterion(reading: Reading, shape: Shape, role: str, column: Column) -> tuple[Cell, At] | None:
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


def number_of(reading: Reading, cell: Cell, at: At, column: Column, percent: bool | None) -> float | None:
    """The number in a cell, or none with its refusal added to the faults of the reading."""
    number = cell.number
    if number is None or cell.kind not in (Kind.NUMBER, Kind.PERCENT):
        reading.faults.append(at.fault(*refusal(cell, "score")))
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
        shown = times(number, 100)
        if shown is None:
            reading.faults.append(at.fault(*unreadable(cell.text)))
        return shown
    return number


def refusal(cell: Cell, what: str) -> tuple[str, str, str]:
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
