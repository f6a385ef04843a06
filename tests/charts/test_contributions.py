from __future__ import annotations

import itertools
import re
from dataclasses import replace
from xml.etree import ElementTree

from drawings import Drawing, hard_to_draw
from policy_options import Dossier
from policy_options.analysis.ranking import rank
from policy_options.charts.contributions import contributions_chart
from policy_options.charts.primitives import text_width
from policy_options.wording.numbers import Numbers
from policy_options.wording.phrases import load_phrases
from problems import from_points
from support import SmallDossier

PHRASES = load_phrases("en")
SVG = "{http://www.w3.org/2000/svg}"


def chart_of(dossier: Dossier) -> ElementTree.Element:
    ranking = dossier.rank()
    return ElementTree.fromstring(
        contributions_chart(ranking, Numbers(), highlight=ranking.leaders[0], phrases=PHRASES, label="a < b & c")
    )


def test_segments_are_as_long_as_what_they_stand_for(shipped_dossier: Dossier) -> None:
    ranking = shipped_dossier.rank()
    bars = [r for r in chart_of(shipped_dossier).iter(f"{SVG}rect") if r.get("height") == "19"]
    lengths = [float(bar.get("width", "0")) + 0.8 for bar in bars]
    parts = [part for row in ranking.order for part in ranking.group_contributions[row]]
    scale = lengths[0] / parts[0]
    assert len(lengths) == len(parts)
    for length, part in zip(lengths, parts, strict=True):
        assert abs(length - part * scale) < 0.05


def test_bars_stand_in_the_order_of_the_ranking_and_carry_their_values(shipped_dossier: Dossier) -> None:
    ranking = shipped_dossier.rank()
    words = [text.text or "" for text in chart_of(shipped_dossier).iter(f"{SVG}text")]
    titles = [ranking.problem.options[row].short for row in ranking.order]
    assert [word for word in words if word in titles] == titles
    assert all(f"{ranking.lower[row]:.1f}" in words for row in ranking.order)


def test_labels_do_not_run_into_one_another(shipped_dossier: Dossier) -> None:
    """No two texts of one line overlap, by an estimate that errs on the wide side."""
    lines: dict[str, list[tuple[float, float]]] = {}
    for text in chart_of(shipped_dossier).iter(f"{SVG}text"):
        size, x, words = float(text.get("font-size", "0")), float(text.get("x", "0")), text.text or ""
        wide = text_width(words, size)
        start = {"start": x, "end": x - wide, "middle": x - wide / 2}[text.get("text-anchor", "start")]
        lines.setdefault(str(round(float(text.get("y", "0")))), []).append((start, start + wide))
    for spans in lines.values():
        spans.sort()
        for (_, end), (start, _) in itertools.pairwise(spans):
            assert end <= start + 0.5


def test_colours_are_attributes_and_text_is_escaped(shipped_dossier: Dossier) -> None:
    svg = contributions_chart(shipped_dossier.rank(), Numbers(), highlight="", phrases=PHRASES, label='a < b & "c"')
    assert "style=" not in svg
    assert "var(" not in svg
    assert "aria-label='a &lt; b &amp; \"c\"'" in svg
    assert not re.search(r"nan|inf", svg)


def test_an_unknown_score_is_drawn_as_a_range(small: SmallDossier) -> None:
    small.edit("options/new-mole.yaml", "waiting: 12", "waiting: unknown")
    words = [text.text for text in chart_of(small.load()).iter(f"{SVG}text")]
    assert "20.0–45.0" in words


def test_ten_criteria_have_a_key_each_or_are_pooled_and_said_to_be() -> None:
    ranking = hard_to_draw(6, 10)
    flat = replace(
        ranking.problem, criteria=tuple(replace(axis, groups=()) for axis in ranking.problem.criteria), groups=()
    )
    ranked = rank(flat, from_points(flat, [9, 8, 7, 6, 5, 4, 3, 2, 1, 1]))
    svg = contributions_chart(ranked, Numbers(), highlight="", phrases=PHRASES, label="x")
    drawing = Drawing.read(svg)
    drawing.assert_tidy()
    keys = [box.fill for box in drawing.rects() if box.bottom - box.top == 9.0]
    assert len(keys) == len(set(keys)) == 8
    assert "3 smaller ones together" in drawing.words


def test_the_label_of_an_open_value_stays_in_the_figure(small: SmallDossier) -> None:
    small.edit("options/new-mole.yaml", "waiting: 12", "waiting: unknown")
    small.edit("options/new-mole.yaml", "outlay: large", "outlay: small")
    ranking = small.load().rank()
    svg = contributions_chart(ranking, Numbers(), highlight="", phrases=PHRASES, label="x")
    Drawing.read(svg).assert_tidy()
    assert Drawing.read(svg).text("70.0–95.0")
