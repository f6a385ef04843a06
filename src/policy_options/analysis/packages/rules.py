"""Which packages rules admit, and whether rules contradict one another.

Each rule is a bound on how many of some members are in: ``low <= sum of signs x <= high``. What is asked of few members is
answered for every package at once (``violations``), what is asked of many by backtracking with bounds (``satisfiable``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from math import comb
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from policy_options.analysis.packages.problem import Rule

__all__ = ["Row", "contradiction", "keeps", "rows_of", "satisfiable", "view_of", "violations"]

Row = tuple[dict[int, int], int, int]
"""Signs by member, and the least and the most that they may sum to."""

_MOST_SETS: Final = 50_000
"""Sets of rules that are tried for a smaller contradiction than the one that leaving out rules one by one has found."""


def rows_of(rule: Rule) -> list[Row]:
    """The rule as rows; all have to be kept."""
    members, number = rule.members, rule.number or 0
    even = dict.fromkeys(members, 1)
    match rule.kind:
        case "requires":
            return [({members[0]: 1, needed: -1}, -1, 0) for needed in members[1:] if needed != members[0]]
        case "excludes":
            return [(even, 0, 1)]
        case "at-most":
            return [(even, 0, number)]
        case "at-least":
            return [(even, number, len(even))]
        case "exactly":
            return [(even, number, number)]
        case "always":
            return [({member: 1}, 1, 1) for member in even]
        case "never":
            return [({member: 1}, 0, 0) for member in even]


def keeps(package: int, rule: Rule) -> bool:
    """Whether a package keeps a rule."""
    return all(
        low <= sum(sign for member, sign in signs.items() if package >> member & 1) <= high
        for signs, low, high in rows_of(rule)
    )


def view_of(array: NDArray[Any], bits: dict[int, int]) -> NDArray[Any]:
    """The part of an array over all packages of m members whose bits are as given: a view, without any index.

    ``bits`` has 0 or 1 by member.
    """
    shape: list[int] = []
    index: list[int | slice] = []
    above = array.size.bit_length() - 1
    for bit in sorted(bits, reverse=True):
        shape += [1 << (above - bit - 1), 2]
        index += [slice(None), bits[bit]]
        above = bit
    return array.reshape(*shape, 1 << above)[(*index, slice(None))]


def violations(rule: Rule, members: int) -> NDArray[np.bool_]:
    """(2^m,) whether each package breaks a rule."""
    broken = np.zeros(1 << members, dtype=np.bool_)
    match rule.kind:
        case "requires":
            for needed in rule.members[1:]:
                if needed != rule.members[0]:
                    view_of(broken, {rule.members[0]: 1, needed: 0})[...] = True
        case "excludes":
            for first, second in combinations(dict.fromkeys(rule.members), 2):
                view_of(broken, {first: 1, second: 1})[...] = True
        case "always" | "never":
            for member in rule.members:
                view_of(broken, {member: int(rule.kind == "never")})[...] = True
        case _:
            counted = np.zeros(1, dtype=np.uint8)
            chosen = set(rule.members)
            for member in range(members):
                counted = np.concatenate((counted, counted + np.uint8(member in chosen)))
            number = rule.number or 0
            if rule.kind == "at-most":
                broken = counted > number
            elif rule.kind == "at-least":
                broken = counted < number
            else:
                broken = counted != number
    return broken


def satisfiable(rules: Sequence[Rule]) -> bool:
    """Whether some package keeps all rules, of however many members: by backtracking, the tightest row first."""
    rows = [row for rule in rules for row in rows_of(rule)]
    return _search(rows, {})


def _search(rows: list[Row], fixed: dict[int, int]) -> bool:
    fixed = dict(fixed)
    changed = True
    while changed:
        changed = False
        for signs, low, high in rows:
            known = sum(sign * fixed[member] for member, sign in signs.items() if member in fixed)
            open_ = [(member, sign) for member, sign in signs.items() if member not in fixed]
            least = known + sum(min(sign, 0) for _, sign in open_)
            most = known + sum(max(sign, 0) for _, sign in open_)
            if least > high or most < low:
                return False
            for member, sign in open_:
                # In or out, where the other would carry the row over one of its bounds.
                can_be_in = least + (sign if sign > 0 else 0) <= high and most + (sign if sign < 0 else 0) >= low
                can_be_out = least - (sign if sign < 0 else 0) <= high and most - (sign if sign > 0 else 0) >= low
                if not can_be_in or not can_be_out:
                    if not can_be_in and not can_be_out:
                        return False
                    fixed[member] = int(can_be_in)
                    changed = True
                    break
            if changed:
                break
    for signs, low, high in rows:
        open_ = [(member, sign) for member, sign in signs.items() if member not in fixed]
        known = sum(sign * fixed[member] for member, sign in signs.items() if member in fixed)
        least = known + sum(min(sign, 0) for _, sign in open_)
        most = known + sum(max(sign, 0) for _, sign in open_)
        if open_ and (least < low or most > high):
            member = open_[0][0]
            return any(_search(rows, {**fixed, member: value}) for value in (0, 1))
    return True


def contradiction(rules: Sequence[Rule]) -> tuple[int, ...]:
    """The places of a smallest set of rules that no package keeps together; empty where all can be kept."""
    if satisfiable(rules):
        return ()
    core = list(range(len(rules)))
    for place in range(len(rules)):
        without = [other for other in core if other != place]
        if not satisfiable([rules[other] for other in without]):
            core = without
    for size in range(1, len(core)):
        if comb(len(rules), size) > _MOST_SETS:
            break
        smaller = next(_contradicting(rules, size), None)
        if smaller is not None:
            return smaller
    return tuple(core)


def _contradicting(rules: Sequence[Rule], size: int) -> Iterator[tuple[int, ...]]:
    for places in combinations(range(len(rules)), size):
        if not satisfiable([rules[place] for place in places]):
            yield places
