"""The Best-Worst Method: the best swing compared with all others, and all others with the worst.

Rezaei (2016), Omega 64: the linear model, whose solution is unique. Consistency is judged on the input (Liang, Brunelli and
Rezaei 2020, Omega 96), never by dividing the linear model's xi by a table that was made for another model.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import isfinite, nan
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from policy_options.analysis.elicitation.answers import Answers, BestWorst, Settings
from policy_options.analysis.elicitation.method import Asked, Method
from policy_options.analysis.elicitation.results import Consistency, Correction, NodeWeights
from policy_options.analysis.problem import frozen
from policy_options.analysis.solver import minimise
from policy_options.errors import Fault, PolicyOptionsError, as_written

if TYPE_CHECKING:
    from policy_options.analysis.elicitation.questions import Answer, Interim, Question

__all__ = ["THRESHOLDS", "THRESHOLDS_TABLE", "BestWorstMethod"]

Floats = NDArray[np.float64]

THRESHOLDS_TABLE: Final = "Liang, Brunelli and Rezaei (2020), Table 3"
THRESHOLDS: Final = {
    3: (0.1667, 0.1667, 0.1667, 0.1667, 0.1667, 0.1667, 0.1667),
    4: (0.1121, 0.1529, 0.1898, 0.2206, 0.2527, 0.2577, 0.2683),
    5: (0.1354, 0.1994, 0.2306, 0.2546, 0.2716, 0.2844, 0.2960),
    6: (0.1330, 0.1990, 0.2643, 0.3044, 0.3144, 0.3221, 0.3262),
    7: (0.1294, 0.2457, 0.2819, 0.3029, 0.3144, 0.3251, 0.3403),
    8: (0.1309, 0.2521, 0.2958, 0.3154, 0.3408, 0.3620, 0.3657),
    9: (0.1359, 0.2681, 0.3062, 0.3337, 0.3517, 0.3620, 0.3662),
}
"""Thresholds by the grade of the best over the worst, for 3 to 9 criteria. At the grade 2 the threshold is 0."""


class BestWorstMethod(Method):
    """Weights from one best-worst comparison, with xi, the input-based ratio, and the judgements that disturb it most.

    Raises:
        PolicyOptionsError: the comparison is missing, leaves a child out, is off the scale of 1 to 9, or contradicts itself.
    """

    name = "best-worst"
    takes = ("best-worst",)
    interviews = True

    def derive(self, children: tuple[str, ...], answers: Answers, _: Settings) -> NodeWeights:
        """Derive the shares of one node's children; see the class."""
        if len(children) == 1 and not answers.best_worst:
            return NodeWeights("", children, frozen(np.ones(1)))
        if not answers.best_worst:
            raise PolicyOptionsError.of(
                "comparison-missing",
                f"no best-worst comparison among {', '.join(f'`{name}`' for name in children)}",
                "write one under best-worst: with best, worst, best-to-others and others-to-worst",
                ids=children,
                path=("best-worst",),
            )
        comparison = answers.best_worst[0]
        over, under = _vectors(children, comparison)
        weights, xi = _linear_model(children, comparison, over, under)
        return NodeWeights("", children, frozen(weights), _consistency(children, comparison, over, under, xi))

    def questions(self, node: str, children: tuple[str, ...], answers: Asked) -> Iterator[Question]:
        """Ask which swing matters most and which least; then the best against the worst, which bounds the rest; then
        both rows.
        """
        from policy_options.analysis.elicitation.questions import Question, key_at, picked

        asked = Question(key_at("best", node), "best", node, children, children)
        yield asked
        (best,) = picked(answers[asked.key])
        others = tuple(child for child in children if child != best)
        worst = others[0]
        if len(others) > 1:
            asked = Question(key_at("worst", node), "worst", node, others, others)
            yield asked
            (worst,) = picked(answers[asked.key])
        between = [child for child in others if child != worst]
        yield from (Question(f"best-to/{child}", "best-to", node, (best, child)) for child in (worst, *between))
        yield from (Question(f"to-worst/{child}", "to-worst", node, (child, worst)) for child in between)

    def collect(self, node: str, children: tuple[str, ...], given: Sequence[tuple[Question, Answer]]) -> Answers:
        """Collect the single comparison."""
        answers = {question.key: answer for question, answer in given}
        return Answers(best_worst=(_graded(node, children, answers, known=children),))

    def refuse(
        self, question: Question, answer: Answer, children: tuple[str, ...], answers: Asked, settings: Settings
    ) -> None:
        """Refuse a grade off the scale, or one that contradicts an earlier one."""
        if question.kind in ("best-to", "to-worst"):
            comparison = _graded(question.node, children, answers, known=children)
            self.derive(children, Answers(best_worst=(comparison,)), settings)

    def interim(
        self, question: Question, children: tuple[str, ...], answers: Asked, settings: Settings
    ) -> Interim | None:
        """The consistency of the two grades of one swing."""
        from policy_options.analysis.elicitation.questions import Interim

        if question.kind != "to-worst":
            return None
        about = question.about[0]
        comparison = _graded(question.node, children, answers, known=(about,))
        alone = self.derive(children, Answers(best_worst=(comparison,)), settings)
        over, under = comparison.best_to_others, comparison.others_to_worst
        product, most = over[about] * under[about], over[comparison.worst]
        return Interim(question.node, children, alone.consistency, about=about, product=product, most=most)


def _graded(node: str, children: tuple[str, ...], answers: Asked, *, known: tuple[str, ...]) -> BestWorst:
    """The best-worst comparison of a node. Grades not answered, or not among ``known``, are set to fit the rest perfectly."""
    from policy_options.analysis.elicitation.questions import key_at, picked

    (best,) = picked(answers[key_at("best", node)])
    others = [child for child in children if child != best]
    worst = picked(answers[key_at("worst", node)])[0] if len(others) > 1 else others[0]
    between = [child for child in others if child != worst]

    def grade(key: str, default: float) -> float:
        answer = answers.get(key, default)
        return answer if isinstance(answer, float) else default

    most = grade(f"best-to/{worst}", 9.0)
    over = {child: grade(f"best-to/{child}", most) if child in known else most for child in between}
    under = {child: grade(f"to-worst/{child}", 1.0) if child in known else 1.0 for child in between}
    return BestWorst(best, worst, {**over, worst: most}, {best: most, **under})


def _vectors(children: tuple[str, ...], comparison: BestWorst) -> tuple[Floats, Floats]:
    """How many times as much the best matters as each child, and each as the worst, with 1 for themselves."""
    best, worst = comparison.best, comparison.worst
    faults: list[Fault] = []
    if best == worst:
        faults.append(
            Fault(
                "best-is-worst",
                f"`{best}` is named as the best and as the worst",
                "name two swings; if all matter alike, any two with 1 throughout",
                (best,),
                path=("best-worst", "worst"),
            )
        )
    found = []
    for key, itself, given in (
        ("best-to-others", best, comparison.best_to_others),
        ("others-to-worst", worst, comparison.others_to_worst),
    ):
        vector = []
        for child in children:
            grade = given.get(child, 1.0 if child == itself else None)
            if grade is None:
                pair = (best, child) if key == "best-to-others" else (child, worst)
                faults.append(
                    Fault(
                        "comparison-missing",
                        f"`{pair[0]}` is not compared with `{pair[1]}`",
                        f"write {child}: under {key}, from 1 to 9",
                        pair,
                        path=("best-worst", key),
                    )
                )
                vector.append(nan)
                continue
            if not isfinite(grade) or not 1 <= grade <= 9:
                faults.append(_off_scale(child, grade, key))
                grade = nan
            elif child == itself and grade != 1:
                faults.append(
                    Fault(
                        "compared-with-itself",
                        f"`{child}` is compared with itself, and not as equal",
                        "delete it",
                        (child,),
                        path=("best-worst", key, child),
                    )
                )
            vector.append(grade)
        found.append(vector)
    over, under = (np.array(vector, dtype=np.float64) for vector in found)
    if best != worst:
        faults += _contradictions(children, comparison, over, under)
    if faults:
        raise PolicyOptionsError(faults)
    return over, under


def _off_scale(child: str, grade: float, key: str) -> Fault:
    return Fault(
        "comparison-not-positive" if not grade > 0 else "comparison-off-scale",
        f"`{child}` under {key} is {as_written(grade)}; the scale runs from 1 (equally) to 9",
        "write a number from 1 to 9"
        if not 0 < grade < 1
        else "below 1 the best would not be best, nor the worst worst",
        (child,),
        path=("best-worst", key, child),
    )


def _contradictions(children: tuple[str, ...], comparison: BestWorst, over: Floats, under: Floats) -> list[Fault]:
    """Find grades that contradict one another; one that is missing or off the scale is NaN, and contradicts none."""
    best, worst = children.index(comparison.best), children.index(comparison.worst)
    most = over[worst]
    if most != under[best] and not np.isnan(most + under[best]):
        return [
            Fault(
                "best-worst-contradict",
                f"`{comparison.best}` over `{comparison.worst}` is {as_written(most)} under best-to-others and "
                f"{as_written(under[best])} under others-to-worst",
                "it is one judgement: write the same number twice",
                (comparison.best, comparison.worst),
                path=("best-worst", "others-to-worst", comparison.best),
            )
        ]
    faults = []
    for key, vector, other in (
        ("best-to-others", over, "is the worst"),
        ("others-to-worst", under, "is the best"),
    ):
        for index, child in enumerate(children):
            if index not in (best, worst) and vector[index] > most:
                claimed = comparison.worst if key == "best-to-others" else comparison.best
                faults.append(
                    Fault(
                        "best-worst-contradict",
                        f"`{child}` under {key} is {as_written(vector[index])}, more than the best over the worst "
                        f"({as_written(most)}): then not `{claimed}` but `{child}` {other}",
                        "lower it, or name another best or worst",
                        (child, claimed),
                        path=("best-worst", key, child),
                    )
                )
    return faults


def _linear_model(
    children: tuple[str, ...], comparison: BestWorst, over: Floats, under: Floats
) -> tuple[Floats, float]:
    """Minimise xi over weights w and xi, with |w_B - a_Bj w_j| <= xi and |w_j - a_jW w_W| <= xi (Rezaei 2016, eq. 8)."""
    count = len(children)
    best, worst = children.index(comparison.best), children.index(comparison.worst)
    rows = []
    for index in range(count):
        if index != best:
            row = np.zeros(count + 1)
            row[best] += 1.0
            row[index] -= over[index]
            rows.append(row)
        if index not in (best, worst):
            row = np.zeros(count + 1)
            row[index] += 1.0
            row[worst] -= under[index]
            rows.append(row)
    differences = np.array(rows)
    bounds = np.concatenate((differences, -differences))
    bounds[:, count] = -1.0
    cost = np.zeros(count + 1)
    cost[count] = 1.0
    total = np.ones((1, count + 1))
    total[0, count] = 0.0
    solution = minimise(cost, bounds, np.zeros(len(bounds)), total, np.ones(1))
    weights = np.maximum(solution[:count], 0.0)
    return weights / weights.sum(), max(float(solution[count]), 0.0)


def _consistency(
    children: tuple[str, ...], comparison: BestWorst, over: Floats, under: Floats, xi: float
) -> Consistency:
    """CR^I, the largest of |a_Bj a_jW - a_BW| / (a_BW^2 - a_BW) (Liang et al. 2020, eq. 5)."""
    best, worst = children.index(comparison.best), children.index(comparison.worst)
    most = float(over[worst])
    ratios = _input_ratios(over, under, most)
    ratios[[best, worst]] = 0.0  # by construction, but for rounding
    value = float(ratios.max())
    threshold = _threshold(most, len(children))
    corrections: list[Correction] = []
    if threshold is not None and value > threshold + 1e-9:
        for index in np.argsort(-ratios, kind="stable")[:3].tolist():
            if ratios[index] > 0:
                correction = _correction(children, comparison, over, under, index)
                corrections += [correction] if correction.fits != correction.said else []
    return Consistency("input-based-ratio", value, threshold, THRESHOLDS_TABLE, xi, tuple(corrections))


def _input_ratios(over: Floats, under: Floats, most: float) -> Floats:
    spread = most * most - most
    # At the grade 1 all swings matter equally, and any contradiction of that has been refused.
    return np.abs(over * under - most) / spread if spread > 0 else np.zeros_like(over)


def _threshold(most: float, count: int) -> float | None:
    """The published threshold; grades between two integers take the stricter of the two."""
    if most <= 2 or count < 3:
        return 0.0
    if count > 9:
        return None
    around = {max(int(np.floor(most)), 3), int(np.ceil(most))}
    return min(THRESHOLDS[grade][count - 3] for grade in around)


def _correction(
    children: tuple[str, ...], comparison: BestWorst, over: Floats, under: Floats, index: int
) -> Correction:
    """The smallest change to one of a child's two grades that brings their product nearest to the best over the worst."""
    worst = children.index(comparison.worst)
    most = float(over[worst])
    child = children[index]
    trials = []
    for vector, partner, first, second in (
        (over, under, comparison.best, child),
        (under, over, child, comparison.worst),
    ):
        for grade in range(1, int(most) + 1):
            changed = vector.copy()
            changed[index] = grade
            ratios = _input_ratios(changed, partner, most)
            step = abs(float(np.log(grade / vector[index])))
            trials.append((float(ratios[index]), step, first, second, float(vector[index]), float(grade), ratios))
    _, _, first, second, said, fits, ratios = min(trials, key=lambda trial: trial[:2])
    ratios[[children.index(comparison.best), worst]] = 0.0
    return Correction(first, second, said, fits, float(ratios.max()))
