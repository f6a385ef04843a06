"""Results in their published JSON forms: every number to 12 significant digits, keys in a fixed order, UTF-8."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from policy_options.analysis.assessment import Assessment
from policy_options.analysis.overview import Overview
from policy_options.api import Dossier
from policy_options.dossier.loading import CheckReport
from policy_options.errors import Fault
from policy_options.exchange.forms import (
    CHECK_SCHEMA,
    CLOSE_PAIRS_PUBLISHED,
    OPTION_SCHEMA,
    RANKING_SCHEMA,
    CheckForm,
    FindingForm,
    OptionForm,
    RankedOptionForm,
    RankingForm,
    ScoreForm,
    WhatIfForm,
)
from policy_options.exchange.weight_sets import combined_form, consistency_forms, sampled_forms, weight_set_head
from policy_options.wording.numbers import machine

__all__ = ["check_form", "json_text", "option_form", "ranking_form"]


def json_text(form: Mapping[str, Any]) -> str:
    """The form as indented JSON text; an unknown number is null."""
    return json.dumps(_rounded(form), ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def _rounded(node: Any) -> Any:
    if isinstance(node, float):
        return machine(node)
    if isinstance(node, Mapping):
        return {key: _rounded(child) for key, child in node.items()}
    if isinstance(node, list | tuple):
        return [_rounded(child) for child in node]
    return node


def ranking_form(dossier: Dossier, assessment: Assessment, what_if: WhatIfForm | None = None) -> RankingForm:
    """The published form of a ranking; ``what_if`` if its weights are in no file."""
    ranking = assessment.ranking
    cost = assessment.cost_value
    return {
        "schema": RANKING_SCHEMA,
        "dossier": dossier.contents.decision.model.id,
        "weight_set": weight_set_head(dossier, ranking.weights.id, changed=what_if is not None),
        "weights": dict(zip(ranking.problem.criterion_ids, ranking.shares.tolist(), strict=True)),
        "what_if": what_if,
        "combined": combined_form(dossier.weighting(ranking.weights.id).combined, changed=what_if is not None),
        "consistency": consistency_forms(dossier.weighting(ranking.weights.id)),
        "sampled": sampled_forms(dossier.weighting(ranking.weights.id)),
        "too_close_to_call": assessment.close.threshold,
        "baseline": assessment.baseline,
        "options": [_option(assessment, row) for row in ranking.order],
        "stale": [finding.message for finding in dossier.stale(ranking.weights.id)],
        "close_pair_count": len(assessment.close),
        "close_pairs": [
            {"better": pair.better, "worse": pair.worse, "difference": pair.difference}
            for pair in assessment.close.first(CLOSE_PAIRS_PUBLISHED)
        ],
        "dominance": {
            "by_likely": [list(pair) for pair in assessment.dominance.by_likely],
            "by_intervals": [list(pair) for pair in assessment.dominance.by_intervals],
        },
        "cost_value": None
        if cost is None
        else {
            "group": cost.group,
            "value_without_cost": dict(zip(cost.options, cost.benefit.tolist(), strict=True)),
            "economy": dict(zip(cost.options, cost.economy.tolist(), strict=True)),
            "frontier": list(cost.frontier),
        },
    }


def option_form(dossier: Dossier, assessment: Assessment, option: str, what_if: WhatIfForm | None = None) -> OptionForm:
    """The published form of one option, criterion by criterion; ``what_if`` if its weights are in no file."""
    ranking = assessment.ranking
    problem = ranking.problem
    row = problem.option_index[option]
    scores: dict[str, ScoreForm] = {}
    for column, criterion in enumerate(problem.criteria):
        score = dossier.contents.options[option].model.scores[criterion.id]
        known = not score.unknown
        scores[criterion.id] = {
            "low": (score.likely if score.low is None else score.low) if known else None,
            "likely": score.likely if known else None,
            "high": (score.likely if score.high is None else score.high) if known else None,
            "unit": criterion.unit,
            "value": float(problem.values[row, column]),
            "weight": float(ranking.shares[column]),
            "contribution": float(ranking.contributions[row, column]),
            "confidence": score.confidence,
            "rationale": score.rationale,
            "evidence": list(score.evidence or ()),
        }
    return {
        "schema": OPTION_SCHEMA,
        "dossier": dossier.contents.decision.model.id,
        "weight_set": weight_set_head(dossier, ranking.weights.id, changed=what_if is not None),
        "what_if": what_if,
        "combined": combined_form(dossier.weighting(ranking.weights.id).combined, changed=what_if is not None),
        "stale": [finding.message for finding in dossier.stale(ranking.weights.id)],
        "option": _option(assessment, row),
        "scores": scores,
    }


def _option(assessment: Assessment, row: int) -> RankedOptionForm:
    ranking = assessment.ranking
    problem = ranking.problem
    option = problem.options[row]
    lead = assessment.leads_over_baseline.get(option.id)
    groups = [name for name, _, _ in problem.top_groups]
    return {
        "id": option.id,
        "title": option.title,
        "rank": int(ranking.ranks[row]),
        "value": float(ranking.lower[row]),
        "upper_value": float(ranking.upper[row]),
        "best_rank": int(ranking.best_rank[row]),
        "worst_rank": int(ranking.worst_rank[row]),
        "lead_over_baseline": lead.points if lead else None,
        "contributions": dict(zip(problem.criterion_ids, ranking.contributions[row].tolist(), strict=True)),
        "group_contributions": dict(zip(groups, ranking.group_contributions[row].tolist(), strict=True)),
        "fails_red_line": option.id in assessment.red_lines.failing,
        "red_lines": [
            {"criterion": crossing.criterion, "status": crossing.status}
            for crossing in assessment.red_lines.crossings
            if crossing.option == option.id
        ],
    }


def check_form(dossier: Dossier, report: CheckReport, overview: Overview) -> CheckForm:
    """The published form of a check."""
    citations = report.citations
    return {
        "schema": CHECK_SCHEMA,
        "dossier": dossier.contents.decision.model.id,
        "options": report.options,
        "criteria": report.criteria,
        "weight_sets": report.weight_sets,
        "scores": report.scores,
        "unsupported": report.unsupported,
        "unknown": report.unknown,
        "findings": [_finding(finding) for finding in report.findings],
        "acknowledged": [
            {"finding": _finding(finding), "because": because} for finding, because in report.acknowledged
        ],
        "citations": None
        if citations is None
        else {
            "paragraphs": citations.paragraphs,
            "found": citations.found,
            "pages": citations.pages,
            "pages_found": citations.pages_found,
            "quotes": citations.quotes,
            "quotes_found": citations.quotes_found,
            "without_text": list(citations.without_text),
        },
        "best_by_criterion": {name: list(best) for name, best in overview.best_by_criterion.items()},
        "leaders_by_weight_set": {name: list(firsts) for name, firsts in overview.firsts.items()},
        "weight_set_status": {name: dossier.weighting(name).status for name in dossier.weight_sets},
        "restates_weights": overview.restates_weights,
    }


def _finding(finding: Fault) -> FindingForm:
    place = finding.place
    return {
        "code": finding.code,
        "message": finding.message,
        "remedy": finding.remedy,
        "ids": list(finding.ids),
        "file": place.file if place else None,
        "line": place.line if place else None,
        "column": place.column if place else None,
    }
