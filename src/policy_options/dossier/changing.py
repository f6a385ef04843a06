"""Changes to a weight set on disk: planned from what was read, then shown or written, and limited to what was asked.

This module decides which numbers of a file a change of weights affects. ``writing`` knows which bytes those are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from policy_options.analysis.elicitation.answers import Answers
from policy_options.analysis.elicitation.deriving import elicit
from policy_options.analysis.elicitation.methods import METHODS
from policy_options.analysis.elicitation.restating import restated
from policy_options.analysis.elicitation.results import Elicited
from policy_options.analysis.problem import WeightVector, frozen
from policy_options.analysis.reweighting import Edit, reweigh
from policy_options.atomic import write_atomically
from policy_options.dossier.contents import WEIGHTS, Contents, Entry
from policy_options.dossier.drafting import as_typed, given_on_block
from policy_options.dossier.eliciting import answers_of, paths_of, settings_of, weighting
from policy_options.dossier.emitting import emit
from policy_options.dossier.entries import set_entries
from policy_options.dossier.links import refuse_leaving
from policy_options.dossier.models.weight_set import GivenOn, WeightSet
from policy_options.dossier.ranges import Change, changes_since, ranges_now
from policy_options.dossier.reading import read_yaml
from policy_options.dossier.validation import did_you_mean
from policy_options.dossier.writing import replace_block, replace_scalars
from policy_options.errors import Place, PolicyOptionsError

__all__ = [
    "PlannedChange",
    "PlannedEdit",
    "as_percentages",
    "carried_over",
    "carries_over",
    "changed_weights",
    "plan_edit",
    "plan_refresh",
    "plan_weights",
    "takes_weights",
]

_WHOLE = 100.0


@dataclass(frozen=True, eq=False)
class PlannedChange:
    """The present and the planned content of a file."""

    path: Path
    before: bytes
    after: bytes

    def write(self) -> None:
        """Write the file, unless it has changed since it was read.

        Raises:
            PolicyOptionsError: it has changed, or cannot be written.
        """
        write_atomically(self.path, self.after, replacing=self.before)


@dataclass(frozen=True, eq=False)
class PlannedEdit(PlannedChange):
    """A change of weights, with the weights that the file will give, including the rounding of its numbers."""

    weights: WeightVector


def plan_edit(contents: Contents, id: str, edits: Sequence[Edit], *, take_from: str | None = None) -> PlannedEdit:
    """Apply the edits as new numbers in a set of points or direct weights.

    Raises:
        PolicyOptionsError: the set is of another method or of several people, the edits cannot be applied, or the file
            is a link that leads outside the dossier.
    """
    entry = contents.weight_sets[id]
    _refuse_other_methods(entry, " ".join((*map(str, edits), *(("--take-from", take_from) if take_from else ()))))
    elicited = contents.elicited[id]
    assert isinstance(elicited, Elicited)  # sets of several people were refused
    weights = changed_weights(contents, elicited.weights, edits, take_from=take_from)
    return _planned(contents, entry, weights, refresh=False)


def takes_weights(model: WeightSet) -> bool:
    """Whether a changed weight can be written back to a set: it has numbers in proportion to shares, of one person."""
    return METHODS[model.method].rates and not model.participants


def plan_weights(contents: Contents, id: str, weights: WeightVector, *, holder: str, rationale: str) -> PlannedEdit:
    """Write weights as the numbers of a set of points or direct weights, with whose they are and why; all else is kept.

    Raises:
        PolicyOptionsError: as of ``plan_edit``.
    """
    entry = contents.weight_sets[id]
    _refuse_other_methods(entry, "")
    planned = _planned(contents, entry, weights, refresh=False)
    texts = {"holder": holder, "rationale": rationale}
    return replace(planned, after=set_entries(planned.after, entry.tree.file, (), texts, bare=""))


def plan_refresh(contents: Contents, id: str, *, carry_over: bool) -> PlannedChange:
    """Record the present ranges as those of the judgements; with ``carry_over``, rescale weights to keep trade-offs.

    Raises:
        PolicyOptionsError: weights are to be carried over, and cannot be.
    """
    entry = contents.weight_sets[id]
    if carry_over:
        weights = carried_over(contents, id)
        _refuse_other_methods(entry, "--carry-over")
        return _planned(contents, entry, weights, refresh=True)
    raw = _raw(contents, entry)
    return PlannedChange(contents.root / entry.tree.file, raw, _confirmed(contents, entry, raw))


def _confirmed(contents: Contents, entry: Entry[WeightSet], raw: bytes) -> bytes:
    """The file with the present ranges: only the changed values if that is enough, else the whole block is rewritten."""
    changed = _changed_values(entry.tree.data.get("given-on"), as_typed(ranges_now(contents)))
    if changed is None:
        return replace_block(raw, entry.tree.file, "given-on", given_on_block(contents))
    return replace_scalars(raw, entry.tree.file, changed)


def _changed_values(stored: Any, now: Mapping[str, Mapping[str, Any]]) -> dict[tuple[str | int, ...], str] | None:
    """The values that differ, as written; ``None`` if more differs than single values on separate lines."""
    if not isinstance(stored, dict) or stored.keys() != now.keys():
        return None
    if any(stored[name].keys() != now[name].keys() for name in now):
        return None
    changed: dict[tuple[str | int, ...], str] = {}
    for name, range_now in now.items():
        for key, value in range_now.items():
            if stored[name][key] != value:
                written = emit({key: value}).rstrip("\n")
                if isinstance(value, Mapping) or "\n" in written:
                    return None
                changed["given-on", name, key] = written.removeprefix(f"{key}: ")
    return changed


def carries_over(contents: Contents, id: str) -> bool:
    """Whether all that changed since weights were given are the ends of scales with linear value functions.

    Combined weights are not carried over, since a rule applied to carried weights gives different ones; each
    participant's are.
    """
    changes = changes_since(contents, id.partition("/")[0])
    one = "/" in id or isinstance(contents.elicited[id], Elicited)
    given_on = contents.weight_sets[id.partition("/")[0]].model.given_on
    spanned = all(_spanned(given_on.get(name)) for name in contents.leaves)
    moved = {change.criterion for change in changes if change.aspect in ("low", "high")}
    only_ends = all(_only_ends(contents, change, moved) for change in changes)
    return one and bool(moved) and spanned and only_ends


def _only_ends(contents: Contents, change: Change, moved: set[str]) -> bool:
    # Descriptions change with the numbers where these moved; on their own they ask another question.
    if change.aspect == "ends":
        return change.criterion in moved
    if change.aspect not in ("low", "high") or change.criterion not in contents.leaves:
        return False
    criterion = contents.leaves[change.criterion][0]
    function = criterion.value_function
    return not criterion.scale.levels and (function is None or function.kind == "linear")


def _spanned(given: GivenOn | None) -> bool:
    """Whether stored ends, if any, span a range that a new one can be compared with."""
    return given is not None and (given.low is None or given.high is None or given.low < given.high)


def carried_over(contents: Contents, id: str) -> WeightVector:
    """Old weights times new range over old range, renormalised: this keeps every trade-off between linear criteria.

    Source: Keeney and Raiffa (1976), ch. 3 (scaling constants follow the ranges that values are scaled on).

    Raises:
        PolicyOptionsError: nothing, or more than the ends of linear scales, changed; or the weights are combined.
    """
    held = weighting(contents, id)
    given_on = held.model.given_on
    if not carries_over(contents, id):
        why = "they are combined" if held.combined else "nothing changed, or more than the ends of linear scales did"
        raise PolicyOptionsError.of(
            "not-carried-over",
            f"the weights of `{id}` cannot be carried over: {why}",
            f"ask again, then: policy-options weights refresh {held.set_id} --confirm",
            ids=(id,),
            place=Place(contents.weight_sets[held.set_id].tree.file),
        )
    now = ranges_now(contents)
    factors = []
    for name in held.weights.criteria:
        low, high, given = now[name].get("low"), now[name].get("high"), given_on[name]
        if low is None or high is None or given.low is None or given.high is None:
            factors.append(1.0)  # levels, which are unchanged
        else:
            factors.append((high - low) / (given.high - given.low))
    shares = held.weights.shares * np.array(factors)
    return WeightVector(id, held.weights.criteria, frozen(shares / shares.sum()))


def changed_weights(
    contents: Contents, weights: WeightVector, edits: Sequence[Edit], *, take_from: str | None = None
) -> WeightVector:
    """Weights with edits applied; the error for a misspelt id names the one that was meant.

    Raises:
        PolicyOptionsError: the edits cannot be applied.
    """
    try:
        return reweigh(weights, paths_of(contents), edits, take_from=take_from)
    except PolicyOptionsError as error:
        known = {*contents.leaves, *contents.groups}
        raise PolicyOptionsError(
            replace(fault, remedy=did_you_mean(fault.ids[0], known)) if fault.code == "unknown-id" else fault
            for fault in error.faults
        ) from None


def as_percentages(contents: Contents, weights: WeightVector) -> dict[str, float]:
    """Weights as the numbers of a direct set across leaves, which sum to exactly 100."""
    nothing = dict.fromkeys(weights.criteria, 0.0)
    numbers = restated(weights, paths_of(contents), nothing, across="leaves", total=_WHOLE)
    return {name: float(numbers.get(name, "0")) for name in weights.criteria}


def _planned(contents: Contents, entry: Entry[WeightSet], weights: WeightVector, *, refresh: bool) -> PlannedEdit:
    model = entry.model
    judgements = {name: answer for name, answer in model.judgements.items() if isinstance(answer, float)}
    total = model.total if model.total is not None else METHODS[model.method].whole
    numbers = restated(weights, paths_of(contents), judgements, across=model.across, total=total)
    raw = _raw(contents, entry)
    after = replace_scalars(raw, entry.tree.file, {("judgements", name): text for name, text in numbers.items()})
    if refresh:
        after = _confirmed(contents, entry, after)
    # The weights shown are those that the file will give, including rounding.
    written = {**answers_of(model).judgements, **{name: float(text) for name, text in numbers.items()}}
    settings = settings_of(contents, model)
    found = elicit(paths_of(contents), Answers(written), id=entry.id, method=model.method, settings=settings)
    return PlannedEdit(contents.root / entry.tree.file, raw, after, found.weights)


def _raw(contents: Contents, entry: Entry[WeightSet]) -> bytes:
    """The bytes of a set's file, which must still be as the dossier was read."""
    path = contents.root / WEIGHTS / f"{entry.id}.yaml"
    refuse_leaving(contents.root, path)
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise PolicyOptionsError.of(
            "file-unreadable",
            f"{entry.tree.file} cannot be read: {error.strerror or error}",
            "check its permissions",
            place=Place(entry.tree.file),
        ) from None
    if read_yaml(raw, entry.tree.file).data != entry.tree.data:
        raise PolicyOptionsError.of(
            "file-changed",
            "the file was changed since it was read",
            "run the command again",
            place=Place(entry.tree.file),
        )
    return raw


def _refuse_other_methods(entry: Entry[WeightSet], asked: str) -> None:
    model = entry.model
    if METHODS[model.method].rates and not model.participants:
        return
    why = (
        "holds the judgements of several people"
        if model.participants
        else f"holds {model.method} judgements, which a change of weights cannot be written back to"
    )
    alone = model.participants and model.combine is None  # then there are only each participant's weights
    source = f"{entry.id}/{model.participants[0].id}" if alone else entry.id
    raise PolicyOptionsError.of(
        "not-editable",
        f"`{entry.id}` {why}; nothing was changed",
        f"make a set of direct weights from it: policy-options weights new NEW --from {source} {asked} "
        "--holder WHO --because WHY",
        ids=(entry.id,),
        place=Place(entry.tree.file),
    )
