"""Ids that refer to another file, each with the place of the reference and a suggestion."""

from __future__ import annotations

import pytest

from policy_options.errors import Fault
from support import DECISION, EVEN, OPTIONS, SmallDossier

D = "criteria/decision.yaml"
AS_IS = "options/as-is.yaml"
WITHOUT_ARGUMENTS = OPTIONS["as-is"].partition("for:")[0]
S = "options/evidence/survey.yaml"


def where(fault: Fault) -> str:
    return str(fault.place)


@pytest.mark.parametrize(
    ("old", "new", "place", "kind", "remedy"),
    [
        ("baseline: as-is", "baseline: as-if", "11:11", "option", "did you mean `as-is`?"),
        ("baseline: as-is", "baseline: zzz", "11:11", "option", "there are: as-is, east-quay, new-mole"),
        ("weights: even", "weights: evn", "12:10", "weight set", "did you mean `even`?"),
        ("weights: even", "weights: zzz", "12:10", "weight set", "there are: even, quick"),
    ],
)
def test_unknown_ids_in_the_decision(
    small: SmallDossier, old: str, new: str, place: str, kind: str, remedy: str
) -> None:
    small.edit(D, old, new)
    fault = small.fault()
    assert (fault.code, where(fault), fault.ids) == ("unknown-id", f"{D}:{place}", (new.split(": ")[1],))
    assert f"is no {kind} of this dossier" in fault.message
    assert fault.remedy == remedy


@pytest.mark.parametrize("kind", ["conflicts", "synergies"])
def test_unknown_options_in_relations(small: SmallDossier, kind: str) -> None:
    small.put(
        AS_IS, WITHOUT_ARGUMENTS + f"{kind}:\n  - {{option: new-mole, how: x}}\n  - {{option: new-mol, how: x}}\n"
    )
    fault = small.fault()
    assert (fault.code, where(fault), fault.ids) == ("unknown-id", f"{AS_IS}:9:14", ("new-mol",))
    assert "`new-mol` is no option of this dossier" in fault.message
    assert fault.remedy == "did you mean `new-mole`?"


@pytest.mark.parametrize(
    ("claim", "name", "kind", "remedy"),
    [
        ("survey/distence", "survey/distence", "claim", "did you mean `survey/distance`?"),
        ("survay/distance", "survay", "source", "did you mean `survey`?"),
        ("zzz/distance", "zzz", "source", "there are: survey"),
    ],
)
@pytest.mark.parametrize("key", ["for", "against", "score", "why-now"])
def test_unknown_claims(small: SmallDossier, key: str, claim: str, name: str, kind: str, remedy: str) -> None:
    if key == "score":
        small.edit(AS_IS, "crossings: 4", f"crossings: {{likely: 4, evidence: [survey/distance, {claim}]}}")
        place = f"{AS_IS}:4:54"
    elif key == "why-now":
        small.put(D, DECISION + f"why-now:\n  - text: x\n    evidence: [survey/distance, {claim}]\n")
        place = f"{D}:15:33"
    else:
        small.put(AS_IS, WITHOUT_ARGUMENTS + f"{key}:\n  - text: x\n    evidence: [survey/distance, {claim}]\n")
        place = f"{AS_IS}:9:33"
    fault = small.fault()
    assert (fault.code, where(fault), fault.ids) == ("unknown-id", place, (name,))
    assert f"`{name}` is no {kind} of this dossier" in fault.message
    assert fault.remedy == remedy


def test_a_suggestion_is_never_that_there_are_none_where_there_are_many(small: SmallDossier) -> None:
    for n in range(15):
        small.put(f"options/plan-{n}.yaml", OPTIONS["as-is"].replace("Leave", f"Leave {n}"))
    small.edit(D, "baseline: as-is", "baseline: zzz")
    fault = small.fault()
    assert fault.remedy
    assert "no option yet" not in fault.remedy


def test_a_claim_where_there_is_no_source_yet(small: SmallDossier) -> None:
    (small.root / S).unlink()
    small.edit(
        "options/east-quay.yaml",
        "  - text: It lies nearest to the islands.\n    evidence: [survey/distance]\n",
        "  - text: x\n",
    )
    fault = small.fault()
    assert (fault.code, fault.ids) == ("unknown-id", ("survey",))
    assert fault.remedy == "there is no source yet"


def test_the_same_claim_id_twice(small: SmallDossier) -> None:
    text = (small.root / S).read_text(encoding="utf-8")
    small.put(S, text + "  - {id: distance, paragraphs: [2], text: y}\n")
    fault = small.fault()
    assert (fault.code, where(fault), fault.ids) == ("id-twice", f"{S}:12:10", ("distance",))
    assert "`distance` appears twice" in fault.message
    assert "rename" in fault.remedy


def test_a_paragraph_without_a_fingerprint(small: SmallDossier) -> None:
    small.edit(S, "paragraphs: [1]", "paragraphs: [1, 3]")
    fault = small.fault()
    assert (fault.code, where(fault), fault.ids) == ("unknown-paragraph", f"{S}:10:21", ("survey", "3"))
    assert "paragraph 3 has no fingerprint" in fault.message
    assert "paragraphs:" in fault.remedy


@pytest.mark.parametrize(
    ("file", "text", "expected"),
    [
        (AS_IS, "format: 1\n", ("key-missing", "key-missing")),
        ("criteria/weights/even.yaml", "format: 9\n", ("format-newer",)),
        (S, "", ("empty-file",)),
    ],
)
def test_a_file_that_cannot_be_read_is_not_called_unknown_as_well(
    small: SmallDossier, file: str, text: str, expected: tuple[str, ...]
) -> None:
    small.put(file, text)
    assert tuple(fault.code for fault in small.faults()) == expected


def test_no_option_and_no_weight_set(small: SmallDossier) -> None:
    for name in OPTIONS:
        (small.root / f"options/{name}.yaml").unlink()
    for name in ("even", "quick"):
        (small.root / f"criteria/weights/{name}.yaml").unlink()
    faults = {fault.code: fault for fault in small.faults()}
    assert set(faults) == {"no-options", "no-weights"}
    assert "options/" in faults["no-options"].remedy
    assert "criteria/weights/" in faults["no-weights"].remedy
    assert all(fault.place is not None for fault in faults.values()), "every error says its file"


@pytest.mark.parametrize("length", [1, 2, 3, 7])
def test_a_circle_of_parents_is_refused_whatever_its_length(small: SmallDossier, length: int) -> None:
    for index in range(length):
        small.put(f"criteria/weights/set-{index}.yaml", EVEN + f"parent: set-{(index + 1) % length}\n")
    small.put("criteria/weights/outside.yaml", EVEN + "parent: set-0\n")
    small.put("criteria/weights/a-child.yaml", EVEN + "parent: even\n")
    fault = small.fault()
    assert (fault.code, set(fault.ids)) == ("relation-to-itself", {f"set-{index}" for index in range(length)})
    said = "names itself as its parent" if length == 1 else "were made from one another in a circle"
    assert said in fault.message
    assert fault.remedy


def test_each_circle_of_parents_is_told_once_and_participants_belong_to_their_set(small: SmallDossier) -> None:
    for name, parent in (("a", "b/someone"), ("b", "a"), ("c", "d"), ("d", "c"), ("e", "even")):
        small.put(f"criteria/weights/{name}.yaml", EVEN + f"parent: {parent}\n")
    assert [set(fault.ids) for fault in small.faults()] == [{"a", "b"}, {"c", "d"}]
