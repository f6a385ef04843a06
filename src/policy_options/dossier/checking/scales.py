"""The value tree by itself: unique ids, scales with two ends in the right order, value functions that fit their scales,
red lines.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from math import isfinite

from policy_options.analysis.value_functions import MIDPOINT_MARGIN
from policy_options.dossier import limits
from policy_options.dossier.contents import Contents
from policy_options.dossier.models.criteria import Criterion, Scale, walk
from policy_options.errors import Fault, as_written

__all__ = ["SCALE_CODES", "scale_faults"]

Path = tuple[str | int, ...]
Said = tuple[str, str, str, Path]  # code, message, remedy, steps below the criterion


def scale_faults(contents: Contents) -> list[Fault]:
    """Errors of the criteria file. The first id of each is the node's."""
    if contents.criteria_file is None:
        return []
    tree = contents.criteria.tree
    faults: list[Fault] = []
    seen: set[str] = set()
    cost_groups = 0
    for node, path, _ in walk(contents.criteria.model.criteria):
        if node.id in seen:
            faults.append(
                Fault(
                    "id-twice",
                    f"the id `{node.id}` is used twice; criteria and groups share their ids",
                    "rename one of the two",
                    (node.id,),
                    tree.place((*path, "id")),
                )
            )
        seen.add(node.id)
        if isinstance(node, Criterion):
            faults.extend(
                Fault(code, message, remedy, (node.id,), tree.place((*path, *steps)))
                for code, message, remedy, steps in _criterion(node)
            )
        elif node.role == "cost":
            cost_groups += 1
            if cost_groups > 1:
                faults.append(
                    Fault(
                        "cost-group-twice",
                        f"`{node.id}` is a second cost group",
                        "keep one group with role: cost",
                        (node.id,),
                        tree.place((*path, "role")),
                    )
                )
    return faults


SCALE_CODES = frozenset(
    (
        "id-twice",
        "local-scale",
        "scale-mixed",
        "scale-end-missing",
        "scale-empty",
        "scale-too-wide",
        "scale-upside-down",
    )
)
"""Faults after which scores on a criterion cannot be checked; after its other faults they can."""


def _criterion(criterion: Criterion) -> Iterator[Said]:
    scale = criterion.scale
    shape = _shape(scale)
    if shape is not None:
        yield shape
        return
    yield from _thresholds(criterion)
    if scale.levels:
        yield from _levels(criterion)
        if criterion.step is not None:
            yield ("step", "a scale of levels has steps of its own", "delete step:", ("step",))
    else:
        yield from _ends(criterion)


def _shape(scale: Scale) -> Said | None:
    if scale.kind == "local":
        if scale.because is None:
            return ("local-scale", "a local scale does not say why it is local", "write because:", ("scale",))
        if scale.levels or scale.low or scale.high:
            return (
                "local-scale",
                "a local scale takes its ends from the options, and others are written for it",
                "delete them, or make the scale global",
                ("scale",),
            )
        return None
    if scale.levels:
        if scale.low or scale.high:
            return ("scale-mixed", "the scale has both levels and ends", "keep the levels or the ends", ("scale",))
        return None
    if scale.low is None or scale.high is None:
        missing = "low" if scale.low is None else "high"
        return (
            "scale-end-missing",
            f"the scale has no {missing} end",
            f"write {missing}: with at: and means:",
            ("scale",),
        )
    return None


def _ends(criterion: Criterion) -> Iterator[Said]:
    scale, function = criterion.scale, criterion.value_function
    if scale.low is None or scale.high is None:  # a local scale: its ends are unknown here
        if function and function.kind != "linear":
            yield (
                "local-scale",
                f"a {function.kind} value function needs fixed ends, and the scale is local",
                "make the scale global",
                ("value-function",),
            )
        if criterion.red_line is not None and not isinstance(criterion.red_line.at, float):
            yield ("red-line", "the red line is not a number", "write a number in the unit", ("red-line", "at"))
        return
    low, high = scale.low.at, scale.high.at
    if low == high:
        yield ("scale-empty", f"both ends of the scale are at {as_written(low)}", "move one of them", ("scale", "high"))
        return
    if not isfinite(high - low):
        yield (
            "scale-too-wide",
            "the scale is wider than numbers reach",
            "move its ends, or change the unit",
            ("scale", "high"),
        )
        return
    far = max(low, high, key=abs)
    if abs(far) > limits.MAX_PERFORMANCE:
        yield (
            "scale-too-wide",
            f"an end of the scale is at {as_written(far)}; performances are from {-limits.MAX_PERFORMANCE:g} to "
            f"{limits.MAX_PERFORMANCE:g}",
            "use a larger unit, such as millions",
            ("scale", "low" if far == low else "high"),
        )
        return
    if low > high:
        yield (
            "scale-upside-down",
            f"the low end ({as_written(low)}) is above the high end ({as_written(high)})",
            "swap them; which one is better is said by direction",
            ("scale", "low"),
        )
        return
    if criterion.step is not None and criterion.step > high - low:
        yield (
            "step",
            f"the step ({as_written(criterion.step)}) is wider than the scale from {as_written(low)} to {as_written(high)}",
            "write the smallest difference that can occur, such as 1 for whole numbers",
            ("step",),
        )
    if function is not None:
        yield from _value_function(criterion, low, high)
    if criterion.red_line is not None:
        at = criterion.red_line.at
        if not isinstance(at, float):
            yield ("red-line", "the red line is not a number", "write a number in the unit", ("red-line", "at"))
        elif not low <= at <= high:
            yield (
                "red-line",
                f"the red line at {as_written(at)} is off the scale from {as_written(low)} to {as_written(high)}",
                "move it onto the scale",
                ("red-line", "at"),
            )


def _thresholds(criterion: Criterion) -> Iterator[Said]:
    given, scale = criterion.thresholds, criterion.scale
    if given is None:
        return
    written = {
        name: at
        for name, at in (("indifferent", given.indifferent), ("prefer", given.prefer), ("veto", given.veto))
        if isinstance(at, float)
    }
    if not written and given.veto is None:
        yield (
            "thresholds",
            "the thresholds are empty",
            "write indifferent:, prefer: or veto:, or delete the line",
            ("thresholds",),
        )
    if "veto" in written and written["veto"] <= 0:
        yield (
            "thresholds",
            f"the veto is {as_written(written['veto'])}, so that any difference would be one",
            "write a difference above 0, or veto: none",
            ("thresholds", "veto"),
        )
    names = list(written)
    for less, more in pairwise(names):
        if written[less] > written[more]:
            yield (
                "thresholds",
                f"{less} ({as_written(written[less])}) is above {more} ({as_written(written[more])})",
                "let them rise: indifferent, prefer, veto",
                ("thresholds", less),
            )
    if scale.levels:
        longest, what = float(len(scale.levels) - 1), f"{len(scale.levels)} levels"
    elif scale.low is not None and scale.high is not None:
        longest = scale.high.at - scale.low.at
        what = f"the scale from {as_written(scale.low.at)} to {as_written(scale.high.at)}"
    else:  # a local scale: its ends are unknown here
        return
    for name, at in written.items():
        if 0 < longest < at:
            yield (
                "thresholds",
                f"{name} is {as_written(at)}, and no two performances on {what} are so far apart",
                "write veto: none" if name == "veto" else "write a difference that can occur",
                ("thresholds", name),
            )


def _value_function(criterion: Criterion, low: float, high: float) -> Iterator[Said]:
    function = criterion.value_function
    if function is None:
        return
    here: Path = ("value-function",)
    if function.points and function.kind != "piecewise-linear":
        yield (
            "value-function",
            f"points belong to piecewise-linear, and this is {function.kind}",
            "delete them",
            (*here, "points"),
        )
    if function.midpoint is not None and function.kind != "exponential":
        yield (
            "value-function",
            f"a midpoint belongs to exponential, and this is {function.kind}",
            "delete it",
            (*here, "midpoint"),
        )
    if function.kind == "exponential":
        margin = MIDPOINT_MARGIN * (high - low)
        if function.midpoint is None:
            yield (
                "value-function",
                "an exponential value function has no midpoint",
                "write midpoint: the performance worth half the swing",
                here,
            )
        elif not low + margin <= function.midpoint <= high - margin:
            yield (
                "midpoint",
                f"the midpoint {as_written(function.midpoint)} is not well inside the scale "
                f"from {as_written(low)} to {as_written(high)}",
                "give the performance worth half the swing, or use piecewise-linear for a steep step",
                (*here, "midpoint"),
            )
    elif function.kind == "piecewise-linear":
        yield from _corners(criterion, low, high)


def _corners(criterion: Criterion, low: float, high: float) -> Iterator[Said]:
    function = criterion.value_function
    corners = function.points if function else ()
    here: Path = ("value-function", "points")
    rising = criterion.direction == "more-is-better"
    if len(corners) < 2:
        yield (
            "value-function",
            "a piecewise linear value function has fewer than two points",
            "write at least its two ends",
            here if corners else here[:1],
        )
        return
    wanted = ((low, 0.0 if rising else 100.0), (high, 100.0 if rising else 0.0))
    for index, (at, value) in zip((0, len(corners) - 1), wanted, strict=True):
        corner = corners[index]
        if (corner.at, corner.value) != (at, value):
            yield (
                "value-function",
                f"the {'first' if index == 0 else 'last'} point is ({as_written(corner.at)}, {as_written(corner.value)})",
                f"write at: {as_written(at)}, value: {as_written(value)}, the end of the scale",
                (*here, index),
            )
    for index in range(1, len(corners)):
        before, after = corners[index - 1], corners[index]
        if after.at <= before.at:
            yield ("value-function", "the points do not rise in performance", "sort them by at:", (*here, index, "at"))
        elif (after.value < before.value) if rising else (after.value > before.value):
            yield (
                "value-function",
                f"the value turns back here, though {criterion.direction.replace('-', ' ')}",
                "let the values run one way",
                (*here, index, "value"),
            )


def _levels(criterion: Criterion) -> Iterator[Said]:
    levels = criterion.scale.levels
    here: Path = ("scale", "levels")
    if criterion.value_function is not None:
        yield ("value-function", "levels carry their own values", "delete value-function", ("value-function",))
    ids = [level.id for level in levels]
    seen: set[str] = set()
    for index, level in enumerate(levels):
        if level.id in seen:
            yield ("id-twice", f"the level `{level.id}` appears twice", "rename one of the two", (*here, index, "id"))
        seen.add(level.id)
        if level.id == "unknown":
            yield (
                "id",
                "a level cannot be called unknown, which marks a score that nobody knows",
                "choose another id",
                (*here, index, "id"),
            )
    if len(levels) < 2:
        yield ("scale-empty", "the scale has a single level", "write at least two", here)
        return
    rising = criterion.direction == "more-is-better"
    wanted = (0.0, 100.0) if rising else (100.0, 0.0)
    if (levels[0].value, levels[-1].value) == (wanted[1], wanted[0]):
        yield (
            "level-value",
            f"the values run the wrong way round for {criterion.direction.replace('-', ' ')}",
            "list the levels from low to high in the unit, or change the direction",
            here,
        )
        return
    for index, value in zip((0, len(levels) - 1), wanted, strict=True):
        if levels[index].value != value:
            yield (
                "level-value",
                f"the value of the {'first' if index == 0 else 'last'} level is {as_written(levels[index].value)}",
                f"write {as_written(value)}: levels run from low to high in the unit, "
                f"and here {criterion.direction.replace('-', ' ')}",
                (*here, index, "value"),
            )
    for index in range(1, len(levels)):
        before, after = levels[index - 1].value, levels[index].value
        if (after < before) if rising else (after > before):
            yield (
                "level-value",
                f"the value turns back here, though {criterion.direction.replace('-', ' ')}",
                "let the values run one way",
                (*here, index, "value"),
            )
    if criterion.red_line is not None and criterion.red_line.at not in ids:
        yield (
            "red-line",
            "the red line is not one of the levels",
            f"write one of {', '.join(ids)}",
            ("red-line", "at"),
        )
