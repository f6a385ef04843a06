from __future__ import annotations

import pytest

from drawings import Drawing, hard_to_draw
from policy_options import Dossier
from policy_options.analysis.ranking import Ranking
from policy_options.analysis.spans import value_spans
from policy_options.charts.value_curve import curve_points, value_curve_chart
from policy_options.charts.value_spans import OPTIONS_SHOWN, value_spans_chart
from policy_options.wording.phrases import load_phrases

PHRASES = load_phrases("en")


def chart_of(ranking: Ranking) -> Drawing:
    svg = value_spans_chart(
        value_spans(ranking),
        ranking.problem,
        ranking.order,
        PHRASES.numbers,
        highlight=ranking.in_order[0],
        phrases=PHRASES,
        label="a < b",
    )
    assert 'aria-label="a &lt; b"' in svg
    return Drawing.read(svg)


def test_bars_and_dots_stand_where_the_values_are(shipped_dossier: Dossier) -> None:
    ranking = shipped_dossier.rank()
    spans = value_spans(ranking)
    drawing = chart_of(ranking)
    drawing.assert_tidy()
    bars = drawing.rects()
    dots = drawing.circles()
    assert len(bars) == len(dots) == len(ranking.order)
    first, last = ranking.order[0], ranking.order[-1]
    unit = (bars[0].right - bars[0].left) / (spans.high[first] - spans.low[first])
    assert bars[-1].right - bars[-1].left == pytest.approx(unit * (spans.high[last] - spans.low[last]), abs=0.1)
    assert dots[0][0] - bars[0].left == pytest.approx(unit * (spans.likely[first] - spans.low[first]), abs=0.1)
    for row in ranking.order:
        assert PHRASES.numbers.points(float(spans.low[row])) in drawing.words


def test_many_options_with_hard_titles_are_counted_and_lie_on_nothing() -> None:
    drawing = chart_of(hard_to_draw())
    drawing.assert_tidy()
    assert f"{40 - OPTIONS_SHOWN} more options are not shown" in drawing.words


def test_a_curve_goes_through_its_ends_corners_and_levels(shipped_dossier: Dossier) -> None:
    axes = {axis.id: axis for axis in shipped_dossier.problem.criteria}
    assert curve_points(axes["trade-reliability"]) == [(4.0, 100.0), (7.0, 80.0), (14.0, 0.0)]
    assert curve_points(axes["assured-supply"]) == [(30.0, 0.0), (70.0, 100.0)]
    levels = axes["public-outlay"]
    assert [at for at, _ in curve_points(levels)] == list(range(len(levels.levels)))
    for axis in axes.values():
        drawing = Drawing.read(value_curve_chart(axis, PHRASES.numbers, phrases=PHRASES, label="x"))
        drawing.assert_tidy()
        assert len(drawing.circles()) == len(axis.levels)


def test_a_curve_of_hard_titles_is_tidy() -> None:
    for axis in hard_to_draw(3, 4).problem.criteria:
        Drawing.read(value_curve_chart(axis, PHRASES.numbers, phrases=PHRASES, label="x")).assert_tidy()
