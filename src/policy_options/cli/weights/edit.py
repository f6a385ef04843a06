"""``weights set``: a one-line change to a weight set of points or direct weights, which leaves the rest of its file
unchanged.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from policy_options.cli.options import (
    DebugOption,
    DossierOption,
    DryRunOption,
    EditsArgument,
    TakeFromOption,
    VerboseOption,
    complete_weights,
)
from policy_options.cli.running import command, emit, say

__all__ = ["register"]


@command
def edit(
    weights: Annotated[str, typer.Argument(metavar="ID", autocompletion=complete_weights, help="The weight set.")],
    changes: EditsArgument,
    take_from: TakeFromOption = None,
    dry_run: DryRunOption = False,
    dossier: DossierOption = Path(),
    verbose: VerboseOption = False,
    debug: DebugOption = False,
) -> None:
    """Change a weight set, and show the effect.

    All changes are applied together; the other criteria keep their proportions.

    \b
    Examples:
      policy-options weights set balanced assured-supply=20
      policy-options weights set balanced cost+=5 say-in-rules-=5 --dry-run
      policy-options weights set balanced 'cost*=2' --take-from standing
    """
    from policy_options.analysis.reweighting import read_edits
    from policy_options.api import Dossier
    from policy_options.cli.results import show_sections
    from policy_options.cli.weights.changes import diff_text, left_alone
    from policy_options.dossier.changing import plan_edit
    from policy_options.reports.report import Section
    from policy_options.reports.weight_changes import change_sections, moves_notes
    from policy_options.wording.phrases import load_phrases

    edits = read_edits(changes)
    loaded = Dossier.load(dossier)
    set_id = weights.partition("/")[0]
    loaded.weight_set(set_id)
    planned = plan_edit(loaded.contents, set_id, edits, take_from=take_from)
    phrases = load_phrases(loaded.contents.decision.model.language, [dossier / "templates"])
    before = loaded.weights(weights)
    sections = change_sections(loaded, before, planned.weights, phrases)
    notes = moves_notes(loaded.rank(before), loaded.rank(planned.weights), phrases)
    show_sections([*sections, Section(notes=tuple(notes))], phrases)
    if dry_run:
        emit("\n" + diff_text(planned), None)
        say("nothing was written")
    elif planned.after == planned.before:
        say("nothing was written: the weights are these already")
    else:
        planned.write()
        say(f"saved {planned.path}; {'; '.join(left_alone(loaded.weight_set(set_id)))}")
    for finding in loaded.stale(weights):
        say(f"warning: {finding.message}; {finding.remedy}")


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("set")(edit)
