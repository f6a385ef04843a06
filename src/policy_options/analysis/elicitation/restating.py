"""Write new weights back as the numbers of a set of points or direct weights, so that they derive the same weights."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_EVEN, Decimal
from math import fsum
from typing import Final

from policy_options.analysis.elicitation.answers import Across
from policy_options.analysis.elicitation.deriving import Paths, nodes_of, shares_of_nodes
from policy_options.analysis.problem import WeightVector

__all__ = ["restated"]

_DIGITS: Final = 6  # places below the first digit of the total: a millionth of it is far below what anyone judges


def restated(
    weights: WeightVector, paths: Paths, judgements: Mapping[str, float], *, across: Across, total: float | None
) -> dict[str, str]:
    """The number to write for each judgement to give these weights; unchanged ones are left out.

    Each node keeps the total that it has, or that is stated, so that numbers which were right stay as they were typed.
    Numbers are rounded to a millionth of the total, and the rounding error is put where most was lost, so that the
    total is exact to the last digit.
    """
    share = shares_of_nodes(weights, paths)
    found: dict[str, str] = {}
    for children in nodes_of(paths, across).values():
        summed = fsum(share[child] for child in children)
        if summed == 0.0:
            continue  # a group without weight: judgements inside it share out nothing, and stay
        whole = (
            _decimal(total)
            if total is not None
            else sum((_decimal(judgements[child]) for child in children), Decimal(0))
        )
        if not whole:
            whole = Decimal(100)
        wanted = {child: share[child] / summed * float(whole) for child in children}
        if any(abs(wanted[child] - judgements[child]) > 1e-12 * float(whole) for child in children):
            numbers = _rounded(wanted, whole)
            found.update(
                (child, _text(number)) for child, number in numbers.items() if number != _decimal(judgements[child])
            )
    return found


def _decimal(number: float) -> Decimal:
    return Decimal(repr(float(number)))


def _rounded(wanted: Mapping[str, float], whole: Decimal) -> dict[str, Decimal]:
    """Round numbers to a fixed number of digits so that they sum to the whole, by largest remainders (Hamilton's method)."""
    step = Decimal(1).scaleb(whole.adjusted() - _DIGITS)
    step = min(step, Decimal(1).scaleb(int(whole.normalize().as_tuple().exponent)))  # the whole must be a multiple
    exact = {name: _decimal(number) for name, number in wanted.items()}
    numbers = {name: (number / step).quantize(Decimal(1), ROUND_HALF_EVEN) * step for name, number in exact.items()}
    off = int((whole - sum(numbers.values(), Decimal(0))) / step)
    sign = 1 if off > 0 else -1
    # Integers that came out exact are left alone if others can absorb the difference.
    bearers = sorted(exact, key=lambda name: (exact[name] == numbers[name], -sign * (exact[name] - numbers[name])))
    for name in bearers[: abs(off)]:
        numbers[name] += sign * step
    return numbers


def _text(number: Decimal) -> str:
    plain = format(number, "f")
    return plain.rstrip("0").rstrip(".") if "." in plain else plain
