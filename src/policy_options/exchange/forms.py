"""The shapes of the published JSON, as typed dictionaries that define each key and generate the JSON Schemas.

A change that would mislead older readers gets a new number in ``schema``.
"""

from __future__ import annotations

from typing import Any, Final, Literal, NotRequired

from typing_extensions import TypedDict  # pydantic accepts typing's own only from Python 3.12 on

__all__ = [
    "CHECK_SCHEMA",
    "CLOSE_PAIRS_PUBLISHED",
    "DIAGNOSTICS_SCHEMA",
    "OPTION_SCHEMA",
    "RANKINGS_SCHEMA",
    "RANKING_SCHEMA",
    "WEIGHTS_SCHEMA",
    "WEIGHT_SETS_SCHEMA",
    "CheckForm",
    "CombinedForm",
    "ConsistencyForm",
    "CrossCheckForm",
    "DiagnosticForm",
    "DiagnosticsForm",
    "FindingForm",
    "OptionForm",
    "RankedOptionForm",
    "RankingForm",
    "RankingSummaryForm",
    "RankingsForm",
    "SampledForm",
    "ScoreForm",
    "WeightSetForm",
    "WeightSetSummaryForm",
    "WeightSetsForm",
    "WeightsForm",
    "WhatIfForm",
]

RANKING_SCHEMA: Final = "policy-options/ranking/1"
OPTION_SCHEMA: Final = "policy-options/option/1"
CHECK_SCHEMA: Final = "policy-options/check/1"
RANKINGS_SCHEMA: Final = "policy-options/rankings/1"
WEIGHT_SETS_SCHEMA: Final = "policy-options/weight-sets/1"
WEIGHTS_SCHEMA: Final = "policy-options/weights/1"
DIAGNOSTICS_SCHEMA: Final = "policy-options/diagnostics/1"
CLOSE_PAIRS_PUBLISHED: Final = 10_000


class WeightSetForm(TypedDict):
    """The weights that a ranking rests on, and whose they are."""

    id: str
    title: str
    holder: str
    status: Literal["elicited", "illustrative"]


class RedLineForm(TypedDict):
    """A red line that an option fails, or might fail within the bounds of its score."""

    criterion: str
    status: Literal["fails", "might fail"]


class RankedOptionForm(TypedDict):
    """One option, best first. ``value`` is the lower end if scores are unknown, ``upper_value`` the upper one."""

    id: str
    title: str
    rank: int
    value: float
    upper_value: float
    best_rank: int
    worst_rank: int
    lead_over_baseline: float | None
    contributions: dict[str, float | None]
    group_contributions: dict[str, float | None]
    fails_red_line: bool
    red_lines: list[RedLineForm]


class ClosePairForm(TypedDict):
    """Two options whose values are too close to call."""

    better: str
    worse: str
    difference: float


class DominanceForm(TypedDict):
    """Pairs [dominator, dominated]."""

    by_likely: list[list[str]]
    by_intervals: list[list[str]]


class CostValueForm(TypedDict):
    """Value without the cost group, economy (100 is cheapest) and the frontier."""

    group: str
    value_without_cost: dict[str, float | None]
    economy: dict[str, float | None]
    frontier: list[str]


class SpreadForm(TypedDict):
    """The least and the largest weight that any participant gives to a criterion, and who gives them."""

    low: float
    high: float
    lowest: str
    highest: str


class DisagreementForm(TypedDict):
    """Two participants, the share of all weight on which they disagree, and the criterion that divides them most."""

    more: str
    less: str
    share: float
    criterion: str
    difference: float


class CombinedForm(TypedDict):
    """Several people's weights: the rule that combines them, null without a rule, and how far they differ."""

    rule: Literal["mean", "geometric", "median"] | None
    participants: dict[str, dict[str, float]]
    spread: dict[str, SpreadForm]
    disagreements: list[DisagreementForm]


class WhatIfForm(TypedDict):
    """Weights that are in no file: the changes to the set's own weights, and the result under those."""

    edits: list[str]
    take_from: str | None
    weights_before: dict[str, float]
    ranks_before: dict[str, int]


class CorrectionForm(TypedDict):
    """A judgement that disturbs the others most, the value that would fit, and the measure after that change alone."""

    first: str
    second: str
    said: float
    fits: float
    after: float


class ConsistencyForm(TypedDict):
    """How far one person's judgements within one group contradict one another; for the root, the group is null."""

    person: str
    group: str | None
    measure: Literal["consistency-ratio", "input-based-ratio"]
    value: float
    threshold: float | None
    table: str
    extra: float
    within: bool
    worst: list[CorrectionForm]


class SampledForm(TypedDict):
    """The basis of one person's sampled centre; the standard error is a share of total weight."""

    person: str
    seed: int
    count: int
    standard_error: float


class RankingForm(TypedDict):
    """The ranking under one weight set. ``close_pairs`` has the first 10,000 of ``close_pair_count``."""

    schema: Literal["policy-options/ranking/1"]
    dossier: str
    scenario: NotRequired[str]
    weight_set: WeightSetForm
    weights: dict[str, float]
    what_if: WhatIfForm | None
    combined: CombinedForm | None
    consistency: list[ConsistencyForm]
    sampled: list[SampledForm]
    too_close_to_call: float
    baseline: str | None
    options: list[RankedOptionForm]
    stale: list[str]
    close_pair_count: int
    close_pairs: list[ClosePairForm]
    dominance: DominanceForm
    cost_value: CostValueForm | None


class ScoreForm(TypedDict):
    """A score with everything it rests on; a performance on levels is the id of its level, an unknown one is null."""

    low: float | str | None
    likely: float | str | None
    high: float | str | None
    unit: str
    value: float | None
    weight: float
    contribution: float | None
    confidence: str | None
    rationale: str | None
    evidence: list[str]


class OptionForm(TypedDict):
    """One option, criterion by criterion."""

    schema: Literal["policy-options/option/1"]
    dossier: str
    scenario: NotRequired[str]
    weight_set: WeightSetForm
    what_if: WhatIfForm | None
    combined: CombinedForm | None
    stale: list[str]
    option: RankedOptionForm
    scores: dict[str, ScoreForm]


class FindingForm(TypedDict):
    """A finding about the dossier."""

    code: str
    message: str
    remedy: str
    ids: list[str]
    file: str | None
    line: int | None
    column: int | None


class AcknowledgedForm(TypedDict):
    """A finding that the decision acknowledges."""

    finding: FindingForm
    because: str


class CitationsForm(TypedDict):
    """The numbers of paragraphs (``found``), pages and quotations that were found in the files of their sources."""

    paragraphs: int
    found: int
    pages: int
    pages_found: int
    quotes: int
    quotes_found: int
    without_text: list[str]


class CheckForm(TypedDict):
    """The result of checking a dossier. Leaders are the first among the options that fail no red line."""

    schema: Literal["policy-options/check/1"]
    dossier: str
    options: int
    criteria: int
    weight_sets: int
    scores: int
    unsupported: int
    unknown: int
    findings: list[FindingForm]
    acknowledged: list[AcknowledgedForm]
    citations: CitationsForm | None
    best_by_criterion: dict[str, list[str]]
    leaders_by_weight_set: dict[str, list[str]]
    weight_set_status: dict[str, Literal["elicited", "illustrative"]]
    restates_weights: bool


class RankingSummaryForm(TypedDict):
    """The options under one weight set; ``values`` are the lower ends if scores are unknown."""

    weight_set: WeightSetForm
    weights: dict[str, float]
    combined: CombinedForm | None
    sampled: list[SampledForm]
    ranks: dict[str, int]
    best_ranks: dict[str, int]
    worst_ranks: dict[str, int]
    values: dict[str, float]
    upper_values: dict[str, float]
    first: list[str]
    lead: float | None
    stale: list[str]


class RankingsForm(TypedDict):
    """The options under every weight set, side by side."""

    schema: Literal["policy-options/rankings/1"]
    dossier: str
    scenario: NotRequired[str]
    too_close_to_call: float
    options: dict[str, str]
    fails_red_line: list[str]
    rankings: list[RankingSummaryForm]


class WeightSetSummaryForm(TypedDict):
    """One row of the list of weight sets."""

    id: str
    title: str
    holder: str
    status: Literal["elicited", "illustrative"]
    method: str
    across: Literal["leaves", "siblings"]
    parent: str | None
    combined: CombinedForm | None
    consistency: list[ConsistencyForm]
    given_on_stored: bool
    stale: list[str]
    heaviest: list[str]
    first: list[str]
    lead: float | None


class WeightSetsForm(TypedDict):
    """All weights that options can be ranked under."""

    schema: Literal["policy-options/weight-sets/1"]
    dossier: str
    weight_sets: list[WeightSetSummaryForm]


class CrossCheckForm(TypedDict):
    """A redundant judgement, and the value that the weights imply instead."""

    of: str
    beside: str
    said: float
    implied: float | None


class WeightsForm(TypedDict):
    """One weight set in full. ``judgements`` are as in the file; weights are null if participants are not combined."""

    schema: Literal["policy-options/weights/1"]
    dossier: str
    weight_set: WeightSetForm
    rationale: str
    date: str | None
    parent: str | None
    method: str
    across: Literal["leaves", "siblings"]
    judgements: dict[str, Any]
    weights: dict[str, float] | None
    group_weights: dict[str, float] | None
    consistency: list[ConsistencyForm]
    centre_of_region: bool
    sampled: list[SampledForm]
    cross_checks: list[CrossCheckForm]
    combined: CombinedForm | None
    given_on: dict[str, Any]
    stale: list[str]


class DiagnosticForm(TypedDict):
    """Weights derived from the scores alone, by a method; ``constant`` criteria do not distinguish options."""

    method: Literal["entropy", "critic", "merec"]
    source: str
    weights: dict[str, float]
    constant: list[str]


class DiagnosticsForm(TypedDict):
    """Diagnostics, which are nobody's preferences, next to the weights of every set."""

    schema: Literal["policy-options/diagnostics/1"]
    dossier: str
    diagnostics: list[DiagnosticForm]
    weight_sets: dict[str, dict[str, float]]
