"""What the main page shows for one state: the same results and sentences as the commands, arranged around the sliders."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from policy_options.analysis.assessment import Assessment
from policy_options.analysis.marks import Marks, marks
from policy_options.analysis.overview import overview
from policy_options.analysis.problem import WeightVector
from policy_options.analysis.robustness import Robustness
from policy_options.api import Dossier
from policy_options.dossier.eliciting import Weighting
from policy_options.dossier.futures import REFERENCE, titles_of
from policy_options.errors import Fault, PolicyOptionsError
from policy_options.reports.ranking_figures import contributions_figure
from policy_options.web.live import Live
from policy_options.web.marking import track
from policy_options.web.rendering import drawn
from policy_options.web.state import State, Tried, vector_of
from policy_options.wording.changes import change_sentence
from policy_options.wording.interview import describe
from policy_options.wording.phrases import Phrases
from policy_options.wording.sentences import ranking_notes, status_note
from policy_options.wording.titles import node_titles, option_shorts, option_titles

if TYPE_CHECKING:
    from policy_options.reports.report import Report

__all__ = ["Row", "Screen", "Slider", "set_titles", "worded"]


def worded(report: Report, phrases: Phrases) -> Report:
    """A report with phrases that are already read, which it would otherwise read from their file for each page."""
    vars(report)["phrases"] = phrases
    return report


def set_titles(dossier: Dossier) -> dict[str, str]:
    """Titles of weight sets."""
    return {name: dossier.weighting(name).title for name in dossier.weight_sets}


@dataclass(frozen=True, slots=True)
class Slider:
    """The slider of a criterion. ``value``, ``most`` and ``pinned`` are as a form has them: per cent with one decimal."""

    id: str
    title: str
    value: str
    most: str
    locked: bool
    fixed: bool
    marks: str
    track: Markup
    heads: tuple[tuple[int, str, str], ...]


@dataclass(frozen=True, slots=True)
class Row:
    """An option in the ranking."""

    rank: str
    id: str
    title: str
    value: str
    behind: str
    lead: str
    note: str


@dataclass(frozen=True, eq=False)
class Screen:
    """The page of a state. Everything is computed on first use, so that a part of the page costs only itself."""

    live: Live
    state: State
    public: bool = False

    @cached_property
    def dossier(self) -> Dossier:
        """The dossier with what-ifs, in the scenario."""
        return self.live.dossier_of(self.state)

    @property
    def phrases(self) -> Phrases:
        """The words of the dossier's language."""
        return self.live.phrases

    @cached_property
    def vector(self) -> WeightVector:
        """The weights on the page."""
        return vector_of(self.state, self.dossier)

    @cached_property
    def held(self) -> Weighting:
        """Whose weights they are, or began as."""
        return self.dossier.weighting(self.state.weights)

    @cached_property
    def assessment(self) -> Assessment:
        """The ranking on the page."""
        return self.dossier.assess(self.vector)

    def robustness(self, **settings: Any) -> Robustness:
        """How firm it is, with the locks of the page; an unchanged set keeps the region of its judgements."""
        weights = self.vector if self.state.shares else self.held.id
        return self.dossier.robustness(weights, locked=self.state.locked, **settings)

    @cached_property
    def firm(self) -> Robustness | None:
        """How firm it is; ``None`` where there is nothing to compare."""
        try:
            return self.robustness()
        except PolicyOptionsError:
            return None

    @cached_property
    def titles(self) -> dict[str, str]:
        """Titles of options."""
        return option_titles(self.dossier.problem)

    # The head of the page -----------------------------------------------------------------------------------------------

    @cached_property
    def weights_title(self) -> str:
        """The name of the weights, which says if they are changed."""
        say = self.phrases.say
        title = self.held.title
        return say("explore.weights.changed", weights=title) if self.state.shares else title

    @cached_property
    def weights_status(self) -> str:
        """Whether anybody was asked for them."""
        return self.phrases.say("what-if.status") if self.state.shares else status_note(self.held.status, self.phrases)

    @cached_property
    def scenario_title(self) -> str | None:
        """The title of the scenario that is chosen."""
        return None if self.state.scenario is None else titles_of(self.dossier.contents)[self.state.scenario][0]

    def tried_words(self, one: Tried) -> str:
        """A what-if in words."""
        contents = self.live.dossier.contents
        axis = self.dossier.problem.criterion(one.criterion)
        levels = dict(zip(axis.level_ids, axis.levels, strict=True)) if axis.levels else {}
        return self.phrases.say(
            "explore.what-if.one",
            option=self.titles[one.option],
            criterion=axis.short,
            value=levels.get(one.value, one.value),
            before=one.before(contents, self.phrases),
        )

    @cached_property
    def tried(self) -> tuple[tuple[str, State], ...]:
        """The what-ifs in words, each with the state without it."""
        return tuple(
            (self.tried_words(one), self.state.but(tried=tuple(other for other in self.state.tried if other != one)))
            for one in self.state.tried
        )

    @property
    def faults(self) -> tuple[Fault, ...]:
        """Errors in the files as they are now: the page shows the last dossier without errors."""
        return self.live.faults

    @cached_property
    def stale(self) -> tuple[Fault, ...]:
        """What has changed since the set's judgements were given."""
        return self.dossier.stale(self.held.id)

    # The ranking --------------------------------------------------------------------------------------------------------

    @cached_property
    def order(self) -> str:
        """The order in words, for a screen reader to say when it changes."""
        shorts = option_shorts(self.dossier.problem)
        ranking = self.assessment.ranking
        ids = ranking.problem.option_ids
        listed = self.phrases.rows(
            self.phrases.say("explore.announce.row", rank=int(ranking.ranks[row]), option=shorts[ids[row]])
            for row in ranking.order
        )
        return self.phrases.say("explore.announce", order=listed)

    @cached_property
    def ranked(self) -> tuple[Row, ...]:
        """The options in order."""
        numbers, assessment = self.phrases.numbers, self.assessment
        ranking, problem = assessment.ranking, assessment.ranking.problem
        tried = {each.option for each in self.state.tried}
        crossed = {each.option: each.status for each in assessment.red_lines.crossings}
        leads = assessment.leads_over_baseline
        rows = []
        first = ranking.order[0]
        for row in ranking.order:
            option = problem.options[row]
            lower, upper = float(ranking.lower[row]), float(ranking.upper[row])
            value = numbers.points(lower) if lower == upper else f"{numbers.points(lower)}–{numbers.points(upper)}"
            tied = int((ranking.ranks == ranking.ranks[row]).sum()) > 1
            notes = [
                *([self.phrases.say("explore.tied")] if tied else []),
                *([self.phrases.say("explore.what-if.mark")] if option.id in tried else []),
                *([self.phrases.say("explore.red-line.fails")] if crossed.get(option.id) == "fails" else []),
                *([self.phrases.say("explore.baseline")] if option.id == assessment.baseline else []),
            ]
            lead = leads.get(option.id)
            behind = ranking.lead(option.id, problem.options[first].id).points
            rows.append(
                Row(
                    str(int(ranking.ranks[row])),
                    option.id,
                    option.title,
                    value,
                    numbers.points(behind, signed=True),
                    "" if lead is None else numbers.points(lead.points, signed=True),
                    self.phrases.series(notes),
                )
            )
        return tuple(rows)

    @cached_property
    def figure(self) -> tuple[str, Markup]:
        """The contributions of each group: the finding and the chart."""
        found = contributions_figure(self.assessment, self.phrases)
        return found.title, drawn(found.svg)

    @cached_property
    def notes(self) -> list[str]:
        """Close pairs, red lines, dominance, and what else a reader of the ranking has to know."""
        return ranking_notes(self.assessment, self.phrases, self.titles)

    @cached_property
    def change(self) -> str:
        """What would change it, in one sentence."""
        return "" if self.firm is None else change_sentence(self.firm, self.phrases)

    @cached_property
    def sets(self) -> tuple[tuple[str, ...], tuple[tuple[str, bool, tuple[str, ...], str], ...]]:
        """The ranks under the weights of the page and under every saved set.

        Returns the short names of the options, and for each set its title, whether it is that of the page, the rank of
        each option and the status.
        """
        dossier, problem = self.dossier, self.dossier.problem
        names = dossier.weight_sets
        vectors = [self.vector, *(dossier.weights(name) for name in names)]
        found = overview(problem, vectors)
        held = {name: dossier.weighting(name) for name in names}
        rows = [
            (self.phrases.say("explore.sets.page"), True, _ranks(found.rankings[0].ranks.tolist()), self.weights_title)
        ]
        for name, ranking in zip(names, found.rankings[1:], strict=True):
            rows.append(
                (
                    held[name].title,
                    False,
                    _ranks(ranking.ranks.tolist()),
                    self.phrases.say_of("status", held[name].status),
                )
            )
        return tuple(option.short for option in problem.options), tuple(rows)

    # The sliders --------------------------------------------------------------------------------------------------------

    @cached_property
    def marked(self) -> dict[str, Marks]:
        """The marks of each criterion, with the locks of the page. Red lines and unknown scores are as for robustness."""
        ranking = self.assessment.ranking if self.firm is None else self.firm.known
        return {each.id: each for each in marks(ranking, locked=self.state.locked)}

    @cached_property
    def sliders(self) -> tuple[Slider, ...]:
        """The sliders in the order of the tree, each with the headings of the groups that begin with it."""
        problem = self.dossier.problem
        groups = node_titles(problem)
        shares = self.vector.along(problem.criterion_ids).tolist()
        above: tuple[str, ...] = ()
        found = []
        for axis, share in zip(problem.criteria, shares, strict=True):
            common = 0
            while common < min(len(above), len(axis.groups)) and above[common] == axis.groups[common]:
                common += 1
            heads = tuple(
                (level + 1, groups[name], self._weight_of(name, shares))
                for level, name in enumerate(axis.groups)
                if level >= common
            )
            above = axis.groups
            found.append(self._slider(axis.id, axis.title, share, heads))
        return tuple(found)

    @cached_property
    def swings(self) -> dict[str, tuple[str, tuple[str, ...]]]:
        """What is weighed, by criterion: the whole move in words, and what its ends mean."""
        say = self.phrases.say
        found = {}
        for id, about in describe(self.dossier.contents, self.dossier.problem, self.phrases).items():
            ends = (
                say("ask.range.worst", at=about.worst, means=about.worst_means),
                say("ask.range.best", at=about.best, means=about.best_means),
                *([say("ask.range.swing", swing=about.swing)] if about.swing else []),
            )
            found[id] = say("explore.swing", worst=about.worst, best=about.best, unit=about.unit), ends
        return found

    def _weight_of(self, group: str, shares: list[float]) -> str:
        total = sum(shares[column] for column in self.dossier.problem.columns_of(group))
        return self.phrases.numbers.percent(total)

    def _slider(
        self,
        id: str,
        title: str,
        share: float,
        heads: tuple[tuple[int, str, str], ...],
    ) -> Slider:
        mark = self.marked[id]
        locked = id in self.state.locked
        most = mark.most if mark.undefined is None else 1.0
        return Slider(
            id,
            title,
            _tenth(share),
            _tenth(most),
            locked,
            locked or mark.undefined == "the-rest-is-zero",
            self._mark_words(mark),
            drawn(track(mark)),
            heads,
        )

    def _mark_words(self, mark: Marks) -> str:
        """Where the leader changes as one moves the weight, and how often the order does."""
        say, numbers = self.phrases.say, self.phrases.numbers
        if mark.undefined is not None:
            return say("explore.marks.locked" if mark.undefined == "locked" else "explore.marks.undefined")
        shorts = option_shorts(self.dossier.problem)
        parts = []
        if not mark.leads:
            parts.append(say("explore.marks.never"))
        else:
            listed = [
                say(
                    "explore.marks.lead",
                    share=numbers.percent(stretch.low),
                    option=self.phrases.listing([shorts[one] for one in stretch.leaders]),
                )
                for stretch in mark.stretches
            ]
            parts.append(say("explore.marks.leads", leads=self.phrases.rows(listed)))
        low, high = mark.order
        parts.append(say("explore.marks.order", low=numbers.percent(low), high=numbers.percent(high)))
        return self.phrases.together(parts)

    @property
    def locks(self) -> str:
        """The criteria that are locked, in words."""
        names = node_titles(self.dossier.problem)
        return self.phrases.listing([names[name] for name in self.state.locked])

    @cached_property
    def choices(self) -> tuple[tuple[str, str], ...]:
        """The weight sets to begin from, by id, with their titles."""
        return tuple((name, self.dossier.weighting(name).title) for name in self.dossier.weight_sets)

    @cached_property
    def scenarios(self) -> tuple[tuple[str, str], ...]:
        """The scenarios to choose from; the reference first."""
        found = titles_of(self.live.dossier.contents)
        if not found:
            return ()
        usual = self.phrases.say("scenarios.reference")
        first = found.get(REFERENCE, (usual, usual))[0]
        titled = usual if first == REFERENCE else first
        return (("", titled), *((name, title) for name, (title, _) in found.items() if name != REFERENCE))


def _ranks(ranks: list[int]) -> tuple[str, ...]:
    return tuple(str(rank) for rank in ranks)


def _tenth(share: float) -> str:
    """Per cent with one decimal, as a form's number: the same text means that nobody touched it."""
    return f"{100.0 * share:.1f}"
