"""How robust a ranking is: the opening, the parts requested, and figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from policy_options.analysis.robustness import Robustness
from policy_options.reports.report import Figure, Report, Section, View
from policy_options.reports.robustness_opening import opening_sections
from policy_options.reports.robustness_parts import PARTS, part_sections, robustness_rows
from policy_options.wording.sentences import status_note
from policy_options.wording.table import Table

__all__ = ["RobustnessReport"]


@dataclass(frozen=True, kw_only=True)
class RobustnessReport(Report):
    """The robustness of a ranking.

    ``parts`` are the names of the parts to show. If none is named, a narrow face shows the opening alone, unless
    ``full``, and any other face shows everything.
    """

    robustness: Robustness
    parts: tuple[str, ...] = ()
    full: bool = False

    def title(self) -> str:
        """The decision, and the weights."""
        held = self.dossier.weighting(self.robustness.assessment.ranking.weights.id)
        return self.in_scenario(
            self.phrases.say(
                "robustness.title",
                dossier=self.dossier.contents.decision.model.title,
                weights=held.title,
                status=status_note(held.status, self.phrases),
            )
        )

    def sections(self, view: View) -> Sequence[Section]:
        """The opening, with the other parts or their names; or only the parts requested."""
        phrases = self.phrases
        if self.parts:
            return self._with_figures(part_sections(self.robustness, self.parts, phrases), view)
        if self.full or not view.narrow:
            parts = self._with_figures(part_sections(self.robustness, tuple(PARTS), phrases), view)
            return [*opening_sections(self.robustness, phrases), *parts]
        rest = phrases.say("robustness.opening.rest", parts=phrases.series(PARTS))
        more = Section(phrases.say("robustness.opening.more"), (rest,), key="more")
        return [*opening_sections(self.robustness, phrases), more]

    def _with_figures(self, sections: Sequence[Section], view: View) -> list[Section]:
        if not view.drawn:
            return list(sections)
        from policy_options.reports.robustness_figures import figures_of_part

        return [
            replace(section, figures=figures_of_part(section.key, self.robustness, self.phrases))
            for section in sections
        ]

    def charts(self) -> dict[str, Figure]:
        """Every chart by the name of its file; unknown scores are at the ends least favourable to the leader."""
        from policy_options.reports.robustness_figures import all_figures

        return all_figures(self.robustness, self.phrases)

    def rows(self) -> Table:
        """Everything as one long table of numbers."""
        return robustness_rows(self.robustness, self.phrases)

    def form(self) -> Mapping[str, Any]:
        """The form of ``robustness.schema.json``."""
        from policy_options.exchange.robustness import robustness_form

        return self.with_scenario(robustness_form(self.dossier, self.robustness))
