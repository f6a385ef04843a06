"""Work on untrusted data in a separate process with limits: on seconds and, if the system supports it, on memory.

The process is a fresh Python that gets a function by name, imports what it will need, and then waits for arguments,
bytes on its standard input; so it can be started before the first is ready, and stays warm for the next. An answer is
returned as bytes, a refusal as data, and neither is ever run or unpickled. Whatever the process does, it ends: the
parent waits no longer than the limit.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from importlib import import_module
from types import TracebackType
from typing import BinaryIO, Final, Self

from policy_options.errors import Fault, Place, PolicyOptionsError

__all__ = [
    "LimitedProcess",
    "Limits",
    "ProcessorTimeError",
    "child",
    "memory_can_be_limited",
    "processor_time",
    "run_limited",
]

_DONE, _REFUSED = b"0", b"1"
_HEAD: Final = struct.Struct(">Q")  # the length of what follows
_OUT_OF_MEMORY: Final = ("MemoryError", "std::bad_alloc", "failed to allocate")
"""Messages of Python, C++ and GLib when memory runs out."""
_LONGEST_REASON: Final = 300
_LOOKS_FOR_PARENT_EVERY: Final = 1.0  # seconds
_AGAIN_AFTER: Final = 0.1  # seconds
_LOOKED_THROUGH_EVERY: Final = 8  # answers, so that their garbage cannot accumulate


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds of waiting for an answer, and megabytes of address space."""

    seconds: float
    megabytes: int


def memory_can_be_limited() -> bool:
    """Whether the system limits the address space of a process: Linux does."""
    return sys.platform == "linux"


class LimitedProcess:
    """A process that answers one argument of a function after another. ``what`` names its work in errors."""

    def __init__(
        self, function: Callable[[bytes], bytes], limits: Limits, what: str, *, imports: tuple[str, ...] = ()
    ) -> None:
        self._limits, self._what, self._expired = limits, what, False
        self._messages = tempfile.TemporaryFile()  # noqa: SIM115  # closed with the process; a pipe that nobody reads would fill
        # A process that is killed leaves its files behind, such as unpacked fonts: they are removed with this folder.
        self._folder = tempfile.TemporaryDirectory(prefix="policy-options-", ignore_cleanup_errors=True)
        name = f"{function.__module__}:{function.__qualname__}"
        # -P: Python would otherwise look for modules in the current folder first, which is untrusted.
        command = [sys.executable, "-P", "-c", "from policy_options.limited import child; child()", name]
        self._process = subprocess.Popen(
            [*command, str(limits.megabytes), *imports],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._messages,
            env=os.environ
            | dict.fromkeys(("TMPDIR", "TEMP", "TMP"), self._folder.name)
            | {"OPENBLAS_NUM_THREADS": "1"},  # each thread takes address space
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.end()

    def end(self) -> None:
        """End the process, whatever it is doing."""
        self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout, self._messages):
            if pipe is not None:
                with contextlib.suppress(OSError):  # some of it was not sent before the process ended
                    pipe.close()
        self._process.wait()
        self._folder.cleanup()

    def answer(self, argument: bytes) -> bytes:
        """The result of the function for an argument.

        Raises:
            PolicyOptionsError: it took longer than the limit, asked for more memory, or crashed, and the process has ended;
                or the function raised this one, and the process waits for the next argument.
        """
        sending, receiving = self._process.stdin, self._process.stdout
        assert sending is not None
        assert receiving is not None
        timer = threading.Timer(self._limits.seconds, self._expire)
        timer.start()
        try:
            with contextlib.suppress(OSError):  # it has already ended, which reading will show
                sending.write(_HEAD.pack(len(argument)) + argument)
                sending.flush()
            status = receiving.read(1)
            head = receiving.read(_HEAD.size)
            content = receiving.read(_HEAD.unpack(head)[0]) if len(head) == _HEAD.size else b""
        finally:
            timer.cancel()
        if status == _DONE and not self._expired:
            return content
        if status == _REFUSED and not self._expired:
            raise _faults(content)
        self._process.wait()
        raise self._failure()

    def _expire(self) -> None:
        self._expired = True
        self._process.kill()

    def _failure(self) -> PolicyOptionsError:
        if self._expired:
            return PolicyOptionsError.of(
                "limit-time",
                f"{self._what} took longer than the limit of {self._limits.seconds:g} seconds, and was ended",
                "make it smaller, or correct a loop that never ends",
            )
        self._messages.seek(0)
        messages = self._messages.read().decode(errors="replace").strip()
        ended_by = -self._process.returncode
        if ended_by == getattr(signal, "SIGKILL", None):  # Linux does so without a message, and so may a person
            return PolicyOptionsError.of(
                "limit-memory",
                f"{self._what} was ended by SIGKILL, as systems do when they have no memory left",
                "make it smaller, or run it where there is more memory",
            )
        if any(sign in messages for sign in _OUT_OF_MEMORY):
            return PolicyOptionsError.of(
                "limit-memory",
                f"{self._what} needed more than the limit of {self._limits.megabytes:,} MB of memory, and was ended",
                "make it smaller, or correct a loop that never ends",
            )
        last = messages.splitlines()[-1][:_LONGEST_REASON] if messages else "it printed no reason"
        if ended_by > 0:
            with contextlib.suppress(ValueError):
                last = f"it was ended by {signal.Signals(ended_by).name}; {last}"
        return PolicyOptionsError.of("limit-crash", f"{self._what} failed: {last}")


def run_limited(function: Callable[[bytes], bytes], argument: bytes, limits: Limits, what: str) -> bytes:
    """Call a function of a module in a process with limits.

    Raises:
        PolicyOptionsError: as ``LimitedProcess.answer``.
    """
    with LimitedProcess(function, limits, what) as process:
        return process.answer(argument)


class ProcessorTimeError(BaseException):
    """Some work took more processor time than allowed. Code that catches every ``Exception`` does not catch this."""


@contextlib.contextmanager
def processor_time(seconds: float) -> Iterator[None]:
    """Raise ``ProcessorTimeError`` in work that takes more processor time than this, if the system can measure it.

    It is for work in the main thread of a separate process that may be abandoned without changing an answer.
    """
    if not hasattr(signal, "setitimer"):
        yield
        return

    def expire(_signal: int, _frame: object) -> None:
        raise ProcessorTimeError

    before = signal.signal(signal.SIGVTALRM, expire)
    # Repeatedly, since an exception raised during garbage collection, for example, is lost.
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds, _AGAIN_AFTER)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def _end_with_parent() -> None:
    """End this process, and delete its files, soon after the parent is gone: a killed parent cannot end its children."""
    if not hasattr(signal, "setitimer"):
        return
    parent, folder = os.getppid(), os.environ["TMPDIR"]

    def look(_signal: int, _frame: object) -> None:
        if os.getppid() != parent:
            shutil.rmtree(folder, ignore_errors=True)
            os._exit(1)

    signal.signal(signal.SIGALRM, look)
    signal.siginterrupt(signal.SIGALRM, False)  # reading resumes automatically
    signal.setitimer(signal.ITIMER_REAL, _LOOKS_FOR_PARENT_EVERY, _LOOKS_FOR_PARENT_EVERY)


def child() -> None:
    """Run in the fresh process: a loop that ends when there is no more input."""
    name, megabytes, *imports = sys.argv[1:]
    _end_with_parent()
    if memory_can_be_limited():
        import resource

        most = int(megabytes) * 1024 * 1024
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # output printed by a library is not part of the answer
    module, _, function = name.partition(":")
    called = getattr(import_module(module), function)
    for name_of_module in imports:
        with contextlib.suppress(Exception):  # the code that needs it will report what is missing
            import_module(name_of_module)
    # All objects of an answer are dropped together, so that collecting garbage during it is useless: it took a quarter
    # of the time of a memo. Garbage is collected between two answers, and imported objects are excluded.
    gc.freeze()
    gc.disable()
    try:
        _serve(answers, called)
    finally:
        shutil.rmtree(os.environ["TMPDIR"], ignore_errors=True)  # if the parent was killed, no other process does it


def _serve(answers: BinaryIO, called: Callable[[bytes], bytes]) -> None:
    """Answer one argument after another, until there are no more."""
    answered = 0
    while head := sys.stdin.buffer.read(_HEAD.size):
        argument = sys.stdin.buffer.read(_HEAD.unpack(head)[0])
        try:
            status, content = _DONE, called(argument)
        except PolicyOptionsError as error:
            status, content = _REFUSED, json.dumps([asdict(fault) for fault in error.faults]).encode()
        except RecursionError:
            nested = Fault("limit-depth", "it is nested too deep to be read")
            status, content = _REFUSED, json.dumps([asdict(nested)]).encode()
        answers.write(status + _HEAD.pack(len(content)) + content)
        answers.flush()
        # Objects that one answer keeps for the next, such as pages shared by a batch, are searched for garbage only
        # after several answers: searching them each time took 0.14 s of each memo of 2 s.
        answered += 1
        if answered % _LOOKED_THROUGH_EVERY == 0:
            gc.unfreeze()
        gc.collect()
        gc.freeze()


def _faults(text: bytes) -> PolicyOptionsError:
    """The faults reported by a child, as data: each field is converted to its type, and nothing else is read."""
    faults = []
    for fault in json.loads(text):
        place = fault["place"]
        faults.append(
            Fault(
                str(fault["code"]),
                str(fault["message"]),
                str(fault["remedy"]),
                tuple(map(str, fault["ids"])),
                None if place is None else Place(str(place["file"]), place["line"], place["column"]),
            )
        )
    return PolicyOptionsError(faults)
