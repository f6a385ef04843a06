"""Uncited scores that alone could put another option first."""

from __future__ import annotations

from policy_options.errors import Fault
from support import SmallDossier

QUAY = "options/east-quay.yaml"
AS_IS = "options/as-is.yaml"


def decisive(small: SmallDossier) -> list[Fault]:
    return [found for found in small.findings() if found.code == "decisive-without-evidence"]


def test_a_score_that_decides_within_its_range_and_cites_nothing_is_a_finding(small: SmallDossier) -> None:
    # As it is leads the quay by 63.3 to 49.2 points; half of the weight is on outlay, so that a small one gives the quay 79.2.
    small.edit(QUAY, "outlay: {low: middling", "outlay: {low: small")
    (found,) = decisive(small)
    assert (found.ids, found.place and found.place.file) == (("outlay", "east-quay"), QUAY)
    assert found.message == (
        "the score of `east-quay` on `outlay` cites nothing, and it could put another option first within its range"
    )


def test_the_scores_of_a_criterion_are_one_finding(small: SmallDossier) -> None:
    small.edit(QUAY, "outlay: {low: middling", "outlay: {low: small")
    small.edit(AS_IS, "outlay: small", "outlay: {low: small, likely: small, high: large}")
    (found,) = decisive(small)
    assert found.ids == ("outlay", "as-is", "east-quay")
    assert found.message == (
        "scores of `as-is`, `east-quay` on `outlay` cite nothing, and any one of them could put another option first "
        "within its range"
    )
    small.put(
        "criteria/decision.yaml",
        (small.root / "criteria/decision.yaml").read_text(encoding="utf-8")
        + "acknowledged: [{finding: decisive-without-evidence, about: [outlay], because: No bids yet.}]\n",
    )
    assert decisive(small) == []


def test_a_score_with_evidence_is_none(small: SmallDossier) -> None:
    small.edit(QUAY, "outlay: {low: middling", "outlay: {low: small")
    small.edit(QUAY, "rationale: No bids yet., evidence: none", "rationale: A bid., evidence: [survey/distance]")
    assert decisive(small) == []


def test_a_range_that_does_not_reach_is_none(small: SmallDossier) -> None:
    small.edit(AS_IS, "{low: 30, likely: 40, high: 50}", "{low: 0, likely: 40, high: 60}")
    assert decisive(small) == []


def test_an_option_that_fails_a_red_line_has_no_lead_to_lose(small: SmallDossier) -> None:
    line = "high: {at: 20, means: One in each hour of the day}"
    small.edit("criteria/criteria.yaml", line, f"{line}\n        red-line: {{at: 5, because: The school run.}}")
    small.edit(AS_IS, "outlay: small", "outlay: {low: small, likely: small, high: large}")
    small.edit("options/new-mole.yaml", "outlay: large", "outlay: {low: small, likely: large, high: large}")
    assert [found.ids for found in decisive(small)] == [("outlay", "east-quay", "new-mole")]


def test_unknown_scores_are_at_their_worst_and_not_reported(small: SmallDossier) -> None:
    given = "outlay: {low: middling, likely: middling, high: large, rationale: No bids yet., evidence: none}"
    small.edit(QUAY, given, "outlay: unknown")
    assert decisive(small) == []
