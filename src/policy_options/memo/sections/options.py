"""The options: what would be done, the strongest case on either side, cost and risk; in the annex every point."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from policy_options.analysis.problem import Problem
from policy_options.analysis.spans import Fall, largest_falls
from policy_options.dossier.models.option import Argument, Relation
from policy_options.memo.citing import Citer, argued
from policy_options.memo.condensing_levels import shortened
from policy_options.memo.content import Argued, OptionEntry, OptionInFull
from policy_options.memo.sections.ranking import rows_in_body
from policy_options.memo.subject import Subject
from policy_options.wording.advice import fall_sentence
from policy_options.wording.performances import performance_text, with_unit
from policy_options.wording.phrases import Phrases
from policy_options.wording.titles import option_titles

__all__ = ["option_anchor", "option_entries", "options_in_full", "performance", "performance_of", "remaining_options"]

_LINE: Final = 170
"""Columns of the text of an option that is named but not described in the body: two lines."""


def option_entries(subject: Subject, citer: Citer) -> tuple[OptionEntry, ...]:
    """The options of the body in order of rank: some with the case on either side, others with one line."""
    extent, phrases = subject.extent, subject.phrases
    falls = largest_falls(subject.assessment.ranking)
    described = set(rows_in_body(subject, extent.described, baseline=extent.described >= extent.named))
    entries = []
    for row in rows_in_body(subject, extent.named):
        if row in described:
            entry = _entry(subject, row, falls, citer)
            entries.append(shortened(entry, extent, phrases, annex="a" if entry.first else "b"))
        else:
            line = replace(extent, text=_LINE if extent.text is None else min(_LINE, extent.text))
            entries.append(shortened(_named(subject, row), line, phrases, annex="b"))
    return tuple(entries)


def remaining_options(subject: Subject, entries: tuple[OptionEntry, ...]) -> tuple[tuple[bool, str], ...]:
    """Texts on options that neither the body nor annex B has, each with whether it is about the option to put first.

    These are the cost and the largest fall by one score and, for the option to put first, everything if the body
    shortens a text of it.
    """
    falls = largest_falls(subject.assessment.ranking)
    shown = dict(zip(rows_in_body(subject, subject.extent.named), entries, strict=True))
    citer = Citer(subject.contents, subject.phrases)
    texts = []
    for row in subject.assessment.ranking.order:
        whole = _entry(subject, row, falls, citer)
        sentences = _texts(whole) if whole.first else _texts(whole)[-2:]
        if any(sentences) and (row not in shown or _texts(shown[row]) != _texts(whole)):
            texts.append((whole.first, " ".join([f"{whole.title}:", subject.phrases.together(sentences)])))
    return tuple(texts)


def _texts(entry: OptionEntry) -> tuple[str, ...]:
    points = (entry.case_for, entry.case_against, entry.risk)
    return (entry.increment, *(point.text if point else "" for point in points), entry.cost, entry.fall)


def _named(subject: Subject, row: int) -> OptionEntry:
    """An option with one line: what it adds."""
    option = subject.problem.options[row]
    model = subject.contents.options[option.id].model
    return OptionEntry(
        title=option.title,
        rank=subject.phrases.say("memo.rank", rank=int(subject.assessment.ranking.ranks[row])),
        increment=model.summary or model.increment or "",
        case_for=None,
        case_against=None,
        cost="",
        risk=None,
        fall="",
        relations="",
        first=option.id == subject.assessment.first,
        baseline=option.id == subject.assessment.baseline,
    )


def _entry(subject: Subject, row: int, falls: dict[str, Fall], citer: Citer) -> OptionEntry:
    phrases, assessment = subject.phrases, subject.assessment
    option = subject.problem.options[row]
    model = subject.contents.options[option.id].model
    titles = option_titles(subject.problem)
    relations = []
    if model.synergies:
        names = phrases.listing(_others(model.synergies, titles))
        relations.append(phrases.say("memo.relations.synergies", options=names))
    if model.conflicts:
        names = phrases.listing(_others(model.conflicts, titles))
        relations.append(phrases.say("memo.relations.conflicts", options=names))
    # Footnotes are numbered in reading order.
    case_for = next(iter(_case(model.for_[:1], option.id, subject, citer)), None)
    case_against = next(iter(_case(model.against[:1], option.id, subject, citer)), None)
    return OptionEntry(
        title=option.title,
        rank=phrases.say("memo.rank", rank=int(assessment.ranking.ranks[row])),
        increment=model.summary or model.increment or "",
        case_for=case_for,
        case_against=case_against,
        cost=_cost(subject, row),
        risk=argued(model.risk, citer, phrases) if model.risk else None,
        fall=fall_sentence(falls[option.id], subject.problem, phrases) if option.id in falls else "",
        relations=phrases.together(relations),
        first=option.id == assessment.first,
        baseline=option.id == assessment.baseline,
    )


def _case(points: Sequence[Argument], option: str, subject: Subject, citer: Citer) -> tuple[Argued, ...]:
    """The points of one side; a note if nothing was entered, except for the baseline, which adds nothing to argue about."""
    arguments = tuple(argued(point, citer, subject.phrases) for point in points)
    if arguments or option == subject.assessment.baseline:
        return arguments
    return (Argued(subject.phrases.say("memo.nothing-entered"), None, ""),)


def _cost(subject: Subject, row: int) -> str:
    """The performance on each criterion of the cost group; empty if there is no such group."""
    problem, phrases = subject.problem, subject.phrases
    group = next((group.id for group in problem.groups if group.role == "cost"), None)
    if group is None:
        return ""
    costs = []
    for column in problem.columns_of(group):
        likely, bounds = performance(subject, row, column)
        axis = problem.criteria[column]
        kind = "levels" if axis.levels else "number"
        if kind == "number" and not problem.unknown[row, column]:
            likely = with_unit(likely, axis)
        names = {"criterion": axis.short, "likely": likely}
        costs.append(phrases.say_of("option", "cost-range" if bounds else "cost", kind, bounds=bounds, **names))
    return phrases.say("option.costs", rows=phrases.rows(costs)) if costs else ""


def performance(subject: Subject, row: int, column: int) -> tuple[str, str]:
    """The likely performance, and its bounds if they differ from it."""
    return performance_of(subject.problem, row, column, subject.phrases)


def performance_of(problem: Problem, row: int, column: int, phrases: Phrases) -> tuple[str, str]:
    """The same of any problem, such as that of a scenario."""
    bounds = tuple(float(bound[row, column]) for bound in (problem.low, problem.likely, problem.high))
    levels = problem.criteria[column].levels
    low, likely, high = (performance_text(bound, levels, phrases) for bound in bounds)
    return likely, "" if not bounds[0] < bounds[2] else phrases.say("memo.bounds", low=low, high=high)


def option_anchor(option: str) -> str:
    """The id of the place in the annex with the full description of an option."""
    return f"option.{option}"


def _others(relations: tuple[Relation, ...], titles: dict[str, str]) -> list[str]:
    """The titles of the options that relations name, each once."""
    return list(dict.fromkeys(titles[option] for relation in relations for option in relation.option))


def options_in_full(subject: Subject, citer: Citer) -> tuple[OptionInFull, ...]:
    """Each option's increment, all points for and against, and how it affects the others."""
    phrases = subject.phrases
    titles = option_titles(subject.problem)
    options = []
    for option in subject.problem.options:
        model = subject.contents.options[option.id].model
        relations = [
            phrases.say_of(
                "memo.relation",
                kind,
                option=phrases.listing([titles[one] for one in relation.option]),
                how=relation.how,
            )
            for kind, named in (("synergy", model.synergies), ("conflict", model.conflicts))
            for relation in named
        ]
        options.append(
            OptionInFull(
                option_anchor(option.id),
                model.title,
                option.short,
                model.increment or model.summary or "",
                _case(model.for_, option.id, subject, citer),
                _case(model.against, option.id, subject, citer),
                argued(model.risk, citer, phrases) if model.risk else None,
                tuple(relations),
            )
        )
    return tuple(options)
