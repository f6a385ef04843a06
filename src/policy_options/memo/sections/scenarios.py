"""If things turn out otherwise: where the advice holds, what it could cost, how likely a change must be, and what to watch."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from policy_options.analysis.additive import TIE
from policy_options.analysis.scenarios.scenarios import Scenarios, Sign
from policy_options.charts.scenario_values import OPTIONS_SHOWN, SCENARIOS_SHOWN
from policy_options.dossier.models.option import Argument
from policy_options.dossier.models.signpost import Signpost
from policy_options.memo.citing import Citer, argued
from policy_options.memo.condensing_levels import kept, more_items
from policy_options.memo.content import Argued, DataTable, Figure, ScenariosPart, SignpostRow
from policy_options.memo.subject import Subject
from policy_options.reports.scenarios import scenarios_figure
from policy_options.wording.changes import signpost_sentence
from policy_options.wording.scenario_packages import packages_in_brief
from policy_options.wording.scenarios import (
    expected_sentences,
    failing_sentence,
    future_titles,
    held_sentences,
    likelihood_sentences,
    regret_sentences,
    threshold_text,
)
from policy_options.wording.titles import option_shorts

if TYPE_CHECKING:
    from policy_options.wording.phrase_keys import PhraseKey

__all__ = ["scenarios_part", "signpost_tie"]


def scenarios_part(subject: Subject, citer: Citer, figure: Figure | None = None) -> ScenariosPart | None:
    """The section, with a chart that is drawn already where there is one; ``None`` of a dossier without scenarios."""
    found, phrases = subject.scenarios, subject.phrases
    if found is None:
        return None
    close = subject.decision.thresholds.too_close_to_call
    held = held_sentences(found, close, phrases)
    held_sets = {one.id: subject.dossier.weighting(one.id) for one in found.sets}
    regret = regret_sentences(
        found,
        {id: one.status for id, one in held_sets.items()},
        phrases,
        names={id: one.title for id, one in held_sets.items()},
    )
    likely = likelihood_sentences(found, phrases)
    rows = [_row(sign, found, subject, citer) for sign in kept(found.signs, subject.extent.items)]
    if len(rows) < len(found.signs):
        more = more_items(len(found.signs) - len(rows), phrases)
        rows.append(SignpostRow("", Argued(more, None, ""), "", "", "", "", ""))
    return ScenariosPart(
        # By how much it leads where it does is in the chart, whose title names the futures in which it does not.
        said=tuple(one for one in (*held[:-1], *regret, packages_in_brief(found, phrases), *likely) if one),
        # Where the advice fails is in the bottom line.
        brief=phrases.together(
            [*(() if failing_sentence(found, close, phrases) else held[-1:]), *expected_sentences(found, phrases)]
        ),
        figure=figure or _figure(found, close, subject),
        signposts=tuple(rows),
    )


def _row(sign: Sign, found: Scenarios, subject: Subject, citer: Citer) -> SignpostRow:
    phrases = subject.phrases
    signpost = subject.dossier.signpost(sign)
    titles = future_titles(found, phrases)
    then = signpost.then or ("" if sign.scenario is not None else signpost_tie(signpost, subject))
    return SignpostRow(
        scenario=titles.get(sign.scenario or "", ""),
        watch=argued(Argument(text=signpost.watch, evidence=signpost.evidence), citer, phrases),
        threshold=threshold_text(signpost, found.problem, phrases),
        by=phrases.date(signpost.by) if signpost.by else "",
        who=signpost.who or "",
        then=then,
        first="".join(_first(sign, found, subject)),
    )


def signpost_tie(signpost: Signpost, subject: Subject) -> str:
    """At what performance the score that a signpost bears on would put another option first; empty where it names none."""
    if signpost.option is None or signpost.criterion is None:
        return ""
    return signpost_sentence(signpost.option, signpost.criterion, subject.firm, subject.phrases)


def _first(sign: Sign, found: Scenarios, subject: Subject) -> Iterator[str]:
    """Who is first once it shows; that nothing is gained where the advice cannot be given up."""
    phrases = subject.phrases
    shorts = option_shorts(found.problem)
    for switch in found.switches:
        if switch.sign != sign:
            continue
        leaders = phrases.listing([shorts[name] for name in switch.leads])
        if switch.stays:
            yield phrases.say("scenarios.memo.stays", leaders=leaders)
        elif switch.points is None or not switch.claimed:
            yield phrases.say("scenarios.memo.first" if switch.claimed else "scenarios.memo.unclaimed", leaders=leaders)
        else:
            points = phrases.numbers.points(switch.points)
            close = switch.points <= subject.decision.thresholds.too_close_to_call + TIE
            key: PhraseKey = "scenarios.memo.close" if close else "scenarios.memo.gain"
            yield phrases.say(key, leaders=leaders, points=points)


def _figure(found: Scenarios, close: float, subject: Subject) -> Figure:
    """The chart, whose cells print all of its numbers where it has room for all."""
    phrases = subject.phrases
    drawn = scenarios_figure(found, close, phrases)
    shorts, points = option_shorts(found.problem), phrases.numbers.points
    heads = ((phrases.heading("option"), False), *((title, True) for title in future_titles(found, phrases).values()))
    rows = tuple(
        (shorts[found.option_ids[row]], *(points(float(found.rankings[name].lower[row])) for name in found.ids))
        for row in found.rankings[found.ids[0]].order
    )
    printed = len(rows) <= OPTIONS_SHOWN and len(found.ids) <= SCENARIOS_SHOWN
    return Figure(drawn.title, drawn.svg, drawn.alternative, DataTable(heads, rows), printed=printed)
