"""The verdict over red lines, ties, unknown scores, closeness and the baseline, and the memo's text on each."""

from __future__ import annotations

import pytest

from policy_options.analysis.verdict import Verdict
from policy_options.wording.advice import bottom_line
from policy_options.wording.phrases import load_phrases
from support import SmallDossier

CRITERIA = "criteria/criteria.yaml"
HIGH = "high: {at: 20, means: One in each hour of the day}"


def red_line(small: SmallDossier, at: int) -> None:
    small.edit(CRITERIA, HIGH, f"{HIGH}\n        red-line: {{at: {at}, because: The school run.}}")


def copy(small: SmallDossier, of: str, to: str, title: str) -> None:
    lines = (small.root / f"options/{of}.yaml").read_text(encoding="utf-8").splitlines(keepends=True)
    small.put(f"options/{to}.yaml", "".join([lines[0], f"title: {title}\n", *lines[2:]]))


def judged(small: SmallDossier) -> tuple[Verdict, str]:
    dossier = small.load()
    assessment = dossier.assess()
    titles = {option.id: option.id for option in dossier.problem.options}
    return assessment.verdict, bottom_line(assessment, load_phrases("en"), titles, "Even")


def test_a_clear_lead_of_the_baseline(small: SmallDossier) -> None:
    found, said = judged(small)
    assert (found.first, found.kind, found.runner_up, found.baseline_leads) == ("as-is", "clear", "east-quay", True)
    assert said.startswith("No addition beats as-is under Even")


def test_a_clear_lead_of_an_addition(small: SmallDossier) -> None:
    small.edit("criteria/decision.yaml", "baseline: as-is", "baseline: new-mole")
    assert judged(small)[1].startswith("Put as-is first.")


def test_a_red_line_passes_over_the_head_of_the_order_and_says_so(small: SmallDossier) -> None:
    red_line(small, 5)
    found, said = judged(small)
    assert (found.first, found.kind, found.excluded) == ("east-quay", "clear", ("as-is",))
    assert "as-is has as many points or more, but fails a red line" in said


def test_a_tie_among_those_that_keep_the_red_line_is_told(small: SmallDossier) -> None:
    red_line(small, 5)
    copy(small, "east-quay", "new-mole", "Build a mole")
    found, said = judged(small)
    assert (found.kind, {found.first, *found.rivals}) == ("tied", {"east-quay", "new-mole"})
    assert "have the same value under Even" in said
    assert "Put" not in said


def test_an_unknown_score_that_could_overtake_leaves_it_open(small: SmallDossier) -> None:
    red_line(small, 5)
    small.edit("options/new-mole.yaml", "outlay: large", "outlay: unknown")
    found, said = judged(small)
    assert (found.first, found.kind, found.rivals) == ("east-quay", "open", ("new-mole",))
    assert "unknown scores leave the first place open" in said
    assert "Put" not in said


def test_an_unknown_score_that_cannot_overtake_leaves_nothing_open(small: SmallDossier) -> None:
    small.edit("options/new-mole.yaml", "waiting: 12", "waiting: unknown")
    assert judged(small)[0].kind == "clear"


def test_the_first_may_itself_fail_within_its_bounds(small: SmallDossier) -> None:
    red_line(small, 9)
    found, said = judged(small)
    assert found.first == "east-quay"
    assert found.might_fail
    assert "might fail a red line within the ranges of its scores" in said


def test_where_all_fail_none_is_recommended(small: SmallDossier) -> None:
    red_line(small, 19)
    found, said = judged(small)
    assert (found.kind, found.excluded) == ("none-keeps", ())
    assert "is not recommended" in said


def test_a_lead_within_the_threshold_is_close(small: SmallDossier) -> None:
    small.edit("criteria/decision.yaml", "weights: even", "weights: even\nthresholds: {too-close-to-call: 15}")
    found, said = judged(small)
    assert found.kind == "close"
    assert said.startswith("Two options lead and the analysis cannot separate them: as-is (")


def test_a_single_option_is_the_only_one(small: SmallDossier) -> None:
    for name in ("east-quay", "new-mole"):
        (small.root / f"options/{name}.yaml").unlink()
    found, said = judged(small)
    assert (found.kind, found.runner_up, found.lead) == ("alone", None, None)
    assert "only option" in said


def test_a_tied_option_that_another_dominates_is_not_put_first(small: SmallDossier) -> None:
    small.put("criteria/weights/even.yaml", (small.root / "criteria/weights/even.yaml").read_text(encoding="utf-8").replace(
        "{crossings: 1, waiting: 1, outlay: 2}", "{crossings: 1, waiting: 0, outlay: 1}"
    ))  # fmt: skip
    copy(small, "as-is", "as-was", "Leave it as it was")
    small.edit("options/as-was.yaml", "{low: 30, likely: 40, high: 50}", "10")
    found, _ = judged(small)
    assert (found.first, found.rivals) == ("as-was", ())


@pytest.mark.parametrize("line", [None, 5, 19])
@pytest.mark.parametrize("unknown", [False, True])
@pytest.mark.parametrize("threshold", [0, 15])
def test_what_is_said_first_heads_those_that_keep_to_the_red_lines(
    small: SmallDossier, line: int | None, unknown: bool, threshold: int
) -> None:
    if line is not None:
        red_line(small, line)
    if unknown:
        small.edit("options/new-mole.yaml", "outlay: large", "outlay: unknown")
    small.edit(
        "criteria/decision.yaml", "weights: even", f"weights: even\nthresholds: {{too-close-to-call: {threshold}}}"
    )
    dossier = small.load()
    assessment = dossier.assess()
    keeping = [o for o in assessment.ranking.in_order if o not in assessment.red_lines.failing]
    found = assessment.verdict
    assert found.first == (keeping or list(assessment.ranking.in_order))[0]
    if found.kind in {"clear", "close"}:
        assert all(
            assessment.ranking.upper[dossier.problem.option_index[o]] <= assessment.ranking.value(found.first) + 1e-9
            for o in keeping
        )
