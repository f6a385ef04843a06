"""``memo``: the recommendation as a PDF."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from policy_options.cli.options import DebugOption, DossierOption, TemplatesOption, VerboseOption, WeightsOption
from policy_options.cli.running import (
    command,
    emit,
    emit_bytes,
    refuse_unwritable,
    say,
    say_unlimited_memory,
    write_atomically,
)

__all__ = ["register"]


@command
def memo(
    dossier: DossierOption = Path(),
    weights: WeightsOption = None,
    output: Annotated[
        str | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="The file to write, or a folder for it (ending in / if it is not there yet); - for stdout.",
            show_default="reports/",
        ),
    ] = None,
    html: Annotated[bool, typer.Option("--html", help="Write the HTML that the PDF is made from, instead.")] = False,
    without_inputs: Annotated[
        bool, typer.Option("--without-inputs", help="Carry nothing inside the PDF; it cannot be verified then.")
    ] = False,
    every: Annotated[bool, typer.Option("--all", help="A memo under every weight set, and an index page.")] = False,
    workers: Annotated[
        int | None,
        typer.Option(
            "--workers",
            metavar="N",
            min=1,
            envvar="POLICY_OPTIONS_WORKERS",
            help="Processes that render several memos.",
            show_default="one a processor",
        ),
    ] = None,
    templates: TemplatesOption = None,
    verbose: VerboseOption = False,
    debug: DebugOption = False,
) -> None:
    """Render the memo of a dossier to PDF, and print its path.

    \b
    Examples:
      policy-options memo
      policy-options memo --weights supply-security --output supply.pdf
      policy-options memo --all --output reports/
    """
    if every or (weights is not None and "," in weights):
        _several(dossier, weights, every, output, html, without_inputs, workers, templates)
        return
    from policy_options.memo.locked import Renderer

    with Renderer() as renderer:  # which gets ready while the dossier is read and ranked
        from policy_options.api import Dossier
        from policy_options.memo.making import memo_content
        from policy_options.memo.templates import template_folders
        from policy_options.wording.phrases import load_phrases

        loaded = Dossier.load(dossier)
        decision = loaded.contents.decision.model
        folders = template_folders(dossier, templates)
        phrases = load_phrases(decision.language, folders)
        content = memo_content(loaded, weights, phrases)
        target = _target(
            dossier, output, f"{decision.id}-{content.weights_id.replace('/', '-')}.{'html' if html else 'pdf'}"
        )
        if output != "-":
            refuse_unwritable(target)  # before the work, not after it
        carrier = None
        if not html and not without_inputs:
            from policy_options.memo.carrying import carrier_of

            carrier = carrier_of(loaded, content, phrases)
        page = renderer.page(content, folders, pdf=not html, carrier=carrier)
    if page.without_glyphs:
        say(
            f"warning: the memo's fonts lack {len(page.without_glyphs)} characters, such as {page.without_glyphs[:8]}; "
            "the system's fonts are used where they have them, and a box is drawn where they do not"
        )
    for finding in loaded.stale(content.weights_id):
        say(f"warning: {finding.message}; {finding.remedy}")
    say_unlimited_memory()
    if output == "-":
        emit_bytes(page.content)
    else:
        write_atomically(target, page.content)
        emit(f"{target}\n", None)


def _several(
    dossier: Path,
    weights: str | None,
    every: bool,
    output: str | None,
    html: bool,
    without_inputs: bool,
    workers: int | None,
    templates: Path | None,
) -> None:
    """A memo a weight set and an index page, in one folder; those that fail are named, and the others are there."""
    import os

    from policy_options.api import Dossier
    from policy_options.cli.progress import ProgressBar
    from policy_options.errors import PolicyOptionsError
    from policy_options.memo.batch import memos
    from policy_options.memo.indexing import index_page
    from policy_options.memo.templates import template_folders
    from policy_options.wording.faults import render_faults
    from policy_options.wording.phrases import load_phrases

    if html or (every and weights is not None and "," in weights):
        what, remedy = (
            ("--html writes one page", "leave it out")
            if html
            else ("--all and a list of sets", "leave one of the two out")
        )
        raise PolicyOptionsError.of("options-contradict", f"{what}, and several memos are asked for", remedy)
    folder = dossier / "reports" if output is None else Path(output)
    if output == "-" or folder.is_file():
        raise PolicyOptionsError.of("not-writable", "several memos need a folder", "name one with --output")
    loaded = Dossier.load(dossier)
    decision = loaded.contents.decision.model
    names = loaded.weight_sets if every else tuple(dict.fromkeys(name.strip() for name in (weights or "").split(",")))
    folders = template_folders(dossier, templates)
    phrases = load_phrases(decision.language, folders)
    for name in names:
        loaded.weighting(name)  # an unknown one is told before the first is made
    written: list[tuple[str, str]] = []
    failed = 0
    count = workers if workers is not None else os.cpu_count() or 1
    with ProgressBar("rendering") as bar:
        for made in memos(
            loaded, names, folders, phrases, workers=count, with_inputs=not without_inputs, progress=bar.show
        ):
            if made.page is None or made.error is not None:
                failed += 1
                say(f"{made.weights}: {render_faults(made.error.faults if made.error else ())}")
                continue
            target = folder / f"{decision.id}-{made.weights.replace('/', '-')}.pdf"
            write_atomically(target, made.page.content)
            written.append((made.title, target.name))
            emit(f"{target}\n", None)
    if written:
        index = folder / f"{decision.id}-index.html"
        write_atomically(index, index_page(decision.title, decision.language, written).encode())
        emit(f"{index}\n", None)
    for name in names:
        for finding in loaded.stale(name):
            say(f"warning: {finding.message}; {finding.remedy}")
    say_unlimited_memory()
    if failed:
        raise typer.Exit(2)


def _target(dossier: Path, output: str | None, name: str) -> Path:
    """The file to write: in the folder of reports by default, or under a name of its own in a folder that was named."""
    target = Path(dossier / "reports" if output is None else output)
    return target / name if output is None or output.endswith("/") or target.is_dir() else target


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(memo)
