"""Pages against golden pictures, since the text of a page does not show which glyphs were drawn, nor where.

Pictures are grey, at 72 dots per inch, and compared in tiles of 8 by 8 dots: the mean tone of a tile may differ by at
most ``TILE`` of the range from white to black, and the tiles of a page on average by at most ``PAGE``. The same page
under equal versions does not differ; one wrong letter in a table changes its tile by more than 0.03.
"""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from numpy.typing import NDArray
from PIL import Image

from memos import pdf_of
from policy_options import Dossier
from support import Golden, SmallDossier

GOLDEN = Path(__file__).parent / "golden"
TILE = 0.025
PAGE = 0.002
_EDGE = 8

Tiles = NDArray[np.float64]


def pictures_of(pdf: bytes) -> list[Image.Image]:
    """Every page, grey."""
    document = pypdfium2.PdfDocument(pdf)
    return [page.render(grayscale=True).to_pil() for page in document]


def tiles_of(picture: Image.Image) -> Tiles:
    """The mean tone of each tile, 0 white to 1 black."""
    tones: Tiles = 1.0 - np.asarray(picture, dtype=np.float64) / 255.0
    high, wide = (size - size % _EDGE for size in tones.shape)
    tiles: Tiles = tones[:high, :wide].reshape(high // _EDGE, _EDGE, wide // _EDGE, _EDGE).mean(axis=(1, 3))
    return tiles


def differences(picture: Image.Image, golden: Image.Image) -> tuple[float, float]:
    """The largest difference of a tile, and the mean of all."""
    assert picture.size == golden.size
    apart = np.abs(tiles_of(picture) - tiles_of(golden))
    return float(apart.max()), float(apart.mean())


def compare(pdf: bytes, name: str, pages: range, *, refresh: bool) -> None:
    pictures = pictures_of(pdf)
    for number in pages:
        path = GOLDEN / f"{name}-{number}.png"
        picture = pictures[number - 1]
        if refresh:
            GOLDEN.mkdir(exist_ok=True)
            buffer = io.BytesIO()
            picture.save(buffer, format="PNG", optimize=True)
            path.write_bytes(buffer.getvalue())
        tile, page = differences(picture, Image.open(path))
        assert tile <= TILE and page <= PAGE, f"{path.name}: a tile is {tile:.3f} off, the page {page:.4f}"


@pytest.mark.parametrize(
    ("template", "pages"),
    [("decision", range(1, 9)), ("one-page", range(1, 2)), ("comparison", range(1, 3)), ("annex-only", range(1, 2))],
)
def test_pages_look_as_they_did(shipped_dossier: Dossier, template: str, pages: range, golden: Golden) -> None:
    compare(pdf_of(shipped_dossier, template=template), template, pages, refresh=golden.refresh)


def test_one_wrong_letter_is_seen(small: SmallDossier) -> None:
    before = pictures_of(pdf_of(small.load()))
    assert differences(before[0], pictures_of(pdf_of(small.load()))[0]) == (0.0, 0.0)
    small.edit("options/new-mole.yaml", "Build a mole", "Build a male")
    tile, _ = differences(before[0], pictures_of(pdf_of(small.load()))[0])
    assert tile > TILE
