from __future__ import annotations

from fractions import Fraction
from itertools import combinations, pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policy_options.analysis.comparison import path as path_module
from policy_options.analysis.comparison.path import Path, crossings_up_to, envelope, path_between
from problems import repeatable

WHOLE = st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8)), min_size=1, max_size=7)


def path(*lines: tuple[float, float]) -> Path:
    """a, b, c ... along straight lines from one value to another."""
    start, end = (np.array([line[side] for line in lines], dtype=np.float64) for side in (0, 1))
    return path_between([chr(ord("a") + row) for row in range(len(lines))], start, end)


def exact_meetings(lines: list[tuple[int, int]]) -> dict[Fraction, set[tuple[str, str]]]:
    """For every pair, in fractions: where one passes the other, strictly between the ends."""
    found: dict[Fraction, set[tuple[str, str]]] = {}
    for i, (start, end) in enumerate(lines):
        for j, (other_start, other_end) in enumerate(lines):
            if start < other_start and end > other_end:
                at = Fraction(other_start - start, (other_start - start) + (end - other_end))
                found.setdefault(at, set()).add((chr(ord("a") + i), chr(ord("a") + j)))
    return found


@repeatable
@given(WHOLE)
def test_meetings_are_those_of_exact_arithmetic_and_simultaneous_ones_are_told_together(
    lines: list[tuple[int, int]],
) -> None:
    found, expected = path(*lines), exact_meetings(lines)
    assert found.crossings == sum(map(len, expected.values()))
    assert [meeting.at for meeting in found.meetings] == pytest.approx(
        [float(at) for at in sorted(expected)], abs=1e-12
    )
    assert [set(meeting.pairs) for meeting in found.meetings] == [expected[at] for at in sorted(expected)]
    assert found.listed_to == 1.0
    for at, pairs in expected.items():
        for passing, passed in pairs:
            assert found.crossing(passing, passed) == pytest.approx(float(at), abs=1e-12)
            assert found.crossing(passed, passing) == pytest.approx(float(at), abs=1e-12)


@repeatable
@given(WHOLE)
def test_stretches_hold_whoever_is_best_and_end_where_another_is(lines: list[tuple[int, int]]) -> None:
    found = path(*lines)
    assert (found.stretches[0].start, found.stretches[-1].end) == (0.0, 1.0)
    for before, after in zip(found.stretches, found.stretches[1:], strict=False):
        assert before.end == after.start
        assert set(before.leaders).isdisjoint(after.leaders)
    for stretch in found.stretches:
        assert stretch.start < stretch.end
        values = found.at((stretch.start + stretch.end) / 2)
        best = {name for name, value in zip(found.options, values, strict=True) if value >= values.max() - 1e-9}
        assert set(stretch.leaders) == best
        for at in (stretch.start, stretch.end):
            values = found.at(at)
            assert values[[found.options.index(name) for name in stretch.leaders]] == pytest.approx(
                values.max(), abs=1e-9
            )
    # If one option is always first, shares sum to the whole path, or more if options lead together.
    assert sum(found.shares_of_lead.values()) >= 1 - 1e-12


def exact_stretches(lines: list[tuple[int, int]]) -> list[tuple[Fraction, Fraction, set[str]]]:
    """In fractions: the leaders between neighbouring points at which some pair is level, merging equal neighbours."""
    points = {Fraction(0), Fraction(1)}
    for (start, end), (other_start, other_end) in combinations(lines, 2):
        first, last = start - other_start, end - other_end
        if first * last < 0:
            points.add(Fraction(first, first - last))
    found: list[tuple[Fraction, Fraction, set[str]]] = []
    for low, high in pairwise(sorted(points)):
        middle = (low + high) / 2
        values = [(1 - middle) * start + middle * end for start, end in lines]
        leaders = {chr(ord("a") + row) for row, value in enumerate(values) if value == max(values)}
        if found and found[-1][2] == leaders:
            found[-1] = (found[-1][0], high, leaders)
        else:
            found.append((low, high, leaders))
    return found


@repeatable
@given(WHOLE)
def test_stretches_are_those_of_exact_arithmetic(lines: list[tuple[int, int]]) -> None:
    found, expected = path(*lines), exact_stretches(lines)
    assert [set(stretch.leaders) for stretch in found.stretches] == [leaders for _, _, leaders in expected]
    assert [stretch.end for stretch in found.stretches] == pytest.approx([float(end) for _, end, _ in expected])
    assert found.changes == pytest.approx([float(start) for start, _, _ in expected[1:]])
    shares = {name: Fraction(0) for _, _, leaders in expected for name in leaders}
    for start, end, leaders in expected:
        for name in leaders:
            shares[name] += end - start
    assert found.shares_of_lead == pytest.approx({name: float(share) for name, share in shares.items()})


@repeatable
@given(WHOLE)
def test_the_way_back_meets_the_same_pairs_the_other_way_round(lines: list[tuple[int, int]]) -> None:
    there, back = path(*lines), path(*((end, start) for start, end in lines))
    assert there.crossings == back.crossings
    assert [1 - meeting.at for meeting in reversed(back.meetings)] == pytest.approx(
        [meeting.at for meeting in there.meetings]
    )
    for forth, again in zip(there.meetings, reversed(back.meetings), strict=True):
        assert {(passed, passing) for passing, passed in again.pairs} == set(forth.pairs)


@repeatable
@given(WHOLE)
def test_the_sequence_of_orders_changes_at_each_meeting_by_its_pairs(lines: list[tuple[int, int]]) -> None:
    found = path(*lines)
    orders = found.orders()
    assert len(orders) == len(found.meetings) + 1
    for (start, end, ranks), (_, _, later), meeting in zip(orders, orders[1:], found.meetings, strict=False):
        assert start < end
        changed = {
            (p, q)
            for i, p in enumerate(found.options)
            for j, q in enumerate(found.options)
            if ranks[i] > ranks[j] and later[i] < later[j]
        }
        assert changed == set(meeting.pairs)


def test_three_lines_in_one_point_are_one_meeting_and_the_steepest_leads_beyond_it() -> None:
    found = path((0, 4), (2, 2), (3, 1))
    assert [(meeting.at, len(meeting.pairs)) for meeting in found.meetings] == [(0.5, 3)]
    assert [stretch.leaders for stretch in found.stretches] == [("c",), ("a",)]
    assert found.changes == (0.5,)


@settings(repeatable, max_examples=200)
@given(WHOLE)
def test_simultaneous_crossings_are_one_meeting_though_rounding_sets_them_apart(lines: list[tuple[int, int]]) -> None:
    found, expected = path(*((100 * start / 7, 100 * end / 7) for start, end in lines)), exact_meetings(lines)
    assert [set(meeting.pairs) for meeting in found.meetings] == [expected[at] for at in sorted(expected)]
    assert [meeting.at for meeting in found.meetings] == pytest.approx([float(at) for at in sorted(expected)])


def test_lines_that_meet_at_an_end_do_not_cross() -> None:
    found = path((1, 5), (1, 3), (0, 5))
    assert (found.crossings, found.meetings) == (1, found.meetings)
    assert found.meetings[0].pairs == (("c", "b"),)
    assert found.stretches == ((0.0, 1.0, ("a",)),)
    assert found.crossing("a", "b") is None


def test_equal_options_lead_together_and_never_cross() -> None:
    found = path((3, 3), (3 + 1e-12, 3 - 1e-12), (1, 2))
    assert found.stretches == ((0.0, 1.0, ("a", "b")),)
    assert found.crossings == 0
    assert found.shares_of_lead == {"a": 1.0, "b": 1.0}


def test_a_single_option_leads_throughout() -> None:
    assert path((1, 2)).stretches == ((0.0, 1.0, ("a",)),)


@pytest.mark.parametrize("most", [0, 1, 5, 40])
def test_a_list_that_is_cut_holds_the_first_crossings_and_says_how_far_it_goes(most: int) -> None:
    random = np.random.default_rng(4)
    start, end = random.uniform(0, 100, 40), random.uniform(0, 100, 40)
    total, whole_to, (at, passing, passed) = crossings_up_to(start, end, 10_000)
    assert (total, whole_to) == (len(at), 1.0)
    counted, listed_to, (first, *pairs) = crossings_up_to(start, end, most)
    assert counted == total
    assert len(first) == most
    assert at[most - 1 : most].tolist() == first[-1:].tolist()
    assert listed_to <= at[most] + 1e-12
    assert listed_to >= (at[most - 1] if most else 0.0)
    assert [each.tolist() for each in pairs] == [passing[:most].tolist(), passed[:most].tolist()]


CUT = (WHOLE.filter(lambda lines: len(lines) > 1), st.integers(0, 12))


@settings(repeatable, max_examples=200)
@given(*CUT)
def test_a_cut_list_leaves_out_no_crossing_before_its_end_and_none_of_it_lies_behind(
    lines: list[tuple[int, int]], most: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(path_module, "CROSSINGS_LISTED", most)
        found = path(*lines)
    expected = exact_meetings(lines)
    assert found.crossings == sum(map(len, expected.values()))
    listed = {pair for meeting in found.meetings for pair in meeting.pairs}
    assert len(listed) == sum(len(meeting.pairs) for meeting in found.meetings) <= most
    if found.crossings <= most:
        assert found.listed_to == 1.0
    sure = {pair for at, pairs in expected.items() if at < found.listed_to - 1e-9 for pair in pairs}
    possible = {pair for at, pairs in expected.items() if at <= found.listed_to + 1e-9 for pair in pairs}
    assert sure <= listed <= possible
    # The next meeting did not fit: the list goes as far as it can.
    beyond = [at for at in sorted(expected) if at > found.listed_to - 1e-9]
    if beyond:
        assert len(sure) + len(expected[beyond[0]]) > most or found.crossings <= most
    assert found.stretches == path(*lines).stretches  # the leaders are known throughout
    assert [start for start, _, _ in found.orders()] == sorted(start for start, _, _ in found.orders())
    assert not found.orders() or found.orders()[-1][1] == pytest.approx(found.listed_to, abs=1e-9)


@settings(repeatable, max_examples=200)
@given(*CUT)
def test_a_cut_list_tells_each_meeting_whole_or_not_at_all(lines: list[tuple[int, int]], most: int) -> None:
    """In sevenths, which are rounded: simultaneous crossings are then level at the cut except in their last digits."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(path_module, "CROSSINGS_LISTED", most)
        found = path(*((100 * start / 7, 100 * end / 7) for start, end in lines))
    for at, meeting in zip(sorted(expected := exact_meetings(lines)), found.meetings, strict=False):
        assert set(meeting.pairs) == expected[at]


def test_options_level_all_along_but_for_rounding_take_no_place_in_a_cut_list() -> None:
    """The first two differ in the thirteenth digit; the others cross at a half, at three fifths, and at two thirds."""
    start = np.array([50.0, 50.0 + 1e-12, 10.0, 20.0, 40.0])
    end = np.array([50.0, 50.0 + 1e-12, 30.0, 20.0, 10.0])
    assert crossings_up_to(start, end, 3)[2][0] == pytest.approx([1 / 2, 3 / 5, 2 / 3])
    total, listed_to, (at, passing, passed) = crossings_up_to(start, end, 2)
    assert total == 3
    assert at == pytest.approx([1 / 2, 3 / 5])
    assert list(zip(passing.tolist(), passed.tolist(), strict=True)) == [(2, 3), (2, 4)]
    assert 3 / 5 - 1e-9 <= listed_to <= 2 / 3


@pytest.mark.parametrize("count", [1, 2, 50])
def test_the_envelope_of_tangents_holds_every_line(count: int) -> None:
    """Tangents of a parabola all lead somewhere, over equal lengths except at the ends."""
    at = np.linspace(0.0, 1.0, count)
    found = envelope(-(at**2), 2 * at - at**2)
    assert [rows for _, _, rows in found] == [[row] for row in range(count)]
    middles = (at[:-1] + at[1:]) / 2
    assert [low for low, _, _ in found[1:]] == pytest.approx(middles.tolist(), abs=1e-9)


def test_many_options_need_no_matrix() -> None:
    """A hundred thousand options: the crossings counted alone, 2.5 thousand million, would not fit as pairs."""
    random = np.random.default_rng(1)
    start, end = random.uniform(0, 100, 100_000), random.uniform(0, 100, 100_000)
    total, listed_to, (at, _, _) = crossings_up_to(start, end, 1_000)
    assert total > 2e9
    assert 900 < len(at) <= 1_000  # a meeting that the cut may have split is left out
    assert 0 < at[-1] <= listed_to < 1e-5
    assert len(envelope(start, end)) < 100
