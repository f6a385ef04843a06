"""The first paragraph of a memo: what is recommended, how sure, why, who was asked, and what would change it."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_options.analysis.acceptability.sampled import Precision
from policy_options.analysis.assessment import assess
from policy_options.analysis.overview import overview
from policy_options.analysis.problem import Problem
from policy_options.analysis.reweighting import read_edits, reweigh
from policy_options.analysis.robustness import Robustness, RobustnessSettings, robustness
from policy_options.analysis.weight_region import band_region
from policy_options.wording.advice import Asks, approved_sentence, bottom_lines
from policy_options.wording.changes import nearest_sentences, open_sentences
from policy_options.wording.phrases import load_phrases
from problems import UNKNOWN, criterion, problem, repeatable, shared

ENGLISH = load_phrases("en")
ILLUSTRATIVE = {"set": "illustrative"}


def firm_of(of: Problem, *shares: float, threshold: float = 0.0, baseline: str | None = None) -> Robustness:
    weights = shared(*shares)
    settings = RobustnessSettings(precision=Precision(samples=2_048))
    return robustness(assess(of, weights, baseline=baseline, threshold=threshold), band_region(weights, 0.25), settings)


def lines(
    firm: Robustness,
    statuses: Mapping[str, str] = ILLUSTRATIVE,
    *,
    asks: Asks = "priority",
    others: Mapping[str, tuple[float, ...]] = {},
) -> list[str]:
    ranking = firm.assessment.ranking
    found = overview(ranking.problem, [ranking.weights, *(shared(*each, id=name) for name, each in others.items())])
    return bottom_lines(firm.assessment, firm, found, statuses, ENGLISH, weights="Even", asks=asks)


def test_a_clear_lead_says_what_how_sure_why_and_what_would_change_it() -> None:
    said = lines(firm_of(problem([[90, 40, 10], [10, 45, 20]]), 0.5, 0.3, 0.2))
    assert said == [
        "Put a first. Under Even it has 59.0 of 100 points, 36.5 more than b, thanks mainly to c1, though behind on c3.",
        "How sure: robust; it comes first in 100% of the ways of weighting tried.",
        "The one illustrative weight set (nobody was asked) puts it first.",
        "What would change it: with 8% of all weight on c1 instead of 50%, the others in proportion, b would lead.",
    ]


def test_two_that_cannot_be_told_apart_are_both_named_with_the_tie_breaker() -> None:
    said = lines(firm_of(problem([[60, 40], [41, 57]]), 0.5, 0.5, threshold=2.0))
    assert said[0] == (
        "Two options lead and the analysis cannot separate them: a (50.0 of 100 points) and b (49.0). We put a first: it is "
        "1.0 points ahead under Even, thanks mainly to c1, though behind on c2."
    )
    assert said[1].startswith("How sure: too close to call; it comes first in ")
    assert said[2].endswith("puts it first, though too close to call.")


def test_what_ties_is_left_to_the_reader() -> None:
    firm = firm_of(problem([[60, 40], [40, 60]]), 0.5, 0.5, threshold=2.0)
    said = lines(firm)
    assert (
        said[0]
        == "a and b have the same value under Even, 50.0 of 100 points: the analysis does not choose between them."
    )
    assert not any("would change it" in sentence for sentence in said)
    assert approved_sentence(firm.assessment, ENGLISH, asks="priority") == ""


def test_a_lead_that_nothing_can_turn_has_one_verdict() -> None:
    said = " ".join(lines(firm_of(problem([[51, 51], [50, 50]]), 0.5, 0.5, threshold=2.0)))
    assert "How sure: dominant" in said
    assert "too close to call" not in said


def test_an_unknown_rival_is_open_once_and_by_name_and_nothing_is_denied() -> None:
    of = problem([[80, 80], [UNKNOWN, 70], [50, 40]])
    firm = firm_of(of, 0.5, 0.5)
    said = lines(firm, {"set": "illustrative", "other": "illustrative"}, others={"other": (0.4, 0.6)})
    assert said == [
        "a heads the order under Even, with 80.0 of 100 points, but unknown scores leave the first place open.",
        "How sure: fragile; a score that is unknown could put another option first.",
        "b has no score yet on c1: at 90.1 or better it would lead.",
        "Both illustrative weight sets (nobody was asked) leave open, for want of a score, whether a comes first.",
    ]
    assert open_sentences(firm, ENGLISH) == said[2:3]
    assert not re.search(r"\b(no|none|never|only)\b (other|single)", " ".join(said))


def test_people_who_were_asked_are_counted_apart() -> None:
    of = problem([[60, 40], [45, 50]])
    statuses = {"set": "illustrative", "x": "elicited", "y": "elicited", "z": "illustrative"}
    said = lines(firm_of(of, 0.8, 0.2), statuses, others={"x": (0.1, 0.9), "y": (0.2, 0.8), "z": (0.7, 0.3)})
    assert "Neither of the two weight sets that people were asked for puts it first." in said
    assert "Both illustrative weight sets (nobody was asked) put it first." in said


@pytest.mark.parametrize(
    ("asks", "act", "approved"),
    [
        ("priority", "Put a first.", "What would be approved: a first."),
        ("choice", "Choose a.", "What would be approved: a."),
        ("ranking", "a ranks first.", "What would be approved: the order a, c and b."),
    ],
)
def test_what_is_asked_decides_the_verbs_and_what_is_approved(asks: Asks, act: str, approved: str) -> None:
    firm = firm_of(problem([[90, 40], [10, 45], [30, 30]]), 0.5, 0.5)
    assert lines(firm, asks=asks)[0].startswith(act)
    assert approved_sentence(firm.assessment, ENGLISH, asks=asks) == approved


def test_a_score_within_its_range_comes_before_weights() -> None:
    of = problem([[60, 50], [40, 60]], low=[[45, 50], [40, 60]], high=[[70, 50], [40, 60]])
    firm = firm_of(of, 0.5, 0.5)
    assert lines(firm)[-1] == "What would change it: with its c1 at 49.9 instead of 60, b would lead."
    near = nearest_sentences(firm, ENGLISH)
    assert near[0] == "The score closest to changing the lead: with c1 of a at 49.9 instead of 60, b would lead."
    assert near[1].startswith("The single weight closest to changing the lead: with ")


def test_an_option_that_fails_a_red_line_is_neither_recommended_nor_a_rival() -> None:
    axes = [criterion("c1", red_line=50.0), criterion("c2")]
    firm = firm_of(problem([[60, 40], [40, 100], [50, 30]], criteria=axes), 0.5, 0.5)
    said = lines(firm)
    assert said[0].startswith("Put a first.")
    assert "b has as many points or more, but fails a red line." in said[0]


values = st.lists(st.lists(st.integers(0, 20).map(lambda v: 5.0 * v), min_size=3, max_size=3), min_size=2, max_size=5)


@repeatable
@given(values)
def test_whatever_weights_the_bottom_line_names_change_the_lead_once_typed(matrix: list[list[float]]) -> None:
    of = problem(matrix)
    firm = firm_of(of, 0.5, 0.3, 0.2)
    last = lines(firm)[-1]
    if "What would change it" not in last:
        return
    single = re.search(r"with ([\d.]+)% of all weight on (c\d) instead", last)
    several = re.findall(r"(c\d) [\d.]+% → ([\d.]+)%", last)
    edits = [f"{single[2]}={single[1]}%"] if single else [f"{name}={to}%" for name, to in several]
    assert edits, last
    taking = re.search(r", (\w(?:(?:, | and )\w)*) would lead\.$", last)
    assert taking is not None, last
    vector = shared(0.5, 0.3, 0.2)
    new = reweigh(vector, dict.fromkeys(vector.criteria, ()), read_edits(edits)).shares
    overall = of.values @ new
    for name in re.split(", | and ", taking[1]):  # several if they tie
        assert overall[of.option_index[name]] == pytest.approx(overall.max())
    assert overall[of.option_index[firm.leader]] < overall.max()
