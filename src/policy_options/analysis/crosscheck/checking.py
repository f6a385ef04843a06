"""A cross-check: the methods on one ranking, how far they agree with it, and which assumptions make the difference."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from policy_options.analysis.additive import TIE, competition_ranks
from policy_options.analysis.assessment import Assessment
from policy_options.analysis.comparison.rank_measures import kendall_tau_b
from policy_options.analysis.crosscheck.inputs import Inputs, ends_of_unknowns, inputs_of
from policy_options.analysis.crosscheck.method import MOST_COMPARED, Method, Order
from policy_options.analysis.crosscheck.methods import METHODS
from policy_options.analysis.crosscheck.ordinal import majorities
from policy_options.analysis.crosscheck.results import Agreement, Checked, Reversals, Standing, Turn
from policy_options.analysis.problem import Problem
from policy_options.analysis.ranking import Ranking
from policy_options.errors import PolicyOptionsError

__all__ = ["MOST_LEFT_OUT", "CrossCheck", "cross_check", "reversals_of"]

Floats = NDArray[np.float64]

MOST_LEFT_OUT: Final = 100
"""Options up to which each is left out in turn: every trial is a run of the method."""


@dataclass(frozen=True, eq=False)
class CrossCheck:
    """A ranking by the additive model, and the same question put to other methods.

    Options that fail a red line are left out, as they are of robustness. Unknown scores are at the worst ends of their
    scales, as they are where the ranking lists them; whether an option comes first is also tried with them at other ends
    (``inputs.ends_of_unknowns``). Every part is computed on first use.
    """

    assessment: Assessment
    methods: tuple[Method, ...]

    @property
    def ranking(self) -> Ranking:
        """The ranking of the options that fail no red line; of all where each fails one."""
        return self.assessment.kept

    @property
    def problem(self) -> Problem:
        """The options that are compared."""
        return self.ranking.problem

    @property
    def left_out(self) -> tuple[str, ...]:
        """The options that fail a red line and are left out."""
        kept = self.problem.option_index
        return tuple(option for option in self.assessment.ranking.in_order if option not in kept)

    @cached_property
    def unknown(self) -> tuple[str, ...]:
        """The options with an unknown score that carries weight."""
        rows = np.flatnonzero((self.problem.unknown & (self.ranking.shares > 0.0)).any(axis=1))
        return tuple(self.problem.option_ids[row] for row in rows)

    @cached_property
    def inputs(self) -> tuple[Inputs, ...]:
        """What the methods are given: first with unknown scores at their worst, then at the other ends tried."""
        leader = self.ranking.order[0]
        shares = self.ranking.shares
        return tuple(inputs_of(self.problem, shares, each) for each in ends_of_unknowns(self.problem, shares, leader))

    @cached_property
    def checked(self) -> tuple[Checked, ...]:
        """Every method, in the order of the registry."""
        return tuple(_checked(method, self.inputs) for method in self.methods)

    @property
    def answered(self) -> tuple[Checked, ...]:
        """The methods that could take the inputs."""
        return tuple(one for one in self.checked if one.refusal is None)

    @property
    def refused(self) -> tuple[Checked, ...]:
        """The methods that could not."""
        return tuple(one for one in self.checked if one.refusal is not None)

    def with_standing(self, *standings: Standing) -> tuple[Checked, ...]:
        """The methods that treat the additive leader in one of some ways."""
        return tuple(one for one in self.answered if one.standing in standings)

    @cached_property
    def reversals(self) -> dict[str, Reversals | None]:
        """By method, the options whose presence reorders the others; ``None`` where there are too many to try."""
        found: dict[str, Reversals | None] = {}
        for one in self.answered:
            few = len(self.problem.options) <= MOST_LEFT_OUT
            found[one.method.name] = reversals_of(one.method, one.inputs, one.order) if few else None
        return found

    @cached_property
    def pairwise(self) -> Floats | None:
        """(m, m) weight of the criteria on which the option of the row is better than that of the column."""
        inputs = self.inputs[0]
        return majorities(inputs.values, inputs.weights) if len(inputs.options) <= MOST_COMPARED else None

    @property
    def condorcet_winner(self) -> str | None:
        """The option that every other loses to by weight of criteria, if there is one."""
        if self.pairwise is None:
            return None
        wins = (self.pairwise - self.pairwise.T > TIE).sum(axis=1) == len(self.problem.options) - 1
        return self.problem.option_ids[int(np.flatnonzero(wins)[0])] if wins.any() else None


def cross_check(assessment: Assessment, methods: Collection[str] = ()) -> CrossCheck:
    """Put a ranking to other methods, by default to all of them.

    Raises:
        PolicyOptionsError: there is no such method; fewer than two options are left to compare.
    """
    unknown = [name for name in methods if name not in METHODS]
    if unknown:
        raise PolicyOptionsError.of(
            "unknown-id",
            f"`{unknown[0]}` is no method of a cross-check",
            _nearest(unknown[0]),
            ids=unknown,
        )
    found = CrossCheck(assessment, tuple(method for name, method in METHODS.items() if not methods or name in methods))
    if len(found.problem.options) < 2:
        raise PolicyOptionsError.of(
            "one-option",
            "with a single option to choose from there is no order that another method could change",
            "write another option, or look at the red lines",
            ids=found.problem.option_ids,
        )
    return found


def _nearest(name: str) -> str:
    near = get_close_matches(name, METHODS, n=1)
    return f"did you mean `{near[0]}`?" if near else f"there are: {', '.join(METHODS)}"


def reversals_of(method: Method, inputs: Inputs, whole: Order | None = None) -> Reversals:
    """Leave out each option in turn, and compare the order of the others with and without it."""
    with_all = method.order(inputs) if whole is None else whole
    of_order, of_first, untried = [], [], []
    for row, option in enumerate(inputs.options if len(inputs.options) > 2 else ()):
        rest = inputs.leaving_out(row)
        if method.refusal(rest) is not None:
            untried.append(option)
            continue
        before = _order_without(with_all, row)
        after = method.order(rest)
        if not _same(before, after):
            of_order.append(option)
            if before.firsts != after.firsts:
                of_first.append(option)
    return Reversals(tuple(of_order), tuple(of_first), tuple(untried))


def _order_without(order: Order, row: int) -> Order:
    """The order of the others in an order: whoever is behind the option moves up by one."""
    if order.ranks is not None:
        ranks = np.concatenate((order.ranks[:row], order.ranks[row + 1 :]))
        return Order(ranks=ranks - (ranks > order.ranks[row]))
    assert order.ahead is not None and order.alike is not None
    kept = np.delete(np.arange(len(order.ahead)), row)
    among = np.ix_(kept, kept)
    return Order(ahead=order.ahead[among], alike=order.alike[among])


def _same(first: Order, second: Order) -> bool:
    if first.ranks is not None and second.ranks is not None:
        return bool(np.array_equal(first.ranks, second.ranks))
    return bool(np.array_equal(first.relation, second.relation)) and (
        first.alike is None or second.alike is None or bool(np.array_equal(first.alike, second.alike))
    )


def _additive(inputs: Inputs) -> tuple[Floats, Order]:
    values = inputs.values @ inputs.weights
    return values, Order(ranks=competition_ranks(values)[0], scores=values)


def _checked(method: Method, at_ends: tuple[Inputs, ...]) -> Checked:
    inputs = at_ends[0]
    for each in at_ends:
        refusal = method.refusal(each)
        if refusal is not None:
            return Checked(method, each, refusal)
    orders = [method.order(each) for each in at_ends]
    values, additive = _additive(inputs)
    order = orders[0]
    standings = {_standing(_additive(each)[1], found) for each, found in zip(at_ends, orders, strict=True)}
    standing: Standing = standings.pop() if len(standings) == 1 else "open"
    ranks = np.array([each.ranks for each in orders]) if order.ranks is not None else None
    return Checked(
        method,
        inputs,
        order=order,
        firsts=tuple(inputs.options[row] for row in order.firsts),
        standing=standing,
        agreement=_agreement(additive, order, partial=method.partial),
        turn=_turn(method, inputs, values, additive, order),
        best_rank=None if ranks is None else ranks.min(axis=0),
        worst_rank=None if ranks is None else ranks.max(axis=0),
    )


def _standing(additive: Order, order: Order) -> Standing:
    leaders, firsts = set(additive.firsts), set(order.firsts)
    if firsts <= leaders:
        return "kept"
    return "shared" if firsts & leaders else "lost"


def _agreement(additive: Order, order: Order, *, partial: bool) -> Agreement | None:
    """The measures; without a matrix of pairs there is tau-b alone, whose options may be many."""
    assert additive.ranks is not None
    tau = None if partial or order.ranks is None else kendall_tau_b(additive.ranks, order.ranks)
    if len(additive.ranks) > MOST_COMPARED:
        return Agreement(tau, 0, 0, 0) if tau is not None else None
    ahead = additive.relation
    reversed_ = int((ahead & order.relation.T).sum())
    undecided = 0
    if order.alike is not None:
        undecided = int((ahead & ~order.relation & ~order.relation.T & ~order.alike).sum())
    return Agreement(tau, reversed_, undecided, int(ahead.sum()))


def _turn(method: Method, inputs: Inputs, values: Floats, additive: Order, order: Order) -> Turn | None:
    """The pair to explain: the leader and what the method puts ahead of it or level with it, else the widest turned pair."""
    pair = _pair_at_the_top(values, additive, order) or _widest_pair(values, additive, order)
    if pair is None:
        return None
    better, worse = pair
    found = order.compare(better, worse)
    kind: Literal["behind", "level", "open"] = "open" if found is None else "level" if found == 0 else "behind"
    alone = tuple(each for each in method.assumes if method.order(inputs, (each,)).compare(better, worse) == 1)
    lead = float(values[better] - values[worse])
    return Turn(inputs.options[better], inputs.options[worse], lead, kind, alone)


def _pair_at_the_top(values: Floats, additive: Order, order: Order) -> tuple[int, int] | None:
    others = [row for row in order.firsts if row not in additive.firsts]
    if not others:
        return None
    leader = next((row for row in additive.firsts if row in order.firsts), additive.firsts[0])
    ahead = [row for row in others if order.compare(row, leader) != 1] if leader in order.firsts else []
    beaten_by = [row for row in others if order.compare(row, leader) == 1]
    return leader, max(beaten_by or ahead or others, key=lambda row: float(values[row]))


def _widest_pair(values: Floats, additive: Order, order: Order) -> tuple[int, int] | None:
    if len(values) > MOST_COMPARED:
        return None
    turned = additive.relation & order.relation.T
    if not turned.any():
        return None
    gaps = np.where(turned, values[:, None] - values, -np.inf)
    better, worse = np.unravel_index(int(gaps.argmax()), gaps.shape)
    return int(better), int(worse)
