"""The wrapper of every command: errors become messages and exit statuses, results go to stdout or to a file."""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Callable, Iterable, Mapping
from contextvars import ContextVar
from enum import Enum
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, TextIO, TypeVar

import typer

from policy_options import atomic
from policy_options.cli.targets import PARTS, refuse_other_format, refuse_part_of_dossier
from policy_options.errors import Fault, Place, PolicyOptionsError

__all__ = [
    "ANSWER_IS_NO",
    "answering",
    "command",
    "emit",
    "emit_bytes",
    "refuse_link",
    "refuse_unwritable",
    "say",
    "say_unlimited_memory",
    "warn",
    "write_atomically",
]

ANSWER_IS_NO: Final = 1
INPUT_ERROR: Final = 2
OUR_FAULT: Final = 70
INTERRUPTED: Final = 130
UNREAD: Final = 141
"""Exit status if the reader of a result has gone: as in shells, 128 plus the number of SIGPIPE."""

_WARNINGS: Final = 5
"""How many files get an individual warning."""

Function = TypeVar("Function", bound=Callable[..., Any])

_asked: ContextVar[Mapping[str, Any]] = ContextVar("asked", default=MappingProxyType({}))
"""The options of the running command, by which a target is judged wherever it is written."""


def answering(function: Function) -> Function:
    """As ``command``, for one whose exit status is an answer, which a reader that has gone did not get."""
    return command(function, unread=UNREAD)


def command(function: Function, *, unread: int = 0) -> Function:
    """Run a command's body so that it ends with the exit status set by the design and never with a traceback, unless
    requested.

    ``unread`` is the status if the reader of stdout has gone.
    """

    @functools.wraps(function)
    def run(*arguments: Any, **options: Any) -> Any:
        if options.get("verbose"):
            _log_to_stderr(function.__name__, options)
        asked = _asked.set(options)
        try:
            _refuse_target(options)  # before the work, not after it
            return function(*arguments, **options)
        except typer.Exit:
            raise
        except KeyboardInterrupt:
            say("interrupted")
            raise typer.Exit(INTERRUPTED) from None
        except BrokenPipeError:
            _forget_stdout()
            raise typer.Exit(unread) from None
        except PolicyOptionsError as error:
            if options.get("debug"):
                raise
            from policy_options.cli.remedies import fitting, flags_of
            from policy_options.wording.faults import render_faults

            say(render_faults(fitting(error.faults, flags_of(function))))
            raise typer.Exit(INPUT_ERROR) from None
        except Exception as error:
            if options.get("debug"):
                raise
            what = f"{type(error).__name__}: {error}"
            say(f"this is our fault, not yours: {what}; run it again with --debug and report what it shows")
            raise typer.Exit(OUR_FAULT) from None
        finally:
            _asked.reset(asked)

    return run  # type: ignore[return-value]  # wraps keeps the signature, which is what Typer reads


def _refuse_target(options: Mapping[str, Any]) -> None:
    """Refuse a target that is part of the command's input, or whose name indicates another format than the one requested."""
    output, form = options.get("output"), options.get("format")
    if output is None or str(output) == "-":
        return
    refuse_part_of_dossier(Path(output), _read_by(options))
    if isinstance(form, Enum):
        refuse_other_format(Path(output), form.value, [each.value for each in type(form)])


def _read_by(options: Mapping[str, Any]) -> list[Path]:
    """The folders that a command reads from, and never writes results into."""
    dossiers = [Path(options[key]) for key in ("dossier", "against") if options.get(key) is not None]
    others = [Path(options[key]) for key in ("templates", "sources") if options.get(key) is not None]
    return [*(folder / part for folder in dossiers for part in PARTS), *others]


def _log_to_stderr(name: str, options: dict[str, Any]) -> None:
    """Show the logs of the libraries below, and the options used; no other module imports ``logging``."""
    import logging

    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="%(name)s: %(message)s")
    asked = ", ".join(f"{key}={value}" for key, value in options.items() if value not in (None, False))
    logging.getLogger("policy_options").info("%s in %s: %s", name, Path.cwd(), asked)


def say(message: str) -> None:
    """Print a message for the person on stderr, without terminal control characters."""
    from policy_options.wording.plain import printable

    if sys.stderr is not None:
        text = "\n".join(printable(line) for line in message.split("\n"))
        sys.stderr.write(_for(sys.stderr, text) + "\n")


def warn(findings: Iterable[Fault]) -> None:
    """Print doubts about a result after it: one line each, and a count of long repetitions."""
    from policy_options.wording.faults import fault_line

    told = list(findings)
    for finding in told[:_WARNINGS]:
        say(f"warning: {fault_line(finding)}")
    if len(told) > _WARNINGS:
        say(f"warning: and {len(told) - _WARNINGS} more; see policy-options check")


def say_unlimited_memory() -> None:
    """Warn that only the time of rendering was limited, if the system cannot limit memory."""
    from policy_options.limited import memory_can_be_limited

    if not memory_can_be_limited():
        say("note: this system cannot limit the memory of a process; rendering was limited in time alone")


def emit(text: str, output: Path | None) -> None:
    """Write the result: to stdout, or to a file, which is complete or absent.

    Raises:
        PolicyOptionsError: it cannot be written there.
    """
    if output is not None and str(output) != "-":
        write_atomically(output, text.encode())
        return
    _to_stdout(lambda: sys.stdout.write(_for(sys.stdout, text)))


def emit_bytes(content: bytes) -> None:
    """Write a binary result to stdout."""
    _to_stdout(lambda: sys.stdout.buffer.write(content))


def _to_stdout(write: Callable[[], object]) -> None:
    try:
        if sys.stdout is None:  # it was closed by the parent process
            raise OSError(9, "stdout is closed")
        write()
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        _forget_stdout()
        raise PolicyOptionsError.of(
            "not-writable",
            f"the result cannot be written: {error.strerror or error}",
            "give it somewhere to write to, or name a file with --output",
        ) from None


def _forget_stdout() -> None:
    """Discard the buffer, which must not raise again when Python closes it."""
    if sys.stdout is not None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _for(stream: TextIO, text: str) -> str:
    """The text in the stream's encoding: missing characters become plain ones if possible, before question marks."""
    encoding = stream.encoding or "utf-8"
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        from policy_options.wording.plain import plain_signs

        return plain_signs(text).encode(encoding, "replace").decode(encoding)
    return text


def refuse_unwritable(path: Path, form: str, by_ending: Iterable[str] = ()) -> None:
    """Refuse a target that cannot be written in a format, before the work is done for it.

    ``by_ending`` are the formats between which the ending of a name chooses.

    Raises:
        PolicyOptionsError: its folder, or the nearest existing one above, is not writable; it is part of the dossier;
            its name indicates another format.
    """
    refuse_part_of_dossier(path, _read_by(_asked.get()))
    refuse_other_format(path, form, by_ending=by_ending)
    try:
        folder = next((above for above in (path.parent, *path.parent.parents) if above.exists()), Path())
        refused = path.is_dir() or not folder.is_dir() or not os.access(folder, os.W_OK)
    except OSError:  # a name that is too long, for instance
        refused = True
    if refused:
        raise PolicyOptionsError.of("not-writable", f"{path} cannot be written", "name another place with --output")


def refuse_link(path: Path, inside: Path | None = None) -> None:
    """Refuse to write through a link, a pipe or a device under a name that the command chose: whoever gave the dossier
    could have put it there.

    ``inside`` is a folder that links above the file must not leave. A path that a person typed in full may be a link, a
    pipe or a device.

    Raises:
        PolicyOptionsError: the file is a link (``link-in-place``) or a pipe or device (``not-a-file``), or its folder leads
            out of ``inside`` (``link-leaves``).
    """
    if path.is_symlink():
        raise PolicyOptionsError.of(
            "link-in-place",
            f"{path} is a link, and the command chose this name, so nothing was written through it",
            "delete the link, or name the file that you mean",
            place=Place(str(path)),
        )
    if path.exists() and not path.is_file() and not path.is_dir():
        raise PolicyOptionsError.of(
            "not-a-file",
            f"{path} is a pipe or a device, and the command chose this name, so nothing was written to it",
            "delete it, or name the file that you mean",
            place=Place(str(path)),
        )
    if inside is not None:
        from policy_options.dossier.links import refuse_leaving

        refuse_leaving(inside, path.parent)


def write_atomically(path: Path, content: bytes, *, flag: str = "--output") -> None:
    """Write a file named by a flag, whole or not at all.

    Raises:
        PolicyOptionsError: it cannot be written there, or is part of the dossier.
    """
    refuse_part_of_dossier(path, _read_by(_asked.get()))
    what = "place" if flag == "--output" else "folder"
    atomic.write_atomically(path, content, remedy=f"name another {what} with {flag}")
