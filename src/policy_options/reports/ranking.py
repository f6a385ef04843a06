"""A ranking: the options in order, the effect of a what-if, and notes on the weights."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from policy_options.analysis.assessment import Assessment
from policy_options.analysis.parts import value_parts
from policy_options.analysis.ranking import Ranking
from policy_options.dossier.eliciting import Weighting
from policy_options.reports.report import Figure, Report, Section, View
from policy_options.reports.weight_tables import changed_shares_table, moves_table
from policy_options.wording.phrases import Phrases
from policy_options.wording.sentences import ranking_notes, status_note
from policy_options.wording.table import LEADING, Cell, Column, Table, known
from policy_options.wording.titles import option_titles, part_titles
from policy_options.wording.weight_sets import combined_notes, consistency_sentences, region_sentences

if TYPE_CHECKING:
    from policy_options.exchange.forms import WhatIfForm
    from policy_options.wording.phrase_keys import PhraseKey

__all__ = ["RankingReport", "WhatIf", "criteria_table", "notes_on_weights", "ranking_table", "weights_named"]


@dataclass(frozen=True, slots=True)
class WhatIf:
    """Weights that are in no file: the changes as typed, and the ranking under the weights before them."""

    changes: tuple[str, ...]
    take_from: str | None
    before: Ranking

    def words(self, phrases: Phrases) -> str:
        """The changes as typed."""
        typed = ", ".join(self.changes)
        return phrases.say("what-if.taken", changes=typed, source=self.take_from) if self.take_from else typed

    def form(self) -> WhatIfForm:
        """The published form."""
        from policy_options.exchange.weight_sets import what_if_form

        return what_if_form(self.before, list(self.changes), self.take_from)


@dataclass(frozen=True, kw_only=True)
class RankingReport(Report):
    """The options in order. ``by_criterion`` gives contributions by criterion instead of by group."""

    assessment: Assessment
    by_criterion: bool = False
    what_if: WhatIf | None = None

    def title(self) -> str:
        """The decision, and the weights."""
        held = self.dossier.weighting(self.assessment.ranking.weights.id)
        decision = self.dossier.contents.decision.model.title
        return self.in_scenario(
            self.phrases.say("rank.title", dossier=decision, **weights_named(held, self.what_if, self.phrases))
        )

    def sections(self, view: View) -> Sequence[Section]:
        """The ranking, the effect of a what-if, and notes. A narrow face gets criteria in a separate table."""
        phrases, assessment = self.phrases, self.assessment
        apart = self.by_criterion and view.narrow
        ranked = ranking_table(assessment, phrases, by_criterion=self.by_criterion and not apart)
        sections = [Section(table=ranked, key="ranking", figures=self._figures() if view.drawn else ())]
        if self.what_if:
            before, after = self.what_if.before, assessment.ranking
            ids = before.problem.criterion_ids
            old, new = (dict(zip(ids, each.shares.tolist(), strict=True)) for each in (before, after))
            changed = phrases.say("what-if.weights", weights=after.weights.id)
            sections.append(Section(changed, table=changed_shares_table(old, new, phrases), key="weights"))
            moved = moves_table(before, after, phrases)
            sections.append(Section(phrases.say("what-if.moves"), table=moved, key="moves"))
        if apart:
            table = criteria_table(assessment, phrases)
            sections.append(Section(phrases.say("rank.by-criterion"), table=table, key="criteria"))
        return [*sections, Section(notes=tuple(self._notes()), key="notes")]

    def _notes(self) -> list[str]:
        phrases, assessment = self.phrases, self.assessment
        titles = option_titles(assessment.ranking.problem)
        notes = ranking_notes(assessment, phrases, titles)
        if assessment.baseline is not None:
            notes.insert(0, phrases.say("rank.baseline", option=titles[assessment.baseline]))
        if self.what_if and self.what_if.before.ranks_alike(assessment.ranking):
            notes.insert(0, phrases.say("what-if.kept"))
        if self.dossier.contents.packages_file is not None:
            notes.append(phrases.say("packages.rank-note"))
        held = self.dossier.weighting(assessment.ranking.weights.id)
        return notes + notes_on_weights(held, self.what_if, phrases)

    def _figures(self) -> tuple[Figure, ...]:
        from policy_options.reports.ranking_figures import contributions_figure

        return (contributions_figure(self.assessment, self.phrases),)

    def rows(self) -> Table:
        """The ranking, one row per option."""
        return ranking_table(self.assessment, self.phrases, by_criterion=self.by_criterion)

    def form(self) -> Mapping[str, Any]:
        """The form of ``ranking.schema.json``."""
        from policy_options.exchange.published import ranking_form

        form = ranking_form(self.dossier, self.assessment, self.what_if.form() if self.what_if else None)
        return self.with_scenario(form)


def weights_named(held: Weighting, what_if: WhatIf | None, phrases: Phrases) -> dict[str, object]:
    """The title of the weights and their status; for weights in no file, the changes, and that nobody was asked for them."""
    if what_if is None:
        return {"weights": held.title, "status": status_note(held.status, phrases)}
    title = phrases.say("what-if.weights-title", weights=held.title, changes=what_if.words(phrases))
    return {"weights": title, "status": phrases.say("what-if.status")}


def notes_on_weights(held: Weighting, what_if: WhatIf | None, phrases: Phrases) -> list[str]:
    """Notes on the weights: how far people differ, whose judgements contradict one another, what was sampled."""
    notes = []
    if held.combined is not None:
        # Weights of a what-if follow no rule, but people differ all the same.
        notes += combined_notes(replace(held.combined, rule=None) if what_if else held.combined, phrases)
    for id, elicited in held.people.items():
        sentences: list[str] = []
        if elicited.consistency is not None and not elicited.consistency.within:
            sentences = consistency_sentences(elicited, phrases)
        elif elicited.sampled is not None:
            sentences = region_sentences(elicited, phrases)
        if sentences:
            notes.append(phrases.say("combined.of", weights=id, notes=" ".join(sentences)))
    return notes


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
            cells.append(known(cost.benefit[row]))
        if red:
            cells.append(_red_lines(assessment, option.id, phrases))
        cells += [known(part) for part in parts[row]]
        if not by_criterion:
            cells.append(tuple(bars.points[row].tolist()))
        rows.append(tuple(cells))
    return Table(tuple(columns), tuple(rows), part_titles(bars, phrases))


def _red_lines(assessment: Assessment, option: str, phrases: Phrases) -> str:
    """The red lines that an option fails, or might fail within the ranges of its scores."""
    keys: dict[str, PhraseKey] = {"fails": "red-line.cell.fails", "might fail": "red-line.cell.might"}
    crossings = [each for each in assessment.red_lines.crossings if each.option == option]
    return ", ".join(phrases.say(keys[each.status], criterion=each.criterion) for each in crossings)


def criteria_table(assessment: Assessment, phrases: Phrases) -> Table:
    """Contributions, criteria down and options across by their place in the order; each column adds up to a value.

    If there is no room for all options, the lowest-ranked are left out first.
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
        (criterion.id, float(ranking.shares[column]), *(known(parts[row, column]) for row in shown))
        for column, criterion in enumerate(problem.criteria)
    ]
    return Table(tuple(columns), tuple(rows))
