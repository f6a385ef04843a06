"""Small problems to rank: built from a matrix of numbers, or drawn by hypothesis."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from policy_options.analysis.elicitation.answers import Across, Answers, Chain, Interval, Settings
from policy_options.analysis.elicitation.deriving import Paths, elicit
from policy_options.analysis.elicitation.results import Elicited
from policy_options.analysis.problem import CriterionAxis, GroupAxis, OptionAxis, Problem, WeightVector, frozen
from policy_options.analysis.ranking import Ranking
from policy_options.analysis.value_functions import (
    Direction,
    Exponential,
    Levels,
    Linear,
    PiecewiseLinear,
    ValueFunction,
)
from policy_options.errors import Fault, PolicyOptionsError

Floats = NDArray[np.float64]
Matrix = Sequence[Sequence[float]] | Floats

UNKNOWN = float("nan")
DIRECTIONS: tuple[Direction, Direction] = ("more-is-better", "less-is-better")

repeatable = settings(derandomize=True, database=None, deadline=None, max_examples=50)
"""The same examples in each run, and none stored on disk."""


def option(id: str) -> OptionAxis:
    return OptionAxis(id, id, id)


def criterion(
    id: str,
    low: float = 0.0,
    high: float = 100.0,
    direction: Direction = "more-is-better",
    *,
    function: ValueFunction | None = None,
    groups: tuple[str, ...] = (),
    levels: tuple[str, ...] = (),
    red_line: float | None = None,
) -> CriterionAxis:
    """A leaf, linear by default; from 0 to 100 a performance is its own value."""
    return CriterionAxis(
        id=id,
        title=id.upper(),
        short=id,
        unit="points",
        direction=direction,
        low=low,
        high=high,
        value_function=function or Linear(low, high, direction),
        groups=groups,
        levels=levels,
        red_line=red_line,
    )


def group(id: str, *, above: tuple[str, ...] = (), role: str | None = None) -> GroupAxis:
    return GroupAxis(id, id.upper(), f"{id} (short)", above, role)


def problem(
    likely: Matrix,
    *,
    options: Sequence[str] = (),
    criteria: Sequence[CriterionAxis] = (),
    groups: Sequence[GroupAxis] = (),
    low: Matrix | None = None,
    high: Matrix | None = None,
) -> Problem:
    """A problem from a matrix, options by criteria; named a, b, c ... by c1, c2 ... by default."""
    matrix = np.asarray(likely, dtype=np.float64)
    names = options or [chr(ord("a") + row) for row in range(matrix.shape[0])]
    axes = criteria or [criterion(f"c{column + 1}") for column in range(matrix.shape[1])]
    return Problem(
        tuple(option(name) for name in names),
        tuple(axes),
        tuple(groups),
        matrix if low is None else np.asarray(low, dtype=np.float64),
        matrix,
        matrix if high is None else np.asarray(high, dtype=np.float64),
    )


def weights(shares: Mapping[str, float], id: str = "set") -> WeightVector:
    """Shares as written, by criterion."""
    return WeightVector(id, tuple(shares), frozen(np.array(list(shares.values()), dtype=np.float64)))


def shared(*shares: float, id: str = "set") -> WeightVector:
    """Shares of c1, c2 ... as written."""
    return weights({f"c{column + 1}": share for column, share in enumerate(shares)}, id)


def paths(of: Problem) -> dict[str, tuple[str, ...]]:
    """The groups above each criterion."""
    return {axis.id: axis.groups for axis in of.criteria}


# Judgements ----------------------------------------------------------------------------------------------------------

PLAIN = Settings()
SIBLINGS = Settings("siblings")


def case(name: str) -> dict[str, Any]:
    """A published case, which names its source."""
    path = Path(__file__).parent / "cases" / f"{name}.json"
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    assert found["source"]
    return found


def flat(names: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Criteria without groups above them."""
    return dict.fromkeys(names, ())


def chain(text: str) -> Chain:
    """An order as written in a file: ``a > b = c``."""
    return tuple(tuple(name.strip() for name in level.split("=")) for level in text.split(">"))


def elicited(of: Paths | Iterable[str], answers: Answers, method: str, read_with: Settings = PLAIN) -> Elicited:
    """The result of answers, on a value tree or on criteria without groups."""
    return elicit(of if isinstance(of, Mapping) else flat(of), answers, id="set", method=method, settings=read_with)


def shares(of: Paths | Iterable[str], answers: Answers, method: str, read_with: Settings = PLAIN) -> dict[str, float]:
    """The weights from answers, by criterion; they must be shares."""
    found = elicited(of, answers, method, read_with).weights
    assert found.id == "set"
    assert found.criteria == tuple(of)
    assert np.all(found.shares >= 0)
    assert float(found.shares.sum()) == pytest.approx(1.0, abs=1e-12)
    return dict(zip(found.criteria, found.shares.tolist(), strict=True))


def refusal(of: Paths | Iterable[str], answers: Answers, method: str, read_with: Settings = PLAIN) -> tuple[Fault, ...]:
    """Why answers give no weights."""
    with pytest.raises(PolicyOptionsError) as caught:
        elicited(of, answers, method, read_with)
    for fault in caught.value.faults:
        assert fault.message
        assert fault.place is None
        assert fault.path, fault
    return caught.value.faults


def derive_weights(
    of: Mapping[str, tuple[str, ...]],
    judgements: Mapping[str, float | Interval],
    *,
    id: str = "set",
    method: str = "points",
    across: Across = "leaves",
) -> WeightVector:
    """Weights of judgements that rate each node with a number."""
    return elicit(of, Answers(judgements), id=id, method=method, settings=Settings(across)).weights


def from_points(of: Problem, points: Sequence[float], id: str = "set") -> WeightVector:
    """Points in the order of the criteria, shared out across the leaves."""
    judgements = dict(zip(of.criterion_ids, points, strict=True))
    return derive_weights(paths(of), judgements, id=id, method="points", across="leaves")


def permuted(of: Problem, *, rows: Sequence[int] | None = None, columns: Sequence[int] | None = None) -> Problem:
    """The problem with its options or criteria in another order, or without some of them."""
    rows = range(len(of.options)) if rows is None else rows
    columns = range(len(of.criteria)) if columns is None else columns
    cells = np.ix_(np.asarray(rows, dtype=np.intp), np.asarray(columns, dtype=np.intp))
    return replace(
        of,
        options=tuple(of.options[row] for row in rows),
        criteria=tuple(of.criteria[column] for column in columns),
        low=of.low[cells],
        likely=of.likely[cells],
        high=of.high[cells],
    )


def widened(of: Problem, axes: Sequence[CriterionAxis], low: Floats, likely: Floats, high: Floats) -> Problem:
    """The problem with criteria added at the end; the arrays are (m, number added)."""
    return replace(
        of,
        criteria=(*of.criteria, *axes),
        low=np.hstack([of.low, low]),
        likely=np.hstack([of.likely, likely]),
        high=np.hstack([of.high, high]),
    )


def assert_same_values_and_order(before: Ranking, after: Ranking) -> None:
    """The promise of the design, for the options that both have: values to 1e-9, and the order of pairs further apart."""
    common = [name for name in before.problem.option_ids if name in after.problem.option_index]
    assert common
    first = [before.problem.option_index[name] for name in common]
    second = [after.problem.option_index[name] for name in common]
    np.testing.assert_allclose(after.lower[second], before.lower[first], rtol=0, atol=1e-9)
    np.testing.assert_allclose(after.upper[second], before.upper[first], rtol=0, atol=1e-9)
    lower = before.lower[first]
    apart = lower[:, None] - lower[None, :] > 1e-9 + 1e-11  # the last term leaves room for rounding
    for ranks in (before.ranks[first], after.ranks[second]):
        assert (ranks[:, None] < ranks[None, :])[apart].all()


# Strategies ----------------------------------------------------------------------------------------------------------


@st.composite
def axes(draw: st.DrawFn, id: str) -> CriterionAxis:
    """A criterion of any kind of scale and value function, in either direction."""
    direction = draw(st.sampled_from(DIRECTIONS))
    rising = direction == "more-is-better"
    kind = draw(st.sampled_from(["linear", "linear", "piecewise", "exponential", "levels"]))
    if kind == "levels":
        inner = sorted(draw(st.lists(st.integers(0, 100), max_size=3)))
        values = [0.0, *map(float, inner), 100.0]
        names = tuple(f"level-{index}" for index in range(len(values)))
        function: ValueFunction = Levels(tuple(values if rising else values[::-1]))
        return criterion(id, 0.0, len(values) - 1.0, direction, function=function, levels=names)
    low = float(draw(st.integers(-40, 40)))
    span = float(draw(st.sampled_from([1, 4, 10, 60])))
    if kind == "piecewise":
        steps = sorted(draw(st.sets(st.integers(1, 15), max_size=3)))
        heights = sorted(draw(st.lists(st.integers(0, 100), min_size=len(steps), max_size=len(steps))))
        at = (low, *(low + span * step / 16 for step in steps), low + span)
        value = (0.0, *map(float, heights), 100.0)
        function = PiecewiseLinear(at, value if rising else tuple(100.0 - v for v in value))
    elif kind == "exponential":
        function = Exponential(low, low + span, direction, low + span * draw(st.integers(2, 62)) / 64)
    else:
        function = Linear(low, low + span, direction)
    return criterion(id, low, low + span, direction, function=function)


@st.composite
def columns(draw: st.DrawFn, axis: CriterionAxis, count: int, unknowns: bool = False) -> tuple[Floats, Floats, Floats]:
    """(m, 1) low, likely and high performances on the scale of a criterion; many are equal, so that values tie."""
    steps = int(axis.high) if axis.levels else 8
    position = st.integers(0, steps).map(lambda k: k / steps)
    if not axis.levels:
        position = st.one_of(position, position, st.floats(0, 1))
    cells = []
    for _ in range(count):
        if unknowns and draw(st.integers(0, 4)) == 0:
            cells.append([UNKNOWN] * 3)
            continue
        likely = draw(position)
        ends = draw(st.one_of(st.just((likely, likely)), st.tuples(position, position)))
        cells.append(sorted([min(*ends, likely), likely, max(*ends, likely)]))
    on_scale = np.clip(axis.low + np.array(cells) * (axis.high - axis.low), axis.low, axis.high)
    if axis.levels:
        on_scale = np.round(on_scale)
    return on_scale[:, 0:1], on_scale[:, 1:2], on_scale[:, 2:3]


@st.composite
def problems(
    draw: st.DrawFn, options: tuple[int, int] = (1, 6), criteria: tuple[int, int] = (1, 5), *, unknowns: bool = False
) -> Problem:
    """A problem of any kind; with ``unknowns``, about a fifth of its scores are unknown."""
    m, n = draw(st.integers(*options)), draw(st.integers(*criteria))
    leaves = [draw(axes(f"c{column + 1}")) for column in range(n)]
    parts = [draw(columns(axis, m, unknowns)) for axis in leaves]
    low, likely, high = (np.hstack([part[index] for part in parts]) for index in range(3))
    return problem(likely, criteria=leaves, low=low, high=high)


def points(count: int) -> st.SearchStrategy[list[float]]:
    """Points for ``count`` criteria, not all of them zero."""
    one = st.one_of(st.integers(0, 5).map(float), st.floats(0.01, 100))
    return st.lists(one, min_size=count, max_size=count).filter(any)


@st.composite
def weighted(
    draw: st.DrawFn, options: tuple[int, int] = (1, 6), *, unknowns: bool = False
) -> tuple[Problem, WeightVector]:
    """A problem and weights for it."""
    drawn = draw(problems(options, unknowns=unknowns))
    return drawn, from_points(drawn, draw(points(len(drawn.criteria))))
