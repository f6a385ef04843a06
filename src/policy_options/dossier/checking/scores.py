"""Scores against the criteria: each option scored on each criterion, on its scale, in order, in its unit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from math import inf
from typing import Final

from policy_options.dossier.characters import plain_number
from policy_options.dossier.contents import Contents, Entry
from policy_options.dossier.models.base import UNKNOWN
from policy_options.dossier.models.criteria import Criterion
from policy_options.dossier.models.distribution import ScoreDistribution
from policy_options.dossier.models.option import Option, Score, ScorerView
from policy_options.dossier.plain_words import named
from policy_options.dossier.reading import Tree
from policy_options.dossier.validation import did_you_mean, nearest
from policy_options.errors import Fault, PolicyOptionsError, as_written

__all__ = ["ends_of", "faults_of_score", "score_faults"]

Path = tuple[str | int, ...]


def score_faults(contents: Contents, broken: set[str]) -> list[Fault]:
    """Missing and surplus scores, and those that do not fit their scale. Criteria with a broken scale are skipped."""
    if contents.criteria_file is None:
        return []
    criteria = {name: leaf[0] for name, leaf in contents.leaves.items()}
    ends = {name: ends_of(criterion) for name, criterion in criteria.items() if name not in broken}
    faults: list[Fault] = []
    for entry in contents.options.values():
        scores = entry.model.scores
        if scores.keys() != criteria.keys():
            faults.extend(_coverage(contents, entry, criteria))
        for name, score in scores.items():
            if name in ends and not _plainly_right(score, *ends[name]):
                faults.extend(faults_of_score(entry.tree, (entry.id, name), ("scores", name), criteria[name], score))
    return faults


def ends_of(criterion: Criterion) -> tuple[float, float]:
    """The range of numbers that a score may take; empty if it takes levels."""
    scale = criterion.scale
    if scale.levels:
        return inf, -inf
    return (scale.low.at, scale.high.at) if scale.low and scale.high else (-inf, inf)


def _plainly_right(score: Score, least: float, most: float) -> bool:
    """Whether a score consists of numbers on the scale and in order: nearly all do, and need no further check."""
    low, likely, high = score.low, score.likely, score.high
    if low.__class__ is float and likely.__class__ is float and high.__class__ is float:
        if score.scorers or score.distribution is not None:
            return False
        return least <= low <= likely <= high <= most
    return False


def _coverage(contents: Contents, entry: Entry[Option], criteria: dict[str, Criterion]) -> Iterator[Fault]:
    scores, tree = entry.model.scores, entry.tree
    missing = [name for name in criteria if name not in scores and name not in entry.broken]
    for name in entry.broken:  # a refused name may be a misspelling of a missing one
        near = nearest(name, missing)
        if near is not None:
            missing.remove(near)
    for name in scores:
        if name in criteria:
            continue
        place = tree.place(("scores", name), key=True)
        if name in contents.groups:
            below = [leaf for leaf, (_, _, above) in contents.leaves.items() if name in {group.id for group in above}]
            yield Fault(
                "score-on-group",
                f"`{name}` is a group; scores are given on its criteria",
                f"score {', '.join(below)}",
                (entry.id, name),
                place,
            )
            continue
        near = nearest(name, missing)
        if near is not None:
            missing.remove(near)  # a misspelt name is one fault, not two
        remedy = f"did you mean `{near}`?" if near else did_you_mean(name, criteria)
        yield Fault("unknown-id", f"`{name}` is no criterion of this dossier", remedy, (entry.id, name), place)
    for name in missing:
        yield Fault(
            "score-missing",
            f"`{entry.id}` has no score on `{name}`",
            f"write {name}: with low, likely and high, or {name}: unknown",
            (entry.id, name),
            tree.place(("scores",)),
        )


def faults_of_score(
    tree: Tree, ids: tuple[str, ...], path: Path, criterion: Criterion, score: Score
) -> Iterator[Fault]:
    """What is wrong with one score, at a path of a file, on the scale of its criterion."""
    if score.likely != UNKNOWN:
        yield from _bounds(tree, ids, criterion, score, path)
    for index, view in enumerate(score.scorers):
        if view.likely != UNKNOWN:
            yield from _bounds(tree, ids, criterion, view, (*path, "scorers", index))
    if score.distribution is not None:
        yield from _distribution(tree, ids, criterion, score, score.distribution, (*path, "distribution"))


def _distribution(
    tree: Tree, ids: tuple[str, ...], criterion: Criterion, score: Score, declared: ScoreDistribution, path: Path
) -> Iterator[Fault]:
    """Check a declared distribution against the scale and the value function applied to its draws."""
    scale = criterion.scale
    bounded = declared.kind in ("triangular", "pert")
    if scale.levels:
        yield Fault(
            "distribution-on-levels",
            f"`{criterion.id}` has levels, between which there is nothing to draw",
            "delete the distribution; levels from low to high are drawn as they are",
            ids,
            tree.place((*path, "kind")),
        )
        return
    if bounded or scale.low is None or scale.high is None:
        return
    low, high = scale.low.at, scale.high.at
    beyond = declared.kind != "beta" or declared.ends[0] < low or declared.ends[1] > high
    if beyond and declared.off_scale is None:
        yield Fault(
            "off-scale-missing",
            f"the distribution runs from {as_written(declared.ends[0])} to {as_written(declared.ends[1])}, "
            f"beyond the scale of `{criterion.id}`, {as_written(low)} to {as_written(high)}",
            "write off-scale: truncate (what is off it is left out) or extrapolate (it is valued along the same line)",
            ids,
            tree.place((*path, "kind")),
        )
        return
    function = criterion.value_function
    straight = function is None or function.kind == "linear"
    if beyond and declared.off_scale == "extrapolate" and not straight:
        yield Fault(
            "off-scale-curved",
            f"the value function of `{criterion.id}` is no straight line, and says nothing of what is off the scale",
            "write off-scale: truncate",
            ids,
            tree.place((*path, "off-scale")),
        )
    if declared.off_scale == "truncate":
        from policy_options.dossier.building import distribution_of  # few scores declare one

        try:
            distribution_of(score, declared, (low, high))
        except PolicyOptionsError as error:
            for found in error.faults:
                yield replace(found, ids=ids, place=tree.place((*path, "kind")))


_SAID_FOR_UNKNOWN: Final = frozenset(
    (
        *(
            "?",
            "??",
            "???",
            "n/a",
            "n.a.",
            "na",
            "nn",
            "tbd",
            "tbc",
            "tba",
            "t.b.d.",
            "dk",
            "none",
            "nil",
            "null",
            "nan",
            "-",
        ),
        *(
            "--",
            "–",
            "—",
            "...",
            "…",
            "x",
            "missing",
            "open",
            "unclear",
            "uncertain",
            "undetermined",
            "unavailable",
            "unsure",
        ),
        *(
            "not known",
            "not available",
            "no data",
            "nodata",
            "no idea",
            "do not know",
            "don't know",
            "to be determined",
        ),
        *(
            "to be confirmed",
            "pending",
            "not-known",
            "no-data",
            "unspecified",
            "undefined",
            "unbekannt",
            "inconnu",
            "desconocido",
        ),
        *("неизвестно", "未知", "不明"),
    )
)
"""Texts that people write where they do not know."""


def _unknown_meant(performance: float | str) -> str | None:
    """The remedy for a text that may mean "unknown": a slip of the pen must not become a level, let alone the worst."""
    if not isinstance(performance, str):
        return None
    said = " ".join(performance.lower().split())
    if said in _SAID_FOR_UNKNOWN:
        return "write unknown if nobody knows"
    from difflib import get_close_matches  # only a wrong score needs it

    return "did you mean `unknown`?" if get_close_matches(said, [UNKNOWN], cutoff=0.7) else None


def _number_meant(performance: str) -> str:
    plain = plain_number(performance)
    if plain is not None:
        return f"write {plain}, in plain digits and signs"
    return "write a number without quotes, or unknown"


def _shown(performance: float | str) -> str:
    return named(performance) if isinstance(performance, str) else as_written(performance)


def _bounds(
    tree: Tree, ids: tuple[str, ...], criterion: Criterion, score: Score | ScorerView, path: Path
) -> Iterator[Fault]:
    """Check low, likely and high; if one fails its scale, their order is not compared."""
    scale = criterion.scale
    levels = [level.id for level in scale.levels]
    positions: list[float] = []
    off = False
    for key, performance in (("low", score.low), ("likely", score.likely), ("high", score.high)):
        if performance is None:
            continue
        if levels:
            if performance in levels:
                positions.append(levels.index(performance))
                continue
            off = True
            yield Fault(
                "not-a-level",
                f"{_shown(performance)} is no level of `{criterion.id}`",
                _unknown_meant(performance)
                or did_you_mean(str(performance), levels)
                or f"write one of {', '.join(levels)}",
                ids,
                tree.place((*path, key)),
            )
        elif not isinstance(performance, float):
            off = True
            yield Fault(
                "not-a-number",
                f'"{performance}" is given where `{criterion.id}` takes a number ({criterion.unit})',
                _unknown_meant(performance) or _number_meant(performance),
                ids,
                tree.place((*path, key)),
            )
        elif scale.low is not None and scale.high is not None and not scale.low.at <= performance <= scale.high.at:
            off = True
            yield Fault(
                "score-off-scale",
                f"{as_written(performance)} is off the scale of `{criterion.id}`, "
                f"{as_written(scale.low.at)} to {as_written(scale.high.at)} {criterion.unit}",
                "correct the score, or widen the scale and review the weights given on it",
                ids,
                tree.place((*path, key)),
            )
        else:
            positions.append(performance)
    if not off and any(before > after for before, after in pairwise(positions)):
        yield Fault(
            "bounds-out-of-order",
            "low, likely and high do not rise in this order",
            f"low is the smaller {'level' if levels else 'number'}, whichever is better",
            ids,
            tree.place(path),
        )
