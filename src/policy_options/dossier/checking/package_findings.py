"""Doubts about packages: options that never fit, rules that contradict, resources and effects that count for nothing."""

from __future__ import annotations

from collections.abc import Iterator

from policy_options.analysis.packages.problem import Rule
from policy_options.analysis.packages.rules import contradiction, satisfiable
from policy_options.dossier.checking.packages import effects_of, required_with
from policy_options.dossier.contents import Contents
from policy_options.dossier.packaging import exactly, rule_of
from policy_options.errors import Fault, as_written

__all__ = ["package_findings"]


def package_findings(contents: Contents) -> list[Fault]:
    """The findings, in the order of the files."""
    return [
        *_contradicting(contents),
        *_never_fitting(contents),
        *_unused(contents),
        *_counted_twice(contents),
        *_effects(contents),
    ]


def _members(contents: Contents) -> dict[str, int]:
    baseline = contents.decision.model.baseline
    return {name: index for index, name in enumerate(name for name in contents.options if name != baseline)}


def _contradicting(contents: Contents) -> Iterator[Fault]:
    assert contents.packages_file is not None
    file, tree = contents.packages_file.model, contents.packages_file.tree
    position = _members(contents)
    found = contradiction([rule_of(rule, position) for rule in file.rules])
    if found:
        named = [f"{file.rules[place].kind} (line {tree.place(('rules', place)).line})" for place in found]
        many = len(found) > 1
        yield Fault(
            "rules-contradict",
            f"no package keeps {'these rules together' if many else 'this rule'}: {', '.join(named)}",
            "delete or loosen one of them; no smaller set of rules contradicts" if many else "delete or loosen it",
            tuple(f"rule-{place + 1}" for place in found),
            tree.place(("rules", found[0])),
            "finding",
        )


def _never_fitting(contents: Contents) -> Iterator[Fault]:
    """Options whose uses, with those of all that they need, are more than the largest capacity."""
    assert contents.packages_file is not None
    file = contents.packages_file.model
    always = {name for rule in file.rules for name in rule.always or ()}
    for name in _members(contents):
        entry = contents.options[name]
        together = {other for one in (name, *always) for other in required_with(one, file.rules)}
        for resource in file.resources:
            uses = [contents.options[other].model.uses for other in together if other in contents.options]
            used = sum(exactly(given[resource.id].likely) for given in uses if given and resource.id in given)
            most = max(exactly(capacity) for capacity in resource.capacity)
            if used > most:
                others = sorted(together - {name})
                needed = f", with what has to be done with it ({', '.join(others)})," if others else ""
                yield Fault(
                    "option-never-fits",
                    f"`{name}`{needed} uses {as_written(float(used))} of `{resource.id}`, more than any capacity of it, "
                    f"{as_written(float(most))}",
                    "raise the capacity, lower the use, or leave the option out of packages (never:)",
                    (name, resource.id),
                    entry.tree.place(("uses", resource.id)) if entry.model.uses else None,
                    "finding",
                )


def _unused(contents: Contents) -> Iterator[Fault]:
    assert contents.packages_file is not None
    members = _members(contents)
    for index, resource in enumerate(contents.packages_file.model.resources):
        uses = [contents.options[name].model.uses or {} for name in members]
        if not any(given[resource.id].bounds[1] > 0 for given in uses if resource.id in given):
            yield Fault(
                "resource-unused",
                f"no option uses any of `{resource.id}`, so that its capacity limits nothing",
                "write what options use of it, or delete the resource",
                (resource.id,),
                contents.packages_file.tree.place(("resources", index)),
                "finding",
            )


def _counted_twice(contents: Contents) -> Iterator[Fault]:
    for criterion, path, _ in contents.leaves.values():
        how = criterion.in_packages
        if how is not None and how.measures is not None:
            yield Fault(
                "counted-twice",
                f"`{criterion.id}` measures `{how.measures}`, which is capped as a resource too: saving it is worth value, and "
                "using it up is limited",
                "keep one of the two, or acknowledge it and say why it counts twice",
                (criterion.id, how.measures),
                contents.criteria.tree.place((*path, "in-packages", "measures")),
                "finding",
            )


def _effects(contents: Contents) -> Iterator[Fault]:
    assert contents.packages_file is not None
    position = _members(contents)
    rules = [rule_of(rule, position) for rule in contents.packages_file.model.rules]
    possible = satisfiable(rules)  # else the rules are what has to be put right first
    for entry, kind, index, relation in effects_of(contents):
        if relation.effect is None or relation.criterion not in contents.leaves:
            continue
        together = (entry.id, *relation.option)
        place = entry.tree.place((kind, index, "effect"))
        if possible and not satisfiable([*rules, *_all_done(together, position)]):
            yield Fault(
                "effect-never",
                f"the effect of doing {', '.join(f'`{name}`' for name in together)} together counts for nothing, since the rules "
                "never let all of them be done",
                "delete the effect, or the rule that excludes them",
                (*together, relation.criterion),
                place,
                "finding",
            )
        criterion = contents.leaves[relation.criterion][0]
        gain = relation.effect.likely * (1 if criterion.direction == "more-is-better" else -1)
        if (gain < 0 and kind == "synergies") or (gain > 0 and kind == "conflicts"):
            word = "synergy makes" if kind == "synergies" else "conflict makes"
            yield Fault(
                "effect-against-kind",
                f"this {word} `{criterion.id}` {'worse' if gain < 0 else 'better'}: it adds "
                f"{as_written(relation.effect.likely)} where {criterion.direction.replace('-', ' ')}",
                f"change its sign, or list it under {'conflicts' if kind == 'synergies' else 'synergies'}",
                (*together, relation.criterion),
                place,
                "finding",
            )


def _all_done(together: tuple[str, ...], position: dict[str, int]) -> list[Rule]:
    return [Rule("always", tuple(position[name] for name in together if name in position))]
