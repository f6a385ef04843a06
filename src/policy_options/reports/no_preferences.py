"""The analysis without preferences, as sections and as one long table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import isnan
from typing import Any

from policy_options.analysis.acceptability.results import Acceptability
from policy_options.analysis.no_preferences import WithoutPreferences
from policy_options.reports.report import Report, Section, View
from policy_options.reports.robustness_parts import (
    acceptability_rows,
    confidence_cell,
    long_columns,
    ranks_section,
    share_cell,
)
from policy_options.wording.phrases import Phrases
from policy_options.wording.robustness import scores_sentence, sentences_on_basis
from policy_options.wording.shares import share_text
from policy_options.wording.table import Cell, Column, Table
from policy_options.wording.titles import option_titles

__all__ = ["NoPreferencesReport", "preference_free_rows", "preference_free_sections"]


@dataclass(frozen=True, kw_only=True)
class NoPreferencesReport(Report):
    """The analysis without preferences: which options can be first."""

    shares: WithoutPreferences

    def title(self) -> str:
        """The decision."""
        return self.in_scenario(
            self.phrases.say("robustness.no-weights.title", dossier=self.dossier.contents.decision.model.title)
        )

    def sections(self, view: View) -> Sequence[Section]:  # noqa: ARG002  # the same for every face
        """The question, then shares, ranks, and the weights that each option would need."""
        return preference_free_sections(self.shares, self.phrases)

    def rows(self) -> Table:
        """Every index as one long table of numbers."""
        return preference_free_rows(self.shares, self.phrases)

    def form(self) -> Mapping[str, Any]:
        """The form of ``no-preferences.schema.json``."""
        from policy_options.exchange.no_preferences import no_preferences_form

        return self.with_scenario(no_preferences_form(self.dossier, self.shares))


def preference_free_sections(found: WithoutPreferences, phrases: Phrases) -> list[Section]:
    """The question, then shares, ranks, and the weights that each option would need."""
    said = [phrases.say("robustness.no-weights")]
    if found.left_out:
        titles = [found.titles[option] for option in found.left_out]
        said.append(phrases.say("robustness.left-out", options=phrases.listing(titles)))
    elif found.none_keeps:
        said.append(phrases.say("robustness.none-keeps"))
    if found.unknown:
        titles_of = option_titles(found.problem)
        listed = phrases.listing([titles_of[option] for option in found.unknown])
        said.append(phrases.say("robustness.unknown", options=listed))
    said.append(scores_sentence(found.settings.uncertainty, phrases, spread=found.spread))
    ranks = ranks_section(found.drawn, phrases, vary=found.scores_vary)
    return [Section(notes=tuple(said), key="basis"), _shares(found, phrases), ranks, _central(found, phrases)]


def _shares(found: WithoutPreferences, phrases: Phrases) -> Section:
    drawn, likely = found.drawn, found.at_likely
    columns = [
        Column("option", phrases.heading("option"), "text"),
        *([Column("uncertain", phrases.heading("around_uncertain"), "percent")] if found.scores_vary else ()),
        *([Column("likely", phrases.heading("around_likely"), "percent", spare=1)] if likely else ()),
        Column("expected_rank", phrases.heading("expected_rank"), "points", spare=2),
        *(
            [Column("confidence", phrases.heading("confidence_factor"), "percent", spare=3)]
            if found.scores_vary
            else ()
        ),
    ]
    rows = []
    for row in drawn.by_expected_rank:
        option = drawn.problem.option_ids[row]
        cells: list[Cell] = [option, *([_first(drawn, option, found, phrases)] if found.scores_vary else ())]
        if likely is not None:
            known = option in likely.problem.option_index
            cells.append(_first(likely, option, found, phrases) if known else None)
        confidence = None if drawn.confidence is None else float(drawn.confidence[row])
        cells.append(float(drawn.expected_rank[row]))
        if found.scores_vary:
            cells.append(confidence_cell(confidence, phrases))
        rows.append(tuple(cells))
    notes = sentences_on_basis(drawn, "around-uncertain", found.never(drawn), phrases) if found.scores_vary else []
    if likely is not None:
        notes += sentences_on_basis(likely, "around-likely", found.never(likely), phrases)
    shares = phrases.series(
        f"{title} {share_text(found.group_weights[name], phrases)}" for name, title, _ in found.problem.top_groups
    )
    notes.append(phrases.say("robustness.shares.groups", shares=shares))
    if found.scores_vary:
        notes.append(phrases.say("robustness.shares.confidence"))
    return Section(phrases.say("robustness.shares"), tuple(notes), Table(tuple(columns), tuple(rows)))


def _first(shares: Acceptability, option: str, found: WithoutPreferences, phrases: Phrases) -> Cell:
    share = shares.share_first(option)
    if share == 0.0 and (shares.exact or option in found.never(shares)):
        return phrases.say("robustness.shares.never")
    return share_cell(share, shares, phrases)


def _central(found: WithoutPreferences, phrases: Phrases) -> Section:
    """The mean of the weights under which each option is first, one criterion per row."""
    drawn = found.drawn
    leading = [row for row in drawn.by_expected_rank if not isnan(float(drawn.central[row, 0]))]
    ids = drawn.problem.option_ids
    columns = [Column("criterion", phrases.heading("criterion"), "text")]
    columns += [Column(ids[row], ids[row], "percent", spare=place) for place, row in enumerate(leading)]
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (criterion, *(float(drawn.central[row, column]) for row in leading))
        for column, criterion in enumerate(drawn.problem.criterion_ids)
    )
    return Section(phrases.say("robustness.central"), (), Table(tuple(columns), rows))


def preference_free_rows(found: WithoutPreferences, phrases: Phrases) -> Table:
    """Every index as one long table of numbers."""
    return Table(long_columns(phrases), tuple(_rows(found)))


def _rows(found: WithoutPreferences) -> Iterator[tuple[Cell, ...]]:
    yield from acceptability_rows("any-weights-uncertain", found.drawn)
    if found.at_likely is not None:
        yield from acceptability_rows("any-weights-likely", found.at_likely)
