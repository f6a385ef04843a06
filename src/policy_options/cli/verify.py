"""``verify`` and ``extract``: check that a memo is the file that its own inputs give, and get the dossier back out of it."""

from __future__ import annotations

import os
import re
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from policy_options.cli.options import DebugOption, VerboseOption
from policy_options.cli.running import answering, command, emit, say
from policy_options.wording.plain import in_quotes, printable

if TYPE_CHECKING:
    from policy_options.memo.verifying import Verification

__all__ = ["register"]

MemoArgument = Annotated[Path, typer.Argument(metavar="MEMO.pdf", help="The memo.", show_default=False)]
_SAID: Final = {"consistent": "yes", "inconsistent": "no", "cannot": "cannot"}
_NO, _CANNOT = 1, 2
_ANNEX_B: Final = "annex-b"
_MOST_NAMED: Final = 3
_LONGEST_NAME: Final = 70
_PLAIN: Final = re.compile(r"[A-Za-z0-9_./+,=@%~-]+")
_OF_THE_MEMO: Final = (
    "no-inputs",
    "limit-time",
    "limit-memory",
    "limit-crash",
    "limit-depth",
    "file-missing",
    "file-too-large",
)
_SAME: Final = {
    "consistent": "all inputs are the same",
    "inconsistent": "all inputs are the same, and the file is not what they give",
    "cannot": "all inputs are the same; whether the file is what they give cannot be said here",
}


@answering
def verify(
    memos: Annotated[
        list[Path],
        typer.Argument(metavar="MEMO.pdf...", help="Memos, and folders in which every PDF is one.", show_default=False),
    ],
    dossier: Annotated[
        Path | None,
        typer.Option(
            "--dossier", "-d", metavar="DIR", help="Ask also whether the inputs are those of this dossier, all of them."
        ),
    ] = None,
    templates: Annotated[
        Path | None,
        typer.Option(
            "--templates",
            metavar="DIR",
            envvar="POLICY_OPTIONS_TEMPLATES",
            help="The custom templates that it was made with.",
        ),
    ] = None,
    workers: Annotated[
        int | None,
        typer.Option(
            "--workers",
            metavar="N",
            min=1,
            envvar="POLICY_OPTIONS_WORKERS",
            help="Processes that verify several memos.",
            show_default="one a processor",
        ),
    ] = None,
    verbose: VerboseOption = False,
    debug: DebugOption = False,
) -> None:
    """Make a memo again from the inputs inside it, and compare.

    Exit status: 0 yes, each is the file that its inputs give; 1 no, one is not, or its inputs are not those of the
    dossier; 2 one cannot be made again here, such as a memo of another version. No program can tell from the file who
    made a memo.

    \b
    Examples:
      policy-options verify memo.pdf
      policy-options verify memo.pdf --dossier .
      policy-options verify reports/
    """
    from policy_options.errors import PolicyOptionsError
    from policy_options.memo.templates import template_folders
    from policy_options.memo.verifying import verifications

    paths = _memos_in(memos)
    folders = template_folders(dossier, templates)
    statuses = []
    answers: list[tuple[Path, Verification]] = []
    found_all = verifications([partial(_read, path) for path in paths], folders, workers=workers)
    for path, found in zip(paths, found_all, strict=True):
        if isinstance(found, PolicyOptionsError):
            if len(paths) == 1:
                raise found
            why = "; ".join(fault.message.replace(str(path), _quoted(path)) for fault in found.faults)
            lines, status = [f"cannot: {_quoted(path)}: error: {why}"], _CANNOT
        else:
            lines, status = _answer(path, found, dossier, templates, alone=len(paths) == 1)
            answers.append((path, found))
        statuses.append(status)
        emit("".join(f"{_one_line(line)}\n" for line in lines), None)
    apart = _annexes_of_others(answers)
    emit("".join(f"{_one_line(line)}\n" for line in apart), None)
    if len(paths) > 1:
        counts = [f"{statuses.count(status)} {word}" for status, word in enumerate(_SAID.values())]
        emit(f"{len(paths)} memos: {', '.join(counts)}\n", None)
    if any(statuses) or apart:
        raise typer.Exit(_NO if _NO in statuses or apart else _CANNOT)


def _memos_in(named: list[Path]) -> list[Path]:
    """The files named, and those in the folders named, in order.

    Raises:
        PolicyOptionsError: a folder has no PDF in it.
    """
    from policy_options.errors import PolicyOptionsError

    found: list[Path] = []
    for path in named:
        if not os.path.isdir(path):  # noqa: PTH112  # it answers for a name that is too long, too
            found.append(path)
            continue
        inside = _pdfs_below(path)
        if not inside:
            raise PolicyOptionsError.of("no-memos", f"there is no PDF in {path}", "name a memo, or a folder of memos")
        found += inside
    return list(dict.fromkeys(found))


def _pdfs_below(folder: Path) -> list[Path]:
    """Files named like a PDF in a folder and those below, in order; unreadable ones get an answer too.

    Raises:
        PolicyOptionsError: a folder cannot be read, or has too many inside one another.
    """
    from policy_options.errors import PolicyOptionsError
    from policy_options.walking import walk_below

    def refuse(error: OSError) -> None:
        raise PolicyOptionsError.of(
            "folder-unreadable",
            f"{error.filename} cannot be looked into: {error.strerror}",
            "check its permissions, or name its memos",
        ) from None

    found, seen = [], set()
    for above, folders, names in walk_below(folder, onerror=refuse, followlinks=True):
        seen.add(os.path.realpath(above))
        # A linked folder is searched as well, and each folder once: links may be circular.
        folders[:] = [each for each in sorted(folders) if os.path.realpath(Path(above) / each) not in seen]
        found += [Path(above) / name for name in names if name.lower().endswith(".pdf")]
    return sorted(found)


def _answer(
    path: Path, found: Verification, dossier: Path | None, templates: Path | None, *, alone: bool
) -> tuple[list[str], int]:
    """The text about a memo, and the exit status that it alone would give."""
    said, status = _SAID[found.verdict], ("consistent", "inconsistent", "cannot").index(found.verdict)
    name = _quoted(path)
    if found.verdict == "consistent":
        made_for = "" if alone else f"; weights {found.weights}, template {found.template}"
        counts = f"{found.numbers:,} numbers on {found.pages} pages"
        lines = [f"{said}: {name} is the file that its inputs give ({counts}{made_for})"]
    else:
        lines = [f"{said}: {name}: {found.reason}"]
    if alone and found.inputs_sha256:
        lines.append(
            f"inputs, template and version: SHA-256 {found.inputs_sha256}; weights {found.weights}, template "
            f"{found.template}"
        )
    if found.verdict == "consistent" and found.own_template:
        lines.append(
            f"template: {found.template} is not a shipped one, and is taken as it is; read it, since its own words and "
            "pictures come from no inputs"
        )
    if found.verdict == "consistent" and found.own_wording:
        lines.append(
            f"wording: {found.own_wording} phrases are not shipped ones, and are taken as they are; read them, since sentences "
            "are made of them"
        )
    if alone and found.verdict == "consistent" and (found.annex_apart or found.template == _ANNEX_B):
        other = "its annex B is another file" if found.annex_apart else "it is the annex of memos in other files"
        lines.append(
            f"apart: {other}; only a file that prints the same SHA-256 of the dossier, {found.dossier_sha256}, belongs to "
            "it, which verify says of files that it is given together"
        )
    if dossier is not None and found.inputs_sha256:
        differing = _differing(path, found, dossier, templates)
        lines += [f"dossier: {line}" for line in differing or [_SAME[found.verdict]]]
        if differing:
            status = _NO
            if found.verdict == "consistent":
                lines[0] = f"no: {name} is the file that its inputs give, and they are not those of {_quoted(dossier)}"
            elif found.verdict == "cannot":
                lines[0] = (
                    f"no: the inputs of {name} are not those of {_quoted(dossier)}; as for the file, {found.reason}"
                )
    return lines, status


def _annexes_of_others(answers: list[tuple[Path, Verification]]) -> list[str]:
    """A line for each memo whose annex B is apart, if the annexes that were verified with it are those of other inputs."""
    consistent = [(path, found) for path, found in answers if found.verdict == "consistent"]
    annexes = [(path, found) for path, found in consistent if found.template == _ANNEX_B]
    lines = []
    for path, memo in consistent:
        there = [(each, annex) for each, annex in annexes if annex.dossier == memo.dossier]
        if memo.annex_apart and there and memo.dossier_sha256 not in [annex.dossier_sha256 for _, annex in there]:
            named = ", ".join(_quoted(each) for each, _ in there[:_MOST_NAMED])
            lines.append(
                f"no: {named} is not the annex B of {_quoted(path)}: it has other inputs, though its dossier has that id"
            )
    return lines


def _differing(path: Path, found: Verification, dossier: Path, templates: Path | None) -> list[str]:
    """The differences from the dossier, or why they cannot be determined for this memo."""
    from policy_options.errors import PolicyOptionsError
    from policy_options.memo.input_differences import differences_of_memo

    try:
        digest, lines = differences_of_memo(_read(path), dossier, templates)
    except PolicyOptionsError as error:
        if error.faults[0].code not in _OF_THE_MEMO:
            raise
        return [error.faults[0].message]
    return lines if digest == found.inputs_sha256 else ["the file has been changed while it was read"]


def _one_line(text: str) -> str:
    """Text that cannot begin a new line or control a terminal: anybody may have written the content of a file."""
    return re.sub(r"\s{2,}", " ", printable(text.replace("\n", "\N{SYMBOL FOR NEWLINE}")))


def _quoted(path: Path) -> str:
    """The name of a file, in quotes if a part of it could be mistaken for part of the message."""
    name = str(path)
    return name if _PLAIN.fullmatch(name) else in_quotes(name, _LONGEST_NAME, end=True)


@command
def extract(
    memo: MemoArgument,
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="An empty folder, or one to be made.", show_default=False)
    ],
    verbose: VerboseOption = False,
    debug: DebugOption = False,
) -> None:
    """Write the dossier inside a memo into an empty folder.

    Custom wording is written too; custom templates, which no memo contains, are not. Apart from those, the files
    written give the same memo. Comments and layout of the original files are lost; findings of the original files that
    the memo counts, such as text that YAML ignored, are named.

    \b
    Examples:
      policy-options extract memo.pdf dossier/
      policy-options memo --dossier dossier/
    """
    from policy_options.memo.extracting import extract_dossier

    written, found = extract_dossier(_read(memo), folder)
    emit(f"{folder}: {written} files\n", None)
    for one in found:
        about = f"{in_quotes(one.code)}: {in_quotes(', '.join(one.ids), _LONGEST_NAME)}"
        say(f"warning: the memo counts a finding of its files that cannot be written again: {about}")


def _read(path: Path) -> bytes:
    """The bytes of a file that a person named.

    Raises:
        PolicyOptionsError: it does not exist, or is larger than a memo can be.
    """
    from policy_options.errors import PolicyOptionsError
    from policy_options.memo.verifying import MAX_PDF_BYTES

    try:
        if not path.is_file():
            raise PolicyOptionsError.of("file-missing", f"there is no file {path}", "name a memo")
        with path.open("rb") as stream:
            raw = stream.read(MAX_PDF_BYTES + 1)
    except OSError as error:
        reason = error.strerror or str(error)
        raise PolicyOptionsError.of(
            "file-unreadable", f"{path} cannot be read: {reason}", "check its permissions"
        ) from None
    if len(raw) > MAX_PDF_BYTES:
        raise PolicyOptionsError.of(
            "file-too-large", f"{path} is larger than {MAX_PDF_BYTES // 2**20} MB", "name a memo"
        )
    return raw


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(verify)
    app.command()(extract)
