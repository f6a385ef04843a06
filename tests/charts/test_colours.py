"""Everybody can distinguish the colours, and text is legible on them.

The appearance of a colour to a dichromat is computed after Machado, Oliveira and Fernandes, "A Physiologically-based
Model for Simulation of Color Vision Deficiency", IEEE Transactions on Visualization and Computer Graphics 15 (2009),
1291-1298, table 1, severity 1.0: matrices on linear RGB. Differences are those of CIELAB (1976), under the white of
sRGB.
"""

from __future__ import annotations

import re
from itertools import combinations

import numpy as np
import pytest
from numpy.typing import NDArray

from policy_options.charts import acceptability_map, stability_bars
from policy_options.charts.acceptability_map import shade
from policy_options.charts.primitives import INK, MUTED, PALETTE, contrast, ink_on, line_key
from policy_options.shipped import shipped

AS_SEEN = {
    "by most": np.eye(3),
    "without red": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "without green": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "without blue": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}
SEEN = pytest.mark.parametrize("seen", AS_SEEN)
TO_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)
LEGIBLE = 4.5
"""Contrast of text with its background required by WCAG 2.2 at level AA (1.4.3)."""
VISIBLE = 3.0
"""Contrast of a meaningful line with the page (1.4.11)."""


def linear(colour: str) -> NDArray[np.float64]:
    channels = np.array([int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)])
    return np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)


def lab(colour: str, seen: str = "by most") -> NDArray[np.float64]:
    """(3,) L*, a*, b* of a colour as seen."""
    ratios = TO_XYZ @ np.clip(AS_SEEN[seen] @ linear(colour), 0.0, 1.0) / TO_XYZ.sum(axis=1)
    x, y, z = np.where(ratios > (6 / 29) ** 3, np.cbrt(ratios), ratios / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def test_lightness_is_that_of_known_colours() -> None:
    assert lab("#ffffff")[0] == pytest.approx(100.0, abs=0.01)
    assert lab("#ff0000") == pytest.approx([53.24, 80.09, 67.20], abs=0.05)
    assert contrast("#000000", "#ffffff") == pytest.approx(21.0)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)


def test_whoever_sees_no_red_takes_red_for_olive() -> None:
    assert np.linalg.norm(lab("#ff0000", "without red") - lab("#6d5f00", "without red")) < 8.0
    assert np.linalg.norm(lab("#ff0000") - lab("#6d5f00")) > 80.0


@SEEN
def test_any_two_fills_are_told_apart(seen: str) -> None:
    for one, other in combinations(PALETTE, 2):
        assert np.linalg.norm(lab(one, seen) - lab(other, seen)) > 20.0, (one, other)


def test_any_two_fills_are_told_apart_in_grey() -> None:
    for one, other in combinations(PALETTE, 2):
        assert abs(lab(one)[0] - lab(other)[0]) > 8.0, (one, other)


@SEEN
def test_two_lines_of_one_dash_are_told_apart_by_their_colour_and_in_grey(seen: str) -> None:
    keys = [line_key(index) for index in range(24)]
    assert len({tuple(key.items()) for key in keys}) == 24
    for one, other in combinations(keys, 2):
        if one.get("stroke_dasharray") == other.get("stroke_dasharray"):
            difference = lab(one["stroke"], seen) - lab(other["stroke"], seen)
            assert np.linalg.norm(difference) > 20.0, (one, other)
            assert abs(lab(one["stroke"])[0] - lab(other["stroke"])[0]) > 8.0, (one, other)


def test_the_first_six_lines_need_no_colour() -> None:
    assert len({line_key(index).get("stroke_dasharray") for index in range(6)}) == 6


def test_lines_and_the_names_in_their_colours_are_legible_on_the_page() -> None:
    for index in range(24):
        assert contrast(line_key(index)["stroke"], "#ffffff") >= LEGIBLE


def test_numbers_are_legible_on_every_fill() -> None:
    shades = [shade(step / 20) for step in range(21)]
    for colour in (*PALETTE, *shades):
        assert contrast(ink_on(colour), colour) >= LEGIBLE, colour
    for ink in (INK, MUTED):
        assert contrast(ink, "#ffffff") >= LEGIBLE


def test_the_style_sheets_shade_heat_maps_as_charts_do() -> None:
    css = (shipped("templates") / "memo" / "memo.css").read_text(encoding="utf-8")
    shades = [acceptability_map._NEVER, *acceptability_map._RAMP]
    assert re.findall(r"\.heat-\d+ \{ background: (#[0-9a-f]{6})", css) == shades
    inks = [re.search(rf"\.heat-{step} {{[^}}]*; color: (#[0-9a-f]{{6}})", css) for step in range(11)]
    assert [found[1] if found else INK for found in inks] == [ink_on(colour) for colour in shades]


@pytest.mark.parametrize("sheet", ["memo.css", "comparison.css"])
def test_text_of_the_style_sheets_is_legible_on_its_ground(sheet: str) -> None:
    """Each text colour on the background of its rule or, if it names none, on every light background that it could be on."""
    css = re.sub(r"/\*.*?\*/", "", (shipped("templates") / "memo" / sheet).read_text(encoding="utf-8"), flags=re.DOTALL)
    rules = re.findall(r"\{([^{}]*)\}", css)
    grounds = [found for rule in rules if not _value(rule, "color") for found in [_value(rule, "background")] if found]
    page = ["#ffffff", *(ground for ground in grounds if contrast(INK, ground) > 12.0)]
    for rule in rules:
        colour, ground = _value(rule, "color"), _value(rule, "background")
        for under in [ground] if ground else page:
            assert contrast(colour or INK, under) >= LEGIBLE, (rule, under)


def _value(rule: str, name: str) -> str:
    found = re.search(rf"(?:^|[;\s]){name}:\s*(#[0-9a-f]{{6}})", rule)
    return found[1] if found else ""


def test_shapes_that_mean_something_are_visible_on_the_page() -> None:
    assert contrast(stability_bars._ORDER, "#ffffff") >= VISIBLE
