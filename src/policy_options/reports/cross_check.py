"""A cross-check as sections, and as one table of methods."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isinf
from typing import Any

from policy_options.analysis.crosscheck.checking import CrossCheck
from policy_options.analysis.crosscheck.results import Checked
from policy_options.analysis.diagnostics import ObjectiveWeights
from policy_options.reports.report import Report, Section, View
from policy_options.reports.weight_tables import diagnostics_table
from policy_options.wording.cross_check import (
    given_sentence,
    inputs_sentences,
    method_title,
    opening_sentences,
    pairwise_sentence,
    refusal_sentences,
    reordered_sentences,
    reversal_sentences,
    thresholds_sentence,
    turn_sentences,
)
from policy_options.wording.phrases import Phrases
from policy_options.wording.sentences import status_note
from policy_options.wording.table import Cell, Column, Table
from policy_options.wording.titles import option_titles

__all__ = ["CrossCheckReport", "methods_table"]

PAIRWISE_SHOWN = 20
"""Options up to which the table of pairs is shown."""


@dataclass(frozen=True, kw_only=True)
class CrossCheckReport(Report):
    """A cross-check. ``full`` shows every part on a screen too; ``diagnostics`` are weights that nobody stated, and
    ``not_derived`` says why others of them are missing.
    """

    found: CrossCheck
    full: bool = False
    diagnostics: tuple[ObjectiveWeights, ...] = ()
    not_derived: tuple[str, ...] = ()

    def title(self) -> str:
        """The decision, and the weights."""
        held = self.dossier.weighting(self.found.ranking.weights.id)
        return self.phrases.say(
            "cross-check.title",
            dossier=self.dossier.contents.decision.model.title,
            weights=held.title,
            status=status_note(held.status, self.phrases),
        )

    def sections(self, view: View) -> Sequence[Section]:
        """Who keeps the first option; then the methods, and why the others do not; then everything else, if shown."""
        found, phrases = self.found, self.phrases
        titles = option_titles(found.problem)
        whole = self.full or not view.narrow
        shown = found.answered if whole else found.with_standing("lost", "shared", "open")
        turns = turn_sentences(shown, phrases, titles)
        basis = [*reordered_sentences(found, phrases), *inputs_sentences(found, phrases)]
        sections = [
            Section(notes=tuple(opening_sentences(found, phrases)), key="opening"),
            Section(table=self.rows(), key="methods"),
        ]
        if turns:
            sections.append(Section(phrases.say("cross-check.part.turns"), tuple(turns), key="turns", listed=True))
        sections.append(Section(notes=(*refusal_sentences(found, phrases), *basis), key="basis"))
        more = Section(notes=(phrases.say("cross-check.more"),), key="more")
        return [*sections, *(self._parts() if whole else [more])]

    def _parts(self) -> list[Section]:
        found, phrases = self.found, self.phrases
        said = {
            "reversals": reversal_sentences(found, phrases),
            "inputs": [given_sentence(one.method, phrases) for one in found.answered],
        }
        sections = [Section(phrases.say("cross-check.part.orders"), (), _orders(found, phrases), "orders")]
        if said["reversals"]:
            title = phrases.say("cross-check.part.reversals")
            sections.append(Section(title, tuple(said["reversals"]), key="reversals", listed=True))
        if found.pairwise is not None and len(found.problem.options) <= PAIRWISE_SHOWN:
            title = phrases.say("cross-check.part.pairwise")
            sections.append(Section(title, (pairwise_sentence(found, phrases),), _pairs(found, phrases), "pairwise"))
        title = phrases.say("cross-check.part.inputs")
        sections.append(Section(title, tuple(said["inputs"]), key="inputs", listed=True))
        if any(one.method.thresholds for one in found.answered):
            title, note = phrases.say("cross-check.part.thresholds"), thresholds_sentence(phrases)
            sections.append(Section(title, (note,), _thresholds(found, phrases), "thresholds"))
        return [*sections, *self._weights()]

    def _weights(self) -> list[Section]:
        phrases = self.phrases
        if not self.diagnostics and not self.not_derived:
            return []
        missing = [phrases.say("cross-check.no-weights", why=why) for why in self.not_derived]
        table = diagnostics_table(self.diagnostics, [self.found.ranking.weights], phrases) if self.diagnostics else None
        notes = (phrases.say("diagnostics.note"), *missing, *(each.source for each in self.diagnostics))
        return [Section(phrases.say("cross-check.part.weights"), notes, table, "weights")]

    def rows(self) -> Table:
        """One row per method."""
        return methods_table(self.found, self.phrases)

    def form(self) -> Mapping[str, Any]:
        """The form of ``cross-check.schema.json``."""
        from policy_options.exchange.cross_check import cross_check_form

        return cross_check_form(self.dossier, self.found, self.diagnostics)


def methods_table(found: CrossCheck, phrases: Phrases) -> Table:
    """One row per method that could take the inputs: whether it keeps the leader, and how far it agrees."""
    columns = (
        Column("method", phrases.heading("method"), "text"),
        Column("standing", phrases.heading("standing"), "text"),
        Column("first", phrases.heading("first"), "text"),
        Column("tau_b", phrases.heading("tau_b"), "coefficient"),
        Column("contradicted", phrases.heading("contradicted"), "rank", spare=1),
        Column("incomparable", phrases.heading("incomparable"), "rank", spare=2),
        Column("reordered", phrases.heading("reordered"), "rank", spare=3),
    )
    return Table(columns, tuple(_row(one, found, phrases) for one in found.answered))


def _row(one: Checked, found: CrossCheck, phrases: Phrases) -> tuple[Cell, ...]:
    agreement, reversals = one.agreement, found.reversals[one.method.name]
    standing = phrases.say_of("cross-check.standing", one.standing or "open")
    return (
        method_title(one.method, phrases),
        standing,
        phrases.series(one.firsts),
        None if agreement is None else agreement.tau_b,
        None if agreement is None else agreement.contradicted,
        None if agreement is None else agreement.incomparable,
        None if reversals is None else len(reversals.of_order),
    )


def _orders(found: CrossCheck, phrases: Phrases) -> Table:
    """The rank of each option by each complete order, after the additive one."""
    complete = [one for one in found.answered if one.ranks is not None]
    columns = (
        Column("option", phrases.heading("option"), "text"),
        Column("rank", phrases.heading("rank"), "rank"),
        *(Column(one.method.name, method_title(one.method, phrases), "rank", spare=1) for one in complete),
    )
    rows: list[tuple[Cell, ...]] = []
    for option in found.ranking.in_order:
        row = found.problem.option_index[option]
        rows.append((option, int(found.ranking.ranks[row]), *((one.ranks or {})[option] for one in complete)))
    return Table(columns, tuple(rows))


def _pairs(found: CrossCheck, phrases: Phrases) -> Table:
    assert found.pairwise is not None
    order = found.ranking.order
    ids = found.problem.option_ids
    columns = (
        Column("option", phrases.heading("option"), "text"),
        *(Column(ids[row], ids[row], "percent", spare=place) for place, row in enumerate(order)),
    )
    rows = tuple(
        (ids[row], *(None if row == other else float(found.pairwise[row, other]) for other in order)) for row in order
    )
    return Table(columns, rows)


def _thresholds(found: CrossCheck, phrases: Phrases) -> Table:
    columns = (
        Column("criterion", phrases.heading("criterion"), "text"),
        Column("unit", phrases.heading("unit"), "text"),
        *(Column(name, phrases.say_of("heading", name), "quantity") for name in ("indifferent", "prefer", "veto")),
        Column("derived", phrases.heading("derived"), "text", spare=1),
    )
    rows: list[tuple[Cell, ...]] = []
    for each in found.inputs[0].thresholds:
        veto = None if isinf(each.veto) else each.veto
        unit = found.problem.criterion(each.criterion).unit
        rows.append((each.criterion, unit, each.indifferent, each.prefer, veto, phrases.series(each.derived)))
    return Table(columns, tuple(rows))
