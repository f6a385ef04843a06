"""Charts over many weight sets: ranks from set to set, and the map of ranks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from drawings import TITLES, Drawing, hard_to_draw
from policy_options import Dossier
from policy_options.analysis.comparison.across import Across, across
from policy_options.analysis.ranking import rank
from policy_options.charts import bump, rank_map
from policy_options.charts.acceptability_map import shade
from policy_options.charts.bump import bump_chart
from policy_options.charts.rank_map import rank_map_chart
from policy_options.charts.set_columns import SETS_SHOWN
from policy_options.wording.phrases import load_phrases
from problems import from_points

PHRASES = load_phrases("en")
Chart = Callable[..., str]
CHARTS = pytest.mark.parametrize("chart", [bump_chart, rank_map_chart])


def drawn(chart: Chart, found: Across, titles: dict[str, str]) -> Drawing:
    return Drawing.read(chart(found, titles, phrases=PHRASES, label="ranks"))


@CHARTS
def test_every_rank_is_written_and_every_set_is_named(shipped_dossier: Dossier, chart: Chart) -> None:
    found = shipped_dossier.across()
    titles = {name: shipped_dossier.weighting(name).title for name in found.sets}
    drawing = drawn(chart, found, titles)
    ranks = [str(rank_) for rank_ in found.ranks.reshape(-1).tolist()]
    numbers = [str(number + 1) for number in range(len(found.sets))] * 2  # above the columns, and in the list
    assert sorted(word for word in drawing.words if word.isdigit()) == sorted(ranks + numbers)
    assert set(titles.values()) <= set(drawing.words)
    drawing.assert_tidy()


def test_lines_run_through_the_ranks_and_only_those_that_are_first_somewhere_have_colour(
    shipped_dossier: Dossier,
) -> None:
    found = shipped_dossier.across()
    drawing = drawn(bump_chart, found, dict.fromkeys(found.sets, "A set"))
    heights = sorted({round(y, 2) for _, y in drawing.circles()})
    assert len(heights) == len(found.problem.options)
    lines = [
        [heights.index(float(corner.split(",")[1])) + 1 for corner in (each.get("points") or "").split()]
        for each in drawing.root.iter()
        if each.tag.endswith("polyline")
    ]
    assert sorted(lines) == sorted(found.ranks.T.tolist())
    grey = {box.words for box in drawing.texts if box.fill == "#5b6472"}
    assert grey == {"Consolidate advantages"}


def test_the_better_the_rank_the_darker_the_cell(shipped_dossier: Dossier) -> None:
    found = shipped_dossier.across()
    fills = [box.fill for box in drawn(rank_map_chart, found, dict.fromkeys(found.sets, "A set")).rects()]
    ranks = found.ranks[:, list(found.by_median)].T.reshape(-1).tolist()
    assert fills == [shade(1 - (rank_ - 1) / 5) for rank_ in ranks]


@CHARTS
@pytest.mark.parametrize(("options", "sets"), [(1, 1), (2, 3), (40, 16), (60, 40)])
def test_nothing_collides_or_runs_out_of_the_picture(chart: Chart, options: int, sets: int) -> None:
    problem = hard_to_draw(max(options, 2), 6).problem
    problem = problem.keeping(problem.option_ids[:options])
    random = np.random.default_rng(2)
    names = [f"s{index}" for index in range(sets)]
    found = across([rank(problem, from_points(problem, random.integers(1, 90, 6).tolist(), id=name)) for name in names])
    titles = {name: TITLES[index % len(TITLES)] for index, name in enumerate(names)}
    drawing = drawn(chart, found, titles)
    drawing.assert_tidy()
    shown = {bump_chart: bump.OPTIONS_SHOWN, rank_map_chart: rank_map.OPTIONS_SHOWN}[chart]
    said = " ".join(drawing.words)
    assert ("options are not shown" in said or "option is not shown" in said) == (options > shown)
    assert ("weight sets are not drawn" in said) == (sets > SETS_SHOWN)


def test_equal_options_stand_apart_and_have_the_same_number() -> None:
    plain = hard_to_draw(2, 2).problem
    row = plain.likely[0]
    problem = replace(plain, low=np.array([row, row]), likely=np.array([row, row]), high=np.array([row, row]))
    found = across([rank(problem, from_points(problem, [1, 1], id="s"))])
    drawing = drawn(bump_chart, found, {"s": "A set"})
    assert len({y for _, y in drawing.circles()}) == 2
    assert [box.words for box in drawing.texts if box.words.isdigit()].count("1") == 4
