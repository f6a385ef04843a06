"""A memo's sampling is bounded by a number of samples, and a dossier with one option or one set gets a memo."""

from __future__ import annotations

import pytest

from memos import content_of
from policy_options.analysis.acceptability.results import SampledBasis
from policy_options.memo import making
from policy_options.memo.sections import robustness
from support import SmallDossier


def test_a_sample_ends_at_its_budget_with_the_error_it_has_reached(small: SmallDossier) -> None:
    basis = small.load().robustness(error=1e-9, most_samples=40_000).around_uncertain.basis
    assert isinstance(basis, SampledBasis)
    assert basis.proposed == 32_768
    assert 1e-9 < basis.half_width < 0.05


def test_the_memo_says_that_its_error_was_not_reached(small: SmallDossier, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "MEMO_ERROR", 1e-9)
    monkeypatch.setattr(robustness, "MEMO_ERROR", 1e-9)
    monkeypatch.setattr(robustness, "_MOST_DRAWN", 9 * 40_000)
    said = content_of(small.load()).robustness.basis[-2]  # before what other methods say
    assert said.startswith("More than 32,768 were not sampled for this memo")


def test_a_single_option_has_no_views_no_pairs_and_no_counts(small: SmallDossier) -> None:
    for name in ("as-is", "new-mole"):
        (small.root / f"options/{name}.yaml").unlink()
    small.edit("criteria/decision.yaml", "baseline: as-is\n", "")
    content = content_of(small.load())
    assert len(content.bottom_line) == 1
    assert "is the only option to choose from" in content.bottom_line[0]
    assert content.dissent.said == "There is a single option, so no view could put another first."
    assert (content.dissent.agreement, content.robustness.sets, content.dossier.comparison) == ((), None, ())
    assert not any("frontier" in note for note in content.ranking.notes)


def test_a_single_set_has_no_other_view(small: SmallDossier) -> None:
    (small.root / "criteria/weights/quick.yaml").unlink()
    assert content_of(small.load()).dissent.said == "There is one weight set, so no other view could dissent."


def test_an_empty_case_reads_nothing_entered_but_for_the_baseline(small: SmallDossier) -> None:
    for name in ("as-is", "new-mole"):
        path = small.root / f"options/{name}.yaml"
        small.put(f"options/{name}.yaml", path.read_text(encoding="utf-8").partition("for:")[0])
    entries = {entry.title: entry for entry in content_of(small.load()).options}
    mole, stay = entries["Build a mole"], entries["Leave the landing where it is"]
    assert mole.case_for is not None and mole.case_for.text == "nothing entered"
    assert mole.case_against is not None and mole.case_against.text == "nothing entered"
    assert (stay.case_for, stay.case_against) == (None, None)
