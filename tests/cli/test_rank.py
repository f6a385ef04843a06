from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from policy_options.wording.plain import width
from support import Golden, SmallDossier

from .conftest import Run


@pytest.mark.parametrize("columns", [60, 80, 140])
def test_the_table_reads_well_at_any_width(run: Run, small: SmallDossier, golden: Golden, columns: int) -> None:
    shown = run("rank", cwd=small.root, columns=columns)
    assert shown.returncode == 0
    assert shown.stderr == ""
    assert max(width(line) for line in shown.stdout.splitlines()) <= columns
    golden.check(f"rank-{columns}.txt", shown.stdout)


def test_explain_shows_each_score_with_its_paragraphs_and_rationale(
    run: Run, small: SmallDossier, golden: Golden
) -> None:
    golden.check("rank-explain.txt", run("rank", "--explain", "east-quay", cwd=small.root).stdout)


def test_markdown_is_a_table_with_notes(run: Run, small: SmallDossier, golden: Golden) -> None:
    golden.check("rank.md", run("rank", "--format", "markdown", cwd=small.root).stdout)


def test_json_has_the_published_form(run: Run, small: SmallDossier) -> None:
    form = json.loads(run("rank", "--format", "json", "--weights", "quick", cwd=small.root).stdout)
    assert form["schema"] == "policy-options/ranking/1"
    assert (form["what_if"], form["combined"]) == (None, None)
    assert sum(form["weights"].values()) == pytest.approx(1, abs=1e-11)
    assert [(option["id"], option["rank"]) for option in form["options"]] == [
        ("new-mole", 1),
        ("east-quay", 2),
        ("as-is", 3),
    ]
    for option in form["options"]:
        assert sum(option["contributions"].values()) == pytest.approx(option["value"], abs=1e-9)


def test_json_and_csv_are_the_same_bytes_each_time_and_know_no_locale(run: Run, small: SmallDossier) -> None:
    for format in ("json", "csv"):
        first = run("rank", "--format", format, cwd=small.root, LC_ALL="C").stdout
        again = run("rank", "--format", format, cwd=small.root, LC_ALL="C.UTF-8", PYTHONHASHSEED="7").stdout
        assert first == again


def test_csv_has_a_row_an_option_and_numbers_of_twelve_digits(run: Run, small: SmallDossier) -> None:
    rows = list(csv.DictReader(io.StringIO(run("rank", "--format", "csv", "--by-criterion", cwd=small.root).stdout)))
    assert [row["option"] for row in rows] == ["as-is", "east-quay", "new-mole"]
    assert float(rows[1]["waiting"]) == pytest.approx(25 * 2 / 3, abs=1e-9)
    assert rows[1]["waiting"] == "16.6666666667"


def test_titles_cannot_become_formulas_markup_or_terminal_codes(run: Run, small: SmallDossier) -> None:
    small.edit("options/new-mole.yaml", "Build a mole", '"=HYPERLINK(1) [red]x[/red] | `b`"')
    row = next(
        r
        for r in csv.DictReader(io.StringIO(run("rank", "-f", "csv", cwd=small.root).stdout))
        if r["option"] == "new-mole"
    )
    assert row["title"].startswith("'=")
    table = run("rank", cwd=small.root, columns=160).stdout
    assert "[red]x[/red]" in table
    assert "\x1b" not in table
    markdown = run("rank", "-f", "markdown", cwd=small.root).stdout
    assert "\\| \\`b\\`" in markdown


def test_the_output_goes_to_a_file_that_is_whole(run: Run, small: SmallDossier, tmp_path: Path) -> None:
    target = tmp_path / "a folder" / "ranking.json"
    assert run("rank", "-f", "json", "-o", str(target), cwd=small.root).stdout == ""
    assert json.loads(target.read_text(encoding="utf-8"))["dossier"] == "harbour"
    assert [path.name for path in target.parent.iterdir()] == ["ranking.json"]


def test_a_stale_set_is_told_on_stderr_and_the_result_stays_clean(run: Run, small: SmallDossier) -> None:
    text = (small.root / "criteria/weights/even.yaml").read_text(encoding="utf-8")
    given = (
        "given-on:\n  waiting: {path: service/waiting, unit: minutes, direction: less-is-better, low: 0, high: 90}\n"
    )
    small.put("criteria/weights/even.yaml", text + given)
    shown = run("rank", "-f", "json", cwd=small.root)
    assert json.loads(shown.stdout)["dossier"] == "harbour"
    warnings = shown.stderr.splitlines()
    assert "high of `waiting` was 90 and is 60" in warnings[0]
    assert all(line.endswith("policy-options weights refresh even") for line in warnings)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--weights", "evn"), "did you mean `even`?"),
        (("--explain", "east-key"), "did you mean `east-quay`?"),
        (("--dossier", "nowhere"), "there is no dossier here"),
        (("--format", "xml"), "xml"),
    ],
)
def test_a_wrong_word_gets_one_line_and_status_2(
    run: Run, small: SmallDossier, arguments: tuple[str, ...], said: str
) -> None:
    shown = run("rank", *arguments, cwd=small.root)
    assert shown.returncode == 2
    assert shown.stdout == ""
    assert said in shown.stderr
    assert "Traceback" not in shown.stderr


def test_settings_come_from_flag_then_environment_then_decision(run: Run, small: SmallDossier) -> None:
    def used(*arguments: str, **environment: str) -> str:
        shown = run("rank", "-f", "json", *arguments, cwd=small.root, **environment)
        return str(json.loads(shown.stdout)["weight_set"]["id"])

    assert used() == "even"
    assert used(POLICY_OPTIONS_WEIGHTS="quick") == "quick"
    assert used("--weights", "even", POLICY_OPTIONS_WEIGHTS="quick") == "even"


def test_unknown_scores_and_red_lines_are_shown(run: Run, small: SmallDossier, golden: Golden) -> None:
    small.edit("options/new-mole.yaml", "waiting: 12", "waiting: unknown")
    small.edit(
        "criteria/criteria.yaml",
        "high: {at: 20, means: One in each hour of the day}",
        "high: {at: 20, means: One in each hour of the day}\n        red-line: {at: 5, because: The school run.}",
    )
    golden.check("rank-unknown.txt", run("rank", cwd=small.root, columns=120).stdout)


def test_a_stale_set_is_told_in_json_too(run: Run, small: SmallDossier) -> None:
    text = (small.root / "criteria/weights/even.yaml").read_text(encoding="utf-8")
    given = (
        "given-on:\n  waiting: {path: service/waiting, unit: minutes, direction: less-is-better, low: 0, high: 90}\n"
    )
    small.put("criteria/weights/even.yaml", text + given)
    for arguments in ((), ("--explain", "as-is")):
        form = json.loads(run("rank", "-f", "json", *arguments, cwd=small.root).stdout)
        assert form["stale"] == [
            "`even` was given on another range: high of `waiting` was 90 and is 60",
            *(
                f"`even` was given on another range: the range that `{name}` was judged on is not stored"
                for name in ("crossings", "outlay")
            ),
        ]


def test_a_failed_red_line_is_in_csv_and_json(run: Run, small: SmallDossier) -> None:
    high = "high: {at: 20, means: One in each hour of the day}"
    small.edit("criteria/criteria.yaml", high, f"{high}\n        red-line: {{at: 5, because: The school run.}}")
    rows = list(csv.DictReader(io.StringIO(run("rank", "-f", "csv", cwd=small.root).stdout)))
    assert [row["red_line"] for row in rows] == ["fails: crossings", "", ""]
    form = json.loads(run("rank", "-f", "json", cwd=small.root).stdout)
    assert form["options"][0]["red_lines"] == [{"criterion": "crossings", "status": "fails"}]


def test_a_pipe_is_written_to_and_not_replaced(run: Run, small: SmallDossier, tmp_path: Path) -> None:
    import os
    import stat
    import threading

    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read: list[str] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_text(encoding="utf-8")))
    reader.start()
    assert run("rank", "-f", "csv", "-o", str(pipe), cwd=small.root).returncode == 0
    reader.join(timeout=30)
    assert read[0].startswith("rank,option,")
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_a_terminal_without_our_signs_keeps_the_minus(run: Run, small: SmallDossier) -> None:
    shown = run("rank", cwd=small.root, PYTHONUTF8="0", PYTHONIOENCODING="ascii").stdout
    assert "-14.2" in shown
    assert "?" not in shown


def test_csv_carries_the_figure_that_was_given(run: Run, small: SmallDossier) -> None:
    small.edit("options/new-mole.yaml", "crossings: 16", "crossings: 12.832135591176154")
    shown = run("rank", "--explain", "new-mole", "--format", "csv", cwd=small.root).stdout
    performances = {row["criterion"]: row["performance"] for row in csv.DictReader(io.StringIO(shown))}
    assert performances == {"crossings": "12.832135591176154", "waiting": "12", "outlay": "large"}
    assert "12.832135591176154" in run("rank", "--explain", "new-mole", cwd=small.root).stdout


def test_files_that_hold_more_than_was_read_are_warned_of(run: Run, small: SmallDossier) -> None:
    small.edit("options/new-mole.yaml", "Build a mole", "Option #2")
    for index in range(6):
        small.put(f"options/more/{index}.yaml", "format: 1")
    for arguments in (("rank",), ("rank", "--all"), ("robustness", "--samples", "100"), ("diff", "even", "quick")):
        shown = run(*arguments, cwd=small.root)
        assert shown.returncode == 0
        lines = [line for line in shown.stderr.splitlines() if line.startswith("warning: ")]
        assert lines[0].startswith('warning: options/new-mole.yaml:2:15: "#2" is read as a comment')
        assert lines[1] == ("warning: options/more/0.yaml: this file is not read; move it to options/0.yaml")
        assert lines[-1] == "warning: and 2 more; see policy-options check"
