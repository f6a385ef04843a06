from __future__ import annotations

import csv
import io
import json
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from xml.etree import ElementTree

import jsonschema
import pytest

from certain import assert_silent_on_ranges, certain
from memos import content_of
from policy_options.cli.robustness import Part
from policy_options.reports.robustness_parts import PARTS
from policy_options.wording.plain import width
from support import Golden, SmallDossier

from .conftest import Run

ROOT = Path(__file__).parent.parent.parent
QUICKLY = ("--samples", "20000")


def without_shares(text: str) -> str:
    """The text with its sampled figures masked: their last digit may differ between processors, their positions may not."""
    return re.sub(
        r"\de-\d+|\d+(\.\d+)?(?=%| percentage)|(?<=: )[\d,]+(?= sampled)|(?<=of )[\d,]+(?= sampled)", "#", text
    )


def with_a_score_that_decides(small: SmallDossier) -> None:
    small.edit("options/east-quay.yaml", "outlay: {low: middling", "outlay: {low: small")


@pytest.mark.parametrize("columns", [60, 80, 140])
def test_it_opens_with_five_lines(run: Run, small: SmallDossier, golden: Golden, columns: int) -> None:
    with_a_score_that_decides(small)
    shown = run("robustness", *QUICKLY, cwd=small.root, columns=columns)
    assert (shown.returncode, shown.stderr) == (0, "")
    assert max(width(line) for line in shown.stdout.splitlines()) <= columns
    assert sum(line.startswith("- ") for line in shown.stdout.splitlines()) == 5
    golden.check(f"robustness-{columns}.txt", without_shares(shown.stdout))


@pytest.mark.parametrize("columns", [60, 80, 140])
def test_the_sections_read_well_at_any_width(run: Run, small: SmallDossier, golden: Golden, columns: int) -> None:
    with_a_score_that_decides(small)
    shown = run("robustness", *QUICKLY, "--full", cwd=small.root, columns=columns)
    assert (shown.returncode, shown.stderr) == (0, "")
    assert max(width(line) for line in shown.stdout.splitlines()) <= columns
    golden.check(f"robustness-full-{columns}.txt", without_shares(shown.stdout))


def test_why_scores_are_drawn_together_or_apart_is_printed_where_they_are(run: Run, small: SmallDossier) -> None:
    small.edit(
        "criteria/decision.yaml",
        "weights: even\n",
        "weights: even\nuncertainty: {together: true, together-because: One survey gave them all.}\n",
    )
    shown = " ".join(run("robustness", *QUICKLY, cwd=small.root).stdout.split())
    assert "those of one criterion together. Why scores are drawn so: One survey gave them all." in shown
    assert "Why scores are drawn so: One survey gave them all." in content_of(small.load()).robustness.basis
    for name, old, new in (
        ("as-is", "{low: 30, likely: 40, high: 50}", "40"),
        ("east-quay", "low: 8, likely: 10, high: 12", "likely: 10"),
        ("east-quay", "low: middling, likely: middling, high: large", "likely: middling"),
    ):
        small.edit(f"options/{name}.yaml", old, new)
    assert "Why scores are drawn so" not in run("robustness", *QUICKLY, cwd=small.root).stdout  # nothing is drawn


def test_the_opening_says_where_the_rest_is_and_every_part_can_be_asked_for(run: Run, small: SmallDossier) -> None:
    shown = run("robustness", *QUICKLY, cwd=small.root, columns=140).stdout
    assert list(Part) == list(PARTS)
    assert f"--section NAME shows one part: {', '.join(Part)}." in shown
    full = run("robustness", *QUICKLY, "--full", cwd=small.root, columns=140).stdout
    title = full.partition("\n")[0]
    for part in Part:
        alone = run("robustness", *QUICKLY, "--section", part, cwd=small.root, columns=140).stdout
        head, _, body = alone.partition("\n\n")
        assert head == title
        assert body.rstrip("\n") in full, part
        assert "Fragile:" not in alone


def test_parts_come_in_the_order_that_a_reader_asks_in_any_format(run: Run, small: SmallDossier) -> None:
    asked = ("--section", "reversal", "--section", "stability")
    shown = run("robustness", *asked, cwd=small.root).stdout
    assert shown.index("How far each weight can move") < shown.index("could reorder the others")
    assert "In what share" not in shown
    marked = run("robustness", *asked, "--format", "markdown", cwd=small.root).stdout
    assert marked.count("**") == 6


def test_a_part_alone_draws_no_sample(run: Run, small: SmallDossier) -> None:
    """An error that would take longer than allowed is refused if shares are shown, and irrelevant if they are not."""
    asked = ("--error", "0.0000001pp", "--seconds", "0.3", "--section")
    assert run("robustness", *asked, "stability", cwd=small.root).returncode == 0
    assert run("robustness", *asked, "scores", "--section", "weights", cwd=small.root).returncode == 0
    assert run("robustness", *asked, "ranks", cwd=small.root).returncode == 2


def test_a_leader_with_an_unknown_score_is_asked_at_its_worst(run: Run, small: SmallDossier) -> None:
    small.edit("options/new-mole.yaml", "waiting: 12", "waiting: unknown")
    small.edit("options/new-mole.yaml", "outlay: large", "outlay: small")
    shown = run("robustness", "--section", "stability", cwd=small.root)
    assert shown.returncode == 0, shown.stderr
    assert "How far each weight" in shown.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--full", "--section", "ranks"), "--full shows every part, and --section names some"),
        (("--format", "json", "--section", "ranks"), "--format json holds every part, and --section names some"),
        (("--format", "csv", "--section", "ranks"), "--format csv holds every part, and --section names some"),
    ],
)
def test_all_and_some_contradict_each_other(
    run: Run, small: SmallDossier, arguments: tuple[str, ...], said: str
) -> None:
    shown = run("robustness", *arguments, cwd=small.root)
    assert (shown.returncode, shown.stdout) == (2, "")
    assert said in shown.stderr


def test_markdown_has_a_table_and_notes_in_each_section(run: Run, small: SmallDossier, golden: Golden) -> None:
    with_a_score_that_decides(small)
    golden.check(
        "robustness.md", without_shares(run("robustness", *QUICKLY, "--format", "markdown", cwd=small.root).stdout)
    )


def test_the_shipped_dossier_is_fragile(run: Run) -> None:
    shown = run("robustness", "--full", cwd=ROOT).stdout
    said = " ".join(shown.split())
    leads = "Align rules and raise the quality of cooperation is first in 44.7% of the ways of weighting tried"
    assert f"Fragile: {leads}, each with scores drawn from their ranges (fragile: under 50%)" in said
    assert "Any weights: exact" in said
    assert "not the probability of anything" in said


def test_json_obeys_its_schema_and_is_the_same_bytes_however_many_work_at_it(run: Run, small: SmallDossier) -> None:
    texts = [
        run("robustness", *QUICKLY, "--format", "json", "--workers", str(workers), cwd=small.root).stdout
        for workers in (1, 2)
    ]
    assert texts[0] == texts[1]
    form = json.loads(texts[0])
    schema = json.loads((ROOT / "schemas/robustness.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(schema).validate(form)
    assert form["verdict"]["leader"] == "as-is"
    assert form["all_weights"]["basis"]["exact"] is True
    for shares in form["all_weights"]["options"].values():
        assert sum(shares["ranks"]) == pytest.approx(1, abs=1e-9)


def test_csv_holds_a_number_a_row(run: Run, small: SmallDossier) -> None:
    rows = list(csv.DictReader(io.StringIO(run("robustness", *QUICKLY, "--format", "csv", cwd=small.root).stdout)))
    parts = {row["part"] for row in rows}
    assert {
        "verdict",
        "around-uncertain",
        "around-at-likely",
        "over-all-weights",
        "stability",
        "score-switching",
    } <= parts
    first = {
        row["option"]: float(row["number"])
        for row in rows
        if row["part"] == "over-all-weights" and row["measure"] == "rank-1"
    }
    assert sum(first.values()) == pytest.approx(1, abs=1e-9)


def test_a_seed_gives_the_same_digits_and_another_seed_others(run: Run, small: SmallDossier) -> None:
    def shares(seed: str) -> str:
        return run("robustness", *QUICKLY, "--seed", seed, "--format", "json", cwd=small.root).stdout

    assert shares("1") == shares("1")
    assert json.loads(shares("1"))["around_uncertain"] != json.loads(shares("2"))["around_uncertain"]


def test_exact_shares_have_no_sample_beside_them(run: Run, small: SmallDossier) -> None:
    form = json.loads(run("robustness", *QUICKLY, "--exact", "--format", "json", cwd=small.root).stdout)
    assert form["around_likely"]["basis"]["exact"] is True
    assert form["around_uncertain"]["basis"]["exact"] is False


def test_a_lock_holds_a_weight(run: Run, small: SmallDossier) -> None:
    form = json.loads(run("robustness", *QUICKLY, "--lock", "money", "--format", "json", cwd=small.root).stdout)
    nodes = {node["id"]: node for node in form["stability"]}
    assert nodes["outlay"]["undefined"] == "locked"
    assert nodes["crossings"]["most"] == pytest.approx(0.5)


def test_charts_are_pictures_of_their_own(run: Run, small: SmallDossier, tmp_path: Path) -> None:
    shown = run("robustness", *QUICKLY, "--charts", str(tmp_path / "charts"), cwd=small.root)
    assert shown.returncode == 0, shown.stderr
    found = {path.name for path in (tmp_path / "charts").iterdir()}
    assert {"acceptability.svg", "stability.svg", "tornado.svg", "weight-waiting.svg", "weight-service.svg"} <= found
    for path in (tmp_path / "charts").iterdir():
        assert ElementTree.fromstring(path.read_text(encoding="utf-8")).get("aria-label")


def test_an_unknown_score_of_a_rival_leaves_it_out_by_name(run: Run, small: SmallDossier) -> None:
    small.edit("options/east-quay.yaml", "waiting: 20", "waiting: unknown")
    shown = run("robustness", *QUICKLY, cwd=small.root)
    assert shown.returncode == 0, shown.stderr
    assert "With an unknown score" in shown.stdout
    assert "Move to the east quay" in shown.stdout


def test_an_unknown_score_of_the_leader_is_taken_at_its_worst(run: Run, small: SmallDossier) -> None:
    small.edit("options/new-mole.yaml", "waiting: 12", "waiting: unknown")
    small.edit("options/new-mole.yaml", "outlay: large", "outlay: small")
    shown = run("robustness", *QUICKLY, cwd=small.root)
    assert shown.returncode == 0, shown.stderr
    assert "With an unknown score: Build a mole." in shown.stdout.replace("\n", " ")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--error", "often"), "--error often is no number above 0 and up to 100; write --error 0.1pp"),
        (("--error", "0"), "--error 0 is no number above 0"),
        (("--error", "nan"), "--error nan is no number above 0"),
        (("--band", "0"), "--band 0 is no number above 0 and up to 100; write --band 25"),
        (("--band", "101%"), "--band 101% is no number above 0"),
        (("--lock", "outley"), "`outley` is no criterion and no group; did you mean `outlay`?"),
        (("--weights", "evn"), "did you mean `even`?"),
        (("--error", "0.0000001pp", "--seconds", "0.3"), "would take up to about"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(
    run: Run, small: SmallDossier, tmp_path: Path, arguments: tuple[str, ...], said: str
) -> None:
    target = tmp_path / "out.json"
    shown = run("robustness", *arguments, "--format", "json", "--output", str(target), cwd=small.root)
    assert (shown.returncode, shown.stdout) == (2, "")
    assert said in shown.stderr
    assert len(shown.stderr.splitlines()) == 1
    assert not target.exists()


def test_one_option_is_refused(run: Run, small: SmallDossier) -> None:
    for name in ("east-quay", "new-mole"):
        (small.root / f"options/{name}.yaml").unlink()
    (small.root / "options/evidence/survey.yaml").unlink()
    shown = run("robustness", cwd=small.root)
    assert shown.returncode == 2
    assert "single option" in shown.stderr


@pytest.mark.parametrize("workers", ["1", "2"])
def test_an_interrupted_run_leaves_nothing_behind(small: SmallDossier, tmp_path: Path, workers: str) -> None:
    target = tmp_path / "out.json"
    command = Path(sys.executable).parent / "policy-options"
    asked = ("robustness", "--error", "0.0000001pp", "--seconds", "1e9", "--workers", workers, "--format", "json")
    process = subprocess.Popen(
        [command, *asked, "--output", str(target)],
        cwd=small.root,
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        time.sleep(2.5)  # under way, whatever else the machine does; it would run for hours
        assert process.poll() is None
        process.send_signal(signal.SIGINT)
        shown, said = process.communicate(timeout=20)
    finally:
        process.kill()
    assert (process.returncode, shown) == (130, "")
    assert said.strip() == "interrupted"
    assert not target.exists()
    assert not list(tmp_path.glob("out*"))


def test_with_no_weights_shares_are_of_all_weightings_and_there_is_no_verdict(run: Run, small: SmallDossier) -> None:
    shown = run("robustness", "--weights", "none", *QUICKLY, cwd=small.root)
    assert (shown.returncode, shown.stderr) == (0, "")
    assert "No weights are used." in shown.stdout
    assert "first more often" not in shown.stdout
    form = json.loads(run("robustness", "--weights", "none", *QUICKLY, "--format", "json", cwd=small.root).stdout)
    schema = json.loads((ROOT / "schemas/no-preferences.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(schema).validate(form)
    assert form["schema"] == "policy-options/no-preferences/1"
    assert form["uncertain"]["region"] == "free"
    assert sum(shares["ranks"][0] for shares in form["uncertain"]["options"].values()) == pytest.approx(1, abs=1e-9)
    assert sum(form["group_weights"].values()) == pytest.approx(1, abs=1e-9)
    table = run("robustness", "--weights", "none", *QUICKLY, "--format", "csv", cwd=small.root).stdout
    assert {"any-weights-uncertain"} <= {row["part"] for row in csv.DictReader(io.StringIO(table))}


@pytest.mark.parametrize("given", [("--band", "20"), ("--lock", "cost"), ("--charts", "charts")])
def test_what_speaks_of_weights_is_refused_where_there_are_none(
    run: Run, small: SmallDossier, given: tuple[str, str]
) -> None:
    shown = run("robustness", "--weights", "none", *given, cwd=small.root)
    assert shown.returncode == 2
    assert f"{given[0]} has no meaning with --weights none" in shown.stderr


@pytest.mark.parametrize("weights", ["even", "quick", "none"])
def test_nothing_is_said_of_ranges_where_no_score_has_one(run: Run, small: SmallDossier, weights: str) -> None:
    certain(small)
    full = () if weights == "none" else ("--full",)
    shown = run("robustness", *QUICKLY, "--weights", weights, *full, "--format", "markdown", cwd=small.root)
    assert (shown.returncode, shown.stderr) == (0, "")
    assert_silent_on_ranges(shown.stdout)
