"""The application: its commands in the order that a user meets them, and what concerns them all."""

from __future__ import annotations

from importlib import import_module
from typing import Annotated, Final

import typer

__all__ = ["application"]

_MODULES: Final = (
    "new",
    "check",
    "rank",
    "diff",
    "robustness",
    "packages",
    "weights",
    "source",
    "memo",
    "export",
    "import_",
    "verify",
    "schema",
)
_MODULE_OF: Final = {**{name.removesuffix("_"): name for name in _MODULES}, "extract": "verify"}
"""The module of each command; a test holds it to what the modules register."""


def application(asked: str | None = None) -> typer.Typer:
    """The command line: all of it, or only the module of the command ``asked`` for.

    What a command line takes to build, and the help of every command, is a twentieth of a ``rank``: a process that was asked for
    one command builds that one. What is no command gets all, whose help and whose remedies name the others.
    """
    # Rich would draw the help in boxes, at half of what the whole help costs: plain help starts in two thirds of the time.
    app = typer.Typer(
        name="policy-options",
        help="Rank policy options from a dossier, question the ranking, and render the memo.",
        epilog="Exit status: 0 done; 1 the answer is no; 2 usage or input error; 130 interrupted; 70 our fault.",
        no_args_is_help=True,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    for name in (_MODULE_OF[asked],) if asked in _MODULE_OF else _MODULES:
        import_module(f"policy_options.cli.{name}").register(app)
    app.callback()(_common)
    return app


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
