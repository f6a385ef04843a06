"""The command ``memo``: audiences, the version without names, length, several at once, and on every save."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pypdf
import pytest

from support import PANEL, SmallDossier

from .conftest import Run


def text_of(pdf: Path) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf.read_bytes())).pages)


@pytest.mark.parametrize("template", ["decision", "one-page", "annex-only", "comparison"])
def test_each_audience_has_a_memo_that_verifies_and_rebuilds(
    run: Run, small: SmallDossier, tmp_path: Path, template: str
) -> None:
    shown = run("memo", "--template", template, cwd=small.root)
    assert (shown.returncode, shown.stderr) == (0, "")
    suffix = "" if template == "decision" else f"-{template}"
    assert shown.stdout == f"reports/harbour-even{suffix}.pdf\n"
    memo = small.root / shown.stdout.strip()
    assert run("verify", str(memo)).stdout.startswith("yes: ")
    assert run("extract", str(memo), str(tmp_path / "out")).returncode == 0
    again = run("memo", "--template", template, "--output", str(tmp_path / "again.pdf"), cwd=tmp_path / "out")
    assert again.returncode == 0
    assert (tmp_path / "again.pdf").read_bytes() == memo.read_bytes()


def test_the_public_version_has_no_name_on_pages_or_inside_and_says_so(
    run: Run, small: SmallDossier, tmp_path: Path
) -> None:
    small.put("criteria/weights/panel.yaml", PANEL)
    small.edit("options/new-mole.yaml", "waiting: 12", "waiting: {likely: 12, scorer: Cleo Scribe}")
    shown = run("memo", "--public", "--weights", "panel/bob", "--output", "memo.pdf", cwd=small.root)
    assert (shown.returncode, shown.stderr) == (0, "")
    memo = small.root / "memo.pdf"
    inside = pypdf.PdfReader(memo).attachments["policy-options-memo.json"][0].decode()
    for name in ("Onym", "onym", "Bob", "bob", "Cleo"):
        assert name not in text_of(memo) and name not in inside
    assert "This version leaves out the names of participants and scorers." in text_of(memo).replace("\n", " ")
    assert "Scorer 1" in text_of(memo)
    assert run("verify", str(memo)).stdout.startswith("yes: ")
    assert run("extract", str(memo), str(tmp_path / "out")).returncode == 0
    command = ["memo", "--weights", "panel/participant-2", "--template", "decision", "--public"]
    assert " ".join(["policy-options", *command]) in text_of(memo).replace("\n", " ")
    run(*command, "--output", str(tmp_path / "again.pdf"), cwd=tmp_path / "out")
    assert (tmp_path / "again.pdf").read_bytes() == memo.read_bytes()


def test_what_is_too_long_is_condensed_and_refused_on_demand(run: Run, small: SmallDossier) -> None:
    limits = "".join(f"  - Limit number {n} that takes a line or so of its own.\n" for n in range(230))
    small.edit("criteria/decision.yaml", "weights: even\n", f"weights: even\nlimits:\n{limits}")
    shown = run("memo", "--strict-length", cwd=small.root)
    assert (shown.returncode, shown.stdout) == (2, "")
    assert "its template allows 5, from “Gaps” on" in shown.stderr
    assert not list((small.root / "reports").glob("*"))
    assert run("memo", "--allow-overflow", cwd=small.root).returncode == 0
    shown = run("memo", "--all", "--strict-length", cwd=small.root)
    assert shown.returncode == 2
    assert shown.stderr.count("its template allows 5") == 2
    shown = run("memo", "--output", "condensed.pdf", cwd=small.root)
    assert (shown.returncode, shown.stdout, shown.stderr) == (0, "condensed.pdf\n", "")
    assert run("verify", "condensed.pdf", cwd=small.root).stdout.startswith("yes: ")
    assert "Limit number 149" in text_of(small.root / "condensed.pdf")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ("--template", "minister"),
            "there is no template `minister`; write memo/minister.html.j2, or use one of: annex-b, annex-only",
        ),
        (("--template", "../decision"), "there is no template `../decision`"),
        (
            ("--strict-length", "--allow-overflow"),
            "--strict-length refuses what is too long, and --allow-overflow makes it",
        ),
        (("--watch", "--all"), "--watch makes one file, and several files are asked for; name one file"),
        (("--watch", "--output", "-"), "--watch makes one file, and stdout cannot be written again; name one file"),
        (("--html", "--all"), "--html writes one page, and several memos are asked for"),
    ],
)
def test_what_cannot_be_made_is_an_error(run: Run, small: SmallDossier, arguments: tuple[str, ...], said: str) -> None:
    shown = run("memo", *arguments, cwd=small.root)
    assert (shown.returncode, shown.stdout) == (2, "")
    assert said in shown.stderr


def test_a_comparison_of_a_single_set_is_refused(run: Run, small: SmallDossier) -> None:
    (small.root / "criteria/weights/quick.yaml").unlink()
    shown = run("memo", "--template", "comparison", cwd=small.root)
    assert shown.returncode == 2
    assert "there is one weight set, and nothing to compare it with" in shown.stderr


@pytest.fixture
def watching(small: SmallDossier) -> Iterator[subprocess.Popen[str]]:
    """``memo --watch`` on the small dossier, ended with the test."""
    command = [
        sys.executable,
        "-c",
        "from policy_options.cli import main; main()",
        "memo",
        "--watch",
        "--output",
        "memo.html",
        "--html",
    ]
    environment = os.environ | {"PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        command, cwd=small.root, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
    ) as process:
        yield process
        process.kill()


def test_on_every_save_it_is_made_anew_and_errors_are_waited_out(
    small: SmallDossier, watching: subprocess.Popen[str]
) -> None:
    assert watching.stdout is not None and watching.stderr is not None
    page = small.root / "memo.html"
    assert watching.stdout.readline() == "memo.html\n"
    small.edit("options/new-mole.yaml", "Build a mole", "Build a pier")
    assert watching.stdout.readline() == "memo.html\n"
    assert "Build a pier" in page.read_text(encoding="utf-8")
    small.edit("options/new-mole.yaml", "crossings: 16", "crossings: many")
    assert "options/new-mole.yaml" in watching.stderr.readline()
    small.edit("options/new-mole.yaml", "crossings: many", "crossings: 17")
    assert watching.stdout.readline() == "memo.html\n"
    watching.send_signal(signal.SIGINT)
    assert watching.wait(30) == 130
