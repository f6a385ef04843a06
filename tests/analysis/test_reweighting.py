"""What-if on weights: every change applies to the old shares, and the others keep their proportions."""

from __future__ import annotations

from math import fsum

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_options import PolicyOptionsError
from policy_options.analysis.problem import WeightVector
from policy_options.analysis.reweighting import Edit, Operator, read_edits, reweigh
from policy_options.errors import Fault
from problems import Floats, repeatable, weights

PATHS = {"supply": ("economy",), "trade": ("economy",), "rules": ("standing",), "trust": ("standing",), "outlay": ()}
SET = weights({"supply": 0.3, "trade": 0.1, "rules": 0.2, "trust": 0.2, "outlay": 0.2})


def changed(*edits: str, take_from: str | None = None, of: WeightVector = SET) -> dict[str, float]:
    new = reweigh(of, PATHS, read_edits(edits), take_from=take_from)
    assert (new.id, new.criteria) == (of.id, of.criteria)
    assert fsum(new.shares.tolist()) == pytest.approx(1, abs=1e-15)
    assert (new.shares >= 0).all()
    return dict(zip(new.criteria, new.shares.tolist(), strict=True))


def fault_of(*edits: str, take_from: str | None = None, of: WeightVector = SET) -> Fault:
    with pytest.raises(PolicyOptionsError) as raised:
        reweigh(of, PATHS, read_edits(edits), take_from=take_from)
    (fault,) = raised.value.faults
    assert fault.message
    assert fault.code == "unknown-id" or fault.remedy, "a refusal says what to do"
    return fault


# Reading -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("cost=30", ("cost", "=", 30)),
        ("cost+=5", ("cost", "+=", 5)),
        ("cost-=5", ("cost", "-=", 5)),
        ("cost*=2", ("cost", "*=", 2)),
        ("public-outlay-=5", ("public-outlay", "-=", 5)),
        ("a-b-c=1", ("a-b-c", "=", 1)),
        ("a-1-=1", ("a-1", "-=", 1)),
        ("2030=1", ("2030", "=", 1)),
        ("cost=12.5", ("cost", "=", 12.5)),
        ("cost=.5%", ("cost", "=", 0.5)),
        ("cost=5.", ("cost", "=", 5)),
        ("cost=1e1", ("cost", "=", 10)),
        ("cost=1E-1%", ("cost", "=", 0.1)),
        ("cost=30%", ("cost", "=", 30)),
        ("cost+=5 %", ("cost", "+=", 5)),
        ("  cost  =  30  ", ("cost", "=", 30)),
        ("cost=0", ("cost", "=", 0)),
        ("cost=1e-400", ("cost", "=", 0)),
    ],
)
def test_a_change_is_read_as_it_is_typed(text: str, read: tuple[str, Operator, float]) -> None:
    assert read_edits([text]) == (Edit(*read),)


def test_changes_may_be_joined_by_commas_or_given_one_by_one() -> None:
    assert read_edits(["a=1,b-c-=2 , d*=3"]) == read_edits(["a=1", "b-c-=2", "d*=3"])
    assert read_edits([]) == ()


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "cost", "cost=", "=30", "30", "cost 30", "cost:30", "cost==30", "cost=+=3", "cost/=2", "cost=a"),
        *(
            "cost=nan",
            "cost=inf",
            "cost=-inf",
            "cost=1e999",
            "cost*=1e999",
            "cost=1.2.3",
            "cost=.",
            "cost=-",
            "cost=e5",
        ),
        *("cost=1e", "cost=0x10", "cost=1_000", "cost=٣", "Cost=3", "cost-=-", "-cost=3", "cost-=", "a--b=3", "a_b=3"),
        *(
            "cost--=3",
            "cost=3 4",
            "cost=3%%",
            "cost=%",
            "cost=30\n4",
            "a=1,",
            ",a=1",
            "a=1,,b=2",
            "cost=3,5",
            "a=1;b=2",
        ),
        *("cost = = 3", "cost=\N{MINUS SIGN}5", "côut=3", "../cost=3", "a/b=3"),
    ],
)
def test_what_is_no_change_is_refused_in_words(text: str) -> None:
    with pytest.raises(PolicyOptionsError) as raised:
        read_edits([text])
    (fault,) = raised.value.faults
    assert fault.code == "edit-unread"
    assert "cost=30" in fault.remedy


def test_an_id_may_be_changed_once() -> None:
    with pytest.raises(PolicyOptionsError, match="`cost` is changed twice") as raised:
        read_edits(["cost=30,a=3", "cost+=5"])
    assert raised.value.faults[0].code == "edit-twice"


@pytest.mark.parametrize("text", ["cost=30", "cost+=5", "cost-=0.25", "cost*=2", "a-b=5"])
def test_a_change_is_told_as_it_is_typed(text: str) -> None:
    assert str(read_edits([text])[0]) == text


@repeatable
@given(
    st.from_regex(r"[a-z0-9]{1,4}(-[a-z0-9]{1,4}){0,2}", fullmatch=True),
    st.sampled_from(["=", "+=", "-=", "*="]),
    st.floats(0, 1e9, allow_nan=False),
)
def test_a_change_that_is_told_is_read_back(id: str, operator: Operator, amount: float) -> None:
    edit = Edit(id, operator, amount)
    assert read_edits([str(edit)]) == (edit,)


# Applying ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("edit", "share"),
    [("supply=50", 0.5), ("supply+=10", 0.4), ("supply-=10", 0.2), ("supply*=2", 0.6), ("supply*=0.5", 0.15)],
)
def test_each_operator_works_on_total_weight(edit: str, share: float) -> None:
    new = changed(edit)
    assert new["supply"] == pytest.approx(share, abs=1e-15)
    rest = (1 - share) / 0.7
    assert new == pytest.approx(
        {"supply": share, "trade": 0.1 * rest, "rules": 0.2 * rest, "trust": 0.2 * rest, "outlay": 0.2 * rest}
    )


def test_all_changes_are_applied_to_the_old_shares() -> None:
    """One after another, the second would start from another share than the one shown."""
    new = changed("supply*=2", "outlay+=10")
    assert new["supply"] == pytest.approx(0.6)
    assert new["outlay"] == pytest.approx(0.3)
    assert new["trade"] == pytest.approx(0.1 * 0.1 / 0.5)
    assert changed("outlay+=10", "supply*=2") == new


def test_a_group_changes_as_a_whole_and_keeps_its_proportions() -> None:
    new = changed("economy=20")
    assert new["supply"] == pytest.approx(0.15)
    assert new["trade"] == pytest.approx(0.05)
    assert new["rules"] == new["trust"] == new["outlay"] == pytest.approx(0.8 / 3)


def test_groups_and_criteria_change_together() -> None:
    new = changed("economy*=0.5", "rules+=5", "outlay=0")
    assert new == pytest.approx({"supply": 0.15, "trade": 0.05, "rules": 0.25, "trust": 0.55, "outlay": 0})


def test_a_group_in_a_group_counts_all_criteria_below_it() -> None:
    paths = {"a": ("top", "inner"), "b": ("top", "inner"), "c": ("top",), "d": ()}
    of = weights({"a": 0.1, "b": 0.3, "c": 0.2, "d": 0.4})
    new = reweigh(of, paths, read_edits(["top=30"]))
    assert new.shares.tolist() == pytest.approx([0.05, 0.15, 0.1, 0.7])
    new = reweigh(of, paths, read_edits(["inner=20"]), take_from="c")
    assert new.shares.tolist() == pytest.approx([0.05, 0.15, 0.4, 0.4])


def test_no_change_changes_nothing() -> None:
    assert changed() == pytest.approx(changed("supply*=1"), abs=1e-15)
    assert changed() == pytest.approx(dict(zip(SET.criteria, SET.shares.tolist(), strict=True)), abs=1e-15)


def test_the_set_itself_stays_as_it_was() -> None:
    before = SET.shares.copy()
    new = reweigh(SET, PATHS, read_edits(["supply=50"]))
    np.testing.assert_array_equal(SET.shares, before)
    assert not new.shares.flags.writeable


@pytest.mark.parametrize(
    ("edits", "take_from", "new"),
    [
        (["supply+=5"], "outlay", {"supply": 0.35, "outlay": 0.15}),
        (["supply-=30"], "outlay", {"supply": 0, "outlay": 0.5}),
        (["supply+=20"], "outlay", {"supply": 0.5, "outlay": 0}),
        (["economy+=5"], "standing", {"supply": 0.3375, "trade": 0.1125, "rules": 0.175, "trust": 0.175}),
        (["supply+=5", "trade-=5"], "outlay", {"supply": 0.35, "trade": 0.05, "outlay": 0.2}),
        (["supply=10", "rules=30"], "trust", {"supply": 0.1, "rules": 0.3, "trust": 0.3}),
    ],
)
def test_take_from_alone_gives_and_takes(edits: list[str], take_from: str, new: dict[str, float]) -> None:
    found = changed(*edits, take_from=take_from)
    for name, share in zip(SET.criteria, SET.shares.tolist(), strict=True):
        if name in new:
            assert found[name] == pytest.approx(new[name], abs=1e-15)
        else:
            assert found[name] == share


def test_all_may_be_changed_where_they_sum_to_the_whole() -> None:
    assert changed("supply=10", "trade=20", "rules=30", "trust=30", "outlay=10") == pytest.approx(
        {"supply": 0.1, "trade": 0.2, "rules": 0.3, "trust": 0.3, "outlay": 0.1}
    )
    assert changed("economy=50", "standing=50", "outlay=0")["supply"] == pytest.approx(0.375)


def test_the_others_may_lose_everything_or_a_lone_one_gain_it() -> None:
    assert changed("supply=100") == {"supply": 1, "trade": 0, "rules": 0, "trust": 0, "outlay": 0}
    only = weights({"supply": 0.5, "trade": 0.5, "rules": 0, "trust": 0, "outlay": 0})
    assert changed("economy=70", "standing=0", of=only)["outlay"] == pytest.approx(0.3)
    assert changed("standing*=3", of=only) == {"supply": 0.5, "trade": 0.5, "rules": 0, "trust": 0, "outlay": 0}


def test_a_share_of_thirds_takes_its_last_part_without_rounding_against_it() -> None:
    thirds = WeightVector("set", tuple("abc"), np.array([1 / 3, 1 / 3, 1 / 3]))
    paths: dict[str, tuple[str, ...]] = {"a": (), "b": (), "c": ()}
    new = reweigh(thirds, paths, read_edits(["a*=3"]))
    np.testing.assert_allclose(new.shares, [1, 0, 0], atol=1e-15)
    assert (new.shares >= 0).all()
    tenths = WeightVector("set", tuple("abc"), np.array([0.1, 0.2, 0.7]))
    assert (reweigh(tenths, paths, read_edits(["a+=20"]), take_from="b").shares >= 0).all()


# Refusing ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("edit", ["supply=101", "supply+=71", "supply-=31", "supply*=4"])
def test_a_share_stays_between_nothing_and_all(edit: str) -> None:
    fault = fault_of(edit)
    assert fault.code == "edit-out-of-range"
    assert fault.message.startswith(edit)
    assert "(it has 30%)" in fault.message
    assert "would give `supply`" in fault.message


def test_changes_cannot_need_more_than_there_is() -> None:
    fault = fault_of("supply=60", "outlay=50")
    assert fault.code == "edit-above-total"
    assert fault.message == "the changes need 10% more of total weight than there is"
    assert "--take-from" not in fault.remedy
    taken = fault_of("supply+=25", take_from="outlay")
    assert taken.code == "edit-above-total"
    assert taken.message.endswith("in `outlay`")
    assert "5%" in taken.message
    assert "--take-from" in taken.remedy


def test_where_all_are_changed_they_sum_to_the_whole() -> None:
    fault = fault_of("economy=40", "standing=40", "outlay=10")
    assert fault.code == "edit-below-total"
    assert "90%" in fault.message
    assert fault_of("economy=40", "standing=40", "outlay=30").code == "edit-above-total"


def test_the_rest_needs_proportions_to_be_shared_by() -> None:
    fault = fault_of("supply=40", of=weights({"supply": 1, "trade": 0, "rules": 0, "trust": 0, "outlay": 0}))
    assert fault.code == "no-proportions"
    assert "60%" in fault.message
    assert fault.ids == ("trade", "rules", "trust", "outlay")
    group = fault_of("standing=20", of=weights({"supply": 0.5, "trade": 0.5, "rules": 0, "trust": 0, "outlay": 0}))
    assert group.code == "no-proportions"
    assert "standing=20" in group.message
    assert group.ids == ("rules", "trust")


@pytest.mark.parametrize(
    ("edits", "take_from", "ids"),
    [
        (["economy=30", "supply=10"], None, ("economy", "supply")),
        (["trade=30", "economy=10"], None, ("trade", "economy")),
        (["supply=30"], "economy", ("supply", "economy")),
        (["supply=30"], "supply", ("supply", "supply")),
        (["economy=30"], "trade", ("economy", "trade")),
    ],
)
def test_what_stands_inside_another_cannot_be_changed_with_it(
    edits: list[str], take_from: str | None, ids: tuple[str, ...]
) -> None:
    fault = fault_of(*edits, take_from=take_from)
    assert fault.code == "edit-overlaps"
    assert fault.ids == ids


def test_an_unknown_id_is_named() -> None:
    assert fault_of("suply=30").ids == ("suply",)
    assert fault_of("supply=30", take_from="standng").ids == ("standng",)
    assert fault_of("suply=30").code == "unknown-id"
    assert fault_of(take_from="standng").code == "unknown-id"


# Properties ----------------------------------------------------------------------------------------------------------

ids = tuple(PATHS)


@st.composite
def vectors(draw: st.DrawFn) -> WeightVector:
    """Weights with up to two zeros."""
    raw = draw(st.lists(st.floats(0.01, 100), min_size=5, max_size=5))
    for index in draw(st.sets(st.integers(0, 4), max_size=2)):
        raw[index] = 0.0
    shares: Floats = np.array(raw) / fsum(raw)
    return WeightVector("set", ids, shares)


@repeatable
@given(vectors(), st.data())
def test_the_untouched_keep_their_ratios_and_all_sum_to_one(of: WeightVector, data: st.DataObject) -> None:
    names = data.draw(st.lists(st.sampled_from(ids), unique=True, min_size=1, max_size=3))
    room = 100 / len(names)
    wanted = {name: data.draw(st.floats(0, room), label=name) for name in names}
    old = dict(zip(ids, of.shares.tolist(), strict=True))
    rest = [name for name in ids if name not in names]
    if sum(wanted.values()) < 99.999 and not any(old[name] for name in rest):
        return
    edits = [Edit(name, "=", share) for name, share in wanted.items()]
    new = dict(zip(ids, reweigh(of, PATHS, edits).shares.tolist(), strict=True))
    assert fsum(new.values()) == pytest.approx(1, abs=1e-15)
    for name in names:
        assert new[name] == pytest.approx(wanted[name] / 100, abs=1e-12)
    top = max(rest, key=lambda name: old[name])
    for name in rest:
        if new[top] > 1e-9:
            assert new[name] / new[top] == pytest.approx(old[name] / old[top], rel=1e-12)


@repeatable
@given(vectors(), st.sampled_from(["economy", "standing"]), st.floats(0, 100))
def test_a_group_keeps_its_inner_ratios(of: WeightVector, group: str, wanted: float) -> None:
    old = dict(zip(ids, of.shares.tolist(), strict=True))
    inside = [name for name in ids if group in PATHS[name]]
    outside = [name for name in ids if group not in PATHS[name]]
    if not any(old[name] for name in inside) or not any(old[name] for name in outside):
        return
    new = dict(zip(ids, reweigh(of, PATHS, [Edit(group, "=", wanted)]).shares.tolist(), strict=True))
    assert sum(new[name] for name in inside) == pytest.approx(wanted / 100, abs=1e-12)
    for one, other in (inside, outside[:2], outside[1:]):
        assert new[one] * old[other] == pytest.approx(new[other] * old[one], rel=1e-12, abs=1e-18)


@repeatable
@given(vectors(), st.sampled_from(ids), st.sampled_from(ids), st.floats(-100, 100))
def test_take_from_leaves_all_others_as_they_were(of: WeightVector, to: str, giver: str, amount: float) -> None:
    old = dict(zip(ids, of.shares.tolist(), strict=True))
    by = amount / 100
    if to == giver or not 0 <= old[to] + by <= 1 or old[giver] - by < 0:
        return
    new = reweigh(of, PATHS, [Edit(to, "+=", amount)], take_from=giver)
    after = dict(zip(ids, new.shares.tolist(), strict=True))
    for name in ids:
        if name not in (to, giver):
            assert after[name] == pytest.approx(old[name], rel=2**-52), name
    assert after[to] + after[giver] == pytest.approx(old[to] + old[giver], abs=1e-12)


@pytest.mark.parametrize(("text", "said"), [("cost=+5", "cost+=5"), ("cost=-5", "cost-=5"), ("cost*=-1", "cost-=1")])
def test_a_sign_behind_the_operator_is_a_slip(text: str, said: str) -> None:
    with pytest.raises(PolicyOptionsError) as caught:
        read_edits([text])
    (fault,) = caught.value.faults
    assert fault.code == "edit-unread"
    assert said in fault.remedy


def test_a_fraction_is_not_taken_for_so_many_per_cent() -> None:
    with pytest.raises(PolicyOptionsError) as raised:
        read_edits(["cost=0.3"])
    (fault,) = raised.value.faults
    assert (fault.code, fault.message) == ("edit-fraction", "`cost=0.3` would be 0.3% of all weight")
    assert fault.remedy == "write cost=30 if a share of 1 is meant, or cost=0.3% if it is not"
    meant = [edit.amount for edit in read_edits(["a=0.3%", "b+=0.5", "c*=0.5", "d=0", "e=1"])]
    assert meant == [0.3, 0.5, 0.5, 0.0, 1.0]
