"""A second process that works on the same memo concurrently: a fork of this one, made before any library starts
threads.

It is for a process with limits, which the second shares: memory by inheritance, and time since it ends with its parent.
The two trust each other, being the same program, and exchange pickled data.
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
    """Whether a process can be forked safely and would have its own processor: on Linux, with two or more."""
    return sys.platform == "linux" and len(os.sched_getaffinity(0)) > 1


class SecondProcess:
    """The fork. It does one piece of work after another, and the answer to each is awaited."""

    def __init__(self) -> None:
        (reads, sends), (receives, answers) = os.pipe(), os.pipe()
        parent = os.getpid()
        self._process = os.fork()
        if self._process == 0:
            try:
                os.close(sends)
                os.close(receives)
                _serve(parent, os.fdopen(reads, "rb"), os.fdopen(answers, "wb"))
            finally:
                os._exit(0)  # nothing that the parent has open is flushed or closed a second time
        os.close(reads)
        os.close(answers)
        self._sends, self._receives = os.fdopen(sends, "wb"), os.fdopen(receives, "rb")

    @property
    def process(self) -> int:
        """The number of the process."""
        return self._process

    def end(self) -> None:
        """End the process, whatever it is doing."""
        os.kill(self._process, signal.SIGKILL)
        os.waitpid(self._process, 0)
        self._sends.close()
        self._receives.close()

    def start(self, function: Callable[..., Any], *arguments: Any) -> None:
        """Call a function of a module in it."""
        _write(self._sends, pickle.dumps((function, arguments)))

    def finish(self) -> bytes:
        """The pickled answer to the work started.

        Raises:
            Exception: anything raised by the function, or ``EOFError`` if the process has ended.
        """
        answer = _read(self._receives)
        failed = answer[:1] == b"1"
        if failed:
            raise pickle.loads(answer[1:])  # noqa: S301  # written by this program
        return answer[1:]


def _serve(parent: int, arguments: BinaryIO, answers: BinaryIO) -> None:
    import ctypes

    ctypes.CDLL(None).prctl(_END_WITH_PARENT, signal.SIGKILL)
    if os.getppid() != parent:
        return
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(nothing, 1)
    with contextlib.suppress(EOFError):
        while True:
            function, given = pickle.loads(_read(arguments))  # noqa: S301  # written by this program
            try:
                answer = b"0" + pickle.dumps(function(*given), protocol=pickle.HIGHEST_PROTOCOL)
            except Exception as error:  # it is raised in the process that waits
                answer = b"1" + pickle.dumps(error)
            _write(answers, answer)


def _write(pipe: BinaryIO, content: bytes) -> None:
    pipe.write(_HEAD.pack(len(content)) + content)
    pipe.flush()


def _read(pipe: BinaryIO) -> bytes:
    head = pipe.read(_HEAD.size)
    if len(head) < _HEAD.size:
        raise EOFError
    return pipe.read(_HEAD.unpack(head)[0])
