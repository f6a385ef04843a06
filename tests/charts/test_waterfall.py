from __future__ import annotations

import numpy as np
import pytest

from drawings import TITLES, Drawing
from policy_options import Dossier
from policy_options.analysis.comparison.attribution import GapChange, Part
from policy_options.charts.waterfall import PARTS_SHOWN, waterfall_chart
from policy_options.wording.phrases import load_phrases

PHRASES = load_phrases("en")


def chart_of(found: GapChange, names: list[str]) -> Drawing:
    return Drawing.read(waterfall_chart(found, names, PHRASES.numbers, phrases=PHRASES, label="what moved it"))


def gap(before: float, *points: float) -> GapChange:
    ordered = sorted(points, key=abs, reverse=True)
    parts = tuple(Part("weights", f"c{index}", None, size) for index, size in enumerate(ordered))
    return GapChange("a", "b", before, before + sum(points), parts)


def test_bars_run_on_from_one_another_from_the_gap_before_to_the_gap_after(shipped_dossier: Dossier) -> None:
    found = shipped_dossier.compare("balanced", "escalation-caution").explain(
        "avoid-over-securitisation", "regulatory-alignment"
    )
    names = [part.criterion for part in found.parts]
    drawing = chart_of(found, names)
    bars = drawing.rects()
    assert len(bars) == len(found.parts) + 2
    zero = next(x1 for x1, *_ in drawing.lines(stroke_width="1.2"))
    scale = (bars[0].right - bars[0].left) / abs(found.before)
    at = found.before
    assert (bars[0].left, bars[0].right) == pytest.approx((zero + at * scale, zero), abs=0.1)
    for bar, part in zip(bars[1:-1], found.parts, strict=True):
        ends = sorted((zero + at * scale, zero + (at + part.points) * scale))
        assert (bar.left, bar.right) == pytest.approx(ends, abs=0.1)
        at += part.points
    assert (bars[-1].left, bars[-1].right) == pytest.approx((zero, zero + found.after * scale), abs=0.1)
    for part in found.parts:
        assert PHRASES.numbers.points(part.points, signed=True) in drawing.words
    drawing.assert_tidy()


def test_the_smallest_of_many_parts_are_one_bar() -> None:
    sizes = [1.0 + index / 10 for index in range(30)]
    drawing = chart_of(gap(-3.0, *sizes), [f"part {index}" for index in range(30)])
    assert len(drawing.rects()) == PARTS_SHOWN + 2
    rest = sum(sorted(sizes)[: 30 - PARTS_SHOWN + 1])
    assert f"{30 - PARTS_SHOWN + 1} smaller parts together" in drawing.words
    assert PHRASES.numbers.points(rest, signed=True) in drawing.words
    drawing.assert_tidy()


@pytest.mark.parametrize("before", [-40.0, 0.0, 3.0])
@pytest.mark.parametrize("count", [0, 1, 5, 12, 13, 40])
def test_nothing_collides_or_runs_out_of_the_picture(count: int, before: float) -> None:
    sizes = np.random.default_rng(count).normal(0, 8, count).tolist()
    chart_of(gap(before, *sizes), [TITLES[index % len(TITLES)] for index in range(count)]).assert_tidy()
