"""The scenarios in full: the story of each, what brings it about, and every score that differs in it, with its basis."""

from __future__ import annotations

from collections.abc import Iterator

from policy_options.analysis.problem import Problem
from policy_options.dossier.contents import Entry
from policy_options.dossier.models.scenario import REFERENCE, Scenario, SharedChange
from policy_options.memo.citing import Citer, argued, cited_pieces
from policy_options.memo.content import Link, ScenarioInFull, ScenarioRow
from policy_options.memo.sections.options import performance_of
from policy_options.memo.subject import Subject
from policy_options.wording.performances import with_unit

__all__ = ["scenario_anchor", "scenarios_in_full"]


def scenario_anchor(scenario: str) -> str:
    """The id of the place in the annex with the full description of a scenario."""
    return f"scenario.{scenario}"


def scenarios_in_full(subject: Subject, citer: Citer) -> tuple[ScenarioInFull, ...]:
    """Each scenario that has a file; none for a memo without the section on scenarios."""
    found = subject.scenarios
    if found is None:
        return ()
    return tuple(
        ScenarioInFull(
            anchor=scenario_anchor(id),
            title=entry.model.title,
            short=entry.model.short or entry.model.title,
            story=entry.model.story,
            drivers=tuple(argued(driver, citer, subject.phrases) for driver in entry.model.drivers),
            rows=() if id == REFERENCE else tuple(_rows(subject, entry, found.rankings[id].problem)),
        )
        for id, entry in subject.contents.scenarios.items()
        if id in found.ids
    )


def _rows(subject: Subject, entry: Entry[Scenario], there: Problem) -> Iterator[ScenarioRow]:
    """The scores of single options, then the changes that all options share."""
    problem, phrases, model = subject.problem, subject.phrases, entry.model
    for option in problem.options:
        for column, axis in enumerate(problem.criteria):
            score = model.scores.get(option.id, {}).get(axis.id)
            if score is None:
                continue
            row = problem.option_index[option.id]
            before, here = (_written(of, row, column, subject) for of in (problem, there))
            change = phrases.say("memo.scenario.change", before=before, here=here)
            what = phrases.say("robustness.tornado.score", option=option.short, criterion=axis.short)
            yield ScenarioRow(what, change, score.rationale or "", _cites(score.evidence or (), subject))
    for column, axis in enumerate(problem.criteria):
        shared = model.all_.get(axis.id)
        moved = [row for row, option in enumerate(problem.options) if axis.id not in model.scores.get(option.id, {})]
        if shared is not None and moved:
            every = len(moved) == len(problem.options)
            what = phrases.say("memo.scenario.all" if every else "memo.scenario.others", criterion=axis.short)
            change = _shared(shared, moved[0], column, there, subject)
            yield ScenarioRow(what, change, shared.rationale or "", _cites(shared.evidence or (), subject))


def _written(problem: Problem, row: int, column: int, subject: Subject) -> str:
    likely, bounds = performance_of(problem, row, column, subject.phrases)
    return f"{likely} ({bounds})" if bounds else likely


def _shared(change: SharedChange, row: int, column: int, there: Problem, subject: Subject) -> str:
    """By what every option is changed; or the performance that all get, as ``row`` has it."""
    phrases, axis = subject.phrases, subject.problem.criteria[column]
    if change.times is not None:
        return phrases.say("memo.scenario.times", factor=phrases.numbers.quantity(change.times))
    if change.by is not None:
        sign = "+" if change.by > 0 else "−"
        amount = f"{sign}{phrases.numbers.quantity(abs(change.by))}"
        return phrases.say("memo.scenario.levels", count=amount) if axis.levels else with_unit(amount, axis)
    return _written(there, row, column, subject)


def _cites(claims: tuple[str, ...], subject: Subject) -> tuple[Link, ...]:
    pieces = cited_pieces(subject.contents, claims, subject.phrases)
    return pieces or (Link(subject.phrases.say("memo.cites.none"), ""),)
