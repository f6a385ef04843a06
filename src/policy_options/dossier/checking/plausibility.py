"""Doubtful entries: shares where the scale runs to 100, a dossier with one option, answers that do not fit others."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from policy_options.analysis.elicitation.deriving import implied_rating, shares_of_nodes
from policy_options.analysis.elicitation.results import Elicited
from policy_options.dossier.contents import OPTIONS, Contents
from policy_options.dossier.eliciting import paths_of
from policy_options.dossier.models.weight_set import WithAnswers
from policy_options.errors import Fault, Place, as_written

__all__ = ["MOST_APART", "plausibility_findings"]

MOST_APART: Final = 25.0
"""Points, on a scale where the swing is 100, by which the answer to a redundant question may differ from what the
weights imply.
"""


def plausibility_findings(contents: Contents) -> list[Fault]:
    """The findings, in the order of the files."""
    return [*_single_option(contents), *_like_shares(contents), *_cross_checks(contents)]


def _single_option(contents: Contents) -> Iterator[Fault]:
    if len(contents.options) == 1:
        (name,) = contents.options
        yield Fault(
            "single-option",
            f"`{name}` is the only option, and there is nothing to compare it with",
            f"write another in {OPTIONS}/, such as that of carrying on as now",
            (name,),
            Place(OPTIONS),
            "finding",
        )


def _like_shares(contents: Contents) -> Iterator[Fault]:
    if len(contents.options) < 2:
        return
    for name, (criterion, path, _) in contents.leaves.items():
        scale = criterion.scale
        if scale.low is None or scale.high is None or (scale.low.at, scale.high.at) != (0.0, 100.0):
            continue
        scores = [entry.model.scores[name] for entry in contents.options.values() if name in entry.model.scores]
        bounds = [
            bound
            for score in scores
            if not score.unknown
            for bound in (score.low, score.likely, score.high)
            if isinstance(bound, float)
        ]
        if bounds and all(0.0 <= bound <= 1.0 for bound in bounds) and any(0.0 < bound < 1.0 for bound in bounds):
            yield Fault(
                "scores-like-shares",
                f"every score on `{name}` is from 0 to 1, and its scale runs from 0 to 100 {criterion.unit}",
                "write 40 where 0.4 is meant as 40%, or let the scale run from 0 to 1",
                (name,),
                contents.criteria.tree.place((*path, "scale")),
                "finding",
            )


def _cross_checks(contents: Contents) -> Iterator[Fault]:
    paths = paths_of(contents)
    for name, found in contents.elicited.items():
        entry = contents.weight_sets[name]
        people: list[tuple[tuple[str, ...], tuple[str | int, ...], WithAnswers, Elicited]] = []
        if isinstance(found, Elicited):
            people.append(((name,), (), entry.model, found))
        else:
            people += [
                ((name, person.id), ("participants", index), person, found.participants[person.id])
                for index, person in enumerate(entry.model.participants)
            ]
        for ids, path, given, elicited in people:
            shares = shares_of_nodes(elicited.weights, paths)
            for index, check in enumerate(given.cross_checks):
                implied = implied_rating(shares, check.of, check.beside)
                if implied is not None and abs(check.said - implied) <= MOST_APART:
                    continue
                if implied is None and check.said == 0.0:
                    continue
                imply = (
                    f"give `{check.beside}` nothing"
                    if implied is None
                    else f"imply {as_written(float(f'{implied:.3g}'))}"
                )
                yield Fault(
                    "cross-check-apart",
                    f"`{'/'.join(ids)}` rated `{check.of}` {as_written(check.said)} with `{check.beside}` as 100, "
                    f"and the weights {imply}",
                    f"ask again: the two are more than {as_written(MOST_APART)} points apart",
                    (*ids, check.of, check.beside),
                    entry.tree.place((*path, "cross-checks", index, "said")),
                    "finding",
                )
