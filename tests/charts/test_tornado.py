from __future__ import annotations

from dataclasses import replace

import pytest

from drawings import Drawing, hard_to_draw
from policy_options import Dossier
from policy_options.analysis.drivers.tornado import Bar, Tornado, tornado
from policy_options.analysis.ranking import Ranking, rank
from policy_options.analysis.weight_region import band_region, free_region
from policy_options.charts.primitives import INK, PALETTE
from policy_options.charts.tornado import BARS_SHOWN, tornado_chart
from policy_options.wording.phrases import load_phrases
from problems import problem, shared

PHRASES = load_phrases("en")
SCORE, WEIGHT = PALETTE[0], PALETTE[1]


def chart_of(found: Tornado, ranking: Ranking) -> Drawing:
    svg = tornado_chart(found, ranking, PHRASES.numbers, phrases=PHRASES, label="a < b")
    assert 'aria-label="a &lt; b"' in svg
    return Drawing.read(svg)


def bars_of(drawing: Drawing, fill: str = "") -> list[tuple[float, float]]:
    """Ends of the bars, from the top."""
    return [(box.left, box.right) for box in drawing.rects(fill) if box.bottom - box.top == pytest.approx(14.0)]


def zero_of(drawing: Drawing) -> float:
    (x, _, _, _) = drawing.lines(stroke=INK, stroke_width="2.2")[0]
    return x


def now_of(drawing: Drawing) -> float:
    (x, _, _, _) = drawing.lines(stroke_dasharray="4 3")[0]
    return x


def scores_of(ranking: Ranking) -> Tornado:
    """The bars of scores alone."""
    found = tornado(ranking, band_region(ranking.weights, 0.1))
    return replace(found, bars=tuple(bar for bar in found.bars if bar.kind == "score"))


def small() -> tuple[Tornado, Ranking]:
    """a leads by 10 (60 over 50): its score on c1 from 40 to 100 moves that from 0 to 30."""
    low, likely, high = [[40, 60], [50, 50]], [[60, 60], [50, 50]], [[100, 60], [50, 50]]
    ranking = rank(problem(likely, low=low, high=high), shared(0.5, 0.5))
    return scores_of(ranking), ranking


def test_bars_run_between_the_leads_at_their_ends(shipped_dossier: Dossier) -> None:
    ranking = shipped_dossier.rank()
    found = tornado(ranking, band_region(ranking.weights, 0.25))
    drawing = chart_of(found, ranking)
    zero = zero_of(drawing)
    unit = (now_of(drawing) - zero) / found.lead
    bars = bars_of(drawing)
    assert len(bars) == BARS_SHOWN
    for (left, right), bar in zip(bars, found.bars, strict=False):
        assert (left - zero) / unit == pytest.approx(bar.least, abs=0.02)
        assert (right - zero) / unit == pytest.approx(bar.most, abs=0.02)
    drawing.assert_tidy()


def test_each_end_carries_what_gives_it_and_the_name_what_moves() -> None:
    drawing = chart_of(*small())
    ((left, right),) = bars_of(drawing)
    assert drawing.text("a: c1").right < left
    low, high = drawing.text("40"), drawing.text("100")
    assert low.right < left < right < high.left
    assert left == pytest.approx(zero_of(drawing))
    assert "Lead of a over the best of the others, in points; now 10.0 (dashed line)" in drawing.words


def test_a_score_that_gives_a_smaller_lead_the_higher_it_is_has_its_high_end_on_the_left() -> None:
    low, likely, high = [[60, 60], [30, 50]], [[60, 60], [50, 50]], [[60, 60], [90, 50]]
    ranking = rank(problem(likely, low=low, high=high), shared(0.5, 0.5))
    drawing = chart_of(scores_of(ranking), ranking)
    assert drawing.text("90").right < drawing.text("30").left
    assert bars_of(drawing)[0][0] < zero_of(drawing)


def test_another_leads_left_of_the_strong_line() -> None:
    drawing = chart_of(*small())
    zero = zero_of(drawing)
    assert drawing.text("another option leads").right < zero < drawing.text("a leads").left


def test_scores_and_weights_are_told_apart_as_far_as_they_occur() -> None:
    scores, ranking = small()
    assert "one weight moves" not in chart_of(scores, ranking).words
    both = chart_of(tornado(ranking, free_region(ranking.weights.criteria)), ranking)
    assert {"one score moves", "one weight moves"} <= set(both.words)
    assert len(bars_of(both, SCORE)) == 1
    found = tornado(ranking, free_region(ranking.weights.criteria))
    assert len(bars_of(both, WEIGHT)) == sum(bar.kind == "weight" for bar in found.bars)
    assert "weight: c1" in both.words


def test_labels_keep_clear_of_the_two_lines() -> None:
    """Bars that end just next to the line at 0 and the present line, on either side."""
    found, ranking = small()
    ends = [(0.05, 10.05), (0.4, 9.9), (-0.3, 9.0), (0.2, 10.5), (10.2, 14.0), (-4.0, -0.1)]
    bars = tuple(Bar("score", "a", "c1", 1000.5, 2000.25, low, high, None, None) for low, high in ends)
    drawing = chart_of(replace(found, bars=bars), ranking)
    labels = [box for box in drawing.texts if box.words in {"1,000.5", "2,000.25"}]
    assert len(labels) == 12
    for line in (zero_of(drawing), now_of(drawing)):
        assert not [box for box in labels if box.left < line < box.right]
    drawing.assert_tidy()


def test_a_bar_ends_at_the_peak_of_the_lead_and_names_the_weight_there() -> None:
    ranking = rank(problem([[60, 60], [20, 80], [80, 20]]), shared(0.4, 0.6))
    found = tornado(ranking, free_region(ranking.weights.criteria))
    drawing = chart_of(replace(found, bars=found.bars[:1]), ranking)
    ((left, right),) = bars_of(drawing)
    unit = (now_of(drawing) - zero_of(drawing)) / found.lead
    assert (right - zero_of(drawing)) / unit == pytest.approx(10, abs=0.05)
    assert drawing.text("50%").left > right
    assert drawing.text("0%").right < left


def test_without_bars_there_is_still_a_picture() -> None:
    found, ranking = small()
    for lead in (0.0, 10.0, -3.0):
        drawing = chart_of(replace(found, bars=(), lead=lead), ranking)
        assert bars_of(drawing) == []
        drawing.assert_tidy()


@pytest.mark.parametrize(("options", "criteria"), [(40, 30), (3, 6), (2, 2)])
@pytest.mark.parametrize("free", [True, False])
def test_nothing_collides_or_runs_out_of_the_picture(options: int, criteria: int, free: bool) -> None:
    ranking = hard_to_draw(options, criteria)
    region = free_region(ranking.weights.criteria) if free else band_region(ranking.weights, 0.25)
    found = tornado(ranking, region)
    drawing = chart_of(found, ranking)
    drawing.assert_tidy()
    assert len(bars_of(drawing)) == min(len(found.bars), BARS_SHOWN)
    last = chart_of(tornado(ranking, region, leader=ranking.in_order[-1]), ranking)  # far behind, so 0 is on the right
    last.assert_tidy()
