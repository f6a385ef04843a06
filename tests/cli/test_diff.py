from __future__ import annotations

import csv
import io
import json
import re
import shutil
import sys
from pathlib import Path
from xml.etree import ElementTree

import jsonschema
import pypdf
import pytest

from policy_options.wording.plain import width
from support import Golden, SmallDossier, git

from .conftest import Run

ROOT = Path(__file__).parent.parent.parent


def commit(small: SmallDossier) -> str:
    """Commit all files as they are."""
    if not (small.root / ".git").exists():
        git(small.root, "init", "--quiet")
    git(small.root, "add", "--all")
    git(small.root, "commit", "--quiet", "--message", "A version")
    return git(small.root, "rev-parse", "HEAD").strip()


@pytest.fixture
def repository(small: SmallDossier) -> SmallDossier:
    """The small dossier with one commit, and changes on disk: a score, a judgement, and a level's value."""
    commit(small)
    small.edit("options/new-mole.yaml", "crossings: 16", "crossings: 4")
    small.edit("criteria/weights/even.yaml", "waiting: 1", "waiting: 2")
    small.edit("criteria/criteria.yaml", "value: 40", "value: 60")
    return small


@pytest.mark.parametrize("columns", [60, 80, 140])
@pytest.mark.parametrize(("name", "arguments"), [("two", ("even", "quick")), ("all", ("--all",))])
def test_the_screen_reads_well_at_any_width(
    run: Run, small: SmallDossier, golden: Golden, columns: int, name: str, arguments: tuple[str, ...]
) -> None:
    small.put(
        "criteria/weights/third.yaml",
        (small.root / "criteria/weights/even.yaml").read_text().replace("outlay: 2", "outlay: 9"),
    )
    shown = run("diff", *arguments, cwd=small.root, columns=columns)
    assert (shown.returncode, shown.stderr) == (0, "")
    assert max(width(line) for line in shown.stdout.splitlines()) <= columns
    golden.check(f"diff-{name}-{columns}.txt", shown.stdout)


def test_a_reviewer_can_say_from_the_output_why_each_order_changed(run: Run) -> None:
    shown = run("diff", "balanced", "supply-security", cwd=ROOT).stdout.replace("\n", " ")
    assert "5 of the 15 pairs of options changed their order." in shown
    assert shown.count(" overtakes ") == 5
    assert shown.count(" points that way") == 5
    assert "from 2.4 points behind to 4.9 ahead: the weight on Outlay pushes 2.5 points that way" in shown
    assert (
        "The lead changes once on the straight line from Balanced to Supply security first, 32.7% of the way" in shown
    )


def test_markdown_is_fit_for_a_pull_request(run: Run, repository: SmallDossier, golden: Golden) -> None:
    shown = run("diff", "--rev", "HEAD", "--format", "markdown", cwd=repository.root)
    assert shown.returncode == 0, shown.stderr
    golden.check("diff-rev.md", shown.stdout)


def test_versions_are_compared_score_by_score(run: Run, repository: SmallDossier) -> None:
    asked = ("--explain", "new-mole,east-quay")
    form = json.loads(run("diff", "--rev", "HEAD", *asked, "--format", "json", cwd=repository.root).stdout)
    found = form["comparisons"][0]
    factors = {(part["factor"], part["option"]) for part in found["gaps"][0]["parts"]}
    assert factors == {("weights", None), ("performances", "new-mole"), ("value-functions", None)}
    assert form["versions"] == {"before": "HEAD", "after": None}
    assert found["scores_changed"] == [{"option": "new-mole", "criterion": "crossings", "before": 16, "after": 4}]
    assert found["scales_changed"] == ["outlay"]
    assert found["path"] is None
    for order in found["orders"]:
        whole = order["gap_after"] - order["gap_before"]
        assert sum(part["points"] for part in order["parts"]) == pytest.approx(whole, abs=1e-9)
    assert form["stale"] == []  # sets without given-on cannot be stale


def test_two_revisions_leave_the_checkout_alone(run: Run, repository: SmallDossier) -> None:
    first = git(repository.root, "rev-parse", "HEAD").strip()
    second = commit(repository)
    hooks = repository.root / ".git/hooks"
    for name in ("post-checkout", "post-index-change", "reference-transaction"):
        (hooks / name).write_text("#!/bin/sh\ntouch hooked\n", encoding="utf-8")
        (hooks / name).chmod(0o755)
    (repository.root / "options/east-quay.yaml").unlink()
    before = git(repository.root, "status", "--porcelain", "--ignored")
    head = json.loads(run("diff", "--rev", f"{first}..{second}", "--format", "json", cwd=repository.root).stdout)
    same = json.loads(run("diff", "--rev", "HEAD~1..", "--format", "json", cwd=repository.root).stdout)
    assert head["comparisons"] == same["comparisons"]
    assert {option["id"] for option in head["comparisons"][0]["options"]} == {"as-is", "east-quay", "new-mole"}
    assert git(repository.root, "status", "--porcelain", "--ignored") == before
    assert not list(repository.root.rglob("hooked"))


def test_options_and_criteria_that_come_and_go_are_rows_of_their_own(run: Run, repository: SmallDossier) -> None:
    (repository.root / "options/east-quay.yaml").rename(repository.root / "options/west-quay.yaml")
    shown = run("diff", "--rev", "HEAD", cwd=repository.root).stdout
    assert "Only after: Move to the east quay." in shown
    assert "Only before: Move to the east quay." in shown
    table = [line.split() for line in shown.splitlines() if "-quay" in line]
    assert [row[0:4] for row in table] == [["1", "–", "–", "west-quay"], ["–", "2", "–", "east-quay"]]


def test_a_folder_stands_in_for_a_revision_where_there_is_no_git(run: Run, small: SmallDossier, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(small.root, copy)
    small.edit("options/new-mole.yaml", "crossings: 16", "crossings: 4")
    shown = run("diff", "--against", str(copy), cwd=small.root)
    assert shown.returncode == 0, shown.stderr
    assert "new-mole  crossings  16      4" in shown.stdout


def test_the_exit_code_says_whether_an_order_changed(run: Run, small: SmallDossier) -> None:
    assert run("diff", "even", "quick", "--exit-code", cwd=small.root).returncode == 1
    assert run("diff", "even", "quick", cwd=small.root).returncode == 0
    commit(small)
    assert run("diff", "--all", "--rev", "HEAD", "--exit-code", cwd=small.root).returncode == 0


def test_the_exit_code_tells_of_a_lead_that_passes_without_a_changed_order(run: Run, small: SmallDossier) -> None:
    commit(small)
    small.put("options/new.yaml", "format: 1\ntitle: Close it\nscores: {crossings: 20, waiting: 0, outlay: small}\n")
    shown = run("diff", "--rev", "HEAD", "--only-top", "1", "--exit-code", cwd=small.root)
    assert shown.returncode == 1
    assert [line.split()[:4] for line in shown.stdout.splitlines() if re.match(" +[12] ", line)][:2] == [
        ["1", "–", "–", "new"],
        ["2", "1", "0", "as-is"],
    ]
    (small.root / "options/new.yaml").unlink()
    small.edit(
        "criteria/criteria.yaml",
        "title: Crossings a day\n",
        "title: Crossings a day\n        red-line: {at: 9, because: Less serves nobody}\n",
    )
    shown = run("diff", "--rev", "HEAD", "--exit-code", cwd=small.root)
    assert shown.returncode == 1
    assert "Fail a red line now and are not recommended, whatever their rank: Leave the landing where it is." in (
        shown.stdout.replace("\n", " ")
    )
    assert "The red line changed on: Crossings a day." in shown.stdout


def test_a_revision_may_be_named_in_any_of_gits_ways(run: Run, small: SmallDossier) -> None:
    commit(small)
    git(small.root, "tag", "--annotate", "v1", "--message", "One")
    git(small.root, "branch", "a/branch")
    small.edit("options/new-mole.yaml", "crossings: 16", "crossings: 4")
    commit(small)
    expected = run("diff", "--rev", "HEAD~1", "-f", "csv", cwd=small.root).stdout
    for name in ("v1", "a/branch", "HEAD^", "main~1", "HEAD@{1}", git(small.root, "rev-parse", "HEAD~1").strip()):
        assert run("diff", "--rev", name, "-f", "csv", cwd=small.root).stdout == expected, name
    assert run("diff", "--rev", ":/A version", "-f", "csv", cwd=small.root).returncode == 0
    for name in ("^HEAD", "HEAD:criteria", "HEAD^{tree}"):
        shown = run("diff", "--rev", name, cwd=small.root)
        assert (shown.returncode, shown.stderr) == (
            2,
            f"error: there is no revision `{name}` in this repository; git log --oneline shows what there is\n",
        )


def test_a_dossier_may_lie_below_the_top_of_its_repository(run: Run, tmp_path: Path) -> None:
    small = SmallDossier.write(tmp_path / "a repository" / "dossier of août")
    git(small.root.parent, "init", "--quiet")
    git(small.root.parent, "add", "--all")
    git(small.root.parent, "commit", "--quiet", "--message", "A version")
    small.edit("options/new-mole.yaml", "crossings: 16", "crossings: 4")
    shown = run("diff", "--rev", "HEAD", cwd=small.root)
    assert shown.returncode == 0, shown.stderr
    assert "new-mole  crossings  16      4" in shown.stdout
    git(small.root.parent, "mv", "dossier of août", "moved")
    git(small.root.parent, "commit", "--quiet", "--message", "Moved")
    shown = run("diff", "--rev", "HEAD~1", cwd=small.root.parent / "moved")
    assert shown.stderr == (
        "error: HEAD~1: there is no dossier here at that revision: moved/criteria/decision.yaml is missing; "
        "name a revision that has it\n"
    )


def test_links_in_a_revision_are_not_followed(run: Run, small: SmallDossier) -> None:
    (small.root / "options/linked.yaml").symlink_to("new-mole.yaml")
    commit(small)
    shown = run("diff", "--rev", "HEAD", cwd=small.root)
    assert shown.returncode == 2
    assert "HEAD:options/linked.yaml is a link, which is not followed in a revision" in shown.stderr


def test_a_repository_without_a_commit_or_that_git_cannot_read_is_told(run: Run, small: SmallDossier) -> None:
    git(small.root, "init", "--quiet")
    shown = run("diff", "--rev", "HEAD", cwd=small.root)
    assert shown.stderr == (
        "error: there is no revision `HEAD` in this repository; nothing is committed yet: commit first, or use --against DIR\n"
    )
    (small.root / ".git/config").write_text("[core\n", encoding="utf-8")
    shown = run("diff", "--rev", "HEAD", cwd=small.root)
    assert shown.returncode == 2
    assert "git cannot read the repository of .: " in shown.stderr


def test_what_cannot_be_written_is_told_before_the_result_is(run: Run, small: SmallDossier, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    shown = run("diff", "even", "quick", "--charts", str(tmp_path / "file"), cwd=small.root)
    assert (shown.returncode, shown.stdout) == (2, "")
    assert "name another folder with --charts" in shown.stderr
    shown = run("diff", "even", "quick", "--format", "pdf", "--output", "x" * 300, cwd=small.root)
    assert (shown.returncode, shown.stdout) == (2, "")
    assert "cannot be written; name another place with --output" in shown.stderr


def test_only_the_top_counts_where_that_is_asked_for(run: Run, small: SmallDossier) -> None:
    even = (small.root / "criteria/weights/even.yaml").read_text(encoding="utf-8")
    small.put(
        "criteria/weights/other.yaml",
        even.replace("{crossings: 1, waiting: 1, outlay: 2}", "{crossings: 99, waiting: 1, outlay: 68}"),
    )
    whole = json.loads(run("diff", "even", "other", "--format", "json", cwd=small.root).stdout)["comparisons"][0]
    top = json.loads(run("diff", "even", "other", "--only-top", "1", "--format", "json", cwd=small.root).stdout)
    assert (whole["changed"], whole["pairs"]) == (1, 3)
    assert top["comparisons"][0]["changed"] == 0
    assert [option["id"] for option in top["comparisons"][0]["options"]] == ["as-is"]
    assert run("diff", "even", "other", "--only-top", "1", "--exit-code", cwd=small.root).returncode == 0
    assert run("diff", "even", "other", "--exit-code", cwd=small.root).returncode == 1


def test_any_pair_is_explained_on_request(run: Run, small: SmallDossier) -> None:
    shown = run("diff", "even", "quick", "--explain", "new-mole,east-quay", cwd=small.root).stdout
    assert "Build a mole and Move to the east quay: what moved the gap" in shown
    rows = list(
        csv.DictReader(
            io.StringIO(
                run(
                    "diff", "even", "quick", "--explain", "new-mole,east-quay", "--format", "csv", cwd=small.root
                ).stdout
            )
        )
    )
    form = json.loads(
        run("diff", "even", "quick", "--explain", "new-mole,east-quay", "--format", "json", cwd=small.root).stdout
    )
    gap = form["comparisons"][0]["gaps"][0]
    assert {row["criterion"]: float(row["points"]) for row in rows} == {
        part["criterion"]: part["points"] for part in gap["parts"]
    }
    assert sum(float(row["points"]) for row in rows) == pytest.approx(gap["after"] - gap["before"], abs=1e-9)


def test_json_obeys_its_schema_and_is_the_same_bytes_each_time(run: Run, repository: SmallDossier) -> None:
    schema = json.loads((ROOT / "schemas/comparison.schema.json").read_text(encoding="utf-8"))
    for arguments in (("even", "quick"), ("--all",), ("--rev", "HEAD"), ("--rev", "HEAD", "--all")):
        texts = [
            run("diff", *arguments, "--format", "json", cwd=repository.root, PYTHONHASHSEED=seed).stdout
            for seed in "12"
        ]
        assert texts[0] == texts[1]
        jsonschema.Draft202012Validator(schema).validate(json.loads(texts[0]))


def test_csv_has_one_row_a_comparison_and_option(run: Run, small: SmallDossier) -> None:
    rows = list(csv.DictReader(io.StringIO(run("diff", "even", "quick", "--format", "csv", cwd=small.root).stdout)))
    assert [(row["before"], row["after"], row["option"]) for row in rows] == [
        ("even", "quick", "new-mole"),
        ("even", "quick", "east-quay"),
        ("even", "quick", "as-is"),
    ]
    assert all(int(row["rank_before"]) - int(row["rank"]) == int(row["moved"]) for row in rows)


def test_the_note_is_a_pdf_in_the_folder_of_reports_by_default(run: Run, small: SmallDossier, tmp_path: Path) -> None:
    shown = run("diff", "even", "quick", "--format", "pdf", cwd=small.root)
    assert (shown.returncode, shown.stderr) == (0, "")
    target = small.root / shown.stdout.strip()
    assert target == small.root / "reports/harbour-comparison-even-quick.pdf"
    text = " ".join(page.extract_text() for page in pypdf.PdfReader(target).pages)
    assert "Where to build the ferry landing: Even (illustrative) against Quick (elicited)" in " ".join(text.split())
    again = run("diff", "even", "quick", "--format", "pdf", "--output", str(tmp_path / "again.pdf"), cwd=small.root)
    assert again.returncode == 0, again.stderr
    assert (tmp_path / "again.pdf").read_bytes() == target.read_bytes()


def test_html_stands_alone(run: Run, small: SmallDossier) -> None:
    page = run("diff", "--all", "--base", "quick", "--format", "html", cwd=small.root).stdout
    assert page.startswith("<!DOCTYPE html>")
    assert "<script" not in page
    assert "Quick (elicited) against Even (illustrative)" in page


def test_charts_are_pictures_of_their_own(run: Run, small: SmallDossier, tmp_path: Path) -> None:
    small.put(
        "criteria/weights/third.yaml",
        (small.root / "criteria/weights/even.yaml").read_text().replace("outlay: 2", "outlay: 9"),
    )
    assert run("diff", "even", "quick", "--charts", str(tmp_path / "two"), cwd=small.root).returncode == 0
    assert run("diff", "--all", "--charts", str(tmp_path / "all"), cwd=small.root).returncode == 0
    assert {path.name for path in (tmp_path / "two").iterdir()} == {"path.svg", "gap-new-mole-as-is.svg"}
    assert {path.name for path in (tmp_path / "all").iterdir()} == {"rank-map.svg"}
    for path in tmp_path.glob("*/*.svg"):
        assert ElementTree.fromstring(path.read_text(encoding="utf-8")).get("aria-label")


def test_an_unknown_score_is_told_and_its_gaps_are_not_split(run: Run, small: SmallDossier) -> None:
    small.edit("options/new-mole.yaml", "waiting: 12", "waiting: unknown")
    shown = run("diff", "even", "quick", "--explain", "new-mole,as-is", cwd=small.root)
    assert shown.returncode == 0, shown.stderr
    said = shown.stdout.replace("\n", " ")
    assert "Listed by the lower end of their value, because scores are unknown: Build a mole." in said
    assert "The gap between Build a mole and Leave the landing where it is depends on unknown scores" in said
    form = json.loads(run("diff", "even", "quick", "--explain", "new-mole,as-is", "-f", "json", cwd=small.root).stdout)
    assert form["comparisons"][0]["gaps"][0]["parts"] is None


def test_what_unknown_scores_leave_open_is_told_over_many_sets(run: Run, small: SmallDossier) -> None:
    even = (small.root / "criteria/weights/even.yaml").read_text(encoding="utf-8")
    small.put("criteria/weights/third.yaml", even.replace("outlay: 2", "outlay: 9").replace("Even", "Third"))
    small.edit("options/new-mole.yaml", "waiting: 12", "waiting: unknown")
    said = run("diff", "--all", cwd=small.root).stdout.replace("\n", " ")
    assert "Unknown scores leave ranks open" in said
    assert "Unknown scores leave the lead open under 1 of 3." in said
    assert "A pair whose order an unknown score could turn is not counted." in said
    assert "open between Move to the east quay and Build a mole, for want of a score" in said
    form = json.loads(run("diff", "--all", "-f", "json", cwd=small.root).stdout)["agreement"]
    spreads = {one["option"]: (one["best"], one["worst"], one["median"]) for one in form["spreads"]}
    ranked = json.loads(run("rank", "--all", "-f", "json", cwd=small.root).stdout)["rankings"]
    for name, (best, worst, _) in spreads.items():
        assert best == min(one["best_ranks"][name] for one in ranked)
        assert worst == max(one["worst_ranks"][name] for one in ranked)
    assert spreads["new-mole"][2] is None


def test_a_set_whose_scale_moved_is_told_with_its_version(run: Run, small: SmallDossier) -> None:
    even = (small.root / "criteria/weights/even.yaml").read_text(encoding="utf-8")
    given = (
        "given-on:\n  waiting: {path: service/waiting, unit: minutes, direction: less-is-better, low: 0, high: 60}\n"
    )
    small.put("criteria/weights/even.yaml", even + given)
    commit(small)
    small.edit("criteria/criteria.yaml", "high: {at: 60, means: An hour}", "high: {at: 90, means: Half as much again}")
    shown = run("diff", "--rev", "HEAD", cwd=small.root)
    assert shown.returncode == 0
    told = [line for line in shown.stderr.splitlines() if "high of `waiting` was 60 and is 90" in line]
    assert len(told) == 1
    assert told[0].startswith("warning: `even` was given on another range")
    commit(small)
    shown = run("diff", "--rev", "HEAD~1..HEAD", cwd=small.root)
    told = [line for line in shown.stderr.splitlines() if "high of `waiting` was 60 and is 90" in line]
    assert len(told) == 1
    assert told[0].startswith("warning: HEAD: `even` was given on another range")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            (),
            "nothing is named to compare; name two weight sets, or give --all, --scenarios A B, --rev REV or --against DIR",
        ),
        (("even", "quik"), "`quik` is no weight set of this dossier; did you mean `quick`?"),
        (("--all", "even"), "--all compares every set, and some are named"),
        (("--all", "--base", "evn"), "`evn` is no weight set of this dossier; did you mean `even`?"),
        (("--rev", "HEAD", "--against", "x"), "--rev and --against both say what to compare with"),
        (("--rev", "HEAD", "--base", "even"), "--base is for sets of one version"),
        (("even", "quick", "--explain", "as-is"), "--explain as-is is no pair of options; write two ids"),
        (
            ("even", "quick", "--explain", "as-is,newmole"),
            "`newmole` is no option of this dossier; did you mean `new-mole`?",
        ),
        (("even", "quick", "--explain", "as-is,as-is"), "`as-is` is compared with itself; name two options"),
        (
            ("--rev", "nowhere"),
            "there is no revision `nowhere` in this repository; git log --oneline shows what there is",
        ),
        (("--rev", "--output=x"), "there is no revision `--output=x` in this repository"),
        (("--rev", ""), "`` is no revision and no range; write one revision, such as HEAD~1, or two, such as v1..v2"),
        (("--rev", "a...b"), "`a...b` is no revision and no range"),
        (("quik", "--rev", "HEAD"), "`quik` is no weight set of this dossier; did you mean `quick`?"),
        (("even", "even", "--rev", "HEAD"), "`even` is named twice; name it once"),
        (
            ("--rev", "HEAD", "--explain", "as-is,newmole"),
            "`newmole` is no option of both versions; did you mean `new-mole`?",
        ),
        (("--against", "nowhere"), "nowhere: there is no dossier here: the folder is missing"),
    ],
)
def test_bad_input_gets_one_clear_line(
    run: Run, repository: SmallDossier, arguments: tuple[str, ...], said: str
) -> None:
    shown = run("diff", *arguments, "--output", "result.txt", cwd=repository.root)
    assert shown.returncode == 2
    assert shown.stdout == ""
    assert shown.stderr.startswith("error: ") and shown.stderr.count("\n") == 1
    assert said in shown.stderr
    assert not (repository.root / "result.txt").exists()


def test_a_dossier_broken_at_a_revision_is_named_with_revision_and_line(run: Run, small: SmallDossier) -> None:
    small.edit("options/new-mole.yaml", "crossings: 16", "crossings: 61")
    commit(small)
    small.edit("options/new-mole.yaml", "crossings: 61", "crossings: 16")
    shown = run("diff", "--rev", "HEAD", cwd=small.root)
    assert shown.returncode == 2
    assert shown.stderr.startswith("error: HEAD:options/new-mole.yaml:4:14: ")


def test_a_copy_that_is_broken_is_named_with_its_folder(run: Run, small: SmallDossier, tmp_path: Path) -> None:
    copy = SmallDossier(tmp_path / "copy")
    shutil.copytree(small.root, copy.root)
    copy.edit("options/new-mole.yaml", "crossings: 16", "crossings: 61")
    shown = run("diff", "--against", "../copy", cwd=small.root)
    assert shown.returncode == 2
    assert shown.stderr.startswith("error: ../copy/options/new-mole.yaml:4:14: ")


def test_no_git_and_no_repository_are_told(
    run: Run, small: SmallDossier, repository: SmallDossier, tmp_path: Path
) -> None:
    shown = run("diff", "--rev", "HEAD", cwd=repository.root, PATH=str(Path(sys.executable).parent))
    assert (shown.returncode, shown.stdout) == (2, "")
    assert shown.stderr.startswith("error: a revision is read through git, which is not installed")
    alone = tmp_path / "alone"
    shutil.copytree(small.root, alone, ignore=shutil.ignore_patterns(".git"))
    shown = run("diff", "--rev", "HEAD", cwd=alone, GIT_CEILING_DIRECTORIES=str(tmp_path))
    assert shown.returncode == 2
    assert "is in no git repository; compare with a copy: --against DIR" in shown.stderr


def test_a_shallow_clone_says_what_to_fetch(run: Run, repository: SmallDossier, tmp_path: Path) -> None:
    commit(repository)
    git(tmp_path, "clone", "--quiet", "--depth", "1", repository.root.as_uri(), "shallow")
    shown = run("diff", "--rev", "HEAD~1", cwd=tmp_path / "shallow")
    assert shown.returncode == 2
    assert shown.stderr == (
        "error: there is no revision `HEAD~1` in this shallow clone; fetch the rest with git fetch --unshallow "
        "(in CI: fetch-depth: 0)\n"
    )


def test_versions_without_a_common_option_or_set_are_refused(run: Run, repository: SmallDossier) -> None:
    for name in ("as-is", "east-quay", "new-mole"):
        (repository.root / f"options/{name}.yaml").rename(repository.root / f"options/other-{name}.yaml")
    repository.edit("criteria/decision.yaml", "baseline: as-is", "baseline: other-as-is")
    shown = run("diff", "--rev", "HEAD", cwd=repository.root)
    assert shown.returncode == 2
    assert shown.stderr.startswith("error: the two have no option in common; compare versions that share some options")
    for name in ("even", "quick"):
        (repository.root / f"criteria/weights/{name}.yaml").rename(repository.root / f"criteria/weights/{name}-2.yaml")
    repository.edit("criteria/decision.yaml", "weights: even", "weights: even-2")
    shown = run("diff", "--all", "--rev", "HEAD", cwd=repository.root)
    assert "the two versions have no weight set in common" in shown.stderr


def test_the_hook_for_pre_commit_runs_what_it_says(run: Run, repository: SmallDossier) -> None:
    """Its entry is run as pre-commit would run it, with the environment of a hook."""
    import shlex

    from policy_options.dossier.reading import read_yaml

    hooks = {hook["id"]: hook for hook in read_yaml((ROOT / ".pre-commit-hooks.yaml").read_bytes(), "hooks").data}
    entry = shlex.split(hooks["policy-options-diff"]["entry"])
    assert entry[0] == "policy-options"
    hooked = {"GIT_DIR": str(repository.root / ".git"), "GIT_INDEX_FILE": ".git/index"}
    shown = run(*entry[1:], cwd=repository.root, **hooked)
    assert (shown.returncode, shown.stderr) == (1, "")
    assert "changed their order" in shown.stdout
    commit(repository)
    assert run(*entry[1:], cwd=repository.root).returncode == 0
    assert run(*shlex.split(hooks["policy-options-check"]["entry"])[1:], cwd=repository.root).returncode in (0, 1)


def test_a_set_does_not_differ_from_itself(run: Run, small: SmallDossier) -> None:
    for arguments in (("even", "even"), ("even",), ("even", "--base", "even")):
        shown = run("diff", *arguments, "--exit-code", cwd=small.root)
        assert (shown.returncode, shown.stderr) == (0, ""), arguments
        found = json.loads(run("diff", *arguments, "--format", "json", cwd=small.root).stdout)
        (comparison,) = found["comparisons"]
        assert comparison["changed"] == 0
        assert comparison["measures"]["kendall_tau_b"] == 1.0
    page = run("diff", "quick", "quick", "--format", "html", cwd=small.root)
    assert page.returncode == 0


def test_a_measure_of_agreement_is_a_dash_where_all_options_tie(run: Run, small: SmallDossier) -> None:
    for name in ("as-is", "east-quay", "new-mole"):
        small.put(
            f"options/{name}.yaml",
            f"format: 1\ntitle: The {name}\nscores: {{crossings: 4, waiting: 20, outlay: small}}\n",
        )
    shown = run("diff", "even", "quick", cwd=small.root)
    rows = [
        line for line in shown.stdout.splitlines() if line.startswith(("Kendall", "Spearman", "r_w", "WS", "Weighted"))
    ]
    assert len(rows) >= 4
    measures = json.loads(run("diff", "even", "quick", "-f", "json", cwd=small.root).stdout)["comparisons"][0][
        "measures"
    ]
    assert [measures[key] for key in ("kendall_tau_b", "spearman", "weighted_spearman", "ws")] == [None] * 4
