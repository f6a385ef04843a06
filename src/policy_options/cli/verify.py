"""``verify`` and ``extract``: is a memo consistent with the inputs that it carries, and the dossier back out of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from policy_options.cli.options import DebugOption, VerboseOption
from policy_options.cli.running import command, emit

if TYPE_CHECKING:
    from policy_options.memo.verifying import Verification

__all__ = ["register"]

MemoArgument = Annotated[Path, typer.Argument(metavar="MEMO.pdf", help="The memo.", show_default=False)]


@command
def verify(
    memo: MemoArgument,
    dossier: Annotated[
        Path | None,
        typer.Option("--dossier", "-d", metavar="DIR", help="Say also which inputs differ from those of this dossier."),
    ] = None,
    verbose: VerboseOption = False,
    debug: DebugOption = False,
) -> None:
    """Compute a memo anew from the inputs that it carries, and compare every number that its pages print.

    Exit status: 0 it is consistent with its attached inputs; 1 it is not, or carries none. Whether it is authentic, no
    program can say from the file alone.

    \b
    Examples:
      policy-options verify memo.pdf
      policy-options verify memo.pdf --dossier .
    """
    from policy_options.memo.verifying import verify as verification_of

    raw = _read(memo)
    found = verification_of(raw)
    lines = _lines(memo, found)
    if dossier is not None and found.inputs_sha256:
        from policy_options.api import Dossier
        from policy_options.memo.differing import differing_inputs
        from policy_options.memo.verifying import carried_inputs

        lines += differing_inputs(carried_inputs(raw), Dossier.load(dossier))
    emit("\n".join(lines) + "\n", None)
    if found.verdict != "consistent":
        raise typer.Exit(1)


def _lines(memo: Path, found: Verification) -> list[str]:
    from importlib.metadata import version

    said = {"consistent": "yes", "inconsistent": "no", "cannot": "cannot"}[found.verdict]
    if found.verdict == "consistent":
        lines = [
            f"{said}: {memo} is consistent with its attached inputs ({found.numbers:,} numbers on {found.pages} pages)"
        ]
    else:
        lines = [f"{said}: {found.reason}"]
    if found.inputs_sha256:
        lines.append(f"inputs: SHA-256 {found.inputs_sha256}, weights {found.weights}")
    here = version("policy-options")
    made = (found.made_with or {}).get("policy-options", here)
    if made != here:
        lines.append(f"made with: policy-options {made}; this is {here}, whose rules may differ")
    return lines


@command
def extract(
    memo: MemoArgument,
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="An empty folder, or one to be made.", show_default=False)
    ],
    verbose: VerboseOption = False,
    debug: DebugOption = False,
) -> None:
    """Write the dossier that a memo carries into an empty folder.

    What comes out gives the same memo; comments and layout of the original files are not carried.

    \b
    Examples:
      policy-options extract memo.pdf dossier/
      policy-options memo --dossier dossier/
    """
    from policy_options.memo.extracting import extract_dossier

    written = extract_dossier(_read(memo), folder)
    emit(f"{folder}: {written} files\n", None)


def _read(path: Path) -> bytes:
    """The bytes of a file that a person named.

    Raises:
        PolicyOptionsError: there is none, or it is larger than a memo can be.
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
