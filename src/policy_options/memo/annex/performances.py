"""Every score in units: the performance matrix, and each score with its basis."""

from __future__ import annotations

from typing import Final

from policy_options.analysis.problem import CriterionAxis
from policy_options.charts.fonts import em_width
from policy_options.dossier.models.base import UNKNOWN
from policy_options.dossier.models.option import Score
from policy_options.memo.citing import cited_pieces
from policy_options.memo.content import AnnexScores, Link, MatrixBlock, MatrixRow, ScoreRow
from policy_options.memo.sections.options import performance
from policy_options.memo.subject import Subject
from policy_options.wording.citing import citation
from policy_options.wording.phrases import Phrases

__all__ = ["annex_scores", "matrix_blocks", "score_anchor"]

OPTIONS_ACROSS: Final = 7
"""Options that fit next to one another on a page of the annex, if no figure needs more room."""

# As laid out by templates/memo/memo.css: all columns but the first, the type size, and the space between cells.
_ACROSS: Final = 140.0  # mm
_SIZE: Final = 7.8 * 25.4 / 72  # mm
_PADDING: Final = 3.0  # mm


def matrix_blocks(subject: Subject) -> tuple[MatrixBlock, ...]:
    """The performance matrix, criteria down and options across, in blocks that fit a page."""
    problem = subject.problem
    rows = range(len(problem.options))
    titles = [option.short for option in problem.options]
    across = _fitting(subject)
    blocks = [rows[start : start + across] for start in range(0, len(rows), across)]
    return tuple(
        MatrixBlock(
            tuple(titles[row] for row in block),
            tuple(
                MatrixRow(
                    criterion.short,
                    criterion.unit,
                    subject.phrases.say("memo.judged") if subject.contents.leaves[criterion.id][0].judged else "",
                    tuple(performance(subject, row, column) for row in block),
                )
                for column, criterion in enumerate(problem.criteria)
            ),
        )
        for block in blocks
    )


def _fitting(subject: Subject) -> int:
    """The number of options that fit next to one another, with every figure on one line, clear of its neighbours."""
    problem, numbers = subject.problem, subject.phrases.numbers
    figures = [column for column, axis in enumerate(problem.criteria) if not axis.levels]
    given = {
        performance
        for bound in (problem.low, problem.likely, problem.high)
        for performance in bound[:, figures].reshape(-1).tolist()
    }
    widest = max((em_width(numbers.quantity(performance)) for performance in given), default=0.0) * _SIZE
    return max(1, min(OPTIONS_ACROSS, int(_ACROSS / (widest + _PADDING))))


def score_anchor(option: str, criterion: str) -> str:
    """The id of the row of a score."""
    return f"score.{option}.{criterion}"


def annex_scores(subject: Subject) -> tuple[AnnexScores, ...]:
    """Every score of every option."""
    contents, phrases, problem = subject.contents, subject.phrases, subject.problem
    annexes = []
    for row, option in enumerate(problem.options):
        scores = contents.options[option.id].model.scores
        rows = []
        for column, criterion in enumerate(problem.criteria):
            score = scores[criterion.id]
            likely, bounds = performance(subject, row, column)
            rows.append(
                ScoreRow(
                    score_anchor(option.id, criterion.id),
                    criterion.short,
                    f"{likely} ({bounds})" if bounds else likely,
                    phrases.numbers.points(float(problem.values[row, column])),
                    phrases.say_of("confidence-level", score.confidence) if score.confidence else "",
                    score.rationale or "",
                    citation(contents, score.evidence or (), phrases) or phrases.say("memo.cites.none"),
                    cited_pieces(contents, score.evidence or (), phrases)
                    or (Link(phrases.say("memo.cites.none"), ""),),
                    _provenance(score, criterion, phrases),
                )
            )
        annexes.append(AnnexScores(option.title, option.short, tuple(rows)))
    return tuple(annexes)


def _provenance(score: Score, axis: CriterionAxis, phrases: Phrases) -> str:
    """Who scored and reviewed, when, and how far several scorers differ."""
    parts = []
    if score.scorer:
        parts.append(phrases.say("memo.scorer", scorer=score.scorer))
    if score.date:
        parts.append(phrases.say("memo.scored-on", date=phrases.date(score.date)))
    if score.reviewer:
        parts.append(phrases.say("memo.reviewed", reviewer=score.reviewer))
    provenance = phrases.together(parts)
    if score.scorers:
        provenance = phrases.rows(
            [provenance, _spread(score, axis, phrases)] if provenance else [_spread(score, axis, phrases)]
        )
    return provenance


def _spread(score: Score, axis: CriterionAxis, phrases: Phrases) -> str:
    """How far several scorers differ along the scale, and the score of each; those who do not know are named separately."""
    known = [view.likely for view in score.scorers if view.likely != UNKNOWN]
    ordered = sorted(known, key=lambda likely: axis.level_ids.index(likely) if isinstance(likely, str) else likely)
    views = []
    for view in score.scorers:
        likely = _written(view.likely, phrases)
        if view.low is not None and view.high is not None:
            bounds = phrases.say("memo.bounds", low=_written(view.low, phrases), high=_written(view.high, phrases))
            likely = f"{likely}, {bounds}"
        views.append(phrases.say("memo.view", scorer=view.scorer, likely=likely))
    names = {"count": len(score.scorers), "views": phrases.rows(views)}
    if not ordered:
        return phrases.say("memo.spread.unknown", **names)
    low, high = _written(ordered[0], phrases), _written(ordered[-1], phrases)
    return phrases.say("memo.spread", low=low, high=high, **names)


def _written(performance: float | str, phrases: Phrases) -> str:
    return phrases.numbers.quantity(performance) if isinstance(performance, float) else performance
