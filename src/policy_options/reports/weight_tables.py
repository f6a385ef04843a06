"""Weights in tables: whose they are, what was judged, how far people differ, the effect of a change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from policy_options.analysis.diagnostics import ObjectiveWeights
from policy_options.analysis.elicitation.answers import Interval
from policy_options.analysis.elicitation.combining import Combined
from policy_options.analysis.elicitation.methods import METHODS
from policy_options.analysis.elicitation.results import Elicited
from policy_options.analysis.overview import Overview
from policy_options.analysis.problem import CriterionAxis, Problem, WeightVector
from policy_options.analysis.ranking import Ranking
from policy_options.api import Dossier
from policy_options.dossier.eliciting import Weighting, answers_of
from policy_options.wording.derivations import answers_given, consistency_short, grade, least_consistent
from policy_options.wording.numbers import DASH
from policy_options.wording.phrases import Phrases
from policy_options.wording.table import Cell, Column, Table

__all__ = [
    "changed_shares_table",
    "comparisons_table",
    "diagnostics_table",
    "moves_table",
    "participants_table",
    "shares_table",
    "spread_table",
    "weight_sets_table",
]


def weight_sets_table(dossier: Dossier, overview: Overview, phrases: Phrases) -> Table:
    """All weights that options can be ranked under, one per row; people whose set does not combine them have one row each."""
    columns = (
        Column("weights", phrases.heading("weights"), "text"),
        Column("title", phrases.heading("title"), "text", spare=8),
        Column("holder", phrases.heading("holder"), "text", spare=7),
        Column("status", phrases.heading("status"), "text", spare=1),
        Column("method", phrases.heading("method"), "text", spare=3),
        Column("consistency", phrases.heading("consistency"), "text", spare=4),
        Column("stale", phrases.heading("stale"), "text", spare=2),
        Column("heaviest", phrases.heading("heaviest"), "text", spare=6),
        Column("first", phrases.heading("first"), "text"),
        Column("lead", phrases.heading("lead"), "lead", spare=5),
    )
    rows: list[tuple[Cell, ...]] = []
    for ranking in overview.rankings:
        held = dossier.weighting(ranking.weights.id)
        stale = {finding.ids[1] for finding in dossier.stale(held.id)}
        rows.append(
            (
                held.id,
                held.title,
                held.holder,
                phrases.say_of("status", held.status),
                _method(held, phrases),
                consistency_short(least_consistent(held), phrases),
                phrases.say("stale.some", count=len(stale))
                if stale
                else phrases.say("stale.none")
                if held.model.given_on
                else phrases.say("stale.unknown"),
                ", ".join(ranking.heaviest),
                ", ".join(overview.firsts[ranking.weights.id]),
                overview.leads[ranking.weights.id],
            )
        )
    return Table(columns, tuple(rows))


def _method(held: Weighting, phrases: Phrases) -> str:
    name = phrases.say_of("method", held.model.method)
    if held.combined is not None:
        return phrases.say_of("combine", str(held.combined.rule), method=name, count=len(held.combined.participants))
    return name


def shares_table(held: Weighting, problem: Problem, phrases: Phrases) -> Table:
    """Derived weights with the judgement on each, and the range that it was given on; a group's row has its sum."""
    said = _said(held, phrases)
    columns = (
        Column("criterion", phrases.heading("criterion"), "text"),
        *((Column("judgement", phrases.heading("judgement"), "text", spare=3),) if said else ()),
        Column("weight", phrases.heading("weight"), "percent"),
        Column("bar", phrases.heading("bar"), "bar", spare=4),
        Column("range", phrases.heading("range"), "text", spare=1),
        Column("unit", phrases.heading("unit"), "text", spare=2),
    )
    shares = dict(zip(problem.criterion_ids, held.weights.along(problem.criterion_ids).tolist(), strict=True))
    rows: list[tuple[Cell, ...]] = []

    def row(name: str, depth: int, share: float, *others: Cell) -> None:
        judged: tuple[Cell, ...] = (said.get(name, ""),) if said else ()
        rows.append(("  " * depth + name, *judged, share, *others))

    told: set[str] = set()
    for axis in problem.criteria:
        for depth, name in enumerate(axis.groups):
            if name not in told:
                told.add(name)
                total = sum(shares[problem.criterion_ids[column]] for column in problem.columns_of(name))
                row(name, depth, total, (), "", "")
        share = shares[axis.id]
        row(axis.id, len(axis.groups), share, (share,), _range(axis, phrases), axis.unit)
    return Table(columns, tuple(rows))


def _range(axis: CriterionAxis, phrases: Phrases) -> str:
    """From the worst end to the best, which is what a swing is."""
    ends = (
        [axis.levels[0], axis.levels[-1]]
        if axis.levels
        else [phrases.numbers.quantity(e) for e in (axis.low, axis.high)]
    )
    worst, best = ends if axis.direction == "more-is-better" else reversed(ends)
    return phrases.say("swing.range", worst=worst, best=best)


def _said(held: Weighting, phrases: Phrases) -> dict[str, str]:
    given = answers_given(held)
    if given is None:
        return {}
    answers = answers_of(given)
    quantity = phrases.numbers.quantity
    said = {
        name: phrases.say("judgement.interval", low=quantity(answer.low), high=quantity(answer.high))
        if isinstance(answer, Interval)
        else quantity(answer)
        for name, answer in answers.judgements.items()
    }
    if METHODS[held.model.method].ranks:
        for chain in answers.order:
            place = 1
            for level in chain:
                said.update((name, phrases.say("judgement.place", place=place)) for name in level)
                place += len(level)
    for comparison in answers.best_worst:
        said[comparison.best] = phrases.say("judgement.best")
        said[comparison.worst] = phrases.say("judgement.worst")
        for name in comparison.best_to_others:
            if name not in (comparison.best, comparison.worst):
                over, under = comparison.best_to_others[name], comparison.others_to_worst[name]
                said[name] = phrases.say("judgement.between", over=quantity(over), under=quantity(under))
    return said


def comparisons_table(held: Weighting, phrases: Phrases) -> Table | None:
    """Pairwise comparisons as given, with the ratio that the weights imply for each; ``None`` if there are no comparisons."""
    given = answers_given(held)
    if given is None or not given.pairwise:
        return None
    columns = (
        Column("first", phrases.heading("matters"), "text"),
        Column("second", phrases.heading("beside"), "text"),
        Column("said", phrases.heading("times"), "text"),
        Column("weights", phrases.heading("by_weights"), "text"),
    )
    share = _node_shares(held.elicited) if held.elicited else {}
    rows: list[tuple[Cell, ...]] = []
    for first, others in given.pairwise.items():
        for second, ratio in others.items():
            by_weights = DASH
            if share.get(second) and first in share:
                by_weights = phrases.numbers.quantity(float(f"{share[first] / share[second]:.2g}"))
            rows.append((first, second, grade(ratio, phrases), by_weights))
    return Table(columns, tuple(rows))


def _node_shares(elicited: Elicited) -> dict[str, float]:
    return {
        child: share
        for node in elicited.nodes
        for child, share in zip(node.children, node.shares.tolist(), strict=True)
    }


def spread_table(combined: Combined, phrases: Phrases) -> Table:
    """Each criterion's combined weight next to the least and the largest that any participant gives it."""
    columns = [Column("criterion", phrases.heading("criterion"), "text")]
    if combined.weights is not None:
        columns.append(Column("weight", phrases.heading("weight"), "percent"))
    columns += [
        Column("low", phrases.heading("least"), "percent"),
        Column("lowest", phrases.heading("by"), "text", spare=1),
        Column("high", phrases.heading("most"), "percent"),
        Column("highest", phrases.heading("by"), "text", spare=1),
    ]
    rows: list[tuple[Cell, ...]] = []
    for spread in combined.spread:
        weight: tuple[Cell, ...] = () if combined.weights is None else (combined.weights.share(spread.criterion),)
        rows.append((spread.criterion, *weight, spread.low, spread.lowest, spread.high, spread.highest))
    return Table(tuple(columns), tuple(rows))


def participants_table(overview: Overview, phrases: Phrases) -> Table:
    """The option that each participant's weights alone would put first."""
    columns = (
        Column("participant", phrases.heading("participant"), "text"),
        Column("first", phrases.heading("first"), "text"),
        Column("lead", phrases.heading("lead"), "lead"),
        Column("heaviest", phrases.heading("heaviest"), "text", spare=1),
    )
    rows = tuple(
        (
            ranking.weights.id.rpartition("/")[2],
            ", ".join(overview.firsts[ranking.weights.id]),
            overview.leads[ranking.weights.id],
            ", ".join(ranking.heaviest),
        )
        for ranking in overview.rankings
    )
    return Table(columns, rows)


def moves_table(before: Ranking, after: Ranking, phrases: Phrases) -> Table:
    """Ranks and values before and after a change of weights, in the new order; ranges if scores are unknown."""
    ranged = bool(after.problem.unknown.any())
    columns = (
        Column("rank", phrases.heading("rank"), "text" if ranged else "rank"),
        Column("rank_before", phrases.heading("rank_before"), "text" if ranged else "rank"),
        Column("option", phrases.heading("option"), "text"),
        Column("value", phrases.heading("value"), "points"),
        *((Column("upper_value", phrases.heading("upper_value"), "points"),) if ranged else ()),
        Column("change", phrases.heading("change"), "lead"),
    )
    ids = after.problem.option_ids

    def rank_of(ranking: Ranking, row: int) -> Cell:
        best, worst = int(ranking.best_rank[row]), int(ranking.worst_rank[row])
        if not ranged:
            return int(ranking.ranks[row])
        return str(best) if best == worst else phrases.say("memo.bounds", low=best, high=worst)

    rows: list[tuple[Cell, ...]] = [
        (
            rank_of(after, row),
            rank_of(before, row),
            ids[row],
            float(after.lower[row]),
            *((float(after.upper[row]),) if ranged else ()),
            float(after.lower[row] - before.lower[row]),
        )
        for row in after.order
    ]
    return Table(columns, tuple(rows))


def changed_shares_table(before: Mapping[str, float], after: Mapping[str, float], phrases: Phrases) -> Table:
    """Weights before and after a change, for every criterion."""
    columns = (
        Column("criterion", phrases.heading("criterion"), "text"),
        Column("weight_before", phrases.heading("weight_before"), "percent"),
        Column("weight", phrases.heading("weight"), "percent"),
        Column("bar", phrases.heading("bar"), "bar", spare=1),
    )
    rows: Sequence[tuple[Cell, ...]] = [(name, before[name], after[name], (after[name],)) for name in after]
    return Table(columns, tuple(rows))


def diagnostics_table(found: Sequence[ObjectiveWeights], vectors: Sequence[WeightVector], phrases: Phrases) -> Table:
    """Diagnostic weights of each criterion, and the least and the largest that any weight set gives it."""
    columns = (
        Column("criterion", phrases.heading("criterion"), "text"),
        *(Column(one.method, phrases.heading(one.method), "percent") for one in found),
        Column("least", phrases.heading("least_of_sets"), "percent"),
        Column("most", phrases.heading("most_of_sets"), "percent"),
        *(Column(vector.id, vector.id, "percent", spare=9) for vector in vectors),
    )
    rows: list[tuple[Cell, ...]] = []
    for column, criterion in enumerate(found[0].criteria):
        of_sets = [vector.share(criterion) for vector in vectors]
        diagnostic = (float(one.shares[column]) for one in found)
        rows.append((criterion, *diagnostic, min(of_sets), max(of_sets), *of_sets))
    return Table(columns, tuple(rows))
