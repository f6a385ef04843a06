"""The verdict: the option to put first under one weight vector, with its qualifications. There is one rule, and it is
printed.

The rule: the largest overall value among the options that fail no red line at their likely scores. Where several share
it, one that another of them dominates is passed over. The kind of lead is determined in this order: ``none-keeps`` (all
fail a red line), ``alone``, ``open`` (unknown scores let a rival come first), ``tied``, ``close`` (within the threshold
of too close to call), ``clear``. A lead that remains wherever within their ranges the scores fall and whatever the
weights is clear, however small: nothing uncertain could reverse it.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import takewhile
from typing import Final, Literal

from policy_options.analysis.additive import TIE
from policy_options.analysis.closeness import ClosePairs
from policy_options.analysis.dominance import Dominance
from policy_options.analysis.ranking import Ranking
from policy_options.analysis.red_lines import RedLines

__all__ = ["NARROW", "Verdict", "candidates", "could_overtake", "lead_at_the_top", "level_at_the_top", "verdict"]


NARROW: Final = 2.0
"""Multiple of the too-close-to-call threshold up to which an option leads narrowly."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The option to put first. ``rivals`` tie with it, or may come before it; ``excluded`` are at or above it but fail
    a red line.

    ``lead`` is in value points over ``runner_up``, the next option that meets the red lines; ``None`` where it is open
    or there is no other option. ``narrow`` is a clear lead of at most ``NARROW`` times the threshold, and ``sure`` one
    over options that are all dominated wherever within their ranges the scores fall.
    """

    first: str
    kind: Literal["none-keeps", "alone", "open", "tied", "close", "clear"]
    runner_up: str | None
    lead: float | None
    rivals: tuple[str, ...]
    excluded: tuple[str, ...]
    might_fail: bool
    baseline_leads: bool
    narrow: bool = False
    sure: bool = False


def candidates(ranking: Ranking, red_lines: RedLines) -> tuple[str, ...]:
    """The options that may be put first, in order: those that fail no red line, or all where every option fails one."""
    failing = red_lines.failing
    keeping = tuple(option for option in ranking.in_order if option not in failing)
    return keeping or ranking.in_order


def level_at_the_top(ranking: Ranking, options: tuple[str, ...]) -> tuple[str, ...]:
    """The options, of some in order, that share the best rank among them."""
    index, ranks = ranking.problem.option_index, ranking.ranks
    best = ranks[index[options[0]]]
    return tuple(takewhile(lambda option: bool(ranks[index[option]] == best), options))


def lead_at_the_top(ranking: Ranking, options: tuple[str, ...]) -> float | None:
    """The lead of the first of some options, in order, over the next: 0 where they tie; ``None`` where it is open."""
    if len(options) < 2:
        return None
    points = ranking.lead(options[0], options[1]).points
    return 0.0 if points is not None and len(level_at_the_top(ranking, options)) > 1 else points


def could_overtake(ranking: Ranking, first: tuple[str, ...], options: tuple[str, ...]) -> tuple[str, ...]:
    """The options that an unknown score, their own or that of the ``first``, could put ahead of these."""
    index = ranking.problem.option_index
    least = ranking.lower[index[first[0]]]
    return tuple(option for option in options if option not in first and ranking.upper[index[option]] > least + TIE)


def verdict(
    ranking: Ranking, red_lines: RedLines, dominance: Dominance, close: ClosePairs, *, baseline: str | None
) -> Verdict:
    """Apply the rule of this module to a ranking."""
    options = candidates(ranking, red_lines)
    level = level_at_the_top(ranking, options)
    dominated = {loser for winner, loser in dominance.by_likely if winner in level}
    first = next((option for option in level if option not in dominated), level[0])
    others = tuple(option for option in options if option != first)
    overtaking = could_overtake(ranking, level, options)
    tied = tuple(option for option in level if option != first and option not in dominated)
    runner_up = others[0] if others else None
    lead = ranking.lead(first, runner_up).points if runner_up is not None else None
    beaten = {loser for winner, loser in dominance.by_intervals if winner == first}
    sure = lead is not None and lead > TIE and beaten.issuperset(others)
    kind: Literal["none-keeps", "alone", "open", "tied", "close", "clear"]
    if first in red_lines.failing:
        kind = "none-keeps"
    elif runner_up is None:
        kind = "alone"
    elif overtaking:
        kind = "open"
    elif tied:
        kind = "tied"
    else:
        kind = "close" if close.names(first, runner_up) and not sure else "clear"
    excluded = tuple(
        option
        for option in ranking.in_order
        if kind != "none-keeps" and option in red_lines.failing and ranking.value(option) >= ranking.value(first) - TIE
    )
    return Verdict(
        first=first,
        kind=kind,
        runner_up=runner_up,
        lead=lead,
        rivals=overtaking or tied,
        excluded=excluded,
        might_fail=any(c.option == first and c.status == "might fail" for c in red_lines.crossings),
        baseline_leads=first == baseline,
        narrow=kind == "clear" and not sure and lead is not None and lead <= NARROW * close.threshold + TIE,
        sure=sure,
    )
