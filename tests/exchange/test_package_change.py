"""What packages of two sides look like in JSON: the change with its parts, and why it is missing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from package_dossiers import PACKAGES, with_packages
from policy_options.diffing import Diff, diff_of_scenarios, diff_of_sets, diff_of_versions
from policy_options.exchange.comparison import comparison_form
from policy_options.exchange.package_change import package_change_form
from policy_options.reports.comparison import diff_sections
from policy_options.wording.phrases import load_phrases
from support import SmallDossier

SCHEMA = json.loads((Path(__file__).parents[2] / "schemas/comparison.schema.json").read_text(encoding="utf-8"))


def packages_of(diff: Diff) -> Any:
    form = json.loads(json.dumps(comparison_form(diff)))
    jsonschema.validate(form, SCHEMA)
    (only,) = form["comparisons"]
    return only["packages"]


def test_two_weight_sets(tmp_path: Path) -> None:
    found = packages_of(diff_of_sets(with_packages(tmp_path).load(), ["even", "quick"]))
    assert (found["before"]["options"], found["after"]["options"]) == ([], ["new-mole"])
    assert found["changed"]
    assert {part["factor"] for part in found["parts"]} == {"weights"}
    change = sum(part["points"] for part in found["parts"])
    assert found["gap_after"] - found["gap_before"] == pytest.approx(change)
    assert found["earlier_keeps_limits_after"] and found["later_kept_limits_before"]


def test_two_scenarios(tmp_path: Path) -> None:
    dossier = with_packages(tmp_path).with_scenarios().load()
    found = packages_of(diff_of_scenarios(dossier, "reference", "rivals"))
    assert (found["before"]["options"], found["after"]["options"]) == ([], ["new-mole"])
    assert {part["factor"] for part in found["parts"]} == {"performances"}
    assert found["gap_after"] == pytest.approx(5 / 3, abs=0.01)
    change = sum(part["points"] for part in found["parts"])
    assert found["gap_after"] - found["gap_before"] == pytest.approx(change)


def test_two_versions_with_other_limits(tmp_path: Path) -> None:
    before = with_packages(tmp_path / "before").load()
    changed = PACKAGES.replace("capacity: 10", "capacity: 3").replace(
        "excludes: [east-quay, new-mole]", "never: [new-mole]"
    )
    after = with_packages(tmp_path / "after", changed).load()
    found = packages_of(diff_of_versions(before, after, ("then", None), ["quick"]))
    assert (found["before"]["options"], found["after"]["options"]) == (["new-mole"], [])
    assert (found["earlier_keeps_limits_after"], found["later_kept_limits_before"]) == (False, True)
    assert found["capacities"] == [{"resource": "money", "before": 10, "after": 3}]
    assert found["rules_appeared"] == [{"kind": "never", "options": ["new-mole"], "number": None}]
    assert found["rules_vanished"] == [{"kind": "excludes", "options": ["east-quay", "new-mole"], "number": None}]
    assert found["parts"] == []
    back = diff_of_versions(after, before, (None, "then"), ["quick"])
    (notes,) = (section.notes for section in diff_sections(back, load_phrases("en")) if section.key == "packages")
    assert notes[-1] == "The later best package did not keep the rules or capacities before."


def test_a_package_that_leaves_a_scale_is_no_end_of_the_comparison(tmp_path: Path) -> None:
    small = with_packages(tmp_path, PACKAGES[: PACKAGES.index("rules:")].replace("capacity: 10", "capacity: 20"))
    small.edit("criteria/criteria.yaml", "{rule: add, beyond: hold}", "{rule: add}")
    found = packages_of(diff_of_sets(small.load(), ["even", "quick"]))
    assert found["out_of_reach"].startswith("the package of `east-quay`, `new-mole` is at 22 on `crossings`")
    assert found["before"] is None
    sections = diff_sections(diff_of_sets(small.load(), ["even", "quick"]), load_phrases("en"))
    (notes,) = (section.notes for section in sections if section.key == "packages")
    assert notes[0].startswith("What to do together is not compared: the package of `east-quay`, `new-mole` is at 22")


def test_without_packages(small: SmallDossier) -> None:
    assert packages_of(diff_of_sets(small.load(), ["even", "quick"])) is None
    assert package_change_form(None) is None
