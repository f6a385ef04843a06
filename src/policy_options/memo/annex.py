"""The annex: every number that the ranking was computed from, in units, with what it rests on."""

from __future__ import annotations

from policy_options.analysis.assessment import Assessment
from policy_options.analysis.overview import Overview
from policy_options.analysis.problem import CriterionAxis, Problem
from policy_options.dossier.contents import Contents
from policy_options.dossier.models.criteria import Criterion
from policy_options.dossier.models.option import Score
from policy_options.memo.citing import reference
from policy_options.memo.content import (
    AnnexScores,
    MatrixRow,
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

__all__ = ["annex_scores", "matrix_rows", "scale_rows", "source_entries", "weight_rows", "weight_set_heads"]


def matrix_rows(problem: Problem, order: tuple[int, ...], phrases: Phrases) -> tuple[MatrixRow, ...]:
    """The performance matrix, criteria down and options across in the order of the ranking."""
    rows = []
    for column, criterion in enumerate(problem.criteria):
        cells = []
        for row in order:
            low, likely, high = (
                performance_text(float(bound[row, column]), criterion.levels, phrases)
                for bound in (problem.low, problem.likely, problem.high)
            )
            cells.append((likely, "" if low == high else phrases.say("memo.bounds", low=low, high=high)))
        rows.append(MatrixRow(criterion.short, criterion.unit, tuple(cells)))
    return tuple(rows)


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
    contents: Contents, overview: Overview, titles: dict[str, str], phrases: Phrases
) -> tuple[WeightSetHead, ...]:
    """Whose each weight set is, why, and who leads under it."""
    heads = []
    for ranking in overview.rankings:
        model = contents.weight_sets[ranking.weights.id].model
        heads.append(
            WeightSetHead(
                model.title,
                model.holder,
                phrases.say(f"status.{model.status}"),
                model.rationale,
                phrases.listing([titles[leader] for leader in ranking.leaders]),
                phrases.numbers.points(ranking.lead_of_first),
            )
        )
    return tuple(heads)


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
            low, likely, high = (
                performance_text(float(bound[row, column]), criterion.levels, phrases)
                for bound in (problem.low, problem.likely, problem.high)
            )
            bounds = "" if low == high else f" ({phrases.say('memo.bounds', low=low, high=high)})"
            rows.append(
                ScoreRow(
                    criterion.short,
                    likely + bounds,
                    phrases.numbers.points(float(problem.values[row, column])),
                    score.confidence or "",
                    score.rationale or "",
                    citation(contents, score.evidence or ()) or phrases.say("memo.cites.none"),
                    _provenance(score, phrases),
                )
            )
        found.append(AnnexScores(option.title, tuple(rows)))
    return tuple(found)


def _provenance(score: Score, phrases: Phrases) -> str:
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
        written = [_written(view.likely, phrases) for view in score.scorers]
        views = ", ".join(
            phrases.say("memo.view", scorer=view.scorer, likely=likely)
            for view, likely in zip(score.scorers, written, strict=True)
        )
        numbers = [view.likely for view in score.scorers if isinstance(view.likely, float)]
        low, high = (
            (_written(min(numbers), phrases), _written(max(numbers), phrases)) if numbers else (written[0], written[-1])
        )
        said = f"{said}; " if said else ""
        said += phrases.say("memo.spread", count=len(score.scorers), low=low, high=high, views=views)
    return said


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
