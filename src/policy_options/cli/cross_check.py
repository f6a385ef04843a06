"""``cross-check``: whether other methods of ranking keep the first option first, and which assumptions differ."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from policy_options.cli.options import (
    TABLE,
    DebugOption,
    DossierOption,
    FormatOption,
    OutputOption,
    VerboseOption,
    WeightsOption,
)
from policy_options.cli.running import command, say, warn

__all__ = ["register"]

MethodOption = Annotated[
    list[str] | None,
    typer.Option("--method", metavar="NAME", help="Try this method alone, such as topsis; may be repeated."),
]
FullOption = Annotated[
    bool,
    typer.Option(
        "--full", help="Show ranks by method, pairs, what each is given, thresholds, and weights by spread alone."
    ),
]


@command
def cross_check(
    dossier: DossierOption = Path(),
    weights: WeightsOption = None,
    method: MethodOption = None,
    full: FullOption = False,
    format: FormatOption = TABLE,
    output: OutputOption = None,
    verbose: VerboseOption = False,
    debug: DebugOption = False,
) -> None:
    """Show whether other methods of ranking keep the first option.

    Twelve methods are tried. For each that does not, the pair that it orders otherwise is shown, with the assumptions
    that turn it. These are diagnostics: the advice rests on the additive model.

    \b
    Examples:
      policy-options cross-check
      policy-options cross-check --full
      policy-options cross-check --weights supply-security --method promethee-2 --method electre-3
      policy-options cross-check --format json --output cross-check.json
    """
    from policy_options.api import Dossier
    from policy_options.cli.results import show
    from policy_options.reports.cross_check import CrossCheckReport

    loaded = Dossier.load(dossier)
    found = loaded.cross_check(weights, method or ())
    derived, missing = loaded.spread_weights() if full else ((), ())
    report = CrossCheckReport(
        dossier=loaded,
        templates=(dossier / "templates",),
        found=found,
        full=full,
        diagnostics=derived,
        not_derived=tuple(refusal.faults[0].message for refusal in missing),
    )
    show(report, format, output)
    for refusal in missing:
        say(f"warning: {refusal}")
    for finding in loaded.stale(found.ranking.weights.id):
        say(f"warning: {finding.message}; {finding.remedy}")
    warn(loaded.file_findings)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("cross-check")(cross_check)
