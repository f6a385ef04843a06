"""Random dossiers with people in them: without names, no name or id of theirs is left, and the same findings are accepted."""

from __future__ import annotations

import json
from collections import Counter

import pytest

from policy_options import Dossier
from policy_options.dossier.carried import carried_files, carried_findings
from policy_options.dossier.without_names import contents_without_names, weights_without_names
from policy_options.exchange.published import check_form, json_text
from public_dossiers import acknowledge, left, with_random_people
from support import PANEL, SmallDossier

WORDS = {"participant": "Participant", "scorer": "Scorer"}


def about_a_name(code: str, ids: tuple[str, ...]) -> bool:
    return code == "unfinished" and ids[-1] in ("name", "scorer")


@pytest.mark.parametrize("seed", range(40))
def test_no_name_is_left_and_the_same_findings_are_accepted(small: SmallDossier, seed: int) -> None:
    secrets = with_random_people(small, seed)
    acknowledge(small, seed)
    before = small.load()
    contents = contents_without_names(before.contents, **WORDS)
    bare = Dossier(contents)
    report = bare.check()
    data = json.dumps([carried_files(contents), carried_findings(contents)])
    form = json_text(check_form(bare, report, bare.overview_of(bare.weight_sets)))
    assert left(data + form, [*secrets, "zqnobody"]) == []
    again = contents_without_names(contents, **WORDS)
    assert carried_files(again) == carried_files(contents)
    assert carried_findings(again) == carried_findings(contents)
    was, still = before.check(), report
    accepted = Counter((f.code, len(f.ids)) for f, _ in was.acknowledged if not about_a_name(f.code, f.ids))
    opened = Counter((f.code, len(f.ids)) for f in was.findings if not about_a_name(f.code, f.ids))
    assert Counter((f.code, len(f.ids)) for f, _ in still.acknowledged) == accepted
    assert Counter((f.code, len(f.ids)) for f in still.findings) == opened
    for panel in ("panel", "council"):
        for person in before.contents.weight_sets[panel].model.participants:
            other = weights_without_names(before.contents, f"{panel}/{person.id}")
            assert bare.rank(other).lower.tolist() == before.rank(f"{panel}/{person.id}").lower.tolist()


def test_parents_who_are_gone_get_the_numbers_after_those_who_are_there(small: SmallDossier) -> None:
    small.put("criteria/weights/panel.yaml", PANEL)
    text = (small.root / "criteria/weights/even.yaml").read_text(encoding="utf-8")
    for child, parent in (
        ("a", "panel/zoe"),
        ("b", "panel/adam"),
        ("c", "lost/zoe"),
        ("d", "panel/bob"),
        ("e", "even"),
    ):
        small.put(f"criteria/weights/{child}.yaml", text.replace("title: Even", f"title: {child}\nparent: {parent}"))
    found = contents_without_names(small.load().contents, **WORDS)
    assert [found.weight_sets[child].model.parent for child in "abcde"] == [
        "panel/participant-4",
        "panel/participant-3",
        "lost/participant-1",
        "panel/participant-2",
        "even",
    ]


def test_an_id_shared_by_a_person_and_a_criterion_keeps_its_meaning(small: SmallDossier) -> None:
    only = PANEL.replace("crossings: 1, waiting: 1, outlay: 8", "crossings: 1, waiting: 0, outlay: 0")
    only = only.replace("crossings: 5, waiting: 5, outlay: 1", "crossings: 0, waiting: 1, outlay: 0")
    small.put("criteria/weights/panel.yaml", only.replace("id: ann-onym", "id: waiting"))
    small.edit(
        "criteria/decision.yaml",
        "weights: even",
        "weights: even\nacknowledged:\n  - {finding: weight-on-one-criterion, about: [panel, waiting], because: A test.}\n"
        "  - {finding: weight-on-one-criterion, about: [waiting, crossings], because: A test.}\n"
        "  - {finding: weight-on-one-criterion, about: [bob], because: A test.}\n"
        "  - {finding: unused-criterion, about: [waiting], because: A test.}\n",
    )
    found = contents_without_names(small.load().contents, **WORDS)
    first, second = ("panel", "participant-1", "crossings"), ("panel", "participant-2", "waiting")
    assert [entry.about for entry in found.decision.model.acknowledged] == [first, second, ("waiting",)]


def test_an_acknowledged_name_that_is_still_to_be_written_is_dropped_with_the_name(small: SmallDossier) -> None:
    small.put("criteria/weights/panel.yaml", PANEL.replace("name: Bob Alias", "name: TODO ask him"))
    small.edit(
        "criteria/decision.yaml",
        "weights: even",
        "weights: even\nacknowledged:\n  - {finding: unfinished, about: [panel, name], because: A test.}\n",
    )
    assert [finding.code for finding, _ in small.load().check().acknowledged] == ["unfinished"]
    bare = Dossier(contents_without_names(small.load().contents, **WORDS))
    assert bare.contents.decision.model.acknowledged == ()
    assert "acknowledged-nothing" not in [finding.code for finding in bare.check().findings]


def test_a_finding_of_a_file_is_that_of_the_renamed_interview_only(small: SmallDossier) -> None:
    small.put(
        "options/evidence/east-quay.yaml",
        "format: 1\nkind: interview\ntitle: Talk\nwho: A captain\nconsent: unnamed\ndate: 2026\nlocator: Counted. #so\n"
        "claims: [{id: late, section: 3, text: Late.}]\n",
    )
    small.edit("options/east-quay.yaml", "title: ", "summary: Long. #2 more\ntitle: ")
    found = contents_without_names(small.load().contents, **WORDS)
    assert sorted(finding.ids for finding in found.of_files) == [("east-quay",), ("interview-1",)]
