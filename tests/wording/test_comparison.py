"""Sentences on changes are checked against the numbers: no cause is named that did not push that way."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_options.analysis.comparison.attribution import GapChange
from policy_options.analysis.comparison.comparing import Comparison, compare
from policy_options.analysis.problem import Problem
from policy_options.analysis.ranking import rank
from policy_options.wording.comparison import (
    HOLDS_NAMED,
    PUSHES_NAMED,
    gap_sentence,
    headline_sentences,
    lead_sentence,
    order_sentence,
    path_sentences,
    small_points,
)
from policy_options.wording.phrases import Phrases, load_phrases
from problems import UNKNOWN, criterion, from_points, points, problem, problems, repeatable, shared
from support import Unrounded

ENGLISH = load_phrases("en")


MARKS = {
    "numbers": {},
    **{
        f"comparison.{kind}": f"{kind} {{option}} {{over}} {{why}}"
        for kind in ("overtakes", "draws-level", "pulls-ahead", "gains.ahead", "gains.behind", "gains.level")
    },
    **{f"comparison.same.{where}": f"same {{option}} {{over}} {where}" for where in ("ahead", "behind", "level")},
    **{f"comparison.close.{when}": "" for when in ("before", "after", "both")},
    "comparison.push.first": "PUSH<{what}|{points}>",
    "comparison.push.next": "PUSH<{what}|{points}>",
    "comparison.hold.first": "HOLD<{what}|{points}>",
    "comparison.hold.next": "HOLD<{what}|{points}>",
    "comparison.rest.adds": "REST<+|{points}>",
    "comparison.rest.takes": "REST<-|{points}>",
    "comparison.factor.weights": "weights {criterion}",
    "comparison.factor.performances": "performances {criterion} {option}",
    "comparison.factor.value-functions": "value-functions {criterion}",
    "comparison.factor.performances-and-value-functions": "performances-and-value-functions {criterion} {option}",
}
UNROUNDED = Phrases("xx", Unrounded(), MARKS, "marks")


@st.composite
def comparisons(draw: st.DrawFn) -> Comparison:
    """Two weight sets of one problem, or two versions of it."""
    of = draw(problems((2, 5)))
    other: Problem = of if draw(st.booleans()) else draw(problems((2, 5)))
    return compare(
        rank(of, from_points(of, draw(points(len(of.criteria))))),
        rank(other, from_points(other, draw(points(len(other.criteria))))),
    )


def hold_to(said: str, found: GapChange) -> None:
    """Each clause against the parts: sign, size, order, and remainder."""
    sizes = {" ".join(filter(None, (part.factor, part.criterion, part.option))): part.points for part in found.parts}
    pushes, holds = (re.findall(rf"{kind}<([^|]+)\|([^>]+)>", said) for kind in ("PUSH", "HOLD"))
    for named, sign, most in ((pushes, 1, PUSHES_NAMED), (holds, -1, HOLDS_NAMED)):
        assert len(named) <= most
        for what, size in named:
            assert sign * sizes[what] > 0
            assert sign * sizes[what] == pytest.approx(float(size), abs=1e-12)
        told = [float(size) for _, size in named]
        assert told == sorted(told, reverse=True)
        # Parts not named are no larger than those named.
        unnamed = [sign * points for what, points in sizes.items() if what not in dict(named) and sign * points > 0]
        assert not told or len(told) < most or max(unnamed, default=0.0) <= min(told) + 1e-12
    rest = re.search(r"REST<([+-])\|([^>]+)>", said)
    left = float(f"{rest[1]}{rest[2]}") if rest else 0.0
    whole = sum(float(size) for _, size in pushes) - sum(float(size) for _, size in holds) + left
    assert whole == pytest.approx(found.change, abs=1e-12 if rest else 0.05)
    if found.parts:
        assert pushes or holds


@repeatable
@given(comparisons())
def test_pushes_resistances_and_the_rest_add_up_to_the_change(found: Comparison) -> None:
    for one in found.orders:
        hold_to(order_sentence(found, one, 0.0, UNROUNDED), found.explain(one.overtaking, one.overtaken))


@repeatable
@given(comparisons())
def test_any_pair_is_told_from_the_side_of_whoever_gained(found: Comparison) -> None:
    for option in found.options:
        for over in found.options:
            if option == over:
                continue
            said = gap_sentence(found, option, over, 0.0, UNROUNDED)
            kind, first, second = said.split()[:3]
            gap = found.explain(first, second)
            assert {first, second} == {option, over}
            assert gap.change >= -1e-12
            if kind == "same":
                assert abs(gap.change) <= 1e-9
                continue
            hold_to(said, gap)
            if kind == "gains.ahead":
                assert gap.after > 0
            elif kind == "gains.behind":
                assert gap.after < 0


@pytest.mark.parametrize(
    ("size", "said"),
    [
        (0.0, "0.0"),
        (1e-12, "0.0"),
        (0.04, "0.04"),
        (0.0098, "0.01"),
        (0.00003, "0.00003"),
        (0.05, "0.1"),
        (2.44, "2.4"),
        (-3.0, "3.0"),
    ],
)
def test_what_is_something_is_never_called_nothing(size: float, said: str) -> None:
    assert small_points(size, ENGLISH) == said


def two(first: tuple[float, ...], second: tuple[float, ...], matrix: list[list[float]]) -> Comparison:
    of = problem(matrix)
    return compare(rank(of, shared(*first)), rank(of, shared(*second)))


def test_an_order_that_is_not_listed_is_told_as_changed_all_the_same() -> None:
    of = problem([[90, 90], [60, 10], [50, 50]])
    found = compare(rank(of, shared(0.9, 0.1)), rank(of, shared(0.1, 0.9)), top=1)
    assert found.orders == ()
    assert gap_sentence(found, "b", "c", 0.0, ENGLISH).startswith("c overtakes b, from 5.0 points behind to 35.0 ahead")


def test_closeness_is_told_on_the_side_where_it_holds() -> None:
    of = [[60, 40], [50, 50]]
    for first, second, told in (
        ((0.9, 0.1), (0.45, 0.55), "After, the two are too close to call."),
        ((0.55, 0.45), (0.1, 0.9), "Before, the two were too close to call."),
        ((0.55, 0.45), (0.45, 0.55), "The two are too close to call on both sides."),
        ((0.9, 0.1), (0.1, 0.9), "."),
    ):
        found = two(first, second, [list(map(float, row)) for row in of])
        said = order_sentence(found, found.orders[0], 2.0, ENGLISH)
        assert said.endswith(told)
        assert ("close" in said) == (told != ".")


def test_the_lead_is_told_level_alone_and_open() -> None:
    level = two((0.5, 0.5), (0.9, 0.1), [[60, 40], [40, 60]])
    assert lead_sentence(level, ENGLISH) == "The lead passes: before, a and b level; after, a by 16.0 points."
    stays = two((0.8, 0.2), (0.9, 0.1), [[60, 40], [40, 60]])
    assert lead_sentence(stays, ENGLISH) == "First on both sides: a by 12.0 points, then a by 16.0 points."
    open_ = two((0.8, 0.2), (0.9, 0.1), [[60, 40], [UNKNOWN, 60]])
    assert lead_sentence(open_, ENGLISH) == (
        "First before: open between a and b, for want of a score. First after: open between a and b, for want of a score."
    )


def test_headlines_name_what_only_one_side_has() -> None:
    old = problem([[50, 1], [40, 2]])
    new = problem([[50, 3], [40, 9]], options=["a", "z"], criteria=[criterion("c1"), criterion("c3")])
    found = compare(rank(old, shared(0.5, 0.5)), rank(new, from_points(new, [1, 1])))
    said = " ".join(headline_sentences(found, ENGLISH))
    for part in (
        "There are no two options",
        "Only after: z.",
        "Only before: b.",
        "that are new: c3",
        "that are gone: c2",
    ):
        assert part in said


@repeatable
@given(comparisons())
def test_the_way_is_told_as_it_runs(found: Comparison) -> None:
    if found.path is None:
        return
    said = path_sentences(found, found.path, ("One", "Other"), ENGLISH)
    changes = len(found.path.changes)
    assert ("does not change" in said[0]) == (changes == 0)
    assert ("changes once" in said[0]) == (changes == 1)
    if changes > 1:
        assert f"changes {changes} times" in said[0]
    assert not re.search(r"\b(0|100)%", said[0])


def test_a_mixture_of_signs_is_never_told_as_a_part_of_the_whole(shipped: Comparison) -> None:
    for one in shipped.orders:
        assert not re.search(r"\d of the", order_sentence(shipped, one, 2.0, ENGLISH))


@pytest.fixture
def shipped(shipped_dossier: object) -> Comparison:
    from policy_options import Dossier

    assert isinstance(shipped_dossier, Dossier)
    return shipped_dossier.compare("balanced", "supply-security")


def test_what_moves_the_shipped_lead_is_said_in_the_order_of_size(shipped: Comparison) -> None:
    said = order_sentence(shipped, shipped.orders[0], 2.0, ENGLISH)
    assert said == (
        "Consolidate advantages in energy, infrastructure and trade overtakes Align rules and raise the quality of cooperation, "
        "from 2.4 points behind to 4.9 ahead: the weight on Outlay pushes 2.5 points that way, the weight on Assured supply 2.0, "
        "the weight on Energy 1.8; the weight on Trade holds back 0.8, the weight on Disruption exposure 0.4; the rest together "
        "add 2.1."
    )
    parts = shipped.explain("consolidate-advantages", "regulatory-alignment").parts
    assert np.round([part.points for part in parts[:3]], 1).tolist() == [2.5, 2.0, 1.8]
