"""Charts of changes, each with a title that states the finding, and a text alternative."""

from __future__ import annotations

from collections.abc import Mapping

from policy_options.analysis.comparison.across import Across
from policy_options.analysis.comparison.attribution import GapChange
from policy_options.analysis.comparison.comparing import Comparison
from policy_options.analysis.comparison.path import Path
from policy_options.charts.path_lines import path_chart
from policy_options.charts.rank_map import rank_map_chart
from policy_options.charts.waterfall import waterfall_chart
from policy_options.diffing import Diff
from policy_options.reports.comparison import explained_pairs, gap_key
from policy_options.reports.report import Figure
from policy_options.wording.comparison import part_words, path_sentences, shorts_of, small_points
from policy_options.wording.phrases import Phrases
from policy_options.wording.sentences import asked_note
from policy_options.wording.titles import option_shorts

__all__ = ["comparison_figures", "most_often_first"]

Words = tuple[str, str]
"""The title, and the text alternative."""


def comparison_figures(diff: Diff, phrases: Phrases) -> dict[str, Figure]:
    """The chart of each section that has one, by the key of the section."""
    figures: dict[str, Figure] = {}
    if len(diff.comparisons) == 1:
        (comparison,) = diff.comparisons
        for option, over in explained_pairs(diff, comparison):
            figures[gap_key(option, over)] = _waterfall(comparison, option, over, phrases)
        if comparison.path is not None:
            sides = (diff.held_before(comparison).title, diff.held_after(comparison).title)
            title, alternative = path_words(comparison, comparison.path, sides, phrases)
            svg = path_chart(
                comparison.path, shorts_of(comparison), sides, phrases.numbers, phrases=phrases, label=alternative
            )
            figures["path"] = Figure(title, svg, alternative)
    if diff.across is not None:
        titles = {name: diff.after.weighting(name).title for name in diff.across.sets}
        title, alternative = rank_map_words(diff.across, phrases)
        svg = rank_map_chart(diff.across, titles, phrases=phrases, label=alternative)
        figures["ranks"] = Figure(title, svg, alternative)
    return figures


def _waterfall(comparison: Comparison, option: str, over: str, phrases: Phrases) -> Figure:
    gap = comparison.explain(option, over)
    title, alternative = waterfall_words(gap, comparison, phrases)
    names = [part_words(part, comparison, phrases) for part in gap.parts]
    return Figure(title, waterfall_chart(gap, names, phrases.numbers, phrases=phrases, label=alternative), alternative)


def waterfall_words(found: GapChange, comparison: Comparison, phrases: Phrases) -> Words:
    """How much one option gained on the other, and what pushed most."""
    titles = shorts_of(comparison)
    names: dict[str, object] = {"option": titles[found.option], "over": titles[found.over]}
    names["points"] = small_points(found.change, phrases)
    push = next((part for part in found.parts if part.points > 0), None)
    title = phrases.say("figure.waterfall.plain", **names)
    if found.change > 0 and push is not None:
        names |= {"what": part_words(push, comparison, phrases), "push": small_points(push.points, phrases)}
        title = phrases.say("figure.waterfall", **names)
    rows = phrases.rows(
        phrases.say(
            "figure.waterfall.row",
            what=part_words(part, comparison, phrases),
            points=phrases.numbers.points(part.points, signed=True),
        )
        for part in found.parts
    )
    gaps = {
        key: phrases.numbers.points(gap, signed=True) for key, gap in (("before", found.before), ("after", found.after))
    }
    return title, phrases.say("figure.waterfall.alternative", rows=rows, **gaps)


def path_words(comparison: Comparison, path: Path, sides: tuple[str, str], phrases: Phrases) -> Words:
    """Where on the path the lead changes."""
    said = path_sentences(comparison, path, sides, phrases)
    return said[0], phrases.together(said)


def most_often_first(found: Across, statuses: Mapping[str, str], phrases: Phrases) -> str:
    """The option that is first under most sets, the number of these, and whether anybody was asked."""
    titles = option_shorts(found.problem)
    firsts = {name: sum(name in top.first for top in found.tops) for name in found.problem.option_ids}
    most = max(firsts.values())
    names: dict[str, object] = {
        "options": phrases.listing([titles[name] for name, count in firsts.items() if count == most]),
        "most": most,
        "count": len(found.sets),
        "asked": asked_note(statuses, phrases),
    }
    return phrases.say("sets.most-often-first", **names)


def rank_map_words(found: Across, phrases: Phrases) -> Words:
    """The options whose ranks differ least and most over the sets."""
    titles = option_shorts(found.problem)
    spans = {one.option: one.worst - one.best for one in found.spreads}
    by_option = {one.option: one for one in found.spreads}
    order = [found.spreads[row].option for row in found.by_median]
    steady, moving = min(order, key=spans.__getitem__), max(order, key=spans.__getitem__)
    if spans[steady] == spans[moving]:
        title = phrases.say("figure.rank-map.alike", span=spans[moving])
    else:
        title = phrases.say(
            "figure.rank-map",
            steady=titles[steady],
            best=by_option[steady].best,
            worst=by_option[steady].worst,
            moving=titles[moving],
            from_=by_option[moving].best,
            to=by_option[moving].worst,
        )
    return title, _ranks_in_words(found, phrases)


def _ranks_in_words(found: Across, phrases: Phrases) -> str:
    titles = option_shorts(found.problem)
    rows = [
        phrases.say("figure.ranks.row", option=titles[one.option], best=one.best, worst=one.worst)
        for one in (found.spreads[row] for row in found.by_median)
    ]
    return phrases.say("figure.ranks.alternative", count=len(found.sets), rows=phrases.rows(rows))
