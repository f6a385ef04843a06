"""The state of an interview about swings: the next question, what the answers so far show, and the weights they give.

This module has the state and everything that follows from it, without language and without input or output. The
questions of each method and the form of their answers are in ``questions``; ``wording`` phrases them, and ``cli`` reads
the answers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from policy_options.analysis.elicitation.answers import Across, Answers, Settings
from policy_options.analysis.elicitation.deriving import Paths, elicit, nodes_of
from policy_options.analysis.elicitation.methods import METHODS
from policy_options.analysis.elicitation.questions import Answer, Comparison, Interim, Kind, Question, accept, as_text
from policy_options.analysis.elicitation.results import Elicited
from policy_options.analysis.elicitation.stored import as_stored, whole
from policy_options.errors import PolicyOptionsError

__all__ = [
    "Gap",
    "Interview",
    "Progress",
    "answered",
    "answers_of",
    "back",
    "begin",
    "derive",
    "gap_of",
    "interim_of_last",
    "judgements_of",
    "last_question",
    "next_question",
    "progress",
    "texts_of",
]


@dataclass(frozen=True)
class Interview:
    """The subject of an interview and the answers so far, by the keys of their questions, in the order given."""

    method: str
    paths: Paths
    across: Across
    seed: int = 0
    answers: Mapping[str, Answer] = field(default_factory=dict)

    @property
    def nodes(self) -> dict[str, tuple[str, ...]]:
        """The children of each node within which questions are asked, parents first; the root is ""."""
        return nodes_of(self.paths, self.across)

    @property
    def settings(self) -> Settings:
        """The settings with which the answers are read."""
        return Settings(self.across, seed=self.seed)


@dataclass(frozen=True, slots=True)
class Progress:
    """The number of questions answered, and the total if no more of them become unnecessary."""

    answered: int
    of: int


@dataclass(frozen=True, slots=True)
class Gap:
    """The redundant comparison: with ``beside`` at 100, ``of`` was rated ``said``, and the other answers imply
    ``implied``.

    ``low`` and ``high`` bound what those answers allow, where they are intervals or an order.
    """

    of: str
    beside: str
    said: float
    implied: float
    low: float
    high: float

    @property
    def points(self) -> float:
        """By how much the rating given exceeds the one implied."""
        return self.said - self.implied

    @property
    def allowed(self) -> bool:
        """Whether the rating given is within what the other answers allow."""
        return self.low - 1e-9 <= self.said <= self.high + 1e-9


def begin(method: str, paths: Paths, across: Across, *, seed: int = 0) -> Interview:
    """Start an interview, before its first question.

    Raises:
        PolicyOptionsError: there is only one criterion, or more children of a node than the method can compare.
    """
    interview = Interview(method, paths, across, seed)
    if len(paths) < 2:
        raise PolicyOptionsError.of(
            "nothing-to-ask",
            "there is a single criterion, which has all the weight: nothing can be asked",
            "write the set with method: points",
            ids=tuple(paths),
        )
    for children in interview.nodes.values():
        most = METHODS[method].most
        if most is not None and len(children) > most:
            # This raises the method's message about too many children.
            METHODS[method].derive(children, Answers(), interview.settings)
    return interview


# Questions and answers -------------------------------------------------------------------------------------------------


def _questions(interview: Interview, answers: Mapping[str, Answer]) -> Iterator[Question]:
    """Yield all questions in order. Each may be read only once those before it are in ``answers``."""
    silent: set[str] = set()  # groups without weight: there is nothing to share out inside them
    for node, children in interview.nodes.items():
        if node in silent:
            silent.update(children)
            continue
        if len(children) > 1:
            yield from METHODS[interview.method].questions(node, children, answers)
        silent.update(child for child in children if answers.get(f"rate/{child}") == 0.0)
    pair = _redundant(replace(interview, answers=answers))
    if pair is not None:
        yield Question(f"check/{pair[0]}/{pair[1]}", "check", "", pair)


def next_question(interview: Interview) -> Question | None:
    """The first question without an answer; ``None`` if all are answered."""
    return next((q for q in _questions(interview, interview.answers) if q.key not in interview.answers), None)


def last_question(interview: Interview) -> Question | None:
    """The question answered last."""
    if not interview.answers:
        return None
    last = list(interview.answers)[-1]
    return next((q for q in _questions(interview, interview.answers) if q.key == last), None)


def answered(interview: Interview, text: str) -> Interview:
    """Answer the next question of an interview.

    Raises:
        PolicyOptionsError: the text does not answer it, or contradicts an earlier answer.
    """
    question = next_question(interview)
    if question is None:
        raise PolicyOptionsError.of("nothing-to-ask", "every question is answered")
    answer = accept(question, text)
    after = replace(interview, answers={**interview.answers, question.key: answer})
    _refuse_impossible(after, question, answer)
    return after


def back(interview: Interview) -> Interview:
    """The interview without its last answer."""
    return replace(interview, answers=dict(list(interview.answers.items())[:-1]))


def texts_of(interview: Interview) -> list[tuple[str, str]]:
    """The answers as text by the keys of their questions, from which the same state can be rebuilt."""
    return [(key, as_text(answer)) for key, answer in interview.answers.items()]


def progress(interview: Interview) -> Progress:
    """How far the interview has come; the remainder assumes that nothing ties and that no group is rated 0."""
    answers = dict(interview.answers)
    for question in _questions(interview, answers):  # which reads each answer only after it has been added here
        answers.setdefault(question.key, _any_answer(question))
    return Progress(len(interview.answers), len(answers))


_ANY: Final[dict[Kind, float]] = {"rate": 50.0, "best-to": 1.0, "to-worst": 1.0, "check": 100.0}


def _any_answer(question: Question) -> Answer:
    """An answer without contradictions, used to see what would be asked after it."""
    if question.kind in _ANY:
        return _ANY[question.kind]
    if question.kind == "pair":
        return Comparison(question.choices[0], question.choices[1], 1.0)
    return question.choices[-1:] if question.kind == "worst" else question.choices[:1]


def _refuse_impossible(interview: Interview, question: Question, answer: Answer) -> None:
    """Have the method refuse what it cannot accept as soon as it is entered, with its usual message, and only once."""
    children = interview.nodes[question.node] if question.kind != "check" else ()
    try:
        METHODS[interview.method].refuse(question, answer, children, interview.answers, interview.settings)
    except PolicyOptionsError as error:
        raise PolicyOptionsError(error.faults[0]) from None


# What the answers give -------------------------------------------------------------------------------------------------


def _of_node(interview: Interview, node: str) -> Answers | None:
    """The answers within one node; ``None`` if they are incomplete."""
    method, children = METHODS[interview.method], interview.nodes[node]
    if len(children) == 1:
        return method.of_one(children[0])
    given: list[tuple[Question, Answer]] = []
    for question in method.questions(node, children, interview.answers):
        if question.key not in interview.answers:
            return None
        given.append((question, interview.answers[question.key]))
    return method.collect(node, children, given)


def answers_of(interview: Interview) -> Answers:
    """All answers so far that complete a node, for the analysis."""
    parts = [part for node in interview.nodes if (part := _of_node(interview, node)) is not None]
    return Answers(
        {name: answer for part in parts for name, answer in part.judgements.items()},
        tuple(chain for part in parts for chain in part.order),
        {name: row for part in parts for name, row in part.pairwise.items()},
        tuple(comparison for part in parts for comparison in part.best_worst),
    )


def derive(interview: Interview) -> Elicited:
    """The weights that the answers give.

    Raises:
        PolicyOptionsError: some answers are missing.
    """
    return elicit(interview.paths, answers_of(interview), id="", method=interview.method, settings=interview.settings)


def judgements_of(interview: Interview) -> dict[str, Any]:
    """The part of the answers that the file of a weight set stores, with its keys."""
    stored = as_stored(answers_of(interview))
    if "formula" in METHODS[interview.method].settings:
        stored = {"formula": interview.settings.formula, **stored}
    gap = gap_of(interview)
    if gap is not None:
        stored["cross-checks"] = [{"of": gap.of, "beside": gap.beside, "said": whole(gap.said)}]
    return stored


# Consistency, and the redundant comparison -----------------------------------------------------------------------------


def interim_of_last(interview: Interview) -> Interim | None:
    """What the last answer shows: consistency as far as it can be judged, and shares once a node is complete."""
    question = last_question(interview)
    if question is None or question.kind == "check":
        return None
    node, children = question.node, interview.nodes[question.node]
    part = _of_node(interview, node)
    if part is not None:
        found = METHODS[interview.method].derive(children, part, interview.settings)
        consistency = found.consistency if len(children) > 2 else None  # two cannot contradict one another
        return Interim(node, children, consistency, tuple(found.shares.tolist()))
    return METHODS[interview.method].interim(question, children, interview.answers, interview.settings)


def _redundant(interview: Interview) -> tuple[str, str] | None:
    """The two swings to compare once more at the end: the one to be judged, and the one that is 100.

    In the node with the most children, the third relative to the second or, in an order, the second relative to the
    first; where too few carry weight, the heaviest criteria of two different groups; and without a second group, the
    only two in reverse.
    """
    shares = _shares(interview)
    children = max(interview.nodes.values(), key=len)
    ranked = _heaviest_first(children, shares)
    method = METHODS[interview.method]
    again = method.compared_again(ranked)
    if again is not None:
        return again
    weights = _weights(interview)
    heavy = _heaviest_first(interview.paths, weights)
    if interview.across == "siblings":
        home = interview.paths[heavy[0]]
        elsewhere = next((name for name in heavy if interview.paths[name] != home), None)
        if elsewhere is not None:
            return elsewhere, heavy[0]
    if len(ranked) == 2:
        return method.other_way(ranked[0], ranked[1])
    return None


def _heaviest_first(names: Iterable[str], shares: Mapping[str, float]) -> list[str]:
    """Those that carry weight; equal ones in their given order, which the last digits of a computation must not decide."""
    return sorted((name for name in names if shares.get(name, 0.0) > 0), key=lambda name: -round(shares[name], 9))


def _shares(interview: Interview) -> dict[str, float]:
    """The share of each swing within its node."""
    return {
        child: share
        for node in derive(interview).nodes
        for child, share in zip(node.children, node.shares.tolist(), strict=True)
    }


def _weights(interview: Interview) -> dict[str, float]:
    vector = derive(interview).weights
    return dict(zip(vector.criteria, vector.shares.tolist(), strict=True))


def gap_of(interview: Interview) -> Gap | None:
    """The redundant comparison, with what the other answers imply; ``None`` if it was not asked or is not yet answered."""
    question = last_question(interview)
    if question is None or question.kind != "check":
        return None
    said = interview.answers[question.key]
    of, beside = question.about
    together = any(of in children and beside in children for children in interview.nodes.values())
    by = _shares(interview) if together else _weights(interview)
    implied = 100 * by[of] / by[beside]
    low, high = (
        METHODS[interview.method].allowed(answers_of(interview), of, beside, implied)
        if together
        else (implied, implied)
    )
    return Gap(of, beside, said if isinstance(said, float) else 0.0, implied, low, high)
