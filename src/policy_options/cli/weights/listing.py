"""``weights list``: every weight set, whose it is, how it was derived, and who leads under it."""

from __future__ import annotations

from pathlib import Path

import typer

from policy_options.cli.options import (
    TABLE,
    DebugOption,
    DossierOption,
    FormatOption,
    OutputOption,
    VerboseOption,
)
from policy_options.cli.running import command, say

__all__ = ["register"]


@command
def listing(
    dossier: DossierOption = Path(),
    format: FormatOption = TABLE,
    output: OutputOption = None,
    verbose: VerboseOption = False,
    debug: DebugOption = False,
) -> None:
    """List the weight sets, and who leads under each.

    \b
    Examples:
      policy-options weights list
      policy-options weights list --format csv
    """
    from policy_options.api import Dossier
    from policy_options.cli.results import show
    from policy_options.dossier.answer_files import unfinished
    from policy_options.reports.weight_sets import WeightSetsReport

    loaded = Dossier.load(dossier)
    report = WeightSetsReport(
        dossier=loaded,
        templates=(dossier / "templates",),
        overview=loaded.overview(),
        unfinished=tuple(unfinished(dossier)),
    )
    show(report, format, output)
    for finding in loaded.contents.findings:
        if finding.code == "weights-stale":
            say(f"warning: {finding.message}; {finding.remedy}")


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("list")(listing)
