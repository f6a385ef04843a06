"""``rank``: the options in order, with what the order rests on."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from policy_options.cli.options import (
    DebugOption,
    DossierOption,
    Format,
    FormatOption,
    OutputOption,
    TakeFromOption,
    VerboseOption,
    WeightsOption,
    complete_options,
)
from policy_options.cli.running import command, emit, say, warn

if TYPE_CHECKING:
    from policy_options.analysis.assessment import Assessment
    from policy_options.api import Dossier
    from policy_options.dossier.eliciting import Weighting
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
SetOption = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="CHANGE",
        help="What if: cost=30, cost+=5, cost-=5 (per cent of total weight) or cost*=2; may be repeated.",
    ),
]
AllOption = Annotated[bool, typer.Option("--all", help="Rank under every weight set, side by side.")]
ByCriterionOption = Annotated[
    bool, typer.Option("--by-criterion", help="Show contributions by criterion, not by group.")
]


@command
def rank(
    context: typer.Context,
    dossier: DossierOption = Path(),
    weights: WeightsOption = None,
    explain: ExplainOption = None,
    by_criterion: ByCriterionOption = False,
    change: SetOption = None,
    take_from: TakeFromOption = None,
    every: AllOption = False,
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
      policy-options rank --set assured-supply=30 --set public-outlay-=5
      policy-options rank --all
      policy-options rank --explain carry-on
      policy-options rank --by-criterion --format csv --output ranking.csv
    """
    from policy_options.api import Dossier
    from policy_options.errors import PolicyOptionsError
    from policy_options.wording.phrases import load_phrases

    if every:
        _refuse_beside_all(
            weights=weights if _was_typed(context, "weights") else None,
            explain=explain,
            by_criterion=by_criterion,
            set=change,
            take_from=take_from,
        )
    elif take_from and not change:
        raise PolicyOptionsError.of(
            "options-contradict",
            "--take-from says what --set takes from, and there is none",
            "give --set too, or neither",
        )
    loaded = Dossier.load(dossier)
    if every:
        emit(_all(loaded, dossier, format, output), output)
        for finding in loaded.contents.findings:
            if finding.code == "weights-stale":
                say(f"warning: {finding.message}; {finding.remedy}")
        warn(loaded.file_findings)
        return
    assessment = loaded.assess(loaded.what_if(weights, *change, take_from=take_from) if change else weights)
    if format is Format.JSON:
        from policy_options.exchange.published import json_text, option_form, ranking_form
        from policy_options.exchange.weighting import what_if_form

        changed = what_if_form(loaded.rank(weights), change, take_from) if change else None
        if explain is None:
            emit(json_text(ranking_form(loaded, assessment, changed)), output)
        else:
            _refuse_unknown_option(assessment, explain)
            emit(json_text(option_form(loaded, assessment, explain, changed)), output)
    else:
        phrases = load_phrases(loaded.contents.decision.model.language, [dossier / "templates"])
        what_if = _changes(change, take_from, phrases)
        text = (
            _ranking(loaded, assessment, phrases, format, output, by_criterion, what_if)
            if explain is None
            else _option(loaded, assessment, phrases, format, output, explain, what_if)
        )
        emit(text, output)
    for finding in loaded.stale(assessment.ranking.weights.id):
        say(f"warning: {finding.message}; {finding.remedy}")
    warn(loaded.file_findings)


def _was_typed(context: typer.Context, name: str) -> bool:
    """Whether an option was typed: one that the environment names is a default, and contradicts nothing."""
    source = context.get_parameter_source(name)
    return source is not None and source.name == "COMMANDLINE"


def _refuse_beside_all(**options: object) -> None:
    from policy_options.errors import PolicyOptionsError

    given = [f"--{name.replace('_', '-')}" for name, value in options.items() if value]
    if given:
        raise PolicyOptionsError.of(
            "options-contradict", f"--all ranks under every set, and {given[0]} is of one", "leave one of the two out"
        )


def _all(loaded: Dossier, folder: Path, format: Format, output: Path | None) -> str:
    from policy_options.wording.phrases import load_phrases
    from policy_options.wording.side_by_side import rankings_notes, rankings_rows, rankings_table

    overview = loaded.overview()
    if format is Format.JSON:
        from policy_options.exchange.published import json_text
        from policy_options.exchange.weighting import rankings_form

        return json_text(rankings_form(loaded, overview))
    phrases = load_phrases(loaded.contents.decision.model.language, [folder / "templates"])
    if format is Format.CSV:
        from policy_options.exchange.delimited import csv_text

        return csv_text(rankings_rows(overview, phrases))
    from policy_options.cli.results import tables_text

    title = phrases.say("rank.all", dossier=loaded.contents.decision.model.title)
    short = format is Format.TABLE
    table = rankings_table(overview, phrases, numbered=short)
    return tables_text(
        [(title, table)], rankings_notes(loaded, overview, phrases, numbered=short), phrases, format, output
    )


def _ranking(
    loaded: Dossier,
    assessment: Assessment,
    phrases: Phrases,
    format: Format,
    output: Path | None,
    by_criterion: bool,
    what_if: str | None,
) -> str:
    from policy_options.wording.tables import criteria_table, ranking_table

    # A screen has no room for a column a criterion: there they get a table of their own.
    apart = by_criterion and format is Format.TABLE
    table = ranking_table(assessment, phrases, by_criterion=by_criterion and not apart)
    if format is Format.CSV:
        from policy_options.exchange.delimited import csv_text

        return csv_text(table)
    from policy_options.cli.results import tables_text
    from policy_options.wording.sentences import ranking_notes
    from policy_options.wording.titles import option_titles

    contents = loaded.contents
    weight_set = loaded.weighting(assessment.ranking.weights.id)
    title = phrases.say(
        "rank.title",
        dossier=contents.decision.model.title,
        **_under(weight_set, what_if, phrases),
    )
    titles = option_titles(assessment.ranking.problem)
    notes = ranking_notes(assessment, phrases, titles)
    if assessment.baseline is not None:
        notes.insert(0, phrases.say("rank.baseline", option=titles[assessment.baseline]))
    notes += _doubts(weight_set, what_if, phrases)
    blocks = [(title, table)]
    if what_if:
        from policy_options.wording.weighting import changed_shares_table, moves_table

        before = loaded.rank(weight_set.id)
        ids = before.problem.criterion_ids
        old, new = (dict(zip(ids, one.shares.tolist(), strict=True)) for one in (before, assessment.ranking))
        blocks.append((phrases.say("what-if.weights", weights=weight_set.id), changed_shares_table(old, new, phrases)))
        blocks.append((phrases.say("what-if.moves"), moves_table(before, assessment.ranking, phrases)))
        if before.ranks_alike(assessment.ranking):
            notes.insert(0, phrases.say("what-if.kept"))
    if apart:
        blocks.append((phrases.say("rank.by-criterion"), criteria_table(assessment, phrases)))
    return tables_text(blocks, notes, phrases, format, output)


def _changes(change: list[str] | None, take_from: str | None, phrases: Phrases) -> str | None:
    """The changes of a what-if in words; ``None`` where weights are as in their file."""
    if not change:
        return None
    said = ", ".join(change)
    return phrases.say("what-if.taken", changes=said, source=take_from) if take_from else said


def _under(held: Weighting, what_if: str | None, phrases: Phrases) -> dict[str, object]:
    """The title of the weights and their status; of weights in no file, the changes, and that nobody was asked for them."""
    from policy_options.wording.sentences import status_note

    if what_if is None:
        return {"weights": held.title, "status": status_note(held.status, phrases)}
    title = phrases.say("what-if.weights-title", weights=held.title, changes=what_if)
    return {"weights": title, "status": phrases.say("what-if.status")}


def _option(
    loaded: Dossier,
    assessment: Assessment,
    phrases: Phrases,
    format: Format,
    output: Path | None,
    option: str,
    what_if: str | None,
) -> str:
    from policy_options.wording.citing import basis_of
    from policy_options.wording.tables import option_table

    _refuse_unknown_option(assessment, option)
    ranking = assessment.ranking
    model = loaded.contents.options[option].model
    table = option_table(
        assessment, option, phrases, {name: basis_of(loaded.contents, score) for name, score in model.scores.items()}
    )
    if format is Format.CSV:
        from policy_options.exchange.delimited import csv_text

        return csv_text(table)
    from policy_options.cli.results import tables_text

    weight_set = loaded.weighting(ranking.weights.id)
    row = ranking.problem.option_index[option]
    title = phrases.say(
        "option.title",
        option=model.title,
        rank=int(ranking.ranks[row]),
        value=phrases.numbers.points(ranking.value(option)),
        **_under(weight_set, what_if, phrases),
    )
    notes = [f"{name}: {score.rationale}" for name, score in model.scores.items() if score.rationale]
    notes += _doubts(weight_set, what_if, phrases)
    return tables_text([(title, table)], notes, phrases, format, output)


def _doubts(held: Weighting, what_if: str | None, phrases: Phrases) -> list[str]:
    """What must be said of the weights themselves: how far people differ, whose judgements contradict, what was sampled."""
    from policy_options.wording.weight_set_page import combined_notes, consistency_sentences, region_sentences

    notes = []
    if held.combined is not None:
        # Weights of a what-if are those of no rule, and people differ all the same.
        notes += combined_notes(replace(held.combined, rule=None) if what_if else held.combined, phrases)
    for id, elicited in held.people.items():
        said: list[str] = []
        if elicited.consistency is not None and not elicited.consistency.within:
            said = consistency_sentences(elicited, phrases)
        elif elicited.sampled is not None:
            said = region_sentences(elicited, phrases)
        if said:
            notes.append(phrases.say("combined.of", weights=id, notes=" ".join(said)))
    return notes


def _refuse_unknown_option(assessment: Assessment, option: str) -> None:
    """Refuse an id that is no option, with the one that was meant."""
    from policy_options.dossier.validation import did_you_mean
    from policy_options.errors import PolicyOptionsError

    known = assessment.ranking.problem.option_ids
    if option not in known:
        raise PolicyOptionsError.of(
            "unknown-id", f"`{option}` is no option of this dossier", did_you_mean(option, known), ids=(option,)
        )


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(rank)
