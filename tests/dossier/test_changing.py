"""Changes of weight sets on disk: only the numbers asked for, only if they can be written back, or nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest

from policy_options import Dossier, PolicyOptionsError
from policy_options.analysis.reweighting import read_edits
from policy_options.dossier.changing import (
    PlannedEdit,
    as_percentages,
    carried_over,
    carries_over,
    plan_edit,
    plan_refresh,
)
from policy_options.dossier.ranges import changes_since
from policy_options.dossier.reading import read_yaml
from policy_options.errors import Fault
from support import CRITERIA, EVEN, SmallDossier

EVEN_FILE = "criteria/weights/even.yaml"
HEAD = "format: 1\ntitle: Even\nholder: The council (role)\nstatus: illustrative\nrationale: Nothing sets them apart.\n"
LAID_OUT = """\
# What the council said, with its own layout.
format: 1
title:   Even          # two words would do
holder: The council (role)
status: illustrative
rationale: >-
  Nothing sets the three swings apart, and this line is longer than any that we would write ourselves, by far, on purpose, see?

  - a second paragraph, with a colon: and 12 numbers 3
method: points


judgements:            # points, shared out on paper
  crossings:   30      # a day
  waiting  :   50.0    #   minutes
  "outlay":    20      # 'judged'  \N{EM DASH} 20 as well

# The end.
parent: quick
"""
REFUSED = {
    "swing": "method: swing\njudgements: {crossings: 100, waiting: 50, outlay: 80}\n",
    "smart": "method: smart\njudgements: {crossings: 10, waiting: 50, outlay: 80}\n",
    "rank-order": "method: rank-order\norder: crossings > waiting > outlay\n",
    "ahp": "method: ahp\npairwise: {crossings: {waiting: 2, outlay: 4}, waiting: {outlay: 2}}\n",
    "best-worst": (
        "method: best-worst\nbest-worst:\n  - best: crossings\n    worst: outlay\n"
        "    best-to-others: {waiting: 2, outlay: 4}\n    others-to-worst: {waiting: 2, crossings: 4}\n"
    ),
}
PEOPLE = """\
method: points
participants:
  - {id: ann, name: Ann, judgements: {crossings: 1, waiting: 1, outlay: 2}}
  - {id: bob, name: Bob, judgements: {crossings: 3, waiting: 1, outlay: 0}}
"""


def given_on(**changed: str) -> str:
    """The ranges of the small dossier, without fingerprints, some of them in another spelling."""
    now = {
        "crossings": "{path: service/crossings, unit: crossings, direction: more-is-better, low: 0, high: 20}",
        "waiting": "{path: service/waiting, unit: minutes, direction: less-is-better, low: 0, high: 60}",
        "outlay": (
            "{path: money/outlay, unit: judged band, direction: less-is-better, "
            "levels: {small: 100, middling: 40, large: 0}}"
        ),
    }
    assert set(changed) <= set(now)
    return "given-on:\n" + "".join(f"  {name}: {text}\n" for name, text in (now | changed).items())


STALE = given_on(waiting="{path: service/waiting, unit: minutes, direction: less-is-better, low: 0, high: 90}")


def planned(small: SmallDossier, *edits: str, id: str = "even", take_from: str | None = None) -> PlannedEdit:
    return plan_edit(small.load().contents, id, read_edits(edits), take_from=take_from)


def refreshed(small: SmallDossier, *, carry_over: bool = False) -> Dossier:
    plan_refresh(small.load().contents, "even", carry_over=carry_over).write()
    return small.load()


def refusal(small: SmallDossier, *edits: str, id: str = "even", carry_over: bool = False) -> Fault:
    """The single fault of a plan; a plan with a fault writes nothing."""
    before = bytes_of(small.root)
    with pytest.raises(PolicyOptionsError) as raised:
        if edits:
            planned(small, *edits, id=id)
        else:
            plan_refresh(small.load().contents, id, carry_over=carry_over)
    assert bytes_of(small.root) == before
    (fault,) = raised.value.faults
    return fault


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def shares(dossier: Dossier, id: str = "even") -> dict[str, float]:
    vector = dossier.weights(id)
    return dict(zip(vector.criteria, vector.shares.tolist(), strict=True))


def masked(raw: bytes) -> bytes:
    """A file without the numbers of its judgements."""
    return re.sub(rb"(?m)^(  \"?(?:crossings|waiting|outlay)\"? *: +)[0-9.]+( *)", rb"\1N\2", raw)


# Edits ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["plain", "bom"])
def test_ten_edits_differ_in_nothing_but_numbers(small: SmallDossier, line_end: str, mark: bytes) -> None:
    first = mark + LAID_OUT.replace("\n", line_end).encode()
    small.put(EVEN_FILE, first)
    for edit in (
        *("crossings=40", "waiting+=5", "outlay-=2.5", "money*=2", "service=60", "outlay=0", "crossings=33.3"),
        *("outlay=1e-3%", "waiting=12,crossings=44", "crossings=100"),
    ):
        plan = planned(small, *edit.split(","))
        before = (small.root / EVEN_FILE).read_bytes()
        plan.write()
        after = (small.root / EVEN_FILE).read_bytes()
        assert after == plan.after != before
        assert masked(after) == masked(first)
        loaded = small.load()
        np.testing.assert_allclose(loaded.weights("even").shares, plan.weights.shares, rtol=0, atol=1e-15)
        data = read_yaml(after, EVEN_FILE).data
        assert sum(Decimal(repr(number)) for number in data["judgements"].values()) == 100
    assert shares(small.load())["crossings"] == 1


def test_only_the_numbers_that_change_are_written(small: SmallDossier) -> None:
    small.put(EVEN_FILE, LAID_OUT)
    after = planned(small, "crossings+=5", take_from="outlay").after.decode()
    assert after == LAID_OUT.replace("   30 ", "   35 ").replace('"outlay":    20', '"outlay":    15')
    assert "waiting  :   50.0 " in after


def test_a_plan_writes_nothing_by_itself_and_gives_the_weights_of_the_file(small: SmallDossier) -> None:
    before = bytes_of(small.root)
    plan = planned(small, "outlay=30")
    assert bytes_of(small.root) == before
    plan.write()
    assert {name for name, raw in bytes_of(small.root).items() if before[name] != raw} == {EVEN_FILE}
    assert list(plan.weights.shares) == pytest.approx([0.35, 0.35, 0.3])
    assert shares(small.load()) == pytest.approx({"crossings": 0.35, "waiting": 0.35, "outlay": 0.3})


def test_what_was_typed_in_braces_stays_in_braces(small: SmallDossier) -> None:
    assert planned(small, "outlay=30").after.decode() == EVEN.replace(
        "crossings: 1, waiting: 1, outlay: 2", "crossings: 1.4, waiting: 1.4, outlay: 1.2"
    )


def test_an_edit_that_changes_nothing_leaves_the_bytes(small: SmallDossier) -> None:
    plan = planned(small, "outlay=50")
    assert plan.after == plan.before


def test_siblings_are_edited_group_by_group(small: SmallDossier) -> None:
    small.put(
        EVEN_FILE,
        HEAD
        + "method: direct\nacross: siblings\njudgements: {service: 60, money: 40, crossings: 50, waiting: 50, outlay: 100}\n",
    )
    after = planned(small, "money=10").after.decode()
    assert after.endswith("judgements: {service: 90, money: 10, crossings: 50, waiting: 50, outlay: 100}\n")
    after = planned(small, "crossings=45", take_from="waiting").after.decode()
    assert after.endswith("judgements: {service: 60, money: 40, crossings: 75, waiting: 25, outlay: 100}\n")


@pytest.mark.parametrize("total", ["1", "7", "12.5", "1000000", "0.003"])
def test_a_stated_total_is_kept(small: SmallDossier, total: str) -> None:
    small.put(
        EVEN_FILE, HEAD + f"method: points\ntotal: {total}\njudgements: {{crossings: {total}, waiting: 0, outlay: 0}}\n"
    )
    planned(small, "crossings=50", "waiting=20").write()
    planned(small, "crossings*=0.333333").write()
    assert small.faults() == ()
    data = read_yaml((small.root / EVEN_FILE).read_bytes(), EVEN_FILE).data
    assert sum(Decimal(repr(number)) for number in data["judgements"].values()) == Decimal(total)


def test_fractions_without_a_stated_total_stay_short(small: SmallDossier) -> None:
    small.put(EVEN_FILE, HEAD + "method: points\njudgements: {crossings: 0.1, waiting: 0.2, outlay: 0}\n")
    after = planned(small, "crossings=50").after.decode()
    assert after.endswith("judgements: {crossings: 0.15, waiting: 0.15, outlay: 0}\n")


# Refusals ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("method", REFUSED)
def test_other_methods_are_not_edited_and_the_way_out_is_named(small: SmallDossier, method: str) -> None:
    small.put(EVEN_FILE, HEAD + REFUSED[method])
    fault = refusal(small, "crossings+=5", "money=20")
    assert fault.code == "not-editable"
    assert method in fault.message
    assert "nothing was changed" in fault.message
    assert "policy-options weights new NEW --from even crossings+=5 money=20 --holder WHO --because WHY" in fault.remedy
    assert str(fault.place) == EVEN_FILE


def test_the_way_out_takes_from_where_the_edit_did(small: SmallDossier) -> None:
    with pytest.raises(PolicyOptionsError) as raised:
        planned(small, "crossings=20", id="quick", take_from="money")
    assert "crossings=20 --take-from money" in raised.value.faults[0].remedy


@pytest.mark.parametrize(("rule", "source"), [("", "even/ann"), ("combine: mean\n", "even")])
def test_the_answers_of_several_people_are_not_edited(small: SmallDossier, rule: str, source: str) -> None:
    small.edit("criteria/decision.yaml", "weights: even", "weights: quick")
    small.put(EVEN_FILE, HEAD + rule + PEOPLE)
    fault = refusal(small, "crossings=40")
    assert fault.code == "not-editable"
    assert "several people" in fault.message
    assert f"weights new NEW --from {source} crossings=40" in fault.remedy


def test_a_misspelt_id_is_told_with_the_one_that_was_meant(small: SmallDossier) -> None:
    fault = refusal(small, "crosings=40")
    assert fault.code == "unknown-id"
    assert fault.remedy == "did you mean `crossings`?"


@pytest.mark.parametrize("edit", ["crossings=101", "crossings=60,outlay=60", "service=5,waiting=2"])
def test_edits_that_cannot_be_applied_are_refused(small: SmallDossier, edit: str) -> None:
    assert refusal(small, *edit.split(",")).code in {"edit-out-of-range", "edit-above-total", "edit-overlaps"}


def test_a_file_that_changed_after_it_was_read_is_left_alone(small: SmallDossier) -> None:
    loaded = small.load()
    small.edit(EVEN_FILE, "outlay: 2", "outlay: 3")
    with pytest.raises(PolicyOptionsError, match="changed since it was read"):
        plan_edit(loaded.contents, "even", read_edits(["outlay=30"]))
    plan = planned(small, "outlay=30")
    small.edit(EVEN_FILE, "title: Even", "title: Evener")
    now = (small.root / EVEN_FILE).read_bytes()
    with pytest.raises(PolicyOptionsError) as raised:
        plan.write()
    assert raised.value.faults[0].code == "file-changed"
    assert (small.root / EVEN_FILE).read_bytes() == now
    assert not [path.name for path in (small.root / "criteria/weights").iterdir() if path.suffix != ".yaml"]


def test_a_file_that_is_gone_is_one_fault(small: SmallDossier) -> None:
    loaded = small.load()
    plan = planned(small, "outlay=30")
    (small.root / EVEN_FILE).unlink()
    for act in (plan.write, lambda: plan_edit(loaded.contents, "even", read_edits(["outlay=30"]))):
        with pytest.raises(PolicyOptionsError) as raised:
            act()
        assert raised.value.faults[0].code in {"file-changed", "file-unreadable"}
    assert not (small.root / EVEN_FILE).exists()


def test_numbers_behind_an_alias_are_refused_and_not_guessed(small: SmallDossier) -> None:
    small.put(EVEN_FILE, HEAD + "method: points\njudgements: {crossings: &n 1, waiting: *n, outlay: 2}\n")
    with pytest.raises(PolicyOptionsError) as raised:
        planned(small, "outlay=30")
    assert {fault.code for fault in raised.value.faults} <= {"edit-alias", "edit-anchor"}


# Refreshing ----------------------------------------------------------------------------------------------------------


def test_confirming_appends_the_ranges_where_there_were_none(small: SmallDossier) -> None:
    before = (small.root / EVEN_FILE).read_bytes()
    loaded = refreshed(small)
    after = (small.root / EVEN_FILE).read_bytes()
    assert after.startswith(before)
    assert after[len(before) :].startswith(b"given-on:\n  crossings:\n    path: service/crossings\n")
    assert b".0" not in after[len(before) :]
    model = loaded.weight_set("even")
    assert set(model.given_on) == {"crossings", "waiting", "outlay"}
    assert model.given_on["outlay"].levels == {"small": 100, "middling": 40, "large": 0}
    assert loaded.stale("even") == ()


@pytest.mark.parametrize("ending", ["", "# The end.\n", "\n\n# The end.", "parent: quick"])
def test_confirming_replaces_the_ranges_that_changed_and_nothing_else(small: SmallDossier, ending: str) -> None:
    small.put(EVEN_FILE, EVEN + "# The ranges:\n" + STALE + ending)
    loaded = refreshed(small)
    after = (small.root / EVEN_FILE).read_text(encoding="utf-8")
    assert after.startswith(EVEN + "# The ranges:\ngiven-on:\n")
    assert after.endswith(ending)
    assert changes_since(loaded.contents, "even") == []
    assert loaded.weight_set("even").given_on["waiting"].high == 60


def test_once_stored_only_the_values_that_changed_are_written(small: SmallDossier) -> None:
    small.put(EVEN_FILE, EVEN.replace("\n", "\r\n").encode())
    refreshed(small)
    stored = (small.root / EVEN_FILE).read_bytes().replace(b"unit: minutes", b"unit:   minutes   # mine")
    assert stored.count(b"\n") == stored.count(b"\r\n")
    small.put(EVEN_FILE, stored)
    small.edit("criteria/criteria.yaml", "high: {at: 60, means: An hour}", "high: {at: 90, means: An hour}")
    refreshed(small)
    assert (small.root / EVEN_FILE).read_bytes() == stored.replace(b"high: 60", b"high: 90")
    assert refreshed(small).stale("even") == ()


@pytest.mark.parametrize(
    ("old", "new", "aspect"),
    [
        ("high: {at: 60, means: An hour}", "high: {at: 90, means: An hour}", "high"),
        ("low: {at: 0, means: Walk on}", "low: {at: 5, means: Walk on}", "low"),
        ("low: {at: 0, means: Walk on}", "low: {at: 0, means: Run on}", "ends"),
        ("unit: minutes", "unit: min", "unit"),
        ("value: 40", "value: 50", "levels"),
        ("{id: middling,", "{id: medium,", "levels"),
    ],
)
def test_confirming_settles_every_kind_of_change(small: SmallDossier, old: str, new: str, aspect: str) -> None:
    refreshed(small)
    small.put("criteria/criteria.yaml", CRITERIA.replace(old, new))
    for name in ("as-is", "east-quay", "new-mole"):
        text = (small.root / f"options/{name}.yaml").read_text(encoding="utf-8")
        small.put(f"options/{name}.yaml", text.replace("middling", "medium") if "medium" in new else text)
    found = {change.aspect for change in changes_since(small.load().contents, "even")}
    assert aspect in found
    loaded = refreshed(small)
    assert loaded.stale("even") == ()
    assert shares(loaded) == {"crossings": 0.25, "waiting": 0.25, "outlay": 0.5}


def test_confirming_keeps_the_judgements_of_any_method(small: SmallDossier) -> None:
    for method, text in REFUSED.items():
        small.put(EVEN_FILE, HEAD + text + STALE)
        before = shares(small.load())
        loaded = refreshed(small)
        assert shares(loaded) == before, method
        assert loaded.stale("even") == ()
        assert (small.root / EVEN_FILE).read_text(encoding="utf-8").startswith(HEAD + text)


@pytest.mark.parametrize("rule", ["", "combine: median\n"])
def test_confirming_works_for_several_people(small: SmallDossier, rule: str) -> None:
    small.edit("criteria/decision.yaml", "weights: even", "weights: quick")
    small.put(EVEN_FILE, HEAD + rule + PEOPLE + STALE)
    assert len(small.load().stale("even")) == 1
    assert refreshed(small).stale("even") == ()


def test_confirming_what_has_not_changed_leaves_the_bytes(small: SmallDossier) -> None:
    refreshed(small)
    plan = plan_refresh(small.load().contents, "even", carry_over=False)
    assert plan.after == plan.before


# Carrying over -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "method: points\njudgements: {crossings: 30, waiting: 50, outlay: 20}\n",
        "method: direct\njudgements: {crossings: 30, waiting: 50, outlay: 20}\n",
        "method: direct\ntotal: 1\njudgements: {crossings: 0.3, waiting: 0.5, outlay: 0.2}\n",
        "method: points\nacross: siblings\njudgements: {service: 8, money: 2, crossings: 3, waiting: 5, outlay: 1}\n",
    ],
)
def test_carrying_over_keeps_every_trade_off(small: SmallDossier, text: str) -> None:
    """A weight over its range is the worth of a unit of performance: the ratios of these stay."""
    old_ranges = {"crossings": 40.0, "waiting": 90.0, "outlay": 1.0}
    new_ranges = {"crossings": 20.0, "waiting": 60.0, "outlay": 1.0}
    stored = given_on(
        crossings="{path: service/crossings, unit: crossings, direction: more-is-better, low: -20, high: 20}",
        waiting="{path: service/waiting, unit: minutes, direction: less-is-better, low: 0, high: 90}",
    )
    small.put(EVEN_FILE, HEAD + text + stored)
    contents = small.load().contents
    assert carries_over(contents, "even")
    before = shares(small.load())
    exact = dict(zip(("crossings", "waiting", "outlay"), carried_over(contents, "even").shares.tolist(), strict=True))
    after = shares(refreshed(small, carry_over=True))

    def worth(of: Mapping[str, float], ranges: Mapping[str, float], one: str) -> float:
        return (of[one] / ranges[one]) / of["outlay"]

    for name in ("crossings", "waiting"):
        assert worth(exact, new_ranges, name) == pytest.approx(worth(before, old_ranges, name), rel=1e-12)
    assert after == pytest.approx(exact, abs=2e-6)
    assert after == pytest.approx({"crossings": 9 / 41, "waiting": 20 / 41, "outlay": 12 / 41}, abs=2e-6)
    assert small.load().stale("even") == ()
    assert small.faults() == ()


def test_an_option_trades_as_it_did_before(small: SmallDossier) -> None:
    """On the wider scale, the order and the ratios of differences between values stay the same."""
    before = small.load().rank("even")
    refreshed(small)
    small.edit("criteria/criteria.yaml", "high: {at: 60, means: An hour}", "high: {at: 90, means: An hour}")
    after = refreshed(small, carry_over=True).rank("even")
    assert list(after.ranks) == list(before.ranks)
    first, second = np.diff(before.lower), np.diff(after.lower)
    assert first[0] / first[1] == pytest.approx(second[0] / second[1], rel=1e-5)


@pytest.mark.parametrize("method", REFUSED)
def test_other_methods_are_not_carried_over_in_place(small: SmallDossier, method: str) -> None:
    small.put(EVEN_FILE, HEAD + REFUSED[method] + STALE)
    contents = small.load().contents
    assert carries_over(contents, "even")  # a new set can be made this way
    fault = refusal(small, carry_over=True)
    assert fault.code == "not-editable"
    assert "weights new NEW --from even --carry-over --holder WHO --because WHY" in fault.remedy


@pytest.mark.parametrize(
    "changed",
    [
        {"waiting": "{path: service/waiting, unit: hours, direction: less-is-better, low: 0, high: 90}"},
        {"waiting": "{path: service/waiting, unit: minutes, direction: more-is-better, low: 0, high: 90}"},
        {"waiting": "{path: money/waiting, unit: minutes, direction: less-is-better, low: 0, high: 90}"},
        {"waiting": "{path: service/waiting, unit: minutes, direction: less-is-better, local: true}"},
        {
            "outlay": "{path: money/outlay, unit: judged band, direction: less-is-better, levels: {small: 100, large: 0}}"
        },
        {"outlay": "{path: money/outlay, unit: judged band, direction: less-is-better, low: 0, high: 3}"},
        {},
    ],
    ids=["unit", "direction", "path", "local", "levels", "level-ends", "nothing"],
)
def test_more_than_ends_of_linear_scales_is_not_carried_over(small: SmallDossier, changed: dict[str, str]) -> None:
    small.put(EVEN_FILE, EVEN + given_on(**changed))
    assert not carries_over(small.load().contents, "even")
    fault = refusal(small, carry_over=True)
    assert fault.code == "not-carried-over"
    assert fault.remedy


@pytest.mark.parametrize(
    "function",
    [
        "{kind: piecewise-linear, points: [{at: 0, value: 100}, {at: 20, value: 60}, {at: 60, value: 0}]}",
        "{kind: exponential, midpoint: 20}",
    ],
)
def test_a_bent_scale_is_not_carried_over(small: SmallDossier, function: str) -> None:
    scale = "          high: {at: 60, means: An hour}\n"
    small.edit("criteria/criteria.yaml", scale, f"{scale}        value-function: {function}\n")
    small.put(EVEN_FILE, EVEN + STALE)
    assert changes_since(small.load().contents, "even")
    assert refusal(small, carry_over=True).code == "not-carried-over"


def test_several_people_are_not_carried_over_together_but_each_can_be(small: SmallDossier) -> None:
    small.put(EVEN_FILE, HEAD + "combine: mean\n" + PEOPLE + STALE)
    contents = small.load().contents
    assert refusal(small, carry_over=True).code == "not-carried-over"
    assert carries_over(contents, "even/ann")
    carried = carried_over(contents, "even/ann")
    assert list(carried.shares) == pytest.approx(np.array([1, 2 / 3, 2]) / (11 / 3))


@pytest.mark.parametrize("ends", ["low: 60, high: 60", "low: 90, high: 0"])
def test_stored_ends_that_span_no_range_are_no_crash(small: SmallDossier, ends: str) -> None:
    """They may be refused on reading or here, but never used as divisors or made into negative weights."""
    small.put(
        EVEN_FILE,
        EVEN + given_on(waiting=f"{{path: service/waiting, unit: minutes, direction: less-is-better, {ends}}}"),
    )
    with pytest.raises(PolicyOptionsError) as raised:
        plan_refresh(small.load().contents, "even", carry_over=True)
    assert raised.value.faults[0].remedy


def test_a_change_of_words_alone_is_another_question_and_carries_nothing_over(small: SmallDossier) -> None:
    refreshed(small)
    small.edit("criteria/criteria.yaml", "means: Walk on", "means: Run on")
    with pytest.raises(PolicyOptionsError) as caught:
        refreshed(small, carry_over=True)
    assert caught.value.faults[0].code == "not-carried-over"


def test_local_ends_that_options_moved_carry_over_by_what_they_were(small: SmallDossier) -> None:
    scale = """\
          low: {at: 0, means: None at all}
          high: {at: 20, means: One in each hour of the day}
"""
    small.edit("criteria/criteria.yaml", scale, "          kind: local\n          because: These landings only.\n")
    before = shares(refreshed(small))
    small.edit("options/new-mole.yaml", "crossings: 16", "crossings: 28")  # the ends were 4 and 16, and are 4 and 28
    after = shares(refreshed(small, carry_over=True))
    for other in ("waiting", "outlay"):
        was, is_now = before["crossings"] / before[other], after["crossings"] / after[other]
        assert is_now == pytest.approx(2 * was, rel=1e-5)  # numbers are written to a millionth of their total


# Percentages ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("id", ["even", "quick"])
def test_percentages_sum_to_a_hundred_to_the_last_digit(small: SmallDossier, id: str) -> None:
    loaded = small.load()
    numbers = as_percentages(loaded.contents, loaded.weights(id))
    assert sum(Decimal(repr(number)) for number in numbers.values()) == 100
    for name, share in shares(loaded, id).items():
        assert numbers[name] == pytest.approx(100 * share, abs=1e-4)
