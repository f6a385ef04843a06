from __future__ import annotations

import pytest

from drawings import Drawing, hard_to_draw
from policy_options import Dossier
from policy_options.analysis.ranking import Ranking, rank
from policy_options.analysis.stability import stability
from policy_options.charts.primitives import INK
from policy_options.charts.stability_bars import stability_chart
from policy_options.wording.phrases import load_phrases
from problems import criterion, group, problem, shared, weights

PHRASES = load_phrases("en")
LEADER, ORDER = "#b9cde2", "#5681ad"


def chart_of(ranking: Ranking, locked: tuple[str, ...] = ()) -> Drawing:
    found = stability(ranking, locked=locked)
    svg = stability_chart(found, ranking, PHRASES.numbers, phrases=PHRASES, label="a < b")
    assert 'aria-label="a &lt; b"' in svg
    return Drawing.read(svg)


def ends_of_axis(drawing: Drawing) -> tuple[float, float]:
    """Where 0% and 100% are, by the labels of the axis, which are at the bottom."""
    last = {box.words: (box.left + box.right) / 2 for box in sorted(drawing.texts, key=lambda box: box.top)}
    return last["0%"], last["100%"]


def test_a_bar_a_row_reaches_as_far_as_its_interval(shipped_dossier: Dossier) -> None:
    ranking = shipped_dossier.rank()
    drawing = chart_of(ranking)
    nodes = stability(ranking).nodes
    start, end = ends_of_axis(drawing)
    high = [box for box in drawing.rects(LEADER) if box.bottom - box.top == 12.0]
    narrow = [box for box in drawing.rects(ORDER) if box.bottom - box.top == 6.0][1:]  # the first is the legend's
    ticks = [x for x, y, _, low in drawing.lines(stroke=INK, stroke_width="2") if low - y > 15.0]
    assert len(high) == len(narrow) == len(ticks) == len(nodes)
    for node, wide, inner, tick in zip(nodes, high, narrow, ticks, strict=True):
        assert node.leader is not None
        assert node.order is not None
        for box, interval in ((wide, node.leader), (inner, node.order)):
            assert (box.left - start) / (end - start) == pytest.approx(interval.low, abs=1e-3)
            assert (box.right - start) / (end - start) == pytest.approx(interval.high, abs=1e-3)
        assert (tick - start) / (end - start) == pytest.approx(node.share, abs=1e-3)


def test_each_end_names_who_leads_beyond_it_and_groups_stand_apart(shipped_dossier: Dossier) -> None:
    drawing = chart_of(shipped_dossier.rank())
    assert "below 0.9%: Carry on" in drawing.words
    assert "above 18.7%: Consolidate advantages" in drawing.words
    assert "Regulatory alignment stays first" in drawing.words
    heading, first, last = (drawing.text(words) for words in ("Groups of criteria", "Economy", "Consent needed"))
    assert last.bottom < heading.top < heading.bottom <= first.top + 1.0
    drawing.assert_tidy()


def test_where_nothing_happens_at_an_end_nothing_is_said() -> None:
    drawing = chart_of(rank(problem([[60, 60], [20, 40]]), shared(0.5, 0.5)))
    assert not [words for words in drawing.words if words.startswith(("below", "above"))]
    assert "Groups of criteria" not in drawing.words
    # They tie at the very ends of the weights, beyond which there is nothing.
    drawing = chart_of(rank(problem([[60, 60], [20, 60]]), shared(0.5, 0.5)))
    assert not [words for words in drawing.words if words.startswith(("below", "above"))]


def test_rows_that_are_not_defined_say_why_after_a_dash() -> None:
    criteria = [criterion("x"), criterion("y", groups=("h",)), criterion("z", groups=("h",))]
    ranking = rank(
        problem([[60, 0, 0], [20, 50, 50]], criteria=criteria, groups=[group("h")]),
        weights({"x": 1.0, "y": 0.0, "z": 0.0}),
    )
    words = chart_of(ranking, locked=("z",)).words
    assert sum(each.startswith("– ") for each in words) == 3
    assert "– its weight is locked" in words
    assert len([box for box in chart_of(ranking).rects(LEADER) if box.bottom - box.top == 12.0]) == 2


def test_many_that_draw_level_at_once_are_counted() -> None:
    matrix = [[100.0, 0.0], *[[0.0, 50.0]] * 5]
    words = chart_of(rank(problem(matrix), shared(0.75, 0.25))).words
    assert "below 33.4%: b and 4 more" in words


def test_an_interval_of_one_point_can_be_seen() -> None:
    """Two tied options keep their order only here."""
    drawing = chart_of(rank(problem([[60, 20], [20, 60]]), shared(0.5, 0.5)))
    bars = [box for box in drawing.rects(ORDER) if box.bottom - box.top == 6.0][1:]
    assert all(box.right - box.left == pytest.approx(1.5) for box in bars)
    drawing.assert_tidy()


def test_an_option_may_have_the_id_of_a_criterion() -> None:
    of = problem([[100, 0], [0, 100]], options=["cost", "b"], criteria=[criterion("cost"), criterion("y")])
    words = chart_of(rank(of, weights({"cost": 0.75, "y": 0.25}))).words
    assert "cost stays first" in words


@pytest.mark.parametrize(("options", "criteria"), [(40, 30), (3, 6)])
@pytest.mark.parametrize("locked", [(), ("c5",)])
def test_nothing_collides_or_runs_out_of_the_picture(options: int, criteria: int, locked: tuple[str, ...]) -> None:
    chart_of(hard_to_draw(options, criteria), locked).assert_tidy()
