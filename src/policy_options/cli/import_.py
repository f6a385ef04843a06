"""``import``: changed inputs of a workbook written back into the files of its dossier."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from policy_options.cli.options import DebugOption, DossierOption, DryRunOption, VerboseOption
from policy_options.cli.running import command, emit, say
from policy_options.wording.plain import printable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from policy_options.dossier.contents import Contents
    from policy_options.exchange.workbook.differences import Change, WhatIf
    from policy_options.exchange.workbook.reading import Book

__all__ = ["register"]


class Side(StrEnum):
    """Which side takes precedence if both were changed."""

    BOOK = "book"
    FILES = "files"


@command
def import_(
    book: Annotated[Path, typer.Argument(metavar="BOOK.xlsx", help="A workbook that export made.")],
    dossier: DossierOption = Path(),
    dry_run: DryRunOption = False,
    take: Annotated[
        Side | None,
        typer.Option(
            "--take", help="Where the book and the files were both changed, take this side.", show_default=False
        ),
    ] = None,
    new_sets: Annotated[
        list[str] | None,
        typer.Option(
            "--as",
            metavar="NEW",
            help="Keep a what-if as this new set; with several, --as SET=NEW for each.",
            show_default=False,
        ),
    ] = None,
    verbose: VerboseOption = False,
    debug: DebugOption = False,
) -> None:
    """Write changes made in a workbook back to the files.

    Scores and the numbers of judgements are written back. Weights derived from answers of another kind are not: a
    what-if over them becomes a new set, with --as.

    \b
    Examples:
      policy-options import reports/book.xlsx --dry-run
      policy-options import reports/book.xlsx
      policy-options import reports/book.xlsx --take files
      policy-options import reports/book.xlsx --as quick-win
    """
    from policy_options.api import Dossier
    from policy_options.cli.weights.changes import left_alone
    from policy_options.dossier.taking import write_all
    from policy_options.exchange.workbook.applying import plan
    from policy_options.exchange.workbook.differences import compared, refuse_conflicts, resolved
    from policy_options.exchange.workbook.reading import read_book

    read = read_book(book)
    contents = Dossier.load(dossier).contents
    found = compared(read, contents)
    side: Literal["book", "files"] | None = None if take is None else "book" if take is Side.BOOK else "files"
    refuse_conflicts(read, found, side)
    changes = resolved(found, side)
    taken = plan(read, contents, found, changes)
    drafts = _drafts(taken.contents, found.what_ifs, new_sets or [], read)
    emit("".join(_lines(changes)), None)
    for note in read.notes:
        say(f"note: {_one_line(note)}")
    left = [change for change in found.changes if change not in changes]
    for change in left:
        say(_one_line(f"left as it is in the files: {change.place} {change.name}"))
    for tried in found.what_ifs:
        if tried.column not in drafts:
            say(
                f"not taken: {len(tried.changes)} what-if weights of {tried.column}, which its judgements do not give; "
                f"keep them as a new set with --as NEW"
            )
    for tried in found.what_ifs:
        if tried.column in drafts:
            name = drafts[tried.column][0]
            emit("".join(_lines(tried.changes)), None)
            say(f"{'would make' if dry_run else 'made'} {name} from the what-if weights of {tried.column}")
    if dry_run:
        say("nothing was written")
        return
    write_all(list(taken.files))
    _write_new(contents.root, drafts.values())
    if taken.files:
        say(f"saved {', '.join(str(change.path) for change in taken.files)}")
        for name in sorted({change.key[1].partition("/")[0] for change in changes if change.key[0] == "weight"}):
            say(f"{name}: {'; '.join(left_alone(contents.weight_sets[name].model))}")
    elif not drafts:
        say("nothing was written: the book and the files agree")


def _lines(changes: Iterable[Change]) -> list[str]:
    """One line per change: cell, input, old and new value."""
    from policy_options.exchange.workbook.differences import said

    lines = (f"{change.place}  {change.name}: {said(change.old)} -> {said(change.new)}" for change in changes)
    return [f"{_one_line(line)}\n" for line in lines]


def _one_line(text: str) -> str:
    """Text of a workbook as one line: it begins no other line and steers no terminal."""
    return printable(text).replace("\n", " ")


def _drafts(
    contents: Contents, what_ifs: tuple[WhatIf, ...], asked: list[str], book: Book
) -> dict[str, tuple[str, str]]:
    """The new sets requested: name and text by the column that they come from.

    Raises:
        PolicyOptionsError: a name is not an id, is taken, or does not say which what-if it is for; or there is no
            what-if.
    """
    from datetime import date

    from policy_options.cli.weights.changes import checked_draft
    from policy_options.dossier.changing import as_percentages
    from policy_options.dossier.eliciting import weighting
    from policy_options.exchange.workbook.applying import tried_weights
    from policy_options.exchange.workbook.inputs import columns_of

    drafts: dict[str, tuple[str, str]] = {}
    for column, name in _asked(what_ifs, asked).items():
        tried = next(one for one in what_ifs if one.column == column)
        parent = _own_id(contents, column, columns_of(contents, numbered=book.fingerprint.public))
        held = weighting(contents, parent)
        text = checked_draft(
            contents,
            name,
            title=f"What-if over {held.title}",
            holder="Nobody: a what-if in a workbook",
            status="illustrative",
            rationale=f"Typed over the weights of {parent} in {book.name}; nobody was asked.",
            day=date.today(),
            method="direct",
            across="leaves",
            answers={"judgements": as_percentages(contents, tried_weights(contents, tried, id=name))},
            parent=parent,
        )
        drafts[column] = (name, text)
    return drafts


def _own_id(contents: Contents, shown: str, columns: Iterable[object]) -> str:
    """The id in the files of a set or participant in the book."""
    from policy_options.exchange.workbook.inputs import Column

    for column in columns:
        if isinstance(column, Column) and column.id == shown and column.person is not None:
            return f"{column.set_id}/{contents.weight_sets[column.set_id].model.participants[column.person].id}"
    return shown


def _asked(what_ifs: tuple[WhatIf, ...], asked: list[str]) -> dict[str, str]:
    """The name of the new set by column, from NEW or SET=NEW.

    Raises:
        PolicyOptionsError: it is unclear which what-if a name is for, or there is no what-if.
    """
    from policy_options.errors import PolicyOptionsError

    columns = [tried.column for tried in what_ifs]
    found: dict[str, str] = {}
    for one in asked:
        column, equals, name = one.rpartition("=")
        if not equals:
            if len(columns) != 1:
                many = f"the book has what-if weights over {', '.join(columns)}" if columns else "the book has none"
                raise PolicyOptionsError.of(
                    "which-what-if", f"--as {one} does not say which what-if to keep; {many}", "write --as SET=NEW"
                )
            column = columns[0]
        elif column not in columns:
            raise PolicyOptionsError.of(
                "which-what-if",
                f"no what-if weights were typed over {column}",
                f"name one of {', '.join(columns)}" if columns else "leave --as out",
            )
        if column in found or name in found.values():
            raise PolicyOptionsError.of("options-contradict", f"--as {one} is asked for twice", "leave one out")
        found[column] = name
    return found


def _write_new(root: Path, drafts: Iterable[tuple[str, str]]) -> None:
    from policy_options.atomic import write_atomically
    from policy_options.dossier.contents import WEIGHTS

    for name, text in drafts:
        path = root / WEIGHTS / f"{name}.yaml"
        write_atomically(path, text.encode(), new=True)
        say(f"saved {path}")


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("import")(import_)
