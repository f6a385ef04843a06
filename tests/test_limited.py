"""Whatever the work in a limited process does, an answer or a refusal arrives, and no process remains."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from policy_options import PolicyOptionsError
from policy_options.errors import Fault, Place
from policy_options.limited import (
    LimitedProcess,
    Limits,
    ProcessorTimeError,
    memory_can_be_limited,
    processor_time,
    run_limited,
)

WORK = """
import os, time
from policy_options.errors import Fault, Place, PolicyOptionsError

def upper(argument): return argument.upper()
def sleepy(argument): time.sleep(60)
def littering(argument):
    import tempfile
    return tempfile.mkdtemp().encode()
def littering_and_busy(argument):
    import pathlib, tempfile
    pathlib.Path(argument.decode()).write_text(tempfile.mkdtemp())
    time.sleep(60)
def greedy(argument): return bytes(int(argument))
def crashing(argument): os.abort()
def killed(argument): os.kill(os.getpid(), 9)
def failing(argument): raise ValueError("a failure of its own")
def nested(argument): return nested(argument)
def refusing(argument):
    raise PolicyOptionsError([Fault("code", "message", "remedy", ("id",), Place("file.yaml", 3, 7)), Fault("other", "more")])
"""
LIMITS = Limits(seconds=20.0, megabytes=1_024)


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], Callable[[bytes], bytes]]]:
    """A function of a module that a fresh process can import."""
    (tmp_path / "limited_work.py").write_text(WORK, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.syspath_prepend(str(tmp_path))

    def named(name: str) -> Callable[[bytes], bytes]:
        import importlib

        found: Callable[[bytes], bytes] = getattr(importlib.import_module("limited_work"), name)
        return found

    yield named
    sys.modules.pop("limited_work", None)


Work = Callable[[str], Callable[[bytes], bytes]]


def refusal(function: Callable[[bytes], bytes], argument: bytes = b"", limits: Limits = LIMITS) -> Fault:
    with pytest.raises(PolicyOptionsError) as raised:
        run_limited(function, argument, limits, "the work")
    return raised.value.faults[0]


def test_an_answer_comes_back_as_bytes(work: Work) -> None:
    assert run_limited(work("upper"), b"abc" * 100_000, LIMITS, "the work") == b"ABC" * 100_000


def test_time_is_limited_and_the_limit_is_named(work: Work) -> None:
    found = refusal(work("sleepy"), limits=Limits(0.5, 1_024))
    assert (found.code, found.message) == (
        "limit-time",
        "the work took longer than the limit of 0.5 seconds, and was ended",
    )


@pytest.mark.skipif(not memory_can_be_limited(), reason="the system cannot limit memory")
def test_memory_is_limited_and_the_limit_is_named(work: Work) -> None:
    assert len(run_limited(work("greedy"), b"1000000", LIMITS, "the work")) == 1_000_000
    found = refusal(work("greedy"), b"2000000000")
    assert (found.code, found.message) == (
        "limit-memory",
        "the work needed more than the limit of 1,024 MB of memory, and was ended",
    )


def test_a_crash_and_a_failure_are_told(work: Work) -> None:
    crashed = refusal(work("crashing"))
    assert (crashed.code, crashed.message) == (
        "limit-crash",
        "the work failed: it was ended by SIGABRT; it printed no reason",
    )
    killed = refusal(work("killed"))
    assert (killed.code, killed.message) == (
        "limit-memory",
        "the work was ended by SIGKILL, as systems do when they have no memory left",
    )
    assert refusal(work("failing")).message == "the work failed: ValueError: a failure of its own"
    assert refusal(work("nested")).code == "limit-depth"


def test_a_refusal_comes_back_whole(work: Work) -> None:
    with pytest.raises(PolicyOptionsError) as raised:
        run_limited(work("refusing"), b"", LIMITS, "the work")
    assert raised.value.faults == (
        Fault("code", "message", "remedy", ("id",), Place("file.yaml", 3, 7)),
        Fault("other", "more"),
    )


def test_no_process_is_left_whether_or_not_it_was_asked(work: Work) -> None:
    with LimitedProcess(work("upper"), LIMITS, "the work") as process:
        running: subprocess.Popen[bytes] = process._process
        assert running.poll() is None
    assert running.poll() is not None


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="the system has no timer that interrupts")
@pytest.mark.parametrize("busy", [True, False])
def test_a_process_ends_soon_after_a_parent_that_was_killed_and_leaves_nothing(
    work: Work, tmp_path: Path, busy: bool
) -> None:
    told = tmp_path / "told"
    script = (
        "import limited_work, sys\n"
        "from policy_options.limited import LimitedProcess, Limits\n"
        f"process = LimitedProcess(limited_work.{'littering_and_busy' if busy else 'littering'}, Limits(60, 1024), 'work')\n"
        "print(process._process.pid, flush=True)\n"
        f"left = process.answer({str(told)!r}.encode()).decode()\n"
        f"open({str(told)!r}, 'w').write(left)\n"
        "sys.stdin.read()\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert parent.stdin is not None
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    assert soon(lambda: told.is_file() and bool(told.read_text()))
    left = Path(told.read_text())
    assert left.is_dir()
    parent.kill()
    parent.wait()
    parent.stdin.close()
    parent.stdout.close()
    assert soon(lambda: not runs(child))
    assert not left.parent.exists()


def soon(holds: Callable[[], bool]) -> bool:
    for _ in range(200):
        if holds():
            return True
        time.sleep(0.1)
    return False


def runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    # A process that has ended stays listed until its new parent asks for its status.
    status = Path(f"/proc/{process}/stat")
    return not status.exists() or status.read_text().rpartition(")")[2].split()[0] != "Z"


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="the system has no timer of processor time")
def test_processor_time_is_limited() -> None:
    with pytest.raises(ProcessorTimeError), processor_time(0.05):
        while True:
            pass
    with processor_time(60.0):
        pass
    assert signal.getitimer(signal.ITIMER_VIRTUAL) == (0.0, 0.0)


def test_temporary_files_go_with_the_process(work: Work) -> None:
    with LimitedProcess(work("littering"), LIMITS, "the work") as process:
        left = Path(process.answer(b"").decode())
        assert left.is_dir()
    assert not left.exists()
