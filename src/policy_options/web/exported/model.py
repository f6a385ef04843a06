"""The decision problem and its weight sets as data for the script, which is given values and not performances."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from policy_options.analysis.assessment import Assessment
from policy_options.analysis.problem import Problem, WeightVector
from policy_options.dossier.eliciting import Weighting

__all__ = ["nodes_of", "problem_data", "sets_data"]


def nodes_of(problem: Problem) -> Iterator[dict[str, Any]]:
    """Every group and criterion in the order of the tree, each group before what is in it.

    ``columns`` are those of its criteria, and ``depth`` counts the groups above it.
    """
    groups = {group.id: group for group in problem.groups}
    seen: set[str] = set()
    for column, axis in enumerate(problem.criteria):
        for depth, id in enumerate(axis.groups):
            if id not in seen:
                seen.add(id)
                group = groups[id]
                yield {
                    "id": id,
                    "title": group.title,
                    "short": group.short,
                    "columns": problem.columns_of(id),
                    "group": True,
                    "depth": depth,
                }
        yield {
            "id": axis.id,
            "title": axis.title,
            "short": axis.short,
            "columns": [column],
            "group": False,
            "depth": len(axis.groups),
        }


def problem_data(assessment: Assessment) -> dict[str, Any]:
    """The problem: values at likely scores (0 where unknown), and what does not depend on weights.

    ``dominates`` are pairs at likely scores, ``surely`` wherever in their ranges the scores fall, both as rows. A crossing of a
    red line is a row, a column and whether the likely score fails.
    """
    problem, lines = assessment.ranking.problem, assessment.red_lines
    row, column = problem.option_index, {id: at for at, id in enumerate(problem.criterion_ids)}
    known = problem.values.copy()
    known[problem.unknown] = 0.0
    return {
        "options": [{"id": option.id, "title": option.title, "short": option.short} for option in problem.options],
        "criteria": [{"id": axis.id, "title": axis.title, "short": axis.short} for axis in problem.criteria],
        "nodes": list(nodes_of(problem)),
        "tops": [{"title": title, "columns": list(columns)} for _, title, columns in problem.top_groups],
        "values": known.tolist(),
        "unknown": problem.unknown.astype(int).tolist(),
        "failing": [row[option] for option in problem.option_ids if option in lines.failing],
        "crossings": [[row[one.option], column[one.criterion], one.status == "fails"] for one in lines.crossings],
        "dominates": [[row[winner], row[loser]] for winner, loser in assessment.dominance.by_likely],
        "surely": [[row[winner], row[loser]] for winner, loser in assessment.dominance.by_intervals],
        "baseline": None if assessment.baseline is None else row[assessment.baseline],
        "threshold": assessment.threshold,
    }


def sets_data(
    problem: Problem, held: Sequence[tuple[Weighting, WeightVector]], *, public: bool = False
) -> list[dict[str, Any]]:
    """The weight sets, with their weights along the criteria.

    ``parent`` is what a set made from one names. Where names are left out it is the whole set, since the dossier knows no
    participant by the id given here.
    """
    return [
        {
            "id": weighting.id,
            "title": weighting.title,
            "parent": weighting.set_id if public else weighting.id,
            "shares": weights.along(problem.criterion_ids).tolist(),
        }
        for weighting, weights in held
    ]
