"""Value by scenario: options down, scenarios across, the darker the nearer to the best of the scenario."""

from __future__ import annotations

from typing import Final

import numpy as np

from policy_options.analysis.scenarios.scenarios import Scenarios
from policy_options.charts.acceptability_map import shade
from policy_options.charts.primitives import INK, MUTED, clipped, element, ink_on, svg, text, text_width
from policy_options.charts.set_columns import left_out
from policy_options.wording.numbers import Numbers
from policy_options.wording.phrases import Phrases
from policy_options.wording.scenarios import future_titles

__all__ = ["OPTIONS_SHOWN", "SCENARIOS_SHOWN", "scenario_values_chart"]

OPTIONS_SHOWN: Final = 12
SCENARIOS_SHOWN: Final = 8
"""Rows and columns that half a page has room for; the table has all."""

_WIDTH = 640.0
_CELL = 14.0
_GAP = 1.5
_TOP = 18.0
_SIZE = 10.0
_SMALL = 9.0
_WIDEST = 112.0


def scenario_values_chart(found: Scenarios, numbers: Numbers, *, phrases: Phrases, label: str) -> str:
    """The value of each option in each scenario, options as the first scenario ranks them; the best of a scenario is in bold.

    The shade repeats how far an option is below the best of the scenario, of the largest such distance that is shown. Values
    are lower ends where a score is unknown.
    """
    options = found.problem.options
    order = found.rankings[found.ids[0]].order
    rows, futures = order[:OPTIONS_SHOWN], found.futures[:SCENARIOS_SHOWN]
    titles = future_titles(found, phrases)
    values = np.array([[found.rankings[each.id].lower[row] for each in futures] for row in rows])
    best = np.array([max(found.rankings[each.id].value(one) for one in found.first[each.id]) for each in futures])
    regret = np.maximum(best - values, 0.0)
    most = float(regret.max()) or 1.0
    names = max(text_width(options[row].short, _SIZE) for row in rows)
    left = min(names + 8.0, 0.36 * _WIDTH)
    step = min((_WIDTH - left) / len(futures), _WIDEST)
    parts = []
    for column, each in enumerate(futures):
        middle = left + column * step + (step - _GAP) / 2
        head = clipped(titles[each.id], step - 4.0, _SMALL, 700)
        parts.append(text(middle, 11.0, head, size=_SMALL, anchor="middle", weight=700, fill=INK))
    for position, row in enumerate(rows):
        y = _TOP + position * (_CELL + _GAP)
        baseline = y + _CELL / 2 + 3.2
        bold = 700 if options[row].id == found.advice else 400
        words = clipped(options[row].short, left - 8.0, _SIZE, bold)
        parts.append(text(left - 8.0, baseline, words, size=_SIZE, anchor="end", weight=bold))
        for column, each in enumerate(futures):
            colour = shade(1.0 - float(regret[position, column]) / most)
            x = left + column * step
            parts.append(element("rect", x=x, y=y, width=step - _GAP, height=_CELL, fill=colour))
            first = 700 if options[row].id in found.first[each.id] else 400
            said = numbers.points(float(values[position, column]))
            middle = x + (step - _GAP) / 2
            parts.append(text(middle, baseline, said, size=_SMALL, anchor="middle", weight=first, fill=ink_on(colour)))
    bottom = _TOP + len(rows) * (_CELL + _GAP) + 10.0
    key = clipped(phrases.say("chart.scenarios.key"), _WIDTH - left, _SMALL)
    parts.append(text(left, bottom, key, size=_SMALL, fill=MUTED))
    said_left, bottom = left_out(len(order) - len(rows), 0, bottom, phrases)
    parts += said_left
    if len(found.futures) > len(futures):
        bottom += 12.0
        more = phrases.say("chart.scenarios-left-out", count=len(found.futures) - len(futures))
        parts.append(text(0.0, bottom, more, size=_SMALL, fill=MUTED))
    return svg(_WIDTH, bottom + 5.0, label, parts)
