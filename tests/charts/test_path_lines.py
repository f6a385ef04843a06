from __future__ import annotations

import numpy as np
import pytest

from drawings import Drawing, hard_to_draw
from policy_options import Dossier
from policy_options.analysis.comparison.path import Path, path_between
from policy_options.charts.path_lines import path_chart
from policy_options.wording.phrases import load_phrases

PHRASES = load_phrases("en")


def chart_of(path: Path, titles: dict[str, str], ends: tuple[str, str] = ("One set", "Another")) -> Drawing:
    svg = path_chart(path, titles, ends, PHRASES.numbers, phrases=PHRASES, label="a < b")
    assert 'aria-label="a &lt; b"' in svg
    return Drawing.read(svg)


def test_dots_stand_where_the_lead_changes_and_say_how_far_along(shipped_dossier: Dossier) -> None:
    found = shipped_dossier.compare("fiscal-restraint", "supply-security")
    assert found.path is not None
    titles = {option.id: option.short for option in found.after.problem.options}
    drawing = chart_of(found.path, titles)
    at = {box.words: (box.left + box.right) / 2 for box in drawing.texts if box.top > 316.0}
    start, end = at["0%"], at["100%"]
    dots = sorted((x - start) / (end - start) for x, y in drawing.circles() if y < 316.0)
    assert dots == pytest.approx(found.path.changes, abs=1e-3)
    for point in found.path.changes:
        assert PHRASES.numbers.percent(round(point, 3)) in drawing.words
    assert {"One set", "Another", *titles.values()} <= set(drawing.words)
    drawing.assert_tidy()


def test_it_says_who_leads_all_along() -> None:
    path = path_between(["a", "b"], np.array([60.0, 20.0]), np.array([60.0, 40.0]))
    drawing = chart_of(path, {"a": "First", "b": "Second"})
    assert "First leads all the way" in drawing.words
    assert drawing.circles() == []


@pytest.mark.parametrize("options", [1, 2, 12, 40])
def test_nothing_collides_or_runs_out_of_the_picture(options: int) -> None:
    problem = hard_to_draw(max(options, 2)).problem
    problem = problem.keeping(problem.option_ids[:options])
    random = np.random.default_rng(3)
    shares = random.dirichlet(np.ones(len(problem.criteria)) / 4, 2)
    path = path_between(problem.option_ids, problem.values @ shares[0], problem.values @ shares[1])
    titles = {option.id: option.short for option in problem.options}
    long = "A weight set with a title that is far too long to stand beside that of another one"
    chart_of(path, titles, (long, f"{long}, too")).assert_tidy()
