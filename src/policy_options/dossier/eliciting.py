"""From the judgements of a dossier's weight sets to weights: answers passed to the analysis, and its faults given places."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Literal

from policy_options.analysis.elicitation.answers import KINDS, Answers, BestWorst, Interval, Settings
from policy_options.analysis.elicitation.deriving import Paths, elicit
from policy_options.analysis.elicitation.methods import METHODS
from policy_options.analysis.elicitation.results import Elicited
from policy_options.analysis.problem import WeightVector
from policy_options.dossier.contents import Contents, Entry
from policy_options.dossier.models.weight_set import Participant, SwingInterval, WeightSet, WithAnswers
from policy_options.dossier.plain_words import named
from policy_options.dossier.reading import Tree
from policy_options.dossier.validation import did_you_mean, nearest
from policy_options.errors import Fault, PolicyOptionsError

if TYPE_CHECKING:
    from policy_options.analysis.elicitation.combining import Combined

__all__ = [
    "Weighting",
    "answers_of",
    "elicit_all",
    "elicit_set",
    "elicited_of",
    "paths_of",
    "settings_of",
    "weight_set",
    "weighting",
]

_OF_ONE_PERSON = (*KINDS, "cross-checks")
_SETTINGS = ("total", "formula")


@dataclass(frozen=True, eq=False, slots=True)
class Weighting:
    """Weights that options can be ranked under: a set's own, its combined ones, or one participant's.

    ``id`` is that of the set, or set/participant. ``elicited`` is the result of one person's judgements; ``None`` if
    the weights are combined.
    """

    id: str
    set_id: str
    title: str
    holder: str
    status: Literal["elicited", "illustrative"]
    model: WeightSet
    weights: WeightVector
    elicited: Elicited | None
    date: date | None
    combined: Combined | None = None

    @property
    def people(self) -> dict[str, Elicited]:
        """The basis of the weights by id: the result for one person, or for each participant if they are combined."""
        if self.combined is not None:
            return {f"{self.set_id}/{name}": one for name, one in self.combined.participants.items()}
        return {self.id: self.elicited} if self.elicited is not None else {}


def paths_of(contents: Contents) -> Paths:
    """For each criterion, the ids of the groups above it, from the root."""
    return {name: tuple(group.id for group in above) for name, (_, _, above) in contents.leaves.items()}


def settings_of(contents: Contents, model: WeightSet, *, sample: bool = True) -> Settings:
    """The settings with which a set's judgements are read."""
    seed = contents.decision_file.model.seed if contents.decision_file else 0
    return Settings(model.across, model.total, model.formula or "centroid", seed, sample)


def answers_of(given: WithAnswers) -> Answers:
    """One person's answers, for the analysis."""
    return Answers(
        {
            name: Interval(answer.low, answer.high) if isinstance(answer, SwingInterval) else answer
            for name, answer in given.judgements.items()
        },
        given.order,
        given.pairwise,
        tuple(BestWorst(c.best, c.worst, c.best_to_others, c.others_to_worst) for c in given.best_worst),
    )


def elicit_all(contents: Contents) -> tuple[dict[str, Elicited | Combined], list[Fault]]:
    """Every set's weights by id, where its judgements give some, and every fault of the others.

    Nothing is sampled yet: ``elicited_of`` does so for the sets that are used.
    """
    found: dict[str, Elicited | Combined] = {}
    faults: list[Fault] = []
    if contents.criteria_file is None:
        return found, faults
    for name in contents.weight_sets:
        try:
            found[name] = elicit_set(contents, name, sample=False)
        except PolicyOptionsError as error:
            faults.extend(error.faults)
    return found, faults


def elicited_of(contents: Contents, id: str) -> Elicited | Combined:
    """The result of a set's judgements, sampled where necessary, once only."""
    found = contents.elicited[id]
    people = [found] if isinstance(found, Elicited) else found.participants.values()
    if any(one.provisional for one in people):
        found = contents.elicited[id] = elicit_set(contents, id)
    return found


def elicit_set(contents: Contents, id: str, *, sample: bool = True) -> Elicited | Combined:
    """Derive the weights of a set from its judgements, or of each of its participants, and combine them by its rule.

    Raises:
        PolicyOptionsError: the judgements give no weights; each fault has its place.
    """
    entry = contents.weight_sets[id]
    model = entry.model
    known = {*contents.leaves, *contents.groups}
    faults = [*_wrong_settings(entry), *_cross_checks(entry, known)]
    kinds = _wrong_kind(entry, model, ())
    paths, settings = paths_of(contents), settings_of(contents, model, sample=sample)
    if not model.participants:
        found: Elicited | None = None
        if not kinds:  # answers of another kind would all be missing
            try:
                found = elicit(paths, answers_of(model), id=id, method=model.method, settings=settings)
            except PolicyOptionsError as error:
                faults += _placed(error.faults, entry.tree, (), known)
        if found is None or faults:
            raise PolicyOptionsError([*kinds, *faults])
        return found
    from policy_options.analysis.elicitation.combining import combine  # most sets are of one person

    faults += [*kinds, *_named_twice(entry)]
    people: dict[str, Elicited] = {}
    for index, person in enumerate(model.participants):
        kinds = _wrong_kind(entry, person, ("participants", index))
        faults += kinds
        if kinds:
            continue
        try:
            name = f"{id}/{person.id}"
            people[person.id] = elicit(paths, answers_of(person), id=name, method=model.method, settings=settings)
        except PolicyOptionsError as error:
            faults += _placed(error.faults, entry.tree, ("participants", index), known)
    if faults:
        raise PolicyOptionsError(faults)
    try:
        return combine(people, model.combine, id=id)
    except PolicyOptionsError as error:
        raise PolicyOptionsError(_placed(error.faults, entry.tree, (), known)) from None


def _keys(tree: Tree, path: tuple[str | int, ...]) -> list[str]:
    node = tree.data
    for step in path:
        node = node[step]
    return list(node)


def _wrong_kind(entry: Entry[WeightSet], given: WithAnswers, path: tuple[str | int, ...]) -> list[Fault]:
    """Report answers of a kind that the method does not read, or the absence of the kind that it does."""
    method = entry.model.method
    takes = METHODS[method].takes
    given_keys = _keys(entry.tree, path)
    keys = [key for key in given_keys if key in KINDS]
    if entry.model.participants and not path:
        return [
            Fault(
                "answers-twice",
                f"the set has participants, and {key}: of its own as well as theirs",
                "move it to a participant, or delete it",
                (entry.id,),
                entry.tree.place((key,), key=True),
            )
            for key in given_keys
            if key in _OF_ONE_PERSON
        ]
    faults = [
        Fault(
            "answers-not-read",
            f"method {method} does not read {key}:",
            f"write {' or '.join(f'{name}:' for name in takes)}, or use another method",
            (entry.id,),
            entry.tree.place((*path, key), key=True),
        )
        for key in keys
        if key not in takes
    ]
    empty = not any(getattr(given, key.replace("-", "_")) for key in takes)
    if empty and not faults:
        faults.append(
            Fault(
                "no-judgements",
                f"method {method} needs {' or '.join(f'{name}:' for name in takes)}, and there is none",
                "write the judgements",
                (entry.id,),
                entry.tree.place((*path, *(key for key in keys if key in takes)), key=bool(keys)),
            )
        )
    return faults


def _wrong_settings(entry: Entry[WeightSet]) -> list[Fault]:
    model = entry.model
    reads = METHODS[model.method].settings
    faults = [
        Fault(
            "setting-not-read",
            f"method {model.method} does not read {key}:",
            "delete it",
            (entry.id,),
            entry.tree.place((key,), key=True),
        )
        for key in _SETTINGS
        if getattr(model, key) is not None and key not in reads
    ]
    if model.combine is not None and not model.participants:
        faults.append(
            Fault(
                "setting-not-read",
                "combine: joins participants, and the set has none",
                "delete it, or list participants",
                (entry.id,),
                entry.tree.place(("combine",), key=True),
            )
        )
    return faults


def _named_twice(entry: Entry[WeightSet]) -> list[Fault]:
    faults: list[Fault] = []
    seen: set[str] = set()
    for index, person in enumerate(entry.model.participants):
        if person.id in seen:
            place = entry.tree.place(("participants", index, "id"))
            faults.append(
                Fault("id-twice", f"the participant `{person.id}` appears twice", "rename one", (person.id,), place)
            )
        seen.add(person.id)
    return faults


def _cross_checks(entry: Entry[WeightSet], known: set[str]) -> list[Fault]:
    faults = []
    people: list[tuple[tuple[str | int, ...], WithAnswers]] = [((), entry.model)]
    people += [(("participants", index), person) for index, person in enumerate(entry.model.participants)]
    for path, given in people:
        for index, check in enumerate(given.cross_checks):
            if check.of == check.beside:
                place = entry.tree.place((*path, "cross-checks", index, "beside"))
                said = f"`{check.of}` is compared with itself"
                faults.append(Fault("compared-with-itself", said, "name another, or delete it", (check.of,), place))
            for key, name in (("of", check.of), ("beside", check.beside)):
                if name not in known:
                    place = entry.tree.place((*path, "cross-checks", index, key))
                    faults.append(
                        Fault("unknown-id", f"`{name}` is no criterion", did_you_mean(name, known), (name,), place)
                    )
    return faults


def _placed(faults: tuple[Fault, ...], tree: Tree, path: tuple[str | int, ...], known: set[str]) -> list[Fault]:
    """Give the analysis's faults a place from their paths, and suggest the id meant by an unknown name.

    A misspelt name is one fault: the judgement missing because of it is not reported as another.
    """
    missing = {fault.ids[0] for fault in faults if fault.code == "judgement-missing"}
    placed = []
    for fault in faults:
        if fault.code == "unknown-id":
            near = nearest(fault.ids[0], missing)
            missing.discard(near or "")
            remedy = f"did you mean `{near}`?" if near else did_you_mean(fault.ids[0], known)
            place = tree.place((*path, *fault.path), key=fault.path[-1] == fault.ids[0])
            placed.append(replace(fault, remedy=remedy, place=place, path=()))
    for fault in faults:
        if fault.code == "unknown-id" or (fault.code == "judgement-missing" and fault.ids[0] not in missing):
            continue
        placed.append(replace(fault, place=tree.place((*path, *fault.path)), path=()))
    return placed


def weight_set(contents: Contents, id: str) -> WeightSet:
    """A weight set as in its file.

    Raises:
        PolicyOptionsError: there is no such set.
    """
    entry = contents.weight_sets.get(id)
    if entry is None:
        remedy = did_you_mean(id, contents.weight_sets)
        raise PolicyOptionsError.of("unknown-id", f"{named(id)} is no weight set of this dossier", remedy, ids=(id,))
    return entry.model


def weighting(contents: Contents, id: str) -> Weighting:
    """The weights with this id: a set's, or as set/participant one participant's.

    Raises:
        PolicyOptionsError: there is no such set or participant, or the set does not say how to combine its
            participants.
    """
    set_id, slash, person_id = id.partition("/")
    model = weight_set(contents, set_id)
    found = elicited_of(contents, set_id)
    if isinstance(found, Elicited):
        if slash:
            raise PolicyOptionsError.of(
                "unknown-id", f"`{set_id}` has no participants", f"rank under {set_id}", ids=(set_id,)
            )
        return Weighting(id, set_id, model.title, model.holder, model.status, model, found.weights, found, model.date)
    people: Mapping[str, Participant] = {person.id: person for person in model.participants}
    if slash:
        if person_id not in people:
            raise PolicyOptionsError.of(
                "unknown-id",
                f"`{person_id}` is no participant of `{set_id}`",
                did_you_mean(person_id, people),
                ids=(person_id,),
            )
        person, one = people[person_id], found.participants[person_id]
        title, day = f"{model.title}: {person.name}", person.date or model.date
        return Weighting(id, set_id, title, person.name, model.status, model, one.weights, one, day)
    if found.weights is None:
        raise PolicyOptionsError.of(
            "not-combined",
            f"`{set_id}` holds {len(people)} participants and names no rule that combines them",
            f"rank under one, such as {set_id}/{next(iter(people))}, or write combine: with mean, geometric or median",
            ids=(set_id,),
            place=contents.weight_sets[set_id].tree.place(("participants",), key=True),
        )
    return Weighting(id, set_id, model.title, model.holder, model.status, model, found.weights, None, model.date, found)
