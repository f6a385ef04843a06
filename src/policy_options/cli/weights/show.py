"""``weights show``: one weight set with its judgements, the weights derived from them, and the ranges they were given on."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from policy_options.cli.options import (
    DebugOption,
    DossierOption,
    Format,
    FormatOption,
    OutputOption,
    VerboseOption,
    complete_weights,
)
from policy_options.cli.running import command, emit

__all__ = ["register"]


@command
def show(
    weights: Annotated[
        str, typer.Argument(metavar="ID", autocompletion=complete_weights, help="The set, or set/participant.")
    ],
    dossier: DossierOption = Path(),
    format: FormatOption = Format.TABLE,
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
    from policy_options.wording.phrases import load_phrases

    loaded = Dossier.load(dossier)
    phrases = load_phrases(loaded.contents.decision.model.language, [dossier / "templates"])
    if format is Format.JSON:
        from policy_options.exchange.published import json_text
        from policy_options.exchange.weighting import weight_set_form

        emit(json_text(weight_set_form(loaded, weights)), output)
    elif format is Format.CSV:
        from policy_options.exchange.delimited import csv_text
        from policy_options.wording.weight_set_page import spread_of
        from policy_options.wording.weighting_rows import shares_rows

        # Several people's weights have a spread; where no rule combines them, they have nothing else.
        spread = spread_of(loaded, weights, phrases)
        table = shares_rows(loaded.weighting(weights), loaded.problem) if spread is None else spread
        emit(csv_text(table), output)
    else:
        from policy_options.cli.results import tables_text
        from policy_options.wording.weight_set_page import weight_set_page

        blocks, notes = weight_set_page(loaded, weights, phrases)
        emit(tables_text(blocks, notes, phrases, format, output), output)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(show)
