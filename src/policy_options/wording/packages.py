"""Packages in words: their names, what is recommended, what more of a resource buys, and what must be said with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from functools import reduce
from typing import TYPE_CHECKING, Final

from policy_options.analysis.additive import TIE
from policy_options.analysis.packages.choosing import Packages
from policy_options.analysis.packages.frontier import Frontier
from policy_options.analysis.packages.problem import Rule, members_of
from policy_options.wording.phrases import Phrases

if TYPE_CHECKING:
    from policy_options.analysis.packages.changes import PackageChange
    from policy_options.analysis.packages.dominance import NonDominated
    from policy_options.analysis.scenarios.packages import PackagesInScenarios
    from policy_options.analysis.weight_region import WeightRegion
    from policy_options.wording.phrase_keys import PhraseKey

__all__ = [
    "adding_sentences",
    "basis_sentences",
    "best_sentences",
    "change_sentences",
    "core_sentences",
    "frontier_sentences",
    "joined",
    "number_text",
    "package_ids",
    "package_name",
    "region_text",
    "rule_text",
    "sets_sentences",
    "warning_sentences",
]


_CAUSES: Final = 4
"""Criteria whose weight moved a gap that are named."""


def number_text(number: Fraction | float, phrases: Phrases) -> str:
    """An amount of a resource, with the digits that were written."""
    return phrases.numbers.computed(float(number))


def joined(names: Iterable[str], phrases: Phrases) -> str:
    """Names as one package."""
    return reduce(lambda first, last: phrases.say("packages.join", first=first, last=last), names)


def package_name(found: Packages | PackagesInScenarios, package: int, phrases: Phrases) -> str:
    """A package by the short titles of its options; the empty one is the baseline alone."""
    members = [found.problem.members[member].short for member in members_of(package)]
    if not members:
        base = found.problem.problem.options[found.problem.baseline_row]
        return phrases.say("packages.empty", baseline=base.short)
    return joined(members, phrases)


def package_ids(found: Packages | PackagesInScenarios, package: int) -> str:
    """A package by the ids of its options, for machines; the baseline's where it is empty."""
    return " + ".join(found.problem.names(package)) or found.problem.baseline


def _baseline(found: Packages) -> str:
    return found.problem.problem.options[found.problem.baseline_row].title


def best_sentences(found: Packages, phrases: Phrases) -> list[str]:
    """The best package, the next best, what was asked for instead, and what is used."""
    points = phrases.numbers.points
    best, said = found.rows[0], []
    names = {
        "package": package_name(found, best.package, phrases),
        "baseline": _baseline(found),
        "value": points(best.value),
    }
    if best.gain > TIE:
        said.append(phrases.say("packages.best", gain=points(best.gain), **names))
    else:
        said.append(phrases.say("packages.best.none", **names))
    if found.listed.tied_first > 1:
        said.append(phrases.say("packages.tied", count=found.listed.tied_first))
    others = [row for row in found.rows if row.gap > TIE]
    if others:
        after = package_name(found, others[0].package, phrases)
        said.append(phrases.say("packages.next", package=after, gap=points(others[0].gap)))
    elif len(found.rows) == 1:
        said.append(phrases.say("packages.only"))
    if found.settings.asked is not None and found.package != found.recommended:
        asked = found.looked_at
        name = package_name(found, asked.package, phrases)
        said.append(phrases.say("packages.asked", package=name, value=points(asked.value), gap=points(asked.gap)))
        if not found.keeps:
            said.append(phrases.say("packages.asked.breaks"))
    if found.problem.resources:
        uses = [
            phrases.say(
                "packages.use",
                title=resource.title,
                use=number_text(use, phrases),
                capacity=number_text(resource.capacity, phrases),
                unit=resource.unit,
            )
            for resource, use in zip(found.problem.resources, found.looked_at.used, strict=True)
        ]
        said.append(phrases.say("packages.uses", uses=phrases.rows(uses)))
    return said


def basis_sentences(found: Packages, phrases: Phrases) -> list[str]:
    """How many packages there are and keep rules and capacities, and how these are judged."""
    counts, said = found.counts, []
    if found.every is None:
        said.append(phrases.say("packages.proved"))
    else:
        whole = {key: phrases.numbers.fixed(counts[key], 0) for key in ("all", "allowed", "admitted")}
        said.append(phrases.say("packages.counts", **whole))
    if found.problem.resources:
        said.append(phrases.say("packages.cautious" if found.settings.cautious else "packages.likely"))
    listed = found.listed
    if not listed.all_counted:
        said.append(phrases.say("packages.ties-more", count=listed.tied_last))
    elif listed.tied_last > sum(int(rank) == int(listed.ranks[-1]) for rank in listed.ranks):
        shown = sum(int(rank) == int(listed.ranks[-1]) for rank in listed.ranks)
        said.append(phrases.say("packages.ties-listed", count=listed.tied_last, shown=shown))
    return said


def warning_sentences(found: Packages, phrases: Phrases) -> list[str]:
    """What must be known of the result: packages that are held or left out, what is not counted, what counts twice."""
    counts, said = found.counts, []
    axes = {axis.id: axis for axis in found.problem.problem.criteria}
    if found.problem.judged_columns:
        judged = [found.problem.problem.criteria[column].title for column in found.problem.judged_columns]
        named = counts.get("named")
        if named is not None and named < (counts["all"] or 0):
            said.append(phrases.say("packages.named", count=named, criteria=phrases.listing(judged)))
    for key in ("held", "failing"):
        count = counts.get(key)
        if count:
            said.append(phrases.say_of("packages", key, count=count))
    if found.held_on:
        titles = phrases.listing([axes[id].title for id in found.held_on])
        said.append(phrases.say("packages.held-on", criteria=titles))
    could = counts.get("could-be-best")
    if could:
        said.append(phrases.say("packages.unknown", count=could))
    if found.problem.in_words:
        said.append(phrases.say("packages.in-words", count=found.problem.in_words))
    resources = {resource.id: resource.title for resource in found.problem.resources}
    for axis, how in zip(found.problem.problem.criteria, found.problem.combinations, strict=True):
        if how.measures in resources:
            said.append(phrases.say("packages.twice", criterion=axis.title, resource=resources[str(how.measures)]))
    return said


def frontier_sentences(found: Packages, frontier: Frontier, phrases: Phrases) -> list[str]:
    """What the next step of a resource buys, whether the packages are nested, and which are not on the convex hull."""
    resource = found.problem.resource(frontier.resource)
    names = {"unit": resource.unit, "capacity": number_text(frontier.capacity, phrases)}
    said = []
    after, at = frontier.next_step, frontier.at_capacity
    if after is not None:
        before = frontier.steps[at].value if at is not None else found.baseline_value
        said.append(
            phrases.say(
                "packages.frontier.next",
                use=number_text(after.use, phrases),
                package=package_name(found, after.packages[0], phrases),
                gain=phrases.numbers.points(after.value - before),
                **names,
            )
        )
    elif frontier.steps:
        most = number_text(frontier.steps[-1].use, phrases)
        said.append(phrases.say("packages.frontier.enough", use=most, **names))
    broken = frontier.first_break
    if broken is not None:
        ends = {"from": number_text(broken[0].use, phrases), "to": number_text(broken[1].use, phrases)}
        said.append(phrases.say("packages.frontier.broken", **ends))
    elif len(frontier.steps) > 1:
        said.append(phrases.say("packages.frontier.nested"))
    off = sum(not step.on_hull for step in frontier.steps)
    if off:
        said.append(phrases.say("packages.frontier.off-hull", count=off))
    if len(found.problem.resources) > 1:
        said.append(phrases.say("packages.frontier.others"))
    return said


def adding_sentences(found: Packages, phrases: Phrases) -> list[str]:
    """The steps in order, and for each resource what to drop when there is less of it."""
    points, said = phrases.numbers.points, []
    for place, step in enumerate(found.adding, start=1):
        name = joined([found.problem.members[member].short for member in step.members], phrases)
        said.append(phrases.say("packages.adding.step", place=place, package=name, gain=points(step.gain, signed=True)))
    value = found.value(found.package)
    for cut in found.cuts:
        names = {
            "use": number_text(cut.below, phrases),
            "resource": found.problem.resource(cut.resource).title,
        }
        if cut.part is None or cut.part_value is None:
            said.append(phrases.say("packages.cut.none", **names))
            continue
        dropped = [found.problem.members[member].short for member in members_of(found.package & ~cut.part)]
        drops, loss = phrases.listing(dropped), value - cut.part_value
        if loss < -TIE:
            words = [phrases.say("packages.cut.gained", drops=drops, gain=points(-loss), **names)]
        else:
            words = [phrases.say("packages.cut", drops=drops, loss=points(loss), **names)]
        if cut.instead not in (None, cut.part) and cut.instead_value is not None and cut.instead is not None:
            name = package_name(found, cut.instead, phrases)
            words.append(phrases.say("packages.cut.instead", package=name, loss=points(value - cut.instead_value)))
        said.append(phrases.together(words))
    return said


def region_text(region: WeightRegion, phrases: Phrases) -> str:
    """The weights that packages are compared over."""
    band = "" if region.band is None else phrases.numbers.percent(region.band)
    return phrases.say_of("packages.region", region.kind, band=band)


def core_sentences(found: Packages, phrases: Phrases) -> list[str]:
    """How many packages none beats, over which weights, and which options are in all of them, or in none."""
    compared = found.non_dominated
    if isinstance(compared, str):
        return [phrases.say_of("packages.core.out", compared)]
    assert found.region is not None
    region = region_text(found.region, phrases)
    key: PhraseKey = "packages.core.basis" if compared.ranges else "packages.core.basis.certain"
    said = [phrases.say(key, count=len(compared.packages), region=region)]
    said += _members_of_classes(found, compared, phrases)
    if compared.bounded:
        titles = {axis.id: axis.short for axis in found.problem.problem.criteria}
        criteria = phrases.listing([titles[id] for id in compared.bounded])
        said.append(phrases.say("packages.core.bounded", criteria=criteria))
    return said


def _members_of_classes(found: Packages, compared: NonDominated, phrases: Phrases) -> list[str]:
    said = []
    for kind in ("core", "exterior"):
        members = [
            option.short for member, option in enumerate(found.problem.members) if compared.standing(member) == kind
        ]
        if members:
            said.append(phrases.say_of("packages.core", kind, options=phrases.listing(members)))
    return said or [phrases.say("packages.core.neither")]


def rule_text(found: Packages, rule: Rule, phrases: Phrases) -> str:
    """A rule in words, by the short titles of its options."""
    titles = [found.problem.members[member].short for member in rule.members]
    if rule.kind == "requires":
        return phrases.say("packages.rule.requires", option=titles[0], others=phrases.listing(titles[1:]))
    return phrases.say_of("packages.rule", rule.kind, number=rule.number, options=phrases.listing(titles))


def sets_sentences(
    found: Packages, statuses: Mapping[str, str], titles: Mapping[str, str], phrases: Phrases
) -> list[str]:
    """Under how many sets of each status it is the best package, and its largest regret: asked and illustrative ones apart."""
    said = []
    for key, status in (("asked", "elicited"), ("illustrative", "illustrative")):
        those = [regret for regret in found.regrets if statuses.get(regret.weights) == status]
        if those:
            worst = max(those, key=lambda regret: regret.points)
            said.append(
                phrases.say_of(
                    "packages.sets",
                    key,
                    of=len(those),
                    best=sum(regret.points <= TIE for regret in those),
                    points=phrases.numbers.points(worst.points),
                    weights=titles[worst.weights],
                )
            )
    return said


def change_sentences(found: PackageChange, phrases: Phrases) -> list[str]:
    """Which package is best on either side, and what moved the gap between the two, the largest parts by name."""
    points = phrases.numbers.points
    before = package_name(found.before, found.before.recommended, phrases)
    after = package_name(found.after, found.after.recommended, phrases)
    if not found.changed:
        return [phrases.say("packages.diff.same", package=after)]
    said = [phrases.say("packages.diff.changed", before=before, after=after)]
    if found.gap_before is not None and found.gap_after is not None:
        titles = {axis.id: axis.short for axis in found.after.problem.problem.criteria}
        moved = [(id, part) for id, part in found.by_weight if abs(part) > TIE]
        parts = [f"{titles[id]} {points(part, signed=True)}" for id, part in moved[:_CAUSES]]
        if moved:
            total = phrases.say("packages.diff.weights", points=points(sum(p for _, p in moved), signed=True))
            parts = [f"{total} ({phrases.series(parts)})"]
        if abs(found.by_performance) > TIE:
            words = points(found.by_performance, signed=True)
            parts.append(phrases.say("packages.diff.performances", points=words))
        causes = phrases.say("packages.diff.causes", parts=phrases.rows(parts)) if parts else ""
        ends = {"from": points(found.gap_before, signed=True), "to": points(found.gap_after, signed=True)}
        said.append(phrases.say("packages.diff.gap", after=after, before=before, causes=causes, **ends))
    if not found.earlier_kept:
        said.append(phrases.say("packages.diff.limits"))
    if not found.later_kept and set(found.later) <= set(found.before.problem.ids):
        said.append(phrases.say("packages.diff.admitted"))
    return said
