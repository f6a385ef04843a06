"""The content of a memo, in frozen parts that a template only has to lay out: all text is worded, all numbers are
formatted.

A custom template may lay them out differently; it cannot say anything that is not here. The parts have no methods, so
that a template gets data and no behaviour. ``CONTENT_MODEL`` is the version of the model: it is raised when a part or a
field is renamed or removed, which breaks templates, and unchanged when one is added. schemas/memo-content.schema.json
describes every field.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

__all__ = [
    "CONTENT_MODEL",
    "AnnexPart",
    "AnnexScores",
    "Argued",
    "ClaimEntry",
    "CrossCheckPart",
    "DataTable",
    "DecisionPart",
    "DissentPart",
    "DossierPart",
    "Figure",
    "FigureData",
    "Footnote",
    "HeadRow",
    "HeatCell",
    "HeatRow",
    "HeatTable",
    "IssuePart",
    "Link",
    "MatrixBlock",
    "MatrixRow",
    "MemoContent",
    "MovedPart",
    "OptionEntry",
    "OptionInFull",
    "OutlookPart",
    "RankRow",
    "RankingPart",
    "RobustnessPart",
    "ScaleRow",
    "ScoreRow",
    "SetRow",
    "SetsBlock",
    "SignpostEntry",
    "SourceEntry",
    "SourcesPart",
    "StepEntry",
    "View",
    "WeightBlock",
    "WeightRow",
    "WeightSetHead",
]

CONTENT_MODEL: Final = "policy-options/memo-content/6"


@dataclass(frozen=True, slots=True)
class HeadRow:
    """A line of the head block."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """A piece of text and its link: the id of a place in the memo (its ``anchor``), or empty without a link."""

    text: str
    target: str


@dataclass(frozen=True, slots=True)
class Footnote:
    """A citation: the full reference where its source is first cited, a short one after that.

    ``pieces`` are the same text, with each location linked to the claim drawn from it.
    """

    text: str
    pieces: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Argued:
    """A point, and the footnote that supports it; ``unsupported`` says in words that it has no footnote."""

    text: str
    footnote: Footnote | None
    unsupported: str


@dataclass(frozen=True, slots=True)
class DataTable:
    """A table in words: each heading with whether its column has numbers, and the cells."""

    heads: tuple[tuple[str, bool], ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart, under a title that states its finding.

    ``alternative`` describes it in words, ``data`` in numbers, which are all ``printed`` in the chart or in a table of
    the memo if the annex does not repeat them.
    """

    title: str
    svg: str
    alternative: str
    data: DataTable
    printed: bool = False


@dataclass(frozen=True, slots=True)
class HeatCell:
    """A cell of a heat map: its text, and its shade from 0 (none) to 10 (all)."""

    text: str
    shade: int


@dataclass(frozen=True, slots=True)
class HeatRow:
    """A row of a heat map."""

    title: str
    cells: tuple[HeatCell, ...]
    first: bool


@dataclass(frozen=True, slots=True)
class HeatTable:
    """A heat map as a table. ``title`` states the finding, ``note`` counts the rows left out."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[HeatRow, ...]
    note: str


@dataclass(frozen=True, slots=True)
class DecisionPart:
    """The decision sought: the request, what an approval would cover, the possible answers, the deadline, and a note on
    packages.

    The note says what a ranking of options done together means.
    """

    requested: str
    approves: str
    choices: tuple[str, ...]
    by: str
    complementary: str


@dataclass(frozen=True, slots=True)
class IssuePart:
    """The issue: the question, from whose perspective, up to when, and why now."""

    question: str
    standpoint: str
    horizon: str
    timing: tuple[Argued, ...]


@dataclass(frozen=True, slots=True)
class RankRow:
    """A row of the ranked table.

    ``without_cost`` is empty if there is no cost group to leave out, ``short`` if the title is short enough for charts.
    """

    rank: str
    title: str
    short: str
    value: str
    lead: str
    without_cost: str
    groups: tuple[str, ...]
    first: bool
    baseline: bool
    remark: str


@dataclass(frozen=True, slots=True)
class RankingPart:
    """The ranking. ``rows`` are the best options, with the baseline, and ``more`` counts the others; the annex has all."""

    caption: str
    group_titles: tuple[str, ...]
    rows: tuple[RankRow, ...]
    more: str
    notes: tuple[str, ...]
    rule: str
    contributions: Figure


@dataclass(frozen=True, slots=True)
class SetRow:
    """A row of ranks: an option under each weight set; ``firsts`` marks the cells of rank 1."""

    title: str
    ranks: tuple[str, ...]
    firsts: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class SetsBlock:
    """As many weight sets as fit next to one another on a page: the first option under each, and its lead."""

    caption: str
    titles: tuple[str, ...]
    rows: tuple[SetRow, ...]
    leads: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RobustnessPart:
    """How firm the ranking is: the verdict, its rule, its basis, the nearest changes that would be enough, and ranks by
    set.

    The ranks under each weight set are given if there are several and all fit next to one another.
    """

    verdict: tuple[str, ...]
    rule: str
    basis: tuple[str, ...]
    switching_values: tuple[str, ...]
    sets: SetsBlock | None


@dataclass(frozen=True, slots=True)
class OptionEntry:
    """An option in the body: what it adds, the strongest case on either side, cost and risk.

    ``cost`` is the performance on the cost criteria, ``risk`` the likeliest obstacle to its delivery, and ``fall`` the
    single score whose worse bound would lower it most.
    """

    title: str
    rank: str
    increment: str
    case_for: Argued | None
    case_against: Argued | None
    cost: str
    risk: Argued | None
    fall: str
    relations: str
    first: bool
    baseline: bool


@dataclass(frozen=True, slots=True)
class View:
    """A view that puts another option first: a weight set or a participant, what that is, and the rank of the leader.

    ``said`` gives the same as a sentence.
    """

    said: str
    title: str
    holder: str
    status: str
    first: str
    lead: str
    rank: str


@dataclass(frozen=True, slots=True)
class DissentPart:
    """Who disagrees and what they would put first instead; and what is missing from the analysis.

    ``by_first`` gives the same as ``views`` in one sentence for each option that would be first.
    """

    said: str
    caption: str
    views: tuple[View, ...]
    by_first: tuple[str, ...]
    more: str
    agreement: tuple[str, ...]
    gaps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StepEntry:
    """A next step: what, by whom, by when."""

    what: str
    who: str
    by: str


@dataclass(frozen=True, slots=True)
class SignpostEntry:
    """Something to watch, and how far the score that it affects would have to move for another option to lead."""

    watch: Argued
    switching_value: str


@dataclass(frozen=True, slots=True)
class OutlookPart:
    """What follows, and what to watch."""

    steps: tuple[StepEntry, ...]
    signposts: tuple[SignpostEntry, ...]


@dataclass(frozen=True, slots=True)
class SourcesPart:
    """The basis of the scores: how many are of which confidence, in words, and the sources."""

    said: str
    references: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OptionInFull:
    """An option in the annex: its increment, every point on either side, and how it affects the others."""

    anchor: str
    title: str
    short: str
    increment: str
    case_for: tuple[Argued, ...]
    case_against: tuple[Argued, ...]
    risk: Argued | None
    relations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WeightSetHead:
    """A weight set: whose it is and why; ``derived`` says how its weights were derived, with every caveat."""

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
    """As many options as fit next to one another on a page, and their performances."""

    options: tuple[str, ...]
    rows: tuple[MatrixRow, ...]


@dataclass(frozen=True, slots=True)
class ScaleRow:
    """A criterion's scale: direction, described ends or levels, swing, red line if any; its value function in words and drawn."""

    title: str
    unit: str
    direction: str
    ends: tuple[tuple[str, str], ...]
    value_function: str
    swing: str
    red_line: str
    curve: Figure


@dataclass(frozen=True, slots=True)
class WeightRow:
    """A criterion's weight in each set; a group's is the sum of its criteria."""

    title: str
    weights: tuple[str, ...]
    group: bool


@dataclass(frozen=True, slots=True)
class WeightBlock:
    """As many weight sets as fit next to one another on a page, and the weight that each gives to each criterion, in
    per cent.
    """

    titles: tuple[str, ...]
    rows: tuple[WeightRow, ...]


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """A score with its basis.

    ``provenance`` names who scored it, and the spread if several did; ``cites`` is the citation with the claims that it
    links to.
    """

    anchor: str
    criterion: str
    performance: str
    value: str
    confidence: str
    rationale: str
    citation: str
    cites: tuple[Link, ...]
    provenance: str


@dataclass(frozen=True, slots=True)
class AnnexScores:
    """All scores of an option."""

    option: str
    short: str
    rows: tuple[ScoreRow, ...]


@dataclass(frozen=True, slots=True)
class ClaimEntry:
    """A claim, the location in its source that it paraphrases, optionally a short quotation, and the places where it is
    cited.
    """

    anchor: str
    place: str
    text: str
    quote: str
    cited: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class SourceEntry:
    """A source, and the claims drawn from it by location. ``short`` is its name in a table of contents."""

    anchor: str
    reference: str
    short: str
    locator: str
    claims: tuple[ClaimEntry, ...]


@dataclass(frozen=True, slots=True)
class FigureData:
    """The numbers of a figure, under its title."""

    title: str
    data: DataTable


@dataclass(frozen=True, slots=True)
class MovedPart:
    """The parts of a section that do not fit into the body, in full, under its heading.

    ``key`` names the section, so that a template may leave out those that it never prints: ``head``, ``bottom-line``,
    ``decision``, ``issue``, ``ranking``, ``robustness``, ``first-option``, ``options``, ``dissent``, ``gaps``,
    ``outlook`` or ``sources``.
    """

    key: str
    title: str
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CrossCheckPart:
    """Other methods of ranking: which keep the first option, a row for each method, and in ``notes`` why others do not."""

    said: str
    methods: DataTable
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AnnexPart:
    """The first annex, on this ranking: all of it, what would change it, and the command that rebuilds the memo.

    ``ranking`` has all options if the body does not, and ``moved`` anything else the body has no room for; ``heat`` is
    the map of shares by rank, ``None`` if there is no order to question; ``switching_values`` and ``figures`` say what
    would change the order, and ``elsewhere`` what other weight sets put first; ``cross_check`` what other
    methods do, ``None`` if there is no order to question; ``numbers`` are the data of figures,
    except ranks over the weight sets, which the other annex has; ``rebuilding`` says how to make the memo again, and
    ``digest`` is that of its inputs.
    """

    ranking: tuple[RankRow, ...]
    moved: tuple[MovedPart, ...]
    heat: HeatTable | None
    switching_values: tuple[str, ...]
    elsewhere: tuple[str, ...]
    figures: tuple[Figure, ...]
    cross_check: CrossCheckPart | None
    method: tuple[str, ...]
    numbers: tuple[FigureData, ...]
    rebuilding: str
    command: str
    digest: str


@dataclass(frozen=True, slots=True)
class DossierPart:
    """The second annex, on the dossier: the basis of every ranking, whatever its weights.

    Options and criteria are in the order of the dossier, so that the memos of its weight sets share these pages.
    ``sets`` are the ranks under all weight sets, and ``comparison`` what these agree on; ``footer`` is on every page of
    it.
    """

    matrix: tuple[MatrixBlock, ...]
    weights: tuple[WeightBlock, ...]
    weight_sets: tuple[WeightSetHead, ...]
    sets: tuple[SetsBlock, ...]
    comparison: tuple[str, ...]
    options: tuple[OptionInFull, ...]
    scales: tuple[ScaleRow, ...]
    scores: tuple[AnnexScores, ...]
    sources: tuple[SourceEntry, ...]
    footer: str


@dataclass(frozen=True)
class MemoContent:
    """The whole memo. ``labels`` are the headings and fixed phrases that a template needs, by name.

    ``bottom_line`` is what to put first with its margin, under how many weight sets it is first, and the one thing that
    would change it. ``author``, ``subject`` and ``keywords`` describe the file. ``annex_file`` names the file with the
    second annex if memos share one, and is empty if the memo itself has it. ``marking`` and ``draft`` are on every page
    unless empty; ``notices`` come before everything else. ``moved`` says that something was moved to the annexes, and
    is empty if nothing was.
    """

    model: str
    id: str
    weights_id: str
    language: str
    labels: dict[str, str]
    title: str
    author: str
    subject: str
    keywords: tuple[str, ...]
    running: str
    marking: str
    draft: str
    head: tuple[HeadRow, ...]
    notices: tuple[str, ...]
    bottom_line: tuple[str, ...]
    decision: DecisionPart
    issue: IssuePart
    ranking: RankingPart
    robustness: RobustnessPart
    options: tuple[OptionEntry, ...]
    more_options: str
    moved: str
    dissent: DissentPart
    outlook: OutlookPart
    sources: SourcesPart
    annex: AnnexPart
    annex_file: str
    dossier: DossierPart
    footer: str
