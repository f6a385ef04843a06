"""The changes that would make another option lead, in words. Each figure can be typed, and then has the stated effect."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policy_options.analysis.problem import CriterionAxis, Problem
from policy_options.analysis.robustness import RIVALS, Robustness
from policy_options.analysis.switching.nearest import Change
from policy_options.analysis.switching.scores import ScoreSwitch
from policy_options.analysis.switching.unknowns import OpenScore
from policy_options.analysis.switching.weights import MoveSwitch, WeightSwitch
from policy_options.wording.performances import performance_text
from policy_options.wording.phrases import Phrases
from policy_options.wording.shares import moved_text, share_text
from policy_options.wording.titles import node_titles, option_titles

if TYPE_CHECKING:
    from policy_options.wording.phrase_keys import PhraseKey

__all__ = [
    "change_sentence",
    "change_words",
    "nearest_sentences",
    "open_sentences",
    "percent_text",
    "signpost_sentence",
    "step_words",
]


def change_sentence(firm: Robustness, phrases: Phrases, *, its: bool = False) -> str:
    """The one thing that would change the advice; empty if none was found and some rivals were not examined.

    With ``its``, the sentence follows others about the leader, whose title is then not repeated.
    """
    if firm.level:
        titles = option_titles(firm.known.problem)
        level = phrases.listing([titles[one] for one in firm.level])
        return phrases.say("bottom.change.level", option=level, count=len(firm.level))
    found = firm.nearest_change
    if found is not None:
        return phrases.say("bottom.change", change=change_words(found, firm, phrases, its=its))
    if firm.settled.contenders or len(firm.known.problem.options) - 1 > RIVALS:
        return ""
    return _no_change(firm, phrases)


def _no_change(firm: Robustness, phrases: Phrases) -> str:
    return phrases.say("bottom.change.none" if firm.scores_vary else "bottom.change.none.certain")


def change_words(change: Change, firm: Robustness, phrases: Phrases, *, its: bool = False) -> str:
    """A change and the options that then lead, as the end of a sentence."""
    problem = firm.assessment.ranking.problem
    titles = option_titles(problem)
    if isinstance(change, ScoreSwitch):
        axis = problem.criterion(change.criterion)
        names: dict[str, object] = {
            "option": titles[change.option],
            "criterion": axis.short,
            "to": _written(change.to, axis, phrases),
            "likely": _written(change.likely, axis, phrases),
            "taking": phrases.listing([titles[one] for one in change.taking_over]),
        }
        if change.by_red_line and change.option == firm.leader:
            return phrases.say("change.score.red-line", **names)
        if its and change.option == firm.leader:
            return phrases.say("change.score.own", **names)
        if change.taking_over == (change.option,) and not change.level:
            return phrases.say("change.score.it", **names)
        return phrases.say("change.score.level" if change.level else "change.score", **names)
    if isinstance(change, WeightSwitch):
        key = "weight-perhaps" if _perhaps(change.taking_over, firm) else "weight"
        return phrases.say_of(
            "change",
            key,
            node=node_titles(problem)[change.node],
            to=percent_text(change.percent, phrases),
            share=share_text(change.share, phrases),
            taking=phrases.listing([titles[one] for one in change.taking_over]),
        )
    steps = step_words(change, problem, phrases)
    key = "weights-perhaps" if _perhaps((change.option,), firm) else "weights"
    return phrases.say_of("change", key, steps=steps, taking=titles[change.option])


def nearest_sentences(firm: Robustness, phrases: Phrases) -> list[str]:
    """The nearest score and the nearest single weight or, if no single one is enough, several weights: each in a
    sentence.

    The first of them is the one that the bottom line names.
    """
    if firm.level or firm.verdict.kind == "dominant":
        return [change_sentence(firm, phrases)] if firm.level else [_no_change(firm, phrases)]
    said = []
    score, weight, move = next(iter(firm.score_switches), None), firm.nearest_weight, firm.nearest_move
    if score is not None:
        said.append(phrases.say("nearest.score", change=change_words(score, firm, phrases)))
    if weight is not None:
        said.append(phrases.say("nearest.weight", change=change_words(weight, firm, phrases)))
    if move is not None and weight is None:
        moved = moved_text(move.moved, phrases)
        said.append(phrases.say("nearest.weights", change=change_words(move, firm, phrases), moved=moved))
    return said or [one for one in (change_sentence(firm, phrases),) if one]


def _perhaps(options: tuple[str, ...], firm: Robustness) -> bool:
    """Whether a favourable unknown score is needed too: the change found for such an option is then a lower bound."""
    return any(option in firm.unknown for option in options)


def step_words(move: MoveSwitch, problem: Problem, phrases: Phrases) -> str:
    """Every weight of a move, before and after, with those that gain first."""
    titles = node_titles(problem)
    return phrases.listing(
        [
            phrases.say(
                "robustness.switching.step",
                criterion=titles[criterion],
                **{"from": share_text(share, phrases), "to": percent_text(percent, phrases)},
            )
            for criterion, share, percent in move.steps
        ]
    )


def open_sentences(firm: Robustness, phrases: Phrases) -> list[str]:
    """What unknown scores leave open, each named once: the option, the criterion, and the performance from which it
    would lead.
    """
    said = []
    titles = option_titles(firm.ranking.problem)
    for option in firm.settled.contenders:
        scores = [score for score in firm.settled.open if score.option == option]
        names: dict[str, object] = {"option": titles[option]}
        if all(score.at is None for score in scores):
            nodes = node_titles(firm.ranking.problem)
            listed = phrases.listing([nodes[score.criterion] for score in scores])
            said.append(phrases.say("open.together", criteria=listed, **names))
            continue
        said += [phrases.say("open.alone", **names, **_open_names(score, firm, phrases)) for score in scores]
    return said


def _open_names(score: OpenScore, firm: Robustness, phrases: Phrases) -> dict[str, object]:
    axis = firm.ranking.problem.criterion(score.criterion)
    at = firm.open_at(score)
    return {"criterion": axis.short, "at": _written(at, axis, phrases)}


def signpost_sentence(option: str, criterion: str, firm: Robustness | None, phrases: Phrases) -> str:
    """The performance at which a signpost's score makes another option lead; empty if unknown."""
    if firm is None:
        return ""
    tie = next(
        (
            one
            for one in firm.score_switching_values.switching_values
            if (one.option, one.criterion) == (option, criterion)
        ),
        None,
    )
    if tie is None:
        return ""
    problem = firm.assessment.ranking.problem
    titles = option_titles(problem)
    axis = problem.criterion(criterion)
    names = {
        "option": titles[option],
        "criterion": axis.short,
        "likely": _written(tie.likely, axis, phrases),
    }
    switch = firm.typed(tie)
    if switch is None:
        return phrases.say("signpost.never", **names)
    taking = phrases.listing([titles[one] for one in switch.taking_over])
    certain = tie.low == tie.high
    within = phrases.say("signpost.certain" if certain else "signpost.within" if switch.within else "signpost.beyond")
    key: PhraseKey = "signpost.level" if switch.level else "signpost.switching"
    return phrases.say(key, at=_written(switch.to, axis, phrases), taking=taking, within=within, **names)


def percent_text(percent: float, phrases: Phrases) -> str:
    """A weight in per cent with as many digits as must be typed."""
    return phrases.numbers.as_percent(phrases.numbers.quantity(percent))


def _written(performance: float, axis: CriterionAxis, phrases: Phrases) -> str:
    return performance_text(performance, axis.levels, phrases)
