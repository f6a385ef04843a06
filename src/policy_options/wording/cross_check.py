"""Cross-checks in sentences: which methods keep the first option, which do not, and which assumption turns the pair."""

from __future__ import annotations

from collections.abc import Sequence

from policy_options.analysis.crosscheck.checking import MOST_LEFT_OUT, CrossCheck
from policy_options.analysis.crosscheck.inputs import INDIFFERENT, PREFER, VETO
from policy_options.analysis.crosscheck.method import Method
from policy_options.analysis.crosscheck.results import Checked, Standing, Turn
from policy_options.wording.phrases import Phrases
from policy_options.wording.sentences import some_of
from policy_options.wording.titles import node_titles, option_titles

__all__ = [
    "given_sentence",
    "inputs_sentences",
    "memo_sentences",
    "method_title",
    "opening_sentences",
    "pairwise_sentence",
    "refusal_sentences",
    "reordered_sentences",
    "reversal_sentences",
    "thresholds_sentence",
    "turn_sentences",
]


def method_title(method: Method, phrases: Phrases) -> str:
    """The name of a method."""
    return phrases.say_of("cross-check.method", method.name)


def _leader(found: CrossCheck, phrases: Phrases) -> str:
    """The additive leader, or those that tie."""
    titles = option_titles(found.problem)
    return some_of([titles[option] for option in found.ranking.leaders], phrases)


def _methods(found: CrossCheck, standing: Standing, phrases: Phrases) -> str:
    return phrases.listing([method_title(one.method, phrases) for one in found.with_standing(standing)])


def opening_sentences(found: CrossCheck, phrases: Phrases) -> list[str]:
    """Which methods keep the additive leader first, share it or put another first, and what that is worth."""
    kept, count = len(found.with_standing("kept")), len(found.answered)
    said = [phrases.say("cross-check.opening", leader=_leader(found, phrases), kept=kept, count=count)]
    for standing in ("shared", "lost", "open"):
        if methods := _methods(found, standing, phrases):
            said.append(phrases.say_of("cross-check.opening", standing, methods=methods))
    return [*said, phrases.say("cross-check.diagnostic")]


def turn_sentences(checked: Sequence[Checked], phrases: Phrases, titles: dict[str, str]) -> list[str]:
    """The pairs that methods order otherwise, and the assumptions that turn them if replaced alone.

    Methods that turn the same pair in the same way, for the same reason, share a sentence.
    """
    alike: dict[Turn, list[Checked]] = {}
    for one in checked:
        if one.turn is not None:
            alike.setdefault(one.turn, []).append(one)
    return [_turn(turn, ones, phrases, titles) for turn, ones in alike.items()]


def _turn(turn: Turn, ones: Sequence[Checked], phrases: Phrases, titles: dict[str, str]) -> str:
    names: dict[str, object] = {
        "method": phrases.listing([method_title(one.method, phrases) for one in ones]),
        "better": titles[turn.better],
        "worse": titles[turn.worse],
        "lead": phrases.numbers.points(turn.lead),
        "count": len(ones),
    }
    assumptions = [phrases.say_of("cross-check.assumption", each) for each in turn.alone]
    if not assumptions:
        cause = phrases.say("cross-check.cause.none")
    elif len(assumptions) == 1:
        cause = phrases.say("cross-check.cause.one", assumption=assumptions[0])
    else:
        cause = phrases.say("cross-check.cause.several", assumptions=phrases.rows(assumptions))
    return phrases.together([phrases.say_of("cross-check.turn", turn.kind, **names), cause])


def refusal_sentences(found: CrossCheck, phrases: Phrases) -> list[str]:
    """The methods that could not take the inputs, and what they could not take."""
    titles, criteria = option_titles(found.problem), node_titles(found.problem)
    said = []
    for one in found.refused:
        assert one.refusal is not None
        cells = [
            phrases.say("cross-check.cell", option=titles[option], criterion=criteria[criterion])
            for option, criterion in one.refusal.cells
        ]
        names = {
            "method": method_title(one.method, phrases),
            "cells": some_of(cells, phrases),
            "most": one.refusal.most,
        }
        said.append(phrases.say_of("cross-check.refused", one.refusal.kind, **names))
    return said


def inputs_sentences(found: CrossCheck, phrases: Phrases) -> list[str]:
    """What was left out or assumed for every method: options, criteria, unknown scores."""
    titles, criteria = option_titles(found.assessment.ranking.problem), node_titles(found.problem)
    inputs, said = found.inputs[0], []
    if found.left_out:
        listed = phrases.listing([titles[option] for option in found.left_out])
        said.append(phrases.say("robustness.left-out", options=listed))
    if found.unknown:
        listed = phrases.listing([titles[option] for option in found.unknown])
        said.append(phrases.say("cross-check.unknown", options=listed))
    if inputs.without_weight:
        listed = phrases.listing([criteria[name] for name in inputs.without_weight])
        said.append(phrases.say("cross-check.without-weight", criteria=listed))
    if inputs.constant:
        listed = phrases.listing([criteria[name] for name in inputs.constant])
        said.append(phrases.say("cross-check.constant", criteria=listed))
    return said


def reordered_sentences(found: CrossCheck, phrases: Phrases) -> list[str]:
    """What the count of options that reorder the others means."""
    if len(found.problem.options) > MOST_LEFT_OUT:
        return [phrases.say("cross-check.reordered.untried", most=MOST_LEFT_OUT)]
    said = [phrases.say("cross-check.reordered")]
    if not any(axis.local for axis in found.problem.criteria):
        said.append(phrases.say("cross-check.reordered.never"))
    return said


def reversal_sentences(found: CrossCheck, phrases: Phrases) -> list[str]:
    """For each method, the options that reorder the others by their presence."""
    titles, said = option_titles(found.problem), []
    for one in found.answered:
        reversals = found.reversals[one.method.name]
        if reversals is None:
            continue
        names = {
            "method": method_title(one.method, phrases),
            "options": some_of([titles[option] for option in reversals.of_order], phrases),
            "first": some_of([titles[option] for option in reversals.of_first], phrases),
        }
        if reversals.of_first:
            said.append(phrases.say("cross-check.reversal.first", **names))
        else:
            said.append(
                phrases.say("cross-check.reversal" if reversals.of_order else "cross-check.reversal.none", **names)
            )
        if reversals.untried:
            listed = some_of([titles[option] for option in reversals.untried], phrases)
            said.append(phrases.say("cross-check.reversal.cannot", method=names["method"], options=listed))
    return said


def pairwise_sentence(found: CrossCheck, phrases: Phrases) -> str:
    """Which option is better than every other by weight of criteria, if one is."""
    winner = found.condorcet_winner
    if winner is None:
        return phrases.say("cross-check.condorcet.none")
    return phrases.say("cross-check.condorcet", option=option_titles(found.problem)[winner])


def given_sentence(method: Method, phrases: Phrases) -> str:
    """What a method is given, what it assumes, its fixed parameters and its source."""
    takes = method.takes if method.weighs else "unweighted"
    given = [phrases.say_of("cross-check.takes", takes)]
    if method.settings:
        numbers = {name: phrases.numbers.fixed(abs(at), 2) for name, at in method.settings.items()}
        given.append(phrases.say_of("cross-check.settings", method.name, **numbers))
    return phrases.say(
        "cross-check.given",
        method=method_title(method, phrases),
        given=phrases.rows(given),
        assumptions=phrases.rows(phrases.say_of("cross-check.assumption", each) for each in method.assumes),
        source=method.source,
    )


def thresholds_sentence(phrases: Phrases) -> str:
    """The unit of thresholds, and those that are derived from the scale."""
    shares = {"indifferent": INDIFFERENT, "prefer": PREFER, "veto": VETO}
    return phrases.say("cross-check.thresholds", **{name: phrases.numbers.percent(at) for name, at in shares.items()})


def memo_sentences(found: CrossCheck, phrases: Phrases) -> list[str]:
    """For the body of a memo: by how many methods the leader is first; and why not, where a single one dissents."""
    if not found.answered:
        return []
    titles = option_titles(found.problem)
    shared, lost = found.with_standing("shared", "open"), found.with_standing("lost")
    said = phrases.say(
        "memo.cross-check",
        leader=_leader(found, phrases),
        kept=len(found.with_standing("kept")),
        count=len(found.answered),
        shared=len(shared),
        lost=len(lost),
    )
    dissenting = (*shared, *lost)
    return [said, *(turn_sentences(dissenting, phrases, titles) if len(dissenting) == 1 else ())]
