"""Red lines: declared minimum performances. An option that fails one is shown, named and not recommended."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from policy_options.analysis.problem import Problem

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["RedLineCrossing", "RedLines", "red_lines"]


@dataclass(frozen=True, slots=True)
class RedLineCrossing:
    """A crossing: an option fails a criterion's red line at its likely score, or ``might`` at a bound or an unknown score."""

    option: str
    criterion: str
    status: Literal["fails", "might fail"]


@dataclass(frozen=True)
class RedLines:
    """All crossings of red lines."""

    crossings: tuple[RedLineCrossing, ...]

    @property
    def failing(self) -> frozenset[str]:
        """Options that fail a red line at their likely score, and are not to be recommended."""
        return frozenset(crossing.option for crossing in self.crossings if crossing.status == "fails")

    @property
    def table(self) -> pd.DataFrame:
        """One row per crossing."""
        import pandas as pd

        return pd.DataFrame(
            [(crossing.option, crossing.criterion, crossing.status) for crossing in self.crossings],
            columns=["option", "criterion", "status"],
        )


def red_lines(problem: Problem) -> RedLines:
    """Compare performances with the red lines, in the criterion's unit; a performance at the line meets it."""
    found = []
    for column, criterion in enumerate(problem.criteria):
        if criterion.red_line is None:
            continue
        sign = 1.0 if criterion.direction == "more-is-better" else -1.0
        line = sign * criterion.red_line
        fails = sign * problem.likely[:, column] < line
        worse_bound = np.fmin(sign * problem.low[:, column], sign * problem.high[:, column])
        worst_end = sign * (criterion.low if sign > 0 else criterion.high)
        might = (problem.unknown[:, column] & (worst_end < line)) | (worse_bound < line)
        for row in np.flatnonzero(fails | might):
            found.append(
                RedLineCrossing(problem.options[row].id, criterion.id, "fails" if fails[row] else "might fail")
            )
    return RedLines(tuple(found))
