"""``weights show``: one weight set with its judgements, the weights derived from them, and the ranges they were given on."""

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
    complete_weights,
)
from policy_options.cli.running import command

__all__ = ["register"]


@command
def show(
    weights: Annotated[
        str, typer.Argument(metavar="ID", autocompletion=complete_weights, help="The set, or set/participant.")
    ],
    dossier: DossierOption = Path(),
    format: FormatOption = TABLE,
    output: OutputOption = None,
    verbose: VerboseOption = False,
    debug: DebugOption = False,
) -> None:
    """Show a weight set: judgements, weights, ranges, consistency.

    \b
    Examples:
      policy-options weights show balanced
      policy-options weights show council/chair --format json
    """
    from policy_options.api import Dossier
    from policy_options.cli.results import show as show_report
    from policy_options.reports.weight_set import WeightSetReport

    loaded = Dossier.load(dossier)
    show_report(WeightSetReport(dossier=loaded, templates=(dossier / "templates",), weights=weights), format, output)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(show)
