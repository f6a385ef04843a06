"""Results as tables: columns with headings and kinds, and cells that are still numbers, so that each face writes them its way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isnan
from typing import Final, Literal

from policy_options.analysis.assessment import Assessment
from policy_options.analysis.overview import Overview
from policy_options.analysis.parts import Parts, value_parts
from policy_options.analysis.problem import CriterionAxis
from policy_options.errors import Fault
from policy_options.wording.numbers import DASH, Numbers
from policy_options.wording.phrases import Phrases

__all__ = [
    "LEADING",
    "Cell",
    "Column",
    "Kind",
    "Section",
    "Table",
    "best_by_criterion_table",
    "cell_text",
    "criteria_table",
    "findings_table",
    "leaders_table",
    "option_table",
    "part_titles",
    "performance_cell",
    "performance_text",
    "ranking_table",
    "with_unit",
]

Kind = Literal["text", "rank", "move", "points", "lead", "percent", "coefficient", "quantity", "given", "bar"]
Cell = str | int | float | tuple[float, ...] | None


@dataclass(frozen=True, slots=True)
class Column:
    """``key`` is the machine's name, ``heading`` the reader's. Narrow faces leave out columns of higher ``spare`` first."""

    key: str
    heading: str
    kind: Kind
    spare: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells; ``legend`` names the segments of a column of bars."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    legend: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a longer result: its title, what is said, and a table where there is one.

    ``key`` tells faces that draw which chart belongs here. ``listed`` notes are points of a list and no paragraphs.
    """

    title: str
    notes: tuple[str, ...] = ()
    table: Table | None = None
    key: str = ""
    listed: bool = False


def cell_text(cell: Cell, kind: Kind, numbers: Numbers) -> str:
    """A cell as people read it; bars have no text."""
    if cell is None or isinstance(cell, tuple):
        return DASH if cell is None else ""
    if isinstance(cell, str):
        return cell
    if kind == "rank":
        return str(int(cell))
    if kind == "move":
        return numbers.fixed(cell, 0, signed=True)
    if kind == "coefficient":
        return numbers.fixed(cell, 2)
    if kind == "quantity":
        return numbers.computed(cell)
    if kind == "given":
        return numbers.quantity(cell)
    if kind == "percent":
        return numbers.as_percent(numbers.fixed(100 * cell, 1))  # to a tenth throughout, so that a column lines up
    return numbers.points(cell, signed=kind == "lead")


def ranking_table(assessment: Assessment, phrases: Phrases, *, by_criterion: bool = False) -> Table:
    """The ranking, best first: rank, option, value, lead over the baseline, and contributions by group or by criterion."""
    ranking = assessment.ranking
    problem = ranking.problem
    ranged = bool(problem.unknown.any())
    columns = [
        Column("rank", phrases.heading("rank"), "rank"),
        Column("option", phrases.heading("option"), "text"),
        Column("title", phrases.heading("title"), "text", spare=3),
        Column("value", phrases.heading("value"), "points"),
    ]
    if ranged:
        columns += [
            Column("upper_value", phrases.heading("upper_value"), "points"),
            Column("best_rank", phrases.heading("best_rank"), "rank", spare=1),
            Column("worst_rank", phrases.heading("worst_rank"), "rank", spare=1),
        ]
    if assessment.baseline is not None:
        columns.append(Column("lead_over_baseline", phrases.heading("lead_over_baseline"), "lead", spare=2))
    cost = assessment.cost_value
    if cost is not None:
        columns.append(Column("value_without_cost", phrases.heading("value_without_cost"), "points", spare=4))
    red = assessment.red_lines.crossings
    if red:
        columns.append(Column("red_line", phrases.heading("red_line"), "text", spare=1))
    groups = problem.top_groups
    if by_criterion:
        columns += [Column(c.id, c.short, "points", spare=4) for c in problem.criteria]
        parts = ranking.contributions
    else:
        columns += [Column(name, title, "points", spare=5) for name, title, _ in groups]
        columns.append(Column("contributions", phrases.heading("contributions"), "bar", spare=1))
        parts = ranking.group_contributions
    bars = value_parts(ranking)
    rows = []
    for row in ranking.order:
        option = problem.options[row]
        cells: list[Cell] = [int(ranking.ranks[row]), option.id, option.title, float(ranking.lower[row])]
        if ranged:
            cells += [float(ranking.upper[row]), int(ranking.best_rank[row]), int(ranking.worst_rank[row])]
        if assessment.baseline is not None:
            cells.append(assessment.leads_over_baseline[option.id].points)
        if cost is not None:
            cells.append(_known(cost.benefit[row]))
        if red:
            cells.append(", ".join(f"{c.status}: {c.criterion}" for c in red if c.option == option.id))
        cells += [_known(part) for part in parts[row]]
        if not by_criterion:
            cells.append(tuple(bars.points[row].tolist()))
        rows.append(tuple(cells))
    return Table(tuple(columns), tuple(rows), part_titles(bars, phrases))


def part_titles(parts: Parts, phrases: Phrases) -> tuple[str, ...]:
    """The names of the parts of bars, and of what is pooled."""
    return (*parts.titles, phrases.say("chart.pooled", count=parts.pooled)) if parts.pooled else parts.titles


LEADING: Final = 3
"""Columns of places in an order that a table does not do without, however narrow the screen."""


def criteria_table(assessment: Assessment, phrases: Phrases) -> Table:
    """Contributions, criteria down and options across by their place in the order; each column sums to a value.

    Where there is no room for all options, those that rank last go first.
    """
    ranking = assessment.ranking
    problem = ranking.problem
    shown = ranking.order
    columns = [
        Column("criterion", phrases.heading("criterion"), "text"),
        Column("weight", phrases.heading("weight"), "percent"),
        *(
            Column(problem.options[row].id, str(place), "points", spare=max(place - LEADING, 0))
            for place, row in enumerate(shown, start=1)
        ),
    ]
    parts = ranking.contributions
    rows: list[tuple[Cell, ...]] = [
        (criterion.id, float(ranking.shares[column]), *(_known(parts[row, column]) for row in shown))
        for column, criterion in enumerate(problem.criteria)
    ]
    return Table(tuple(columns), tuple(rows))


def _known(number: float) -> float | None:
    return None if isnan(number) else float(number)


def option_table(
    assessment: Assessment, option: str, phrases: Phrases, basis: Mapping[str, tuple[str, str, str]]
) -> Table:
    """One option criterion by criterion: performance with its bounds, value, weight, contribution, and what it rests on.

    ``basis`` gives, by criterion, the confidence, the paragraphs and the claims that the score rests on.
    """
    ranking = assessment.ranking
    problem = ranking.problem
    row = problem.option_index[option]
    columns = (
        Column("criterion", phrases.heading("criterion"), "text"),
        Column("performance", phrases.heading("performance"), "given"),
        Column("bounds", phrases.heading("bounds"), "text", spare=2),
        Column("unit", phrases.heading("unit"), "text", spare=3),
        Column("value", phrases.heading("value"), "points"),
        Column("weight", phrases.heading("weight"), "percent"),
        Column("contribution", phrases.heading("contribution"), "points"),
        Column("confidence", phrases.heading("confidence"), "text", spare=2),
        Column("source", phrases.heading("source"), "text", spare=1),
        Column("evidence", phrases.heading("evidence"), "text", spare=4),
    )
    rows = []
    for column, criterion in enumerate(problem.criteria):
        low, high = (
            performance_text(float(bound[row, column]), criterion.levels, phrases)
            for bound in (problem.low, problem.high)
        )
        rows.append(
            (
                criterion.id,
                performance_cell(float(problem.likely[row, column]), criterion.levels, phrases),
                "" if low == high else f"{low} – {high}",
                criterion.unit,
                _known(problem.values[row, column]),
                float(ranking.shares[column]),
                _known(ranking.contributions[row, column]),
                *basis[criterion.id],
            )
        )
    return Table(columns, tuple(rows))


def with_unit(number: str, axis: CriterionAxis) -> str:
    """A number as it was written, with the unit of its criterion: after it, or around it where the criterion has a form for that.

    A minus comes before all of it.
    """
    if not axis.unit_form:
        return f"{number} {axis.unit}"
    minus = "−" if number.startswith("−") else ""
    return minus + axis.unit_form.replace("{}", number.removeprefix("−"))


def performance_text(performance: float, levels: Sequence[str], phrases: Phrases) -> str:
    """A performance as people read it: a number, the name of a level, or the word for unknown."""
    if isnan(performance):
        return phrases.say("unknown")
    if levels:
        return levels[int(performance)]
    return phrases.numbers.quantity(performance)


def performance_cell(performance: float, levels: Sequence[str], phrases: Phrases) -> str | float:
    """A performance as a cell of the kind "given": the figure itself, where it is one."""
    return performance_text(performance, levels, phrases) if levels or isnan(performance) else performance


def best_by_criterion_table(overview: Overview, phrases: Phrases) -> Table:
    """The best option on each criterion alone."""
    rows = tuple((criterion, ", ".join(best)) for criterion, best in overview.best_by_criterion.items())
    return Table(
        (Column("criterion", phrases.heading("criterion"), "text"), Column("best", phrases.heading("best"), "text")),
        rows,
    )


def leaders_table(overview: Overview, phrases: Phrases, statuses: Mapping[str, str]) -> Table:
    """Who leads under each weight set, by how much over the next, and what the set weighs most."""
    rows: list[tuple[Cell, ...]] = []
    for ranking in overview.rankings:
        heaviest = ", ".join(ranking.heaviest)
        name = ranking.weights.id
        rows.append(
            (
                name,
                phrases.say(f"status.{statuses[name]}"),
                ", ".join(overview.firsts[name]),
                overview.leads[name],
                heaviest,
            )
        )
    columns = (
        Column("weights", phrases.heading("weights"), "text"),
        Column("status", phrases.heading("status"), "text", spare=2),
        Column("first", phrases.heading("first"), "text"),
        Column("lead", phrases.heading("lead"), "lead"),
        Column("heaviest", phrases.heading("heaviest"), "text", spare=1),
    )
    return Table(columns, tuple(rows))


def findings_table(findings: Sequence[Fault], phrases: Phrases) -> Table:
    """Findings, one a row, with where they stand."""
    keys = ("code", "file", "line", "column", "ids", "message", "remedy")
    rows: list[tuple[Cell, ...]] = []
    for finding in findings:
        place = finding.place
        line = place.line if place else None
        column = place.column if place else None
        file = place.file if place else None
        rows.append((finding.code, file, line, column, " ".join(finding.ids), finding.message, finding.remedy))
    kinds: dict[str, Kind] = {"line": "rank", "column": "rank"}
    return Table(tuple(Column(key, phrases.heading(key), kinds.get(key, "text")) for key in keys), tuple(rows))
