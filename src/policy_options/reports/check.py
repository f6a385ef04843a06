"""Faults and findings of a dossier, and whether its ranking says more than its weights."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from policy_options.analysis.overview import Overview
from policy_options.dossier.checking.acknowledgements import FINDINGS
from policy_options.dossier.loading import CheckReport
from policy_options.errors import Fault
from policy_options.reports.report import Report, Section, View
from policy_options.wording.phrases import Phrases
from policy_options.wording.sentences import evidence_sentences, restates_weights
from policy_options.wording.table import Cell, Column, Kind, Table
from policy_options.wording.weight_sets import notes_on_combined

__all__ = ["FindingsReport", "best_by_criterion_table", "findings_table", "leaders_table"]


@dataclass(frozen=True, kw_only=True)
class FindingsReport(Report):
    """A checked dossier; ``checked`` has its findings, which are printed separately, and its counts."""

    checked: CheckReport
    overview: Overview

    def title(self) -> str:
        """Without a title: the tables have theirs."""
        return ""

    def sections(self, view: View) -> Sequence[Section]:  # noqa: ARG002  # the same for every face
        """The best option by criterion, the leader by weight set, and the counts."""
        phrases, overview = self.phrases, self.overview
        statuses = {name: self.dossier.weighting(name).status for name in self.dossier.weight_sets}
        notes = (
            restates_weights(overview, phrases, statuses),
            *notes_on_combined(self.dossier, phrases),
            *self._counts(),
        )
        return [
            Section(phrases.say("check.best"), table=best_by_criterion_table(overview, phrases), key="best"),
            Section(phrases.say("check.leaders"), table=leaders_table(overview, phrases, statuses), key="leaders"),
            Section(notes=notes, key="notes"),
        ]

    def _counts(self) -> list[str]:
        phrases, checked, dossier = self.phrases, self.checked, self.dossier
        sentences = [
            phrases.say(
                "check.counts",
                options=checked.options,
                criteria=checked.criteria,
                weight_sets=checked.weight_sets,
                scores=checked.scores,
            ),
            evidence_sentences(checked, phrases),
        ]
        citations = checked.citations
        if citations is None:
            sentences.append(phrases.say("check.citations.unchecked"))
        else:
            if not (citations.paragraphs or citations.pages or citations.quotes):
                sentences.append(phrases.say("check.citations.nothing"))
            if citations.paragraphs:
                sentences.append(phrases.say("check.citations", found=citations.found, paragraphs=citations.paragraphs))
            if citations.pages:
                sentences.append(
                    phrases.say("check.citations.pages", found=citations.pages_found, pages=citations.pages)
                )
            if citations.quotes:
                sentences.append(
                    phrases.say("check.citations.quotes", found=citations.quotes_found, quotes=citations.quotes)
                )
            if citations.without_text:
                missing = phrases.listing(citations.without_text)
                sentences.append(phrases.say("check.citations.without", sources=missing))
        sentences.extend(
            phrases.say("check.acknowledged", finding=_named(fault, phrases), reason=why)
            for fault, why in checked.acknowledged
        )
        unbound = [name for name, entry in dossier.contents.weight_sets.items() if not entry.model.given_on]
        if unbound:
            sentences.append(phrases.say("check.unbound", count=len(unbound), sets=phrases.listing(unbound)))
        if len(dossier.weight_sets) != checked.weight_sets:
            sentences.insert(1, phrases.say("check.rankings", count=len(dossier.weight_sets)))
        if not checked.findings:
            sentences.append(phrases.say("check.clean"))
        return sentences

    def rows(self) -> Table:
        """One row per finding."""
        return findings_table(self.checked.findings, self.phrases)

    def form(self) -> Mapping[str, Any]:
        """The form of ``check.schema.json``."""
        from policy_options.exchange.published import check_form

        return check_form(self.dossier, self.checked, self.overview)


def _named(finding: Fault, phrases: Phrases) -> str:
    """A finding by its code and ids, as an acknowledgement names it: its message is in English, for standard error."""
    ids = f" ({phrases.series(finding.ids)})" if finding.ids else ""
    return f"`{finding.code}`{ids}"


def best_by_criterion_table(overview: Overview, phrases: Phrases) -> Table:
    """The best option on each criterion alone."""
    rows = tuple((criterion, ", ".join(best)) for criterion, best in overview.best_by_criterion.items())
    return Table(
        (Column("criterion", phrases.heading("criterion"), "text"), Column("best", phrases.heading("best"), "text")),
        rows,
    )


def leaders_table(overview: Overview, phrases: Phrases, statuses: Mapping[str, str]) -> Table:
    """The leader under each weight set, its lead over the next, and the criterion with the largest weight."""
    rows: list[tuple[Cell, ...]] = []
    for ranking in overview.rankings:
        heaviest = ", ".join(ranking.heaviest)
        name = ranking.weights.id
        rows.append(
            (
                name,
                phrases.say_of("status", statuses[name]),
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
    """Findings, one per row, with their places.

    The meaning of a code is in the language of the dossier; message and remedy are those of standard error, in English.
    """
    keys = ("code", "file", "line", "column", "ids", "meaning", "message", "remedy")
    rows: list[tuple[Cell, ...]] = []
    for finding in findings:
        place = finding.place
        line = place.line if place else None
        column = place.column if place else None
        file = place.file if place else None
        meaning = phrases.say_of("finding", finding.code) if finding.code in FINDINGS else None
        rows.append((finding.code, file, line, column, " ".join(finding.ids), meaning, finding.message, finding.remedy))
    kinds: dict[str, Kind] = {"line": "rank", "column": "rank"}
    return Table(tuple(Column(key, phrases.heading(key), kinds.get(key, "text")) for key in keys), tuple(rows))
