"""``weights elicit``: an interview in the terminal, or a file of answers, that becomes a person's weight set.

This module decides what is asked and where the answers so far are; ``terminal_interview`` runs it.
"""

from __future__ import annotations

import os
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from policy_options.cli.options import DebugOption, DossierOption, VerboseOption
from policy_options.cli.running import command, emit
from policy_options.errors import PolicyOptionsError

if TYPE_CHECKING:
    from policy_options.analysis.elicitation.interview import Interview
    from policy_options.api import Dossier
    from policy_options.dossier.answer_files import GivenAnswers

__all__ = ["register"]

_COLUMNS: Final = 100


def _methods(incomplete: str = "") -> list[str]:
    """The names of the methods that can be used in the terminal."""
    from policy_options.analysis.elicitation.methods import METHODS  # which needs numpy, and --help does not

    return [name for name, method in METHODS.items() if method.interviews and name.startswith(incomplete)]


class Across(StrEnum):
    """The scope within which swings are compared."""

    LEAVES = "leaves"
    SIBLINGS = "siblings"


@command
def elicit(
    id: Annotated[str, typer.Argument(metavar="ID", help="The id of the new set: its file's name.")],
    method: Annotated[
        str | None,
        typer.Option(
            "--method",
            metavar="NAME",
            autocompletion=_methods,
            help="How to ask: swing, or another of docs/weights.md, such as ahp.",
            show_default="swing",
        ),
    ] = None,
    across: Annotated[
        Across | None,
        typer.Option(
            "--across", help="All criteria at once, or group by group.", show_default="siblings where there are groups"
        ),
    ] = None,
    holder: Annotated[
        str | None, typer.Option("--holder", help="Whose judgements these are; asked if left out.")
    ] = None,
    title: Annotated[str | None, typer.Option("--title", help="What people read; asked if left out.")] = None,
    because: Annotated[str | None, typer.Option("--because", help="The rationale; asked if left out.")] = None,
    date: Annotated[str | None, typer.Option("--date", metavar="YYYY-MM-DD", show_default="today")] = None,
    answers: Annotated[
        Path | None,
        typer.Option("--answers", metavar="FILE", help="Take the answers from a file, and ask nothing."),
    ] = None,
    dossier: DossierOption = Path(),
    verbose: VerboseOption = False,
    debug: DebugOption = False,
) -> None:
    """Ask a person for weights, question by question.

    Every answer is saved immediately: the same command resumes an interview that was interrupted. Answers can be taken
    back.

    \b
    Examples:
      policy-options weights elicit minister
      policy-options weights elicit minister --method best-worst
      policy-options weights elicit minister --answers answers.txt \\
        --holder "The minister" --because "Asked on the day of the review."
    """
    from policy_options.api import Dossier
    from policy_options.cli.weights.changes import day_of
    from policy_options.cli.weights.terminal_interview import TerminalInterview
    from policy_options.dossier.answer_files import read_answers, refuse_taken, state_path
    from policy_options.wording.interview import Asking
    from policy_options.wording.phrases import load_phrases

    loaded = Dossier.load(dossier)
    contents = loaded.contents
    refuse_taken(contents, id)
    day = day_of(date) if date is not None else None
    path = state_path(contents, id)
    given = read_answers(path, str(path)) if path.exists() else None
    if answers is not None:
        if given is not None:
            raise PolicyOptionsError.of(
                "answers-twice",
                f"an unfinished interview on `{id}` is kept in {path}",
                "go on with it without --answers, or delete it",
                ids=(id,),
            )
        given = read_answers(answers, str(answers))
    _refuse_unwritable(path.parent)
    phrases = load_phrases(contents.decision.model.language, [dossier / "templates"])
    talk = TerminalInterview(
        id=id,
        dossier=loaded,
        folder=dossier,
        asking=Asking.of(contents, loaded.problem, phrases, _columns()),
        interview=_begun(loaded, id, method, across, given),
        day=day or (given.head.date if given else None),
        path=path,
    )
    talk.options(holder, title, because)
    if given is not None:
        talk.resume(given)
    if answers is not None:
        talk.by_file(str(answers))
    else:
        talk.by_person()
    emit(f"{talk.target}\n", None)


def _begun(
    dossier: Dossier, id: str, method: str | None, across: Across | None, given: GivenAnswers | None
) -> Interview:
    """The interview requested, or stored in a file; refused if the two differ, or the ranges have changed."""
    from policy_options.analysis.elicitation.interview import begin
    from policy_options.dossier.answer_files import on_these_ranges
    from policy_options.dossier.eliciting import paths_of

    head = given.head if given else None
    for option, asked, held in (
        ("--method", method, head.method if head else None),
        ("--across", across, head.across if head else None),
    ):
        if given is not None and asked is not None and held is not None and str(asked) != held:
            raise PolicyOptionsError.of(
                "other-interview",
                f"the answers in {given.file} were given to {option} {held}, not {asked}",
                f"leave {option} out to go on with them, or delete the file to begin afresh",
                ids=(id,),
            )
    if given is not None and head and head.ranges is not None and not on_these_ranges(dossier.contents, head.ranges):
        raise PolicyOptionsError.of(
            "ranges-changed",
            f"the ranges of the criteria have changed since the answers in {given.file} were given",
            "delete the file and begin afresh: judgements are about the ranges that were shown",
            ids=(id,),
        )
    grouped = any(len(dossier.problem.columns_of(group)) > 1 for group in dossier.contents.groups)
    chosen = across.value if across else head.across if head and head.across else "siblings" if grouped else "leaves"
    by = method or (head.method if head and head.method else "swing")
    if by not in _methods():
        from policy_options.dossier.validation import did_you_mean

        raise PolicyOptionsError.of(
            "method", f"`{by}` is no method that is asked in the terminal", did_you_mean(by, _methods()), ids=(by,)
        )
    return begin(by, paths_of(dossier.contents), chosen, seed=dossier.contents.decision.model.seed)


def _refuse_unwritable(folder: Path) -> None:
    nearest = next((above for above in (folder, *folder.parents) if above.exists()), folder)
    if not nearest.is_dir() or not os.access(nearest, os.W_OK):
        raise PolicyOptionsError.of("not-writable", f"{folder} cannot be written to", "check its permissions")


def _columns() -> int:
    """The width of the terminal for the interview; ``COLUMNS`` is respected."""
    try:
        return int(os.environ.get("COLUMNS", "")) or _COLUMNS
    except ValueError:
        pass
    try:
        return os.get_terminal_size(sys.stderr.fileno()).columns or _COLUMNS
    except (AttributeError, ValueError, OSError):
        return _COLUMNS


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(elicit)
