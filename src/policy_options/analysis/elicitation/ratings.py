"""Methods that rate every swing with a number: points, direct weights and SMART. Swing weighting is in a separate module."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from math import fsum, inf, isfinite
from typing import Final

import numpy as np

from policy_options.analysis.elicitation.answers import Answers, Interval, Settings
from policy_options.analysis.elicitation.method import Method
from policy_options.analysis.elicitation.results import NodeWeights
from policy_options.analysis.problem import frozen
from policy_options.errors import Fault, PolicyOptionsError, as_written

__all__ = ["Direct", "Points", "Smart", "missing", "not_weights", "numbers_only", "shares_of"]

LEAST_RATING: Final = 10.0
"""The rating in SMART of the swing that matters least."""
DIRECT_TOTAL: Final = 100.0


class Points(Method):
    """Points shared out among siblings: each is divided by their sum, which must equal the stated total, if any.

    Source: Metfessel (1947), Journal of Psychology 24 (constant sum).

    Raises:
        PolicyOptionsError: a missing, negative or not finite judgement, nothing but zeros, or another total.
    """

    name = "points"
    takes = ("judgements",)
    proportional = True
    settings = ("total",)
    rates = True

    def derive(self, children: tuple[str, ...], answers: Answers, settings: Settings) -> NodeWeights:
        """Derive the shares of one node's children; see the class."""
        ratings = numbers_only(children, answers)
        if settings.total is not None:
            _refuse_other_total(ratings, settings.total, "points", default=None)
        return NodeWeights("", children, shares_of(ratings))


class Direct(Method):
    """Weights stated directly, in per cent unless another total is stated; they must sum to it.

    Raises:
        PolicyOptionsError: as for points.
    """

    name = "direct"
    takes = ("judgements",)
    proportional = True
    settings = ("total",)
    rates = True
    whole = DIRECT_TOTAL

    def derive(self, children: tuple[str, ...], answers: Answers, settings: Settings) -> NodeWeights:
        """Derive the shares of one node's children; see the class."""
        ratings = numbers_only(children, answers)
        _refuse_other_total(ratings, settings.total, "weights", default=DIRECT_TOTAL)
        return NodeWeights("", children, shares_of(ratings))


class Smart(Method):
    """SMART: the swing that matters least is 10, the others are multiples of it; 0 leaves a criterion out.

    Source: Edwards (1977), IEEE Transactions on Systems, Man and Cybernetics 7; of swings: Edwards and Barron (1994),
    Organizational Behavior and Human Decision Processes 60.

    Raises:
        PolicyOptionsError: the lowest rating other than 0 is not 10, or as for points.
    """

    name = "smart"
    takes = ("judgements",)
    proportional = True

    def derive(self, children: tuple[str, ...], answers: Answers, _: Settings) -> NodeWeights:
        """Derive the shares of one node's children; see the class."""
        ratings = numbers_only(children, answers)
        least = min((name for name in ratings if ratings[name] > 0), key=lambda name: ratings[name], default=None)
        if least is not None and ratings[least] != LEAST_RATING:
            raise PolicyOptionsError.of(
                "smart-without-10",
                f"the smallest rating is {as_written(ratings[least])} (`{least}`); in SMART it is 10",
                "rate the swing that matters least 10 and the others so many times as much, or use method: points",
                ids=(least,),
                path=("judgements", least),
            )
        return NodeWeights("", children, shares_of(ratings))


def shares_of(ratings: Mapping[str, float]) -> np.ndarray:
    """(k,) each rating over their sum.

    Raises:
        PolicyOptionsError: all ratings are zero.
    """
    top = max(ratings.values(), default=0.0)
    if not top > 0:
        raise PolicyOptionsError.of(
            "weights-all-zero",
            f"all judgements among {', '.join(f'`{name}`' for name in ratings)} are zero",
            "give at least one of them more than 0",
            ids=tuple(ratings),
            path=("judgements", *tuple(ratings)[:1]),
        )
    total = fsum(value / top for value in ratings.values())  # relative to the largest, no sum is too large
    return frozen(np.array([value / top / total for value in ratings.values()]))


def numbers_only(children: tuple[str, ...], answers: Answers) -> dict[str, float]:
    """The judgement on each child, all of them numbers.

    Raises:
        PolicyOptionsError: judgements are missing, negative, not finite or intervals; every one of them is included.
    """
    faults = []
    ratings = {}
    for name in children:
        answer = answers.judgements.get(name)
        if answer is None:
            faults.append(missing(name))
        elif isinstance(answer, Interval):
            faults.append(
                Fault(
                    "judgement-interval",
                    f"the judgement on `{name}` is an interval, which only swing weighting reads",
                    "write one number, or use method: swing",
                    (name,),
                    path=("judgements", name),
                )
            )
        else:
            ratings[name] = float(answer)
    faults.extend(not_weights(ratings))
    if faults:
        raise PolicyOptionsError(faults)
    return ratings


def missing(name: str) -> Fault:
    """The fault of a child without a judgement."""
    return Fault(
        "judgement-missing",
        f"no judgement on `{name}`",
        f"write {name}: 0 if it is to carry no weight",
        (name,),
        path=("judgements", name),
    )


def not_weights(ratings: Mapping[str, float]) -> list[Fault]:
    """A fault for each rating that is negative or not finite."""
    faults = []
    for name, value in ratings.items():
        if isfinite(value) and value >= 0:
            continue
        code, why = (
            ("weight-negative", "weights are never negative")
            if value < 0
            else ("weight-not-finite", "no finite number")
        )
        said = f"the judgement on `{name}` is {as_written(value)}; {why}"
        remedy = "write 0 for a criterion that is to carry no weight"
        faults.append(Fault(code, said, remedy, (name,), path=("judgements", name)))
    return faults


def _refuse_other_total(
    ratings: Mapping[str, float], stated: float | None, what: str, *, default: float | None
) -> None:
    """Refuse ratings that do not sum to the total stated, or else to the method's default."""
    total = default if stated is None else stated
    assert total is not None  # points have no required total unless one is stated
    try:
        reached = fsum(ratings.values())
    except OverflowError:
        reached = inf
    if abs(reached - total) > 1e-9 * total:
        among = ", ".join(f"`{name}`" for name in ratings)
        raise PolicyOptionsError.of(
            "total-not-reached",
            f"the {what} of {among} sum to {as_written(float(f'{reached:.12g}'))}, "
            f"and {'the stated total' if stated is not None else 'their total'} is {as_written(total)}",
            _to_reach(ratings, reached, total, default),
            ids=tuple(ratings),
            path=("judgements", *tuple(ratings)[:1]),
        )


def _to_reach(ratings: Mapping[str, float], reached: float, total: float, default: float | None) -> str:
    """The remedy for a wrong sum: change the total where that is what is wrong, else the ratings."""
    free = "delete total:" if default is None else "write method: points"
    apart = f"{free}, so that only their proportions count"
    if abs(reached - 1.0) <= 1e-9 and total != 1.0:
        return f"they are shares of 1: write total: 1, or {apart}"
    if default is not None and abs(reached - default) <= 1e-9 * default:
        return f"delete total:, which is {as_written(default)} unless stated"
    off = as_written(float(f"{abs(reached - total):.6g}"))
    change = f"take away {off}" if reached > total else f"give out {off} more"
    rounding = _rounding(ratings)
    if abs(reached - total) <= rounding:  # such as thirds
        return f"if they were rounded, {apart}; else {change}"
    if rounding < len(ratings) / 2 and abs(reached - 1.0) <= rounding:
        return f"if they are shares of 1 that were rounded, {apart}"
    return f"{change}, or {apart}"


def _rounding(ratings: Mapping[str, float]) -> float:
    """The most by which the sum of ratings can differ from that of the unrounded numbers."""
    places = max((-_decimal_exponent(value) for value in ratings.values()), default=0)
    return len(ratings) * 0.5 * 10.0 ** -max(places, 0) * (1 + 1e-9)


def _decimal_exponent(value: float) -> int:
    exponent = Decimal(as_written(value)).as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0
