"""The public facade: a dossier, and what the layers below compute from it. It contains no logic."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from policy_options.analysis.assessment import Assessment, assess
from policy_options.analysis.problem import Problem, WeightVector
from policy_options.analysis.ranking import Ranking, rank
from policy_options.dossier.building import build_problem
from policy_options.dossier.contents import Contents
from policy_options.dossier.eliciting import Weighting, weight_set, weighting
from policy_options.dossier.loading import CheckReport, check, load_contents
from policy_options.dossier.models.weight_set import WeightSet
from policy_options.dossier.origins import Folder
from policy_options.errors import Fault, PolicyOptionsError

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from policy_options.analysis.acceptability.sampled import Progress
    from policy_options.analysis.comparison.across import Across
    from policy_options.analysis.comparison.comparing import Comparison
    from policy_options.analysis.crosscheck.checking import CrossCheck
    from policy_options.analysis.diagnostics import ObjectiveWeights
    from policy_options.analysis.no_preferences import WithoutPreferences
    from policy_options.analysis.overview import Overview
    from policy_options.analysis.packages.choosing import Packages
    from policy_options.analysis.robustness import Robustness
    from policy_options.analysis.scenarios.scenarios import Scenarios, Sign
    from policy_options.dossier.models.signpost import Signpost

__all__ = ["Dossier"]


class Dossier:
    """A dossier that has been read and checked.

    Use ``Dossier.load`` or ``Dossier.at_revision`` to make one. A dossier does not change; results are computed on
    request.

    Parameters
    ----------
    contents
        What was read from the files of the dossier.
    scenario
        The scenario that the contents are in, if ``in_scenario`` made them.
    reference
        The dossier that they were made from, whose ends local scales keep.

    Examples
    --------
    >>> from policy_options import Dossier
    >>> dossier = Dossier.load(".")
    >>> dossier
    <Dossier japan-central-asia: 6 options>
    >>> dossier.rank("balanced").in_order[0]
    'regulatory-alignment'
    """

    def __init__(self, contents: Contents, *, scenario: str | None = None, reference: Dossier | None = None) -> None:
        self.contents = contents
        self.scenario = scenario
        self._reference = reference

    @classmethod
    def load(cls, folder: str | PathLike[str] = ".", *, named: bool = False) -> Dossier:
        """Read the dossier in a folder.

        Parameters
        ----------
        folder
            The folder that contains ``criteria/`` and ``options/``.
        named
            Whether the place of every error names the folder too.

        Returns
        -------
        Dossier
            The dossier, without errors. It may have findings; see ``check``.

        Raises
        ------
        PolicyOptionsError
            The dossier has errors. The exception has every error of every file, each with its place and remedy.

        Examples
        --------
        >>> from policy_options import Dossier
        >>> Dossier.load(".")
        <Dossier japan-central-asia: 6 options>
        """
        return cls(load_contents(Folder(Path(folder), named=named)))

    @classmethod
    def at_revision(cls, folder: str | PathLike[str], revision: str) -> Dossier:
        """Read the dossier of a folder as it is in a git revision.

        The files in the folder are not touched, and nothing is checked out.

        Parameters
        ----------
        folder
            The folder of the dossier, inside a git repository.
        revision
            A revision that git understands, such as ``HEAD~1``, a tag or a commit.

        Returns
        -------
        Dossier
            The dossier at that revision.

        Raises
        ------
        PolicyOptionsError
            Git is not installed, the revision does not exist, it contains no dossier, or the dossier has errors, each
            with the revision.

        Examples
        --------
        >>> from policy_options import Dossier
        >>> earlier = Dossier.at_revision(".", "HEAD")
        >>> Dossier.load(".").compare(None, None, earlier=earlier).measures.tau_b
        1.0
        """
        from policy_options.dossier.revisions import revision_read  # most dossiers are read from disk

        with revision_read(Path(folder), revision) as origin:
            return cls(load_contents(origin))

    def __repr__(self) -> str:
        return f"<Dossier {self.contents.decision.model.id}: {len(self.contents.options)} options>"

    @cached_property
    def problem(self) -> Problem:
        """Options, criteria and performances, with named axes.

        Returns
        -------
        Problem
            The decision problem that all results are computed from.

        Examples
        --------
        >>> from policy_options import Dossier
        >>> problem = Dossier.load(".").problem
        >>> len(problem.option_ids), len(problem.criterion_ids)
        (6, 11)
        """
        return build_problem(self.contents, None if self._reference is None else self._reference.problem)

    @property
    def scenario_ids(self) -> tuple[str, ...]:
        """The ids of the scenarios, the reference first unless the decision leaves it out.

        Returns
        -------
        tuple of str
            The ids, as ``in_scenario`` takes them; none if the dossier has no scenario.

        Examples
        --------
        >>> from policy_options import Dossier
        >>> Dossier.load(".").scenario_ids
        ('reference', 'blocs-harden', 'corridor-works', 'japan-follows-through', 'tokyo-says-no')
        """
        from policy_options.dossier.futures import scenario_ids  # most results need no scenario

        return scenario_ids(self.contents)

    def in_scenario(self, id: str) -> Dossier:
        """The dossier as it is in one of its scenarios.

        Parameters
        ----------
        id
            A scenario, or ``reference``.

        Returns
        -------
        Dossier
            The same dossier with the scores of the scenario, for ``rank``, ``robustness`` and the other methods.

        Raises
        ------
        PolicyOptionsError
            There is no such scenario.

        Examples
        --------
        >>> from policy_options import Dossier
        >>> Dossier.load(".").in_scenario("blocs-harden").rank("balanced").in_order[0]
        'carry-on'
        """
        from policy_options.dossier.futures import contents_in

        whole = self._reference or self
        return Dossier(contents_in(whole.contents, id), scenario=id, reference=whole)

    def scenarios(self, weights: str | WeightVector | None = None) -> Scenarios:
        """Compare the options over all scenarios.

        Every part is computed when it is first asked for.

        Parameters
        ----------
        weights
            As for ``rank``.

        Returns
        -------
        Scenarios
            Leaders, regret, break-even likelihoods, what moves the lead, packages where the dossier has them, and what to
            do once a signpost shows.

        Raises
        ------
        PolicyOptionsError
            The dossier has no scenario, or as for ``rank``.

        Examples
        --------
        >>> from policy_options import Dossier
        >>> found = Dossier.load(".").scenarios("balanced")
        >>> found.leaders.at("balanced", "blocs-harden")
        ('carry-on',)
        >>> found.regret.choice, round(float(found.regret.largest.min()), 1)
        (('regulatory-alignment',), 0.2)
        >>> found.break_even.loc["blocs-harden", "above"]
        'carry-on'
        >>> found.packages.problem.names(found.packages.advice)
        ('consolidate-advantages', 'regulatory-alignment')
        """
        from policy_options.analysis.scenarios.scenarios import (  # a single ranking needs none of these
            Future,
            Scenarios,
        )
        from policy_options.dossier.futures import (
            REFERENCE,
            judged_likelihoods,
            package_problem,
            signs_of,
            titles_of,
        )

        whole = self._reference or self
        vector = whole._vector(weights)
        names = whole.scenario_ids
        titles = titles_of(whole.contents)
        there = {name: whole.in_scenario(name) for name in names}
        futures = tuple(
            Future(name, *titles[name], one.problem, package_problem(one.contents, one.problem))
            for name, one in there.items()
        )
        stale = tuple(name for name in whole.weight_sets if whole.stale(name))
        sets = {name: whole.weights(name) for name in whole.weight_sets if name not in stale}
        options = whole.contents.options
        return Scenarios(
            futures,
            vector,
            tuple(sets.values()) if vector.id in sets else (vector, *sets.values()),
            whole.contents.decision.model.seed,
            judged=judged_likelihoods(whole.contents),
            signs=signs_of(whole.contents),
            irreversible=frozenset(name for name, entry in options.items() if not entry.model.reversible),
            stale=stale,
            put_first=whole.assess(vector).first if REFERENCE in names else None,
            reference=REFERENCE if REFERENCE in names else None,
        )

    def signpost(self, sign: Sign) -> Signpost:
        """A signpost by its place.

        Parameters
        ----------
        sign
            A place as ``scenarios`` gives it.

        Returns
        -------
        Signpost
            What is watched, the threshold, by when, by whom, and what then.

        Examples
        --------
        >>> from policy_options import Dossier
        >>> dossier = Dossier.load(".")
        >>> dossier.signpost(dossier.scenarios().signs[0]).threshold
        2.0
        """
        holder = self.contents.decision if sign.scenario is None else self.contents.scenarios[sign.scenario]
        return holder.model.signposts[sign.index]

    @property
    def weight_sets(self) -> tuple[str, ...]:
        """The ids of all weights that options can be ranked under.

        The decision's default comes first, the others follow by name. A set of several participants without a rule to
        combine them is replaced by each participant, in the form ``set/participant``.

        Returns
        -------
        tuple of str
            The ids, as ``rank``, ``weights`` and the other methods take them.

        Examples
        --------
        >>> from policy_options import Dossier
        >>> Dossier.load(".").weight_sets[:3]
        ('balanced', 'border-province', 'briefing-order')
        """
        default = self.contents.decision.model.weights
        found = []
        for name in sorted(self.contents.weight_sets, key=lambda name: (name != default, name)):
            people = self.contents.weight_sets[name].model.participants
            if people and self.contents.weight_sets[name].model.combine is None:
                found += [f"{name}/{person.id}" for person in people]
            else:
                found.append(name)
        return tuple(found)

    def weighting(self, id: str | None = None) -> Weighting:
        """Whose weights an id refers to, and how they were derived.

        Parameters
        ----------
        id
            A weight set, or one of its participants as ``set/participant``; by default the decision's set.

        Returns
        -------
        Weighting
            The weights with their holder, status, date and method.

        Raises
        ------
        PolicyOptionsError
            There is no such set or participant, or the set names no rule to combine its participants.

        Examples
        --------
        >>> from policy_options import Dossier
        >>> found = Dossier.load(".").weighting("supply-security")
        >>> found.title, found.status
        ('Supply security first', 'illustrative')
        """
        return weighting(self.contents, self.contents.decision.model.weights if id is None else id)

    def weight_set(self, id: str) -> WeightSet:
        """A weight set as written in its file.

        Parameters
        ----------
        id
            The id of the weight set.

        Returns
        -------
        WeightSet
            The judgements and who gave them, not the weights derived from them.

        Raises
        ------
        PolicyOptionsError
            There is no such set.

        Examples
        --------
        >>> from policy_options import Dossier
        >>> found = Dossier.load(".").weight_set("balanced")
        >>> found.method, found.judgements["partner-trust"]
        ('points', 12.0)
        """
        return weight_set(self.contents, id)

    def weights(self, id: str | None = None) -> WeightVector:
        """The weights of a set or of a participant.

        Parameters
        ----------
        id
            A weight set, or one of its participants as ``set/participant``; by default the decision's set.

        Returns
        -------
        WeightVector
            One weight for each criterion; they sum to 1.

        Raises
        ------
        PolicyOptionsError
            There is no such set or participant, or the set names no rule to combine its participants.

        Examples
        --------
        >>> from policy_options import Dossier
        >>> weights = Dossier.load(".").weights("balanced")
        >>> round(float(weights.share("partner-trust")), 4)
        0.12
        """
        return self.weighting(id).weights

    def _vector(self, weights: str | WeightVector | None) -> WeightVector:
        return weights if isinstance(weights, WeightVector) else self.weights(weights)

    def rank(self, weights: str | WeightVector | None = None) -> Ranking:
        """Rank the options.

        Parameters
        ----------
        weights
            The id of a weight set, or a weight vector such as ``what_if`` gives; by default the decision's set.

        Returns
        -------
        Ranking
            Ranks, values and contributions; ``table`` has them as a DataFrame.

        Raises
        ------
        PolicyOptionsError
            There is no such set or participant, or the set names no rule to combine its participants.

        Examples
        --------
        >>> from policy_options import Dossier
        >>> dossier = Dossier.load(".")
        >>> ranking = dossier.rank("balanced")
        >>> ranking.in_order[:2]
        ('regulatory-alignment', 'consolidate-advantages')
        >>> round(float(ranking.value("regulatory-alignment")), 1)
        53.0
        >>> ranking.table["rank"].tolist()
        [1, 2, 3, 4, 5, 6]
        """
        return rank(self.problem, self._vector(weights))

    def what_if(self, weights: str | None, *edits: str, take_from: str | None = None) -> WeightVector:
        """Change the weights of a set, without changing a file.

        Parameters
        ----------
        weights
            The id of a weight set; ``None`` is the decision's set.
        *edits
            Changes in per cent of total weight: ``cost=30``, ``cost+=5``, ``cost-=5`` or ``cost*=2``, for a criterion or a
            group. The other weights keep their proportions.
        take_from
            The one criterion that gives or takes the difference.

        Returns
        -------
        WeightVector
            The changed weights, for ``rank``, ``assess``, ``compare`` or ``robustness``.

        Raises
        ------
        PolicyOptionsError
            A change cannot be read or applied.

        Examples
        --------
        >>> from policy_options import Dossier
        >>> dossier = Dossier.load(".")
        >>> changed = dossier.what_if("balanced", "assured-supply=30")
        >>> round(float(changed.share("assured-supply")), 4)
        0.3
        >>> dossier.rank(changed).in_order[0]
        'consolidate-advantages'
        """
        from policy_options.analysis.reweighting import read_edits  # a ranking without a what-if needs neither
        from policy_options.dossier.changing import changed_weights

        return changed_weights(self.contents, self.weights(weights), read_edits(edits), take_from=take_from)

    def assess(self, weights: str | WeightVector | None = None) -> Assessment:
        """Rank the options, and judge the ranking.

        Parameters
        ----------
        weights
            As for ``rank``.

        Returns
        -------
        Assessment
            The ranking with close pairs, dominance, red lines, leads over the baseline, and cost against value.

        Raises
        ------
        PolicyOptionsError
            As for ``rank``.

        Examples
        --------
        >>> from policy_options import Dossier
        >>> found = Dossier.load(".").assess("balanced")
        >>> found.baseline, found.threshold
        ('carry-on', 2.0)
        >>> found.first
        'regulatory-alignment'
        """
        decision = self.contents.decision.model
        return assess(
            self.problem,
            self._vector(weights),
            baseline=decision.baseline,
            threshold=decision.thresholds.too_close_to_call,
        )

    def robustness(
        self,
        weights: str | WeightVector | None = None,
        *,
        band: float | None = None,
        error: float = 0.001,
        samples: int | None = None,
        seconds: float = 600.0,
        most_samples: int | None = None,
        seed: int | None = None,
        exact: bool = False,
        locked: tuple[str, ...] = (),
        executor: Executor | None = None,
        progress: Progress | None = None,
    ) -> Robustness:
        """Examine how firm the ranking under a weight set is.

        Every part is computed on first use.

        Parameters
        ----------
        weights
            As for ``rank``.
        band
            The share by which each weight may differ, such as 0.25. By default the weights tried are the region that the
            set's judgements leave open or, if they leave none, the decision's band.
        error
            The 95% half-width required of sampled shares.
        samples
            A number of samples, instead of ``error``.
        seconds
            The time that ``error`` may take; a sample that would take longer is refused.
        most_samples
            A number of samples at which sampling ends with whatever error it has reached.
        seed
            The seed of the samples; by default the decision's.
        exact
            Whether to compute shares exactly where that is possible but slow.
        locked
            Criteria and groups whose weight stays fixed while the others are moved one by one.
        executor
            Any executor of ``concurrent.futures`` to do the sampling; it does not change the digits.
        progress
            A function called as the sample grows.

        Returns
        -------
        Robustness
            The verdict, shares, stability intervals, least changes, and what moves the lead.

        Raises
        ------
        PolicyOptionsError
            Fewer than two options are left to compare, the band is not valid, or a locked id does not exist.

        Examples
        --------
        >>> from policy_options import Dossier
        >>> firm = Dossier.load(".").robustness("balanced", samples=4096)
        >>> firm.verdict.kind
        'fragile'
        >>> firm.nearest_change.option, firm.nearest_change.criterion, firm.nearest_change.to
        ('regulatory-alignment', 'say-in-rules', 4.5)
        >>> round(float(firm.stability.table.loc["assured-supply", "leader_high"]), 3)
        0.188
        """
        from policy_options.analysis.acceptability.sampled import Precision  # a ranking needs none of these
        from policy_options.analysis.robustness import RobustnessSettings, robustness
        from policy_options.dossier.building import thresholds_of, uncertainty_of
        from policy_options.dossier.validation import did_you_mean
        from policy_options.dossier.weights_around import weights_around

        for id in locked:
            if id not in self.contents.leaves and id not in self.contents.groups:
                known = (*self.contents.leaves, *self.contents.groups)
                raise PolicyOptionsError.of(
                    "unknown-id", f"`{id}` is no criterion and no group", did_you_mean(id, known), ids=(id,)
                )
        vector = self._vector(weights)
        open_ = self.weighting(weights).elicited if not isinstance(weights, WeightVector) else None
        settings = RobustnessSettings(
            thresholds=thresholds_of(self.contents),
            uncertainty=uncertainty_of(self.contents),
            seed=self.contents.decision.model.seed if seed is None else seed,
            precision=Precision(error, samples, seconds, most_samples),
            exact=exact,
            locked=locked,
            executor=executor,
            progress=progress,
        )
        return robustness(self.assess(vector), weights_around(self.contents, vector, open_, band), settings)

    def packages(
        self,
        weights: str | WeightVector | None = None,
        *,
        capacities: Mapping[str, float] | None = None,
        inside: Iterable[str] = (),
        outside: Iterable[str] = (),
        package: Iterable[str] | None = None,
        count: int = 10,
        cautious: bool = False,
    ) -> Packages:
        """Find what to do together: the best packages that rules and capacities admit.

        Every part is computed when it is first asked for.

        Parameters
        ----------
        weights
            As for ``rank``.
        capacities
            Capacities by resource, instead of those of the dossier.
        inside, outside
            Options that are forced into every package, and out of it.
        package
            A package to look at instead of the best: its options.
        count
            How many packages to list; those that tie with the last are listed too.
        cautious
            Whether packages must keep to capacities at high uses instead of likely ones.

        Returns
        -------
        Packages
            The best packages, the frontier of each resource, the core index of each option, regret and prices.

        Raises
        ------
        PolicyOptionsError
            The dossier says nothing of packages, no package is admitted, one leaves a scale and nothing says what that
            means, or there is no such option, resource or set.

        Examples
        --------
        >>> from policy_options import Dossier
        >>> found = Dossier.load(".").packages("balanced")
        >>> found.table["options"][0]
        ('consolidate-advantages', 'regulatory-alignment')
        >>> round(float(found.table["gap"][1]), 1)
        2.9
        >>> found.frontier.loc[found.frontier["resource"] == "agenda-items", "use"].tolist()
        [0.0, 1.0, 2.0, 3.0]
        >>> found.core.loc["regulatory-alignment", "standing"]
        'borderline'
        """
        from policy_options.dossier.packaging import chosen_packages  # a ranking needs none of these
        from policy_options.dossier.weights_around import weights_around

        vector = self._vector(weights)
        open_ = self.weighting(weights).elicited if not isinstance(weights, WeightVector) else None
        return chosen_packages(
            self.contents,
            self.problem,
            vector,
            region=weights_around(self.contents, vector, open_, None),
            sets=[self.weights(name) for name in self.weight_sets if not self.stale(name)],
            capacities=capacities or {},
            inside=inside,
            outside=outside,
            package=package,
            count=count,
            cautious=cautious,
        )

    def cross_check(self, weights: str | WeightVector | None = None, methods: Iterable[str] = ()) -> CrossCheck:
        """Ask whether other methods of ranking keep the first option first, and which of their assumptions differ.

        Parameters
        ----------
        weights
            As for ``rank``.
        methods
            Names of methods, such as ``topsis``; by default all of them.

        Returns
        -------
        CrossCheck
            Of each method its order, its agreement with the additive order, what turns the pair that matters most, and
            which options reorder the others by their presence.

        Raises
        ------
        PolicyOptionsError
            There is no such set or method, or fewer than two options are left to compare.

        Examples
        --------
        >>> from policy_options import Dossier
        >>> found = Dossier.load(".").cross_check("balanced", ["topsis", "borda"])
        >>> [(one.method.name, one.standing, one.firsts) for one in found.checked]
        [('topsis', 'lost', ('consolidate-advantages',)), ('borda', 'kept', ('regulatory-alignment',))]
        >>> turn = found.checked[0].turn
        >>> turn.better, turn.worse, turn.alone
        ('regulatory-alignment', 'consolidate-advantages', ('rescaling',))
        """
        from policy_options.analysis.crosscheck.checking import cross_check  # a ranking needs none of this

        return cross_check(self.assess(weights), tuple(methods))

    def spread_weights(self) -> tuple[tuple[ObjectiveWeights, ...], tuple[PolicyOptionsError, ...]]:
        """Weights derived from the spread of the scores alone, which are diagnostics and nobody's preferences.

        Returns
        -------
        tuple
            The weights by each method that gives any, and the refusals of the others.

        Examples
        --------
        >>> from policy_options import Dossier
        >>> found, refused = Dossier.load(".").spread_weights()
        >>> [fault.code for error in refused for fault in error.faults if fault.code != "extra-missing"]
        ['merec-not-positive']
        """
        from policy_options.analysis.diagnostics import derivable_weights  # a ranking needs none of this

        return derivable_weights(self.problem)

    def without_preferences(
        self,
        *,
        error: float = 0.001,
        samples: int | None = None,
        seconds: float = 600.0,
        seed: int | None = None,
        exact: bool = False,
        executor: Executor | None = None,
        progress: Progress | None = None,
    ) -> WithoutPreferences:
        """Examine what can be concluded without any weights.

        This is SMAA-2 over every possible distribution of weight, with scores drawn from their ranges.

        Parameters
        ----------
        error, samples, seconds, seed, exact, executor, progress
            As for ``robustness``.

        Returns
        -------
        WithoutPreferences
            How often each option comes first, at which ranks, and under which weights on average.

        Raises
        ------
        PolicyOptionsError
            Fewer than two options are left to compare.

        Examples
        --------
        >>> from policy_options import Dossier
        >>> found = Dossier.load(".").without_preferences(samples=1024)
        >>> sorted(found.never(found.at_likely))
        ['third-party-cooperation']
        """
        from policy_options.analysis.acceptability.sampled import Precision  # a ranking needs none of these
        from policy_options.analysis.no_preferences import without_preferences
        from policy_options.analysis.robustness import RobustnessSettings
        from policy_options.dossier.building import uncertainty_of

        settings = RobustnessSettings(
            uncertainty=uncertainty_of(self.contents),
            seed=self.contents.decision.model.seed if seed is None else seed,
            precision=Precision(error, samples, seconds),
            exact=exact,
            executor=executor,
            progress=progress,
        )
        return without_preferences(self.problem, settings)

    def overview(self) -> Overview:
        """Rank the options under every weight set.

        Returns
        -------
        Overview
            The rankings, who leads under each set, and who is best on each criterion.

        Examples
        --------
        >>> from policy_options import Dossier
        >>> found = Dossier.load(".").overview()
        >>> len(found.rankings)
        12
        """
        return self.overview_of(self.weight_sets)

    def overview_of(self, weights: Iterable[str]) -> Overview:
        """Rank the options under some weight sets or participants.

        Parameters
        ----------
        weights
            Their ids.

        Returns
        -------
        Overview
            As ``overview`` gives for all sets.

        Raises
        ------
        PolicyOptionsError
            There is no such set or participant, or a set names no rule to combine its participants.

        Examples
        --------
        >>> from policy_options import Dossier
        >>> found = Dossier.load(".").overview_of(["balanced", "supply-security"])
        >>> [ranking.in_order[0] for ranking in found.rankings]
        ['regulatory-alignment', 'consolidate-advantages']
        """
        from policy_options.analysis.overview import overview  # a single ranking does not need this

        return overview(self.problem, [self.weights(name) for name in weights])

    def compare(
        self,
        before: str | WeightVector | None,
        after: str | WeightVector | None,
        *,
        earlier: Dossier | None = None,
        top: int | None = None,
    ) -> Comparison:
        """Show what changes from one weight set to another, and exactly why.

        Parameters
        ----------
        before, after
            Ids of weight sets, or weight vectors; ``None`` is the decision's set.
        earlier
            An earlier version of the dossier, in which ``before`` is looked up and ranked.
        top
            List only options of at most this rank on either side.

        Returns
        -------
        Comparison
            Changed orders, what moved each gap, the path between the two sets, and measures of agreement.

        Raises
        ------
        PolicyOptionsError
            There is no such set, or the versions have no option in common.

        Examples
        --------
        >>> from policy_options import Dossier
        >>> found = Dossier.load(".").compare("balanced", "supply-security")
        >>> round(float(found.measures.tau_b), 3)
        0.333
        >>> len(found.orders)
        5
        >>> gap = found.explain("consolidate-advantages", "regulatory-alignment")
        >>> round(float(gap.change), 1), abs(sum(part.points for part in gap.parts) - gap.change) < 1e-12
        (7.3, True)
        """
        from policy_options.analysis.comparison.comparing import compare  # a single ranking needs none

        return compare((earlier or self).rank(before), self.rank(after), top=top)

    def across(self, weights: Iterable[str] | None = None) -> Across:
        """Measure how far the rankings under several weight sets agree.

        Parameters
        ----------
        weights
            Ids of weight sets; by default all of them.

        Returns
        -------
        Across
            The spread of ranks, pairs that all sets order alike, the two sets furthest apart, and regret.

        Raises
        ------
        PolicyOptionsError
            There is no such set or participant, or a set names no rule to combine its participants.

        Examples
        --------
        >>> from policy_options import Dossier
        >>> apart = Dossier.load(".").across().division
        >>> apart.first, apart.second, apart.criterion
        ('briefing-order', 'fiscal-restraint', 'public-outlay')
        """
        from policy_options.analysis.comparison.across import across

        names = self.weight_sets if weights is None else tuple(weights)
        return across([self.rank(name) for name in names], stale=[name for name in names if self.stale(name)])

    def stale(self, weights: str) -> tuple[Fault, ...]:
        """List what has changed in the ranges of a weight set since its judgements were given.

        Parameters
        ----------
        weights
            The id of a weight set or participant.

        Returns
        -------
        tuple of Fault
            One finding for each change; empty if the set is not stale.

        Examples
        --------
        >>> from policy_options import Dossier
        >>> Dossier.load(".").stale("balanced")
        ()
        """
        name = weights.partition("/")[0]
        return tuple(f for f in self.contents.findings if f.code == "weights-stale" and f.ids[0] == name)

    @property
    def file_findings(self) -> tuple[Fault, ...]:
        """Open findings about files that may contain more than was read.

        These are text that YAML did not read as text, and files that are not read at all.

        Returns
        -------
        tuple of Fault
            The findings that the decision does not acknowledge.

        Examples
        --------
        >>> from policy_options import Dossier
        >>> Dossier.load(".").file_findings
        ()
        """
        accepted = {fault for fault, _ in self.check().acknowledged} if self.contents.of_files else set()
        return tuple(finding for finding in self.contents.of_files if finding not in accepted)

    def check(self, sources: str | PathLike[str] | None = None) -> CheckReport:
        """Report findings and counts.

        Parameters
        ----------
        sources
            A folder with the text of each source as ``<source>.txt``, to compare the citations with.

        Returns
        -------
        CheckReport
            Open and acknowledged findings, and how many scores cite nothing.

        Examples
        --------
        >>> from policy_options import Dossier
        >>> report = Dossier.load(".").check()
        >>> report.scores, report.unsupported, report.findings
        (66, 46, ())
        """
        return check(self.contents, None if sources is None else Path(sources))
