"""The content model of a memo, from a dossier and what was computed from it. Nothing is computed here, and nothing laid out."""

from __future__ import annotations

from typing import Final

from policy_options.analysis.assessment import Assessment
from policy_options.analysis.firmness import Firmness
from policy_options.analysis.overview import Overview
from policy_options.analysis.ranking import Ranking
from policy_options.api import Dossier
from policy_options.charts.contributions import OPTIONS_SHOWN, contributions_chart
from policy_options.dossier.models.option import Option
from policy_options.memo.annex import (
    annex_scores,
    argued,
    matrix_blocks,
    options_in_full,
    scale_rows,
    source_entries,
    stale_notes,
    weight_rows,
    weight_set_heads,
)
from policy_options.memo.citing import Citer
from policy_options.memo.content import Figure, HeadRow, MemoContent, OptionEntry, RankRow, SetRow
from policy_options.memo.firmness import firmness_part
from policy_options.wording.phrases import Phrases
from policy_options.wording.plain import running_head
from policy_options.wording.sentences import bottom_line, evidence_sentences, first_in_sets, ranking_notes, status_note
from policy_options.wording.weight_set_page import combined_notes, names_of, notes_on_combined

__all__ = ["build_memo"]

GROUPS_ACROSS: Final = 6
"""Top groups of the value tree that fit beside the values in the ranked table."""


def build_memo(
    dossier: Dossier, assessment: Assessment, overview: Overview, firm: Firmness | None, phrases: Phrases
) -> MemoContent:
    """Word a memo; ``firm`` is ``None`` where there is a single option to choose from.

    Raises:
        PolicyOptionsError: the language lacks a phrase.
    """
    contents = dossier.contents
    decision = contents.decision.model
    ranking = assessment.ranking
    problem = ranking.problem
    titles = {option.id: option.short for option in problem.options}
    held = {one.weights.id: dossier.weighting(one.weights.id) for one in overview.rankings}
    set_titles = {name: of.title for name, of in held.items()}
    statuses = {name: of.status for name, of in held.items()}
    used = dossier.weighting(ranking.weights.id)  # a participant of a combined set is none of the sets above
    weights = used.title
    citer = Citer(contents, phrases)
    report = dossier.check()
    # Footnotes are numbered as the page reads, so what carries them is worded in that order.
    why_now = tuple(argued(argument, citer, phrases) for argument in decision.why_now)
    options = tuple(
        _option(assessment, row, contents.options[problem.options[row].id].model, titles, citer, phrases)
        for row in ranking.order
    )
    sets_note = first_in_sets(overview, assessment.first, phrases, set_titles, statuses)
    return MemoContent(
        id=decision.id,
        weights_id=ranking.weights.id,
        language=decision.language,
        labels=phrases.labels(),
        title=decision.title,
        running=running_head(decision.title, decision.marking or ""),
        marking=decision.marking or "",
        head=_head(dossier, phrases),
        hypothetical=decision.hypothetical or "",
        bottom_line=f"{bottom_line(assessment, phrases, titles, weights)} {sets_note}",
        decision_requested=decision.decision_requested or "",
        complementary=decision.complementary or "",
        why_now=why_now,
        ranking_caption=phrases.say("memo.ranking.caption", weights=weights, status=status_note(used.status, phrases)),
        group_titles=tuple(title for _, title, _ in problem.top_groups) if _groups_fit(ranking) else (),
        ranking=tuple(_rank_row(assessment, row, phrases) for row in ranking.order),
        ranking_notes=_notes(dossier, assessment, titles, phrases),
        contributions=_figure(assessment, titles, phrases),
        firmness=firmness_part(firm, phrases),
        options=options,
        set_titles=tuple(set_titles[ranked.weights.id] for ranked in overview.rankings),
        set_caption=phrases.say("memo.sets.caption"),
        ranks_by_set=tuple(_set_row(overview, row, assessment, titles) for row in ranking.order),
        leads_by_set=tuple(phrases.numbers.points(overview.leads[ranked.weights.id]) for ranked in overview.rankings),
        sets_note=" ".join((sets_note, *notes_on_combined(dossier, phrases, titled=True, but=ranking.weights.id))),
        evidence_note=f"{evidence_sentences(report, phrases)} {phrases.say('evidence.confidence')}",
        limits=decision.limits,
        matrix=matrix_blocks(contents, problem, ranking.order, phrases),
        options_in_full=options_in_full(contents, problem, ranking.order, citer, phrases),
        scales=scale_rows(contents, problem, phrases),
        weight_sets=weight_set_heads(dossier, overview, titles, phrases),
        weights=weight_rows(overview, phrases),
        scores=annex_scores(contents, assessment, phrases),
        sources=source_entries(contents, phrases),
        footer=phrases.say("memo.footer", dossier=decision.id, weights=weights, date=phrases.date(decision.date)),
    )


def _notes(dossier: Dossier, assessment: Assessment, titles: dict[str, str], phrases: Phrases) -> tuple[str, ...]:
    """What stands under the ranking: what changed since the weights were given, what to know of the order, the rule."""
    held = dossier.weighting(assessment.ranking.weights.id)
    people = combined_notes(held.combined, phrases, names_of(dossier, held)) if held.combined is not None else []
    rule = phrases.say("bottom.rule", threshold=phrases.numbers.points(assessment.threshold))
    return (*stale_notes(dossier, held.id), *people, *ranking_notes(assessment, phrases, titles), rule)


def _head(dossier: Dossier, phrases: Phrases) -> tuple[HeadRow, ...]:
    decision = dossier.contents.decision.model
    labels = phrases.labels()
    delivery = phrases.say(
        "memo.delivery.yes" if decision.scores_assume_delivery else "memo.delivery.no", horizon=decision.horizon
    )
    rows = [
        ("to", decision.audience),
        ("from", decision.owner),
        ("date", phrases.date(decision.date)),
        ("decide-by", phrases.date(decision.decide_by) if decision.decide_by else ""),
        ("question", decision.question),
        ("standpoint", decision.standpoint),
        ("horizon", delivery),
    ]
    return tuple(HeadRow(labels[key], text) for key, text in rows if text)


def _groups_fit(ranking: Ranking) -> bool:
    """Whether the groups fit beside the values; where they do not, the chart and the annex show them."""
    return len(ranking.problem.top_groups) <= GROUPS_ACROSS


def _rank_row(assessment: Assessment, row: int, phrases: Phrases) -> RankRow:
    ranking = assessment.ranking
    option = ranking.problem.options[row]
    points = phrases.numbers.points
    lead = assessment.leads_over_baseline.get(option.id)
    cost = assessment.cost_value
    best, worst = int(ranking.best_rank[row]), int(ranking.worst_rank[row])
    remarks = []
    value = points(float(ranking.lower[row]))
    if ranking.upper[row] > ranking.lower[row]:
        value = phrases.say("memo.bounds", low=value, high=points(float(ranking.upper[row])))
    if best != worst:
        remarks.append(phrases.say("memo.rank.range", best=best, worst=worst))
    if option.id in assessment.red_lines.failing:
        remarks.append(phrases.say("memo.fails-red-line"))
    return RankRow(
        rank=str(int(ranking.ranks[row])),
        title=option.title,
        value=value,
        lead=points(lead.points if lead else None, signed=True),
        without_cost=points(float(cost.benefit[row])) if cost is not None else "",
        groups=tuple(points(float(part)) for part in ranking.group_contributions[row]) if _groups_fit(ranking) else (),
        first=option.id == assessment.first,
        baseline=option.id == assessment.baseline,
        remark=", ".join(remarks),
    )


def _figure(assessment: Assessment, titles: dict[str, str], phrases: Phrases) -> Figure:
    ranking = assessment.ranking
    points = phrases.numbers.points
    rows = "; ".join(
        phrases.say(
            "memo.figure.row", option=titles[ranking.problem.options[row].id], value=points(float(ranking.lower[row]))
        )
        for row in ranking.order
    )
    alternative = phrases.say("memo.figure.alternative", rows=rows)
    svg = contributions_chart(ranking, phrases.numbers, highlight=assessment.first, label=alternative)
    title = _finding(assessment, titles, phrases)
    if len(ranking.order) > OPTIONS_SHOWN:
        title += " " + phrases.say("memo.figure.first", count=OPTIONS_SHOWN, of=len(ranking.order))
    return Figure(title, svg, alternative)


def _finding(assessment: Assessment, titles: dict[str, str], phrases: Phrases) -> str:
    """What the chart shows: the criteria on which the first gains most on the next, and gives up most to it."""
    found = assessment.verdict
    if found.runner_up is None or found.lead is None:
        return phrases.say("memo.figure.title.plain")
    axes = {axis.id: axis for axis in assessment.ranking.problem.criteria}
    gap = assessment.ranking.gap(found.first, found.runner_up)
    (most, gained), (least, lost) = gap[0], gap[-1]
    names = {"option": titles[found.first], "second": titles[found.runner_up]}
    if gained <= 0:
        return phrases.say("memo.figure.title.level", **names)
    names |= {"criterion": axes[most].short, "points": phrases.numbers.points(gained, signed=True)}
    if lost >= 0:
        return phrases.say("memo.figure.title.ahead", **names)
    return phrases.say(
        "memo.figure.title", **names, other=axes[least].short, given_up=phrases.numbers.points(lost, signed=True)
    )


def _option(
    assessment: Assessment, row: int, model: Option, titles: dict[str, str], citer: Citer, phrases: Phrases
) -> OptionEntry:
    option = assessment.ranking.problem.options[row]
    relations = []
    if model.synergies:
        names = phrases.listing([titles[relation.option] for relation in model.synergies])
        relations.append(phrases.say("memo.relations.synergies", options=names))
    if model.conflicts:
        names = phrases.listing([titles[relation.option] for relation in model.conflicts])
        relations.append(phrases.say("memo.relations.conflicts", options=names))
    return OptionEntry(
        title=option.title,
        rank=phrases.say("memo.rank", rank=int(assessment.ranking.ranks[row])),
        increment=model.summary or model.increment or "",
        case_for=argued(model.for_[0], citer, phrases) if model.for_ else None,
        case_against=argued(model.against[0], citer, phrases) if model.against else None,
        relations=" ".join(relations),
        first=option.id == assessment.first,
    )


def _set_row(overview: Overview, row: int, assessment: Assessment, titles: dict[str, str]) -> SetRow:
    ranks = [int(ranking.ranks[row]) for ranking in overview.rankings]
    option = assessment.ranking.problem.options[row].id
    return SetRow(
        titles[option], tuple(map(str, ranks)), tuple(rank == 1 for rank in ranks), option == assessment.first
    )
