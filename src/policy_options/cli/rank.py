"""``rank``: the options in order, with what the order rests on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from policy_options.cli.options import (
    DebugOption,
    DossierOption,
    Format,
    FormatOption,
    OutputOption,
    VerboseOption,
    WeightsOption,
    complete_options,
)
from policy_options.cli.running import command, emit, say

if TYPE_CHECKING:
    from policy_options.analysis.assessment import Assessment
    from policy_options.api import Dossier
    from policy_options.wording.phrases import Phrases

__all__ = ["register"]

ExplainOption = Annotated[
    str | None,
    typer.Option(
        "--explain",
        metavar="OPTION",
        autocompletion=complete_options,
        help="Show one option criterion by criterion, with what each score rests on.",
    ),
]
ByCriterionOption = Annotated[
    bool, typer.Option("--by-criterion", help="Show contributions by criterion, not by group.")
]


@command
def rank(
    dossier: DossierOption = Path(),
    weights: WeightsOption = None,
    explain: ExplainOption = None,
    by_criterion: ByCriterionOption = False,
    format: FormatOption = Format.TABLE,
    output: OutputOption = None,
    verbose: VerboseOption = False,
    debug: DebugOption = False,
) -> None:
    """Rank the options under a weight set.

    \b
    Examples:
      policy-options rank
      policy-options rank --weights supply-security
      policy-options rank --explain carry-on
      policy-options rank --by-criterion --format csv --output ranking.csv
    """
    from policy_options.api import Dossier
    from policy_options.wording.phrases import load_phrases

    loaded = Dossier.load(dossier)
    assessment = loaded.assess(weights)
    if format is Format.JSON and explain is None:
        from policy_options.exchange.published import json_text, ranking_form

        emit(json_text(ranking_form(loaded, assessment)), output)
    else:
        phrases = load_phrases(loaded.contents.decision.model.language, [dossier / "templates"])
        text = (
            _ranking(loaded, assessment, phrases, format, output, by_criterion)
            if explain is None
            else _option(loaded, assessment, phrases, format, output, explain)
        )
        emit(text, output)
    for finding in loaded.stale(assessment.ranking.weights.id):
        say(f"warning: {finding.message}; {finding.remedy}")


def _ranking(
    loaded: Dossier, assessment: Assessment, phrases: Phrases, format: Format, output: Path | None, by_criterion: bool
) -> str:
    from policy_options.wording.tables import criteria_table, ranking_table

    # A screen has no room for a column a criterion: there they get a table of their own.
    apart = by_criterion and format is Format.TABLE
    table = ranking_table(assessment, phrases, by_criterion=by_criterion and not apart)
    if format is Format.CSV:
        from policy_options.exchange.delimited import csv_text

        return csv_text(table)
    from policy_options.cli.results import tables_text
    from policy_options.wording.sentences import ranking_notes, status_note

    contents = loaded.contents
    weight_set = contents.weight_sets[assessment.ranking.weights.id].model
    title = phrases.say(
        "rank.title",
        dossier=contents.decision.model.title,
        weights=weight_set.title,
        status=status_note(weight_set.status, phrases),
    )
    titles = {option.id: option.short for option in assessment.ranking.problem.options}
    notes = ranking_notes(assessment, phrases, titles)
    if assessment.baseline is not None:
        notes.insert(0, phrases.say("rank.baseline", option=titles[assessment.baseline]))
    blocks = [(title, table)]
    if apart:
        blocks.append((phrases.say("rank.by-criterion"), criteria_table(assessment, phrases)))
    return tables_text(blocks, notes, phrases, format, output)


def _option(
    loaded: Dossier, assessment: Assessment, phrases: Phrases, format: Format, output: Path | None, option: str
) -> str:
    from policy_options.dossier.validation import did_you_mean
    from policy_options.errors import PolicyOptionsError
    from policy_options.wording.citing import basis_of
    from policy_options.wording.tables import option_table

    ranking = assessment.ranking
    if option not in ranking.problem.option_index:
        raise PolicyOptionsError.of(
            "unknown-id",
            f"`{option}` is no option of this dossier",
            did_you_mean(option, ranking.problem.option_ids),
            ids=(option,),
        )
    model = loaded.contents.options[option].model
    table = option_table(
        assessment, option, phrases, {name: basis_of(loaded.contents, score) for name, score in model.scores.items()}
    )
    if format is Format.CSV:
        from policy_options.exchange.delimited import csv_text

        return csv_text(table)
    if format is Format.JSON:
        from policy_options.exchange.published import json_text, option_form

        return json_text(option_form(loaded, assessment, option))
    from policy_options.cli.results import tables_text
    from policy_options.wording.sentences import status_note

    weight_set = loaded.contents.weight_sets[ranking.weights.id].model
    row = ranking.problem.option_index[option]
    title = phrases.say(
        "option.title",
        option=model.title,
        weights=weight_set.title,
        rank=int(ranking.ranks[row]),
        value=phrases.numbers.points(ranking.value(option)),
        status=status_note(weight_set.status, phrases),
    )
    notes = [f"{name}: {score.rationale}" for name, score in model.scores.items() if score.rationale]
    return tables_text([(title, table)], notes, phrases, format, output)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(rank)
