"""``diff``: what changed in the ranking, and exactly why."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from policy_options.cli.options import (
    TABLE,
    DebugOption,
    DossierOption,
    OutputOption,
    PageFormatOption,
    TemplatesOption,
    VerboseOption,
    complete_scenarios,
    complete_weights,
)
from policy_options.cli.running import answering, say, say_unlimited_memory, warn
from policy_options.faces.registry import FORMATS

if TYPE_CHECKING:
    from policy_options.api import Dossier
    from policy_options.diffing import Diff

__all__ = ["register"]


SetsArgument = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[SETS]...",
        autocompletion=complete_weights,
        help="Weight sets: two, or more of which each is compared with the first.",
        show_default=False,
    ),
]


@answering
def diff(
    sets: SetsArgument = None,
    dossier: DossierOption = Path(),
    every: Annotated[bool, typer.Option("--all", help="Compare every weight set.")] = False,
    base: Annotated[
        str | None,
        typer.Option(
            "--base",
            metavar="ID",
            autocompletion=complete_weights,
            help="The weight set that the others are compared with.",
            show_default="the first; with --all the decision's",
        ),
    ] = None,
    rev: Annotated[
        str | None,
        typer.Option("--rev", metavar="REV", help="Compare with the dossier at a git revision, or two of them: A..B."),
    ] = None,
    against: Annotated[
        Path | None, typer.Option("--against", metavar="DIR", help="Compare with the dossier in another folder.")
    ] = None,
    scenarios: Annotated[
        tuple[str, str] | None,
        typer.Option(
            "--scenarios",
            metavar="A B",
            autocompletion=complete_scenarios,
            help="Compare two scenarios, under the sets named or the decision's.",
        ),
    ] = None,
    explain: Annotated[
        list[str] | None,
        typer.Option(
            "--explain",
            metavar="A,B",
            help="Say what moved the gap between two options, whether or not their order changed; may be repeated.",
        ),
    ] = None,
    only_top: Annotated[
        int | None,
        typer.Option("--only-top", metavar="N", min=1, help="Only options that rank N or better on either side."),
    ] = None,
    exit_code: Annotated[
        bool, typer.Option("--exit-code", help="Exit with 1 when an order, or who comes first, changed.")
    ] = False,
    charts: Annotated[
        Path | None, typer.Option("--charts", metavar="DIR", help="Write the charts (SVG) into this folder too.")
    ] = None,
    format: PageFormatOption = TABLE,
    output: OutputOption = None,
    templates: TemplatesOption = None,
    verbose: VerboseOption = False,
    debug: DebugOption = False,
) -> None:
    """Compare rankings across weight sets or versions of a dossier.

    Every change of value and rank is accounted for.

    \b
    Examples:
      policy-options diff balanced supply-security
      policy-options diff --all
      policy-options diff --rev HEAD
      policy-options diff --scenarios reference blocs-harden
      policy-options diff --all --rev v1..v2 --format markdown --exit-code
      policy-options diff balanced partner-trust --explain option-a,option-b
      policy-options diff balanced partner-trust -f pdf -o comparison.pdf
    """
    from policy_options.cli.results import show, write_charts
    from policy_options.memo.comparison_note import ComparisonNote

    found = _found(dossier, tuple(sets or ()), every, base, rev, against, scenarios, _pairs(explain), only_top)
    report = ComparisonNote(
        dossier=found.after, templates=_folders(dossier, templates), diff=found, layouts=dossier, chosen=templates
    )
    if charts is not None:  # before the result, which must not exist if they cannot
        write_charts(charts, {name: figure.svg for name, figure in report.charts().items()})
    show(report, format, output, folder=dossier)
    if FORMATS[format].laid_out:
        say_unlimited_memory()
    for version, finding in found.stale:
        where = "" if version is None else f"{version}: "
        say(f"warning: {where}{finding.message}; {finding.remedy}")
    warn(found.after.file_findings)
    if exit_code and found.has_changes:
        raise typer.Exit(1)


def _folders(folder: Path, templates: Path | None) -> tuple[Path, ...]:
    """The folders of phrases; a chosen template folder must exist."""
    if templates is None:
        return (folder / "templates",)
    from policy_options.memo.templates import template_folders

    return template_folders(folder, templates)


def _found(
    folder: Path,
    sets: tuple[str, ...],
    every: bool,
    base: str | None,
    rev: str | None,
    against: Path | None,
    scenarios: tuple[str, str] | None,
    asked: list[tuple[str, str]],
    top: int | None,
) -> Diff:
    from policy_options.api import Dossier
    from policy_options.diffing import diff_of_scenarios, diff_of_sets, diff_of_versions

    _refuse_contradictions(sets, every, base, rev, against, scenarios)
    if scenarios is not None:
        return diff_of_scenarios(Dossier.load(folder), *scenarios, sets, every=every, asked=asked, top=top)
    if rev is None and against is None:
        loaded = Dossier.load(folder)
        if every:
            if len(loaded.weight_sets) > 1 and base is None:
                base = loaded.contents.decision.model.weights
            return diff_of_sets(loaded, loaded.weight_sets, base=base, asked=asked, top=top)
        if len(sets) == 1 and base is None:
            base = loaded.contents.decision.model.weights
        return diff_of_sets(loaded, sets, base=base, asked=asked, top=top)
    before, after, versions = _versions(folder, rev, against)
    return diff_of_versions(before, after, versions, sets, every=every, asked=asked, top=top)


def _versions(
    folder: Path, rev: str | None, against: Path | None
) -> tuple[Dossier, Dossier, tuple[str | None, str | None]]:
    """The two versions; the one that may be missing or broken is read before the present one."""
    from policy_options.api import Dossier

    if rev is None:
        assert against is not None
        return Dossier.load(against, named=True), Dossier.load(folder), (str(against), None)
    from policy_options.dossier.revisions import revision_range

    first, second = revision_range(rev)
    before = Dossier.at_revision(folder, first)
    after = Dossier.load(folder) if second is None else Dossier.at_revision(folder, second)
    return before, after, (first, second)


def _refuse_contradictions(
    sets: tuple[str, ...],
    every: bool,
    base: str | None,
    rev: str | None,
    against: Path | None,
    scenarios: tuple[str, str] | None,
) -> None:
    from policy_options.errors import PolicyOptionsError

    if rev is not None and against is not None:
        what, remedy = "--rev and --against both say what to compare with", "leave one of the two out"
    elif scenarios is not None and (rev is not None or against is not None):
        what, remedy = "--scenarios compares futures of one version, and another version is named", "leave one out"
    elif every and sets:
        what, remedy = "--all compares every set, and some are named", "leave one of the two out"
    elif base is not None and (rev is not None or against is not None or scenarios is not None):
        what, remedy = (
            "--base is for sets of one version; between versions and scenarios each set is compared with itself",
            "leave it out",
        )
    elif not sets and not every and rev is None and against is None and scenarios is None:
        what = "nothing is named to compare"
        remedy = "name two weight sets, or give --all, --scenarios A B, --rev REV or --against DIR"
    else:
        return
    raise PolicyOptionsError.of("options-contradict", what, remedy)


def _pairs(explain: list[str] | None) -> list[tuple[str, str]]:
    from policy_options.errors import PolicyOptionsError

    found = []
    for text in explain or ():
        names = [name.strip() for name in text.split(",")]
        if len(names) != 2 or not all(names):
            raise PolicyOptionsError.of(
                "option-unread", f"--explain {text} is no pair of options", "write two ids: --explain this-one,that-one"
            )
        found.append((names[0], names[1]))
    return found


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(diff)
