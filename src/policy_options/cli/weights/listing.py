"""``weights list``: every weight set, whose it is, how it came about, and who leads under it."""

from __future__ import annotations

from pathlib import Path

import typer

from policy_options.cli.options import DebugOption, DossierOption, Format, FormatOption, OutputOption, VerboseOption
from policy_options.cli.running import command, emit, say

__all__ = ["register"]


@command
def listing(
    dossier: DossierOption = Path(),
    format: FormatOption = Format.TABLE,
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
    from policy_options.wording.phrases import load_phrases

    loaded = Dossier.load(dossier)
    overview = loaded.overview()
    if format is Format.JSON:
        from policy_options.exchange.published import json_text
        from policy_options.exchange.weighting import weight_sets_form

        emit(json_text(weight_sets_form(loaded, overview)), output)
        return
    from policy_options.wording.weighting import weight_sets_table
    from policy_options.wording.weighting_rows import weight_sets_rows

    phrases = load_phrases(loaded.contents.decision.model.language, [dossier / "templates"])
    table = weight_sets_table(loaded, overview, phrases)
    if format is Format.CSV:
        from policy_options.exchange.delimited import csv_text

        emit(csv_text(weight_sets_rows(loaded, overview)), output)
        return
    from policy_options.cli.results import tables_text
    from policy_options.dossier.interviews import unfinished
    from policy_options.wording.side_by_side import notes_on_sets

    title = phrases.say("weights.list", dossier=loaded.contents.decision.model.title)
    notes = notes_on_sets(loaded, overview, phrases)
    notes += [phrases.say("weights.unfinished", weights=name) for name in unfinished(dossier)]
    emit(tables_text([(title, table)], notes, phrases, format, output), output)
    for finding in loaded.contents.findings:
        if finding.code == "weights-stale":
            say(f"warning: {finding.message}; {finding.remedy}")


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("list")(listing)
