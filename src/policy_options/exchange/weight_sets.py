"""Weight sets, and rankings under all of them, in their published forms."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from policy_options.analysis.diagnostics import ObjectiveWeights
from policy_options.analysis.elicitation.answers import KINDS
from policy_options.analysis.elicitation.combining import Combined
from policy_options.analysis.elicitation.deriving import implied_rating, shares_of_nodes
from policy_options.analysis.elicitation.results import Elicited
from policy_options.analysis.overview import Overview
from policy_options.analysis.problem import WeightVector
from policy_options.analysis.ranking import Ranking
from policy_options.api import Dossier
from policy_options.dossier.eliciting import Weighting, elicited_of, paths_of
from policy_options.dossier.models.weight_set import WithAnswers
from policy_options.exchange.forms import (
    DIAGNOSTICS_SCHEMA,
    RANKINGS_SCHEMA,
    WEIGHT_SETS_SCHEMA,
    WEIGHTS_SCHEMA,
    CombinedForm,
    ConsistencyForm,
    CrossCheckForm,
    DiagnosticForm,
    DiagnosticsForm,
    RankingsForm,
    RankingSummaryForm,
    SampledForm,
    WeightSetForm,
    WeightSetsForm,
    WeightSetSummaryForm,
    WeightsForm,
    WhatIfForm,
)

__all__ = [
    "combined_form",
    "consistency_forms",
    "diagnostic_forms",
    "diagnostics_form",
    "rankings_form",
    "sampled_forms",
    "weight_set_form",
    "weight_set_head",
    "weight_sets_form",
]


def weight_set_head(dossier: Dossier, id: str, *, changed: bool = False) -> WeightSetForm:
    """The holder of the weights with an id; nobody was asked for ``changed`` ones."""
    held = dossier.weighting(id)
    return {"id": id, "title": held.title, "holder": held.holder, "status": "illustrative" if changed else held.status}


def combined_form(combined: Combined | None, *, changed: bool = False) -> CombinedForm | None:
    """Several people's weights, and how far they differ; ``None`` for one person's. ``changed`` weights follow no rule."""
    if combined is None:
        return None
    return {
        "rule": None if changed else combined.rule,
        "participants": {name: _shares(one) for name, one in combined.participants.items()},
        "spread": {
            spread.criterion: {
                "low": spread.low,
                "high": spread.high,
                "lowest": spread.lowest,
                "highest": spread.highest,
            }
            for spread in combined.spread
        },
        "disagreements": [
            {
                "more": pair.more,
                "less": pair.less,
                "share": pair.share,
                "criterion": pair.criterion,
                "difference": pair.difference,
            }
            for pair in combined.disagreements
        ],
    }


def what_if_form(before: Ranking, edits: Sequence[str], take_from: str | None) -> WhatIfForm:
    """The changes behind weights that are in no file, and the result under the set's own weights."""
    problem = before.problem
    return {
        "edits": list(edits),
        "take_from": take_from,
        "weights_before": dict(zip(problem.criterion_ids, before.shares.tolist(), strict=True)),
        "ranks_before": dict(zip(problem.option_ids, before.ranks.tolist(), strict=True)),
    }


def _shares(elicited: Elicited) -> dict[str, float]:
    return dict(zip(elicited.weights.criteria, elicited.weights.shares.tolist(), strict=True))


def rankings_form(dossier: Dossier, overview: Overview) -> RankingsForm:
    """The options under every weight set."""
    problem = dossier.problem
    rankings: list[RankingSummaryForm] = [
        {
            "weight_set": weight_set_head(dossier, ranking.weights.id),
            "weights": dict(zip(problem.criterion_ids, ranking.shares.tolist(), strict=True)),
            "combined": combined_form(dossier.weighting(ranking.weights.id).combined),
            "sampled": sampled_forms(dossier.weighting(ranking.weights.id)),
            "ranks": dict(zip(problem.option_ids, ranking.ranks.tolist(), strict=True)),
            "best_ranks": dict(zip(problem.option_ids, ranking.best_rank.tolist(), strict=True)),
            "worst_ranks": dict(zip(problem.option_ids, ranking.worst_rank.tolist(), strict=True)),
            "values": dict(zip(problem.option_ids, ranking.lower.tolist(), strict=True)),
            "upper_values": dict(zip(problem.option_ids, ranking.upper.tolist(), strict=True)),
            "first": list(overview.firsts[ranking.weights.id]),
            "lead": overview.leads[ranking.weights.id],
            "stale": [finding.message for finding in dossier.stale(ranking.weights.id)],
        }
        for ranking in overview.rankings
    ]
    decision = dossier.contents.decision.model
    return {
        "schema": RANKINGS_SCHEMA,
        "dossier": decision.id,
        "too_close_to_call": decision.thresholds.too_close_to_call,
        "options": {option.id: option.title for option in problem.options},
        "fails_red_line": list(overview.failing),
        "rankings": rankings,
    }


def weight_sets_form(dossier: Dossier, overview: Overview) -> WeightSetsForm:
    """The list of weight sets."""
    rows: list[WeightSetSummaryForm] = []
    for ranking in overview.rankings:
        held = dossier.weighting(ranking.weights.id)
        rows.append(
            {
                "id": held.id,
                "title": held.title,
                "holder": held.holder,
                "status": held.status,
                "method": held.model.method,
                "across": held.model.across,
                "parent": held.model.parent,
                "combined": combined_form(held.combined),
                "consistency": consistency_forms(held),
                "given_on_stored": bool(held.model.given_on),
                "stale": [finding.message for finding in dossier.stale(held.id)],
                "heaviest": list(ranking.heaviest),
                "first": list(overview.firsts[held.id]),
                "lead": overview.leads[ranking.weights.id],
            }
        )
    return {
        "schema": WEIGHT_SETS_SCHEMA,
        "dossier": dossier.contents.decision.model.id,
        "weight_sets": rows,
    }


def consistency_forms(held: Weighting | None) -> list[ConsistencyForm]:
    """The consistency of the judgements behind some weights, for each node and each person."""
    return [
        {
            "person": person,
            "group": node.parent or None,
            "measure": found.measure,
            "value": found.value,
            "threshold": found.threshold,
            "table": found.table,
            "extra": found.extra,
            "within": found.within,
            "worst": [
                {
                    "first": correction.first,
                    "second": correction.second,
                    "said": correction.said,
                    "fits": correction.fits,
                    "after": correction.after,
                }
                for correction in found.worst
            ],
        }
        for person, elicited in (held.people if held else {}).items()
        for node in elicited.nodes
        for found in (node.consistency,)
        if found is not None
    ]


def sampled_forms(held: Weighting | None) -> list[SampledForm]:
    """The basis of the sampled centres behind some weights, for each person; empty if all are exact."""
    return [
        {
            "person": person,
            "seed": one.sampled.seed,
            "count": one.sampled.count,
            "standard_error": one.sampled.standard_error,
        }
        for person, one in (held.people if held else {}).items()
        if one.sampled is not None
    ]


def weight_set_form(dossier: Dossier, id: str) -> WeightsForm:
    """One weight set in full; a set of several people without a rule has no combined weights.

    Raises:
        PolicyOptionsError: there is no such set or participant.
    """
    of_several = elicited_of(dossier.contents, id) if id in dossier.contents.weight_sets else None
    combined = of_several if isinstance(of_several, Combined) else None
    set_id, _, person_id = id.partition("/")
    held: Weighting | None = None
    if combined is None or combined.weights is not None:
        held = dossier.weighting(id)
    entry = dossier.contents.weight_sets[set_id]
    model = entry.model
    people = list(model.participants)
    index = next((index for index, person in enumerate(people) if person.id == person_id), None)
    given: WithAnswers = model if index is None else people[index]
    raw: dict[str, Any] = entry.tree.data if index is None else entry.tree.data["participants"][index]
    day = (people[index].date if index is not None else None) or model.date
    behind = held.people if held else {}
    shares = None if held is None else dict(zip(held.weights.criteria, held.weights.shares.tolist(), strict=True))
    nodes = shares_of_nodes(held.weights, paths_of(dossier.contents)) if held is not None else None
    return {
        "schema": WEIGHTS_SCHEMA,
        "dossier": dossier.contents.decision.model.id,
        "weight_set": weight_set_head(dossier, id)
        if held is not None
        else {"id": id, "title": model.title, "holder": model.holder, "status": model.status},
        "rationale": model.rationale,
        "date": day.isoformat() if day else None,
        "parent": model.parent,
        "method": model.method,
        "across": model.across,
        "judgements": {key: raw[key] for key in raw if key in KINDS},
        "weights": shares,
        "group_weights": None
        if nodes is None or shares is None
        else {n: s for n, s in nodes.items() if n not in shares},
        "consistency": consistency_forms(held),
        "centre_of_region": any(one.at_centre for one in behind.values()),
        "sampled": sampled_forms(held),
        "cross_checks": _cross_checks(given, nodes or {}),
        "combined": combined_form(combined),
        "given_on": entry.tree.data.get("given-on", {}),
        "stale": [finding.message for finding in dossier.stale(id)],
    }


def _cross_checks(given: WithAnswers, nodes: dict[str, float]) -> list[CrossCheckForm]:
    return [
        {
            "of": check.of,
            "beside": check.beside,
            "said": check.said,
            "implied": implied_rating(nodes, check.of, check.beside) if nodes else None,
        }
        for check in given.cross_checks
    ]


def diagnostic_forms(found: Sequence[ObjectiveWeights]) -> list[DiagnosticForm]:
    """Weights derived from the scores alone, by each method."""
    return [
        {
            "method": one.method,
            "source": one.source,
            "weights": dict(zip(one.criteria, one.shares.tolist(), strict=True)),
            "constant": list(one.constant),
        }
        for one in found
    ]


def diagnostics_form(
    dossier: Dossier, found: Sequence[ObjectiveWeights], vectors: Sequence[WeightVector]
) -> DiagnosticsForm:
    """Diagnostics next to the weights of every set."""
    return {
        "schema": DIAGNOSTICS_SCHEMA,
        "dossier": dossier.contents.decision.model.id,
        "diagnostics": diagnostic_forms(found),
        "weight_sets": {
            vector.id: dict(zip(vector.criteria, vector.shares.tolist(), strict=True)) for vector in vectors
        },
    }
