"""``memo``: the recommendation as a PDF or a Word file, under one weight set or several, once or on every save."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from policy_options.cli.options import DebugOption, DossierOption, TemplatesOption, VerboseOption, WeightsOption
from policy_options.cli.running import (
    command,
    emit,
    emit_bytes,
    refuse_link,
    refuse_unwritable,
    say,
    say_unlimited_memory,
    warn,
    write_atomically,
)
from policy_options.errors import PolicyOptionsError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from policy_options.api import Dossier
    from policy_options.errors import Fault
    from policy_options.memo.batch import Made
    from policy_options.memo.fitting import Length
    from policy_options.memo.making import MemoDocument
    from policy_options.memo.render_process import Renderer
    from policy_options.wording.phrases import Phrases

__all__ = ["register"]


class AnnexB(StrEnum):
    """Where to put the annex that is the same under every weight set."""

    INSIDE = "inside"
    APART = "apart"


@dataclass(frozen=True)
class Asked:
    """The options given on the command line."""

    dossier: Path
    weights: str | None
    every: bool
    output: str | None
    template: str
    html: bool
    public: bool
    annex_b: AnnexB | None
    without_inputs: bool
    length: Length
    workers: int | None
    templates: Path | None

    @property
    def several(self) -> bool:
        """Whether more than one memo is requested."""
        return self.every or (self.weights is not None and "," in self.weights)


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
            help="The file to write, or a folder for it (ending in / if it is not there yet); - for stdout. A name that ends "
            "in .docx gives a Word file for editing.",
            show_default="reports/",
        ),
    ] = None,
    template: Annotated[
        str,
        typer.Option(
            "--template",
            "-t",
            metavar="NAME",
            help="For whom: decision, one-page, annex-only, comparison, or your own templates/memo/NAME.html.j2.",
        ),
    ] = "decision",
    html: Annotated[bool, typer.Option("--html", help="Write the HTML that the PDF is made from, instead.")] = False,
    public: Annotated[
        bool,
        typer.Option("--public", help="Leave the names of participants and scorers out, of pages and inputs alike."),
    ] = False,
    annex_b: Annotated[
        AnnexB | None,
        typer.Option(
            "--annex-b",
            help="Put annex B, the same under every weight set, inside each memo or apart, in one file for all.",
            show_default="inside one memo, apart from several",
        ),
    ] = None,
    without_inputs: Annotated[
        bool, typer.Option("--without-inputs", help="Carry nothing inside the PDF; it cannot be verified then.")
    ] = False,
    strict_length: Annotated[
        bool,
        typer.Option(
            "--strict-length", help="Refuse what runs over its template's pages, instead of moving it to the annex."
        ),
    ] = False,
    allow_overflow: Annotated[
        bool, typer.Option("--allow-overflow", help="Move nothing to the annex, however many pages it runs to.")
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
    watch: Annotated[bool, typer.Option("--watch", help="Make it again on every save, until interrupted.")] = False,
    templates: TemplatesOption = None,
    verbose: VerboseOption = False,
    debug: DebugOption = False,
) -> None:
    """Render the memo of a dossier as a PDF, or as a Word file.

    Prints the path of the file. The Word file is for editing, and cannot be verified.

    \b
    Examples:
      policy-options memo
      policy-options memo --template one-page --output one.pdf
      policy-options memo --weights supply-security --output supply.pdf
      policy-options memo --output memo.docx
      policy-options memo --all --output reports/
    """
    if strict_length and allow_overflow:
        message = "--strict-length refuses what is too long, and --allow-overflow makes it"
        raise PolicyOptionsError.of("options-contradict", message, "leave one of the two out")
    length: Length = "strict" if strict_length else "any" if allow_overflow else "fit"
    asked = Asked(
        dossier,
        weights,
        every,
        output,
        template,
        html,
        public,
        annex_b,
        without_inputs,
        length,
        workers,
        templates,
    )
    if watch:
        _watch(asked)
    elif asked.several or asked.annex_b is AnnexB.APART:
        _several(asked)
    else:
        from policy_options.memo.render_process import Renderer

        with Renderer() as renderer:  # which gets ready while the dossier is read and ranked
            _one(asked, renderer)


def _loaded(asked: Asked) -> tuple[Dossier, tuple[Path, ...], Phrases]:
    """The dossier as in its files, its template folders, and its wording."""
    from policy_options.api import Dossier
    from policy_options.memo.rendering import refuse_unknown_template
    from policy_options.memo.templates import template_folders
    from policy_options.wording.phrases import load_phrases

    loaded = Dossier.load(asked.dossier)
    folders = template_folders(asked.dossier, asked.templates)
    refuse_unknown_template(asked.template, folders)
    return loaded, folders, load_phrases(loaded.contents.decision.model.language, folders)


def _shown(
    asked: Asked, loaded: Dossier, weights: tuple[str, ...], phrases: Phrases
) -> tuple[Dossier, tuple[str, ...]]:
    """The dossier to show, and the ids of its weights, which differ if names of people are left out."""
    if not asked.public:
        return loaded, weights
    from policy_options.dossier.without_names import weights_without_names
    from policy_options.memo.audience import without_names

    return without_names(loaded, phrases), tuple(weights_without_names(loaded.contents, name) for name in weights)


def _one(asked: Asked, renderer: Renderer) -> None:
    from policy_options.memo.attachment import moment
    from policy_options.memo.fitting import fitted
    from policy_options.memo.making import memo_document

    loaded, folders, phrases = _loaded(asked)
    named = asked.weights if asked.weights is not None else loaded.contents.decision.model.weights
    shown, (weights,) = _shown(asked, loaded, (named,), phrases)
    document = memo_document(shown, weights, phrases, folders=folders, template=asked.template, public=asked.public)
    target = _target(asked.dossier, asked.output, f"{document.name}.{'html' if asked.html else 'pdf'}")
    form = "html" if asked.html else "docx" if _is_word(target) else "pdf"
    if asked.output != "-":
        refuse_unwritable(target, form, ("pdf", "docx"))  # before the work, not after it
    if form == "html":
        page = renderer.page(document.content, folders, asked.template, pdf=False)
    elif form == "docx":
        page = _word(asked, renderer, document, folders, phrases, loaded.contents.decision.model.date)
    else:
        when = None if asked.without_inputs else moment(loaded.contents.decision.model.date)
        found = fitted(renderer, document, folders, asked.template, length=asked.length, when=when)
        page = found.page
        _warn_too_long(found.faults)
    for finding in shown.stale(document.weights):
        say(f"warning: {finding.message}; {finding.remedy}")
    warn(loaded.file_findings)
    say_unlimited_memory()
    if asked.output == "-":
        emit_bytes(page)
    else:
        write_atomically(target, page)
        emit(f"{target}\n", None)


def _is_word(target: Path) -> bool:
    return target.suffix.lower() == ".docx"


def _word(
    asked: Asked, renderer: Renderer, document: MemoDocument, folders: tuple[Path, ...], phrases: Phrases, day: date
) -> bytes:
    """The memo as a Word file, with its body condensed as far as that of the PDF."""
    from policy_options.memo.attachment import moment
    from policy_options.memo.docx.choosing import differs_from_layout, refuse_other_layout
    from policy_options.memo.docx.layouts import KEEPING_TO_PAGES
    from policy_options.memo.docx.package import refuse_without_office
    from policy_options.memo.fitting import fitted

    refuse_other_layout(asked.template)
    refuse_without_office()
    if differs_from_layout(asked.template, folders):
        say(f"warning: the Word file is laid out as the shipped template {asked.template}, and not as your own")
    if asked.template in KEEPING_TO_PAGES and asked.length != "any":
        found = fitted(renderer, document, folders, asked.template, length=asked.length, when=None)
        _warn_too_long(found.faults)
        document = document.at(found.level)
    return renderer.word(document.content, phrases.labels(), asked.template, moment(day))


def _warn_too_long(faults: Iterable[Fault], of: str = "") -> None:
    """Report what exceeds the template's limits although nothing more could be moved to the annex."""
    for fault in faults:
        say(f"warning: {of}{fault.message}, however much is moved to the annex")


def _watch(asked: Asked) -> None:
    """Make the memo, and again whenever a file of the dossier or its templates changes. Errors are shown until they are
    fixed.
    """
    from policy_options.cli.watching import changes_of
    from policy_options.memo.render_process import Renderer
    from policy_options.memo.templates import template_folders
    from policy_options.wording.faults import render_faults

    several = asked.several or asked.annex_b is AnnexB.APART
    if several or asked.output == "-":
        what = "several files are asked for" if several else "stdout cannot be written again"
        raise PolicyOptionsError.of("options-contradict", f"--watch makes one file, and {what}", "name one file")
    folders = (asked.dossier, *template_folders(asked.dossier, asked.templates))
    renderer = Renderer()
    try:
        for _ in changes_of(folders):
            try:
                _one(asked, renderer)
            except PolicyOptionsError as error:
                say(render_faults(error.faults))
                renderer.end()  # a limit that was reached has already ended it
                renderer = Renderer()
    finally:
        renderer.end()


def _several(asked: Asked) -> None:
    """Make a memo per weight set, the annex that they share, and an index page if there are several, in one folder.

    Those that fail are named, and the others are still made.
    """
    import os

    from policy_options.cli.progress import ProgressBar
    from policy_options.memo.batch import memos
    from policy_options.memo.indexing import index_page
    from policy_options.memo.templates import leaves_annex_out
    from policy_options.wording.faults import render_faults

    listed = asked.weights is not None and "," in asked.weights
    if asked.html or (asked.every and listed):
        what, remedy = (
            ("--html writes one page", "leave it out")
            if asked.html
            else ("--all and a list of sets", "leave one of the two out")
        )
        raise PolicyOptionsError.of("options-contradict", f"{what}, and several memos are asked for", remedy)
    folder = asked.dossier / "reports" if asked.output is None else Path(asked.output)
    inside = asked.dossier if asked.output is None else None
    if _is_word(folder) and not folder.is_dir() and not str(asked.output).endswith("/"):
        message = f"{folder} is one Word file, and several files are asked for"
        raise PolicyOptionsError.of("options-contradict", message, "make Word files one at a time")
    if asked.output == "-" or folder.is_file():
        raise PolicyOptionsError.of("not-writable", "several memos need a folder", "name one with --output")
    loaded, folders, phrases = _loaded(asked)
    decision = loaded.contents.decision.model
    named = tuple(dict.fromkeys(name.strip() for name in (asked.weights or decision.weights).split(",")))
    shown, names = _shown(asked, loaded, loaded.weight_sets if asked.every else named, phrases)
    for name in names:
        shown.weighting(name)  # an unknown one is reported before the first is made
    written: list[Made] = []
    failed = 0
    made_of = memos(
        shown,
        names,
        folders,
        phrases,
        template=asked.template,
        workers=asked.workers if asked.workers is not None else os.cpu_count() or 1,
        public=asked.public,
        with_inputs=not asked.without_inputs,
        length=asked.length,
        annex_apart=asked.annex_b is not AnnexB.INSIDE and leaves_annex_out(asked.template, folders),
        progress=(bar := ProgressBar("rendering")).show,
    )
    with bar:
        for made in made_of:
            if made.page is None or made.error is not None:
                failed += 1
                say(f"{made.weights or made.title}: {render_faults(made.error.faults if made.error else ())}")
                continue
            _warn_too_long(made.too_long, f"{made.weights or made.title}: ")
            target = folder / f"{made.name}.pdf"
            refuse_link(target, inside)
            write_atomically(target, made.page)
            written.append(made)
            emit(f"{target}\n", None)
    if asked.several and written:
        index = folder / f"{decision.id}-index.html"
        refuse_link(index, inside)
        write_atomically(index, index_page(decision.title, decision.language, written, phrases).encode())
        emit(f"{index}\n", None)
    for name in names:
        for finding in shown.stale(name):
            say(f"warning: {finding.message}; {finding.remedy}")
    warn(loaded.file_findings)
    say_unlimited_memory()
    if failed:
        raise typer.Exit(2)


def _target(dossier: Path, output: str | None, name: str) -> Path:
    """The file to write: in the reports folder by default, or under a derived name in a folder given."""
    target = Path(dossier / "reports" if output is None else output)
    if output is not None and not output.endswith("/") and not target.is_dir():
        return target
    refuse_link(target / name, dossier if output is None else None)
    return target / name


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(memo)
