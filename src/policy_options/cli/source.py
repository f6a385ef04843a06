"""``source``: the sources of a dossier. ``add`` drafts the file of one from the source itself."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from policy_options.cli.options import DebugOption, DossierOption, DryRunOption, VerboseOption
from policy_options.cli.running import command, emit, say

__all__ = ["register"]


@command
def add(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A .txt, .md, .html, .docx or .pdf.")],
    id: Annotated[
        str | None,
        typer.Option("--id", metavar="ID", help="The id of the source.", show_default="from the file's name"),
    ] = None,
    title: Annotated[
        str | None, typer.Option("--title", help="Its title.", show_default="what the file states")
    ] = None,
    address: Annotated[
        str | None,
        typer.Option("--address", metavar="URL", help="Where it is on the web.", show_default="what the file states"),
    ] = None,
    read: Annotated[
        str | None,
        typer.Option(
            "--read", metavar="YYYY-MM-DD", help="When you read it there; makes a .html a source of kind web."
        ),
    ] = None,
    pages: Annotated[
        str | None,
        typer.Option(
            "--pages", metavar="LIST", help="The cited pages of a long PDF, such as 3,12-14.", show_default="all"
        ),
    ] = None,
    dry_run: DryRunOption = False,
    dossier: DossierOption = Path(),
    verbose: VerboseOption = False,
    debug: DebugOption = False,
) -> None:
    """Draft the file of a source, options/evidence/ID.yaml, from the source itself.

    It has the title, author, date and publisher that FILE states, and fingerprints of its paragraphs or pages. None of
    its text is stored.

    \b
    Examples:
      policy-options source add ../texts/survey.txt
      policy-options source add report.pdf --id tariffs-2025 --pages 3,12-14
      policy-options source add page.html --address https://example.org/a --read 2026-03-01
    """
    from policy_options.atomic import write_atomically
    from policy_options.dossier.adding import draft_source, pages_asked_for, place_of_source
    from policy_options.dossier.texts.text import Stated

    options = (("title", title), ("address", address), ("read", read))
    draft = draft_source(
        file,
        id=id,
        pages=pages_asked_for(pages) if pages is not None else None,
        given=[Stated(key, value, f"--{key}") for key, value in options if value is not None],
    )
    path = place_of_source(dossier, draft.id)
    if dry_run:
        emit(draft.text, None)
    for one in draft.stated:
        say(f"{one.key}: {one.value} (from {one.where})")
    for what in draft.left_out:
        say(f"left out: {what}")
    counted = f"{draft.pages:,} pages" if draft.pages else f"{draft.paragraphs:,} paragraphs"
    if dry_run:
        say(f"nothing was written; the file would be {path}, of kind {draft.kind}, with fingerprints of {counted}")
        return
    write_atomically(path, draft.text.encode(), new=True)
    emit(f"{path}\n", None)
    say(f"a source of kind {draft.kind} with fingerprints of {counted}; next: write its claims, and cite them")


def register(app: typer.Typer) -> None:
    """Add the group of commands."""
    group = typer.Typer(help="Add sources.", no_args_is_help=True, rich_markup_mode=None)
    group.command()(add)
    group.callback()(_only_a_group)
    app.add_typer(group, name="source")


def _only_a_group() -> None:
    """Add sources to a dossier."""
