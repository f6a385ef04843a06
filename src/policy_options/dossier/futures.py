"""A dossier as it is in one of its scenarios: the scores that differ there, in place of those in the options' files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from policy_options.dossier.contents import SCENARIOS, Contents, Entry
from policy_options.dossier.models.base import UNKNOWN
from policy_options.dossier.models.criteria import Criterion
from policy_options.dossier.models.option import Option, Score
from policy_options.dossier.models.scenario import REFERENCE, Scenario, SharedChange
from policy_options.dossier.models.signpost import Signpost
from policy_options.dossier.validation import did_you_mean
from policy_options.errors import PolicyOptionsError

if TYPE_CHECKING:
    from policy_options.analysis.packages.problem import PackageProblem
    from policy_options.analysis.problem import Problem
    from policy_options.analysis.scenarios.likelihoods import Judged
    from policy_options.analysis.scenarios.scenarios import Sign

__all__ = [
    "REFERENCE",
    "Override",
    "contents_in",
    "judged_likelihoods",
    "overrides",
    "package_problem",
    "scenario_ids",
    "shifted",
    "signs_of",
    "titles_of",
]


class Override(NamedTuple):
    """A score that is another in a scenario, with the path in the file that says so. ``None`` where ``by`` or ``times`` meets
    no number.
    """

    option: str
    criterion: str
    score: Score | None
    path: tuple[str | int, ...]


def scenario_ids(contents: Contents) -> tuple[str, ...]:
    """The scenarios, the future that the options are scored for first unless the decision leaves it out; none without files."""
    found = sorted(name for name in contents.scenarios if name != REFERENCE)
    if not found:
        return ()
    return (REFERENCE, *found) if contents.decision.model.reference_scenario else tuple(found)


def shifted(score: Score, change: SharedChange, criterion: Criterion) -> Score | None:
    """A score moved by an amount or a factor, low, likely and high alike; ``None`` where it has no number to move, or there is
    no such level. A factor moves no level.

    A distribution is given in the same unit and would have to be moved by hand, so that a score with one is not moved.
    """
    if score.likely == UNKNOWN or score.distribution is not None:
        return None
    levels = [level.id for level in criterion.scale.levels]

    def moved(performance: float | str | None) -> float | str | None:
        if performance is None:
            return None
        if change.by is None:
            # To twelve digits, so that 3 times 1.1 is 3.3 and stays on its step and its scale.
            factor = change.times if change.times is not None else 1.0
            return float(f"{performance * factor:.12g}") if isinstance(performance, float) and not levels else None
        by = change.by
        if levels:
            at = (levels.index(performance) if performance in levels else -1) + by
            return levels[int(at)] if 0 <= at < len(levels) and at == int(at) else None
        return performance + by if isinstance(performance, float) else None

    likely, low, high = moved(score.likely), moved(score.low), moved(score.high)
    if likely is None or (low is None) != (score.low is None) or (high is None) != (score.high is None):
        return None
    return score.model_copy(update={"likely": likely, "low": low, "high": high})


def overrides(contents: Contents, scenario: Entry[Scenario]) -> Iterator[Override]:
    """The scores written in a scenario's file: those of one option before changes that all options share."""
    model = scenario.model
    for option, scores in model.scores.items():
        for criterion, score in scores.items():
            yield Override(option, criterion, score, ("scores", option, criterion))
    for criterion, change in model.all_.items():
        for option, entry in contents.options.items():
            if criterion in model.scores.get(option, {}) or criterion not in entry.model.scores:
                continue
            yield Override(option, criterion, _changed(contents, entry, criterion, change), ("all", criterion))


def _changed(contents: Contents, entry: Entry[Option], criterion: str, change: SharedChange) -> Score | None:
    if change.relative is None:
        return change.score
    if criterion not in contents.leaves:
        return None
    moved = shifted(entry.model.scores[criterion], change, contents.leaves[criterion][0])
    if moved is None:
        return None
    return moved.model_copy(
        update={"confidence": change.confidence, "rationale": change.rationale, "evidence": change.evidence}
    )


def contents_in(contents: Contents, scenario: str) -> Contents:
    """The contents with the scores of a scenario in place of those that they override.

    Raises:
        PolicyOptionsError: there is no such scenario.
    """
    known = scenario_ids(contents)
    if scenario not in known:
        raise PolicyOptionsError.of(
            "unknown-id",
            f"`{scenario}` is no scenario of this dossier",
            did_you_mean(scenario, known) if known else f"write one in {SCENARIOS}/{scenario}.yaml",
            ids=(scenario,),
        )
    if scenario == REFERENCE:
        return contents
    changed: dict[str, dict[str, Score]] = {}
    for override in overrides(contents, contents.scenarios[scenario]):
        if override.score is not None:
            changed.setdefault(override.option, {})[override.criterion] = override.score
    options = {
        name: replace(entry, model=entry.model.model_copy(update={"scores": {**entry.model.scores, **changed[name]}}))
        if name in changed
        else entry
        for name, entry in contents.options.items()
    }
    return replace(contents, options=options)


def package_problem(contents: Contents, problem: Problem) -> PackageProblem | None:
    """The packages of a scenario, from its contents and its problem; ``None`` where the dossier says nothing of packages."""
    if contents.packages_file is None:
        return None
    from policy_options.dossier.packaging import build_packages  # many dossiers have none

    return build_packages(contents, problem)


def titles_of(contents: Contents) -> dict[str, tuple[str, str]]:
    """The title and the short title of each scenario; the reference has its id where no file gives it a title."""
    found = {}
    for name in scenario_ids(contents):
        entry = contents.scenarios.get(name)
        title = name if entry is None else entry.model.title
        found[name] = (title, title if entry is None else entry.model.short or title)
    return found


def judged_likelihoods(contents: Contents) -> tuple[Judged, ...]:
    """The likelihoods that somebody judged, as shares."""
    from policy_options.analysis.scenarios.likelihoods import Judged  # most results need no scenario

    found = []
    for name in scenario_ids(contents):
        given = contents.scenarios[name].model.likelihood if name in contents.scenarios else None
        if given is not None:
            found.append(Judged(name, given.low / 100, given.high / 100, given.holder))
    return tuple(found)


def signs_of(contents: Contents) -> tuple[Sign, ...]:
    """Every signpost: those of each scenario, then the decision's. Thresholds on levels are the places of the levels."""
    from policy_options.analysis.scenarios.scenarios import Sign

    found = []
    named = [name for name in scenario_ids(contents) if name in contents.scenarios]
    holders: list[tuple[str | None, tuple[Signpost, ...]]] = [
        *((name, contents.scenarios[name].model.signposts) for name in named),
        (None, contents.decision.model.signposts),
    ]
    for scenario, signposts in holders:
        for index, signpost in enumerate(signposts):
            threshold = None
            if signpost.criterion is not None and signpost.threshold is not None:
                levels = [level.id for level in contents.leaves[signpost.criterion][0].scale.levels]
                given = signpost.threshold
                threshold = float(levels.index(given)) if isinstance(given, str) else given
            found.append(Sign(scenario, index, signpost.option, signpost.criterion, threshold))
    return tuple(found)
