"""``weights elicit``: from a file, from a pipe and on a real terminal; refused, left, interrupted, killed and resumed."""

from __future__ import annotations

import os
import pty
import select
import signal
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest

from policy_options import Dossier
from support import SmallDossier

MAIN = "from policy_options.cli import main; main()"

BOUND = 90.0
"""Seconds that something which normally takes a fraction of one may take before a test gives up."""

TELL = ["--holder", "The harbour master", "--title", "Harbour master", "--because", "Asked at the pier.", "--date"]
DAY = "2026-03-02"
SET = "criteria/weights/master.yaml"
STATE = "criteria/weights/.master.answers.yaml"

ANSWERS = {
    "swing": ["1", "50", "2", "60-80", "30"],
    "rank-order": ["1", "2", "80"],
    "ahp": ["1 3", "2 2", "40"],
    "best-worst": ["1", "3", "2", "4", "60"],
}
"""Across siblings: between service and money, within service, and the redundant question."""
KEYS = ["first", "rate/money", "first/service", "rate/crossings", "check/outlay/waiting"]

EXPECTED: dict[str, str] = {}
"""The files written by an uninterrupted run, by method."""


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-c", MAIN, "weights", "elicit", *arguments]


def environment(**more: str) -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith("POLICY_OPTIONS_")}
    return {**kept, "PYTHONUTF8": "1", **more}


@dataclass(frozen=True)
class Desk:
    """A small dossier, and the command run in it."""

    small: SmallDossier

    def run(
        self, *arguments: str, lines: list[str] | str | bytes = "", columns: int = 100
    ) -> subprocess.CompletedProcess[str]:
        text = "".join(f"{line}\n" for line in lines) if isinstance(lines, list) else lines
        done = subprocess.run(
            command(*arguments),
            cwd=self.small.root,
            env=environment(COLUMNS=str(columns)),
            input=text if isinstance(text, bytes) else text.encode(),
            capture_output=True,
            timeout=BOUND,
            check=False,
        )
        return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())

    def text(self, name: str = SET) -> str:
        return (self.small.root / name).read_text(encoding="utf-8")

    def has(self, name: str) -> bool:
        return (self.small.root / name).exists()

    def expected(self, method: str = "swing") -> str:
        """The file that an uninterrupted run writes, in a dossier like this one."""
        if method not in EXPECTED:
            other = Desk(SmallDossier.write(self.small.root.parent / f"beside-{method}"))
            shown = other.run("master", "--method", method, *TELL, DAY, lines=[*ANSWERS[method], "y"])
            assert shown.returncode == 0, shown.stderr
            EXPECTED[method] = other.text()
        return EXPECTED[method]


@pytest.fixture
def desk(small: SmallDossier) -> Desk:
    return Desk(small)


def one_line(shown: subprocess.CompletedProcess[str]) -> str:
    """The refusal of a run that wrote nothing to stdout."""
    assert shown.returncode == 2, shown
    assert shown.stdout == ""
    assert "Traceback" not in shown.stderr
    return " ".join(shown.stderr.split())


# From a file -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("method", ANSWERS)
def test_a_file_of_plain_lines_becomes_a_weight_set(desk: Desk, method: str) -> None:
    desk.small.put("answers.txt", "# asked at the pier\n" + "\n\n".join(ANSWERS[method]) + "  # the last\n")
    shown = desk.run("master", "--method", method, "--answers", "answers.txt", *TELL, DAY)
    assert shown.returncode == 0, shown.stderr
    assert shown.stdout == f"{SET}\n"
    assert ">" not in shown.stderr.splitlines()
    assert desk.text() == desk.expected(method)
    assert not desk.has(STATE)
    model = desk.small.load().contents.weight_sets["master"].model
    assert (model.method, model.across, model.status) == (method, "siblings", "elicited")
    assert (model.holder, model.title, model.rationale) == (
        "The harbour master",
        "Harbour master",
        "Asked at the pier.",
    )
    assert model.date == date(2026, 3, 2)
    assert len(model.cross_checks) == 1
    assert set(model.given_on) == {"crossings", "waiting", "outlay"}


def test_a_file_of_questions_and_answers_says_the_same_in_any_order(desk: Desk) -> None:
    answers = "".join(f"  - {key}: {text}\n" for key, text in reversed(list(zip(KEYS, ANSWERS["swing"], strict=True))))
    head = "format: 1\nmethod: swing\nacross: siblings\nholder: The harbour master\ntitle: Harbour master\n"
    desk.small.put("answers.yaml", f"{head}because: Asked at the pier.\ndate: {DAY}\nanswers:\n{answers}")
    shown = desk.run("master", "--answers", "answers.yaml")
    assert shown.returncode == 0, shown.stderr
    assert desk.text() == desk.expected()


def test_the_end_shows_weights_consistency_the_gap_and_who_leads(desk: Desk) -> None:
    texts = ["1", "2", "4", "2", "3", "70"]
    shown = desk.run("master", "--method", "best-worst", "--across", "leaves", *TELL, DAY, lines=[*texts, "y"])
    assert shown.returncode == 0, shown.stderr
    told = " ".join(shown.stderr.split())
    assert "The weights that follow Criterion Weight" in told
    assert "█" in told
    assert "Consistency ratio: " in told
    assert "a gap of" in told
    assert "these weights" in told
    assert "Saved. See it with: policy-options weights show master" in told


def test_titles_and_dates_have_their_defaults(desk: Desk) -> None:
    desk.small.put("answers.txt", "\n".join(ANSWERS["swing"]))
    shown = desk.run("master", "--answers", "answers.txt", "--holder", "The pilot", "--because", "Asked.")
    assert shown.returncode == 0, shown.stderr
    model = desk.small.load().contents.weight_sets["master"].model
    assert model.title == "According to The pilot"
    assert model.date is not None and abs((date.today() - model.date).days) <= 1


def test_across_is_siblings_where_a_group_has_several_criteria_and_else_leaves(desk: Desk) -> None:
    assert "1  Service" in desk.run("master").stderr
    assert "1  Crossings a day" in desk.run("master", "--across", "leaves").stderr
    flat = desk.small.root / "criteria/criteria.yaml"
    kept = flat.read_text(encoding="utf-8")
    begin, end = kept.index("      - id: waiting"), kept.index("  - id: money")
    flat.write_text(kept[:begin] + kept[end:], encoding="utf-8")
    for path in (desk.small.root / "options").glob("*.yaml"):
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        path.write_text("".join(line for line in lines if "waiting:" not in line), encoding="utf-8")
    desk.small.edit("criteria/weights/even.yaml", "waiting: 1, ", "")
    desk.small.edit("criteria/weights/quick.yaml", "waiting: 100, ", "")
    desk.small.edit("criteria/weights/quick.yaml", "crossings: 50", "crossings: 100")
    assert "1  Crossings a day" in desk.run("master").stderr


# From a pipe -----------------------------------------------------------------------------------------------------------


def test_a_pipe_is_asked_like_a_person_and_the_path_goes_to_stdout(desk: Desk) -> None:
    lines = [*ANSWERS["swing"], "The harbour master", "", "Asked at the pier.", "y"]
    shown = desk.run("master", "--date", DAY, lines=lines)
    assert shown.returncode == 0, shown.stderr
    assert shown.stdout == f"{SET}\n"
    assert desk.text() == desk.expected().replace("title: Harbour master", "title: According to The harbour master")
    assert not desk.has(STATE)
    for number in range(1, 6):
        assert f"Question {number} of 5" in shown.stderr


def test_the_last_line_needs_no_line_end(desk: Desk) -> None:
    shown = desk.run("master", *TELL, DAY, lines="\n".join([*ANSWERS["swing"], "y"]))
    assert shown.returncode == 0, shown.stderr
    assert desk.has(SET)


def test_another_folder_is_named_in_what_is_to_be_typed_next(desk: Desk, tmp_path: Path) -> None:
    shown = desk.run("master", "--dossier", str(desk.small.root), lines=["1"])
    assert f"weights elicit master --dossier {desk.small.root}" in " ".join(shown.stderr.split())


def test_what_is_no_answer_is_told_and_asked_again(desk: Desk) -> None:
    lines = ["7", "", "1", "120", "80-60", "abc", b"\xff\xfe".decode("latin-1"), "50", "2", "60-80", "30", "yes!", "y"]
    shown = desk.run("master", *TELL, DAY, lines=lines)
    assert shown.returncode == 0, shown.stderr
    assert "`7` is none of 1 to 2" in shown.stderr
    assert "there is no answer" in shown.stderr
    assert "the swing that matters most is 100." in shown.stderr
    assert "runs from 80 to 60" in shown.stderr
    assert "`abc` is no number" in shown.stderr
    assert "y saves, n leaves" in shown.stderr
    assert desk.text() == desk.expected()


def test_bytes_that_are_no_text_are_no_answer(desk: Desk) -> None:
    lines = b"\xff\xfe\n" + "\n".join([*ANSWERS["swing"]]).encode() + b"\nMaster \xff\nThe pilot\n\nAsked.\ny\n"
    shown = desk.run("master", lines=lines)
    assert shown.returncode == 0, shown.stderr
    assert "which cannot be seen" in shown.stderr
    assert desk.small.load().contents.weight_sets["master"].model.holder == "The pilot"


def test_a_contradiction_is_refused_in_the_words_of_the_method(desk: Desk) -> None:
    lines = ["1", "2", "2", "5", "2", "9", "2", "60", "y"]
    shown = desk.run("master", "--method", "best-worst", "--across", "leaves", *TELL, DAY, lines=lines)
    assert shown.returncode == 0, shown.stderr
    assert "more than the best over the worst (2): then not `outlay` but `waiting` is the worst" in shown.stderr


def test_answers_are_taken_back_one_by_one_and_the_questions_asked_again(desk: Desk) -> None:
    lines = ["back", "2", "b", "1", "99", "back", "50", *ANSWERS["swing"][2:4], "77", "back", "30"]
    told = ["Someone", "back", "The harbour master", "X", "back", "Harbour master", "No", "back", "Asked at the pier."]
    shown = desk.run("master", "--date", DAY, lines=[*lines, *told, "back", "Asked at the pier.", "y"])
    assert shown.returncode == 0, shown.stderr
    assert "This is the first question." in shown.stderr
    for was in ("service", "money", "99", "77", "Someone", "X", "No"):
        assert was in {"service"} or f"Your answer was: {was}" in shown.stderr
    assert desk.text() == desk.expected()


def test_back_from_the_first_thing_that_is_told_leads_to_the_last_question(desk: Desk) -> None:
    lines = [*ANSWERS["swing"][:-1], "99", "back", "30", "back", "30", "back", "30", "y"]
    shown = desk.run("master", *TELL, DAY, lines=lines)
    assert shown.returncode == 0, shown.stderr
    assert desk.text() == desk.expected()


def test_a_question_mark_shows_the_ranges_again(desk: Desk) -> None:
    before = desk.run("master", lines=["1"]).stderr.count("An hour")
    desk.small.root.joinpath(STATE).unlink()
    assert desk.run("master", lines=["?", "1", "?"]).stderr.count("An hour") == before + 2
    desk.small.root.joinpath(STATE).unlink()
    assert "worst, large" in desk.run("master", lines=["1", "?"]).stderr.rpartition("Question 2 of 5")[0]


# Left, and resumed -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("leave", [["quit"], ["q"], []])
def test_leaving_keeps_every_answer_and_says_how_to_go_on(desk: Desk, leave: list[str]) -> None:
    shown = desk.run("master", "--method", "best-worst", *TELL, DAY, lines=[*ANSWERS["best-worst"][:2], *leave])
    assert (shown.returncode, shown.stdout) == (1, "")
    told = " ".join(shown.stderr.split())
    assert "2 of 5 answers are kept. Resume with: policy-options weights elicit master" in told
    assert desk.has(STATE) and not desk.has(SET)
    assert "master" not in desk.small.load().weight_sets
    resumed = desk.run("master", lines=[*ANSWERS["best-worst"][2:], "y"])
    assert resumed.returncode == 0, resumed.stderr
    assert "Resuming after 2 of 5 answers (best-worst)." in resumed.stderr
    assert "Question 3 of 5" in resumed.stderr and "Question 2 of 5" not in resumed.stderr
    assert desk.text() == desk.expected("best-worst")
    assert not desk.has(STATE)


def test_leaving_at_every_single_answer_loses_none(desk: Desk) -> None:
    told = ["The harbour master", "Harbour master", "Asked at the pier."]
    for line in [*ANSWERS["swing"], *told]:
        assert desk.run("master", "--date", DAY, lines=[line]).returncode == 1
    shown = desk.run("master", lines=["y"])
    assert shown.returncode == 0, shown.stderr
    assert "Resuming after 5 of 5 answers" in shown.stderr
    assert desk.text() == desk.expected()


def test_answers_can_be_taken_back_after_resuming(desk: Desk) -> None:
    desk.run("master", *TELL, DAY, lines=["1", "99"])
    shown = desk.run("master", lines=["back", *ANSWERS["swing"][1:], "y"])
    assert shown.returncode == 0, shown.stderr
    assert "Your answer was: 99" in shown.stderr
    assert desk.text() == desk.expected()


def test_nothing_answered_is_nothing_kept(desk: Desk) -> None:
    shown = desk.run("master", lines=["quit"])
    assert shown.returncode == 1
    assert "nothing is kept" in shown.stderr
    assert not desk.has(STATE)


def test_not_saving_keeps_the_answers(desk: Desk) -> None:
    shown = desk.run("master", *TELL, DAY, lines=[*ANSWERS["swing"], "n"])
    assert (shown.returncode, shown.stdout) == (1, "")
    assert desk.has(STATE) and not desk.has(SET)
    assert desk.run("master", lines=["y"]).returncode == 0
    assert desk.text() == desk.expected()


def test_the_state_is_a_file_of_answers_that_a_person_can_read(desk: Desk) -> None:
    desk.run("master", lines=ANSWERS["swing"][:4])
    text = desk.text(STATE)
    assert text.startswith("# The answers so far")
    assert '  - first: service\n  - rate/money: "50"\n  - first/service: waiting\n  - rate/crossings: 60-80\n' in text
    desk.small.put("copied.yaml", text + '  - check/outlay/waiting: "30"\n')
    desk.small.root.joinpath(STATE).unlink()
    shown = desk.run("master", "--answers", "copied.yaml", *TELL, DAY)
    assert shown.returncode == 0, shown.stderr
    assert desk.text() == desk.expected()


class Talk:
    """An interview through a pipe, line by line, that can be stopped at any point."""

    def __init__(self, desk: Desk, *arguments: str) -> None:
        self.process = subprocess.Popen(
            command(*arguments),
            cwd=desk.small.root,
            env=environment(COLUMNS="100"),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        self.heard = ""

    def until(self, text: str) -> None:
        assert self.process.stderr is not None
        end = time.monotonic() + BOUND
        while text not in self.heard:
            assert time.monotonic() < end, self.heard
            ready, _, _ = select.select([self.process.stderr], [], [], 1.0)
            if ready:
                more = os.read(self.process.stderr.fileno(), 65536)
                assert more, f"ended before {text!r}: {self.heard}"
                self.heard += more.decode(errors="replace")

    def say(self, line: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(f"{line}\n".encode())
        self.process.stdin.flush()

    def end(self) -> int:
        out, err = self.process.communicate(timeout=BOUND)
        assert out == b""
        self.heard += err.decode(errors="replace")
        return self.process.returncode


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL, signal.SIGTERM])
def test_whatever_ends_it_midway_no_answer_is_lost(desk: Desk, how: signal.Signals) -> None:
    talk = Talk(desk, "master", *TELL, DAY)
    for number, line in enumerate(ANSWERS["swing"][:3], start=1):
        talk.until(f"Question {number} of 5")
        talk.say(line)
    talk.until("Question 4 of 5")  # is asked only once the third answer is on disk
    talk.process.send_signal(how)
    status = talk.end()
    assert status == (130 if how is signal.SIGINT else -how)
    if how is signal.SIGINT:
        assert "3 of 5 answers are kept" in talk.heard
        assert "interrupted" in talk.heard
        assert "Traceback" not in talk.heard
    shown = desk.run("master", lines=[*ANSWERS["swing"][3:], "y"])
    assert shown.returncode == 0, shown.stderr
    assert "Resuming after 3 of 5 answers" in shown.stderr
    assert desk.text() == desk.expected()
    assert [path.name for path in (desk.small.root / "criteria/weights").iterdir() if path.name[0] == "."] == []


def test_of_two_interviews_on_one_set_the_second_to_write_is_told(desk: Desk) -> None:
    first = Talk(desk, "master", *TELL, DAY)
    first.until("Question 1 of 5")
    assert desk.run("master", lines=["2"]).returncode == 1
    first.say("1")
    assert first.end() == 2
    assert "already there" in first.heard
    assert "first: money" in desk.text(STATE)


def test_a_set_that_has_come_to_be_meanwhile_is_not_overwritten(desk: Desk) -> None:
    talk = Talk(desk, "master", *TELL, DAY)
    talk.until("Question 1 of 5")
    mine = desk.text("criteria/weights/even.yaml")
    desk.small.put(SET, mine)
    for line in [*ANSWERS["swing"], "y"]:
        talk.say(line)
    assert talk.end() == 2
    assert "there is a weight set `master` already, and it is never overwritten" in talk.heard
    assert desk.text() == mine
    assert "check/outlay/waiting" in desk.text(STATE)


# Refused ---------------------------------------------------------------------------------------------------------------


def test_a_set_that_is_there_is_refused_before_anything_is_asked(desk: Desk) -> None:
    before = desk.text("criteria/weights/even.yaml")
    told = one_line(desk.run("even", lines=["1"]))
    assert "there is a weight set `even` already" in told
    assert "Question" not in told
    assert desk.text("criteria/weights/even.yaml") == before


@pytest.mark.parametrize("id", ["Not An Id", "a/b", "../x", "", "con", ".hidden", "x" * 65])
def test_what_is_no_id_is_refused(desk: Desk, id: str) -> None:
    told = one_line(desk.run(id))
    assert "id" in told and "Question" not in told


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--method", "points"], "points"),
        (["--across", "nodes"], "nodes"),
        (["--date", "2026-02-30"], "is not a date of the calendar"),
        (["--holder", ""], "the holder"),
        (["--holder", "a\u202eb"], "cannot be seen"),
        (["--title", "t" * 301], "the title"),
        (["--dossier", "nowhere"], "there is no dossier here"),
        (["--answers", "nowhere.txt"], "No such file"),
    ],
)
def test_wrong_options_are_refused_before_anything_is_asked(desk: Desk, arguments: list[str], message: str) -> None:
    told = one_line(desk.run("master", *arguments))
    assert message in told
    assert "Question" not in told


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ("1\n50\n", "answers.txt has no answer to `first/service` (`crossings`, `waiting`)"),
        ("1\n50\n2\n60\n30\n40\n41\n", "answers.txt:6:1: all 5 questions are answered, and 2 lines are left"),
        ("1\n120\n", "answers.txt:2:1: no answer to `rate/money`: the swing judgement on `money` is 120"),
        ("# nothing\n", "has no answer to `first` (`service`, `money`)"),
        ("quit\n", "answers.txt:1:1: no answer to `first`"),
        ("format: 1\nanswers:\n  - first: service\n", "has no answer to `rate/money`"),
        (
            "format: 1\nanswers:\n  - first: service\n  - rate/mony: 5\n",
            "no answer to `rate/money`, which is asked before",
        ),
        ("format: 1\nanswers:\n  - first: service\n  - first: money\n", "answers.txt:4:5: `first` is answered twice"),
        ("format: 1\nanswers:\n  - first: noise\n", "answers.txt:3:5: no answer to `first`: `noise` is none of"),
        ("format: 1\nanswers: [first]\n", "an answer is the key of one question"),
        ("format: 1\nanswers:\n  - first: [a]\n", "no text and no number"),
        ("format: 2\nanswers: []\n", "format"),
        ("answers: []\n", "format"),
        ("format: 1\nmethod: points\nanswers: []\n", '"points" is no method that is asked in the terminal'),
        ("format: 1\nanswer: []\nanswers: []\n", "answer"),
        ("format: 1\nmethod: ahp\nanswers: []\n", "given to --method ahp, not swing"),
        ("format: 1\nacross: leaves\nanswers: []\n", "given to --across leaves, not siblings"),
        ("format: 1\nranges: 0123456789abcdef\nanswers: []\n", "ranges of the criteria have changed"),
    ],
)
def test_a_file_that_does_not_answer_is_refused_by_what_is_wrong(desk: Desk, answers: str, message: str) -> None:
    desk.small.put("answers.txt", answers)
    arguments = ["--method", "swing", "--across", "siblings", "--answers", "answers.txt", *TELL, DAY]
    assert message in one_line(desk.run("master", *arguments))
    assert not desk.has(SET) and not desk.has(STATE)


def test_a_question_that_is_never_asked_is_named_with_its_place(desk: Desk) -> None:
    answers = "".join(f"  - {key}: {text}\n" for key, text in zip(KEYS, ANSWERS["swing"], strict=True))
    desk.small.put("answers.yaml", f"format: 1\nanswers:\n{answers}  - rate/noise: 5\n")
    told = one_line(desk.run("master", "--answers", "answers.yaml", *TELL, DAY))
    assert "answers.yaml:8:5: `rate/noise` is no question of this interview" in told


@pytest.mark.parametrize(("left_out", "message"), [("--holder", "no holder"), ("--because", "no rationale")])
def test_a_file_without_holder_or_rationale_is_refused(desk: Desk, left_out: str, message: str) -> None:
    desk.small.put("answers.txt", "\n".join(ANSWERS["swing"]))
    index = TELL.index(left_out)
    given = [*TELL[:index], *TELL[index + 2 :], DAY]
    told = one_line(desk.run("master", "--answers", "answers.txt", *given))
    assert message in told and left_out in told
    assert not desk.has(SET)


def test_an_unfinished_interview_is_not_gone_on_with_by_another_method_or_a_file(desk: Desk) -> None:
    desk.run("master", lines=["1"])
    kept = desk.text(STATE)
    assert "given to --method swing, not ahp" in one_line(desk.run("master", "--method", "ahp"))
    assert "given to --across siblings, not leaves" in one_line(desk.run("master", "--across", "leaves"))
    desk.small.put("answers.txt", "\n".join(ANSWERS["swing"]))
    told = one_line(desk.run("master", "--answers", "answers.txt", *TELL, DAY))
    assert f"unfinished interview on `master` is kept in {STATE}" in told
    assert desk.text(STATE) == kept
    assert desk.run("master", "--method", "swing", lines=["q"]).returncode == 1


def test_ranges_that_have_changed_since_are_told(desk: Desk) -> None:
    desk.run("master", lines=["1"])
    kept = desk.text(STATE)
    desk.small.edit(
        "criteria/criteria.yaml", "high: {at: 60, means: An hour}", "high: {at: 90, means: An hour and a half}"
    )
    told = one_line(desk.run("master", lines=["1"]))
    assert "the ranges of the criteria have changed since" in told
    assert f"{STATE}" in told and "delete the file" in told
    assert desk.text(STATE) == kept
    desk.small.root.joinpath(STATE).unlink()
    assert "Question 1 of 5" in desk.run("master").stderr


@pytest.mark.parametrize("broken", [b"answers: [", b"answers:\n  - first: x\n", b"", b"\xff", b"format: 1\nanswers:\n"])
def test_a_state_that_cannot_be_read_is_told_and_kept(desk: Desk, broken: bytes) -> None:
    desk.small.put(STATE, broken)
    shown = desk.run("master", lines=["1"])
    if broken:  # a file without any content has no answers
        assert STATE in one_line(shown)
        assert (desk.small.root / STATE).read_bytes() == broken
    else:
        assert "Question 1 of 5" in shown.stderr


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_to_is_refused_before_anything_is_asked(desk: Desk) -> None:
    folder = desk.small.root / "criteria/weights"
    folder.chmod(0o555)
    try:
        told = one_line(desk.run("master", lines=["1"]))
    finally:
        folder.chmod(0o755)
    assert "cannot be written to" in told and "Question" not in told


def test_without_stdin_or_stderr_nothing_breaks(desk: Desk) -> None:
    for closed, status in (("<&-", 1), ("2>&- </dev/null", 1), ("2>&- <answers.txt", 0)):
        desk.small.put("answers.txt", "\n".join([*ANSWERS["swing"], "y"]))
        script = f'"$@" {closed}'
        arguments = ["bash", "-c", script, "bash", *command("master", *TELL, DAY)]
        done = subprocess.run(
            arguments, cwd=desk.small.root, env=environment(), capture_output=True, timeout=BOUND, check=False
        )
        assert done.returncode == status, (closed, done)
    assert desk.text() == desk.expected()


def test_a_terminal_without_unicode_is_served(desk: Desk) -> None:
    env = {**environment(LC_ALL="C", PYTHONCOERCECLOCALE="0"), "PYTHONUTF8": "0"}
    lines = "".join(f"{line}\n" for line in [*ANSWERS["swing"], "y"])
    done = subprocess.run(
        command("master", *TELL, DAY),
        cwd=desk.small.root,
        env=env,
        input=lines.encode(),
        capture_output=True,
        timeout=BOUND,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr.isascii()
    assert desk.text() == desk.expected()


def test_a_faulty_dossier_is_refused_as_everywhere(desk: Desk) -> None:
    desk.small.edit("options/new-mole.yaml", "crossings: 16", "crossing: 16")
    assert "crossing" in one_line(desk.run("master"))


def test_the_module_imports_nothing_heavy_at_start() -> None:
    script = (
        "import sys, policy_options.cli.weights.elicit\n"
        "heavy = {'numpy', 'pydantic', 'yaml', 'pandas', 'policy_options.api'} & set(sys.modules)\n"
        "assert not heavy, heavy"
    )
    subprocess.run([sys.executable, "-c", script], check=True)


def test_help_has_examples_and_fits_80_columns(desk: Desk) -> None:
    shown = desk.run("--help", columns=80)
    assert shown.returncode == 0
    assert "policy-options weights elicit" in shown.stdout.partition("Examples:")[2]
    assert max(map(len, shown.stdout.splitlines())) <= 80


# On a real terminal ----------------------------------------------------------------------------------------------------


@dataclass
class Terminal:
    """A pseudo-terminal with the command on it, driven by what it shows."""

    process: subprocess.Popen[bytes]
    handle: int
    shown: str = ""
    seen: int = 0
    raw: bytes = field(default=b"")

    def expect(self, text: str) -> None:
        """Wait until a text appears after the last expected one; line ends are spaces."""
        end = time.monotonic() + BOUND
        while (found := self.shown.find(text, self.seen)) < 0:
            assert time.monotonic() < end, f"{text!r} was not shown: {self.shown[self.seen :]}"
            assert self._read(), f"ended before {text!r}: {self.shown[self.seen :]}"
        self.seen = found + len(text)

    def _read(self) -> bool:
        ready, _, _ = select.select([self.handle], [], [], 1.0)
        if not ready:
            return True
        try:
            more = os.read(self.handle, 65536)
        except OSError:  # Linux reports this when the last process has closed the terminal
            more = b""
        self.raw += more
        self.shown = " ".join(self.raw.decode(errors="replace").split())
        return bool(more)

    def type(self, line: str) -> None:
        os.write(self.handle, f"{line}\r".encode())

    def press(self, key: bytes) -> None:
        os.write(self.handle, key)

    def end(self) -> int:
        while self._read():
            pass
        return self.process.wait(BOUND)


Open = Callable[..., Terminal]


@pytest.fixture
def terminal(desk: Desk) -> Iterator[Open]:
    opened: list[Terminal] = []

    def start(*arguments: str, columns: int = 80) -> Terminal:
        ours, theirs = pty.openpty()
        termios.tcsetwinsize(theirs, (40, columns))
        script = (
            "import fcntl, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0)\n"  # so that Ctrl-C reaches the process
            + MAIN
        )
        kept = {key: value for key, value in environment().items() if key not in {"COLUMNS", "LINES"}}
        process = subprocess.Popen(
            [sys.executable, "-c", script, "weights", "elicit", *arguments],
            cwd=desk.small.root,
            env=kept,
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
        )
        os.close(theirs)
        opened.append(Terminal(process, ours))
        return opened[-1]

    yield start
    for one in opened:
        if one.process.poll() is None:
            one.process.kill()
        one.process.wait(BOUND)
        os.close(one.handle)


def test_a_person_at_a_terminal_answers_goes_back_and_saves(desk: Desk, terminal: Open) -> None:
    screen = terminal("master", "--date", DAY)
    screen.expect("Swing weighting.")
    screen.expect("worst, 60: An hour")
    screen.expect("Question 1 of 5")
    screen.expect("1 Service")
    screen.expect(" >")
    screen.type("2")
    screen.expect("Question 2 of 5")
    screen.expect("Moving “Money” from its worst end to its best is 100.")
    screen.expect(" >")
    screen.type("back")
    screen.expect("Your answer was: money")
    screen.expect("Question 1 of 5")
    screen.expect(" >")
    screen.type("1")
    screen.expect("Question 2 of 5")
    screen.expect("Moving “Service”")
    screen.expect(" >")
    screen.type("?")
    screen.expect("worst, large")
    screen.expect("Question 2 of 5")
    screen.expect(" >")
    screen.type("120")
    screen.expect("the swing that matters most is 100.")
    screen.expect(" >")
    screen.type("50")
    screen.expect("Shares here: Service 66.7%; Money 33.3%.")
    screen.expect("Within Service")
    screen.expect("Question 3 of 5")
    screen.type("2")
    screen.expect("Question 4 of 5")
    screen.type("60-80")
    screen.expect("Question 5 of 5")
    screen.expect("One more comparison")
    screen.type("30")
    screen.expect("The weights that follow")
    screen.expect("a gap of")
    screen.expect("Whose judgements are these?")
    screen.type("The harbour master")
    screen.expect("return for “According to The harbour master”")
    screen.type("Harbour master")
    screen.expect("Why these weights?")
    screen.type("Asked at the pier.")
    screen.expect(f"Save them as {SET}?")
    screen.type("y")
    screen.expect("Saved.")
    screen.expect(SET)
    assert screen.end() == 0
    assert desk.text() == desk.expected()
    assert not desk.has(STATE)


@pytest.mark.parametrize(("key", "status"), [(b"\x03", 130), (b"\x04", 1)])
def test_ctrl_c_and_ctrl_d_leave_with_every_answer_kept(desk: Desk, terminal: Open, key: bytes, status: int) -> None:
    screen = terminal("master", *TELL, DAY)
    screen.expect("Question 1 of 5")
    screen.expect(" >")
    screen.type("1")
    screen.expect("Question 2 of 5")
    screen.expect(" >")
    screen.press(key)
    screen.expect("1 of 5 answers are kept. Resume with: policy-options weights elicit master")
    assert screen.end() == status
    again = terminal("master")
    again.expect("Resuming after 1 of 5 answers (swing).")
    for number, line in enumerate(ANSWERS["swing"][1:], start=2):
        again.expect(f"Question {number} of 5")
        again.expect(" >")
        again.type(line)
    again.expect("Save them as")
    again.type("y")
    assert again.end() == 0
    assert desk.text() == desk.expected()


@pytest.mark.parametrize("columns", [80, 140])
def test_what_is_shown_fits_the_terminal(terminal: Open, columns: int) -> None:
    screen = terminal("master", "--method", "best-worst", "--across", "leaves", columns=columns)
    for number, line in enumerate(["1", "2", "8", "2", "4", "60"], start=1):
        screen.expect(f"Question {number} of 6")
        screen.expect(" >")
        screen.type(line)
    screen.expect("Whose judgements are these?")
    screen.expect(" >")
    screen.press(b"\x04")
    assert screen.end() == 1
    assert max(len(line) for line in screen.raw.decode().splitlines()) <= columns


def test_a_long_chinese_title_is_asked_about_and_saved(desk: Desk, terminal: Open) -> None:
    title = "每日往返航班数量（按冬夏两季的时刻表分别统计并取其平均值，包括临时加开的航班在内）" * 4
    desk.small.edit("criteria/criteria.yaml", "title: Crossings a day", f"title: {title}")
    screen = terminal("master", "--across", "leaves", "--method", "rank-order", *TELL[:-1])
    for line in ("１", "2", "70"):
        screen.expect(" >")
        screen.type(line)
        screen.expect(" ")
    screen.expect("Save them as")
    screen.type("y")
    assert screen.end() == 0
    assert Dossier.load(desk.small.root).weighting("master").model.order == (
        ((("crossings",), ("outlay",), ("waiting",))),
    )
