"""Measured widths are the drawn ones, or slightly more."""

from __future__ import annotations

from typing import Any

import pytest

from placing import ruler
from policy_options.charts.fonts import em_width
from policy_options.charts.primitives import clipped
from policy_options.memo.pdf.conversion import Layouts
from policy_options.wording.plain import with_ellipsis
from random_dossiers import ADDRESS, NAMES

PAGE = '<!DOCTYPE html><html lang="en"><head><style>{css}</style></head><body>x</body></html>'


@pytest.fixture(scope="module")
def measure() -> Any:
    """Widths by Pango, with the bundled fonts as in a memo."""
    from policy_options.charts.fonts import FONTS, font_path

    sources = {f"SourceSansPro-{style}.ttf": weight for style, weight in (("Regular", 400), ("Bold", 700))}
    assert set(sources) <= set(FONTS)
    css = "".join(
        f'@font-face {{ font-family: "Source Sans Pro"; src: url("{font_path(name).as_uri()}"); font-weight: {weight} }}'
        for name, weight in sources.items()
    )
    import weasyprint

    layouts = Layouts()
    return ruler(weasyprint.HTML(string=PAGE.format(css=css)).render(font_config=layouts._fonts))


@pytest.mark.parametrize("weight", [400, 700])
@pytest.mark.parametrize("words", [*NAMES["latin"], ADDRESS, "72.4–82.4", "−59.832135591176154", "Έργα", "Łódź"])
def test_text_of_the_face_is_measured_to_the_last_letter(words: str, weight: int, measure: Any) -> None:
    drawn = measure(words, 10.0, weight)
    assert drawn - 0.3 <= em_width(words, weight) * 10.0 <= 1.03 * drawn + 0.5


@pytest.mark.parametrize("weight", [400, 700])
@pytest.mark.parametrize("words", [name for script in ("he", "ar", "zh") for name in NAMES[script]])
def test_text_of_other_fonts_is_measured_on_the_wide_side(words: str, weight: int, measure: Any) -> None:
    assert measure(words, 10.0, weight) <= em_width(words, weight) * 10.0


def test_marks_take_no_room() -> None:
    assert em_width("e\u0301\u200f") == pytest.approx(em_width("e"), abs=0.01)


def test_an_ellipsis_stands_at_the_end_that_was_cut_off() -> None:
    assert with_ellipsis("to the east ") == "to the east…"
    assert with_ellipsis("הרחבת ") == "הרחבת…\u200f"
    assert with_ellipsis("شاطئ 2 (") == "شاطئ 2 (…\u200f"
    assert with_ellipsis("הרחבת phase") == "הרחבת phase…"
    assert clipped("הרחבת הנמל המזרחי", 60.0, 10.0).endswith("…\u200f")
