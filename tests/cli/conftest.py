"""The command line as a user runs it: in a separate process."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def run(root: Path) -> Run:
    """Run ``policy-options`` with arguments; by default on the shipped dossier, 100 columns wide, with no colour."""

    def call(
        *arguments: str, cwd: Path = root, columns: int = 100, **environment: str
    ) -> subprocess.CompletedProcess[str]:
        kept = {key: value for key, value in os.environ.items() if not key.startswith("POLICY_OPTIONS_")}
        return subprocess.run(
            [sys.executable, "-c", "from policy_options.cli import main; main()", *arguments],
            cwd=cwd,
            env={**kept, "COLUMNS": str(columns), "PYTHONUTF8": "1", **environment},
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )

    return call
