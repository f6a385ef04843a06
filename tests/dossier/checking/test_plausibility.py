"""Doubtful entries: one option, shares where per cent or points are meant, redundant answers that do not fit."""

from __future__ import annotations

import pytest

from policy_options.dossier.checking.plausibility import MOST_APART
from policy_options.errors import Fault
from support import SmallDossier

DECISION = "criteria/decision.yaml"
HEAD = "format: 1\ntitle: Even\nholder: The council\nstatus: illustrative\nrationale: Said so.\n"


def of(small: SmallDossier, code: str) -> list[Fault]:
    return [finding for finding in small.findings() if finding.code == code]


def test_a_single_option_is_a_finding(small: SmallDossier) -> None:
    assert of(small, "single-option") == []
    for name in ("east-quay", "new-mole"):
        (small.root / f"options/{name}.yaml").unlink()
    (finding,) = of(small, "single-option")
    assert finding.message == "`as-is` is the only option, and there is nothing to compare it with"
    assert finding.ids == ("as-is",)


def percentages(small: SmallDossier, *scores: str, high: str = "100") -> None:
    small.edit("criteria/criteria.yaml", "high: {at: 20,", f"high: {{at: {high},")
    for name, old, score in zip(
        ("as-is", "east-quay", "new-mole"),
        (
            "crossings: 4",
            "crossings: {low: 8, likely: 10, high: 12, confidence: medium, "
            "rationale: A shorter way., evidence: [survey/distance]}",
            "crossings: 16",
        ),
        scores,
        strict=True,
    ):
        small.edit(f"options/{name}.yaml", old, f"crossings: {score}")


def test_a_column_of_shares_on_a_scale_to_100_is_a_finding(small: SmallDossier) -> None:
    percentages(small, "0.4", "{low: 0.1, likely: 0.5, high: 1}", "unknown")
    (finding,) = of(small, "scores-like-shares")
    assert finding.message == "every score on `crossings` is from 0 to 1, and its scale runs from 0 to 100 crossings"
    assert finding.remedy == "write 40 where 0.4 is meant as 40%, or let the scale run from 0 to 1"
    assert str(finding.place) == "criteria/criteria.yaml:11:11"


@pytest.mark.parametrize(
    ("scores", "high"),
    [
        (("0.4", "0.5", "1.2"), "100"),
        (("0", "1", "0"), "100"),
        (("unknown", "unknown", "unknown"), "100"),
        (("0.4", "0.5", "0.6"), "1"),
        (("0.4", "0.5", "0.6"), "2"),
    ],
)
def test_other_columns_are_not(small: SmallDossier, scores: tuple[str, ...], high: str) -> None:
    percentages(small, *scores, high=high)
    assert of(small, "scores-like-shares") == []


METHODS = {
    "points": "judgements: {crossings: 100, waiting: 40, outlay: 20}",
    "direct": "judgements: {crossings: 62.5, waiting: 25, outlay: 12.5}",
    "swing": "judgements: {crossings: 100, waiting: 40, outlay: 20}",
    "smart": "judgements: {crossings: 50, waiting: 20, outlay: 10}",
    "rank-order": "order: crossings > waiting > outlay",
    "ahp": "pairwise: {crossings: {waiting: 2.5, outlay: 5}, waiting: {outlay: 2}}",
    "best-worst": "best-worst:\n  - {best: crossings, worst: outlay, best-to-others: {waiting: 2.5, outlay: 5}, "
    "others-to-worst: {crossings: 5, waiting: 2}}",
}


@pytest.mark.parametrize("method", METHODS)
def test_a_redundant_answer_far_off_is_a_finding_under_every_method(small: SmallDossier, method: str) -> None:
    for said, found in ((100, 1), (40, 0)):
        small.put(
            "criteria/weights/even.yaml",
            f"{HEAD}method: {method}\n{METHODS[method]}\ncross-checks: [{{of: waiting, beside: crossings, said: {said}}}]\n",
        )
        findings = of(small, "cross-check-apart")
        assert len(findings) == found, [finding.message for finding in findings]
    small.put(
        "criteria/weights/even.yaml",
        f"{HEAD}method: {method}\n{METHODS[method]}\ncross-checks: [{{of: waiting, beside: crossings, said: 100}}]\n",
    )
    (finding,) = of(small, "cross-check-apart")
    assert finding.ids == ("even", "waiting", "crossings")
    assert finding.message.startswith("`even` rated `waiting` 100 with `crossings` as 100, and the weights imply ")
    assert finding.remedy == f"ask again: the two are more than {MOST_APART:.0f} points apart"


@pytest.mark.parametrize(("said", "found"), [(65, 0), (65.1, 1), (15, 0), (14.9, 1)])
def test_how_far_is_far(small: SmallDossier, said: float, found: int) -> None:
    small.put(
        "criteria/weights/even.yaml",
        f"{HEAD}method: points\n{METHODS['points']}\ncross-checks: [{{of: waiting, beside: crossings, said: {said}}}]\n",
    )
    assert len(of(small, "cross-check-apart")) == found


def test_a_participant_is_named(small: SmallDossier) -> None:
    small.put(
        "criteria/weights/panel.yaml",
        HEAD.replace("Even", "Panel") + "method: points\nparticipants:\n"
        "  - {id: ann, name: Ann, judgements: {crossings: 1, waiting: 1, outlay: 0},\n"
        "     cross-checks: [{of: waiting, beside: crossings, said: 10}, {of: waiting, beside: outlay, said: 50}]}\n",
    )
    first, second = of(small, "cross-check-apart")
    assert first.ids == ("panel", "ann", "waiting", "crossings")
    assert first.message.endswith("and the weights imply 100")
    assert second.message.endswith("and the weights give `outlay` nothing")


@pytest.mark.parametrize(
    ("setting", "message", "remedy"),
    [
        ("robust-share: 0.9", "0.9 is 0.9 per cent here, not 90", "write 90 for 90%"),
        ("robust-share: 1", "1 is 1 per cent here, not 100", "write 100 for 100%"),
        ("robust-share: 30", "30 per cent is too little", "write 50 or more"),
        ("fragile-share: 0.5", "0.5 is 0.5 per cent here, not 50", "write 50 for 50%"),
        ("band: 0.25", "0.25 is 0.25 per cent here, not 25", "write 25 for 25%"),
        ("too-close-to-call: 0.02", "0.02 is 0.02 of the 100 value points of a scale", "write 2 for 2 points, or 0"),
    ],
)
def test_a_share_where_per_cent_are_meant_is_refused(
    small: SmallDossier, setting: str, message: str, remedy: str
) -> None:
    small.edit(DECISION, "weights: even", f"weights: even\nthresholds: {{{setting}}}")
    fault = small.fault()
    assert message in fault.message
    assert fault.remedy == remedy


@pytest.mark.parametrize(
    "setting",
    [
        "robust-share: 50",
        "robust-share: 100",
        "fragile-share: 0",
        "fragile-share: 5",
        "band: 1.5",
        "too-close-to-call: 0",
    ],
)
def test_settings_that_can_be_meant(small: SmallDossier, setting: str) -> None:
    small.edit(DECISION, "weights: even", f"weights: even\nthresholds: {{{setting}}}")
    assert small.faults() == ()


def test_all_shares_are_told_in_one_run_and_no_remedy_leads_to_one(small: SmallDossier) -> None:
    small.edit(
        DECISION, "weights: even", "weights: even\nthresholds: {robust-share: 0.9, fragile-share: 0.5, band: 0.25}"
    )
    assert [fault.remedy for fault in small.faults()] == ["write 90 for 90%", "write 50 for 50%", "write 25 for 25%"]
