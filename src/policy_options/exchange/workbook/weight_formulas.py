"""Weights as formulas: from the numbers typed to shares that sum to 1, for each set, participant and combination."""

from __future__ import annotations

from itertools import groupby
from typing import Final

from policy_options.analysis.elicitation.combining import COMBINING
from policy_options.analysis.elicitation.deriving import nodes_of, shares_of_nodes
from policy_options.dossier.eliciting import paths_of
from policy_options.exchange.workbook.addresses import Table, cell
from policy_options.exchange.workbook.cells import Cell, Sheet
from policy_options.exchange.workbook.inputs import Column
from policy_options.exchange.workbook.planning import Plan

__all__ = ["judgements_sheet", "shares_sheet"]

_FUNCTIONS: Final = {"mean": "AVERAGE", "median": "MEDIAN", "geometric": "GEOMEAN"}


def judgements_sheet(plan: Plan) -> Sheet:
    """The entries typed on the sheet of weights, looked up by id; for a combined set, the rule over its participants'
    shares.
    """
    table, weights = plan.judgements, plan.weights
    by_id = {column.id: column for column in plan.inputs.columns}
    cells = _frame(plan, table, plan.sheets["judgements"], plan.phrases.say("book.judgements.how"))
    for row, name in enumerate(plan.set_ids):
        column = by_id.get(name)
        for at, node in enumerate(plan.nodes):
            if column is None:
                if node in plan.problem.criterion_ids:
                    cells.append(_combined(plan, row, name, at))
                continue
            if not _is_judged(plan, column, node):
                continue
            found = (
                f"INDEX({weights.data},MATCH({_head(table, at)},{weights.ids},0),"
                f"MATCH({_row_id(table, row)},{weights.heads},0))"
            )
            formula = f"=IF(ISNUMBER({found}),{found},IF(ISBLANK({found}),0,NA()))"
            cells.append(Cell(table.top + row, table.left + at, column.numbers.get(node, 0.0), "plain", formula))
    return _sheet(plan.sheets["judgements"], cells, table, hidden=True)


def shares_sheet(plan: Plan) -> Sheet:
    """Normalised weights of every set."""
    table = plan.shares
    by_id = {column.id: column for column in plan.inputs.columns}
    cells = _frame(plan, table, plan.sheets["shares"], plan.phrases.say("book.shares.how"))
    paths = paths_of(plan.dossier.contents)
    position = {node: at for at, node in enumerate(plan.nodes)}
    for row, name in enumerate(plan.set_ids):
        column = by_id.get(name)
        of_nodes = shares_of_nodes(plan.dossier.weights(name), paths)
        for parent, children in nodes_of(paths, column.across if column else "leaves").items():
            total = f"SUM({','.join(_runs(plan.judgements, row, sorted(position[child] for child in children)))})"
            for child in children:
                part = f"{plan.judgements.at(row, position[child])}/{total}"
                if parent:
                    above = table.at(row, position[parent]).partition("!")[2]
                    part = f"IF({above}=0,0,{above}*{part})"
                at = position[child]
                cells.append(Cell(table.top + row, table.left + at, of_nodes[child], "share", f"={part}"))
    return _sheet(plan.sheets["shares"], cells, table, hidden=False)


def _is_judged(plan: Plan, column: Column, node: str) -> bool:
    return node in plan.problem.criterion_ids or column.across == "siblings"


def _combined(plan: Plan, row: int, name: str, at: int) -> Cell:
    """A weight before rescaling; the rows of the participants are directly above."""
    model = plan.dossier.contents.weight_sets[name].model
    people = len(model.participants)
    assert model.combine is not None  # only such sets have a row
    shares = plan.shares
    first, last = shares.at(row - people, at), shares.at(row - 1, at).partition("!")[2]
    combined = plan.dossier.weighting(name).combined
    assert combined is not None
    value = float(COMBINING[model.combine](combined.matrix)[at])
    table = plan.judgements
    return Cell(table.top + row, table.left + at, value, "plain", f"={_FUNCTIONS[model.combine]}({first}:{last})")


def _runs(table: Table, row: int, columns: list[int]) -> list[str]:
    """Ranges of a row that cover exactly these columns."""
    found = []
    for _, run in groupby(enumerate(columns), key=lambda pair: pair[1] - pair[0]):
        parts = [column for _, column in run]
        found.append(table.row(row, parts[0], parts[-1]))
    return found


def _head(table: Table, at: int) -> str:
    """The id at the head of a column, on the same sheet."""
    return cell(table.head, table.left + at, fixed="row")


def _row_id(table: Table, row: int) -> str:
    """The id at the start of a row, on the same sheet."""
    return cell(table.top + row, 0, fixed="column")


def _frame(plan: Plan, table: Table, title: str, note: str) -> list[Cell]:
    """Titles and ids around a table of sets by criteria."""
    cells = [
        Cell(0, 0, title, "title"),
        Cell(1, 0, note, "note"),
        Cell(table.head, 0, plan.phrases.say("book.head.set-id"), "head"),
    ]
    cells.append(Cell(table.head, 1, plan.phrases.say("book.head.weight-set"), "head"))
    for at, node in enumerate(plan.nodes):
        cells.append(Cell(table.head - 1, table.left + at, plan.title_of(node), "head"))
        cells.append(Cell(table.head, table.left + at, node, "id"))
    for row, name in enumerate(plan.set_ids):
        cells += (Cell(table.top + row, 0, name, "id"), Cell(table.top + row, 1, plan.title_of_set(name), "text"))
    return cells


def _sheet(name: str, cells: list[Cell], table: Table, *, hidden: bool) -> Sheet:
    return Sheet(
        name,
        cells,
        (22, 30, *(13.0 for _ in range(table.columns))),
        locked=True,
        freeze=(table.top, table.left),
        repeat=(table.head - 1, table.head),
        visibility="hidden" if hidden else "visible",
    )
