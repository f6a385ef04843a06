"""Names that a command chooses are never written through a link: whoever gave the dossier could have put it there."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from support import SmallDossier

from .conftest import Run

CHOSEN = {
    "memo": "reports/harbour-even.pdf",
    "memo --output out/": "out/harbour-even.pdf",
    "memo --all": "reports/harbour-quick.pdf",
    "diff even quick --format pdf": "reports/harbour-comparison-even-quick.pdf",
    "schema": "schemas/option.schema.json",
    "robustness --samples 100 --charts charts": "charts/tornado.svg",
}


@pytest.mark.parametrize("command", CHOSEN)
def test_a_link_under_the_name_is_refused(run: Run, small: SmallDossier, tmp_path: Path, command: str) -> None:
    elsewhere = tmp_path / "notes.txt"
    elsewhere.write_text("kept")
    target = small.root / CHOSEN[command]
    target.parent.mkdir(exist_ok=True)
    target.symlink_to(elsewhere)
    shown = run(*command.split(), cwd=small.root)
    assert (shown.returncode, elsewhere.read_text()) == (2, "kept"), shown.stderr
    assert "is a link, and the command chose this name" in shown.stderr


@pytest.mark.parametrize("command", CHOSEN)
def test_a_pipe_under_the_name_is_refused_at_once(run: Run, small: SmallDossier, command: str) -> None:
    target = small.root / CHOSEN[command]
    target.parent.mkdir(exist_ok=True)
    os.mkfifo(target)
    shown = run(*command.split(), cwd=small.root)
    assert shown.returncode == 2
    assert "is a pipe or a device, and the command chose this name" in shown.stderr


def test_schemas_are_not_written_through_a_folder_that_leads_out(run: Run, small: SmallDossier, tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    (small.root / "schemas").symlink_to(tmp_path / "home")
    shown = run("schema", cwd=small.root)
    assert shown.returncode == 2
    assert "outside of the dossier" in shown.stderr
    assert list((tmp_path / "home").iterdir()) == []
    assert run("schema", "--output", "schemas", cwd=small.root).returncode == 0


@pytest.mark.parametrize("command", ["memo", "memo --all", "diff even quick --format pdf"])
def test_a_folder_of_reports_that_leads_out_of_the_dossier_is_refused(
    run: Run, small: SmallDossier, tmp_path: Path, command: str
) -> None:
    (tmp_path / "home").mkdir()
    (small.root / "reports").symlink_to(tmp_path / "home")
    shown = run(*command.split(), cwd=small.root)
    assert shown.returncode == 2, shown.stderr
    assert "outside of the dossier" in shown.stderr
    assert list((tmp_path / "home").iterdir()) == []


def test_a_path_that_is_typed_in_full_may_be_a_link(run: Run, small: SmallDossier, tmp_path: Path) -> None:
    (small.root / "mine.pdf").symlink_to(tmp_path / "memo.pdf")
    assert run("memo", "--output", "mine.pdf", cwd=small.root).returncode == 0
    assert (tmp_path / "memo.pdf").read_bytes().startswith(b"%PDF")
