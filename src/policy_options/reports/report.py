"""The interface between results and faces: titled sections, rows for machines, and a published form.

A report is a frozen value, and computes each of these only on request: a face that prints JSON does not pay for
sentences.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from policy_options.api import Dossier
from policy_options.dossier.futures import REFERENCE, titles_of
from policy_options.wording.phrases import Phrases, load_phrases
from policy_options.wording.table import Table

__all__ = ["Figure", "Report", "Section", "View"]


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart: its title, which states the finding, the SVG, and its text alternative."""

    title: str
    svg: str
    alternative: str


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a report: its title, its text, and any table and figures.

    ``key`` names the section for machines, and is what a chart is added to it by. ``listed`` notes are list items
    rather than paragraphs.
    """

    title: str = ""
    notes: tuple[str, ...] = ()
    table: Table | None = None
    key: str = ""
    listed: bool = False
    figures: tuple[Figure, ...] = ()


@dataclass(frozen=True, slots=True)
class View:
    """What a face can show: ``narrow`` ones have no room for one column per criterion, ``drawn`` ones show figures."""

    narrow: bool = False
    drawn: bool = False


@dataclass(frozen=True, kw_only=True)
class Report(ABC):
    """A result of a dossier. ``templates`` are the folders whose wording takes precedence over the shipped one."""

    dossier: Dossier
    templates: tuple[Path, ...] = ()

    @cached_property
    def phrases(self) -> Phrases:
        """The phrases of the dossier's language."""
        return load_phrases(self.dossier.contents.decision.model.language, self.templates)

    @property
    def name(self) -> str:
        """The file name of this report, without its suffix."""
        return self.dossier.contents.decision.model.id

    def in_scenario(self, title: str) -> str:
        """A title with the scenario that the dossier is in, where it is in one."""
        name = self.dossier.scenario
        if name is None:
            return title
        scenario = titles_of(self.dossier.contents)[name][0]
        if scenario == name == REFERENCE:
            scenario = self.phrases.say("scenarios.reference")
        return self.phrases.say("scenario.in-title", title=title, scenario=scenario)

    def with_scenario(self, form: Mapping[str, Any]) -> Mapping[str, Any]:
        """A published form with the id of the scenario that the dossier is in, where it is in one."""
        return form if self.dossier.scenario is None else {**form, "scenario": self.dossier.scenario}

    @abstractmethod
    def title(self) -> str:
        """The subject of the report, in one line."""

    @abstractmethod
    def sections(self, view: View) -> Sequence[Section]:
        """The content for a person, in the order in which a reader asks."""

    @abstractmethod
    def rows(self) -> Table:
        """The result as one table for machines."""

    @abstractmethod
    def form(self) -> Mapping[str, Any]:
        """The result in its published form (``schemas/``)."""

    def page(self, kind: Literal["html", "pdf", "docx"]) -> bytes | None:  # noqa: ARG002  # for laid-out reports
        """The report as pages laid out for it; ``None`` if it has no layout."""
        return None
