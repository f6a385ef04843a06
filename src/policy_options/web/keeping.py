"""Keeping what a page shows: as a weight set in the dossier, and as a memo, a Word file or a workbook.

What no file says is in the memo all the same: changed weights as an illustrative set that says what was locked, and
scores that are tried with a rationale that calls them what-ifs. ``verify`` makes the memo again from what it carries.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Final
from urllib.parse import parse_qsl

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from policy_options.api import Dossier
from policy_options.atomic import write_atomically
from policy_options.dossier.answer_files import checked_text, refuse_taken
from policy_options.dossier.changing import plan_weights, takes_weights
from policy_options.dossier.contents import WEIGHTS
from policy_options.dossier.taking import refuse_broken
from policy_options.errors import PolicyOptionsError
from policy_options.web.asking import Asking
from policy_options.web.desk import Desk
from policy_options.web.live import direct_text
from policy_options.web.screen import Screen
from policy_options.web.state import State, read_state
from policy_options.wording.faults import fault_line
from policy_options.wording.phrases import Phrases

__all__ = ["form_of", "kept", "memo", "save", "workbook"]

_TYPES: Final = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


async def form_of(request: Request) -> list[tuple[str, str]]:
    """The fields of a form; the guard has bounded its size."""
    text = (await request.body()).decode("utf-8", "replace")
    return parse_qsl(text, keep_blank_values=True, max_num_fields=2000)


# As a weight set --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Filled:
    """The fields of the form as filled in; ``into`` is an existing set, "" for a new one with the id ``id``."""

    id: str = ""
    into: str = ""
    title: str = ""
    holder: str = ""
    because: str = ""


class Conflict(Exception):  # noqa: N818  # an answer, not a fault
    """The file is another than when the form was shown: what it has now, and what would have been written."""

    def __init__(self, name: str, now: str, wanted: str) -> None:
        super().__init__(name)
        self.name, self.now, self.wanted = name, now, wanted


async def save(request: Request) -> Response:
    """The form, and what it does. A file that was changed meanwhile is shown next to what would be written."""
    asking = Asking.of(request)
    if request.method != "POST":
        return _save_page(asking, Filled())
    fields = await form_of(request)
    given = dict(fields)
    state = read_state(((key, value) for key, value in fields if key not in _OWN), asking.live.dossier)
    vars(asking).update(state=state)
    filled = Filled(*(given.get(key, "").strip() for key in ("id", "into", "title", "holder", "because")))
    try:
        name = _saved(asking, filled, given)
    except Conflict as conflict:
        return _save_page(asking, filled, conflict=conflict, status=409)
    except PolicyOptionsError as error:
        return _save_page(asking, filled, problem=" ".join(fault_line(fault) for fault in error.faults[:4]), status=422)
    asking.live.refresh()
    return asking.to("", state.but(weights=name, shares=()))


_OWN: Final = ("id", "into", "title", "holder", "because")


def _saved(asking: Asking, filled: Filled, given: Mapping[str, str]) -> str:
    """Write the set, and return its id.

    Raises:
        Conflict: the file has changed. PolicyOptionsError: a field cannot be accepted, or the file cannot be written.
    """
    live, screen = asking.live, asking.screen
    contents, phrases = live.whole.contents, asking.phrases
    holder = checked_text("holder", filled.holder)
    rationale = _reasons(checked_text("rationale", filled.because), _made(screen, phrases), phrases)
    if filled.into:
        path = contents.root / WEIGHTS / f"{filled.into}.yaml"
        if filled.into not in contents.weight_sets:
            raise PolicyOptionsError.of(
                "unknown-id", f"`{filled.into[:60]}` is no weight set", "choose one of the list"
            )
        planned = plan_weights(contents, filled.into, screen.vector, holder=holder, rationale=rationale)
        if _digest(planned.before) != given.get(f"seen.{filled.into}"):
            raise Conflict(
                path.name, planned.before.decode("utf-8", "replace"), planned.after.decode("utf-8", "replace")
            )
        refuse_broken(contents, {f"{WEIGHTS}/{filled.into}.yaml": planned.after})
        try:
            planned.write()
        except PolicyOptionsError as error:
            if error.faults[0].code == "file-changed":
                now = path.read_text(encoding="utf-8", errors="replace")
                raise Conflict(path.name, now, planned.after.decode("utf-8", "replace")) from None
            raise
        return filled.into
    title = checked_text("title", filled.title or filled.holder)
    parent = None if live.public else screen.held.id
    text = direct_text(contents, screen.vector, title=title, holder=holder, rationale=rationale, parent=parent)
    try:
        refuse_taken(contents, filled.id)
        refuse_broken(contents, {f"{WEIGHTS}/{filled.id}.yaml": text.encode()})
        write_atomically(contents.root / WEIGHTS / f"{filled.id}.yaml", text.encode(), new=True)
    except PolicyOptionsError as error:
        if error.faults[0].code == "file-exists":
            path = contents.root / WEIGHTS / f"{filled.id}.yaml"
            raise Conflict(path.name, path.read_text(encoding="utf-8", errors="replace"), text) from None
        raise
    return filled.id


def _made(screen: Screen, phrases: Phrases) -> str:
    """How the weights were made, for their rationale."""
    if not screen.state.shares:
        return ""
    said = [phrases.say("explore.kept.from", weights=screen.held.title)]
    if screen.state.locked:
        said.append(phrases.say("explore.kept.locked", criteria=screen.locks))
    return phrases.together(said)


def _reasons(because: str, made: str, phrases: Phrases) -> str:
    """A person's reason, ended as a sentence, and how the weights were made."""
    if not made:
        return because
    stop = "" if because.endswith(tuple(".!?…。！？")) else phrases.say("explore.kept.stop")
    return phrases.together([because + stop, made])


def _digest(content: bytes) -> str:
    return sha256(content).hexdigest()[:24]


def _save_page(
    asking: Asking, filled: Filled, *, conflict: Conflict | None = None, problem: str = "", status: int = 200
) -> Response:
    contents = asking.live.whole.contents
    editable = {name: entry for name, entry in contents.weight_sets.items() if takes_weights(entry.model)}
    seen = {}
    for name in editable:
        try:
            seen[name] = _digest((contents.root / WEIGHTS / f"{name}.yaml").read_bytes())
        except OSError:  # gone meanwhile
            continue
    return asking.page(
        "save",
        asking.phrases.say("explore.save"),
        here="save",
        status=status,
        filled=filled,
        conflict=conflict,
        problem=problem,
        editable=[(name, editable[name].model.title) for name in seen],
        seen=seen,
        weights=[(slider.title, slider.value) for slider in asking.screen.sliders],
    )


# As a file --------------------------------------------------------------------------------------------------------------


def kept(screen: Screen) -> tuple[Dossier, str]:
    """The dossier with what the page shows and no file says, and the id of its weights in it."""
    phrases = screen.phrases
    return screen.live.kept(
        screen.state,
        title=phrases.say("explore.kept.title", weights=screen.held.title),
        holder=phrases.say("explore.kept.holder"),
        rationale=phrases.together([phrases.say("explore.kept.rationale"), _made(screen, phrases)]),
        marking=phrases.say("explore.kept.marking", count=len(screen.state.tried)),
    )


def _to_file(state: State) -> State:
    """Files are about the reference; a memo has its own section on scenarios."""
    return replace(state, scenario=None)


async def memo(request: Request) -> Response:
    """The memo of exactly what the page shows."""
    asking = Asking.of(request)
    screen = Screen(asking.live, _to_file(asking.state))
    suffix = request.url.path.rpartition(".")[2]
    desk: Desk = request.app.state.desk

    def made() -> tuple[bytes, str]:
        dossier, weights = kept(screen)
        return desk.memo(dossier, weights, asking.live.folder, word=suffix == "docx", public=asking.live.public)

    content, name = await run_in_threadpool(made)
    return _download(content, f"{name}.{suffix}")


async def workbook(request: Request) -> Response:
    """The workbook of exactly what the page shows."""
    asking = Asking.of(request)
    screen = Screen(asking.live, _to_file(asking.state))

    def made() -> tuple[bytes, str]:
        from policy_options.exchange.workbook.building import exported
        from policy_options.exchange.workbook.writing import require_writer
        from policy_options.reports.workbook_blocks import robustness_blocks

        require_writer()
        dossier, weights = kept(screen)
        blocks = robustness_blocks(dossier, weights, asking.phrases)
        content = exported(dossier, weights, robustness=blocks, public=asking.live.public)
        return content, f"{dossier.contents.decision.model.id}-{weights.replace('/', '-')}"

    content, name = await run_in_threadpool(made)
    return _download(content, f"{name}.xlsx")


def _download(content: bytes, name: str) -> Response:
    kind = _TYPES[name.rpartition(".")[2]]
    return Response(content, media_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
