"""Value functions of XMCDA: criteriaFunctions that say they are some, and consist of straight lines."""

from __future__ import annotations

import itertools
from typing import TypeAlias

from policy_options.dossier.plain_words import quoted
from policy_options.exchange.importing.asked import like
from policy_options.exchange.importing.matrix import At
from policy_options.exchange.importing.safe_xml import Element
from policy_options.exchange.importing.xmcda_files import Block
from policy_options.exchange.importing.xmcda_values import Scale, any_number

__all__ = ["Corners", "corners_of", "fitted"]

Corners: TypeAlias = tuple[tuple[float, float], ...]
"""Performance and value of each corner, by rising performance."""


def corners_of(block: Block) -> tuple[list[tuple[str, At, Corners]], list[str]]:
    """The functions of a block by the file's id of their criterion, with the place of that id; and what is left out, and why.

    The format has these functions for thresholds, preferences and values alike, so only a block that is called value or
    utility functions is taken.
    """
    names = [like(block.element.attributes.get(key, "")) for key in ("id", "name", "mcdaConcept")]
    if not any(word in name for name in names for word in ("value", "utility")):
        return [], ["criteriaFunctions: its names do not say that it holds value functions"]
    found, left_out = [], []
    for one in block.element.children:
        target = one.first("criterionID")
        if one.name not in ("criterionFunction", "criterionFunctions") or target is None:
            continue
        functions = [inner for holder in one.every("functions") for inner in holder.every("function")]
        lines = functions[0].first("piecewiseLinear") if len(functions) == 1 else None
        corners = None if lines is None else _corners(lines)
        if corners is None:
            left_out.append(f"the value function of {quoted(target.text)}: it is not one line of connected segments")
        else:
            found.append((target.text, target.at(block.file), corners))
    return found, left_out


def _corners(lines: Element) -> Corners | None:
    """The ends of connected segments, or ``None`` without segments or with a gap or a jump between two."""
    found: list[tuple[float, float]] = []
    for segment in lines.every("segment"):
        ends = []
        for name in ("head", "tail"):
            end = segment.first(name)
            at, value = (None if end is None else any_number(end.first(one)) for one in ("abscissa", "ordinate"))
            if at is None or value is None:
                return None
            ends.append((at, value))
        if found and ends[0] != found[-1]:
            return None
        found += ends if not found else ends[1:]
    rises = all(low[0] < high[0] for low, high in itertools.pairwise(found))
    return tuple(found) if len(found) > 1 and rises else None


def fitted(corners: Corners, scale: Scale) -> tuple[Corners, str]:
    """The corners with values from 0 to 100, and why they cannot be used, if so."""
    ends = (corners[0][0], corners[-1][0])
    if None not in (scale.low, scale.high) and ends != (scale.low, scale.high):
        return (), "it does not run from one end of the scale to the other"
    if scale.direction is None:
        return (), "the file does not say which direction is better"
    values = [value for _, value in corners]
    falls = scale.direction == "less-is-better"
    steps = [(high - low) * (-1 if falls else 1) for low, high in itertools.pairwise(values)]
    if min(steps) < 0 or values[0] == values[-1]:
        return (), "it does not run from the worst performance to the best"
    least, span = min(values), max(values) - min(values)
    if (least, span) == (0.0, 100.0):
        return corners, ""
    return tuple((at, round(100 * (value - least) / span, 9)) for at, value in corners), ""
