"""The shipped dossier keeps the promises that the project makes about it."""

from __future__ import annotations

import re
from pathlib import Path

from policy_options import Dossier

CHANNELS = {"resources-and-supply-chains", "connectivity", "finance-and-institutions", "geopolitics", "delivery"}


def test_it_has_no_error_and_no_open_finding(shipped_dossier: Dossier) -> None:
    assert shipped_dossier.check().findings == ()


def test_it_has_the_options_and_weight_sets_of_the_briefing(shipped_dossier: Dossier) -> None:
    assert set(shipped_dossier.contents.options) == {
        "carry-on",
        "consolidate-advantages",
        "supply-chain-resilience",
        "regulatory-alignment",
        "third-party-cooperation",
        "avoid-over-securitisation",
    }
    assert set(shipped_dossier.contents.weight_sets) >= {
        "balanced",
        "supply-security",
        "corridors-and-trade",
        "institutional-reach",
        "partner-trust",
        "fiscal-restraint",
        "escalation-caution",
        "host-government",
        "state-companies",
        "border-province",
        "security-service",
        "briefing-order",
    }
    assert all(entry.model.status == "illustrative" for entry in shipped_dossier.contents.weight_sets.values())


def test_its_criteria_are_few_tagged_described_and_of_both_directions(shipped_dossier: Dossier) -> None:
    leaves = [leaf for leaf, _, _ in shipped_dossier.contents.leaves.values()]
    assert 7 <= len(leaves) <= 12
    assert {leaf.channel for leaf in leaves} <= CHANNELS
    assert all(leaf.swing for leaf in leaves)
    less = [leaf for leaf in leaves if leaf.direction == "less-is-better"]
    assert len(less) >= 2
    assert len({leaf.unit for leaf in less}) >= 2
    cost = [group for group, _, _ in shipped_dossier.contents.groups.values() if group.role == "cost"]
    assert len(cost) == 1
    banded = [leaf for leaf in leaves if leaf.scale.levels]
    assert len(banded) >= 2
    assert all("judged" in leaf.unit for leaf in banded)


def test_the_conclusion_is_no_evidence(shipped_dossier: Dossier) -> None:
    contents = shipped_dossier.contents
    for entry in contents.options.values():
        cited = [claim for score in entry.model.scores.values() for claim in score.evidence or ()]
        cited += [claim for point in (*entry.model.for_, *entry.model.against) for claim in point.evidence or ()]
        assert 11 not in contents.paragraphs_of(cited).get("anbound-2026-02-24", ())


def test_every_score_has_a_rationale_a_confidence_and_evidence_or_none_and_bounds_where_it_differs(
    shipped_dossier: Dossier,
) -> None:
    baseline = shipped_dossier.contents.options["carry-on"].model.scores
    for entry in shipped_dossier.contents.options.values():
        for name, score in entry.model.scores.items():
            differs = score.likely != baseline[name].likely
            assert (score.low is not None and score.high is not None) or not differs, (entry.id, name)
            assert score.rationale
            assert score.confidence
            assert score.evidence is not None


def test_the_ranking_says_more_than_the_weights(shipped_dossier: Dossier) -> None:
    assert not shipped_dossier.overview().restates_weights


def test_each_relation_between_options_is_named_from_both_sides(shipped_dossier: Dossier) -> None:
    options = shipped_dossier.contents.options
    for name, entry in options.items():
        for kind in ("conflicts", "synergies"):
            for relation in getattr(entry.model, kind):
                back = {one for other in getattr(options[relation.option[0]].model, kind) for one in other.option}
                assert name in back, f"{relation.option} does not name {name} among its {kind}"


def test_a_score_that_differs_from_the_baseline_says_why(shipped_dossier: Dossier, root: Path) -> None:
    """By a citation, by a named assumption that the description of the dossier lists, or by what the option describes."""
    contents = shipped_dossier.contents
    baseline = contents.options["carry-on"].model.scores
    page = (root / "docs/shipped-dossier.md").read_text(encoding="utf-8")
    assumptions = set(re.findall(r"^\| ([a-z ]+) \| .* \| [a-z, -]+ on [a-z -]+ \|$", page, re.MULTILINE))
    named = 0
    for entry in contents.options.values():
        for name, score in entry.model.scores.items():
            found = re.search("Assumption “(.+?)”", score.rationale or "")
            named += found is not None
            if found:
                assert found[1] in assumptions, (entry.id, name)
            elif score.likely != baseline[name].likely and name not in (
                "public-outlay",
                "time-to-result",
                "outside-consent",
            ):
                assert score.evidence, (entry.id, name)
    assert named == 13
    assert any("Thirteen scores rest on a named" in " ".join(limit.split()) for limit in contents.decision.model.limits)


def test_the_limits_count_the_unsupported_scores_right(shipped_dossier: Dossier) -> None:
    options = shipped_dossier.contents.options.values()
    judged = [entry.model.scores[name] for entry in options for name in ("public-outlay", "time-to-result")]
    assert len(judged) == 12
    assert sum(not score.supported for score in judged) == 11
    assert any(
        "eleven of the twelve" in " ".join(limit.split()) for limit in shipped_dossier.contents.decision.model.limits
    )


def test_every_yaml_file_names_a_schema_that_is_there(root: Path) -> None:
    files = [*root.glob("criteria/**/*.yaml"), *root.glob("options/**/*.yaml")]
    assert len(files) > 15
    for path in files:
        match = re.match(r"# yaml-language-server: \$schema=(\S+)\n", path.read_text(encoding="utf-8"))
        assert match, path
        assert (path.parent / match[1]).resolve().is_file(), path


def test_the_values_in_its_description_are_those_of_the_tool(shipped_dossier: Dossier, root: Path) -> None:
    options = (
        "carry-on",
        "consolidate-advantages",
        "supply-chain-resilience",
        "regulatory-alignment",
        "third-party-cooperation",
        "avoid-over-securitisation",
    )
    page = (root / "docs/shipped-dossier.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `([a-z-]+)` \| ((?:\**\d+\.\d\** \| ){6})", page, re.MULTILINE))
    assert set(rows) == set(shipped_dossier.contents.weight_sets)
    for name, cells in rows.items():
        ranking = shipped_dossier.rank(name)
        written = [cell.strip(" *") for cell in cells.split("|")[:6]]
        assert written == [f"{ranking.value(option):.1f}" for option in options], name


def test_the_format_page_lists_every_finding(root: Path) -> None:
    from policy_options.dossier.checking.acknowledgements import FINDINGS

    page = (root / "docs/format.md").read_text(encoding="utf-8").partition("## Findings")[2]
    assert sorted(re.findall(r"^\| `([a-z-]+)` \|", page, re.MULTILINE)) == sorted(FINDINGS)


def test_the_smallest_dossier_of_the_format_page_works(root: Path, tmp_path: Path) -> None:
    page = (root / "docs/format.md").read_text(encoding="utf-8").partition("## The smallest dossier")[2]
    files = re.findall(r"^# (\S+\.yaml)\n(.*?)(?=^# \S+\.yaml\n|^```)", page, re.MULTILINE | re.DOTALL)
    assert len(files) >= 4
    for name, text in files:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert Dossier.load(tmp_path).rank().in_order == ("build", "wait")
