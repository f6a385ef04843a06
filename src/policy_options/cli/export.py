"""``export``: a dossier as a workbook that calculates."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from policy_options.cli.options import DebugOption, DossierOption, VerboseOption, WeightsOption
from policy_options.cli.running import command, emit, refuse_unwritable, say, warn, write_atomically

if TYPE_CHECKING:
    from policy_options.api import Dossier
    from policy_options.exchange.workbook.building import Block
    from policy_options.wording.phrases import Phrases

__all__ = ["register"]

_PARTS = ("shares", "stability", "weights")


@command
def export(
    book: Annotated[Path, typer.Argument(metavar="BOOK.xlsx", help="The workbook to write.")],
    dossier: DossierOption = Path(),
    weights: WeightsOption = None,
    public: Annotated[bool, typer.Option("--public", help="Leave the names of participants and scorers out.")] = False,
    without_robustness: Annotated[
        bool, typer.Option("--without-robustness", help="Leave out the sheet Robustness, which takes longest.")
    ] = False,
    verbose: VerboseOption = False,
    debug: DebugOption = False,
) -> None:
    """Write a workbook in which weights and scores can be changed, and the ranking follows.

    \b
    Examples:
      policy-options export reports/book.xlsx
      policy-options export reports/book.xlsx --weights supply-security
      policy-options export reports/book.xlsx --public
    """
    from policy_options.api import Dossier
    from policy_options.exchange.workbook.building import exported
    from policy_options.exchange.workbook.writing import require_writer
    from policy_options.wording.phrases import load_phrases

    _refuse_other_ending(book)
    refuse_unwritable(book, "xlsx")
    require_writer()
    loaded = Dossier.load(dossier)
    phrases = load_phrases(loaded.contents.decision.model.language, [dossier / "templates"])
    used = loaded.weighting(weights).id
    shown = loaded
    if public:
        from policy_options.dossier.without_names import contents_without_names, weights_without_names

        words = {"participant": phrases.say("public.participant"), "scorer": phrases.say("public.scorer")}
        used = weights_without_names(loaded.contents, used)
        shown = Dossier(contents_without_names(loaded.contents, **words))
    blocks = [] if without_robustness else _robustness(shown, used, phrases)
    write_atomically(book, exported(shown, used, robustness=blocks, public=public))
    emit(f"{book}\n", None)
    for finding in loaded.stale(loaded.weighting(weights).id):
        say(f"warning: {finding.message}; {finding.remedy}")
    warn(loaded.file_findings)


def _refuse_other_ending(book: Path) -> None:
    from policy_options.errors import PolicyOptionsError

    if book.suffix.lower() != ".xlsx":
        raise PolicyOptionsError.of(
            "other-format",
            f"{book} does not end in .xlsx, and a workbook would be in it",
            f"name it {book.with_suffix('.xlsx').name}" if book.name else "name a file",
        )


def _robustness(dossier: Dossier, weights: str, phrases: Phrases) -> list[Block]:
    """The opening of ``robustness``, with shares, stability and the least changes, as text."""
    from policy_options.cli.progress import ProgressBar
    from policy_options.errors import PolicyOptionsError
    from policy_options.exchange.workbook.building import Block
    from policy_options.reports.robustness_opening import opening_sections
    from policy_options.reports.robustness_parts import part_sections
    from policy_options.wording.table import cell_text

    try:
        with ProgressBar() as bar:
            firm = dossier.robustness(weights, progress=bar.show)
            sections = [*opening_sections(firm, phrases), *part_sections(firm, _PARTS, phrases)]
    except PolicyOptionsError as error:  # such as fewer than two options: the rest of the workbook is still useful
        return [Block("", tuple(fault.message for fault in error.faults))]
    blocks = []
    for section in sections:
        rows: list[tuple[str, ...]] = []
        if section.table is not None:
            kinds = [column.kind for column in section.table.columns]
            rows.append(tuple(column.heading for column in section.table.columns))
            rows += [
                tuple(cell_text(cell, kind, phrases.numbers) for cell, kind in zip(row, kinds, strict=True))
                for row in section.table.rows
            ]
        blocks.append(Block(section.title, section.notes, tuple(rows)))
    return blocks


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(export)
