"""``new``: a dossier of one's own, begun as a copy of the shipped one."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from policy_options.cli.options import DebugOption, VerboseOption
from policy_options.cli.running import command, emit, say

__all__ = ["register"]


@command
def new(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder to make.")],
    verbose: VerboseOption = False,
    debug: DebugOption = False,
) -> None:
    """Make a new dossier: a copy of the shipped one, to be edited.

    \b
    Examples:
      policy-options new harbour
      cd harbour && policy-options memo
    """
    from policy_options.atomic_folders import make_folder
    from policy_options.shipped import shipped

    files = {
        f"{name}/{path.relative_to(source).as_posix()}": path.read_bytes()
        for name in ("criteria", "options", "schemas")
        for source in (shipped(name),)
        for path in sorted(source.rglob("*"))
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(source).parts)
    }
    make_folder(folder, {**files, "reports/.gitignore": b"*\n!.gitignore\n"}, last="criteria")
    emit(f"{folder}\n", None)
    say(f"next: edit {folder}/criteria and {folder}/options, then policy-options check --dossier {folder}")


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(new)
