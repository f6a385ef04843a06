"""What a memo says, in frozen parts that a template only has to lay out: every text is worded, every number written.

A house style may lay them out anew; it cannot say anything that is not here.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = [
    "AnnexScores",
    "Argued",
    "Figure",
    "FirmnessPart",
    "Footnote",
    "HeadRow",
    "MatrixBlock",
    "MatrixRow",
    "MemoContent",
    "OptionEntry",
    "OptionInFull",
    "RankRow",
    "ScaleRow",
    "ScoreRow",
    "SetRow",
    "SourceEntry",
    "WeightRow",
    "WeightSetHead",
]


@dataclass(frozen=True, slots=True)
class HeadRow:
    """A line of the head block."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Footnote:
    """A citation: the full reference where its source is first cited, a short one after that."""

    text: str


@dataclass(frozen=True, slots=True)
class Argued:
    """A point, and the footnote that it rests on; ``unsupported`` says in words that it rests on none."""

    text: str
    footnote: Footnote | None
    unsupported: str


@dataclass(frozen=True, slots=True)
class RankRow:
    """A row of the ranked table; ``without_cost`` is empty where there is no cost group to leave out."""

    rank: str
    title: str
    value: str
    lead: str
    without_cost: str
    groups: tuple[str, ...]
    first: bool
    baseline: bool
    remark: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart, under a title that states its finding; ``alternative`` says in words what it shows."""

    title: str
    svg: str
    alternative: str


@dataclass(frozen=True, slots=True)
class FirmnessPart:
    """How firm the ranking is: what is said of it and what that rests on, with figures; and more of both for the annex."""

    said: tuple[str, ...]
    notes: tuple[str, ...]
    figures: tuple[Figure, ...]
    said_in_annex: tuple[str, ...]
    figures_in_annex: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class OptionEntry:
    """An option in the body: what it adds, and the strongest case on either side."""

    title: str
    rank: str
    increment: str
    case_for: Argued | None
    case_against: Argued | None
    relations: str
    first: bool


@dataclass(frozen=True, slots=True)
class OptionInFull:
    """An option in the annex: its increment, every point on either side, and how it bears on the others."""

    title: str
    increment: str
    case_for: tuple[Argued, ...]
    case_against: tuple[Argued, ...]
    relations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SetRow:
    """A row of ranks: an option under each weight set; ``firsts`` marks the cells of rank 1."""

    title: str
    ranks: tuple[str, ...]
    firsts: tuple[bool, ...]
    first: bool


@dataclass(frozen=True, slots=True)
class WeightSetHead:
    """A weight set: whose it is and why, and in ``derived`` how its weights came about, with every doubt about them."""

    title: str
    holder: str
    status: str
    rationale: str
    derived: str
    leader: str
    lead: str


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A row of the performance matrix: a criterion, and each option's performance with its bounds."""

    title: str
    unit: str
    judged: str
    performances: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class MatrixBlock:
    """As many options as fit on a page side by side, and their performances."""

    options: tuple[str, ...]
    rows: tuple[MatrixRow, ...]


@dataclass(frozen=True, slots=True)
class ScaleRow:
    """A criterion's scale: direction, described ends or levels, value function, the swing, and the red line if any."""

    title: str
    unit: str
    direction: str
    ends: tuple[tuple[str, str], ...]
    value_function: str
    swing: str
    red_line: str


@dataclass(frozen=True, slots=True)
class WeightRow:
    """A criterion's weight in each set; a group's is the sum of its criteria."""

    title: str
    weights: tuple[str, ...]
    group: bool


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """A score with what it rests on. ``provenance`` names who scored it, and the spread where several did."""

    criterion: str
    performance: str
    value: str
    confidence: str
    rationale: str
    citation: str
    provenance: str


@dataclass(frozen=True, slots=True)
class AnnexScores:
    """All scores of an option."""

    option: str
    rows: tuple[ScoreRow, ...]


@dataclass(frozen=True, slots=True)
class SourceEntry:
    """A source, and the claims drawn from it by paragraph."""

    reference: str
    locator: str
    claims: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class MemoContent:
    """The whole memo. ``labels`` are the headings and set phrases that a template needs, by name."""

    id: str
    weights_id: str
    language: str
    labels: dict[str, str]
    title: str
    running: str
    marking: str
    head: tuple[HeadRow, ...]
    hypothetical: str
    bottom_line: str
    decision_requested: str
    complementary: str
    why_now: tuple[Argued, ...]
    ranking_caption: str
    group_titles: tuple[str, ...]
    ranking: tuple[RankRow, ...]
    ranking_notes: tuple[str, ...]
    contributions: Figure
    firmness: FirmnessPart
    options: tuple[OptionEntry, ...]
    set_titles: tuple[str, ...]
    set_caption: str
    ranks_by_set: tuple[SetRow, ...]
    leads_by_set: tuple[str, ...]
    sets_note: str
    evidence_note: str
    limits: tuple[str, ...]
    matrix: tuple[MatrixBlock, ...]
    options_in_full: tuple[OptionInFull, ...]
    scales: tuple[ScaleRow, ...]
    weight_sets: tuple[WeightSetHead, ...]
    weights: tuple[WeightRow, ...]
    scores: tuple[AnnexScores, ...]
    sources: tuple[SourceEntry, ...]
    footer: str
