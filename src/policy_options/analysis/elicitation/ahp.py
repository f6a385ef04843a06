"""The analytic hierarchy process: pairwise comparisons of how many times as much each swing matters as another.

Saaty (1980), The Analytic Hierarchy Process: weights are the principal eigenvector of the matrix of comparisons.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations, islice
from math import isfinite
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from policy_options.analysis.elicitation.answers import Answers, Settings
from policy_options.analysis.elicitation.method import Asked, Method
from policy_options.analysis.elicitation.results import Consistency, Correction, NodeWeights
from policy_options.analysis.problem import frozen
from policy_options.errors import Fault, PolicyOptionsError, as_ratio, as_written

if TYPE_CHECKING:
    from policy_options.analysis.elicitation.questions import Answer, Interim, Question

__all__ = ["AHP", "RANDOM_INDEX_TABLE", "THRESHOLD", "consistency_ratio", "principal_eigenvector"]

Floats = NDArray[np.float64]

THRESHOLD: Final = 0.10
RANDOM_INDEX_TABLE: Final = "Saaty (1980)"
RANDOM_INDEX: Final = (
    *(0.0, 0.0, 0.0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49),
    *(1.51, 1.48, 1.56, 1.57, 1.59),
)
"""Random index by number of items, 0 to 15."""
MOST_ITEMS: Final = len(RANDOM_INDEX) - 1
_SCALE: Final = (*(1 / k for k in range(9, 1, -1)), *map(float, range(1, 10)))
_ROUNDING: Final = 1e-6
_DIGITS: Final = 9  # for comparing figures, never for reporting them


def principal_eigenvector(matrix: Floats) -> tuple[Floats, float]:
    """Weights (k,) that sum to 1, and lambda max, of a positive (k, k) matrix of comparisons."""
    values, vectors = np.linalg.eig(matrix)
    largest = int(np.argmax(values.real))
    weights = np.abs(vectors[:, largest].real)
    return weights / weights.sum(), float(values[largest].real)


def consistency_ratio(lambda_max: float, items: int) -> float:
    """(lambda max - n) / (n - 1) over the random index for n items; 0 for two, which cannot contradict one another."""
    if items < 3:
        return 0.0
    return max(lambda_max - items, 0.0) / (items - 1) / RANDOM_INDEX[items]


class AHP(Method):
    """Weights from pairwise comparisons, with the consistency ratio and the comparisons that disturb it most.

    Raises:
        PolicyOptionsError: a comparison is missing, not positive, off the scale of 1/9 to 9 or given twice with
            different values, or there are more items than the random index was published for.
    """

    name = "ahp"
    takes = ("pairwise",)
    most = MOST_ITEMS
    interviews = True

    def derive(self, children: tuple[str, ...], answers: Answers, _: Settings) -> NodeWeights:
        """Derive the shares of one node's children; see the class."""
        if len(children) == 1 and not answers.pairwise:
            return NodeWeights("", children, frozen(np.ones(1)))
        if len(children) > MOST_ITEMS:
            raise PolicyOptionsError([_too_many(children), *_faults(children, answers.pairwise)])
        matrix = _matrix(children, answers.pairwise)
        weights, lambda_max = principal_eigenvector(matrix)
        ratio = consistency_ratio(lambda_max, len(children))
        worst = _worst(children, matrix, weights) if ratio > THRESHOLD else ()
        consistency = Consistency("consistency-ratio", ratio, THRESHOLD, RANDOM_INDEX_TABLE, lambda_max, worst)
        return NodeWeights("", children, frozen(weights), consistency)

    def questions(self, node: str, children: tuple[str, ...], answers: Asked) -> Iterator[Question]:
        """Ask for each swing against all before it, so that the first three, four and so on are fully compared as early
        as possible.
        """
        from policy_options.analysis.elicitation.questions import Question

        for position, later in enumerate(children):
            for earlier in islice(children, position):
                yield Question(f"pair/{earlier}/{later}", "pair", node, (earlier, later), (earlier, later))

    def collect(self, node: str, children: tuple[str, ...], given: Sequence[tuple[Question, Answer]]) -> Answers:
        """Collect the comparisons."""
        return _compared(answer for _, answer in given)

    def refuse(
        self, question: Question, answer: Answer, children: tuple[str, ...], answers: Asked, settings: Settings
    ) -> None:
        """Refuse a comparison off the scale."""
        if question.kind == "pair":
            self.derive(question.about, _compared((answer,)), settings)

    def interim(
        self, question: Question, children: tuple[str, ...], answers: Asked, settings: Settings
    ) -> Interim | None:
        """The consistency of the items fully compared with one another so far, from three on."""
        from policy_options.analysis.elicitation.questions import Interim

        count = children.index(question.about[1]) + 1
        if count < 3 or question.about[0] != children[count - 2]:
            return None
        among = children[:count]
        pairs = _compared(answers[asked.key] for asked in self.questions(question.node, among, answers))
        return Interim(question.node, among, self.derive(among, pairs, settings).consistency)


def _compared(comparisons: Iterable[Answer]) -> Answers:
    """Comparisons in pairs, each in the direction in which a number of 1 or more is given."""
    from policy_options.analysis.elicitation.questions import Comparison

    pairwise: dict[str, dict[str, float]] = {}
    for answer in comparisons:
        if isinstance(answer, Comparison):
            pairwise.setdefault(answer.more, {})[answer.less] = answer.times
    return Answers(pairwise=pairwise)


def _too_many(children: tuple[str, ...]) -> Fault:
    return Fault(
        "too-many-to-compare",
        f"{len(children)} swings are compared in pairs; consistency can be judged for at most {MOST_ITEMS}",
        "group the criteria and write across: siblings, or use best-worst",
        children,
        path=("pairwise",),
    )


def _faults(children: tuple[str, ...], pairwise: Mapping[str, Mapping[str, float]]) -> tuple[Fault, ...]:
    """Find faults in the comparisons themselves."""
    try:
        _matrix(children, pairwise)
    except PolicyOptionsError as error:
        return error.faults
    return ()


def _matrix(children: tuple[str, ...], pairwise: Mapping[str, Mapping[str, float]]) -> Floats:
    position = {name: index for index, name in enumerate(children)}
    matrix = np.ones((len(children), len(children)))
    faults: list[Fault] = []
    given: dict[tuple[str, str], float] = {}
    refused: set[frozenset[str]] = set()  # pairs that already have a fault
    for first, row in pairwise.items():
        for second, ratio in row.items():
            wrong = _wrong(first, second, ratio)
            if wrong is not None:
                faults.append(wrong)
                refused.add(frozenset((first, second)))
            given[first, second] = ratio
    for first, second in combinations(children, 2):
        said, reverse = given.get((first, second)), given.get((second, first))
        if frozenset((first, second)) in refused:
            continue
        if said is None and reverse is None:
            faults.append(
                Fault(
                    "comparison-missing",
                    f"`{first}` and `{second}` are not compared",
                    f"write under {first}: how many times it matters as {second}, from 1/9 to 9",
                    (first, second),
                    path=("pairwise", first),
                )
            )
            continue
        if said is not None and reverse is not None and abs(said * reverse - 1) > _ROUNDING:
            faults.append(
                Fault(
                    "not-reciprocal",
                    f"`{first}` to `{second}` is {as_ratio(said)} and `{second}` to `{first}` is {as_ratio(reverse)}, "
                    "which are not 1 over one another",
                    "write only one of the two; thirds are written 1/3",
                    (first, second),
                    path=("pairwise", second, first),
                )
            )
            continue
        ratio = said if said is not None else 1 / reverse  # type: ignore[operator]  # one of the two is present
        matrix[position[first], position[second]], matrix[position[second], position[first]] = ratio, 1 / ratio
    if faults:
        raise PolicyOptionsError(faults)
    return matrix


def _wrong(first: str, second: str, ratio: float) -> Fault | None:
    path = ("pairwise", first, second)
    if first == second:
        if ratio == 1.0:
            return None
        return Fault(
            "compared-with-itself",
            f"`{first}` is compared with itself, and not as equal",
            "delete it",
            (first,),
            path=path,
        )
    if not isfinite(ratio) or ratio <= 0:
        return Fault(
            "comparison-not-positive",
            f"`{first}` to `{second}` is {as_written(ratio)}; how many times one matters as the other is above 0",
            "write 1/9 to 1 where the second matters more, 1 to 9 where the first does",
            (first, second),
            path=path,
        )
    if not 1 / 9 - _ROUNDING <= ratio <= 9 + _ROUNDING:
        return Fault(
            "comparison-off-scale",
            f"`{first}` to `{second}` is {as_written(ratio)}; the scale runs from 1/9 to 9",
            "write 9 or 1/9, or use a method that rates swings",
            (first, second),
            path=path,
        )
    return None


def _worst(children: tuple[str, ...], matrix: Floats, weights: Floats) -> tuple[Correction, ...]:
    """The three comparisons furthest from the weights, each with the grade of the scale that corrects it best."""
    pairs = list(combinations(range(len(children)), 2))
    # Rounded, so that ties (with three items all are equally far) keep the order of the items on every machine.
    pairs.sort(key=lambda pair: -round(abs(float(np.log(matrix[pair] * weights[pair[1]] / weights[pair[0]]))), _DIGITS))
    corrections = []
    for row, column in pairs[:3]:
        # One matrix per grade, with the eigenvalues found together.
        tried = np.repeat(matrix[None], len(_SCALE), axis=0)
        tried[:, row, column], tried[:, column, row] = _SCALE, 1 / np.array(_SCALE)
        largest = np.linalg.eigvals(tried).real.max(axis=1).tolist()
        after, fits = min(
            ((consistency_ratio(one, len(children)), grade) for one, grade in zip(largest, _SCALE, strict=True)),
            key=lambda trial: (round(trial[0], _DIGITS), trial[1]),
        )
        first, second, said = children[row], children[column], float(matrix[row, column])
        if abs(fits - said) <= _ROUNDING:  # no grade is better than the one given
            continue
        if said < 1:  # reported in the direction of the larger number
            first, second, said, fits = second, first, 1 / said, 1 / fits
        corrections.append(Correction(first, second, said, fits, after))
    return tuple(corrections)
