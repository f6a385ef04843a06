"""Which comparisons a question stands behind, and what is refused before any is made."""

from __future__ import annotations

import pytest

from policy_options import Dossier, PolicyOptionsError
from policy_options.diffing import diff_of_sets, diff_of_versions
from support import SmallDossier


def code_of(error: pytest.ExceptionInfo[PolicyOptionsError]) -> str:
    return error.value.faults[0].code


@pytest.fixture
def dossier(small: SmallDossier) -> Dossier:
    small.put("criteria/weights/third.yaml", (small.root / "criteria/weights/even.yaml").read_text())
    return small.load()


def test_each_set_is_compared_with_the_first_or_with_the_base(dossier: Dossier) -> None:
    def sides(*names: str, base: str | None = None) -> list[tuple[str, str]]:
        diff = diff_of_sets(dossier, names, base=base)
        return [(one.before.weights.id, one.after.weights.id) for one in diff.comparisons]

    assert sides("even", "quick", "third") == [("even", "quick"), ("even", "third")]
    assert sides("even", "quick", "third", base="quick") == [("quick", "even"), ("quick", "third")]
    assert sides("even", base="quick") == [("quick", "even")]


def test_a_set_compared_with_itself_or_its_twin_has_no_changes(dossier: Dossier) -> None:
    assert not diff_of_sets(dossier, ("even", "even")).has_changes
    assert not diff_of_sets(dossier, ("even", "third")).has_changes


def test_all_sets_are_taken_together_from_three_on(dossier: Dossier) -> None:
    assert diff_of_sets(dossier, ("even", "quick")).across is None
    together = diff_of_sets(dossier, ("even", "quick", "third")).across
    assert together is not None and together.sets == ("even", "quick", "third")


def test_one_set_and_unknown_options_are_refused(dossier: Dossier) -> None:
    with pytest.raises(PolicyOptionsError) as raised:
        diff_of_sets(dossier, ("even",))
    assert code_of(raised) == "one-set"
    with pytest.raises(PolicyOptionsError, match="east-key"):
        diff_of_sets(dossier, ("even", "quick"), asked=[("as-is", "east-key")])


def test_versions_are_compared_under_the_sets_that_both_have(small: SmallDossier, dossier: Dossier) -> None:
    (small.root / "criteria/weights/third.yaml").unlink()
    small.edit("options/new-mole.yaml", "crossings: 16", "crossings: 15")
    after = small.load()
    diff = diff_of_versions(dossier, after, ("HEAD", None), every=True)
    assert (diff.appeared, diff.vanished) == ((), ("third",))
    assert [one.before.weights.id for one in diff.comparisons] == ["even", "quick"]
    assert diff.versions == ("HEAD", None)
    with pytest.raises(PolicyOptionsError) as raised:
        diff_of_versions(dossier, after, ("HEAD", None), ("even", "even"))
    assert code_of(raised) == "set-twice"
