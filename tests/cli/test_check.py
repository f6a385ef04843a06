from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pytest

from languages import in_language
from policy_options.dossier.checking.acknowledgements import FINDINGS
from policy_options.wording.phrases import load_phrases
from support import SOURCE_TEXT, Golden, SmallDossier

from .conftest import Run


def test_a_clean_dossier_has_status_0(run: Run, small: SmallDossier, golden: Golden) -> None:
    shown = run("check", cwd=small.root)
    assert shown.returncode == 0
    golden.check("check.txt", shown.stdout)


def test_findings_have_status_1_and_stand_on_stderr(run: Run, small: SmallDossier) -> None:
    small.edit("options/new-mole.yaml", "Build a mole", "Move to the EAST quay")
    shown = run("check", cwd=small.root)
    assert shown.returncode == 1
    assert "titles of the options `east-quay` and `new-mole` look alike" in shown.stderr
    form = json.loads(run("check", "-f", "json", cwd=small.root).stdout)
    assert form["findings"][0]["code"] == "titles-look-alike"
    assert form["findings"][0]["file"] == "options/new-mole.yaml"
    assert form["findings"][0]["line"] == 2


def test_errors_of_all_files_have_status_2_and_no_traceback(run: Run, small: SmallDossier, golden: Golden) -> None:
    small.edit("options/new-mole.yaml", "crossings: 16", "crosings: 16")
    small.edit("options/as-is.yaml", "high: 50", "high: 35")
    small.edit("criteria/weights/even.yaml", "method: points", "method: guess")
    small.put("options/evidence/survey.yaml", "format: 1\ntitle: [\n")
    shown = run("check", cwd=small.root)
    assert shown.returncode == 2
    golden.check("check-errors.txt", shown.stderr)


def test_debug_shows_the_traceback(run: Run, small: SmallDossier) -> None:
    small.edit("options/as-is.yaml", "high: 50", "high: 35")
    assert "Traceback" in run("check", "--debug", cwd=small.root).stderr


def test_citations_are_compared_where_the_texts_are_at_hand(run: Run, small: SmallDossier, tmp_path: Path) -> None:
    texts = tmp_path / "texts"
    texts.mkdir()
    assert "No text available for: survey." in run("check", "--sources", str(texts), cwd=small.root).stdout
    (texts / "survey.txt").write_text(SOURCE_TEXT, encoding="utf-8")
    assert "2 of 2 paragraphs found" in run("check", "--sources", str(texts), cwd=small.root).stdout
    (texts / "survey.txt").write_text(SOURCE_TEXT.replace("nine days", "two days"), encoding="utf-8")
    shown = run("check", "--sources", str(texts), cwd=small.root)
    assert shown.returncode == 1
    assert "paragraph 2 of `survey` is no longer in the text" in shown.stderr


def test_a_new_dossier_has_nothing_to_compare_and_says_nothing_of_all_scores(run: Run, tmp_path: Path) -> None:
    assert run("new", "d", "--options", "a,b", "--criteria", "x,y", cwd=tmp_path).returncode == 0
    shown = run("check", "-d", "d", "--sources", ".", cwd=tmp_path)
    assert "Citations: there is nothing to compare with a text." in shown.stdout
    assert "All 4 scores are unknown." in shown.stdout


def test_csv_lists_the_findings(run: Run, small: SmallDossier) -> None:
    small.edit("criteria/decision.yaml", "baseline: as-is\n", "")
    lines = run("check", "-f", "csv", cwd=small.root).stdout.splitlines()
    assert lines[0] == "code,file,line,column,ids,meaning,message,remedy"
    assert lines[1].startswith("no-baseline,criteria/decision.yaml,1,1,")


@pytest.mark.parametrize("language", ["ja", "ru", "zh"])
def test_csv_says_what_a_finding_means_in_the_language_of_the_dossier(
    run: Run, small: SmallDossier, language: str
) -> None:
    in_language(small, language)
    small.edit("criteria/decision.yaml", "baseline: as-is\n", "")
    rows = list(csv.DictReader(run("check", "-f", "csv", cwd=small.root).stdout.splitlines()))
    phrases = load_phrases(language)
    assert {row["meaning"] for row in rows if row["code"] == "no-baseline"} == {phrases.say("finding.no-baseline")}
    assert all(row["meaning"] and not re.search(r"\b(the|no|is|of)\b", row["meaning"]) for row in rows)


def test_every_finding_has_a_phrase() -> None:
    english = load_phrases("en")
    assert {key.partition(".")[2] for key in english.phrases if key.startswith("finding.")} == {*FINDINGS}
