"""A real browser for the explorer: Chromium, driven by Playwright, and the explorer served from a thread."""

from __future__ import annotations

import fcntl
import os
import shutil
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from policy_options.web.app import Explorer, explorer
from policy_options.web.guard import Allowed

__all__ = ["Served", "axe_finds", "chromium", "served"]


@cache
def chromium() -> str:
    """The path of a Chromium: installed where it is missing, and a failure where that is not possible."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    found = next((path for name in names if (path := shutil.which(name))), None)
    if found is None and os.geteuid() == 0 and shutil.which("apt-get"):
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        with (Path(tempfile.gettempdir()) / "policy-options-tests-apt.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)  # tests run in several processes, and only one may install
            for arguments in (("update",), ("install", "-y", "--no-install-recommends", "chromium")):
                if shutil.which("chromium") is None:
                    subprocess.run(["apt-get", "-qq", *arguments], check=False, capture_output=True, env=environment)
        found = shutil.which("chromium")
    if found is None:
        pytest.fail("these tests need a browser: apt-get install chromium")
    return found


@dataclass(frozen=True)
class Served:
    """An explorer that a browser can open."""

    folder: Path
    explorer: Explorer
    base: str

    @property
    def link(self) -> str:
        """The link that the command would print."""
        return f"{self.base}/open/{self.explorer.token}"

    @property
    def home(self) -> str:
        """The address of the main page."""
        return f"{self.base}{self.explorer.home}"


@contextmanager
def served(folder: Path) -> Iterator[Served]:
    """Serve a dossier from a thread until the block ends."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        found = explorer(folder, lambda: Allowed.of(("127.0.0.1",), port))
        server = uvicorn.Server(
            uvicorn.Config(found.app, log_level="critical", lifespan="off", ws="none", timeout_graceful_shutdown=0)
        )
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        try:
            yield Served(folder, found, f"http://127.0.0.1:{port}")
        finally:
            server.should_exit = True
            found.end()
            thread.join(10.0)


def axe_finds(page: Any) -> list[str]:
    """What axe-core finds wrong with a page by WCAG 2.2 AA and its best practices, one line each."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in found]
