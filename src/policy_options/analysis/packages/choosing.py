"""What to do together: the best packages of a problem under a weight set, and everything that outputs say about them.

Every part is computed when it is first asked for, so that what a face does not show costs nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Literal

import numpy as np

from policy_options.analysis.additive import TIE
from policy_options.analysis.packages.adding import Added, Cut, order_of_adding, what_to_drop
from policy_options.analysis.packages.best import Listed, list_best
from policy_options.analysis.packages.frontier import Frontier, frontier
from policy_options.analysis.packages.performances import off_scale, performances_of
from policy_options.analysis.packages.prices import ForcedPrice, Regret, RulePrice, forced_prices, regrets, rule_prices
from policy_options.analysis.packages.problem import MOST_ENUMERATED, PackageProblem, Resource, Rule, members_of
from policy_options.analysis.packages.table import PackageTable, enumerate_packages
from policy_options.analysis.problem import WeightVector
from policy_options.errors import PolicyOptionsError

if TYPE_CHECKING:
    import pandas as pd

    from policy_options.analysis.packages.dominance import NonDominated
    from policy_options.analysis.packages.shares import PackageShares
    from policy_options.analysis.weight_region import WeightRegion

__all__ = ["Chosen", "PackageSettings", "Packages", "choose", "choose_of_many"]

OutOfReach = Literal["members", "region", "packages", "unknown"]


@dataclass(frozen=True, slots=True)
class PackageSettings:
    """How many packages to list, what was asked for on top of the rules, and how feasibility is judged.

    ``inside`` and ``outside`` are packages of members that are forced in and out; ``asked`` is a package to look at instead of
    the best; ``cautious`` judges capacities by high uses.
    """

    k: int = 10
    inside: int = 0
    outside: int = 0
    asked: int | None = None
    cautious: bool = False
    seed: int = 0

    @property
    def forced(self) -> tuple[Rule, ...]:
        """What was asked for, as rules."""
        kinds: tuple[tuple[Literal["always", "never"], int], ...] = (("always", self.inside), ("never", self.outside))
        return tuple(Rule(kind, members_of(package)) for kind, package in kinds if package)


@dataclass(frozen=True, slots=True)
class Chosen:
    """A package with its value. ``upper`` is what it may be worth where scores are unknown, else the value.

    ``gap`` is what the best is worth more; ``adds`` and ``drops`` are members that it has and the best has not, and the other way
    round; ``used`` runs along the resources.
    """

    package: int
    rank: int | None
    value: float
    upper: float
    gain: float
    gap: float
    adds: tuple[int, ...]
    drops: tuple[int, ...]
    used: tuple[Fraction, ...]


@dataclass(frozen=True, eq=False)
class Packages:
    """The packages of a problem under a weight set; ``every`` is ``None`` where they are too many to look at each.

    ``region`` are the weights around the set for robustness, ``sets`` those for regret.
    """

    problem: PackageProblem
    weights: WeightVector
    settings: PackageSettings
    listed: Listed
    every: PackageTable | None
    region: WeightRegion | None = None
    sets: tuple[WeightVector, ...] = ()

    @property
    def recommended(self) -> int:
        """The best package; of several that tie, the one of the fewest members."""
        return int(self.listed.packages[0])

    @property
    def package(self) -> int:
        """The package that is looked at: the one that was asked for, else the best."""
        return self.recommended if self.settings.asked is None else self.settings.asked

    @property
    def best_value(self) -> float:
        """What the best package is worth."""
        return float(self.listed.values[0])

    @cached_property
    def baseline_value(self) -> float:
        """What the empty package, the baseline, is worth."""
        return self.value(0)

    def value(self, package: int) -> float:
        """What a package is worth; its lower end where scores are unknown."""
        if self.every is not None:
            return float(self.every.overall[package])
        from policy_options.analysis.packages.many import overall_of  # of many members alone

        return overall_of(self.problem, self.weights, package)

    def used(self, resource: Resource, package: int) -> Fraction:
        """What a package uses of a resource."""
        uses = resource.uses(cautious=self.settings.cautious)
        return sum((uses[member] for member in members_of(package)), Fraction(0))

    def chosen(self, package: int, rank: int | None = None) -> Chosen:
        """A package as outputs show it."""
        value, best = self.value(package), self.recommended
        shares = None if self.every is None else self.every.open_share
        open_ = 0.0 if shares is None else 100.0 * float(shares[package])
        return Chosen(
            package,
            rank,
            value,
            value + open_,
            value - self.baseline_value,
            self.best_value - value,
            members_of(package & ~best),
            members_of(best & ~package),
            tuple(self.used(resource, package) for resource in self.problem.resources),
        )

    @cached_property
    def rows(self) -> tuple[Chosen, ...]:
        """The best packages in order."""
        pairs = zip(self.listed.packages.tolist(), self.listed.ranks.tolist(), strict=True)
        return tuple(self.chosen(package, rank) for package, rank in pairs)

    @cached_property
    def looked_at(self) -> Chosen:
        """The package that is looked at, with its rank where it is listed."""
        return next((row for row in self.rows if row.package == self.package), self.chosen(self.package))

    @property
    def keeps(self) -> bool:
        """Whether the package that is looked at keeps rules, capacities and red lines."""
        if self.every is not None:
            return bool(self.every.admitted[self.package])
        from policy_options.analysis.packages.many import keeps_all

        rules = (*self.problem.rules, *self.settings.forced)
        return keeps_all(self.problem, self.package, rules, cautious=self.settings.cautious)

    @cached_property
    def counts(self) -> dict[str, int | None]:
        """How many packages there are, keep the rules, keep the capacities too, are held at an end, and fail a red line."""
        total = 1 << len(self.problem.members)
        if self.every is None:
            return dict.fromkeys(("allowed", "admitted", "held", "failing", "could-be-best"), None) | {"all": total}
        every = self.every
        could = None
        if every.open_share is not None:
            ahead = every.admitted & (every.overall + 100.0 * every.open_share > self.best_value + TIE)
            could = int(ahead.sum()) - int(ahead[self.recommended])
        return {
            "all": total,
            "allowed": int(every.allowed.sum()),
            "admitted": int(every.admitted.sum()),
            "held": 0 if every.held is None else int((every.held & every.allowed).sum()),
            "failing": 0 if every.meets is None else int((~every.meets & (every.broken == 0)).sum()),
            "could-be-best": could,
            "named": None if every.named is None else int(every.named.sum()),
        }

    @cached_property
    def held_on(self) -> tuple[str, ...]:
        """The criteria at an end of which the package that is looked at is held."""
        found = performances_of(self.problem, np.array([self.package], dtype=np.int64))[0] if self.every else ()
        return tuple(
            axis.id
            for axis, how, at in zip(self.problem.problem.criteria, self.problem.combinations, found, strict=False)
            if how.beyond == "hold" and bool(off_scale(axis, np.array([at]))[0])
        )

    @cached_property
    def frontiers(self) -> dict[str, Frontier]:
        """By resource, every efficient package over all its capacities, the others at theirs; none where it is out of reach."""
        if self.every is None:
            return self._many_frontiers if isinstance(self._many_frontiers, dict) else {}
        return {resource.id: frontier(self.every, resource.id) for resource in self.problem.resources}

    @cached_property
    def _many_frontiers(self) -> dict[str, Frontier] | Literal["sum", "rules", "uses"]:
        from policy_options.analysis.packages.more_of_many import frontiers_of_many  # of many members alone

        settings = self.settings
        return frontiers_of_many(self.problem, self.weights, cautious=settings.cautious, forced=settings.forced)

    @property
    def no_frontier(self) -> Literal["sum", "rules", "uses"] | None:
        """What puts frontiers out of reach; ``None`` where nothing does."""
        if self.every is not None or not self.problem.resources or isinstance(self._many_frontiers, dict):
            return None
        return self._many_frontiers

    @cached_property
    def by_capacity(self) -> dict[str, tuple[tuple[Fraction, Chosen | None], ...]]:
        """By resource of several capacities, the best package under each, in rising order."""
        found = {}
        for resource in self.problem.resources:
            if len(resource.capacities) > 1 and resource.id in self.frontiers:
                steps = self.frontiers[resource.id].steps
                each = []
                for capacity in sorted(resource.capacities):
                    best = [step for step in steps if step.use <= capacity]
                    each.append((capacity, self.chosen(best[-1].packages[0]) if best else None))
                found[resource.id] = tuple(each)
        return found

    @cached_property
    def adding(self) -> tuple[Added, ...]:
        """In which order to add the members of the package that is looked at."""
        return () if self.every is None else order_of_adding(self.every, self.package)

    @cached_property
    def cuts(self) -> tuple[Cut, ...]:
        """What to drop from it if a capacity is cut."""
        return () if self.every is None else what_to_drop(self.every, self.package)

    @cached_property
    def _points(self) -> np.ndarray | None:
        from policy_options.analysis.packages.extreme_points import extreme_points

        region = None if self.region is None else self.region.along(self.problem.problem.criterion_ids)
        return None if region is None else extreme_points(region)

    @cached_property
    def non_dominated(self) -> NonDominated | OutOfReach:
        """The packages that none beats over the weights around the set and the ranges of scores, or what is out of reach."""
        if self.every is None:
            return "members"
        if self._points is None:
            return "region"
        from policy_options.analysis.packages.dominance import non_dominated

        found = non_dominated(self.problem, self.every.admitted, self._points)
        return "packages" if found is None else found

    @cached_property
    def shares(self) -> PackageShares | OutOfReach:
        """In what share of the ways of weighting each package is best, or what is out of reach."""
        if self.every is None:
            return "members"
        if self.every.open_share is not None:
            return "unknown"
        if self._points is None or self.region is None:
            return "region"
        from policy_options.analysis.packages.shares import package_shares

        region = self.region.along(self.problem.problem.criterion_ids)
        found = package_shares(self.problem, self.every.admitted, self._points, region, seed=self.settings.seed)
        return "packages" if found is None else found

    @cached_property
    def regrets(self) -> tuple[Regret, ...]:
        """The regret of the package that is looked at under each weight set."""
        settings = self.settings
        if self.every is None:
            return tuple(self._regret_of_many(weights) for weights in self.sets)
        return regrets(self.problem, self.package, self.sets, cautious=settings.cautious, forced=settings.forced)

    def _regret_of_many(self, weights: WeightVector) -> Regret:
        from policy_options.analysis.packages.many import best_of_many, overall_of

        forced = self.settings.forced
        best = best_of_many(self.problem, weights, 1, cautious=self.settings.cautious, forced=forced)
        value, most = overall_of(self.problem, weights, self.package), float(best.values[0])
        return Regret(weights.id, max(0.0, most - value), value, int(best.packages[0]), most)

    @cached_property
    def rule_prices(self) -> tuple[RulePrice, ...]:
        """What the best package would be worth more without each rule; of many members where branch and bound reaches."""
        if self.every is not None:
            return rule_prices(self.every)
        from policy_options.analysis.packages.more_of_many import rule_prices_of_many  # of many members alone

        settings = self.settings
        found = rule_prices_of_many(
            self.problem, self.weights, self.best_value, cautious=settings.cautious, forced=settings.forced
        )
        return found or ()

    @cached_property
    def forced_prices(self) -> tuple[ForcedPrice, ...]:
        """What it costs to have each option in, or out, other than the best package has it; of many members where branch and
        bound reaches."""
        if self.every is not None:
            return forced_prices(self.every)
        from policy_options.analysis.packages.more_of_many import forced_prices_of_many  # of many members alone

        settings = self.settings
        found = forced_prices_of_many(
            self.problem,
            self.weights,
            self.recommended,
            self.best_value,
            cautious=settings.cautious,
            forced=settings.forced,
        )
        return found or ()

    @property
    def effects_in(self) -> tuple[int, ...]:
        """The effects (by their place) that apply in the package that is looked at."""
        package = self.package
        return tuple(
            place
            for place, effect in enumerate(self.problem.effects)
            if all(package >> member & 1 for member in effect.members)
        )

    def titles(self, package: int) -> tuple[str, ...]:
        """The titles of the members of a package."""
        return tuple(self.problem.members[member].title for member in members_of(package))

    @property
    def table(self) -> pd.DataFrame:
        """One row a package, best first: rank, options, value, gap to the best, and what it uses of each resource."""
        import pandas as pd

        return pd.DataFrame(
            [
                {
                    "rank": row.rank,
                    "options": self.problem.names(row.package),
                    "value": row.value,
                    "gain": row.gain,
                    "gap": row.gap,
                    **{resource.id: float(use) for resource, use in zip(self.problem.resources, row.used, strict=True)},
                }
                for row in self.rows
            ]
        )

    @property
    def frontier(self) -> pd.DataFrame:
        """One row a step of each resource's frontier: use, value, the package, and whether it is on the convex hull."""
        import pandas as pd

        return pd.DataFrame(
            [
                {
                    "resource": name,
                    "use": float(step.use),
                    "value": step.value,
                    "options": self.problem.names(step.packages[0]),
                    "tied": step.tied,
                    "on hull": step.on_hull,
                    "contains the last": step.nested,
                }
                for name, found in self.frontiers.items()
                for step in found.steps
            ],
            columns=["resource", "use", "value", "options", "tied", "on hull", "contains the last"],
        )

    @property
    def core(self) -> pd.DataFrame:
        """One row an option: its core index and whether it is core, borderline or exterior.

        Raises:
            PolicyOptionsError: it is out of reach.
        """
        import pandas as pd

        found = self.non_dominated
        if isinstance(found, str):
            raise PolicyOptionsError.of(
                "packages-out-of-reach",
                f"packages cannot be compared over the weights around the set: too many {found}",
                "leave options out, or judge the weights more narrowly",
            )
        rows = range(len(self.problem.members))
        return pd.DataFrame(
            {
                "core index": [float(index) for index in found.core_index],
                "standing": [found.standing(member) for member in rows],
            },
            index=pd.Index(self.problem.ids, name="option"),
        )


def choose(
    problem: PackageProblem,
    weights: WeightVector,
    settings: PackageSettings,
    *,
    region: WeightRegion | None = None,
    sets: Sequence[WeightVector] = (),
) -> Packages:
    """The best packages, by looking at each where there are up to 22 members, and by proof beyond.

    Raises:
        PolicyOptionsError: rules and capacities admit no package; a package leaves a scale and nothing says what that means; a
            criterion is out of reach of what proves the best of many.
    """
    if len(problem.members) > MOST_ENUMERATED:
        return choose_of_many(problem, weights, settings, region=region, sets=sets)
    every = enumerate_packages(problem, weights, cautious=settings.cautious, forced=settings.forced)
    listed = list_best(every.overall, every.admitted, settings.k)
    if not len(listed.packages):
        raise _no_package(problem, settings, allowed=bool(every.allowed.any()))
    return Packages(problem, weights, settings, listed, every, region, tuple(sets))


def choose_of_many(
    problem: PackageProblem,
    weights: WeightVector,
    settings: PackageSettings,
    *,
    region: WeightRegion | None = None,
    sets: Sequence[WeightVector] = (),
) -> Packages:
    """The same without looking at every package, of up to 200 members."""
    from policy_options.analysis.packages.many import best_of_many  # few problems are so large

    listed = best_of_many(problem, weights, settings.k, cautious=settings.cautious, forced=settings.forced)
    if not len(listed.packages):
        raise _no_package(problem, settings, allowed=False)
    return Packages(problem, weights, settings, listed, None, region, tuple(sets))


def _no_package(problem: PackageProblem, settings: PackageSettings, *, allowed: bool) -> PolicyOptionsError:
    if not allowed:
        from policy_options.analysis.packages.rules import contradiction

        rules = (*problem.rules, *settings.forced)
        places = contradiction(rules)
        named = ", ".join(
            f"{rules[place].kind} {' '.join(problem.ids[m] for m in rules[place].members)}" for place in places
        )
        why = f"these contradict one another: {named}" if places else "red lines or capacities leave none"
        return PolicyOptionsError.of("no-package", f"no package keeps the rules; {why}", "delete or loosen one of them")
    capacities = ", ".join(f"{float(one.capacity):g} of `{one.id}`" for one in problem.resources)
    return PolicyOptionsError.of(
        "no-package", f"no package that keeps the rules fits: {capacities}", "raise a capacity, or loosen a rule"
    )
