"""Charts on how robust a ranking is, each with a title that states the finding, and a text alternative."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policy_options.analysis.one_way import OneWay, one_way
from policy_options.analysis.robustness import Robustness
from policy_options.analysis.stability import Stability, StabilityInterval
from policy_options.charts.acceptability_map import acceptability_chart
from policy_options.charts.stability_bars import stability_chart
from policy_options.charts.tornado import tornado_chart
from policy_options.charts.weight_lines import weight_chart
from policy_options.reports.report import Figure
from policy_options.wording.phrases import Phrases
from policy_options.wording.robustness import bar_name, first_most_often
from policy_options.wording.sentences import some_of
from policy_options.wording.shares import share_text
from policy_options.wording.switching import stability_sentence
from policy_options.wording.titles import node_titles, option_shorts

if TYPE_CHECKING:
    from policy_options.wording.phrase_keys import PhraseKey

__all__ = [
    "acceptability_words",
    "all_figures",
    "figures_of_part",
    "one_way_figure",
    "room",
    "stability_figure",
    "tornado_figure",
    "tornado_words",
]

Words = tuple[str, str]
"""The title, and the text alternative."""


def all_figures(firm: Robustness, phrases: Phrases) -> dict[str, Figure]:
    """Every chart by name; for weights, one for each whose move is defined."""
    found = {
        "acceptability": acceptability_figure(firm, phrases),
        "stability": stability_figure(firm, firm.stability, phrases),
        "tornado": tornado_figure(firm, phrases),
    }
    for node in firm.stability.nodes:
        if node.undefined is None:
            by_weight = one_way(firm.known, node.id, locked=firm.settings.locked)
            found[f"weight-{node.id}"] = one_way_figure(by_weight, firm, phrases)
    return found


def figures_of_part(part: str, firm: Robustness, phrases: Phrases) -> tuple[Figure, ...]:
    """The charts that belong to a part of a report, by its name."""
    if part == "ranks":
        return (acceptability_figure(firm, phrases),)
    if part == "stability":
        return (stability_figure(firm, firm.stability, phrases),)
    if part == "drivers" and firm.tornado.bars:
        return (tornado_figure(firm, phrases),)
    return ()


def acceptability_figure(firm: Robustness, phrases: Phrases) -> Figure:
    """The share of weight vectors under which each option takes each rank."""
    title, alternative = acceptability_words(firm, phrases)
    svg = acceptability_chart(
        firm.around_uncertain, phrases.numbers, highlight=firm.leader, phrases=phrases, label=alternative
    )
    return Figure(title, svg, alternative)


def stability_figure(firm: Robustness, stability: Stability, phrases: Phrases) -> Figure:
    """How far each weight may move, for the nodes of ``stability``."""
    title, alternative = stability_words(firm, phrases)
    svg = stability_chart(stability, firm.known, phrases.numbers, phrases=phrases, label=alternative)
    return Figure(title, svg, alternative)


def tornado_figure(firm: Robustness, phrases: Phrases) -> Figure:
    """What moves the lead."""
    title, alternative = tornado_words(firm, phrases)
    svg = tornado_chart(firm.tornado, firm.known, phrases.numbers, phrases=phrases, label=alternative)
    return Figure(title, svg, alternative)


def one_way_figure(by_weight: OneWay, firm: Robustness, phrases: Phrases) -> Figure:
    """Values as one weight moves."""
    title, alternative = one_way_words(by_weight, firm, phrases)
    svg = weight_chart(by_weight, firm.known, phrases.numbers, phrases=phrases, label=alternative)
    return Figure(title, svg, alternative)


def acceptability_words(firm: Robustness, phrases: Phrases) -> Words:
    """The option that is first under most of the weight vectors around the set, scores uncertain."""
    found = firm.around_uncertain
    titles = option_shorts(found.problem)
    most = first_most_often(firm)
    names = {"option": titles[most[0]], "share": share_text(found.share_first(most[0]), phrases, found.basis)}
    title = phrases.say("figure.acceptability", **names)
    if firm.leader not in most:
        leader = share_text(found.share_first(firm.leader), phrases, found.basis)
        title = phrases.say("figure.acceptability.other", leader=titles[firm.leader], of_leader=leader, **names)
    elif len(most) > 1:
        title = phrases.say("figure.acceptability.level", options=some_of([titles[one] for one in most], phrases))
    ids = found.problem.option_ids
    rows = phrases.rows(
        phrases.say(
            "figure.acceptability.row",
            option=titles[ids[row]],
            share=share_text(float(found.first[row]), phrases, found.basis),
        )
        for row in sorted(
            found.by_expected_rank, key=lambda row: (ids[row] not in most, -round(float(found.first[row]), 9))
        )
    )
    return title, phrases.say("figure.acceptability.alternative", rows=rows)


def stability_words(firm: Robustness, phrases: Phrases) -> Words:
    """The weight that has to move least for another option to lead."""
    found = firm.stability
    titles = option_shorts(firm.known.problem)
    nearest = firm.nearest_weight
    words = phrases.together(stability_sentence(node, firm, phrases) for node in found.nodes)
    if nearest is None:
        key: PhraseKey = "figure.stability.always-open" if firm.settled.contenders else "figure.stability.always"
        return phrases.say(key, leader=titles[found.leader]), words
    node = found.of(nearest.node)
    return (
        phrases.say(
            "figure.stability",
            node=node_titles(firm.known.problem)[nearest.node],
            share=share_text(node.share, phrases),
            room=stability_sentence(node, firm, phrases),
        ),
        words,
    )


def room(node: StabilityInterval) -> float:
    """The distance from a weight to the nearer end at which another leads; infinite if there are no ends."""
    if node.leader is None:
        return float("inf")
    ends = [node.share - node.leader.low] if node.leader.at_low else []
    ends += [node.leader.high - node.share] if node.leader.at_high else []
    return min(ends, default=float("inf"))


def tornado_words(firm: Robustness, phrases: Phrases) -> Words:
    """What moves the lead most."""
    found = firm.tornado
    titles = option_shorts(firm.known.problem)
    points = phrases.numbers.points

    if not found.bars:
        plain = phrases.say("figure.tornado.nothing", leader=titles[found.leader])
        return plain, plain
    widest = found.bars[0]
    low, high = widest.least, widest.most
    names = {"leader": titles[found.leader], "what": bar_name(widest, firm, phrases)}
    title = phrases.say("figure.tornado", low=points(low, signed=True), high=points(high, signed=True), **names)
    rows = phrases.rows(
        phrases.say(
            "figure.tornado.row" if bar.peak is None else "figure.tornado.row.peak",
            what=bar_name(bar, firm, phrases),
            low=points(bar.lead_at_low, signed=True),
            high=points(bar.lead_at_high, signed=True),
            peak=points(bar.most, signed=True),
        )
        for bar in found.bars[:12]
    )
    return title, phrases.say("figure.tornado.alternative", leader=titles[found.leader], rows=rows)


def one_way_words(by_weight: OneWay, firm: Robustness, phrases: Phrases) -> Words:
    """The leaders along each stretch of one weight."""
    titles = option_shorts(firm.known.problem)
    percent = phrases.numbers.percent
    rows = phrases.rows(
        phrases.say(
            "figure.one-way.row",
            options=phrases.listing([titles[option] for option in stretch.leaders]),
            low=percent(round(stretch.low, 4)),
            high=percent(round(stretch.high, 4)),
        )
        for stretch in by_weight.stretches
    )
    title = phrases.say("figure.one-way", node=node_titles(firm.known.problem)[by_weight.id], rows=rows)
    return title, title
