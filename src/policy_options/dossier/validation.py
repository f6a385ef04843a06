"""A tree to a model: runs pydantic, and turns each of its refusals into one fault with a place, plain words and a remedy."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from policy_options.dossier.models.base import FORMAT, DossierFile
from policy_options.dossier.plain_words import kind_of, words_for_validation_problem
from policy_options.dossier.reading import Tree
from policy_options.errors import Fault, Place

__all__ = ["did_you_mean", "nearest", "validate"]

AnyFile = TypeVar("AnyFile", bound=DossierFile)


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name that a wrong one is most like, if one is like it."""
    from difflib import get_close_matches  # only a wrong name needs it

    near = get_close_matches(name.lower(), sorted(known), n=1, cutoff=0.6)
    return near[0] if near else None


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """A remedy that names the nearest of the known names, or lists them where none is near and they are few."""
    names = sorted(known)
    near = nearest(name, names)
    if near:
        return f"did you mean `{near}`?"
    if names and len(names) <= 12:
        return f"there are: {', '.join(names)}"
    return ""


def validate(model: type[AnyFile], tree: Tree) -> tuple[AnyFile | None, list[Fault]]:
    """Return the model of a file, or ``None`` with every fault; the tree's own faults come first.

    A refusal that stands where the reader already refused something is that same fault, and is not told twice.
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
        for problem in error.errors(include_url=False):
            fault = _fault(model, tree, problem)
            if fault.place not in told:
                faults.append(fault)
    return (None if faults else found), faults


def _format_refusal(tree: Tree) -> Fault | None:
    """Judge the format before anything else: what a newer one means, this version cannot say."""
    if not isinstance(tree.data, dict):
        return Fault(
            "not-a-mapping",
            f"the file holds {kind_of(tree.data)}, not `key: value` lines",
            "begin it with format: 1",
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
    if isinstance(version, int) and not isinstance(version, bool) and version > FORMAT:
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
            f"the key `{name}` is not known here",
            did_you_mean(name, _keys_at(model, path[:-1])) or "delete it",
            (name,),
            tree.place(path, key=True),
        )
    place = tree.place(path[:-1], key=True) if path and path[-1] == "[key]" else tree.place(path)
    if "remedy" in context:
        return Fault(kind, problem["msg"], context["remedy"], place=place)
    message, remedy = words_for_validation_problem(kind, problem["input"], context)
    return Fault(kind.replace("_", "-"), message, remedy, place=place)


def _keys_at(model: type[BaseModel], path: tuple[str | int, ...]) -> set[str]:
    """The keys that the models at a path know, for a suggestion."""
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
