"""``new``, ``schema``, ``memo``, and what holds for every command."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from policy_options.exchange.schemas import schema_texts
from support import SmallDossier

from .conftest import Run


def test_new_makes_a_dossier_that_ranks_and_names_its_schemas(run: Run, tmp_path: Path) -> None:
    assert run("new", str(tmp_path / "demo")).returncode == 0
    assert run("rank", cwd=tmp_path / "demo").returncode == 0
    assert run("check", cwd=tmp_path / "demo").returncode == 0
    first = (tmp_path / "demo/options/carry-on.yaml").read_text(encoding="utf-8").splitlines()[0]
    assert (tmp_path / "demo/options" / first.partition("$schema=")[2]).is_file()


def test_new_leaves_what_is_there_alone(run: Run, tmp_path: Path) -> None:
    (tmp_path / "kept.txt").write_text("mine", encoding="utf-8")
    shown = run("new", str(tmp_path))
    assert shown.returncode == 2
    assert "is not empty" in shown.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["kept.txt"]


def test_the_schemas_in_git_are_those_of_the_models(root: Path) -> None:
    written = {path.name: path.read_text(encoding="utf-8") for path in (root / "schemas").iterdir()}
    assert written == schema_texts(), "run make schemas, and commit what it writes"


def test_schema_writes_where_it_is_told(run: Run, tmp_path: Path) -> None:
    assert run("schema", "--output", str(tmp_path / "s")).returncode == 0
    assert {path.name for path in (tmp_path / "s").iterdir()} == set(schema_texts())


def test_memo_writes_a_pdf_named_after_dossier_and_weights(run: Run, small: SmallDossier) -> None:
    shown = run("memo", "--weights", "quick", cwd=small.root)
    assert shown.returncode == 0, shown.stderr
    assert shown.stdout == "reports/harbour-quick.pdf\n"
    assert (small.root / "reports/harbour-quick.pdf").read_bytes().startswith(b"%PDF-")


def test_memo_warns_of_characters_that_its_fonts_lack(run: Run, small: SmallDossier) -> None:
    assert run("memo", cwd=small.root).stderr == ""
    small.edit("options/new-mole.yaml", "Build a mole", "建码头 Ñandú Ωμέγα Йод")
    shown = run("memo", cwd=small.root)
    assert shown.returncode == 0
    assert "the memo's fonts lack 3 characters, such as 头建码" in shown.stderr


@pytest.mark.parametrize("command", ["new", "check", "rank", "memo", "schema"])
def test_help_has_examples_and_fits_80_columns(run: Run, command: str) -> None:
    shown = run(command, "--help", columns=80)
    assert shown.returncode == 0
    assert f"policy-options {command}" in shown.stdout.partition("Examples:")[2]
    assert max(map(len, shown.stdout.splitlines())) <= 80


def test_the_readme_documents_each_command_and_its_commands_run(run: Run, root: Path, tmp_path: Path) -> None:
    readme = (root / "README.md").read_text(encoding="utf-8")
    for command in ("new", "check", "rank", "memo", "schema"):
        assert f"policy-options {command}" in readme
    table = re.findall(r"`policy-options ([^`|]+)`", readme)
    documented = [line.split() for line in table if "DIR" not in line and not line.startswith(("--", "new", "schema"))]
    assert len(documented) >= 5
    for words in documented:
        words = [str(tmp_path / word) if word.endswith(".pdf") else word for word in words]
        assert run(*words).returncode == 0, words


def test_completion_offers_weight_sets_and_options(run: Run) -> None:
    def offered(words: str) -> str:
        asked = {
            "_POLICY_OPTIONS_COMPLETE": "complete_bash",
            "COMP_WORDS": words,
            "COMP_CWORD": str(len(words.split())),
        }
        script = "from policy_options.cli.app import app; app(prog_name='policy-options')"
        environment = {**os.environ, **asked}
        return subprocess.run(
            [sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=False
        ).stdout

    assert "supply-security" in offered("policy-options rank --weights ")
    assert "carry-on" in offered("policy-options rank --explain ")


def test_our_own_fault_has_status_70_and_one_line(tmp_path: Path, small: SmallDossier) -> None:
    script = (
        "import policy_options.api as api\n"
        "def broken(*_): raise ZeroDivisionError('planted')\n"
        "api.load_contents = broken\n"
        "from policy_options.cli import main; main()"
    )
    shown = subprocess.run(
        [sys.executable, "-c", script, "rank"], cwd=small.root, capture_output=True, text=True, check=False
    )
    assert shown.returncode == 70
    assert shown.stderr.count("\n") == 1
    assert "our fault" in shown.stderr


def test_an_interrupt_has_status_130_and_leaves_nothing_half_written(root: Path, tmp_path: Path) -> None:
    # The signal is sent when WeasyPrint is being imported, which takes half a second: the middle of the work.
    script = (
        "import os, signal, sys\n"
        "class Interrupt:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name == 'weasyprint': os.kill(os.getpid(), signal.SIGINT)\n"
        "sys.meta_path.insert(0, Interrupt())\n"
        "from policy_options.cli import main; main()"
    )
    target = tmp_path / "out" / "memo.pdf"
    shown = subprocess.run(
        [sys.executable, "-c", script, "memo", "-o", str(target)], cwd=root, capture_output=True, text=True, check=False
    )
    assert shown.returncode == 130
    assert "Traceback" not in shown.stderr
    assert not target.parent.exists()


def test_a_reader_that_goes_away_is_no_error(root: Path) -> None:
    ours = f"{shlex.quote(sys.executable)} -c 'from policy_options.cli import main; main()'"
    script = f"{ours} rank -f json | head -1; exit ${{PIPESTATUS[0]}}"
    shown = subprocess.run(["bash", "-c", script], cwd=root, capture_output=True, text=True, check=False)
    assert shown.returncode in {0, 1}
    assert "Traceback" not in shown.stderr


def test_a_target_that_cannot_be_written_is_one_line(run: Run, small: SmallDossier, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    shown = run("rank", "-f", "json", "-o", str(tmp_path / "file" / "x.json"), cwd=small.root)
    assert shown.returncode == 2
    assert "cannot be written" in shown.stderr


def test_help_and_rank_import_nothing_heavy(root: Path) -> None:
    script = (
        "import sys\nfrom policy_options.cli import main\n"
        "try: main()\nexcept SystemExit: pass\n"
        "heavy = {'pandas', 'weasyprint', 'jinja2', 'scipy', 'rich'} & set(sys.modules)\n"
        "assert not heavy, heavy"
    )
    for arguments in (["--help"], ["rank"], ["rank", "-f", "json"], ["check"]):
        shown = subprocess.run(
            [sys.executable, "-c", script, *arguments], cwd=root, capture_output=True, text=True, check=False
        )
        assert shown.returncode == 0, shown.stderr


def test_the_published_forms_obey_their_schemas(run: Run, root: Path) -> None:
    import jsonschema

    for command, name in (("rank", "ranking"), ("check", "check")):
        schema = json.loads((root / "schemas" / f"{name}.schema.json").read_text(encoding="utf-8"))
        jsonschema.Draft202012Validator(schema).validate(json.loads(run(command, "-f", "json").stdout))
