"""The content of a memo, in frozen parts that a template only has to lay out: all text is worded, all numbers are
formatted.

A custom template may lay them out differently; it cannot say anything that is not here. The parts have no methods, so
that a template gets data and no behaviour. ``CONTENT_MODEL`` is the version of the model: it is raised when a part or a
field is renamed or removed, which breaks templates, and unchanged when one is added. schemas/memo-content.schema.json
describes every field.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Final

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
    "ScenariosPart",
    "ScoreRow",
    "SetRow",
    "SetsBlock",
    "SignpostEntry",
    "SignpostRow",
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
    """What the line says: to, from, date, decide by."""
    text: str
    """Who or when."""


@dataclass(frozen=True, slots=True)
class Link:
    """A piece of text and its link."""

    text: str
    """The piece of text."""
    target: str
    """Where it links to: `#` and the id of a place in the memo, or an address on the web; empty without a link."""


@dataclass(frozen=True, slots=True)
class Footnote:
    """A citation: the full reference where its source is first cited, a short one after that.

    ``pieces`` are the same text, with each location linked to the claim drawn from it.
    """

    text: str
    """The reference as text."""
    pieces: tuple[Link, ...]
    """The same text, with its links."""


@dataclass(frozen=True, slots=True)
class Argued:
    """A point, and the footnote that supports it; ``unsupported`` says in words that it has no footnote."""

    text: str
    """The point."""
    footnote: Footnote | None
    """The citation that supports it; null without one."""
    unsupported: str
    """Why it has no footnote, in words; empty if it has one, or needs none."""


@dataclass(frozen=True, slots=True)
class DataTable:
    """A table in words: each heading with whether its column has numbers, and the cells."""

    heads: tuple[tuple[str, bool], ...]
    """For each column, its heading and whether it has numbers."""
    rows: tuple[tuple[str, ...], ...]
    """The cells, row by row."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart, under a title that states its finding.

    ``alternative`` describes it in words, ``data`` in numbers, which are all ``printed`` in the chart or in a table of
    the memo if the annex does not repeat them.
    """

    title: str
    """The finding that the chart shows, as a sentence."""
    svg: str
    """The chart as inline SVG."""
    alternative: str
    """The chart in words, for readers who cannot see it."""
    data: DataTable
    """The numbers in the chart."""
    printed: bool = False
    """Whether the chart, or a table of the memo, prints all of its numbers, so that the annex need not repeat them."""


@dataclass(frozen=True, slots=True)
class HeatCell:
    """A cell of a heat map: its text, and its shade from 0 (none) to 10 (all)."""

    text: str
    """The share, as printed."""
    shade: int
    """How dark the cell is, from 0 (no share) to 10 (all)."""


@dataclass(frozen=True, slots=True)
class HeatRow:
    """A row of a heat map."""

    title: str
    """The option."""
    cells: tuple[HeatCell, ...]
    """Its share for each rank."""
    first: bool
    """Whether it is the option to put first."""


@dataclass(frozen=True, slots=True)
class HeatTable:
    """A heat map as a table. ``title`` states the finding, ``note`` counts the rows left out."""

    title: str
    """The finding, as a sentence."""
    heads: tuple[str, ...]
    """The ranks, as headings of the columns."""
    rows: tuple[HeatRow, ...]
    """The options, best mean rank first."""
    note: str
    """How many options are left out; empty if none is."""


@dataclass(frozen=True, slots=True)
class DecisionPart:
    """The decision sought: the request, what an approval would cover, the possible answers, the deadline, and a note on
    packages.

    The note says what a ranking of options done together means.
    ``together`` offers the best package if the dossier says which options may be done together.
    """

    requested: str
    """The request, as the dossier words it; empty if it does not."""
    approves: str
    """What an approval would cover."""
    choices: tuple[str, ...]
    """The possible answers."""
    by: str
    """When an answer is needed; empty if the dossier gives no day."""
    complementary: str
    """What the ranking means where options can be done together; empty if the dossier does not say."""
    together: str = ""
    """The package offered; empty if the dossier has no packages."""


@dataclass(frozen=True, slots=True)
class PackagesPart:
    """What to do together: the recommended package with its next best and uses, what more of a resource buys, which options
    belong in every good package, and what to know of it.
    """

    said: str
    """The recommended package, what it is worth and uses, and the next best."""
    frontiers: tuple[str, ...]
    """What more of each resource buys."""
    core: str
    """Which options belong in every good package."""
    sets: tuple[str, ...]
    """Which packages the weight sets lead to."""
    notes: tuple[str, ...]
    """What to know of the comparison."""


@dataclass(frozen=True, slots=True)
class IssuePart:
    """The issue: the question, from whose perspective, up to when, and why now."""

    question: str
    """The question that the decision answers."""
    standpoint: str
    """Whose interests the options are judged by."""
    horizon: str
    """The time that scores look to, and whether they assume delivery."""
    timing: tuple[Argued, ...]
    """Why the decision is needed now."""


@dataclass(frozen=True, slots=True)
class RankRow:
    """A row of the ranked table.

    ``without_cost`` is empty if there is no cost group to leave out, ``short`` if the title is short enough for charts.
    """

    rank: str
    """The rank."""
    title: str
    """The option."""
    short: str
    """Its shorter title; empty if it has none."""
    value: str
    """Its overall value, as a range if scores are unknown. In value points."""
    lead: str
    """How far it is ahead of the baseline; a dash where there is nothing to compare. In value points."""
    without_cost: str
    """Its value without the cost group; empty if there is no such group."""
    groups: tuple[str, ...]
    """The part of its value from each top group; empty if there are too many groups to print."""
    first: bool
    """Whether it is the option to put first."""
    baseline: bool
    """Whether it is the baseline."""
    remark: str
    """What else must be known: a range of ranks, a red line that it fails, that another option dominates it. Empty if
    nothing.
    """


@dataclass(frozen=True, slots=True)
class RankingPart:
    """The ranking. ``rows`` are the best options, with the baseline, and ``more`` counts the others; the annex has all."""

    caption: str
    """The caption of the table: under which weight set, and whether anybody was asked."""
    group_titles: tuple[str, ...]
    """The headings of the columns for top groups; empty if there are too many to print."""
    rows: tuple[RankRow, ...]
    """The options in the body, best first."""
    more: str
    """How many options the body leaves out; empty if none."""
    notes: tuple[str, ...]
    """What must be known to read the table: whose weights, stale weights, close pairs, dominance."""
    rule: str
    """From which difference on a lead counts."""
    contributions: Figure
    """The chart of where each option's value comes from."""


@dataclass(frozen=True, slots=True)
class SetRow:
    """A row of ranks: an option under each weight set; ``firsts`` marks the cells of rank 1."""

    title: str
    """The option."""
    ranks: tuple[str, ...]
    """Its rank under each weight set."""
    firsts: tuple[bool, ...]
    """For each weight set, whether the rank is 1."""


@dataclass(frozen=True, slots=True)
class SetsBlock:
    """As many weight sets as fit next to one another on a page: the first option under each, and its lead."""

    caption: str
    """The caption of the table."""
    titles: tuple[str, ...]
    """The weight sets, as headings of the columns."""
    rows: tuple[SetRow, ...]
    """The options with their ranks."""
    leads: tuple[str, ...]
    """How far the first option leads under each weight set. In value points."""


@dataclass(frozen=True, slots=True)
class RobustnessPart:
    """How firm the ranking is: the verdict, its rule, its basis, the nearest changes that would be enough, and ranks by
    set.

    The ranks under each weight set are given if there are several and all fit next to one another.
    """

    verdict: tuple[str, ...]
    """How firm the lead is, and the shares behind that, as sentences."""
    rule: str
    """What robust and fragile mean; empty if there is only one option."""
    basis: tuple[str, ...]
    """What the shares were computed from."""
    switching_values: tuple[str, ...]
    """The nearest changes that would put another option first."""
    sets: SetsBlock | None
    """The ranks under each weight set; null if there is one set only, or too many to print here."""


@dataclass(frozen=True, slots=True)
class OptionEntry:
    """An option in the body: what it adds, the strongest case on either side, cost and risk.

    ``cost`` is the performance on the cost criteria, ``risk`` the likeliest obstacle to its delivery, and ``fall`` the
    single score whose worse bound would lower it most.
    """

    title: str
    """The option."""
    rank: str
    """Its rank, in words."""
    increment: str
    """What it adds, in a few sentences."""
    case_for: Argued | None
    """The strongest point in favour; null for an option that has one line only."""
    case_against: Argued | None
    """The strongest point against; null for an option that has one line only."""
    cost: str
    """Its performance on the cost criteria; empty if there is no cost group."""
    risk: Argued | None
    """What is most likely to prevent its delivery; null if the dossier does not say."""
    fall: str
    """The one score whose worse bound would lower its value most; empty if every score is certain."""
    relations: str
    """Which other options it helps or gets in the way of; empty if none."""
    first: bool
    """Whether it is the option to put first."""
    baseline: bool
    """Whether it is the baseline."""


@dataclass(frozen=True, slots=True)
class View:
    """A view that puts another option first: a weight set or a participant, what that is, and the rank of the leader.

    ``said`` gives the same as a sentence.
    """

    said: str
    """The view, as a sentence."""
    title: str
    """The weight set or participant."""
    holder: str
    """Whose view it is."""
    status: str
    """Whether the holder was asked."""
    first: str
    """What the view puts first."""
    lead: str
    """By how much. In value points."""
    rank: str
    """The rank of the recommended option under this view."""


@dataclass(frozen=True, slots=True)
class DissentPart:
    """Who disagrees and what they would put first instead; and what is missing from the analysis.

    ``by_first`` gives the same as ``views`` in one sentence for each option that would be first.
    """

    said: str
    """How many views agree on the recommended option, in words."""
    caption: str
    """The caption of the table of views."""
    views: tuple[View, ...]
    """The views that put another option first."""
    by_first: tuple[str, ...]
    """The same in one sentence for each option that would be first."""
    more: str
    """How many views are left out; empty if none."""
    agreement: tuple[str, ...]
    """How far the weight sets agree on the order."""
    gaps: tuple[str, ...]
    """What is missing: weak evidence, and the limits that the dossier states."""


@dataclass(frozen=True, slots=True)
class StepEntry:
    """A next step: what, by whom, by when."""

    what: str
    """What is to be done."""
    who: str
    """Who does it; empty if the dossier does not say."""
    by: str
    """By when; empty if the dossier does not say."""


@dataclass(frozen=True, slots=True)
class SignpostEntry:
    """Something to watch, and how far the score that it affects would have to move for another option to lead."""

    watch: Argued
    """What to observe."""
    switching_value: str
    """How far its score would have to move for another option to lead; empty if the signpost names no score."""


@dataclass(frozen=True, slots=True)
class SignpostRow:
    """A signpost in the table of a memo with scenarios."""

    scenario: str
    """The scenario that it announces; empty for a signpost of the decision."""
    watch: Argued
    """What to watch."""
    threshold: str
    """From which value or event it counts."""
    by: str
    """By when it is looked at."""
    who: str
    """Who watches it."""
    then: str
    """What is done once it shows."""
    first: str
    """Which option would be first then, and by how much."""


@dataclass(frozen=True, slots=True)
class ScenariosPart:
    """In which futures the advice holds, what it could cost and how likely a change must be; every signpost.

    The title of ``figure`` says in which futures the advice holds; ``brief`` is that sentence alone.
    """

    said: tuple[str, ...]
    """What the scenarios change, and how likely they would have to be."""
    brief: str
    """In which futures the advice holds, in one sentence."""
    figure: Figure
    """Values by scenario."""
    signposts: tuple[SignpostRow, ...]
    """What to watch, of the scenarios and of the decision."""


@dataclass(frozen=True, slots=True)
class OutlookPart:
    """What follows, and what to watch; in a memo with scenarios these have the signposts."""

    steps: tuple[StepEntry, ...]
    """The next steps."""
    signposts: tuple[SignpostEntry, ...]
    """What to watch."""


@dataclass(frozen=True, slots=True)
class SourcesPart:
    """The basis of the scores: how many are of which confidence, in words, and the sources."""

    said: str
    """How many scores have which confidence, and how many of those cite a source."""
    references: tuple[str, ...]
    """The sources."""


@dataclass(frozen=True, slots=True)
class OptionInFull:
    """An option in the annex: its increment, every point on either side, and how it affects the others."""

    anchor: str
    """The id of the entry, for links."""
    title: str
    """The option."""
    short: str
    """Its shorter title."""
    increment: str
    """What it adds to the baseline."""
    case_for: tuple[Argued, ...]
    """Every point in favour."""
    case_against: tuple[Argued, ...]
    """Every point against."""
    risk: Argued | None
    """What is most likely to prevent its delivery; null if the dossier does not say."""
    relations: tuple[str, ...]
    """How it affects each other option."""


@dataclass(frozen=True, slots=True)
class ScenarioRow:
    """A score, or a change that all options share, in a scenario."""

    what: str
    """The option and the criterion, or all options and the criterion."""
    change: str
    """The performance as scored and the one here, with bounds; or by what all are changed."""
    rationale: str
    """Why; empty if the dossier does not say."""
    cites: tuple[Link, ...]
    """What it cites, with links to the claims, or that it cites nothing."""


@dataclass(frozen=True, slots=True)
class ScenarioInFull:
    """A scenario in the annex: its story, what brings it about, and every score that differs in it."""

    anchor: str
    """The id of the entry, for links."""
    title: str
    """The scenario."""
    short: str
    """Its shorter title."""
    story: str
    """What happens in it."""
    drivers: tuple[Argued, ...]
    """What brings it about."""
    rows: tuple[ScenarioRow, ...]
    """What differs in it; none for the future that the options are scored for."""


@dataclass(frozen=True, slots=True)
class WeightSetHead:
    """A weight set: whose it is and why; ``derived`` says how its weights were derived, with every caveat."""

    title: str
    """The weight set."""
    holder: str
    """Whose view it is."""
    status: str
    """Whether the holder was asked."""
    rationale: str
    """Why the judgements are what they are."""
    derived: str
    """How the weights follow from the judgements, with every caveat."""
    leader: str
    """What it puts first."""
    lead: str
    """By how much. In value points."""


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A row of the performance matrix: a criterion, and each option's performance with its bounds."""

    title: str
    """The criterion."""
    unit: str
    """Its unit."""
    judged: str
    """That its scores are judged; empty if they are measured."""
    performances: tuple[tuple[str, str], ...]
    """For each option of the block, the likely performance, and the bounds; these are empty if the score is certain."""


@dataclass(frozen=True, slots=True)
class MatrixBlock:
    """As many options as fit next to one another on a page, and their performances."""

    options: tuple[str, ...]
    """The options, as headings of the columns."""
    rows: tuple[MatrixRow, ...]
    """The criteria with their performances."""


@dataclass(frozen=True, slots=True)
class ScaleRow:
    """A criterion's scale: direction, described ends or levels, swing, red line if any; its value function in words and drawn."""

    title: str
    """The criterion."""
    unit: str
    """Its unit."""
    direction: str
    """Whether more is better or less."""
    ends: tuple[tuple[str, str], ...]
    """Each end or level, and what it means."""
    value_function: str
    """How performance becomes value, in words."""
    swing: str
    """What moving from the worst end to the best would mean; empty if the dossier does not say."""
    red_line: str
    """The minimum, with its reason; empty without one."""
    curve: Figure
    """The value function as a chart."""


@dataclass(frozen=True, slots=True)
class WeightRow:
    """A criterion's weight in each set; a group's is the sum of its criteria."""

    title: str
    """The criterion or group."""
    weights: tuple[str, ...]
    """Its weight in each weight set. In per cent."""
    group: bool
    """Whether the row is a top node: a group, or a criterion that is in none."""


@dataclass(frozen=True, slots=True)
class WeightBlock:
    """As many weight sets as fit next to one another on a page, and the weight that each gives to each criterion, in
    per cent.
    """

    titles: tuple[str, ...]
    """The weight sets, as headings of the columns."""
    rows: tuple[WeightRow, ...]
    """The groups and criteria with their weights."""


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """A score with its basis.

    ``provenance`` names who scored it, and the spread if several did; ``cites`` is the citation with the claims that it
    links to.
    """

    anchor: str
    """The id of the row, for links."""
    criterion: str
    """The criterion."""
    performance: str
    """The likely performance, with its bounds."""
    value: str
    """What it is worth. In value points."""
    confidence: str
    """How good the evidence is; empty if the dossier does not say."""
    rationale: str
    """Why the score is what it is; empty if the dossier does not say."""
    citation: str
    """What it cites, or that it cites nothing."""
    cites: tuple[Link, ...]
    """The same text, with links to the claims."""
    provenance: str
    """Who scored and reviewed it and when, and how far several scorers differ; empty if the dossier does not say."""


@dataclass(frozen=True, slots=True)
class AnnexScores:
    """All scores of an option."""

    option: str
    """The option."""
    short: str
    """Its shorter title."""
    rows: tuple[ScoreRow, ...]
    """Its scores, in the order of criteria."""


@dataclass(frozen=True, slots=True)
class ClaimEntry:
    """A claim, the location in its source that it paraphrases, optionally a short quotation, and the places where it is
    cited.
    """

    anchor: str
    """The id of the claim, for links."""
    place: str
    """Where the source says it."""
    text: str
    """What the source says, in the analyst's words."""
    quote: str
    """The quotation; empty without one."""
    cited: tuple[Link, ...]
    """Where the memo cites it, with links; empty if nothing does."""


@dataclass(frozen=True, slots=True)
class SourceEntry:
    """A source, and the claims drawn from it by location. ``short`` is its name in a table of contents."""

    anchor: str
    """The id of the source, for links."""
    reference: str
    """The full reference."""
    short: str
    """A short one, for a table of contents."""
    locator: str
    """How its paragraphs or pages are counted; empty if the dossier does not say."""
    claims: tuple[ClaimEntry, ...]
    """The claims drawn from it."""


@dataclass(frozen=True, slots=True)
class FigureData:
    """The numbers of a figure, under its title."""

    title: str
    """The title of the figure."""
    data: DataTable
    """Its numbers."""


@dataclass(frozen=True, slots=True)
class MovedPart:
    """The parts of a section that do not fit into the body, in full, under its heading.

    ``key`` names the section, so that a template may leave out those that it never prints: ``head``, ``bottom-line``,
    ``decision``, ``issue``, ``ranking``, ``robustness``, ``first-option``, ``options``, ``dissent``, ``gaps``,
    ``outlook`` or ``sources``.
    """

    key: str
    """Which section of the body it belongs to, by one of the names above."""
    title: str
    """The heading of that section."""
    texts: tuple[str, ...]
    """What the body has no room for, in full."""


@dataclass(frozen=True, slots=True)
class CrossCheckPart:
    """Other methods of ranking: which keep the first option, a row for each method, and in ``notes`` why others do not."""

    said: str
    """By how many other methods the recommended option is first."""
    methods: DataTable
    """A row for each method: whether it keeps that option first, what it puts first, and how far it agrees."""
    notes: tuple[str, ...]
    """Which pairs other methods turn, the assumptions that turn them, and what was left out."""


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
    """All options; empty if the body has them all in full."""
    moved: tuple[MovedPart, ...]
    """What else the body has no room for, by section."""
    heat: HeatTable | None
    """The shares of weight vectors by option and rank; null if there is only one option."""
    switching_values: tuple[str, ...]
    """What else would change the order, and what more information would be worth."""
    elsewhere: tuple[str, ...]
    """The weight sets that put another option first, and what the recommended one could cost under another view."""
    figures: tuple[Figure, ...]
    """The charts of what would change the order."""
    cross_check: CrossCheckPart | None
    """What other methods of ranking say; null if there is only one option."""
    method: tuple[str, ...]
    """How values, ranks and shares are computed."""
    numbers: tuple[FigureData, ...]
    """The numbers of charts that do not print them."""
    rebuilding: str
    """How to make the memo again."""
    command: str
    """The command that does it."""
    digest: str
    """The digest of the inputs: SHA-256, in hexadecimal digits."""


@dataclass(frozen=True, slots=True)
class DossierPart:
    """The second annex, on the dossier: the basis of every ranking, whatever its weights.

    Options and criteria are in the order of the dossier, so that the memos of its weight sets share these pages.
    ``sets`` are the ranks under all weight sets, and ``comparison`` what these agree on; ``footer`` is on every page of
    it.
    """

    matrix: tuple[MatrixBlock, ...]
    """The performances, in blocks that fit a page."""
    weights: tuple[WeightBlock, ...]
    """The weights in every set, in blocks that fit a page."""
    weight_sets: tuple[WeightSetHead, ...]
    """Whose each weight set is, why, and how its weights were derived."""
    sets: tuple[SetsBlock, ...]
    """The ranks under every weight set, in blocks that fit a page."""
    comparison: tuple[str, ...]
    """What the weight sets agree on, and where they differ."""
    options: tuple[OptionInFull, ...]
    """Each option in full."""
    scenarios: tuple[ScenarioInFull, ...]
    """Each scenario in full; none for a dossier without scenarios."""
    scales: tuple[ScaleRow, ...]
    """Each criterion's scale."""
    scores: tuple[AnnexScores, ...]
    """Every score with its basis, by option."""
    sources: tuple[SourceEntry, ...]
    """The sources with their claims."""
    footer: str
    """The text at the foot of these pages."""


@dataclass(frozen=True)
class MemoContent:
    """The whole memo. ``labels`` are the headings and fixed phrases that a template needs, by name.

    ``bottom_line`` is what to put first with its margin, under how many weight sets it is first, and the one thing that
    would change it. ``author``, ``subject`` and ``keywords`` describe the file. ``annex_file`` names the file with the
    second annex if memos share one, and is empty if the memo itself has it. ``marking`` and ``draft`` are on every page
    unless empty; ``notices`` come before everything else. ``moved`` says that something was moved to the annexes, and
    is empty if nothing was. ``scenarios`` is null for a dossier without scenarios.
    """

    __pydantic_config__: ClassVar[dict[str, bool]] = {"use_attribute_docstrings": True}  # for the schema

    model: str
    """The version of this model."""
    id: str
    """The id of the dossier."""
    weights_id: str
    """The id of the weight set in use."""
    language: str
    """The language of the memo."""
    labels: dict[str, str]
    """The headings and set phrases of the language, by name."""
    title: str
    """The title."""
    author: str
    """The owner of the dossier, as the file's author."""
    subject: str
    """The question, as the file's subject."""
    keywords: tuple[str, ...]
    """The options, as the file's keywords."""
    running: str
    """The text at the head of every page."""
    marking: str
    """The protective marking; empty without one."""
    draft: str
    """The mark of a draft; empty if `check` finds nothing."""
    head: tuple[HeadRow, ...]
    """The lines of the head block."""
    notices: tuple[str, ...]
    """What must be known before anything else: that it is a draft, an example, or a version without names."""
    bottom_line: tuple[str, ...]
    """What to put first, how sure that is, and the one thing that would change it."""
    decision: DecisionPart
    """The decision sought."""
    issue: IssuePart
    """The issue."""
    ranking: RankingPart
    """The ranking."""
    robustness: RobustnessPart
    """How firm the ranking is."""
    options: tuple[OptionEntry, ...]
    """The options in the body, best first."""
    more_options: str
    """How many options the body does not describe; empty if none."""
    moved: str
    """That something is in the annex for lack of room; empty if nothing is."""
    dissent: DissentPart
    """Who disagrees, and what is missing."""
    scenarios: ScenariosPart | None
    """What if things turn out otherwise; null for a dossier without scenarios."""
    outlook: OutlookPart
    """The next steps and the signposts."""
    sources: SourcesPart
    """The basis of the scores."""
    annex: AnnexPart
    """Annex A, on this ranking."""
    annex_file: str
    """Which file has annex B, if memos share one; otherwise empty."""
    dossier: DossierPart
    """Annex B, on the dossier."""
    footer: str
    """The text at the foot of every page."""
    packages: PackagesPart | None = None
    """What to do together; null for a dossier without packages."""
    dossier_digest: str = ""
    """The digest that a memo and an annex B apart from it have in common; empty if there is no other file."""
