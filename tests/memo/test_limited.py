"""Whatever the work in a limited process does, an answer or a refusal comes, and no process is left."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from policy_options import PolicyOptionsError
from policy_options.errors import Fault, Place
from policy_options.memo.limited import LimitedProcess, Limits, memory_can_be_limited, run_limited

WORK = """
import os, time
from policy_options.errors import Fault, Place, PolicyOptionsError

def upper(argument): return argument.upper()
def sleepy(argument): time.sleep(60)
def littering(argument):
    import tempfile
    return tempfile.mkdtemp().encode()
def greedy(argument): return bytes(int(argument))
def crashing(argument): os.abort()
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
    assert refusal(work("crashing")).code == "limit-memory"
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


def test_temporary_files_go_with_the_process(work: Work) -> None:
    with LimitedProcess(work("littering"), LIMITS, "the work") as process:
        left = Path(process.answer(b"").decode())
        assert left.is_dir()
    assert not left.exists()
