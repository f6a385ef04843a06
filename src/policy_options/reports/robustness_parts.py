"""How firm a ranking is, part by part in tables and sentences, in the order in which a reader asks, and as one long table."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from math import isnan
from typing import Final

from policy_options.analysis.acceptability.results import Acceptability
from policy_options.analysis.robustness import RIVALS, Robustness
from policy_options.analysis.stability import Interval, StabilityInterval
from policy_options.analysis.switching.nearest import nearest_switching_values
from policy_options.reports.report import Section
from policy_options.wording.phrases import Phrases
from policy_options.wording.robustness import (
    bar_name,
    bar_peak,
    bar_range,
    basis_sentences,
    information_sentences,
    judgement_name,
    low_confidence_sentence,
    proven_never,
    reversal_sentences,
    settled_sentences,
)
from policy_options.wording.shares import share_text
from policy_options.wording.switching import (
    inward,
    score_switching_sentence,
    stability_sentence,
    weight_switching_sentences,
)
from policy_options.wording.table import LEADING, Cell, Column, Table, known

__all__ = [
    "PARTS",
    "acceptability_rows",
    "confidence_cell",
    "long_columns",
    "part_sections",
    "ranks_section",
    "robustness_rows",
    "share_cell",
]

RANKS_ACROSS: Final = 24
SWITCHING_VALUES_NAMED: Final = 8
BARS_NAMED: Final = 10
JUDGEMENTS_NAMED: Final = 5
"""Rows of each kind shown on a screen; the published JSON has all."""


def part_sections(firm: Robustness, names: Sequence[str], phrases: Phrases) -> list[Section]:
    """The parts with these names, in the order in which a reader asks; nothing is computed for any other."""
    return [replace(PARTS[name](firm, phrases), key=name) for name in PARTS if name in names]


def _shares(firm: Robustness, phrases: Phrases) -> Section:
    uncertain = firm.around_uncertain
    likely, free = firm.around_at_likely, firm.over_all_weights
    # With nothing to draw, shares with scores drawn are those with scores as likely.
    drawn = firm.scores_vary
    columns = [
        Column("option", phrases.heading("option"), "text"),
        *([Column("around_uncertain", phrases.heading("around_uncertain"), "percent")] if drawn else ()),
        Column("around_likely", phrases.heading("around_likely"), "percent", spare=1 if drawn else 0),
        Column("all_weights", phrases.heading("all_weights"), "percent", spare=2),
        Column("expected_rank", phrases.heading("expected_rank"), "points", spare=3),
        *([Column("confidence", phrases.heading("confidence_factor"), "percent", spare=4)] if drawn else ()),
    ]
    rows = []
    for row in uncertain.by_expected_rank:
        option = uncertain.problem.option_ids[row]
        cells: list[Cell] = [option, *([_first(uncertain, option, firm, phrases)] if drawn else ())]
        cells += [_first(found, option, firm, phrases) for found in (likely, free)]
        confidence = None if uncertain.confidence is None else float(uncertain.confidence[row])
        cells.append(float(uncertain.expected_rank[row]))
        if drawn:
            cells.append(confidence_cell(confidence, phrases))
        rows.append(tuple(cells))
    notes = basis_sentences(uncertain, "around-uncertain", firm, phrases) if drawn else []
    notes += basis_sentences(likely, "around-likely", firm, phrases)
    notes += basis_sentences(free, "all-weights", firm, phrases)
    titles = {name: title for name, title, _ in firm.ranking.problem.top_groups}
    shares = phrases.series(
        f"{titles[name]} {share_text(share, phrases)}" for name, share in _even_shares(firm).items()
    )
    notes.append(phrases.say("robustness.shares.groups", shares=shares))
    if drawn:
        notes.append(phrases.say("robustness.shares.confidence"))
    return Section(phrases.say("robustness.shares"), tuple(notes), Table(tuple(columns), tuple(rows)))


def confidence_cell(confidence: float | None, phrases: Phrases) -> Cell:
    """A confidence factor; in words for an option that none of the weights tried put first."""
    return phrases.say("robustness.shares.not-seen") if confidence is None or isnan(confidence) else confidence


def _even_shares(firm: Robustness) -> dict[str, float]:
    """The mean weight of each top group over all weights: in proportion to its number of criteria."""
    problem = firm.ranking.problem
    return {name: len(columns) / len(problem.criteria) for name, _, columns in problem.top_groups}


def _first(found: Acceptability, option: str, firm: Robustness, phrases: Phrases) -> Cell:
    """A share of weight vectors; "never" if that is proven."""
    if option not in found.problem.option_index:
        return None
    share = found.share_first(option)
    if share == 0.0 and found.scores == "likely" and option in firm.unknown:
        return phrases.say("robustness.shares.open")
    if share == 0.0 and (found.exact or option in proven_never(firm, found)):
        return phrases.say("robustness.shares.never")
    return share_cell(share, found, phrases)


def share_cell(share: float, found: Acceptability, phrases: Phrases) -> Cell:
    """A share for a column aligned on tenths; one that rounds to 0 or 100, or was not seen in a sample, is given in words."""
    if 0.0005 <= share < 0.9995 or share == 1.0 or (share == 0.0 and found.exact):
        return share
    return share_text(share, phrases, found.basis)


def ranks_section(found: Acceptability, phrases: Phrases, *, vary: bool) -> Section:
    """The share of weight vectors under which each option takes each rank; ``vary`` if scores were drawn."""
    across = min(found.ranks.shape[1], RANKS_ACROSS)
    columns = [Column("option", phrases.heading("option"), "text")]
    columns += [
        Column(f"rank_{rank}", str(rank), "percent", spare=max(rank - LEADING, 0)) for rank in range(1, across + 1)
    ]
    rows: list[tuple[Cell, ...]] = [
        (
            found.problem.option_ids[row],
            *(share_cell(float(share), found, phrases) for share in found.ranks[row, :across]),
        )
        for row in found.by_expected_rank
    ]
    left = found.ranks.shape[1] - across
    notes = (phrases.say("robustness.ranks.more", count=left),) if left else ()
    title = phrases.say("robustness.ranks" if vary else "robustness.ranks.certain")
    return Section(title, notes, Table(tuple(columns), tuple(rows)))


def _ranks(firm: Robustness, phrases: Phrases) -> Section:
    return ranks_section(firm.around_uncertain, phrases, vary=firm.scores_vary)


def _stability(firm: Robustness, phrases: Phrases) -> Section:
    found = firm.stability
    heading = phrases.heading
    columns = (
        Column("node", heading("criterion"), "text"),
        Column("weight", heading("weight"), "percent"),
        Column("leader_low", heading("leader_low"), "percent"),
        Column("leader_high", heading("leader_high"), "percent"),
        Column("below", heading("below"), "text", spare=1),
        Column("above", heading("above"), "text", spare=1),
        Column("order_low", heading("order_low"), "percent", spare=2),
        Column("order_high", heading("order_high"), "percent", spare=2),
    )
    rows = []
    for node in found.nodes:
        leader, order = node.leader, node.order
        rows.append(
            (
                node.id,
                node.share,
                *_inward_shares(node),
                ", ".join(change.overtaking for change in leader.at_low) if leader else "",
                ", ".join(change.overtaking for change in leader.at_high) if leader else "",
                *_ends(order),
            )
        )
    undefined = [node for node in found.nodes if node.leader is None]
    notes = (
        *settled_sentences(firm, phrases),
        *(stability_sentence(node, firm, phrases) for node in undefined),
    )
    if found.locked:
        notes = (phrases.say("robustness.stability.locks"), *notes)
    return Section(phrases.say("robustness.stability"), notes, Table(columns, tuple(rows)))


def _inward_shares(node: StabilityInterval) -> tuple[float | None, float | None]:
    """The ends of the leader's interval as shares, rounded inward to the printed digits."""
    if node.leader is None:
        return None, None
    low, high = inward(node)
    return low / 100.0, high / 100.0


def _ends(interval: Interval | None) -> tuple[float | None, float | None]:
    return (None, None) if interval is None else (interval.low, interval.high)


def _weight_switching_values(firm: Robustness, phrases: Phrases) -> Section:
    notes = [*settled_sentences(firm, phrases), *weight_switching_sentences(firm, phrases)]
    rivals = len(firm.known.problem.options) - 1
    if rivals > RIVALS:
        notes.append(phrases.say("robustness.weight-switching.first", count=RIVALS, of=rivals))
    return Section(phrases.say("robustness.weight-switching"), tuple(notes))


def _score_switching_values(firm: Robustness, phrases: Phrases) -> Section:
    found = firm.score_switching_values
    near = nearest_switching_values(found.switching_values)
    possible = sum(tie.at is not None for tie in found.switching_values)
    notes = [score_switching_sentence(tie, firm, phrases) for tie in near[:SWITCHING_VALUES_NAMED]]
    notes += settled_sentences(firm, phrases)
    if not near and not firm.settled.contenders and firm.scores_vary:
        notes.append(phrases.say("robustness.score-switching.none"))
    if len(near) > SWITCHING_VALUES_NAMED:
        notes.append(phrases.say("robustness.score-switching.more", count=len(near) - SWITCHING_VALUES_NAMED))
    names = {"count": possible, "of": len(found.switching_values), "within": len(near)}
    if not firm.scores_vary:
        notes.append(phrases.say("robustness.score-switching.some.certain", **names))
        return Section(phrases.say("robustness.score-switching.certain"), tuple(notes))
    notes += [phrases.say("robustness.score-switching.some", **names), low_confidence_sentence(firm, phrases)]
    return Section(phrases.say("robustness.score-switching"), tuple(notes))


def _tornado(firm: Robustness, phrases: Phrases) -> Section:
    heading = phrases.heading
    bars = firm.tornado.bars
    peaks = any(bar.peak is not None for bar in bars[:BARS_NAMED])
    columns = (
        Column("moves", heading("moves"), "text"),
        Column("low", heading("low"), "text", spare=1),
        Column("high", heading("high"), "text", spare=1),
        Column("at_low", heading("at_low"), "lead"),
        Column("at_high", heading("at_high"), "lead"),
        *((Column("peak", heading("peak"), "text", spare=1),) if peaks else ()),
        Column("span", heading("span"), "points"),
    )
    rows: list[tuple[Cell, ...]] = []
    for bar in bars[:BARS_NAMED]:
        ends = (*bar_range(bar, firm, phrases), bar.lead_at_low, bar.lead_at_high)
        peak = (bar_peak(bar, phrases),) if peaks else ()
        rows.append((bar_name(bar, firm, phrases), *ends, *peak, bar.span))
    notes = [] if bars else [phrases.say("robustness.tornado.none")]
    if len(bars) > BARS_NAMED:
        notes.append(phrases.say("robustness.tornado.more", count=len(bars) - BARS_NAMED))
    return Section(phrases.say("robustness.tornado"), tuple(notes), Table(columns, tuple(rows)))


def _information(firm: Robustness, phrases: Phrases) -> Section:
    worth = [one for one in firm.value_of_information.judgements if one.points > 0.0]
    columns = (Column("look", phrases.heading("look"), "text"), Column("worth", phrases.heading("worth"), "text"))
    rows: list[tuple[Cell, ...]] = [
        (judgement_name(one, firm, phrases), phrases.numbers.fixed(one.points, 2)) for one in worth[:JUDGEMENTS_NAMED]
    ]
    notes = information_sentences(firm, phrases)
    if len(worth) > JUDGEMENTS_NAMED:
        notes.insert(0, phrases.say("robustness.tornado.more", count=len(worth) - JUDGEMENTS_NAMED))
    return Section(phrases.say("robustness.information"), tuple(notes), Table(columns, tuple(rows)))


def _reversal(firm: Robustness, phrases: Phrases) -> Section:
    return Section(phrases.say("robustness.reversal"), tuple(reversal_sentences(firm, phrases)))


PARTS: Final[Mapping[str, Callable[[Robustness, Phrases], Section]]] = {
    "shares": _shares,
    "ranks": _ranks,
    "stability": _stability,
    "weights": _weight_switching_values,
    "scores": _score_switching_values,
    "drivers": _tornado,
    "value-of-information": _information,
    "reversal": _reversal,
}
"""The function that makes each part, by its name in options, in the order in which a reader asks."""


def robustness_rows(firm: Robustness, phrases: Phrases) -> Table:
    """Everything as one long table of numbers: part, subject, measure and number."""
    return Table(long_columns(phrases), tuple(_rows(firm)))


def long_columns(phrases: Phrases) -> tuple[Column, ...]:
    """The columns of the long table."""
    keys = ("part", "option", "other", "criterion", "measure")
    return (
        *(Column(key, phrases.heading(key), "text") for key in keys),
        Column("number", phrases.heading("number"), "points"),
    )


def _rows(firm: Robustness) -> Iterator[tuple[Cell, ...]]:
    found = firm.verdict
    yield ("verdict", found.leader, found.runner_up, "", found.kind, found.lead)
    for part in ("around_uncertain", "around_at_likely", "over_all_weights"):
        yield from acceptability_rows(part.replace("_", "-"), getattr(firm, part))
    for node in firm.stability.nodes:
        yield from _stability_rows(node, firm.leader)
    for scope, switching_values in (
        ("all", firm.weight_switching_values),
        ("around", firm.weight_switching_values_around),
    ):
        for tie in switching_values:
            measure = f"{scope}-{tie.goal}-{tie.norm.lower()}"
            yield (
                "weight-switching",
                tie.option,
                tie.over,
                "",
                measure,
                tie.distance,
            )
    for of_score in firm.score_switching_values.switching_values:
        taking = " ".join(of_score.taking_over)
        measure = of_score.never or ("within" if of_score.within else "beyond")
        yield ("score-switching", of_score.option, taking, of_score.criterion, measure, of_score.at)
    for bar in firm.tornado.bars:
        for end, lead in (("lead-at-low", bar.lead_at_low), ("lead-at-high", bar.lead_at_high)):
            yield (f"tornado-{bar.kind}", bar.option or "", "", bar.criterion, end, lead)
        if bar.peak is not None:
            for measure, number in (("peak-at", bar.peak.at), ("lead-at-peak", bar.peak.lead)):
                yield (f"tornado-{bar.kind}", "", "", bar.criterion, measure, number)
    for one in firm.value_of_information.judgements:
        yield ("value-of-information", one.option or "", "", one.criterion, "points", one.points)


def acceptability_rows(part: str, found: Acceptability) -> Iterator[tuple[Cell, ...]]:
    """Every index of SMAA-2 as a row of the long table."""
    ids, criteria = found.problem.option_ids, found.problem.criterion_ids
    for row, option in enumerate(ids):
        for rank, share in enumerate(found.ranks[row].tolist(), start=1):
            yield (part, option, "", "", f"rank-{rank}", share)
        yield (part, option, "", "", "expected-rank", float(found.expected_rank[row]))
        if found.confidence is not None:
            yield (part, option, "", "", "confidence", known(float(found.confidence[row])))
        for criterion, weight in zip(criteria, found.central[row].tolist(), strict=True):
            yield (part, option, "", criterion, "central-weight", known(weight))
        if found.pairwise is not None:
            for other, share in zip(ids, found.pairwise[row].tolist(), strict=True):
                if other != option:
                    yield (part, option, other, "", "beats", share)


def _stability_rows(node: StabilityInterval, leader: str) -> Iterator[tuple[Cell, ...]]:
    for what, interval in (("leader", node.leader), ("order", node.order)):
        for end, share in zip(("low", "high"), _ends(interval), strict=True):
            yield ("stability", leader, "", node.id, f"{what}-{end}", share)
