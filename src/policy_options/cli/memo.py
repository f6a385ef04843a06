"""``memo``: the recommendation as a PDF."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from policy_options.cli.options import DebugOption, DossierOption, TemplatesOption, VerboseOption, WeightsOption
from policy_options.cli.running import command, emit, emit_bytes, refuse_unwritable, say, write_atomically

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
    from policy_options.api import Dossier
    from policy_options.memo.making import memo_content
    from policy_options.memo.rendering import memo_html
    from policy_options.memo.templates import template_folders
    from policy_options.wording.phrases import load_phrases

    loaded = Dossier.load(dossier)
    decision = loaded.contents.decision.model
    folders = template_folders(dossier, templates)
    phrases = load_phrases(decision.language, folders)
    content = memo_content(loaded, weights, phrases)
    used = content.weights_id
    text = memo_html(content, folders)
    folder = output is None or output.endswith("/") or Path(output).is_dir()
    target = Path(dossier / "reports" if output is None else output)
    if folder:
        target /= f"{decision.id}-{content.weights_id.replace('/', '-')}.{'html' if html else 'pdf'}"
    if output != "-":
        refuse_unwritable(target)  # before the work, not after it
    if html:
        written = text.encode()
    else:
        from policy_options.memo.pdf import characters_without_glyphs, memo_pdf

        if missing := characters_without_glyphs(text):
            say(
                f"warning: the memo's fonts lack {len(missing)} characters, such as {missing[:8]}; "
                "the system's fonts are used where they have them, and a box is drawn where they do not"
            )
        carrier = None
        if not without_inputs:
            from policy_options.memo.carrying import Carrier, memo_inputs, moment
            from policy_options.memo.ledger import content_texts

            inputs = memo_inputs(loaded, used, phrases)
            carrier = Carrier(inputs, content_texts(content), moment(decision.date))
        written = memo_pdf(text, folders, carrier)
    for finding in loaded.stale(used):
        say(f"warning: {finding.message}; {finding.remedy}")
    if output == "-":
        emit_bytes(written)
    else:
        write_atomically(target, written)
        emit(f"{target}\n", None)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(memo)
