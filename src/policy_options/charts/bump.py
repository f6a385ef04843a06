"""Ranks over weight sets: a line an option from set to set, with its rank in every dot, from ``analysis.comparison.across``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np

from policy_options.analysis.comparison.across import Across
from policy_options.charts.primitives import INK, MUTED, PALETTE, clipped, element, ink_on, svg, text, text_width
from policy_options.charts.set_columns import SETS_SHOWN, heads, left_out, legend
from policy_options.wording.phrases import Phrases

__all__ = ["OPTIONS_SHOWN", "bump_chart"]

OPTIONS_SHOWN: Final = 24
"""Lines that can be followed by eye: the best by median rank. The table has every option."""

_WIDTH = 640.0
_NAMES = 170.0  # the longest name, on either side
_STEP = 22.0
_TOP = 20.0
_DOT = 8.0
_SIZE = 10.0
_SMALL = 9.0
_OTHERS: Final = "#9aa1ab"
_COLOURS: Final = tuple(colour for colour in PALETTE if colour != "#7a7f87")
"""Grey is for those that are first under no set."""


def bump_chart(found: Across, set_titles: Mapping[str, str], *, phrases: Phrases, label: str) -> str:
    """Options down by rank, sets across in the order given. Options that are first under some set are drawn in colour.

    Options of equal rank stand below one another, in the order of the problem; the number in a dot is the rank.
    """
    problem = found.problem
    rows = sorted(found.by_median[:OPTIONS_SHOWN])
    sets = found.sets[:SETS_SHOWN]
    ranks = found.ranks[: len(sets), rows]
    places = np.argsort(np.argsort(ranks, axis=1, kind="stable"), axis=1, kind="stable")
    names = [problem.options[row].short for row in rows]
    side = min(max(text_width(name, _SIZE) for name in names), _NAMES) + _DOT + 8.0
    gap = (_WIDTH - 2 * side) / max(len(sets) - 1, 1)
    centres = [side + index * gap for index in range(len(sets))]
    firsts = [index for index in range(len(rows)) if ranks[:, index].min() == 1]
    colours = {index: _COLOURS[place % len(_COLOURS)] for place, index in enumerate(firsts)}
    parts = heads(centres, 10.0)
    for index in sorted(range(len(rows)), key=lambda index: index in colours):  # what leads somewhere lies on top
        ys = [_TOP + (int(place) + 0.5) * _STEP for place in places[:, index]]
        colour = colours.get(index, _OTHERS)
        points = " ".join(f"{x:.2f},{y:.2f}" for x, y in zip(centres, ys, strict=True))
        thick = 2.2 if index in colours else 1.2
        kind = "line leading" if index in colours else "line"
        parts.append(element("polyline", class_=kind, points=points, fill="none", stroke=colour, stroke_width=thick))
    for index, name in enumerate(names):
        colour = colours.get(index, _OTHERS)
        ys = [_TOP + (int(place) + 0.5) * _STEP for place in places[:, index]]
        for x, y, rank in zip(centres, ys, ranks[:, index].tolist(), strict=True):
            parts.append(element("circle", cx=x, cy=y, r=_DOT, fill=colour))
            parts.append(text(x, y + 3.1, str(rank), size=_SMALL, anchor="middle", fill=ink_on(colour)))
        words = clipped(name, side - _DOT - 6.0, _SIZE)
        ink = INK if index in colours else MUTED
        parts.append(text(centres[0] - _DOT - 4.0, ys[0] + 3.3, words, size=_SIZE, anchor="end", fill=ink))
        if len(centres) > 1:
            parts.append(text(centres[-1] + _DOT + 4.0, ys[-1] + 3.3, words, size=_SIZE, fill=ink))
    bottom = _TOP + len(rows) * _STEP + 4.0
    listed, bottom = legend([set_titles[name] for name in sets], bottom, _WIDTH)
    parts += listed
    said, bottom = left_out(len(problem.options) - len(rows), len(found.sets) - len(sets), bottom, phrases)
    parts += said
    return svg(_WIDTH, bottom + 5.0, label, parts)
