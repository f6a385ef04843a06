"""The number of weight sets under which an option comes first, counting asked and illustrative sets separately."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from policy_options.analysis.additive import TIE
from policy_options.analysis.overview import Overview

__all__ = ["Tally", "tally"]


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts for some weight sets: under ``first`` an option comes first whatever unknown scores are, alone or jointly.

    ``close`` are the sets among them in which its lead is too close to call, and ``shared`` those in which it is level
    with another. ``open`` are the sets in which unknown scores decide whether it is first, ``elsewhere`` those in which
    it is not. All by id, in the order of the sets.
    """

    sets: tuple[str, ...]
    first: tuple[str, ...]
    close: tuple[str, ...]
    shared: tuple[str, ...]
    open: tuple[str, ...]
    elsewhere: tuple[str, ...]


def tally(
    overview: Overview, option: str, sets: Collection[str], *, close_within: float, dominant: bool = False
) -> Tally:
    """Count over the named sets of an overview, red lines applied.

    ``close_within`` is the threshold of too close to call, in value points. A ``dominant`` option, which is ahead of
    all others whatever the weights and wherever within their ranges the scores fall, never has a lead that is too
    close.
    """
    rankings = [ranking for ranking in overview.rankings if ranking.weights.id in sets]
    first: list[str] = []
    close: list[str] = []
    shared: list[str] = []
    open_: list[str] = []
    elsewhere: list[str] = []
    for ranking in rankings:
        id = ranking.weights.id
        index = ranking.problem.option_index
        leaders = overview.firsts[id]
        row = index[option]
        if option not in leaders:
            could = option not in overview.failing and ranking.upper[row] >= ranking.lower[index[leaders[0]]] - TIE
            (open_ if could else elsewhere).append(id)
            continue
        if id in overview.open:
            open_.append(id)
            continue
        first.append(id)
        lead = overview.leads[id]
        if len(leaders) > 1:
            shared.append(id)
        elif lead is not None and lead <= close_within + TIE and not dominant:
            close.append(id)
    return Tally(
        tuple(ranking.weights.id for ranking in rankings),
        tuple(first),
        tuple(close),
        tuple(shared),
        tuple(open_),
        tuple(elsewhere),
    )
