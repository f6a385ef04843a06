"""A tree to a model: runs pydantic, and turns each refusal into one fault with a place, plain words and a remedy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from policy_options.dossier import limits
from policy_options.dossier.characters import odd_in
from policy_options.dossier.models.base import FORMAT, MAX_ID_LENGTH, DossierFile
from policy_options.dossier.plain_words import kind_of, named, words_for_validation_problem
from policy_options.dossier.reading import Tree, too_many_faults
from policy_options.errors import Fault, Place

__all__ = ["did_you_mean", "nearest", "validate"]

AnyFile = TypeVar("AnyFile", bound=DossierFile)


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name most similar to a wrong one, if any is similar."""
    from difflib import get_close_matches  # only a wrong name needs it

    wanted = name[:MAX_ID_LENGTH].lower()
    candidates = sorted(known)
    # Comparing with each is slow: those that begin alike are the likeliest after a slip of the pen.
    if len(candidates) > 200:
        candidates = [other for other in candidates if other[:1] == wanted[:1]][:200]
    near = get_close_matches(wanted, candidates, n=1, cutoff=0.6)
    return near[0] if near else None


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """A remedy that names the nearest of the known names, or lists them or, if there are many, the first few."""
    names = sorted(known)
    near = nearest(name, names)
    if near:
        return f"did you mean `{near}`?"
    if not names:
        return ""
    if len(names) <= 12:
        return f"there are: {', '.join(names)}"
    return f"there are {len(names):,}, such as {', '.join(names[:3])}"


def validate(model: type[AnyFile], tree: Tree) -> tuple[AnyFile | None, list[Fault]]:
    """Return the model of a file, or ``None`` with every fault; the tree's own faults come first.

    A refusal at a place where the reader already refused something is that same fault, and is not reported twice.
    """
    faults = list(tree.faults)
    refusal = _format_refusal(tree)
    if refusal is not None:
        return None, [*faults, refusal]
    found = None
    told = {fault.place for fault in faults}
    try:
        found = model.model_validate(tree.data)
    except ValidationError as error:
        for fault in _faults(model, tree, error):
            if fault.code == "key-missing" or fault.place not in told:
                faults.append(fault)
            if len(faults) >= limits.MAX_FAULTS:
                return None, [*faults, too_many_faults(tree.file)]
    if tree.has_nothing:
        told = {fault.place for fault in faults}
        faults.extend(fault for fault in _nothings(tree) if fault.place not in told)
    return (None if faults else found), faults


def _faults(model: type[BaseModel], tree: Tree, error: ValidationError) -> Iterator[Fault]:
    """One fault for each mistake: refusals by pydantic of the same mistake are reported once."""
    problems: list[dict[str, Any]] = [
        {**problem, "loc": _without_tags(problem["loc"])} for problem in error.errors(include_url=False)
    ]
    missing: dict[Any, list[str]] = {}
    for problem in problems:
        if problem["type"] == "missing":
            missing.setdefault(problem["loc"][:-1], []).append(str(problem["loc"][-1]))
    meant: set[tuple[Any, str]] = set()
    for problem in problems:
        if problem["type"] == "extra_forbidden":
            where, name = problem["loc"][:-1], str(problem["loc"][-1])
            near = nearest(name, set(missing.get(where, ())) - {key for place, key in meant if place == where})
            if near is not None:  # a misspelt key is not also missing
                meant.add((where, near))
    for problem in problems:
        where, kind = problem["loc"], problem["type"]
        if kind == "missing" and (where[:-1], str(where[-1])) in meant:
            continue
        if kind == "too_short" and len(problem["input"]) >= problem["ctx"]["min_length"]:
            continue  # the items are present, and each refused one has been reported
        yield _fault(model, tree, problem)


def _nothings(tree: Tree) -> Iterator[Fault]:
    """A fault for each key or item without a value: a blank is not taken for an omission."""
    open_nodes: list[tuple[Any, tuple[str | int, ...]]] = [(tree.data, ())]
    while open_nodes:
        node, path = open_nodes.pop()
        children = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
        for step, child in children:
            if child is None and isinstance(step, str) and " " in step:
                continue  # no key has a blank: it is reported as unknown, with the cause
            if child is None:
                what = f"the key {named(step)} has no value" if isinstance(step, str) else "there is nothing here"
                yield Fault("value-missing", what, "write it, or delete the line", place=tree.place((*path, step)))
            else:
                open_nodes.append((child, (*path, step)))


def _without_tags(path: tuple[str | int, ...]) -> tuple[str | int, ...]:
    """A path without the names that pydantic gives to the kinds of node, which follow an index and are not keys."""
    return tuple(
        step
        for index, step in enumerate(path)
        if not (step in {"group", "criterion"} and index > 0 and isinstance(path[index - 1], int))
    )


def _format_refusal(tree: Tree) -> Fault | None:
    """Check the format before anything else: this version cannot interpret a newer one."""
    if not isinstance(tree.data, dict):
        return Fault(
            "not-a-mapping",
            f"the file holds {kind_of(tree.data)}, not `key: value` lines",
            _odd_remedy(tree.data) or "begin it with format: 1",
            place=tree.place(()),
        )
    if "format" not in tree.data:
        return Fault(
            "format-missing",
            "the file does not say its format",
            f"begin it with format: {FORMAT}",
            place=Place(tree.file, 1, 1),
        )
    version = tree.data["format"]
    if version.__class__ is not int or version < 1:
        return Fault(
            "format",
            f"{kind_of(version)} is given where the format is expected",
            f"write format: {FORMAT}",
            place=tree.place(("format",)),
        )
    if version > FORMAT:
        return Fault(
            "format-newer",
            f"the file has format {version}; this version of policy-options reads formats up to {FORMAT}",
            "install a newer policy-options",
            place=tree.place(("format",)),
        )
    return None


def _fault(model: type[BaseModel], tree: Tree, problem: Any) -> Fault:
    kind: str = problem["type"]
    path: tuple[str | int, ...] = tuple(problem["loc"])
    context = problem.get("ctx") or {}
    if kind == "missing":
        return Fault(
            "key-missing",
            f"the key `{path[-1]}` is missing",
            f"write {path[-1]}:",
            (str(path[-1]),),
            tree.place(path[:-1]),
        )
    if kind == "extra_forbidden":
        name = str(path[-1])
        return Fault(
            "key-unknown",
            f"the key {named(name)} is not known here",
            _comma_remedy(name, problem["input"]) or _odd_remedy(name) or _key_remedy(name, _keys_at(model, path[:-1])),
            (name,),
            tree.place(path, key=True),
        )
    place = tree.place(path[:-1], key=True) if path and path[-1] == "[key]" else tree.place(path)
    if "remedy" in context:
        return Fault(kind, problem["msg"], context["remedy"], place=place)
    message, remedy = words_for_validation_problem(kind, problem["input"], context)
    return Fault(kind.replace("_", "-"), message, remedy, place=place)


def _comma_remedy(name: str, value: object) -> str:
    """What to do about text that a comma has cut in two: inside braces YAML takes what follows it for a key without a value."""
    if value is not None or " " not in name:
        return ""
    return "put the text before it and this in quotes together: inside { } a comma begins another key"


def _key_remedy(name: str, known: set[str]) -> str:
    """The remedy for a key that is unknown, or not allowed in an entry of this kind, as groups and criteria have
    different keys.
    """
    if name in known:
        return "entries of another kind have it here, as a group and a criterion have keys of their own: delete it, or move it"
    return did_you_mean(name, known) or "delete it"


def _odd_remedy(found: object) -> str | None:
    """The remedy for a text that is not a key but has a character that only resembles one of YAML's signs."""
    odd = odd_in(found) if isinstance(found, str) else None
    return None if odd is None else f"it has {odd}, which YAML takes for text: type the plain sign"


def _keys_at(model: type[BaseModel], path: tuple[str | int, ...]) -> set[str]:
    """The keys that the models at a path accept, for a suggestion."""
    models = {model}
    for step in path:
        below = {
            nested
            for owner in models
            for name, field in owner.model_fields.items()
            if (field.alias or name) == step
            for nested in _models_in(field.annotation)
        }
        models = below or models
    return {field.alias or name for owner in models for name, field in owner.model_fields.items()}


def _models_in(annotation: Any) -> set[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return {annotation}
    return {nested for part in get_args(annotation) for nested in _models_in(part)}
