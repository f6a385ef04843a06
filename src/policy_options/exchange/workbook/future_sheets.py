"""The sheets of what the formulas do not follow: options in each scenario, and what to do together, as computed at export."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from policy_options.analysis.packages.choosing import Packages
from policy_options.analysis.scenarios.scenarios import Scenarios
from policy_options.errors import PolicyOptionsError
from policy_options.exchange.workbook import names
from policy_options.exchange.workbook.cells import Cell, Sheet, Style
from policy_options.exchange.workbook.planning import Plan
from policy_options.wording.packages import package_name
from policy_options.wording.phrases import load_phrases

__all__ = ["packages_sheet", "scenarios_sheet"]

_Value = str | float | int
_FIXED = "These are values: they do not follow when weights or scores are changed."


def scenarios_sheet(plan: Plan) -> Sheet | None:
    """Values by option and scenario, regret, and who is first under every set; ``None`` of a dossier without scenarios."""
    if not plan.dossier.scenario_ids:
        return None
    found = plan.dossier.scenarios(plan.chosen)
    titles = [future.short for future in found.futures]
    cells, row = _opened(names.SCENARIOS, f"Computed at export under {plan.chosen}. {_FIXED}"), 3
    row = _table(cells, row, "Overall value in each scenario", ("Option id", "Option", *titles), _values(found))
    note = "Regret: points below the best option of the same scenario. An option that fails a red line anywhere is left out."
    heads = ("Option id", "Option", *titles, "Largest")
    row = _table(cells, row, "Regret in each scenario", heads, _regrets(found), note=note)
    leading = [
        (one.id, plan.title_of_set(one.id), *(", ".join(found.leaders.at(one.id, name)) for name in found.ids))
        for one in found.sets
    ]
    heads = ("Weight set", "Title", *titles)
    row = _table(cells, row, "First in each scenario, under each weight set", heads, leading)
    ids = [(future.id, future.title) for future in found.futures]
    _table(cells, row, "Scenarios", ("Scenario", "Title"), ids)
    return Sheet(names.SCENARIOS, cells, (24, 40, *(18.0 for _ in range(len(titles) + 1))), locked=True)


def _values(found: Scenarios) -> list[tuple[_Value, ...]]:
    order = found.rankings[found.ids[0]].order
    return [
        (
            found.option_ids[at],
            found.problem.options[at].title,
            *(_ranged(found.rankings[name].lower[at], found.rankings[name].upper[at]) for name in found.ids),
        )
        for at in order
    ]


def _ranged(lower: float, upper: float) -> _Value:
    """A value; both ends where an unknown score leaves it open."""
    return float(lower) if lower == upper else f"{lower:.1f} to {upper:.1f}"


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
    cells = _opened(names.PACKAGES, f"What to do together, computed at export under {plan.chosen}. {_FIXED}")
    try:
        found = plan.dossier.packages(plan.chosen)
    except PolicyOptionsError as error:
        cells.append(Cell(3, 0, error.faults[0].message, "text"))
        return Sheet(names.PACKAGES, cells, (60, 16), locked=True)
    resources = found.problem.resources
    heads = ("Package", "Rank", "Value", "Over baseline", "Behind best", *(_head(r.title, r.unit) for r in resources))
    best = [
        (_named(found, row.package), row.rank or "", row.value, row.gain, row.gap, *(float(use) for use in row.used))
        for row in found.rows
    ]
    row = _table(cells, 3, "Best packages", heads, best, plain=range(5, 5 + len(resources)), ids=False)
    capacities = [(r.id, r.title, r.unit, float(r.capacity)) for r in resources]
    if capacities:
        row = _table(cells, row, "Resources", ("Resource", "Title", "Unit", "Capacity"), capacities, plain=(3,))
    for id, frontier in found.frontiers.items():
        resource = found.problem.resource(id)
        steps = [(_named(found, step.packages[0]), float(step.use), step.value) for step in frontier.steps]
        heads = ("Best package", _head(resource.title, resource.unit), "Value")
        title = f"What more of a resource buys: {resource.title}"
        row = _table(cells, row, title, heads, steps, plain=(1,), ids=False)
    return Sheet(names.PACKAGES, cells, (70, *(16.0 for _ in range(4 + len(resources)))), locked=True)


def _head(title: str, unit: str) -> str:
    return f"{title} ({unit})"


def _named(found: Packages, package: int) -> str:
    """A package by the short titles of its options, as the command prints it."""
    return package_name(found, package, load_phrases("en"))


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
