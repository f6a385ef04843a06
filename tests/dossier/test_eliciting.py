"""The judgements of weight sets: what each method reads, whose they are, and the place of every fault."""

from __future__ import annotations

from pathlib import Path

import pytest

from policy_options import PolicyOptionsError
from policy_options.analysis.elicitation.combining import Combined
from policy_options.analysis.elicitation.results import Elicited
from policy_options.dossier.eliciting import elicit_all, elicit_set, paths_of, settings_of
from policy_options.errors import Fault
from support import EVEN, SmallDossier

D, W, Q = "criteria/decision.yaml", "criteria/weights/even.yaml", "criteria/weights/quick.yaml"
HEAD = """\
format: 1
title: Even
holder: The council (role)
status: illustrative
rationale: Nothing sets the three swings apart.
"""
POINTS = "method: points\njudgements: {crossings: 1, waiting: 1, outlay: 2}\n"
SWING = "method: swing\njudgements: {crossings: 100, waiting: 100, outlay: 100}\n"
AHP = """\
method: ahp
pairwise:
  crossings: {waiting: 3, outlay: 1/3}
  waiting: {outlay: 1/9}
"""
BEST_WORST = """\
method: best-worst
best-worst:
  - best: crossings
    worst: outlay
    best-to-others: {waiting: 2, outlay: 4}
    others-to-worst: {crossings: 4, waiting: 2}
"""
PEOPLE = """\
method: points
participants:
  - id: ann
    name: Head of ferries
    judgements: {crossings: 1, waiting: 1, outlay: 2}
  - id: bob
    name: Treasurer
    judgements: {crossings: 1, waiting: 0, outlay: 1}
"""


def where(fault: Fault) -> str:
    return str(fault.place)


def given(small: SmallDossier, body: str) -> SmallDossier:
    """The small dossier with these judgements in its default set."""
    small.put(W, HEAD + body)
    return small


def shares(small: SmallDossier, id: str = "even") -> list[float]:
    """Of crossings, waiting and outlay."""
    vector = small.load().weights(id)
    assert vector.criteria == ("crossings", "waiting", "outlay")
    found: list[float] = vector.shares.tolist()
    assert sum(found) == pytest.approx(1.0, abs=1e-12)
    return found


def told(small: SmallDossier) -> list[tuple[str, tuple[str, ...], str]]:
    """Code, ids, and the place in the default set."""
    return [(fault.code, fault.ids, where(fault).removeprefix(f"{W}:")) for fault in small.faults()]


def refused(small: SmallDossier, weights: str) -> Fault:
    with pytest.raises(PolicyOptionsError) as raised:
        small.load().weighting(weights)
    (fault,) = raised.value.faults
    return fault


# --- every method, from the file ---


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (POINTS, [1 / 4, 1 / 4, 1 / 2]),
        ("method: points\ntotal: 40\njudgements: {crossings: 10, waiting: 10, outlay: 20}\n", [1 / 4, 1 / 4, 1 / 2]),
        ("method: direct\njudgements: {crossings: 20, waiting: 30, outlay: 50}\n", [0.2, 0.3, 0.5]),
        ("method: direct\ntotal: 1\njudgements: {crossings: 0.2, waiting: 0.3, outlay: 0.5}\n", [0.2, 0.3, 0.5]),
        ("method: smart\njudgements: {crossings: 10, waiting: 30, outlay: 60}\n", [0.1, 0.3, 0.6]),
        (SWING, [1 / 3, 1 / 3, 1 / 3]),
        ("method: swing\njudgements: {crossings: 100, waiting: {low: 50}, outlay: 0}\n", [7 / 12, 5 / 12, 0.0]),
        ("method: swing\njudgements: {crossings: 100, waiting: {}, outlay: {high: 100}}\n", [11 / 18, 7 / 36, 7 / 36]),
        ("method: swing\norder: [crossings > waiting, crossings > outlay]\n", [11 / 18, 7 / 36, 7 / 36]),
        ("method: swing\njudgements: {crossings: 100, outlay: 0}\norder: [crossings > waiting]\n", [0.75, 0.25, 0.0]),
        ("method: rank-order\norder: [outlay > waiting > crossings]\n", [2 / 18, 5 / 18, 11 / 18]),
        ("method: rank-order\norder: [outlay>waiting=crossings]\n", [1 / 6, 1 / 6, 2 / 3]),
        ("method: rank-order\nformula: sum\norder: [outlay > waiting > crossings]\n", [1 / 6, 2 / 6, 3 / 6]),
        ("method: rank-order\nformula: reciprocal\norder: [outlay > waiting > crossings]\n", [2 / 11, 3 / 11, 6 / 11]),
        (AHP, [3 / 13, 1 / 13, 9 / 13]),
        (BEST_WORST, [4 / 7, 2 / 7, 1 / 7]),
    ],
)
def test_a_method(small: SmallDossier, body: str, expected: list[float]) -> None:
    assert shares(given(small, body)) == pytest.approx(expected, abs=1e-7)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("method: points\njudgements: {service: 3, money: 1, crossings: 1, waiting: 2, outlay: 7}\n", [1 / 4, 1 / 2, 1 / 4]),
        ("method: direct\njudgements: {service: 75, money: 25, crossings: 40, waiting: 60, outlay: 100}\n", [0.3, 0.45, 0.25]),
        ("method: smart\njudgements: {service: 30, money: 10, crossings: 10, waiting: 20, outlay: 10}\n", [1 / 4, 1 / 2, 1 / 4]),
        ("method: swing\njudgements: {service: 100, money: 25, crossings: 50, waiting: 100, outlay: 100}\n",
         [0.8 / 3, 1.6 / 3, 0.2]),
        ("method: swing\norder: [service > money, crossings = waiting]\njudgements: {outlay: 100}\n", [3 / 8, 3 / 8, 1 / 4]),
        ("method: rank-order\norder: [waiting > crossings, money > service]\n", [1 / 16, 3 / 16, 3 / 4]),
        ("method: ahp\npairwise: {service: {money: 3}, crossings: {waiting: 1/2}}\n", [1 / 4, 1 / 2, 1 / 4]),
        ("method: best-worst\nbest-worst:\n"
         "  - {best: service, worst: money, best-to-others: {money: 3}, others-to-worst: {service: 3}}\n"
         "  - {best: waiting, worst: crossings, best-to-others: {crossings: 2}, others-to-worst: {waiting: 2}}\n",
         [1 / 4, 1 / 2, 1 / 4]),
    ],
)  # fmt: skip
def test_a_method_across_siblings(small: SmallDossier, body: str, expected: list[float]) -> None:
    assert shares(given(small, "across: siblings\n" + body)) == pytest.approx(expected, abs=1e-7)


def test_a_group_without_weight(small: SmallDossier) -> None:
    body = "method: swing\nacross: siblings\njudgements: {service: 0, money: 100, outlay: 100, crossings: 100, waiting: 50}\n"
    assert shares(given(small, body)) == [0.0, 0.0, 1.0]


@pytest.mark.parametrize(
    ("inside", "codes"), [("waiting: -50, crossings: 100", ["weight-negative"]), ("crossings: 100", [])]
)
def test_inside_a_group_without_weight(small: SmallDossier, inside: str, codes: list[str]) -> None:
    body = f"method: swing\nacross: siblings\njudgements: {{service: 0, money: 100, outlay: 100, {inside}}}\n"
    assert [fault[0] for fault in told(given(small, body))] == codes


def test_the_seed_of_the_decision_is_that_of_samples(small: SmallDossier) -> None:
    body = "method: swing\njudgements: {crossings: 100, waiting: {low: 20}, outlay: {low: 10}}\norder: [waiting > outlay]\n"
    given(small, body)
    text = (small.root / D).read_text(encoding="utf-8")
    first = small.load()
    assert settings_of(first.contents, first.weighting().model).seed == 0
    elicited = first.weighting().elicited
    assert elicited is not None
    assert elicited.sampled is not None
    assert elicited.sampled.seed == 0
    assert first.weights().shares.tobytes() == small.load().weights().shares.tobytes()
    small.put(D, text + "seed: 12\n")
    second = small.load()
    assert settings_of(second.contents, second.weighting().model).seed == 12
    assert first.weights().shares.tobytes() != second.weights().shares.tobytes()


def test_all_sets_are_derived_and_all_their_faults_are_told(small: SmallDossier) -> None:
    contents = small.load().contents
    found, faults = elicit_all(contents)
    assert (set(found), faults) == ({"even", "quick"}, [])
    assert set(contents.elicited) == {"even", "quick"}
    assert paths_of(contents) == {"crossings": ("service",), "waiting": ("service",), "outlay": ("money",)}
    assert isinstance(elicit_set(contents, "quick"), Elicited)
    small.edit(W, "waiting: 1", "waiting: -1")
    small.edit(Q, "money: 25", "money: -25")
    assert {(fault.code, fault.ids) for fault in small.faults()} == {
        ("weight-negative", ("waiting",)), ("weight-negative", ("money",)),
    }  # fmt: skip


# --- answers and settings that a method does not read ---


@pytest.mark.parametrize(
    ("body", "key", "place"),
    [
        (POINTS + "order: [crossings > waiting]\n", "order", "8:1"),
        (POINTS + "order: []\n", "order", "8:1"),
        (POINTS + "pairwise: {crossings: {waiting: 2}}\n", "pairwise", "8:1"),
        ("method: ahp\njudgements: {crossings: 1}\n", "judgements", "7:1"),
        (AHP + "judgements: {crossings: 1}\n", "judgements", "10:1"),
        (SWING + "best-worst: []\n", "best-worst", "8:1"),
        (BEST_WORST + "pairwise: {}\n", "pairwise", "12:1"),
        (
            "method: rank-order\norder: [crossings > waiting > outlay]\njudgements: {crossings: 1}\n",
            "judgements",
            "8:1",
        ),
    ],
)
def test_answers_of_a_kind_that_is_not_read(small: SmallDossier, body: str, key: str, place: str) -> None:
    fault = given(small, body).fault()
    assert (fault.code, fault.ids, where(fault)) == ("answers-not-read", ("even",), f"{W}:{place}")
    assert f"does not read {key}:" in fault.message
    assert "or use another method" in fault.remedy


@pytest.mark.parametrize(
    ("body", "needs", "place"),
    [
        ("method: points\n", "judgements:", "1:1"),
        ("method: points\njudgements: {}\n", "judgements:", "7:1"),
        ("method: swing\n", "judgements: or order:", "1:1"),
        ("method: rank-order\norder: []\n", "order:", "7:1"),
        ("method: ahp\npairwise: {}\n", "pairwise:", "7:1"),
        ("method: best-worst\nbest-worst: []\n", "best-worst:", "7:1"),
    ],
)
def test_no_judgements(small: SmallDossier, body: str, needs: str, place: str) -> None:
    fault = given(small, body).fault()
    assert (fault.code, fault.ids, where(fault)) == ("no-judgements", ("even",), f"{W}:{place}")
    assert f"needs {needs}" in fault.message
    assert fault.remedy


@pytest.mark.parametrize(
    ("body", "key", "place"),
    [
        (POINTS + "formula: sum\n", "formula", "8:1"),
        (SWING + "total: 100\n", "total", "8:1"),
        (AHP + "total: 100\n", "total", "10:1"),
        ("method: smart\nformula: centroid\njudgements: {crossings: 10, waiting: 10, outlay: 10}\n", "formula", "7:1"),
    ],
)
def test_a_setting_that_is_not_read(small: SmallDossier, body: str, key: str, place: str) -> None:
    fault = given(small, body).fault()
    assert (fault.code, fault.ids, where(fault)) == ("setting-not-read", ("even",), f"{W}:{place}")
    assert f"does not read {key}:" in fault.message
    assert fault.remedy == "delete it"


def test_a_rule_without_participants(small: SmallDossier) -> None:
    fault = given(small, POINTS + "combine: mean\n").fault()
    assert (fault.code, where(fault)) == ("setting-not-read", f"{W}:8:1")
    assert "the set has none" in fault.message
    assert "list participants" in fault.remedy


def test_totals(small: SmallDossier) -> None:
    fault = given(small, "method: direct\njudgements: {crossings: 20, waiting: 30, outlay: 40}\n").fault()
    assert (fault.code, fault.ids) == ("total-not-reached", ("crossings", "waiting", "outlay"))
    assert where(fault) == f"{W}:7:25"
    assert "sum to 90, and their total is 100" in fault.message
    assert fault.remedy == "give out 10 more, or write method: points, so that only their proportions count"
    for bad in ("0", "-5", "many", "[100]"):
        fault = given(small, POINTS + f"total: {bad}\n").fault()
        assert where(fault) == f"{W}:8:8"
        assert fault.remedy


def test_judgements_whose_sum_is_no_number(small: SmallDossier) -> None:
    fault = given(small, "method: direct\njudgements: {crossings: 1e308, waiting: 1e308, outlay: 1e308}\n").fault()
    assert fault.code == "total-not-reached"


# --- how answers are written ---


@pytest.mark.parametrize("ratio", ["1/3", "0.3333333333", "'1/3'", "2/6", "10/30"])
def test_thirds(small: SmallDossier, ratio: str) -> None:
    assert shares(given(small, AHP.replace("1/3", ratio))) == pytest.approx([3 / 13, 1 / 13, 9 / 13], abs=1e-7)


@pytest.mark.parametrize(
    "ratio", ["1/0", "1/3/5", "a/b", "-1/3", "1 / 3", "1/3.0", "third", "true", "[3]", "'3'", "1/1000000000"]
)
def test_what_is_no_ratio(small: SmallDossier, ratio: str) -> None:
    fault = given(small, AHP.replace("1/3", ratio)).fault()
    assert (fault.code, where(fault)) == ("ratio", f"{W}:8:35")
    assert "1/3" in fault.remedy


@pytest.mark.parametrize(
    ("ratio", "code"),
    [("0/5", "comparison-not-positive"), ("-3", "comparison-not-positive"), ("19/2", "comparison-off-scale")],
)
def test_a_ratio_that_cannot_be(small: SmallDossier, ratio: str, code: str) -> None:
    fault = given(small, AHP.replace("1/3", ratio)).fault()
    assert (fault.code, fault.ids, where(fault)) == (code, ("crossings", "outlay"), f"{W}:8:35")


@pytest.mark.parametrize(
    ("line", "code", "words"),
    [
        ("'crossings > > waiting'", "order", "an id is missing"),
        ("'> crossings'", "order", "an id is missing"),
        ("crossings >= waiting", "order", "an id is missing"),
        ("crossings = ", "order", "an id is missing"),
        ("crossings", "order", "names at least two"),
        ("3", "order", "one line of text"),
        ("[crossings, waiting]", "order", "one line of text"),
        ("Crossings > waiting", "id", "`Crossings` is not an id"),
        ("crossings < waiting", "order", "from what matters most downward"),
        ("crossings > waiting, outlay", "id", "is not an id"),
    ],
)
def test_what_is_no_order(small: SmallDossier, line: str, code: str, words: str) -> None:
    fault = given(small, f"method: rank-order\norder:\n  - {line}\n").fault()
    assert (fault.code, where(fault)) == (code, f"{W}:8:5")
    assert words in fault.message
    assert fault.remedy


def test_an_order_the_other_way_round(small: SmallDossier) -> None:
    fault = given(small, "method: rank-order\norder:\n  - crossings < waiting\n").fault()
    assert ">" in fault.remedy


def test_the_places_of_orders(small: SmallDossier) -> None:
    body = "method: swing\norder:\n  - crossings > waiting\n  - waiting > outlay\n  - outlay > crossings\n"
    fault = given(small, body).fault()
    assert fault.code == "order-cycle"
    assert where(fault) in {f"{W}:{line}:5" for line in (8, 9, 10)}
    assert set(fault.ids) == {"crossings", "waiting", "outlay"}
    for said in ("`crossings` > `waiting`", "`waiting` > `outlay`", "`outlay` > `crossings`"):
        assert said in fault.message


def test_the_place_of_an_order_behind_one_that_names_zeros(small: SmallDossier) -> None:
    lines = ["crossings > outlay", "waiting > outlay", "crossings > waiting", "waiting > crossings"]
    body = "method: swing\njudgements: {outlay: 0}\norder:\n" + "".join(f"  - {line}\n" for line in lines)
    assert where(given(small, body).fault()) in {f"{W}:11:5", f"{W}:12:5"}


def test_an_order_against_numbers(small: SmallDossier) -> None:
    body = "method: swing\njudgements: {crossings: 100, waiting: {low: 40, high: 60}, outlay: 70}\norder: [waiting > outlay]\n"
    fault = given(small, body).fault()
    assert fault.code == "judgements-contradict"
    assert where(fault) in {f"{W}:7:39", f"{W}:7:68", f"{W}:8:9"}
    assert "`waiting` is between 40 and 60, `outlay` is 70" in fault.message


@pytest.mark.parametrize(
    ("interval", "code", "place", "words"),
    [
        ("{low: 60, high: 40}", "interval-empty", "7:39", "from 60 to 40"),
        ("{low: -1, high: 40}", "interval-off-scale", "7:39", "from -1 to 40"),
        ("{low: 10, high: 140}", "interval-off-scale", "7:39", "from 10 to 140"),
        ("{low: 0, high: 0}", "interval-off-scale", "7:39", "from 0 to 0"),
        ("{low: 40, hihg: 60}", "key-unknown", "7:49", "`hihg`"),
        ("{low: forty, high: 60}", "float-type", "7:45", "forty"),
        ("[40, 60]", "float-type", "7:39", "a list"),
        ("40-60", "float-type", "7:39", "40-60"),
    ],
)
def test_what_is_no_interval(small: SmallDossier, interval: str, code: str, place: str, words: str) -> None:
    body = f"method: swing\njudgements: {{crossings: 100, waiting: {interval}, outlay: 10}}\n"
    fault = given(small, body).fault()
    assert (fault.code, where(fault)) == (code, f"{W}:{place}")
    assert words in fault.message
    assert fault.remedy
    if code == "key-unknown":
        assert fault.remedy == "did you mean `high`?"


@pytest.mark.parametrize("method", ["points", "direct", "smart"])
def test_only_swings_are_judged_by_intervals(small: SmallDossier, method: str) -> None:
    body = f"method: {method}\njudgements: {{crossings: 10, waiting: {{low: 10, high: 20}}, outlay: 80}}\n"
    assert told(given(small, body))[0][:2] == ("judgement-interval", ("waiting",))


def test_an_interval_that_begins_next_to_nothing(small: SmallDossier) -> None:
    body = "method: swing\njudgements: {crossings: 100, waiting: {low: 1e-307}, outlay: 0}\n"
    assert shares(given(small, body)) == pytest.approx([0.75, 0.25, 0.0])


@pytest.mark.parametrize("method", ["[]", "{}"])
def test_a_list_is_no_method(small: SmallDossier, method: str) -> None:
    is_no_method(small, method)


@pytest.mark.parametrize("method", ["3", "true", "guess", "Swing"])
def test_what_is_no_method(small: SmallDossier, method: str) -> None:
    is_no_method(small, method)


def is_no_method(small: SmallDossier, method: str) -> None:
    fault = given(small, f"method: {method}\njudgements: {{crossings: 1}}\n").fault()
    assert where(fault) == f"{W}:6:9"
    assert "points" in fault.remedy
    assert "best-worst" in fault.remedy


@pytest.mark.parametrize(
    ("old", "new", "place", "remedy"),
    [
        ("judgements:", "judgment:", "7:1", "judgements"),
        ("method: points\n", "method: points\ntotl: 4\n", "7:1", "total"),
        ("method: points\n", "method: points\nparticipant: []\n", "7:1", "participants"),
        ("method: points\n", "method: points\ncross-check: []\n", "7:1", "cross-checks"),
        ("method: points\n", "method: points\nbest_worst: []\n", "7:1", "best-worst"),
    ],
)
def test_an_unknown_key(small: SmallDossier, old: str, new: str, place: str, remedy: str) -> None:
    assert old in POINTS
    (fault,) = [fault for fault in given(small, POINTS.replace(old, new)).faults() if fault.code == "key-unknown"]
    assert where(fault) == f"{W}:{place}"
    assert fault.remedy == f"did you mean `{remedy}`?"


def test_an_unknown_key_inside_a_comparison(small: SmallDossier) -> None:
    fault = given(small, BEST_WORST.replace("best-to-others", "best-to-other")).fault()
    assert (fault.code, where(fault), fault.remedy) == ("key-unknown", f"{W}:10:5", "did you mean `best-to-others`?")


# --- ids that are misspelt are one fault each ---


@pytest.mark.parametrize(
    ("body", "place"),
    [
        (POINTS.replace("waiting", "waitng"), "7:28"),
        ("method: swing\njudgements: {crossings: 100, waitng: {low: 10}, outlay: 20}\n", "7:30"),
        (
            "across: siblings\nmethod: points\njudgements: {service: 1, money: 1, crossings: 1, waitng: 1, outlay: 1}\n",
            "8:50",
        ),
    ],
)
def test_a_misspelt_judgement(small: SmallDossier, body: str, place: str) -> None:
    fault = given(small, body).fault()
    assert (fault.code, fault.ids, where(fault)) == ("unknown-id", ("waitng",), f"{W}:{place}")
    assert fault.remedy == "did you mean `waiting`?"


MISSPELT = {
    "a row of comparisons": (AHP.replace("crossings:", "crosings:"), "crosings", "8:3"),
    "a column of comparisons": (AHP.replace("{waiting: 3", "{waitng: 3"), "waitng", "8:15"),
    "an order": ("method: rank-order\norder: [crosings > waiting > outlay]\n", "crosings", "7:9"),
    "an order beside numbers": (
        "method: swing\njudgements: {crossings: 100}\norder: [waitng > outlay]\n", "waitng", "8:9",
    ),
    "the best": (BEST_WORST.replace("best: crossings", "best: crosings"), "crosings", "8:11"),
    "a grade": (BEST_WORST.replace("{waiting: 2, outlay", "{waitng: 2, outlay"), "waitng", "10:22"),
}  # fmt: skip


@pytest.mark.parametrize("kind", MISSPELT)
def test_a_misspelt_id_has_its_place_and_what_was_meant(small: SmallDossier, kind: str) -> None:
    body, name, place = MISSPELT[kind]
    first = given(small, body).faults()[0]
    assert (first.code, first.ids, where(first)) == ("unknown-id", (name,), f"{W}:{place}")
    assert first.remedy == f"did you mean `{'waiting' if name == 'waitng' else 'crossings'}`?"


@pytest.mark.parametrize("kind", MISSPELT)
def test_a_misspelt_id_is_one_fault(small: SmallDossier, kind: str) -> None:
    assert [fault[0] for fault in told(given(small, MISSPELT[kind][0]))] == ["unknown-id"]


@pytest.mark.parametrize("method", ["rank-order", "swing"])
def test_an_id_that_stands_twice_is_one_fault(small: SmallDossier, method: str) -> None:
    body = f"method: {method}\norder: [crossings > waiting > outlay > waiting]\n"
    assert [fault[0] for fault in told(given(small, body))] == ["order-twice"]


def test_a_misspelt_row_without_comparisons(small: SmallDossier) -> None:
    assert [fault[0] for fault in told(given(small, AHP + "  outly: {}\n"))] == ["unknown-id"]


def test_places_within_comparisons(small: SmallDossier) -> None:
    assert told(given(small, BEST_WORST.replace("crossings: 4", "crossings: 5"))) == [
        ("best-worst-contradict", ("crossings", "outlay"), "11:34"),
    ]
    assert told(given(small, BEST_WORST.replace("{waiting: 2, outlay: 4}", "{waiting: 12, outlay: 4}"))) == [
        ("comparison-off-scale", ("waiting",), "10:31"),
    ]
    assert told(given(small, BEST_WORST.replace("waiting: 2, outlay", "outlay"))) == [
        ("comparison-missing", ("crossings", "waiting"), "10:21"),
    ]
    assert told(given(small, BEST_WORST.replace("worst: outlay", "worst: crossings")))[0][0] == "best-is-worst"
    assert told(given(small, AHP.replace("waiting: {outlay: 1/9}", "waiting: {outlay: 1/9, crossings: 2}"))) == [
        ("not-reciprocal", ("crossings", "waiting"), "9:37"),
    ]
    assert told(given(small, AHP.replace("waiting: 3, ", ""))) == [
        ("comparison-missing", ("crossings", "waiting"), "8:14")
    ]


def test_what_does_not_stand_side_by_side(small: SmallDossier) -> None:
    body = "method: ahp\nacross: siblings\npairwise:\n  service: {money: 2}\n  crossings: {waiting: 2, outlay: 3}\n"
    assert told(given(small, body)) == [("not-siblings", ("crossings", "outlay"), "10:35")]
    body = "method: swing\nacross: siblings\norder:\n  - service > money\n  - crossings > waiting > outlay\n"
    assert ("not-siblings", ("crossings", "outlay"), "10:5") in told(given(small, body))


def test_groups_that_are_ordered_across_leaves(small: SmallDossier) -> None:
    fault = given(small, "method: rank-order\norder: [service > money]\n").faults()[0]
    assert (fault.code, fault.ids, where(fault)) == ("judgement-on-group", ("service", "money"), f"{W}:7:9")
    assert "across: siblings" in fault.remedy


# --- cross-checks ---


def test_cross_checks_derive_no_weight(small: SmallDossier) -> None:
    body = (
        POINTS + "cross-checks: [{of: crossings, beside: outlay, said: 90}, {of: service, beside: money, said: 140}]\n"
    )
    assert shares(given(small, body)) == [0.25, 0.25, 0.5]
    model = small.load().weighting().model
    assert [(check.of, check.beside, check.said) for check in model.cross_checks] == [
        ("crossings", "outlay", 90.0), ("service", "money", 140.0),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("check", "code", "place", "remedy"),
    [
        ("{of: crosings, beside: outlay, said: 9}", "unknown-id", "8:21", "did you mean `crossings`?"),
        ("{of: crossings, beside: outly, said: 9}", "unknown-id", "8:40", "did you mean `outlay`?"),
        ("{of: crossings, beside: outlay, said: -9}", "greater-than-equal", "8:54", "at least 0"),
        ("{of: crossings, beside: outlay}", "key-missing", "8:16", "said"),
        ("{of: crossings, besides: outlay, said: 9}", "key-unknown", "8:32", "did you mean `beside`?"),
    ],
)
def test_what_is_no_cross_check(small: SmallDossier, check: str, code: str, place: str, remedy: str) -> None:
    fault = given(small, POINTS + f"cross-checks: [{check}]\n").fault()
    assert (fault.code, where(fault)) == (code, f"{W}:{place}")
    assert remedy in fault.remedy


def test_a_cross_check_of_a_participant(small: SmallDossier) -> None:
    body = PEOPLE + "    cross-checks: [{of: crossings, beside: outly, said: 9}]\ncombine: mean\n"
    fault = given(small, body).fault()
    assert (fault.code, where(fault)) == ("unknown-id", f"{W}:14:44")


def test_a_cross_check_of_the_set_beside_participants(small: SmallDossier) -> None:
    body = PEOPLE + "combine: mean\ncross-checks: [{of: crossings, beside: outlay, said: 9}]\n"
    assert given(small, body).fault().code == "answers-twice"


def test_a_cross_check_of_a_swing_with_itself(small: SmallDossier) -> None:
    body = POINTS + "cross-checks: [{of: outlay, beside: outlay, said: 9}]\n"
    assert where(given(small, body).fault()).startswith(f"{W}:8:")


# --- participants ---


def test_participants_are_combined_by_the_rule(small: SmallDossier) -> None:
    dossier = given(small, PEOPLE + "combine: mean\n").load()
    assert dossier.weights("even").shares.tolist() == pytest.approx([0.375, 0.125, 0.5])
    found = dossier.weighting("even")
    assert (found.id, found.set_id, found.title, found.holder) == ("even", "even", "Even", "The council (role)")
    assert found.elicited is None
    assert isinstance(found.combined, Combined)
    assert list(found.combined.participants) == ["ann", "bob"]
    assert dossier.weight_sets == ("even", "quick")


def test_a_participant_can_be_named(small: SmallDossier) -> None:
    dossier = given(small, PEOPLE + "combine: median\n").load()
    found = dossier.weighting("even/bob")
    assert (found.id, found.set_id, found.title, found.holder) == ("even/bob", "even", "Even: Treasurer", "Treasurer")
    assert found.weights.id == "even/bob"
    assert found.weights.shares.tolist() == [0.5, 0.0, 0.5]
    assert found.combined is None
    assert found.elicited is not None
    assert dossier.rank("even/bob").weights.id == "even/bob"


def test_without_a_rule_each_participant_stands_alone(small: SmallDossier) -> None:
    small.edit(D, "weights: even", "weights: quick")
    dossier = given(small, PEOPLE).load()
    assert dossier.weight_sets == ("quick", "even/ann", "even/bob")
    assert [vector.id for vector in map(dossier.weights, dossier.weight_sets)] == list(dossier.weight_sets)
    assert dossier.overview() is not None
    found = dossier.contents.elicited["even"]
    assert isinstance(found, Combined)
    assert found.weights is None


def test_a_set_that_does_not_say_how_to_combine_cannot_be_ranked_by(small: SmallDossier) -> None:
    small.edit(D, "weights: even", "weights: quick")
    fault = refused(given(small, PEOPLE), "even")
    assert (fault.code, fault.ids, where(fault)) == ("not-combined", ("even",), f"{W}:7:1")
    assert "holds 2 participants" in fault.message
    assert "even/ann" in fault.remedy
    assert "combine:" in fault.remedy


def test_the_default_set_must_say_how_to_combine(small: SmallDossier) -> None:
    fault = given(small, PEOPLE).fault()
    assert (fault.code, fault.ids, where(fault)) == ("not-combined", ("even",), f"{D}:12:10")
    assert "write combine:" in fault.remedy


@pytest.mark.parametrize(
    ("weights", "ids", "remedy"),
    [
        ("evn", ("evn",), "did you mean `even`?"),
        ("evn/ann", ("evn",), "did you mean `even`?"),
        ("even/an", ("an",), "did you mean `ann`?"),
        ("even/ann/x", ("ann/x",), "ann"),
        ("quick/ann", ("quick",), "rank under quick"),
    ],
)
def test_weights_that_are_not_there(small: SmallDossier, weights: str, ids: tuple[str, ...], remedy: str) -> None:
    fault = refused(given(small, PEOPLE + "combine: mean\n"), weights)
    assert (fault.code, fault.ids) == ("unknown-id", ids)
    assert remedy in fault.remedy


@pytest.mark.parametrize("weights", ["even/", "quick/"])
def test_a_participant_without_a_name_is_none(small: SmallDossier, weights: str) -> None:
    assert refused(given(small, PEOPLE + "combine: mean\n"), weights).code == "unknown-id"


def test_participants_and_judgements_of_the_set_itself(small: SmallDossier) -> None:
    for answers in ("judgements: {crossings: 1, waiting: 1, outlay: 2}", "judgements: {}", "order: []"):
        fault = given(small, PEOPLE + f"combine: mean\n{answers}\n").fault()
        assert (fault.code, fault.ids, where(fault)) == ("answers-twice", ("even",), f"{W}:15:1")
        assert "as well as theirs" in fault.message
        assert fault.remedy


def test_two_participants_of_the_same_id(small: SmallDossier) -> None:
    fault = given(small, (PEOPLE + "combine: mean\n").replace("id: bob", "id: ann")).fault()
    assert (fault.code, fault.ids, where(fault)) == ("id-twice", ("ann",), f"{W}:11:9")


def test_faults_of_all_participants_come_in_one_run(small: SmallDossier) -> None:
    body = (PEOPLE + "combine: mean\n").replace("waiting: 1", "waitng: 1").replace("waiting: 0", "waiting: -1")
    assert told(given(small, body)) == [
        ("unknown-id", ("waitng",), "10:32"),
        ("weight-negative", ("waiting",), "13:41"),
    ]


def test_the_places_of_participants_answers(small: SmallDossier) -> None:
    body = """\
method: swing
combine: mean
participants:
  - {id: ann, name: Ann, judgements: {crossings: 100, waiting: 50, outlay: 20}}
  - id: bob
    name: Bob
    judgements: {crossings: 100}
    order:
      - crossings > waiting
      - waiting > outlay > waiting
"""
    assert ("order-twice", ("waiting",), "15:9") in told(given(small, body))
    body = body.replace(" > waiting\n\n", "\n").replace("waiting > outlay > waiting", "waiting > outly")
    assert ("unknown-id", ("outly",), "15:9") in told(given(small, body))


@pytest.mark.parametrize(
    ("old", "new", "code", "place"),
    [
        ("    judgements: {crossings: 1, waiting: 0, outlay: 1}\n", "", "no-judgements", "11:5"),
        ("judgements: {crossings: 1, waiting: 0, outlay: 1}", "judgements: {}", "no-judgements", "13:5"),
        (
            "judgements: {crossings: 1, waiting: 0, outlay: 1}",
            "order: [crossings > waiting]",
            "answers-not-read",
            "13:5",
        ),
        ("    name: Treasurer\n", "", "key-missing", "11:5"),
        ("name: Treasurer", "nam: Treasurer", "key-unknown", "12:5"),
        ("id: bob", "id: Bob", "id", "11:9"),
        ("name: Treasurer", "name: Treasurer\n    date: 2026-02-30", "date", "13:11"),
    ],
)
def test_what_is_no_participant(small: SmallDossier, old: str, new: str, code: str, place: str) -> None:
    assert old in PEOPLE
    fault = given(small, (PEOPLE + "combine: mean\n").replace(old, new)).fault()
    assert (fault.code, where(fault)) == (code, f"{W}:{place}")
    assert fault.remedy


def test_a_geometric_mean_with_a_zero(small: SmallDossier) -> None:
    fault = given(small, PEOPLE + "combine: geometric\n").fault()
    assert (fault.code, fault.ids, where(fault)) == ("geometric-zero", ("bob", "waiting"), f"{W}:11:5")


def test_medians_that_are_all_zero(small: SmallDossier) -> None:
    people = "".join(
        f"  - {{id: p{index}, name: P, judgements: {{crossings: {a}, waiting: {b}, outlay: {c}}}}}\n"
        for index, (a, b, c) in enumerate(((1, 0, 0), (0, 1, 0), (0, 0, 1)))
    )
    fault = given(small, "method: points\ncombine: median\nparticipants:\n" + people).fault()
    assert (fault.code, fault.ids, where(fault)) == ("weights-all-zero", ("even",), f"{W}:7:10")


def test_a_rule_that_is_none(small: SmallDossier) -> None:
    fault = given(small, PEOPLE + "combine: average\n").fault()
    assert where(fault) == f"{W}:14:10"
    assert "mean" in fault.remedy


def test_a_set_is_not_its_own_parent(small: SmallDossier) -> None:
    assert where(given(small, POINTS + "parent: even\n").fault()) == f"{W}:8:9"


def test_a_parent_that_is_not_there(small: SmallDossier) -> None:
    given(small, POINTS + "parent: quik\n")
    (finding,) = small.findings()
    assert (finding.code, where(finding), finding.ids) == ("parent-gone", f"{W}:8:9", ("even", "quik"))
    assert given(small, POINTS + "parent: quick\n").findings() == ()
    (finding,) = given(small, POINTS + "parent: quick/chair\n").findings()
    assert finding.ids == ("even", "quick/chair")


# --- the examples of the page about weights ---

POOL = """\
format: 1
criteria:
  - id: use
    title: Use
    criteria:
      - {id: visits, title: Visits, unit: thousand, direction: more-is-better,
         scale: {low: {at: 0, means: None}, high: {at: 80, means: Eighty}}}
      - {id: lessons, title: Lessons, unit: per cent, direction: more-is-better,
         scale: {low: {at: 40, means: Few}, high: {at: 95, means: Nearly all}}}
  - id: burden
    title: Burden
    criteria:
      - {id: outlay, title: Outlay, unit: million, direction: less-is-better,
         scale: {low: {at: 0, means: Nothing}, high: {at: 12, means: The reserve}}}
      - {id: noise, title: Noise, unit: homes, direction: less-is-better,
         scale: {low: {at: 0, means: None}, high: {at: 60, means: Sixty}}}
"""
PAGE = {  # by the figures on the page: the weights of visits, lessons, outlay and noise, in per cent
    "lessons have 45% of total weight": (15, 45, 28, 12),
    "25, 40, 25 and 10%": (25, 40, 25, 10),
    "40, 24, 28 and 8%": (24, 40, 28, 8),
    "44.3, 28.0, 21.8 and 5.9%": (28.0, 44.3, 21.8, 5.9),
    "lessons 52.1, visits 22.9, outlay 16.0, noise 9.0%": (22.9, 52.1, 16.0, 9.0),
    "In proportion: 10, 20, 25 and 45%": (20, 45, 25, 10),
    "52.1, 27.1, 14.6, 6.3": (14.6, 52.1, 27.1, 6.3),
    "lessons 48.0, visits 24.2, outlay 20.4, noise 7.4%": (24.2, 48.0, 20.4, 7.4),
    "lessons 48.8, visits 26.2, outlay 17.5, noise 7.5%": (26.2, 48.8, 17.5, 7.5),
}


def examples(page: str) -> list[str]:
    """The YAML on the page that contains judgements."""
    blocks = [block.split("```")[0] for block in page.split("```yaml\n")[1:]]
    return [block for block in blocks if block.startswith("method:")]


def test_the_examples_of_the_page_give_the_weights_that_it_says(small: SmallDossier, root: Path) -> None:
    page = (root / "docs/weights.md").read_text(encoding="utf-8")
    for words in PAGE:
        assert words in page
    small.put("criteria/criteria.yaml", POOL)
    small.put(D, (small.root / D).read_text(encoding="utf-8").replace("baseline: as-is\n", ""))
    (small.root / Q).unlink()
    for name in ("as-is", "east-quay"):
        (small.root / f"options/{name}.yaml").unlink()
    small.put(
        "options/new-mole.yaml",
        "format: 1\ntitle: A mole\nscores: {visits: 10, lessons: 50, outlay: 3, noise: 4}\n",
    )
    derived = []
    for block in examples(page):
        if "participants:" not in block:
            small.put(W, HEAD + block)
            derived.append([round(100 * share, 1) for share in small.load().weights().shares.tolist()])
    for words, numbers in PAGE.items():
        assert [float(number) for number in numbers] in derived, words


def test_what_is_wrong_with_settings_checks_and_judgements_is_told_in_one_run(small: SmallDossier) -> None:
    small.put(
        "criteria/weights/even.yaml",
        EVEN.partition("method:")[0]
        + "method: ahp\ntotal: 100\npairwise: {crossings: {waiting: 12}}\n"
        + "cross-checks: [{of: waitin, beside: waiting, said: 1}]\n",
    )
    assert sorted(fault.code for fault in small.faults()) == [
        "comparison-missing",
        "comparison-missing",
        "comparison-off-scale",
        "setting-not-read",
        "unknown-id",
    ]


def test_a_participant_with_other_answers_does_not_hide_what_is_wrong_with_the_next(small: SmallDossier) -> None:
    small.put(
        "criteria/weights/panel.yaml",
        "format: 1\ntitle: P\nholder: H\nstatus: elicited\nrationale: R.\nmethod: points\nparticipants:\n"
        "  - {id: ann, name: Ann, order: crossings > waiting}\n"
        "  - {id: bob, name: Bob, judgements: {crossings: -1, waiting: 1, outlay: 1}}\n",
    )
    assert [fault.code for fault in small.faults()] == ["answers-not-read", "weight-negative"]
