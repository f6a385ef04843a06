"""What changed, as sections of tables and sentences in the order of a reviewer's questions, and as rows for machines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np

from policy_options.analysis.comparison.changes import changes
from policy_options.analysis.comparison.comparing import Comparison
from policy_options.analysis.comparison.rank_measures import RankMeasures
from policy_options.diffing import Diff
from policy_options.reports.across import across_sections
from policy_options.reports.report import Figure, Report, Section, View
from policy_options.reports.weight_tables import changed_shares_table
from policy_options.wording.comparison import (
    criteria_of,
    gap_sentence,
    headline_sentences,
    order_sentence,
    part_words,
    path_sentences,
    side_words,
    titles_of,
    version_words,
)
from policy_options.wording.performances import performance_cell
from policy_options.wording.phrases import Phrases
from policy_options.wording.table import Cell, Column, Table

__all__ = [
    "ComparisonReport",
    "comparison_name",
    "diff_rows",
    "diff_sections",
    "diff_title",
    "explained_pairs",
    "gap_key",
    "gap_table",
    "measures_table",
    "orders_table",
    "ranks_table",
]

ORDERS_NAMED: Final = 24
"""Changed orders that get a sentence on a screen, for one comparison."""

ORDERS_IN_ALL: Final = 60
"""Changed orders of all comparisons together up to which each gets its sentences; beyond, only those of the lead do."""

CHANGES_NAMED: Final = 40
"""Changed scores listed on a screen; the published JSON of both versions has them all."""


@dataclass(frozen=True, kw_only=True)
class ComparisonReport(Report):
    """Rankings compared. ``dossier`` is that of the later version; ``titled`` names sets by their titles."""

    diff: Diff
    titled: bool = False

    @property
    def name(self) -> str:
        """The decision, with the subject of the comparison if it is two rankings."""
        return comparison_name(self.diff)

    def title(self) -> str:
        """What is compared with what."""
        return diff_title(self.diff, self.phrases)

    def sections(self, view: View) -> Sequence[Section]:
        """For one comparison everything, for several first what they have in common."""
        sections = diff_sections(self.diff, self.phrases, titled=self.titled)
        if not view.drawn:
            return sections
        from policy_options.reports.comparison_figures import comparison_figures

        figures = comparison_figures(self.diff, self.phrases)
        return [replace(each, figures=(figures[each.key],)) if each.key in figures else each for each in sections]

    def charts(self) -> dict[str, Figure]:
        """Every chart by the name of its file."""
        from policy_options.reports.comparison_figures import comparison_figures

        figures = comparison_figures(self.diff, self.phrases)
        return {"rank-map" if key == "ranks" else key: figure for key, figure in figures.items()}

    def rows(self) -> Table:
        """What changed, one row each."""
        return diff_rows(self.diff, self.phrases)

    def form(self) -> Mapping[str, Any]:
        """The form of ``comparison.schema.json``."""
        from policy_options.exchange.comparison import comparison_form

        return comparison_form(self.diff)


def comparison_name(diff: Diff) -> str:
    """The file name of a comparison."""
    decision = diff.after.contents.decision.model.id
    if len(diff.comparisons) > 1:
        return f"{decision}-comparison"
    (only,) = diff.comparisons
    before, after = only.before.weights.id, only.after.weights.id
    compared = f"versions-{after}" if diff.versions is not None else f"{before}-{after}"
    return f"{decision}-comparison-{compared}".replace("/", "-")


def diff_title(diff: Diff, phrases: Phrases) -> str:
    """What is compared with what."""
    name = diff.after.contents.decision.model.title
    if len(diff.comparisons) == 1:
        before, after = side_words(diff, diff.comparisons[0], phrases)
        return phrases.say("comparison.title", dossier=name, before=before, after=after)
    if diff.versions is not None:
        before, after = (version_words(version, phrases) for version in diff.versions)
        count = len(diff.comparisons)
        return phrases.say("comparison.title.every", dossier=name, before=before, after=after, count=count)
    return phrases.say("comparison.title.sets", dossier=name, count=len(diff.comparisons) + 1)


def diff_sections(diff: Diff, phrases: Phrases, *, titled: bool = False) -> list[Section]:
    """The sections for a person: for one comparison everything, for several first what they have in common.

    ``titled`` says that weight sets are named by their titles rather than their ids.
    """
    if len(diff.comparisons) == 1:
        return [*_one(diff, diff.comparisons[0], phrases), *_packages(diff, diff.comparisons[0], phrases)]
    sections = [Section("", tuple(_sets_of_one_version(diff, phrases)), summary_table(diff, phrases), key="summary")]
    if diff.across is not None:
        sections += across_sections(diff, diff.across, phrases, titled=titled)
    if diff.versions is not None:
        sections += _changed_inputs(diff.comparisons[0], phrases)
    total = sum(comparison.changed for comparison in diff.comparisons)
    for comparison in diff.comparisons:
        before, after = side_words(diff, comparison, phrases)
        said = phrases.say("comparison.section", before=before, after=after)
        notes = [*headline_sentences(comparison, phrases)]
        notes += _order_sentences(diff, comparison, phrases, only_lead=total > ORDERS_IN_ALL)
        notes += _asked_sentences(diff, comparison, phrases)
        notes += [note for section in _packages(diff, comparison, phrases) for note in section.notes]
        sections.append(Section(said, tuple(notes)))
    return sections


def _packages(diff: Diff, comparison: Comparison, phrases: Phrases) -> list[Section]:
    """Which package is best on either side, where both say something of packages."""
    found = diff.packages(comparison)
    if found is None:
        return []
    title = phrases.say("packages.diff")
    if isinstance(found, str):
        return [Section(title, (phrases.say("packages.diff.out", reason=found),), key="packages")]
    from policy_options.wording.packages import change_sentences  # many dossiers have none

    return [Section(title, tuple(change_sentences(found, phrases)), key="packages")]


def _one(diff: Diff, comparison: Comparison, phrases: Phrases) -> list[Section]:
    notes = [*_sets_of_one_version(diff, phrases), *headline_sentences(comparison, phrases)]
    sections = [Section("", tuple(notes), ranks_table(comparison, phrases), key="ranking")]
    said = _order_sentences(diff, comparison, phrases)
    if said:
        table = orders_table(comparison, phrases)
        sections.append(Section(phrases.say("comparison.why"), tuple(said), table))
    for option, over in explained_pairs(diff, comparison):
        pair = titles_of(comparison)
        head = phrases.say("comparison.gap", option=pair[option], over=pair[over])
        own = (gap_sentence(comparison, option, over, diff.close_within, phrases),) if diff.asked else ()
        table = gap_table(comparison, option, over, phrases)
        sections.append(Section(head, own, table, key=gap_key(option, over)))
    if diff.asked:
        open_ = _asked_sentences(diff, comparison, phrases, only_open=True)
        if open_:
            sections.append(Section(phrases.say("comparison.gap.open"), tuple(open_)))
    if diff.versions is not None:
        sections += _changed_inputs(comparison, phrases)
    if _has_other_weights(comparison):
        sections.append(Section(phrases.say("comparison.weights"), (), _shares_table(comparison, phrases)))
    path = comparison.path
    if path is not None:
        titles = (diff.held_before(comparison).title, diff.held_after(comparison).title)
        found = tuple(path_sentences(comparison, path, titles, phrases))
        sections.append(Section(phrases.say("comparison.path"), found, key="path"))
    if comparison.measures.options > 1:
        table = measures_table(comparison.measures, phrases)
        sections.append(Section(phrases.say("comparison.measures"), (), table))
    return sections


def _is_open(comparison: Comparison, option: str, over: str) -> bool:
    return not (comparison.attribution.is_known(option) and comparison.attribution.is_known(over))


def gap_key(option: str, over: str) -> str:
    """The key of the section on one gap."""
    return f"gap-{option}-{over}"


def explained_pairs(diff: Diff, comparison: Comparison) -> list[tuple[str, str]]:
    """The pairs whose gap is analysed: those requested, else the two between which the lead passed; open ones are left
    out.
    """
    pairs = diff.asked or _pair_of_the_lead(comparison)
    return [pair for pair in pairs if not _is_open(comparison, *pair)]


def _pair_of_the_lead(comparison: Comparison) -> list[tuple[str, str]]:
    """The present leader and the previous one, if it is another; else the first order that changed."""
    before, after = comparison.top_before.first[0], comparison.top_after.first[0]
    on_both = {*comparison.options}
    if before != after and {before, after} <= on_both:
        return [(after, before)]
    return [(one.overtaking, one.overtaken) for one in comparison.orders[:1]]


def _order_sentences(diff: Diff, comparison: Comparison, phrases: Phrases, *, only_lead: bool = False) -> list[str]:
    lead = {*comparison.top_before.first, *comparison.top_after.first}
    orders = comparison.orders_among(lead) if only_lead else comparison.orders
    said = [order_sentence(comparison, one, diff.close_within, phrases) for one in orders[:ORDERS_NAMED]]
    more = comparison.changed - len(said)
    if more:
        said.append(
            phrases.say(
                "comparison.orders.more",
                count=more,
                before=comparison.before.weights.id,
                after=comparison.after.weights.id,
            )
            if only_lead and diff.versions is None
            else phrases.say("comparison.orders.more-in-json", count=more)
        )
    return said


def _asked_sentences(diff: Diff, comparison: Comparison, phrases: Phrases, *, only_open: bool = False) -> list[str]:
    """For each requested pair, how its gap changed, or why that is unknown."""
    titles = titles_of(comparison)
    said = []
    for option, over in diff.asked:
        if _is_open(comparison, option, over):
            said.append(phrases.say("comparison.gap.unknown", option=titles[option], over=titles[over]))
        elif not only_open:
            said.append(gap_sentence(comparison, option, over, diff.close_within, phrases))
    return said


def _sets_of_one_version(diff: Diff, phrases: Phrases) -> list[str]:
    found = (("appeared", diff.appeared), ("vanished", diff.vanished))
    return [phrases.say_of("comparison.sets", key, sets=phrases.listing(names)) for key, names in found if names]


def ranks_table(comparison: Comparison, phrases: Phrases) -> Table:
    """The options of either side: rank and value before and after, and the change; those of one side alone have no change."""
    columns = (
        Column("rank", phrases.heading("rank"), "rank"),
        Column("rank_before", phrases.heading("rank_before"), "rank"),
        Column("moved", phrases.heading("moved"), "move"),
        Column("option", phrases.heading("option"), "text"),
        Column("title", phrases.heading("title"), "text", spare=3),
        Column("value_before", phrases.heading("value_before"), "points", spare=1),
        Column("value", phrases.heading("value"), "points"),
        Column("change", phrases.heading("change"), "lead"),
    )
    before, after = comparison.before, comparison.after
    rows: list[tuple[Cell, ...]] = []
    for name in comparison.shown:
        i, j = before.problem.option_index[name], after.problem.option_index[name]
        value_before, value = float(before.lower[i]), float(after.lower[j])
        known = comparison.attribution.is_known(name)
        rows.append(
            (
                int(after.ranks[j]),
                int(before.ranks[i]),
                comparison.moved(name),
                name,
                after.problem.options[j].title,
                value_before,
                value,
                value - value_before if known else None,
            )
        )
    for ranking, names, is_new in ((after, comparison.appeared, True), (before, comparison.vanished, False)):
        for name in names:
            row = ranking.problem.option_index[name]
            rank, value = int(ranking.ranks[row]), float(ranking.lower[row])
            ranks = (rank, None) if is_new else (None, rank)
            values = (None, value) if is_new else (value, None)
            rows.append((*ranks, None, name, ranking.problem.options[row].title, *values, None))
    last = len(after.problem.options) + 1
    rows.sort(key=lambda row: row[0] if isinstance(row[0], int) else last)  # removed options come last
    return Table(columns, tuple(rows))


def orders_table(comparison: Comparison, phrases: Phrases, most: int = ORDERS_NAMED) -> Table:
    """The changed orders, those nearest the top first: the gap before and after, and the point of the path at which it
    closes.
    """
    columns = [
        Column("option", phrases.heading("gains"), "text"),
        Column("over", phrases.heading("loses"), "text"),
        Column("gap_before", phrases.heading("gap_before"), "lead", spare=2),
        Column("gap_after", phrases.heading("gap_after"), "lead"),
    ]
    if comparison.of_one_problem:
        columns.append(Column("level_at", phrases.heading("level_at"), "percent", spare=1))
    rows: list[tuple[Cell, ...]] = [
        (
            one.overtaking,
            one.overtaken,
            one.before,
            one.after,
            *((one.crossing,) if comparison.of_one_problem else ()),
        )
        for one in comparison.orders[:most]
    ]
    return Table(tuple(columns), tuple(rows))


def gap_table(comparison: Comparison, option: str, over: str, phrases: Phrases) -> Table:
    """Every part of the change of one gap, the largest first, with the weights of its criterion; the last row is the
    total.

    Raises:
        PolicyOptionsError: an option is not on both sides, or an unknown score leaves the gap open.
    """
    found = comparison.explain(option, over)
    columns = (
        Column("part", phrases.heading("moved_by"), "text"),
        Column("weight_before", phrases.heading("share_before"), "percent", spare=1),
        Column("weight", phrases.heading("share_after"), "percent", spare=1),
        Column("points", phrases.heading("pushes"), "lead"),
    )
    held = comparison.attribution
    place = {name: column for column, name in enumerate(held.criteria)}
    rows: list[tuple[Cell, ...]] = []
    for part in found.parts:
        column = place[part.criterion]
        shares = float(held.shares_before[column]), float(held.shares_after[column])
        rows.append((part_words(part, comparison, phrases), *shares, part.points))
    rows.append((phrases.say("comparison.gap.change"), None, None, found.change))
    return Table(columns, tuple(rows))


def _has_other_weights(comparison: Comparison) -> bool:
    held = comparison.attribution
    return not np.array_equal(held.shares_before, held.shares_after)


def _shares_table(comparison: Comparison, phrases: Phrases) -> Table:
    held = comparison.attribution
    before, after = (
        dict(zip(held.criteria, each.tolist(), strict=True)) for each in (held.shares_before, held.shares_after)
    )
    return changed_shares_table(before, after, phrases)


def _changed_inputs(comparison: Comparison, phrases: Phrases) -> list[Section]:
    """Changed scores, and criteria whose scale changed."""
    found = changes(comparison.before.problem, comparison.after.problem)
    notes = []
    titles = criteria_of(comparison)
    for key, names in (("scales", found.scales), ("red-lines", found.red_lines)):
        if names:
            listed = phrases.listing([titles[name] for name in names])
            notes.append(phrases.say_of("comparison.inputs", key, criteria=listed))
    if not found.scores:
        notes.append(phrases.say("comparison.inputs.no-score"))
    columns = (
        Column("option", phrases.heading("option"), "text"),
        Column("criterion", phrases.heading("criterion"), "text"),
        Column("performance_before", phrases.heading("rank_before"), "given"),
        Column("performance", phrases.heading("after"), "given"),
        Column("unit", phrases.heading("unit"), "text", spare=1),
    )
    rows = tuple(
        (
            one.option,
            one.axis_after.id,
            performance_cell(one.before, one.axis_before.levels, phrases),
            performance_cell(one.after, one.axis_after.levels, phrases),
            one.axis_after.unit,
        )
        for one in found.scores[:CHANGES_NAMED]
    )
    if len(found.scores) > CHANGES_NAMED:
        notes.append(phrases.say("comparison.inputs.more", count=len(found.scores) - CHANGES_NAMED))
    return [Section(phrases.say("comparison.inputs"), tuple(notes), Table(columns, rows))]


def measures_table(measures: RankMeasures, phrases: Phrases) -> Table:
    """How similar the two rankings are, each measure with its convention."""
    columns = (
        Column("measure", phrases.heading("measure"), "text"),
        Column("number", phrases.heading("number"), "text"),
        Column("convention", phrases.heading("convention"), "text", spare=1),
    )
    fixed = phrases.numbers.fixed
    rows = tuple(
        (phrases.say_of("measure", key), number, phrases.say_of("measure", key, "convention", most=measures.most))
        for key, number in (
            ("tau-b", fixed(measures.tau_b, 3)),
            ("spearman", fixed(measures.spearman, 3)),
            ("weighted-spearman", fixed(measures.weighted_spearman, 3)),
            ("ws", fixed(measures.ws, 3)),
            ("distance", phrases.numbers.computed(measures.distance)),
        )
    )
    return Table(columns, rows)


def summary_table(diff: Diff, phrases: Phrases) -> Table:
    """One row per comparison: changed orders, the first options, and how similar the rankings are."""
    columns = (
        Column("weights", phrases.heading("weights"), "text"),
        Column("status", phrases.heading("status"), "text", spare=3),
        Column("changed", phrases.heading("changed"), "rank"),
        *((Column("first_before", phrases.heading("first_before"), "text", spare=4),) if diff.versions else ()),
        Column("first", phrases.heading("first"), "text"),
        Column("lead", phrases.heading("lead"), "lead"),
        Column("tau_b", phrases.heading("tau_b"), "coefficient", spare=1),
        Column("spearman", phrases.heading("spearman"), "coefficient", spare=2),
        Column("weighted_spearman", phrases.heading("weighted_spearman"), "coefficient", spare=2),
        Column("ws", phrases.heading("ws"), "coefficient", spare=2),
        Column("distance", phrases.heading("distance"), "quantity", spare=1),
    )
    rows: list[tuple[Cell, ...]] = []
    if diff.versions is None:
        base = diff.comparisons[0].before
        top = diff.comparisons[0].top_before
        status = phrases.say_of("status", diff.before.weighting(base.weights.id).status)
        rows.append((base.weights.id, status, None, ", ".join(top.first), top.lead, *[None] * 5))
    for one in diff.comparisons:
        measures = one.measures
        rows.append(
            (
                one.after.weights.id,
                phrases.say_of("status", diff.held_after(one).status),
                one.changed,
                *((", ".join(one.top_before.first),) if diff.versions else ()),
                ", ".join(one.top_after.first),
                one.top_after.lead,
                measures.tau_b,
                measures.spearman,
                measures.weighted_spearman,
                measures.ws,
                measures.distance,
            )
        )
    return Table(columns, tuple(rows))


def diff_rows(diff: Diff, phrases: Phrases) -> Table:
    """Rows for machines: one per comparison and option or, for requested pairs, one per part of the change of each gap."""
    sides = [Column("before", "before", "text"), Column("after", "after", "text")]
    rows: list[tuple[Cell, ...]] = []
    if not diff.asked:
        for one in diff.comparisons:
            table = ranks_table(one, phrases)
            columns = (*sides, *table.columns)
            rows += [(one.before.weights.id, one.after.weights.id, *row) for row in table.rows]
        return Table(columns, tuple(rows))
    names = ("option", "over", "factor", "criterion", "option_scored")
    columns = (*sides, *(Column(name, name, "text") for name in names), Column("points", "points", "points"))
    for one in diff.comparisons:
        ids = (one.before.weights.id, one.after.weights.id)
        for option, over in diff.asked:
            if _is_open(one, option, over):
                rows.append((*ids, option, over, None, None, None, None))
                continue
            found = one.explain(option, over)
            rows += [
                (*ids, option, over, part.factor, part.criterion, part.option, part.points) for part in found.parts
            ]
    return Table(columns, tuple(rows))
