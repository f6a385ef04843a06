"""What packages rest on, judged: resources, uses, rules, how performances combine, and effects of doing options together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations

from policy_options.dossier.contents import CRITERIA, DECISION, OPTIONS, Contents, Entry
from policy_options.dossier.models.criteria import Criterion, InPackages
from policy_options.dossier.models.option import Option, Relation
from policy_options.dossier.models.packages import PackageRule, PackagesFile
from policy_options.dossier.reading import Tree
from policy_options.dossier.validation import did_you_mean
from policy_options.errors import Fault, Place, as_written

__all__ = ["effects_of", "package_faults", "required_with"]

Path = tuple[str | int, ...]

WORDS = (
    "write in-packages: {rule: ...}: add (increments over the baseline sum), highest or lowest (the extreme of the members "
    "that differ from the baseline), independent (each leaves a share of what is left), or judged (scores of named packages)"
)


def package_faults(contents: Contents) -> list[Fault]:
    """Everything that makes packages meaningless, in the order of the files."""
    return [
        *_baseline(contents),
        *_file(contents),
        *_criteria(contents),
        *_uses(contents),
        *_effects(contents),
    ]


def effects_of(contents: Contents) -> Iterator[tuple[Entry[Option], str, int, Relation]]:
    """Every synergy and conflict with its option, its key and its place in the list."""
    for entry in contents.options.values():
        for kind, relations in (("synergies", entry.model.synergies), ("conflicts", entry.model.conflicts)):
            for index, relation in enumerate(relations):
                yield entry, kind, index, relation


def required_with(option: str, rules: Iterable[PackageRule]) -> frozenset[str]:
    """The options that have to be done if one is: what it needs, what that needs, and so on; with it itself."""
    needs: dict[str, set[str]] = {}
    for rule in rules:
        if rule.requires is not None:
            needs.setdefault(rule.requires.option, set()).update(rule.requires.needs)
    found, open_ = {option}, [option]
    while open_:
        for other in needs.get(open_.pop(), set()) - found:
            found.add(other)
            open_.append(other)
    return frozenset(found)


def _baseline(contents: Contents) -> Iterator[Fault]:
    if contents.packages_file is not None and contents.decision_file and contents.decision.model.baseline is None:
        yield Fault(
            "packages-no-baseline",
            "packages are measured from the baseline, and the decision names none",
            f"write baseline: in {DECISION}, the option that adds nothing",
            place=contents.decision.tree.place(()),
        )


def _unknown(name: str, kind: str, known: Iterable[str], tree: Tree, path: Path, *, key: bool = False) -> Fault:
    return Fault(
        "unknown-id",
        f"`{name}` is no {kind} of this dossier",
        did_you_mean(name, known) or f"there is no {kind} yet: write it in criteria/packages.yaml",
        (name,),
        tree.place(path, key=key),
    )


def _no_part(name: str, tree: Tree, path: Path) -> Fault:
    return Fault(
        "baseline-in-package",
        f"`{name}` is the baseline, which is the empty package and part of no other",
        "leave it out",
        (name,),
        tree.place(path),
    )


def _file(contents: Contents) -> Iterator[Fault]:
    if contents.packages_file is None:
        return
    model, tree = contents.packages_file.model, contents.packages_file.tree
    seen: set[str] = set()
    for index, resource in enumerate(model.resources):
        if resource.id in seen:
            yield Fault(
                "id-twice",
                f"two resources have the id `{resource.id}`",
                "rename one of them",
                (resource.id,),
                tree.place(("resources", index, "id")),
            )
        seen.add(resource.id)
        yield from _claims(contents, tree, ("resources", index, "evidence"), resource.evidence or ())
    for index, rule in enumerate(model.rules):
        yield from _claims(contents, tree, ("rules", index, "evidence"), rule.evidence or ())
        yield from _rule(contents, rule, index, tree)
    yield from _circles(model, tree)
    yield from _excluded_and_required(model, tree)


def _claims(contents: Contents, tree: Tree, path: Path, claims: tuple[str, ...]) -> Iterator[Fault]:
    for index, claim in enumerate(claims):
        if claim not in contents.claims:
            yield Fault(
                "unknown-id",
                f"`{claim}` is no claim of this dossier",
                did_you_mean(claim, contents.claims) or "there is no claim yet",
                (claim,),
                tree.place((*path, index)),
            )


def _rule(contents: Contents, rule: PackageRule, index: int, tree: Tree) -> Iterator[Fault]:
    here: Path = ("rules", index, rule.kind)
    baseline = contents.decision_file.model.baseline if contents.decision_file else None
    options = contents.known[OPTIONS]
    for name in dict.fromkeys(rule.options):
        if options and name not in options:
            yield _unknown(name, "option", options, tree, here)
        elif name == baseline:
            yield _no_part(name, tree, here)
    if len(set(rule.options)) < len(rule.options):
        twice = next(name for name in rule.options if rule.options.count(name) > 1)
        yield Fault(
            "option-twice", f"the rule names `{twice}` twice", "delete one of the two", (twice,), tree.place(here)
        )
    if rule.number is not None and rule.kind != "at-most" and rule.number > len(set(rule.options)):
        yield Fault(
            "rule-count",
            f"{rule.kind} {rule.number} of {len(set(rule.options))} options cannot be kept",
            f"write a number of at most {len(set(rule.options))}, or name more options",
            rule.options,
            tree.place((*here, "number")),
        )


def _circles(model: PackagesFile, tree: Tree) -> Iterator[Fault]:
    """Options that require one another in a circle are one option in all but name; each circle once."""
    told: set[frozenset[str]] = set()
    for index, rule in enumerate(model.rules):
        if rule.requires is None:
            continue
        for needed in rule.requires.needs:
            if rule.requires.option in required_with(needed, model.rules):
                circle = frozenset(
                    name
                    for name in required_with(needed, model.rules)
                    if rule.requires.option in required_with(name, model.rules)
                )
                if circle not in told and needed != rule.requires.option:
                    told.add(circle)
                    names = ", ".join(f"`{name}`" for name in sorted(circle))
                    yield Fault(
                        "requires-circle",
                        f"{names} require one another in a circle, so that none is done without the others",
                        "make one option of them, or delete a rule",
                        tuple(sorted(circle)),
                        tree.place(("rules", index, "requires")),
                    )


def _excluded_and_required(model: PackagesFile, tree: Tree) -> Iterator[Fault]:
    """Two options that exclude each other, though one needs both or both are always done."""
    always = {name for rule in model.rules for name in rule.always or ()}
    forced = {other for name in always for other in required_with(name, model.rules)}
    for index, rule in enumerate(model.rules):
        for first, second in combinations(dict.fromkeys(rule.excludes or ()), 2):
            needing = sorted(
                {rule.requires.option for rule in model.rules if rule.requires is not None},
                key=lambda name: (name not in (first, second), name),
            )
            by = next((name for name in needing if {first, second} <= required_with(name, model.rules)), None)
            if {first, second} <= forced:
                why = "both are always done"
            elif by is not None:
                why = f"`{by}` requires {'both' if by not in (first, second) else 'the other'}, and could never be done"
            else:
                continue
            yield Fault(
                "excluded-and-required",
                f"`{first}` and `{second}` exclude each other, and yet {why}",
                "delete one of the rules",
                (first, second),
                tree.place(("rules", index, "excludes")),
            )


def _criteria(contents: Contents) -> Iterator[Fault]:
    if contents.criteria_file is None:
        return
    tree = contents.criteria.tree
    for criterion, path, _ in contents.leaves.values():
        how = criterion.in_packages
        if how is None:
            if contents.packages_file is not None:
                yield Fault(
                    "in-packages-missing",
                    f"`{criterion.id}` does not say how performances combine in packages, and nothing is assumed",
                    WORDS,
                    (criterion.id,),
                    tree.place(path),
                )
            continue
        here = (*path, "in-packages")
        resources = [] if contents.packages_file is None else [one.id for one in contents.packages_file.model.resources]
        if how.measures is not None and how.measures not in resources:
            yield _unknown(how.measures, "resource", resources, tree, (*here, "measures"))
        if contents.packages_file is None:
            continue
        if criterion.scale.kind == "local":
            yield Fault(
                "packages-local-scale",
                f"`{criterion.id}` has a local scale, whose ends move with the options, so that packages cannot be valued on it",
                "give it a global scale with described ends",
                (criterion.id,),
                tree.place((*path, "scale")),
            )
        if criterion.scale.levels and how.rule in ("add", "independent"):
            yield Fault(
                "in-packages-levels",
                f"`{criterion.id}` has levels, which cannot be combined by the rule {how.rule}",
                "write highest, lowest or judged",
                (criterion.id,),
                tree.place((*here, "rule")),
            )
        elif how.rule == "independent":
            yield from _independent(contents, criterion, how, here)
        if how.beyond is not None and criterion.scale.levels:
            yield Fault(
                "in-packages-levels",
                f"`{criterion.id}` has levels, beyond which there is nothing",
                "delete beyond:",
                (criterion.id,),
                tree.place((*here, "beyond")),
            )
        yield from _judged(contents, criterion, how, here)


def _independent(contents: Contents, criterion: Criterion, how: InPackages, here: Path) -> Iterator[Fault]:
    low, high = criterion.scale.low, criterion.scale.high
    baseline = contents.decision_file.model.baseline if contents.decision_file else None
    if low is None or high is None or baseline not in contents.options:
        return
    limit = how.limit if how.limit is not None else (high.at if criterion.direction == "more-is-better" else low.at)
    for name in sorted(contents.options, key=lambda one: (one != baseline, one)):
        score = contents.options[name].model.scores.get(criterion.id)
        if score is None:
            continue
        given = [end for end in (score.low, score.likely, score.high) if isinstance(end, float)]
        if not given:
            continue
        if name == baseline:
            at = given
            if any(end == limit for end in at):
                yield Fault(
                    "independent-nothing-left",
                    f"the baseline `{name}` is at {as_written(limit)} on `{criterion.id}`, where nothing is left to be averted "
                    "or reached, so that no share of it can be taken",
                    "write another rule, or a limit: beyond it",
                    (name, criterion.id),
                    contents.criteria.tree.place((*here, "rule")),
                )
                return
            side = 1.0 if at[0] > limit else -1.0
        if any((end - limit) * side < 0 for end in given):
            yield Fault(
                "independent-beyond-limit",
                f"`{name}` is beyond {as_written(limit)} on `{criterion.id}`, where less than nothing would be left",
                "write a limit: that no option passes",
                (name, criterion.id),
                contents.criteria.tree.place((*here, "rule")),
            )


def _judged(contents: Contents, criterion: Criterion, how: InPackages, here: Path) -> Iterator[Fault]:
    tree, options = contents.criteria.tree, contents.known[OPTIONS]
    baseline = contents.decision_file.model.baseline if contents.decision_file else None
    levels = [level.id for level in criterion.scale.levels]
    seen: set[frozenset[str]] = set()
    for index, judged in enumerate(how.packages):
        path = (*here, "packages", index)
        for number, name in enumerate(judged.of):
            if name not in options:
                yield _unknown(name, "option", options, tree, (*path, "of", number))
            elif name == baseline:
                yield _no_part(name, tree, (*path, "of", number))
        if frozenset(judged.of) in seen:
            yield Fault(
                "judged-twice",
                f"the package of {', '.join(judged.of)} is judged twice on `{criterion.id}`",
                "delete one of the two",
                tuple(sorted(judged.of)),
                tree.place((*path, "of")),
            )
        seen.add(frozenset(judged.of))
        score = judged.score
        yield from _claims(contents, tree, (*path, "score", "evidence"), score.evidence or ())
        ends = [end for end in (score.low, score.likely, score.high) if end is not None and end != "unknown"]
        if levels:
            places = [levels.index(end) if isinstance(end, str) and end in levels else None for end in ends]
            wrong = any(place is None for place in places)
            known = [place for place in places if place is not None]
            remedy = f"write one of {', '.join(levels)}, in order"
        else:
            low, high = criterion.scale.low, criterion.scale.high
            known = [end for end in ends if isinstance(end, float)]  # type: ignore[misc]  # places of levels above, numbers here
            wrong = len(known) < len(ends) or bool(low and high and any(not low.at <= end <= high.at for end in known))
            remedy = "write numbers on the scale, in rising order"
        if wrong or known != sorted(known):
            yield Fault(
                "judged-off-scale",
                f"the score of the package of {', '.join(judged.of)} does not fit the scale of `{criterion.id}`",
                remedy,
                (criterion.id,),
                tree.place((*path, "score")),
            )


def _uses(contents: Contents) -> Iterator[Fault]:
    resources = [] if contents.packages_file is None else [one.id for one in contents.packages_file.model.resources]
    baseline = contents.decision_file.model.baseline if contents.decision_file else None
    # Of an option that was refused for something else there are no more than scores here, whatever it says that it uses.
    whole = {
        name: entry
        for name, entry in contents.options.items()
        if entry.model.uses is not None or "uses" not in (entry.tree.data or {})
    }
    members = [entry.model for name, entry in whole.items() if name != baseline]
    used = {resource for option in members for resource in option.uses or {}}
    for index, resource in enumerate(resources):
        if contents.packages_file is not None and len(members) > 1 and resource not in used:
            yield Fault(
                "use-missing",
                f"no option says how much of `{resource}` it uses",
                f"write uses: {{{resource}: ...}} in each option but the baseline, 0 where it uses none, or delete the resource",
                (resource,),
                contents.packages_file.tree.place(("resources", index)),
            )
    for name, entry in whole.items():
        uses, tree = entry.model.uses, entry.tree
        if name == baseline:
            if uses:
                yield Fault(
                    "baseline-uses",
                    f"`{name}` is the baseline, which uses nothing that others could use",
                    "delete its uses:",
                    (name,),
                    tree.place(("uses",)),
                )
            continue
        for resource in uses or {}:
            if resource not in resources:
                yield _unknown(resource, "resource", resources, tree, ("uses", resource), key=True)
            else:
                claims = (uses or {})[resource].evidence or ()
                yield from _claims(contents, tree, ("uses", resource, "evidence"), claims)
        for resource in resources:
            if resource not in (uses or {}) and (resource in used or len(members) == 1):
                yield Fault(
                    "use-missing",
                    f"`{name}` does not say how much of `{resource}` it uses",
                    f"write uses: {{{resource}: 0}} if it uses none of it",
                    (name, resource),
                    tree.place(("uses",) if uses else ()),
                )


def _effects(contents: Contents) -> Iterator[Fault]:
    baseline = contents.decision_file.model.baseline if contents.decision_file else None
    stated: dict[tuple[frozenset[str], str], Place] = {}
    for entry, kind, index, relation in effects_of(contents):
        if relation.effect is None or relation.criterion is None:
            continue
        here: Path = (kind, index)
        if baseline in (entry.id, *relation.option):
            yield _no_part(str(baseline), entry.tree, here)
        leaf = contents.leaves.get(relation.criterion)
        if leaf is None:
            if contents.leaves:
                yield _unknown(relation.criterion, "criterion", contents.leaves, entry.tree, (*here, "criterion"))
            continue
        yield from _effect(entry, relation, leaf[0], here)
        key = (frozenset((entry.id, *relation.option)), relation.criterion)
        place = entry.tree.place((*here, "effect"))
        if key in stated:
            yield Fault(
                "effect-twice",
                f"the effect of doing {', '.join(f'`{name}`' for name in sorted(key[0]))} together on `{relation.criterion}` "
                f"is written in {stated[key]} as well, and would count twice",
                "keep one of the two",
                (*sorted(key[0]), relation.criterion),
                place,
            )
        stated.setdefault(key, place)


def _effect(entry: Entry[Option], relation: Relation, criterion: Criterion, here: Path) -> Iterator[Fault]:
    assert relation.effect is not None
    ids = (entry.id, criterion.id)
    how = criterion.in_packages
    if criterion.scale.levels or (how is not None and how.rule == "judged"):
        what = "has levels, to which nothing can be added" if criterion.scale.levels else "is judged by package"
        yield Fault(
            "effect-not-possible",
            f"`{criterion.id}` {what}",
            f"judge the package as a whole in {CRITERIA} (rule: judged), or leave the effect in words",
            ids,
            entry.tree.place((*here, "effect")),
        )
        return
    low, high = criterion.scale.low, criterion.scale.high
    width = abs(high.at - low.at) if low and high else None
    largest = max(relation.effect.bounds, key=abs)
    if width is not None and abs(largest) > width:
        yield Fault(
            "effect-outside-scale",
            f"an effect of {as_written(largest)} is more than the whole scale of `{criterion.id}`, {as_written(width)}",
            "write the effect in the criterion's unit: what it adds to the performance of the package",
            ids,
            entry.tree.place((*here, "effect")),
        )
