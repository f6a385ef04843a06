"""A browser for tests: Debian's Chromium, which is installed where it is missing, else the test fails."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Final

import pytest
from playwright.sync_api import Browser, sync_playwright

NAMES: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@cache
def chromium() -> str:
    """The path of a Chromium; it is installed by apt-get where the tests may do that."""
    found = _found()
    if found is None and os.geteuid() == 0 and shutil.which("apt-get"):
        for arguments in (("update",), ("install", "-y", "--no-install-recommends", "chromium")):
            environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
            subprocess.run(["apt-get", "-qq", *arguments], check=False, capture_output=True, env=environment)
        found = _found()
    if found is None:
        pytest.fail("these tests need a browser: apt-get install chromium")
    return found


def _found() -> str | None:
    return next((path for name in NAMES if (path := shutil.which(name))), None)


@contextmanager
def started() -> Iterator[Browser]:
    """A headless browser, ended afterwards."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        try:
            yield browser
        finally:
            browser.close()
