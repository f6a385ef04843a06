"""``scenarios``: the same options in several futures."""

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


@command
def scenarios(
    dossier: DossierOption = Path(),
    weights: WeightsOption = None,
    charts: Annotated[
        Path | None, typer.Option("--charts", metavar="DIR", help="Write the charts (SVG) into this folder too.")
    ] = None,
    format: FormatOption = TABLE,
    output: OutputOption = None,
    verbose: VerboseOption = False,
    debug: DebugOption = False,
) -> None:
    """Show in which futures the advice holds, and what to watch.

    \b
    Examples:
      policy-options scenarios
      policy-options scenarios --weights supply-security
      policy-options scenarios --format json --output scenarios.json
      policy-options scenarios --charts charts
    """
    from policy_options.api import Dossier
    from policy_options.cli.results import show, write_charts
    from policy_options.reports.scenarios import ScenariosReport

    loaded = Dossier.load(dossier)
    found = loaded.scenarios(weights)
    report = ScenariosReport(dossier=loaded, templates=(dossier / "templates",), scenarios=found)
    if charts is not None:
        write_charts(charts, {name: figure.svg for name, figure in report.charts().items()})
    show(report, format, output)
    for name in dict.fromkeys((*found.stale, found.weights.id)):
        for finding in loaded.stale(name):
            say(f"warning: {finding.message}; {finding.remedy}")
    warn(loaded.file_findings)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(scenarios)
