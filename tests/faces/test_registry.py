"""A format is one module and one line: every command offers a toy format."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from policy_options.errors import PolicyOptionsError
from policy_options.exchange.exporting.registry import FORMATS as EXPORTED
from policy_options.exchange.exporting.registry import Exported
from policy_options.faces.registry import FORMATS, Face, written
from policy_options.reports.rankings import RankingsReport
from support import SmallDossier

TOY = """
from policy_options.reports.report import View

def write(report, *, to_file):
    kinds = ",".join(section.key for section in report.sections(View()))
    return f"toy of {report.title() or report.name}: {kinds}; {len(report.rows().rows)} rows; {report.form()['schema']}"
"""
PROGRAM = """
from policy_options.faces import registry
registry.FORMATS["toy"] = registry.Face("toy_face", "a toy", (".toy",))
from policy_options.cli import main
main()
"""
COMMANDS = {
    "rank": "policy-options/ranking/",
    "rank --all": "policy-options/rankings/",
    "rank --explain as-is": "policy-options/option/",
    "rank --set crossings=40 --by-criterion": "policy-options/ranking/",
    "check": "policy-options/check/",
    "robustness --samples 1000": "policy-options/robustness/",
    "robustness --weights none --samples 1000": "policy-options/no-preferences/",
    "cross-check": "policy-options/cross-check/",
    "diff even quick": "policy-options/comparison/",
    "diff --all": "policy-options/comparison/",
    "scenarios": "policy-options/scenarios/",
    "rank --scenario storms": "policy-options/ranking/",
    "diff --scenarios reference storms": "policy-options/comparison/",
    "weights list": "policy-options/weight-sets/",
    "weights show even": "policy-options/weights/",
    "weights diagnose": "policy-options/diagnostics/",
}


@pytest.mark.parametrize("command", COMMANDS)
def test_a_new_format_is_had_from_every_command(small: SmallDossier, tmp_path: Path, command: str) -> None:
    small.with_scenarios()
    (tmp_path / "toy_face.py").write_text(TOY, encoding="utf-8")
    arguments = [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(tmp_path)!r})\n{PROGRAM}"]
    shown = subprocess.run(
        [*arguments, *command.split(), "--format", "toy"], cwd=small.root, capture_output=True, text=True, check=False
    )
    assert (shown.returncode, shown.stdout[:7]) == (0, "toy of "), shown.stderr
    assert COMMANDS[command] in shown.stdout


def test_a_binary_format_goes_to_the_reports_of_its_dossier(small: SmallDossier, tmp_path: Path) -> None:
    (tmp_path / "toy_face.py").write_text("def write(report, *, to_file):\n    return b'toy'\n", encoding="utf-8")
    program = PROGRAM.replace('(".toy",)', '(".toy",), binary=True')
    arguments = [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(tmp_path)!r})\n{program}"]
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    shown = subprocess.run(
        [*arguments, "rank", "--format", "toy", "--dossier", str(small.root)],
        cwd=elsewhere,
        capture_output=True,
        text=True,
        check=False,
    )
    assert shown.returncode == 0, shown.stderr
    (written,) = (small.root / "reports").iterdir()
    assert (written.read_bytes(), shown.stdout) == (b"toy", f"{written}\n")
    assert list(elsewhere.iterdir()) == []


@pytest.mark.parametrize("format", [name for name, face in FORMATS.items() if not face.laid_out])
def test_every_format_writes_a_report_alike_for_a_file_and_again(small: SmallDossier, format: str) -> None:
    dossier = small.load()
    report = RankingsReport(dossier=dossier, overview=dossier.overview())
    content = written(report, format, to_file=True)
    assert content == written(report, format, to_file=True)
    if not FORMATS[format].binary:
        assert content.endswith(b"\n")
        assert b"as-is" in content


def test_a_report_without_pages_of_its_own_is_no_pdf(small: SmallDossier) -> None:
    dossier = small.load()
    with pytest.raises(PolicyOptionsError, match="no pages that are laid out"):
        written(RankingsReport(dossier=dossier, overview=dossier.overview()), "pdf")


@pytest.mark.parametrize("registry", [FORMATS, EXPORTED], ids=["results", "dossiers"])
def test_endings_of_files_belong_to_one_format_each(registry: Mapping[str, Face | Exported]) -> None:
    """Of what the same command writes: a result and a dossier may both be a page for a browser."""
    endings = [suffix for one in registry.values() for suffix in one.suffixes]
    assert len(endings) == len(set(endings))
    assert all(suffix.startswith(".") and suffix == suffix.lower() for suffix in endings)
