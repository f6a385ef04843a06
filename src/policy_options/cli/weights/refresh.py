"""``weights refresh``: what changed since a weight set was given, and confirmation that its judgements remain valid."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from policy_options.cli.options import DebugOption, DossierOption, VerboseOption, complete_weights
from policy_options.cli.running import command, say

if TYPE_CHECKING:
    from policy_options.wording.phrase_keys import PhraseKey
    from policy_options.wording.phrases import Phrases

__all__ = ["register"]


@command
def refresh(
    weights: Annotated[str, typer.Argument(metavar="ID", autocompletion=complete_weights, help="The weight set.")],
    confirm: Annotated[
        bool, typer.Option("--confirm", help="The holder holds to the judgements on the ranges as they are now.")
    ] = False,
    carry_over: Annotated[
        bool,
        typer.Option("--carry-over", help="Change the weights so that trade-offs stay as they were, and confirm them."),
    ] = False,
    dossier: DossierOption = Path(),
    verbose: VerboseOption = False,
    debug: DebugOption = False,
) -> None:
    """Review a weight set whose ranges have changed.

    Without --confirm or --carry-over nothing is written.

    \b
    Examples:
      policy-options weights refresh balanced
      policy-options weights refresh balanced --confirm
    """
    from policy_options.analysis.elicitation.methods import METHODS
    from policy_options.api import Dossier
    from policy_options.cli.results import show_sections
    from policy_options.cli.weights.changes import left_alone
    from policy_options.dossier.changing import carried_over, carries_over, plan_refresh
    from policy_options.dossier.ranges import changes_since
    from policy_options.errors import PolicyOptionsError
    from policy_options.reports.report import Section
    from policy_options.reports.weight_changes import change_sections, moves_notes
    from policy_options.wording.phrases import load_phrases
    from policy_options.wording.weight_sets import change_words

    if confirm and carry_over:
        raise PolicyOptionsError.of(
            "options-contradict", "--confirm keeps the judgements and --carry-over changes them", "give one of the two"
        )
    loaded = Dossier.load(dossier)
    contents = loaded.contents
    loaded.weight_set(weights)
    phrases = load_phrases(contents.decision.model.language, [dossier / "templates"])
    changes = changes_since(contents, weights)
    stored = bool(contents.weight_sets[weights].model.given_on)
    notes = [_sentence(change_words(change, phrases), phrases) for change in changes]
    if not stored:
        notes.append(phrases.say("refresh.storing" if confirm else "stale.cannot"))
    elif not changes:
        notes.append(phrases.say("refresh.unchanged", weights=weights))
    planned = plan_refresh(contents, weights, carry_over=carry_over) if confirm or carry_over else None
    sections = []
    rates = METHODS[contents.weight_sets[weights].model.method].rates
    if carries_over(contents, weights) and not confirm:
        before, offered = loaded.weights(weights), carried_over(contents, weights)
        sections = change_sections(loaded, before, offered, phrases, carried=True)
        offer: PhraseKey = "refresh.carried" if carry_over else "refresh.offer" if rates else "refresh.offer-new"
        notes.append(phrases.say(offer, weights=weights))
        notes += moves_notes(loaded.rank(before), loaded.rank(offered), phrases)
    show_sections([*sections, Section(notes=tuple(notes))], phrases)
    if planned is not None and planned.after != planned.before:
        planned.write()
        said = left_alone(contents.weight_sets[weights].model) if carry_over else ["its date was left as it is"]
        say(f"saved {planned.path}; {'; '.join(said)}")
    elif planned is None and (changes or not stored):
        remedy = (
            f"; to change them as above: policy-options weights refresh {weights} --carry-over"
            if sections and rates
            else ""
        )
        say(
            "nothing was written. Once the holder confirms the judgements as they are: "
            f"policy-options weights refresh {weights} --confirm{remedy}"
        )


def _sentence(words: str, phrases: Phrases) -> str:
    """Words as a separate sentence."""
    return phrases.say("sentence", words=f"{words[0].upper()}{words[1:]}")


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(refresh)
