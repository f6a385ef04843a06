"""``new``: a new dossier, blank, from another program's file, or as a copy of the shipped one."""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Annotated

import typer

from policy_options.cli.options import DebugOption, VerboseOption
from policy_options.cli.running import command, emit, say

if TYPE_CHECKING:
    from policy_options.exchange.importing.asked import Asked

__all__ = ["register"]

_IGNORED = {"reports/.gitignore": b"*\n!.gitignore\n"}


class _Decimal(Enum):
    COMMA = ","
    POINT = "."


class _In(Enum):
    ROWS = "rows"
    COLUMNS = "columns"


class _Percent(Enum):
    POINTS = "points"
    FRACTIONS = "fractions"


@command
def new(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder to make.")],
    blank: Annotated[bool, typer.Option("--blank", help="A dossier to fill in (the default).")] = False,
    example: Annotated[bool, typer.Option("--example", help="A copy of the shipped dossier.")] = False,
    from_: Annotated[
        list[Path] | None,
        typer.Option(
            "--from",
            metavar="FILE",
            help="The options, criteria and scores of a file: .xlsx, .ods, .csv, .tsv, XMCDA (.xml, a folder, or several "
            "--from), .json of mcda-elicitation-web, .ahp.",
            show_default=False,
        ),
    ] = None,
    options: Annotated[
        str | None, typer.Option("--options", metavar="A,B", help="With --blank: the options.", show_default=False)
    ] = None,
    criteria: Annotated[
        str | None, typer.Option("--criteria", metavar="X,Y", help="With --blank: the criteria.", show_default=False)
    ] = None,
    less_is_better: Annotated[
        str | None,
        typer.Option(
            "--less-is-better",
            metavar="X,Y",
            help="The criteria on which less is better, or none. More is better on the others, unless the file says.",
            show_default=False,
        ),
    ] = None,
    sheet: Annotated[str | None, typer.Option("--sheet", metavar="NAME", help="The sheet to read.")] = None,
    options_in: Annotated[
        _In | None, typer.Option("--options-in", help="Where the options are.", show_default="as labels say, else rows")
    ] = None,
    decimal: Annotated[_Decimal | None, typer.Option("--decimal", help="The decimal sign of a CSV file.")] = None,
    percent: Annotated[
        _Percent | None,
        typer.Option("--percent", help="What bare numbers under % are: 25 is 25% (points), or 0.25 is (fractions)."),
    ] = None,
    weights: Annotated[
        str | None,
        typer.Option("--weights", metavar="ID", help="Of XMCDA: the criteriaValues that are the weights, or none."),
    ] = None,
    leave_out: Annotated[
        list[str] | None,
        typer.Option(
            "--leave-out",
            metavar="X,Y",
            help="Rows or columns not to read; may be repeated. A name with a comma needs quotes: '\"X, Y\"'.",
            show_default=False,
        ),
    ] = None,
    verbose: VerboseOption = False,
    debug: DebugOption = False,
) -> None:
    """Make a dossier: blank, from a file, or a copy of the example.

    Anything missing from a file is asked for, or becomes a TODO that `check` lists.

    \b
    Examples:
      policy-options new harbour
      policy-options new harbour --options "Old,New quay" --criteria reach,cost
      policy-options new harbour --from scores.xlsx --less-is-better cost,noise
      policy-options new central-asia --example
    """
    from policy_options.errors import PolicyOptionsError

    asked_for = [flag for flag, on in (("--blank", blank), ("--example", example), ("--from", bool(from_))) if on]
    if len(asked_for) > 1:
        raise PolicyOptionsError.of("flags", f"{' and '.join(asked_for)} exclude one another", "give one of them")
    of_file = {
        "--sheet": sheet,
        "--options-in": options_in,
        "--decimal": decimal,
        "--percent": percent,
        "--weights": weights,
    }
    others = {
        **({} if from_ else {**of_file, "--leave-out": leave_out}),
        **({"--options": options, "--criteria": criteria} if from_ or example else {}),
        **({"--less-is-better": less_is_better} if example else {}),
    }
    surplus = [flag for flag, value in others.items() if value is not None]
    if surplus:
        where = "--from" if surplus[0] in (*of_file, "--leave-out") else "a blank dossier"
        raise PolicyOptionsError.of("flags", f"{surplus[0]} belongs to {where}", f"leave out {surplus[0]}")

    if example:
        _example(folder)
    elif from_:
        from policy_options.exchange.importing.asked import Asked

        given = Asked(
            less_is_better=_names(less_is_better),
            sheet=sheet,
            decimal=None if decimal is None else decimal.value,
            options_in=None if options_in is None else options_in.value,
            percent=None if percent is None else percent.value,
            weights=weights,
            leave_out=tuple(name for given in leave_out or () for name in _listed(given)),
        )
        _from_files(folder, from_, given)
    else:
        _blank(folder, options, criteria, less_is_better)


def _names(text: str | None) -> tuple[str, ...] | None:
    """The names between commas; none if the word means none."""
    if text is None:
        return None
    found = _listed(text)
    return () if found == ("none",) else found


def _listed(text: str) -> tuple[str, ...]:
    """The names between commas; one with a comma in it is in double quotes."""
    import csv

    (fields,) = csv.reader([" ".join(text.splitlines())], skipinitialspace=True) if text.strip() else ([],)
    return tuple(name.strip() for name in fields if name.strip())


def _example(folder: Path) -> None:
    from policy_options.atomic_folders import make_folder
    from policy_options.shipped import shipped

    files = {
        f"{name}/{path.relative_to(source).as_posix()}": path.read_bytes()
        for name in ("criteria", "options", "schemas")
        for source in (shipped(name),)
        for path in sorted(source.rglob("*"))
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(source).parts)
    }
    make_folder(folder, {**files, **_IGNORED}, last="criteria")
    emit(f"{folder}\n", None)
    say(f"next: edit {folder}/criteria and {folder}/options, then policy-options check --dossier {folder}")


def _blank(folder: Path, options: str | None, criteria: str | None, less_is_better: str | None) -> None:
    from datetime import date

    from policy_options.atomic_folders import make_folder
    from policy_options.exchange.importing.blank import blank_dossier

    files = blank_dossier(
        folder.resolve().name, _names(options), _names(criteria), _names(less_is_better) or (), date.today()
    )
    make_folder(folder, {**files, **_IGNORED}, last="criteria")
    emit(f"{folder}\n", None)
    say(f"next: write what begins with TODO in {folder}/criteria and {folder}/options, and the scores")
    named = quote(str(folder))
    say(f"then: policy-options check --dossier {named}, and policy-options rank --dossier {named}")
    say(_SCHEMAS.format(folder=named))


def _from_files(folder: Path, files: list[Path], asked: Asked) -> None:
    from datetime import date

    from policy_options.atomic_folders import make_folder
    from policy_options.exchange.importing.dossier_files import files_of
    from policy_options.exchange.importing.registry import read_matrix
    from policy_options.exchange.importing.sources import read_sources
    from policy_options.exchange.importing.summary import summary_of

    matrix = read_matrix(read_sources(files), asked)
    made = files_of(matrix, folder.resolve().name, date.today())
    make_folder(folder, {**made, **_IGNORED}, last="criteria")
    emit(f"{folder}\n{summary_of(matrix)}", None)
    named = quote(str(folder))
    say(f"next: policy-options rank --dossier {named}, and policy-options check --dossier {named} for what to write")
    say(_SCHEMAS.format(folder=named))


_SCHEMAS = "for an editor that completes and checks YAML: policy-options schema --output {folder}/schemas"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(new)
