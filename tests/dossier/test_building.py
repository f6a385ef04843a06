"""From a checked dossier to the numbers for the analysis."""

from __future__ import annotations

from math import inf

import numpy as np
import pytest

from policy_options import PolicyOptionsError
from policy_options.analysis.problem import PairThresholds
from support import SmallDossier

C = "criteria/criteria.yaml"
WAITING = "          low: {at: 0, means: Walk on}\n          high: {at: 60, means: An hour}\n"
LOCAL = "          kind: local\n          because: x\n"


def test_options_come_by_id_with_the_baseline_first_and_criteria_as_in_the_file(small: SmallDossier) -> None:
    small.edit("criteria/decision.yaml", "baseline: as-is", "baseline: new-mole")
    problem = small.load().problem
    assert [option.id for option in problem.options] == ["new-mole", "as-is", "east-quay"]
    assert problem.criterion_ids == ("crossings", "waiting", "outlay")
    assert [(group.id, group.role) for group in problem.groups] == [("service", None), ("money", "cost")]
    assert [criterion.groups for criterion in problem.criteria] == [("service",), ("service",), ("money",)]


def test_a_dossier_without_a_baseline_keeps_the_order_of_ids(small: SmallDossier) -> None:
    small.edit("criteria/decision.yaml", "baseline: as-is\n", "")
    assert [option.id for option in small.load().problem.options] == ["as-is", "east-quay", "new-mole"]


def test_performances_and_bounds(small: SmallDossier) -> None:
    problem = small.load().problem
    assert problem.likely.tolist() == [[4, 40, 0], [10, 20, 1], [16, 12, 2]]
    assert problem.low.tolist() == [[4, 30, 0], [8, 20, 1], [16, 12, 2]]
    assert problem.high.tolist() == [[4, 50, 0], [12, 20, 2], [16, 12, 2]]


def test_an_unknown_score_stays_unknown(small: SmallDossier) -> None:
    small.edit("options/as-is.yaml", "outlay: small", "outlay: unknown")
    small.edit("options/as-is.yaml", "crossings: 4", "crossings: unknown")
    problem = small.load().problem
    assert np.isnan(problem.likely[0]).tolist() == [True, False, True]
    assert np.isnan(problem.low[0]).tolist() == np.isnan(problem.high[0]).tolist() == [True, False, True]


def test_axes(small: SmallDossier) -> None:
    small.edit(C, WAITING, WAITING + "        red-line: {at: 45, because: x}\n")
    small.edit(C, "value: 0}\n", "value: 0}\n        red-line: {at: middling, because: x}\n")
    crossings, waiting, outlay = small.load().problem.criteria
    assert (crossings.low, crossings.high, crossings.unit, crossings.local, crossings.levels) == (
        0,
        20,
        "crossings",
        False,
        (),
    )
    assert (waiting.red_line, waiting.direction) == (45.0, "less-is-better")
    assert (outlay.low, outlay.high, outlay.levels, outlay.red_line) == (0, 2, ("small", "middling", "large"), 1.0)


def test_thresholds_as_written_and_none_where_nothing_is(small: SmallDossier) -> None:
    small.edit(C, "unit: minutes\n", "unit: minutes\n        thresholds: {indifferent: 2, prefer: 5, veto: none}\n")
    small.edit(C, "unit: judged band\n", "unit: judged band\n        thresholds: {veto: 2}\n")
    found = [axis.thresholds for axis in small.load().problem.criteria]
    assert found == [PairThresholds(), PairThresholds(2.0, 5.0, inf), PairThresholds(None, None, 2.0)]


@pytest.mark.parametrize(
    ("function", "at", "values"),
    [
        ("{kind: linear}", [0, 30, 60], [100, 50, 0]),
        ("{kind: exponential, midpoint: 20}", [0, 20, 60], [100, 50, 0]),
        ("{kind: exponential, midpoint: 30}", [0, 15, 60], [100, 75, 0]),
        ("{kind: piecewise-linear, points: [{at: 0, value: 100}, {at: 30, value: 20}, {at: 60, value: 0}]}",
         [0, 15, 30, 60], [100, 60, 20, 0]),
    ],
)  # fmt: skip
def test_value_functions(small: SmallDossier, function: str, at: list[float], values: list[float]) -> None:
    small.edit(C, WAITING, WAITING + f"        value-function: {function}\n")
    waiting = small.load().problem.criteria[1]
    assert waiting.value_function(np.array(at, dtype=float)).tolist() == pytest.approx(values)


def test_the_ends_of_a_local_scale_are_those_of_the_options(small: SmallDossier) -> None:
    small.edit(C, WAITING, LOCAL)
    small.edit("options/new-mole.yaml", "waiting: 12", "waiting: unknown")
    waiting = small.load().problem.criteria[1]
    assert (waiting.local, waiting.low, waiting.high) == (True, 20.0, 50.0)


@pytest.mark.parametrize("score", ["20", "unknown"])
def test_a_local_scale_on_which_options_do_not_differ(small: SmallDossier, score: str) -> None:
    small.edit(C, WAITING, LOCAL)
    small.edit("options/as-is.yaml", "waiting: {low: 30, likely: 40, high: 50}", f"waiting: {score}")
    small.edit("options/east-quay.yaml", "waiting: 20", f"waiting: {score}")
    small.edit("options/new-mole.yaml", "waiting: 12", f"waiting: {score}")
    with pytest.raises(PolicyOptionsError) as raised:
        _ = small.load().problem
    (fault,) = raised.value.faults
    assert (fault.code, fault.ids, str(fault.place)) == ("scale-empty", ("waiting",), f"{C}:18:11")
    assert "local" in fault.message
    assert "global scale" in fault.remedy


def test_an_unknown_weight_set_is_refused_with_a_suggestion(small: SmallDossier) -> None:
    with pytest.raises(PolicyOptionsError) as raised:
        small.load().rank("evn")
    (fault,) = raised.value.faults
    assert (fault.code, fault.ids, fault.remedy) == ("unknown-id", ("evn",), "did you mean `even`?")


@pytest.mark.parametrize("name", ["../even", "even.yaml", "EVEN", "{}", "\x1b[31m"])
def test_odd_names_of_weight_sets(small: SmallDossier, name: str) -> None:
    with pytest.raises(PolicyOptionsError) as raised:
        small.load().weights(name)
    assert raised.value.faults[0].code == "unknown-id"


def test_values_are_numbers_on_every_scale_that_passes_the_checks(small: SmallDossier) -> None:
    small.edit(C, "low: {at: 0, means: None at all}", "low: {at: -1.7e308, means: x}")
    small.edit(C, "high: {at: 20,", "high: {at: 1.7e308,")
    try:
        problem = small.load().problem
    except PolicyOptionsError as error:
        assert error.faults[0].place is not None
    else:
        assert np.isfinite(problem.criteria[0].value_function(problem.likely[:, 0])).all()


def test_the_title_stands_in_for_a_short_one(small: SmallDossier) -> None:
    small.edit("options/new-mole.yaml", "title: Build a mole", "title: Build a mole\nshort: Mole")
    options = {option.id: option.short for option in small.load().problem.options}
    assert options == {
        "as-is": "Leave the landing where it is",
        "east-quay": "Move to the east quay",
        "new-mole": "Mole",
    }


def test_all_local_scales_on_which_options_do_not_differ_are_told_in_one_run(small: SmallDossier) -> None:
    text = (small.root / C).read_text()
    for name, high in (
        ("crossings", "{at: 20, means: One in each hour of the day}"),
        ("waiting", "{at: 60, means: An hour}"),
    ):
        begin = text.index("        scale:", text.index(f"id: {name}"))
        end = text.index(high) + len(high)
        text = text[:begin] + "        scale: {kind: local, because: Only these.}" + text[end:]
    small.put(C, text)
    for name in ("as-is", "east-quay", "new-mole"):
        title = f"The {name}"
        small.put(
            f"options/{name}.yaml", f"format: 1\ntitle: {title}\nscores: {{crossings: 4, waiting: 20, outlay: small}}\n"
        )
    with pytest.raises(PolicyOptionsError) as caught:
        _ = small.load().problem
    assert [(fault.code, fault.ids) for fault in caught.value.faults] == [
        ("scale-empty", ("crossings",)),
        ("scale-empty", ("waiting",)),
    ]
