"""Rankings under every weight set: the longer axis runs down, so that fifty sets fit as well as forty options."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from policy_options.analysis.overview import Overview
from policy_options.api import Dossier
from policy_options.reports.report import Report, Section, View
from policy_options.wording.derivations import consistency_short, least_consistent
from policy_options.wording.phrases import Phrases
from policy_options.wording.table import Cell, Column, Table
from policy_options.wording.weight_sets import notes_on_combined

__all__ = ["COLUMNS_SHOWN", "RankingsReport", "notes_on_sets", "rankings_notes", "rankings_rows", "rankings_table"]


COLUMNS_SHOWN: Final = 12
"""Numbered columns that fit on any screen; without room, further ones are left out, the last first."""


@dataclass(frozen=True, kw_only=True)
class RankingsReport(Report):
    """The ranks under every weight set."""

    overview: Overview

    def title(self) -> str:
        """The decision."""
        return self.in_scenario(self.phrases.say("rank.all", dossier=self.dossier.contents.decision.model.title))

    def sections(self, view: View) -> Sequence[Section]:
        """One table, with numbered columns on a narrow face, and notes."""
        table = rankings_table(self.overview, self.phrases, numbered=view.narrow)
        notes = rankings_notes(self.dossier, self.overview, self.phrases, numbered=view.narrow)
        return [Section(table=table, key="ranks"), Section(notes=tuple(notes), key="notes")]

    def rows(self) -> Table:
        """One row per set and option."""
        return rankings_rows(self.overview, self.phrases)

    def form(self) -> Mapping[str, Any]:
        """The form of ``rankings.schema.json``."""
        from policy_options.exchange.weight_sets import rankings_form

        return self.with_scenario(rankings_form(self.dossier, self.overview))


def _sets_down(overview: Overview) -> bool:
    return len(overview.rankings) >= len(overview.rankings[0].problem.options)


def rankings_table(overview: Overview, phrases: Phrases, *, numbered: bool) -> Table:
    """Ranks, one row per set and one column per option, or transposed if there are more options.

    With ``numbered``, columns are headed by numbers, which ``rankings_notes`` explains, as a screen has no room for
    ids.
    """
    options = overview.rankings[0].problem.options
    if _sets_down(overview):
        columns = (
            Column("weights", phrases.heading("weights"), "text"),
            *_columns([option.id for option in options], numbered=numbered),
            Column("first", phrases.heading("first"), "text", spare=1),
            Column("lead", phrases.heading("lead"), "lead", spare=1),
        )
        rows: list[tuple[Cell, ...]] = [
            (
                ranking.weights.id,
                *(int(rank) for rank in ranking.ranks),
                ", ".join(overview.firsts[ranking.weights.id]),
                overview.leads[ranking.weights.id],
            )
            for ranking in overview.rankings
        ]
        return Table(columns, tuple(rows))
    names = [ranking.weights.id for ranking in overview.rankings]
    columns = (Column("option", phrases.heading("option"), "text"), *_columns(names, numbered=numbered))
    rows = [
        (option.id, *(int(ranking.ranks[row]) for ranking in overview.rankings)) for row, option in enumerate(options)
    ]
    return Table(columns, tuple(rows))


def _columns(names: Sequence[str], *, numbered: bool) -> list[Column]:
    return [
        Column(name, str(n) if numbered else name, "rank", spare=1 + n - COLUMNS_SHOWN if n > COLUMNS_SHOWN else 0)
        for n, name in enumerate(names, start=1)
    ]


def rankings_rows(overview: Overview, phrases: Phrases) -> Table:
    """Rows for machines, one per set and option: set, option, rank, value, and its upper end if a score is unknown."""
    columns = (
        Column("weights", phrases.heading("weights"), "text"),
        Column("option", phrases.heading("option"), "text"),
        Column("rank", phrases.heading("rank"), "rank"),
        Column("value", phrases.heading("value"), "points"),
        Column("upper_value", phrases.heading("upper_value"), "points"),
    )
    rows: list[tuple[Cell, ...]] = [
        (
            ranking.weights.id,
            ranking.problem.options[row].id,
            int(ranking.ranks[row]),
            float(ranking.lower[row]),
            float(ranking.upper[row]),
        )
        for ranking in overview.rankings
        for row in ranking.order
    ]
    return Table(columns, tuple(rows))


def rankings_notes(dossier: Dossier, overview: Overview, phrases: Phrases, *, numbered: bool) -> list[str]:
    """The meaning of the numbers above the columns, and which sets nobody was asked for."""
    notes = []
    if numbered:
        named = (
            [option.id for option in overview.rankings[0].problem.options]
            if _sets_down(overview)
            else [ranking.weights.id for ranking in overview.rankings]
        )
        notes = [phrases.say("rank.all.column", number=number, name=name) for number, name in enumerate(named, start=1)]
        if len(notes) > COLUMNS_SHOWN:  # too many for a line each
            notes = [phrases.rows(notes)]
    return [*notes, *notes_on_sets(dossier, overview, phrases)]


def notes_on_sets(dossier: Dossier, overview: Overview, phrases: Phrases) -> list[str]:
    """Notes on weight sets listed together: nobody was asked, a lead is no lead, people differ."""
    held = [dossier.weighting(ranking.weights.id) for ranking in overview.rankings]
    threshold = phrases.numbers.points(dossier.contents.decision.model.thresholds.too_close_to_call)
    notes = [phrases.say("rank.all.close", threshold=threshold)]
    illustrative = sum(one.status == "illustrative" for one in held)
    if illustrative:
        notes.append(phrases.say("rank.all.illustrative", illustrative=illustrative, count=len(held)))
    if overview.failing:
        notes.append(phrases.say("rank.all.red", options=phrases.listing(overview.failing)))
    unsure = len(overview.open)
    if unsure:
        notes.append(phrases.say("sets.open", open=unsure, of=len(held)))
    found = [(one.id, least_consistent(one)) for one in held]
    doubtful = [f"{id} ({consistency_short(one, phrases)})" for id, one in found if one is not None and not one.within]
    if doubtful:
        notes.append(phrases.say("weights.inconsistent", sets=phrases.listing(doubtful)))
    return [*notes, *notes_on_combined(dossier, phrases)]
