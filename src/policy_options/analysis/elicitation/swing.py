"""Swing weighting: the swing that matters most is 100, and the others are rated against it by number, interval or order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import isfinite
from typing import TYPE_CHECKING

from policy_options.analysis.elicitation.answers import TOP_SWING, Answers, Interval, Settings
from policy_options.analysis.elicitation.method import Asked, Method
from policy_options.analysis.elicitation.ratings import missing, not_weights, shares_of
from policy_options.analysis.elicitation.results import NodeWeights
from policy_options.errors import Fault, PolicyOptionsError, as_written

if TYPE_CHECKING:
    from policy_options.analysis.elicitation.questions import Answer, Question

__all__ = ["TOP_SWING", "Swing"]


class Swing(Method):
    """Weights from judgements on swings: numbers, intervals, an order, or some of each.

    Numbers alone give weights in proportion (von Winterfeldt and Edwards 1986, Decision Analysis and Behavioral Research,
    ch. 8). Intervals and orders leave a region of weights; the weights are its centre of mass.

    Raises:
        PolicyOptionsError: a judgement is missing or is not a weight, none is 100, or together they leave no weights.
    """

    name = "swing"
    takes = ("judgements", "order")
    proportional = True
    interviews = True

    def derive(self, children: tuple[str, ...], answers: Answers, settings: Settings) -> NodeWeights:
        """Derive the shares of one node's children; see the class."""
        judged = {name: answers.judgements[name] for name in children if name in answers.judgements}
        named = {name for chain in answers.order for level in chain for name in level}
        faults = [missing(name) for name in children if name not in judged and name not in named]
        faults += [fault for name, answer in judged.items() for fault in _no_swing(name, answer)]
        if faults:
            raise PolicyOptionsError(faults)
        if judged and any(answer != 0.0 for answer in judged.values()):
            _refuse_without_top(judged)
        ratings = {name: float(answer) for name, answer in judged.items() if not isinstance(answer, Interval)}
        if len(ratings) == len(children) and not answers.order:
            return NodeWeights("", children, shares_of(ratings))
        # Only orders and intervals leave a region, and most sets are numbers.
        from policy_options.analysis.elicitation.bounds import bounds_of_order, bounds_of_ratings, refuse_contradiction
        from policy_options.analysis.region import NodeRegion, centre_of_mass

        zero = tuple(name for name, rating in ratings.items() if rating == 0.0)
        order, faults = _without_zeros(answers.order, zero)
        if faults:
            raise PolicyOptionsError(faults)
        rest = tuple(name for name in children if name not in zero)
        bounds = (*bounds_of_ratings(rest, judged), *bounds_of_order(order))
        refuse_contradiction(rest, bounds)
        if len(ratings) == len(children):  # an order that agrees with the numbers adds nothing
            return NodeWeights("", children, shares_of(ratings))
        region = NodeRegion("", children, bounds, zero)
        shares, sampled = centre_of_mass(region, seed=settings.seed, sample=settings.sample)
        return NodeWeights("", children, shares, region=region, centre=True, sampled=sampled)

    def words(self, *, rated: bool) -> str:
        """Distinguish answers with numbers or intervals from an order alone."""
        return "method.swing.how" if rated else "method.swing.order"

    def questions(self, node: str, children: tuple[str, ...], answers: Asked) -> Iterator[Question]:
        """Ask which swing matters most, then for each other relative to it."""
        from policy_options.analysis.elicitation.questions import Question, key_at, picked

        first = Question(key_at("first", node), "first", node, children, children)
        yield first
        (top,) = picked(answers[first.key])
        yield from (Question(f"rate/{child}", "rate", node, (child, top)) for child in children if child != top)

    def collect(self, node: str, children: tuple[str, ...], given: Sequence[tuple[Question, Answer]]) -> Answers:
        """Collect the ratings; the first is 100."""
        ratings = {asked.about[0]: answer for asked, answer in given if isinstance(answer, float | Interval)}
        return Answers({child: ratings.get(child, TOP_SWING) for child in children})

    def of_one(self, child: str) -> Answers:
        """Rate the only swing 100."""
        return Answers({child: TOP_SWING})

    def refuse(
        self, question: Question, answer: Answer, children: tuple[str, ...], answers: Asked, settings: Settings
    ) -> None:
        """Refuse a rating that is not valid relative to the swing that is 100."""
        if question.kind == "rate" and isinstance(answer, float | Interval):
            about, top = question.about
            self.derive((top, about), Answers({top: TOP_SWING, about: answer}), settings)

    def other_way(self, first: str, second: str) -> tuple[str, str]:
        """The second was judged with the first as 100."""
        return first, second


def _no_swing(name: str, answer: float | Interval) -> list[Fault]:
    if not isinstance(answer, Interval):
        faults = not_weights({name: float(answer)})
        if not faults and answer > TOP_SWING:
            faults = [
                Fault(
                    "swing-above-100",
                    f"the swing judgement on `{name}` is {as_written(answer)}; the swing that matters most is 100",
                    "rate the swing that matters most 100 and the others relative to it, or use method: points",
                    (name,),
                    path=("judgements", name),
                )
            ]
        return faults
    low, high = answer.low, answer.high
    if isfinite(low) and isfinite(high) and 0.0 <= low <= high <= TOP_SWING and high > 0.0:
        return []
    return [
        Fault(
            "interval-empty" if low > high else "interval-off-scale",
            f"the interval on `{name}` runs from {as_written(low)} to {as_written(high)}",
            "write low and high between 0 and 100, low first" if high != 0.0 else f"write {name}: 0 for no weight",
            (name,),
            path=("judgements", name),
        )
    ]


def _refuse_without_top(judged: dict[str, float | Interval]) -> None:
    if any(answer == TOP_SWING for answer in judged.values()):
        return
    top = max(judged, key=lambda name: _highest(judged[name]))
    highest = as_written(_highest(judged[top]))
    is_interval = isinstance(judged[top], Interval)
    raise PolicyOptionsError.of(
        "swing-without-100",
        f"no swing is judged to be 100 itself: the interval on `{top}` goes up to {highest}"
        if is_interval
        else f"the largest swing judgement is {highest} (`{top}`); in swing weighting it is 100",
        "rate the swing that matters most 100 and the others relative to it, or use method: points",
        ids=(top,),
        path=("judgements", top),
    )


def _highest(answer: float | Interval) -> float:
    return answer.high if isinstance(answer, Interval) else answer


def _without_zeros(
    order: tuple[tuple[tuple[str, ...], ...], ...], zero: tuple[str, ...]
) -> tuple[tuple[tuple[tuple[str, ...], ...], ...], list[Fault]]:
    """The chains without swings judged 0, which may only come last; a swing said to matter less than one judged 0 is a
    fault.
    """
    kept, faults = [], []
    for index, chain in enumerate(order):
        for position, level in enumerate(chain):
            nothing = [name for name in level if name in zero]
            below = [name for name in level if name not in zero] if nothing else []
            below += [name for later in chain[position + 1 :] for name in later] if nothing else []
            if nothing and below:
                faults.append(
                    Fault(
                        "judgements-contradict",
                        f"`{nothing[0]}` is judged 0, and `{below[0]}` cannot matter less",
                        "take back one of the two",
                        (nothing[0], below[0]),
                        path=("order", index),
                    )
                )
        kept.append(tuple(level for level in chain if not set(level) & set(zero)))
    return tuple(kept), faults
