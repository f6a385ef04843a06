"""Results as sentences. Each is true of the numbers it is given; the rules that select them are in ``analysis``."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Final, TypeVar

from policy_options.analysis.assessment import Assessment
from policy_options.analysis.overview import Overview
from policy_options.analysis.value_functions import Exponential, Levels, PiecewiseLinear, ValueFunction
from policy_options.dossier.loading import CheckReport
from policy_options.wording.phrases import Phrases

if TYPE_CHECKING:
    from policy_options.wording.phrase_keys import PhraseKey

__all__ = [
    "asked_note",
    "evidence_sentences",
    "ranking_notes",
    "restates_weights",
    "some_of",
    "status_note",
    "value_function_words",
]

Thing = TypeVar("Thing")

NOTES_OF_A_KIND: Final = 12
"""Pairs or options named in the notes of a ranking before the rest are counted; the published JSON has all."""

TITLES_NAMED: Final = 5
"""Options or weight sets named in a sentence before the rest are counted."""


def status_note(status: str, phrases: Phrases) -> str:
    """The meaning of a weight set's status for its reader."""
    return phrases.say_of("status", status, "note")


def ranking_notes(
    assessment: Assessment, phrases: Phrases, titles: Mapping[str, str], *, pairs: int = NOTES_OF_A_KIND
) -> list[str]:
    """Notes for readers of the table: close pairs (with a limit on names), red lines, dominance, unknown scores, cost
    against value.
    """
    problem = assessment.ranking.problem
    criteria = {criterion.id: criterion.short for criterion in problem.criteria}
    sure = set(assessment.dominance.by_intervals)
    vary = problem.spread() != "none"
    notes = [_closeness(assessment, sure, phrases, titles, pairs)] if len(problem.options) > 1 else []
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
            ("dominance.sure" if vary else "dominance.certain") if pair in sure else "dominance.likely",
            dominator=titles[pair[0]],
            dominated=titles[pair[1]],
        ),
        phrases,
    )
    local = [criterion.short for criterion in problem.criteria if criterion.local]
    if local:
        notes.append(phrases.say("local-scales", criteria=phrases.listing(local)))
    unknown = int(problem.unknown.sum())
    if unknown:
        notes.append(phrases.say("unknown-scores", count=unknown))
    if assessment.cost_value is not None and len(problem.options) > 1:
        frontier = _first_of(assessment.cost_value.frontier, lambda option: titles[option], phrases)
        notes.append(phrases.say("frontier", options=phrases.listing(frontier)))
        placed = zip(assessment.cost_value.options, assessment.cost_value.placed, strict=True)
        unplaced = [option for option, has_place in placed if not has_place]
        if unplaced:
            names = _first_of(unplaced, lambda option: titles[option], phrases)
            notes.append(phrases.say("frontier.unplaced", options=phrases.listing(names)))
    return notes


def _closeness(
    assessment: Assessment, sure: set[tuple[str, str]], phrases: Phrases, titles: Mapping[str, str], most: int
) -> str:
    """The pairs too close to call, except a pair that no weights and no scores within their ranges could reverse."""
    points = phrases.numbers.points
    close = assessment.close
    left_out = len(assessment.ranking.order) - len(close.options)
    unsaid = phrases.between_sentences + phrases.say("close.left-out", count=left_out) if left_out else ""
    certain = sum(close.names(*pair) for pair in sure)
    count = len(close) - certain
    if not count:
        key: PhraseKey = "close.none"
        if certain:
            vary = assessment.ranking.problem.spread() != "none"
            key = "close.none.sure" if vary else "close.none.certain"
        return phrases.say(key, threshold=points(close.threshold), count=certain) + unsaid
    doubtful = (pair for pair in close if not sure & {(pair.better, pair.worse), (pair.worse, pair.better)})
    pairs = [
        phrases.say(
            "close.pair", better=titles[pair.better], worse=titles[pair.worse], difference=points(pair.difference)
        )
        for pair in islice(doubtful, most)
    ]
    if count > most:
        pairs.append(phrases.say("more", count=phrases.numbers.fixed(count - most, 0)))
    return phrases.say("close.some", threshold=points(close.threshold), pairs=phrases.rows(pairs)) + unsaid


def _first_of(things: Sequence[Thing], words: Callable[[Thing], str], phrases: Phrases) -> list[str]:
    """The first of many things in words, and the number of the others."""
    said = [words(thing) for thing in things[:NOTES_OF_A_KIND]]
    if len(things) > NOTES_OF_A_KIND:
        said.append(phrases.say("more", count=phrases.numbers.fixed(len(things) - NOTES_OF_A_KIND, 0)))
    return said


def some_of(titles: list[str], phrases: Phrases) -> str:
    """The first of many titles; "1 more" is no shorter than a title, and so is never used."""
    if len(titles) <= TITLES_NAMED + 1:
        return phrases.listing(titles)
    more = phrases.say("more", count=phrases.numbers.fixed(len(titles) - TITLES_NAMED, 0))
    return phrases.listing([*titles[:TITLES_NAMED], more])


def asked_note(statuses: Mapping[str, str], phrases: Phrases) -> str:
    """The number of weight sets whose weights nobody was asked for."""
    illustrative = sum(status == "illustrative" for status in statuses.values())
    if illustrative == len(statuses):
        return phrases.say("sets.illustrative")
    return phrases.say("sets.mixed", illustrative=illustrative) if illustrative else phrases.say("sets.asked")


def evidence_sentences(report: CheckReport, phrases: Phrases) -> str:
    """The number of scores that cite no source, and whether they give a reason."""
    declared, silent = report.unsupported - report.silent, report.silent
    known = report.scores - report.unknown
    if not known:
        return phrases.say("evidence.only-unknown", count=report.unknown)
    if not report.unsupported:
        said = [phrases.say("evidence.all", count=known)]
    else:
        names = {"count": report.unsupported, "scores": known, "declared": declared, "silent": silent}
        whose = "none" if report.unsupported == known else "some"
        why = "declared" if not silent else "silent" if not declared else "mixed"
        said = [phrases.say_of("evidence", whose, why, **names)]
    if report.unknown:
        said.append(phrases.say("evidence.unknown", count=report.unknown))
    return phrases.together(said)


def value_function_words(function: ValueFunction, phrases: Phrases) -> str:
    """A value function in words."""
    numbers = phrases.numbers
    if isinstance(function, PiecewiseLinear):
        corners = phrases.series(
            f"{numbers.quantity(at)} → {numbers.quantity(value)}"
            for at, value in zip(function.at, function.value, strict=True)
        )
        return phrases.say("function.piecewise-linear", corners=corners)
    if isinstance(function, Exponential):
        return phrases.say("function.exponential", midpoint=numbers.quantity(function.midpoint))
    return phrases.say("function.levels" if isinstance(function, Levels) else "function.linear")


def restates_weights(overview: Overview, phrases: Phrases, statuses: Mapping[str, str]) -> str:
    """The number of sets in which the leader is the best option on the heaviest criterion, and what that means."""
    if len(overview.rankings) < 2:
        return phrases.say("restates.one")
    sets = len(overview.led_by_best_on_heaviest)
    key: PhraseKey = "restates.yes" if overview.restates_weights else "restates.no" if sets else "restates.none"
    names = {"sets": sets, "count": len(overview.rankings)}
    return phrases.say(key, asked=asked_note(statuses, phrases), **names)
