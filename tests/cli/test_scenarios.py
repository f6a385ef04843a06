from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import jsonschema
import pytest

from package_dossiers import PACKAGES, with_packages
from policy_options.wording.plain import width
from support import Golden, SmallDossier

from .conftest import Run

ROOT = Path(__file__).parent.parent.parent
STORMS = "criteria/scenarios/storms.yaml"


@pytest.mark.parametrize("columns", [60, 80, 140])
def test_scenarios_read_well_at_any_width(run: Run, small: SmallDossier, golden: Golden, columns: int) -> None:
    shown = run("scenarios", cwd=small.with_scenarios().root, columns=columns)
    assert (shown.returncode, shown.stderr) == (0, "")
    assert max(width(line) for line in shown.stdout.splitlines()) <= columns
    golden.check(f"scenarios-{columns}.txt", shown.stdout)


def test_scenarios_with_judged_likelihoods(run: Run, small: SmallDossier, golden: Golden) -> None:
    small.with_scenarios()
    small.edit(STORMS, "all:\n", "likelihood: {low: 20, high: 45, holder: The harbour master}\nall:\n")
    shown = run("scenarios", cwd=small.root, columns=100)
    assert (shown.returncode, shown.stderr) == (0, "")
    assert "The harbour master judges “Storms” to be 20% to 45% likely." in shown.stdout
    golden.check("scenarios-judged.txt", shown.stdout)


def test_scenarios_with_an_unknown_score_and_an_option_that_cannot_be_given_up(
    run: Run, small: SmallDossier, golden: Golden
) -> None:
    small.with_scenarios()
    small.edit("options/new-mole.yaml", "crossings: 16", "crossings: unknown")
    small.edit("options/new-mole.yaml", "title: Build a mole\n", "title: Build a mole\nreversible: false\n")
    small.edit("options/as-is.yaml", "scores:", "reversible: false\nscores:")
    shown = run("scenarios", cwd=small.root, columns=100)
    assert (shown.returncode, shown.stderr) == (0, "")
    golden.check("scenarios-unknown.txt", shown.stdout)


def test_the_published_form(run: Run, small: SmallDossier, golden: Golden) -> None:
    shown = run("scenarios", "--format", "json", cwd=small.with_scenarios().root)
    form = json.loads(shown.stdout)
    jsonschema.validate(form, json.loads((ROOT / "schemas/scenarios.schema.json").read_text(encoding="utf-8")))
    assert form["schema"] == "policy-options/scenarios/1"
    golden.check("scenarios.json", shown.stdout)


def test_rows_are_numbers(run: Run, small: SmallDossier) -> None:
    shown = run("scenarios", "--format", "csv", cwd=small.with_scenarios().root)
    rows = list(csv.DictReader(io.StringIO(shown.stdout)))
    assert {row["part"] for row in rows} >= {"values", "leaders", "regret", "maximin", "likelihoods", "break-even"}
    value = {(row["option"], row["scenario"]): row["number"] for row in rows if row["measure"] == "value"}
    assert float(value["east-quay", "storms"]) < float(value["east-quay", "reference"])


def test_a_chart_is_written(run: Run, small: SmallDossier, tmp_path: Path) -> None:
    shown = run("scenarios", "--charts", str(tmp_path), cwd=small.with_scenarios().root)
    assert shown.returncode == 0
    assert (tmp_path / "scenarios.svg").read_text(encoding="utf-8").startswith("<svg")
    page = run("scenarios", "--format", "html", cwd=small.root).stdout
    assert "<svg" in page and "Storms" in page


def test_a_ranking_in_a_scenario_says_so_in_every_format(run: Run, small: SmallDossier) -> None:
    small.with_scenarios()
    shown = run("rank", "--scenario", "storms", cwd=small.root)
    assert "in the scenario “Storms from the east”" in " ".join(shown.stdout.split())
    form = json.loads(run("rank", "--scenario", "storms", "--format", "json", cwd=small.root).stdout)
    assert form["scenario"] == "storms"
    schema = json.loads((ROOT / "schemas/ranking.schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(form, schema)
    plain = json.loads(run("rank", "--format", "json", cwd=small.root).stdout)
    assert "scenario" not in plain
    assert json.loads(run("rank", "--scenario", "reference", "--format", "json", cwd=small.root).stdout) == {
        **plain,
        "scenario": "reference",
    }


def test_robustness_and_an_explanation_in_a_scenario(run: Run, small: SmallDossier) -> None:
    small.with_scenarios()
    firm = run("robustness", "--scenario", "rivals", "--samples", "2000", cwd=small.root)
    assert "in the scenario “Another line calls”" in " ".join(firm.stdout.split())
    explained = run("rank", "--scenario", "storms", "--explain", "east-quay", cwd=small.root)
    assert "Closed on most days." in " ".join(explained.stdout.split())


def test_a_difference_between_scenarios(run: Run, small: SmallDossier, golden: Golden) -> None:
    small.with_scenarios()
    shown = run("diff", "--scenarios", "reference", "storms", cwd=small.root, columns=100)
    assert (shown.returncode, shown.stderr) == (0, "")
    golden.check("diff-scenarios.txt", shown.stdout)
    form = json.loads(run("diff", "--scenarios", "reference", "storms", "--format", "json", cwd=small.root).stdout)
    assert form["scenarios"] == {"before": "reference", "after": "storms"}
    assert form["versions"] is None
    jsonschema.validate(form, json.loads((ROOT / "schemas/comparison.schema.json").read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("rank", "--scenario", "storm"), "`storm` is no scenario of this dossier; did you mean `storms`?"),
        (
            ("robustness", "--scenario", "calm"),
            "`calm` is no scenario of this dossier; there are: reference, rivals, storms",
        ),
        (("diff", "--scenarios", "storms", "storms"), "`storms` is compared with itself; name two scenarios"),
        (("diff", "--scenarios", "storms", "calm"), "`calm` is no scenario"),
        (("diff", "--scenarios", "storms", "rivals", "--against", "."), "--scenarios compares futures of one version"),
        (("diff", "--scenarios", "storms", "rivals", "--base", "even"), "--base is for sets of one version"),
    ],
)
def test_bad_input_gets_one_clear_line(run: Run, small: SmallDossier, arguments: tuple[str, ...], said: str) -> None:
    shown = run(*arguments, cwd=small.with_scenarios().root)
    assert (shown.returncode, shown.stdout) == (2, "")
    assert shown.stderr.startswith("error: ") and shown.stderr.count("\n") == 1
    assert said in shown.stderr


def test_a_dossier_without_scenarios(run: Run, small: SmallDossier) -> None:
    shown = run("scenarios", cwd=small.root)
    assert shown.returncode == 2
    assert "the dossier has no scenario; write one in criteria/scenarios/" in shown.stderr
    one = run("rank", "--scenario", "storms", cwd=small.root)
    assert "`storms` is no scenario of this dossier; write one in criteria/scenarios/storms.yaml" in one.stderr


def with_both(root: Path, *, money: int = 10) -> SmallDossier:
    """Scenarios, and packages of which no rule excludes one."""
    return with_packages(
        root, PACKAGES[: PACKAGES.index("rules:")].replace("capacity: 10", f"capacity: {money}")
    ).with_scenarios()


def test_packages_in_scenarios(run: Run, tmp_path: Path, golden: Golden) -> None:
    small = with_both(tmp_path / "harbour", money=4)
    small.edit(STORMS, "crossings: {low: 1, likely: 2, high: 4,", "waiting: {low: 40, likely: 50, high: 55,")
    shown = run("scenarios", "--weights", "quick", cwd=small.root, columns=100)
    assert (shown.returncode, shown.stderr) == (0, "")
    golden.check("scenarios-packages.txt", shown.stdout)
    form = json.loads(run("scenarios", "--weights", "quick", "--format", "json", cwd=small.root).stdout)
    jsonschema.validate(form, json.loads((ROOT / "schemas/scenarios.schema.json").read_text(encoding="utf-8")))
    packages = form["packages"]
    assert packages["out_of_reach"] is None
    assert packages["looked_at_each"]
    assert packages["advice"] == ["east-quay"]
    rows = list(csv.DictReader(io.StringIO(run("scenarios", "--format", "csv", cwd=small.root).stdout)))
    assert {row["measure"] for row in rows if row["part"] == "packages"} == {"value", "regret", "largest-regret"}


def test_packages_that_leave_a_scale_in_one_scenario_are_left_out_with_the_reason(run: Run, tmp_path: Path) -> None:
    small = with_both(tmp_path / "harbour", money=20)
    small.edit("options/new-mole.yaml", "crossings: 16", "crossings: 12")
    small.edit("criteria/criteria.yaml", "{rule: add, beyond: hold}", "{rule: add}")
    shown = run("scenarios", cwd=small.root, columns=200)
    assert (shown.returncode, shown.stderr) == (0, "")
    assert (
        "Packages are not compared over the scenarios: scenario `rivals`: the package of `east-quay`, `new-mole` is at 26 on "
        "`crossings`, 6 beyond the end of its scale, 20."
    ) in shown.stdout
    form = json.loads(run("scenarios", "--format", "json", cwd=small.root).stdout)
    jsonschema.validate(form, json.loads((ROOT / "schemas/scenarios.schema.json").read_text(encoding="utf-8")))
    assert form["packages"]["out_of_reach"].startswith("scenario `rivals`")
    assert "packages" not in {row["part"] for row in csv.DictReader(io.StringIO(csv_of(run, small.root)))}


def csv_of(run: Run, root: Path) -> str:
    return run("scenarios", "--format", "csv", cwd=root).stdout


def test_a_signpost_says_which_package_is_best_then(run: Run, tmp_path: Path) -> None:
    small = with_both(tmp_path / "harbour")
    small.edit(
        "criteria/decision.yaml",
        "weights: even\n",
        "weights: even\nsignposts:\n- {watch: Bids., option: east-quay, criterion: outlay, threshold: small}\n",
    )
    shown = " ".join(run("scenarios", cwd=small.root, columns=200).stdout.split())
    assert "which is too close to call. The best package is then Build a mole." in shown  # once another line calls
    assert "The best package is then Move to the east quay." in shown
    assert shown.count("The best package is then") == 2  # and in storms it stays what it is
    form = json.loads(run("scenarios", "--format", "json", cwd=small.root).stdout)
    assert [one["package"] for one in form["signposts"]] == [["new-mole"], [], ["east-quay"]]


def test_packages_in_scenarios_in_every_language(run: Run, tmp_path: Path) -> None:
    small = with_both(tmp_path / "harbour", money=4)
    small.edit(STORMS, "crossings: {low: 1, likely: 2, high: 4,", "waiting: {low: 40, likely: 50, high: 55,")
    small.edit("criteria/decision.yaml", "weights: even", "weights: quick")
    for language, word in (("zh", "组合"), ("ja", "パッケージ"), ("ru", "пакет")):
        small.edit("criteria/decision.yaml", "format: 1\n", f"format: 1\nlanguage: {language}\n")
        shown = run("scenarios", cwd=small.root, columns=200).stdout
        small.edit("criteria/decision.yaml", f"language: {language}\n", "")
        assert word in shown
