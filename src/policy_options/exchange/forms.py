"""The shapes of our published JSON, as typed dictionaries: what each key is, and from which the JSON Schemas are made.

A change that old readers would misread gets a new number in ``schema``.
"""

from __future__ import annotations

from typing import Final, Literal

from typing_extensions import TypedDict  # pydantic reads typing's own only from Python 3.12 on

__all__ = [
    "CHECK_SCHEMA",
    "CLOSE_PAIRS_PUBLISHED",
    "OPTION_SCHEMA",
    "RANKING_SCHEMA",
    "CheckForm",
    "FindingForm",
    "OptionForm",
    "RankedOptionForm",
    "RankingForm",
    "ScoreForm",
    "WeightSetForm",
]

RANKING_SCHEMA: Final = "policy-options/ranking/1"
OPTION_SCHEMA: Final = "policy-options/option/1"
CHECK_SCHEMA: Final = "policy-options/check/1"
CLOSE_PAIRS_PUBLISHED: Final = 10_000


class WeightSetForm(TypedDict):
    """Whose weights a ranking rests on."""

    id: str
    title: str
    holder: str
    status: Literal["elicited", "illustrative"]


class RedLineForm(TypedDict):
    """A red line that an option fails, or might fail within the bounds of its score."""

    criterion: str
    status: Literal["fails", "might fail"]


class RankedOptionForm(TypedDict):
    """One option, best first. ``value`` is the lower end where scores are unknown, ``upper_value`` the upper one."""

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


class RankingForm(TypedDict):
    """The ranking under one weight set. ``close_pairs`` holds the first 10,000 of ``close_pair_count``."""

    schema: Literal["policy-options/ranking/1"]
    dossier: str
    weight_set: WeightSetForm
    weights: dict[str, float]
    too_close_to_call: float
    baseline: str | None
    options: list[RankedOptionForm]
    stale: list[str]
    close_pair_count: int
    close_pairs: list[ClosePairForm]
    dominance: DominanceForm
    cost_value: CostValueForm | None


class ScoreForm(TypedDict):
    """A score with all that it rests on; a performance on levels is the id of its level, an unknown one is null."""

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
    weight_set: WeightSetForm
    stale: list[str]
    option: RankedOptionForm
    scores: dict[str, ScoreForm]


class FindingForm(TypedDict):
    """A doubt about the dossier."""

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
    """How many cited paragraphs were found in the texts."""

    paragraphs: int
    found: int
    without_text: list[str]


class CheckForm(TypedDict):
    """What a check of a dossier found."""

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
