"""The two sheets that people type into: scores and weights. Neither is protected."""

from __future__ import annotations

from policy_options.dossier.models.base import UNKNOWN
from policy_options.exchange.workbook.addresses import cell, quoted_text
from policy_options.exchange.workbook.cells import Cell, Mark, Sheet, Style, Validation
from policy_options.exchange.workbook.inputs import FIELDS, Value
from policy_options.exchange.workbook.planning import Plan

__all__ = ["scores_sheet", "shown", "weights_sheet"]


def shown(value: Value) -> str | float:
    """An input as its cell represents it."""
    if value is None:
        return ""
    return ("none" if not value else ", ".join(value)) if isinstance(value, tuple) else value


def scores_sheet(plan: Plan) -> Sheet:
    """One row for each option and criterion."""
    table, values = plan.scores, plan.inputs.values
    say, headings = plan.phrases.say, plan.headings
    heads = (
        *(headings.score, say("book.head.option"), say("book.head.criterion"), say("book.head.unit")),
        *(headings.fields[field] for field in FIELDS),
        *(say("book.head.from"), say("book.head.to")),
    )
    cells = [Cell(0, 0, plan.sheets["scores"], "title"), Cell(1, 0, say("book.scores.how"), "note")]
    cells += [Cell(table.head, column, text, "head") for column, text in enumerate(heads)]
    row = table.top
    axes, anything = plan.problem.criteria, say("book.any")
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
        Validation(
            (table.top, column, last, column),
            _rule(table.top, column, anything),
            say("book.scores.check"),
            say("book.scores.off-scale"),
        )
        for column in range(table.left, table.left + 3)
    ]
    checks.append(
        Validation(
            (table.top, confidence, last, confidence),
            ("high", "medium", "low"),
            headings.fields["confidence"],
            say("book.scores.confidence"),
        )
    )
    red = [
        Mark(
            (table.top, column, last, column),
            "red",
            f"=AND(NOT(ISBLANK({cell(table.top, column, fixed='column')})),NOT({_rule(table.top, column, anything)[1:]}))",
        )
        for column in range(table.left, table.left + 3)
    ]
    return Sheet(
        plan.sheets["scores"],
        cells,
        (22, 26, 24, 14, 10, 10, 10, 15, 50, 30, 12, 10),
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
    return (plan.phrases.say("book.any"),) * 2 if axis.local else (axis.low, axis.high)


def _rule(row: int, column: int, anything: str) -> str:
    """The validation of a score's cell, by the ends in the same row, so that it survives moving the row.

    ``anything`` is in the place of the ends where every number will do.
    """
    this = cell(row, column, fixed="column")
    low, high = (cell(row, end, fixed="column") for end in (10, 11))
    number = f"IF(ISNUMBER({low}),AND({this}>={low},{this}<={high}),{low}={quoted_text(anything)})"
    return f'=OR({this}="{UNKNOWN}",IF(ISNUMBER({this}),{number},ISNUMBER(FIND(" "&{this}&","," "&{low}&","))))'


def weights_sheet(plan: Plan) -> Sheet:
    """One row for each criterion and judged group, one column for each set or participant."""
    table, inputs = plan.weights, plan.inputs
    phrases, say = plan.phrases, plan.phrases.say
    contents = plan.dossier.contents
    cells = [Cell(0, 0, plan.sheets["weights"], "title"), Cell(1, 0, say("book.weights.how"), "note")]
    cells += [
        Cell(2, 1, say("book.head.weight-set"), "label"),
        Cell(3, 1, say("book.head.holder"), "label"),
        Cell(4, 1, say("book.head.status"), "label"),
    ]
    cells += [Cell(5, 1, say("book.head.inputs"), "label"), Cell(table.head, 0, plan.headings.weight, "head")]
    cells.append(Cell(table.head, 1, say("book.head.node"), "head"))
    top, last = table.top, table.top + table.rows - 1
    checks = []
    for index, column in enumerate(inputs.columns):
        at = table.left + index
        held = plan.dossier.weighting(column.id)
        method = phrases.say_of("method", held.model.method)
        kind = say("book.by-group", method=method) if column.across == "siblings" else method
        cells += (
            Cell(2, at, held.title, "text"),
            Cell(3, at, held.holder, "text"),
            Cell(4, at, say("status.elicited" if held.status == "elicited" else "status.illustrative.note"), "text"),
            Cell(5, at, kind if column.judged else say("book.what-if", method=method), "text"),
            Cell(table.head, at, column.id, "head"),
        )
        for row, node in enumerate(plan.nodes):
            judged = node in column.numbers or (node in contents.leaves or column.across == "siblings")
            value = shown(inputs.values.get(("weight", column.id, node)))
            cells.append(Cell(top + row, at, value, ("input" if column.judged else "input-share") if judged else "off"))
        this = cell(top, at)
        message = say("book.weights.check")
        checks.append(Validation((top, at, last, at), f"=AND(ISNUMBER({this}),{this}>=0)", column.id[:32], message))
    for row, node in enumerate(plan.nodes):
        cells += (Cell(top + row, 0, node, "id"), Cell(top + row, 1, plan.title_of(node), "text"))
    return Sheet(
        plan.sheets["weights"],
        cells,
        (22, 34, *(16.0 for _ in inputs.columns)),
        locked=False,
        freeze=(top, 2),
        repeat=(table.head, table.head),
        validations=tuple(checks),
    )
