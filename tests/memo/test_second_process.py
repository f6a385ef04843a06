"""A copy of a process answers requests, passes on exceptions, and ends with its original."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from policy_options import PolicyOptionsError
from policy_options.memo.second_process import SecondProcess

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are copied on Linux only")

ENDLESS = """
import time
from policy_options.memo.second_process import SecondProcess
second = SecondProcess()
second.start(time.sleep, 600)
print(second.process, flush=True)
time.sleep(600)
"""


def refuse(code: str) -> None:
    raise PolicyOptionsError.of(code, "no", "say yes", ids=("x",))


def test_it_answers_one_thing_after_the_other_and_raises_what_is_raised_there() -> None:
    import pickle

    second = SecondProcess()
    try:
        second.start(os.getpid)
        assert pickle.loads(second.finish()) == second.process != os.getpid()
        second.start(refuse, "not-this")
        with pytest.raises(PolicyOptionsError) as raised:
            second.finish()
        (fault,) = raised.value.faults
        assert (fault.code, fault.message, fault.remedy, fault.ids) == ("not-this", "no", "say yes", ("x",))
        second.start(len, "four")
        assert pickle.loads(second.finish()) == 4
        second.start(os._exit, 1)
        with pytest.raises(EOFError):
            second.finish()
    finally:
        second.end()


def test_it_ends_with_its_original_whatever_it_is_doing() -> None:
    original = subprocess.Popen([sys.executable, "-c", ENDLESS], stdout=subprocess.PIPE, text=True)
    assert original.stdout is not None
    copy = int(original.stdout.readline())
    original.kill()
    original.wait()
    for _ in range(200):
        try:
            os.kill(copy, 0)
        except ProcessLookupError:
            break
        if _state(copy) == "Z":  # nobody has asked for its exit status
            break
        time.sleep(0.05)
    else:
        pytest.fail("the copy outlives its original")
    original.stdout.close()


def _state(process: int) -> str:
    try:
        return Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return "Z"
