"""How firm a ranking is: every measure of robustness, computed on first use, and the verdict by rule.

Options that fail a red line are not recommended and are left out throughout. Unknown scores are included throughout:
exact measures take those of the leader at their worst and those of its rivals at their best, so that the results are
true whatever the scores turn out to be; rivals that would then lead are named as contenders (``switching.unknowns``).

The verdict's rule, in this order: ``tied`` where the first two options have the same value; ``dominant`` where the
first is at least as good as every other on all criteria wherever in their ranges the scores fall, however small its
lead; ``tied`` where the first two are too close to call; ``fragile`` where unknown scores leave open who leads;
``robust`` where the first is first in at least a share ``robust`` of the weight vectors around the set (those that its
judgements allow, or a band), scores uncertain; ``fragile`` where that is under ``fragile``, or one score between its
low and high makes another lead; ``sensitive`` otherwise. These are shares of weight vectors and never the chance of an
event.
"""

from __future__ import annotations

from concurrent.futures import Executor
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Final, Literal

import numpy as np

from policy_options.analysis.acceptability.exact import NotExact, exact_acceptability
from policy_options.analysis.acceptability.results import Acceptability
from policy_options.analysis.acceptability.sampled import Precision, Progress, sampled_acceptability
from policy_options.analysis.additive import TIE
from policy_options.analysis.assessment import Assessment
from policy_options.analysis.distributions import Uncertainty
from policy_options.analysis.drivers.cited import CitedLead, cited_lead
from policy_options.analysis.drivers.low_confidence import AtItsEnds, at_their_ends
from policy_options.analysis.drivers.more_often import Cause, cause
from policy_options.analysis.drivers.reversal import Reversals, reversals
from policy_options.analysis.drivers.tornado import Tornado, tornado
from policy_options.analysis.drivers.value_of_information import ValueOfInformation, value_of_information
from policy_options.analysis.problem import Problem, Spread
from policy_options.analysis.ranking import Ranking, rank
from policy_options.analysis.stability import Stability, movements, stability
from policy_options.analysis.switching.nearest import Change, nearest_switching_values, nearest_weight
from policy_options.analysis.switching.score_values import (
    ScoreSwitchingValue,
    ScoreSwitchingValues,
    score_switching_values,
)
from policy_options.analysis.switching.scores import (
    ScoreSwitch,
    local_switching_value,
    red_line_switching_values,
    typed_score,
)
from policy_options.analysis.switching.unknowns import OpenScore, Settled, settle, settled_problem
from policy_options.analysis.switching.weight_values import WeightSwitchingValue, weight_switching_values
from policy_options.analysis.switching.weights import MoveSwitch, WeightSwitch, typed_ends, typed_move
from policy_options.analysis.weight_region import WeightRegion, free_region, held_region
from policy_options.errors import PolicyOptionsError

__all__ = [
    "RIVALS",
    "Robustness",
    "RobustnessSettings",
    "RobustnessVerdict",
    "Thresholds",
    "robustness",
    "shares_at_likely",
    "shares_drawn",
    "spread_of",
]

Kind = Literal["tied", "dominant", "robust", "fragile", "sensitive"]

EXACT_BY_DEFAULT: Final = 60_000
"""Candidate vertices examined by default: about a sixth of a second."""

RIVALS: Final = 20
"""Number of rivals, the first in order, for which the least change of weights is sought: eight programs each."""

COMPARISON_ERROR: Final = 0.005
"""The half-width of shares drawn for comparison only: they are read in whole per cents."""

EXACT_WHEN_ASKED: Final = 50_000_000
"""Candidate vertices examined with ``exact``: a minute or two."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The shares of weight vectors that the verdict compares with."""

    robust: float = 0.9
    fragile: float = 0.5


@dataclass(frozen=True, slots=True)
class RobustnessSettings:
    """How robustness is computed. ``exact`` asks for exact shares of weight vectors, or an error."""

    thresholds: Thresholds = field(default_factory=Thresholds)
    uncertainty: Uncertainty = field(default_factory=Uncertainty)
    seed: int = 0
    precision: Precision = field(default_factory=Precision)
    exact: bool = False
    locked: tuple[str, ...] = ()
    executor: Executor | None = field(default=None, repr=False)
    progress: Progress | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class RobustnessVerdict:
    """The verdict, with the figures that led to it.

    ``share`` is that of the weight vectors under which ``leader`` is first, scores uncertain, known to ``half_width``
    (95%); ``None`` where the rule did not need it. ``switching_values`` counts the scores that, alone and within their
    bounds, make another lead; ``open`` lists the rivals that unknown scores could make lead.
    """

    kind: Kind
    leader: str
    runner_up: str
    lead: float | None
    close_within: float
    thresholds: Thresholds
    share: float | None = None
    half_width: float | None = None
    switching_values: int | None = None
    open: int = 0

    @property
    def undecided(self) -> bool:
        """Whether the share is so near a threshold that its error leaves open on which side it is."""
        if self.share is None or not self.half_width:
            return False
        near = (self.thresholds.robust, self.thresholds.fragile)
        return any(abs(self.share - threshold) <= self.half_width for threshold in near)


@dataclass(frozen=True, eq=False)
class Robustness:
    """The robustness of one ranking. ``around`` are the weight vectors around the set: its judgements' region, or a band."""

    assessment: Assessment
    around: WeightRegion
    settings: RobustnessSettings

    @property
    def ranking(self) -> Ranking:
        """The ranking of the options that fail no red line; of all where each fails one."""
        return self.assessment.kept

    @property
    def left_out(self) -> tuple[str, ...]:
        """The options that fail a red line and are left out."""
        kept = self.ranking.problem.option_index
        return tuple(option for option in self.assessment.ranking.in_order if option not in kept)

    @cached_property
    def settled(self) -> Settled:
        """The ranking with every unknown score at an end of its scale, and what that leaves open."""
        return settle(self.ranking, self.leader)

    @property
    def known(self) -> Ranking:
        """The ranking for exact measures: unknown scores at the ends least favourable to the leader."""
        return self.settled.cautious

    @cached_property
    def unknown(self) -> tuple[str, ...]:
        """The options with an unknown score that carries weight."""
        problem = self.ranking.problem
        rows = np.flatnonzero((problem.unknown & (self.ranking.shares > 0.0)).any(axis=1))
        return tuple(problem.option_ids[row] for row in rows)

    @property
    def leader(self) -> str:
        """The option whose lead is questioned: the one to put first."""
        return self.assessment.first

    @cached_property
    def free(self) -> WeightRegion:
        """All weight vectors."""
        return free_region(self.ranking.problem.criterion_ids)

    @cached_property
    def stability(self) -> Stability:
        """How far each weight may move without a change of leader, whatever unknown scores are, or of the order as listed."""
        found = stability(self.known, leader=self.leader, locked=self.settings.locked)
        if self.settled.listed is self.known:
            return found
        listed = stability(self.settled.listed, leader=self.leader, locked=self.settings.locked)
        nodes = tuple(
            replace(node, order=as_listed.order) for node, as_listed in zip(found.nodes, listed.nodes, strict=True)
        )
        return replace(found, nodes=nodes)

    @cached_property
    def weight_switches(self) -> dict[str, tuple[WeightSwitch | None, WeightSwitch | None]]:
        """By criterion and group, the first weights below and above at which another leads, as figures to type."""
        ranking = self.known
        moving = movements(ranking, locked=self.settings.locked)
        nodes = {node.id: node for node in self.stability.nodes}
        return {one.id: typed_ends(ranking, self.leader, nodes[one.id], one) for one in moving}

    @cached_property
    def weight_switching_values(self) -> tuple[WeightSwitchingValue, ...]:
        """The nearest of all weights at which another option ties or leads."""
        return self._switching_values(self.free)

    @cached_property
    def weight_switching_values_around(self) -> tuple[WeightSwitchingValue, ...]:
        """The nearest weights, among those around the set, at which another option ties or leads."""
        return self._switching_values(self.around)

    def _switching_values(self, region: WeightRegion) -> tuple[WeightSwitchingValue, ...]:
        """Weight switching values of each option against rivals at their worst: "never" is then true whatever unknown
        scores are.
        """
        listed, known = self.settled.listed, self.known
        if listed is known:
            return weight_switching_values(known, region, over=self.leader, most=RIVALS)
        asked = [option for option in known.in_order if option != self.leader][:RIVALS]
        found: list[WeightSwitchingValue] = []
        for option in asked:
            found += weight_switching_values(self._against_worst(option), region, over=self.leader, only=option)
        return tuple(found)

    def _against_worst(self, option: str) -> Ranking:
        """The ranking with an option's unknown scores at their best, unless it is a contender, and all others' at their
        worst.
        """
        if option not in self.unknown or option in self.settled.contenders:
            return self.settled.listed
        return rank(settled_problem(self.ranking.problem, at_best=(option,)), self.known.weights)

    @cached_property
    def score_switching_values(self) -> ScoreSwitchingValues:
        """The performance at which each known score makes another lead; red lines and the ends of local scales move
        with it.
        """
        found = score_switching_values(self.known, leader=self.leader)
        whole = self.ranking.problem
        index = {name: column for column, name in enumerate(whole.criterion_ids)}
        local = {axis.id for axis in whole.criteria if axis.local}
        by_line = {(tie.option, tie.criterion): tie for tie in red_line_switching_values(self._whole, self.leader)}
        switching_values = []
        for tie in found.switching_values:
            if whole.unknown[whole.option_index[tie.option], index[tie.criterion]]:
                continue  # has no likely performance to move from; what it leaves open is in ``settled``
            if tie.criterion in local and tie.never != "no-weight":
                axis = whole.criteria[index[tie.criterion]]
                better_is_up = axis.direction == "more-is-better"
                rising = better_is_up != (tie.option == self.leader)
                tie = local_switching_value(self._whole, self.leader, tie, rising=rising)
            line = by_line.pop((tie.option, tie.criterion), None)
            switching_values.append(tie if line is None or _sooner(tie, line) else line)
        return ScoreSwitchingValues(found.leader, (*switching_values, *by_line.values()))

    @cached_property
    def _whole(self) -> Ranking:
        """The ranking of all options, including those that fail a red line, with unknown scores as in ``known``."""
        whole = self.assessment.ranking
        if not self.left_out:
            return self.known
        at_best = [o for o in self.unknown if o != self.leader and o not in self.settled.contenders]
        return rank(settled_problem(whole.problem, at_best=at_best), whole.weights)

    @cached_property
    def score_switches(self) -> tuple[ScoreSwitch, ...]:
        """Single scores that within their range make another lead, as figures to type, nearest first."""
        found = (self.typed(tie) for tie in nearest_switching_values(self.score_switching_values.switching_values))
        return tuple(one for one in found if one is not None and one.within)

    def typed(self, tie: ScoreSwitchingValue) -> ScoreSwitch | None:
        """The first performance beyond a switching value that can be typed and at which another leads."""
        return typed_score(self._whole, self.leader, tie)

    def open_at(self, score: OpenScore) -> float:
        """The first performance of an unknown score, as a figure to type, at which it makes its option lead."""
        assert score.at is not None
        axis = self.ranking.problem.criterion(score.criterion)
        worst = axis.low if score.rising else axis.high
        tie = ScoreSwitchingValue(
            score.option,
            score.criterion,
            worst,
            axis.low,
            axis.high,
            score.at,
            True,
            True,
            (score.option,),
            rising=score.rising,
        )
        found = self.typed(tie)
        return score.at if found is None else found.to

    def typed_move(self, tie: WeightSwitchingValue, *, around: bool = False) -> MoveSwitch | None:
        """The move of a switching value, as weights that put its option ahead when typed; ``around`` the set only, if
        asked.
        """
        return typed_move(self._against_worst(tie.option), tie, within=self.around if around else None)

    @cached_property
    def level(self) -> tuple[str, ...]:
        """The options that have the same value as the leader."""
        ranking, first = self.known, self.leader
        return tuple(
            option
            for option in ranking.in_order
            if option != first and ranking.value(option) >= ranking.value(first) - TIE
        )

    @cached_property
    def nearest_weight(self) -> WeightSwitch | None:
        """The single criterion whose weight has to move least for another option to lead, with the others in proportion."""
        leaves = set(self.known.problem.criterion_ids)
        return nearest_weight([one for id, ends in self.weight_switches.items() if id in leaves for one in ends if one])

    @cached_property
    def nearest_move(self) -> MoveSwitch | None:
        """The least weight that has to move, among any criteria, for another option to lead."""
        switching_values = [
            tie
            for tie in self.weight_switching_values
            if tie.norm == "L1" and tie.possible and (tie.leads or tie.goal == "leads")
        ]
        switching_values.sort(key=lambda tie: tie.moved if tie.moved is not None else 1.0)
        found = (self.typed_move(tie) for tie in switching_values)
        return next((move for move in found if move is not None), None)

    @cached_property
    def nearest_change(self) -> Change | None:
        """The one change to name first, by the rule of ``switching.nearest``; ``None`` if none was found."""
        return next(iter(self.score_switches), None) or self.nearest_weight or self.nearest_move

    @cached_property
    def tornado(self) -> Tornado:
        """The tornado: how far each score and weight moves the lead."""
        return tornado(self.known, self.around, leader=self.leader)

    @cached_property
    def value_of_information(self) -> ValueOfInformation:
        """The value of information of each judgement: which to study first."""
        return value_of_information(self.ranking.problem, self.ranking.weights, self.settings.uncertainty)

    @cached_property
    def reversals(self) -> Reversals:
        """Whether an option's presence reorders others."""
        return reversals(self.ranking)

    @cached_property
    def low_confidence(self) -> tuple[AtItsEnds, ...]:
        """The order with each score of low confidence at its ends."""
        return at_their_ends(self.ranking)

    @cached_property
    def over_all_weights(self) -> Acceptability:
        """Over all weight vectors, scores likely. No verdict rests on it, as it depends on how finely groups are split."""
        return self._at_likely(self.free)

    @cached_property
    def around_at_likely(self) -> Acceptability:
        """Over the weight vectors around the set, scores likely."""
        return self._at_likely(self.around)

    @cached_property
    def around_uncertain(self) -> Acceptability:
        """Over the weight vectors around the set, scores uncertain: the basis of the verdict. Not sampled if no score
        is uncertain.
        """
        if not self.scores_vary:
            return replace(self.around_at_likely, scores="uncertain")
        return self._sampled(self.ranking, self.around, self.settings.uncertainty)

    @cached_property
    def drawn_apart(self) -> Acceptability:
        """Over the weight vectors around the set, each score drawn independently."""
        return self._drawn(together=False)

    @cached_property
    def drawn_together(self) -> Acceptability:
        """Over the weight vectors around the set, the scores of a criterion drawn together, at one quantile."""
        return self._drawn(together=True)

    def _drawn(self, *, together: bool) -> Acceptability:
        if self.settings.uncertainty.together == together:
            return self.around_uncertain
        coarse = replace(self.settings.precision, half_width=max(self.settings.precision.half_width, COMPARISON_ERROR))
        uncertainty = replace(self.settings.uncertainty, together=together)
        return shares_drawn(self.ranking.problem, self.around, uncertainty, replace(self.settings, precision=coarse))

    @property
    def doubt(self) -> Literal["scores", "weights"] | None:
        """Whether weights alone, or scores in addition, cost the leader more first places.

        ``None`` where the errors of both shares could account for the difference, or where the leader is level with
        another and has no lead to doubt.
        """
        if self.level:
            return None
        likely, drawn = self.around_at_likely, self.around_uncertain
        first = likely.share_first(self.leader)
        by_weights, by_scores = 1.0 - first, first - drawn.share_first(self.leader)
        if abs(by_scores - by_weights) <= 2.0 * (likely.half_width + drawn.half_width):
            return None
        return "scores" if by_scores > by_weights else "weights"

    @cached_property
    def cited_lead(self) -> CitedLead | None:
        """The lead that remains on the criteria where both scores cite a source."""
        return cited_lead(self.known, self.leader)

    @cached_property
    def spread(self) -> Spread:
        """What is uncertain about the scores that could carry weight."""
        return spread_of(self.ranking.problem, self.around)

    @property
    def scores_vary(self) -> bool:
        """Whether any score that could carry weight is unknown, or has a range or a distribution."""
        return self.spread != "none"

    @cached_property
    def under_the_set(self) -> Acceptability | None:
        """Under the weights of the set alone, scores uncertain; ``None`` if no score is."""
        if not self.scores_vary:
            return None
        return self._sampled(self.ranking, held_region(self.ranking.weights), self.settings.uncertainty)

    def more_often_because(self, option: str) -> Cause | None:
        """Why an option is first more often than the leader; ``None`` where unknown scores prevent an answer."""
        if self.unknown:
            return None
        alone = self.around_at_likely
        return cause(option, self.leader, weights_alone=alone, scores_alone=self.under_the_set)

    def _at_likely(self, region: WeightRegion) -> Acceptability:
        return shares_at_likely(self.known.problem, region, self.settings)

    def _sampled(self, ranking: Ranking, region: WeightRegion, uncertainty: Uncertainty | None) -> Acceptability:
        return shares_drawn(ranking.problem, region, uncertainty, self.settings)

    @cached_property
    def verdict(self) -> RobustnessVerdict:
        """The verdict, by the rule of this module."""
        assessment = self.assessment
        first = assessment.verdict
        runner_up = first.runner_up
        assert runner_up is not None  # with one option there is no robustness
        head = (self.leader, runner_up, first.lead, assessment.threshold, self.settings.thresholds)
        if first.kind == "tied" or (first.lead is not None and first.lead <= TIE):
            return RobustnessVerdict("tied", *head)
        beaten = {loser for winner, loser in assessment.dominance.by_intervals if winner == self.leader}
        if beaten.issuperset(option for option in self.ranking.problem.option_ids if option != self.leader):
            return RobustnessVerdict("dominant", *head)
        contenders = len(self.settled.contenders)
        if assessment.close.names(self.leader, runner_up):
            return RobustnessVerdict("tied", *head, open=contenders)
        found = self.around_uncertain
        share = found.share_first(self.leader)
        half_width = found.half_width
        switching_values = len(self.score_switches)
        kind = self._kind(share)
        return RobustnessVerdict(kind, *head, share, half_width, switching_values, contenders)

    def _kind(self, share: float) -> Kind:
        """The verdict if the rule depends on the share of weight vectors under which the leader is first."""
        thresholds = self.settings.thresholds
        if self.settled.contenders:
            return "fragile"
        if share >= thresholds.robust:
            return "robust"
        return "fragile" if share < thresholds.fragile or self.score_switches else "sensitive"

    @cached_property
    def with_the_other_setting(self) -> Kind | None:
        """The verdict if scores were drawn the other way, together or one by one; ``None`` where it is the same.

        It counts as the same if the error of that share leaves open which side of a threshold it is on.
        """
        if self.verdict.share is None or not self.scores_vary:
            return None
        other = self.drawn_apart if self.settings.uncertainty.together else self.drawn_together
        share, error = other.share_first(self.leader), other.half_width
        kind = self._kind(share)
        thresholds = self.settings.thresholds
        sure = all(abs(share - threshold) > error for threshold in (thresholds.robust, thresholds.fragile))
        return kind if sure and kind != self.verdict.kind and not self.verdict.undecided else None


def _sooner(tie: ScoreSwitchingValue, line: ScoreSwitchingValue) -> bool:
    """Whether a switching value by values is reached before a red line is crossed."""
    if tie.at is None or line.at is None:
        return line.at is None
    return abs(tie.at - tie.likely) <= abs(line.at - line.likely)


def shares_at_likely(problem: Problem, region: WeightRegion, settings: RobustnessSettings) -> Acceptability:
    """Compute shares of the weight vectors of a region at likely scores: exactly where possible, else sampled.

    Raises:
        PolicyOptionsError: exact shares are asked for, and cannot be computed.
    """
    most = EXACT_WHEN_ASKED if settings.exact else EXACT_BY_DEFAULT
    found = exact_acceptability(problem, region, most_vertices=most)
    if not isinstance(found, NotExact):
        return found
    if settings.exact:
        raise PolicyOptionsError.of("not-exact", _why_not(found, region), "leave --exact out, and it is sampled")
    return shares_drawn(problem, region, None, settings)


def shares_drawn(
    problem: Problem, region: WeightRegion, uncertainty: Uncertainty | None, settings: RobustnessSettings
) -> Acceptability:
    """Sample shares of the weight vectors of a region, with scores drawn or, without ``uncertainty``, at likely values."""
    return sampled_acceptability(
        problem,
        region,
        uncertainty=uncertainty,
        seed=settings.seed,
        precision=settings.precision,
        executor=settings.executor,
        progress=settings.progress,
    )


def spread_of(problem: Problem, region: WeightRegion) -> Spread:
    """What is uncertain about the scores that could carry weight in a region."""
    return problem.spread(region.along(problem.criterion_ids).upper > 0.0)


def _why_not(found: NotExact, region: WeightRegion) -> str:
    named = {"free": "all weights", "judgements": "the weights that the judgements allow", "band": "the band"}[
        region.kind
    ]
    match found.why:
        case "region":
            return f"{named} are no simplex, and cannot be cut into few enough of them"
        case "size":
            return f"exact shares over {named} would need a look at {found.vertices:,} vertices"
        case "identities":
            return f"the exact sum over {named} loses too many digits: its identities are off by {found.identity_error:.1g}"


def robustness(assessment: Assessment, around: WeightRegion, settings: RobustnessSettings) -> Robustness:
    """Analyse how firm a ranking is.

    Raises:
        PolicyOptionsError: fewer than two options are left to compare.
    """
    found = Robustness(assessment, around, settings)
    if len(found.ranking.problem.options) < 2:
        raise PolicyOptionsError.of(
            "one-option",
            "with a single option to choose from there is no order that could change",
            "write another option, or look at the red lines",
            ids=found.ranking.problem.option_ids,
        )
    return found
