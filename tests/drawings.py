"""Charts read back from their SVG: where things are, whether texts overlap or leave the picture; and a problem that is
hard to draw.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from xml.etree import ElementTree

import numpy as np

from policy_options.analysis.problem import OptionAxis, Problem
from policy_options.analysis.ranking import Ranking, rank
from policy_options.analysis.value_functions import Levels
from policy_options.charts.primitives import text_width
from problems import criterion, from_points, group, problem

SVG = "{http://www.w3.org/2000/svg}"


@dataclass(frozen=True)
class Box:
    """The extent of a text or a shape, estimated on the wide side for text."""

    left: float
    right: float
    top: float
    bottom: float
    words: str = ""
    fill: str = ""

    def overlaps(self, other: Box) -> bool:
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        return across > 0.2 and down > 0.2


@dataclass(frozen=True)
class Drawing:
    """An SVG, parsed."""

    root: ElementTree.Element
    measure: Callable[[str, float, int], float] = text_width

    @classmethod
    def read(cls, svg: str, measure: Callable[[str, float, int], float] = text_width) -> Drawing:
        assert "style=" not in svg
        assert not re.search(r"\b(nan|inf)\b", re.sub(r">[^<]*<", "><", svg))
        return cls(ElementTree.fromstring(svg), measure)

    @property
    def texts(self) -> list[Box]:
        found = []
        for each in self.root.iter(f"{SVG}text"):
            size, x, y = (_number(each, name) for name in ("font-size", "x", "y"))
            wide = self.measure(each.text or "", size, int(each.get("font-weight", "400")))
            left = {"start": x, "end": x - wide, "middle": x - wide / 2}[each.get("text-anchor", "start")]
            box = Box(left, left + wide, y - 0.72 * size, y + 0.2 * size, each.text or "", each.get("fill", ""))
            found.append(box)
        return found

    @property
    def words(self) -> list[str]:
        return [box.words for box in self.texts]

    def text(self, words: str) -> Box:
        """The only text with these words."""
        found = [box for box in self.texts if box.words == words]
        assert len(found) == 1, f"{words!r} is not once among {self.words}"
        return found[0]

    def rects(self, fill: str = "") -> list[Box]:
        found = []
        for each in self.root.iter(f"{SVG}rect"):
            x, y, wide, high = (_number(each, name) for name in ("x", "y", "width", "height"))
            if not fill or each.get("fill") == fill:
                found.append(Box(x, x + wide, y, y + high, fill=each.get("fill", "")))
        return found

    def lines(self, **attributes: str) -> list[tuple[float, float, float, float]]:
        """(x1, y1, x2, y2) of lines with these attributes."""
        return [
            (_number(each, "x1"), _number(each, "y1"), _number(each, "x2"), _number(each, "y2"))
            for each in self.root.iter(f"{SVG}line")
            if all(each.get(name.replace("_", "-")) == value for name, value in attributes.items())
        ]

    def circles(self) -> list[tuple[float, float]]:
        return [(_number(each, "cx"), _number(each, "cy")) for each in self.root.iter(f"{SVG}circle")]

    def assert_tidy(self) -> None:
        """No text overlaps another, and everything is inside the picture."""
        texts = self.texts
        for index, box in enumerate(texts):
            for other in texts[index + 1 :]:
                assert not box.overlaps(other), f"{box} lies on {other}"
        wide, high = (_number(self.root, name) for name in ("width", "height"))
        shapes = [Box(min(a, c), max(a, c), min(b, d), max(b, d)) for a, b, c, d in self.lines()]
        shapes += [Box(x - 4, x + 4, y - 4, y + 4) for x, y in self.circles()]
        shapes += [Box(x, x, y, y) for x, y in self._corners()]
        for box in (*texts, *self.rects(), *shapes):
            assert -0.1 <= box.left <= box.right <= wide + 0.1, box
            assert -0.1 <= box.top <= box.bottom <= high + 0.1, box

    def _corners(self) -> Iterator[tuple[float, float]]:
        for each in self.root.iter(f"{SVG}polyline"):
            for corner in (each.get("points") or "").split():
                x, y = corner.split(",")
                yield float(x), float(y)


def _number(element: ElementTree.Element, name: str) -> float:
    return float(element.get(name) or "nan")


TITLES = (
    "A title that nobody has cut, with many more words than there is room for in any chart whatever",
    '<b>R&D</b> & "safety"',
    "区域供应链韧性与第三方合作方案的一个非常长的标题不会被任何人剪短",
    "Short",
    "WWWWMMMM%@ WWWWMMMM%@ WWWWMMMM%@ WWWWMMMM%@ WWWWMMMM%@",
)


def hard_to_draw(options: int = 40, criteria: int = 30) -> Ranking:
    """Many options and criteria with long titles in several scripts, ties, levels, ranges, and weights of zero."""
    random = np.random.default_rng(7)
    likely = random.integers(0, 101, (options, criteria)).astype(np.float64)
    likely[:, 0] = random.integers(0, 4, options)
    likely[1] = likely[0]
    low, high = likely - random.integers(0, 20, likely.shape), likely + random.integers(0, 20, likely.shape)
    top = np.array([3.0, *[100.0] * (criteria - 1)])
    levels = ("none of it at all, whatever it may be", "some", "much", "all")
    axes = [criterion("c0", 0.0, 3.0, function=Levels((0.0, 30.0, 60.0, 100.0)), levels=levels, groups=("g0",))]
    axes += [criterion(f"c{column}", groups=(f"g{column % 5}",)) for column in range(1, criteria)]
    groups = [group(f"g{index}") for index in range(min(5, criteria))]
    plain = problem(
        likely,
        options=[f"o{row}" for row in range(options)],
        criteria=[replace(axis, short=TITLES[index % 5]) for index, axis in enumerate(axes)],
        groups=[replace(each, short=TITLES[index % 5]) for index, each in enumerate(groups)],
        low=np.clip(low, 0.0, top),
        high=np.clip(high, 0.0, top),
    )
    named = tuple(OptionAxis(one.id, one.title, TITLES[row % 5]) for row, one in enumerate(plain.options))
    drawn: Problem = replace(plain, options=named)
    points = random.integers(1, 9, criteria).astype(np.float64)
    points[2::5] = 0.0  # all in one group
    points[3:4] = 0.0
    return rank(drawn, from_points(drawn, points.tolist()))
