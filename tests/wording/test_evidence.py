"""How many scores cite a source: nothing is said of all scores where nothing is known of any."""

from __future__ import annotations

import pytest

from policy_options.dossier.loading import CheckReport
from policy_options.wording.citing import basis_of
from policy_options.wording.phrases import load_phrases
from policy_options.wording.sentences import evidence_sentences
from support import SmallDossier

ENGLISH = load_phrases("en")


@pytest.mark.parametrize(
    ("scores", "unsupported", "silent", "unknown", "said"),
    [
        (6, 0, 0, 6, "All 6 scores are unknown."),
        (1, 0, 0, 1, "The only score is unknown."),
        (6, 0, 0, 0, "All 6 scores cite a source."),
        (6, 0, 0, 5, "The only known score cites a source. 5 more are unknown."),
        (6, 5, 0, 1, "No score cites a source; each gives a reason. One more is unknown."),
        (6, 2, 2, 1, "2 of the 5 scores have neither a source nor a reason. One more is unknown."),
        (6, 1, 0, 0, "One of the 6 scores has no source, and gives a reason."),
        (6, 3, 1, 0, "3 of the 6 scores have no source: 2 with a reason, 1 without one."),
    ],
)
def test_scores_are_counted_among_those_that_are_known(
    scores: int, unsupported: int, silent: int, unknown: int, said: str
) -> None:
    report = CheckReport(2, 3, 1, scores, unsupported, silent, unknown, ())
    assert evidence_sentences(report, ENGLISH) == said


def test_a_score_with_a_rationale_gives_a_reason_whether_or_not_it_mentions_evidence(small: SmallDossier) -> None:
    small.edit("options/as-is.yaml", "outlay: small", "outlay: {likely: small, rationale: Nothing is built.}")
    report = small.load().check()
    # Of nine, one cites the survey. The outlay of both quays, and that of nothing, have a rationale.
    assert (report.scores, report.unsupported, report.silent) == (9, 8, 6)
    assert evidence_sentences(report, ENGLISH) == "8 of the 9 scores have no source: 2 with a reason, 6 without one."


def test_what_is_missing_of_a_score_is_said_in_the_language_of_the_dossier(small: SmallDossier) -> None:
    contents = small.load().contents
    scores = contents.options["east-quay"].model.scores
    assert basis_of(contents, scores["crossings"], ENGLISH) == ("medium", "¶1", "survey/distance")
    assert basis_of(contents, scores["waiting"], ENGLISH) == ("not stated", "none", "none")
    russian = load_phrases("ru")
    assert basis_of(contents, scores["crossings"], russian)[0] == "средняя"
    assert "none" not in basis_of(contents, scores["waiting"], russian)
