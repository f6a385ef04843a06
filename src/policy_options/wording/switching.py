"""Switching values and stability intervals in sentences: what would change the lead, as figures that can be typed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np

from policy_options.analysis.additive import TIE
from policy_options.analysis.problem import Problem
from policy_options.analysis.robustness import Robustness
from policy_options.analysis.stability import StabilityInterval
from policy_options.analysis.switching.score_values import ScoreSwitchingValue
from policy_options.analysis.switching.typed import MOST_PLACES, PLACES, last_before
from policy_options.analysis.switching.weight_values import WeightSwitchingValue
from policy_options.wording.changes import percent_text, step_words
from policy_options.wording.performances import performance_text
from policy_options.wording.phrases import Phrases
from policy_options.wording.shares import moved_text
from policy_options.wording.titles import node_titles, option_titles

__all__ = [
    "inward",
    "score_switching_sentence",
    "stability_sentence",
    "weight_switching_sentences",
    "weight_text",
]

STEPS_NAMED: Final = 4
"""Criteria whose change of weight is given in a sentence; an L1 switching value seldom moves more."""


def stability_sentence(node: StabilityInterval, firm: Robustness, phrases: Phrases) -> str:
    """How far one weight may move before another option leads, and the weights, as they can be typed, at which it does."""
    problem = firm.known.problem
    titles = option_titles(problem)
    names: dict[str, object] = {"node": node_titles(problem)[node.id], "leader": titles[firm.leader]}
    if node.leader is None:
        return phrases.say_of("robustness.stability.undefined", str(node.undefined), **names)
    low, high = inward(node)
    if high - low <= 0.0:
        names["others"] = phrases.listing([titles[option] for option in firm.level])
        return phrases.say("robustness.stability.level", **names)
    names |= {"low": percent_text(low, phrases), "high": percent_text(high, phrases)}
    below, above = firm.weight_switches[node.id]
    for key, switch in (("below", below), ("above", above)):
        if switch is not None:
            names[key] = phrases.listing([titles[option] for option in switch.taking_over])
            names[f"at_{key}"] = percent_text(switch.percent, phrases)
    key = "both" if below and above else "low" if below else "high" if above else "always"
    return phrases.say_of("robustness.stability", key, **names)


def inward(node: StabilityInterval) -> tuple[float, float]:
    """The ends of a leader's interval in per cent, rounded inward, so that the leader still leads at the printed figures."""
    assert node.leader is not None
    low, high, now = (100.0 * share for share in (node.leader.low, node.leader.high, node.share))
    if high - low <= TIE:
        return now, now  # the lead is shared, and any step ends it
    for places in range(PLACES, MOST_PLACES + 1):
        least = last_before(low, rising=False, places=places) if node.leader.at_low else low
        most = last_before(high, rising=True, places=places) if node.leader.at_high else high
        if least <= now <= most:
            return least, most
    return low, high


def weight_switching_sentences(firm: Robustness, phrases: Phrases) -> list[str]:
    """For each other option, the least weight that has to move for it to tie and to lead; or why none is enough."""
    titles = option_titles(firm.known.problem)
    shares = firm.known.shares
    switching_values = {(tie.option, tie.goal): tie for tie in firm.weight_switching_values if tie.norm == "L1"}
    said = []
    for option in dict.fromkeys(tie.option for tie in firm.weight_switching_values):
        if option in firm.settled.contenders:
            continue  # whether it is behind at all is open, and reported elsewhere
        overtakes, leads = switching_values[option, "overtakes"], switching_values[option, "leads"]
        further = _leads(leads, overtakes, shares, firm, titles, phrases)
        said.append(
            phrases.together(
                (
                    *_overtakes(overtakes, shares, firm, titles, phrases),
                    *(further if overtakes.leads else ()),
                    *_outside(overtakes, shares, firm, phrases),
                    *(() if overtakes.leads else further),
                )
            )
        )
    return said


def _overtakes(
    tie: WeightSwitchingValue,
    shares: np.ndarray,
    firm: Robustness,
    titles: Mapping[str, str],
    phrases: Phrases,
) -> list[str]:
    names: dict[str, object] = {"option": titles[tie.option], "over": titles[tie.over]}
    if tie.never is not None:
        return [phrases.say("robustness.switching.never.one", margin=phrases.numbers.points(tie.never.margin), **names)]
    assert tie.weights is not None and tie.moved is not None
    if tie.moved <= 1e-12:
        return [phrases.say("robustness.switching.weights.already", **names)]
    if _ties_at_most(tie, firm):
        steps = _steps(tie.weights - shares, shares, firm.known.problem, phrases)
        return [
            phrases.say(
                "robustness.switching.ties-only",
                moved=moved_text(tie.moved, phrases),
                steps=steps,
                **names,
            )
        ]
    move = firm.typed_move(tie)
    if move is not None:
        steps = step_words(move, firm.known.problem, phrases)
        return [
            phrases.say("robustness.switching.weights", moved=moved_text(move.moved, phrases), steps=steps, **names)
        ]
    steps = _steps(tie.weights - shares, shares, firm.known.problem, phrases)
    return [
        phrases.say(
            "robustness.switching.weights.level",
            moved=moved_text(tie.moved, phrases),
            steps=steps,
            **names,
        )
    ]


def _ties_at_most(tie: WeightSwitchingValue, firm: Robustness) -> bool:
    """Whether the other option is at least as good on every criterion, so that no weights bring more than a tie."""
    problem = firm.known.problem
    option, over = problem.option_index[tie.option], problem.option_index[tie.over]
    return bool((problem.values[option] - problem.values[over] <= TIE).all())


def _outside(tie: WeightSwitchingValue, shares: np.ndarray, firm: Robustness, phrases: Phrases) -> list[str]:
    """The least change among the weight vectors around the set, if the overall least is outside them."""
    if tie.weights is None or firm.around.holds(tie.weights, 1e-7) or _ties_at_most(tie, firm):
        return []
    wanted = (tie.option, "overtakes", "L1")
    around = next(one for one in firm.weight_switching_values_around if (one.option, one.goal, one.norm) == wanted)
    if around.weights is None or around.moved is None:
        return [phrases.say("robustness.switching.around.never")]
    move = firm.typed_move(around, around=True)
    if move is not None:
        steps, moved = step_words(move, firm.known.problem, phrases), moved_text(move.moved, phrases)
        return [phrases.say("robustness.switching.around.least", moved=moved, steps=steps)]
    steps = _steps(around.weights - shares, shares, firm.known.problem, phrases)
    return [phrases.say("robustness.switching.around.level", moved=moved_text(around.moved, phrases), steps=steps)]


def _leads(
    leads: WeightSwitchingValue,
    overtakes: WeightSwitchingValue,
    shares: np.ndarray,
    firm: Robustness,
    titles: Mapping[str, str],
    phrases: Phrases,
) -> list[str]:
    if leads.never is not None:
        if overtakes.never is not None and len(leads.never.rivals) == 1:
            return []  # reported already
        margin = phrases.numbers.points(leads.never.margin)
        if len(leads.never.rivals) == 1:
            over = titles[leads.never.rivals[0][0]]
            return [phrases.say("robustness.switching.leads-never.one", over=over, margin=margin)]
        parts = [
            phrases.say("robustness.switching.part", part=phrases.numbers.percent(part), option=titles[rival])
            for rival, part in leads.never.rivals
        ]
        return [phrases.say("robustness.switching.leads-never", mixture=phrases.listing(parts), margin=margin)]
    assert leads.weights is not None and leads.moved is not None
    if overtakes.moved is not None and (overtakes.moved <= 1e-12 or _ties_at_most(overtakes, firm)):
        return []  # only a tie, which was reported
    if overtakes.leads:
        return [phrases.say("robustness.switching.leads-same")]
    move = firm.typed_move(leads)
    if move is not None:
        steps = step_words(move, firm.known.problem, phrases)
        return [phrases.say("robustness.switching.leads-further", moved=moved_text(move.moved, phrases), steps=steps)]
    steps = _steps(leads.weights - shares, shares, firm.known.problem, phrases)
    return [phrases.say("robustness.switching.leads-level", moved=moved_text(leads.moved, phrases), steps=steps)]


def _steps(change: np.ndarray, shares: np.ndarray, problem: Problem, phrases: Phrases) -> str:
    """The largest changes of weights, before and after; those that gain come first."""
    order = sorted(np.flatnonzero(np.abs(change) > 1e-9).tolist(), key=lambda column: -abs(change[column]))
    named = sorted(order[:STEPS_NAMED], key=lambda column: -change[column])
    steps = [
        phrases.say(
            "robustness.switching.step",
            criterion=problem.criteria[column].short,
            **{
                "from": weight_text(float(shares[column]), phrases),
                "to": weight_text(float(shares[column] + change[column]), phrases),
            },
        )
        for column in named
    ]
    if len(order) > STEPS_NAMED:
        steps.append(phrases.say("more", count=len(order) - STEPS_NAMED))
    return phrases.listing(steps)


def weight_text(share: float, phrases: Phrases) -> str:
    """A weight to a tenth of a per cent, or to a hundredth if a tenth shows no change."""
    places = 1 if share >= 0.001 or share == 0.0 else 2
    return phrases.numbers.as_percent(phrases.numbers.fixed(100 * share, places))


def score_switching_sentence(tie: ScoreSwitchingValue, firm: Robustness, phrases: Phrases) -> str:
    """The performance at which one score makes another option lead, and whether it is within the score's range."""
    problem = firm.assessment.ranking.problem
    titles = option_titles(problem)
    axis = next(axis for axis in problem.criteria if axis.id == tie.criterion)

    def written(performance: float) -> str:
        return performance_text(performance, axis.levels, phrases)

    names: dict[str, object] = {
        "option": titles[tie.option],
        "criterion": axis.short,
        "leader": titles[firm.leader],
        "likely": written(tie.likely),
        "low": written(tie.low),
        "high": written(tie.high),
        "unit": axis.unit,
        "short": phrases.numbers.points(tie.short),
    }
    if tie.never is not None:
        key = "no-weight" if tie.never == "no-weight" else "never"
        return phrases.say_of("robustness.switching.score", key, **names)
    assert tie.at is not None
    switch = firm.typed(tie)
    taking = tie.taking_over if switch is None else switch.taking_over
    names["taking"] = phrases.listing([titles[one] for one in taking])
    if switch is None:
        already = tie.at == tie.likely and not tie.by_red_line
        return phrases.say(
            "robustness.switching.score.already" if already else "robustness.switching.score.no-step", **names
        )
    names |= {"at": written(switch.to)}
    if tie.low == tie.high:
        names["within"] = phrases.say("robustness.switching.certain")
    else:
        names["within"] = phrases.say(
            "robustness.switching.within" if switch.within else "robustness.switching.beyond", **names
        )
    if switch.by_red_line:
        whose = "red-line-own" if tie.option == firm.leader else "red-line-other"
    else:
        whose = "own" if taking == (tie.option,) else "other"
        whose = f"level-{whose}" if switch.level else whose
    return phrases.say_of("robustness.switching.score", whose, **names)
