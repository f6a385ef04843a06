"""``export``: a dossier as a workbook that calculates, as a page that ranks, or as a file of other tools."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from policy_options.cli.options import DebugOption, DossierOption, VerboseOption, WeightsOption
from policy_options.cli.running import command, emit, refuse_unwritable, say, warn, write_atomically

if TYPE_CHECKING:
    from policy_options.api import Dossier
    from policy_options.exchange.workbook.building import Block
    from policy_options.wording.phrases import Phrases

__all__ = ["register"]

_PARTS: Final = ("shares", "stability", "weights")


class ExportFormat(StrEnum):
    """What a dossier can be exported as."""

    XLSX = "xlsx"
    EXPLORER = "explorer"
    XMCDA = "xmcda"


class XmcdaVersion(StrEnum):
    """The major versions of XMCDA that are written."""

    V3 = "3"
    V4 = "4"
    V2 = "2"


_SUFFIXES: Final = {ExportFormat.XLSX: ".xlsx", ExportFormat.EXPLORER: ".html", ExportFormat.XMCDA: ".xml"}
_NAMED: Final = {
    ExportFormat.XLSX: "a workbook",
    ExportFormat.EXPLORER: "a page",
    ExportFormat.XMCDA: "an XMCDA file",
}


@command
def export(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="The file to write: BOOK.xlsx, PAGE.html, or FILE.xml for XMCDA.")
    ],
    format: Annotated[
        ExportFormat | None, typer.Option("--format", help="What to write. The file's ending says it unless given.")
    ] = None,
    xmcda_version: Annotated[
        XmcdaVersion | None, typer.Option("--xmcda-version", help="3 is XMCDA 3.1.1, which is the default; 4 and 2.")
    ] = None,
    dossier: DossierOption = Path(),
    weights: WeightsOption = None,
    public: Annotated[bool, typer.Option("--public", help="Leave the names of participants and scorers out.")] = False,
    without_robustness: Annotated[
        bool, typer.Option("--without-robustness", help="Leave out the sheet Robustness, which takes longest.")
    ] = False,
    verbose: VerboseOption = False,
    debug: DebugOption = False,
) -> None:
    """Write a workbook that calculates, a web page, or XMCDA.

    In the workbook weights and scores can be changed, and the ranking follows. On the page weights can be moved by people
    who have nothing installed: it opens from disk, without a network. What XMCDA has no place for is listed.

    \b
    Examples:
      policy-options export reports/book.xlsx
      policy-options export reports/book.xlsx --weights supply-security
      policy-options export reports/book.xlsx --public
      policy-options export reports/explorer.html
      policy-options export reports/decision.xml --format xmcda
    """
    from policy_options.api import Dossier
    from policy_options.wording.phrases import load_phrases

    kind = format or next((kind for kind, end in _SUFFIXES.items() if file.suffix.lower() == end), ExportFormat.XLSX)
    _refuse_other_ending(file, kind)
    _refuse_options_of_others(kind, xmcda_version, without_robustness=without_robustness)
    refuse_unwritable(file, kind.value)
    if kind is ExportFormat.XLSX:
        from policy_options.exchange.workbook.writing import require_writer

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
    if kind is ExportFormat.XLSX:
        from policy_options.exchange.workbook.building import exported

        blocks = [] if without_robustness else _robustness(shown, used, phrases)
        write_atomically(file, exported(shown, used, robustness=blocks, public=public))
    elif kind is ExportFormat.EXPLORER:
        from policy_options.web.exported.page import exported_page

        write_atomically(file, exported_page(shown, used, phrases, public=public))
    else:
        _write_xmcda(file, shown, used, (xmcda_version or XmcdaVersion.V3).value)
    emit(f"{file}\n", None)
    for finding in loaded.stale(loaded.weighting(weights).id):
        say(f"warning: {finding.message}; {finding.remedy}")
    warn(loaded.file_findings)


def _refuse_other_ending(file: Path, kind: ExportFormat) -> None:
    from policy_options.errors import PolicyOptionsError

    suffix, what = _SUFFIXES[kind], _NAMED[kind]
    if file.suffix.lower() != suffix:
        raise PolicyOptionsError.of(
            "other-format",
            f"{file} does not end in {suffix}, and {what} would be in it",
            f"name it {file.with_suffix(suffix).name}" if file.name else "name a file",
        )


def _refuse_options_of_others(kind: ExportFormat, version: XmcdaVersion | None, *, without_robustness: bool) -> None:
    from policy_options.errors import PolicyOptionsError

    if kind is not ExportFormat.XMCDA and version is not None:
        raise PolicyOptionsError.of(
            "option-of-another-format",
            f"{_NAMED[kind]} has no version of XMCDA",
            "leave --xmcda-version out, or name FILE.xml",
        )
    if kind is not ExportFormat.XLSX and without_robustness:
        named = {ExportFormat.EXPLORER: "a page", ExportFormat.XMCDA: "XMCDA"}[kind]
        raise PolicyOptionsError.of(
            "option-of-another-format", f"{named} has no sheet Robustness", "leave --without-robustness out"
        )


def _write_xmcda(file: Path, dossier: Dossier, weights: str, version: str) -> None:
    """The file, after a list of what it has no place for."""
    from policy_options.exchange.exporting.xmcda import XmcdaHeader, xmcda
    from policy_options.exchange.exporting.xmcda_omissions import omissions

    for omission in omissions(dossier, weights, version):
        say(f"left out: {omission}")
    decision = dossier.contents.decision.model
    header = XmcdaHeader(decision.title, dossier.weighting(weights).title, decision.marking)
    write_atomically(file, xmcda(dossier.problem, dossier.weights(weights), header, version))


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
