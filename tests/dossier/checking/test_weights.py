"""Findings on baseline, criteria and weights, and faults of the judgements themselves."""

from __future__ import annotations

import pytest

from policy_options import PolicyOptionsError
from policy_options.errors import Fault
from support import CRITERIA, QUICK, SmallDossier

D, C, W, Q = (
    "criteria/decision.yaml",
    "criteria/criteria.yaml",
    "criteria/weights/even.yaml",
    "criteria/weights/quick.yaml",
)
HEAD = """\
format: 1
title: Even
holder: The council (role)
status: illustrative
rationale: Nothing sets the three swings apart.
"""
INCONSISTENT = """\
crossings: {waiting: 9, outlay: 1/9}
waiting: {outlay: 9}
"""


def where(fault: Fault) -> str:
    return str(fault.place)


def finding(small: SmallDossier) -> Fault:
    (found,) = findings(small)
    assert found.severity == "finding"
    return found


def findings(small: SmallDossier) -> list[Fault]:
    """Those of weights: other weights make other scores decisive, which another test covers."""
    return [found for found in small.findings() if found.code != "decisive-without-evidence"]


def acknowledge(small: SmallDossier, code: str, *about: str) -> None:
    text = (small.root / D).read_text(encoding="utf-8")
    small.put(D, f"{text}acknowledged: [{{finding: {code}, about: [{', '.join(about)}], because: It is known.}}]\n")


def indented(text: str, spaces: int) -> str:
    return "".join(" " * spaces + line + "\n" for line in text.splitlines())


def weight_faults(small: SmallDossier, name: str = "even") -> tuple[Fault, ...]:
    """The faults of a weight set, on loading or at the latest on use."""
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
    assert findings(small) == []
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
        "{low: middling, likely: middling, high: large, rationale: No bids yet., evidence: none}",
        "middling",
    )
    found = finding(small)
    assert (found.code, where(found), found.ids) == ("criterion-without-effect", f"{C}:24:9", ("outlay",))
    assert "the same score on `outlay`" in found.message


@pytest.mark.parametrize("decided", ["even", "quick"])
def test_weight_on_one_criterion(small: SmallDossier, decided: str) -> None:
    small.edit(D, "weights: even", f"weights: {decided}")
    small.edit(W, "crossings: 1, waiting: 1", "crossings: 0, waiting: 0")
    found = finding(small)
    assert (found.code, where(found), found.ids) == ("weight-on-one-criterion", f"{W}:1:1", ("even", "outlay"))
    assert "`even` puts all its weight on `outlay`" in found.message
    assert found.remedy
    acknowledge(small, "weight-on-one-criterion", "even", "outlay")
    assert findings(small) == []


def test_weight_on_one_criterion_down_the_tree(small: SmallDossier) -> None:
    small.edit(Q, "money: 25, crossings: 50", "money: 0, crossings: 0")
    assert finding(small).ids == ("quick", "waiting")


def test_weight_on_one_criterion_of_a_participant(small: SmallDossier) -> None:
    small.put(
        W,
        HEAD
        + """\
method: points
combine: mean
participants:
  - {id: ann, name: Ann, judgements: {crossings: 1, waiting: 1, outlay: 2}}
  - {id: bob, name: Bob, judgements: {crossings: 0, waiting: 1, outlay: 0}}
""",
    )
    found = finding(small)
    assert (found.code, found.ids) == ("weight-on-one-criterion", ("even", "bob", "waiting"))
    assert "`even/bob` puts all its weight on `waiting`" in found.message
    acknowledge(small, "weight-on-one-criterion", "bob")
    assert findings(small) == []


def test_where_there_is_only_one_criterion_it_may_have_all_weight(small: SmallDossier) -> None:
    small.put(
        C,
        """\
        format: 1
        criteria:
          - id: crossings
            title: Crossings a day
            unit: crossings
            direction: more-is-better
            scale: {low: {at: 0, means: None at all}, high: {at: 20, means: Many}}
        """,
    )
    small.put(W, HEAD + "method: points\njudgements: {crossings: 1}\n")
    (small.root / Q).unlink()
    for name in ("as-is", "east-quay", "new-mole"):
        text = (small.root / f"options/{name}.yaml").read_text(encoding="utf-8")
        kept = [line for line in text.splitlines() if not line.strip().startswith(("waiting:", "outlay:"))]
        small.put(f"options/{name}.yaml", "\n".join(kept) + "\n")
    assert findings(small) == []


def test_inconsistent_comparisons(small: SmallDossier) -> None:
    small.put(W, HEAD + "method: ahp\npairwise:\n" + indented(INCONSISTENT, 2))
    found = finding(small)
    assert (found.code, where(found), found.ids) == ("judgements-inconsistent", f"{W}:1:1", ("even",))
    assert "the judgements of `even` contradict one another: consistency ratio 6.130, above 0.1" in found.message
    assert "Saaty (1980)" in found.message
    assert "`crossings` to `waiting` is 9 (at 1/9 the ratio would be 0.483)" in found.remedy
    acknowledge(small, "judgements-inconsistent", "even")
    assert findings(small) == []


def test_consistent_comparisons_are_no_finding(small: SmallDossier) -> None:
    small.put(W, HEAD + "method: ahp\npairwise:\n  crossings: {waiting: 3, outlay: 1/3}\n  waiting: {outlay: 1/9}\n")
    assert findings(small) == []


def test_inconsistent_grades_of_a_group(small: SmallDossier) -> None:
    small.edit(
        C,
        "      - id: waiting",
        """\
      - id: shelter
        title: Shelter
        unit: places
        direction: more-is-better
        scale: {low: {at: 0, means: None at all}, high: {at: 60, means: Sixty}}
      - id: waiting""",
    )
    for number, name in enumerate(("as-is", "east-quay", "new-mole")):
        small.edit(f"options/{name}.yaml", "scores:\n", f"scores:\n  shelter: {number}\n")
    small.edit(Q, "crossings: 50", "shelter: 1, crossings: 50")
    small.put(
        W,
        HEAD
        + """\
method: best-worst
across: siblings
best-worst:
  - {best: service, worst: money, best-to-others: {money: 3}, others-to-worst: {service: 3}}
  - best: waiting
    worst: crossings
    best-to-others: {crossings: 5, shelter: 5}
    others-to-worst: {waiting: 5, shelter: 5}
""",
    )
    found = finding(small)
    assert (found.code, where(found)) == ("judgements-inconsistent", f"{W}:1:1")
    assert found.ids == ("even", "service")
    assert "among the criteria of `service`" in found.message
    assert "input-based ratio 1.000, above 0.1354" in found.message
    assert found.remedy.count("`waiting` to `shelter` is 5 (at 1 the ratio would be 0.000)") == 1
    acknowledge(small, "judgements-inconsistent", "even", "service")
    assert findings(small) == []


def test_inconsistent_comparisons_of_a_participant(small: SmallDossier) -> None:
    small.put(
        W,
        HEAD
        + """\
method: ahp
combine: geometric
participants:
  - id: ann
    name: Ann
    pairwise:
      crossings: {waiting: 3, outlay: 1/3}
      waiting: {outlay: 1/9}
  - id: bob
    name: Bob
    pairwise:
"""
        + indented(INCONSISTENT, 6),
    )
    found = finding(small)
    assert (found.code, where(found), found.ids) == ("judgements-inconsistent", f"{W}:14:5", ("even", "bob"))
    assert "`even/bob`" in found.message
    acknowledge(small, "judgements-inconsistent", "bob")
    assert findings(small) == []


def test_a_criterion_that_only_some_participants_weigh_is_used(small: SmallDossier) -> None:
    (small.root / Q).unlink()
    small.put(
        W,
        HEAD
        + """\
method: points
combine: mean
participants:
  - {id: ann, name: Ann, judgements: {crossings: 1, waiting: 0, outlay: 2}}
  - {id: bob, name: Bob, judgements: {crossings: 1, waiting: 1, outlay: 1}}
""",
    )
    assert findings(small) == []
    small.edit(W, "waiting: 1", "waiting: 0")
    assert (finding(small).code, finding(small).ids) == ("unused-criterion", ("waiting",))


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


@pytest.mark.parametrize(
    ("rating", "code", "words"),
    [
        (125, "swing-above-100", "the swing judgement on `money` is 125; the swing that matters most is 100"),
        (75, "swing-without-100", "the largest swing judgement is 75 (`money`)"),
    ],
)
def test_swings_need_a_hundred(small: SmallDossier, rating: int, code: str, words: str) -> None:
    small.edit(Q, "service: 100, money: 25", f"service: 50, money: {rating}")
    fault = weight_faults(small, "quick")[0]
    assert (fault.code, where(fault), fault.ids) == (code, f"{Q}:8:34", ("money",))
    assert words in fault.message
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
