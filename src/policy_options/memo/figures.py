"""The figures of a memo: each chart with its title, a description in words, and its numbers as a table."""

from __future__ import annotations

from dataclasses import replace

from policy_options.analysis.assessment import Assessment
from policy_options.analysis.one_way import one_way
from policy_options.analysis.parts import value_parts
from policy_options.analysis.problem import CriterionAxis
from policy_options.analysis.robustness import Robustness
from policy_options.analysis.spans import value_spans
from policy_options.analysis.stability import Stability
from policy_options.analysis.value_functions import Exponential
from policy_options.analysis.verdict import candidates
from policy_options.charts.acceptability_map import rank_columns
from policy_options.charts.value_curve import curve_points, value_curve_chart
from policy_options.charts.value_spans import OPTIONS_SHOWN as SPANS_SHOWN
from policy_options.charts.value_spans import value_spans_chart
from policy_options.memo.content import DataTable, Figure, HeatCell, HeatRow, HeatTable
from policy_options.reports import ranking_figures, robustness_figures
from policy_options.reports.report import Figure as Drawn
from policy_options.reports.robustness_figures import acceptability_words, room
from policy_options.wording.performances import performance_text
from policy_options.wording.phrases import Phrases
from policy_options.wording.robustness import bar_name, bar_peak, bar_range
from policy_options.wording.sentences import value_function_words
from policy_options.wording.shares import share_cell_text
from policy_options.wording.switching import inward
from policy_options.wording.titles import node_titles, option_shorts, part_titles

__all__ = [
    "contributions_figure",
    "curve_figure",
    "one_way_figure",
    "rank_heat",
    "spans_figure",
    "stability_figure",
    "tornado_figure",
]

_NODES_ON_A_PAGE = 20
_HEAT_ROWS = 12
"""Options in a heat map of the body, those of the best mean ranks; the chart of ``robustness`` shows more."""

_CURVE_ROWS = 6
"""Points of a curve given in its table: those of a smooth curve are evenly spaced."""


def _with_data(figure: Drawn, data: DataTable, *, printed: bool = False) -> Figure:
    return Figure(figure.title, figure.svg, figure.alternative, data, printed=printed)


def _head(key: str, phrases: Phrases, *, number: bool = True) -> tuple[str, bool]:
    return phrases.heading(key), number


def contributions_figure(assessment: Assessment, phrases: Phrases) -> Figure:
    """The sources of each option's value."""
    ranking = assessment.ranking
    problem = ranking.problem
    titles = option_shorts(problem)
    points = phrases.numbers.points
    parts = value_parts(ranking)
    data = DataTable(
        (
            _head("option", phrases, number=False),
            *((title, True) for title in part_titles(parts, phrases)),
            _head("value", phrases),
        ),
        tuple(
            (
                titles[problem.options[row].id],
                *(points(part) for part in parts.points[row].tolist()),
                points(float(ranking.lower[row])),
            )
            for row in ranking.order
        ),
    )
    return _with_data(ranking_figures.contributions_figure(assessment, phrases), data)


def rank_heat(firm: Robustness, phrases: Phrases) -> HeatTable:
    """The share of weight vectors under which each option takes each rank."""
    acceptability = firm.around_uncertain
    problem = acceptability.problem
    title, _ = acceptability_words(firm, phrases)
    shares, heads = rank_columns(acceptability)
    order = list(acceptability.by_expected_rank)
    shown = order[:_HEAT_ROWS]
    leader = problem.option_index[firm.leader]
    if leader not in shown:
        shown[-1] = leader
    rows = tuple(
        HeatRow(
            problem.options[row].short,
            tuple(
                HeatCell(
                    share_cell_text(share, acceptability.basis, phrases.numbers),
                    min(int(round(share, 9) * 10) + (share > 0), 10),
                )
                for share in shares[row].tolist()
            ),
            row == leader,
        )
        for row in shown
    )
    left = len(order) - len(shown)
    return HeatTable(title, tuple(heads), rows, phrases.say("chart.options-left-out", count=left) if left else "")


def stability_figure(firm: Robustness, phrases: Phrases) -> Figure:
    """How far each weight may move."""
    stability = _least_room(firm)
    nodes, titles = node_titles(firm.known.problem), option_shorts(firm.known.problem)

    def end(share: float | None) -> str:
        return phrases.numbers.percent(None if share is None else round(share, 3))

    rows = []
    for node in stability.nodes:
        inside = node.leader
        rows.append(
            (
                nodes[node.id],
                end(node.share),
                end(inward(node)[0] / 100.0 if inside and inside.at_low else None),
                phrases.series(titles[change.overtaking] for change in inside.at_low) if inside else "",
                end(inward(node)[1] / 100.0 if inside and inside.at_high else None),
                phrases.series(titles[change.overtaking] for change in inside.at_high) if inside else "",
            )
        )
    heads = (
        _head("criterion", phrases, number=False),
        _head("weight", phrases),
        _head("leader_low", phrases),
        _head("below", phrases, number=False),
        _head("leader_high", phrases),
        _head("above", phrases, number=False),
    )
    figure = robustness_figures.stability_figure(firm, stability, phrases)
    return _with_data(figure, DataTable(heads, tuple(rows)), printed=True)


def _least_room(firm: Robustness) -> Stability:
    """The stability of as many nodes as fit on a page: those with the narrowest margins, in the order of the tree."""
    stability = firm.stability
    if len(stability.nodes) <= _NODES_ON_A_PAGE:
        return stability
    nearest = sorted(stability.nodes, key=room)[:_NODES_ON_A_PAGE]
    return replace(stability, nodes=tuple(node for node in stability.nodes if node in nearest))


def tornado_figure(firm: Robustness, phrases: Phrases) -> Figure:
    """What moves the lead."""
    points = phrases.numbers.points
    rows = []
    bars = firm.tornado.bars[:_NODES_ON_A_PAGE]
    peaks = any(bar.peak is not None for bar in bars)
    for bar in bars:
        low, high = bar_range(bar, firm, phrases)
        leads = (points(bar.lead_at_low, signed=True), points(bar.lead_at_high, signed=True))
        rows.append(
            (bar_name(bar, firm, phrases), low, leads[0], high, leads[1], *((bar_peak(bar, phrases),) if peaks else ()))
        )
    heads = (
        _head("moves", phrases, number=False),
        _head("low", phrases),
        _head("at_low", phrases),
        _head("high", phrases),
        _head("at_high", phrases),
        *((_head("peak", phrases),) if peaks else ()),
    )
    return _with_data(robustness_figures.tornado_figure(firm, phrases), DataTable(heads, tuple(rows)))


def one_way_figure(firm: Robustness, phrases: Phrases) -> Figure | None:
    """The values along the weight with the narrowest margin, if it can be followed to both ends."""
    rooms = {node.id: room(node) for node in firm.stability.nodes if node.leader is not None}
    if not rooms:
        return None
    # The weight that the bottom line and the stability table name, if there is one.
    nearest = firm.nearest_weight
    along = one_way(firm.known, nearest.node if nearest is not None else min(rooms, key=rooms.__getitem__))
    titles = option_shorts(firm.known.problem)
    percent, points = phrases.numbers.percent, phrases.numbers.points
    places = sorted({0.0, along.share, *along.changes, along.most})
    columns = [along.at(place) for place in places]
    index = {option: row for row, option in enumerate(along.options)}
    data = DataTable(
        (_head("option", phrases, number=False), *((percent(round(place, 3)), True) for place in places)),
        tuple(
            (titles[option], *(points(float(column[index[option]])) for column in columns))
            for option in firm.known.in_order
        ),
    )
    return _with_data(robustness_figures.one_way_figure(along, firm, phrases), data)


def spans_figure(assessment: Assessment, phrases: Phrases) -> Figure:
    """The range of each overall value while scores stay within their bounds."""
    ranking = assessment.ranking
    problem = ranking.problem
    titles = option_shorts(problem)
    spans = value_spans(ranking)
    points = phrases.numbers.points
    # Only options that a verdict chooses from: one that fails a red line overtakes no other, whatever its value.
    chosen_from = candidates(ranking, assessment.red_lines)
    rivals = set(spans.overlapping(assessment.first)) & set(chosen_from)
    of = len(chosen_from) - 1
    names = {"option": titles[assessment.first], "count": len(rivals) or of, "of": of}
    title = phrases.say("figure.spans" if rivals else "figure.spans.apart", **names)
    rows = tuple(
        (
            titles[option],
            points(float(spans.low[row])),
            points(float(spans.likely[row])),
            points(float(spans.high[row])),
        )
        for row, option in ((row, problem.option_ids[row]) for row in ranking.order)
    )
    alternative = phrases.say(
        "figure.spans.alternative",
        rows=phrases.rows(
            phrases.say("figure.spans.row", option=option, low=low, high=high) for option, low, _, high in rows
        ),
    )
    svg = value_spans_chart(
        spans, problem, ranking.order, phrases.numbers, highlight=assessment.first, phrases=phrases, label=alternative
    )
    heads = (_head("option", phrases, number=False), *(_head(key, phrases) for key in ("low", "value", "high")))
    all_drawn = len(rows) <= SPANS_SHOWN
    return Figure(title, svg, alternative, DataTable(heads, rows), printed=all_drawn)


def curve_figure(axis: CriterionAxis, phrases: Phrases) -> Figure:
    """A criterion's value function."""
    points = curve_points(axis)
    function = value_function_words(axis.value_function, phrases)
    title = phrases.say("figure.curve", criterion=axis.short, function=function)
    step = max(1, (len(points) - 1) // _CURVE_ROWS) if len(points) > 2 * _CURVE_ROWS else 1
    listed = points[::step] if points[-1] in points[::step] else [*points[::step], points[-1]]
    rows = tuple((_along_scale(at, axis, phrases), phrases.numbers.points(value)) for at, value in listed)
    words = phrases.rows(phrases.say("memo.figure.row", option=at, value=value) for at, value in rows)
    alternative = phrases.say("figure.curve.alternative", criterion=axis.short, rows=words)
    svg = value_curve_chart(axis, phrases.numbers, phrases=phrases, label=alternative)
    heads = (_head("performance", phrases), _head("value", phrases))
    return Figure(title, svg, alternative, DataTable(heads, rows))


def _along_scale(at: float, axis: CriterionAxis, phrases: Phrases) -> str:
    """A performance on a curve: supplied ones as supplied, evenly spaced ones to four digits."""
    if isinstance(axis.value_function, Exponential) and at not in (axis.low, axis.high):
        at = float(f"{at:.4g}")
    return performance_text(at, axis.levels, phrases)
