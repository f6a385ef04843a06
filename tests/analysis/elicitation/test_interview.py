"""Interviews as states: what is asked, what is refused, what the answers show, and the weights they give."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_options.analysis.elicitation.answers import Across, Interval, Settings
from policy_options.analysis.elicitation.deriving import elicit
from policy_options.analysis.elicitation.interview import (
    Interview,
    answered,
    answers_of,
    back,
    begin,
    derive,
    gap_of,
    interim_of_last,
    judgements_of,
    last_question,
    next_question,
    progress,
    texts_of,
)
from policy_options.analysis.elicitation.questions import Answer, Comparison, Question, accept, as_text
from policy_options.dossier.eliciting import answers_of as answers_of_file
from policy_options.dossier.models.weight_set import WeightSet
from policy_options.errors import PolicyOptionsError
from problems import repeatable

Paths = Mapping[str, tuple[str, ...]]

METHODS = ("swing", "rank-order", "ahp", "best-worst")
FLAT: Paths = {"a": (), "b": (), "c": (), "d": ()}
TREE: Paths = {
    "outlay": ("money",),
    "speed": ("service",),
    "calls": ("service", "contact"),
    "letters": ("service", "contact"),
    "forms": ("service", "contact"),
    "beauty": (),
}


def said(method: str, *texts: str, paths: Paths = FLAT, across: Across = "leaves") -> Interview:
    interview = begin(method, paths, across)
    for text in texts:
        interview = answered(interview, text)
    return interview


def asked(interview: Interview) -> str | None:
    question = next_question(interview)
    return question.key if question else None


def keys(method: str, texts: Sequence[str], paths: Paths = FLAT, across: Across = "leaves") -> list[str]:
    """The keys of all questions up to the end, which the texts must reach."""
    interview, found = begin(method, paths, across), []
    for text in texts:
        found.append(asked(interview) or "nothing")
        interview = answered(interview, text)
    assert next_question(interview) is None
    return found


def code(interview: Interview, text: str) -> str:
    with pytest.raises(PolicyOptionsError) as caught:
        answered(interview, text)
    (fault,) = caught.value.faults
    assert fault.message
    return fault.code


# What is asked ---------------------------------------------------------------------------------------------------------


def test_swing_asks_for_the_first_and_then_for_each_beside_it() -> None:
    assert keys("swing", ["2", "50", "20", "0", "40"]) == ["first", "rate/a", "rate/c", "rate/d", "check/c/a"]


def test_rank_order_asks_until_one_is_left_and_takes_ties() -> None:
    assert keys("rank-order", ["b", "1", "1", "80"]) == ["place-1", "place-2", "place-3", "check/a/b"]
    assert keys("rank-order", ["b", "a = d", "80"]) == ["place-1", "place-2", "check/a/b"]
    assert keys("rank-order", ["1 = 2 = 3 = 4", "100"]) == ["place-1", "check/b/a"]


def test_ahp_compares_the_first_three_before_it_goes_on_to_the_fourth() -> None:
    pairs = ["pair/a/b", "pair/a/c", "pair/b/c", "pair/a/d", "pair/b/d", "pair/c/d"]
    assert keys("ahp", ["1 2"] * 6 + ["50"]) == [*pairs, "check/c/b"]


def test_best_worst_asks_for_the_best_beside_the_worst_before_the_others() -> None:
    expected = ["best", "worst", "best-to/d", "best-to/b", "best-to/c", "to-worst/b", "to-worst/c", "check/c/b"]
    assert keys("best-worst", ["a", "d", "8", "2", "4", "4", "2", "50"]) == expected


def test_of_two_the_worst_is_not_asked_for() -> None:
    assert keys("best-worst", ["2", "3", "30"], {"a": (), "b": ()}) == ["best", "best-to/a", "check/a/b"]


def test_of_two_swings_the_redundant_question_is_asked_the_other_way_round() -> None:
    assert keys("swing", ["1", "40", "250"], {"a": (), "b": ()}) == ["first", "rate/b", "check/a/b"]


def test_across_siblings_parents_come_first_and_single_children_are_not_asked_about() -> None:
    found = keys("swing", ["service", "50", "20", "speed", "80", "1", "30", "20", "60"], TREE, "siblings")
    assert found == [
        "first",
        "rate/money",
        "rate/beauty",
        "first/service",
        "rate/contact",
        "first/contact",
        "rate/letters",
        "rate/forms",
        "check/beauty/money",  # the root has as many children as contact, and comes first
    ]


def test_inside_a_group_without_weight_nothing_is_asked() -> None:
    found = keys("swing", ["money", "0", "50", "50"], TREE, "siblings")
    assert found == ["first", "rate/service", "rate/beauty", "check/beauty/outlay"]
    stored = judgements_of(said("swing", "money", "0", "50", "50", paths=TREE, across="siblings"))
    assert stored["judgements"] == {"money": 100, "service": 0, "beauty": 50, "outlay": 100}


def test_where_no_node_has_three_the_heaviest_of_two_groups_are_compared() -> None:
    paths: Paths = {"a": ("g",), "b": ("g",), "c": ("h",), "d": ("h",)}
    interview = said("swing", "1", "50", "1", "50", "2", "20", paths=paths, across="siblings")
    assert asked(interview) == "check/d/a"
    gap = gap_of(answered(interview, "60"))
    assert gap is not None
    # a has 2/3 of 2/3, d 5/6 of 1/3
    assert gap.implied == pytest.approx(100 * (5 / 18) / (4 / 9))
    assert gap.points == pytest.approx(60 - 62.5)


def test_without_a_second_swing_of_any_weight_nothing_is_compared_again() -> None:
    assert keys("swing", ["1", "0", "0", "0"]) == ["first", "rate/b", "rate/c", "rate/d"]
    interview = said("swing", "1", "0", "0", "0")
    assert gap_of(interview) is None
    assert "cross-checks" not in judgements_of(interview)


def test_which_two_are_compared_again_does_not_hang_on_the_last_digit() -> None:
    """Best-worst gives equals that differ by the solver's rounding; they are taken in the order of the tree."""
    alike = ["1", "2", "5", "5", "5", "3", "3"]
    assert asked(said("best-worst", *alike)) == "check/d/b"


@pytest.mark.parametrize("method", METHODS)
def test_a_single_criterion_is_refused(method: str) -> None:
    with pytest.raises(PolicyOptionsError) as caught:
        begin(method, {"a": ("g",)}, "leaves")
    assert caught.value.faults[0].code == "nothing-to-ask"


def test_more_than_can_be_compared_in_pairs_are_refused_at_the_start() -> None:
    many: Paths = {f"c{number}": () for number in range(16)}
    with pytest.raises(PolicyOptionsError, match="at most 15"):
        begin("ahp", many, "leaves")
    assert begin("best-worst", many, "leaves").nodes[""] == tuple(many)


# What answers are -------------------------------------------------------------------------------------------------------


ONE = Question("first", "first", "", ("a", "b"), ("a", "b"))
PLACE = Question("place-1", "place", "", ("a", "b", "c"), ("a", "b", "c"))
PAIR = Question("pair/a/b", "pair", "", ("a", "b"), ("a", "b"))
RATE = Question("rate/a", "rate", "", ("a", "b"))
NUMERIC = Question("first", "first", "", ("2", "x"), ("2", "x"))


@pytest.mark.parametrize(
    ("question", "text", "answer"),
    [
        (ONE, "2", ("b",)),
        (ONE, " A ", ("a",)),
        (ONE, "２", ("b",)),  # as typed on an East Asian keyboard
        (PLACE, "2=3", ("b", "c")),
        (PLACE, "2 = 3", ("b", "c")),
        (PLACE, "c = a", ("c", "a")),
        (PAIR, "1 3", Comparison("a", "b", 3.0)),
        (PAIR, "b 2.5", Comparison("b", "a", 2.5)),
        (PAIR, "2 1", Comparison("a", "b", 1.0)),
        (PAIR, "=", Comparison("a", "b", 1.0)),
        (RATE, "60", 60.0),
        (RATE, "６０", 60.0),
        (RATE, "40-60", Interval(40.0, 60.0)),
        (RATE, "40 – 60.5", Interval(40.0, 60.5)),
        (RATE, "40 to 60", Interval(40.0, 60.0)),
        (RATE, "40 - 40", 40.0),
        (NUMERIC, "2", ("2",)),
    ],
)
def test_an_answer_is_read_and_its_text_is_read_as_the_same(question: Question, text: str, answer: Answer) -> None:
    assert accept(question, text) == answer
    assert accept(question, as_text(answer)) == answer


@pytest.mark.parametrize(
    ("question", "text", "message"),
    [
        (ONE, "", "there is no answer"),
        (ONE, "3", "none of 1 to 2"),
        (ONE, "0", "none of 1 to 2"),
        (ONE, "noise", "`noise` is none of"),
        (ONE, "1 2", "2 are named, and one is asked for"),
        (ONE, "x" * 99, "…"),
        (PLACE, "1 1", "named twice"),
        (PLACE, "1 > 2", "several are named"),
        (PLACE, "1 2", "several are named"),
        (PLACE, "1, 2", "several are named"),
        (PLACE, "1 a", "named twice"),
        (PAIR, "3", "which of the two matters more"),
        (PAIR, "1", "which of the two matters more"),
        (PAIR, "1 0.5", "name the other one"),
        (PAIR, "1 a", "`a` is no number"),
        (RATE, "", "there is no answer"),
        (RATE, "-5", "`-5` is no number"),
        (RATE, "nan", "`nan` is no number"),
        (RATE, "1e3", "no number"),
        (RATE, "5,5", "no number"),
        (RATE, "40-", "no number"),
        (RATE, "1" * 400, "no number"),
        (NUMERIC, "1", "none of the ids 2, x"),
        (Question("check/a/b", "check", "", ("a", "b")), "10001", "more than 10000"),
    ],
)
def test_what_has_not_the_form_of_an_answer_is_refused(question: Question, text: str, message: str) -> None:
    with pytest.raises(PolicyOptionsError) as caught:
        accept(question, text)
    (fault,) = caught.value.faults
    assert fault.code == "answer-form"
    assert message in fault.message


def test_what_a_method_cannot_take_is_refused_at_once_in_its_words() -> None:
    assert code(said("swing", "1"), "120") == "swing-above-100"
    assert code(said("swing", "1"), "60-40") == "interval-empty"
    assert code(said("swing", "1"), "60-140") == "interval-off-scale"
    assert code(said("ahp"), "1 12") == "comparison-off-scale"
    assert code(said("best-worst", "a", "d"), "0.5") == "comparison-off-scale"
    assert code(said("best-worst", "a", "d"), "10") == "comparison-off-scale"
    assert code(said("best-worst", "a", "d", "5"), "6") == "best-worst-contradict"
    assert code(said("best-worst", "a", "d", "5", "2", "2"), "6") == "best-worst-contradict"
    assert code(said("rank-order", "a"), "a") == "answer-form"


def test_when_all_is_answered_nothing_more_is_taken() -> None:
    assert code(said("rank-order", "1 = 2 = 3 = 4", "100"), "100") == "nothing-to-ask"


# Going back and going on ------------------------------------------------------------------------------------------------


def test_going_back_takes_the_last_answer_away_and_what_hung_on_it() -> None:
    interview = said("swing", "2", "50")
    assert asked(interview) == "rate/c"
    assert asked(back(interview)) == "rate/a"
    again = answered(back(back(interview)), "1")
    assert asked(again) == "rate/b"


def test_going_back_at_the_beginning_changes_nothing() -> None:
    interview = begin("swing", FLAT, "leaves")
    assert back(interview) == interview
    assert last_question(interview) is None
    assert interim_of_last(interview) is None


def test_progress_counts_what_is_left_if_no_more_of_it_falls_away() -> None:
    def counted(*texts: str) -> tuple[int, int]:
        found = progress(said("rank-order", *texts))
        return found.answered, found.of

    assert [counted(), counted("1"), counted("1", "2 = 3"), counted("1", "2 = 3", "50")] == [
        (0, 4),
        (1, 4),
        (2, 3),
        (3, 3),
    ]
    assert progress(begin("ahp", FLAT, "leaves")).of == 7
    assert progress(begin("best-worst", FLAT, "leaves")).of == 8
    assert progress(begin("swing", TREE, "siblings")).of == 9


# What answers show -----------------------------------------------------------------------------------------------------


def test_consistency_of_pairs_is_told_as_soon_as_three_are_compared() -> None:
    texts = ["1 2", "1 4", "1 2", "1 8", "1 4", "1 2"]
    told = [interim_of_last(said("ahp", *texts[:count])) for count in range(1, 7)]
    assert [found is None for found in told] == [True, True, False, True, True, False]
    first, last = told[2], told[5]
    assert first is not None and first.consistency is not None and first.among == ("a", "b", "c")
    assert first.consistency.value == pytest.approx(0, abs=1e-9)
    assert not first.shares
    assert last is not None and last.consistency is not None
    assert last.shares == pytest.approx((8 / 15, 4 / 15, 2 / 15, 1 / 15))


def test_pairs_that_go_round_in_a_circle_are_told_with_what_would_mend_them() -> None:
    told = interim_of_last(said("ahp", "1 5", "2 5", "1 5"))
    assert told is not None and told.consistency is not None
    assert not told.consistency.within
    assert len(told.consistency.worst) == 3


def test_two_grades_of_a_swing_are_told_beside_the_best_over_the_worst() -> None:
    told = interim_of_last(said("best-worst", "a", "d", "8", "2", "4", "4"))
    assert told is not None and told.consistency is not None
    assert (told.about, told.product, told.most, told.consistency.value) == ("b", 8.0, 8.0, 0.0)
    told = interim_of_last(said("best-worst", "a", "d", "8", "2", "4", "8"))
    assert told is not None and told.consistency is not None
    assert told.consistency.value == pytest.approx((16 - 8) / (64 - 8))
    assert told.consistency.threshold == 0.2521
    done = interim_of_last(said("best-worst", "a", "d", "8", "2", "4", "8", "2"))
    assert done is not None and done.consistency is not None
    assert (done.about, len(done.shares)) == (None, 4)
    assert done.consistency.value == pytest.approx(8 / 56)


def test_shares_are_told_at_the_end_of_each_node() -> None:
    told = interim_of_last(said("swing", "2", "50", "30", "20"))
    assert told is not None
    assert told.shares == pytest.approx((0.25, 0.5, 0.15, 0.1))
    assert interim_of_last(said("swing", "2", "50", "30")) is None


def test_the_gap_is_what_was_said_less_what_is_implied() -> None:
    gap = gap_of(said("swing", "2", "80", "60", "20", "50"))
    assert gap is not None
    assert (gap.of, gap.beside, gap.said, gap.implied, gap.points) == ("c", "a", 50.0, 75.0, -25.0)
    assert not gap.allowed


def test_intervals_allow_a_range_of_answers() -> None:
    gap = gap_of(said("swing", "2", "70-80", "40-60", "20", "50"))
    assert gap is not None
    assert gap.low == 50.0
    assert gap.high == pytest.approx(100 * 60 / 70)
    assert gap.low < gap.implied < gap.high
    assert gap.allowed
    open_above = gap_of(said("swing", "2", "0-80", "0-60", "20", "50"))
    assert open_above is not None
    assert (open_above.low, open_above.high) == (0.0, float("inf"))


def test_an_order_allows_everything_below_the_first_and_equals_only_100() -> None:
    gap = gap_of(said("rank-order", "1", "1", "1", "70"))
    assert gap is not None
    assert (gap.low, gap.high, gap.allowed) == (0.0, 100.0, True)
    tied = gap_of(said("rank-order", "1 = 2", "1", "70"))
    assert tied is not None
    assert tied.implied == pytest.approx(100.0)
    assert (tied.low, tied.high, tied.allowed) == (100.0, 100.0, False)


# What is stored ---------------------------------------------------------------------------------------------------------


def test_what_is_stored_of_each_method() -> None:
    assert judgements_of(said("swing", "2", "70-80", "60", "20.5", "50")) == {
        "judgements": {"a": {"low": 70, "high": 80}, "b": 100, "c": 60, "d": 20.5},
        "cross-checks": [{"of": "c", "beside": "a", "said": 50}],
    }
    assert judgements_of(said("rank-order", "2", "a = c", "50")) == {
        "formula": "centroid",
        "order": ["b > a = c > d"],
        "cross-checks": [{"of": "a", "beside": "b", "said": 50}],
    }
    assert judgements_of(said("ahp", "1 2", "2 3", "=", paths={"a": (), "b": (), "c": ()})) == {
        "pairwise": {"a": {"b": 2}, "c": {"a": 3}, "b": {"c": 1}},
    }
    assert judgements_of(said("best-worst", "a", "c", "8", "2", "4", paths={"a": (), "b": (), "c": ()})) == {
        "best-worst": [
            {
                "best": "a",
                "worst": "c",
                "best-to-others": {"b": 2, "c": 8},
                "others-to-worst": {"a": 8, "b": 4},
            }
        ],
    }


def _some_text(draw: st.DrawFn, interview: Interview, question: Question) -> str:
    if question.kind in ("first", "best", "worst"):
        return draw(st.sampled_from(question.choices))
    if question.kind == "place":
        several = draw(st.lists(st.sampled_from(question.choices), min_size=1, max_size=3, unique=True))
        return " = ".join(several)
    if question.kind == "pair":
        return f"{draw(st.sampled_from(question.choices))} {draw(st.integers(1, 9))}"
    if question.kind == "rate":
        low, high = sorted(draw(st.tuples(st.integers(0, 99), st.integers(1, 100))))
        return f"{low}-{high}" if draw(st.booleans()) else str(draw(st.integers(0, 100)))
    if question.kind == "check":
        return str(draw(st.integers(0, 300)))
    inside = {f"best-to/{child}" for child in interview.nodes[question.node]}
    most = next(
        (answer for key, answer in interview.answers.items() if key in inside), 9.0
    )  # over the worst comes first
    assert isinstance(most, float)
    return str(draw(st.integers(1, int(most))))


@st.composite
def interviews(draw: st.DrawFn) -> list[Interview]:
    """All states of an interview from start to end."""
    paths = draw(st.sampled_from([FLAT, TREE, {"a": (), "b": ()}, {"a": ("g",), "b": ("g",), "c": ("h",)}]))
    method = draw(st.sampled_from(METHODS))
    states = [begin(method, paths, draw(st.sampled_from(["leaves", "siblings"])))]
    while (question := next_question(states[-1])) is not None:
        states.append(answered(states[-1], _some_text(draw, states[-1], question)))
    return states


@repeatable
@given(interviews())
def test_whatever_is_answered_gives_weights_and_is_stored_as_the_same_answers(states: list[Interview]) -> None:
    end = states[-1]
    weights = derive(end).weights
    assert weights.shares.sum() == pytest.approx(1.0)
    stored = judgements_of(end)
    model = WeightSet.model_validate(
        {
            "format": 1,
            "title": "T",
            "holder": "H",
            "status": "elicited",
            "rationale": "R",
            "method": end.method,
            "across": end.across,
            **stored,
        }
    )
    read = elicit(end.paths, answers_of_file(model), id="", method=end.method, settings=Settings(end.across))
    assert read.weights.shares.tolist() == weights.shares.tolist()
    for check in model.cross_checks:
        assert {check.of, check.beside} <= {name for path in end.paths.items() for name in (path[0], *path[1])}


@repeatable
@given(interviews())
def test_going_back_and_answering_alike_is_the_same_state_at_every_step(states: list[Interview]) -> None:
    for before, after in pairwise(states):
        assert back(after) == before
        key, text = texts_of(after)[-1]
        question = last_question(after)
        assert question is not None and question.key == key == asked(before)
        again = answered(back(after), text)
        assert again == after
        assert list(again.answers) == list(after.answers)
        assert progress(after).answered == len(after.answers) <= progress(after).of
        interim_of_last(after)
    assert progress(states[-1]).of == len(states) - 1


@repeatable
@given(interviews())
def test_the_texts_of_a_state_make_the_same_state_again(states: list[Interview]) -> None:
    state = states[len(states) // 2]
    made = states[0]
    for key, text in texts_of(state):
        assert asked(made) == key
        made = answered(made, text)
    assert made == state
    assert answers_of(made) == answers_of(state)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("60%", 60.0),
        ("60 %", 60.0),
        ("６０％", 60.0),
        ("40%-60%", Interval(40.0, 60.0)),
        ("40-60%", Interval(40.0, 60.0)),
    ],
)
def test_per_cent_of_the_swing_that_is_100_is_its_rating(text: str, answer: object) -> None:
    assert accept(Question("rate/b", "rate", "", ("b", "a")), text) == answer


@pytest.mark.parametrize("text", ["%", "%60", "60%%x", "60% of it"])
def test_other_signs_of_per_cent_are_no_rating(text: str) -> None:
    with pytest.raises(PolicyOptionsError):
        accept(Question("rate/b", "rate", "", ("b", "a")), text)
