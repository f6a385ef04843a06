"""The ranking: overall values, ranks, contributions and rank ranges of one problem under one weight vector."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from policy_options.analysis.additive import TIE, competition_ranks, overall_values
from policy_options.analysis.problem import Problem, WeightVector, frozen
from policy_options.errors import PolicyOptionsError

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Lead", "Ranking", "rank"]

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


@dataclass(frozen=True)
class Lead:
    """An option's lead in overall value over another; ``None`` where an unknown score leaves it open."""

    option: str
    over: str
    points: float | None


@dataclass(frozen=True, eq=False, repr=False)
class Ranking:
    """A ranking of m options under one weight vector.

    All arrays run along ``problem.options`` and, where (m, n), ``problem.criteria``. ``lower`` and ``upper`` bound the
    overall value where scores are unknown, and are equal elsewhere. Ranks and the order come from ``lower``, unrounded;
    ``best_rank`` and ``worst_rank`` are the extremes that unknown scores leave possible.
    """

    problem: Problem
    weights: WeightVector
    shares: Floats
    lower: Floats
    upper: Floats
    ranks: Integers
    best_rank: Integers
    worst_rank: Integers
    order: tuple[int, ...]

    def __repr__(self) -> str:
        return f"<Ranking under {self.weights.id}: {', '.join(self.in_order[:6])}{' …' if len(self.order) > 6 else ''}>"

    @cached_property
    def contributions(self) -> Floats:
        """(m, n) weight times value at likely scores, which sum to the overall value.

        NaN where a score that carries weight is unknown; a score without weight contributes 0 in any case.
        """
        return frozen(np.where(self.shares == 0.0, 0.0, self.problem.values * self.shares))

    @cached_property
    def group_contributions(self) -> Floats:
        """(m, g) contributions summed over each top group of the value tree.

        An unknown score counts at its lower end, zero, so that the groups sum to ``lower``.
        """
        known = np.nan_to_num(self.contributions)
        columns = [known[:, list(columns)].sum(axis=1) for _, _, columns in self.problem.top_groups]
        return frozen(np.stack(columns, axis=1))

    @property
    def in_order(self) -> tuple[str, ...]:
        """Option ids from best to worst."""
        ids = self.problem.option_ids
        return tuple(ids[row] for row in self.order)

    @property
    def leaders(self) -> tuple[str, ...]:
        """The ids of rank 1: several if they tie."""
        ids = self.problem.option_ids
        return tuple(ids[row] for row in self.order if self.ranks[row] == 1)

    @property
    def heaviest(self) -> tuple[str, ...]:
        """The criteria of the largest weight: several if they share it."""
        top = np.flatnonzero(self.shares >= self.shares.max() - 1e-12)
        return tuple(self.problem.criterion_ids[column] for column in top)

    @property
    def possible_leaders(self) -> tuple[str, ...]:
        """The ids that can have rank 1, whatever the unknown scores are: only the leaders if none is unknown."""
        ids = self.problem.option_ids
        return tuple(ids[row] for row in self.order if self.best_rank[row] == 1)

    def ranks_alike(self, other: Ranking) -> bool:
        """Whether every option has the same rank in both, and the same range of ranks where scores are unknown."""
        pairs = ((self.ranks, other.ranks), (self.best_rank, other.best_rank), (self.worst_rank, other.worst_rank))
        return all(bool((mine == theirs).all()) for mine, theirs in pairs)

    def value(self, option: str) -> float:
        """The overall value of an option; its lower end if scores are unknown."""
        return float(self.lower[self.problem.option_index[option]])

    def lead(self, option: str, over: str) -> Lead:
        """The lead of one option over another, in value points."""
        i, j = self.problem.option_index[option], self.problem.option_index[over]
        known = self.lower[i] == self.upper[i] and self.lower[j] == self.upper[j]
        return Lead(option, over, float(self.lower[i] - self.lower[j]) if known else None)

    def gap(self, option: str, over: str) -> tuple[tuple[str, float], ...]:
        """The lead of one option over another by criterion, in value points, largest first; the parts sum to the lead.

        Raises:
            PolicyOptionsError: an unknown score of either leaves it open.
        """
        i, j = self.problem.option_index[option], self.problem.option_index[over]
        if self.lower[i] != self.upper[i] or self.lower[j] != self.upper[j]:
            raise PolicyOptionsError.of(
                "unknown-score",
                f"the gap between `{option}` and `{over}` depends on an unknown score",
                "give the score, or compare options without unknown scores",
                ids=(option, over),
            )
        parts = np.nan_to_num(self.contributions[i] - self.contributions[j])  # unknown at zero weight changes nothing
        order = np.argsort(-parts, kind="stable")
        return tuple((self.problem.criterion_ids[column], float(parts[column])) for column in order)

    @property
    def table(self) -> pd.DataFrame:
        """One row per option, best first: rank, value (a range where scores are unknown), contribution of each top group."""
        import pandas as pd

        rows = list(self.order)
        problem = self.problem
        data: dict[str, object] = {
            "rank": self.ranks[rows],
            "title": [problem.options[row].title for row in rows],
            "value": self.lower[rows],
        }
        if self.problem.unknown.any():
            data |= {
                "upper value": self.upper[rows],
                "best rank": self.best_rank[rows],
                "worst rank": self.worst_rank[rows],
            }
        for column, (name, _, _) in enumerate(problem.top_groups):
            data[name if name not in data else f"{name} (contribution)"] = self.group_contributions[rows, column]
        return pd.DataFrame(data, index=pd.Index([problem.options[row].id for row in rows], name="option"))

    @property
    def contributions_table(self) -> pd.DataFrame:
        """Contributions in value points: one row per option, best first, and one column per criterion."""
        import pandas as pd

        rows = list(self.order)
        return pd.DataFrame(
            self.contributions[rows],
            index=pd.Index(self.in_order, name="option"),
            columns=pd.Index(self.problem.criterion_ids, name="criterion"),
        )


def rank(problem: Problem, weights: WeightVector) -> Ranking:
    """Rank the options of a problem under a weight vector.

    Raises:
        PolicyOptionsError: the weights are not for exactly the criteria of the problem.
    """
    if not problem.options:
        raise PolicyOptionsError.of("no-options", "there is no option to rank", "write one in options/")
    shares = weights.along(problem.criterion_ids)
    lower = overall_values(np.where(problem.unknown, 0.0, problem.values), shares)
    ranks, order = competition_ranks(lower)
    upper, best, worst = lower, ranks, ranks
    if problem.unknown.any():
        upper = lower + 100.0 * (problem.unknown @ shares)
        best, worst = _rank_ranges(lower, upper)
        # In a run of near ties, an option may be ranked below a rival that it is within a tie of.
        best, worst = np.minimum(best, ranks), np.maximum(worst, ranks)
    kept = (frozen(lower), frozen(upper), _frozen(ranks), _frozen(best), _frozen(worst))
    return Ranking(problem, weights, shares, *kept, tuple(int(row) for row in order))


def _frozen(ranks: Integers) -> Integers:
    kept = ranks.copy()
    kept.flags.writeable = False
    return kept


def _rank_ranges(lower: Floats, upper: Floats) -> tuple[Integers, Integers]:
    """Best and worst rank of each option: one plus the number of rivals certainly ahead, and possibly ahead."""
    m = lower.shape[0]
    surely = m - np.searchsorted(np.sort(lower), upper + TIE, side="right")
    possibly = m - np.searchsorted(np.sort(upper), lower + TIE, side="right")
    itself = upper > lower + TIE
    return 1 + surely.astype(np.int64), 1 + possibly.astype(np.int64) - itself
