"""What to do together: the best packages, what more of a resource buys, core options, and what rules and other weights cost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from policy_options.analysis.packages.choosing import Packages
from policy_options.analysis.packages.frontier import Frontier
from policy_options.analysis.packages.performances import performances_of, value_of
from policy_options.analysis.packages.problem import members_of
from policy_options.reports.report import Figure, Report, Section, View
from policy_options.wording.packages import (
    adding_sentences,
    basis_sentences,
    best_sentences,
    core_sentences,
    frontier_sentences,
    joined,
    number_text,
    package_ids,
    package_name,
    region_text,
    rule_text,
    sets_sentences,
    warning_sentences,
)
from policy_options.wording.performances import performance_cell
from policy_options.wording.phrases import Phrases
from policy_options.wording.sentences import status_note
from policy_options.wording.shares import share_text
from policy_options.wording.table import Cell, Column, Table

__all__ = ["PackagesReport", "frontier_figure", "packages_table"]

_FRONTIER_ROWS = 60


@dataclass(frozen=True, kw_only=True)
class PackagesReport(Report):
    """The packages under a weight set. ``explain`` adds how performances combine, and shares of ways of weighting."""

    found: Packages
    explain: bool = False

    def title(self) -> str:
        """The decision, and the weights."""
        held = self.dossier.weighting(self.found.weights.id)
        return self.phrases.say(
            "packages.title",
            dossier=self.dossier.contents.decision.model.title,
            weights=held.title,
            status=status_note(held.status, self.phrases),
        )

    @property
    def name(self) -> str:
        """What a file of this report is called, without its suffix."""
        return f"{super().name}-packages"

    def sections(self, view: View) -> Sequence[Section]:
        """What is recommended, the list, order of adding, frontiers, core options, rules, other sets, and what to know."""
        found, phrases = self.found, self.phrases
        sections = [Section(notes=(phrases.together(best_sentences(found, phrases)),), key="best")]
        sections.append(Section(phrases.say("packages.list"), table=packages_table(found, phrases), key="packages"))
        if self.explain:
            sections += self._explained()
        if found.adding:
            notes = (*adding_sentences(found, phrases), phrases.say("packages.adding.rule"))
            sections.append(Section(phrases.say("packages.adding"), notes, key="adding"))
        for frontier in found.frontiers.values():
            sections += self._frontier(frontier, drawn=view.drawn)
        if found.no_frontier is not None:
            said = phrases.say_of("packages.frontier.out", found.no_frontier)
            sections.append(Section(phrases.say("packages.frontier.out"), (said,), key="frontier"))
        sections.append(self._core())
        if found.rule_prices:
            sections.append(self._rules())
        if found.regrets:
            sections.append(self._sets())
        if self.explain:
            sections.append(self._shares())
        basis = phrases.together(basis_sentences(found, phrases))
        sections.append(Section(notes=(basis, *warning_sentences(found, phrases)), key="notes"))
        return sections

    def _frontier(self, frontier: Frontier, *, drawn: bool) -> list[Section]:
        found, phrases = self.found, self.phrases
        resource = found.problem.resource(frontier.resource)
        title = phrases.say("packages.frontier", resource=resource.title)
        notes: tuple[str, ...] = (phrases.together(frontier_sentences(found, frontier, phrases)),)
        columns = (
            Column("use", phrases.heading("use"), "quantity"),
            Column("package", phrases.heading("package"), "text"),
            Column("value", phrases.heading("value"), "points"),
            Column("on_hull", phrases.heading("on_hull"), "text", spare=2),
            Column("contains_last", phrases.heading("contains_last"), "text", spare=1),
        )
        steps = frontier.steps[:_FRONTIER_ROWS]
        rows = tuple(
            (
                float(step.use),
                package_name(found, step.packages[0], phrases),
                step.value,
                _yes(step.on_hull, phrases),
                _yes(step.nested, phrases),
            )
            for step in steps
        )
        figures = (frontier_figure(found, frontier, phrases),) if drawn and len(frontier.steps) > 1 else ()
        more = len(frontier.steps) - len(steps)
        if more:
            notes = (*notes, phrases.say("more", count=more))
        sections = [Section(title, notes, Table(columns, rows), key=f"frontier-{resource.id}", figures=figures)]
        compared = found.by_capacity.get(resource.id)
        if compared:
            heads = (
                Column("capacity", phrases.heading("capacity"), "quantity"),
                Column("package", phrases.heading("package"), "text"),
                Column("value", phrases.heading("value"), "points"),
            )
            each: list[tuple[Cell, ...]] = [
                (float(capacity), None, None)
                if best is None
                else (float(capacity), package_name(found, best.package, phrases), best.value)
                for capacity, best in compared
            ]
            title = phrases.say("packages.by-capacity", resource=resource.title)
            sections.append(Section(title, table=Table(heads, tuple(each)), key=f"capacities-{resource.id}"))
        return sections

    def _core(self) -> Section:
        found, phrases = self.found, self.phrases
        notes = (phrases.together(core_sentences(found, phrases)),)
        title = phrases.say("packages.core")
        return Section(title, notes, core_table(found, phrases) if found.forced_prices else None, key="core")

    def _rules(self) -> Section:
        found, phrases = self.found, self.phrases
        columns = (
            Column("rule", phrases.heading("rule"), "text"),
            Column("price", phrases.heading("price"), "points"),
            Column("best_without", phrases.heading("best_without"), "text", spare=1),
        )
        rows = tuple(
            (
                rule_text(found, found.problem.rules[price.rule], phrases),
                price.price,
                package_name(found, price.package, phrases),
            )
            for price in found.rule_prices
        )
        notes = (phrases.say("packages.rules.note"),)
        return Section(phrases.say("packages.rules"), notes, Table(columns, rows), key="rules")

    def _sets(self) -> Section:
        found, phrases = self.found, self.phrases
        held = {regret.weights: self.dossier.weighting(regret.weights) for regret in found.regrets}
        columns = (
            Column("weights", phrases.heading("weights"), "text"),
            Column("status", phrases.heading("status"), "text", spare=1),
            Column("regret", phrases.heading("points_lost"), "points"),
            Column("best_package", phrases.heading("best_package"), "text"),
        )
        rows = tuple(
            (
                regret.weights,
                phrases.say_of("status", held[regret.weights].status),
                regret.points,
                package_name(found, regret.best, phrases),
            )
            for regret in found.regrets
        )
        statuses = {name: one.status for name, one in held.items()}
        titles = {name: one.title for name, one in held.items()}
        notes = tuple(sets_sentences(found, statuses, titles, phrases))
        return Section(phrases.say("packages.sets"), notes, Table(columns, rows), key="sets")

    def _explained(self) -> list[Section]:
        found, phrases = self.found, self.phrases
        problem = found.problem.problem
        both = performances_of(found.problem, np.array([0, found.package], dtype=np.int64))
        shares = found.weights.along(problem.criterion_ids)
        columns = (
            Column("criterion", phrases.heading("criterion"), "text"),
            Column("combines", phrases.heading("combines"), "text", spare=2),
            Column("baseline_performance", phrases.heading("baseline_performance"), "quantity"),
            Column("package_performance", phrases.heading("package_performance"), "quantity"),
            Column("unit", phrases.heading("unit"), "text", spare=4),
            Column("weight", phrases.heading("weight"), "percent", spare=3),
            Column("gain", phrases.heading("gain"), "lead"),
        )
        rows = []
        for column, (axis, how) in enumerate(zip(problem.criteria, found.problem.combinations, strict=True)):
            values = value_of(found.problem, column, both[:, column])
            cells = [performance_cell(float(at), axis.levels, phrases) for at in both[:, column]]
            gain = float(shares[column] * (values[1] - values[0]))
            how_text = phrases.say_of("packages.how", how.rule)
            rows.append((axis.id, how_text, *cells, axis.unit, float(shares[column]), None if np.isnan(gain) else gain))
        title = phrases.say("packages.criteria", package=package_name(found, found.package, phrases))
        sections = [Section(title, table=Table(columns, tuple(rows)), key="criteria")]
        effects = []
        for place in found.effects_in:
            effect = found.problem.effects[place]
            axis = problem.criteria[effect.column]
            names = joined([found.problem.members[member].short for member in sorted(effect.members)], phrases)
            amount = phrases.numbers.fixed(effect.likely, 2, signed=True)
            effects.append(phrases.say("packages.effect", options=names, effect=amount, criterion=axis.title))
        notes = tuple(effects) or (phrases.say("packages.effects.none"),)
        if found.problem.effects:
            sections.append(Section(phrases.say("packages.effects"), notes, key="effects", listed=bool(effects)))
        return sections

    def _shares(self) -> Section:
        found, phrases = self.found, self.phrases
        shares = found.shares
        title = phrases.say("packages.shares")
        if isinstance(shares, str):
            return Section(title, (phrases.say_of("packages.core.out", shares),), key="shares")
        assert found.region is not None
        region = region_text(found.region, phrases)
        basis = shares.acceptability.basis
        if shares.exact:
            said = phrases.say("packages.shares.exact", region=region)
        else:
            error = share_text(shares.half_width, phrases)
            said = phrases.say("packages.shares.sampled", region=region, error=error, seed=found.settings.seed)
        columns = (
            Column("package", phrases.heading("package"), "text"),
            Column("share_best", phrases.heading("share_best"), "text"),
        )
        rows = tuple(
            (package_name(found, int(package), phrases), share_text(float(share), phrases, basis))
            for package, share in zip(shares.packages, shares.shares, strict=True)
        )
        each = phrases.series(
            phrases.say("packages.shares.member", option=option.short, share=share_text(float(share), phrases, basis))
            for option, share in zip(found.problem.members, shares.members, strict=True)
        )
        notes = (said, phrases.say("packages.shares.members", shares=each))
        return Section(title, notes, Table(columns, rows), key="shares")

    def rows(self) -> Table:
        """The packages, a row each, by ids."""
        return packages_table(self.found, self.phrases, ids=True)

    def form(self) -> Mapping[str, Any]:
        """``packages-result.schema.json``."""
        from policy_options.exchange.packages import packages_form

        return packages_form(self.dossier, self.found, shares=self.explain)


def _yes(given: bool, phrases: Phrases) -> str:
    return phrases.say("packages.yes" if given else "packages.no")


def packages_table(found: Packages, phrases: Phrases, *, ids: bool = False, most: int | None = None) -> Table:
    """The best packages in order: value, lead over the baseline, gap to the best, swaps, and what each uses."""
    ranged = any(row.upper > row.value for row in found.rows)
    columns = [
        Column("rank", phrases.heading("rank"), "rank"),
        Column("package", phrases.heading("package"), "text"),
        Column("value", phrases.heading("value"), "points"),
        *([Column("upper_value", phrases.heading("upper_value"), "points")] if ranged else ()),
        Column("lead_over_baseline", phrases.heading("lead_over_baseline"), "lead", spare=2),
        Column("gap", phrases.heading("gap"), "points", spare=1),
        Column("adds", phrases.heading("adds"), "text", spare=5),
        Column("drops", phrases.heading("drops"), "text", spare=5),
        *(Column(resource.id, resource.title, "quantity", spare=3) for resource in found.problem.resources),
    ]
    rows = []
    for row in found.rows[:most]:
        name = package_ids(found, row.package) if ids else package_name(found, row.package, phrases)
        swaps = [
            " + ".join(found.problem.ids[m] for m in members)
            if ids
            else phrases.listing([found.problem.members[m].short for m in members])
            for members in (row.adds, row.drops)
        ]
        cells: list[Cell] = [row.rank, name, row.value]
        if ranged:
            cells.append(row.upper)
        cells += [row.gain, row.gap, *swaps, *(float(use) for use in row.used)]
        rows.append(tuple(cells))
    return Table(tuple(columns), tuple(rows))


def core_table(found: Packages, phrases: Phrases) -> Table:
    """Options: whether each is in the package, its core index and class, and what the opposite would cost."""
    compared = found.non_dominated
    prices = {price.member: price for price in found.forced_prices}
    inside = set(members_of(found.recommended))
    columns = [
        Column("option", phrases.heading("option"), "text"),
        Column("in_package", phrases.heading("in_package"), "text"),
        *(
            ()
            if isinstance(compared, str)
            else (
                Column("core_index", phrases.heading("core_index"), "coefficient"),
                Column("class", phrases.heading("class"), "text", spare=1),
            )
        ),
        Column("price_otherwise", phrases.heading("price_otherwise"), "points", spare=2),
    ]
    rows = []
    for member, option in enumerate(found.problem.members):
        cells: list[Cell] = [option.id, _yes(member in inside, phrases)]
        if not isinstance(compared, str):
            kind = compared.standing(member)
            cells += [float(compared.core_index[member]), phrases.say_of("packages.class", kind)]
        cells.append(prices[member].price)
        rows.append(tuple(cells))
    return Table(tuple(columns), tuple(rows))


def frontier_figure(found: Packages, frontier: Frontier, phrases: Phrases) -> Figure:
    """The steps of value over a resource, with a title that says what more of it would buy."""
    from policy_options.charts.frontier_steps import FrontierPoint, frontier_chart

    resource = found.problem.resource(frontier.resource)
    points = [
        FrontierPoint(float(s.use), s.value, package_name(found, s.packages[0], phrases), s.on_hull)
        for s in frontier.steps
    ]
    after, at = frontier.next_step, frontier.at_capacity
    if after is not None:
        before = frontier.steps[at].value if at is not None else found.baseline_value
        title = phrases.say(
            "chart.packages.next",
            resource=resource.title,
            use=number_text(after.use, phrases),
            capacity=number_text(frontier.capacity, phrases),
            gain=phrases.numbers.points(after.value - before),
        )
    else:
        use = number_text(frontier.steps[-1].use, phrases)
        title = phrases.say("chart.packages.enough", resource=resource.title, use=use)
    steps = phrases.rows(
        phrases.say(
            "chart.packages.step",
            use=phrases.numbers.computed(point.use),
            package=point.name,
            value=phrases.numbers.points(point.value),
        )
        for point in points
    )
    alternative = phrases.say("chart.packages.alternative", resource=resource.title, steps=steps)
    axis = phrases.say("chart.packages.axis", resource=resource.title, unit=resource.unit)
    capacity = float(frontier.capacity)
    svg = frontier_chart(points, capacity, phrases.numbers, phrases=phrases, label=title, axis=axis)
    return Figure(title, svg, alternative)
