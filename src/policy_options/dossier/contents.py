"""The contents of a dossier folder as models by id, with the trees that give the place of everything."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar

from policy_options.dossier.models.criteria import CriteriaFile, Criterion, Group, walk
from policy_options.dossier.models.decision import Decision
from policy_options.dossier.models.option import Option
from policy_options.dossier.models.scenario import Scenario
from policy_options.dossier.models.source import Claim, Source
from policy_options.dossier.models.weight_set import WeightSet
from policy_options.dossier.reading import Tree
from policy_options.errors import Fault, PolicyOptionsError

if TYPE_CHECKING:
    from policy_options.analysis.elicitation.combining import Combined
    from policy_options.analysis.elicitation.results import Elicited
    from policy_options.dossier.models.packages import PackagesFile

__all__ = ["CRITERIA", "DECISION", "EVIDENCE", "OPTIONS", "PACKAGES", "SCENARIOS", "WEIGHTS", "Contents", "Entry"]

DECISION = "criteria/decision.yaml"
CRITERIA = "criteria/criteria.yaml"
PACKAGES = "criteria/packages.yaml"
"""Optional: without it, options are not considered together."""
WEIGHTS = "criteria/weights"
SCENARIOS = "criteria/scenarios"
OPTIONS = "options"
EVIDENCE = "options/evidence"

Model = TypeVar("Model")


@dataclass(frozen=True, eq=False, slots=True)
class Entry(Generic[Model]):
    """A model and the tree it was read from. ``id`` is the file's name.

    ``broken`` names the scores of an option that were refused, and are left out of its model so that the rest can still
    be checked; a dossier with a broken part is reported on, but never used.
    """

    id: str
    model: Model
    tree: Tree = field(repr=False)
    broken: frozenset[str] = frozenset()


def _there(entry: Entry[Model] | None) -> Entry[Model]:
    if entry is None:
        raise PolicyOptionsError.of(
            "file-missing", "the dossier has no decision or no criteria", "see the faults it was read with"
        )
    return entry


@dataclass(frozen=True, eq=False)
class Contents:
    """A dossier whose files have been read and validated one by one. ``checking`` judges how they fit together.

    ``known`` has the ids of all files by folder, including those that could not be read: a broken option is not an
    unknown one. ``folder`` is ``None`` for a dossier read from a revision. The decision and the criteria are ``None``
    only while faults are being collected. ``of_files`` are findings of the files themselves (``text-lost``,
    ``file-not-read``), which their data do not show. Once the dossier has been checked, ``findings`` has these and all
    others, and ``elicited`` the result of each weight set's judgements. ``scenarios`` may include
    ``reference``, which only describes the present scores. ``packages_unread`` says that there is a file of packages, and that it
    was refused.
    """

    folder: Path | None
    decision_file: Entry[Decision] | None
    criteria_file: Entry[CriteriaFile] | None
    options: dict[str, Entry[Option]]
    weight_sets: dict[str, Entry[WeightSet]]
    sources: dict[str, Entry[Source]]
    known: dict[str, frozenset[str]] = field(repr=False)
    findings: tuple[Fault, ...] = ()
    of_files: tuple[Fault, ...] = ()
    files_judged: bool = True
    scenarios: dict[str, Entry[Scenario]] = field(default_factory=dict)
    elicited: dict[str, Elicited | Combined] = field(default_factory=dict, repr=False)
    packages_file: Entry[PackagesFile] | None = None
    packages_unread: bool = False

    @property
    def root(self) -> Path:
        """The folder that the files are in, and may be changed in.

        Raises:
            PolicyOptionsError: they were read from a revision, which cannot be written to.
        """
        if self.folder is None:
            raise PolicyOptionsError.of(
                "read-only", "a revision cannot be changed", "load the folder of the dossier, and change that"
            )
        return self.folder

    @property
    def decision(self) -> Entry[Decision]:
        """The decision of a dossier without errors."""
        return _there(self.decision_file)

    @property
    def criteria(self) -> Entry[CriteriaFile]:
        """The criteria of a dossier without errors."""
        return _there(self.criteria_file)

    @cached_property
    def leaves(self) -> dict[str, tuple[Criterion, tuple[str | int, ...], tuple[Group, ...]]]:
        """Each criterion by id: the model, its path in the file, and the groups above it."""
        return {
            node.id: (node, path, above)
            for node, path, above in walk(self.criteria_file.model.criteria if self.criteria_file else ())
            if isinstance(node, Criterion)
        }

    @cached_property
    def groups(self) -> dict[str, tuple[Group, tuple[str | int, ...], tuple[Group, ...]]]:
        """Each group by id: the model, its path in the file, and the groups above it."""
        return {
            node.id: (node, path, above)
            for node, path, above in walk(self.criteria_file.model.criteria if self.criteria_file else ())
            if isinstance(node, Group)
        }

    @cached_property
    def claims(self) -> dict[str, Claim]:
        """Each claim by the form in which it is cited, source/claim."""
        return {f"{source}/{claim.id}": claim for source, entry in self.sources.items() for claim in entry.model.claims}

    def paragraphs_of(self, claims: Iterable[str]) -> dict[str, tuple[int, ...]]:
        """The paragraphs that claims cite, sorted, by source."""
        cited: dict[str, set[int]] = {}
        for claim in claims:
            cited.setdefault(claim.partition("/")[0], set()).update(self.claims[claim].paragraphs)
        return {source: tuple(sorted(paragraphs)) for source, paragraphs in cited.items()}
