"""Work on what comes from anywhere, in a process of its own with limits: seconds, and where the system has them, memory.

The process is a fresh Python that is told a function by name and gets its argument as bytes on its standard input; its answer
comes back as bytes. Whatever it does, it ends: the parent waits so long and no longer.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Final

from policy_options.errors import PolicyOptionsError

__all__ = ["Limits", "child", "memory_can_be_limited", "run_limited"]

_REFUSED: Final = 3


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds of waiting, and megabytes of address space."""

    seconds: float
    megabytes: int


def memory_can_be_limited() -> bool:
    """Whether the system limits the address space of a process: Linux does."""
    return sys.platform == "linux"


def run_limited(function: Callable[[bytes], bytes], argument: bytes, limits: Limits, what: str) -> bytes:
    """Call a function of a module by its name in a process with limits; ``what`` says in errors what was being done.

    Raises:
        PolicyOptionsError: it took longer than the limit, asked for more memory, or crashed; or the one that it raised.
    """
    name = f"{function.__module__}:{function.__qualname__}"
    command = [
        sys.executable,
        "-c",
        "from policy_options.memo.limited import child; child()",
        name,
        str(limits.megabytes),
    ]
    environment = os.environ | {"OPENBLAS_NUM_THREADS": "1"}  # each thread takes address space
    try:
        done = subprocess.run(
            command, input=argument, capture_output=True, timeout=limits.seconds, check=False, env=environment
        )
    except subprocess.TimeoutExpired:
        raise PolicyOptionsError.of(
            "limit-time", f"{what} took longer than the limit of {limits.seconds:g} seconds, and was ended"
        ) from None
    if done.returncode == 0:
        return done.stdout
    said = done.stderr.decode(errors="replace").strip()
    if done.returncode == _REFUSED:
        code, _, message = said.splitlines()[-1].partition(" ")
        raise PolicyOptionsError.of(code, message)
    if "MemoryError" in said or done.returncode < 0:
        raise PolicyOptionsError.of(
            "limit-memory", f"{what} needed more than the limit of {limits.megabytes} MB of memory, and was ended"
        )
    raise PolicyOptionsError.of("limit-crash", f"{what} failed: {said.splitlines()[-1] if said else 'it says nothing'}")


def child() -> None:
    """What the fresh process runs."""
    name, megabytes = sys.argv[1:3]
    if memory_can_be_limited():
        import resource

        most = int(megabytes) * 1024 * 1024
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    module, _, function = name.partition(":")
    try:
        answer = getattr(import_module(module), function)(sys.stdin.buffer.read())
    except PolicyOptionsError as error:
        sys.stderr.write(f"{error.faults[0].code} {' '.join(error.faults[0].message.split())}\n")
        raise SystemExit(_REFUSED) from None
    except RecursionError:
        sys.stderr.write("limit-depth it is nested too deep to be read\n")
        raise SystemExit(_REFUSED) from None
    sys.stdout.buffer.write(answer)
