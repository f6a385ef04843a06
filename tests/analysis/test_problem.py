from __future__ import annotations

import numpy as np
import pytest

from policy_options.analysis.problem import Problem, WeightVector
from policy_options.analysis.ranking import rank
from policy_options.analysis.value_functions import Exponential, Levels
from policy_options.errors import PolicyOptionsError
from problems import UNKNOWN, criterion, group, problem, shared, weights
from support import SmallDossier


@pytest.fixture
def tree() -> Problem:
    """Two groups, one with a group inside, and an ungrouped criterion between their leaves."""
    return problem(
        [[10, 20, 30, 40, 50], [1, 2, 3, 4, 5]],
        criteria=[
            criterion("speed", groups=("service",)),
            criterion("outlay", groups=("money",)),
            criterion("beauty"),
            criterion("calls", groups=("service", "contact")),
            criterion("letters", groups=("service", "contact")),
        ],
        groups=[group("service"), group("contact", above=("service",)), group("money", role="cost")],
    )


def test_values_are_those_of_each_criterions_own_function() -> None:
    of = problem(
        [[5, 30, 1], [0, 10, 2]],
        criteria=[
            criterion("c1", 0, 10),
            criterion("c2", 10, 50, "less-is-better"),
            criterion("c3", 0, 2, function=Levels((0, 35, 100))),
        ],
    )
    np.testing.assert_array_equal(of.values, [[50, 50, 35], [0, 100, 100]])


def test_worst_and_best_are_the_bounds_whichever_way_a_criterion_runs() -> None:
    of = problem(
        [[50, 50]],
        low=[[30, 30]],
        high=[[60, 60]],
        criteria=[criterion("c1"), criterion("c2", direction="less-is-better")],
    )
    np.testing.assert_array_equal(of.worst, [[30, 40]])
    np.testing.assert_array_equal(of.best, [[60, 70]])


def test_an_unknown_score_runs_from_0_to_100_and_is_neither() -> None:
    of = problem([[UNKNOWN, 30]], criteria=[criterion("c1", 2, 9, "less-is-better"), criterion("c2")])
    assert of.unknown.tolist() == [[True, False]]
    assert np.isnan(of.values).tolist() == [[True, False]]
    assert of.worst.tolist() == [[0, 30]]
    assert of.best.tolist() == [[100, 30]]


def test_a_constant_column_on_a_global_scale_has_plain_values() -> None:
    of = problem([[4], [4], [4]], criteria=[criterion("c1", 0, 10)])
    assert of.values.ravel().tolist() == [40, 40, 40]


def test_a_constant_column_on_a_local_scale_is_refused_by_name_and_place(small: SmallDossier) -> None:
    small.edit(
        "criteria/criteria.yaml",
        """\
        scale:
          low: {at: 0, means: Walk on}
          high: {at: 60, means: An hour}
""",
        """\
        scale: {kind: local, because: "No anchors are known yet."}
""",
    )
    assert np.isfinite(small.load().problem.values).all()
    small.edit("options/as-is.yaml", "{low: 30, likely: 40, high: 50}", "20")
    small.edit("options/new-mole.yaml", "waiting: 12", "waiting: 20")
    with pytest.raises(PolicyOptionsError) as caught:
        small.load().rank()
    (fault,) = caught.value.faults
    assert (fault.code, fault.ids) == ("scale-empty", ("waiting",))
    assert fault.place is not None
    assert fault.place.line is not None


@pytest.mark.parametrize("number", [".inf", "-.inf", ".nan", "1e999"])
def test_a_score_that_is_not_finite_is_refused_before_it_reaches_the_analysis(small: SmallDossier, number: str) -> None:
    small.edit("options/as-is.yaml", "crossings: 4", f"crossings: {number}")
    fault = small.fault()
    assert fault.place is not None
    assert (fault.place.file, fault.place.line) == ("options/as-is.yaml", 4)


@pytest.mark.parametrize("number", [".inf", ".nan", "1e999"])
def test_a_judgement_that_is_not_finite_is_refused_before_it_reaches_the_analysis(
    small: SmallDossier, number: str
) -> None:
    small.edit("criteria/weights/even.yaml", "waiting: 1", f"waiting: {number}")
    fault = small.fault()
    assert fault.place is not None
    assert fault.place.file == "criteria/weights/even.yaml"


def test_performances_of_another_shape_are_refused() -> None:
    two = problem([[1, 2], [3, 4]])
    for shape in ((2, 1), (1, 2), (2, 3), (4,)):
        with pytest.raises(PolicyOptionsError) as caught:
            Problem(two.options, two.criteria, (), two.low, np.zeros(shape), two.high)
        assert caught.value.faults[0].code == "shape"


def test_a_problem_keeps_its_own_numbers() -> None:
    """Neither the caller's array nor the problem's can change what has been ranked."""
    mine = np.array([[10.0, 20.0]])
    of = problem(mine)
    mine[0, 0] = 99.0
    assert of.likely[0, 0] == 10
    for array in (of.low, of.likely, of.high, of.values, of.worst, of.best):
        with pytest.raises(ValueError, match="read-only"):
            array[0, 0] = 1.0


def test_columns_of_a_group_are_found_at_any_depth(tree: Problem) -> None:
    assert tree.columns_of("service") == [0, 3, 4]
    assert tree.columns_of("contact") == [3, 4]
    assert tree.columns_of("money") == [1]
    assert tree.columns_of("nothing") == []


def test_top_groups_stand_in_the_order_of_their_first_criterion(tree: Problem) -> None:
    assert tree.top_groups == (
        ("service", "service (short)", (0, 3, 4)),
        ("money", "money (short)", (1,)),
        ("beauty", "beauty", (2,)),
    )


def test_ids_run_along_the_axes(tree: Problem) -> None:
    assert tree.option_ids == ("a", "b")
    assert tree.option_index == {"a": 0, "b": 1}
    assert tree.criterion_ids == ("speed", "outlay", "beauty", "calls", "letters")


def test_weights_are_matched_by_id_and_never_by_position() -> None:
    vector = weights({"c3": 0.7, "c1": 0.1, "c2": 0.2})
    assert vector.along(("c1", "c2", "c3")).tolist() == [0.1, 0.2, 0.7]
    assert vector.along(("c3", "c1", "c2")).tolist() == [0.7, 0.1, 0.2]
    assert vector.share("c1") == 0.1
    of = problem([[100, 0, 0], [0, 0, 100]])
    assert rank(of, vector).lower.tolist() == [10, 70]


@pytest.mark.parametrize(
    ("shares", "differing"),
    [
        ({"c1": 1.0}, ("c2",)),
        ({"c1": 0.5, "c2": 0.3, "c3": 0.2}, ("c3",)),
        ({"c1": 0.5, "cc": 0.5}, ("c2", "cc")),
    ],
)
def test_weights_on_other_criteria_are_refused_by_id(shares: dict[str, float], differing: tuple[str, ...]) -> None:
    with pytest.raises(PolicyOptionsError) as caught:
        rank(problem([[1, 2]]), weights(shares))
    (fault,) = caught.value.faults
    assert (fault.code, fault.ids) == ("weights-do-not-fit", differing)


def test_weights_that_name_a_criterion_twice_are_not_taken_by_position() -> None:
    with pytest.raises(PolicyOptionsError):
        rank(problem([[1, 2]]), WeightVector("twice", ("c1", "c2", "c2"), np.array([0.5, 0.2, 0.3])))


@pytest.mark.parametrize("shares", [(-0.2, 1.2), (0.5, 0.6), (0.2, 0.2), (0.0, 0.0), (float("nan"), 1.0)])
def test_weights_that_are_no_shares_are_not_ranked_by(shares: tuple[float, float]) -> None:
    """A weight vector is guaranteed to be at least 0 and to sum to 1; the analysis accepts no other, whoever made it."""
    with pytest.raises(PolicyOptionsError):
        rank(problem([[1, 2]]), shared(*shares))


def test_two_options_of_one_id_are_refused() -> None:
    """By id, one of them would hide the other."""
    with pytest.raises(PolicyOptionsError):
        problem([[1.0], [2.0]], options=["same", "same"])


def test_two_criteria_of_one_id_are_refused() -> None:
    with pytest.raises(PolicyOptionsError):
        problem([[1.0, 2.0]], criteria=[criterion("same"), criterion("same")])


def test_a_red_line_in_levels_and_an_exponential_live_side_by_side() -> None:
    of = problem(
        [[0, 3], [2, 1]],
        criteria=[
            criterion("c1", 0, 2, "less-is-better", function=Levels((100, 60, 0)), levels=("s", "m", "l")),
            criterion("c2", 0, 3, function=Exponential(0, 3, "more-is-better", 1)),
        ],
    )
    np.testing.assert_allclose(of.values, [[100, 100], [0, 50]], rtol=0, atol=1e-11)
