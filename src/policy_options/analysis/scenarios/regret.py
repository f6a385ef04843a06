"""Regret within one scenario: how far an option is below the best one there; and the option whose largest regret is smallest.

regret(i, s) = max over j of u_s[j] - u_s[i] (Savage 1951, Journal of the American Statistical Association 46:55-67). It compares
options within one scenario and one weight set only; what is compared over scenarios or sets is these differences. An unknown
score makes regret a range, whose upper end is what an option is chosen by.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from policy_options.analysis.additive import TIE
from policy_options.analysis.problem import frozen

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Cell", "Regret", "largest_regrets", "regret_table", "values_in_scenarios"]

Floats = NDArray[np.float64]
Cell = tuple[str, str]
"""A scenario and a weight set."""


def values_in_scenarios(values: Floats, shares: Floats) -> Floats:
    """(s, m, w) overall values from (s, m, n) values in each scenario and (n, w) weights, a column each set."""
    return values @ shares


def largest_regrets(overall: Floats) -> tuple[Floats, NDArray[np.intp]]:
    """(m,) the largest regret of each option over scenarios and sets, and (s, w) the row that leads, of (s, m, w) values."""
    best = overall.max(axis=1)
    return (best[:, None, :] - overall).max(axis=(0, 2)), overall.argmax(axis=1)


@dataclass(frozen=True, eq=False)
class Regret:
    """Regret of c options in k cells, each one scenario under one weight set.

    ``least`` and ``most`` are (c, k) and equal but where a score is unknown. ``leads`` is (c, k): whether the option is first
    there, ties included. ``left_out`` are options that fail a red line in some scenario.
    """

    options: tuple[str, ...]
    cells: tuple[Cell, ...]
    least: Floats
    most: Floats
    leads: NDArray[np.bool_]
    left_out: tuple[str, ...] = ()

    @cached_property
    def largest(self) -> Floats:
        """(c,) the largest regret of each option."""
        return frozen(self.most.max(axis=1))

    @property
    def choice(self) -> tuple[str, ...]:
        """The options whose largest regret is smallest: several where they tie."""
        return tuple(
            name for name, points in zip(self.options, self.largest, strict=True) if points <= self.largest.min() + TIE
        )

    @property
    def is_sure(self) -> bool:
        """Whether no unknown score could make the largest regret of another option smaller than that of the choice."""
        others = [row for row, name in enumerate(self.options) if name not in self.choice]
        return not others or float(self.least.max(axis=1)[others].min()) >= float(self.largest.min()) - TIE

    @property
    def best_nowhere(self) -> tuple[str, ...]:
        """Those of the choice that are first in no cell."""
        return tuple(name for name in self.choice if not self.leads[self.options.index(name)].any())

    def where(self, option: str) -> tuple[Cell, ...]:
        """The cells in which an option's regret is largest; none where it has no regret at all."""
        row = self.most[self.options.index(option)]
        if row.max() <= TIE:
            return ()
        return tuple(cell for cell, points in zip(self.cells, row, strict=True) if points >= row.max() - TIE)

    def of(self, option: str, scenario: str, weights: str | None = None) -> float:
        """The regret of an option in one scenario, under one set or the first; the upper end where it is a range."""
        column = next(
            index for index, cell in enumerate(self.cells) if cell[0] == scenario and weights in (None, cell[1])
        )
        return float(self.most[self.options.index(option), column])

    @property
    def by_largest(self) -> tuple[int, ...]:
        """Rows by their largest regret, the smallest first."""
        return tuple(int(row) for row in np.argsort(self.largest, kind="stable"))

    @property
    def table(self) -> pd.DataFrame:
        """One row an option, the smallest largest regret first; one column a cell, and the largest."""
        import pandas as pd

        rows = list(self.by_largest)
        one_set = len({cell[1] for cell in self.cells}) == 1
        columns = [cell[0] if one_set else "/".join(cell) for cell in self.cells]
        data = pd.DataFrame(
            self.most[rows], index=pd.Index([self.options[row] for row in rows], name="option"), columns=columns
        )
        return data.assign(largest=self.largest[rows])


def regret_table(
    options: tuple[str, ...],
    cells: tuple[Cell, ...],
    lower: Floats,
    upper: Floats,
    allowed: NDArray[np.bool_],
) -> Regret:
    """Regret from (m, k) bounds of overall values, where ``allowed`` (m, k) says which options keep the red lines in each cell.

    The best of a cell is chosen among those allowed there. Options that are not allowed in all of them are left out of the rows,
    unless none is allowed everywhere.
    """
    best = np.where(allowed, lower, -np.inf).max(axis=0)
    leads = allowed & (lower >= best - TIE)
    m = len(options)
    least, most = np.empty_like(lower), np.empty_like(lower)
    for row in range(m):
        rivals = allowed.copy()
        rivals[row] = False
        ahead = np.where(rivals, upper, -np.inf).max(axis=0) - lower[row]
        surely = np.where(rivals, lower, -np.inf).max(axis=0) - upper[row]
        most[row], least[row] = np.maximum(ahead, 0.0), np.maximum(surely, 0.0)
    kept = np.flatnonzero(allowed.all(axis=1))
    if not kept.size:
        kept = np.arange(m)
    return Regret(
        tuple(options[row] for row in kept),
        cells,
        frozen(least[kept]),
        frozen(most[kept]),
        leads[kept],
        tuple(options[row] for row in range(m) if row not in set(kept.tolist())),
    )
