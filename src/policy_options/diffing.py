"""Which comparisons a question stands for: two sets, several against one of them, or sets in two versions of a dossier."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policy_options.analysis.comparison.across import Across, across
from policy_options.analysis.comparison.comparing import Comparison, compare
from policy_options.api import Dossier
from policy_options.dossier.eliciting import Weighting
from policy_options.dossier.validation import did_you_mean
from policy_options.errors import Fault, PolicyOptionsError

if TYPE_CHECKING:
    from policy_options.analysis.packages.changes import PackageChange

__all__ = ["Diff", "diff_of_sets", "diff_of_versions"]


@dataclass(frozen=True, eq=False)
class Diff:
    """Comparisons, and what the faces need to name both sides of each.

    ``versions`` names the two versions of a dossier, ``None`` standing for the present files; it is ``None`` where weight sets
    of one version are compared. ``across`` holds the sets together where there are more than two. ``asked`` are pairs of options
    whose gap is to be explained whether or not their order changed. ``appeared`` and ``vanished`` are weight sets that
    only one version has.
    """

    before: Dossier
    after: Dossier
    comparisons: tuple[Comparison, ...]
    versions: tuple[str | None, str | None] | None = None
    across: Across | None = None
    asked: tuple[tuple[str, str], ...] = ()
    appeared: tuple[str, ...] = ()
    vanished: tuple[str, ...] = ()

    @property
    def has_changes(self) -> bool:
        """Whether any pair that is shown has another order, or others come first: a new option, or one for want of a rival."""
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
        """What makes a weight set that is compared stale, each once, with its version where there are two."""
        before, after = self.versions or (None, None)
        sides = [
            (version, finding)
            for one in self.comparisons
            for dossier, ranking, version in ((self.before, one.before, before), (self.after, one.after, after))
            for finding in dossier.stale(ranking.weights.id)
        ]
        return tuple(dict.fromkeys(sides))

    def packages(self, comparison: Comparison) -> PackageChange | None:
        """Which package is best on either side; ``None`` where a version says nothing of packages."""
        if self.before.contents.packages_file is None or self.after.contents.packages_file is None:
            return None
        from policy_options.analysis.packages.changes import package_change  # many dossiers have none

        sides = ((self.before, comparison.before), (self.after, comparison.after))
        return package_change(*(dossier.packages(ranking.weights) for dossier, ranking in sides))

    def held_before(self, comparison: Comparison) -> Weighting:
        """Whose the weights of the first side are."""
        return self.before.weighting(comparison.before.weights.id)

    def held_after(self, comparison: Comparison) -> Weighting:
        """Whose the weights of the second side are."""
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
        PolicyOptionsError: fewer than two sets; a set or an option of ``asked`` that there is not.
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
    others.remove(first)  # once: a set may be compared with itself, from which it does not differ
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
