"""The answers of a conversation, question by question, as the judgements that the analysis derives from and a file stores.

What lives here: the translation. What is asked and in what order is ``questions``', the state of a conversation ``interview``'s.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from policy_options.analysis.elicitation.answers import Answers, BestWorst, Interval
from policy_options.analysis.elicitation.questions import ASKED, Answer, Comparison, picked
from policy_options.analysis.elicitation.swing import TOP_SWING

__all__ = ["as_stored", "compared", "graded", "of_node", "whole"]


def of_node(method: str, node: str, children: tuple[str, ...], answers: Mapping[str, Answer]) -> Answers | None:
    """The answers within one node; ``None`` where they are not complete or nothing was asked."""
    if len(children) == 1:
        return Answers({children[0]: TOP_SWING} if method == "swing" else {})
    given: list[tuple[tuple[str, ...], Answer]] = []
    for question in ASKED[method](node, children, answers):
        if question.key not in answers:
            return None
        given.append((question.about, answers[question.key]))
    if method == "swing":
        ratings = {about[0]: answer for about, answer in given if isinstance(answer, float | Interval)}
        return Answers({child: ratings.get(child, TOP_SWING) for child in children})
    if method == "rank-order":
        levels = [picked(answer) for _, answer in given]
        last = tuple(child for child in children if not any(child in level for level in levels))
        return Answers(order=((*levels, *((last,) if last else ())),))
    if method == "ahp":
        return compared(answer for _, answer in given)
    return Answers(best_worst=(graded(node, children, answers, known=children),))


def compared(comparisons: Iterable[Answer]) -> Answers:
    """Comparisons in pairs, each the way round in which a number of 1 or more is said."""
    pairwise: dict[str, dict[str, float]] = {}
    for answer in comparisons:
        if isinstance(answer, Comparison):
            pairwise.setdefault(answer.more, {})[answer.less] = answer.times
    return Answers(pairwise=pairwise)


def graded(node: str, children: tuple[str, ...], answers: Mapping[str, Answer], *, known: tuple[str, ...]) -> BestWorst:
    """The best-worst comparison of a node. What is not answered, or not among ``known``, fits the rest perfectly."""
    suffix = f"/{node}" if node else ""
    (best,) = picked(answers[f"best{suffix}"])
    others = [child for child in children if child != best]
    worst = picked(answers[f"worst{suffix}"])[0] if len(others) > 1 else others[0]
    between = [child for child in others if child != worst]

    def grade(key: str, default: float) -> float:
        found = answers.get(key, default)
        return found if isinstance(found, float) else default

    most = grade(f"best-to/{worst}", 9.0)
    over = {child: grade(f"best-to/{child}", most) if child in known else most for child in between}
    under = {child: grade(f"to-worst/{child}", 1.0) if child in known else 1.0 for child in between}
    return BestWorst(best, worst, {**over, worst: most}, {best: most, **under})


def as_stored(answers: Answers) -> dict[str, Any]:
    """The answers with the keys and values of a weight set's file."""
    stored: dict[str, Any] = {}
    if answers.judgements:
        stored["judgements"] = {name: _judgement(answer) for name, answer in answers.judgements.items()}
    if answers.order:
        stored["order"] = [" > ".join(" = ".join(level) for level in chain) for chain in answers.order]
    if answers.pairwise:
        stored["pairwise"] = {name: _row(row) for name, row in answers.pairwise.items()}
    if answers.best_worst:
        stored["best-worst"] = [
            {
                "best": comparison.best,
                "worst": comparison.worst,
                "best-to-others": _row(comparison.best_to_others),
                "others-to-worst": _row(comparison.others_to_worst),
            }
            for comparison in answers.best_worst
        ]
    return stored


def whole(number: float) -> float | int:
    """A number as a person writes it: 60, not 60.0."""
    return int(number) if number.is_integer() else number


def _row(row: Mapping[str, float]) -> dict[str, float | int]:
    return {name: whole(number) for name, number in row.items()}


def _judgement(answer: float | Interval) -> Any:
    if isinstance(answer, Interval):
        return {"low": whole(answer.low), "high": whole(answer.high)}
    return whole(answer)
