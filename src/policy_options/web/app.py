"""The explorer as a web application: its paths, and pages in place of errors."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from policy_options.errors import PolicyOptionsError
from policy_options.web.asking import Place
from policy_options.web.details import criterion, option
from policy_options.web.explore_page import change, explore, robustness, version
from policy_options.web.guard import Allowed, Guard, Refusal, Sessions
from policy_options.web.keeping import Desk, memo, save, workbook
from policy_options.web.live import Live
from policy_options.web.pairs import compare, pair
from policy_options.web.people import answer, people
from policy_options.web.rendering import STATIC, rendered
from policy_options.web.results import checks, packages, scenarios
from policy_options.web.workshops import Workshops
from policy_options.wording.faults import fault_line

__all__ = ["Explorer", "explorer"]

_TYPES: Final = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}


class Explorer:
    """The application of one dossier, with the links that open it."""

    def __init__(
        self, folder: Path, allowed: Callable[[], Allowed], *, secure: bool = False, public: bool = False
    ) -> None:
        self.live = Live(folder, public=public)
        self.sessions = Sessions()
        self.token = self.sessions.link()
        self.home = f"/{self.sessions.place}/"
        self.place = Place(self.live, self.home, public)
        self._static = {path.name: path.read_bytes() for path in STATIC.iterdir() if path.suffix in _TYPES}
        inner = Starlette(
            routes=self._routes(),
            exception_handlers={
                PolicyOptionsError: self._input_error,
                HTTPException: self._no_page,
                Exception: self._our_fault,
            },
        )
        inner.state.place = self.place
        inner.state.sessions = self.sessions
        inner.state.workshops = Workshops(self.live, self.sessions)
        inner.state.desk = self.desk = Desk()
        self.app: ASGIApp = Guard(inner, sessions=self.sessions, allowed=allowed, secure=secure, refused=self._refused)

    def _routes(self) -> list[Route]:
        pages: list[tuple[str, Callable[..., object], list[str]]] = [
            ("", explore, ["GET"]),
            ("change", change, ["GET"]),
            ("robustness", robustness, ["GET"]),
            ("version", version, ["GET"]),
            ("option/{id}", option, ["GET"]),
            ("criterion/{id}", criterion, ["GET"]),
            ("pair", pair, ["GET"]),
            ("compare", compare, ["GET"]),
            ("packages", packages, ["GET"]),
            ("scenarios", scenarios, ["GET"]),
            ("checks", checks, ["GET"]),
            ("save", save, ["GET", "POST"]),
            ("people", people, ["GET", "POST"]),
            ("answer/{workshop}/{person}", answer, ["GET", "POST"]),
            ("memo.pdf", memo, ["GET"]),
            ("memo.docx", memo, ["GET"]),
            ("book.xlsx", workbook, ["GET"]),
            ("static/{name}", self._file, ["GET"]),
        ]
        return [Route(f"{self.home}{path}", page, methods=methods) for path, page, methods in pages]

    async def _file(self, request: Request) -> Response:
        """A file of the package: only the names that were there when the explorer started."""
        name = request.path_params["name"]
        if name not in self._static:
            raise HTTPException(404)
        return Response(
            self._static[name], media_type=_TYPES[Path(name).suffix], headers={"Cache-Control": "max-age=3600"}
        )

    def end(self) -> None:
        """Stop what still runs, so that the process can end."""
        self.place.ended.set()
        self.desk.end()

    # In place of a page -------------------------------------------------------------------------------------------------

    def _message(self, status: int, title: str, lines: list[str]) -> Response:
        decision = self.live.dossier.contents.decision.model
        text = rendered(
            "refused",
            self.live.phrases,
            title=title,
            lines=lines,
            home=self.home,
            query="",
            here="",
            nav=[],
            decision=decision.title,
            marking=decision.marking,
            version=self.live.version,
            faults=self.live.faults,
        )
        return HTMLResponse(text, status_code=status)

    def _refused(self, refusal: Refusal) -> Response:
        """The answer to whoever is not admitted, which says nothing of the dossier and loads nothing."""
        say = self.live.phrases.say_of
        title, remedy = say("explore.refused", refusal.why), say("explore.refused", refusal.why, "remedy")
        return HTMLResponse(
            rendered("outside", self.live.phrases, title=title, lines=[remedy]), status_code=refusal.status
        )

    async def _input_error(self, request: Request, error: Exception) -> Response:  # noqa: ARG002
        assert isinstance(error, PolicyOptionsError)
        lines = [fault_line(fault) for fault in error.faults[:8]]
        return self._message(422, self.live.phrases.say("explore.refused.input"), lines)

    async def _no_page(self, request: Request, error: Exception) -> Response:  # noqa: ARG002
        say = self.live.phrases.say
        status = error.status_code if isinstance(error, HTTPException) else 404
        return self._message(status, say("explore.refused.no-page"), [say("explore.refused.no-page.remedy")])

    async def _our_fault(self, request: Request, error: Exception) -> Response:
        """A page without a traceback; the terminal names the error in one line."""
        say = self.live.phrases.say
        sys.stderr.write(f"error at {request.url.path.rpartition('/')[2]!r}: {type(error).__name__}: {error}\n")
        return self._message(500, say("explore.refused.our-fault"), [say("explore.refused.our-fault.remedy")])


def explorer(folder: Path, allowed: Callable[[], Allowed], *, secure: bool = False, public: bool = False) -> Explorer:
    """The explorer of a dossier folder.

    Raises:
        PolicyOptionsError: the dossier has errors.
    """
    return Explorer(folder, allowed, secure=secure, public=public)
