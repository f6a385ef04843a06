"""Lines of value along one weight, from zero to its maximum, from ``analysis.one_way``."""

from __future__ import annotations

from policy_options.analysis.one_way import OneWay
from policy_options.analysis.ranking import Ranking
from policy_options.charts.lines import OPTIONS_NAMED, Lines, line_chart
from policy_options.wording.numbers import Numbers
from policy_options.wording.phrases import Phrases

__all__ = ["OPTIONS_NAMED", "weight_chart"]


def weight_chart(by_weight: OneWay, ranking: Ranking, numbers: Numbers, *, phrases: Phrases, label: str) -> str:
    """The values of all options from a weight of 0 to the maximum, in points against per cent of weight.

    ``ranking`` is the one analysed. Options that lead somewhere are drawn in colour; a dot marks where the lead
    changes.
    """
    problem = ranking.problem
    titles = {option.id: option.short for option in problem.options}
    nodes = {axis.id: axis.short for axis in problem.criteria} | {group.id: group.short for group in problem.groups}
    order = ranking.in_order
    leading = tuple(dict.fromkeys(leader for stretch in by_weight.stretches for leader in stretch.leaders))
    lines = Lines(
        by_weight.options,
        by_weight.at_zero,
        by_weight.at_most,
        by_weight.most,
        order,
        leading,
        by_weight.changes,
        by_weight.share,
    )
    first = min(leading, key=order.index)
    return line_chart(
        lines,
        titles,
        numbers,
        phrases=phrases,
        label=label,
        axis=phrases.say("chart.weight-of", title=nodes[by_weight.id]),
        stays=phrases.say("chart.lead-stays", leader=titles[first]),
    )
