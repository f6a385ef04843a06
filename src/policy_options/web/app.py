"""The explorer as a web application: its paths, and pages in place of errors."""

from __future__ import annotations

import sys
from collections.abc import Awaitable, Callable
from importlib import import_module
from pathlib import Path
from typing import Final

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from policy_options.errors import PolicyOptionsError
from policy_options.web.desk import Desk
from policy_options.web.guard import Allowed, Guard, Refusal, Sessions
from policy_options.web.live import Live
from policy_options.web.place import Place
from policy_options.wording.faults import fault_line

__all__ = ["Explorer", "explorer"]

_STATIC: Final = Path(__file__).parent / "static"
_TYPES: Final = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}

_READ: Final = ["GET"]
_BOTH: Final = ["GET", "POST"]
_PAGES: Final = [
    ("", "explore_page", "explore", _READ),
    ("change", "explore_page", "change", _READ),
    ("robustness", "explore_page", "robustness", _READ),
    ("version", "explore_page", "version", _READ),
    ("option/{id}", "details", "option", _READ),
    ("criterion/{id}", "details", "criterion", _READ),
    ("pair", "pairs", "pair", _READ),
    ("compare", "pairs", "compare", _READ),
    ("packages", "results", "packages", _READ),
    ("scenarios", "results", "scenarios", _READ),
    ("checks", "results", "checks", _READ),
    ("save", "keeping", "save", _BOTH),
    ("people", "people", "people", _BOTH),
    ("answer/{workshop}/{person}", "people", "answer", _BOTH),
    ("memo.pdf", "keeping", "memo", _READ),
    ("memo.docx", "keeping", "memo", _READ),
    ("book.xlsx", "keeping", "workbook", _READ),
]
"""Each page: its path, its module, its function, and how it may be asked for."""


def _page(module: str, name: str) -> Callable[[Request], Awaitable[Response]]:
    """A page whose module is imported when it is first asked for, so that the first page does not wait for all."""

    async def page(request: Request) -> Response:
        found: Callable[[Request], Awaitable[Response]] = getattr(import_module(f"policy_options.web.{module}"), name)
        return await found(request)

    return page


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
        self._static = {path.name: path.read_bytes() for path in _STATIC.iterdir() if path.suffix in _TYPES}
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
        inner.state.desk = self.desk = Desk()
        self.app: ASGIApp = Guard(inner, sessions=self.sessions, allowed=allowed, secure=secure, refused=self._refused)

    def _routes(self) -> list[Route]:
        return [
            Route(f"{self.home}static/{{name}}", self._file, methods=["GET"]),
            *(
                Route(f"{self.home}{path}", _page(module, name), methods=methods)
                for path, module, name, methods in _PAGES
            ),
        ]

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

    def _message(self, status: int, title: str, lines: list[str], *, bare: bool = False) -> Response:
        """A page without a form. A ``bare`` one says nothing of the dossier, as it may go to somebody without the right."""
        from policy_options.web.rendering import rendered  # Jinja2, which the first answer does without

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
            decision=title if bare else decision.title,
            marking=None if bare else decision.marking,
            version=self.live.version,
            faults=() if bare else self.live.faults,
        )
        return HTMLResponse(text, status_code=status)

    def _refused(self, refusal: Refusal) -> Response:
        """The answer to whoever is not admitted, which says nothing of the dossier and loads nothing."""
        from policy_options.web.rendering import rendered

        phrases = self.live.phrases
        title = phrases.say_of("explore.refused", refusal.why)
        remedy = phrases.say_of("explore.refused", refusal.why, "remedy")
        return HTMLResponse(rendered("outside", phrases, title=title, lines=[remedy]), status_code=refusal.status)

    async def _input_error(self, request: Request, error: Exception) -> Response:  # noqa: ARG002
        assert isinstance(error, PolicyOptionsError)
        say = self.live.phrases.say
        lines = [*(fault_line(fault) for fault in error.faults[:8]), say("explore.refused.input.back")]
        return self._message(422, say("explore.refused.input"), lines)

    async def _no_page(self, request: Request, error: Exception) -> Response:  # noqa: ARG002
        say = self.live.phrases.say
        status = error.status_code if isinstance(error, HTTPException) else 404
        return self._message(status, say("explore.refused.no-page"), [say("explore.refused.no-page.remedy")], bare=True)

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
