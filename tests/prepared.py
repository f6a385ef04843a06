"""Commands in processes of their own that have the package loaded: a fork each of one that has imported it.

Importing takes longer than most commands do. What a command sees is that of a process started for it: arguments, folder,
environment and standard streams, none of which is a terminal. Tests of start-up, and of variables that Python reads when it
starts, start a Python instead.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

__all__ = ["Prepared"]


class Prepared:
    """The process that has imported the package, and is asked for one command after the other."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, __file__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONUTF8": "1", "PYDANTIC_DISABLE_PLUGINS": "__all__"},
        )

    def run(
        self, arguments: Sequence[str], cwd: Path, environment: Mapping[str, str]
    ) -> subprocess.CompletedProcess[str]:
        """Run ``policy-options`` with arguments."""
        assert self._process.stdin is not None and self._process.stdout is not None
        with tempfile.TemporaryDirectory() as folder:
            out, err = Path(folder) / "out", Path(folder) / "err"
            asked = [list(arguments), str(cwd), dict(environment), str(out), str(err)]
            self._process.stdin.write(json.dumps(asked) + "\n")
            self._process.stdin.flush()
            status = int(self._process.stdout.readline())
            shown, said = (each.read_text(encoding="utf-8") for each in (out, err))
        return subprocess.CompletedProcess(["policy-options", *arguments], status, shown, said)

    def close(self) -> None:
        """End the process."""
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.close()
        self._process.stdout.close()
        self._process.wait(30)


def _import_everything() -> None:
    import importlib
    import pkgutil

    import policy_options

    for module in pkgutil.walk_packages(policy_options.__path__, "policy_options."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)


def _become(arguments: list[str], cwd: str, environment: dict[str, str], out: str, err: str) -> None:
    os.chdir(cwd)
    os.environ.clear()
    os.environ.update(environment)
    for path, number in ((os.devnull, 0), (out, 1), (err, 2)):
        opened = os.open(path, os.O_RDWR | os.O_CREAT)
        os.dup2(opened, number)
        os.close(opened)
    sys.argv = ["-c", *arguments]


def _serve() -> None:
    _import_everything()
    replies = os.fdopen(os.dup(1), "w")
    requests: Any = os.fdopen(os.dup(0))
    while line := requests.readline():
        pid = os.fork()
        if pid == 0:
            os.close(requests.fileno())
            os.close(replies.fileno())
            _become(*json.loads(line))
            from policy_options.cli import main

            main()
            return
        _, status = os.waitpid(pid, 0)
        replies.write(f"{os.waitstatus_to_exitcode(status)}\n")
        replies.flush()


if __name__ == "__main__":
    _serve()
