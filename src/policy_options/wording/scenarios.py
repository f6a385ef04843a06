"""Scenarios as sentences: where the advice holds, what it could cost, how likely a future must be, and what to do then."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from policy_options.analysis.additive import TIE
from policy_options.analysis.problem import Problem
from policy_options.analysis.scenarios.likelihoods import Judged
from policy_options.analysis.scenarios.regret import Cell, Regret
from policy_options.analysis.scenarios.scenarios import Scenarios, Switch
from policy_options.dossier.models.signpost import Signpost
from policy_options.wording.performances import performance_text, with_unit
from policy_options.wording.phrases import Phrases
from policy_options.wording.sentences import asked_note
from policy_options.wording.shares import beyond_text, share_text
from policy_options.wording.titles import option_shorts, option_titles

if TYPE_CHECKING:
    from policy_options.wording.phrase_keys import PhraseKey

__all__ = [
    "break_even_sentences",
    "cells_text",
    "expected_sentences",
    "failing_sentence",
    "future_titles",
    "held_sentences",
    "judged_sentences",
    "lead_sentence",
    "likelihood_sentences",
    "maximin_sentence",
    "opening_sentences",
    "regret_sentences",
    "switch_sentence",
    "threshold_text",
]

FAILING_NAMED = 2
"""Futures in which the advice fails that the bottom line names before it counts the rest."""

CELLS_NAMED = 3
"""Scenarios under weight sets that a sentence names before it counts the rest."""


def future_titles(found: Scenarios, phrases: Phrases) -> dict[str, str]:
    """The short titles of scenarios by id; the reference is called what it is where no file gives it a title."""
    return {
        future.id: phrases.say("scenarios.reference") if future.short == future.id == found.reference else future.short
        for future in found.futures
    }


def _options(found: Scenarios, ids: Sequence[str], phrases: Phrases, *, short: bool = False) -> str:
    titles = (option_shorts if short else option_titles)(found.problem)
    return phrases.listing([titles[one] for one in ids])


def opening_sentences(found: Scenarios, statuses: Mapping[str, str], close: float, phrases: Phrases) -> list[str]:
    """Where the advice holds; the smallest largest regret; how likely a change must be; and what is left out."""
    said = [phrases.together([*held_sentences(found, close, phrases), lead_sentence(found, close, phrases)])]
    said += [phrases.together([*regret_sentences(found, statuses, phrases), maximin_sentence(found, phrases)])]
    said += [phrases.together(likelihood_sentences(found, phrases))]
    for option, where in found.failing.items():
        titles = future_titles(found, phrases)
        named = phrases.listing([titles[name] for name in where])
        said.append(phrases.say("scenarios.red", option=_options(found, [option], phrases), scenarios=named))
    return [one for one in said if one]


def held_sentences(found: Scenarios, close: float, phrases: Phrases, *, short: bool = False) -> list[str]:
    """In how many scenarios the advice is first, and who is first in the others, and by how much; ``short`` as in charts."""
    said = []
    advice = _options(found, [found.advice], phrases, short=short)
    if found.reference is None:
        said.append(phrases.say("scenarios.advice.regret", option=advice))
    count = len(found.ids)
    if not found.changes:
        return [*said, phrases.say("scenarios.held.all", option=advice, count=count)]
    changes = [_change(found, name, close, phrases, short=short) for name in found.changes]
    held = count - len(changes)
    key: PhraseKey = "scenarios.held.some" if held else "scenarios.held.none"
    return [*said, phrases.say(key, option=advice, held=held, count=count, changes=phrases.rows(changes))]


def failing_sentence(found: Scenarios, close: float, phrases: Phrases) -> str:
    """For the bottom line: the futures in which another option would be first; empty without one that is sure."""
    lost = [name for name in found.changes if not found.leaders_are_open(name)]
    if found.reference is None or not lost:
        return ""
    titles = future_titles(found, phrases)
    changes = []
    for name in lost[:FAILING_NAMED]:
        first, ranking = found.first[name], found.rankings[name]
        allowed = found.allowed[found.ids.index(name)][found.option_ids.index(found.advice)]
        near = allowed and ranking.value(first[0]) - ranking.value(found.advice) <= close + TIE
        key: PhraseKey = "bottom.scenario.close" if near else "bottom.scenario"
        changes.append(phrases.say(key, scenario=titles[name], leader=_options(found, first, phrases)))
    if len(lost) > FAILING_NAMED:
        changes.append(phrases.say("more", count=len(lost) - FAILING_NAMED))
    return phrases.say("bottom.scenarios", count=len(lost), of=len(found.ids), changes=phrases.rows(changes))


def expected_sentences(found: Scenarios, phrases: Phrases) -> list[str]:
    """In brief: who leads by expected value, and whose likelihoods they are; the result first, as the rest may be cut short."""
    if len(found.ids) < 2 or any(name in found.open_options for name in found.regret.options):
        return []
    leader = _options(found, [found.likelihoods.break_even[0].leader], phrases)
    return [phrases.say("scenarios.expected", option=leader), *judged_sentences(found.judged, found, phrases)]


def lead_sentence(found: Scenarios, close: float, phrases: Phrases) -> str:
    """By how much the advice leads where it does; empty where it nowhere does, or an unknown score leaves it open."""
    titles = future_titles(found, phrases)
    leads = []
    for column, name in enumerate(found.ids):
        ranking = found.rankings[name]
        rivals = [
            ranking.value(one)
            for row, one in enumerate(found.option_ids)
            if found.allowed[column, row] and one != found.advice
        ]
        if name in found.changes or found.leaders_are_open(name) or not rivals:
            continue
        lead = ranking.value(found.advice) - max(rivals)
        key: PhraseKey = "scenarios.lead.close" if lead <= close + TIE else "scenarios.lead"
        leads.append(phrases.say(key, scenario=titles[name], points=phrases.numbers.points(lead)))
    if not leads:
        return ""
    return phrases.say("scenarios.leads", option=_options(found, [found.advice], phrases), rows=phrases.rows(leads))


def _change(found: Scenarios, name: str, close: float, phrases: Phrases, *, short: bool) -> str:
    ranking = found.rankings[name]
    first = found.first[name]
    names: dict[str, object] = {
        "scenario": future_titles(found, phrases)[name],
        "leader": _options(found, first, phrases, short=short),
    }
    if found.leaders_are_open(name):
        return phrases.say("scenarios.change.open", **names)
    points = ranking.value(first[0]) - ranking.value(found.advice)
    if not found.allowed[found.ids.index(name)][found.option_ids.index(found.advice)]:
        return phrases.say("scenarios.change.red", **names)
    key: PhraseKey = "scenarios.change.close" if points <= close + TIE else "scenarios.change"
    return phrases.say(key, points=phrases.numbers.points(points), **names)


def cells_text(
    cells: Sequence[Cell], found: Scenarios, phrases: Phrases, *, sets: bool, names: Mapping[str, str] | None = None
) -> str:
    """Scenarios, with the weight sets where there are several: by their ``names`` or, without them, by their ids."""
    titles = future_titles(found, phrases)
    named = [
        phrases.say("scenarios.cell", scenario=titles[scenario], weights=(names or {}).get(weights, weights))
        if sets
        else titles[scenario]
        for scenario, weights in cells[:CELLS_NAMED]
    ]
    if len(cells) > CELLS_NAMED:
        named.append(phrases.say("more", count=len(cells) - CELLS_NAMED))
    return phrases.rows(named) if sets else phrases.listing(named)


def regret_sentences(
    found: Scenarios, statuses: Mapping[str, str], phrases: Phrases, *, names: Mapping[str, str] | None = None
) -> list[str]:
    """The option whose largest regret is smallest, over scenarios, and over scenarios and sets, which have ``names``."""
    said = _of_regret(found, found.regret, {}, phrases, names)
    if len(found.sets) > 1:
        said += _of_regret(found, found.regret_over_sets, statuses, phrases, names)
    return said


def maximin_sentence(found: Scenarios, phrases: Phrases) -> str:
    """The best worst value, as a cross-check."""
    best = found.maximin[0]
    level = [one for one in found.maximin if one.value >= best.value - TIE]
    titles = future_titles(found, phrases)
    return phrases.say(
        "scenarios.maximin",
        options=_options(found, [one.option for one in level], phrases),
        value=phrases.numbers.points(best.value),
        scenarios=phrases.listing([titles[name] for name in best.scenarios]),
    )


def _of_regret(
    found: Scenarios,
    regret: Regret,
    statuses: Mapping[str, str],
    phrases: Phrases,
    set_names: Mapping[str, str] | None,
) -> list[str]:
    """``statuses`` are those of the weight sets that regret runs over; empty for the set in use alone."""
    sets = bool(statuses)
    choice = regret.choice
    largest = float(regret.largest.min())
    names: dict[str, object] = {"options": _options(found, choice, phrases), "count": len(found.sets)}
    if sets:
        names["asked"] = asked_note(statuses, phrases)
    if largest <= TIE:
        return [phrases.say("scenarios.regret.sets.none" if sets else "scenarios.regret.none", **names)]
    where = cells_text(regret.where(choice[0]), found, phrases, sets=sets, names=set_names)
    key: PhraseKey = "scenarios.regret.sets" if sets else "scenarios.regret"
    said = [phrases.say(key, points=phrases.numbers.points(largest), where=where, **names)]
    nowhere = regret.best_nowhere
    if nowhere:
        said.append(phrases.say("scenarios.regret.nowhere", options=_options(found, nowhere, phrases)))
    if not regret.is_sure:
        said.append(phrases.say("scenarios.regret.open"))
    return said


def judged_sentences(judged: Sequence[Judged], found: Scenarios, phrases: Phrases) -> list[str]:
    """Whose judgement each likelihood is, and between what; or that nobody judged any."""
    if not judged:
        return [phrases.say("scenarios.likelihood.none")]
    titles = future_titles(found, phrases)
    said = []
    for one in judged:
        names = {"holder": one.holder, "scenario": titles[one.scenario]}
        low, high = (share_text(end, phrases) for end in (one.low, one.high))
        if one.low == one.high:
            said.append(phrases.say("scenarios.likelihood.point", likely=low, **names))
        else:
            said.append(phrases.say("scenarios.likelihood.judged", low=low, high=high, **names))
    if len(judged) < len(found.ids):
        said.append(phrases.say("scenarios.likelihood.rest"))
    return said


def likelihood_sentences(found: Scenarios, phrases: Phrases) -> list[str]:
    """Whose likelihoods they are, who leads by expected value, and what would have to be how likely for another to."""
    if len(found.ids) < 2:
        return []
    unknown = [name for name in found.regret.options if name in found.open_options]
    if unknown:
        return [phrases.say("scenarios.unknown", options=_options(found, unknown, phrases))]
    said = judged_sentences(found.judged, found, phrases)
    if found.judged:
        said += _admissible_sentences(found, phrases)
    return [*said, *break_even_sentences(found, phrases)]


def _admissible_sentences(found: Scenarios, phrases: Phrases) -> list[str]:
    bounds = found.likelihoods.admissible
    best = bounds.e_admissible
    said = [phrases.say("scenarios.admissible", options=_options(found, best, phrases), count=len(best))]
    more = [name for name in bounds.undominated if name not in best]
    if more:
        said.append(phrases.say("scenarios.maximal", options=_options(found, more, phrases)))
    said.append(phrases.say("scenarios.safest", option=_options(found, [bounds.safest], phrases)))
    return said


def break_even_sentences(found: Scenarios, phrases: Phrases) -> list[str]:
    """Who leads by expected value, and how likely each scenario would have to be, or not to be, for another to lead."""
    titles = future_titles(found, phrases)
    said = []
    for one in found.likelihoods.break_even:
        names: dict[str, object] = {"scenario": titles[one.scenario]}
        if one.above and one.high is not None:
            taking = _options(found, one.above, phrases)
            said.append(
                phrases.say(
                    "scenarios.break.above", share=beyond_text(one.high, phrases, rising=True), taking=taking, **names
                )
            )
        if one.below and one.low is not None:
            taking = _options(found, one.below, phrases)
            said.append(
                phrases.say(
                    "scenarios.break.below", share=beyond_text(one.low, phrases, rising=False), taking=taking, **names
                )
            )
    leader = _options(found, [found.likelihoods.break_even[0].leader], phrases)
    if not said:
        return [phrases.say("scenarios.break.never", option=leader)]
    return [phrases.say("scenarios.expected", option=leader), *said]


def threshold_text(signpost: Signpost, problem: Problem, phrases: Phrases) -> str:
    """From where on a signpost counts: with the name of the score where it is one."""
    if signpost.threshold is None:
        return ""
    if signpost.criterion is None or signpost.option is None:
        return str(signpost.threshold)
    axis = problem.criterion(signpost.criterion)
    if axis.levels:
        return performance_text(float(axis.level_ids.index(str(signpost.threshold))), axis.levels, phrases)
    return with_unit(phrases.numbers.quantity(float(signpost.threshold)), axis)


def switch_sentence(switch: Switch, found: Scenarios, close: float, phrases: Phrases) -> str:
    """Who leads once a signpost shows, and what switching to it gains: nothing is claimed where there is nothing to give up."""
    advice = _options(found, [found.advice], phrases)
    if switch.stays:
        return phrases.say("scenarios.switch.stays", advice=advice)
    names: dict[str, object] = {"leader": _options(found, switch.leads, phrases), "advice": advice}
    if switch.points is None or not np.isfinite(switch.points):
        return phrases.say("scenarios.switch.open", **names)
    points = phrases.numbers.points(switch.points)
    if switch.points <= close + TIE:
        return phrases.say("scenarios.switch.close", points=points, **names)
    if not switch.claimed:
        return phrases.say("scenarios.switch.unclaimed", points=points, **names)
    return phrases.say("scenarios.switch", points=points, **names)
