"""The value tree by itself: each fault of a scale, a value function or a red line, with its place and remedy."""

from __future__ import annotations

import pytest

from policy_options.errors import Fault, PolicyOptionsError
from support import SmallDossier

C = "criteria/criteria.yaml"
AS_IS = "options/as-is.yaml"
ENDS = "          low: {at: 0, means: None at all}\n          high: {at: 20, means: One in each hour of the day}\n"
WAITING = "          low: {at: 0, means: Walk on}\n          high: {at: 60, means: An hour}\n"
LEVELS = (
    "            - {id: small, means: Below a year's upkeep, value: 100}\n"
    "            - {id: middling, means: One to five years' upkeep, value: 40}\n"
    "            - {id: large, means: Above five years' upkeep, value: 0}\n"
)


def where(fault: Fault) -> str:
    return str(fault.place)


def told(small: SmallDossier, old: str, new: str) -> Fault:
    small.edit(C, old, new)
    return small.fault()


@pytest.mark.parametrize(
    ("old", "new", "place", "name"),
    [
        ("id: waiting", "id: crossings", "13:13", "crossings"),
        ("id: waiting", "id: service", "13:13", "service"),
        ("id: money", "id: crossings", "20:9", "crossings"),
    ],
)
def test_criteria_and_groups_share_their_ids(small: SmallDossier, old: str, new: str, place: str, name: str) -> None:
    small.edit(C, old, new)
    fault = next(fault for fault in small.faults() if fault.place and fault.place.file == C)
    assert (fault.code, where(fault), fault.ids) == ("id-twice", f"{C}:{place}", (name,))
    assert f"`{name}` is used twice" in fault.message
    assert "rename" in fault.remedy


def test_a_second_cost_group(small: SmallDossier) -> None:
    fault = told(small, "    title: Service\n", "    title: Service\n    role: cost\n")
    assert (fault.code, where(fault)) == ("cost-group-twice", f"{C}:23:11")
    assert "`money` is a second cost group" in fault.message
    assert "keep one" in fault.remedy


def test_a_step_that_no_performance_could_take(small: SmallDossier) -> None:
    fault = told(small, "        unit: minutes\n", "        unit: minutes\n        step: 61\n")
    assert (fault.code, fault.ids) == ("step", ("waiting",))
    assert "wider than the scale from 0 to 60" in fault.message
    assert "smallest difference" in fault.remedy


def test_a_step_on_levels(small: SmallDossier) -> None:
    fault = told(small, "        judged: true\n", "        judged: true\n        step: 1\n")
    assert (fault.code, fault.ids) == ("step", ("outlay",))
    assert "steps of its own" in fault.message
    assert "delete" in fault.remedy


@pytest.mark.parametrize(
    ("after", "thresholds", "steps", "words", "remedy"),
    [
        ("minutes", "{}", "", "the thresholds are empty", "write indifferent:"),
        ("minutes", "{veto: 0}", "veto", "the veto is 0, so that any difference would be one", "veto: none"),
        (
            "minutes",
            "{indifferent: 9, prefer: 5}",
            "indifferent",
            "indifferent (9) is above prefer (5)",
            "let them rise",
        ),
        ("minutes", "{prefer: 9, veto: 5.5}", "prefer", "prefer (9) is above veto (5.5)", "let them rise"),
        ("minutes", "{indifferent: 9, veto: 5}", "indifferent", "indifferent (9) is above veto (5)", "let them rise"),
        (
            "minutes",
            "{veto: 61}",
            "veto",
            "veto is 61, and no two performances on the scale from 0 to 60",
            "veto: none",
        ),
        ("minutes", "{prefer: 60.5}", "prefer", "prefer is 60.5, and no two performances", "can occur"),
        ("judged band", "{prefer: 3}", "prefer", "no two performances on 3 levels are so far apart", "can occur"),
    ],
)
def test_thresholds(small: SmallDossier, after: str, thresholds: str, steps: str, words: str, remedy: str) -> None:
    fault = told(small, f"unit: {after}\n", f"unit: {after}\n        thresholds: {thresholds}\n")
    assert (fault.code, fault.ids) == ("thresholds", ("waiting" if after == "minutes" else "outlay",))
    assert words in fault.message
    assert remedy in fault.remedy
    _, line, column = where(fault).split(":")
    before = (small.root / C).read_text(encoding="utf-8").split("\n")[int(line) - 1][: int(column) - 1]
    assert before.endswith(f"{steps}: " if steps else "thresholds: ")


@pytest.mark.parametrize(
    ("thresholds", "code"),
    [("{prefer: 0}", "greater-than"), ("{indifferent: -1}", "greater-than-equal"), ("{vetoes: 3}", "key-unknown")],
)
def test_thresholds_that_are_no_differences(small: SmallDossier, thresholds: str, code: str) -> None:
    fault = told(small, "unit: minutes\n", f"unit: minutes\n        thresholds: {thresholds}\n")
    assert fault.code == code
    assert fault.remedy


def test_a_veto_is_a_number_or_none(small: SmallDossier) -> None:
    fault = told(small, "unit: minutes\n", "unit: minutes\n        thresholds: {veto: never}\n")
    assert (fault.code, where(fault)) == ("thresholds", f"{C}:16:28")
    assert fault.message == "the veto is neither a number nor `none`"
    assert "veto: none" in fault.remedy


def test_thresholds_on_a_local_scale_have_no_length_to_fit(small: SmallDossier) -> None:
    small.edit(C, WAITING, "          kind: local\n          because: x\n        thresholds: {veto: 900}\n")
    assert small.faults() == ()


def test_a_scale_upside_down(small: SmallDossier) -> None:
    fault = told(small, "low: {at: 0, means: Walk on}", "low: {at: 90, means: Walk on}")
    assert (fault.code, where(fault), fault.ids) == ("scale-upside-down", f"{C}:18:16", ("waiting",))
    assert "the low end (90) is above the high end (60)" in fault.message
    assert "swap them" in fault.remedy
    assert "direction" in fault.remedy


def test_an_empty_scale(small: SmallDossier) -> None:
    fault = told(small, "low: {at: 0, means: Walk on}", "low: {at: 60, means: Walk on}")
    assert (fault.code, where(fault)) == ("scale-empty", f"{C}:19:17")
    assert "both ends of the scale are at 60" in fault.message
    assert fault.remedy == "move one of them"


@pytest.mark.parametrize(("end", "other"), [("low", "high"), ("high", "low")])
def test_a_scale_that_lacks_an_end(small: SmallDossier, end: str, other: str) -> None:
    line = next(line for line in WAITING.splitlines(keepends=True) if f" {end}:" in line)
    fault = told(small, line, "")
    assert (fault.code, where(fault)) == ("scale-end-missing", f"{C}:18:11")
    assert f"no {end} end" in fault.message
    assert f"write {end}:" in fault.remedy
    assert other not in fault.message


def test_a_scale_of_levels_and_ends(small: SmallDossier) -> None:
    fault = told(small, "          levels:", "          low: {at: 0, means: x}\n          levels:")
    assert (fault.code, where(fault)) == ("scale-mixed", f"{C}:30:11")
    assert "both levels and ends" in fault.message
    assert "keep" in fault.remedy


def test_a_scale_so_wide_that_its_width_is_no_number(small: SmallDossier) -> None:
    small.edit(C, ENDS, "          low: {at: -1e308, means: x}\n          high: {at: 1e308, means: y}\n")
    assert small.faults(), "the width of the scale is not finite, and every value on it would be 0 or NaN"


@pytest.mark.parametrize(
    ("low", "high", "end"), [("0", "1.1e18", "high"), ("-1e20", "0", "low"), ("1e300", "2e300", "high")]
)
def test_an_end_beyond_what_is_calculated(small: SmallDossier, low: str, high: str, end: str) -> None:
    ends = f"          low: {{at: {low}, means: x}}\n          high: {{at: {high}, means: y}}\n"
    small.edit(C, ENDS, ends)
    fault = next(one for one in small.faults() if one.code == "scale-too-wide")
    assert fault.message.endswith("; performances are from -1e+18 to 1e+18")
    assert fault.remedy == "use a larger unit, such as millions"


def test_a_score_on_a_local_scale_beyond_what_is_calculated(small: SmallDossier) -> None:
    small.edit(C, WAITING, LOCAL)
    small.edit("options/new-mole.yaml", "waiting: 12", "waiting: 2e18")
    with pytest.raises(PolicyOptionsError) as caught:
        small.load().rank()
    (fault,) = caught.value.faults
    assert fault.code == "score-too-large"
    assert fault.message.startswith("a score on `waiting` is not between -1e+18 and 1e+18")


# --- local scales ---


LOCAL = "          kind: local\n          because: No benchmark is at hand.\n"


def test_a_local_scale_is_read(small: SmallDossier) -> None:
    small.edit(C, WAITING, LOCAL)
    problem = small.load().problem
    waiting = next(criterion for criterion in problem.criteria if criterion.id == "waiting")
    assert waiting.local
    assert (waiting.low, waiting.high) == (12.0, 50.0)


def test_a_local_scale_says_why(small: SmallDossier) -> None:
    fault = told(small, WAITING, "          kind: local\n")
    assert (fault.code, where(fault)) == ("local-scale", f"{C}:18:11")
    assert "does not say why" in fault.message
    assert fault.remedy == "write because:"


def test_a_local_scale_has_no_ends_of_its_own(small: SmallDossier) -> None:
    fault = told(small, WAITING, LOCAL + WAITING)
    assert (fault.code, where(fault)) == ("local-scale", f"{C}:18:11")
    assert "ends from the options" in fault.message
    assert "global" in fault.remedy


def test_a_local_scale_has_no_curve(small: SmallDossier) -> None:
    fault = told(small, WAITING, LOCAL + "        value-function: {kind: exponential, midpoint: 20}\n")
    assert (fault.code, where(fault)) == ("local-scale", f"{C}:20:25")
    assert "needs fixed ends" in fault.message
    assert "global" in fault.remedy


@pytest.mark.parametrize("at", ["small", "unknown"])
def test_a_red_line_on_a_local_scale_is_a_number(small: SmallDossier, at: str) -> None:
    small.edit(C, WAITING, LOCAL + f"        red-line: {{at: {at}, because: x}}\n")
    fault = small.fault()
    assert (fault.code, where(fault)) == ("red-line", f"{C}:20:24")
    assert "not a number" in fault.message


# --- value functions ---


@pytest.mark.parametrize(
    ("function", "code", "place", "words", "remedy"),
    [
        ("{kind: linear, midpoint: 20}", "value-function", "20:50", "a midpoint belongs to exponential", "delete it"),
        ("{kind: linear, points: [{at: 0, value: 100}]}", "value-function", "20:48",
         "points belong to piecewise-linear", "delete them"),
        ("{kind: exponential}", "value-function", "20:25", "no midpoint", "midpoint: the performance worth half the swing"),
        ("{kind: exponential, midpoint: 0}", "midpoint", "20:55", "not well inside the scale from 0 to 60", "half the swing"),
        ("{kind: exponential, midpoint: 61}", "midpoint", "20:55", "the midpoint 61", "piecewise-linear"),
        ("{kind: piecewise-linear}", "value-function", "20:25", "fewer than two points", "at least its two ends"),
        ("{kind: piecewise-linear, points: [{at: 0, value: 100}]}", "value-function", "20:58",
         "fewer than two points", "two ends"),
        ("{kind: piecewise-linear, points: [{at: 5, value: 100}, {at: 60, value: 0}]}", "value-function", "20:59",
         "the first point is (5, 100)", "write at: 0, value: 100"),
        ("{kind: piecewise-linear, points: [{at: 0, value: 100}, {at: 60, value: 5}]}", "value-function", "20:80",
         "the last point is (60, 5)", "write at: 60, value: 0"),
        ("{kind: piecewise-linear, points: [{at: 0, value: 100}, {at: 0, value: 50}, {at: 60, value: 0}]}",
         "value-function", "20:85",
         "do not rise in performance", "sort them"),
        ("{kind: piecewise-linear, points: [{at: 0, value: 100}, {at: 20, value: 30}, {at: 40, value: 50}, {at: 60, value: 0}]}",
         "value-function", "20:117", "the value turns back here, though less is better", "one way"),
    ],
)  # fmt: skip
def test_value_functions(small: SmallDossier, function: str, code: str, place: str, words: str, remedy: str) -> None:
    fault = told(small, WAITING, WAITING + f"        value-function: {function}\n")
    assert (fault.code, where(fault), fault.ids) == (code, f"{C}:{place}", ("waiting",))
    assert words in fault.message
    assert remedy in fault.remedy


@pytest.mark.parametrize(
    "function",
    [
        "{kind: linear}",
        "{kind: exponential, midpoint: 30}",
        "{kind: exponential, midpoint: 1.2}",
        "{kind: piecewise-linear, points: [{at: 0, value: 100}, {at: 30, value: 20}, {at: 40, value: 20}, {at: 60, value: 0}]}",
    ],
)
def test_value_functions_that_fit(small: SmallDossier, function: str) -> None:
    small.edit(C, WAITING, WAITING + f"        value-function: {function}\n")
    assert small.faults() == ()


def test_a_fault_of_a_value_function_hides_no_score_off_its_scale(small: SmallDossier) -> None:
    small.edit(C, WAITING, WAITING + "        value-function: {kind: linear, midpoint: 20}\n")
    small.edit(AS_IS, "high: 50", "high: 500")
    assert sorted(fault.code for fault in small.faults()) == ["score-off-scale", "value-function"]


# --- levels ---


@pytest.mark.parametrize(
    ("old", "new", "code", "place", "words", "remedy"),
    [
        ("{id: large,", "{id: small,", "id-twice", "33:20", "the level `small` appears twice", "rename"),
        ("{id: middling,", "{id: unknown,", "id", "32:20", "cannot be called unknown", "another id"),
        ("upkeep, value: 100", "upkeep, value: 90", "level-value", "31:64", "the first level is 90", "write 100"),
        ("value: 0}", "value: 10}", "level-value", "33:67", "the last level is 10", "write 0"),
        ("value: 40}", "value: 140}", "level-value", "32:71", "turns back here, though less is better", "one way"),
        ("value: 40}", "value: -4}", "level-value", "33:67", "turns back", "one way"),
    ],
)
def test_levels(small: SmallDossier, old: str, new: str, code: str, place: str, words: str, remedy: str) -> None:
    small.edit(C, old, new)
    fault = next(fault for fault in small.faults() if fault.place and fault.place.file == C)
    assert (fault.code, where(fault), fault.ids) == (code, f"{C}:{place}", ("outlay",))
    assert words in fault.message
    assert remedy in fault.remedy
    assert len([fault for fault in small.faults() if fault.place and fault.place.file == C]) == 1


def test_levels_against_their_direction_are_one_mistake(small: SmallDossier) -> None:
    small.edit(
        C,
        "        direction: less-is-better\n        scale:\n          levels",
        "        direction: more-is-better\n        scale:\n          levels",
    )
    assert {fault.code for fault in small.faults()} == {"level-value"}
    assert len(small.faults()) == 1


def test_a_single_level(small: SmallDossier) -> None:
    small.edit(C, LEVELS, "            - {id: small, means: x, value: 100}\n")
    fault = next(fault for fault in small.faults() if fault.place and fault.place.file == C)
    assert (fault.code, where(fault)) == ("scale-empty", f"{C}:31:13")
    assert "a single level" in fault.message
    assert "at least two" in fault.remedy


def test_levels_take_no_value_function(small: SmallDossier) -> None:
    fault = told(small, LEVELS, LEVELS + "        value-function: {kind: linear}\n")
    assert (fault.code, where(fault)) == ("value-function", f"{C}:34:25")
    assert "levels carry their own values" in fault.message
    assert "delete" in fault.remedy


# --- red lines ---


@pytest.mark.parametrize(
    ("after", "line", "place", "words", "remedy"),
    [
        (WAITING, "{at: 61, because: x}", "20:24", "the red line at 61 is off the scale from 0 to 60", "move it"),
        (WAITING, "{at: small, because: x}", "20:24", "not a number", "number in the unit"),
        (WAITING, "{at: unknown, because: x}", "20:24", "not a number", "number in the unit"),
        (LEVELS, "{at: huge, because: x}", "34:24", "not one of the levels", "small, middling, large"),
        (LEVELS, "{at: 1, because: x}", "34:24", "not one of the levels", "small, middling, large"),
        (LEVELS, "{at: unknown, because: x}", "34:24", "not one of the levels", "small, middling, large"),
    ],
)
def test_red_lines(small: SmallDossier, after: str, line: str, place: str, words: str, remedy: str) -> None:
    fault = told(small, after, after + f"        red-line: {line}\n")
    assert (fault.code, where(fault)) == ("red-line", f"{C}:{place}")
    assert words in fault.message
    assert remedy in fault.remedy


@pytest.mark.parametrize(("after", "at"), [(WAITING, "0"), (WAITING, "60"), (LEVELS, "large"), (WAITING, "45.5")])
def test_red_lines_that_fit(small: SmallDossier, after: str, at: str) -> None:
    small.edit(C, after, after + f"        red-line: {{at: {at}, because: x}}\n")
    assert small.faults() == ()


def test_numbers_in_messages_are_told_apart(small: SmallDossier) -> None:
    fault = told(small, WAITING, WAITING.replace("at: 0", "at: 1000002").replace("at: 60", "at: 1000001"))
    assert "1000002" in fault.message.replace(",", "")
    assert "1000001" in fault.message.replace(",", "")


NESTED = """\
format: 1
criteria:
  - id: a
    title: A
    criteria:
      - id: b
        title: B
        criteria:
          - id: crossings
            title: Crossings
            unit: u
            direction: more-is-better
            scale: {low: {at: 0, means: x}, high: {at: 20, means: y}}
"""


def test_a_group_within_a_group(small: SmallDossier) -> None:
    small.put(C, NESTED)
    small.edit("criteria/weights/even.yaml", "{crossings: 1, waiting: 1, outlay: 2}", "{crossings: 1}")
    small.edit(
        "criteria/weights/quick.yaml",
        "{service: 100, money: 25, crossings: 50, waiting: 100, outlay: 100}",
        "{a: 100, b: 100, crossings: 100}",
    )
    for option, score in (("as-is", 4), ("east-quay", 8), ("new-mole", 16)):
        small.put(f"options/{option}.yaml", f"format: 1\ntitle: {option}\nscores: {{crossings: {score}}}\n")
    dossier = small.load()
    assert [group.id for group in dossier.contents.leaves["crossings"][2]] == ["a", "b"]
    assert dossier.weights("quick").shares.tolist() == [1.0]
