"""The command line as a user runs it: in a separate process."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from prepared import Prepared

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="session")
def prepared() -> Iterator[Prepared]:
    process = Prepared()
    yield process
    process.close()


@pytest.fixture
def run(root: Path, prepared: Prepared) -> Run:
    """Run ``policy-options`` with arguments; by default on the shipped dossier, 100 columns wide, with no colour.

    With variables of the environment, it is run by a Python that starts with them.
    """

    def call(
        *arguments: str, cwd: Path = root, columns: int = 100, **environment: str
    ) -> subprocess.CompletedProcess[str]:
        kept = {key: value for key, value in os.environ.items() if not key.startswith("POLICY_OPTIONS_")}
        kept |= {"COLUMNS": str(columns), "PYTHONUTF8": "1", **environment}
        if not environment:
            return prepared.run(arguments, cwd, kept)
        return subprocess.run(
            [sys.executable, "-c", "from policy_options.cli import main; main()", *arguments],
            cwd=cwd,
            env=kept,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )

    return call
