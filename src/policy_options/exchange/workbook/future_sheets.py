"""The sheets of what the formulas do not follow: options in each scenario, and what to do together, as computed at export."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from policy_options.analysis.scenarios.scenarios import Scenarios
from policy_options.errors import PolicyOptionsError
from policy_options.exchange.workbook.cells import Cell, Sheet, Style
from policy_options.exchange.workbook.planning import Plan
from policy_options.wording.packages import package_name
from policy_options.wording.phrases import Phrases
from policy_options.wording.scenarios import future_titles

__all__ = ["packages_sheet", "scenarios_sheet"]

_Value = str | float | int


def scenarios_sheet(plan: Plan) -> Sheet | None:
    """Values by option and scenario, regret, and who is first under every set; ``None`` of a dossier without scenarios."""
    if not plan.dossier.scenario_ids:
        return None
    found = plan.dossier.scenarios(plan.chosen)
    phrases, name = plan.phrases, plan.sheets["scenarios"]
    titles = list(future_titles(found, phrases).values())
    cells, row = _opened(name, phrases.say("book.robustness.how", weights=plan.chosen)), 3
    option = (phrases.say("book.head.option-id"), phrases.say("book.head.option"))
    row = _table(cells, row, phrases.say("scenarios.values"), (*option, *titles), _values(found, phrases))
    heads: tuple[str, ...] = (*option, *titles, phrases.heading("largest_regret"))
    title, note = phrases.say("scenarios.regret.title"), phrases.say("scenarios.regret.rule")
    row = _table(cells, row, title, heads, _regrets(found), note=note)
    leading = [
        (one.id, plan.title_of_set(one.id), *(", ".join(found.leaders.at(one.id, name)) for name in found.ids))
        for one in found.sets
    ]
    heads = (phrases.say("book.head.weight-set"), phrases.say("book.head.title"), *titles)
    row = _table(cells, row, phrases.say("scenarios.leaders"), heads, leading)
    ids = [(future.id, future.title) for future in found.futures]
    _table(cells, row, name, (phrases.heading("scenario"), phrases.say("book.head.title")), ids)
    return Sheet(name, cells, (24, 40, *(18.0 for _ in range(len(titles) + 1))), locked=True)


def _values(found: Scenarios, phrases: Phrases) -> list[tuple[_Value, ...]]:
    order = found.rankings[found.ids[0]].order
    return [
        (
            found.option_ids[at],
            found.problem.options[at].title,
            *(_ranged(found.rankings[name].lower[at], found.rankings[name].upper[at], phrases) for name in found.ids),
        )
        for at in order
    ]


def _ranged(lower: float, upper: float, phrases: Phrases) -> _Value:
    """A value; both ends where an unknown score leaves it open."""
    if lower == upper:
        return float(lower)
    low, high = (phrases.numbers.fixed(float(end)) for end in (lower, upper))
    return phrases.say("scenarios.range", low=low, high=high)


def _regrets(found: Scenarios) -> list[tuple[_Value, ...]]:
    titles = {option.id: option.title for option in found.problem.options}
    regret = found.regret
    return [
        (
            regret.options[at],
            titles[regret.options[at]],
            *(float(points) for points in regret.most[at]),
            float(regret.largest[at]),
        )
        for at in regret.by_largest
    ]


def packages_sheet(plan: Plan) -> Sheet | None:
    """The best packages with what they use, and what more of each resource buys; ``None`` of a dossier without packages.

    Where rules leave no package, or one leaves a scale, the sheet says so.
    """
    if plan.dossier.contents.packages_file is None:
        return None
    phrases, name = plan.phrases, plan.sheets["packages"]
    cells = _opened(name, phrases.say("book.robustness.how", weights=plan.chosen))
    try:
        found = plan.dossier.packages(plan.chosen)
    except PolicyOptionsError as error:
        cells.append(Cell(3, 0, error.faults[0].message, "text"))
        return Sheet(name, cells, (60, 16), locked=True)
    resources = found.problem.resources
    keys = ("package", "rank", "value", "lead_over_baseline", "gap")
    heads: tuple[str, ...] = (*map(phrases.heading, keys), *(_head(r.title, r.unit, phrases) for r in resources))
    best = [
        (
            package_name(found, row.package, phrases),
            row.rank or "",
            row.value,
            row.gain,
            row.gap,
            *(float(use) for use in row.used),
        )
        for row in found.rows
    ]
    row = _table(cells, 3, phrases.say("packages.list"), heads, best, plain=range(5, 5 + len(resources)), ids=False)
    capacities = [(r.id, r.title, r.unit, float(r.capacity)) for r in resources]
    if capacities:
        columns = (*(phrases.heading(key) for key in ("resource", "title", "unit", "capacity")),)
        row = _table(cells, row, phrases.heading("resource"), columns, capacities, plain=(3,))
    for id, frontier in found.frontiers.items():
        resource = found.problem.resource(id)
        steps = [
            (package_name(found, step.packages[0], phrases), float(step.use), step.value) for step in frontier.steps
        ]
        heads = (
            phrases.heading("best_package"),
            _head(resource.title, resource.unit, phrases),
            phrases.heading("value"),
        )
        title = phrases.say("packages.frontier", resource=resource.title)
        row = _table(cells, row, title, heads, steps, plain=(1,), ids=False)
    return Sheet(name, cells, (70, *(16.0 for _ in range(4 + len(resources)))), locked=True)


def _head(title: str, unit: str, phrases: Phrases) -> str:
    return phrases.say("book.head.with-unit", title=title, unit=unit)


def _opened(title: str, note: str) -> list[Cell]:
    return [Cell(0, 0, title, "title"), Cell(1, 0, note, "marking")]


def _table(
    cells: list[Cell],
    row: int,
    title: str,
    heads: Sequence[str],
    rows: Sequence[Sequence[_Value]],
    *,
    note: str = "",
    plain: Collection[int] = (),
    ids: bool = True,
) -> int:
    """Write a table with its title, and give the row where the next begins.

    Numbers are points, but for columns of ``plain`` ones; texts of the first column are ids, or names.
    """
    cells.append(Cell(row, 0, title, "label"))
    row += 1
    if note:
        cells.append(Cell(row, 0, note, "note"))
        row += 1
    cells += [Cell(row, column, head, "head") for column, head in enumerate(heads)]
    for texts in rows:
        row += 1
        for column, value in enumerate(texts):
            number: Style = "plain" if isinstance(value, int) or column in plain else "points"
            style: Style = ("id" if column == 0 and ids else "text") if isinstance(value, str) else number
            cells.append(Cell(row, column, value, style))
    return row + 2
