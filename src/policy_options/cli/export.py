"""``export``: a dossier as a workbook that calculates, as a page that ranks, or as a file of other tools."""

from __future__ import annotations

from enum import StrEnum
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

    kind = _kind_of(file, format)
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
        write_atomically(file, exported(shown, used, robustness=blocks, public=public, phrases=phrases))
    elif kind is ExportFormat.EXPLORER:
        from policy_options.web.exported.page import exported_page

        write_atomically(file, exported_page(shown, used, phrases, public=public))
    else:
        _write_xmcda(file, shown, used, (xmcda_version or XmcdaVersion.V3).value)
    emit(f"{file}\n", None)
    for finding in loaded.stale(loaded.weighting(weights).id):
        say(f"warning: {finding.message}; {finding.remedy}")
    warn(loaded.file_findings)


def _kind_of(file: Path, asked: ExportFormat | None) -> ExportFormat:
    """The format to write, which the ending of the name has to agree with.

    Raises:
        PolicyOptionsError: it does not, or no format has this ending (``other-format``).
    """
    from policy_options.errors import PolicyOptionsError
    from policy_options.exchange.exporting.registry import FORMATS

    by_ending = {suffix: ExportFormat(name) for name, form in FORMATS.items() for suffix in form.suffixes}
    found = by_ending.get(file.suffix.lower())
    if found is not None and asked in (None, found):
        return found
    renamed = {name: file.with_suffix(form.suffixes[0]).name for name, form in FORMATS.items() if file.name}
    if asked is not None:
        raise PolicyOptionsError.of(
            "other-format",
            f"{file} does not end in {FORMATS[asked].suffixes[0]}, and {FORMATS[asked].title} would be in it",
            f"name it {renamed[asked]}" if renamed else "name a file",
        )
    raise PolicyOptionsError.of(
        "other-format",
        f"the name {file} does not say what to write",
        "name it " + ", or ".join(f"{name} for {FORMATS[kind].title}" for kind, name in renamed.items())
        if renamed
        else "name a file",
    )


def _refuse_options_of_others(kind: ExportFormat, version: XmcdaVersion | None, *, without_robustness: bool) -> None:
    from policy_options.errors import PolicyOptionsError
    from policy_options.exchange.exporting.registry import FORMATS

    if kind is not ExportFormat.XMCDA and version is not None:
        raise PolicyOptionsError.of(
            "option-of-another-format",
            f"{FORMATS[kind].title} has no version of XMCDA",
            "leave --xmcda-version out, or name FILE.xml",
        )
    if kind is not ExportFormat.XLSX and without_robustness:
        raise PolicyOptionsError.of(
            "option-of-another-format",
            f"{FORMATS[kind].title} has no sheet Robustness",
            "leave --without-robustness out",
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
    from policy_options.cli.progress import ProgressBar
    from policy_options.reports.workbook_blocks import robustness_blocks

    with ProgressBar() as bar:
        return robustness_blocks(dossier, weights, phrases, progress=bar.show)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(export)
