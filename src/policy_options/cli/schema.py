"""``schema``: the JSON Schemas of the dossier's files, for editors, and of the published results."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from policy_options.cli.options import DebugOption, VerboseOption
from policy_options.cli.running import command, emit, refuse_link, write_atomically

__all__ = ["register"]


@command
def schema(
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="DIR", help="The folder to write to.", show_default="schemas"),
    ] = None,
    verbose: VerboseOption = False,
    debug: DebugOption = False,
) -> None:
    """Write JSON Schemas of dossier files, results and contents.

    Editors complete and check dossier files with them.

    \b
    Examples:
      policy-options schema
      policy-options schema --output ~/schemas
    """
    from policy_options.exchange.schemas import schema_texts
    from policy_options.memo.content_schemas import content_schema_texts

    for name, text in (schema_texts() | content_schema_texts()).items():
        target = (Path("schemas") if output is None else output) / name
        refuse_link(target, Path() if output is None else None)
        write_atomically(target, text.encode())
        emit(f"{target}\n", None)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(schema)
