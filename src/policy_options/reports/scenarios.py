"""The same options in several futures: where the advice holds, what it could cost, how likely a change must be, what to do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from policy_options.analysis.acceptability.results import ExactBasis
from policy_options.analysis.scenarios.likelihoods import BreakEven
from policy_options.analysis.scenarios.scenarios import Scenarios
from policy_options.analysis.switching.typed import PLACES, last_before
from policy_options.reports.report import Figure, Report, Section, View
from policy_options.wording.comparison import gap_sentence
from policy_options.wording.packages import package_ids, package_name
from policy_options.wording.phrases import Phrases
from policy_options.wording.scenario_packages import compared_packages, package_once_text, package_sentences
from policy_options.wording.scenarios import (
    cells_text,
    future_titles,
    held_sentences,
    judged_sentences,
    opening_sentences,
    switch_sentence,
    threshold_text,
)
from policy_options.wording.sentences import status_note
from policy_options.wording.shares import beyond_text, share_text
from policy_options.wording.table import Cell, Column, Kind, Table
from policy_options.wording.titles import option_titles

__all__ = ["ScenariosReport", "has_expected_values", "scenarios_figure"]


@dataclass(frozen=True, kw_only=True)
class ScenariosReport(Report):
    """The options over all scenarios, under one weight set and under all."""

    scenarios: Scenarios

    @property
    def name(self) -> str:
        """The decision, and that it is about scenarios."""
        return f"{self.dossier.contents.decision.model.id}-scenarios"

    def title(self) -> str:
        """The decision, and the weights."""
        held = self.dossier.weighting(self.scenarios.weights.id)
        return self.phrases.say(
            "scenarios.title",
            dossier=self.dossier.contents.decision.model.title,
            weights=held.title,
            status=status_note(held.status, self.phrases),
        )

    def sections(self, view: View) -> Sequence[Section]:
        """What a planner asks first, then the tables that it comes from."""
        found, phrases = self.scenarios, self.phrases
        close = self.dossier.contents.decision.model.thresholds.too_close_to_call
        statuses = {one.id: self.dossier.weighting(one.id).status for one in found.sets}
        said = opening_sentences(found, statuses, close, phrases)
        opening = Section(notes=tuple(said), key="opening", listed=True)
        sections = [
            opening,
            _values(found, phrases, numbered=view.narrow),
            _leaders(self, numbered=view.narrow),
            _regret(found, phrases, numbered=view.narrow),
        ]
        if has_expected_values(found):
            sections.append(_likelihoods(found, phrases))
            if found.judged:
                sections.append(_bounds(found, phrases))
        sections += [*_packages(found, phrases, numbered=view.narrow), *_why(self, close), *_signposts(self, close)]
        if view.drawn:
            figure = scenarios_figure(found, close, phrases)
            sections = [replace(each, figures=(figure,)) if each.key == "values" else each for each in sections]
        return sections

    def charts(self) -> dict[str, Figure]:
        """Every chart by the name of its file."""
        close = self.dossier.contents.decision.model.thresholds.too_close_to_call
        return {"scenarios": scenarios_figure(self.scenarios, close, self.phrases)}

    def rows(self) -> Table:
        """Everything as one long table of numbers."""
        keys = ("part", "option", "scenario", "weights", "measure")
        columns = tuple(Column(key, self.phrases.heading(key), "text") for key in keys)
        number = Column("number", self.phrases.heading("number"), "points")
        return Table((*columns, number), tuple(_rows(self.scenarios)))

    def form(self) -> Mapping[str, Any]:
        """``scenarios.schema.json``."""
        from policy_options.exchange.scenarios import scenarios_form

        return scenarios_form(self.dossier, self.scenarios)


def has_expected_values(found: Scenarios) -> bool:
    """Whether there are likelihoods to speak of: two scenarios, and no unknown score that leaves expected values open."""
    return len(found.ids) > 1 and not set(found.regret.options) & set(found.open_options)


def _columns(found: Scenarios, kind: Kind, phrases: Phrases, *, numbered: bool) -> list[Column]:
    """A column a scenario: its number where a screen has no room for titles, which a note explains."""
    titles = future_titles(found, phrases)
    return [
        Column(f"scenario:{name}", str(n) if numbered else titles[name], kind, spare=n - 1)
        for n, name in enumerate(found.ids, start=1)
    ]


def _named(found: Scenarios, phrases: Phrases, *, numbered: bool) -> list[str]:
    if not numbered:
        return []
    titles = future_titles(found, phrases)
    names = [phrases.say("across.column", number=n, name=titles[name]) for n, name in enumerate(found.ids, start=1)]
    return [phrases.say("scenarios.columns", names=phrases.listing(names))]


def _values(found: Scenarios, phrases: Phrases, *, numbered: bool) -> Section:
    order = found.rankings[found.ids[0]].order
    columns = (
        Column("option", phrases.heading("option"), "text"),
        *_columns(found, "points", phrases, numbered=numbered),
    )
    rows: list[tuple[Cell, ...]] = []
    for row in order:
        cells: list[Cell] = [found.option_ids[row]]
        for name in found.ids:
            ranking = found.rankings[name]
            lower, upper = float(ranking.lower[row]), float(ranking.upper[row])
            text = phrases.say("scenarios.range", low=phrases.numbers.points(lower), high=phrases.numbers.points(upper))
            cells.append(lower if lower == upper else text)
        rows.append(tuple(cells))
    notes = _named(found, phrases, numbered=numbered)
    return Section(phrases.say("scenarios.values"), tuple(notes), Table(columns, tuple(rows)), key="values")


def _leaders(report: ScenariosReport, *, numbered: bool) -> Section:
    found, phrases = report.scenarios, report.phrases
    columns, rows = _leaders_narrow(found, phrases) if numbered else _leaders_wide(found, phrases)
    notes = _named(found, phrases, numbered=numbered)
    illustrative = sum(report.dossier.weighting(one.id).status == "illustrative" for one in found.sets)
    if illustrative:
        notes.append(phrases.say("rank.all.illustrative", illustrative=illustrative, count=len(found.sets)))
    if found.leaders.open:
        notes.append(phrases.say("scenarios.leaders.open", count=len(found.leaders.open)))
    if found.stale:
        notes.append(phrases.say("across.regret.stale", sets=phrases.listing(found.stale)))
    return Section(phrases.say("scenarios.leaders"), tuple(notes), Table(columns, rows), key="leaders")


_Rows = tuple[tuple[Cell, ...], ...]


def _leaders_wide(found: Scenarios, phrases: Phrases) -> tuple[tuple[Column, ...], _Rows]:
    columns = (Column("weights", phrases.heading("weights"), "text"), *_columns(found, "text", phrases, numbered=False))
    rows = tuple((one.id, *(", ".join(found.leaders.at(one.id, name)) for name in found.ids)) for one in found.sets)
    return columns, rows


def _leaders_narrow(found: Scenarios, phrases: Phrases) -> tuple[tuple[Column, ...], _Rows]:
    """Who is first in the first scenario, and where another is: a screen has no room for a name in every cell."""
    columns = (
        Column("weights", phrases.heading("weights"), "text"),
        Column("first", phrases.say("scenarios.leaders.in", number=1), "text"),
        Column("elsewhere", phrases.heading("elsewhere"), "text"),
    )
    rows = []
    for one in found.sets:
        first = found.leaders.at(one.id, found.ids[0])
        others: dict[tuple[str, ...], list[str]] = {}
        for number, name in enumerate(found.ids, start=1):
            if found.leaders.at(one.id, name) != first:
                others.setdefault(found.leaders.at(one.id, name), []).append(str(number))
        elsewhere = [
            phrases.say("scenarios.leaders.elsewhere", options=", ".join(options), numbers=phrases.series(numbers))
            for options, numbers in others.items()
        ]
        rows.append((one.id, ", ".join(first), phrases.rows(elsewhere)))
    return columns, tuple(rows)


def _regret(found: Scenarios, phrases: Phrases, *, numbered: bool) -> Section:
    regret, over = found.regret, found.regret_over_sets
    several = len(found.sets) > 1
    columns = [
        Column("option", phrases.heading("option"), "text"),
        Column("largest", phrases.heading("largest_regret"), "points"),
        *_columns(found, "points", phrases, numbered=numbered),
    ]
    if several:
        columns.append(Column("over_sets", phrases.heading("regret_over_sets"), "points"))
        columns.append(Column("where", phrases.heading("where"), "text", spare=len(found.ids)))
    rows = []
    for row in regret.by_largest:
        option = regret.options[row]
        cells: list[Cell] = [option, float(regret.largest[row]), *(float(points) for points in regret.most[row])]
        if several:
            at = over.options.index(option)
            cells += [float(over.largest[at]), cells_text(over.where(option), found, phrases, sets=True)]
        rows.append(tuple(cells))
    notes = [phrases.say("scenarios.regret.rule"), *_named(found, phrases, numbered=numbered)]
    if several:
        notes.append(phrases.say("across.regret.caution"))
    return Section(
        phrases.say("scenarios.regret.title"), tuple(notes), Table(tuple(columns), tuple(rows)), key="regret"
    )


def _likelihoods(found: Scenarios, phrases: Phrases) -> Section:
    held, titles = found.likelihoods, future_titles(found, phrases)
    columns = (
        Column("scenario", phrases.heading("scenario"), "text"),
        Column("likelihood", phrases.heading("likelihood"), "percent", spare=1),
        Column("low", phrases.heading("likely_from"), "percent"),
        Column("high", phrases.heading("likely_to"), "percent"),
        Column("below", phrases.heading("below"), "text", spare=2),
        Column("above", phrases.heading("above"), "text", spare=2),
        Column("against", phrases.heading("against_reference"), "text", spare=3),
    )
    rows = []
    for one in held.break_even:
        rows.append(
            (
                titles[one.scenario],
                one.likelihood,
                *_inward(one),
                ", ".join(one.below),
                ", ".join(one.above),
                _against(found, one.scenario, phrases),
            )
        )
    notes = [*judged_sentences(found.judged, found, phrases), phrases.say("scenarios.break.rule")]
    shares = found.shares
    if shares is not None:
        names = option_titles(found.problem)
        leading = [
            row for row in sorted(range(len(held.options)), key=lambda row: -shares.first[row]) if shares.first[row] > 0
        ]
        said = [
            phrases.say(
                "scenarios.shares.row",
                option=names[held.option_ids[row]],
                share=share_text(float(shares.first[row]), phrases, shares.basis),
            )
            for row in leading
        ]
        notes += [phrases.say("scenarios.shares", rows=phrases.rows(said)), phrases.say("scenarios.shares.caution")]
        if not isinstance(shares.basis, ExactBasis):
            numbers = phrases.numbers
            notes.append(
                phrases.say(
                    "scenarios.shares.sampled",
                    count=numbers.fixed(shares.basis.count, 0),
                    seed=shares.basis.seed,
                    error=numbers.fixed(100.0 * shares.half_width, 2),
                )
            )
    return Section(phrases.say("scenarios.likelihoods"), tuple(notes), Table(columns, tuple(rows)), key="likelihoods")


def _inward(one: BreakEven) -> tuple[float | None, float | None]:
    """The least and the largest likelihood, rounded inward to the printed digits where another leads beyond."""
    if one.low is None or one.high is None:
        return one.low, one.high
    low = last_before(100.0 * one.low, rising=False, places=PLACES) / 100.0 if one.below else one.low
    high = last_before(100.0 * one.high, rising=True, places=PLACES) / 100.0 if one.above else one.high
    return (low, high) if low <= one.likelihood <= high else (one.low, one.high)


def _against(found: Scenarios, scenario: str, phrases: Phrases) -> str:
    """From what likelihood on another leads, where nothing but this scenario and the reference can happen."""
    if found.reference is None or scenario == found.reference:
        return ""
    changes = found.likelihoods.between(found.reference, scenario)[1:]
    return phrases.rows(
        phrases.say(
            "scenarios.against", share=beyond_text(one.low, phrases, rising=True), leaders=", ".join(one.leaders)
        )
        for one in changes
    )


def _bounds(found: Scenarios, phrases: Phrases) -> Section:
    bounds = found.likelihoods.admissible
    words = {True: phrases.say("scenarios.yes"), False: phrases.say("scenarios.no")}
    columns = (
        Column("option", phrases.heading("option"), "text"),
        Column("lower", phrases.heading("expected_from"), "points"),
        Column("upper", phrases.heading("expected_to"), "points"),
        Column("e_admissible", phrases.heading("e_admissible"), "text"),
        Column("maximal", phrases.heading("maximal"), "text"),
    )
    rows = tuple(
        (
            option,
            float(bounds.lower[row]),
            float(bounds.upper[row]),
            words[bounds.best_at[row] is not None],
            words[bool(bounds.maximal[row])],
        )
        for row, option in enumerate(bounds.options)
    )
    notes = (phrases.say("scenarios.bounds.rule"),)
    return Section(phrases.say("scenarios.bounds"), notes, Table(columns, rows), key="bounds")


def _packages(found: Scenarios, phrases: Phrases, *, numbered: bool) -> list[Section]:
    """What to do together in each scenario; nothing where the dossier has no packages."""
    held = compared_packages(found)
    said = tuple(package_sentences(found, phrases))
    if held is None:
        return []
    opening = Section(phrases.say("scenarios.packages.title"), said, key="packages", listed=len(said) > 1)
    if isinstance(held, str):
        return [opening]
    columns = (
        Column("package", phrases.heading("package"), "text"),
        Column("largest", phrases.heading("largest_regret"), "points"),
        *_columns(found, "points", phrases, numbered=numbered),
    )
    rows: list[tuple[Cell, ...]] = [
        (package_name(held, row.package, phrases), row.largest, *row.values) for row in held.rows
    ]
    notes = (phrases.say("scenarios.packages.rule"), *_named(found, phrases, numbered=numbered))
    title = phrases.say("scenarios.packages.values")
    return [opening, Section(title, notes, Table(columns, tuple(rows)), key="package-values")]


def _why(report: ScenariosReport, close: float) -> list[Section]:
    """What makes the lead change, from the first scenario to each in which another leads."""
    found, phrases = report.scenarios, report.phrases
    titles = future_titles(found, phrases)
    said = []
    for name in found.changes:
        compared = found.why(found.ids[0], name)
        gap = compared.gap_of_the_lead
        if name == found.ids[0]:
            continue
        if gap is None:
            said.append(phrases.say("scenarios.why.open", after=titles[name]))
            continue
        why = gap_sentence(compared, gap.option, gap.over, close, phrases)
        said.append(phrases.say("scenarios.why.change", before=titles[found.ids[0]], after=titles[name], why=why))
    return [Section(phrases.say("scenarios.why"), tuple(said), key="why")] if said else []


def _signposts(report: ScenariosReport, close: float) -> list[Section]:
    found, phrases = report.scenarios, report.phrases
    if not found.signs:
        return []
    titles = future_titles(found, phrases)
    switches = {switch.sign: switch for switch in found.switches}
    said = []
    for sign in found.signs:
        signpost = report.dossier.signpost(sign)
        details = [
            phrases.say_of("scenarios.signpost", key, text=text)
            for key, text in (
                ("threshold", threshold_text(signpost, found.problem, phrases)),
                ("by", signpost.by.isoformat() if signpost.by else ""),
                ("who", signpost.who or ""),
                ("then", signpost.then or ""),
            )
            if text
        ]
        if sign in switches:
            details.append(switch_sentence(switches[sign], found, close, phrases))
            details.append(package_once_text(sign, found, phrases))
        scenario = titles[sign.scenario] if sign.scenario in titles else phrases.say("scenarios.signpost.any")
        said.append(
            phrases.say(
                "scenarios.signpost", scenario=scenario, watch=signpost.watch, details=phrases.together(details)
            )
        )
    return [Section(phrases.say("scenarios.signposts"), tuple(said), key="signposts", listed=True)]


def scenarios_figure(found: Scenarios, close: float, phrases: Phrases) -> Figure:
    """Value by scenario: a row an option, a mark a scenario, under the finding."""
    from policy_options.charts.scenario_values import scenario_values_chart

    title = held_sentences(found, close, phrases, short=True)[-1].rstrip(".。")
    titles, points = option_titles(found.problem), phrases.numbers.points
    rows = [
        phrases.say(
            "scenarios.figure.row",
            option=titles[found.option_ids[row]],
            values=phrases.series(points(float(found.rankings[name].lower[row])) for name in found.ids),
        )
        for row in found.rankings[found.ids[0]].order
    ]
    names = phrases.series(future_titles(found, phrases).values())
    alternative = phrases.say("scenarios.figure.alternative", scenarios=names, rows=phrases.rows(rows))
    svg = scenario_values_chart(found, phrases.numbers, phrases=phrases, label=alternative)
    return Figure(title, svg, alternative)


def _rows(found: Scenarios) -> Iterator[tuple[Cell, ...]]:
    weights = found.weights.id
    for name in found.ids:
        ranking = found.rankings[name]
        for row, option in enumerate(found.option_ids):
            yield ("values", option, name, weights, "value", float(ranking.lower[row]))
            if ranking.upper[row] != ranking.lower[row]:
                yield ("values", option, name, weights, "upper-value", float(ranking.upper[row]))
            yield ("values", option, name, weights, "rank", int(ranking.ranks[row]))
    for (one, name), first in found.leaders.cells.items():
        for option in first:
            yield ("leaders", option, name, one, "first", 1)
    for row, option in enumerate(found.regret.options):
        for cell, points in zip(found.regret.cells, found.regret.most[row], strict=True):
            yield ("regret", option, cell[0], weights, "regret", float(points))
        yield ("regret", option, "", weights, "largest-regret", float(found.regret.largest[row]))
    for row, option in enumerate(found.regret_over_sets.options):
        yield ("regret-over-sets", option, "", "", "largest-regret", float(found.regret_over_sets.largest[row]))
    for worst in found.maximin:
        yield ("maximin", worst.option, worst.scenarios[0], weights, "worst-value", worst.value)
    if has_expected_values(found):
        held, bounds = found.likelihoods, found.likelihoods.admissible
        for row, option in enumerate(held.option_ids):
            yield ("likelihoods", option, "", weights, "expected-value", float(held.expected[row]))
            yield ("likelihoods", option, "", weights, "lower", float(bounds.lower[row]))
            yield ("likelihoods", option, "", weights, "upper", float(bounds.upper[row]))
            yield ("likelihoods", option, "", weights, "e-admissible", int(bounds.best_at[row] is not None))
            yield ("likelihoods", option, "", weights, "maximal", int(bounds.maximal[row]))
            if found.shares is not None:
                yield ("likelihoods", option, "", weights, "share-of-assignments", float(found.shares.first[row]))
        for even in held.break_even:
            for measure, number in (("likelihood", even.likelihood), ("low", even.low), ("high", even.high)):
                yield ("break-even", even.leader, even.scenario, weights, measure, number)
    yield from _package_rows(found)
    for switch in found.switches:
        for option in switch.leads:
            yield (
                "signposts",
                option,
                switch.sign.scenario or "",
                weights,
                f"points-{switch.sign.index}",
                switch.points,
            )


def _package_rows(found: Scenarios) -> Iterator[tuple[Cell, ...]]:
    held, weights = compared_packages(found), found.weights.id
    if held is None or isinstance(held, str):
        return
    for row in held.rows:
        name = package_ids(held, row.package)
        for scenario, value, regret in zip(held.scenarios, row.values, row.regrets, strict=True):
            yield ("packages", name, scenario, weights, "value", value)
            yield ("packages", name, scenario, weights, "regret", regret)
        yield ("packages", name, "", weights, "largest-regret", row.largest)
