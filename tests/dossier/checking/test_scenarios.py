"""Scenarios against the rest of a dossier: each error and each finding once, with its place, words and remedy."""

# ruff: noqa: E501
from __future__ import annotations

import pytest

from policy_options.dossier.carried import Carried, carried_files
from policy_options.dossier.contents import Contents
from policy_options.dossier.futures import contents_in, overrides, scenario_ids
from policy_options.dossier.loading import load_contents
from policy_options.dossier.without_names import without_names
from policy_options.errors import PolicyOptionsError
from support import SmallDossier

D = "criteria/decision.yaml"
STORM = "criteria/scenarios/storms.yaml"
CALM = "criteria/scenarios/calm.yaml"
HEAD = "format: 1\ntitle: Storms\nstory: Storms from the east.\n"
SCORES = "scores:\n  east-quay:\n    crossings: {low: 2, likely: 3, high: 5, rationale: Closed on most days., evidence: [survey/distance]}\n"


def storm(small: SmallDossier, more: str, *, scores: str = SCORES) -> None:
    small.put(STORM, HEAD + scores + more)


def said(small: SmallDossier) -> tuple[str, str, str]:
    fault = small.fault()
    return fault.code, str(fault.place), f"{fault.message}; {fault.remedy}"


def found(small: SmallDossier) -> list[tuple[str, tuple[str, ...]]]:
    return [(finding.code, finding.ids) for finding in small.findings() if finding.code != "claim-unused"]


def test_scores_go_before_changes_that_all_options_share(small: SmallDossier) -> None:
    storm(small, "all:\n  crossings: {by: -1}\n  outlay: {likely: large}\n")
    contents = small.load().contents
    assert scenario_ids(contents) == ("reference", "storms")
    there = contents_in(contents, "storms").options
    crossings = {name: entry.model.scores["crossings"].likely for name, entry in there.items()}
    assert crossings == {"as-is": 3.0, "east-quay": 3.0, "new-mole": 15.0}
    assert {entry.model.scores["outlay"].likely for entry in there.values()} == {"large"}
    assert there["east-quay"].model.scores["waiting"].likely == 20.0
    assert contents_in(contents, "reference") is contents
    assert contents.options["as-is"].model.scores["crossings"].likely == 4.0  # the dossier itself is as it was


def test_by_moves_the_bounds_and_levels_too(small: SmallDossier) -> None:
    storm(small, "all:\n  waiting: {by: 5}\n  outlay: {by: 0}\n", scores="")
    contents = small.load().contents
    score = contents_in(contents, "storms").options["as-is"].model.scores["waiting"]
    assert (score.low, score.likely, score.high) == (35.0, 45.0, 55.0)
    small.edit("options/new-mole.yaml", "outlay: large", "outlay: small")
    small.edit("options/east-quay.yaml", "high: large", "high: middling")
    storm(small, "all:\n  outlay: {by: 1}\n", scores="")
    there = contents_in(small.load().contents, "storms").options
    assert {name: entry.model.scores["outlay"].likely for name, entry in there.items()} == {
        "as-is": "middling",
        "east-quay": "large",
        "new-mole": "middling",
    }


def test_a_factor_multiplies_low_likely_and_high_of_every_option(small: SmallDossier) -> None:
    storm(small, "all:\n  crossings: {times: 1.1, rationale: A tenth more boats., evidence: none}\n", scores="")
    there = contents_in(small.load().contents, "storms").options
    scores = {name: entry.model.scores["crossings"] for name, entry in there.items()}
    # 4, 8 to 12 and 16 crossings; 1.1 times 10 is 11, and not 11.000000000000002.
    assert {name: (score.low, score.likely, score.high) for name, score in scores.items()} == {
        "as-is": (None, 4.4, None),
        "east-quay": (8.8, 11.0, 13.2),
        "new-mole": (None, 17.6, None),
    }
    assert scores["as-is"].rationale == "A tenth more boats."


def test_no_such_scenario(small: SmallDossier) -> None:
    contents = small.load().contents
    with pytest.raises(PolicyOptionsError, match="`storms` is no scenario") as error:
        contents_in(contents, "storms")
    assert "criteria/scenarios/storms.yaml" in error.value.faults[0].remedy
    storm(small, "")
    with pytest.raises(PolicyOptionsError) as error:
        contents_in(small.load().contents, "storm")
    assert error.value.faults[0].remedy == "did you mean `storms`?"


@pytest.mark.parametrize(
    ("scores", "more", "code", "line", "words"),
    [
        ("scores: {west-quay: {crossings: 3}}\n", "", "unknown-id", "4:10", "is no option of this dossier; did you mean `east-quay`?"),
        ("scores: {east-quay: {crosings: 3}}\n", "", "unknown-id", "4:22", "did you mean `crossings`?"),
        ("scores: {east-quay: {service: 3}}\n", "", "score-on-group", "4:22", "`service` is a group"),
        ("scores: {east-quay: {crossings: 30}}\n", "", "score-off-scale", "4:33", "30 is off the scale"),
        ("scores: {east-quay: {outlay: huge}}\n", "", "not-a-level", "4:30", "no level of `outlay`"),
        ("scores: {east-quay: {crossings: {likely: 3, evidence: [survey/depth]}}}\n", "", "unknown-id", "4:56", "no claim"),
        ("", "all: {crosings: {by: 1}}\n", "unknown-id", "4:7", "did you mean `crossings`?"),
        ("", "all: {crossings: {by: -5}}\n", "score-off-scale", "4:23", "by: -5 takes `as-is` off the scale of `crossings`; write the score of `as-is` under scores:"),
        ("", "all: {outlay: {by: 1}}\n", "score-off-scale", "4:20", "to no level of it; write the score of"),
        ("", "all: {crossings: {by: 1, likely: 3}}\n", "by-or-likely", "4:18", "write by:, times: or likely:, one of the three"),
        ("", "all: {crossings: {times: 2, by: 1}}\n", "by-or-likely", "4:18", "one of the three"),
        ("", "all: {crossings: {times: 2, low: 3, high: 4}}\n", "by-or-likely", "4:18", "times: moves low, likely and high alike"),
        ("", "all: {crossings: {times: 0}}\n", "times-not-positive", "4:18", "write a factor above 0, such as 1.33"),
        ("", "all: {crossings: {times: -1.5}}\n", "times-not-positive", "4:18", "times: -1.5 is no factor"),
        ("", "all: {outlay: {times: 2}}\n", "times-on-levels", "4:23", "`outlay` has levels, which no factor multiplies"),
        ("", "all: {waiting: {times: 1.5}}\n", "score-off-scale", "4:24", "times: 1.5 takes `as-is` off the scale of `waiting`"),
        ("", "all: {crossings: {times: 1.2, evidence: none}}\n", "no-reason", "4:18", "say in the rationale why"),
        ("", "all: {crossings: {by: 33%}}\n", "by-percentage", "4:23", "write times: for a factor, such as times: 1.33"),
        ("", "all: {crossings: {by: 1, low: 3, high: 4}}\n", "by-or-likely", "4:18", "delete low and high"),
        ("", "all: {crossings: {likely: 3, low: 3}}\n", "half-a-range", "4:18", "write both"),
        ("", "all: {crossings: {by: 1, evidence: none}}\n", "no-reason", "4:18", "say in the rationale why"),
        (SCORES, "drivers: [{text: The wind., evidence: [survey/wind]}]\n", "unknown-id", "7:40", "no claim"),
        (SCORES, "likelihood: {low: 40, high: 10, holder: The harbour office}\n", "likelihood-out-of-order", "7:13", "from 40 to 10 per cent"),
        (SCORES, "likelihood: {low: 0.1, high: 0.4, holder: The harbour office}\n", "not-per-cent", "7:13", "0.4 is 0.4 per cent here, not 40"),
        (SCORES, "likelihood: {low: 10, high: 40}\n", "key-missing", "7:13", "`holder` is missing"),
        (SCORES, "likelihood: {low: 10, high: 140, holder: X}\n", "less-than-equal", "7:29", "100"),
        (SCORES, "signposts: [{watch: The wind., option: east-quay}]\n", "half-a-score", "7:13", "write both"),
        (SCORES, "signposts: [{watch: The wind., threshold: 9}]\n", "threshold-without-unit", "7:13", "write it as text with its unit"),
        (SCORES, "signposts: [{watch: The wind., threshold: ' '}]\n", "threshold-without-unit", "7:13", "the threshold is empty"),
        (SCORES, "signposts: [{watch: The wind., option: west, criterion: crossings}]\n", "unknown-id", "7:40", "no option"),
        (SCORES, "signposts: [{watch: Boats., option: as-is, criterion: crossings, threshold: 40}]\n", "score-off-scale", "7:77", "40 is off the scale"),
        (SCORES, "signposts: [{watch: Boats., option: as-is, criterion: outlay, threshold: huge}]\n", "not-a-level", "7:74", "no level of `outlay`"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_one_fault_with_its_place(
    small: SmallDossier, scores: str, more: str, code: str, line: str, words: str
) -> None:
    storm(small, more, scores=scores)
    assert said(small)[:2] == (code, f"{STORM}:{line}")
    assert words in said(small)[2]


def test_a_threshold_comes_in_whole_steps(small: SmallDossier) -> None:
    small.edit("criteria/criteria.yaml", "        unit: crossings\n", "        unit: crossings\n        step: 1\n")
    storm(small, "signposts: [{watch: Boats., option: as-is, criterion: crossings, threshold: 2.5}]\n")
    assert said(small) == (
        "threshold-between-steps",
        f"{STORM}:7:77",
        "2.5 crossings is never seen: `crossings` comes in steps of 1; write 2 or 3",
    )
    storm(small, "signposts: [{watch: Boats., option: as-is, criterion: crossings, threshold: 2}]\n")
    small.edit(
        D,
        "weights: even\n",
        "weights: even\nsignposts: [{watch: B., option: as-is, criterion: crossings, threshold: 0.5}]\n",
    )
    assert said(small)[:2] == ("threshold-between-steps", f"{D}:13:73")


def test_a_score_that_by_cannot_move(small: SmallDossier) -> None:
    storm(small, "all: {crossings: {by: 1}}\n", scores="")
    small.edit("options/as-is.yaml", "crossings: 4", "crossings: unknown")
    assert said(small)[:2] == ("by-unknown", f"{STORM}:4:23")
    assert "is unknown, and by: has nothing to add to; write the score of `as-is` under scores:" in said(small)[2]
    small.edit(
        "options/as-is.yaml",
        "crossings: unknown",
        "crossings: {likely: 4, distribution: {kind: normal, mean: 4, sd: 1, off-scale: truncate}}",
    )
    assert said(small)[0] == "by-distribution"
    storm(small, "all: {crossings: {times: 1.1}}\n", scores="")
    assert said(small)[:2] == ("times-distribution", f"{STORM}:4:26")
    small.edit(
        "options/as-is.yaml",
        "crossings: {likely: 4, distribution: {kind: normal, mean: 4, sd: 1, off-scale: truncate}}",
        "crossings: unknown",
    )
    assert said(small)[0] == "times-unknown"
    assert "is unknown, and times: has nothing to multiply" in said(small)[2]


def test_a_local_scale_keeps_its_ends(small: SmallDossier) -> None:
    small.edit(
        "criteria/criteria.yaml",
        "          low: {at: 0, means: None at all}\n          high: {at: 20, means: One in each hour of the day}\n",
        "          kind: local\n          because: A test.\n",
    )
    storm(small, "")
    assert said(small)[:2] == ("score-off-scale", f"{STORM}:6:16")
    assert (
        "is local and runs from 4 to 16, which this score leaves; give the criterion a global scale" in said(small)[2]
    )


def test_the_reference_changes_nothing_and_can_be_left_out(small: SmallDossier) -> None:
    reference = "criteria/scenarios/reference.yaml"
    small.put(reference, "format: 1\ntitle: As scored\nstory: What the scores say.\n")
    storm(small, "")
    assert scenario_ids(small.load().contents) == ("reference", "storms")
    small.put(reference, "format: 1\ntitle: As scored\nstory: x\nscores: {as-is: {crossings: 3}}\n")
    assert said(small)[:2] == ("reference-changed", f"{reference}:4:1")
    small.put(reference, "format: 1\ntitle: As scored\nstory: x\n")
    small.edit(D, "weights: even\n", "weights: even\nreference-scenario: false\n")
    assert said(small)[:2] == ("reference-left-out", f"{reference}:1:1")
    (small.root / reference).unlink()
    assert scenario_ids(small.load().contents) == ("storms",)
    (small.root / STORM).unlink()
    assert said(small)[:2] == ("reference-left-out", f"{D}:13:21")


def test_likelihoods_that_cannot_sum_to_one_name_the_fewest(small: SmallDossier) -> None:
    storm(small, "likelihood: {low: 50, high: 60, holder: The harbour office}\n")
    small.put(
        CALM, HEAD + SCORES.replace("likely: 3", "likely: 4") + "likelihood: {low: 55, high: 60, holder: The council}\n"
    )
    small.put(
        "criteria/scenarios/dull.yaml",
        HEAD + SCORES.replace("likely: 3", "likely: 5") + "likelihood: {low: 10, high: 20, holder: The council}\n",
    )
    assert said(small) == (
        "likelihoods-contradict",
        f"{STORM}:7:13",
        "at their least, the likelihoods of `calm`, `storms` already sum to 105 per cent, more than 100; lower one of these",
    )
    for name in (STORM, CALM, "criteria/scenarios/dull.yaml"):
        small.put(
            name,
            (small.root / name).read_text().rpartition("likelihood:")[0]
            + "likelihood: {low: 10, high: 30, holder: X}\n",
        )
    assert small.faults() == ()  # the reference takes the rest
    small.edit(D, "weights: even\n", "weights: even\nreference-scenario: false\n")
    assert said(small)[2] == (
        "at their most, the likelihoods of `calm`, `dull`, `storms` sum to 90 per cent, less than 100; "
        "raise one of these, or add the scenario that is missing"
    )


def test_findings(small: SmallDossier) -> None:
    storm(small, "", scores="scores: {east-quay: {crossings: 3, waiting: 20}}\n")
    assert found(small) == [("override-without-effect", ("storms", "east-quay", "waiting"))]
    storm(small, "", scores="")
    assert found(small) == [("scenario-without-effect", ("storms",))]
    storm(small, "")
    small.put(CALM, HEAD.replace("title: Storms", "title: Calm") + SCORES)
    assert found(small) == [("scenario-twice", ("storms", "calm"))]
    (small.root / CALM).unlink()
    small.edit(
        "options/east-quay.yaml",
        "{low: 8, likely: 10, high: 12, confidence: medium, rationale: A shorter way., evidence: [survey/distance]}",
        "unknown",
    )
    assert ("unknown-in-the-reference", ("storms", "east-quay", "crossings")) in found(small)


def test_sixty_scenarios_are_a_finding_and_all_are_read(small: SmallDossier) -> None:
    for number in range(60):
        head = HEAD.replace("title: Storms", f"title: {number}. storm")
        small.put(f"criteria/scenarios/s{number}.yaml", head + f"scores: {{east-quay: {{crossings: {number / 10}}}}}\n")
    assert found(small) == [("many-scenarios", ())]
    assert len(scenario_ids(small.load().contents)) == 61


def test_scenarios_are_carried_and_come_back_as_they_were(small: SmallDossier) -> None:
    storm(
        small,
        "all: {waiting: {by: 5}}\nsignposts: [{watch: Wind., threshold: 9 days, by: 2027-01-01, who: Office, then: Wait.}]\n",
    )
    contents = small.load().contents
    again: Contents = load_contents(Carried(carried_files(contents)))
    assert again.scenarios["storms"].model == contents.scenarios["storms"].model
    assert list(overrides(again, again.scenarios["storms"])) == list(overrides(contents, contents.scenarios["storms"]))


def test_names_of_scorers_go_from_scenarios_too(small: SmallDossier) -> None:
    storm(small, "", scores="scores: {east-quay: {crossings: {likely: 3, scorer: Ann Onym}}}\n")
    files = without_names(carried_files(small.load().contents), participant="participant", scorer="scorer")
    assert files[STORM]["scores"]["east-quay"]["crossings"]["scorer"] == "scorer 1"


def test_a_scenario_in_the_wrong_folder_is_a_finding(small: SmallDossier) -> None:
    small.put("scenarios/storms.yaml", HEAD + SCORES)
    (finding,) = (one for one in small.findings() if one.code == "file-not-read")
    assert finding.remedy == "move it to criteria/scenarios/storms.yaml"


def test_an_option_may_say_that_it_cannot_be_reversed(small: SmallDossier) -> None:
    small.edit("options/new-mole.yaml", "title: Build a mole\n", "title: Build a mole\nreversible: false\n")
    options = small.load().contents.options
    assert not options["new-mole"].model.reversible
    assert options["as-is"].model.reversible
