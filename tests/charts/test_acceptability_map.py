from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from drawings import TITLES, Drawing, hard_to_draw
from policy_options.analysis.acceptability.exact import NotExact, exact_acceptability
from policy_options.analysis.acceptability.results import Acceptability, ExactBasis
from policy_options.analysis.problem import Problem
from policy_options.analysis.weight_region import free_region
from policy_options.charts.acceptability_map import OPTIONS_SHOWN, RANKS_SHOWN, acceptability_chart, shade
from policy_options.charts.primitives import ink_on
from policy_options.wording.phrases import load_phrases
from problems import problem

PHRASES = load_phrases("en")


def of_ranks(of: Problem, ranks: np.ndarray) -> Acceptability:
    """A result with these rank acceptability indices; the chart reads only these and the expected ranks."""
    m = len(of.options)
    expected = ranks @ np.arange(1.0, ranks.shape[1] + 1.0)
    nothing = np.full((m, len(of.criteria)), np.nan)
    region = free_region(of.criterion_ids)
    return Acceptability(of, region, "likely", ranks, nothing, None, expected, ExactBasis(1, 1, 0.0, 0.0))


def chart_of(found: Acceptability, highlight: str) -> Drawing:
    svg = acceptability_chart(found, PHRASES.numbers, highlight=highlight, phrases=PHRASES, label="a & b")
    assert 'aria-label="a &amp; b"' in svg
    return Drawing.read(svg)


def grid(drawing: Drawing) -> list[list[str]]:
    """The text of the cells, row by row."""
    cells = sorted({round(box.top, 1) for box in drawing.rects()})
    rows: list[list[str]] = [[] for _ in cells]
    for box in drawing.texts:
        for index, top in enumerate(cells):
            if top <= box.top <= top + 20.0 and box.words.endswith("%"):
                rows[index].append(box.words)
    return rows


def test_cells_say_the_shares_of_options_by_expected_rank() -> None:
    """With weight t on c1, a has 100t, b 60 - 60t and c 48 - 8t: they meet at 4/9, 3/13 and 3/8."""
    found = exact_acceptability(problem([[100, 0], [0, 60], [40, 48]]), free_region(("c1", "c2")), most_vertices=1000)
    assert not isinstance(found, NotExact)
    drawing = chart_of(found, "a")
    assert [words for words in drawing.words if words in "abc"] == ["c", "a", "b"]
    assert grid(drawing) == [["21%", "79%", "0%"], ["56%", "7%", "38%"], ["23%", "14%", "62%"]]
    drawing.assert_tidy()


def test_none_is_said_as_nought_per_cent_and_the_highlight_is_bold() -> None:
    drawing = chart_of(of_ranks(problem([[1], [2]]), np.array([[0.0, 1.0], [1.0, 0.0]])), "b")
    assert grid(drawing) == [["100%", "0%"], ["0%", "100%"]]
    bold = [each.text for each in drawing.root.iter() if each.get("font-weight") == "700"]
    assert bold == ["1", "2", "b"]


def test_ranks_beyond_the_columns_are_summed_in_the_last() -> None:
    m = 50
    ranks = np.full((m, m), 1 / m)
    of = problem(np.zeros((m, 1)), options=[f"o{row}" for row in range(m)])
    for found in (of_ranks(of, ranks), replace(of_ranks(of, ranks), ranks=ranks[:, :15])):
        drawing = chart_of(found, "o0")
        heads = [box.words for box in drawing.texts if box.top < 10.0]
        assert heads == ["Rank", *(str(rank) for rank in range(1, RANKS_SHOWN)), f"{RANKS_SHOWN}+"]
        rows = grid(drawing)
        assert len(rows) == OPTIONS_SHOWN
        assert set(map(tuple, rows)) == {("2%",) * (RANKS_SHOWN - 1) + ("78%",)}
        assert f"{m - OPTIONS_SHOWN} more options are not shown" in drawing.words


def test_the_highlight_is_shown_however_far_behind() -> None:
    m = 40
    found = of_ranks(problem(np.zeros((m, 1)), options=[f"o{row}" for row in range(m)]), np.eye(m))
    names = [words for words in chart_of(found, "o39").words if words.startswith("o")]
    assert names == [*(f"o{row}" for row in range(OPTIONS_SHOWN - 1)), "o39"]


def test_a_deeper_shade_is_a_larger_share_and_text_is_legible_on_each() -> None:
    shades = [shade(share) for share in (0.0, *np.linspace(0.001, 1.0, 200))]
    light = [luminance(colour) for colour in shades]
    assert light == sorted(light, reverse=True)
    assert len(set(shades)) == 11
    assert shade(1.0) == shades[-1]
    for colour in shades:
        low, high = sorted((luminance(colour), luminance(ink_on(colour))))
        assert (high + 0.05) / (low + 0.05) >= 4.0, colour


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("count", [2, 12, 13, 40])
def test_nothing_collides_or_runs_out_of_the_picture(count: int) -> None:
    of = hard_to_draw(count, 6).problem
    ranks = np.random.default_rng(1).dirichlet(np.full(count, 0.3), count)
    drawing = chart_of(of_ranks(of, ranks), of.option_ids[0])
    drawing.assert_tidy()
    assert TITLES[1] in drawing.words  # escaped, and read back as it was
