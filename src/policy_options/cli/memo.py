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
    from policy_options.memo.building import build_memo
    from policy_options.memo.firmness import MEMO_ERROR
    from policy_options.memo.rendering import memo_html
    from policy_options.memo.templates import template_folders
    from policy_options.wording.phrases import load_phrases

    loaded = Dossier.load(dossier)
    decision = loaded.contents.decision.model
    folders = template_folders(dossier, templates)
    phrases = load_phrases(decision.language, folders)
    used = loaded.weighting(weights).id
    shown = [
        *loaded.weight_sets,
        *([used] if used not in loaded.weight_sets else []),
    ]  # one of several, if one was asked for
    assessment = loaded.assess(weights)
    firm = loaded.firmness(weights, error=MEMO_ERROR) if assessment.verdict.runner_up is not None else None
    content = build_memo(loaded, assessment, loaded.overview_of(shown), firm, phrases)
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
        written = memo_pdf(text, folders)
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
