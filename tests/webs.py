"""The explorer under test: a dossier in a folder, and a client that has opened its link."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from policy_options.web.app import Explorer, explorer
from policy_options.web.guard import Allowed

ORIGIN = "http://127.0.0.1:8472"


@dataclass
class Web:
    """A client with a session, whose paths begin at the explorer's own place."""

    folder: Path
    explorer: Explorer
    client: TestClient

    def get(self, path: str = "") -> str:
        """A page that must be there."""
        answer = self.client.get(self.explorer.home + path)
        assert answer.status_code == 200, (answer.status_code, text_of(answer.text))
        return answer.text

    def answer(self, path: str = "", method: str = "GET", *, headers: dict[str, str] | None = None, **more: Any) -> Any:
        """The answer to a request; changes come from the explorer's own pages unless headers say otherwise."""
        own = {"origin": ORIGIN} if method == "POST" else {}
        return self.client.request(method, self.explorer.home + path, headers=own | (headers or {}), **more)


def copied(root: Path, folder: Path) -> Path:
    """The shipped dossier in a folder that may be changed."""
    for name in ("criteria", "options"):
        shutil.copytree(root / name, folder / name)
    return folder


def opened(folder: Path, *, public: bool = False) -> Web:
    """The explorer of a folder, and a client that has opened the printed link."""
    found = explorer(folder, lambda: Allowed.of(("127.0.0.1", "localhost", "::1"), 8472), public=public)
    client = TestClient(found.app, base_url=ORIGIN, raise_server_exceptions=False)
    answer = client.get(f"/open/{found.token}", follow_redirects=False)
    assert answer.status_code == 303 and found.token not in answer.headers["location"]
    return Web(folder, found, client)


def text_of(page: str) -> str:
    """The words of a page, without marks and with single spaces."""
    page = re.sub(r"(?s)<(script|style|title)\b.*?</\1>", " ", page)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())
