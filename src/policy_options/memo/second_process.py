"""A copy of this process that works on the same thing at the same time: a fork, taken before any library has begun threads.

It is for a process with limits, which the copy shares: of memory by inheritance, and of time since it ends with the process that
it is a copy of. Both trust one another, being the same program; what passes between them is pickled.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
import struct
import sys
from collections.abc import Callable
from typing import Any, BinaryIO, Final

__all__ = ["SecondProcess", "second_process_pays"]

_HEAD: Final = struct.Struct(">Q")
_END_WITH_PARENT: Final = 1  # PR_SET_PDEATHSIG of prctl(2)


def second_process_pays() -> bool:
    """Whether a copy can be taken safely and would have a processor to itself: on Linux, with two or more."""
    return sys.platform == "linux" and len(os.sched_getaffinity(0)) > 1


class SecondProcess:
    """The copy. It does one piece of work after the other, and its answer to each is waited for."""

    def __init__(self) -> None:
        (reads, sends), (receives, answers) = os.pipe(), os.pipe()
        original = os.getpid()
        self._process = os.fork()
        if self._process == 0:
            try:
                os.close(sends)
                os.close(receives)
                _serve(original, os.fdopen(reads, "rb"), os.fdopen(answers, "wb"))
            finally:
                os._exit(0)  # nothing of what the original has open is flushed or closed a second time
        os.close(reads)
        os.close(answers)
        self._sends, self._receives = os.fdopen(sends, "wb"), os.fdopen(receives, "rb")

    @property
    def process(self) -> int:
        """The number of the copy's process."""
        return self._process

    def end(self) -> None:
        """End the copy, whatever it is doing."""
        os.kill(self._process, signal.SIGKILL)
        os.waitpid(self._process, 0)
        self._sends.close()
        self._receives.close()

    def start(self, function: Callable[..., Any], *arguments: Any) -> None:
        """Have a function of a module called there."""
        _write(self._sends, pickle.dumps((function, arguments)))

    def finish(self) -> bytes:
        """The pickled answer to what was started.

        Raises:
            Exception: what the function raised, or ``EOFError`` where the copy has ended.
        """
        found = _read(self._receives)
        failed = found[:1] == b"1"
        if failed:
            raise pickle.loads(found[1:])  # noqa: S301  # written by this program
        return found[1:]


def _serve(original: int, arguments: BinaryIO, answers: BinaryIO) -> None:
    import ctypes

    ctypes.CDLL(None).prctl(_END_WITH_PARENT, signal.SIGKILL)
    if os.getppid() != original:
        return
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(nothing, 1)
    with contextlib.suppress(EOFError):
        while True:
            function, given = pickle.loads(_read(arguments))  # noqa: S301  # written by this program
            try:
                found = b"0" + pickle.dumps(function(*given), protocol=pickle.HIGHEST_PROTOCOL)
            except Exception as error:  # it is raised where it is waited for
                found = b"1" + pickle.dumps(error)
            _write(answers, found)


def _write(pipe: BinaryIO, content: bytes) -> None:
    pipe.write(_HEAD.pack(len(content)) + content)
    pipe.flush()


def _read(pipe: BinaryIO) -> bytes:
    head = pipe.read(_HEAD.size)
    if len(head) < _HEAD.size:
        raise EOFError
    return pipe.read(_HEAD.unpack(head)[0])
