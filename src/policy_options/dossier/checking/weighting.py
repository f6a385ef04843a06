"""Doubts about criteria, baseline and weights: what no set weighs, what sets no option apart, what changed since."""

from __future__ import annotations

from collections.abc import Iterator

from policy_options.dossier.building import build_weights
from policy_options.dossier.contents import Contents
from policy_options.dossier.models.criteria import Criterion, Group
from policy_options.errors import Fault, PolicyOptionsError, as_written

__all__ = ["range_of", "stale_criteria", "weighting_faults", "weighting_findings"]


def weighting_faults(contents: Contents) -> list[Fault]:
    """Judgements that give no weights, in every set, whichever is used."""
    if contents.criteria_file is None:
        return []
    faults: list[Fault] = []
    for name in contents.weight_sets:
        try:
            build_weights(contents, name)
        except PolicyOptionsError as error:
            faults.extend(error.faults)
    return faults


def weighting_findings(contents: Contents) -> list[Fault]:
    """The findings, in the order of the files."""
    return [*_baseline(contents), *_unused(contents), *_without_effect(contents), *_stale(contents)]


def _baseline(contents: Contents) -> Iterator[Fault]:
    if contents.decision.model.baseline is None:
        yield Fault(
            "no-baseline",
            "no baseline is named, so no lead over carrying on can be shown",
            "write baseline: with the id of the option that adds nothing",
            (),
            contents.decision.tree.place(()),
            "finding",
        )


def _unused(contents: Contents) -> Iterator[Fault]:
    sets = [entry.model.judgements for entry in contents.weight_sets.values()]
    if not sets:
        return
    for name, (_, path, above) in contents.leaves.items():
        nodes = [name, *(group.id for group in above)]
        if all(any(judgements.get(node) == 0 for node in nodes) for judgements in sets):
            yield Fault(
                "unused-criterion",
                f"no weight set gives `{name}` any weight",
                "drop the criterion, or say why it stays",
                (name,),
                contents.criteria.tree.place(path),
                "finding",
            )


def _without_effect(contents: Contents) -> Iterator[Fault]:
    if len(contents.options) < 2:
        return
    for name, (_, path, _) in contents.leaves.items():
        scores = [entry.model.scores[name] for entry in contents.options.values() if name in entry.model.scores]
        first = scores[0] if scores else None
        if (
            first
            and not first.unknown
            and all((score.low, score.likely, score.high) == (first.low, first.likely, first.high) for score in scores)
        ):
            yield Fault(
                "criterion-without-effect",
                f"every option has the same score on `{name}`, so it sets none apart",
                "drop the criterion, or look at the scores again",
                (name,),
                contents.criteria.tree.place(path),
                "finding",
            )


def range_of(criterion: Criterion, above: tuple[Group, ...]) -> dict[str, str | float]:
    """What a judgement on a criterion is given on: its path, unit, direction and the ends of its scale."""
    scale = criterion.scale
    described: dict[str, str | float] = {
        "path": "/".join((*(group.id for group in above), criterion.id)),
        "unit": criterion.unit,
        "direction": criterion.direction,
    }
    if scale.levels:
        described |= {"low": 0.0, "high": float(len(scale.levels) - 1)}
    elif scale.low is not None and scale.high is not None:
        described |= {"low": scale.low.at, "high": scale.high.at}
    return described


def stale_criteria(contents: Contents, weights: str) -> list[tuple[str, str]]:
    """What changed since a weight set was given: (criterion, from what to what) for each difference."""
    changed = []
    for name, given in contents.weight_sets[weights].model.given_on.items():
        if name not in contents.leaves:
            changed.append((name, f"`{name}` is no longer a criterion"))
            continue
        criterion, _, above = contents.leaves[name]
        for key, now in range_of(criterion, above).items():
            before = getattr(given, key)
            if before != now:
                changed.append((name, f"{key} of `{name}` was {_plain(before)} and is {_plain(now)}"))
    return changed


def _plain(value: str | float) -> str:
    return f"{as_written(value)}" if isinstance(value, float) else value


def _stale(contents: Contents) -> Iterator[Fault]:
    for entry in contents.weight_sets.values():
        for name, change in stale_criteria(contents, entry.id):
            yield Fault(
                "weights-stale",
                f"`{entry.id}` was given on another range: {change}",
                "ask the holder again, then bring given-on up to date",
                (entry.id, name),
                entry.tree.place(("given-on", name), key=True),
                "finding",
            )
