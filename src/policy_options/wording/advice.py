"""The bottom line of a memo: what is recommended, how sure that is, why, who agrees, and the one thing that would
change it.

The kind of lead is decided in ``analysis.verdict``, how firm it is in ``analysis.robustness``, and the nearest change
in ``analysis.switching.nearest``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, Literal

from policy_options.analysis.additive import TIE
from policy_options.analysis.assessment import Assessment
from policy_options.analysis.overview import Overview
from policy_options.analysis.problem import Problem
from policy_options.analysis.robustness import Robustness
from policy_options.analysis.spans import Fall
from policy_options.wording.changes import change_sentence, open_sentences
from policy_options.wording.counts import count_sentences
from policy_options.wording.performances import performance_text
from policy_options.wording.phrases import Phrases
from policy_options.wording.sentences import some_of
from policy_options.wording.shares import share_text
from policy_options.wording.titles import node_titles, option_titles

if TYPE_CHECKING:
    from policy_options.wording.phrase_keys import PhraseKey

__all__ = ["Asks", "approved_sentence", "bottom_line", "bottom_lines", "fall_sentence"]

Asks = Literal["priority", "choice", "ranking"]
"""The kind of advice sought: what to put first, which option to choose, or an order of all of them."""

_CLOSE_NAMED: Final = 3
"""Options indistinguishable from the first that are named before the rest are counted."""

_AHEAD_NAMED: Final = 2
_BEHIND_NAMED: Final = 1
"""Criteria given to explain a lead and what offsets it, the largest parts first."""

_WORTH_NAMING: Final = 0.05
"""Points of a lead below which a criterion explains nothing: they print as 0.0."""


def bottom_lines(
    assessment: Assessment,
    firm: Robustness | None,
    overview: Overview,
    statuses: Mapping[str, str],
    phrases: Phrases,
    *,
    weights: str,
    asks: Asks = "priority",
) -> list[str]:
    """The first paragraph: the recommendation, how sure it is, why, under how many weight sets, and what would change it."""
    titles = option_titles(assessment.ranking.problem)
    said = [bottom_line(assessment, phrases, titles, weights, asks=asks)]
    if firm is not None:
        said.append(_how_sure(firm, phrases))
        said += open_sentences(firm, phrases)
    tied = assessment.verdict.kind == "tied"
    unclear = tied or assessment.verdict.kind == "open" or assessment.verdict.baseline_leads
    option = titles[assessment.first] if unclear else ""
    if len(titles) > 1:  # a single option is first under any weights
        said += count_sentences(overview, assessment, statuses, phrases, option=option)
    if firm is not None and firm.verdict.kind != "dominant" and not tied:
        said.append(change_sentence(firm, phrases, its=not option))
    return [sentence for sentence in said if sentence]


def bottom_line(
    assessment: Assessment, phrases: Phrases, titles: Mapping[str, str], weights: str, *, asks: Asks = "priority"
) -> str:
    """The recommendation under a weight set with its lead, or why none can be made."""
    found = assessment.verdict
    points = phrases.numbers.points
    names: dict[str, object] = {
        "option": titles[found.first],
        "weights": weights,
        "value": points(assessment.ranking.value(found.first)),
        "second": titles[found.runner_up] if found.runner_up is not None else "",
        "lead": _lead(assessment, phrases),
        "options": some_of([titles[option] for option in (found.first, *found.rivals)], phrases),
        "why": _why(assessment, phrases),
    }
    said = []
    if found.kind in ("clear", "close") and found.baseline_leads and not _inseparable(assessment):
        said.append(phrases.say("bottom.baseline.narrow" if found.narrow else "bottom.baseline.clear", **names))
    elif found.kind == "close":
        said.append(_pair(assessment, phrases, titles))
        act = "baseline" if found.baseline_leads else asks
        said.append(phrases.say_of("bottom.tiebreak", act, **names))
    elif found.kind == "clear":
        said.append(phrases.say_of("bottom.act", asks, **names))
        said.append(phrases.say("bottom.lead.narrow" if found.narrow else "bottom.lead.clear", **names))
    elif found.kind == "alone" and not found.excluded:
        said.append(phrases.say("bottom.alone", **names))
    else:
        kind = "alone-left" if found.kind == "alone" else found.kind
        said.append(phrases.say_of("bottom", kind, **names))
    if found.excluded:
        excluded = some_of([titles[option] for option in found.excluded], phrases)
        said.append(phrases.say("bottom.excluded", excluded=excluded, count=len(found.excluded)))
    if found.might_fail:
        said.append(phrases.say("bottom.might-fail", **names))
    return phrases.together(said)


def _inseparable(assessment: Assessment) -> list[str]:
    """The options too close to the first to call, in order; none if the first is not close to the next."""
    found = assessment.verdict
    if found.kind != "close":
        return []
    return [
        option
        for option in assessment.ranking.in_order
        if assessment.close.names(found.first, option) and option not in assessment.red_lines.failing
    ]


def _pair(assessment: Assessment, phrases: Phrases, titles: Mapping[str, str]) -> str:
    """The options too close to call, each with its value, starting with the one to put first."""
    points = phrases.numbers.points
    close = _inseparable(assessment)
    first = assessment.first
    # A single further one is named too, since its count would take as much space.
    shown = close if len(close) <= _CLOSE_NAMED + 1 else close[: _CLOSE_NAMED - 1]
    items = [phrases.say("bottom.pair.first", option=titles[first], value=points(assessment.ranking.value(first)))]
    items += [
        phrases.say("bottom.pair.next", option=titles[one], value=points(assessment.ranking.value(one)))
        for one in shown
    ]
    if len(close) > len(shown):
        items.append(phrases.say("more", count=len(close) - len(shown)))
    key: PhraseKey = "bottom.pair.two" if len(close) == 1 else "bottom.pair"
    return phrases.say(key, count=len(close) + 1, options=phrases.listing(items))


def _lead(assessment: Assessment, phrases: Phrases) -> str:
    """The lead in points; the least it can be if unknown scores of the next option leave it open."""
    found, ranking = assessment.verdict, assessment.ranking
    if found.lead is not None or found.runner_up is None:
        return phrases.numbers.points(found.lead)
    first, second = (ranking.problem.option_index[option] for option in (found.first, found.runner_up))
    least = float(ranking.lower[first] - ranking.upper[second])
    return phrases.say("bottom.at-least", lead=phrases.numbers.points(max(least, 0.0)))


def _why(assessment: Assessment, phrases: Phrases) -> str:
    """The criteria on which the lead over the next option rests, and those on which it is behind; empty if unknown or
    tied.
    """
    found = assessment.verdict
    if found.runner_up is None or found.lead is None or found.lead <= TIE:
        return ""
    criteria = node_titles(assessment.ranking.problem)
    parts = assessment.ranking.gap(found.first, found.runner_up)
    ahead = [criteria[name] for name, points in parts if points >= _WORTH_NAMING][:_AHEAD_NAMED]
    behind = [criteria[name] for name, points in reversed(parts) if points <= -_WORTH_NAMING][:_BEHIND_NAMED]
    if not ahead:
        return ""
    key: PhraseKey = "bottom.why" if behind else "bottom.why.ahead"
    return phrases.say(key, ahead=phrases.listing(ahead), behind=phrases.listing(behind))


def _how_sure(firm: Robustness, phrases: Phrases) -> str:
    """The verdict word with its reason, in one sentence."""
    found = firm.verdict
    names: dict[str, object] = {
        "robust": phrases.numbers.percent(found.thresholds.robust),
        "fragile": phrases.numbers.percent(found.thresholds.fragile),
        "close": phrases.numbers.points(found.close_within),
        "drawn": phrases.say("sure.draws.both" if firm.scores_vary else "sure.draws.weights"),
        "share": share_text(firm.around_uncertain.share_first(found.leader), phrases, firm.around_uncertain.basis)
        if found.kind != "dominant"
        else "",
    }
    if found.kind == "tied":
        level = found.lead is not None and found.lead <= TIE
        return phrases.say("sure.level" if level else "sure.tied", **names)
    if found.kind == "dominant" and not firm.scores_vary:
        return phrases.say("sure.dominant.certain", **names)
    if found.kind != "fragile":
        return phrases.say_of("sure", found.kind, **names)
    if found.open:
        return phrases.say("sure.fragile.open", **names)
    if found.share is not None and found.share < found.thresholds.fragile:
        return phrases.say("sure.fragile", **names)
    return phrases.say("sure.fragile.scores", count=found.switching_values or 0, **names)


def approved_sentence(assessment: Assessment, phrases: Phrases, *, asks: Asks) -> str:
    """What an approval would cover: the option, its place first, or the order; empty if nothing is recommended."""
    titles = option_titles(assessment.ranking.problem)
    if assessment.verdict.kind in ("none-keeps", "tied"):
        return ""
    if asks == "ranking":
        failing = assessment.red_lines.failing
        order = [titles[option] for option in assessment.ranking.in_order if option not in failing]
        return phrases.say("decision.of.ranking", order=some_of(order, phrases))
    return phrases.say_of("decision.of", asks, option=titles[assessment.first])


def fall_sentence(fall: Fall, problem: Problem, phrases: Phrases) -> str:
    """The score whose worse bound would lower an option's value most."""
    axis = problem.criterion(fall.criterion)
    return phrases.say(
        "option.fall",
        criterion=axis.short,
        at=performance_text(fall.at, axis.levels, phrases),
        points=phrases.numbers.points(fall.points),
    )
