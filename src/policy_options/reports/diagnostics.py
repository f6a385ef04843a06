"""Entropy, CRITIC and MEREC weights next to those of the sets: where scores distinguish options, and nobody's preference."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from policy_options.analysis.diagnostics import ObjectiveWeights
from policy_options.analysis.problem import WeightVector
from policy_options.reports.report import Report, Section, View
from policy_options.reports.weight_tables import diagnostics_table
from policy_options.wording.table import Table

__all__ = ["DiagnosticsReport"]


@dataclass(frozen=True, kw_only=True)
class DiagnosticsReport(Report):
    """Diagnostic weights, and the weight vectors they are compared with."""

    diagnostics: tuple[ObjectiveWeights, ...]
    vectors: tuple[WeightVector, ...]

    def title(self) -> str:
        """The decision."""
        return self.phrases.say("diagnostics.title", dossier=self.dossier.contents.decision.model.title)

    def sections(self, view: View) -> Sequence[Section]:  # noqa: ARG002  # the same for every face
        """One criterion per row, then what the figures are and are not, and the sources of the methods."""
        notes = (self.phrases.say("diagnostics.note"), *(each.source for each in self.diagnostics))
        return [Section(table=self.rows(), key="diagnostics"), Section(notes=notes, key="notes")]

    def rows(self) -> Table:
        """One row per criterion."""
        return diagnostics_table(self.diagnostics, self.vectors, self.phrases)

    def form(self) -> Mapping[str, Any]:
        """The form of ``diagnostics.schema.json``."""
        from policy_options.exchange.weight_sets import diagnostics_form

        return diagnostics_form(self.dossier, self.diagnostics, self.vectors)
