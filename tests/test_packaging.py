"""The built packages contain everything that a user needs, and work from wherever they are installed."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

MAIN = "import policy_options.cli, policy_options; print(policy_options.__file__); policy_options.cli.main()"


@pytest.fixture(scope="module")
def built(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with ``wheel/`` and ``sdist/``, unpacked; built from what git tracks or would track."""
    folder = tmp_path_factory.mktemp("built")
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode:
        pytest.skip("only a git checkout knows which files are the project's")
    for name in listed.stdout.splitlines():
        if (root / name).is_file():
            target = folder / "clone" / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes((root / name).read_bytes())
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-d", str(folder / "dist")],
        cwd=folder / "clone",
        check=True,
        capture_output=True,
    )
    (wheel,) = (folder / "dist").glob("*.whl")
    (sdist,) = (folder / "dist").glob("*.tar.gz")
    zipfile.ZipFile(wheel).extractall(folder / "wheel")
    subprocess.run(["tar", "-xzf", str(sdist), "-C", str(folder)], check=True)
    (folder / sdist.name.removesuffix(".tar.gz")).rename(folder / "sdist")
    return folder


def run(package: Path, *arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(package)}
    return subprocess.run(
        [sys.executable, "-c", MAIN, *arguments], cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("place", ["wheel", "sdist/src", "clone/src"])
def test_new_and_memo_work_from_there_alone(built: Path, place: str, tmp_path: Path) -> None:
    made = run(built / place, "new", "demo", "--example", cwd=tmp_path)
    assert made.returncode == 0, made.stderr
    assert made.stdout.startswith(str(built / place))
    memo = run(built / place, "memo", cwd=tmp_path / "demo")
    assert memo.returncode == 0, memo.stderr
    assert (tmp_path / "demo/reports/japan-central-asia-balanced.pdf").is_file()


def test_the_wheel_holds_the_package_the_starter_and_nothing_odd(built: Path) -> None:
    (wheel,) = (built / "dist").glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())  # the unpacked copy has been run, and contains Python's caches
    assert {"policy_options/py.typed", "policy_options/_starter/templates/memo/memo.css"} <= names
    assert {
        "policy_options/_starter/criteria/decision.yaml",
        "policy_options/_starter/schemas/option.schema.json",
    } <= names
    assert {"policy_options/web/pages/explore.html.j2", "policy_options/web/static/explore.js"} <= names
    endings = {Path(name).suffix for name in names if name.startswith("policy_options/")}
    assert endings == {".py", ".typed", ".yaml", ".json", ".css", ".j2", ".txt", ".js", ".svg"}


def test_each_starter_file_stands_once_in_git(root: Path) -> None:
    assert not (root / "src/policy_options/_starter").exists()
