"""Orders and intervals of swings as bounds on weights, and messages for contradictions among them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import pairwise

from policy_options.analysis.elicitation.answers import TOP_SWING, Chain, Interval
from policy_options.analysis.region import Bound, contradiction
from policy_options.errors import Fault, PolicyOptionsError, as_written

__all__ = ["bounds_of_order", "bounds_of_ratings", "refuse_contradiction"]


def bounds_of_order(order: Sequence[Chain]) -> tuple[Bound, ...]:
    """Bounds from chains of swings: each level matters less than the one before it, and its members matter equally."""
    bounds = []
    for index, chain in enumerate(order):
        for level in chain:
            for first, second in pairwise(level):
                said = f"`{first}` = `{second}`"
                bounds.append(Bound(first, second, Fraction(1), False, said, ("order", index)))
                bounds.append(Bound(second, first, Fraction(1), False, said, ("order", index)))
        for upper, lower in pairwise(chain):
            said = f"`{upper[-1]}` > `{lower[0]}`"
            bounds.append(Bound(lower[0], upper[-1], Fraction(1), True, said, ("order", index)))
    return tuple(bounds)


def bounds_of_ratings(names: Sequence[str], judged: Mapping[str, float | Interval]) -> list[Bound]:
    """Bounds relative to the first swing of 100; a swing without a judgement is at most 100."""
    top = next((name for name in names if judged.get(name) == TOP_SWING), None)
    if top is None:
        return []
    bounds = []
    for name in names:
        if name == top:
            continue
        answer = judged.get(name, Interval())
        low, high = (answer.low, answer.high) if isinstance(answer, Interval) else (answer, answer)
        path = ("judgements", name) if name in judged else ("judgements", top)
        said = _said(name, top, answer, name in judged)
        bounds.append(Bound(name, top, _ratio(high), False, said, path))
        if low > 0:
            bounds.append(Bound(top, name, 1 / _ratio(low), False, said, path))
    return bounds


def refuse_contradiction(children: Sequence[str], bounds: Sequence[Bound]) -> None:
    """Refuse bounds that leave no weights, naming only the judgements that contradict one another.

    Raises:
        PolicyOptionsError: with one fault.
    """
    conflict = contradiction(children, bounds)
    if not conflict:
        return
    said = list(dict.fromkeys(bound.said for bound in conflict))
    ids = tuple(dict.fromkeys(name for bound in conflict for name in (bound.greater, bound.lesser)))
    only_order = all(bound.path[:1] == ("order",) for bound in conflict)
    raise PolicyOptionsError(
        Fault(
            "order-cycle" if only_order else "judgements-contradict",
            f"{'the order goes round in a circle' if only_order else 'no weights fit these judgements together'}: "
            f"{', '.join(said)}",
            "take back one of them",
            ids,
            path=conflict[-1].path,
        )
    )


def _ratio(rating: float) -> Fraction:
    return Fraction(str(rating)) / 100


def _said(name: str, top: str, answer: float | Interval, judged: bool) -> str:
    if not judged:
        return f"`{top}` is 100, the most"
    if isinstance(answer, Interval):
        return f"`{name}` is between {as_written(answer.low)} and {as_written(answer.high)}"
    return f"`{name}` is {as_written(answer)}"
