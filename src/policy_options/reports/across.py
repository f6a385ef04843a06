"""Many weight sets together, in sections: ranks over the sets, what all agree on, which two differ most, and regret."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from policy_options.analysis.comparison.across import Across
from policy_options.diffing import Diff
from policy_options.reports.rankings import COLUMNS_SHOWN
from policy_options.reports.report import Section
from policy_options.wording.phrases import Phrases
from policy_options.wording.shares import share_text
from policy_options.wording.table import Cell, Column, Table
from policy_options.wording.titles import node_titles, option_titles

if TYPE_CHECKING:
    from policy_options.wording.phrase_keys import PhraseKey

__all__ = [
    "across_sections",
    "agreement_sentences",
    "division_sentence",
    "rank_spread_table",
    "regret_sentence",
    "regrets_table",
]

NAMED: Final = 12
"""Pairs, groups or sets named in a sentence before the rest are counted."""


def across_sections(diff: Diff, found: Across, phrases: Phrases, *, titled: bool = False) -> list[Section]:
    """The ranks of each option over the sets, what all sets agree on, and what each option could cost.

    ``titled`` says that sets are named by their titles rather than their ids.
    """
    held = {name: diff.after.weighting(name) for name in found.sets}
    names = {name: one.title if titled else name for name, one in held.items()}
    shown = [
        phrases.say("across.column", number=number, name=names[name])
        for number, name in enumerate(found.sets[:COLUMNS_SHOWN], start=1)
    ]
    notes = [phrases.say("across.columns", names=phrases.listing(shown))]
    if len(found.sets) > len(shown):
        notes.append(phrases.say("rank.all.more", count=len(found.sets) - len(shown)))
    notes.append(phrases.say("across.median"))
    if found.is_open:
        notes.append(phrases.say("across.unknown"))
    unsure = sum(not top.is_sure for top in found.tops)
    if unsure:
        notes.append(phrases.say("sets.open", open=unsure, of=len(found.sets)))
    illustrative = sum(one.status == "illustrative" for one in held.values())
    if illustrative:
        notes.append(phrases.say("rank.all.illustrative", illustrative=illustrative, count=len(found.sets)))
    table = rank_spread_table(found, phrases, numbered=True)
    sections = [
        Section(phrases.say("across.ranks"), tuple(notes), table, key="ranks"),
        *_agreement_sections(found, names, phrases),
    ]
    if found.regrets:
        notes = [phrases.say("across.regret.rule"), phrases.say("across.regret.caution")]
        if found.stale:
            stale = phrases.listing([names[name] for name in found.stale])
            notes.append(phrases.say("across.regret.stale", sets=stale))
        sections.append(
            Section(phrases.say("across.regret"), tuple(notes), regrets_table(found, phrases), key="regret")
        )
    return sections


def rank_spread_table(found: Across, phrases: Phrases, *, numbered: bool) -> Table:
    """One row per option, by its median rank, and one column per set; with the best, the median and the worst of its
    ranks.
    """
    most = COLUMNS_SHOWN if numbered else None
    columns = (
        Column("option", phrases.heading("option"), "text"),
        *(
            Column(f"set:{name}", str(n) if numbered else name, "rank", spare=n)
            for n, name in enumerate(found.sets[:most], start=1)
        ),
        Column("best_rank", phrases.heading("best_over_sets"), "rank"),
        Column("median_rank", phrases.heading("median_rank"), "quantity"),
        Column("worst_rank", phrases.heading("worst_over_sets"), "rank"),
    )
    rows: list[tuple[Cell, ...]] = [
        (
            found.spreads[row].option,
            *(int(rank) for rank in found.ranks[:most, row]),
            found.spreads[row].best,
            found.spreads[row].median,
            found.spreads[row].worst,
        )
        for row in found.by_median
    ]
    return Table(columns, tuple(rows))


def _agreement_sections(found: Across, names: Mapping[str, str], phrases: Phrases) -> list[Section]:
    """What the sets agree on, if they agree on anything."""
    said = tuple(agreement_sentences(found, names, phrases))
    return [Section(phrases.say("across.agreement"), said, key="agreement")] if said else []


def agreement_sentences(found: Across, names: Mapping[str, str], phrases: Phrases) -> list[str]:
    """Pairs that every set orders alike, sets that give the same order, and the two that differ most."""
    titles = option_titles(found.problem)
    m = len(found.problem.options)
    if m < 2:  # no pair, and so no order
        return []
    count = found.agreed_count
    said = []
    if count is None:
        said.append(phrases.say("across.agreed.too-many"))
    else:
        said.append(_agreed(count, m * (m - 1) // 2, found, phrases))
        pairs = [
            phrases.say("across.agreed.pair", ahead=titles[ahead], behind=titles[behind])
            for ahead, behind in found.agreed[:NAMED]
        ]
        if len(found.agreed) > NAMED:
            pairs.append(phrases.say("more", count=phrases.numbers.fixed(len(found.agreed) - NAMED, 0)))
        if pairs:
            said.append(phrases.say("across.agreed.pairs", pairs=phrases.rows(pairs)))
    said.append(_groups_sentence(found, names, phrases))
    said.append(division_sentence(found, names, phrases))
    return [sentence for sentence in said if sentence]


def _agreed(agreed: int, pairs: int, found: Across, phrases: Phrases) -> str:
    """The number of pairs ordered alike under every set, leaving out pairs that an unknown score could reverse."""
    names: dict[str, object] = {"agreed": agreed, "pairs": pairs, "sets": len(found.sets)}
    if pairs == 1:
        said = phrases.say("across.agreed.one-pair.same" if agreed else "across.agreed.one-pair.differs", **names)
    elif agreed in (0, pairs):
        said = phrases.say("across.agreed.all" if agreed else "across.agreed.none", **names)
    else:
        said = phrases.say("across.agreed.few" if 2 * agreed < pairs else "across.agreed.some", count=agreed, **names)
    return phrases.together([said, phrases.say("across.agreed.sure") if found.is_open else ""])


def _groups_sentence(found: Across, names: Mapping[str, str], phrases: Phrases) -> str:
    shared = [group for group in found.groups if len(group) > 1]
    if not shared:
        return phrases.say("across.groups.none", count=len(found.sets))
    named = [_some([names[name] for name in group], phrases) for group in shared[:NAMED]]
    if len(shared) > NAMED:
        named.append(phrases.say("more", count=phrases.numbers.fixed(len(shared) - NAMED, 0)))
    return phrases.say("across.groups", count=len(found.sets), orders=len(found.groups), groups=phrases.rows(named))


def _some(names: list[str], phrases: Phrases) -> str:
    if len(names) <= NAMED:
        return phrases.listing(names)
    return phrases.listing([*names[:NAMED], phrases.say("more", count=len(names) - NAMED)])


def division_sentence(found: Across, set_names: Mapping[str, str], phrases: Phrases) -> str:
    """The two sets whose orders differ most, and the criterion whose weight divides them."""
    division = found.division
    if division is None:
        return ""
    if division.distance == 0:
        return phrases.say("across.division.none")
    names: dict[str, object] = {
        "first": set_names[division.first],
        "second": set_names[division.second],
        "distance": phrases.numbers.computed(division.distance),
        "most": division.most,
    }
    said = [phrases.say("across.division.open", **names)]
    if division.criterion is not None:
        shares = [share_text(share, phrases) for share in division.shares]
        criterion = node_titles(found.problem)[division.criterion]
        said = [phrases.say("across.division", criterion=criterion, share=shares[0], other=shares[1], **names)]
    if division.as_far:
        pairs = [
            phrases.say("listing", first=set_names[one], last=set_names[other])
            for one, other in division.as_far[:NAMED]
        ]
        if len(division.as_far) > NAMED:
            pairs.append(phrases.say("more", count=phrases.numbers.fixed(len(division.as_far) - NAMED, 0)))
        said.append(phrases.say("across.division.as-far", pairs=phrases.rows(pairs)))
    return phrases.together(said)


def regrets_table(found: Across, phrases: Phrases) -> Table:
    """One row per option: its largest shortfall from the best, in points and in ranks, and the set under which it occurs."""
    columns = (
        Column("option", phrases.heading("option"), "text"),
        Column("regret", phrases.heading("regret"), "points"),
        Column("regret_under", phrases.heading("under"), "text", spare=2),
        Column("rank_regret", phrases.heading("rank_regret"), "rank"),
        Column("rank_regret_under", phrases.heading("under"), "text", spare=3),
    )
    rows = tuple(
        (one.option, one.points, ", ".join(one.points_under), one.ranks, ", ".join(one.ranks_under))
        for one in found.regrets
    )
    return Table(columns, rows)


def regret_sentence(found: Across, option: str, set_titles: Mapping[str, str], phrases: Phrases) -> str:
    """What choosing one option could cost under another view; empty if unknown, or if there is no other view."""
    regret = next((one for one in found.regrets if one.option == option), None)
    if regret is None or len(found.sets) < 2:
        return ""
    under = _some([set_titles[name] for name in regret.points_under], phrases)
    names = {"option": option_titles(found.problem)[option], "points": phrases.numbers.points(regret.points)}
    if found.is_open:
        names["under"] = under
        key: PhraseKey = "across.regret.open" if regret.points > 0 else "across.regret.open.none"
        return phrases.say(key, **names)
    said = phrases.say("across.regret.none" if regret.points <= 0 else "across.regret.one", under=under, **names)
    return phrases.together([said, phrases.say("across.regret.caution")]) if regret.points > 0 else said
