"""``weights diagnose``: entropy and CRITIC weights beside the sets; diagnostics of the scores, and nobody's preference."""

from __future__ import annotations

from pathlib import Path

import typer

from policy_options.cli.options import DebugOption, DossierOption, Format, FormatOption, OutputOption, VerboseOption
from policy_options.cli.running import command, emit, say

__all__ = ["register"]


@command
def diagnose(
    dossier: DossierOption = Path(),
    format: FormatOption = Format.TABLE,
    output: OutputOption = None,
    verbose: VerboseOption = False,
    debug: DebugOption = False,
) -> None:
    """Compare the sets with entropy and CRITIC weights.

    These follow from how far the scores of the options lie apart. They say where scores tell options apart, and nothing
    about what matters. Needs: pip install "policy-options[diagnostics]"

    \b
    Examples:
      policy-options weights diagnose
    """
    from policy_options.analysis.diagnostics import METHODS, ObjectiveWeights, objective_weights
    from policy_options.api import Dossier
    from policy_options.errors import PolicyOptionsError
    from policy_options.wording.phrases import load_phrases
    from policy_options.wording.weighting import diagnostics_table

    loaded = Dossier.load(dossier)
    found: list[ObjectiveWeights] = []
    refused: list[PolicyOptionsError] = []
    for method in METHODS:
        try:
            found += objective_weights(loaded.problem, methods=[method])
        except PolicyOptionsError as error:
            refused.append(error)
    if not found:
        raise refused[0]
    vectors = [loaded.weights(name) for name in loaded.weight_sets]
    if format is Format.JSON:
        from policy_options.exchange.published import json_text
        from policy_options.exchange.weighting import diagnostics_form

        emit(json_text(diagnostics_form(loaded, found, vectors)), output)
    else:
        phrases = load_phrases(loaded.contents.decision.model.language, [dossier / "templates"])
        table = diagnostics_table(found, vectors, phrases)
        if format is Format.CSV:
            from policy_options.exchange.delimited import csv_text

            emit(csv_text(table), output)
        else:
            from policy_options.cli.results import tables_text

            title = phrases.say("diagnostics.title", dossier=loaded.contents.decision.model.title)
            notes = [phrases.say("diagnostics.note"), *(one.source for one in found)]
            emit(tables_text([(title, table)], notes, phrases, format, output), output)
    for refusal in refused:
        say(f"warning: {refusal}")


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(diagnose)
