"""Titles by id, for sentences and tables that name options, criteria and groups.

An option has one name in sentences, its title. Charts have no room for it and use the short name, which the ranking
table gives with the title.
"""

from __future__ import annotations

from policy_options.analysis.parts import Parts
from policy_options.analysis.problem import Problem
from policy_options.wording.phrases import Phrases

__all__ = ["node_titles", "option_shorts", "option_titles", "part_titles"]


def option_titles(problem: Problem) -> dict[str, str]:
    """Titles of options by id; kept apart since an option may have the id of a criterion."""
    return {option.id: option.title for option in problem.options}


def option_shorts(problem: Problem) -> dict[str, str]:
    """Short names of options by id, for charts and what is printed with them."""
    return {option.id: option.short for option in problem.options}


def node_titles(problem: Problem) -> dict[str, str]:
    """Short titles of criteria and groups by id."""
    titles = {criterion.id: criterion.short for criterion in problem.criteria}
    return titles | {group.id: group.short for group in problem.groups}


def part_titles(parts: Parts, phrases: Phrases) -> tuple[str, ...]:
    """The names of the parts of bars, and of the pooled part."""
    return (*parts.titles, phrases.say("chart.pooled", count=parts.pooled)) if parts.pooled else parts.titles
