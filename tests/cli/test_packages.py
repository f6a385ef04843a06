from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import jsonschema
import pytest

from package_dossiers import with_packages
from policy_options.wording.plain import width
from support import Golden, SmallDossier

from .conftest import Run


@pytest.fixture
def small(tmp_path: Path) -> SmallDossier:
    """Two options that may be done together, in part of a budget that has another to compare, with an effect and a rule."""
    small = with_packages(tmp_path)
    small.edit("criteria/packages.yaml", "capacity: 10", "capacity: [10, 12]")
    small.edit(
        "criteria/packages.yaml",
        "  - excludes: [east-quay, new-mole]\n    because: There is one site.\n",
        "  - at-most: {number: 2, of: [east-quay, new-mole]}\n    because: Two crews.\n",
    )
    small.edit(
        "options/east-quay.yaml",
        "scores:",
        "synergies:\n  - option: new-mole\n    how: A second berth.\n    criterion: crossings\n"
        "    effect: {low: 0, likely: 1, high: 2}\nscores:",
    )
    return small


@pytest.mark.parametrize("columns", [60, 80, 140])
def test_the_tables_read_well_at_any_width(run: Run, small: SmallDossier, golden: Golden, columns: int) -> None:
    shown = run("packages", "--weights", "quick", cwd=small.root, columns=columns)
    assert (shown.returncode, shown.stderr) == (0, "")
    assert max(width(line) for line in shown.stdout.splitlines()) <= columns
    golden.check(f"packages-{columns}.txt", shown.stdout)


def test_what_was_asked_for_is_looked_at_and_explained(run: Run, small: SmallDossier, golden: Golden) -> None:
    asked = ("--capacity", "money=12", "--package", "east-quay,new-mole", "--explain", "--cautious")
    golden.check("packages-explain.txt", run("packages", *asked, cwd=small.root).stdout)


def test_markdown_has_every_column(run: Run, small: SmallDossier, golden: Golden) -> None:
    golden.check("packages.md", run("packages", "--format", "markdown", cwd=small.root).stdout)


def test_json_has_the_published_form(run: Run, root: Path, small: SmallDossier) -> None:
    text = run("packages", "--format", "json", "--with", "east-quay", "--count", "2", cwd=small.root).stdout
    form = json.loads(text)
    schema = json.loads((root / "schemas/packages-result.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(schema).validate(form)
    assert form["settings"] == {
        "count": 2,
        "inside": ["east-quay"],
        "outside": [],
        "package": None,
        "cautious": False,
        "capacities": {"money": 10},
    }
    assert form["best"] == ["east-quay"]
    assert form["shares"] is None
    assert (
        text
        == run("packages", "--format", "json", "--with", "east-quay", "--count", "2", cwd=small.root, LC_ALL="C").stdout
    )
    explained = json.loads(run("packages", "--format", "json", "--explain", cwd=small.root).stdout)
    jsonschema.Draft202012Validator(schema).validate(explained)
    assert sum(share for _, share in explained["shares"]["packages"]) == pytest.approx(1)


def test_csv_has_a_row_a_package_by_ids(run: Run, small: SmallDossier) -> None:
    rows = list(csv.DictReader(io.StringIO(run("packages", "--format", "csv", cwd=small.root).stdout)))
    assert [row["package"] for row in rows] == ["as-is", "east-quay", "new-mole"]
    assert [row["money"] for row in rows] == ["0", "4", "7"]


def test_html_draws_the_frontier(run: Run, small: SmallDossier) -> None:
    page = run("packages", "--weights", "quick", "--format", "html", cwd=small.root).stdout
    assert page.count("<svg") == 1
    assert "Money: 11 instead of 10 would buy 5.3 points more" in page


REFUSED = [
    (("--capacity", "mony=3"), "`mony` is no resource; did you mean `money`?"),
    (("--capacity", "money"), "`money` is no capacity; write it as --capacity money=3"),
    (("--capacity", "money=much"), "is no capacity"),
    (("--capacity", "money=-1"), "less than nothing"),
    (("--with", "east-key"), "`east-key` is no option; did you mean `east-quay`?"),
    (("--with", "east-quay", "--without", "east-quay"), "asked to be both in and out"),
    (("--package", "west"), "`west` is no option"),
    (("--with", "east-quay", "--with", "new-mole"), "no package that keeps the rules fits: 10 of `money`"),
]


@pytest.mark.parametrize(("options", "said"), REFUSED, ids=[row[1][:24] for row in REFUSED])
def test_what_cannot_be_is_refused_and_nothing_written(
    run: Run, small: SmallDossier, options: tuple[str, ...], said: str
) -> None:
    shown = run("packages", *options, "--output", "found.txt", cwd=small.root)
    assert (shown.returncode, shown.stdout) == (2, "")
    assert said in " ".join(shown.stderr.split())
    assert not (small.root / "found.txt").exists()


def test_a_dossier_without_packages_says_what_to_write(run: Run, tmp_path: Path) -> None:
    small = SmallDossier.write(tmp_path)
    shown = run("packages", cwd=small.root)
    assert shown.returncode == 2
    assert "there is no criteria/packages.yaml" in shown.stderr


def test_a_package_that_leaves_a_scale_is_refused_with_its_place(run: Run, small: SmallDossier) -> None:
    small.edit("criteria/criteria.yaml", "{rule: add, beyond: hold}", "{rule: add}")
    shown = run("packages", "--capacity", "money=12", cwd=small.root)
    assert shown.returncode == 2
    said = " ".join(shown.stderr.split())
    assert "criteria/criteria.yaml:" in said
    assert "the package of `east-quay`, `new-mole` is at 23 on `crossings`, 3 beyond the end of its scale, 20" in said


def test_forty_options_with_a_bent_rule_are_refused_by_criterion(run: Run, small: SmallDossier) -> None:
    text = (small.root / "options/east-quay.yaml").read_text().replace("synergies", "x").split("scores:")
    for number in range(40):
        small.put(
            f"options/more-{number}.yaml",
            f"format: 1\nuses: {{money: 1}}\ntitle: More {number}\nscores: {{crossings: 5, waiting: 30, outlay: small}}\n",
        )
    assert len(text) == 2
    small.edit("criteria/criteria.yaml", "{rule: add, beyond: hold}", "{rule: independent, beyond: hold}")
    shown = run("packages", cwd=small.root)
    assert shown.returncode == 2
    said = " ".join(shown.stderr.split())
    assert "the best of 42 options cannot be proved: the rule independent of `crossings` is no straight line" in said
    assert "criteria/criteria.yaml:" in said


def test_many_options_are_proved_best(run: Run, small: SmallDossier) -> None:
    for number in range(40):
        small.put(
            f"options/more-{number:02}.yaml",
            f"format: 1\nuses: {{money: {1 + number % 7}}}\ntitle: More {number}\n"
            f"scores: {{crossings: {4 + (number % 5) / 4}, waiting: 40, outlay: small}}\n",
        )
    shown = run("packages", "--count", "3", cwd=small.root)
    assert (shown.returncode, shown.stderr) == (0, "")
    assert "those listed are proved best" in " ".join(shown.stdout.split())


def test_a_ranking_points_to_packages(run: Run, small: SmallDossier) -> None:
    assert "policy-options packages finds which to do together" in " ".join(run("rank", cwd=small.root).stdout.split())
