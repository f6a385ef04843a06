"""Ids that refer to another file: baseline, default weights, claims, related options."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from policy_options.dossier.contents import EVIDENCE, OPTIONS, WEIGHTS, Contents
from policy_options.dossier.models.option import Argument
from policy_options.dossier.plain_words import named
from policy_options.dossier.reading import Tree
from policy_options.dossier.validation import did_you_mean
from policy_options.errors import Fault, Place

__all__ = ["claim_faults", "reference_faults", "unknown_id"]

Path = tuple[str | int, ...]


def reference_faults(contents: Contents) -> list[Fault]:
    """Every id that refers to nothing."""
    return [*_decision(contents), *_options(contents)]


def unknown_id(name: str, kind: str, known: Iterable[str], tree: Tree, path: Path, *, key: bool = False) -> Fault:
    """An id at a path of a file that names nothing of its kind."""
    return Fault(
        "unknown-id",
        f"{named(name)} is no {kind} of this dossier",
        did_you_mean(name, known) or f"there is no {kind} yet",
        (name,),
        tree.place(path, key=key),
    )


def _decision(contents: Contents) -> Iterator[Fault]:
    options, weights = contents.known[OPTIONS], contents.known[WEIGHTS]
    if not options:
        yield Fault(
            "no-options",
            "the dossier has no option",
            "write one in options/, such as options/carry-on.yaml",
            place=Place(OPTIONS),
        )
    if not weights:
        yield Fault(
            "no-weights",
            "the dossier has no weight set",
            "write one in criteria/weights/, such as balanced.yaml",
            place=Place(WEIGHTS),
        )
    if contents.decision_file is None:
        return
    decision, tree = contents.decision.model, contents.decision.tree
    if options and decision.baseline is not None and decision.baseline not in options:
        yield unknown_id(decision.baseline, "option", options, tree, ("baseline",))
    if weights and decision.weights not in weights:
        yield unknown_id(decision.weights, "weight set", weights, tree, ("weights",))
    if options and isinstance(decision.body_options, tuple):
        for index, id in enumerate(decision.body_options):
            if id not in options:
                yield unknown_id(id, "option", options, tree, ("body-options", index))
    default = contents.weight_sets.get(decision.weights)
    if default is not None and default.model.participants and default.model.combine is None:
        yield Fault(
            "not-combined",
            f"`{decision.weights}` holds several participants and names no rule that combines them",
            "write combine: in the set, or name another set here",
            (decision.weights,),
            tree.place(("weights",)),
        )
    yield from _parents(contents)
    yield from _arguments(contents, tree, "why-now", decision.why_now)
    for index, signpost in enumerate(decision.signposts):
        yield from claim_faults(contents, tree, ("signposts", index, "evidence"), signpost.evidence or ())
        if options and signpost.option is not None and signpost.option not in options:
            yield unknown_id(signpost.option, "option", options, tree, ("signposts", index, "option"))
        if contents.leaves and signpost.criterion is not None and signpost.criterion not in contents.leaves:
            yield unknown_id(signpost.criterion, "criterion", contents.leaves, tree, ("signposts", index, "criterion"))


def _parents(contents: Contents) -> Iterator[Fault]:
    """Sets that claim to derive from one another in a circle, which is impossible; each circle is reported once."""
    made_from = {
        name: entry.model.parent.partition("/")[0]
        for name, entry in contents.weight_sets.items()
        if entry.model.parent is not None
    }
    seen: set[str] = set()
    for start in made_from:
        way: list[str] = []
        name = start
        while name in made_from and name not in seen:
            seen.add(name)
            way.append(name)
            name = made_from[name]
        if name not in way:
            continue
        circle = way[way.index(name) :]
        said = (
            f"`{name}` names itself as its parent"
            if len(circle) == 1
            else f"{', '.join(f'`{one}`' for one in circle)} were made from one another in a circle"
        )
        yield Fault(
            "relation-to-itself",
            said,
            "delete it" if len(circle) == 1 else "delete parent: in the one that was there first",
            tuple(circle),
            contents.weight_sets[name].tree.place(("parent",)),
        )


def _options(contents: Contents) -> Iterator[Fault]:
    options = contents.known[OPTIONS]
    for entry in contents.options.values():
        option, tree = entry.model, entry.tree
        for kind, relations in (("conflicts", option.conflicts), ("synergies", option.synergies)):
            for index, relation in enumerate(relations):
                if entry.id in relation.option:
                    place = tree.place((kind, index, "option"))
                    yield Fault(
                        "relation-to-itself",
                        f"`{entry.id}` names itself among its {kind}",
                        "delete it",
                        (entry.id,),
                        place,
                    )
                else:
                    alone = isinstance(tree.data[kind][index]["option"], str)
                    for number, other in enumerate(relation.option):
                        if other not in options:
                            path = (kind, index, "option") if alone else (kind, index, "option", number)
                            yield unknown_id(other, "option", options, tree, path)
                if relation.effect is not None:
                    yield from claim_faults(
                        contents, tree, (kind, index, "effect", "evidence"), relation.effect.evidence or ()
                    )
        yield from _arguments(contents, tree, "for", option.for_)
        yield from _arguments(contents, tree, "against", option.against)
        if option.risk is not None:
            yield from claim_faults(contents, tree, ("risk", "evidence"), option.risk.evidence or ())
        for criterion, score in option.scores.items():
            if score.evidence:
                yield from claim_faults(contents, tree, ("scores", criterion, "evidence"), score.evidence)


def _arguments(contents: Contents, tree: Tree, key: str, arguments: tuple[Argument, ...]) -> Iterator[Fault]:
    for index, argument in enumerate(arguments):
        yield from claim_faults(contents, tree, (key, index, "evidence"), argument.evidence or ())


def claim_faults(contents: Contents, tree: Tree, path: Path, claims: tuple[str, ...]) -> Iterator[Fault]:
    """Claims at a path of a file that no source has."""
    sources = contents.known[EVIDENCE]
    for index, claim in enumerate(claims):
        if claim in contents.claims:
            continue
        source = claim.partition("/")[0]
        if source not in sources:
            yield unknown_id(source, "source", sources, tree, (*path, index))
        elif source in contents.sources:  # a source that could not be read has its own fault
            yield unknown_id(claim, "claim", contents.claims, tree, (*path, index))
