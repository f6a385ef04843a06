"""The published form of robustness as types, from which its schema is made; ``robustness`` fills them."""

from __future__ import annotations

from typing import Final, Literal, NotRequired

from typing_extensions import TypedDict

from policy_options.exchange.forms import WeightSetForm

__all__ = [
    "ROBUSTNESS_SCHEMA",
    "AcceptabilityForm",
    "AtItsEndsForm",
    "BarForm",
    "BasisForm",
    "ChangeForm",
    "CitedLeadForm",
    "IntervalForm",
    "LookAgainForm",
    "NearestChangeForm",
    "NeverForm",
    "OpenScoreForm",
    "OptionSharesForm",
    "ReversalForm",
    "ReversalsForm",
    "RobustnessForm",
    "ScoreSwitchingForm",
    "SettingsForm",
    "StabilityForm",
    "ThreeSharesForm",
    "ValueOfInformationForm",
    "VerdictForm",
    "WeightSwitchingForm",
]

ROBUSTNESS_SCHEMA: Final = "policy-options/robustness/3"


class SettingsForm(TypedDict):
    """The settings of the computation. ``band`` is null if the judgements' own region was used; ``error`` is a share."""

    seed: int
    around: Literal["free", "judgements", "band"]
    band: float | None
    error: float
    samples: int | None
    shape: Literal["triangular", "pert"]
    together: bool
    locked: list[str]
    numpy: str


class VerdictForm(TypedDict):
    """The verdict with its figures; ``share`` and ``switching_values`` are null if the rule did not need them."""

    kind: Literal["tied", "dominant", "robust", "fragile", "sensitive"]
    leader: str
    runner_up: str
    lead: float | None
    close_within: float
    robust_from: float
    fragile_under: float
    share: float | None
    half_width: float | None
    switching_values: int | None
    open: int
    undecided: bool


class ChangeForm(TypedDict):
    """The options that change places beyond an end."""

    overtaken: str
    overtaking: str


class IntervalForm(TypedDict):
    """Shares of weight between which something is unchanged."""

    low: float
    high: float
    at_low: list[ChangeForm]
    at_high: list[ChangeForm]


class StabilityForm(TypedDict):
    """A criterion or group: the weights for which the leader stays, and for which the whole order stays."""

    id: str
    is_group: bool
    share: float
    most: float
    leader: IntervalForm | None
    order: IntervalForm | None
    undefined: Literal["the-rest-is-zero", "no-proportions", "locked", "unknown"] | None


class NeverForm(TypedDict):
    """The mixture of rivals that is ahead by at least ``margin`` throughout."""

    rivals: dict[str, float]
    margin: float


class WeightSwitchingForm(TypedDict):
    """The nearest weights at which an option is level, among all weights or those around the set."""

    option: str
    over: str
    goal: Literal["overtakes", "leads"]
    norm: Literal["L1", "L2"]
    among: Literal["all", "around"]
    distance: float | None
    moved: float | None
    weights: dict[str, float] | None
    never: NeverForm | None


class ScoreSwitchingForm(TypedDict):
    """The performance at which a score makes another option lead; levels are ids."""

    option: str
    criterion: str
    low: float | str
    likely: float | str
    high: float | str
    at: float | str | None
    exactly: bool
    within: bool
    taking_over: list[str]
    never: Literal["no-weight", "off-scale"] | None
    short: float | None
    by_red_line: bool


class BasisForm(TypedDict):
    """The basis of shares: exact, with powers of ten above their errors, or a sample with its error; all as shares."""

    exact: bool
    pieces: int | None
    identity_error: float | None
    rounding: float | None
    seed: int | None
    scrambles: int | None
    count: int | None
    proposed: int | None
    draws: int | None
    half_width: float | None
    confidence_half_width: float | None
    pairwise_check: float | None


class OptionSharesForm(TypedDict):
    """One option: shares of weight vectors by rank, the mean weights where it is first, confidence, expected rank."""

    ranks: list[float]
    central_weights: dict[str, float] | None
    confidence: float | None
    expected_rank: float


class AcceptabilityForm(TypedDict):
    """SMAA-2 over one region. ``pairwise`` is the share in which the first beats the second, ties being a win for
    neither.

    It is null if there are too many options.
    """

    scores: Literal["likely", "uncertain"]
    region: Literal["free", "judgements", "band"]
    basis: BasisForm
    options: dict[str, OptionSharesForm]
    pairwise: dict[str, dict[str, float]] | None


class PeakForm(TypedDict):
    """The largest lead inside a range, and the weight that gives it."""

    at: float
    lead: float


class BarForm(TypedDict):
    """The lead at both ends of one range, and its ``peak`` where it is larger between; ``option`` is null for a weight."""

    kind: Literal["score", "weight"]
    option: str | None
    criterion: str
    low: float
    high: float
    lead_at_low: float
    lead_at_high: float
    ahead_at_low: str | None
    ahead_at_high: str | None
    peak: PeakForm | None


class LookAgainForm(TypedDict):
    """The value of knowing one judgement; ``option`` is null if the scores of a criterion move together."""

    option: str | None
    criterion: str
    points: float


class ValueOfInformationForm(TypedDict):
    """Judgements by the value of knowing them, and the leader by expected values."""

    leader: str
    expected_values: dict[str, float]
    judgements: list[LookAgainForm]


class AtItsEndsForm(TypedDict):
    """A score of low confidence at its ends."""

    option: str
    criterion: str
    leaders_at_low: list[str]
    leaders_at_high: list[str]
    order_changes: bool
    leader_changes: bool


class ReversalForm(TypedDict):
    """A reversal: leaving out one option reorders the others."""

    without: str
    before: list[str]
    after: list[str]


class ReversalsForm(TypedDict):
    """Reversals. With no local scale they are impossible by construction."""

    local: list[str]
    found: list[ReversalForm]
    undefined: list[str]


class OpenScoreForm(TypedDict):
    """An unknown score, and the performance at which it alone brings its option level; null if it takes several scores."""

    option: str
    criterion: str
    at: float | str | None


class NearestChangeForm(TypedDict):
    """The one change named first: a score (``to`` in its unit), a weight or several (per cent of all weight, to be typed)."""

    kind: Literal["score", "weight", "weights"]
    option: str | None
    criterion: str | None
    to: float | str | None
    weights: dict[str, float] | None
    taking_over: list[str]


class ThreeSharesForm(TypedDict):
    """The share of the weight vectors around the set under which the leader is first, by treatment of scores."""

    likely: float
    drawn_apart: float
    drawn_together: float


class CitedLeadForm(TypedDict):
    """The lead over ``rival``, in points: in all, and on the criteria where both scores cite a source."""

    rival: str
    lead: float
    cited: float
    uncited: list[str]


class RobustnessForm(TypedDict):
    """How firm a ranking is.

    ``open`` are the unknown scores that could make their option lead, and at what performance; exact measures take
    unknown scores at the ends least favourable to the leader. ``cited_lead`` is null if every score cites a source,
    ``nearest_change`` if no change was found.
    """

    schema: Literal["policy-options/robustness/3"]
    dossier: str
    scenario: NotRequired[str]
    weight_set: WeightSetForm
    weights: dict[str, float]
    settings: SettingsForm
    stale: list[str]
    left_out: list[str]
    unknown: list[str]
    open: list[OpenScoreForm]
    verdict: VerdictForm
    nearest_change: NearestChangeForm | None
    first_in: ThreeSharesForm
    cited_lead: CitedLeadForm | None
    around_uncertain: AcceptabilityForm
    around_likely: AcceptabilityForm
    all_weights: AcceptabilityForm
    stability: list[StabilityForm]
    weight_switching_values: list[WeightSwitchingForm]
    score_switching_values: list[ScoreSwitchingForm]
    tornado: list[BarForm]
    value_of_information: ValueOfInformationForm
    low_confidence: list[AtItsEndsForm]
    reversals: ReversalsForm
