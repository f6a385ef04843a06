"""Weight sets as rows for machines: ids and numbers, without text or number formats of any language."""

from __future__ import annotations

from policy_options.analysis.elicitation.answers import Interval
from policy_options.analysis.overview import Overview
from policy_options.analysis.problem import Problem
from policy_options.api import Dossier
from policy_options.dossier.eliciting import Weighting, answers_of
from policy_options.wording.derivations import answers_given, least_consistent
from policy_options.wording.table import Cell, Column, Table

__all__ = ["shares_rows", "weight_sets_rows"]


def weight_sets_rows(dossier: Dossier, overview: Overview) -> Table:
    """One row per weight vector: who, how, the consistency ratio with its threshold, the number of stale criteria, who
    leads.
    """
    keys = ("weights", "title", "holder", "status", "method", "rule", "heaviest", "first")
    numbers = ("consistency", "threshold", "stale", "ranges_stored", "lead")
    rows: list[tuple[Cell, ...]] = []
    for ranking in overview.rankings:
        held = dossier.weighting(ranking.weights.id)
        found = least_consistent(held)
        rows.append(
            (
                *(held.id, held.title, held.holder, held.status, held.model.method, held.model.combine),
                *(" ".join(ranking.heaviest), " ".join(overview.firsts[held.id])),
                *(None if found is None else found.value, None if found is None else found.threshold),
                len({finding.ids[1] for finding in dossier.stale(held.id)}),
                int(bool(held.model.given_on)),
                overview.leads[held.id],
            )
        )
    texts = tuple(Column(key, key, "text") for key in keys)
    return Table((*texts, *(Column(key, key, "points") for key in numbers)), tuple(rows))


def shares_rows(held: Weighting, problem: Problem) -> Table:
    """One row per criterion: its weight, the bounds of the judgement on it if it was rated, and its scale."""
    given = answers_given(held)
    judged = answers_of(given).judgements if given is not None else {}
    rows: list[tuple[Cell, ...]] = []
    for axis in problem.criteria:
        answer = judged.get(axis.id)
        low, high = (answer.low, answer.high) if isinstance(answer, Interval) else (answer, answer)
        groups = "/".join(axis.groups)
        rows.append(
            (axis.id, groups, held.weights.share(axis.id), low, high, axis.low, axis.high, axis.direction, axis.unit)
        )
    kinds = {"criterion": "text", "groups": "text", "direction": "text", "unit": "text"}
    keys = (
        "criterion",
        "groups",
        "weight",
        "judged_low",
        "judged_high",
        "scale_low",
        "scale_high",
        "direction",
        "unit",
    )
    return Table(tuple(Column(key, key, "text" if key in kinds else "points") for key in keys), tuple(rows))
