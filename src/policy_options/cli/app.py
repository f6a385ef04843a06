"""The application: its commands in the order in which a user meets them, and their common options."""

from __future__ import annotations

from importlib import import_module
from typing import Annotated, Final

import typer

__all__ = ["application"]

_SUMMARIES: Final = {
    "new": "Make a dossier: blank, from a file, or a copy of the example.",
    "check": "Check a dossier, and show who leads by criterion and set.",
    "rank": "Rank the options under a weight set.",
    "diff": "Compare rankings across weight sets or versions of a dossier.",
    "robustness": "Show how firm the ranking is, and what would change it.",
    "scenarios": "Show in which futures the advice holds, and what to watch.",
    "packages": "Find what to do together under resources and rules.",
    "cross-check": "Show whether other methods of ranking keep the first option.",
    "explore": "Open the dossier in a browser, where weights are sliders.",
    "memo": "Render the memo of a dossier as a PDF, or as a Word file.",
    "export": "Write a workbook that calculates, a web page, or XMCDA.",
    "import": "Write changes made in a workbook back to the files.",
    "verify": "Make a memo again from the inputs inside it, and compare.",
    "extract": "Write the dossier inside a memo into an empty folder.",
    "schema": "Write JSON Schemas of dossier files, results and contents.",
    "weights": "List, show, change, make and elicit weight sets.",
    "source": "Add sources.",
}
"""What the help of the whole says of each command, in its order: a test checks that the commands say the same of themselves."""

_FILES: Final = {"import": "import_", "cross-check": "cross_check"}
_MODULES: Final = tuple(_FILES.get(name, name) for name in _SUMMARIES if name != "extract")
_HELP: Final = ("-h", "--help")

_MODULE_OF: Final = {**{name: _FILES.get(name, name) for name in _SUMMARIES}, "extract": "verify"}
"""The module of each command; a test compares it with what the modules register."""


def application(asked: str | None = None) -> typer.Typer:
    """Build the command line: all of it, or only what ``asked``, the first argument, needs.

    Building the command line, with the help of every command, takes a twentieth of a ``rank``: a process asked for one
    command builds only that one, and one asked for help only the list of commands. Anything else gets all, since its
    remedies name the others.
    """
    # Rich would draw the help in boxes, at half the cost of the whole help: plain help starts in two thirds of the time.
    app = typer.Typer(
        name="policy-options",
        help="Rank policy options from a dossier, question the ranking, and render the memo.",
        epilog="Exit status: 0 done; 1 the answer is no; 2 usage or input error; 130 interrupted; 70 our fault.",
        no_args_is_help=True,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": list(_HELP)},
    )
    if asked in _HELP:
        for name, summary in _SUMMARIES.items():
            app.command(name, help=summary)(_listed)
    else:
        for name in (_MODULE_OF[asked],) if asked in _MODULE_OF else _MODULES:
            import_module(f"policy_options.cli.{name}").register(app)
    app.callback()(_common)
    return app


def _listed() -> None:
    """A placeholder in the list of commands: help ends the process before it could be called."""


def _version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        typer.echo(f"policy-options {version('policy-options')}")
        raise typer.Exit


def _common(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    pass
