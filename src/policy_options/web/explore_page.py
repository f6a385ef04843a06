"""The main page, its parts while a slider moves, and the robustness that follows."""

from __future__ import annotations

import asyncio
from threading import Event
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response

from policy_options.errors import PolicyOptionsError
from policy_options.reports.robustness_opening import opening_sections
from policy_options.web.asking import Asking
from policy_options.web.rendering import shown_section
from policy_options.web.screen import Screen
from policy_options.web.state import State, moved, read_state
from policy_options.wording.faults import fault_line

__all__ = ["change", "explore", "robustness", "version"]

MOST_SAMPLES: Final = 131_072
"""Samples at which the shares of a page end, with whatever error they have reached, which the page says."""
AT_ONCE: Final = 2
"""Robustness computations at the same time: more would only make each other slower."""


class SupersededError(Exception):
    """The page that asked has gone, or asks something else."""


async def explore(request: Request) -> Response:
    """The page. A form without a script sends its fields here, and is sent on to the state that they give."""
    asking = Asking.of(request)
    query = request.query_params
    if "at" in query or "reset" in query:
        return asking.to("", _of_form(asking))
    robustness = None
    if "robustness" in query:
        robustness = await run_in_threadpool(_robustness, asking.screen, None, asking)
    screen = asking.screen
    return asking.page("explore", screen.dossier.contents.decision.model.title, here="explore", robustness=robustness)


def _of_form(asking: Asking) -> State:
    """The state that the fields of the form give: only what was touched moves."""
    query = asking.request.query_params
    fields = [(key, value) for key, value in query.multi_items() if key not in ("from", "at", "reset")]
    fields = [(key, value) for key, value in fields if not key.startswith(("n.", "r."))]
    state = read_state(fields, asking.live.dossier)
    begun = query.get("from") or None
    if "reset" in query:
        return state.but(shares=(), tried=(), locked=())
    if (state.weights or "") != (begun or ""):
        return state.but(shares=())
    before = dict(part.split(":", 1) for part in query["at"].split(",") if ":" in part)
    moves: dict[str, float] = {}
    for name in asking.live.dossier.problem.criterion_ids:
        for key in (f"r.{name}", f"n.{name}"):
            text = query.get(key, "").strip()
            # Browsers write the same number in their own way: 11 for 11.0.
            if text and text != before.get(name) and _percent(text) != _percent(before.get(name, "0")):
                moves[name] = _percent(text)
    if not moves:
        return state
    return moved(
        state.but(locked=tuple(name for name in state.locked if name not in moves)), asking.live.dossier, moves
    ).but(locked=state.locked)


def _percent(text: str) -> float:
    try:
        found = float(text.replace(",", ".").rstrip("% "))
    except ValueError:
        found = -1.0
    if not 0.0 <= found <= 100.0:
        raise PolicyOptionsError.of(
            "percent", f"`{text[:40]}` is no weight", "write per cent of total weight, between 0 and 100"
        )
    return found


async def change(request: Request) -> Response:
    """The parts of the page after a move, or for another state."""
    asking = Asking.of(request)
    query = request.query_params
    state = asking.state
    if "move" in query:
        state = moved(state, asking.live.dossier, {query["move"]: _percent(query.get("to", ""))})
    screen = Screen(asking.live, state, asking.place.public)
    asking = Asking(asking.place, request)
    vars(asking).update(state=state, screen=screen)
    return HTMLResponse(asking.part("parts", problem=""))


async def robustness(request: Request) -> Response:
    """How firm the ranking is: what ``robustness`` prints first; 202 asks to come back, as others are being computed.

    It ends early if nobody waits for it any more.
    """
    asking = Asking.of(request)
    app = request.app.state
    if not hasattr(app, "robustness_running"):
        app.robustness_running = 0
    if app.robustness_running >= AT_ONCE:
        return PlainTextResponse("", status_code=202)
    gone = Event()

    async def watch() -> None:
        while not gone.is_set():
            if await request.is_disconnected():
                gone.set()
            await asyncio.sleep(0.02)

    watching = asyncio.create_task(watch())
    app.robustness_running += 1
    try:
        return HTMLResponse(await run_in_threadpool(_robustness, asking.screen, gone, asking))
    except SupersededError:
        return PlainTextResponse("", status_code=202)
    finally:
        app.robustness_running -= 1
        gone.set()
        watching.cancel()


def _robustness(screen: Screen, gone: Event | None, asking: Asking) -> str:
    def progress(*_: object) -> None:
        if (gone is not None and gone.is_set()) or asking.place.ended.is_set():
            raise SupersededError

    refused, parts = "", []
    try:
        firm = screen.robustness(most_samples=MOST_SAMPLES, progress=progress)
        parts = [shown_section(each, screen.phrases) for each in opening_sections(firm, screen.phrases)]
    except PolicyOptionsError as error:
        refused = fault_line(error.faults[0])
    return asking.part("follow", parts=parts, refused=refused)


async def version(request: Request) -> Response:
    """The name of the present state of the files, which the script compares."""
    return PlainTextResponse(Asking.of(request).live.version)
