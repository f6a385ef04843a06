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
    templates: TemplatesOption = None,
    verbose: VerboseOption = False,
    debug: DebugOption = False,
) -> None:
    """Render the memo of a dossier to PDF, and print its path.

    \b
    Examples:
      policy-options memo
      policy-options memo --weights supply-security --output supply.pdf
    """
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
            from policy_options.memo.carrying import Carrier, memo_inputs, moment
            from policy_options.memo.ledger import content_texts

            inputs = memo_inputs(loaded, content.weights_id, phrases)
            carrier = Carrier(inputs, content_texts(content), moment(decision.date))
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


def _target(dossier: Path, output: str | None, name: str) -> Path:
    """The file to write: in the folder of reports by default, or under a name of its own in a folder that was named."""
    target = Path(dossier / "reports" if output is None else output)
    return target / name if output is None or output.endswith("/") or target.is_dir() else target


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(memo)
