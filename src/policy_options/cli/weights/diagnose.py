"""``weights diagnose``: entropy, CRITIC and MEREC weights next to the sets, which are nobody's preference."""

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
def diagnose(
    dossier: DossierOption = Path(),
    format: FormatOption = TABLE,
    output: OutputOption = None,
    verbose: VerboseOption = False,
    debug: DebugOption = False,
) -> None:
    """Compare the sets with entropy, CRITIC and MEREC weights.

    These are derived from how far the scores of the options differ. They show where scores distinguish options, and
    nothing about what matters. The first two need: pip install "policy-options[diagnostics]"

    \b
    Examples:
      policy-options weights diagnose
    """
    from policy_options.api import Dossier
    from policy_options.cli.results import show
    from policy_options.reports.diagnostics import DiagnosticsReport

    loaded = Dossier.load(dossier)
    found, refused = loaded.spread_weights()
    if not found:
        raise refused[0]
    vectors = [loaded.weights(name) for name in loaded.weight_sets]
    report = DiagnosticsReport(
        dossier=loaded, templates=(dossier / "templates",), diagnostics=found, vectors=tuple(vectors)
    )
    show(report, format, output)
    for refusal in refused:
        say(f"warning: {refusal}")


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(diagnose)
