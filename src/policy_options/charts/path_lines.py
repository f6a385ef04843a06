"""Lines of value on the straight path from one weight set to another, from ``analysis.comparison.path``."""

from __future__ import annotations

from collections.abc import Mapping

from policy_options.analysis.comparison.path import Path
from policy_options.charts.lines import Lines, line_chart
from policy_options.wording.numbers import Numbers
from policy_options.wording.phrases import Phrases

__all__ = ["path_chart"]


def path_chart(
    path: Path, titles: Mapping[str, str], ends: tuple[str, str], numbers: Numbers, *, phrases: Phrases, label: str
) -> str:
    """The values of all options along the path, named at the end in their order there; ``ends`` names the two sets."""
    order = tuple(path.options[row] for row in (-path.end).argsort(kind="stable").tolist())
    leading = tuple(path.shares_of_lead)
    lines = Lines(path.options, path.start, path.end, 1.0, order, leading, path.changes)
    first = min(leading, key=order.index)
    return line_chart(
        lines,
        titles,
        numbers,
        phrases=phrases,
        label=label,
        axis=phrases.say("chart.path.axis"),
        stays=phrases.say("chart.path.stays", leader=titles[first]),
        ends=ends,
    )
