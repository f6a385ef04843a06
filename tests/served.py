"""The explorer, served from a thread for a browser to open."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import uvicorn

from policy_options.web.app import Explorer, explorer
from policy_options.web.guard import Allowed

__all__ = ["Served", "served"]


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
