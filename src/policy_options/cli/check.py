"""``check``: faults and findings of a dossier, and whether its ranking says more than its weights."""

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
)
from policy_options.cli.running import ANSWER_IS_NO, answering, say

__all__ = ["register"]

SourcesOption = Annotated[
    Path | None,
    typer.Option(
        "--sources",
        metavar="DIR",
        envvar="POLICY_OPTIONS_SOURCES",
        help="A folder with the cited files, <source>.txt, .md, .html, .docx or .pdf, to look for the citations in.",
    ),
]


@answering
def check(
    dossier: DossierOption = Path(),
    sources: SourcesOption = None,
    format: FormatOption = TABLE,
    output: OutputOption = None,
    verbose: VerboseOption = False,
    debug: DebugOption = False,
) -> None:
    """Check a dossier, and show who leads by criterion and set.

    Reports errors, findings and citations, the best option on each criterion, and the first under each weight set.

    Exit status 1 means that there are open findings, 2 that the dossier has errors.

    \b
    Examples:
      policy-options check
      policy-options check --sources ../texts
      policy-options check --format json
    """
    from policy_options.api import Dossier
    from policy_options.cli.results import show
    from policy_options.reports.check import FindingsReport
    from policy_options.wording.faults import render_faults

    loaded = Dossier.load(dossier)
    checked = loaded.check(sources)
    report = FindingsReport(
        dossier=loaded, templates=(dossier / "templates",), checked=checked, overview=loaded.overview()
    )
    show(report, format, output)
    if checked.findings:
        say(render_faults(checked.findings))
        raise typer.Exit(ANSWER_IS_NO)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(check)
