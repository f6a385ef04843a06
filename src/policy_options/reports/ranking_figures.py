"""The chart of a ranking: the sources of each option's value."""

from __future__ import annotations

from collections.abc import Mapping

from policy_options.analysis.assessment import Assessment
from policy_options.charts.contributions import OPTIONS_SHOWN, contributions_chart
from policy_options.reports.report import Figure
from policy_options.wording.phrases import Phrases
from policy_options.wording.titles import option_shorts

__all__ = ["contributions_figure"]


def contributions_figure(assessment: Assessment, phrases: Phrases) -> Figure:
    """The sources of each option's value."""
    ranking = assessment.ranking
    problem = ranking.problem
    titles = option_shorts(problem)
    points = phrases.numbers.points
    rows = phrases.rows(
        phrases.say("memo.figure.row", option=titles[problem.options[row].id], value=points(float(ranking.lower[row])))
        for row in ranking.order
    )
    alternative = phrases.say("memo.figure.alternative", rows=rows)
    svg = contributions_chart(ranking, phrases.numbers, highlight=assessment.first, phrases=phrases, label=alternative)
    title = _finding(assessment, titles, phrases)
    if len(ranking.order) > OPTIONS_SHOWN:
        shown = phrases.say("memo.figure.first", count=OPTIONS_SHOWN, of=len(ranking.order))
        title = f"{title} {shown}"
    return Figure(title, svg, alternative)


def _finding(assessment: Assessment, titles: Mapping[str, str], phrases: Phrases) -> str:
    """What the chart shows: the criteria on which the first option gains most over the next, and loses most to it."""
    found = assessment.verdict
    if found.runner_up is None or found.lead is None:
        return phrases.say("memo.figure.title.plain")
    axes = {axis.id: axis for axis in assessment.ranking.problem.criteria}
    gap = assessment.ranking.gap(found.first, found.runner_up)
    (most, gained), (least, lost) = gap[0], gap[-1]
    names = {"option": titles[found.first], "second": titles[found.runner_up]}
    if gained <= 0:
        return phrases.say("memo.figure.title.level", **names)
    names |= {"criterion": axes[most].short, "points": phrases.numbers.points(gained, signed=True)}
    if lost >= 0:
        return phrases.say("memo.figure.title.ahead", **names)
    return phrases.say(
        "memo.figure.title", **names, other=axes[least].short, given_up=phrases.numbers.points(lost, signed=True)
    )
