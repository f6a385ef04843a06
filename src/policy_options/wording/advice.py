"""The bottom line of a memo, in three sentences: what to put first and by how much, under how many weight sets it is first, and
the one thing that would change it. And what goes with it further down: who disagrees, what to watch, what an option risks.

What kind of lead it is, is decided in ``analysis.verdict``; which change is the nearest, by ``nearest_change``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from policy_options.analysis.firmness import RIVALS, Firmness
from policy_options.analysis.flips.scores import ScoreFlip
from policy_options.analysis.flips.weights import WeightFlip
from policy_options.analysis.overview import Overview
from policy_options.analysis.problem import CriterionAxis, Problem
from policy_options.analysis.spans import Fall
from policy_options.wording.firmness import weight_text
from policy_options.wording.firmness_tables import nearest_score_flips
from policy_options.wording.phrases import Phrases
from policy_options.wording.sentences import asked_note, open_in_sets
from policy_options.wording.tables import performance_text
from policy_options.wording.titles import option_titles

__all__ = ["change_sentence", "fall_sentence", "first_in_count", "nearest_change", "signpost_sentence"]


_CRITERIA_NAMED: Final = 2
"""Criteria that the bottom line names before it counts the rest; the flip itself is told in full further down."""

_DIGITS: Final = 3
"""Significant digits of a performance at which the lead would change: more would claim to know it better than it was judged."""


def first_in_count(overview: Overview, first: str, phrases: Phrases, statuses: Mapping[str, str]) -> str:
    """Under how many of the weight sets an option is first, and who was asked for them.

    And under how many unknown scores leave that open; where under none, in how many it is first together with another.
    """
    count, unsure = len(overview.firsts), open_in_sets(overview)
    names = {"asked": asked_note(statuses, phrases)}
    if count == 1:
        return phrases.say("sets.one", **names)
    firsts = [firsts for firsts in overview.firsts.values() if first in firsts]
    shared = sum(len(one) > 1 for one in firsts)
    key = "bottom.sets.open" if unsure else "bottom.sets.shared" if shared else "bottom.sets"
    return phrases.say(key, firsts=len(firsts), of=count, shared=shared, open=unsure, **names)


def nearest_change(firm: Firmness) -> WeightFlip | ScoreFlip | None:
    """The nearest thing that makes another option lead: the least weight that has to move; where no weights do it, the score
    within its range that has to move by the least part of it; ``None`` where neither is enough.
    """
    if not firm.at_likely_scores:
        return None
    flips = [
        flip
        for flip in firm.weight_flips
        if flip.norm == "L1" and flip.possible and (flip.leads or flip.goal == "leads")
    ]
    flips = [flip for flip in flips if not _only_ties(flip, firm)]
    if flips:
        return min(flips, key=lambda flip: flip.moved if flip.moved is not None else 1.0)
    return next(iter(nearest_score_flips(firm)), None)


def _only_ties(flip: WeightFlip, firm: Firmness) -> bool:
    """Whether the other option is nowhere better, so that it can draw level and never lead."""
    problem = firm.known.problem
    mine, leader = problem.values[problem.option_index[flip.option]], problem.values[problem.option_index[firm.leader]]
    return bool((mine <= leader + 1e-9).all())


def change_sentence(firm: Firmness, phrases: Phrases) -> str:
    """The one thing that would change the advice; empty where none was found and there are rivals that were not looked at."""
    if not firm.at_likely_scores:
        return phrases.say("bottom.change.unknown")
    problem = firm.known.problem
    titles = option_titles(problem)
    found = nearest_change(firm)
    if found is None:
        return phrases.say("bottom.change.none") if len(problem.options) - 1 <= RIVALS else ""
    if isinstance(found, WeightFlip):
        assert found.moved is not None and found.weights is not None
        if found.moved <= 1e-12:
            return phrases.say("bottom.change.level", option=titles[found.option])
        return phrases.say(
            "bottom.change.weights",
            option=titles[found.option],
            moved=weight_text(found.moved, phrases),
            criteria=_gaining(found, firm, phrases),
        )
    axis = _axis(problem, found.criterion)
    assert found.at is not None
    return phrases.say(
        "bottom.change.score",
        taking=phrases.listing([titles[one] for one in found.taking_over]),
        option=titles[found.option],
        criterion=axis.short,
        at=_written(found.at, axis, phrases),
        likely=_written(found.likely, axis, phrases),
    )


def _gaining(flip: WeightFlip, firm: Firmness, phrases: Phrases) -> str:
    """The criteria to which weight would move, the one that gains most first."""
    assert flip.weights is not None
    problem = firm.known.problem
    change = flip.weights - firm.known.shares
    gaining = sorted(
        (column for column in range(len(problem.criteria)) if change[column] > 1e-9), key=lambda c: -change[c]
    )
    named = [problem.criteria[column].short for column in gaining[:_CRITERIA_NAMED]]
    if len(gaining) > _CRITERIA_NAMED:
        named.append(phrases.say("more", count=len(gaining) - _CRITERIA_NAMED))
    return phrases.listing(named)


def signpost_sentence(option: str, criterion: str, firm: Firmness | None, phrases: Phrases) -> str:
    """At what performance the score that a signpost bears on makes another option lead; empty where that is not known."""
    if firm is None or not firm.at_likely_scores:
        return ""
    flip = next((one for one in firm.score_flips.flips if (one.option, one.criterion) == (option, criterion)), None)
    if flip is None:
        return ""
    problem = firm.known.problem
    titles = option_titles(problem)
    axis = _axis(problem, criterion)
    names = {"option": titles[option], "criterion": axis.short, "likely": _written(flip.likely, axis, phrases)}
    if flip.at is None:
        return phrases.say("signpost.never", **names)
    taking = phrases.listing([titles[one] for one in flip.taking_over])
    within = phrases.say("signpost.within" if flip.within else "signpost.beyond")
    return phrases.say("signpost.flip", at=_written(flip.at, axis, phrases), taking=taking, within=within, **names)


def fall_sentence(fall: Fall, problem: Problem, phrases: Phrases) -> str:
    """The score whose worse bound would take most from an option's value."""
    axis = _axis(problem, fall.criterion)
    return phrases.say(
        "option.fall",
        criterion=axis.short,
        at=_written(fall.at, axis, phrases),
        points=phrases.numbers.points(fall.points),
    )


def _axis(problem: Problem, criterion: str) -> CriterionAxis:
    return problem.criteria[problem.criterion_ids.index(criterion)]


def _written(performance: float, axis: CriterionAxis, phrases: Phrases) -> str:
    if axis.levels:
        return performance_text(performance, axis.levels, phrases)
    return phrases.numbers.quantity(float(f"{performance:.{_DIGITS}g}"))
