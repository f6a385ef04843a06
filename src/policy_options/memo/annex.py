"""The annex: every number that the ranking was computed from, in units, with what it rests on."""

from __future__ import annotations

from typing import Final

from policy_options.analysis.assessment import Assessment
from policy_options.analysis.overview import Overview
from policy_options.analysis.problem import CriterionAxis, Problem
from policy_options.api import Dossier
from policy_options.dossier.contents import Contents
from policy_options.dossier.models.base import UNKNOWN
from policy_options.dossier.models.criteria import Criterion
from policy_options.dossier.models.option import Argument, Score
from policy_options.memo.citing import Citer, reference
from policy_options.memo.content import (
    AnnexScores,
    Argued,
    MatrixBlock,
    MatrixRow,
    OptionInFull,
    ScaleRow,
    ScoreRow,
    SourceEntry,
    WeightRow,
    WeightSetHead,
)
from policy_options.wording.citing import citation
from policy_options.wording.phrases import Phrases
from policy_options.wording.sentences import value_function_words
from policy_options.wording.tables import performance_text
from policy_options.wording.weight_set_page import derivation_notes, names_of

__all__ = [
    "annex_scores",
    "argued",
    "matrix_blocks",
    "options_in_full",
    "scale_rows",
    "source_entries",
    "stale_notes",
    "weight_rows",
    "weight_set_heads",
]

OPTIONS_ACROSS: Final = 7
"""Options that fit side by side on a page of the annex."""


def matrix_blocks(
    contents: Contents, problem: Problem, order: tuple[int, ...], phrases: Phrases
) -> tuple[MatrixBlock, ...]:
    """The performance matrix, criteria down and options across in the order of the ranking, in blocks that fit a page."""
    titles = [option.short for option in problem.options]
    blocks = [order[start : start + OPTIONS_ACROSS] for start in range(0, len(order), OPTIONS_ACROSS)]
    return tuple(
        MatrixBlock(
            tuple(titles[row] for row in block),
            tuple(
                MatrixRow(
                    criterion.short,
                    criterion.unit,
                    phrases.say("memo.judged") if contents.leaves[criterion.id][0].judged else "",
                    tuple(_performance(problem, row, column, phrases) for row in block),
                )
                for column, criterion in enumerate(problem.criteria)
            ),
        )
        for block in blocks
    )


def _performance(problem: Problem, row: int, column: int, phrases: Phrases) -> tuple[str, str]:
    """The likely performance, and its bounds where they differ from it."""
    bounds = tuple(float(bound[row, column]) for bound in (problem.low, problem.likely, problem.high))
    levels = problem.criteria[column].levels
    low, likely, high = (performance_text(bound, levels, phrases) for bound in bounds)
    return likely, "" if not bounds[0] < bounds[2] else phrases.say("memo.bounds", low=low, high=high)


def options_in_full(
    contents: Contents, problem: Problem, order: tuple[int, ...], citer: Citer, phrases: Phrases
) -> tuple[OptionInFull, ...]:
    """Each option's increment, all points for and against, and how it bears on the others."""
    titles = {option.id: option.short for option in problem.options}
    found = []
    for row in order:
        model = contents.options[problem.options[row].id].model
        relations = [
            phrases.say(f"memo.relation.{kind}", option=titles[relation.option], how=relation.how)
            for kind, named in (("synergy", model.synergies), ("conflict", model.conflicts))
            for relation in named
        ]
        found.append(
            OptionInFull(
                model.title,
                model.increment or model.summary or "",
                tuple(argued(point, citer, phrases) for point in model.for_),
                tuple(argued(point, citer, phrases) for point in model.against),
                tuple(relations),
            )
        )
    return tuple(found)


def argued(argument: Argument, citer: Citer, phrases: Phrases) -> Argued:
    """A point with its footnote, or with the words for having none."""
    footnote = citer.footnote(argument.evidence or ())
    return Argued(argument.text, footnote, "" if footnote else phrases.say("memo.unsupported"))


def scale_rows(contents: Contents, problem: Problem, phrases: Phrases) -> tuple[ScaleRow, ...]:
    """Each criterion's scale, with its ends as described."""
    return tuple(_scale(contents.leaves[axis.id][0], axis, phrases) for axis in problem.criteria)


def _scale(criterion: Criterion, axis: CriterionAxis, phrases: Phrases) -> ScaleRow:
    numbers = phrases.numbers
    scale = criterion.scale
    if scale.levels:
        named = zip(scale.levels, axis.levels, strict=True)
        ends = tuple((f"{title} ({numbers.quantity(level.value)})", level.means) for level, title in named)
    elif scale.low is not None and scale.high is not None:
        ends = tuple((numbers.quantity(end.at), end.means) for end in (scale.low, scale.high))
    else:
        ends = ((f"{numbers.quantity(axis.low)} – {numbers.quantity(axis.high)}", scale.because or ""),)
    line = criterion.red_line
    at = "" if axis.red_line is None else performance_text(axis.red_line, axis.levels, phrases)
    return ScaleRow(
        criterion.title,
        criterion.unit,
        phrases.say(f"direction.{criterion.direction}"),
        ends,
        value_function_words(axis.value_function, phrases),
        criterion.swing or "",
        "" if line is None else phrases.say("memo.red-line", at=at, because=line.because),
    )


def weight_set_heads(
    dossier: Dossier, overview: Overview, titles: dict[str, str], phrases: Phrases
) -> tuple[WeightSetHead, ...]:
    """Whose each weight set is, why, how its weights came about, and who leads under it."""
    heads = []
    for ranking in overview.rankings:
        held = dossier.weighting(ranking.weights.id)
        derived = [*derivation_notes(dossier, held, phrases, names_of(dossier, held)), *stale_notes(dossier, held.id)]
        if not held.model.given_on:
            derived.append(phrases.say("stale.cannot"))
        heads.append(
            WeightSetHead(
                held.title,
                held.holder,
                phrases.say(f"status.{held.status}"),
                held.model.rationale,
                " ".join(derived),
                phrases.listing([titles[first] for first in overview.firsts[ranking.weights.id]]),
                phrases.numbers.points(overview.leads[ranking.weights.id]),
            )
        )
    return tuple(heads)


def stale_notes(dossier: Dossier, weights: str) -> tuple[str, ...]:
    """What changed in the ranges since weights were given, as sentences."""
    return tuple(f"{finding.message[0].upper()}{finding.message[1:]}." for finding in dossier.stale(weights))


def weight_rows(overview: Overview, phrases: Phrases) -> tuple[WeightRow, ...]:
    """Weights by criterion below the sum of each top group."""
    problem = overview.rankings[0].problem
    rows = []
    for name, title, columns in problem.top_groups:
        grouped = columns != (problem.criterion_ids.index(name),) if name in problem.criterion_ids else True
        if grouped:
            sums = [float(ranking.shares[list(columns)].sum()) for ranking in overview.rankings]
            rows.append(WeightRow(title, tuple(phrases.numbers.fixed(100 * share) for share in sums), True))
        for column in columns:
            shares = [float(ranking.shares[column]) for ranking in overview.rankings]
            rows.append(
                WeightRow(
                    problem.criteria[column].short,
                    tuple(phrases.numbers.fixed(100 * share) for share in shares),
                    not grouped,
                )
            )
    return tuple(rows)


def annex_scores(contents: Contents, assessment: Assessment, phrases: Phrases) -> tuple[AnnexScores, ...]:
    """Every score of every option, in the order of the ranking."""
    ranking = assessment.ranking
    problem = ranking.problem
    found = []
    for row in ranking.order:
        option = problem.options[row]
        scores = contents.options[option.id].model.scores
        rows = []
        for column, criterion in enumerate(problem.criteria):
            score = scores[criterion.id]
            likely, bounds = _performance(problem, row, column, phrases)
            rows.append(
                ScoreRow(
                    criterion.short,
                    f"{likely} ({bounds})" if bounds else likely,
                    phrases.numbers.points(float(problem.values[row, column])),
                    score.confidence or "",
                    score.rationale or "",
                    citation(contents, score.evidence or ()) or phrases.say("memo.cites.none"),
                    _provenance(score, criterion, phrases),
                )
            )
        found.append(AnnexScores(option.title, tuple(rows)))
    return tuple(found)


def _provenance(score: Score, axis: CriterionAxis, phrases: Phrases) -> str:
    """Who scored and reviewed, when, and how far several scorers lie apart."""
    parts = []
    if score.scorer:
        parts.append(phrases.say("memo.scorer", scorer=score.scorer))
    if score.date:
        parts.append(phrases.say("memo.scored-on", date=phrases.date(score.date)))
    if score.reviewer:
        parts.append(phrases.say("memo.reviewed", reviewer=score.reviewer))
    said = " ".join(parts)
    if score.scorers:
        said = f"{said}; " if said else ""
        said += _spread(score, axis, phrases)
    return said


def _spread(score: Score, axis: CriterionAxis, phrases: Phrases) -> str:
    """How far several scorers lie apart, along the scale, and what each said; those who do not know are named apart."""
    known = [view.likely for view in score.scorers if view.likely != UNKNOWN]
    ordered = sorted(known, key=lambda likely: axis.level_ids.index(likely) if isinstance(likely, str) else likely)
    views = []
    for view in score.scorers:
        likely = _written(view.likely, phrases)
        if view.low is not None and view.high is not None:
            bounds = phrases.say("memo.bounds", low=_written(view.low, phrases), high=_written(view.high, phrases))
            likely = f"{likely}, {bounds}"
        views.append(phrases.say("memo.view", scorer=view.scorer, likely=likely))
    names = {"count": len(score.scorers), "views": "; ".join(views)}
    if not ordered:
        return phrases.say("memo.spread.unknown", **names)
    low, high = _written(ordered[0], phrases), _written(ordered[-1], phrases)
    return phrases.say("memo.spread", low=low, high=high, **names)


def _written(performance: float | str, phrases: Phrases) -> str:
    return phrases.numbers.quantity(performance) if isinstance(performance, float) else performance


def source_entries(contents: Contents, phrases: Phrases) -> tuple[SourceEntry, ...]:
    """Each source with its claims, each after the paragraphs that it paraphrases."""
    return tuple(
        SourceEntry(
            reference(entry.model, phrases),
            entry.model.locator or "",
            tuple((", ".join(f"¶{number}" for number in claim.paragraphs), claim.text) for claim in entry.model.claims),
        )
        for entry in contents.sources.values()
    )
