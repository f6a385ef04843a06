"""The sheets derived from the inputs by formulas: performances, values, the ranking, contributions, and every set."""

from __future__ import annotations

from typing import Final

import numpy as np

from policy_options.exchange.workbook.addresses import Table, area, cell, quoted_text
from policy_options.exchange.workbook.cells import Cell, Mark, Sheet, Validation
from policy_options.exchange.workbook.planning import Plan
from policy_options.exchange.workbook.value_formulas import value_formula

__all__ = [
    "bounds_sheet",
    "contributions_sheet",
    "every_set_sheet",
    "order_sheet",
    "performances_sheet",
    "ranking_sheet",
    "values_sheet",
]

_TIE: Final = "0.000000001"


def _frame(plan: Plan, table: Table, title: str, note: str, heads: list[tuple[str, str]]) -> list[Cell]:
    """Titles and ids around a table with one row per option."""
    cells = [Cell(0, 0, title, "title"), Cell(1, 0, note, "note")]
    cells += _option_heads(plan, table.head)
    for at, (text, id) in enumerate(heads):
        cells.append(Cell(table.head - 1, table.left + at, text, "head"))
        cells.append(Cell(table.head, table.left + at, id, "id"))
    for row, option in enumerate(plan.problem.options):
        cells += (Cell(table.top + row, 0, option.id, "id"), Cell(table.top + row, 1, option.title, "text"))
    return cells


def _option_heads(plan: Plan, row: int) -> list[Cell]:
    say = plan.phrases.say
    return [Cell(row, 0, say("book.head.option-id"), "head"), Cell(row, 1, say("book.head.option"), "head")]


def _criteria_heads(plan: Plan) -> list[tuple[str, str]]:
    return [(axis.title, axis.id) for axis in plan.problem.criteria]


def _matrix(name: str, cells: list[Cell], table: Table, *, hidden: bool, marks: tuple[Mark, ...] = ()) -> Sheet:
    return Sheet(
        name,
        cells,
        (22, 34, *(13.0 for _ in range(table.columns))),
        locked=True,
        freeze=(table.top, table.left),
        repeat=(table.head - 1, table.head),
        visibility="hidden" if hidden else "visible",
        marks=marks,
    )


def performances_sheet(plan: Plan) -> Sheet:
    """The likely performances as a matrix, each looked up by its id wherever it is on the sheet of scores."""
    table, scores = plan.performances, plan.scores
    cells = _frame(
        plan, table, plan.sheets["performances"], plan.phrases.say("book.performances.how"), _criteria_heads(plan)
    )
    likely, ids = scores.column(1), scores.ids
    for row, option in enumerate(plan.problem.options):
        for at, axis in enumerate(plan.problem.criteria):
            here = (cell(table.top + row, 0, fixed="column"), cell(table.head, table.left + at, fixed="row"))
            place = f'MATCH({here[0]}&"/"&{here[1]},{ids},0)'
            found = f"INDEX({likely},{place})"
            formula = f'=IFERROR(IF(ISBLANK({found}),"missing",{found}),"missing")'
            value = plan.inputs.values["score", option.id, axis.id, "likely"]
            assert isinstance(value, float | str)
            cells.append(Cell(table.top + row, table.left + at, value, "plain", formula))
    return _matrix(plan.sheets["performances"], cells, table, hidden=True)


def bounds_sheet(plan: Plan) -> Sheet:
    """Lows and highs of the criteria with a local scale, from which its ends are taken; a certain score is both."""
    table, scores, problem = plan.bounds, plan.scores, plan.problem
    heads = [(problem.criteria[c].title, problem.criteria[c].id) for c in plan.local] * 2
    cells = _frame(plan, table, plan.sheets["bounds"], plan.phrases.say("book.bounds.how"), heads)
    for row in range(len(problem.options)):
        for index, column in enumerate(plan.local * 2):
            high = index >= len(plan.local)
            performance = plan.performances.at(row, column)
            here = (cell(table.top + row, 0, fixed="column"), cell(table.head, table.left + index, fixed="row"))
            place = f'MATCH({here[0]}&"/"&{here[1]},{scores.ids},0)'
            pair = [f"INDEX({scores.column(field)},{place})" for field in (0, 2)]
            bound = f"IF(AND(ISNUMBER({pair[0]}),ISNUMBER({pair[1]})),{pair[high]},{performance})"
            known = problem.high[row, column] if high else problem.low[row, column]
            value = "" if np.isnan(known) else float(known)
            cells.append(
                Cell(table.top + row, table.left + index, value, "plain", f'=IF(ISNUMBER({performance}),{bound},"")')
            )
    return _matrix(plan.sheets["bounds"], cells, table, hidden=True)


def values_sheet(plan: Plan) -> Sheet:
    """Values from 0 (worst end) to 100 (best end), by the value function of each criterion."""
    table, performances = plan.values, plan.performances
    note = plan.phrases.say("book.values.how")
    cells = _frame(plan, table, plan.sheets["values"], note, _criteria_heads(plan))
    scales = [plan.scale(column) for column in range(table.columns)]
    values = plan.problem.values
    for row in range(table.rows):
        for column, scale in enumerate(scales):
            formula = value_formula(plan.axis(column), performances.at(row, column), scale)
            value = "unknown" if plan.problem.unknown[row, column] else float(values[row, column])
            cells.append(Cell(table.top + row, table.left + column, value, "points", formula))
    bars = Mark((table.top, table.left, table.top + table.rows - 1, table.left + table.columns - 1), "bar", most=100)
    return _matrix(plan.sheets["values"], cells, table, hidden=False, marks=(bars,))


def contributions_sheet(plan: Plan) -> Sheet:
    """Weight times value under the chosen set; they sum to the overall value."""
    table, values, shares = plan.contributions, plan.values, plan.shares
    note = plan.phrases.say("book.contributions.how", ranking=plan.sheets["ranking"])
    heads = _criteria_heads(plan)
    cells = [Cell(0, 0, plan.sheets["contributions"], "title"), Cell(1, 0, note, "note")]
    weights = table.head  # the row above the options
    cells += _option_heads(plan, weights - 2)
    cells.append(Cell(weights, 1, plan.phrases.say("book.head.weight"), "label"))
    for at, (text, id) in enumerate(heads):
        cells.append(Cell(weights - 2, table.left + at, text, "head"))
        cells.append(Cell(weights - 1, table.left + at, id, "id"))
        chosen = f"=INDEX({shares.column(at)},MATCH({plan.selected},{shares.ids},0))"
        cells.append(Cell(weights, table.left + at, float(plan.ranking.shares[at]), "share", chosen))
    found = plan.ranking.contributions
    for row, option in enumerate(plan.problem.options):
        cells += (Cell(table.top + row, 0, option.id, "id"), Cell(table.top + row, 1, option.title, "text"))
        for at in range(table.columns):
            weight, value = cell(weights, table.left + at, fixed="row"), values.at(row, at)
            formula = f"=IF({weight}=0,0,IF(ISNUMBER({value}),{weight}*{value},{value}))"
            points = float(found[row, at])
            result: str | float = "unknown" if np.isnan(points) else points
            cells.append(Cell(table.top + row, table.left + at, result, "points", formula))
    bars = Mark((table.top, table.left, table.top + table.rows - 1, table.left + table.columns - 1), "bar")
    return _matrix(plan.sheets["contributions"], cells, table, hidden=False, marks=(bars,))


def every_set_sheet(plan: Plan) -> Sheet:
    """Overall values and ranks under each set; an unknown score counts at its lower end."""
    table, values, shares = plan.every_set, plan.values, plan.shares
    sets, say = len(plan.set_ids), plan.phrases.say
    heads = [(say("book.head.value-under", weights=plan.title_of_set(name)), name) for name in plan.set_ids]
    heads += [(say("book.head.rank-under", weights=plan.title_of_set(name)), name) for name in plan.set_ids]
    note = say("book.every-set.how")
    cells = _frame(plan, table, plan.sheets["every-set"], note, heads)
    last = len(plan.problem.criteria) - 1
    for row in range(table.rows):
        for at, name in enumerate(plan.set_ids):
            ranking = plan.rankings[name]
            formula = f"=SUMPRODUCT({values.row(row, 0, last)},{shares.row(at, 0, last)})"
            cells.append(Cell(table.top + row, table.left + at, float(ranking.lower[row]), "points", formula))
            column = area((table.top, table.left + at), (table.top + table.rows - 1, table.left + at))
            this = cell(table.top + row, table.left + at)
            ranked = f"=1+SUMPRODUCT(--({column}>{this}+{_TIE}))"
            cells.append(Cell(table.top + row, table.left + sets + at, int(ranking.ranks[row]), "rank", ranked))
    end = table.top + table.rows - 1
    marks = [Mark((table.top, table.left, end, table.left + sets - 1), "bar", most=100)]
    first = cell(table.top, table.left + sets)
    marks.append(Mark((table.top, table.left + sets, end, table.left + 2 * sets - 1), "bold", f"={first}=1"))
    return _matrix(plan.sheets["every-set"], cells, table, hidden=False, marks=tuple(marks))


def order_sheet(plan: Plan) -> Sheet:
    """The basis of the ranking, one row per option: bounds, sorted values, runs of ties, ranks and the listing order.

    Ranks match those of the command line: options share a rank if they are within 1e-9 points of the best of their run.
    """
    table, values, contributions = plan.order, plan.values, plan.contributions
    heads = (
        "lower",
        "upper",
        "place",
        "sorted",
        "run",
        "rank of place",
        "rank",
        "best",
        "worst",
        "listed",
        "red lines",
    )
    cells = _frame(
        plan, table, plan.sheets["order"], plan.phrases.say("book.order.how"), [(head, head) for head in heads]
    )
    ranking, last = plan.ranking, len(plan.problem.criteria) - 1
    weights = contributions.row(-1, 0, last)
    columns = [area((table.top, table.left + at), (table.top + table.rows - 1, table.left + at)) for at in range(11)]
    lower, upper, _, _, _, rank_of_place, rank, *_ = columns
    descending = np.sort(ranking.lower)[::-1]
    order = np.argsort(-ranking.lower, kind="stable")
    places = np.empty(table.rows, dtype=int)
    places[order] = np.arange(1, table.rows + 1)
    listed = {row: index + 1 for index, row in enumerate(ranking.order)}
    best_of_run = 0.0
    rank_now = 0
    for row in range(table.rows):
        here = [cell(table.top + row, table.left + at) for at in range(11)]
        above = [cell(table.top + row - 1, table.left + at) for at in range(11)]
        of_values = values.row(row, 0, last)

        def before(at: int, row: int = row) -> str:
            return area((table.top, table.left + at), (table.top + row - 1, table.left + at))

        if row == 0 or best_of_run - descending[row] > 1e-9:
            best_of_run, rank_now = float(descending[row]), row + 1
        failing = _failing(plan, plan.problem.options[row].id)
        same_value = f"+SUMPRODUCT(--({before(0)}={here[0]}))" if row else ""
        same_rank = f"+SUMPRODUCT(--({before(6)}={here[6]}))" if row else ""
        index = row + 1
        tied = f"{above[4]}-{here[3]}<={_TIE}" if row else ""
        results_and_formulas: tuple[tuple[str | float, str], ...] = (
            (float(ranking.lower[row]), f"=SUMPRODUCT({of_values},{weights})"),
            (float(ranking.upper[row]), f"={here[0]}+100*SUMPRODUCT(--ISTEXT({of_values}),{weights})"),
            (int(places[row]), f"=1+SUMPRODUCT(--({lower}>{here[0]})){same_value}"),
            (float(descending[row]), f"=LARGE({lower},{index})"),
            (best_of_run, f"=IF({tied},{above[4]},{here[3]})" if row else f"={here[3]}"),
            (rank_now, f"=IF({tied},{above[5]},{index})" if row else "=1"),
            (int(ranking.ranks[row]), f"=INDEX({rank_of_place},{here[2]})"),
            (int(ranking.best_rank[row]), f"=MIN({here[6]},1+SUMPRODUCT(--({lower}>{here[1]}+{_TIE})))"),
            (
                int(ranking.worst_rank[row]),
                f"=MAX({here[6]},1+SUMPRODUCT(--({upper}>{here[0]}+{_TIE}))-IF({here[1]}>{here[0]}+{_TIE},1,0))",
            ),
            (listed[row], f"=1+SUMPRODUCT(--({rank}<{here[6]})){same_rank}"),
            (failing, _fails(plan, row)),
        )
        for at, (result, formula) in enumerate(results_and_formulas):
            cells.append(Cell(table.top + row, table.left + at, result, "plain", formula))
    return _matrix(plan.sheets["order"], cells, table, hidden=True)


def _fails(plan: Plan, row: int) -> str:
    """The titles of the criteria on which an option fails a red line at its likely score."""
    parts = []
    for column, axis in enumerate(plan.problem.criteria):
        if axis.red_line is None:
            continue
        p, scale, line = (
            plan.performances.at(row, column),
            plan.scale(column),
            plan.criteria.at(column, 11, fixed="both"),
        )
        sign = "<" if axis.direction == "more-is-better" else ">"
        if axis.level_ids:
            fails = f"IFERROR(MATCH({p},{scale.at},0){sign}MATCH({line},{scale.at},0),FALSE)"
        else:
            fails = f"IF(ISNUMBER({p}),{p}{sign}{line},FALSE)"
        parts.append(f'IF({fails},{plan.criteria.at(column, -1, fixed="both")}&"; ","")')
    return f"={'&'.join(parts)}" if parts else '=""'


def ranking_sheet(plan: Plan) -> Sheet:
    """The options from best to worst under the set chosen in the yellow cell."""
    order, shares, ranking = plan.order, plan.shares, plan.ranking
    top, rows = 7, len(plan.problem.options)
    say = plan.phrases.say
    note = say("book.ranking.how")
    cells = [
        Cell(0, 0, plan.sheets["ranking"], "title"),
        Cell(1, 0, note, "note"),
        Cell(2, 1, say("book.ranking.label"), "label"),
    ]
    cells.append(Cell(2, 2, plan.chosen, "choice"))
    title = f"=INDEX({area((shares.top, 1), (shares.top + shares.rows - 1, 1), shares.sheet)},MATCH(C3,{shares.ids},0))"
    cells.append(Cell(3, 2, plan.title_of_set(plan.chosen), "plain", title))
    broken = quoted_text(say("book.ranking.broken", values=plan.sheets["values"]))
    lower = order.column(0)
    cells.append(Cell(4, 2, "", "marking", f'=IF(ISERROR(SUM({lower})),{broken},"")'))
    columns = (
        *("rank", "option-id", "option", "overall", "behind"),
        *("at-most", "best-rank", "worst-rank", "red-lines"),
    )
    heads = [plan.phrases.say_of("book.head", column) for column in columns]
    cells += [Cell(top - 1, column, head, "head") for column, head in enumerate(heads)]
    title_column = area((order.top, 1), (order.top + rows - 1, 1), order.sheet)
    for index, row in enumerate(ranking.order):
        at = top + index
        option = plan.problem.options[row]
        place = f"MATCH({index + 1},{order.column(9)},0)"
        lead = float(ranking.lower[ranking.order[0]] - ranking.lower[row])
        failing = _failing(plan, option.id)
        cells += (
            Cell(at, 0, int(ranking.ranks[row]), "rank", f"=INDEX({order.column(6)},{place})"),
            Cell(at, 1, option.id, "id", f"=INDEX({order.ids},{place})"),
            Cell(at, 2, option.title, "text", f"=INDEX({title_column},{place})"),
            Cell(at, 3, float(ranking.lower[row]), "points", f"=INDEX({lower},{place})"),
            Cell(at, 4, lead, "points", f"={cell(top, 3, fixed='both')}-{cell(at, 3)}"),
            Cell(at, 5, float(ranking.upper[row]), "points", f"=INDEX({order.column(1)},{place})"),
            Cell(at, 6, int(ranking.best_rank[row]), "rank", f"=INDEX({order.column(7)},{place})"),
            Cell(at, 7, int(ranking.worst_rank[row]), "rank", f"=INDEX({order.column(8)},{place})"),
            Cell(at, 8, failing, "text", f"=INDEX({order.column(10)},{place})"),
        )
    foot = top + rows + 1
    cells.append(Cell(foot, 1, say("book.ranking.unknown"), "note"))
    cells.append(Cell(foot + 1, 1, say("book.ranking.ties"), "note"))
    chosen = Validation((2, 2, 2, 2), f"={shares.ids}", say("book.head.weight-set"), say("book.ranking.choose"))
    marks = (
        Mark((top, 3, top + rows - 1, 3), "bar", most=100),
        Mark((top, 0, top + rows - 1, 0), "bold", f"={cell(top, 0)}=1"),
    )
    return Sheet(
        plan.sheets["ranking"],
        cells,
        (8, 24, 44, 24, 12, 10, 10, 10, 28),
        locked=True,
        freeze=(top, 0),
        repeat=(top - 1, top - 1),
        validations=(chosen,),
        marks=marks,
    )


def _failing(plan: Plan, option: str) -> str:
    found = [one.criterion for one in plan.crossings if one.option == option and one.status == "fails"]
    return "".join(f"{plan.title_of(name)}; " for name in found)
