"""What surrounds every command: errors become messages and exit statuses, results go to stdout or to a file."""

from __future__ import annotations

import functools
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, TypeVar

import typer

from policy_options.errors import Place, PolicyOptionsError

__all__ = ["ANSWER_IS_NO", "command", "emit", "say", "write_atomically"]

ANSWER_IS_NO: Final = 1
INPUT_ERROR: Final = 2
OUR_FAULT: Final = 70
INTERRUPTED: Final = 130

Function = TypeVar("Function", bound=Callable[..., Any])


def command(function: Function) -> Function:
    """Run a command's body so that it ends with the design's exit status and never with a traceback, unless asked."""

    @functools.wraps(function)
    def run(*arguments: Any, **options: Any) -> Any:
        if options.get("verbose"):
            import logging

            logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="%(name)s: %(message)s")
        try:
            return function(*arguments, **options)
        except typer.Exit:
            raise
        except KeyboardInterrupt:
            say("interrupted")
            raise typer.Exit(INTERRUPTED) from None
        except BrokenPipeError:
            # The reader has gone; what is left in the buffer must not raise again when Python closes it.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(0) from None
        except PolicyOptionsError as error:
            if options.get("debug"):
                raise
            from policy_options.wording.faults import render_faults

            say(render_faults(error.faults))
            raise typer.Exit(INPUT_ERROR) from None
        except Exception as error:
            if options.get("debug"):
                raise
            what = f"{type(error).__name__}: {error}"
            say(f"this is our fault, not yours: {what}; run it again with --debug and report what it shows")
            raise typer.Exit(OUR_FAULT) from None

    return run  # type: ignore[return-value]  # wraps keeps the signature, which is what Typer reads


def say(message: str) -> None:
    """A message for the person, on stderr, with nothing in it that steers a terminal."""
    from policy_options.wording.plain import printable

    sys.stderr.write("\n".join(printable(line) for line in message.split("\n")) + "\n")


def emit(text: str, output: Path | None) -> None:
    """The result: to stdout, or to a file, which is whole or not there."""
    if output is None:
        reconfigure = getattr(sys.stdout, "reconfigure", None)
        if reconfigure is not None:  # a terminal in another encoding gets question marks, not an error
            reconfigure(errors="replace")
        sys.stdout.write(text)
        sys.stdout.flush()
    else:
        write_atomically(output, text.encode())


def write_atomically(path: Path, content: bytes) -> None:
    """Write a file through a temporary one beside it, so that a kill at any moment leaves the old file or the new one.

    Raises:
        PolicyOptionsError: it cannot be written there.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.is_dir():
            raise IsADirectoryError(21, "it is a folder")
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
        temporary = Path(name)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(content)
                stream.flush()
                os.fsync(stream.fileno())
            # mkstemp gives 0600; what a person asks for gets what a plain open would have given.
            mask = os.umask(0)
            os.umask(mask)
            temporary.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~mask)
            temporary.replace(path)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise PolicyOptionsError.of(
            "not-writable",
            f"{path} cannot be written: {error.strerror or error}",
            "name another place with --output",
            place=Place(str(path)),
        ) from None
