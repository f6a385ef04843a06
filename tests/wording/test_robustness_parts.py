"""The five lines of the robustness opening, and its parts: what each contains, what is counted, what is not computed."""

from __future__ import annotations

import numpy as np
import pytest

from policy_options.analysis.acceptability.results import SampledBasis
from policy_options.analysis.acceptability.sampled import Precision
from policy_options.analysis.assessment import assess
from policy_options.analysis.problem import Problem
from policy_options.analysis.robustness import Robustness, RobustnessSettings, robustness
from policy_options.analysis.weight_region import band_region
from policy_options.reports.robustness_opening import opening_sections
from policy_options.reports.robustness_parts import PARTS, part_sections
from policy_options.wording.changes import change_sentence
from policy_options.wording.phrases import load_phrases
from policy_options.wording.robustness import information_sentences, left_out_sentences, verdict_sentences
from problems import problem, shared

ENGLISH = load_phrases("en")


def firm_of(of: Problem, *shares: float, threshold: float = 0.0, band: float = 0.25) -> Robustness:
    weights = shared(*shares)
    settings = RobustnessSettings(precision=Precision(samples=4_096))
    return robustness(assess(of, weights, baseline=None, threshold=threshold), band_region(weights, band), settings)


def three() -> Problem:
    """a leads b, whose score on c2 is uncertain; c is far behind."""
    likely = [[60.0, 60.0], [50.0, 50.0], [5.0, 5.0]]
    low, high = [list(row) for row in likely], [list(row) for row in likely]
    low[1][1], high[1][1] = 20.0, 95.0
    return problem(likely, low=low, high=high)


def lines(firm: Robustness) -> tuple[str, ...]:
    opening, _ = opening_sections(firm, ENGLISH)
    assert (opening.key, opening.listed) == ("opening", True)
    return opening.notes


def test_five_lines_in_the_order_that_a_planner_asks() -> None:
    firm = firm_of(three(), 0.5, 0.5)
    verdict, shares, change, study, others = lines(firm)
    assert verdict == verdict_sentences(firm, ENGLISH)[0]
    assert "a is first in 100% of the ways of weighting tried with scores as likely" in shares
    assert change == change_sentence(firm, ENGLISH)
    assert study == information_sentences(firm, ENGLISH)[1]
    share = firm.around_uncertain.share_first("b")
    assert others == (
        "Also first in some of the ways of weighting tried, with the scores drawn from their ranges: "
        f"b ({ENGLISH.numbers.percent(round(share, 3))})."
    )


def test_where_no_other_comes_first_that_is_said() -> None:
    firm = firm_of(problem([[60.0, 60.0], [50.0, 50.0]]), 0.5, 0.5)
    assert lines(firm)[-1] == "No other option came first in any of the ways of weighting tried."


def test_others_are_named_by_their_shares_and_the_rest_is_counted() -> None:
    likely = np.full((9, 1), 50.0)
    low, high = likely - 10.0, likely + 10.0 + np.arange(9)[:, None]
    said = lines(firm_of(problem(likely, low=low, high=high), 1.0))[-1]
    assert said.index("i (") < said.index("h (") < said.index("g (")
    assert said.endswith("and 3 more.")


def test_an_option_that_is_left_out_is_named_below_the_five() -> None:
    of = problem(
        [[60.0, 60.0], [50.0, 50.0], [40.0, np.nan]],
        low=[[60, 60], [50, 50], [40, 0]],
        high=[[60, 60], [50, 50], [40, 100]],
    )
    firm = firm_of(of, 0.5, 0.5)
    assert lines(firm)[-2:] == tuple(left_out_sentences(firm, ENGLISH))
    assert lines(firm)[-1] == "c has no score yet on c2: at 80.1 or better it would lead."


def test_what_it_rests_on_has_seed_count_error_and_rule() -> None:
    _, rests = opening_sections(firm_of(three(), 0.5, 0.5), ENGLISH)
    said = " ".join(rests.notes)
    assert "up to 25% of each weight" in said
    basis = firm_of(three(), 0.5, 0.5).around_uncertain.basis
    assert isinstance(basis, SampledBasis)
    draws = basis.draws
    assert draws > 1
    assert f"Scores uncertain: 4,096 sampled ways of weighting, each with {draws} draws of the scores (seed 0)" in said
    assert "Scores as likely: " in said
    assert "Verdicts, the first that applies: too close to call (the first two" in said


@pytest.mark.parametrize("part", ["stability", "weights", "scores", "drivers", "value-of-information", "reversal"])
def test_parts_without_shares_draw_no_sample(part: str) -> None:
    firm = firm_of(three(), 0.5, 0.5)
    (section,) = part_sections(firm, [part], ENGLISH)
    assert section.table is not None or section.notes
    assert not {"around_uncertain", "around_at_likely", "over_all_weights", "verdict"} & firm.__dict__.keys()


def test_no_part_is_missing_where_the_leader_has_an_unknown_score() -> None:
    of = problem([[60.0, np.nan], [20.0, 20.0]], low=[[60, np.nan], [20, 20]], high=[[60, np.nan], [20, 20]])
    assert len(part_sections(firm_of(of, 0.9, 0.1), list(PARTS), ENGLISH)) == len(PARTS)


def test_ranks_beyond_those_shown_are_counted() -> None:
    (of_26,) = part_sections(firm_of(problem(np.arange(26.0)[:, None]), 1.0), ["ranks"], ENGLISH)
    assert of_26.table is not None
    assert (len(of_26.table.columns), of_26.notes) == (25, ("2 further ranks are left to JSON and CSV.",))
    (of_24,) = part_sections(firm_of(problem(np.arange(24.0)[:, None]), 1.0), ["ranks"], ENGLISH)
    assert of_24.notes == ()


def test_rivals_that_no_change_of_weights_was_worked_out_for_are_counted() -> None:
    likely = np.stack([np.arange(23.0), np.arange(23.0)[::-1]], axis=1)
    (section,) = part_sections(firm_of(problem(likely), 0.6, 0.4), ["weights"], ENGLISH)
    assert len(section.notes) == 21
    assert section.notes[-1].startswith("Worked out for the 20 options next in order, of 22")


def test_judgements_beyond_those_shown_are_counted() -> None:
    likely = np.full((7, 1), 50.0)
    (section,) = part_sections(
        firm_of(problem(likely, low=likely - 20.0, high=likely + 20.0), 1.0), ["value-of-information"], ENGLISH
    )
    assert section.table is not None and len(section.table.rows) == 5
    assert section.notes[0].endswith("more are in the JSON and CSV.")


def test_where_nothing_has_a_range_that_is_said() -> None:
    (section,) = part_sections(firm_of(problem([[60.0], [50.0]]), 1.0), ["drivers"], ENGLISH)
    assert section.notes == ("No weight and no score has a range to move over.",)
