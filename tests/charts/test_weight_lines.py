from __future__ import annotations

import numpy as np
import pytest

from drawings import Drawing, hard_to_draw
from policy_options import Dossier
from policy_options.analysis.one_way import one_way
from policy_options.analysis.ranking import Ranking, rank
from policy_options.charts.primitives import INK
from policy_options.charts.weight_lines import OPTIONS_NAMED, weight_chart
from policy_options.wording.phrases import load_phrases
from problems import problem, shared

PHRASES = load_phrases("en")


def chart_of(ranking: Ranking, id: str) -> Drawing:
    svg = weight_chart(one_way(ranking, id), ranking, PHRASES.numbers, phrases=PHRASES, label="a < b")
    assert 'aria-label="a &lt; b"' in svg
    return Drawing.read(svg)


def middles(drawing: Drawing) -> tuple[float, float]:
    """Where weights of 0% and 100% are, by the labels below."""
    at = {box.words: (box.left + box.right) / 2 for box in drawing.texts if box.top > 316.0}
    return at["0%"], at["100%"]


def test_a_line_an_option_from_nothing_to_the_most(shipped_dossier: Dossier) -> None:
    ranking = shipped_dossier.rank()
    by_weight, drawing = one_way(ranking, "assured-supply"), chart_of(ranking, "assured-supply")
    lines = drawing.lines(stroke_width="2") + drawing.lines(stroke_width="1")
    assert len(lines) == len(ranking.problem.options)
    start, end = middles(drawing)
    assert {x for x, *_ in lines} == {start}
    assert all(x2 == pytest.approx(end, abs=0.01) for _, _, x2, _ in lines)
    # Heights are values on one straight scale, whatever order the lines are drawn in.
    heights = np.array(sorted([y for _, y, _, _ in lines] + [y for *_, y in lines]))
    values = np.array(sorted([*by_weight.at_zero, *by_weight.at_most], reverse=True))
    fit = np.polyfit(values, heights, 1)
    np.testing.assert_allclose(np.polyval(fit, values), heights, atol=0.05)
    assert fit[0] < 0.0
    drawing.assert_tidy()


def test_dots_stand_where_the_lead_changes_and_say_at_what_weight(shipped_dossier: Dossier) -> None:
    ranking = shipped_dossier.rank()
    by_weight, drawing = one_way(ranking, "assured-supply"), chart_of(ranking, "assured-supply")
    start, end = middles(drawing)
    dots = [(x - start) / (end - start) for x, y in drawing.circles() if y < 316.0]
    assert dots == pytest.approx(by_weight.changes, abs=1e-3)
    assert len(dots) == 1
    for share in by_weight.changes:
        assert PHRASES.numbers.percent(round(share, 3)) in drawing.words
    assert "the lead passes to another option here" in drawing.words


def test_the_rule_stands_at_the_present_weight(shipped_dossier: Dossier) -> None:
    drawing = chart_of(shipped_dossier.rank(), "economic-security")
    start, end = middles(drawing)
    rule = next(each for each in drawing.root.iter() if each.get("stroke-dasharray") and each.get("stroke") == INK)
    xs = [float(corner.split(",")[0]) for corner in (rule.get("points") or "").split()]
    assert (xs[0] - start) / (end - start) == pytest.approx(0.34, abs=1e-3)
    label = drawing.text("now 34%")
    assert (label.left + label.right) / 2 == pytest.approx(xs[0], abs=0.5)


def test_names_stand_in_the_order_of_the_lines_and_of_leaders_in_their_colour(shipped_dossier: Dossier) -> None:
    ranking = shipped_dossier.rank()
    by_weight, drawing = one_way(ranking, "assured-supply"), chart_of(ranking, "assured-supply")
    titles = {option.short: option.id for option in ranking.problem.options}
    names = sorted((box for box in drawing.texts if box.words in titles), key=lambda box: box.top)
    at_most = dict(zip(by_weight.options, by_weight.at_most.tolist(), strict=True))
    values = [at_most[titles[box.words]] for box in names]
    assert values == sorted(values, reverse=True)
    leading = {leader for stretch in by_weight.stretches for leader in stretch.leaders}
    colours = {titles[box.words]: box.fill for box in names}
    assert len({colours[id] for id in leading}) == len(leading)
    assert len({colours[id] for id in titles.values() if id not in leading}) == 1


def test_it_says_where_no_weight_changes_the_lead() -> None:
    drawing = chart_of(rank(problem([[60, 60], [20, 40]]), shared(0.5, 0.5)), "c1")
    assert "a leads, whatever this weight is" in drawing.words
    assert drawing.circles() == []
    drawing.assert_tidy()


def test_all_lines_may_be_one() -> None:
    chart_of(rank(problem([[50, 50], [50, 50]]), shared(0.5, 0.5)), "c1").assert_tidy()


def test_more_changes_than_there_is_room_for_keep_the_labels_nearest_to_now() -> None:
    """Tangents of a parabola: each of 31 leads somewhere."""
    slopes = np.linspace(-60.0, 60.0, 31)
    at = 0.5 + slopes / 130.0
    start = 40.0 + (at - 0.5) ** 2 * 65.0 - slopes * at
    matrix = np.stack((start + slopes, start), axis=1)
    matrix = (matrix - matrix.min()) / (matrix.max() - matrix.min()) * 100.0
    ranking = rank(problem(matrix, options=[f"o{row}" for row in range(31)]), shared(0.5, 0.5))
    by_weight, drawing = one_way(ranking, "c1"), chart_of(ranking, "c1")
    assert len(by_weight.changes) == 30
    assert len([y for _, y in drawing.circles() if y < 316.0]) == 30
    said = {box.words for box in drawing.texts if 20.0 < box.top < 30.0}
    assert 5 < len(said) < 30
    nearest = sorted(by_weight.changes, key=lambda share: abs(share - 0.5))[: len(said)]
    assert said == {PHRASES.numbers.percent(round(share, 3)) for share in nearest}
    drawing.assert_tidy()


@pytest.mark.parametrize("id", ["c0", "c3", "c7", "g0", "g3"])
@pytest.mark.parametrize("options", [2, 12, 40])
def test_nothing_collides_or_runs_out_of_the_picture(options: int, id: str) -> None:
    drawing = chart_of(hard_to_draw(options), id)
    drawing.assert_tidy()
    names = [box for box in drawing.texts if box.left > middles(drawing)[1] + 12.0 and box.top < 322.0]
    assert len(names) == min(options, OPTIONS_NAMED)
    assert any("28 more options are drawn without their names" in words for words in drawing.words) == (options == 40)
