"""Two options next to each other with the smallest change that turns them round; and two weight sets compared."""

from __future__ import annotations

import numpy as np
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from policy_options.analysis.assessment import Assessment
from policy_options.analysis.ranking import rank
from policy_options.analysis.robustness import RobustnessSettings, robustness
from policy_options.diffing import Diff, diff_of_sets
from policy_options.dossier.building import thresholds_of, uncertainty_of
from policy_options.dossier.weights_around import weights_around
from policy_options.errors import PolicyOptionsError
from policy_options.reports.comparison import ComparisonReport
from policy_options.reports.report import Section, View
from policy_options.web.asking import Asking
from policy_options.web.rendering import shown_section
from policy_options.web.screen import Screen, set_titles, worded
from policy_options.wording.changes import nearest_sentences
from policy_options.wording.faults import fault_line
from policy_options.wording.performances import performance_cell
from policy_options.wording.table import Cell, Column, Table, known
from policy_options.wording.titles import node_titles, option_shorts

__all__ = ["compare", "pair"]


async def pair(request: Request) -> Response:
    """Two options, by default the first two in order."""
    asking = Asking.of(request)
    query = request.query_params
    if "one" in query and "two" in query:
        one, two = query["one"], query["two"]
        if one == two:
            raise PolicyOptionsError.of("option-twice", f"`{one}` is compared with itself", "choose two options")
        known_ids = asking.live.dossier.problem.option_ids
        if one in known_ids and two in known_ids:
            return asking.to("pair", asking.state.but(pair=(one, two)))
    screen = asking.screen
    ranking = screen.assessment.ranking
    chosen = asking.state.pair or (ranking.in_order[0], ranking.in_order[1])
    better, worse = sorted(chosen, key=ranking.in_order.index)
    options = [(option.id, option.title) for option in ranking.problem.options]
    return asking.page(
        "pair",
        asking.phrases.say("explore.pair.title", one=screen.titles[better], two=screen.titles[worse]),
        here="pair",
        options=options,
        chosen=(better, worse),
        parts=[shown_section(each, asking.phrases) for each in _pair_sections(screen, better, worse)],
    )


def _pair_sections(screen: Screen, better: str, worse: str) -> list[Section]:
    phrases, ranking = screen.phrases, screen.assessment.ranking
    say = phrases.say
    lead = ranking.lead(better, worse).points
    names: dict[str, object] = {"better": screen.titles[better], "worse": screen.titles[worse]}
    if lead is None:
        opening = say("explore.pair.open", **names)
    elif lead <= 1e-9:
        opening = say("explore.pair.tied", **names)
    else:
        opening = say("explore.pair.lead", points=phrases.numbers.points(lead), **names)
    turning = [*_turning(screen, better, worse), say("explore.pair.turning.note")]
    return [
        Section(notes=(opening,), key="opening"),
        Section(say("explore.pair.turning"), tuple(turning), key="turning"),
        Section(say("explore.pair.parts"), key="pair", table=_by_criterion(screen, better, worse)),
    ]


def _by_criterion(screen: Screen, better: str, worse: str) -> Table:
    """Performances, values and the part of the lead of each criterion, the largest gain first."""
    phrases, ranking = screen.phrases, screen.assessment.ranking
    problem = ranking.problem
    i, j = problem.option_index[better], problem.option_index[worse]
    shorts = {option.id: option.short for option in problem.options}
    columns = (
        Column("criterion", phrases.heading("criterion"), "text"),
        Column("weight", phrases.heading("weight"), "percent"),
        Column("first", shorts[better], "given"),
        Column("second", shorts[worse], "given"),
        Column("value", phrases.say("explore.pair.value", option=shorts[better]), "points"),
        Column("other", phrases.say("explore.pair.value", option=shorts[worse]), "points"),
        Column("part", phrases.say("explore.pair.part"), "lead"),
    )
    parts = ranking.contributions[i] - ranking.contributions[j]
    rows: list[tuple[Cell, ...]] = []
    order = np.argsort(-np.nan_to_num(parts), kind="stable").tolist()
    for column in order:
        axis = problem.criteria[column]
        rows.append(
            (
                axis.title,
                float(ranking.shares[column]),
                performance_cell(float(problem.likely[i, column]), axis.levels, phrases),
                performance_cell(float(problem.likely[j, column]), axis.levels, phrases),
                known(problem.values[i, column]),
                known(problem.values[j, column]),
                known(parts[column]),
            )
        )
    return Table(columns, tuple(rows))


def _turning(screen: Screen, better: str, worse: str) -> list[str]:
    """The smallest changes that put the other option ahead: those of a decision between these two alone."""
    dossier, state = screen.dossier, screen.state
    problem = dossier.problem.keeping((better, worse))
    thresholds = dossier.contents.decision.model.thresholds
    assessment = Assessment(rank(problem, screen.vector), None, thresholds.too_close_to_call)
    settings = RobustnessSettings(
        thresholds=thresholds_of(dossier.contents),
        uncertainty=uncertainty_of(dossier.contents),
        seed=dossier.contents.decision.model.seed,
        locked=state.locked,
    )
    try:
        firm = robustness(assessment, weights_around(dossier.contents, screen.vector, None, None), settings)
        said = nearest_sentences(firm, screen.phrases)
    except PolicyOptionsError as error:
        return [fault_line(error.faults[0])]
    return said or [screen.phrases.say("explore.pair.never")]


async def compare(request: Request) -> Response:
    """What differs from another set, and why: the same sections as ``diff`` prints."""
    asking = Asking.of(request)
    screen = asking.screen
    against = asking.state.against
    if against is None:
        names = asking.live.dossier.weight_sets
        own = screen.held.id
        against = own if asking.state.shares else next((name for name in names if name != own), own)
    diff, note = await run_in_threadpool(_diff, screen, against)
    report = worded(ComparisonReport(dossier=diff.after, diff=diff, titled=True), asking.phrases)
    families = (option_shorts(diff.after.problem), node_titles(diff.after.problem), set_titles(diff.after))
    parts = [shown_section(each, asking.phrases, *families) for each in report.sections(View(drawn=True))]
    return asking.page(
        "compare", asking.phrases.say("explore.compare.title"), here="compare", against=against, parts=parts, note=note
    )


def _diff(screen: Screen, against: str) -> tuple[Diff, str]:
    """The comparison; changed weights are compared as they would be saved."""
    from policy_options.web.keeping import kept

    dossier, used = kept(screen)
    if screen.state.scenario is not None:
        dossier = dossier.in_scenario(screen.state.scenario)
    if against == used:
        return diff_of_sets(dossier, (used, used)), screen.phrases.say("explore.compare.same")
    return diff_of_sets(dossier, (against, used)), ""
