"""The subject of a memo: the dossier, and everything computed from it. Every section is worded from this."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from policy_options.analysis.assessment import Assessment
from policy_options.analysis.comparison.across import Across
from policy_options.analysis.crosscheck.checking import CrossCheck
from policy_options.analysis.overview import Overview
from policy_options.analysis.packages.choosing import Packages
from policy_options.analysis.problem import Problem
from policy_options.analysis.robustness import Robustness
from policy_options.analysis.scenarios.scenarios import Scenarios
from policy_options.api import Dossier
from policy_options.dossier.contents import Contents
from policy_options.dossier.eliciting import Weighting
from policy_options.dossier.loading import CheckReport
from policy_options.dossier.models.decision import Decision
from policy_options.memo.condensing_levels import WHOLE, Extent
from policy_options.wording.phrases import Phrases

__all__ = ["Subject"]


@dataclass(frozen=True, eq=False)
class Subject:
    """The dossier and the results for one memo.

    ``held`` are the weight sets being compared, by id, and ``voices`` those with each participant of a combined set.
    ``firm`` and ``checked`` are ``None`` if there is only one option to choose from; ``across`` if there is only one
    weight set; ``scenarios`` and ``packages`` if the dossier has none.
    ``public`` says that names of participants and scorers were left out, and ``annex_file`` names the file that has
    annex B if the memo itself does not. ``extent`` is how much the body has room for.
    """

    dossier: Dossier
    assessment: Assessment
    firm: Robustness | None
    overview: Overview
    voices: Overview
    across: Across | None
    held: Mapping[str, Weighting]
    checked: CrossCheck | None
    report: CheckReport
    phrases: Phrases
    public: bool
    scenarios: Scenarios | None = None
    annex_file: str = ""
    packages: Packages | None = None
    extent: Extent = WHOLE

    @property
    def contents(self) -> Contents:
        """The dossier's files."""
        return self.dossier.contents

    @property
    def decision(self) -> Decision:
        """The decision."""
        return self.dossier.contents.decision.model

    @property
    def problem(self) -> Problem:
        """Options, criteria and performances."""
        return self.assessment.ranking.problem

    @property
    def used(self) -> Weighting:
        """The weight set under which the options are ranked."""
        return self.held[self.assessment.ranking.weights.id]

    @property
    def set_titles(self) -> dict[str, str]:
        """Titles of the weight sets by id."""
        return {name: weighting.title for name, weighting in self.held.items()}

    @property
    def statuses(self) -> dict[str, str]:
        """Whether people were asked for their weights, by weight set."""
        return {name: weighting.status for name, weighting in self.held.items()}
