"""The two sheets that people type into: scores and weights. Neither is protected."""

from __future__ import annotations

from typing import Final

from policy_options.dossier.models.base import UNKNOWN
from policy_options.exchange.workbook import names
from policy_options.exchange.workbook.addresses import cell
from policy_options.exchange.workbook.cells import Cell, Mark, Sheet, Style, Validation
from policy_options.exchange.workbook.inputs import FIELDS, Value
from policy_options.exchange.workbook.planning import Plan

__all__ = ["scores_sheet", "shown", "weights_sheet"]

_HOW_SCORES: Final = (
    "Yellow cells are inputs. Likely is a number in the unit, a level or unknown; low and high are given together or left empty. "
    "The first column names the score: rows may be sorted, filtered and moved, and columns added."
)
_HOW_WEIGHTS: Final = (
    "Yellow cells are inputs; only their proportions count within a column. Columns marked what-if were derived from answers "
    "of another kind: a change there is tried out here, and import offers it as a new weight set."
)
_OFF_SCALE: Final = "Type a number on the scale (columns K and L), a level of the criterion, or unknown."


def shown(value: Value) -> str | float:
    """An input as its cell represents it."""
    if value is None:
        return ""
    return ("none" if not value else ", ".join(value)) if isinstance(value, tuple) else value


def scores_sheet(plan: Plan) -> Sheet:
    """One row for each option and criterion."""
    table, values = plan.scores, plan.inputs.values
    heads = (
        *("Score id", "Option", "Criterion", "Unit"),
        *(names.FIELD_HEADS[field] for field in FIELDS),
        *("Scale from", "Scale to"),
    )
    cells = [Cell(0, 0, names.SCORES, "title"), Cell(1, 0, _HOW_SCORES, "note")]
    cells += [Cell(table.head, column, text, "head") for column, text in enumerate(heads)]
    row = table.top
    axes = plan.problem.criteria
    ends = [_ends(plan, column) for column in range(len(axes))]
    for option in plan.problem.options:
        for axis, (low, high) in zip(axes, ends, strict=True):
            number: Style = "input-level" if axis.level_ids else "input"
            cells += (
                Cell(row, 0, f"{option.id}/{axis.id}", "id"),
                Cell(row, 1, option.title, "text"),
                Cell(row, 2, axis.title, "text"),
                Cell(row, 3, axis.unit, "text"),
            )
            for column, field in enumerate(FIELDS, start=table.left):
                value = shown(values["score", option.id, axis.id, field])
                cells.append(Cell(row, column, value, number if column < table.left + 3 else "input-text"))
            cells += (Cell(row, 10, low, "plain"), Cell(row, 11, high, "plain"))
            row += 1
    last = table.top + table.rows - 1
    confidence = FIELDS.index("confidence") + table.left
    checks = [
        Validation((table.top, column, last, column), _rule(table.top, column), "Score", _OFF_SCALE)
        for column in range(table.left, table.left + 3)
    ]
    checks.append(
        Validation(
            (table.top, confidence, last, confidence),
            ("high", "medium", "low"),
            "Confidence",
            "How good the evidence is.",
        )
    )
    red = [
        Mark(
            (table.top, column, last, column),
            "red",
            f"=AND(NOT(ISBLANK({cell(table.top, column, fixed='column')})),NOT({_rule(table.top, column)[1:]}))",
        )
        for column in range(table.left, table.left + 3)
    ]
    return Sheet(
        names.SCORES,
        cells,
        (22, 26, 24, 14, 10, 10, 10, 12, 50, 30, 12, 10),
        locked=False,
        freeze=(table.top, 3),
        filtered=(table.head, 0, last, len(heads) - 1),
        repeat=(table.head, table.head),
        validations=tuple(checks),
        marks=tuple(red),
    )


def _ends(plan: Plan, column: int) -> tuple[str | float, str | float]:
    """The values allowed for a score: between the ends of a global scale, the levels, or anything."""
    axis = plan.axis(column)
    if axis.level_ids:
        return ", ".join(axis.level_ids), ""
    return ("any", "any") if axis.local else (axis.low, axis.high)


def _rule(row: int, column: int) -> str:
    """The validation of a score's cell, by the ends in the same row, so that it survives moving the row."""
    this = cell(row, column, fixed="column")
    low, high = (cell(row, end, fixed="column") for end in (10, 11))
    number = f'IF(ISNUMBER({low}),AND({this}>={low},{this}<={high}),{low}="any")'
    return f'=OR({this}="{UNKNOWN}",IF(ISNUMBER({this}),{number},ISNUMBER(FIND(" "&{this}&","," "&{low}&","))))'


def weights_sheet(plan: Plan) -> Sheet:
    """One row for each criterion and judged group, one column for each set or participant."""
    table, inputs = plan.weights, plan.inputs
    contents = plan.dossier.contents
    cells = [Cell(0, 0, names.WEIGHTS, "title"), Cell(1, 0, _HOW_WEIGHTS, "note")]
    cells += [Cell(2, 1, "Weight set", "label"), Cell(3, 1, "Holder", "label"), Cell(4, 1, "Status", "label")]
    cells += [Cell(5, 1, "Inputs are", "label"), Cell(table.head, 0, "Criterion or group id", "head")]
    cells.append(Cell(table.head, 1, "Criterion or group", "head"))
    top, last = table.top, table.top + table.rows - 1
    checks = []
    for index, column in enumerate(inputs.columns):
        at = table.left + index
        held = plan.dossier.weighting(column.id)
        method = held.model.method
        kind = f"{method}, by group" if column.across == "siblings" else method
        cells += (
            Cell(2, at, held.title, "text"),
            Cell(3, at, held.holder, "text"),
            Cell(4, at, "elicited" if held.status == "elicited" else "illustrative: nobody was asked", "text"),
            Cell(5, at, kind if column.judged else f"what-if, in per cent ({method})", "text"),
            Cell(table.head, at, column.id, "head"),
        )
        for row, node in enumerate(plan.nodes):
            judged = node in column.numbers or (node in contents.leaves or column.across == "siblings")
            value = shown(inputs.values.get(("weight", column.id, node)))
            cells.append(Cell(top + row, at, value, ("input" if column.judged else "input-share") if judged else "off"))
        this = cell(top, at)
        message = "Type a number of 0 or more."
        checks.append(Validation((top, at, last, at), f"=AND(ISNUMBER({this}),{this}>=0)", column.id[:32], message))
    for row, node in enumerate(plan.nodes):
        cells += (Cell(top + row, 0, node, "id"), Cell(top + row, 1, plan.title_of(node), "text"))
    return Sheet(
        names.WEIGHTS,
        cells,
        (22, 34, *(16.0 for _ in inputs.columns)),
        locked=False,
        freeze=(top, 2),
        repeat=(table.head, table.head),
        validations=tuple(checks),
    )
