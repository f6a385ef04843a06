"""Packages, scenarios and cross-checks for the weights of the page: the reports that the commands print, with forms."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from policy_options.errors import PolicyOptionsError
from policy_options.reports.cross_check import CrossCheckReport
from policy_options.reports.packages import PackagesReport
from policy_options.reports.report import Report, View
from policy_options.reports.scenarios import ScenariosReport
from policy_options.web.asking import Asking
from policy_options.web.rendering import Shown, shown_section
from policy_options.web.screen import Screen, set_titles, worded
from policy_options.web.state import State
from policy_options.wording.titles import node_titles

__all__ = ["checks", "packages", "scenarios"]


def _sections(report: Report, screen: Screen) -> list[Shown]:
    """The sections of a report with titles instead of ids."""
    worded(report, screen.phrases)
    families = (screen.titles, node_titles(screen.dossier.problem), set_titles(screen.dossier))
    return [shown_section(each, screen.phrases, *families) for each in report.sections(View(drawn=True))]


async def scenarios(request: Request) -> Response:
    """All scenarios side by side: leaders, values, regret, break-even likelihoods and signposts."""
    asking = Asking.of(request)
    if not asking.live.dossier.scenario_ids:
        raise HTTPException(404)
    screen = asking.screen

    def made() -> list[Shown]:
        found = screen.dossier.scenarios(screen.vector if asking.state.shares else screen.held.id)
        return _sections(ScenariosReport(dossier=screen.dossier, scenarios=found), screen)

    parts = await run_in_threadpool(made)
    return asking.page("scenarios", asking.phrases.say("explore.nav.scenarios"), here="scenarios", parts=parts)


async def checks(request: Request) -> Response:
    """What other methods of ranking say of the first option, and which of their assumptions differ."""
    asking = Asking.of(request)
    screen = asking.screen

    def made() -> list[Shown]:
        found = screen.dossier.cross_check(screen.vector if asking.state.shares else screen.held.id)
        return _sections(CrossCheckReport(dossier=screen.dossier, found=found), screen)

    parts = await run_in_threadpool(made)
    return asking.page("results", asking.phrases.say("explore.nav.checks"), here="checks", parts=parts)


async def packages(request: Request) -> Response:
    """What to do together: options in and out, capacities, the best packages, and what the present one lacks."""
    asking = Asking.of(request)
    file = asking.live.dossier.contents.packages_file
    if file is None:
        raise HTTPException(404)
    query = request.query_params
    if "choose" in query:
        return asking.to("packages", _chosen(asking))
    screen, state = asking.screen, asking.state

    def made() -> tuple[list[Shown], str]:
        found = screen.dossier.packages(
            screen.vector if state.shares else screen.held.id,
            capacities=dict(state.capacities),
            inside=state.inside,
            outside=state.outside,
            package=state.package,
        )
        lacking = ""
        if state.package is not None:
            looked = found.looked_at
            lacking = asking.phrases.say(
                "explore.packages.lacking",
                gap=asking.phrases.numbers.points(looked.gap),
                best=asking.phrases.listing(found.titles(found.recommended))
                or asking.phrases.say("explore.packages.nothing"),
            )
        return _sections(
            PackagesReport(dossier=screen.dossier, found=found, explain=state.package is not None), screen
        ), lacking

    refused: Sequence[str] = ()
    parts: list[Shown] = []
    lacking = ""
    try:
        parts, lacking = await run_in_threadpool(made)
    except PolicyOptionsError as error:
        refused = [f"{fault.message}; {fault.remedy}" for fault in error.faults]
    baseline = asking.live.dossier.contents.decision.model.baseline
    chosen = dict(state.capacities)
    return asking.page(
        "packages",
        asking.phrases.say("explore.nav.packages"),
        here="packages",
        options=[(one.id, one.title) for one in screen.dossier.problem.options if one.id != baseline],
        resources=[
            (
                one.id,
                one.title,
                one.unit,
                _plain(chosen.get(one.id, one.capacity[0])),
                _plain(max(2 * max(one.capacity), 1.0)),
            )
            for one in file.model.resources
        ],
        parts=parts,
        refused=refused,
        lacking=lacking,
    )


def _plain(number: float) -> str:
    return f"{number:g}"


def _chosen(asking: Asking) -> State:
    """The state that the form of the page gives."""
    query = asking.request.query_params
    contents = asking.live.dossier.contents
    options = list(contents.options)
    inside = tuple(one for one in options if query.get(f"o.{one}") == "in")
    outside = tuple(one for one in options if query.get(f"o.{one}") == "out")
    assert contents.packages_file is not None
    capacities = []
    for one in contents.packages_file.model.resources:
        text = query.get(f"c.{one.id}", "").strip().replace(",", ".")
        try:
            amount = float(text) if text else one.capacity[0]
        except ValueError:
            raise PolicyOptionsError.of("capacity-unread", f"`{text[:40]}` is no capacity", "write a number") from None
        if amount != one.capacity[0]:
            capacities.append((one.id, amount))
    package = tuple(one for one in options if f"p.{one}" in query) if query.get("look") == "1" else None
    return asking.state.but(inside=inside, outside=outside, capacities=tuple(capacities), package=package)
