"""Sentences on how firm a ranking is are checked against the numbers: their claims are tested on the problem itself."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_options.analysis.acceptability.results import ExactBasis, SampledBasis
from policy_options.analysis.acceptability.sampled import Precision
from policy_options.analysis.assessment import assess
from policy_options.analysis.drivers.more_often import cause
from policy_options.analysis.problem import Problem
from policy_options.analysis.ranking import rank
from policy_options.analysis.reweighting import read_edits, reweigh
from policy_options.analysis.robustness import Robustness, RobustnessSettings, robustness
from policy_options.analysis.weight_region import WeightRegion, band_region
from policy_options.reports.robustness_figures import acceptability_words, tornado_words
from policy_options.reports.robustness_parts import part_sections
from policy_options.wording.phrases import Phrases, load_phrases
from policy_options.wording.robustness import (
    around_sentence,
    basis_sentences,
    information_sentences,
    rule_sentence,
    verdict_sentences,
)
from policy_options.wording.shares import beyond_text, moved_text, share_cell_text, share_text
from policy_options.wording.switching import score_switching_sentence, stability_sentence, weight_switching_sentences
from problems import UNKNOWN, criterion, group, problem, repeatable, shared
from support import Unrounded

ENGLISH = load_phrases("en")


# Phrases replaced by marks: the numbers and names in a sentence can be read back.
MARKS = {
    "numbers": {},
    "listing": "{first}, {last}",
    "robustness.switching.weights": "LEVEL {option} {over} {moved} [{steps}]",
    "robustness.switching.weights.level": "TIE {option} {over} {moved} [{steps}]",
    "robustness.switching.weights.already": "ALREADY {option} {over}",
    "robustness.switching.ties-only": "TIES {option} {over} {moved} [{steps}]",
    "robustness.switching.step": "{criterion}={to}",
    "robustness.switching.around.never": "NONE-AROUND",
    "robustness.switching.around.least": "AROUND {moved} [{steps}]",
    "robustness.switching.around.level": "AROUND-LEVEL {moved} [{steps}]",
    "robustness.switching.leads-further": "LEADS {moved} [{steps}]",
    "robustness.switching.leads-level": "LEADS-LEVEL {moved} [{steps}]",
    "robustness.switching.leads-same": "SAME",
    "robustness.switching.never.one": "NEVER {option} {over} {margin}",
    "robustness.switching.leads-never.one": "NEVER-LEADS {over} {margin}",
    "robustness.switching.leads-never": "NEVER-LEADS [{mixture}] {margin}",
    "robustness.switching.part": "{option}={part}",
    "more": "MORE",
}
UNROUNDED = Phrases("xx", Unrounded(), MARKS, "marks")


def firm_of(of: Problem, *shares: float, threshold: float = 0.0, band: float = 0.25) -> Robustness:
    weights = shared(*shares)
    settings = RobustnessSettings(precision=Precision(samples=4_096))
    return robustness(assess(of, weights, baseline=None, threshold=threshold), band_region(weights, band), settings)


values = st.lists(st.lists(st.integers(0, 20).map(lambda v: 5.0 * v), min_size=3, max_size=3), min_size=2, max_size=5)


def typed(steps: str, shares: list[float]) -> np.ndarray:
    """The weights once those named in a sentence are typed: the others share the remainder in proportion."""
    edits = read_edits([f"{name}={to}%" for name, to in re.findall(r"(c\d)=([\d.e+-]+)%", steps)])
    vector = shared(*shares)
    return reweigh(vector, dict.fromkeys(vector.criteria, ()), edits).shares


def moved_to(steps: str, shares: list[float]) -> np.ndarray:
    new = np.array(shares)
    for name, to in re.findall(r"(c\d)=([\d.e+-]+)%", steps):
        new[int(name[1:]) - 1] = float(to) / 100
    return new


NOW = {"c1": 50.0, "c2": 30.0, "c3": 20.0}


@repeatable
@given(values)
def test_the_weights_that_a_sentence_names_put_its_option_ahead_once_typed(matrix: list[list[float]]) -> None:
    of = problem(matrix)
    firm = firm_of(of, 0.5, 0.3, 0.2)
    for said in weight_switching_sentences(firm, UNROUNDED):
        found = re.match(r"(LEVEL|TIES|TIE) (\w) (\w) ([\d.e+-]+)% \[(.*?)\]", said)
        if found is None:
            assert said.startswith(("ALREADY", "NEVER"))
            continue
        option, over = of.option_index[found[2]], of.option_index[found[3]]
        never_ahead = (of.values[option] <= of.values[over]).all()
        assert said.startswith("TIES") == never_ahead
        if found[1] != "LEVEL":
            assert never_ahead  # no tie is reported merely for lack of a better figure
            overall = of.values @ moved_to(found[5], [0.5, 0.3, 0.2])
            assert overall[option] == pytest.approx(overall[over], abs=1e-6)
            assert "AROUND" not in said
            continue
        # What is typed moves as much down as up, and the sentence says how much, rounded up.
        steps = {name: float(to) for name, to in re.findall(r"(c\d)=([\d.e+-]+)%", found[5])}
        ups = [to - now for name, now in NOW.items() if (to := steps.get(name, now)) > now]
        downs = [now - to for name, now in NOW.items() if (to := steps.get(name, now)) < now]
        new = typed(found[5], [0.5, 0.3, 0.2])
        if sum(steps.values()) == pytest.approx(sum(NOW[name] for name in steps)):
            assert sum(ups) == pytest.approx(sum(downs))
            assert round(float(found[4]), 6) == pytest.approx(np.ceil(round(10 * sum(ups), 6)) / 10)
        else:  # only where those that give have no more to give
            assert 0.0 in [to for name, to in steps.items() if to < NOW[name]]
        overall = of.values @ new
        assert overall[option] > overall[over]
        assert overall[option] - overall[over] < 2.0  # and hardly more than needed
        leads = re.search(r"LEADS [\d.e+-]+% \[(.*?)\]", said)
        at = overall if leads is None else of.values @ typed(leads[1], [0.5, 0.3, 0.2])
        if "NEVER-LEADS" not in said and "LEADS-LEVEL" not in said:
            assert at[option] > np.delete(at, [option]).max() - 2.0
            if leads is not None:
                assert at[option] > np.delete(at, [option]).max()
        around = re.search(r" AROUND(-LEVEL)? [\d.e+-]+% \[(.*?)\]", said)
        if around is not None:
            near = (moved_to if around[1] else typed)(around[2], [0.5, 0.3, 0.2])
            assert firm.around.holds(near, 1e-6)
            there = of.values @ near
            if around[1]:
                assert there[option] == pytest.approx(there[over], abs=1e-5)
            else:
                assert there[option] > there[over]
        elif "NONE-AROUND" in said:
            assert (of.values[over] - of.values[option]) @ firm.around.centre > 0


@repeatable
@given(values)
def test_never_is_said_only_where_nothing_does_it(matrix: list[list[float]]) -> None:
    of = problem(matrix)
    corners = np.vstack((np.eye(3), np.random.default_rng(1).dirichlet(np.ones(3), 200)))
    for said in weight_switching_sentences(firm_of(of, 0.5, 0.3, 0.2), UNROUNDED):
        pair = re.match(r"NEVER (\w) (\w) ([\d.e+-]+)", said)
        if pair is not None:
            gap = of.values[of.option_index[pair[2]]] - of.values[of.option_index[pair[1]]]
            assert gap.min() >= float(pair[3]) - 1e-9
            assert float(pair[3]) > 0
        mixture = re.search(r"NEVER-LEADS \[(.*?)\] ([\d.e+-]+)", said)
        option = re.match(r"\w+ (\w)", said)
        if mixture is not None and option is not None:
            mixed = sum(
                float(part) / 100 * of.values[of.option_index[name]]
                for name, part in re.findall(r"(\w)=([\d.e+-]+)%", mixture[1])
            )
            ahead = corners @ (mixed - of.values[of.option_index[option[1]]])
            assert ahead.min() >= float(mixture[2]) - 1e-6


@repeatable
@given(values, st.integers(0, 2))
def test_a_weight_that_a_sentence_names_changes_the_lead_once_typed_and_its_limits_do_not(
    matrix: list[list[float]], column: int
) -> None:
    of = problem(matrix)
    firm = firm_of(of, 0.5, 0.3, 0.2)
    marks = {f"robustness.stability.{key}": f"{{low}} {{high}} {rest}" for key, rest in (
        ("both", "{at_below}={below} {at_above}={above}"), ("low", "{at_below}={below}"), ("high", "{at_above}={above}"),
    )}  # fmt: skip
    marks |= {
        "robustness.stability.always": "0% 100%",
        "robustness.stability.level": "LEVEL",
        "listing": "{first}, {last}",
    }
    node = firm.stability.of(f"c{column + 1}")
    said = stability_sentence(node, firm, Phrases("xx", Unrounded(), {**marks, "numbers": {}}, "marks"))
    if said == "LEVEL":
        assert firm.level
        return
    low, high = (float(end) for end in said.replace("%", "").split()[:2])
    leader = of.option_index[firm.leader]
    for percent in np.linspace(low, high, 7):
        overall = of.values @ typed(f"c{column + 1}={percent}%", [0.5, 0.3, 0.2])
        assert overall[leader] >= overall.max() - 1e-6
    for percent, taking in re.findall(r"([\d.e+-]+)%=(\w)", said):
        overall = of.values @ typed(f"c{column + 1}={percent}%", [0.5, 0.3, 0.2])
        assert overall[of.option_index[taking]] == pytest.approx(overall.max())
        assert overall[leader] < overall.max()


def with_score(of: Problem, option: str, criterion_id: str, performance: float) -> Problem:
    """The problem with a score typed as a bare number."""
    arrays = {name: getattr(of, name).copy() for name in ("low", "likely", "high")}
    for array in arrays.values():
        array[of.option_index[option], of.criterion_ids.index(criterion_id)] = performance
    return replace(of, **arrays)


@repeatable
@given(values)
def test_a_score_that_a_sentence_names_changes_the_lead_once_typed(matrix: list[list[float]]) -> None:
    of = problem(matrix)
    firm = firm_of(of, 0.5, 0.3, 0.2)
    for tie in firm.score_switching_values.switching_values:
        said = score_switching_sentence(tie, firm, ENGLISH)
        if tie.at is None:
            assert "never" in said
            continue
        if tie.at == tie.likely:
            assert "already level" in said
            continue
        named = re.search(r"at ([\d.]+) instead of ([\d.]+) ", said)
        assert named is not None, said
        after = rank(with_score(of, tie.option, tie.criterion, float(named[1])), shared(0.5, 0.3, 0.2))
        if "draws level" in said:
            assert after.value(firm.leader) == pytest.approx(max(after.lower), abs=1e-6)
            assert float(named[1]) in (0.0, 100.0)  # the end of the scale
        else:
            assert firm.leader not in after.leaders
        assert "certain" in said


def test_a_range_is_named_with_the_score_and_on_which_side_of_it() -> None:
    of = problem([[60, 50], [40, 60]], low=[[50, 50], [40, 60]], high=[[70, 50], [40, 90]])
    firm = firm_of(of, 0.5, 0.5)
    said = [score_switching_sentence(tie, firm, ENGLISH) for tie in firm.score_switching_values.switching_values]
    # At 50, the end of its range, the two only tie; a figure within its range that puts b ahead is preferred if there
    # is one.
    assert said[0] == "a on c1: at 50 instead of 60 (points), b draws level with a; that is within its range, 50 to 70."
    assert said[3] == "b on c2: at 70.1 instead of 60 (points), it leads; that is within its range, 60 to 90."


@pytest.mark.parametrize(
    ("share", "said"),
    [(0.0, "0%"), (1.0, "100%"), (0.0004, "under 0.1%"), (0.9996, "over 99.9%"), (0.2934, "29.3%"), (0.5, "50%")],
)
def test_a_share_is_never_rounded_onto_nothing_or_all(share: float, said: str) -> None:
    assert share_text(share, ENGLISH) == said


def test_each_verdict_says_its_own_figures() -> None:
    close = firm_of(problem([[60, 50], [50, 58]]), 0.5, 0.5, threshold=2.0)
    assert verdict_sentences(close, ENGLISH)[0] == (
        "Too close to call: a leads b by 1.0 points, and leads of up to 2.0 points are too close to call."
    )
    level = firm_of(problem([[60, 50], [50, 60]]), 0.5, 0.5, threshold=2.0)
    assert "have the same value" in verdict_sentences(level, ENGLISH)[0]
    sure = firm_of(problem([[60, 60], [50, 50]]), 0.5, 0.5)
    assert verdict_sentences(sure, ENGLISH)[0].startswith("Dominant: a is at least as good")
    firm = firm_of(problem([[90, 40], [10, 45]]), 0.5, 0.5)
    assert verdict_sentences(firm, ENGLISH)[0] == (
        "Robust: a is first in 100% of the ways of weighting tried (robust: 90% or more)."
    )
    assert "not the probability of anything" in verdict_sentences(firm, ENGLISH)[1]
    drawn = firm_of(problem([[90, 40], [10, 45]], low=[[85, 40], [10, 45]], high=[[95, 40], [10, 45]]), 0.5, 0.5)
    assert "tried, each with scores drawn from their ranges (robust" in verdict_sentences(drawn, ENGLISH)[0]
    unknown = firm_of(problem([[90, UNKNOWN], [80, 45]]), 0.5, 0.5)
    assert "each with the unknown scores drawn from their scales" in verdict_sentences(unknown, ENGLISH)[0]
    nothing = firm_of(problem([[UNKNOWN, UNKNOWN], [UNKNOWN, UNKNOWN]]), 0.5, 0.5, threshold=2.0)
    assert "unknown scores leave open by how much a leads b" in verdict_sentences(nothing, ENGLISH)[0]


def test_the_rule_and_what_was_tried_are_printed_with_their_thresholds() -> None:
    firm = firm_of(problem([[90, 40], [10, 45]]), 0.5, 0.5, threshold=3.0, band=0.4)
    assert "within 3.0 points" in rule_sentence(firm, ENGLISH)
    assert "robust (first in at least 90% of the ways" in rule_sentence(firm, ENGLISH)
    assert "up to 40% of each weight" in around_sentence(firm, ENGLISH)


def test_an_option_may_have_the_id_of_a_criterion() -> None:
    of = problem(
        [[60, 50], [50, 58]],
        options=["c1", "b"],
        criteria=[criterion("c1", groups=("g",)), criterion("c2")],
        groups=[group("g")],
    )
    firm = firm_of(of, 0.5, 0.5)
    node = firm.stability.of("g")
    assert "g (short)" in stability_sentence(node, firm, ENGLISH)


def drawn_firm(of: Problem, *shares: float, seed: int = 0, region: WeightRegion | None = None) -> Robustness:
    weights = shared(*shares)
    settings = RobustnessSettings(precision=Precision(samples=1 << 15), seed=seed)
    around = region or band_region(weights, 0.25)
    return robustness(assess(of, weights, baseline=None, threshold=0.0), around, settings)


THIRDS = [[50, 40, 60], [60, 50, 40], [40, 60, 50], [0, 0, 0]]


@pytest.mark.parametrize("seed", range(4))
def test_options_that_are_level_are_called_level_under_every_seed(seed: int) -> None:
    firm = drawn_firm(problem(THIRDS), 1 / 3, 1 / 3, 1 / 3, seed=seed)
    said = verdict_sentences(firm, ENGLISH)
    assert "a, b and c are level: each is first equally often." in said
    assert not any("more often, in" in sentence or "range" in sentence for sentence in said[1:2])
    assert acceptability_words(firm, ENGLISH)[0].startswith("a, b and c are level")
    # Equal ranges change nothing: no option is put first by chance.
    wide = drawn_firm(problem(THIRDS, low=np.array(THIRDS) * 0.8), 1 / 3, 1 / 3, 1 / 3, seed=seed)
    assert any("a, b and c are level" in sentence for sentence in verdict_sentences(wide, ENGLISH))
    assert [row[0] for row in shares_table(wide)] == [row[0] for row in shares_table(firm)]


def test_certain_scores_are_not_said_to_be_drawn_nor_ranges_to_lean() -> None:
    of = problem([[50, 50, 50], [100, 0, 43.8], [0, 100, 43.7]])
    firm = drawn_firm(of, 1 / 3, 1 / 3, 1 / 3)
    said = " ".join([*verdict_sentences(firm, ENGLISH), around_sentence(firm, ENGLISH)])
    assert firm.leader == "a"
    assert "b is first more often" in said
    assert "The weights alone cause this: no score has a range." in said
    assert "No score has a range, so that none is drawn." in said
    assert firm.around_uncertain.exact


def test_a_cause_is_named_only_where_it_does_it_alone() -> None:
    # Under the set a leads by a little; each of the others leads on one side of it.
    certain = np.array([[50.0, 50, 50], [100, 0, 47], [0, 100, 46]])
    by_weights = problem(certain, low=np.where(certain == 46, 45.9, certain))
    firm = drawn_firm(by_weights, 1 / 3, 1 / 3, 1 / 3)
    assert firm.more_often_because("b") == "weights"
    assert "and not with the weights held as in the set" in " ".join(verdict_sentences(firm, ENGLISH))
    by_scores = problem([[50, 50], [48, 48]], high=[[50, 50], [90, 90]])
    firm = drawn_firm(by_scores, 0.5, 0.5)
    assert firm.more_often_because("b") == "scores"
    assert "and not with every score at its likely value" in " ".join(verdict_sentences(firm, ENGLISH))
    both = problem(certain, high=np.add(certain, [[0, 0, 0], [0, 0, 30], [0, 0, 0]]))
    firm = drawn_firm(both, 1 / 3, 1 / 3, 1 / 3)
    assert firm.more_often_because("b") == "either"
    assert "also with the weights held" in " ".join(verdict_sentences(firm, ENGLISH))


def test_neither_cause_is_named_where_it_takes_both() -> None:
    # b needs weight on c1 and a draw above its likely score there; neither alone puts it above a more often than not.
    of = problem([[50, 50], [62, 36]], high=[[50, 50], [66, 40]], low=[[50, 50], [58, 33]])
    firm = drawn_firm(of, 0.5, 0.5)
    found = firm.around_uncertain
    assert firm.leader == "a"
    assert not found.more_often("b", "a")
    assert cause("b", "a", weights_alone=found, scores_alone=found) == "together"


def test_expected_values_name_what_lifts_one_option_or_lowers_the_other() -> None:
    gains = drawn_firm(problem([[50], [48]], high=[[50], [90]]), 1.0)
    said = " ".join(information_sentences(gains, ENGLISH))
    assert "By expected values b leads: over its ranges it is worth 14.0 points more than at its likely scores." in said
    loses = drawn_firm(problem([[50], [48]], low=[[20], [48]]), 1.0)
    said = " ".join(information_sentences(loses, ENGLISH))
    assert "over its ranges a is worth 10.0 points less than at its likely scores." in said
    both = drawn_firm(problem([[50], [48]], low=[[20], [48]], high=[[50], [90]]), 1.0)
    assert "14.0 points more than at its likely scores, and a 10.0 points less" in " ".join(
        information_sentences(both, ENGLISH)
    )
    level = drawn_firm(problem([[50, 40], [40, 50]]), 0.5, 0.5)
    assert "expected values" not in " ".join(information_sentences(level, ENGLISH))


@pytest.mark.parametrize(
    ("count", "said"), [(1_104_786, "0.0003%"), (32_768, "0.01%"), (30_000, "0.01%"), (29_999, "0.02%"), (20, "20%")]
)
def test_what_a_sample_has_not_seen_is_under_three_in_as_many(count: int, said: str) -> None:
    basis = SampledBasis(0, 16, count, count, 0.001)
    assert share_text(0.0, ENGLISH, basis) == f"under {said}"
    assert 3 / count <= float(said.removesuffix("%")) / 100 + 1e-12


def test_a_zero_of_a_sample_is_a_bound_wherever_it_is_printed() -> None:
    firm = drawn_firm(problem([[80, 80], [50, 60], [40, 82]], low=[[79, 79], [40, 50], [30, 40]]), 0.5, 0.5)
    found = firm.around_uncertain
    assert found.share_first("b") == 0.0
    table = {row[0]: row for row in shares_table(firm)}
    assert table["c"][1] == "under 0.01%"
    assert table["b"][1] == "never"  # proven: wherever its scores fall, a is ahead
    sentence = " ".join(basis_sentences(found, "around-uncertain", firm, ENGLISH))
    assert "c: not first in any of" in sentence
    assert "so first in under 0.01% of all (95%)" in sentence
    assert "c under 0.01%" in acceptability_words(firm, ENGLISH)[1]


def shares_table(firm: Robustness) -> tuple[tuple[object, ...], ...]:
    table = part_sections(firm, ["shares"], ENGLISH)[0].table
    assert table is not None
    return table.rows


def test_a_cell_of_a_map_has_no_none_that_is_not_known() -> None:
    basis, exact = SampledBasis(0, 16, 30_000, 30_000, 0.001), ExactBasis(1, 1, 0.0, 0.0)
    of = [share_cell_text(share, basis, ENGLISH.numbers) for share in (0.0, 0.004, 0.006, 0.5, 1.0)]
    assert of == ["<1%", "<1%", "1%", "50%", "100%"]
    assert share_cell_text(0.0, exact, ENGLISH.numbers) == "0%"
    assert share_cell_text(0.004, exact, ENGLISH.numbers) == "<1%"


def test_the_headline_of_the_tornado_has_the_peak_of_the_lead_inside_a_range() -> None:
    """a has 60; b falls from 80 to 20 and c rises from 20 to 80 with the weight of c1, so that its lead peaks at 10."""
    firm = firm_of(problem([[60, 60], [20, 80], [80, 20]]), 0.45, 0.55, band=0.5)
    title, alternative = tornado_words(firm, ENGLISH)
    # From 22.5 to 67.5% of weight: 6.5 behind b at one end, 0.5 behind c at the other, 10 ahead of both at 50%.
    assert "runs from −6.5 to +10.0 points" in title
    assert "−6.5 and −0.5, and +10.0 between" in alternative
    sections = part_sections(firm, ("drivers",), ENGLISH)
    rows = sections[0].table.rows if sections[0].table is not None else ()
    assert any("+10.0 at 50%" in row for row in rows)


def test_a_threshold_in_a_sentence_is_rounded_outward_and_a_move_up() -> None:
    assert beyond_text(0.91638, ENGLISH, rising=True) == "91.7%"
    assert beyond_text(0.91638, ENGLISH, rising=False) == "91.6%"
    assert beyond_text(0.916, ENGLISH, rising=True) == beyond_text(0.916, ENGLISH, rising=False) == "91.6%"
    # Nothing is less than 0% or more than 100% likely.
    assert beyond_text(0.00042, ENGLISH, rising=False) == "0.04%"
    assert beyond_text(0.99995, ENGLISH, rising=True) == "99.995%"
    assert moved_text(0.05101, ENGLISH) == "5.2%"
    assert moved_text(0.051, ENGLISH) == "5.1%"


def test_both_sides_of_a_move_are_rounded_outward() -> None:
    """The tie is between two tenths of a per cent: what gains is rounded up, and what gives down, by as much."""
    of = problem([[40, 70, 50], [73, 23, 50]])
    firm = firm_of(of, 0.4, 0.35, 0.25)
    (said,) = weight_switching_sentences(firm, ENGLISH)
    moved = re.search(r"if ([\d.]+)% of weight moves: c1 40% → ([\d.]+)% and c2 35% → ([\d.]+)%", said)
    assert moved is not None, said
    assert float(moved[1]) == pytest.approx(float(moved[2]) - 40) == pytest.approx(35 - float(moved[3]))
