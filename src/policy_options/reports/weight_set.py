"""One weight set: judgements, derived weights, every caveat, and how far several people differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from policy_options.analysis.elicitation.combining import Combined
from policy_options.api import Dossier
from policy_options.dossier.eliciting import elicited_of
from policy_options.dossier.models.weight_set import WeightSet
from policy_options.dossier.ranges import changes_since
from policy_options.reports.report import Report, Section, View
from policy_options.reports.weight_rows import shares_rows
from policy_options.reports.weight_tables import comparisons_table, participants_table, shares_table, spread_table
from policy_options.wording.phrases import Phrases
from policy_options.wording.table import Table
from policy_options.wording.weight_sets import change_words, combined_notes, derivation_notes, sentences_on_set

__all__ = ["WeightSetReport", "spread_of", "weight_set_sections"]


@dataclass(frozen=True, kw_only=True)
class WeightSetReport(Report):
    """The weights with an id: a set's, a participant's, or those of a set whose people are not combined."""

    weights: str

    def title(self) -> str:
        """The set, or the participant, and the method.

        Raises:
            PolicyOptionsError: there is no such set or participant.
        """
        model, combined = _of_several(self.dossier, self.weights)
        if model is None or combined is None:
            held = self.dossier.weighting(self.weights)
            return _title(self.weights, held.title, held.model, self.phrases)
        return _title(self.weights, model.title, model, self.phrases)

    def sections(self, view: View) -> Sequence[Section]:  # noqa: ARG002  # the same for every face
        """Tables of weights and judgements, then notes."""
        return weight_set_sections(self.dossier, self.weights, self.phrases)

    def rows(self) -> Table:
        """One row per criterion. Several people's weights have a spread; without a rule to combine them, they have
        nothing else.
        """
        spread = spread_of(self.dossier, self.weights, self.phrases)
        return shares_rows(self.dossier.weighting(self.weights), self.dossier.problem) if spread is None else spread

    def form(self) -> Mapping[str, Any]:
        """The form of ``weights.schema.json``."""
        from policy_options.exchange.weight_sets import weight_set_form

        return weight_set_form(self.dossier, self.weights)


def weight_set_sections(dossier: Dossier, id: str, phrases: Phrases) -> list[Section]:
    """Tables and notes on the weights with an id.

    Raises:
        PolicyOptionsError: there is no such set or participant.
    """
    model, combined = _of_several(dossier, id)
    if model is not None and combined is not None:
        people = _participants(dossier, id, combined, phrases)
        tables = [
            Section(table=spread_table(combined, phrases), key="weights"),
            Section(phrases.say("weights.participants"), table=people, key="participants"),
        ]
        notes = [*_holder(model.holder, model.status, model, phrases), *sentences_on_set(model, model.date, phrases)]
        if combined.rule is None:
            notes.append(phrases.say("combined.not", count=len(combined.participants)))
        notes += [*combined_notes(combined, phrases), *_ranges(dossier, id, model, phrases)]
        return [*tables, Section(notes=tuple(notes), key="notes")]
    held = dossier.weighting(id)
    tables = [Section(table=shares_table(held, dossier.problem, phrases), key="weights")]
    compared = comparisons_table(held, phrases)
    if compared is not None:
        tables.append(Section(phrases.say("weights.comparisons"), table=compared, key="comparisons"))
    notes = [*_holder(held.holder, held.status, held.model, phrases), *derivation_notes(dossier, held, phrases)]
    notes += _ranges(dossier, id, held.model, phrases)
    return [*tables, Section(notes=tuple(notes), key="notes")]


def _holder(holder: str, status: str, model: WeightSet, phrases: Phrases) -> list[str]:
    """Whose weights they are, whether anybody was asked, and why."""
    asked = phrases.say_of("status", status, "note")
    return [phrases.say("weights.holder", holder=holder, status=asked), model.rationale]


def _ranges(dossier: Dossier, id: str, model: WeightSet, phrases: Phrases) -> list[str]:
    """What is known about the ranges that a set was given on, and what to do if that is not enough."""
    set_id = id.partition("/")[0]
    if not model.given_on:
        return [phrases.say("stale.cannot"), phrases.say("stale.store", weights=set_id)]
    changes = changes_since(dossier.contents, set_id) if dossier.stale(id) else []
    return [
        phrases.say("stale.changed", weights=set_id, set=set_id, change=change_words(change, phrases))
        for change in changes
    ]


def _title(id: str, title: str, model: WeightSet, phrases: Phrases) -> str:
    return phrases.say("weights.title", title=title, weights=id, method=phrases.say_of("method", model.method))


def spread_of(dossier: Dossier, id: str, phrases: Phrases) -> Table | None:
    """The spread of several people's weights; ``None`` for one person's."""
    _, combined = _of_several(dossier, id)
    return None if combined is None else spread_table(combined, phrases)


def _of_several(dossier: Dossier, id: str) -> tuple[WeightSet | None, Combined | None]:
    if id not in dossier.contents.weight_sets:
        return None, None
    found = elicited_of(dossier.contents, id)
    return (dossier.contents.weight_sets[id].model, found) if isinstance(found, Combined) else (None, None)


def _participants(dossier: Dossier, id: str, combined: Combined, phrases: Phrases) -> Table:
    return participants_table(dossier.overview_of([f"{id}/{name}" for name in combined.participants]), phrases)
