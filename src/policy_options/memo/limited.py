"""Work on what comes from anywhere, in a process of its own with limits: seconds, and where the system has them, memory.

The process is a fresh Python that is told a function by name, imports what it will need, and then waits for the argument, bytes
on its standard input; so it can be started before the argument is ready. The answer comes back as bytes, a refusal as text, and
neither is ever run or unpickled. Whatever the process does, it ends: the parent waits so long and no longer.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from importlib import import_module
from types import TracebackType
from typing import Final

from policy_options.errors import Fault, Place, PolicyOptionsError

__all__ = ["LimitedProcess", "Limits", "child", "memory_can_be_limited", "run_limited"]

_REFUSED: Final = 3
_LONGEST_REASON: Final = 300


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds of waiting for an answer, and megabytes of address space."""

    seconds: float
    megabytes: int


def memory_can_be_limited() -> bool:
    """Whether the system limits the address space of a process: Linux does."""
    return sys.platform == "linux"


class LimitedProcess:
    """A process that waits for an argument of one function. ``what`` says in errors what it does."""

    def __init__(
        self, function: Callable[[bytes], bytes], limits: Limits, what: str, *, imports: tuple[str, ...] = ()
    ) -> None:
        self._limits, self._what = limits, what
        name = f"{function.__module__}:{function.__qualname__}"
        command = [sys.executable, "-c", "from policy_options.memo.limited import child; child()", name]
        self._process = subprocess.Popen(
            [*command, str(limits.megabytes), *imports],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=os.environ | {"OPENBLAS_NUM_THREADS": "1"},  # each thread takes address space
        )

    def __enter__(self) -> LimitedProcess:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout, self._process.stderr):
            if pipe is not None:
                with contextlib.suppress(OSError):  # what was not sent before the process ended
                    pipe.close()
        self._process.wait()

    def answer(self, argument: bytes) -> bytes:
        """What the function gives for an argument.

        Raises:
            PolicyOptionsError: it took longer than the limit, asked for more memory, or crashed; or the one that it raised.
        """
        try:
            output, said = self._process.communicate(argument, timeout=self._limits.seconds)
        except subprocess.TimeoutExpired:
            raise PolicyOptionsError.of(
                "limit-time",
                f"{self._what} took longer than the limit of {self._limits.seconds:g} seconds, and was ended",
                "make it smaller, or mend what has no end",
            ) from None
        if self._process.returncode == 0:
            return output
        raise self._refusal(said.decode(errors="replace").strip())

    def _refusal(self, said: str) -> PolicyOptionsError:
        if self._process.returncode == _REFUSED:
            return _faults(said.splitlines()[-1])
        if "MemoryError" in said or "std::bad_alloc" in said or self._process.returncode < 0:
            return PolicyOptionsError.of(
                "limit-memory",
                f"{self._what} needed more than the limit of {self._limits.megabytes:,} MB of memory, and was ended",
                "make it smaller, or mend what has no end",
            )
        last = said.splitlines()[-1][:_LONGEST_REASON] if said else "it says nothing"
        return PolicyOptionsError.of("limit-crash", f"{self._what} failed: {last}")


def run_limited(function: Callable[[bytes], bytes], argument: bytes, limits: Limits, what: str) -> bytes:
    """Call a function of a module in a process with limits.

    Raises:
        PolicyOptionsError: as ``LimitedProcess.answer``.
    """
    with LimitedProcess(function, limits, what) as process:
        return process.answer(argument)


def child() -> None:
    """What the fresh process runs."""
    name, megabytes, *imports = sys.argv[1:]
    if memory_can_be_limited():
        import resource

        most = int(megabytes) * 1024 * 1024
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    module, _, function = name.partition(":")
    try:
        called = getattr(import_module(module), function)
        for each in imports:
            with contextlib.suppress(Exception):  # whoever needs it will say what is missing
                import_module(each)
        answer = called(sys.stdin.buffer.read())
    except PolicyOptionsError as error:
        sys.stderr.write(f"\n{json.dumps([asdict(fault) for fault in error.faults])}\n")
        raise SystemExit(_REFUSED) from None
    except RecursionError:
        nested = Fault("limit-depth", "it is nested too deep to be read")
        sys.stderr.write(f"\n{json.dumps([asdict(nested)])}\n")
        raise SystemExit(_REFUSED) from None
    sys.stdout.buffer.write(answer)


def _faults(text: str) -> PolicyOptionsError:
    """The faults that a child told, as data: each field is taken for what it is, and nothing else."""
    faults = []
    for each in json.loads(text):
        place = each["place"]
        faults.append(
            Fault(
                str(each["code"]),
                str(each["message"]),
                str(each["remedy"]),
                tuple(map(str, each["ids"])),
                None if place is None else Place(str(place["file"]), place["line"], place["column"]),
            )
        )
    return PolicyOptionsError(faults)
