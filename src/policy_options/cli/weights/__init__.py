"""``weights``: the weight sets of a dossier, listed, shown, changed, made and elicited. One module per command."""

from __future__ import annotations

import typer

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add the group of commands."""
    from policy_options.cli.weights import diagnose, edit, elicit, listing, new, refresh, show

    group = typer.Typer(
        help="List, show, change, make and elicit weight sets.", no_args_is_help=True, rich_markup_mode=None
    )
    for module in (listing, show, edit, new, elicit, refresh, diagnose):
        module.register(group)
    app.add_typer(group, name="weights")
