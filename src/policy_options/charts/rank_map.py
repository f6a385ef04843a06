"""A map of ranks: options down, weight sets across, darker for better ranks, from ``analysis.comparison.across``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from policy_options.analysis.comparison.across import Across
from policy_options.charts.acceptability_map import shade
from policy_options.charts.primitives import clipped, element, ink_on, svg, text, text_width
from policy_options.charts.set_columns import SETS_SHOWN, heads, left_out, legend
from policy_options.wording.phrases import Phrases

__all__ = ["OPTIONS_SHOWN", "rank_map_chart"]

OPTIONS_SHOWN: Final = 40
"""Rows that fit on a page; the table has every option."""

_WIDTH = 640.0
_CELL = 17.0
_GAP = 1.5
_TOP = 16.0
_SIZE = 10.0
_SMALL = 9.0
_WIDEST = 64.0


def rank_map_chart(found: Across, set_titles: Mapping[str, str], *, phrases: Phrases, label: str) -> str:
    """The rank of each option under each set, options by their median rank. The number is the rank; the shade repeats it."""
    problem = found.problem
    rows = found.by_median[:OPTIONS_SHOWN]
    sets = found.sets[:SETS_SHOWN]
    names = max(text_width(problem.options[row].short, _SIZE) for row in rows)
    left = min(names + 8.0, 0.4 * _WIDTH)
    step = min((_WIDTH - left) / len(sets), _WIDEST)
    parts = heads([left + (column + 0.5) * step - _GAP / 2 for column in range(len(sets))], 10.0)
    worst = max(len(problem.options) - 1, 1)
    for position, row in enumerate(rows):
        y = _TOP + position * (_CELL + _GAP)
        baseline = y + _CELL / 2 + 3.3
        words = clipped(problem.options[row].short, left - 8.0, _SIZE)
        parts.append(text(left - 8.0, baseline, words, size=_SIZE, anchor="end"))
        for column in range(len(sets)):
            rank = int(found.ranks[column, row])
            colour = shade(1.0 - (rank - 1) / worst)
            x = left + column * step
            parts.append(element("rect", x=x, y=y, width=step - _GAP, height=_CELL, fill=colour))
            middle = x + (step - _GAP) / 2
            parts.append(text(middle, baseline, str(rank), size=_SMALL, anchor="middle", fill=ink_on(colour)))
    listed, bottom = legend([set_titles[name] for name in sets], _TOP + len(rows) * (_CELL + _GAP) + 2.0, _WIDTH)
    parts += listed
    said, bottom = left_out(len(problem.options) - len(rows), len(found.sets) - len(sets), bottom, phrases)
    parts += said
    return svg(_WIDTH, bottom + 5.0, label, parts)
