"""Results as sentences. Each is true of the numbers it is given; the rules that decide what is said live in ``analysis``."""

from __future__ import annotations

from policy_options.analysis.assessment import Assessment
from policy_options.analysis.overview import Overview
from policy_options.analysis.value_functions import Exponential, Levels, PiecewiseLinear, ValueFunction
from policy_options.wording.phrases import Phrases

__all__ = ["first_in_sets", "lead_sentence", "ranking_notes", "restates_weights", "status_note", "value_function_words"]


def status_note(status: str, phrases: Phrases) -> str:
    """What the status of a weight set means for its reader."""
    return phrases.say(f"status.{status}.note")


def ranking_notes(assessment: Assessment, phrases: Phrases, titles: dict[str, str]) -> list[str]:
    """What a reader of the table must know: close pairs, red lines, dominance, unknown scores, cost against value."""
    points = phrases.numbers.points
    notes = []
    if assessment.close.pairs:
        pairs = [
            phrases.say("close.pair", better=titles[p.better], worse=titles[p.worse], difference=points(p.difference))
            for p in assessment.close.pairs
        ]
        notes.append(phrases.say("close.some", threshold=points(assessment.close.threshold), pairs="; ".join(pairs)))
    else:
        notes.append(phrases.say("close.none", threshold=points(assessment.close.threshold)))
    for crossing in assessment.red_lines.crossings:
        key = "red-line.fails" if crossing.status == "fails" else "red-line.might"
        notes.append(phrases.say(key, option=titles[crossing.option], criterion=crossing.criterion))
    sure = set(assessment.dominance.by_intervals)
    for pair in assessment.dominance.by_likely:
        key = "dominance.sure" if pair in sure else "dominance.likely"
        notes.append(phrases.say(key, dominator=titles[pair[0]], dominated=titles[pair[1]]))
    unknown = int(assessment.ranking.problem.unknown.sum())
    if unknown:
        notes.append(phrases.say("unknown-scores", count=unknown))
    if assessment.cost_value is not None:
        frontier = [titles[option] for option in assessment.cost_value.frontier]
        notes.append(phrases.say("frontier", options=phrases.listing(frontier)))
    return notes


def lead_sentence(assessment: Assessment, phrases: Phrases, titles: dict[str, str], weights: str) -> str:
    """What comes first under a weight set and by how much, or that it ties or is too close to call."""
    ranking = assessment.ranking
    first = assessment.first
    points = phrases.numbers.points
    others = [option for option in ranking.in_order if option != first]
    names = {"option": titles[first], "weights": weights, "value": points(ranking.value(first))}
    if not others:
        return phrases.say("lead.alone", **names)
    second = others[0]
    names |= {"second": titles[second], "lead": points(ranking.value(first) - ranking.value(second))}
    if ranking.in_order[0] != first:
        return phrases.say("lead.after-red-line", **names)
    if second in ranking.leaders:
        return phrases.say("lead.tied", **names)
    if assessment.close.names(first, second):
        return phrases.say("lead.close", **names)
    return phrases.say("lead.clear", **names)


def first_in_sets(
    overview: Overview, first: str, phrases: Phrases, titles: dict[str, str], set_titles: dict[str, str], statuses: dict[str, str]
) -> str:
    """Under which of the weight sets another option leads, or that none does; with what "illustrative" means."""
    count = len(overview.leaders)
    elsewhere: dict[str, list[str]] = {}
    for name, leaders in overview.leaders.items():
        if first not in leaders:
            elsewhere.setdefault(phrases.listing([titles[leader] for leader in leaders]), []).append(set_titles[name])
    asked = [phrases.say("sets.illustrative")] if "illustrative" in statuses.values() else []
    if not elsewhere:
        said = phrases.say("sets.none", count=count, option=titles[first])
    else:
        others = "; ".join(
            phrases.say("sets.other", option=option, sets=phrases.listing(sets)) for option, sets in elsewhere.items()
        )
        leads = len(overview.sets_led_by(first))
        said = phrases.say("sets.some", leads=leads, count=count, option=titles[first], others=others)
    return " ".join([said, *asked])


def value_function_words(function: ValueFunction, phrases: Phrases) -> str:
    """What a value function does, in words."""
    numbers = phrases.numbers
    if isinstance(function, PiecewiseLinear):
        corners = ", ".join(
            f"{numbers.quantity(at)} → {numbers.quantity(value)}" for at, value in zip(function.at, function.value, strict=True)
        )
        return phrases.say("function.piecewise-linear", corners=corners)
    if isinstance(function, Exponential):
        return phrases.say("function.exponential", midpoint=numbers.quantity(function.midpoint))
    return phrases.say("function.levels" if isinstance(function, Levels) else "function.linear")


def restates_weights(overview: Overview, phrases: Phrases) -> str:
    """In how many sets the leader is the best option on the heaviest criterion, and what that means."""
    key = "restates.yes" if overview.restates_weights else "restates.no"
    return phrases.say(key, sets=len(overview.led_by_best_on_heaviest), count=len(overview.rankings))
