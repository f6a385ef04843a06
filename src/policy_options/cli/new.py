"""``new``: a dossier of one's own, begun as a copy of the shipped one."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Annotated

import typer

from policy_options.cli.options import DebugOption, VerboseOption
from policy_options.cli.running import command, emit, say
from policy_options.errors import Place, PolicyOptionsError

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
    from policy_options.shipped import shipped

    sources = {name: shipped(name) for name in ("criteria", "options", "schemas")}
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise PolicyOptionsError.of(
                "not-empty",
                f"{folder} is there already and is not empty",
                "name a new folder",
                place=Place(str(folder)),
            )
        folder.mkdir(parents=True, exist_ok=True)
        for name, source in sources.items():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns(".*"), copy_function=shutil.copyfile)
        (folder / "reports").mkdir()
        (folder / "reports" / ".gitignore").write_text("*\n!.gitignore\n", encoding="utf-8")
    except OSError as error:
        raise PolicyOptionsError.of(
            "not-writable",
            f"{folder} cannot be made: {error.strerror or error}",
            "name another place",
        ) from None
    emit(f"{folder}\n", None)
    say(f"next: edit {folder}/criteria and {folder}/options, then policy-options check --dossier {folder}")


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(new)
