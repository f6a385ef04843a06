"""Packages in several futures as sentences: where the best one stays best, what it could cost, the hedge, and the first step."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from policy_options.analysis.additive import TIE
from policy_options.analysis.scenarios.scenarios import Scenarios, Sign
from policy_options.errors import PolicyOptionsError
from policy_options.wording.packages import joined, number_text, package_name
from policy_options.wording.phrases import Phrases
from policy_options.wording.scenarios import CELLS_NAMED, future_titles

if TYPE_CHECKING:
    from policy_options.analysis.scenarios.hedging import Step
    from policy_options.analysis.scenarios.packages import PackagesInScenarios

__all__ = ["compared_packages", "package_once", "package_once_text", "package_sentences", "packages_in_brief"]


def compared_packages(found: Scenarios) -> PackagesInScenarios | str | None:
    """Packages over the scenarios, or why they are not compared; ``None`` where the dossier says nothing of them."""
    try:
        return found.packages
    except PolicyOptionsError as error:
        return error.faults[0].message


def package_sentences(found: Scenarios, phrases: Phrases) -> list[str]:
    """Where the package is best, the smallest largest regret, what lowers that of the package, and what all best ones have."""
    held = compared_packages(found)
    if held is None:
        return []
    if isinstance(held, str):
        return [phrases.say("scenarios.packages.out", reason=held)]
    said = [_held(held, found, phrases), _choice(held, found, phrases), _steps(held, phrases), _first(held, phrases)]
    advice = held.along(held.advice)
    if advice.failing:
        said.append(
            phrases.say(
                "scenarios.packages.red",
                package=package_name(held, held.advice, phrases),
                scenarios=_titles(advice.failing, found, phrases),
            )
        )
    if held.open:
        said.append(phrases.say("scenarios.packages.open"))
    if not held.enumerated:
        said.append(phrases.say("scenarios.packages.many"))
    return [one for one in said if one]


def packages_in_brief(found: Scenarios, phrases: Phrases) -> str:
    """In one sentence: in how many scenarios the package is best, and which options are in the best one of each."""
    held = compared_packages(found)
    if held is None:
        return ""
    if isinstance(held, str):
        return phrases.say("scenarios.packages.out", reason=held)
    count = len(held.scenarios)
    names: dict[str, object] = {"package": package_name(held, held.advice, phrases), "count": count}
    if not held.changes:
        return phrases.say("scenarios.packages.all", **names)
    names["held"] = count - len(held.changes)
    if not held.first_step:
        return phrases.say("scenarios.packages.memo.none", **names)
    options = phrases.listing([held.problem.members[member].short for member in held.first_step])
    return phrases.say("scenarios.packages.memo", options=options, **names)


def package_once(sign: Sign, found: Scenarios) -> list[str] | None:
    """The options of the best package once a signpost shows; ``None`` where packages are not compared."""
    held = compared_packages(found)
    if held is None or isinstance(held, str):
        return None
    try:
        package = found.package_once(sign)
    except PolicyOptionsError:
        return None  # a threshold that takes a package off a scale
    return None if package is None else list(held.problem.names(package))


def package_once_text(sign: Sign, found: Scenarios, phrases: Phrases) -> str:
    """Which package is best once a signpost shows; nothing where it is the same as without it."""
    held, options = compared_packages(found), package_once(sign, found)
    if held is None or isinstance(held, str) or options is None or set(options) == set(held.problem.names(held.advice)):
        return ""
    return phrases.say("scenarios.switch.package", package=package_name(held, held.problem.package(options), phrases))


def _titles(names: Sequence[str], found: Scenarios, phrases: Phrases) -> str:
    titles = future_titles(found, phrases)
    shown = [titles[name] for name in names[:CELLS_NAMED]]
    if len(names) > CELLS_NAMED:
        shown.append(phrases.say("more", count=len(names) - CELLS_NAMED))
    return phrases.listing(shown)


def _held(held: PackagesInScenarios, found: Scenarios, phrases: Phrases) -> str:
    advice, count = held.along(held.advice), len(held.scenarios)
    package = package_name(held, held.advice, phrases)
    said = [] if found.reference is not None else [phrases.say("scenarios.packages.advice", package=package)]
    if not held.changes:
        return phrases.together([*said, phrases.say("scenarios.packages.all", package=package, count=count)])
    titles = future_titles(found, phrases)
    changes = [
        phrases.say(
            "scenarios.packages.change",
            scenario=titles[there.scenario],
            package=package_name(held, there.package, phrases),
            points=phrases.numbers.points(points),
        )
        for there, points in zip(held.best, advice.regrets, strict=True)
        if points > TIE
    ]
    shown = changes[:CELLS_NAMED]
    if len(changes) > CELLS_NAMED:
        shown.append(phrases.say("more", count=len(changes) - CELLS_NAMED))
    some = phrases.say(
        "scenarios.packages.some",
        package=package,
        held=count - len(changes),
        count=count,
        changes=phrases.rows(shown),
    )
    return phrases.together([*said, some])


def _choice(held: PackagesInScenarios, found: Scenarios, phrases: Phrases) -> str:
    """Nothing where the package has no regret at all: none can be smaller."""
    if not held.choice or not held.changes:
        return ""
    row = held.along(held.choice[0])
    where = [name for name, points in zip(held.scenarios, row.regrets, strict=True) if points >= row.largest - TIE]
    said = [
        phrases.say(
            "scenarios.packages.choice",
            package=package_name(held, row.package, phrases),
            points=phrases.numbers.points(row.largest),
            where=_titles(where, found, phrases),
        )
    ]
    if held.choice_tied > 1:
        said.append(phrases.say("scenarios.packages.tied", count=held.choice_tied))
    if row.package in held.best_nowhere:
        said.append(phrases.say("scenarios.packages.nowhere"))
    return phrases.together(said)


def _steps(held: PackagesInScenarios, phrases: Phrases) -> str:
    """The hedge; without any regret there is nothing to lower."""
    if not held.changes:
        return ""
    steps, points = held.steps, phrases.numbers.points
    package = package_name(held, held.advice, phrases)

    def names(step: Step) -> dict[str, object]:
        adds, drops = (
            joined([held.problem.members[m].short for m in some], phrases) if some else ""
            for some in (step.adds, step.drops)
        )
        return {"adds": adds, "drops": drops, "points": points(step.lowers), "left": points(step.largest)}

    if steps.hedge is not None:
        said = [phrases.say("scenarios.packages.hedge", package=package, **names(steps.hedge))]
    else:
        largest = points(held.along(held.advice).largest)
        said = [phrases.say("scenarios.packages.hedge.none", package=package, left=largest)]
    if steps.exchange is not None:
        said.append(phrases.say("scenarios.packages.exchange", **names(steps.exchange)))
    if steps.beyond is not None:
        short = [
            phrases.say(
                "scenarios.packages.short",
                resource=held.problem.resource(id).title,
                amount=number_text(amount, phrases),
                unit=held.problem.resource(id).unit,
            )
            for id, amount in steps.beyond.short
        ]
        said.append(phrases.say("scenarios.packages.beyond", short=phrases.rows(short), **names(steps.beyond)))
    return phrases.together(said)


def _first(held: PackagesInScenarios, phrases: Phrases) -> str:
    options = [held.problem.members[member].short for member in held.first_step]
    if not options:
        return phrases.say("scenarios.packages.first.none")
    return phrases.say("scenarios.packages.first", options=phrases.listing(options))
