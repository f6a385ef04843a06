"""Doubts about baseline, criteria and weights, and the faults of the judgements themselves."""

from __future__ import annotations

import pytest

from policy_options import PolicyOptionsError
from policy_options.dossier.checking.weighting import range_of, stale_criteria
from policy_options.errors import Fault
from support import CRITERIA, EVEN, QUICK, SmallDossier

D, C, W, Q = (
    "criteria/decision.yaml",
    "criteria/criteria.yaml",
    "criteria/weights/even.yaml",
    "criteria/weights/quick.yaml",
)
GIVEN = """\
given-on:
  crossings: {path: service/crossings, unit: crossings, direction: more-is-better, low: 0, high: 20}
  outlay: {path: money/outlay, unit: judged band, direction: less-is-better, low: 0, high: 2}
"""


def where(fault: Fault) -> str:
    return str(fault.place)


def finding(small: SmallDossier) -> Fault:
    (found,) = small.findings()
    assert found.severity == "finding"
    return found


def weight_faults(small: SmallDossier, name: str = "even") -> tuple[Fault, ...]:
    """What is said of a weight set, when loading or at the latest when it is used."""
    with pytest.raises(PolicyOptionsError) as raised:
        small.load().weights(name)
    return raised.value.faults


# --- findings ---


def test_no_baseline(small: SmallDossier) -> None:
    small.edit(D, "baseline: as-is\n", "")
    found = finding(small)
    assert (found.code, where(found)) == ("no-baseline", f"{D}:1:1")
    assert "no baseline is named" in found.message
    assert "write baseline:" in found.remedy


def test_an_unused_criterion(small: SmallDossier) -> None:
    small.edit(W, "waiting: 1", "waiting: 0")
    assert small.findings() == ()
    small.edit(Q, "waiting: 100", "waiting: 0")
    small.edit(Q, "crossings: 50", "crossings: 100")
    found = finding(small)
    assert (found.code, where(found), found.ids) == ("unused-criterion", f"{C}:13:9", ("waiting",))
    assert "no weight set gives `waiting` any weight" in found.message
    assert "drop the criterion" in found.remedy


def test_a_criterion_in_a_group_without_weight_is_unused(small: SmallDossier) -> None:
    small.edit(W, "outlay: 2", "outlay: 0")
    small.edit(Q, "money: 25", "money: 0")
    assert finding(small).ids == ("outlay",)


def test_a_criterion_without_effect(small: SmallDossier) -> None:
    for name, old in (("as-is", "outlay: small"), ("new-mole", "outlay: large")):
        small.edit(f"options/{name}.yaml", old, "outlay: middling")
    small.edit(
        "options/east-quay.yaml",
        "{low: small, likely: middling, high: large, rationale: No bids yet., evidence: none}",
        "middling",
    )
    found = finding(small)
    assert (found.code, where(found), found.ids) == ("criterion-without-effect", f"{C}:24:9", ("outlay",))
    assert "the same score on `outlay`" in found.message


def test_weights_given_on_the_present_ranges_are_not_stale(small: SmallDossier) -> None:
    small.put(W, EVEN + GIVEN)
    assert small.findings() == ()
    assert stale_criteria(small.load().contents, "even") == []


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("high: {at: 20,", "high: {at: 24,", "high of `crossings` was 20 and is 24"),
        ("low: {at: 0, means: None at all}", "low: {at: -1, means: None at all}", "low of `crossings` was 0 and is -1"),
        ("unit: crossings", "unit: trips", "unit of `crossings` was crossings and is trips"),
        ("  - id: service", "  - id: duty", "path of `crossings` was service/crossings and is duty/crossings"),
    ],
)
def test_stale_weights(small: SmallDossier, old: str, new: str, words: str) -> None:
    small.put(W, EVEN + GIVEN)
    small.edit(C, old, new)
    small.edit(Q, "service: 100", "duty: 100" if "duty" in new else "service: 100")
    found = finding(small)
    assert (found.code, where(found), found.ids) == ("weights-stale", f"{W}:9:3", ("even", "crossings"))
    assert "`even` was given on another range" in found.message
    assert words in found.message
    assert "ask the holder again" in found.remedy


def test_stale_weights_when_the_direction_turns(small: SmallDossier) -> None:
    small.put(W, EVEN + GIVEN)
    small.edit(
        C, "unit: crossings\n        direction: more-is-better", "unit: crossings\n        direction: less-is-better"
    )
    assert "direction of `crossings` was more-is-better and is less-is-better" in finding(small).message


def test_stale_weights_when_a_level_is_added(small: SmallDossier) -> None:
    small.put(W, EVEN + GIVEN)
    small.edit(
        C, "            - {id: large,", "            - {id: big, means: x, value: 20}\n            - {id: large,"
    )
    found = finding(small)
    assert found.ids == ("even", "outlay")
    assert "high of `outlay` was 2 and is 3" in found.message


def test_stale_weights_of_a_criterion_that_is_gone(small: SmallDossier) -> None:
    small.put(W, EVEN + GIVEN.replace("crossings: {", "ferries: {"))
    found = finding(small)
    assert (found.code, where(found)) == ("weights-stale", f"{W}:9:3")
    assert "`ferries` is no longer a criterion" in found.message


def test_numbers_of_stale_weights_are_told_apart(small: SmallDossier) -> None:
    small.edit(C, "high: {at: 20,", "high: {at: 1000001,")
    small.put(W, EVEN + GIVEN.replace("high: 20", "high: 1000002"))
    message = finding(small).message.replace(",", "")
    assert "1000002" in message
    assert "1000001" in message


@pytest.mark.parametrize("kind", ["low: 20, high: 0", "low: .inf, high: 1", "low: a, high: 1", "low: 0"])
def test_given_on_is_a_range(small: SmallDossier, kind: str) -> None:
    small.put(W, EVEN + f"given-on:\n  crossings: {{path: x, unit: u, direction: more-is-better, {kind}}}\n")
    try:
        told = (*small.faults(), *small.findings())
    except PolicyOptionsError as error:
        told = error.faults
    assert told
    assert all(fault.place is not None and fault.place.line == 9 for fault in told)


def test_what_a_range_is(small: SmallDossier) -> None:
    leaves = small.load().contents.leaves
    criterion, _, above = leaves["outlay"]
    assert range_of(criterion, above) == {
        "path": "money/outlay", "unit": "judged band", "direction": "less-is-better", "low": 0.0, "high": 2.0,
    }  # fmt: skip


# --- judgements ---


@pytest.mark.parametrize(
    ("judgements", "code", "place", "words", "remedy"),
    [
        ("{crossings: 1, outlay: 2}", "judgement-missing", "7:13", "no judgement on `waiting`", "waiting: 0"),
        ("{crossings: 1, waiting: 1, outlay: 2, noise: 1}", "unknown-id", "7:51", "`noise` is no criterion", "there are:"),
        ("{crosings: 1, waiting: 1, outlay: 2}", "unknown-id", "7:14", "`crosings`", "did you mean `crossings`?"),
        ("{crossings: -1, waiting: 1, outlay: 2}", "weight-negative", "7:25", "-1; weights are never negative", "write 0"),
        ("{crossings: 0, waiting: 0, outlay: 0}", "weights-all-zero", "7:25", "are zero", "more than 0"),
        ("{crossings: 1, waiting: 1, outlay: 2, money: 3}", "judgement-on-group", "7:58",
         "`money` is a group", "across: siblings"),
        ("{service: 1, money: 2}", "judgement-on-group", "7:23", "`service`, `money` are groups", "siblings"),
    ],
)  # fmt: skip
def test_judgements_across_leaves(
    small: SmallDossier, judgements: str, code: str, place: str, words: str, remedy: str
) -> None:
    small.edit(W, "{crossings: 1, waiting: 1, outlay: 2}", judgements)
    fault = weight_faults(small)[0]
    assert fault.code == code
    assert words in fault.message
    assert remedy in fault.remedy
    assert where(fault) == f"{W}:{place}"


@pytest.mark.parametrize(
    ("judgements", "codes"),
    [
        ("{crosings: 1, waiting: 1, outlay: 2}", ["unknown-id"]),
        ("{crossings: 1, waiting: 1, outlay: 2, money: 3}", ["judgement-on-group"]),
        ("{service: 1, money: 2}", ["judgement-on-group"]),
        ("{crossings: -1, waiting: 0, outlay: 0}", ["weight-negative"]),
    ],
)
def test_one_mistake_in_judgements_is_one_fault(small: SmallDossier, judgements: str, codes: list[str]) -> None:
    small.edit(W, "{crossings: 1, waiting: 1, outlay: 2}", judgements)
    assert sorted({fault.code for fault in weight_faults(small)}) == codes


@pytest.mark.parametrize("huge", ["1e308", "1.7e308"])
def test_judgements_so_large_that_their_sum_is_no_number(small: SmallDossier, huge: str) -> None:
    small.edit(W, "{crossings: 1, waiting: 1, outlay: 2}", f"{{crossings: {huge}, waiting: {huge}, outlay: {huge}}}")
    try:
        shares = small.load().weights("even").shares.tolist()
    except PolicyOptionsError as error:
        assert error.faults[0].place is not None
    else:
        assert shares == pytest.approx([1 / 3] * 3)


def test_judgements_so_small_that_they_vanish(small: SmallDossier) -> None:
    small.edit(W, "{crossings: 1, waiting: 1, outlay: 2}", "{crossings: 1e-300, waiting: 1e-300, outlay: 2e-300}")
    assert small.load().weights("even").shares.tolist() == pytest.approx([0.25, 0.25, 0.5])


def test_swings_need_a_hundred(small: SmallDossier) -> None:
    small.edit(Q, "money: 25", "money: 125")
    fault = weight_faults(small, "quick")[0]
    assert (fault.code, where(fault), fault.ids) == ("swing-without-100", f"{Q}:8:35", ("money",))
    assert "the largest swing judgement is 125 (`money`)" in fault.message
    assert "method: points" in fault.remedy


def test_judgements_across_siblings_need_every_node(small: SmallDossier) -> None:
    small.edit(Q, "service: 100, ", "")
    fault = weight_faults(small, "quick")[0]
    assert (fault.code, fault.ids, where(fault)) == ("judgement-missing", ("service",), f"{Q}:8:13")


def test_what_is_judged_inside_a_group_without_weight_shares_out_nothing(small: SmallDossier) -> None:
    small.edit(Q, "money: 25", "money: 0")
    small.edit(Q, "outlay: 100", "outlay: 0")
    weights = small.load().weights("quick")
    assert weights.share("outlay") == 0.0
    assert weights.shares.sum() == pytest.approx(1.0)


def test_faults_of_weight_sets_come_with_all_others_in_one_run(small: SmallDossier) -> None:
    small.edit(W, "crossings: 1", "crossings: -1")
    small.edit(Q, "money: 25, ", "")
    small.edit("options/as-is.yaml", "crossings: 4", "crossings: 400")
    assert sorted((fault.code, fault.place.file if fault.place else "") for fault in small.faults()) == [
        ("judgement-missing", Q),
        ("score-off-scale", "options/as-is.yaml"),
        ("weight-negative", W),
    ]


def test_the_small_weight_sets_are_what_the_tests_take_them_for(small: SmallDossier) -> None:
    dossier = small.load()
    assert dossier.weights("even").shares.tolist() == [0.25, 0.25, 0.5]
    assert dossier.weights("quick").shares.tolist() == pytest.approx([0.8 / 3, 1.6 / 3, 0.2])
    assert QUICK in (small.root / Q).read_text(encoding="utf-8")
    assert CRITERIA in (small.root / C).read_text(encoding="utf-8")
