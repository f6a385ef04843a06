"""Published form of comparisons between rankings: each changed order with the parts of its gap, and measures of agreement."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal, NotRequired

import numpy as np
from typing_extensions import TypedDict

from policy_options.analysis.comparison.across import Across
from policy_options.analysis.comparison.attribution import GapChange
from policy_options.analysis.comparison.changes import ScoreChange, changes
from policy_options.analysis.comparison.comparing import Comparison, Top
from policy_options.analysis.comparison.path import Path
from policy_options.diffing import Diff
from policy_options.exchange.forms import WeightSetForm
from policy_options.exchange.package_change import PackageChangeForm, package_change_form
from policy_options.exchange.weight_sets import weight_set_head

__all__ = ["COMPARISON_SCHEMA", "PAIRS_EXPLAINED", "ComparisonForm", "comparison_form"]

COMPARISON_SCHEMA: Final = "policy-options/comparison/1"

ORDERS_PUBLISHED: Final = (10_000, 2_000)
"""Number of changed orders published for one comparison; for several it is divided evenly.

Those nearest the top come first, and all are counted.
"""

PAIRS_EXPLAINED: Final = (1_300, 400)
"""Number of these with their parts, which are many numbers each; ``diff A B --explain`` gives those of any pair."""

_RANKS_PUBLISHED: Final = 20_000  # ranks in the sequence of orders along the path


class VersionsForm(TypedDict):
    """The two versions as they were named; null means the files on disk."""

    before: str | None
    after: str | None


class ScenarioPairForm(TypedDict):
    """The ids of two scenarios of one version; there where scenarios are compared, and ``versions`` is then null."""

    before: str
    after: str


class TopForm(TypedDict):
    """The first options among those that fail no red line; ``lead`` is 0 if they tie, and null if it is open.

    ``sure`` is false if an unknown score could put another option first.
    """

    options: list[str]
    lead: float | None
    sure: bool


class ComparedOptionForm(TypedDict):
    """An option on either side; what a side lacks is null. Values are lower ends where scores are unknown."""

    id: str
    title: str
    rank_before: int | None
    rank_after: int | None
    moved: int | None
    value_before: float | None
    value_after: float | None
    known: bool


class PartForm(TypedDict):
    """Points by which one factor of one criterion changes a gap; ``option`` is the option whose performance it is."""

    factor: Literal["weights", "performances", "value-functions", "performances-and-value-functions"]
    criterion: str
    option: str | None
    points: float


class GapForm(TypedDict):
    """A requested gap; all null if unknown scores leave it open."""

    option: str
    over: str
    before: float | None
    after: float | None
    parts: list[PartForm] | None


class OrderChangeForm(TypedDict):
    """A pair whose order changed. ``level_at`` is the part of the path between two weight sets at which they are level.

    ``parts`` are null if unknown scores leave the gap open, and after the first ``explained`` of the list.
    """

    overtaking: str
    overtaken: str
    kind: Literal["overtakes", "draws-level", "pulls-ahead"]
    gap_before: float | None
    gap_after: float | None
    level_at: float | None
    parts: list[PartForm] | None


class MeasuresForm(TypedDict):
    """How similar the rankings of the common options are; null where undefined. ``ws`` takes the first as reference."""

    options: int
    kendall_tau_b: float | None
    spearman: float | None
    weighted_spearman: float | None
    ws: float | None
    rank_distance: float
    most_distance: int


class PassingForm(TypedDict):
    """The option that passes and the one passed."""

    passing: str
    passed: str


class MeetingForm(TypedDict):
    """A point of the path at which pairs change places."""

    at: float
    pairs: list[PassingForm]


class StretchForm(TypedDict):
    """The leaders on a part of the path."""

    start: float
    end: float
    leaders: list[str]


class OrderForm(TypedDict):
    """Ranks along ``options`` on a part of the path."""

    start: float
    end: float
    ranks: list[int]


class PathForm(TypedDict):
    """The straight path from one weight set to the other. Meetings and orders are listed up to the point ``listed_to``."""

    options: list[str]
    crossings: int
    listed_to: float
    meetings: list[MeetingForm]
    stretches: list[StretchForm]
    lead_changes: list[float]
    orders: list[OrderForm] | None


class ScoreChangeForm(TypedDict):
    """A likely score that changed; levels are ids, null is unknown."""

    option: str
    criterion: str
    before: float | str | None
    after: float | str | None


class OneComparisonForm(TypedDict):
    """The comparison of one ranking with another; ``packages`` are null where a side says nothing of them."""

    before: WeightSetForm
    after: WeightSetForm
    weights_before: dict[str, float]
    weights_after: dict[str, float]
    first_before: TopForm
    first_after: TopForm
    only_top: int | None
    options: list[ComparedOptionForm]
    criteria_appeared: list[str]
    criteria_vanished: list[str]
    fails_red_line: list[str]
    pairs: int
    changed: int
    explained: int
    orders: list[OrderChangeForm]
    gaps: list[GapForm]
    measures: MeasuresForm
    path: PathForm | None
    scores_changed: list[ScoreChangeForm]
    scales_changed: list[str]
    red_lines_changed: list[str]
    packages: PackageChangeForm | None


class RankSpreadForm(TypedDict):
    """An option's ranks over the sets."""

    option: str
    ranks: dict[str, int]
    best: int
    worst: int
    median: float | None


class RegretForm(TypedDict):
    """An option's largest shortfall from the best, and the sets under which it occurs."""

    option: str
    points: float
    points_under: list[str]
    ranks: int
    ranks_under: list[str]


class AheadForm(TypedDict):
    """A pair that every set orders alike."""

    ahead: str
    behind: str


class DivisionForm(TypedDict):
    """The two sets whose orders differ most, and the criterion that divides them."""

    first: str
    second: str
    distance: float
    most: int
    criterion: str | None
    points: float
    share_first: float
    share_second: float
    as_far: list[list[str]]


class AgreementForm(TypedDict):
    """Many sets together. The pairs in ``agreed`` imply all that every set agrees on, counted by ``agreed_count``."""

    spreads: list[RankSpreadForm]
    groups: list[list[str]]
    agreed_count: int | None
    agreed: list[AheadForm]
    division: DivisionForm | None
    regrets: list[RegretForm]
    stale: list[str]


class ComparisonForm(TypedDict):
    """The result of ``diff``."""

    schema: Literal["policy-options/comparison/1"]
    dossier: str
    versions: VersionsForm | None
    scenarios: NotRequired[ScenarioPairForm]
    sets_appeared: list[str]
    sets_vanished: list[str]
    close_within: float
    comparisons: list[OneComparisonForm]
    agreement: AgreementForm | None
    stale: list[str]


def comparison_form(diff: Diff) -> ComparisonForm:
    """Give comparisons in their published form."""
    count = len(diff.comparisons)
    listed, explained = (most[count > 1] // count for most in (ORDERS_PUBLISHED, PAIRS_EXPLAINED))
    of_versions = diff.versions is not None and diff.scenarios is None
    form: ComparisonForm = {
        "schema": COMPARISON_SCHEMA,
        "dossier": diff.after.contents.decision.model.id,
        "versions": {"before": diff.versions[0], "after": diff.versions[1]} if diff.versions and of_versions else None,
        "sets_appeared": list(diff.appeared),
        "sets_vanished": list(diff.vanished),
        "close_within": diff.close_within,
        "comparisons": [_one(diff, comparison, listed, explained) for comparison in diff.comparisons],
        "agreement": None if diff.across is None else _agreement(diff.across),
        "stale": list(dict.fromkeys(finding.message for _, finding in diff.stale)),
    }
    if diff.scenarios is not None:
        form["scenarios"] = {"before": diff.scenarios[0], "after": diff.scenarios[1]}
    return form


def _one(diff: Diff, found: Comparison, listed: int, explained: int) -> OneComparisonForm:
    alone = len(diff.comparisons) == 1
    other = None if found.of_one_problem else changes(found.before.problem, found.after.problem)
    orders: list[OrderChangeForm] = [
        {
            "overtaking": one.overtaking,
            "overtaken": one.overtaken,
            "kind": one.kind,
            "gap_before": one.before,
            "gap_after": one.after,
            "level_at": one.crossing,
            "parts": None
            if index >= explained or one.before is None
            else _parts(found.explain(one.overtaking, one.overtaken)),
        }
        for index, one in enumerate(found.orders[:listed])
    ]
    return {
        "before": weight_set_head(diff.before, found.before.weights.id),
        "after": weight_set_head(diff.after, found.after.weights.id),
        "weights_before": dict(zip(found.before.problem.criterion_ids, found.before.shares.tolist(), strict=True)),
        "weights_after": dict(zip(found.after.problem.criterion_ids, found.after.shares.tolist(), strict=True)),
        "first_before": _top(found.top_before),
        "first_after": _top(found.top_after),
        "only_top": found.top,
        "options": _options(found),
        "criteria_appeared": list(found.criteria_appeared),
        "criteria_vanished": list(found.criteria_vanished),
        "fails_red_line": list(found.excluded),
        "pairs": found.pairs,
        "changed": found.changed,
        "explained": min(explained, len(orders)),
        "orders": orders,
        "gaps": [_gap(found, *pair) for pair in diff.asked],
        "measures": {
            "options": found.measures.options,
            "kendall_tau_b": found.measures.tau_b,
            "spearman": found.measures.spearman,
            "weighted_spearman": found.measures.weighted_spearman,
            "ws": found.measures.ws,
            "rank_distance": found.measures.distance,
            "most_distance": found.measures.most,
        },
        "path": None if not alone or found.path is None else _path(found.path),
        "scores_changed": [] if other is None else [_score(one) for one in other.scores],
        "scales_changed": [] if other is None else list(other.scales),
        "red_lines_changed": [] if other is None else list(other.red_lines),
        "packages": package_change_form(diff.packages(found)),
    }


def _top(top: Top) -> TopForm:
    return {"options": list(top.first), "lead": top.lead, "sure": top.is_sure}


def _options(found: Comparison) -> list[ComparedOptionForm]:
    before, after = found.before, found.after
    place = {name: row for row, name in enumerate(found.options)}
    moved = (found.ranks_before - found.ranks_after).tolist()
    known = found.attribution.known.tolist()
    forms: list[ComparedOptionForm] = []
    for name in (*found.shown, *found.appeared, *found.vanished):
        i, j = before.problem.option_index.get(name), after.problem.option_index.get(name)
        axes = after.problem.options if j is not None else before.problem.options
        ranking, row = (after, j) if j is not None else (before, i)
        assert row is not None
        forms.append(
            {
                "id": name,
                "title": axes[row].title,
                "rank_before": None if i is None else int(before.ranks[i]),
                "rank_after": None if j is None else int(after.ranks[j]),
                "moved": moved[place[name]] if name in place else None,
                "value_before": None if i is None else float(before.lower[i]),
                "value_after": None if j is None else float(after.lower[j]),
                "known": known[place[name]] if name in place else bool(ranking.lower[row] == ranking.upper[row]),
            }
        )
    return forms


def _parts(found: GapChange) -> list[PartForm]:
    return [
        {"factor": part.factor, "criterion": part.criterion, "option": part.option, "points": part.points}
        for part in found.parts
    ]


def _gap(found: Comparison, option: str, over: str) -> GapForm:
    if not (found.attribution.is_known(option) and found.attribution.is_known(over)):
        return {"option": option, "over": over, "before": None, "after": None, "parts": None}
    gap = found.explain(option, over)
    return {"option": option, "over": over, "before": gap.before, "after": gap.after, "parts": _parts(gap)}


def _path(path: Path) -> PathForm:
    few = (len(path.meetings) + 1) * len(path.options) <= _RANKS_PUBLISHED
    return {
        "options": list(path.options),
        "crossings": path.crossings,
        "listed_to": path.listed_to,
        "meetings": [
            {"at": one.at, "pairs": [{"passing": passing, "passed": passed} for passing, passed in one.pairs]}
            for one in path.meetings
        ],
        "stretches": [{"start": one.start, "end": one.end, "leaders": list(one.leaders)} for one in path.stretches],
        "lead_changes": list(path.changes),
        "orders": [{"start": start, "end": end, "ranks": list(ranks)} for start, end, ranks in path.orders()]
        if few
        else None,
    }


def _score(one: ScoreChange) -> ScoreChangeForm:
    return {
        "option": one.option,
        "criterion": one.axis_after.id,
        "before": _performance(one.before, one.axis_before.level_ids),
        "after": _performance(one.after, one.axis_after.level_ids),
    }


def _performance(performance: float, levels: Sequence[str]) -> float | str | None:
    if np.isnan(performance):
        return None
    return levels[int(performance)] if levels else performance


def _agreement(found: Across) -> AgreementForm:
    division = found.division
    return {
        "spreads": [
            {
                "option": found.spreads[row].option,
                "ranks": dict(zip(found.sets, found.ranks[:, row].tolist(), strict=True)),
                "best": found.spreads[row].best,
                "worst": found.spreads[row].worst,
                "median": found.spreads[row].median,
            }
            for row in found.by_median
        ],
        "groups": [list(group) for group in found.groups],
        "agreed_count": found.agreed_count,
        "agreed": [{"ahead": ahead, "behind": behind} for ahead, behind in found.agreed],
        "division": None
        if division is None
        else {
            "first": division.first,
            "second": division.second,
            "distance": division.distance,
            "most": division.most,
            "criterion": division.criterion,
            "points": division.points,
            "share_first": division.shares[0],
            "share_second": division.shares[1],
            "as_far": [list(pair) for pair in division.as_far],
        },
        "regrets": [
            {
                "option": one.option,
                "points": one.points,
                "points_under": list(one.points_under),
                "ranks": one.ranks,
                "ranks_under": list(one.ranks_under),
            }
            for one in found.regrets
        ],
        "stale": list(found.stale),
    }
