"""Folders are made whole or not at all, and leftovers of a killed run are cleared or finished by the next."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from policy_options import PolicyOptionsError
from policy_options.atomic import write_atomically
from policy_options.atomic_folders import make_folder
from policy_options.leftovers import held_file, held_folder, is_leftover, temporary_name

FILES = {"criteria/decision.yaml": b"1", "options/a.yaml": b"2", "options/evidence/b.yaml": b"3", "reports/.x": b"4"}


def held_in(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def code(folder: Path) -> str:
    with pytest.raises(PolicyOptionsError) as caught:
        make_folder(folder, FILES, last="criteria")
    return caught.value.faults[0].code


def test_a_folder_is_made_with_those_above_it(tmp_path: Path) -> None:
    make_folder(tmp_path / "a/b", FILES, last="criteria")
    assert held_in(tmp_path / "a/b") == FILES
    assert [path.name for path in (tmp_path / "a").iterdir()] == ["b"]


def test_an_empty_folder_is_filled_and_keeps_its_mode(tmp_path: Path) -> None:
    folder = tmp_path / "empty"
    folder.mkdir(mode=0o700)
    make_folder(folder, FILES, last="criteria")
    assert held_in(folder) == FILES
    assert folder.stat().st_mode & 0o777 == 0o700
    assert [path.name for path in tmp_path.iterdir()] == ["empty"]


def test_the_folder_that_we_are_in_stays_the_same_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    before = Path().stat().st_ino
    make_folder(Path(), FILES, last="criteria")
    assert Path().stat().st_ino == before
    assert held_in(tmp_path) == FILES


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("mine")
    assert code(tmp_path) == "not-empty"
    assert code(tmp_path / "mine") == "not-empty"
    assert held_in(tmp_path) == {"mine": b"mine"}


def test_what_is_interrupted_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[str] = []
    plain = Path.write_bytes

    def interrupted(path: Path, content: bytes) -> int:
        if len(written) == 2:
            raise KeyboardInterrupt
        written.append(path.name)
        return plain(path, content)

    monkeypatch.setattr(Path, "write_bytes", interrupted)
    with pytest.raises(KeyboardInterrupt):
        make_folder(tmp_path / "a/b/c", FILES, last="criteria")
    assert list(tmp_path.iterdir()) == []


KILLED = """
import os, signal, sys
from pathlib import Path
from policy_options.atomic_folders import make_folder

step, count = sys.argv[1], int(sys.argv[2])
plain, seen = getattr(Path, step), []

def killed(path, *rest):
    seen.append(path)
    if len(seen) > count:
        os.kill(os.getpid(), signal.SIGKILL)
    return plain(path, *rest)

setattr(Path, step, killed)
files = {"criteria/decision.yaml": b"1", "options/a.yaml": b"2", "options/evidence/b.yaml": b"3", "reports/.x": b"4"}
make_folder(Path(sys.argv[3]), files, last="criteria")
"""


def killed(step: str, count: int, folder: Path, cwd: Path) -> None:
    ended = subprocess.run([sys.executable, "-c", KILLED, step, str(count), str(folder)], cwd=cwd, check=False)
    assert ended.returncode == -9


def test_a_kill_leaves_no_half_folder_and_the_next_run_clears_what_it_left(tmp_path: Path) -> None:
    killed("write_bytes", 2, tmp_path / "new", tmp_path)
    (left,) = tmp_path.iterdir()
    assert is_leftover(left.name, "new")
    make_folder(tmp_path / "new", FILES, last="criteria")
    assert [path.name for path in tmp_path.iterdir()] == ["new"]
    assert held_in(tmp_path / "new") == FILES


def test_a_kill_in_the_folder_that_we_are_in_is_cleared_where_not_all_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    killed("write_bytes", 2, Path(), tmp_path)
    assert len(list(tmp_path.iterdir())) == 1
    monkeypatch.chdir(tmp_path)
    make_folder(Path(), FILES, last="criteria")
    assert held_in(tmp_path) == FILES


def test_a_kill_in_the_folder_that_we_are_in_is_finished_where_all_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    killed("rename", 1, Path(), tmp_path)
    assert not (tmp_path / "criteria").exists(), "no half of it is taken for a dossier"
    monkeypatch.chdir(tmp_path)
    assert code(Path()) == "not-empty"
    assert {name: content for name, content in held_in(tmp_path).items() if not name.startswith(".")} == FILES


def test_what_another_run_holds_is_not_cleared(tmp_path: Path) -> None:
    with held_folder(tmp_path, "new") as building, held_file(tmp_path, "f") as (temporary, _):
        make_folder(tmp_path / "new", FILES, last="criteria")
        write_atomically(tmp_path / "f", b"x")
        assert building.is_dir()
        assert temporary.is_file()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["f", "new"]


def test_a_file_that_is_written_clears_the_files_that_kills_left_and_no_others(tmp_path: Path) -> None:
    others = ["x.part", ".x.part", ".x.0123456789AB.part", ".x.0123456789ab.part.yaml", "x.0123456789ab.part"]
    for name in (*others, ".x.0123456789ab.part", ".y.ffffffffffff.part"):
        (tmp_path / name).write_text("")
    (tmp_path / ".z.0123456789ab.part").mkdir()
    (tmp_path / ".link.0123456789ab.part").symlink_to(tmp_path / "x.part")
    write_atomically(tmp_path / "f", b"x")
    kept = sorted((*others, ".z.0123456789ab.part", ".link.0123456789ab.part", "f"))
    assert sorted(path.name for path in tmp_path.iterdir()) == kept


def test_a_temporary_name_is_never_too_long(tmp_path: Path) -> None:
    for name in ("a", "x" * 255, "é" * 127):
        temporary = temporary_name(name)
        assert len(os.fsencode(temporary)) <= 255
        assert is_leftover(temporary)
    write_atomically(tmp_path / ("x" * 250), b"x")
    assert [len(path.name) for path in tmp_path.iterdir()] == [250]
