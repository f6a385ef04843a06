"""The public facade: a dossier, and what the floors below make of it. No logic of its own."""

from __future__ import annotations

from functools import cached_property
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from policy_options.analysis.assessment import Assessment, assess
from policy_options.analysis.problem import Problem, WeightVector
from policy_options.analysis.ranking import Ranking, rank
from policy_options.dossier.building import build_problem, build_weights
from policy_options.dossier.contents import Contents
from policy_options.dossier.loading import CheckReport, check, load_contents
from policy_options.errors import Fault

if TYPE_CHECKING:
    from policy_options.analysis.overview import Overview

__all__ = ["Dossier"]


class Dossier:
    """A dossier that has been read and checked.

    >>> Dossier.load(".").rank("balanced").table
    """

    def __init__(self, contents: Contents) -> None:
        self.contents = contents

    @classmethod
    def load(cls, folder: str | PathLike[str] = ".") -> Dossier:
        """Read the dossier in a folder.

        Raises:
            PolicyOptionsError: with every error of every file, each with its place and remedy.
        """
        return cls(load_contents(Path(folder)))

    def __repr__(self) -> str:
        return f"<Dossier {self.contents.decision.model.id}: {len(self.contents.options)} options>"

    @cached_property
    def problem(self) -> Problem:
        """Options, criteria and performances, with named axes."""
        return build_problem(self.contents)

    @property
    def weight_sets(self) -> tuple[str, ...]:
        """The ids of the weight sets: the decision's default first, then by name."""
        default = self.contents.decision.model.weights
        return tuple(sorted(self.contents.weight_sets, key=lambda name: (name != default, name)))

    def weights(self, id: str | None = None) -> WeightVector:
        """The weights that a set's judgements give; by default the decision's set.

        Raises:
            PolicyOptionsError: there is no such set, or its judgements give no weights.
        """
        return build_weights(self.contents, self.contents.decision.model.weights if id is None else id)

    def rank(self, weights: str | None = None) -> Ranking:
        """The ranking under a weight set; by default the decision's."""
        return rank(self.problem, self.weights(weights))

    def assess(self, weights: str | None = None) -> Assessment:
        """The ranking under a weight set, with closeness, dominance, red lines, leads and cost against value."""
        decision = self.contents.decision.model
        return assess(
            self.problem,
            self.weights(weights),
            baseline=decision.baseline,
            threshold=decision.thresholds.too_close_to_call,
        )

    def overview(self) -> Overview:
        """The ranking under every weight set, who leads, and who is best on each criterion."""
        from policy_options.analysis.overview import overview  # a single ranking needs none

        return overview(self.problem, [self.weights(name) for name in self.weight_sets])

    def stale(self, weights: str) -> tuple[Fault, ...]:
        """What changed in the ranges of a weight set since its judgements were given."""
        return tuple(f for f in self.contents.findings if f.code == "weights-stale" and f.ids[0] == weights)

    def check(self, sources: str | PathLike[str] | None = None) -> CheckReport:
        """Findings and counts; with a folder of texts, the citations are compared with them."""
        return check(self.contents, None if sources is None else Path(sources))
