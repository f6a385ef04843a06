"""Whether a ranking merely restates its weights, in words that fit none, some and all of the sets."""

from __future__ import annotations

from typing import Any

import pytest

from policy_options.wording.phrases import load_phrases
from policy_options.wording.sentences import restates_weights

ENGLISH = load_phrases("en")


class _Overview:
    def __init__(self, led: int, of: int) -> None:
        self.rankings = dict.fromkeys(range(of))
        self.led_by_best_on_heaviest = tuple(range(led))
        self.restates_weights = led == of


@pytest.mark.parametrize(
    ("led", "of", "begins"),
    [
        (0, 2, "Under none of the 2 sets ("),
        (1, 2, "Under 1 of 2 sets ("),
        (2, 2, "Under every set ("),
        (1, 1, "There is only one weight set"),
    ],
)
def test_each_count_has_a_sentence_of_its_own(led: int, of: int, begins: str) -> None:
    overview: Any = _Overview(led, of)
    said = restates_weights(overview, ENGLISH, {"a": "illustrative", "b": "illustrative"})
    assert said.startswith(begins)
    assert ("does not merely restate" in said) == (led == 0)
