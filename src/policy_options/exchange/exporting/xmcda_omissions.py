"""What XMCDA has no place for in a dossier, one sentence each, so that nothing is left out in silence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from policy_options.analysis.problem import CriterionAxis, GroupAxis, PairThresholds, Problem
from policy_options.analysis.value_functions import Exponential, Levels, PiecewiseLinear
from policy_options.api import Dossier
from policy_options.exchange.exporting.xmcda import level_positions
from policy_options.exchange.importing.asked import listed

__all__ = ["omissions"]


def omissions(dossier: Dossier, weights: str, version: str) -> tuple[str, ...]:
    """The sentences. ``weights`` is the set that is written, ``version`` the major version of the format."""
    return (
        *_of_scores(dossier.problem),
        *_of_criteria(dossier.problem, version),
        *_of_weights(dossier, weights),
        *_of_the_rest(dossier, version),
    )


def _of_scores(problem: Problem) -> Iterator[str]:
    known = ~problem.unknown
    ranges = int(np.sum(known & ((problem.low != problem.likely) | (problem.high != problem.likely))))
    if ranges:
        yield f"the low and high ends of {_count(ranges, 'score')}: a cell has one value, which is the likely one"
    if problem.declared:
        yield f"the distributions of {_count(len(problem.declared), 'score')}"
    yield "the rationale, confidence and evidence of every score"


def _of_criteria(problem: Problem, version: str) -> Iterator[str]:
    def named(those: Iterable[CriterionAxis | GroupAxis]) -> str:
        return listed(axis.id for axis in those)

    axes = problem.criteria
    yield f"units and descriptions of {_count(len(axes), 'scale')}"
    bent: tuple[type, ...] = (Exponential, PiecewiseLinear) if version == "2" else (Exponential,)
    curves = [axis for axis in axes if isinstance(axis.value_function, bent)]
    if curves:
        yield f"the value functions of {named(curves)}: a reader takes them as straight"
    levels = [axis for axis in axes if isinstance(axis.value_function, Levels)]
    if version == "2" and levels:
        yield f"the values of the levels of {named(levels)}: a reader takes equal steps"
    elif uneven := [axis for axis in levels if level_positions(axis) is None]:
        yield f"the values of the levels of {named(uneven)}, of which two are equal: a reader takes equal steps"
    if titled := [axis for axis in levels if axis.levels != axis.level_ids]:
        yield f"the titles of the levels of {named(titled)}: their ids are written"
    if local := [axis for axis in axes if axis.local]:
        yield f"that the scales of {named(local)} are local: their present ends are written"
    if lines := [axis for axis in axes if axis.red_line is not None]:
        yield f"the red lines on {named(lines)}"
    if bounds := [axis for axis in axes if axis.thresholds != PairThresholds()]:
        yield f"the thresholds of {named(bounds)} for comparing two options"
    if version == "2" and problem.groups:
        yield f"the groups {named(problem.groups)}"


def _of_weights(dossier: Dossier, weights: str) -> Iterator[str]:
    yield f"the judgements, holder and status of the weight set {weights}: its weights are written"
    others = [id for id in dossier.weight_sets if id != weights]
    if others:
        yield f"the other weight sets: {listed(others)}"


def _of_the_rest(dossier: Dossier, version: str) -> Iterator[str]:
    yield "the texts of the options: summaries, arguments, synergies and conflicts"
    if dossier.scenario_ids:
        yield f"the scenarios {listed(dossier.scenario_ids)}, with their signposts"
    if dossier.contents.packages_file is not None:
        yield "resources, rules and effects of doing options together"
    if dossier.contents.sources:
        sources = len(dossier.contents.sources)
        yield f"{_count(sources, 'source')} and {'its' if sources == 1 else 'their'} claims"
    yield f"the settings of the decision{'' if version == '2' else ', but for its title in a comment'}"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
