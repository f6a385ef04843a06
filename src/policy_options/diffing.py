"""The comparisons behind a question: two sets, several against one of them, or sets in two versions of a dossier."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from policy_options.analysis.comparison.across import Across, across
from policy_options.analysis.comparison.comparing import Comparison, compare
from policy_options.api import Dossier
from policy_options.dossier.eliciting import Weighting
from policy_options.dossier.futures import titles_of
from policy_options.dossier.validation import did_you_mean
from policy_options.errors import Fault, PolicyOptionsError

if TYPE_CHECKING:
    from policy_options.analysis.packages.changes import PackageChange

__all__ = ["Diff", "diff_of_scenarios", "diff_of_sets", "diff_of_versions"]


@dataclass(frozen=True, eq=False)
class Diff:
    """Comparisons, with what the faces need to name both sides of each.

    ``versions`` names the two versions of a dossier, ``None`` meaning the present files; it is ``None`` if weight sets
    of one version are compared. ``across`` has the analysis of all sets together if there are more than two. ``asked``
    are pairs of options whose gap is to be explained whether or not their order changed. ``appeared`` and ``vanished``
    are weight sets that only one version has. ``scenarios`` are the ids of two scenarios of one dossier, whose titles are
    then in ``versions``.
    """

    before: Dossier
    after: Dossier
    comparisons: tuple[Comparison, ...]
    versions: tuple[str | None, str | None] | None = None
    across: Across | None = None
    asked: tuple[tuple[str, str], ...] = ()
    appeared: tuple[str, ...] = ()
    vanished: tuple[str, ...] = ()
    scenarios: tuple[str, str] | None = None

    @property
    def has_changes(self) -> bool:
        """Whether any pair shown has a different order, or others come first, because of a new option or the loss of a
        rival.
        """
        return any(
            comparison.changed or set(comparison.top_before.first) != set(comparison.top_after.first)
            for comparison in self.comparisons
        )

    @property
    def close_within(self) -> float:
        """Value points within which two options are too close to call, by the decision of the second side."""
        return float(self.after.contents.decision.model.thresholds.too_close_to_call)

    @property
    def stale(self) -> tuple[tuple[str | None, Fault], ...]:
        """The reasons why a compared weight set is stale, each once, with its version if there are two."""
        before, after = self.versions or (None, None)
        sides = [
            (version, finding)
            for one in self.comparisons
            for dossier, ranking, version in ((self.before, one.before, before), (self.after, one.after, after))
            for finding in dossier.stale(ranking.weights.id)
        ]
        return tuple(dict.fromkeys(sides))

    def packages(self, comparison: Comparison) -> PackageChange | str | None:
        """Which package is best on either side, or why that is out of reach; ``None`` where a side says nothing of packages."""
        if self.before.contents.packages_file is None or self.after.contents.packages_file is None:
            return None
        from policy_options.analysis.packages.changes import package_change  # many dossiers have none

        sides = ((self.before, comparison.before), (self.after, comparison.after))
        try:
            return package_change(*(dossier.packages(ranking.weights) for dossier, ranking in sides))
        except PolicyOptionsError as error:
            return error.faults[0].message

    def held_before(self, comparison: Comparison) -> Weighting:
        """The holder of the weights of the first side."""
        return self.before.weighting(comparison.before.weights.id)

    def held_after(self, comparison: Comparison) -> Weighting:
        """The holder of the weights of the second side."""
        return self.after.weighting(comparison.after.weights.id)


def diff_of_sets(
    dossier: Dossier,
    weights: Sequence[str],
    *,
    base: str | None = None,
    asked: Sequence[tuple[str, str]] = (),
    top: int | None = None,
) -> Diff:
    """Compare weight sets of one dossier: each with ``base``, by default the first of them.

    Raises:
        PolicyOptionsError: fewer than two sets; an unknown set, or an unknown option in ``asked``.
    """
    names = [*weights] if base is None or (base in weights and len(weights) > 1) else [base, *weights]
    if len(names) < 2:
        raise PolicyOptionsError.of(
            "one-set",
            "there is one weight set, and nothing to compare it with",
            "name two, write another with policy-options weights new, or compare versions with --rev",
        )
    first = names[0] if base is None else base
    _refuse_unknown_pairs(asked, dossier)
    rankings = {name: dossier.rank(name) for name in names}  # once each, however many comparisons they are in
    others = list(names)
    others.remove(first)  # once: a set may be compared with itself, which shows no difference
    comparisons = tuple(compare(rankings[first], rankings[name], top=top) for name in others)
    stale = [name for name in rankings if dossier.stale(name)]
    together = across([*rankings.values()], stale=stale) if len(rankings) > 2 else None
    return Diff(dossier, dossier, comparisons, across=together, asked=tuple(asked))


def diff_of_versions(
    before: Dossier,
    after: Dossier,
    versions: tuple[str | None, str | None],
    weights: Sequence[str] = (),
    *,
    every: bool = False,
    asked: Sequence[tuple[str, str]] = (),
    top: int | None = None,
) -> Diff:
    """Compare versions of a dossier: under the sets named, under every set of both, or by default under each version's own.

    Raises:
        PolicyOptionsError: a set is not in both versions; no option is; a set is named twice.
    """
    appeared = tuple(name for name in after.weight_sets if name not in before.weight_sets)
    vanished = tuple(name for name in before.weight_sets if name not in after.weight_sets)
    names: Sequence[str | None] = weights or (None,)
    if every:
        names = [name for name in after.weight_sets if name not in appeared]
        if not names:
            raise PolicyOptionsError.of(
                "nothing-in-common", "the two versions have no weight set in common", "name versions that share some"
            )
    for name in {name for name in weights if weights.count(name) > 1}:
        raise PolicyOptionsError.of("set-twice", f"`{name}` is named twice", "name it once", ids=(name,))
    _refuse_unknown_pairs(asked, before, after)
    comparisons = tuple(after.compare(name, name, earlier=before, top=top) for name in names)
    return Diff(before, after, comparisons, versions, asked=tuple(asked), appeared=appeared, vanished=vanished)


def diff_of_scenarios(
    dossier: Dossier,
    first: str,
    second: str,
    weights: Sequence[str] = (),
    *,
    every: bool = False,
    asked: Sequence[tuple[str, str]] = (),
    top: int | None = None,
) -> Diff:
    """Compare two scenarios of a dossier: under the sets named, under every set, or by default under the decision's.

    Raises:
        PolicyOptionsError: there is no such scenario, or the same one twice; a set is named twice.
    """
    if first == second:
        raise PolicyOptionsError.of(
            "scenario-with-itself", f"`{first}` is compared with itself", "name two scenarios", ids=(first,)
        )
    sides = dossier.in_scenario(first), dossier.in_scenario(second)
    titles = {name: title for name, (title, _) in titles_of(dossier.contents).items()}
    found = diff_of_versions(*sides, (titles[first], titles[second]), weights, every=every, asked=asked, top=top)
    return replace(found, scenarios=(first, second))


def _refuse_unknown_pairs(asked: Sequence[tuple[str, str]], *dossiers: Dossier) -> None:
    for pair in asked:
        for name in pair:
            for dossier in dossiers:
                known = dossier.problem.option_ids
                if name not in known:
                    where = "this dossier" if len(dossiers) == 1 else "both versions"
                    raise PolicyOptionsError.of(
                        "unknown-id", f"`{name}` is no option of {where}", did_you_mean(name, known), ids=(name,)
                    )
        if pair[0] == pair[1]:
            raise PolicyOptionsError.of(
                "option-twice", f"`{pair[0]}` is compared with itself", "name two options", ids=pair
            )
