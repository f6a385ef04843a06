"""How many scores cite a source: nothing is said of all scores where nothing is known of any."""

from __future__ import annotations

import pytest

from policy_options.dossier.loading import CheckReport
from policy_options.wording.phrases import load_phrases
from policy_options.wording.sentences import evidence_sentences

ENGLISH = load_phrases("en")


@pytest.mark.parametrize(
    ("scores", "unsupported", "silent", "unknown", "said"),
    [
        (6, 0, 0, 6, "All 6 scores are unknown."),
        (1, 0, 0, 1, "The only score is unknown."),
        (6, 0, 0, 0, "All 6 scores cite a source."),
        (6, 0, 0, 5, "The only known score cites a source. 5 more are unknown."),
        (6, 5, 0, 1, "No score cites a source; each says why. One more is unknown."),
        (6, 2, 2, 1, "2 of the 5 scores have no source, and do not say why. One more is unknown."),
        (6, 1, 0, 0, "One of the 6 scores has no source, and says why."),
        (6, 3, 1, 0, "3 of the 6 scores have no source, 2 with and 1 without a reason."),
    ],
)
def test_scores_are_counted_among_those_that_are_known(
    scores: int, unsupported: int, silent: int, unknown: int, said: str
) -> None:
    report = CheckReport(2, 3, 1, scores, unsupported, silent, unknown, ())
    assert evidence_sentences(report, ENGLISH) == said
