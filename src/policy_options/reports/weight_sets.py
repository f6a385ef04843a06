"""Every weight set: whose it is, how it was derived, and who leads under it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from policy_options.analysis.overview import Overview
from policy_options.reports.rankings import notes_on_sets
from policy_options.reports.report import Report, Section, View
from policy_options.reports.weight_rows import weight_sets_rows
from policy_options.reports.weight_tables import weight_sets_table
from policy_options.wording.table import Table

__all__ = ["WeightSetsReport"]


@dataclass(frozen=True, kw_only=True)
class WeightSetsReport(Report):
    """All weight sets; ``unfinished`` are those whose terminal interview was interrupted."""

    overview: Overview
    unfinished: tuple[str, ...] = ()

    def title(self) -> str:
        """The decision."""
        return self.phrases.say("weights.list", dossier=self.dossier.contents.decision.model.title)

    def sections(self, view: View) -> Sequence[Section]:  # noqa: ARG002  # the same for every face
        """One row per set, and notes."""
        notes = notes_on_sets(self.dossier, self.overview, self.phrases)
        notes += [self.phrases.say("weights.unfinished", weights=name) for name in self.unfinished]
        table = weight_sets_table(self.dossier, self.overview, self.phrases)
        return [Section(table=table, key="sets"), Section(notes=tuple(notes), key="notes")]

    def rows(self) -> Table:
        """One row per set, in ids and numbers."""
        return weight_sets_rows(self.dossier, self.overview)

    def form(self) -> Mapping[str, Any]:
        """The form of ``weight-sets.schema.json``."""
        from policy_options.exchange.weight_sets import weight_sets_form

        return weight_sets_form(self.dossier, self.overview)
