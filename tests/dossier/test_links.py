"""Nothing is written through a link that leaves the dossier; links inside it are followed."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from policy_options import PolicyOptionsError
from policy_options.cli.app import application
from policy_options.dossier.links import refuse_leaving
from support import SmallDossier


def tried(small: SmallDossier, *arguments: str) -> str:
    shown = CliRunner().invoke(application(), ["weights", *arguments, "--dossier", str(small.root)])
    assert shown.exit_code == 2, shown.output
    return shown.output


def listing(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.parametrize(
    "command",
    [
        ("set", "even", "outlay=30"),
        ("set", "even", "outlay=30", "--dry-run"),
        ("refresh", "even", "--confirm"),
        ("new", "ours", "--from", "even", "--holder", "Us", "--because", "We say so."),
        ("elicit", "ours", "--method", "swing"),
    ],
)
def test_no_command_writes_to_a_folder_outside(small: SmallDossier, tmp_path: Path, command: tuple[str, ...]) -> None:
    outside = tmp_path / "outside"
    (small.root / "criteria/weights").rename(outside)
    (small.root / "criteria/weights").symlink_to(outside)
    before = listing(outside)
    assert "outside of the dossier, and nothing was written to that" in " ".join(tried(small, *command).split())
    assert listing(outside) == before


@pytest.mark.parametrize("command", [("set", "even", "outlay=30"), ("refresh", "even", "--confirm")])
def test_no_command_writes_to_a_file_outside(small: SmallDossier, tmp_path: Path, command: tuple[str, ...]) -> None:
    file, outside = small.root / "criteria/weights/even.yaml", tmp_path / "even.yaml"
    file.rename(outside)
    file.symlink_to(outside)
    before = outside.read_bytes()
    assert "even.yaml is a link to" in " ".join(tried(small, *command).split())
    assert (outside.read_bytes(), file.is_symlink()) == (before, True)


def test_a_new_set_is_not_written_through_a_link_to_nothing(small: SmallDossier, tmp_path: Path) -> None:
    (small.root / "criteria/weights/.ours.answers.yaml").symlink_to(tmp_path / "nothing.yaml")
    assert "is a link to" in tried(small, "elicit", "ours")
    assert not (tmp_path / "nothing.yaml").exists()


def test_links_inside_are_followed(small: SmallDossier, tmp_path: Path) -> None:
    (small.root / "shared").mkdir()
    file = small.root / "criteria/weights/even.yaml"
    file.rename(small.root / "shared/even.yaml")
    file.symlink_to("../../shared/even.yaml")
    (tmp_path / "door").symlink_to(small.root)
    refuse_leaving(tmp_path / "door", tmp_path / "door/criteria/weights/even.yaml")
    shown = CliRunner().invoke(
        application(), ["weights", "set", "even", "outlay=30", "--dossier", str(tmp_path / "door")]
    )
    assert shown.exit_code == 0, shown.output
    assert file.is_symlink()
    assert "outlay: 1.2" in (small.root / "shared/even.yaml").read_text()


def test_links_without_an_end_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    with pytest.raises(PolicyOptionsError, match=r"links have no end|outside of the dossier"):
        refuse_leaving(tmp_path / "dossier", tmp_path / "a")
