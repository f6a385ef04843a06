"""What changed between two rankings, in sentences made from the numbers: none names a cause that did not push that way."""

from __future__ import annotations

from collections.abc import Sequence
from math import floor, log10
from typing import TYPE_CHECKING, Final

from policy_options.analysis.additive import TIE
from policy_options.analysis.comparison.attribution import GapChange, Part
from policy_options.analysis.comparison.comparing import Comparison, OrderChange, Top
from policy_options.analysis.comparison.path import Path
from policy_options.analysis.ranking import Ranking
from policy_options.analysis.red_lines import red_lines
from policy_options.diffing import Diff
from policy_options.wording.phrases import Phrases
from policy_options.wording.shares import share_text

if TYPE_CHECKING:
    from policy_options.wording.phrase_keys import PhraseKey

__all__ = [
    "PUSHES_NAMED",
    "criteria_of",
    "first_words",
    "gap_sentence",
    "headline_sentences",
    "lead_sentence",
    "order_sentence",
    "part_words",
    "path_sentences",
    "shorts_of",
    "side_words",
    "small_points",
    "titles_of",
    "version_words",
]

PUSHES_NAMED: Final = 3
HOLDS_NAMED: Final = 2
"""Parts of a change that a sentence names on either side before it adds up the rest; tables and JSON have them all."""

_SHOWN: Final = 0.05  # points that are reported to a tenth as more than nothing


def small_points(points: float, phrases: Phrases) -> str:
    """Value points without a sign: to a tenth, or to the first digit if less, so that a difference is never called 0.0."""
    size = abs(points)
    if size <= TIE or size >= _SHOWN:
        return phrases.numbers.points(size)
    return phrases.numbers.fixed(size, min(-floor(log10(float(f"{size:.0e}"))), 9))


def titles_of(comparison: Comparison) -> dict[str, str]:
    """Titles of the options of both sides by id; the second side's if both have one."""
    sides = (comparison.before.problem, comparison.after.problem)
    return {option.id: option.title for problem in sides for option in problem.options}


def shorts_of(comparison: Comparison) -> dict[str, str]:
    """Short names of the options of both sides by id, for charts; the second side's if both have one."""
    sides = (comparison.before.problem, comparison.after.problem)
    return {option.id: option.short for problem in sides for option in problem.options}


def criteria_of(comparison: Comparison) -> dict[str, str]:
    """Short titles of the criteria of both sides by id; the second side's if both have one."""
    sides = (comparison.before.problem, comparison.after.problem)
    return {criterion.id: criterion.short for problem in sides for criterion in problem.criteria}


def version_words(version: str | None, phrases: Phrases) -> str:
    """The name of a version of the dossier."""
    return phrases.say("comparison.here") if version is None else version


def side_words(diff: Diff, comparison: Comparison, phrases: Phrases) -> tuple[str, str]:
    """The two sides of a comparison, by the title of their weights, with their status, and their version if there are two."""
    held = (diff.held_before(comparison), diff.held_after(comparison))
    if diff.versions is None:
        found = [
            phrases.say("comparison.side", weights=one.title, status=phrases.say_of("status", one.status))
            for one in held
        ]
    else:
        found = [
            phrases.say(
                "comparison.side.version",
                weights=one.title,
                status=phrases.say_of("status", one.status),
                version=version_words(version, phrases),
            )
            for one, version in zip(held, diff.versions, strict=True)
        ]
    return found[0], found[1]


def headline_sentences(comparison: Comparison, phrases: Phrases) -> list[str]:
    """The number of changed orders, the first option on each side, and what only one side has."""
    titles, criteria = titles_of(comparison), criteria_of(comparison)
    said = [_orders_sentence(comparison, phrases)]
    if comparison.top is not None:
        said.append(phrases.say("comparison.orders.top", top=comparison.top, shown=len(comparison.shown)))
    said.append(lead_sentence(comparison, phrases))
    for key, names in (("appeared", comparison.appeared), ("vanished", comparison.vanished)):
        if names:
            listed = phrases.listing([titles[name] for name in names])
            said.append(phrases.say_of("comparison.options", key, options=listed))
    if comparison.appeared or comparison.vanished:
        said.append(phrases.say("comparison.options.among"))
    for key, names in (("appeared", comparison.criteria_appeared), ("vanished", comparison.criteria_vanished)):
        if names:
            listed = phrases.listing([criteria[name] for name in names])
            said.append(phrases.say_of("comparison.criteria", key, criteria=listed))
    failing = [set(red_lines(side.problem).failing) for side in (comparison.before, comparison.after)]
    for key, names_ in (
        ("both", failing[0] & failing[1]),
        ("before", failing[0] - failing[1]),
        ("after", failing[1] - failing[0]),
    ):
        failed = [title for name, title in titles.items() if name in names_]
        if failed:
            said.append(phrases.say_of("comparison.red", key, options=phrases.listing(failed)))
    if comparison.unknown:
        said.append(
            phrases.say("comparison.unknown", options=phrases.listing([titles[name] for name in comparison.unknown]))
        )
    return said


def _orders_sentence(comparison: Comparison, phrases: Phrases) -> str:
    """The number of pairs whose order changed, and the number left open by unknown scores."""
    if comparison.pairs == 0:
        return phrases.say("comparison.orders.no-pair")
    names: dict[str, object] = {"changed": comparison.changed, "count": comparison.pairs}
    open_ = comparison.open_pairs
    if not open_:
        return phrases.say("comparison.orders.some" if comparison.changed else "comparison.orders.none", **names)
    names = {"changed": comparison.changed, "pairs": comparison.pairs, "count": open_}
    return phrases.say("comparison.orders.open", **names)


def lead_sentence(comparison: Comparison, phrases: Phrases) -> str:
    """The first option among those that fail no red line, before and after, and its lead; or the candidates if it is open."""
    before, after = comparison.top_before, comparison.top_after
    titles = titles_of(comparison)
    key: PhraseKey = "comparison.lead.stays" if set(before.first) == set(after.first) else "comparison.lead.passes"
    if not (before.is_sure and after.is_sure):
        key = "comparison.lead.open"
    return phrases.say(
        key,
        before=first_words(before, comparison.before, titles, phrases),
        after=first_words(after, comparison.after, titles, phrases),
    )


def first_words(top: Top, ranking: Ranking, titles: dict[str, str], phrases: Phrases) -> str:
    """The first option on one side and its lead; or the candidates if unknown scores leave it open."""
    options = phrases.listing([titles[name] for name in top.first])
    if not top.is_sure:
        rivals = [titles[name] for name in ranking.possible_leaders if name not in top.first]
        return phrases.say("comparison.first.unsure", options=options, rivals=phrases.listing(rivals))
    if len(top.first) > 1:
        return phrases.say("comparison.first.level", options=options)
    if top.lead is None:
        return phrases.say("comparison.first.open", options=options)
    return phrases.say("comparison.first.by", options=options, lead=small_points(top.lead, phrases))


def order_sentence(comparison: Comparison, change: OrderChange, close: float, phrases: Phrases) -> str:
    """Who passes whom, from which place to which, what pushed and what held back. ``close`` is the threshold for too
    close to call.
    """
    titles = titles_of(comparison)
    names: dict[str, object] = {"option": titles[change.overtaking], "over": titles[change.overtaken]}
    if change.before is None or change.after is None:
        return phrases.say_of("comparison", change.kind, "unknown", **names)
    names |= {"before": small_points(change.before, phrases), "after": small_points(change.after, phrases)}
    found = comparison.explain(change.overtaking, change.overtaken)
    said = phrases.say_of("comparison", change.kind, why=_why(found, comparison, phrases), **names)
    return said + _close(found, close, phrases)


def gap_sentence(comparison: Comparison, option: str, over: str, close: float, phrases: Phrases) -> str:
    """The same for a requested pair, whether or not its order changed.

    Raises:
        PolicyOptionsError: an option is not on both sides, or an unknown score leaves the gap open.
    """
    found = comparison.explain(option, over)
    if found.change < 0:
        found = comparison.explain(over, option)
    change = comparison.order_change(found.option, found.over)
    if change is not None:
        return order_sentence(comparison, change, close, phrases)
    titles = titles_of(comparison)
    names = {"option": titles[found.option], "over": titles[found.over]}
    where = "level" if abs(found.after) <= TIE else "ahead" if found.after > 0 else "behind"
    names |= {"before": small_points(found.before, phrases), "after": small_points(found.after, phrases)}
    if abs(found.change) <= TIE and not found.parts:
        return phrases.say_of("comparison.same", where, **names)
    said = phrases.say_of("comparison.gains", where, why=_why(found, comparison, phrases), **names)
    return said + _close(found, close, phrases)


def _close(found: GapChange, close: float, phrases: Phrases) -> str:
    was, now = (abs(gap) <= close for gap in (found.before, found.after))
    key = "both" if was and now else "before" if was else "after"
    return phrases.between_sentences + phrases.say_of("comparison.close", key) if was or now else ""


def _why(found: GapChange, comparison: Comparison, phrases: Phrases) -> str:
    """The largest pushes, the largest resistances, and the remainder with its sign. The largest of all is always named."""
    pushes, holds = (_named(found.parts, sign, most) for sign, most in ((1, PUSHES_NAMED), (-1, HOLDS_NAMED)))
    if not pushes and not holds:
        pushes = [part for part in found.parts if part.points > 0][:1]
        holds = [part for part in found.parts if part.points < 0][:1] if not pushes else []
    clauses = []
    for kind, parts in (("push", pushes), ("hold", holds)):
        said = [
            phrases.say_of(
                "comparison",
                kind,
                "next" if place else "first",
                what=part_words(part, comparison, phrases),
                points=small_points(part.points, phrases),
            )
            for place, part in enumerate(parts)
        ]
        if said:
            clauses.append(phrases.series(said))
    named = {*pushes, *holds}
    rest = sum(part.points for part in found.parts if part not in named)
    if abs(rest) >= _SHOWN:
        key: PhraseKey = "comparison.rest.adds" if rest > 0 else "comparison.rest.takes"
        clauses.append(phrases.say(key, points=small_points(rest, phrases)))
    return phrases.rows(clauses)


def _named(parts: Sequence[Part], sign: int, most: int) -> list[Part]:
    return [part for part in parts if sign * part.points >= _SHOWN][:most]


def part_words(part: Part, comparison: Comparison, phrases: Phrases) -> str:
    """The subject of a part of a change: the weight on a criterion, an option's score on it, or its scale."""
    option = titles_of(comparison)[part.option] if part.option is not None else ""
    criterion = criteria_of(comparison)[part.criterion]
    return phrases.say_of("comparison.factor", part.factor, criterion=criterion, option=option)


def path_sentences(comparison: Comparison, path: Path, sides: tuple[str, str], phrases: Phrases) -> list[str]:
    """Where the lead changes on the straight path between two weight sets, who leads where, and how many pairs change
    places.
    """
    titles = titles_of(comparison)
    names: dict[str, object] = {"start": sides[0], "end": sides[1]}
    points = [share_text(point, phrases) for point in path.changes]
    if points:
        said = [phrases.say("comparison.path.changes", count=len(points), points=phrases.listing(points), **names)]
        rows = [
            phrases.say("comparison.path.share", option=titles[name], share=share_text(share, phrases))
            for name, share in path.shares_of_lead.items()
        ]
        said.append(phrases.say("comparison.path.shares", rows=phrases.listing(rows)))
    else:
        leaders = phrases.listing([titles[name] for name in path.stretches[0].leaders])
        key: PhraseKey = "comparison.path.stays.open" if comparison.open_on_the_way else "comparison.path.stays"
        said = [phrases.say(key, options=leaders, **names)]
    if comparison.open_on_the_way:
        could = phrases.listing([titles[name] for name in comparison.open_on_the_way])
        said.append(phrases.say("comparison.path.open", options=could))
    said.append(
        phrases.say("comparison.path.crossings", count=path.crossings, options=len(path.options))
        if path.crossings
        else phrases.say("comparison.path.no-crossing", options=len(path.options))
    )
    out = [name for name in comparison.options if name not in set(path.options)]
    if out:
        said.append(phrases.say("comparison.path.left-out", options=phrases.listing([titles[name] for name in out])))
    return said
