"""Folders in one another are walked as ``os.walk`` does, as deep as is allowed, and no deeper."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from policy_options import PolicyOptionsError, walking
from policy_options.cli.verify import _pdfs_below
from policy_options.dossier.origins import Folder
from policy_options.walking import walk_below


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for name in ("a.pdf", "b/c.pdf", "b/d/e.pdf", "f/g.txt", "h/i/j/k.PDF"):
        (tmp_path / "top" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "top" / name).write_bytes(b"")
    (tmp_path / "top/f/back").symlink_to(tmp_path / "top", target_is_directory=True)
    return tmp_path / "top"


def test_everything_below_comes_in_the_order_of_the_system(tree: Path) -> None:
    assert list(walk_below(tree)) == list(os.walk(tree))
    assert list(walk_below(tree / "missing")) == []


def test_folders_taken_off_the_list_are_not_looked_into(tree: Path) -> None:
    found = []
    for above, folders, _ in walk_below(tree):
        folders[:] = [name for name in folders if name != "b"]
        found.append(os.path.basename(above))  # noqa: PTH119
    assert sorted(found) == ["f", "h", "i", "j", "top"]


def test_an_error_is_handed_on(tree: Path) -> None:
    seen: list[OSError] = []
    assert list(walk_below(tree / "missing", onerror=seen.append)) == []
    assert [error.filename for error in seen] == [str(tree / "missing")]


def test_too_many_folders_inside_one_another_are_refused_by_name(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(walking, "MOST_FOLDERS_DEEP", 3)
    assert [path.name for path in _pdfs_below(tree)] == ["a.pdf", "c.pdf", "e.pdf", "k.PDF"]
    monkeypatch.setattr(walking, "MOST_FOLDERS_DEEP", 2)
    for walk in (lambda: _pdfs_below(tree), lambda: Folder(tree.parent).files("top")):
        with pytest.raises(PolicyOptionsError) as caught:
            walk()
        (fault,) = caught.value.faults
        assert fault.code == "folders-too-deep"
        assert fault.message == f"{tree} has more than 2 folders inside one another"
        assert fault.remedy
