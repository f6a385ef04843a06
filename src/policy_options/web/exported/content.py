"""What the page says without its script: options with their case and scores, criteria, sources and weight sets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from policy_options.analysis.problem import CriterionAxis
from policy_options.dossier.models.option import Argument, Relation
from policy_options.memo.annex.performances import annex_scores
from policy_options.memo.annex.sources import source_entries
from policy_options.memo.annex.weights import weight_set_heads
from policy_options.memo.citing import cited_pieces
from policy_options.memo.content import Link, SourceEntry
from policy_options.memo.subject import Subject
from policy_options.web.exported.model import nodes_of
from policy_options.wording.performances import performance_text, with_unit
from policy_options.wording.phrases import Phrases
from policy_options.wording.sentences import value_function_words
from policy_options.wording.titles import option_titles

__all__ = [
    "CriterionEntry",
    "NodeControl",
    "OptionEntry",
    "Point",
    "RankedSet",
    "RankingItem",
    "ScoreEntry",
    "criterion_entries",
    "node_controls",
    "option_entries",
    "ranked_sets",
    "ranking_items",
    "ranking_notes",
    "sources_of",
]


@dataclass(frozen=True, slots=True)
class Point:
    """A point for or against an option, with the places that it cites."""

    text: str
    cites: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class ScoreEntry:
    """A score with its basis, as printed."""

    anchor: str
    criterion_id: str
    criterion: str
    performance: str
    confidence: str
    rationale: str
    cites: tuple[Link, ...]
    provenance: str


@dataclass(frozen=True, slots=True)
class OptionEntry:
    """An option: what would be done, the case for and against it by heading, and its scores."""

    id: str
    title: str
    text: str
    cases: tuple[tuple[str, tuple[Point, ...]], ...]
    relations: tuple[str, ...]
    scores: tuple[ScoreEntry, ...]


@dataclass(frozen=True, slots=True)
class CriterionEntry:
    """A criterion: its question and its scale with described ends."""

    id: str
    title: str
    unit: str
    question: str
    direction: str
    ends: tuple[tuple[str, str], ...]
    swing: str
    function: str
    red_line: str


@dataclass(frozen=True, slots=True)
class NodeControl:
    """A slider: of a group, or of a criterion with its swing and the ends that it runs between."""

    id: str
    title: str
    group: bool
    depth: int
    swing: str
    ends: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A criterion with the value of an option on it."""

    criterion: str
    value: str


@dataclass(frozen=True, slots=True)
class RankingItem:
    """The place of an option in the ranking, which the script fills."""

    row: int
    id: str
    title: str
    short: str
    baseline: bool
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Rank:
    """A rank, or a range of ranks."""

    text: str
    first: bool


@dataclass(frozen=True, slots=True)
class RankedSet:
    """A weight set: whose it is, and the rank of each option under it."""

    title: str
    holder: str
    status: str
    rationale: str
    derived: str
    used: bool
    ranks: tuple[Rank, ...]


def ranking_items(subject: Subject) -> tuple[RankingItem, ...]:
    """The options in the order of the files."""
    problem, phrases = subject.problem, subject.phrases
    return tuple(
        RankingItem(
            row,
            option.id,
            option.title,
            option.short,
            option.id == subject.assessment.baseline,
            tuple(
                Cell(
                    axis.title,
                    phrases.say("unknown")
                    if problem.unknown[row, column]
                    else phrases.numbers.points(float(problem.values[row, column])),
                )
                for column, axis in enumerate(problem.criteria)
            ),
        )
        for row, option in enumerate(problem.options)
    )


def ranking_notes(subject: Subject) -> tuple[str, ...]:
    """What must be known of every ranking of the dossier: what values are measured from, local scales and unknown scores."""
    problem, phrases, baseline = subject.problem, subject.phrases, subject.assessment.baseline
    notes = []
    if baseline is not None:
        notes.append(phrases.say("rank.baseline", option=option_titles(problem)[baseline]))
    local = [axis.short for axis in problem.criteria if axis.local]
    if local:
        notes.append(phrases.say("local-scales", criteria=phrases.listing(local)))
    unknown = int(problem.unknown.sum())
    if unknown:
        notes.append(phrases.say("unknown-scores", count=unknown))
    return tuple(notes)


def node_controls(subject: Subject) -> tuple[NodeControl, ...]:
    """A slider for each group and criterion, in the order of the tree."""
    axes = {axis.id: axis for axis in subject.problem.criteria}
    controls = []
    for node in nodes_of(subject.problem):
        swing = ends = ""
        if not node["group"]:
            swing = subject.contents.leaves[node["id"]][0].swing or ""
            ends = _ends(axes[node["id"]], subject.phrases)
        controls.append(NodeControl(node["id"], node["title"], node["group"], min(node["depth"], 4), swing, ends))
    return tuple(controls)


def _ends(axis: CriterionAxis, phrases: Phrases) -> str:
    """From the worst end to the best."""
    worst, best = (axis.low, axis.high) if axis.direction == "more-is-better" else (axis.high, axis.low)
    first, last = (performance_text(end, axis.levels, phrases) for end in (worst, best))
    return phrases.say("swing.range", worst=first, best=last if axis.levels else with_unit(last, axis))


def ranked_sets(subject: Subject) -> tuple[RankedSet, ...]:
    """The weight sets, with the one in use marked."""
    used = subject.assessment.ranking.weights.id
    found = []
    for ranking, head in zip(subject.overview.rankings, weight_set_heads(subject), strict=True):
        ranges = zip(ranking.best_rank.tolist(), ranking.worst_rank.tolist(), ranking.ranks.tolist(), strict=True)
        ranks = tuple(Rank(f"{best}–{worst}" if best < worst else str(rank), rank == 1) for best, worst, rank in ranges)
        changed = len(subject.dossier.stale(ranking.weights.id))
        stale = [subject.phrases.say("stale.some", count=changed)] if changed else []
        status = subject.phrases.series((head.status, *stale))
        is_used = ranking.weights.id == used
        found.append(RankedSet(head.title, head.holder, status, head.rationale, head.derived, is_used, ranks))
    return tuple(found)


def option_entries(subject: Subject) -> tuple[OptionEntry, ...]:
    """Each option with all that the dossier says of it."""
    labels = subject.phrases.labels()
    titles = option_titles(subject.problem)
    found = []
    for option, scored in zip(subject.problem.options, annex_scores(subject), strict=True):
        model = subject.contents.options[option.id].model
        sides = (("for", model.for_), ("against", model.against), ("risk", (model.risk,) if model.risk else ()))
        cases = tuple((labels[key], _points(subject, points)) for key, points in sides if points)
        criteria = zip(subject.problem.criteria, scored.rows, strict=True)
        found.append(
            OptionEntry(
                option.id,
                option.title,
                model.increment or model.summary or "",
                cases,
                tuple(_relations(subject, titles, model.synergies, model.conflicts)),
                tuple(
                    ScoreEntry(
                        row.anchor,
                        axis.id,
                        row.criterion,
                        row.performance if axis.levels else with_unit(row.performance, axis),
                        row.confidence,
                        row.rationale,
                        row.cites,
                        row.provenance,
                    )
                    for axis, row in criteria
                ),
            )
        )
    return tuple(found)


def _points(subject: Subject, arguments: Iterable[Argument]) -> tuple[Point, ...]:
    nothing = (Link(f"({subject.phrases.say('memo.unsupported')})", ""),)
    return tuple(
        Point(one.text, cited_pieces(subject.contents, one.evidence or (), subject.phrases) or nothing)
        for one in arguments
    )


def _relations(
    subject: Subject, titles: Mapping[str, str], synergies: Iterable[Relation], conflicts: Iterable[Relation]
) -> Iterable[str]:
    phrases = subject.phrases
    for kind, named in (("synergy", synergies), ("conflict", conflicts)):
        for relation in named:
            others = phrases.listing([titles[one] for one in relation.option])
            yield phrases.say_of("memo.relation", kind, option=others, how=relation.how)


def criterion_entries(subject: Subject) -> tuple[CriterionEntry, ...]:
    """Each criterion with its ends as described."""
    return tuple(_criterion(subject, axis) for axis in subject.problem.criteria)


def _criterion(subject: Subject, axis: CriterionAxis) -> CriterionEntry:
    phrases, numbers = subject.phrases, subject.phrases.numbers
    criterion = subject.contents.leaves[axis.id][0]
    scale, line = criterion.scale, criterion.red_line
    if scale.levels:
        named = zip(scale.levels, axis.levels, strict=True)
        ends = tuple((f"{title} ({numbers.quantity(level.value)})", level.means) for level, title in named)
    elif scale.low is not None and scale.high is not None:
        ends = tuple((with_unit(numbers.quantity(end.at), axis), end.means) for end in (scale.low, scale.high))
    else:
        bounds = phrases.say("memo.bounds", low=numbers.quantity(axis.low), high=numbers.quantity(axis.high))
        ends = ((bounds, scale.because or ""),)
    at = "" if axis.red_line is None else performance_text(axis.red_line, axis.levels, phrases)
    return CriterionEntry(
        axis.id,
        axis.title,
        axis.unit,
        criterion.question or "",
        phrases.say_of("direction", criterion.direction),
        ends,
        criterion.swing or "",
        value_function_words(axis.value_function, phrases),
        "" if line is None else phrases.say("memo.red-line", at=at, because=line.because),
    )


def sources_of(subject: Subject) -> tuple[SourceEntry, ...]:
    """The sources with their claims, each after the place that it paraphrases."""
    return source_entries(subject)
