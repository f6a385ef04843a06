"""A heat map: the share of weight vectors under which each option takes each rank, from ``analysis.acceptability``."""

from __future__ import annotations

from typing import Final

import numpy as np

from policy_options.analysis.acceptability.results import Acceptability
from policy_options.charts.primitives import INK, MUTED, clipped, element, ink_on, svg, text, text_width
from policy_options.wording.numbers import Numbers
from policy_options.wording.phrases import Phrases
from policy_options.wording.shares import share_cell_text

__all__ = ["OPTIONS_SHOWN", "RANKS_SHOWN", "acceptability_chart", "rank_columns", "shade"]

OPTIONS_SHOWN: Final = 20
"""Rows that fit on a page, those of the best expected ranks; the table shows every option."""

RANKS_SHOWN: Final = 12
"""Columns with room for a percentage; if there are more ranks, the last column adds up the remaining ones."""

_WIDTH = 640.0
_CELL = 20.0
_GAP = 1.5
_SIZE = 10.5
_SMALL = 9.5
_WIDEST = 84.0  # width of a column: a few ranks need no more

_NEVER: Final = "#f7f8fa"
_RAMP: Final = (
    "#e4edf5",
    "#d0deeb",
    "#bccfe2",
    "#a7bfd8",
    "#93b0cf",
    "#4b77a4",
    "#436f9b",
    "#37628d",
    "#2b567f",
    "#1f4a72",
)
"""Ten steps of one hue, a tenth each; the middle, on which neither white nor dark text is legible, is left out."""


def shade(share: float) -> str:
    """The colour of a share of weight vectors: one of ten steps, and almost none for zero."""
    if share <= 0.0:
        return _NEVER
    return _RAMP[min(int(share * len(_RAMP)), len(_RAMP) - 1)]


def acceptability_chart(
    acceptability: Acceptability, numbers: Numbers, *, highlight: str, phrases: Phrases, label: str
) -> str:
    """Options by expected rank, best first, over ranks from 1; ``highlight`` is set in bold and never left out."""
    problem = acceptability.problem
    order = list(acceptability.by_expected_rank)
    shown = order[:OPTIONS_SHOWN]
    if problem.option_index.get(highlight, shown[0]) not in shown:
        shown[-1] = problem.option_index[highlight]
    shares, heads = rank_columns(acceptability)
    bold = {row: 700 if problem.options[row].id == highlight else 400 for row in shown}
    names = max(text_width(problem.options[row].short, _SIZE, bold[row]) for row in shown)
    rank = phrases.say("chart.ranks.rank")
    left = min(max(names, text_width(rank, _SMALL)) + 10.0, 0.36 * _WIDTH)
    step = min((_WIDTH - left) / len(heads), _WIDEST)
    parts = [text(left - 8.0, 11.0, clipped(rank, left - 8.0, _SMALL), size=_SMALL, anchor="end", fill=MUTED)]
    for column, head in enumerate(heads):
        x = left + (column + 0.5) * step
        parts.append(text(x, 11.0, head, size=_SMALL, anchor="middle", weight=700, fill=INK))
    top = 18.0
    for position, row in enumerate(shown):
        y = top + position * (_CELL + _GAP)
        baseline = y + _CELL / 2 + 3.5
        name = clipped(problem.options[row].short, left - 8.0, _SIZE, bold[row])
        parts.append(text(left - 8.0, baseline, name, size=_SIZE, anchor="end", weight=bold[row]))
        for column, share in enumerate(shares[row].tolist()):
            colour = shade(share)
            x = left + column * step
            parts.append(element("rect", x=x, y=y, width=step - _GAP, height=_CELL, fill=colour))
            words = share_cell_text(share, acceptability.basis, numbers)
            middle = x + (step - _GAP) / 2
            parts.append(text(middle, baseline, words, size=_SMALL, anchor="middle", fill=ink_on(colour)))
    bottom = top + len(shown) * (_CELL + _GAP)
    if len(order) > len(shown):
        said = phrases.say("chart.options-left-out", count=len(order) - len(shown))
        parts.append(text(left, bottom + 11.0, said, size=_SMALL, fill=MUTED))
        bottom += 16.0
    return svg(_WIDTH, bottom, label, parts)


def rank_columns(acceptability: Acceptability) -> tuple[np.ndarray[tuple[int, int], np.dtype[np.float64]], list[str]]:
    """(m, c) shares and the head of each column: single ranks, or the last one for all ranks from it on."""
    count = len(acceptability.problem.options)
    kept = acceptability.ranks[:, :RANKS_SHOWN]
    if count <= RANKS_SHOWN:
        return kept, [str(rank + 1) for rank in range(kept.shape[1])]
    before = kept[:, : RANKS_SHOWN - 1]
    # The table may have the first ranks alone, so the rest is 1 less their sum, to within rounding.
    rest = 1.0 - before.sum(axis=1, keepdims=True)
    rest[rest < 1e-9] = 0.0
    return np.hstack((before, rest)), [*(str(rank) for rank in range(1, RANKS_SHOWN)), f"{RANKS_SHOWN}+"]
