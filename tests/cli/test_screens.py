"""Every table of every command, in every language, on narrow and wide terminals and in a pipe: nothing is cut off."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from languages import LANGUAGES, in_language
from policy_options.cli.app import application
from policy_options.wording.plain import width
from support import EVEN, SmallDossier

NAMES = {
    "en": "Regional cooperation and harmonisation of transboundary maritime authorities",
    "ja": "越境海上当局による地域協力体制の強靱化及び調整の推進",
    "ru": "Межведомственная координация и модернизация трансграничной инфраструктуры",
    "zh": "跨境海事主管部门区域合作机制的协调与可持续发展",
}
COMMANDS = (
    "rank",
    "rank --all",
    "rank --by-criterion",
    "rank --explain harmonised-maritime-cooperation-11",
    "rank --set waiting=30",
    "check",
    "robustness --samples 2048",
    "robustness --samples 2048 --full",
    "diff even quick",
    "diff --all",
    "weights list",
    "weights show quick",
    "weights set even waiting+=5 --dry-run",
)


def wide(small: SmallDossier, language: str) -> Path:
    """The small dossier with fourteen options and eleven weight sets of long names."""
    in_language(small, language)
    name = NAMES[language]
    for number in range(1, 12):
        scores = (
            f"scores: {{crossings: {number}, waiting: {{low: 5, likely: {10 + number}, high: 60}}, outlay: middling}}\n"
        )
        text = f"format: 1\ntitle: {name} {number}\n{scores}"
        small.put(f"options/harmonised-maritime-cooperation-{number:02}.yaml", text)
    for number in range(1, 10):
        points = EVEN[EVEN.index("format") : EVEN.index("judgements")].replace("title: Even", f"title: {name} {number}")
        text = f"{points}judgements: {{crossings: {number}, waiting: {10 - number}, outlay: 2}}\n"
        small.put(f"criteria/weights/harmonised-view-of-authorities-{number}.yaml", text)
    return small.root


def shown(command: str, columns: int | None) -> str:
    """The output of a command on a screen of a given width; in a pipe if there is no width."""
    result = CliRunner().invoke(
        application(), command.split(), env={"COLUMNS": None if columns is None else str(columns)}
    )
    assert result.exit_code in (0, 1), result.output
    return result.stdout.partition("\n--- ")[0]  # the diff of a file is shown unchanged


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_runs_over_or_is_cut_off(small: SmallDossier, language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(wide(small, language))
    for command in COMMANDS:
        for columns in (60, 80, 140):
            text = shown(command, columns)
            assert max(map(width, text.splitlines())) <= columns, (command, columns)
            assert "…" not in text, (command, columns)


def test_a_pipe_has_every_column(small: SmallDossier, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(wide(small, "en"))
    for command in COMMANDS:
        assert "In a terminal of" not in shown(command, None), command
    assert "In a terminal of" in shown("rank", 80)
    by_criterion = shown("rank --by-criterion", None)
    assert "  ".join(map(str, range(10, 15))) in " ".join(by_criterion.split()).replace(" ", "  ")


def test_a_file_has_every_column(small: SmallDossier, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(wide(small, "en"))
    target = tmp_path / "list.txt"
    assert shown(f"weights list --output {target}", 60) == ""
    assert "In a terminal of" not in target.read_text(encoding="utf-8")
    assert NAMES["en"].split()[-1] in target.read_text(encoding="utf-8")
