"""What packages rest on: read, refused with its place, and doubted."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from package_dossiers import with_packages
from policy_options.dossier.carried import Carried, carried_files
from policy_options.dossier.files import read_contents
from policy_options.dossier.packaging import build_packages, exactly
from support import SmallDossier


@pytest.fixture
def small(tmp_path: Path) -> SmallDossier:
    return with_packages(tmp_path)


def test_what_is_written_is_what_is_built(small: SmallDossier) -> None:
    found = build_packages(small.load().contents, small.load().problem)
    assert found.ids == ("east-quay", "new-mole")
    assert [how.rule for how in found.combinations] == ["add", "lowest", "highest"]
    (money,) = found.resources
    assert [money.capacity, *money.low, *money.likely, *money.high] == [10, 4, 5, 4, 7, 4, 9]
    assert [(rule.kind, rule.members, rule.because) for rule in found.rules] == [
        ("excludes", (0, 1), "There is one site.")
    ]


def test_numbers_are_what_was_written() -> None:
    assert exactly(0.1) * 3 == exactly(0.3)


def test_a_dossier_without_the_file_is_read_as_before(tmp_path: Path) -> None:
    small = SmallDossier.write(tmp_path)
    assert small.load().contents.packages_file is None
    assert small.findings() == ()


def test_the_file_is_carried_and_is_no_stray_file(small: SmallDossier) -> None:
    dossier = small.load()
    carried = carried_files(dossier.contents)
    assert "criteria/packages.yaml" in carried
    contents, faults = read_contents(Carried(carried))
    assert faults == []
    assert contents.packages_file is not None
    assert contents.packages_file.model == dossier.contents.packages_file.model  # type: ignore[union-attr]
    assert [finding.code for finding in small.findings()] == []


def test_several_options_may_be_needed_for_one_effect(small: SmallDossier) -> None:
    small.put("criteria/packages.yaml", "format: 1\n")
    for name in ("east-quay", "new-mole"):
        text = (small.root / f"options/{name}.yaml").read_text()
        small.put(f"options/{name}.yaml", "\n".join(line for line in text.splitlines() if not line.startswith("uses")))
    small.edit(
        "options/east-quay.yaml",
        "scores:",
        "synergies:\n  - {option: [new-mole], how: So., criterion: crossings, effect: {low: 1, likely: 2, high: 3}}\nscores:",
    )
    (effect,) = build_packages(small.load().contents, small.load().problem).effects
    assert (effect.members, effect.column, effect.low, effect.likely, effect.high) == (frozenset({0, 1}), 0, 1, 2, 3)


Edit = Callable[[SmallDossier], None]


def rule(text: str) -> Edit:
    def edit(small: SmallDossier) -> None:
        small.edit("criteria/packages.yaml", "rules:\n", f"rules:\n  - {text}\n    because: It is so.\n")

    return edit


def packages(old: str, new: str) -> Edit:
    return lambda small: small.edit("criteria/packages.yaml", old, new)


def criteria(old: str, new: str) -> Edit:
    return lambda small: small.edit("criteria/criteria.yaml", old, new)


def option(name: str, old: str, new: str) -> Edit:
    return lambda small: small.edit(f"options/{name}.yaml", old, new)


def relation(text: str) -> Edit:
    return option("east-quay", "scores:", f"synergies:\n  - {{option: new-mole, how: So., {text}}}\nscores:")


def circle(small: SmallDossier) -> None:
    rule("requires: {option: east-quay, needs: [new-mole]}")(small)
    rule("requires: {option: new-mole, needs: [east-quay]}")(small)


def twice(small: SmallDossier) -> None:
    relation("criterion: crossings, effect: 1")(small)
    text = "scores:", "conflicts:\n  - {option: east-quay, how: So., criterion: crossings, effect: -1}\nscores:"
    option("new-mole", *text)(small)


REFUSED: list[tuple[str, Edit, str, str]] = [
    ("requires-circle", circle, "criteria/packages.yaml", "require one another in a circle"),
    ("excluded-and-required", rule("always: [east-quay, new-mole]"), "criteria/packages.yaml", "both are always done"),
    (
        "excluded-and-required",
        rule("requires: {option: east-quay, needs: [new-mole]}"),
        "criteria/packages.yaml",
        "`east-quay` requires the other, and could never be done",
    ),
    ("capacity-negative", packages("capacity: 10", "capacity: -1"), "criteria/packages.yaml", "less than nothing"),
    ("capacity-twice", packages("capacity: 10", "capacity: [1, 1]"), "criteria/packages.yaml", "listed twice"),
    ("capacity", packages("capacity: 10", "capacity: []"), "criteria/packages.yaml", "is empty"),
    ("rule-kind", rule("always: [east-quay]\n    never: [new-mole]"), "criteria/packages.yaml", "always and never"),
    (
        "rule-count",
        rule("at-least: {number: 3, of: [east-quay, new-mole]}"),
        "criteria/packages.yaml",
        "cannot be kept",
    ),
    ("option-twice", rule("always: [east-quay, east-quay]"), "criteria/packages.yaml", "names `east-quay` twice"),
    ("unknown-id", rule("never: [west-quay]"), "criteria/packages.yaml", "`west-quay` is no option"),
    ("baseline-in-package", rule("never: [as-is]"), "criteria/packages.yaml", "which is the empty package"),
    (
        "unknown-id",
        option("east-quay", "{money: 4}", "{money: 4, mony: 1}"),
        "options/east-quay.yaml",
        "`mony` is no resource",
    ),
    (
        "use-missing",
        option("east-quay", "uses: {money: 4}\n", ""),
        "options/east-quay.yaml",
        "how much of `money` it uses",
    ),
    ("use-negative", option("east-quay", "{money: 4}", "{money: -4}"), "options/east-quay.yaml", "less than nothing"),
    ("range-order", option("new-mole", "likely: 7", "likely: 2"), "options/new-mole.yaml", "2 is not between 5 and 9"),
    ("half-a-range", option("new-mole", "low: 5, ", ""), "options/new-mole.yaml", "low and high come together"),
    (
        "baseline-uses",
        option("as-is", "format: 1\n", "format: 1\nuses: {money: 1}\n"),
        "options/as-is.yaml",
        "is the baseline",
    ),
    (
        "in-packages-missing",
        criteria("        in-packages: {rule: add, beyond: hold}\n", ""),
        "criteria/criteria.yaml",
        "`crossings` does not say how performances combine",
    ),
    (
        "in-packages-levels",
        criteria("{rule: highest}", "{rule: add}"),
        "criteria/criteria.yaml",
        "`outlay` has levels, which cannot be combined by the rule add",
    ),
    (
        "in-packages-levels",
        criteria("{rule: highest}", "{rule: highest, beyond: hold}"),
        "criteria/criteria.yaml",
        "beyond which",
    ),
    ("in-packages", criteria("{rule: highest}", "{rule: judged}"), "criteria/criteria.yaml", "no package is judged"),
    ("in-packages", criteria("rule: add", "limit: 3, rule: add"), "criteria/criteria.yaml", "a limit says nothing"),
    (
        "unknown-id",
        criteria("{rule: highest}", "{rule: highest, measures: staff}"),
        "criteria/criteria.yaml",
        "`staff` is no resource",
    ),
    (
        "packages-local-scale",
        criteria(
            "          low: {at: 0, means: None at all}",
            "          kind: local\n          because: x\n          low: {at: 0, means: No}",
        ),
        "criteria/criteria.yaml",
        "has a local scale",
    ),
    (
        "independent-nothing-left",
        criteria("{rule: add, beyond: hold}", "{rule: independent, limit: 4}"),
        "criteria/criteria.yaml",
        "where nothing is left",
    ),
    (
        "independent-beyond-limit",
        criteria("{rule: add, beyond: hold}", "{rule: independent, limit: 12}"),
        "criteria/criteria.yaml",
        "`new-mole` is beyond 12",
    ),
    ("half-an-effect", relation("effect: 1"), "options/east-quay.yaml", "an effect names its criterion"),
    (
        "effect-outside-scale",
        relation("criterion: crossings, effect: 21"),
        "options/east-quay.yaml",
        "more than the whole scale",
    ),
    ("effect-not-possible", relation("criterion: outlay, effect: 1"), "options/east-quay.yaml", "has levels"),
    ("unknown-id", relation("criterion: crossing, effect: 1"), "options/east-quay.yaml", "`crossing` is no criterion"),
    (
        "no-reason",
        relation("criterion: crossings, effect: {likely: 1, evidence: none}"),
        "options/east-quay.yaml",
        "without a reason",
    ),
    ("effect-twice", twice, "options/new-mole.yaml", "would count twice"),
    (
        "judged-off-scale",
        criteria("{rule: highest}", "{rule: judged, packages: [{of: [east-quay, new-mole], score: vast}]}"),
        "criteria/criteria.yaml",
        "does not fit the scale of `outlay`",
    ),
    (
        "judged-twice",
        criteria(
            "{rule: highest}",
            "{rule: judged, packages: [{of: [east-quay, new-mole], score: large}, {of: [new-mole, east-quay], score: small}]}",
        ),
        "criteria/criteria.yaml",
        "is judged twice",
    ),
]


@pytest.mark.parametrize(("code", "edit", "file", "said"), REFUSED, ids=[f"{i}-{r[0]}" for i, r in enumerate(REFUSED)])
def test_bad_input_is_refused_with_its_place(small: SmallDossier, code: str, edit: Edit, file: str, said: str) -> None:
    edit(small)
    faults = [fault for fault in small.faults() if fault.code == code]
    assert faults, small.faults()
    fault = faults[0]
    assert said in fault.message
    assert fault.remedy
    assert fault.place is not None
    assert fault.place.file == file
    assert fault.place.line is not None


def test_uses_without_a_resource_are_refused(tmp_path: Path) -> None:
    small = SmallDossier.write(tmp_path)
    small.edit("options/east-quay.yaml", "format: 1\n", "format: 1\nuses: {money: 4}\n")
    assert small.fault().code == "unknown-id"
    assert "criteria/packages.yaml" in small.fault().remedy


def test_packages_need_a_baseline(small: SmallDossier) -> None:
    small.edit("criteria/decision.yaml", "baseline: as-is\n", "")
    assert "packages-no-baseline" in {fault.code for fault in small.faults()}


def counted_at_once(small: SmallDossier) -> None:
    rule("at-least: {number: 2, of: [east-quay, new-mole]}")(small)
    rule("at-most: {number: 5, of: [east-quay, new-mole]}")(small)


DOUBTED: list[tuple[str, Edit, str]] = [
    (
        "option-never-fits",
        option("east-quay", "{money: 4}", "{money: 11}"),
        "`east-quay` uses 11 of `money`, more than any",
    ),
    (
        "rules-contradict",
        counted_at_once,
        "no package keeps these rules together: at-least (line 10), excludes (line 12)",
    ),
    (
        "counted-twice",
        criteria("{rule: highest}", "{rule: highest, measures: money}"),
        "which is capped as a resource too",
    ),
    ("effect-never", relation("criterion: crossings, effect: 2"), "counts for nothing"),
    (
        "effect-against-kind",
        relation("criterion: crossings, effect: -2"),
        "this synergy makes `crossings` worse: it adds -2",
    ),
]


@pytest.mark.parametrize(("code", "edit", "said"), DOUBTED, ids=[row[0] for row in DOUBTED])
def test_what_is_doubtful_is_a_finding(small: SmallDossier, code: str, edit: Edit, said: str) -> None:
    edit(small)
    found = [finding for finding in small.findings() if finding.code == code]
    assert len(found) == 1, small.findings()
    assert said in found[0].message
    assert found[0].place is not None


def test_a_resource_that_nobody_uses_is_a_finding(small: SmallDossier) -> None:
    small.edit("options/east-quay.yaml", "{money: 4}", "{money: 0}")
    small.edit("options/new-mole.yaml", "{low: 5, likely: 7, high: 9}", "0")
    assert [finding.code for finding in small.findings()] == ["resource-unused"]


def test_the_smallest_contradiction_is_named(small: SmallDossier) -> None:
    """Two of the four rules contradict each other; the others are innocent."""
    rule("never: [new-mole]")(small)
    rule("at-most: {number: 2, of: [east-quay, new-mole]}")(small)
    rule("at-least: {number: 1, of: [new-mole]}")(small)
    (found,) = [finding for finding in small.findings() if finding.code == "rules-contradict"]
    assert "at-least (line 8), never (line 12)" in found.message
    assert found.ids == ("rule-1", "rule-3")


def test_a_file_of_packages_that_is_refused_leads_to_no_other_fault(small: SmallDossier) -> None:
    small.edit("criteria/packages.yaml", "capacity: 10", "capacity: -10")
    fault = small.fault()
    assert (str(fault.place), fault.message) == ("criteria/packages.yaml:6:15", "the capacity -10 is less than nothing")


def test_a_resource_that_no_option_mentions_is_one_fault(small: SmallDossier) -> None:
    small.edit("criteria/packages.yaml", "rules:", "  - {id: staff, title: Staff, unit: posts, capacity: 3}\nrules:")
    fault = small.fault()
    assert (str(fault.place), fault.message) == (
        "criteria/packages.yaml:7:5",
        "no option says how much of `staff` it uses",
    )
    assert "0 where it uses none" in fault.remedy


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("crossings: 16", "crossings: {low: 3, likely: 16}", "low and high come together or not at all"),
        ("title: Build a mole\n", "", "the key `title` is missing"),
    ],
)
def test_an_option_that_is_refused_for_something_else_is_not_said_to_lack_its_uses(
    small: SmallDossier, old: str, new: str, message: str
) -> None:
    small.edit("options/new-mole.yaml", old, new)
    assert small.fault().message == message
