"""Scores against the criteria: missing and surplus ones, off the scale, out of order, or in another unit."""

from __future__ import annotations

import pytest

from policy_options.errors import Fault
from support import CRITERIA, SmallDossier

C = "criteria/criteria.yaml"
AS_IS = "options/as-is.yaml"


def where(fault: Fault) -> str:
    return str(fault.place)


def test_a_missing_score(small: SmallDossier) -> None:
    small.edit(AS_IS, "  crossings: 4\n", "")
    fault = small.fault()
    assert (fault.code, where(fault), fault.ids) == ("score-missing", f"{AS_IS}:4:3", ("as-is", "crossings"))
    assert "`as-is` has no score on `crossings`" in fault.message
    assert "crossings: unknown" in fault.remedy


def test_no_scores_at_all(small: SmallDossier) -> None:
    small.put(AS_IS, "format: 1\ntitle: Nothing\nscores: {}\n")
    assert [(f.code, where(f), f.ids[1]) for f in small.faults()] == [
        ("score-missing", f"{AS_IS}:3:9", name) for name in ("crossings", "waiting", "outlay")
    ]


def test_a_surplus_score(small: SmallDossier) -> None:
    small.edit(AS_IS, "  crossings: 4\n", "  crossings: 4\n  noise: 4\n")
    fault = small.fault()
    assert (fault.code, where(fault), fault.ids) == ("unknown-id", f"{AS_IS}:5:3", ("as-is", "noise"))
    assert "`noise` is no criterion" in fault.message
    assert "there are: crossings, outlay, waiting" in fault.remedy


def test_a_misspelt_criterion_is_one_mistake_and_one_fault(small: SmallDossier) -> None:
    small.edit(AS_IS, "crossings: 4", "crosings: 4")
    fault = small.fault()
    assert (fault.code, where(fault)) == ("unknown-id", f"{AS_IS}:4:3")
    assert fault.remedy == "did you mean `crossings`?"


def test_a_score_on_a_group(small: SmallDossier) -> None:
    small.edit(AS_IS, "  crossings: 4\n", "  crossings: 4\n  service: 4\n")
    fault = small.fault()
    assert (fault.code, where(fault)) == ("score-on-group", f"{AS_IS}:5:3")
    assert "`service` is a group" in fault.message
    assert fault.remedy == "score crossings, waiting"


def test_a_surplus_score_among_many_criteria_still_has_a_remedy(small: SmallDossier) -> None:
    more = "".join(
        f"  - {{id: extra-{n}, title: Extra {n}, unit: u, direction: more-is-better, "
        "scale: {low: {at: 0, means: x}, high: {at: 1, means: y}}}\n"
        for n in range(20)
    )
    small.put(C, CRITERIA + more)
    small.edit(AS_IS, "scores:\n", "scores:\n  zzz: 1\n" + "".join(f"  extra-{n}: 1\n" for n in range(20)))
    fault = next(fault for fault in small.faults() if fault.ids == ("as-is", "zzz"))
    assert fault.remedy


@pytest.mark.parametrize(
    ("written", "column", "number"),
    [
        ("-3", 14, "-3"),
        ("20.5", 14, "20.5"),
        ("{likely: 21}", 23, "21"),
        ("{low: -1, likely: 4, high: 5}", 20, "-1"),
        ("{low: 1, likely: 4, high: 1e3}", 40, "1000"),
        ("{likely: 4, scorers: [{scorer: Ann, likely: 4}, {scorer: Bo, likely: 40}]}", 83, "40"),
    ],
)
def test_a_score_off_its_scale(small: SmallDossier, written: str, column: int, number: str) -> None:
    small.edit(AS_IS, "crossings: 4", f"crossings: {written}")
    fault = small.fault()
    assert (fault.code, where(fault), fault.ids) == ("score-off-scale", f"{AS_IS}:4:{column}", ("as-is", "crossings"))
    assert f"{number} is off the scale of `crossings`, 0 to 20 crossings" in fault.message
    assert "widen the scale" in fault.remedy


@pytest.mark.parametrize(
    "written", ["0", "20", "-0.0", "{low: 0, likely: 0, high: 20}", "{low: 4, likely: 4, high: 4}"]
)
def test_the_ends_are_on_the_scale(small: SmallDossier, written: str) -> None:
    small.edit(AS_IS, "crossings: 4", f"crossings: {written}")
    assert small.faults() == ()


@pytest.mark.parametrize(
    ("high", "score"), [("1000000", "1000001"), ("20", "20.0000001"), ("0.3", "0.30000000000000004")]
)
def test_a_score_just_off_its_scale_is_told_apart_from_its_end(small: SmallDossier, high: str, score: str) -> None:
    small.edit(C, "high: {at: 20,", f"high: {{at: {high},")
    for option in ("as-is", "east-quay", "new-mole"):
        text = (small.root / f"options/{option}.yaml").read_text(encoding="utf-8")
        lines = [
            f"  crossings: {score if option == 'as-is' else 0}" if line.startswith("  crossings") else line
            for line in text.splitlines()
        ]
        small.put(f"options/{option}.yaml", "\n".join(lines))
    message = small.fault().message.replace(",", "")
    assert score in message
    assert f"0 to {high} " in message


@pytest.mark.parametrize(
    "bounds",
    [
        "low: 5, likely: 4, high: 6",
        "low: 3, likely: 7, high: 6",
        "low: 9, likely: 9, high: 2",
        "low: 6, likely: 4, high: 2",
    ],
)
def test_numbers_out_of_order(small: SmallDossier, bounds: str) -> None:
    small.edit(AS_IS, "crossings: 4", f"crossings: {{{bounds}}}")
    fault = small.fault()
    assert (fault.code, where(fault), fault.ids) == ("bounds-out-of-order", f"{AS_IS}:4:14", ("as-is", "crossings"))
    assert "low, likely and high do not rise" in fault.message
    assert "low is the smaller number, whichever is better" in fault.remedy


def test_levels_out_of_order(small: SmallDossier) -> None:
    small.edit(AS_IS, "outlay: small", "outlay: {low: large, likely: middling, high: small}")
    fault = small.fault()
    assert (fault.code, where(fault)) == ("bounds-out-of-order", f"{AS_IS}:6:11")
    assert "low is the smaller level, whichever is better" in fault.remedy


def test_the_order_is_judged_for_each_scorer(small: SmallDossier) -> None:
    small.edit(AS_IS, "crossings: 4", "crossings: {likely: 4, scorers: [{scorer: Ann, low: 5, likely: 4, high: 6}]}")
    fault = small.fault()
    assert (fault.code, where(fault)) == ("bounds-out-of-order", f"{AS_IS}:4:36")


def test_a_score_off_its_scale_is_not_also_called_out_of_order(small: SmallDossier) -> None:
    small.edit(AS_IS, "crossings: 4", "crossings: {low: 30, likely: 4, high: 6}")
    assert small.fault().code == "score-off-scale"


@pytest.mark.parametrize(
    "written", ['"4"', "010", "yes", '"4.5"', '"-3"', "1:30", "12 minutes", "1_000", "0x1F", "4-5", "½"]
)
def test_text_where_a_criterion_takes_a_number(small: SmallDossier, written: str) -> None:
    small.edit(AS_IS, "crossings: 4", f"crossings: {written}")
    fault = small.fault()
    text = written.strip("'\"")
    assert (fault.code, where(fault)) == ("not-a-number", f"{AS_IS}:4:14")
    assert text in fault.message
    assert "`crossings` takes a number (crossings)" in fault.message
    assert "write a number without quotes" in fault.remedy


@pytest.mark.parametrize(("written", "found"), [("true", "`true`"), ("", "nothing"), ("[4]", "a list")])
def test_no_text_where_a_criterion_takes_a_number(small: SmallDossier, written: str, found: str) -> None:
    small.edit(AS_IS, "crossings: 4", f"crossings: {written}".rstrip())
    fault = small.fault()
    assert fault.code == "float-type"
    assert where(fault).startswith(f"{AS_IS}:4:1")
    assert f"{found}" in fault.message
    assert "is given where a number is expected" in fault.message


@pytest.mark.parametrize("bound", ["low", "high"])
def test_a_bound_cannot_be_unknown(small: SmallDossier, bound: str) -> None:
    bounds = {"low": "3", "high": "5"} | {bound: "unknown"}
    small.edit(AS_IS, "crossings: 4", f"crossings: {{low: {bounds['low']}, likely: 4, high: {bounds['high']}}}")
    fault = small.fault()
    assert fault.place is not None
    assert fault.place.line == 4
    assert "or unknown" not in fault.remedy, "unknown is what was written"


@pytest.mark.parametrize(
    ("written", "words", "remedy"),
    [
        ("smal", "smal", "did you mean `small`?"),
        ("huge", "huge", "large, middling, small"),
        ("Small", "Small", "small"),
        ("2", "2", "large, middling, small"),
        ("very large", "very large", "large"),
    ],
)
def test_no_level(small: SmallDossier, written: str, words: str, remedy: str) -> None:
    small.edit(AS_IS, "outlay: small", f"outlay: {written}")
    fault = small.fault()
    assert (fault.code, where(fault), fault.ids) == ("not-a-level", f"{AS_IS}:6:11", ("as-is", "outlay"))
    assert words in fault.message
    assert "no level of `outlay`" in fault.message
    assert remedy in fault.remedy
    assert "2.0" not in fault.message


def test_an_unknown_score_is_off_no_scale(small: SmallDossier) -> None:
    small.edit(AS_IS, "crossings: 4", "crossings: unknown")
    small.edit(AS_IS, "outlay: small", "outlay: unknown")
    assert small.faults() == ()


def test_scores_on_a_broken_scale_are_not_judged(small: SmallDossier) -> None:
    small.edit(C, "high: {at: 20,", "high: {at: -20,")
    assert small.fault().code == "scale-upside-down"


def test_any_number_is_on_a_local_scale(small: SmallDossier) -> None:
    small.edit(
        C,
        "          low: {at: 0, means: Walk on}\n          high: {at: 60, means: An hour}\n",
        "          kind: local\n          because: x\n",
    )
    small.edit(AS_IS, "waiting: {low: 30, likely: 40, high: 50}", "waiting: -1e9")
    assert small.faults() == ()
    small.edit(AS_IS, "waiting: -1e9", "waiting: long")
    assert small.fault().code == "not-a-number"


@pytest.mark.parametrize(
    ("written", "remedy"),
    [
        ("'4,5'", "write 4.5, in plain digits and signs"),
        ("４", "write 4, in plain digits and signs"),
        ("\u22124", "write -4, in plain digits and signs"),
        ("1 000", "write 1000, in plain digits and signs"),
        ("'1,000'", "write a number without quotes, or unknown"),
    ],
)
def test_a_number_in_other_digits_and_signs(small: SmallDossier, written: str, remedy: str) -> None:
    small.edit(AS_IS, "crossings: 4", f"crossings: {written}")
    assert (small.fault().code, small.fault().remedy) == ("not-a-number", remedy)


UNKNOWNS = ("unkown", "unknwon", "Unknown", "UNKNOWN", "unknown.", "unknow", "not unknown")
PLACEHOLDERS = ("n/a", "NA", "tbd", "'?'", "TBC", "no data", "not known", "'-'", "…", "未知")


@pytest.mark.parametrize("criterion", ["crossings: 4", "outlay: small"])
@pytest.mark.parametrize("written", UNKNOWNS)
def test_a_misspelt_unknown_is_not_taken_for_a_level(small: SmallDossier, criterion: str, written: str) -> None:
    small.edit("criteria/criteria.yaml", "id: small,", "id: unchanged,")  # which is nearer to it than any other level
    for name in ("as-is", "east-quay", "new-mole"):
        text = (small.root / f"options/{name}.yaml").read_text().replace("small", "unchanged")
        small.put(f"options/{name}.yaml", text)
    small.edit(AS_IS, criterion.replace("small", "unchanged"), f"{criterion.partition(':')[0]}: {written}")
    assert small.fault().remedy == "did you mean `unknown`?"


@pytest.mark.parametrize("criterion", ["crossings: 4", "outlay: small"])
@pytest.mark.parametrize("written", PLACEHOLDERS)
def test_a_placeholder_is_not_taken_for_a_level(small: SmallDossier, criterion: str, written: str) -> None:
    small.edit(AS_IS, criterion, f"{criterion.partition(':')[0]}: {written}")
    assert small.fault().remedy == "write unknown if nobody knows"


def test_a_misspelt_level_is_still_the_level(small: SmallDossier) -> None:
    small.edit(AS_IS, "outlay: small", "outlay: smal")
    assert small.fault().remedy == "did you mean `small`?"
