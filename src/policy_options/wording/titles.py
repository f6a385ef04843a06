"""Short titles by id, for sentences and tables that name options, criteria and groups."""

from __future__ import annotations

from policy_options.analysis.problem import Problem

__all__ = ["node_titles", "option_titles"]


def option_titles(problem: Problem) -> dict[str, str]:
    """Short titles of options by id; an option may have the id of a criterion."""
    return {option.id: option.short for option in problem.options}


def node_titles(problem: Problem) -> dict[str, str]:
    """Short titles of criteria and groups by id."""
    titles = {criterion.id: criterion.short for criterion in problem.criteria}
    return titles | {group.id: group.short for group in problem.groups}
