"""Files are written whole or not at all: kills, other writers, links, and each refusal."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from policy_options import PolicyOptionsError, atomic
from policy_options.atomic import write_atomically
from policy_options.cli import running
from policy_options.errors import Fault
from support import SmallDossier


def refusal(path: Path, content: bytes = b"new", *, replacing: bytes | None = None, new: bool = False) -> Fault:
    with pytest.raises(PolicyOptionsError) as caught:
        write_atomically(path, content, replacing=replacing, new=new)
    assert len(caught.value.faults) == 1
    return caught.value.faults[0]


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


# --- what is written ---


def test_a_file_is_written_with_its_folders(tmp_path: Path) -> None:
    path = tmp_path / "a/b/c.yaml"
    write_atomically(path, b"x\r\n\x00")
    assert path.read_bytes() == b"x\r\n\x00"
    assert names(path.parent) == ["c.yaml"]


def test_a_file_is_replaced_and_keeps_its_mode(tmp_path: Path) -> None:
    path = tmp_path / "f"
    path.write_bytes(b"old")
    path.chmod(0o640)
    write_atomically(path, b"new", replacing=b"old")
    assert path.read_bytes() == b"new"
    assert path.stat().st_mode & 0o777 == 0o640
    assert names(tmp_path) == ["f"]


def test_a_new_file_has_the_mode_of_a_plain_one(tmp_path: Path) -> None:
    (tmp_path / "plain").write_bytes(b"")
    write_atomically(tmp_path / "f", b"x")
    write_atomically(tmp_path / "g", b"x", new=True)
    modes = {path.stat().st_mode for path in tmp_path.iterdir()}
    assert len(modes) == 1


@pytest.mark.parametrize("replacing", [None, b"old"])
def test_a_link_is_written_through(tmp_path: Path, replacing: bytes | None) -> None:
    (tmp_path / "target").write_bytes(b"old")
    (tmp_path / "link").symlink_to("target")
    write_atomically(tmp_path / "link", b"new", replacing=replacing)
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "target").read_bytes() == b"new"


def test_a_device_is_written_to(tmp_path: Path) -> None:
    write_atomically(Path(os.devnull), b"x")
    assert not Path(os.devnull).is_file()
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read: list[bytes] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_bytes()))
    reader.start()
    write_atomically(pipe, b"x")
    reader.join(10)
    assert read == [b"x"]
    assert names(tmp_path) == ["pipe"]


def test_a_pipe_that_nobody_reads_is_refused_and_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(atomic, "_WAITS_FOR_A_READER", 0.1)
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(PolicyOptionsError, match="it is a pipe that nobody reads"):
        write_atomically(tmp_path / "pipe", b"x")


def test_without_bytes_to_replace_nothing_is_compared(tmp_path: Path) -> None:
    (tmp_path / "f").write_bytes(b"whatever")
    write_atomically(tmp_path / "f", b"new")
    assert (tmp_path / "f").read_bytes() == b"new"


def test_new_writes_where_nothing_is(tmp_path: Path) -> None:
    write_atomically(tmp_path / "a/f", b"x", new=True)
    assert (tmp_path / "a/f").read_bytes() == b"x"
    assert (tmp_path / "a/f").stat().st_nlink == 1
    assert names(tmp_path / "a") == ["f"]


def no_links(self: Path, target: Path) -> None:
    raise PermissionError(1, "Operation not permitted")


def test_new_needs_no_hard_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "hardlink_to", no_links)
    write_atomically(tmp_path / "f", b"x", new=True)
    assert (tmp_path / "f").read_bytes() == b"x"
    assert names(tmp_path) == ["f"]


def test_new_without_hard_links_leaves_nothing_where_it_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(self: Path, target: Path) -> Path:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(Path, "hardlink_to", no_links)
    monkeypatch.setattr(Path, "replace", fails)
    assert refusal(tmp_path / "f", new=True).code == "not-writable"
    assert names(tmp_path) == []


# --- refusals ---


@pytest.mark.parametrize("target", ["", "there"])
def test_a_folder_is_refused(tmp_path: Path, target: str) -> None:
    (tmp_path / "there").mkdir()
    fault = refusal(tmp_path / target)
    assert fault.code == "not-writable"
    assert "it is a folder" in fault.message
    assert fault.remedy == "check its permissions"
    assert names(tmp_path) == ["there"]


def test_a_file_where_a_folder_is_meant_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    assert refusal(tmp_path / "file/f").code == "not-writable"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_folder_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "f").write_bytes(b"old")
    folder.chmod(0o555)
    try:
        assert refusal(folder / "f").code == "not-writable"
        assert refusal(folder / "f", replacing=b"old").code == "not-writable"
        assert refusal(folder / "g", new=True).code == "not-writable"
        assert (folder / "f").read_bytes() == b"old"
    finally:
        folder.chmod(0o755)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write every file")
def test_a_write_protected_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "f"
    path.write_bytes(b"old")
    path.chmod(0o444)
    fault = refusal(path)
    assert (fault.code, path.read_bytes()) == ("not-writable", b"old")
    assert "write-protected" in fault.message


def test_a_file_that_changed_since_it_was_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "f"
    path.write_bytes(b"other")
    fault = refusal(path, replacing=b"old")
    assert fault.code == "file-changed"
    assert fault.message == "the file was changed since it was read"
    assert fault.remedy == "run the command again"
    assert str(fault.place) == str(path)
    assert path.read_bytes() == b"other"
    assert names(tmp_path) == ["f"]


@pytest.mark.parametrize("name", ["f", "no-folder/f"])
def test_a_file_that_went_since_it_was_read_is_refused_and_nothing_is_made(tmp_path: Path, name: str) -> None:
    assert refusal(tmp_path / name, replacing=b"").code == "file-changed"
    assert names(tmp_path) == []


def test_a_change_at_the_last_moment_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "f"
    path.write_bytes(b"old")
    fsync = os.fsync

    def interfering(handle: int) -> None:
        fsync(handle)
        path.write_bytes(b"an editor was here")

    monkeypatch.setattr(os, "fsync", interfering)
    assert refusal(path, replacing=b"old").code == "file-changed"
    assert path.read_bytes() == b"an editor was here"
    assert names(tmp_path) == ["f"]


def test_a_device_holds_nothing_to_replace() -> None:
    assert refusal(Path(os.devnull), replacing=b"").code == "not-writable"


@pytest.mark.parametrize("kind", ["file", "folder", "link"])
def test_new_refuses_what_is_there(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "f"
    if kind == "folder":
        path.mkdir()
    else:
        (tmp_path / "target").write_bytes(b"old")
        path.symlink_to("target") if kind == "link" else path.write_bytes(b"old")
    before = names(tmp_path)
    fault = refusal(path, new=True)
    assert fault.code == "file-exists"
    assert fault.remedy == "choose another name"
    assert str(fault.place) == str(path)
    assert names(tmp_path) == before
    assert kind == "folder" or path.read_bytes() == b"old"


@pytest.mark.parametrize("links", [True, False])
def test_new_refuses_what_comes_at_the_last_moment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, links: bool
) -> None:
    path = tmp_path / "f"
    fsync = os.fsync

    def interfering(handle: int) -> None:
        fsync(handle)
        path.write_bytes(b"theirs")

    monkeypatch.setattr(os, "fsync", interfering)
    if not links:
        monkeypatch.setattr(Path, "hardlink_to", no_links)
    assert refusal(path, new=True).code == "file-exists"
    assert path.read_bytes() == b"theirs"
    assert names(tmp_path) == ["f"]


def test_what_is_not_read_back_as_it_was_written_replaces_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "f"
    path.write_bytes(b"old")
    read_bytes = Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda p: b"ne\x00" if p.suffix == ".part" else read_bytes(p))
    fault = refusal(path)
    assert fault.code == "not-writable"
    assert "read back" in fault.message
    assert read_bytes(path) == b"old"
    assert names(tmp_path) == ["f"]


def test_a_full_disk_leaves_the_old_file_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "f"
    path.write_bytes(b"old")

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    fault = refusal(path, replacing=b"old")
    assert (fault.code, fault.place) == ("not-writable", None)
    assert fault.message == f"{path} cannot be written: No space left on device"
    assert path.read_bytes() == b"old"
    assert names(tmp_path) == ["f"]


def test_an_interruption_leaves_the_old_file_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "f"
    path.write_bytes(b"old")

    def interrupted(self: Path, target: Path) -> Path:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_atomically(path, b"new")
    assert path.read_bytes() == b"old"
    assert names(tmp_path) == ["f"]


def test_a_folder_that_cannot_be_synced_or_locked_does_not_matter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "f"
    path.write_bytes(b"old")
    opened = os.open

    def no_folders(name: Path | str, flags: int, mode: int = 0o777) -> int:
        if Path(name).is_dir():
            raise PermissionError(13, "Permission denied")
        return opened(name, flags, mode)

    monkeypatch.setattr(os, "open", no_folders)
    write_atomically(path, b"new", replacing=b"old")
    assert path.read_bytes() == b"new"


def test_the_command_line_names_its_own_remedy(tmp_path: Path) -> None:
    with pytest.raises(PolicyOptionsError) as caught:
        running.write_atomically(tmp_path, b"x")
    assert caught.value.faults[0].code == "not-writable"
    assert caught.value.faults[0].remedy == "name another place with --output"


# --- kills and other writers ---

KILLED_BEFORE_THE_RENAME = """
import os, signal, sys
from pathlib import Path
from policy_options.atomic import write_atomically

def killed(*arguments):
    os.kill(os.getpid(), signal.SIGKILL)

Path.replace = Path.hardlink_to = killed
old = Path(sys.argv[1]).read_bytes() if sys.argv[2] == "replacing" else None
write_atomically(Path(sys.argv[1]), b"format: 1 # half of", replacing=old, new=sys.argv[2] == "new")
"""


@pytest.mark.parametrize("how", ["plain", "replacing", "new"])
def test_a_kill_before_the_rename_leaves_the_old_file_whole(small: SmallDossier, how: str) -> None:
    path = small.root / "options" / ("later.yaml" if how == "new" else "new-mole.yaml")
    before = {each: each.read_bytes() for each in path.parent.glob("*.yaml")}
    done = subprocess.run([sys.executable, "-c", KILLED_BEFORE_THE_RENAME, str(path), how], timeout=60, check=False)
    assert done.returncode == -signal.SIGKILL
    assert {each: each.read_bytes() for each in path.parent.glob("*.yaml") if each.name[0] != "."} == before
    left = set(path.parent.iterdir()) - set(before) - {path.parent / "evidence"}
    assert len(left) == 1
    temporary = left.pop()
    assert temporary.name.startswith(f".{path.name}.")
    assert temporary.name.endswith(".part")
    assert temporary.read_bytes() == b"format: 1 # half of"
    assert small.faults() == ()
    write_atomically(path, b"x", new=how == "new")  # leftovers do no harm
    assert path.read_bytes() == b"x"


def test_of_writers_that_read_the_same_bytes_one_alone_writes(tmp_path: Path) -> None:
    path = tmp_path / "f"
    for new in (False, True):
        for _ in range(10):
            path.unlink(missing_ok=True)
            if not new:
                path.write_bytes(b"old")
            start = threading.Barrier(8)
            written: list[bytes] = []
            codes: list[str] = []

            def write(
                content: bytes,
                new: bool = new,
                start: threading.Barrier = start,
                written: list[bytes] = written,
                codes: list[str] = codes,
            ) -> None:
                start.wait(10)
                try:
                    write_atomically(path, content, replacing=None if new else b"old", new=new)
                    written.append(content)
                except PolicyOptionsError as error:
                    codes.append(error.faults[0].code)

            threads = [threading.Thread(target=write, args=(f"writer {n}".encode(),)) for n in range(8)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join(30)
            assert len(written) == 1
            assert path.read_bytes() == written[0]
            assert codes == ["file-exists" if new else "file-changed"] * 7
            assert names(tmp_path) == ["f"]


def test_writers_that_compare_nothing_never_mix(tmp_path: Path) -> None:
    path = tmp_path / "f"
    contents = [bytes([letter]) * 100_000 for letter in b"abcd"]

    def write_often(content: bytes) -> None:
        for _ in range(5):
            write_atomically(path, content)

    threads = [threading.Thread(target=write_often, args=(content,)) for content in contents]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        assert not path.exists() or path.read_bytes() in contents
    assert path.read_bytes() in contents
    assert names(tmp_path) == ["f"]
