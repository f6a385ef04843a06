"""The public facade: a dossier, and what the floors below make of it. No logic of its own."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from policy_options.analysis.assessment import Assessment, assess
from policy_options.analysis.problem import Problem, WeightVector
from policy_options.analysis.ranking import Ranking, rank
from policy_options.dossier.building import build_problem
from policy_options.dossier.contents import Contents
from policy_options.dossier.eliciting import Weighting, weight_set, weighting
from policy_options.dossier.loading import CheckReport, check, load_contents
from policy_options.dossier.models.weight_set import WeightSet
from policy_options.dossier.origins import Folder
from policy_options.errors import Fault, PolicyOptionsError

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from policy_options.analysis.acceptability.sampled import Progress
    from policy_options.analysis.comparison.across import Across
    from policy_options.analysis.comparison.comparing import Comparison
    from policy_options.analysis.no_preferences import WithoutPreferences
    from policy_options.analysis.overview import Overview
    from policy_options.analysis.robustness import Robustness

__all__ = ["Dossier"]


class Dossier:
    """A dossier that has been read and checked.

    >>> Dossier.load(".").rank("balanced").table
    """

    def __init__(self, contents: Contents) -> None:
        self.contents = contents

    @classmethod
    def load(cls, folder: str | PathLike[str] = ".", *, named: bool = False) -> Dossier:
        """Read the dossier in a folder; ``named`` names the folder in the place of every error.

        Raises:
            PolicyOptionsError: with every error of every file, each with its place and remedy.
        """
        return cls(load_contents(Folder(Path(folder), named=named)))

    @classmethod
    def at_revision(cls, folder: str | PathLike[str], revision: str) -> Dossier:
        """Read the dossier of a folder as a git revision has it; the files in the folder are left alone.

        Raises:
            PolicyOptionsError: there is no git, no such revision, no dossier in it, or it has errors, each with the revision.
        """
        from policy_options.dossier.revisions import revision_read  # most dossiers are read where they stand

        with revision_read(Path(folder), revision) as origin:
            return cls(load_contents(origin))

    def __repr__(self) -> str:
        return f"<Dossier {self.contents.decision.model.id}: {len(self.contents.options)} options>"

    @cached_property
    def problem(self) -> Problem:
        """Options, criteria and performances, with named axes."""
        return build_problem(self.contents)

    @property
    def weight_sets(self) -> tuple[str, ...]:
        """The ids of all weights that options can be ranked under: the decision's default first, then by name.

        A set of several participants that names no rule to combine them stands for each of them, as set/participant.
        """
        default = self.contents.decision.model.weights
        found = []
        for name in sorted(self.contents.weight_sets, key=lambda name: (name != default, name)):
            people = self.contents.weight_sets[name].model.participants
            if people and self.contents.weight_sets[name].model.combine is None:
                found += [f"{name}/{person.id}" for person in people]
            else:
                found.append(name)
        return tuple(found)

    def weighting(self, id: str | None = None) -> Weighting:
        """Whose weights those of an id are, and how they came about; by default the decision's.

        Raises:
            PolicyOptionsError: there is no such set or participant, or the set names no rule to combine its participants.
        """
        return weighting(self.contents, self.contents.decision.model.weights if id is None else id)

    def weight_set(self, id: str) -> WeightSet:
        """A weight set as its file has it.

        Raises:
            PolicyOptionsError: there is no such set.
        """
        return weight_set(self.contents, id)

    def weights(self, id: str | None = None) -> WeightVector:
        """The weights of a set, or of a participant as set/participant; by default the decision's set.

        Raises:
            PolicyOptionsError: as for ``weighting``.
        """
        return self.weighting(id).weights

    def _vector(self, weights: str | WeightVector | None) -> WeightVector:
        return weights if isinstance(weights, WeightVector) else self.weights(weights)

    def rank(self, weights: str | WeightVector | None = None) -> Ranking:
        """The ranking under a weight set, or weights of one's own; by default the decision's set."""
        return rank(self.problem, self._vector(weights))

    def what_if(self, weights: str | None, *edits: str, take_from: str | None = None) -> WeightVector:
        """The weights of a set with changes such as ``cost=30`` or ``cost+=5``, in per cent of total weight; no file changes.

        Raises:
            PolicyOptionsError: a change cannot be read or applied.
        """
        from policy_options.analysis.reweighting import read_edits  # a ranking without a what-if needs neither
        from policy_options.dossier.changing import changed_weights

        return changed_weights(self.contents, self.weights(weights), read_edits(edits), take_from=take_from)

    def assess(self, weights: str | WeightVector | None = None) -> Assessment:
        """The ranking under a weight set, with closeness, dominance, red lines, leads and cost against value."""
        decision = self.contents.decision.model
        return assess(
            self.problem,
            self._vector(weights),
            baseline=decision.baseline,
            threshold=decision.thresholds.too_close_to_call,
        )

    def robustness(
        self,
        weights: str | WeightVector | None = None,
        *,
        band: float | None = None,
        error: float = 0.001,
        samples: int | None = None,
        seconds: float = 600.0,
        most_samples: int | None = None,
        seed: int | None = None,
        exact: bool = False,
        locked: tuple[str, ...] = (),
        executor: Executor | None = None,
        progress: Progress | None = None,
    ) -> Robustness:
        """How firm the ranking under a weight set is; all of it is computed when it is first asked for.

        ``band`` is the share by which each weight may differ; without it the region that the set's judgements leave open,
        and where they leave none the decision's band. ``error`` is the 95% half-width that sampled shares are known to,
        ``samples`` a number of them instead, and ``most_samples`` ends the sample with whatever error it has reached; ``seed``
        is by default the decision's. Any executor of ``concurrent.futures`` may do the sampling, and gives the same digits.

        Raises:
            PolicyOptionsError: fewer than two options are left to compare; the band is none; a locked id is none.
        """
        from policy_options.analysis.acceptability.sampled import Precision  # a ranking needs none of these
        from policy_options.analysis.robustness import RobustnessSettings, robustness
        from policy_options.dossier.building import thresholds_of, uncertainty_of
        from policy_options.dossier.validation import did_you_mean
        from policy_options.dossier.weighing import weights_around

        for id in locked:
            if id not in self.contents.leaves and id not in self.contents.groups:
                known = (*self.contents.leaves, *self.contents.groups)
                raise PolicyOptionsError.of(
                    "unknown-id", f"`{id}` is no criterion and no group", did_you_mean(id, known), ids=(id,)
                )
        vector = self._vector(weights)
        open_ = self.weighting(weights).elicited if not isinstance(weights, WeightVector) else None
        settings = RobustnessSettings(
            thresholds=thresholds_of(self.contents),
            uncertainty=uncertainty_of(self.contents),
            seed=self.contents.decision.model.seed if seed is None else seed,
            precision=Precision(error, samples, seconds, most_samples),
            exact=exact,
            locked=locked,
            executor=executor,
            progress=progress,
        )
        return robustness(self.assess(vector), weights_around(self.contents, vector, open_, band), settings)

    def without_preferences(
        self,
        *,
        error: float = 0.001,
        samples: int | None = None,
        seconds: float = 600.0,
        seed: int | None = None,
        exact: bool = False,
        executor: Executor | None = None,
        progress: Progress | None = None,
    ) -> WithoutPreferences:
        """What can be said with no weights at all: SMAA-2 over every way of sharing out weight, scores drawn.

        The settings are those of ``robustness``.

        Raises:
            PolicyOptionsError: fewer than two options are left to compare.
        """
        from policy_options.analysis.acceptability.sampled import Precision  # a ranking needs none of these
        from policy_options.analysis.no_preferences import without_preferences
        from policy_options.analysis.robustness import RobustnessSettings
        from policy_options.dossier.building import uncertainty_of

        settings = RobustnessSettings(
            uncertainty=uncertainty_of(self.contents),
            seed=self.contents.decision.model.seed if seed is None else seed,
            precision=Precision(error, samples, seconds),
            exact=exact,
            executor=executor,
            progress=progress,
        )
        return without_preferences(self.problem, settings)

    def overview(self) -> Overview:
        """The ranking under every weight set, who leads, and who is best on each criterion."""
        return self.overview_of(self.weight_sets)

    def overview_of(self, weights: Iterable[str]) -> Overview:
        """The same of some weight sets or participants."""
        from policy_options.analysis.overview import overview  # a single ranking needs none

        return overview(self.problem, [self.weights(name) for name in weights])

    def compare(
        self,
        before: str | WeightVector | None,
        after: str | WeightVector | None,
        *,
        earlier: Dossier | None = None,
        top: int | None = None,
    ) -> Comparison:
        """What changes from one weight set to another, and exactly why; ``None`` stands for the decision's set.

        With an ``earlier`` version of the dossier the first of the two sets is that version's. ``top`` narrows what is listed
        to options of at most that rank on either side.

        Raises:
            PolicyOptionsError: there is no such set; the versions have no option in common.
        """
        from policy_options.analysis.comparison.comparing import compare  # a single ranking needs none

        return compare((earlier or self).rank(before), self.rank(after), top=top)

    def across(self, weights: Iterable[str] | None = None) -> Across:
        """How far the rankings under some weight sets agree; by default under all of them."""
        from policy_options.analysis.comparison.across import across

        names = self.weight_sets if weights is None else tuple(weights)
        return across([self.rank(name) for name in names], stale=[name for name in names if self.stale(name)])

    def stale(self, weights: str) -> tuple[Fault, ...]:
        """What changed in the ranges of a weight set since its judgements were given."""
        name = weights.partition("/")[0]
        return tuple(f for f in self.contents.findings if f.code == "weights-stale" and f.ids[0] == name)

    @property
    def file_findings(self) -> tuple[Fault, ...]:
        """Open findings of files that may hold more than was read: text that YAML passed over, files where nobody looks."""
        accepted = {fault for fault, _ in self.check().acknowledged} if self.contents.of_files else set()
        return tuple(finding for finding in self.contents.of_files if finding not in accepted)

    def check(self, sources: str | PathLike[str] | None = None) -> CheckReport:
        """Findings and counts; with a folder of texts, the citations are compared with them."""
        return check(self.contents, None if sources is None else Path(sources))
