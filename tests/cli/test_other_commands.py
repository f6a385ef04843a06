"""``new``, ``schema``, ``memo``, and properties of every command."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from policy_options import Dossier
from policy_options.exchange.schemas import schema_texts
from policy_options.memo.content_schemas import content_schema_texts
from support import SmallDossier, git
from workbooks import xlsx

from .conftest import Run


def test_the_example_ranks_and_names_its_schemas(run: Run, tmp_path: Path) -> None:
    assert run("new", str(tmp_path / "demo"), "--example").returncode == 0
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
    assert written == schema_texts() | content_schema_texts(), "run make schemas, and commit what it writes"


def test_schema_writes_where_it_is_told(run: Run, tmp_path: Path) -> None:
    assert run("schema", "--output", str(tmp_path / "s")).returncode == 0
    assert {path.name for path in (tmp_path / "s").iterdir()} == set(schema_texts() | content_schema_texts())


def test_memo_writes_a_pdf_named_after_dossier_and_weights(run: Run, small: SmallDossier) -> None:
    shown = run("memo", "--weights", "quick", cwd=small.root)
    assert shown.returncode == 0, shown.stderr
    assert shown.stdout == "reports/harbour-quick.pdf\n"
    assert (small.root / "reports/harbour-quick.pdf").read_bytes().startswith(b"%PDF-")


def test_memo_refuses_characters_that_no_font_draws(run: Run, small: SmallDossier, tmp_path: Path) -> None:
    (tmp_path / "fonts.conf").write_text(
        f'<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>{tmp_path}</dir></fontconfig>',
        encoding="utf-8",
    )
    bare = {"FONTCONFIG_FILE": str(tmp_path / "fonts.conf")}
    assert run("memo", cwd=small.root, **bare).stderr == ""
    small.edit("options/new-mole.yaml", "Build a mole", "建码头 Ñandú Ωμέγα Йод")
    shown = run("memo", cwd=small.root, **bare)
    assert shown.returncode == 2
    assert "no font on this system draws 头 (U+5934), 建 (U+5EFA), 码 (U+7801)" in shown.stderr
    assert "apt-get install fonts-noto-cjk" in shown.stderr


@pytest.mark.parametrize(
    "command", ["new", "check", "rank", "packages", "explore", "diff", "memo", "verify", "extract", "schema"]
)
def test_help_has_examples_and_fits_80_columns(run: Run, command: str) -> None:
    shown = run(command, "--help", columns=80)
    assert shown.returncode == 0
    assert f"policy-options {command}" in shown.stdout.partition("Examples:")[2]
    assert max(map(len, shown.stdout.splitlines())) <= 80


@dataclass(frozen=True)
class Page:
    """The commands of a page of the manual: the lines of console blocks and of tables, in the order of the page."""

    name: str
    text: str

    @property
    def commands(self) -> list[list[list[str]]]:
        """Each line as commands run one after another, each split into words."""
        found: list[str] = []
        for block, row in re.findall(r"(?ms)^```console\n(.*?)^```|^(\|[^\n]*)$", self.text):
            joined = block.replace("\\\n", " ")
            found += [line[2:] for line in joined.splitlines() if line.startswith("$ ")]
            found += re.findall(r"`(policy-options [^`]+)`", row)
        split = [[shlex.split(part, comments=True) for part in line.split("&&")] for line in found]
        return [line for line in split if any(words[:1] == ["policy-options"] for words in line)]

    @property
    def scripts(self) -> list[str]:
        return re.findall(r"(?ms)^```python\n(.*?)^```", self.text)


def pages(root: Path) -> list[Page]:
    files = [root / "README.md", *sorted((root / "docs").glob("*.md"))]
    return [Page(file.name, file.read_text(encoding="utf-8")) for file in files]


def copied(root: Path, to: Path) -> Path:
    """A copy of the shipped dossier."""
    for folder in ("criteria", "options"):
        shutil.copytree(root / folder, to / folder)
    return to


def committed(folder: Path) -> Path:
    """The folder as a repository with one commit."""
    git(folder, "init", "--quiet")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "A version")
    return folder


def invoked(monkeypatch: pytest.MonkeyPatch, folder: Path, words: list[str]) -> Result:
    """Run a command in this process, which takes a tenth of the time of a separate one."""
    from policy_options.cli.app import application

    monkeypatch.chdir(folder)
    return CliRunner().invoke(application(), words, env={"COLUMNS": "100"})


SCORES = [
    ("Option", "Cost", "Reach", "Noise"),
    ("East quay", 12.5, 3, 55),
    ("New mole", 30, 7, 70),
    ("As is", 0, 1, 40),
]
"""The workbook that the manual starts from."""


def test_the_manual_documents_each_command(root: Path) -> None:
    manual = "".join(page.text for page in pages(root))
    for command in (
        *(
            "explore",
            "new",
            "check",
            "rank",
            "diff",
            "robustness",
            "packages",
            "cross-check",
            "scenarios",
            "memo",
            "export",
            "import",
            "verify",
            "extract",
            "schema",
        ),
    ):
        assert f"policy-options {command}" in pages(root)[0].text
    for command in ("list", "show", "set", "new", "refresh", "elicit", "diagnose"):
        assert f"policy-options weights {command}" in manual


@pytest.mark.parametrize(
    "name",
    [
        *(
            "README.md",
            "importing.md",
            "weights.md",
            "robustness.md",
            "comparing.md",
            "packages.md",
            "cross-checks.md",
            "scenarios.md",
            "memo.md",
            "workbook.md",
        )
    ],
)
def test_every_documented_command_runs(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """In the order of the page, on a copy; interviews have separate tests, and a refreshed set must be stale."""
    page = next(page for page in pages(root) if page.name == name)
    texts = tmp_path / "texts"
    texts.mkdir()
    dossier = committed(copied(root, tmp_path / "dossier"))
    (dossier / "scores.xlsx").write_bytes(xlsx(SCORES))
    ran = 0
    for number, line in enumerate(page.commands):
        folder = dossier
        for words in line:
            words = [{"DIR": str(texts)}.get(word, word) for word in words]
            if words[0] == "cd":
                folder = folder / words[1]
                continue
            assert words[0] == "policy-options", f"{name}: a test cannot run {words}"
            assert not any(re.fullmatch("[A-Z]{2,}", word) and word != "HEAD" for word in words), (
                f"{name}: {words} names a place-holder"
            )
            if words[1:3] == ["weights", "elicit"] or words[1:2] == ["explore"]:  # it serves until it is interrupted
                continue
            if words[1:3] == ["weights", "refresh"]:
                folder = copied(root, tmp_path / f"stale-{number}")
                criteria = folder / "criteria/criteria.yaml"
                criteria.write_text(
                    criteria.read_text(encoding="utf-8").replace("at: 70\n", "at: 80\n"), encoding="utf-8"
                )
            shown = invoked(monkeypatch, folder, words[1:])
            assert shown.exit_code == 0, f"{name}: {shlex.join(words)}: {shown.stderr}"
            ran += 1
    assert ran >= 4


def test_the_scenario_that_the_manual_writes_is_one(root: Path, tmp_path: Path) -> None:
    text = (root / "docs/scenarios.md").read_text(encoding="utf-8")
    name, file = re.findall(r"(?ms)^```yaml\n# (criteria/scenarios/\S+)\n(.*?)^```", text)[0]
    dossier = copied(root, tmp_path)
    (dossier / name).write_text(file, encoding="utf-8")
    loaded = Dossier.load(dossier)
    assert loaded.check().findings == ()
    values = [loaded.in_scenario(one).rank().value("supply-chain-resilience") for one in ("reference", "ports-close")]
    assert values[1] < values[0]
    likelihood = re.findall(r"(?m)^likelihood: .*$", text)[0]
    (dossier / name).write_text(f"{file}{likelihood}\n", encoding="utf-8")
    assert Dossier.load(dossier).scenarios().judged[0].low == 0.1


@pytest.mark.parametrize("name", ["README.md", "weights.md", "robustness.md", "comparing.md", "scenarios.md"])
def test_every_documented_script_runs(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    page = next(page for page in pages(root) if page.name == name)
    assert page.scripts
    monkeypatch.chdir(copied(root, tmp_path))
    for script in page.scripts:
        exec(compile(script, name, "exec"), {})


def test_what_the_manual_says_of_carrying_over_is_so(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    manual = " ".join(next(page for page in pages(root) if page.name == "weights.md").text.split())
    assert "If assured supply had 11% on a scale from 30 to 70, it has 13.4% on one from 30 to 80." in manual
    criteria = copied(root, tmp_path) / "criteria/criteria.yaml"
    criteria.write_text(criteria.read_text(encoding="utf-8").replace("at: 70\n", "at: 80\n"), encoding="utf-8")
    shown = invoked(monkeypatch, tmp_path, ["weights", "refresh", "balanced", "--carry-over"])
    assert re.search(r"^assured-supply +11\.0% +13\.4%", shown.stdout, re.MULTILINE), shown.stdout


def test_completion_offers_weight_sets_and_options(run: Run) -> None:
    def offered(words: str) -> str:
        asked = {
            "_POLICY_OPTIONS_COMPLETE": "complete_bash",
            "COMP_WORDS": words,
            "COMP_CWORD": str(len(words.split())),
        }
        script = "from policy_options.cli.app import application; application()(prog_name='policy-options')"
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
    # The signal is sent when the memo has been worded, and the rendering process is waiting for it: the middle of the
    # work.
    script = (
        "import os, signal, sys\n"
        "class Interrupt:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name == 'policy_options.memo.ledger': os.kill(os.getpid(), signal.SIGINT)\n"
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
