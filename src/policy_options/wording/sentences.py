"""Results as sentences. Each is true of the numbers it is given; the rules that decide what is said live in ``analysis``."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final, TypeVar

from policy_options.analysis.assessment import Assessment
from policy_options.analysis.overview import Overview
from policy_options.analysis.value_functions import Exponential, Levels, PiecewiseLinear, ValueFunction
from policy_options.wording.phrases import Phrases

__all__ = ["bottom_line", "first_in_sets", "ranking_notes", "restates_weights", "status_note", "value_function_words"]

Thing = TypeVar("Thing")

NOTES_OF_A_KIND: Final = 12
"""Pairs or options that the notes of a ranking name before they count the rest; the published JSON holds all."""

SETS_NAMED: Final = 5
"""Weight sets that a sentence names before it counts the rest."""


def status_note(status: str, phrases: Phrases) -> str:
    """What the status of a weight set means for its reader."""
    return phrases.say(f"status.{status}.note")


def ranking_notes(assessment: Assessment, phrases: Phrases, titles: Mapping[str, str]) -> list[str]:
    """What a reader of the table must know: close pairs, red lines, dominance, unknown scores, cost against value."""
    problem = assessment.ranking.problem
    criteria = {criterion.id: criterion.short for criterion in problem.criteria}
    notes = [_closeness(assessment, phrases, titles)]
    sure = set(assessment.dominance.by_intervals)
    notes += _first_of(
        assessment.red_lines.crossings,
        lambda crossing: phrases.say(
            "red-line.fails" if crossing.status == "fails" else "red-line.might",
            option=titles[crossing.option],
            criterion=criteria[crossing.criterion],
        ),
        phrases,
    )
    notes += _first_of(
        assessment.dominance.by_likely,
        lambda pair: phrases.say(
            "dominance.sure" if pair in sure else "dominance.likely",
            dominator=titles[pair[0]],
            dominated=titles[pair[1]],
        ),
        phrases,
    )
    unknown = int(problem.unknown.sum())
    if unknown:
        notes.append(phrases.say("unknown-scores", count=unknown))
    if assessment.cost_value is not None:
        frontier = _first_of(assessment.cost_value.frontier, lambda option: titles[option], phrases)
        notes.append(phrases.say("frontier", options=phrases.listing(frontier)))
    return notes


def _closeness(assessment: Assessment, phrases: Phrases, titles: Mapping[str, str]) -> str:
    points = phrases.numbers.points
    close = assessment.close
    if not len(close):
        return phrases.say("close.none", threshold=points(close.threshold))
    pairs = [
        phrases.say(
            "close.pair", better=titles[pair.better], worse=titles[pair.worse], difference=points(pair.difference)
        )
        for pair in close.first(NOTES_OF_A_KIND)
    ]
    if len(close) > NOTES_OF_A_KIND:
        pairs.append(phrases.say("more", count=phrases.numbers.fixed(len(close) - NOTES_OF_A_KIND, 0)))
    return phrases.say("close.some", threshold=points(close.threshold), pairs="; ".join(pairs))


def _first_of(things: Sequence[Thing], words: Callable[[Thing], str], phrases: Phrases) -> list[str]:
    """The first of many things in words, and how many more there are."""
    said = [words(thing) for thing in things[:NOTES_OF_A_KIND]]
    if len(things) > NOTES_OF_A_KIND:
        said.append(phrases.say("more", count=phrases.numbers.fixed(len(things) - NOTES_OF_A_KIND, 0)))
    return said


def bottom_line(assessment: Assessment, phrases: Phrases, titles: Mapping[str, str], weights: str) -> str:
    """What to put first under a weight set and by how much, or why that cannot be said."""
    ranking = assessment.ranking
    first = assessment.first
    points = phrases.numbers.points
    names = {"option": titles[first], "weights": weights, "value": points(ranking.value(first))}
    if first in assessment.red_lines.failing:
        return phrases.say("bottom.none-keeps", **names)
    if ranking.in_order[0] != first:
        return phrases.say("bottom.after-red-line", **names)
    others = [titles[option] for option in ranking.possible_leaders if option not in ranking.leaders]
    if others:
        return phrases.say("bottom.open", **names, others=phrases.listing(others[:SETS_NAMED]))
    if len(ranking.leaders) > 1:
        tied = phrases.listing([titles[leader] for leader in ranking.leaders if leader != first])
        return phrases.say("bottom.tied", **names, second=tied)
    if len(ranking.order) == 1:
        return phrases.say("bottom.alone", **names)
    second = ranking.in_order[1]
    names |= {"second": titles[second], "lead": points(ranking.value(first) - ranking.value(second))}
    close = assessment.close.names(first, second)
    if first == assessment.baseline:
        return phrases.say("bottom.baseline.close" if close else "bottom.baseline", **names)
    return phrases.say("bottom.close" if close else "bottom.clear", **names)


def first_in_sets(
    overview: Overview, first: str, phrases: Phrases, set_titles: Mapping[str, str], statuses: Mapping[str, str]
) -> str:
    """Under which of the weight sets another option leads, or that none does; with what "illustrative" means."""
    count = len(overview.leaders)
    names = {"count": count, "asked": _asked(statuses, phrases)}
    elsewhere = [set_titles[name] for name, leaders in overview.leaders.items() if first not in leaders]
    said = phrases.say("sets.none", **names)
    if elsewhere:
        # "1 more" is no shorter than a name
        named = elsewhere if len(elsewhere) <= SETS_NAMED + 1 else elsewhere[:SETS_NAMED]
        if len(elsewhere) > len(named):
            named = [*named, phrases.say("more", count=phrases.numbers.fixed(len(elsewhere) - SETS_NAMED, 0))]
        said = phrases.say("sets.some", elsewhere=len(elsewhere), sets=phrases.listing(named), **names)
    unsure = sum(len(ranking.possible_leaders) > len(ranking.leaders) for ranking in overview.rankings)
    return f"{said} {phrases.say('sets.open', open=unsure, count=count)}" if unsure else said


def _asked(statuses: Mapping[str, str], phrases: Phrases) -> str:
    illustrative = sum(status == "illustrative" for status in statuses.values())
    if illustrative == len(statuses):
        return phrases.say("sets.illustrative")
    return phrases.say("sets.mixed", illustrative=illustrative) if illustrative else phrases.say("sets.asked")


def value_function_words(function: ValueFunction, phrases: Phrases) -> str:
    """What a value function does, in words."""
    numbers = phrases.numbers
    if isinstance(function, PiecewiseLinear):
        corners = ", ".join(
            f"{numbers.quantity(at)} → {numbers.quantity(value)}"
            for at, value in zip(function.at, function.value, strict=True)
        )
        return phrases.say("function.piecewise-linear", corners=corners)
    if isinstance(function, Exponential):
        return phrases.say("function.exponential", midpoint=numbers.quantity(function.midpoint))
    return phrases.say("function.levels" if isinstance(function, Levels) else "function.linear")


def restates_weights(overview: Overview, phrases: Phrases, statuses: Mapping[str, str]) -> str:
    """In how many sets the leader is the best option on the heaviest criterion, and what that means."""
    key = "restates.yes" if overview.restates_weights else "restates.no"
    names = {"sets": len(overview.led_by_best_on_heaviest), "count": len(overview.rankings)}
    return phrases.say(key, asked=_asked(statuses, phrases), **names)
