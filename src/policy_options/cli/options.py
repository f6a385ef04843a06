"""Options shared by several commands, each worded once, and their shell completion."""

from __future__ import annotations

import os
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from policy_options.faces.registry import FORMATS

__all__ = [
    "TABLE",
    "DebugOption",
    "DossierOption",
    "DryRunOption",
    "EditsArgument",
    "Format",
    "FormatOption",
    "OutputOption",
    "PageFormat",
    "PageFormatOption",
    "ScenarioOption",
    "TakeFromOption",
    "TemplatesOption",
    "VerboseOption",
    "WeightsOption",
    "complete_options",
    "complete_scenarios",
    "complete_weights",
]


def _formats(*, laid_out: bool) -> StrEnum:
    """The names of formats as a choice: those of the registry, with or without those that need a layout."""
    names = {name.upper(): name for name, face in FORMATS.items() if laid_out or not face.laid_out}
    return StrEnum("Format", names)


if TYPE_CHECKING:
    Format = str
    PageFormat = str
else:
    Format = _formats(laid_out=False)
    PageFormat = _formats(laid_out=True)

TABLE: Final = "table"


def _folder(context: typer.Context) -> Path:
    return Path(context.params.get("dossier") or os.environ.get("POLICY_OPTIONS_DOSSIER") or ".")


def _ids(folder: Path, beginning: str) -> list[str]:
    """Ids from file names alone: completion must not wait for a dossier to be read."""
    return sorted(
        path.stem for path in folder.glob("*.yaml") if path.stem.startswith(beginning) and path.name[0] != "."
    )


def complete_weights(context: typer.Context, incomplete: str) -> list[str]:
    """Ids of the dossier's weight sets."""
    return _ids(_folder(context) / "criteria" / "weights", incomplete)


def complete_options(context: typer.Context, incomplete: str) -> list[str]:
    """Ids of the dossier's options."""
    return _ids(_folder(context) / "options", incomplete)


def complete_scenarios(context: typer.Context, incomplete: str) -> list[str]:
    """Ids of the dossier's scenarios."""
    found = _ids(_folder(context) / "criteria" / "scenarios", incomplete)
    return sorted({*found, *(["reference"] if found and "reference".startswith(incomplete) else [])})


DossierOption = Annotated[
    Path,
    typer.Option(
        "--dossier",
        "-d",
        metavar="DIR",
        envvar="POLICY_OPTIONS_DOSSIER",
        help="The folder of the dossier.",
        show_default="here",
    ),
]
WeightsOption = Annotated[
    str | None,
    typer.Option(
        "--weights",
        "-w",
        metavar="ID",
        envvar="POLICY_OPTIONS_WEIGHTS",
        autocompletion=complete_weights,
        help="The weight set.",
        show_default="the decision's",
    ),
]
_FORMAT: Final = typer.Option("--format", "-f", envvar="POLICY_OPTIONS_FORMAT", help="How to write the result.")
FormatOption = Annotated[Format, _FORMAT]
PageFormatOption = Annotated[PageFormat, _FORMAT]
OutputOption = Annotated[
    Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write to a file instead of the screen.")
]
ScenarioOption = Annotated[
    str | None,
    typer.Option(
        "--scenario",
        metavar="ID",
        autocompletion=complete_scenarios,
        help="The future: one of criteria/scenarios/, with the scores that differ in it.",
        show_default="the reference",
    ),
]
TemplatesOption = Annotated[
    Path | None,
    typer.Option(
        "--templates",
        metavar="DIR",
        envvar="POLICY_OPTIONS_TEMPLATES",
        help="Templates to use before the dossier's own.",
    ),
]
VerboseOption = Annotated[bool, typer.Option("--verbose", "-v", help="Log what is done to stderr.")]
DebugOption = Annotated[
    bool, typer.Option("--debug", envvar="POLICY_OPTIONS_DEBUG", help="Show the traceback of an error.")
]
EditsArgument = Annotated[
    list[str],
    typer.Argument(
        metavar="CHANGES...",
        help="cost=30, cost+=5, cost-=5 (per cent of total weight) or cost*=2; a group changes as a whole.",
    ),
]
TakeFromOption = Annotated[
    str | None,
    typer.Option("--take-from", metavar="ID", help="What gives and takes the difference, instead of all others."),
]
DryRunOption = Annotated[bool, typer.Option("--dry-run", help="Show what would change, and write nothing.")]
