from __future__ import annotations

import os
from pathlib import Path

from policy_options.cli.watching import changes_of


class Editor:
    """Writes files while the watcher waits, one step per wait, and stops it when there are no more."""

    def __init__(self, *work: list[tuple[Path, str]]) -> None:
        self.work = list(work)
        self.time = 1_000_000_000

    def wait(self, seconds: float) -> None:
        assert 0.1 <= seconds <= 1.0
        if not self.work:
            raise InterruptedError
        for path, text in self.work.pop(0):
            path.write_text(text, encoding="utf-8")
            self.time += 1
            os.utime(path, (self.time, self.time))


def changes(folder: Path, *work: list[tuple[Path, str]]) -> int:
    editor, count = Editor(*work), 0
    try:
        for _ in changes_of([folder], wait=editor.wait):
            count += 1
    except InterruptedError:
        pass
    return count


def test_each_save_is_told_once_it_has_come_to_rest(tmp_path: Path) -> None:
    one = tmp_path / "one.yaml"
    assert changes(tmp_path) == 1
    assert changes(tmp_path, [], []) == 1
    assert changes(tmp_path, [(one, "a")], [], []) == 2
    # Still being written at the second check, and again at the third: one change.
    assert changes(tmp_path, [(one, "b")], [(one, "bc")], [(one, "bcd")], [], []) == 2
    assert changes(tmp_path, [(one, "x")], [], [(one, "y")], [], []) == 3


def test_what_is_no_part_of_a_dossier_is_not_watched(tmp_path: Path) -> None:
    (tmp_path / "reports").mkdir()
    (tmp_path / ".git").mkdir()
    others = [
        (tmp_path / "reports" / "memo.yaml", "x"),
        (tmp_path / ".git" / "x.yaml", "x"),
        (tmp_path / "notes.txt", "x"),
    ]
    assert changes(tmp_path, others, [], []) == 1
    (tmp_path / "options").mkdir()
    assert changes(tmp_path, [(tmp_path / "options" / "a.yaml", "x")], [], []) == 2
