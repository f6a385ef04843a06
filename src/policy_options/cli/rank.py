"""``rank``: the options in order, with the basis of the order."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from policy_options.cli.options import (
    TABLE,
    DebugOption,
    DossierOption,
    FormatOption,
    OutputOption,
    ScenarioOption,
    TakeFromOption,
    VerboseOption,
    WeightsOption,
    complete_options,
)
from policy_options.cli.running import command, say, warn

if TYPE_CHECKING:
    from policy_options.reports.report import Report

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
    scenario: ScenarioOption = None,
    format: FormatOption = TABLE,
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
      policy-options rank --scenario tokyo-says-no
      policy-options rank --by-criterion --format csv --output ranking.csv
    """
    from policy_options.api import Dossier
    from policy_options.cli.results import show
    from policy_options.errors import PolicyOptionsError
    from policy_options.reports.option import OptionReport
    from policy_options.reports.ranking import RankingReport, WhatIf
    from policy_options.reports.rankings import RankingsReport

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
            "--take-from says what --set takes from, and --set is missing",
            "give --set too, or neither",
        )
    loaded = Dossier.load(dossier)
    loaded = loaded if scenario is None else loaded.in_scenario(scenario)
    common: dict[str, Any] = {"dossier": loaded, "templates": (dossier / "templates",)}
    if every:
        show(RankingsReport(overview=loaded.overview(), **common), format, output)
        for finding in loaded.contents.findings:
            if finding.code == "weights-stale":
                say(f"warning: {finding.message}; {finding.remedy}")
        warn(loaded.file_findings)
        return
    assessment = loaded.assess(loaded.what_if(weights, *change, take_from=take_from) if change else weights)
    what_if = WhatIf(tuple(change), take_from, loaded.rank(weights)) if change else None
    report: Report
    if explain is None:
        report = RankingReport(assessment=assessment, by_criterion=by_criterion, what_if=what_if, **common)
    else:
        report = OptionReport(assessment=assessment, option=explain, what_if=what_if, **common)
    show(report, format, output)
    for finding in loaded.stale(assessment.ranking.weights.id):
        say(f"warning: {finding.message}; {finding.remedy}")
    warn(loaded.file_findings)


def _was_typed(context: typer.Context, name: str) -> bool:
    """Whether an option was typed: one from the environment is a default, and contradicts nothing."""
    source = context.get_parameter_source(name)
    return source is not None and source.name == "COMMANDLINE"


def _refuse_beside_all(**options: object) -> None:
    from policy_options.errors import PolicyOptionsError

    given = [f"--{name.replace('_', '-')}" for name, value in options.items() if value]
    if given:
        raise PolicyOptionsError.of(
            "options-contradict", f"--all ranks under every set, and {given[0]} is of one", "leave one of the two out"
        )


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(rank)
