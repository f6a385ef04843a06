"""The chart over many weight sets: the map of ranks."""

from __future__ import annotations

import numpy as np
import pytest

from drawings import TITLES, Drawing, hard_to_draw
from policy_options import Dossier
from policy_options.analysis.comparison.across import Across, across
from policy_options.analysis.ranking import rank
from policy_options.charts import rank_map
from policy_options.charts.acceptability_map import shade
from policy_options.charts.rank_map import rank_map_chart
from policy_options.charts.set_columns import SETS_SHOWN
from policy_options.wording.phrases import load_phrases
from problems import from_points

PHRASES = load_phrases("en")


def drawn(found: Across, titles: dict[str, str]) -> Drawing:
    return Drawing.read(rank_map_chart(found, titles, phrases=PHRASES, label="ranks"))


def test_every_rank_is_written_and_every_set_is_named(shipped_dossier: Dossier) -> None:
    found = shipped_dossier.across()
    titles = {name: shipped_dossier.weighting(name).title for name in found.sets}
    drawing = drawn(found, titles)
    ranks = [str(rank_) for rank_ in found.ranks.reshape(-1).tolist()]
    numbers = [str(number + 1) for number in range(len(found.sets))] * 2  # above the columns, and in the list
    assert sorted(word for word in drawing.words if word.isdigit()) == sorted(ranks + numbers)
    assert set(titles.values()) <= set(drawing.words)
    drawing.assert_tidy()


def test_the_better_the_rank_the_darker_the_cell(shipped_dossier: Dossier) -> None:
    found = shipped_dossier.across()
    fills = [box.fill for box in drawn(found, dict.fromkeys(found.sets, "A set")).rects()]
    ranks = found.ranks[:, list(found.by_median)].T.reshape(-1).tolist()
    assert fills == [shade(1 - (rank_ - 1) / 5) for rank_ in ranks]


@pytest.mark.parametrize(("options", "sets"), [(1, 1), (2, 3), (40, 16), (60, 40)])
def test_nothing_collides_or_runs_out_of_the_picture(options: int, sets: int) -> None:
    problem = hard_to_draw(max(options, 2), 6).problem
    problem = problem.keeping(problem.option_ids[:options])
    random = np.random.default_rng(2)
    names = [f"s{index}" for index in range(sets)]
    found = across([rank(problem, from_points(problem, random.integers(1, 90, 6).tolist(), id=name)) for name in names])
    titles = {name: TITLES[index % len(TITLES)] for index, name in enumerate(names)}
    drawing = drawn(found, titles)
    drawing.assert_tidy()
    said = " ".join(drawing.words)
    assert ("options are not shown" in said or "option is not shown" in said) == (options > rank_map.OPTIONS_SHOWN)
    assert ("weight sets are not drawn" in said) == (sets > SETS_SHOWN)
