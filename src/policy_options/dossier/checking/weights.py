"""Criteria, baseline and weights: criteria that no set weighs or that do not separate options, and changes since
weights were given.
"""

from __future__ import annotations

from collections.abc import Iterator

from policy_options.analysis.elicitation.results import Consistency, Correction, Elicited
from policy_options.dossier.contents import Contents
from policy_options.dossier.ranges import changes_since
from policy_options.errors import Fault, as_ratio, as_written

__all__ = ["weight_findings"]


def weight_findings(contents: Contents) -> list[Fault]:
    """The findings, in the order of the files."""
    return [
        *_baseline(contents),
        *_unused(contents),
        *_without_effect(contents),
        *_one_sided(contents),
        *_inconsistent(contents),
        *_parent_gone(contents),
        *_stale(contents),
    ]


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
    vectors = [vector for _, elicited in _people(contents) for vector in (elicited.weights,)]
    if not vectors:
        return
    for name, (_, path, _) in contents.leaves.items():
        if all(vector.share(name) == 0.0 for vector in vectors):
            yield Fault(
                "unused-criterion",
                f"no weight set gives `{name}` any weight",
                "drop the criterion, or say why it stays",
                (name,),
                contents.criteria.tree.place(path),
                "finding",
            )


def _people(contents: Contents) -> Iterator[tuple[tuple[str, ...], Elicited]]:
    """The weights from each person's judgements, with the id of the set and, if there are several, of the participant."""
    for name, found in contents.elicited.items():
        if isinstance(found, Elicited):
            yield (name,), found
        else:
            yield from (((name, person), elicited) for person, elicited in found.participants.items())


def _one_sided(contents: Contents) -> Iterator[Fault]:
    if len(contents.leaves) < 2:
        return
    for ids, elicited in _people(contents):
        top = int(elicited.weights.shares.argmax())
        if elicited.weights.shares[top] == 1.0:
            criterion = elicited.weights.criteria[top]
            yield Fault(
                "weight-on-one-criterion",
                f"`{'/'.join(ids)}` puts all its weight on `{criterion}`: the order is that of this criterion alone",
                "give other criteria some weight, or acknowledge it",
                (*ids, criterion),
                contents.weight_sets[ids[0]].tree.place(()),
                "finding",
            )


def _inconsistent(contents: Contents) -> Iterator[Fault]:
    for ids, elicited in _people(contents):
        for node in elicited.nodes:
            found = node.consistency
            if found is None or found.within:
                continue
            among = f" among the criteria of `{node.parent}`" if node.parent else ""
            yield Fault(
                "judgements-inconsistent",
                f"the judgements of `{'/'.join(ids)}`{among} contradict one another: {_measure(found)}",
                "; ".join(_corrected(correction) for correction in found.worst),
                (*ids, *((node.parent,) if node.parent else ())),
                contents.weight_sets[ids[0]].tree.place(_where(contents, ids)),
                "finding",
            )


def _where(contents: Contents, ids: tuple[str, ...]) -> tuple[str | int, ...]:
    if len(ids) == 1:
        return ()
    people = contents.weight_sets[ids[0]].model.participants
    return ("participants", [person.id for person in people].index(ids[1]))


def _measure(found: Consistency) -> str:
    name = "consistency ratio" if found.measure == "consistency-ratio" else "input-based ratio"
    limit = "" if found.threshold is None else f", above {as_written(found.threshold)}"
    return f"{name} {found.value:.3f}{limit} ({found.table})"


def _corrected(correction: Correction) -> str:
    said, fits = as_ratio(correction.said), as_ratio(correction.fits)
    return (
        f"`{correction.first}` to `{correction.second}` is {said} (at {fits} the ratio would be {correction.after:.3f})"
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


def _parent_gone(contents: Contents) -> Iterator[Fault]:
    for entry in contents.weight_sets.values():
        parent = entry.model.parent
        if parent is None:
            continue
        set_id, _, person = parent.partition("/")
        there = contents.weight_sets.get(set_id)
        if there is None or (person and person not in [one.id for one in there.model.participants]):
            yield Fault(
                "parent-gone",
                f"`{entry.id}` was made from `{parent}`, which is not in this dossier",
                "nothing is computed from it; delete the line, or acknowledge it",
                (entry.id, parent),
                entry.tree.place(("parent",)),
                "finding",
            )


def _stale(contents: Contents) -> Iterator[Fault]:
    for entry in contents.weight_sets.values():
        for change in changes_since(contents, entry.id):
            yield Fault(
                "weights-stale",
                f"`{entry.id}` was given on another range: {change.words}",
                f"ask the holder again, then: policy-options weights refresh {entry.id}",
                (entry.id, change.criterion),
                entry.tree.place(("given-on", change.criterion), key=True),
                "finding",
            )
