"""Rankings under every weight set, side by side: the longer axis runs down, so that fifty sets fit as well as forty options."""

from __future__ import annotations

from policy_options.analysis.overview import Overview
from policy_options.api import Dossier
from policy_options.wording.phrases import Phrases
from policy_options.wording.tables import Cell, Column, Table
from policy_options.wording.weight_set_page import notes_on_combined

__all__ = ["rankings_notes", "rankings_rows", "rankings_table"]


def _sets_down(overview: Overview) -> bool:
    return len(overview.rankings) >= len(overview.rankings[0].problem.options)


def rankings_table(overview: Overview, phrases: Phrases, *, numbered: bool) -> Table:
    """Ranks, one row a set and one column an option, or the other way round where there are more options.

    ``numbered`` columns are headed by numbers, which ``rankings_notes`` explains: a screen has no room for ids.
    """
    options = overview.rankings[0].problem.options
    if _sets_down(overview):
        columns = (
            Column("weights", phrases.heading("weights"), "text"),
            *(Column(o.id, str(n) if numbered else o.id, "rank") for n, o in enumerate(options, start=1)),
            Column("first", phrases.heading("first"), "text", spare=1),
            Column("lead", phrases.heading("lead"), "lead", spare=1),
        )
        rows: list[tuple[Cell, ...]] = [
            (
                ranking.weights.id,
                *(int(rank) for rank in ranking.ranks),
                ", ".join(overview.firsts[ranking.weights.id]),
                ranking.lead_of_first,
            )
            for ranking in overview.rankings
        ]
        return Table(columns, tuple(rows))
    names = [ranking.weights.id for ranking in overview.rankings]
    columns = (
        Column("option", phrases.heading("option"), "text"),
        *(Column(name, str(n) if numbered else name, "rank") for n, name in enumerate(names, start=1)),
    )
    rows = [
        (option.id, *(int(ranking.ranks[row]) for ranking in overview.rankings)) for row, option in enumerate(options)
    ]
    return Table(columns, tuple(rows))


def rankings_rows(overview: Overview, phrases: Phrases) -> Table:
    """One row a set and option, for machines: set, option, rank, value, and its upper end where a score is unknown."""
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
    """What the numbers above the columns stand for, and which sets nobody was asked for."""
    notes = []
    if numbered:
        named = (
            [option.id for option in overview.rankings[0].problem.options]
            if _sets_down(overview)
            else [ranking.weights.id for ranking in overview.rankings]
        )
        notes = [phrases.say("rank.all.column", number=number, name=name) for number, name in enumerate(named, start=1)]
    asked = [dossier.weighting(ranking.weights.id).status for ranking in overview.rankings]
    illustrative = sum(status == "illustrative" for status in asked)
    if illustrative:
        notes.append(phrases.say("rank.all.illustrative", illustrative=illustrative, count=len(asked)))
    return [*notes, *notes_on_combined(dossier, phrases)]
