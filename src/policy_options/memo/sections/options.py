"""The options: what would be done, the strongest case on either side, cost and risk; in the annex every point."""

from __future__ import annotations

from policy_options.analysis.spans import Fall, largest_falls
from policy_options.memo.citing import Citer, argued
from policy_options.memo.content import OptionEntry, OptionInFull
from policy_options.memo.subject import Subject
from policy_options.wording.advice import fall_sentence
from policy_options.wording.tables import performance_text
from policy_options.wording.titles import option_titles

__all__ = ["option_anchor", "option_entries", "options_in_full", "performance"]


def option_entries(subject: Subject, rows: tuple[int, ...], citer: Citer) -> tuple[OptionEntry, ...]:
    """Some options, in the order given."""
    falls = largest_falls(subject.assessment.ranking)
    return tuple(_entry(subject, row, falls, citer) for row in rows)


def _entry(subject: Subject, row: int, falls: dict[str, Fall], citer: Citer) -> OptionEntry:
    phrases, assessment = subject.phrases, subject.assessment
    option = subject.problem.options[row]
    model = subject.contents.options[option.id].model
    titles = option_titles(subject.problem)
    relations = []
    if model.synergies:
        names = phrases.listing([titles[relation.option] for relation in model.synergies])
        relations.append(phrases.say("memo.relations.synergies", options=names))
    if model.conflicts:
        names = phrases.listing([titles[relation.option] for relation in model.conflicts])
        relations.append(phrases.say("memo.relations.conflicts", options=names))
    # Footnotes are numbered in the order in which the page reads.
    case_for = argued(model.for_[0], citer, phrases) if model.for_ else None
    case_against = argued(model.against[0], citer, phrases) if model.against else None
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


def _cost(subject: Subject, row: int) -> str:
    """The performance on each criterion of the cost group; empty where there is none."""
    problem, phrases = subject.problem, subject.phrases
    group = next((group.id for group in problem.groups if group.role == "cost"), None)
    if group is None:
        return ""
    said = []
    for column in problem.columns_of(group):
        likely, bounds = performance(subject, row, column)
        names = {"criterion": problem.criteria[column].short, "likely": likely, "unit": problem.criteria[column].unit}
        kind = "levels" if problem.criteria[column].levels else "number"
        key = f"option.cost-range.{kind}" if bounds else f"option.cost.{kind}"
        said.append(phrases.say(key, bounds=bounds, **names))
    return phrases.say("option.costs", rows=phrases.rows(said)) if said else ""


def performance(subject: Subject, row: int, column: int) -> tuple[str, str]:
    """The likely performance, and its bounds where they differ from it."""
    problem, phrases = subject.problem, subject.phrases
    bounds = tuple(float(bound[row, column]) for bound in (problem.low, problem.likely, problem.high))
    levels = problem.criteria[column].levels
    low, likely, high = (performance_text(bound, levels, phrases) for bound in bounds)
    return likely, "" if not bounds[0] < bounds[2] else phrases.say("memo.bounds", low=low, high=high)


def option_anchor(option: str) -> str:
    """The id of the place in the annex where an option is described in full."""
    return f"option.{option}"


def options_in_full(subject: Subject, citer: Citer) -> tuple[OptionInFull, ...]:
    """Each option's increment, all points for and against, and how it bears on the others."""
    phrases = subject.phrases
    titles = option_titles(subject.problem)
    found = []
    for option in subject.problem.options:
        model = subject.contents.options[option.id].model
        relations = [
            phrases.say(f"memo.relation.{kind}", option=titles[relation.option], how=relation.how)
            for kind, named in (("synergy", model.synergies), ("conflict", model.conflicts))
            for relation in named
        ]
        found.append(
            OptionInFull(
                option_anchor(option.id),
                model.title,
                option.short,
                model.increment or model.summary or "",
                tuple(argued(point, citer, phrases) for point in model.for_),
                tuple(argued(point, citer, phrases) for point in model.against),
                argued(model.risk, citer, phrases) if model.risk else None,
                tuple(relations),
            )
        )
    return tuple(found)
