"""One option, criterion by criterion, with the basis of each score."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from policy_options.analysis.assessment import Assessment
from policy_options.errors import PolicyOptionsError
from policy_options.reports.ranking import WhatIf, notes_on_weights, weights_named
from policy_options.reports.report import Report, Section, View
from policy_options.wording.citing import basis_of
from policy_options.wording.performances import performance_cell, performance_text
from policy_options.wording.phrases import Phrases
from policy_options.wording.table import Column, Table, known

__all__ = ["OptionReport", "option_table"]


@dataclass(frozen=True, kw_only=True)
class OptionReport(Report):
    """One option of a ranking.

    Raises:
        PolicyOptionsError: there is no option with this id.
    """

    assessment: Assessment
    option: str
    what_if: WhatIf | None = None

    def __post_init__(self) -> None:
        known = self.assessment.ranking.problem.option_ids
        if self.option not in known:
            from policy_options.dossier.validation import did_you_mean

            raise PolicyOptionsError.of(
                "unknown-id",
                f"`{self.option}` is no option of this dossier",
                did_you_mean(self.option, known),
                ids=(self.option,),
            )

    def title(self) -> str:
        """The option with its rank and value, and the weights."""
        ranking = self.assessment.ranking
        held = self.dossier.weighting(ranking.weights.id)
        return self.in_scenario(
            self.phrases.say(
                "option.title",
                option=self.dossier.contents.options[self.option].model.title,
                rank=int(ranking.ranks[ranking.problem.option_index[self.option]]),
                value=self.phrases.numbers.points(ranking.value(self.option)),
                **weights_named(held, self.what_if, self.phrases),
            )
        )

    def sections(self, view: View) -> Sequence[Section]:  # noqa: ARG002  # the same for every face
        """The criteria in a table, then rationales and notes on the weights."""
        model = self.dossier.contents.options[self.option].model
        held = self.dossier.weighting(self.assessment.ranking.weights.id)
        notes = [f"{name}: {score.rationale}" for name, score in model.scores.items() if score.rationale]
        notes += notes_on_weights(held, self.what_if, self.phrases)
        below = [Section(notes=tuple(notes), key="notes")] if notes else []
        return [Section(table=self.rows(), key="option"), *below]

    def rows(self) -> Table:
        """One row per criterion."""
        contents = self.dossier.contents
        scores = contents.options[self.option].model.scores
        basis = {name: basis_of(contents, score, self.phrases) for name, score in scores.items()}
        return option_table(self.assessment, self.option, self.phrases, basis)

    def form(self) -> Mapping[str, Any]:
        """The form of ``option-result.schema.json``."""
        from policy_options.exchange.published import option_form

        changed = self.what_if.form() if self.what_if else None
        return self.with_scenario(option_form(self.dossier, self.assessment, self.option, changed))


def option_table(
    assessment: Assessment, option: str, phrases: Phrases, basis: Mapping[str, tuple[str, str, str]]
) -> Table:
    """One option criterion by criterion: performance with its bounds, value, weight, contribution, and its basis.

    ``basis`` gives, by criterion, the confidence, the paragraphs and the claims that the score rests on.
    """
    ranking = assessment.ranking
    problem = ranking.problem
    row = problem.option_index[option]
    columns = (
        Column("criterion", phrases.heading("criterion"), "text"),
        Column("performance", phrases.heading("performance"), "given"),
        Column("bounds", phrases.heading("bounds"), "text", spare=2),
        Column("unit", phrases.heading("unit"), "text", spare=3),
        Column("value", phrases.heading("value"), "points"),
        Column("weight", phrases.heading("weight"), "percent"),
        Column("contribution", phrases.heading("contribution"), "points"),
        Column("confidence", phrases.heading("confidence"), "text", spare=2),
        Column("source", phrases.heading("source"), "text", spare=1),
        Column("evidence", phrases.heading("evidence"), "text", spare=4),
    )
    rows = []
    for column, criterion in enumerate(problem.criteria):
        low, high = (
            performance_text(float(bound[row, column]), criterion.levels, phrases)
            for bound in (problem.low, problem.high)
        )
        rows.append(
            (
                criterion.id,
                performance_cell(float(problem.likely[row, column]), criterion.levels, phrases),
                "" if low == high else f"{low} – {high}",
                criterion.unit,
                known(problem.values[row, column]),
                float(ranking.shares[column]),
                known(ranking.contributions[row, column]),
                *basis[criterion.id],
            )
        )
    return Table(columns, tuple(rows))
