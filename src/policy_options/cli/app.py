"""The application: its commands in the order that a user meets them, and what concerns them all."""

from __future__ import annotations

from typing import Annotated

import typer

from policy_options.cli import check, diff, memo, new, rank, robustness, schema, verify, weights

__all__ = ["app"]

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

for module in (new, check, rank, diff, robustness, weights, memo, verify, schema):
    module.register(app)


def _version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        typer.echo(f"policy-options {version('policy-options')}")
        raise typer.Exit


@app.callback()
def _common(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    pass
