"""Fixtures shared by all tests, and the flag that refreshes golden files."""

from __future__ import annotations

import shutil
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

from policy_options import Dossier
from support import Golden, SmallDossier

ROOT = Path(__file__).parent.parent
_NOTO = ("ja", "zh")
_ANY = ("he", "ar")


settings.register_profile("suite", deadline=None, derandomize=True)  # neither the clock nor chance decides
settings.load_profile("suite")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--refresh-golden", action="store_true", help="Write golden files anew; review the difference by eye."
    )


def pytest_configure() -> None:
    """Let commands that tests start be interrupted where a shell has started the tests in its background.

    Such a shell has interrupts ignored, and whatever is started from there inherits it.
    """
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def root() -> Path:
    """The top level of the repository, which is the shipped dossier."""
    return ROOT


@pytest.fixture(scope="session")
def shipped_dossier() -> Dossier:
    return Dossier.load(ROOT)


@pytest.fixture
def small(tmp_path: Path) -> SmallDossier:
    """A dossier of three options and three criteria, to be changed by a test."""
    return SmallDossier.write(tmp_path / "small")


@pytest.fixture
def fonts_of() -> Callable[[str], None]:
    """Skips a test for a language without fonts on this system."""

    def has(language: str) -> None:
        if language not in _NOTO and language not in _ANY:
            return
        if shutil.which("fc-list") is None:
            pytest.skip("this system cannot say which fonts it has: apt-get install fontconfig")
        found = subprocess.run(
            ["fc-list", f":lang={language}", "family"], check=False, capture_output=True, text=True, encoding="utf-8"
        )
        if language in _NOTO and "Noto" not in found.stdout:
            pytest.skip(f"this system has no Noto CJK for {language}: apt-get install fonts-noto-cjk")
        if not found.stdout.strip():
            pytest.skip(f"this system has no font for {language}: apt-get install fonts-dejavu")

    return has


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """Compares text with a file next to the test."""
    return Golden(Path(request.path).parent / "golden", bool(request.config.getoption("--refresh-golden")))
