"""Scenarios against the rest of the dossier: what they override, their likelihoods, their signposts, and what changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from math import isclose
from typing import Final

from policy_options.dossier.checking.references import claim_faults, unknown_id
from policy_options.dossier.checking.scores import ends_of, faults_of_score
from policy_options.dossier.contents import OPTIONS, SCENARIOS, Contents, Entry
from policy_options.dossier.futures import Override, overrides, scenario_ids
from policy_options.dossier.models.base import UNKNOWN
from policy_options.dossier.models.option import Score
from policy_options.dossier.models.scenario import REFERENCE, Scenario
from policy_options.dossier.models.signpost import Signpost
from policy_options.dossier.reading import Tree
from policy_options.dossier.validation import did_you_mean
from policy_options.errors import Fault, Place, as_written

__all__ = ["MOST_SCENARIOS", "scenario_faults", "scenario_findings"]

Path = tuple[str | int, ...]

MOST_SCENARIOS: Final = 40
"""Scenarios from which on there are more than anybody can tell apart."""


def scenario_faults(contents: Contents, broken: set[str]) -> list[Fault]:
    """Errors of scenarios and of the decision's signposts. Criteria with a broken scale are passed over."""
    found = [fault for entry in contents.scenarios.values() for fault in _of_one(contents, entry, broken)]
    if contents.decision_file is not None:
        found += _reference(contents)
        tree = contents.decision.tree
        for index, signpost in enumerate(contents.decision.model.signposts):
            found += _threshold(contents, tree, ("signposts", index), signpost)
        found += _likelihoods(contents)
    return found


def _reference(contents: Contents) -> Iterator[Fault]:
    entry = contents.scenarios.get(REFERENCE)
    left_out = not contents.decision.model.reference_scenario
    if entry is not None and left_out:
        yield Fault(
            "reference-left-out",
            "the decision leaves the reference out of the scenarios, and there is a file for it",
            "delete the file, or write reference-scenario: true in the decision",
            (REFERENCE,),
            entry.tree.place(()),
        )
    if entry is not None and (entry.model.scores or entry.model.all_):
        key = "scores" if entry.model.scores else "all"
        yield Fault(
            "reference-changed",
            f"`{REFERENCE}` is the future that the options are scored for, and changes no score",
            "change the scores in options/, or give this scenario another id",
            (REFERENCE,),
            entry.tree.place((key,), key=True),
        )
    if left_out and not contents.scenarios:
        yield Fault(
            "reference-left-out",
            "the decision leaves the reference out of the scenarios, and there is no other",
            f"write one in {SCENARIOS}/, or delete reference-scenario:",
            (REFERENCE,),
            contents.decision.tree.place(("reference-scenario",)),
        )


def _of_one(contents: Contents, entry: Entry[Scenario], broken: set[str]) -> Iterator[Fault]:
    model, tree = entry.model, entry.tree
    for index, driver in enumerate(model.drivers):
        yield from claim_faults(contents, tree, ("drivers", index, "evidence"), driver.evidence or ())
    for index, signpost in enumerate(model.signposts):
        path: Path = ("signposts", index)
        yield from claim_faults(contents, tree, (*path, "evidence"), signpost.evidence or ())
        yield from signpost_ids(contents, tree, path, signpost)
        yield from _threshold(contents, tree, path, signpost)
    known = contents.known[OPTIONS]
    for option, scores in model.scores.items():
        if option not in known:
            yield unknown_id(option, "option", known, tree, ("scores", option), key=True)
        for criterion, score in scores.items():
            path = ("scores", option, criterion)
            yield from _criterion(contents, tree, criterion, path)
            yield from claim_faults(contents, tree, (*path, "evidence"), score.evidence or ())
    for criterion, change in model.all_.items():
        yield from _criterion(contents, tree, criterion, ("all", criterion))
        yield from claim_faults(contents, tree, ("all", criterion, "evidence"), change.evidence or ())
    told: set[Path] = set()
    for override in overrides(contents, entry):
        if override.criterion in contents.leaves and override.criterion not in broken and override.path not in told:
            found = list(_score(contents, entry, override))
            if found and override.path[0] == "all":
                told.add(override.path)  # one change, and not one fault for every option
            yield from found


def _criterion(contents: Contents, tree: Tree, name: str, path: Path) -> Iterator[Fault]:
    if contents.criteria_file is None or name in contents.leaves:
        return
    if name in contents.groups:
        yield Fault(
            "score-on-group",
            f"`{name}` is a group; scores are given on its criteria",
            did_you_mean(name, contents.leaves),
            (name,),
            tree.place(path, key=True),
        )
    else:
        yield unknown_id(name, "criterion", contents.leaves, tree, path, key=True)


def _score(contents: Contents, entry: Entry[Scenario], override: Override) -> Iterator[Fault]:
    """One override on the scale of its criterion; a local scale keeps the ends that the reference gives it."""
    criterion = contents.leaves[override.criterion][0]
    ids = (entry.id, override.option, override.criterion)
    if override.score is None:
        yield _not_moved(contents, entry, override)
        return
    change = entry.model.all_[override.criterion] if override.path[0] == "all" else None
    key = change.relative if change is not None else None
    found = list(faults_of_score(entry.tree, ids, override.path, criterion, override.score))
    if found and change is not None and key is not None:
        amount = as_written(change.amount)
        yield Fault(
            "score-off-scale",
            f"{key}: {amount} takes `{override.option}` off the scale of `{override.criterion}`",
            f"write the score of `{override.option}` under scores:, or a smaller change",
            ids,
            entry.tree.place((*override.path, key)),
        )
        return
    yield from found
    if not found and criterion.scale.kind == "local":
        yield from _off_local(contents, entry, override)


def _not_moved(contents: Contents, entry: Entry[Scenario], override: Override) -> Fault:
    """Why ``by`` or ``times`` cannot move a score: it is unknown, has a distribution, or is a level that is not there."""
    score = contents.options[override.option].model.scores[override.criterion]
    ids = (entry.id, override.option, override.criterion)
    key = entry.model.all_[override.criterion].relative or "by"
    place = entry.tree.place((*override.path, key))
    name = f"the score of `{override.option}` on `{override.criterion}`"
    remedy = f"write the score of `{override.option}` under scores:"
    if score.likely == UNKNOWN:
        what = "add to" if key == "by" else "multiply"
        return Fault(f"{key}-unknown", f"{name} is unknown, and {key}: has nothing to {what}", remedy, ids, place)
    if score.distribution is not None:
        message = f"{name} has a distribution, which {key}: does not move"
        return Fault(f"{key}-distribution", message, remedy, ids, place)
    if key == "times":
        return Fault(
            "times-on-levels",
            f"`{override.criterion}` has levels, which no factor multiplies",
            "write by: with so many levels up or down, or likely: with a level",
            ids,
            place,
        )
    return Fault(
        "score-off-scale",
        f"by: takes {name} to no level of it",
        f"{remedy}, or a smaller whole number of levels",
        ids,
        place,
    )


def _off_local(contents: Contents, entry: Entry[Scenario], override: Override) -> Iterator[Fault]:
    bounds = [
        float(bound)
        for option in contents.options.values()
        if override.criterion in option.model.scores
        for score in (option.model.scores[override.criterion],)
        for bound in (score.low, score.likely, score.high)
        if isinstance(bound, float)
    ]
    assert override.score is not None
    mine = [b for b in (override.score.low, override.score.likely, override.score.high) if isinstance(b, float)]
    if bounds and any(not min(bounds) <= bound <= max(bounds) for bound in mine):
        yield Fault(
            "score-off-scale",
            f"the scale of `{override.criterion}` is local and runs from {as_written(min(bounds))} to "
            f"{as_written(max(bounds))}, which this score leaves",
            "give the criterion a global scale with described ends",
            (entry.id, override.option, override.criterion),
            entry.tree.place(override.path),
        )


def signpost_ids(contents: Contents, tree: Tree, path: Path, signpost: Signpost) -> Iterator[Fault]:
    """The option and the criterion of a signpost, if the dossier does not have them."""
    options = contents.known[OPTIONS]
    if options and signpost.option is not None and signpost.option not in options:
        yield unknown_id(signpost.option, "option", options, tree, (*path, "option"))
    if contents.leaves and signpost.criterion is not None and signpost.criterion not in contents.leaves:
        yield unknown_id(signpost.criterion, "criterion", contents.leaves, tree, (*path, "criterion"))


def _threshold(contents: Contents, tree: Tree, path: Path, signpost: Signpost) -> Iterator[Fault]:
    """A threshold on a criterion is a performance that can be reached: on its scale, and in whole steps where it has steps."""
    if signpost.threshold is None or signpost.criterion not in contents.leaves:
        return
    criterion = contents.leaves[signpost.criterion][0]
    place = (*path, "threshold")
    ids = (signpost.criterion,)
    for fault in faults_of_score(tree, ids, path, criterion, Score(likely=signpost.threshold)):
        yield Fault(fault.code, fault.message, fault.remedy, ids, tree.place(place))
        return
    if criterion.step is None or not isinstance(signpost.threshold, float):
        return
    low, _ = ends_of(criterion)
    steps = (signpost.threshold - low) / criterion.step
    if not isclose(steps, round(steps), abs_tol=1e-9):
        nearest = [low + criterion.step * whole for whole in (int(steps), int(steps) + 1)]
        yield Fault(
            "threshold-between-steps",
            f"{as_written(signpost.threshold)} {criterion.unit} is never seen: `{criterion.id}` comes in steps of "
            f"{as_written(criterion.step)}",
            f"write {as_written(nearest[0])} or {as_written(nearest[1])}",
            ids,
            tree.place(place),
        )


def _likelihoods(contents: Contents) -> Iterator[Fault]:
    """Likelihoods that cannot sum to one, with the fewest scenarios that contradict one another."""
    names = scenario_ids(contents)
    judged = {
        name: contents.scenarios[name].model.likelihood
        for name in names
        if name in contents.scenarios and contents.scenarios[name].model.likelihood is not None
    }
    if not judged:
        return
    from policy_options.analysis.scenarios.intervals import contradiction  # few dossiers judge likelihoods

    lows = [found.low / 100 if (found := judged.get(name)) else 0.0 for name in names]
    highs = [found.high / 100 if (found := judged.get(name)) else 1.0 for name in names]
    wrong = contradiction(lows, highs)
    if wrong is None:
        return
    ids = tuple(names[index] for index in wrong.scenarios)
    listed = ", ".join(f"`{name}`" for name in ids)
    total = as_written(float(f"{100 * wrong.total:.12g}"))
    last = contents.scenarios[ids[-1]]
    if wrong.end == "low":
        said = f"at their least, the likelihoods of {listed} already sum to {total} per cent, more than 100"
        remedy = "lower one of these"
    else:
        said = f"at their most, the likelihoods of {listed} sum to {total} per cent, less than 100"
        remedy = "raise one of these, or add the scenario that is missing"
    yield Fault("likelihoods-contradict", said, remedy, ids, last.tree.place(("likelihood",)))


def scenario_findings(contents: Contents) -> list[Fault]:
    """Scenarios and overrides that change nothing, two that are the same, scores known in one alone, and too many scenarios."""
    found = [fault for entry in contents.scenarios.values() for fault in _without_effect(contents, entry)]
    found += _twice(contents)
    found += _settled(contents)
    if len(contents.scenarios) > MOST_SCENARIOS:
        found.append(
            Fault(
                "many-scenarios",
                f"there are {len(contents.scenarios)} scenarios, more than anybody can tell apart; all are computed",
                "keep those that lead to different decisions, three to six as a rule",
                (),
                Place(SCENARIOS),
                "finding",
            )
        )
    return found


def _core(score: Score) -> tuple[object, ...]:
    low = score.likely if score.low is None else score.low
    high = score.likely if score.high is None else score.high
    return (low, score.likely, high, score.distribution)


def _without_effect(contents: Contents, entry: Entry[Scenario]) -> Iterator[Fault]:
    if entry.id == REFERENCE:
        return
    differing = 0
    for override in overrides(contents, entry):
        if override.score is None:
            continue
        reference = contents.options[override.option].model.scores[override.criterion]
        if _core(reference) != _core(override.score):
            differing += 1
        elif override.path[0] == "scores":
            yield Fault(
                "override-without-effect",
                f"the score of `{override.option}` on `{override.criterion}` is the same in `{entry.id}` as in the reference",
                "delete it, or write what differs",
                (entry.id, override.option, override.criterion),
                entry.tree.place(override.path),
                "finding",
            )
    if not differing:
        yield Fault(
            "scenario-without-effect",
            f"`{entry.id}` changes no score, and is the reference under another name",
            "write the scores that differ, or delete it",
            (entry.id,),
            entry.tree.place(()),
            "finding",
        )


def _twice(contents: Contents) -> Iterator[Fault]:
    seen: dict[frozenset[object], str] = {}
    for entry in contents.scenarios.values():
        whole = frozenset(
            (override.option, override.criterion, repr(_core(override.score)))
            for override in overrides(contents, entry)
            if override.score is not None
        )
        if whole and whole in seen:
            yield Fault(
                "scenario-twice",
                f"`{entry.id}` has the same scores as `{seen[whole]}`",
                "write what differs, or delete one of the two",
                (entry.id, seen[whole]),
                entry.tree.place(()),
                "finding",
            )
        seen.setdefault(whole, entry.id)


def _settled(contents: Contents) -> Iterator[Fault]:
    """Scores that nobody knows in the reference, and that one scenario gives a number."""
    for entry in contents.scenarios.values():
        for override in overrides(contents, entry):
            if override.score is None or override.score.unknown:
                continue
            if contents.options[override.option].model.scores[override.criterion].unknown:
                yield Fault(
                    "unknown-in-the-reference",
                    f"`{override.option}` on `{override.criterion}` is unknown in the reference, and a number in `{entry.id}`",
                    "give the score in options/ too, or write unknown here",
                    (entry.id, override.option, override.criterion),
                    entry.tree.place(override.path),
                    "finding",
                )
