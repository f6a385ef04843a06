"""Single scores as figures to type: the first attainable performance at which another option leads, all else unchanged.

The rule is that of ``analysis.verdict`` as far as scores affect it: the largest overall value among the options that
fail no red line. On a local scale the ends move with the score, and so does every value on the criterion.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from policy_options.analysis.additive import TIE
from policy_options.analysis.problem import CriterionAxis
from policy_options.analysis.ranking import Ranking
from policy_options.analysis.switching.score_values import ScoreSwitchingValue
from policy_options.analysis.switching.typed import MOST_PLACES, first_beyond, first_step_beyond, significant_places
from policy_options.analysis.value_functions import with_ends

__all__ = ["DIGITS", "ScoreSwitch", "lead_at", "local_switching_value", "red_line_switching_values", "typed_score"]

Floats = NDArray[np.float64]

DIGITS = 3
"""Significant digits of a performance at which the lead would change: more would suggest that it was judged more
precisely.
"""


@dataclass(frozen=True, slots=True)
class ScoreSwitch:
    """With ``option``'s score on ``criterion`` at ``to``, ``taking_over`` lead, or only tie if ``level``.

    ``within`` says whether ``to`` is between the score's low and high; ``by_red_line`` whether the lead changes because
    the leader then fails a red line, or the other option no longer does.
    """

    option: str
    criterion: str
    likely: float
    to: float
    taking_over: tuple[str, ...]
    within: bool
    level: bool = False
    by_red_line: bool = False


def lead_at(
    ranking: Ranking, leader: str, option: str, criterion: str
) -> Callable[[float], tuple[float, tuple[str, ...]]]:
    """The lead of ``leader`` with one score at a given performance, and over whom: negative where others then lead.

    Minus infinity where the leader itself fails a red line. Options that fail one are no rivals. The performance may be
    outside the score's own range, which then reaches that far.
    """
    problem, shares = ranking.problem, ranking.shares
    row, column = problem.option_index[option], problem.criterion_ids.index(criterion)
    first = problem.option_index[leader]
    axis = problem.criteria[column]
    others = np.delete(np.arange(len(shares)), column)
    rest = np.nan_to_num(problem.values[:, others]) @ shares[others]
    keeps = np.ones(len(problem.options), dtype=bool)
    for at, each in enumerate(problem.criteria):
        if at != column:
            keeps &= _keeps(each, problem.likely[:, at])
    likely = problem.likely[:, column].copy()

    def lead(performance: float) -> tuple[float, tuple[str, ...]]:
        likely[row] = performance
        own_axis = axis
        if axis.local:
            lows, highs = problem.low[:, column].copy(), problem.high[:, column].copy()
            if lows[row] == highs[row]:
                lows[row] = highs[row] = performance
            else:
                lows[row], highs[row] = min(lows[row], performance), max(highs[row], performance)
            if not lows.min() < highs.max():
                return np.inf, ()
            own_axis = replace(
                axis,
                low=float(lows.min()),
                high=float(highs.max()),
                value_function=with_ends(axis.value_function, float(lows.min()), float(highs.max())),
            )
        overall = rest + shares[column] * own_axis.value_function(likely)
        candidates = keeps & _keeps(axis, likely)
        rivals = candidates.copy()
        rivals[first] = False
        if not rivals.any():
            return np.inf, ()
        best = float(overall[rivals].max())
        names = tuple(problem.option_ids[at] for at in np.flatnonzero(rivals & (overall >= best - TIE)))
        return (float(overall[first]) - best if candidates[first] else -np.inf), names

    return lead


def _keeps(axis: CriterionAxis, likely: Floats) -> NDArray[np.bool_]:
    """(m,) which options meet the red line of a criterion at these performances."""
    if axis.red_line is None:
        return np.ones(len(likely), dtype=bool)
    return likely >= axis.red_line if axis.direction == "more-is-better" else likely <= axis.red_line


def typed_score(ranking: Ranking, leader: str, tie: ScoreSwitchingValue) -> ScoreSwitch | None:
    """The first performance beyond a switching value that can be written and makes another lead when typed.

    ``ranking`` is of all options, including those that fail a red line. ``None`` where there is nothing to reach, or
    the leader is level already.
    """
    if tie.at is None or (tie.at == tie.likely and not tie.by_red_line):
        return None
    axis = ranking.problem.criterion(tie.criterion)
    lead = lead_at(ranking, leader, tie.option, tie.criterion)
    rising = tie.at > tie.likely if tie.at != tie.likely else tie.rising
    low, high = (-np.inf, np.inf) if axis.local else (axis.low, axis.high)

    def switches(performance: float) -> bool:
        return lead(performance)[0] < -TIE

    step = 1.0 if axis.levels else axis.step
    if step is not None:
        origin = axis.low if np.isfinite(axis.low) and not axis.local else 0.0
        to = first_step_beyond(tie.at, rising=rising, step=step, origin=origin, switches=switches, least=low, most=high)
    else:
        to = first_beyond(
            tie.at,
            rising=rising,
            places=significant_places(tie.at, DIGITS),
            switches=switches,
            # A figure within the range is preferred to a rounder one outside it, as long as the leader changes.
            least=max(low, min(tie.low, tie.high)) if tie.within else low,
            most=min(high, max(tie.low, tie.high)) if tie.within else high,
        )
    level = to is None
    if to is None:
        if step is not None and not axis.levels:
            return None
        to = round(tie.at, MOST_PLACES)  # at the end of the scale they only tie
    gap, names = lead(to)
    if level and gap > 1e-6:
        return None
    within = min(tie.low, tie.high) <= to <= max(tie.low, tie.high)
    return ScoreSwitch(
        tie.option,
        tie.criterion,
        tie.likely,
        to,
        names,
        within,
        level,
        tie.by_red_line,
    )


def local_switching_value(
    ranking: Ranking, leader: str, tie: ScoreSwitchingValue, *, rising: bool
) -> ScoreSwitchingValue:
    """The switching value of a score on a local scale, with ends that follow it: by bisection, as the lead is monotone.

    It is sought up to a scale's width beyond the present ends.
    """
    axis = ranking.problem.criterion(tie.criterion)
    lead = lead_at(ranking, leader, tie.option, tie.criterion)
    width = axis.high - axis.low
    near, far = tie.likely, axis.high + width if rising else axis.low - width
    gap, _ = lead(far)
    if not lead(near)[0] > TIE:
        return tie
    if gap > TIE:
        return replace(tie, at=None, exactly=False, within=False, taking_over=(), never="off-scale", short=gap)
    for _ in range(80):
        middle = (near + far) / 2
        if lead(middle)[0] > 0.0:
            near = middle
        else:
            far = middle
    at = far
    within = min(tie.low, tie.high) <= at <= max(tie.low, tie.high)
    _, names = lead(at)
    return replace(tie, at=at, exactly=True, within=within, taking_over=names, never=None, short=None)


def red_line_switching_values(ranking: Ranking, leader: str) -> tuple[ScoreSwitchingValue, ...]:
    """Where a red line decides sooner than values do: the leader's scores that have one, and options that fail only
    one.

    ``at`` is the red line itself, which the leader still meets; beyond it another leads. For an option that fails one,
    it is the performance from which it both meets the line and has the larger value.
    """
    problem = ranking.problem
    found = []
    for column, axis in enumerate(problem.criteria):
        if axis.red_line is None:
            continue
        worse_is_up = axis.direction == "less-is-better"
        for row, option in enumerate(problem.option_ids):
            low, likely, high = (float(a[row, column]) for a in (problem.low, problem.likely, problem.high))
            if np.isnan(likely):
                continue
            meets = bool(_keeps(axis, problem.likely[:, column])[row])
            if (option == leader) != meets:
                continue
            lead = lead_at(ranking, leader, option, axis.id)
            if option == leader:
                at, rising = axis.red_line, worse_is_up
                names = lead(likely)[1]
            else:
                rising = not worse_is_up
                from_line = _first_lead(lead, axis.red_line, axis.high if rising else axis.low, option)
                if from_line is None:
                    continue
                at, names = from_line, (option,)
            if not names:
                continue
            within = (
                min(low, high) <= at <= max(low, high) if option != leader else min(low, high) < at < max(low, high)
            )
            found.append(
                ScoreSwitchingValue(
                    option, axis.id, likely, low, high, at, False, within, names, by_red_line=True, rising=rising
                )
            )
    return tuple(found)


def _first_lead(
    lead: Callable[[float], tuple[float, tuple[str, ...]]], line: float, end: float, option: str
) -> float | None:
    """The first performance from a red line to the end of the scale at which an option leads; ``None`` if it never does."""

    def leads(performance: float) -> bool:
        gap, names = lead(performance)
        return gap < TIE and option in names

    if leads(line):
        return line
    if not leads(end):
        return None
    near, far = line, end
    for _ in range(80):
        middle = (near + far) / 2
        near, far = (near, middle) if leads(middle) else (middle, far)
    return far
