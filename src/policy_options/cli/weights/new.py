"""``weights new``: a set of direct weights made from another, which it names as its parent."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from policy_options.cli.options import (
    DebugOption,
    DossierOption,
    DryRunOption,
    TakeFromOption,
    VerboseOption,
    complete_weights,
)
from policy_options.cli.running import command, emit, say

__all__ = ["register"]


@command
def new(
    name: Annotated[str, typer.Argument(metavar="NEW", help="The id of the new set.")],
    parent: Annotated[
        str,
        typer.Option("--from", metavar="ID", autocompletion=complete_weights, help="The set that it begins as."),
    ],
    holder: Annotated[str, typer.Option("--holder", help="Whose view of what matters this is.")],
    because: Annotated[str, typer.Option("--because", help="Why these weights: the rationale.")],
    changes: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[CHANGES...]", help="As for weights set: cost=30, cost+=5, cost*=2.", show_default=False
        ),
    ] = None,
    take_from: TakeFromOption = None,
    carry_over: Annotated[
        bool,
        typer.Option("--carry-over", help="Begin with the weights that keep trade-offs on the ranges as they are now."),
    ] = False,
    title: Annotated[str | None, typer.Option("--title", help="What people read.", show_default="the holder's")] = None,
    elicited: Annotated[
        bool, typer.Option("--elicited", help="The holder was asked; without it the set is illustrative.")
    ] = False,
    date: Annotated[str | None, typer.Option("--date", metavar="YYYY-MM-DD", show_default="today")] = None,
    dry_run: DryRunOption = False,
    dossier: DossierOption = Path(),
    verbose: VerboseOption = False,
    debug: DebugOption = False,
) -> None:
    """Make a weight set from another, with changes.

    \b
    Examples:
      policy-options weights new ours --from balanced assured-supply=30 \\
        --holder "Supply unit" --because "Security of supply matters more to us."
    """
    from policy_options.analysis.reweighting import read_edits
    from policy_options.api import Dossier
    from policy_options.atomic import write_atomically
    from policy_options.cli.results import show_sections
    from policy_options.cli.weights.changes import checked_draft, day_of
    from policy_options.dossier.changing import as_percentages, carried_over, carries_over, changed_weights
    from policy_options.dossier.contents import WEIGHTS
    from policy_options.errors import PolicyOptionsError
    from policy_options.reports.report import Section
    from policy_options.reports.weight_changes import change_sections, moves_notes
    from policy_options.wording.phrases import load_phrases

    loaded = Dossier.load(dossier)
    contents = loaded.contents
    before = loaded.weights(parent)
    stale = loaded.stale(parent)
    if stale and not carry_over:
        raise PolicyOptionsError.of(
            "parent-stale",
            f"{stale[0].message}, and a new set made from it would hide that",
            f"review it with policy-options weights refresh {stale[0].ids[0]}"
            + (", or make the new set with --carry-over" if carries_over(contents, parent) else ""),
            ids=(parent,),
        )
    start = carried_over(contents, parent) if carry_over else before
    weights = changed_weights(contents, start, read_edits(changes or []), take_from=take_from)
    text = checked_draft(
        contents,
        name,
        title=title or holder,
        holder=holder,
        status="elicited" if elicited else "illustrative",
        rationale=_with_changes(because, parent, changes, take_from),
        day=day_of(date),
        method="direct",
        across="leaves",
        answers={"judgements": as_percentages(contents, weights)},
        parent=parent,
    )
    phrases = load_phrases(contents.decision.model.language, [dossier / "templates"])
    sections = change_sections(loaded, before, replace(weights, id=name), phrases)
    notes = moves_notes(loaded.rank(before), loaded.rank(weights), phrases)
    show_sections([*sections, Section(notes=tuple(notes))], phrases)
    path = dossier / WEIGHTS / f"{name}.yaml"
    if dry_run:
        emit(f"\n{text.partition('# The ranges')[0]}", None)
        say("nothing was written; the file would also hold the ranges of all criteria as they are now")
        return
    write_atomically(path, text.encode(), new=True)
    say(f"saved {path}; see it with: policy-options weights show {name}")
    if not loaded.weighting(parent).model.given_on:
        say(f"{parent} does not store the ranges that it was given on; {name} stores those of today")


def _with_changes(because: str, parent: str, changes: list[str] | None, take_from: str | None) -> str:
    """The reason, followed by the changes: a set says how it was made even without its parent at hand."""
    if not because.strip() or not changes:
        return because
    taken = f", taken from {take_from}" if take_from else ""
    return f"{because.rstrip()} (From {parent}: {', '.join(changes)}{taken}.)"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(new)
