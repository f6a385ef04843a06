"""The gate of the explorer: who may ask, for what, how much and how often, and what every answer forbids a browser to do.

The loopback is no protection by itself: other users of the machine reach it, and any page in the browser can be made to
ask it (DNS rebinding, cross-site posts). A request therefore needs a known ``Host``, no foreign ``Origin``, and the
cookie of a session, which only whoever opened a link with the token gets. All paths begin with a part that is random
for each run: cookies do not tell ports apart, and without that part in its path another server on the same host would
be sent the cookie.
"""

from __future__ import annotations

import re
import secrets
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from time import monotonic
from typing import Final

from starlette.datastructures import Headers
from starlette.requests import cookie_parser
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["HEADERS", "Allowed", "Bucket", "Guard", "Refusal", "Sessions"]

HEADERS: Final[dict[str, str]] = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    # Not no-referrer: with that, browsers send `Origin: null` with the forms of these pages too.
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-store",
}

COOKIE: Final = "policy-options"
MOST_BODY: Final = 256 * 1024
"""Bytes of a form: the longest has the answers of one interview or the reason for a weight set."""
MOST_QUERY: Final = 32 * 1024
"""Bytes of an address: a hundred changed weights and as many what-ifs fit."""
PER_SECOND: Final = 40.0
AT_ONCE: Final = 200.0
"""A slider that is dragged asks at most 20 times a second, and each page for its parts."""
MOST_OF_A_LINK: Final = 50
"""Sessions that one participant's link begins; a further one ends the oldest of them."""
MOST_SESSIONS: Final = 2_000
_HOST: Final = re.compile(r"(\[[0-9a-fA-F:.%]+\]|[^:\[\]/@\s]+)(?::([0-9]{1,5}))?\Z")


class Refusal(Exception):  # noqa: N818  # an answer, not a fault of the program
    """A request that is not answered, with the status and the key of its words."""

    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.status = status
        self.why = why


@dataclass(frozen=True)
class Allowed:
    """The names under which the explorer may be addressed, with and without its port."""

    hosts: frozenset[str]
    port: int

    @classmethod
    def of(cls, names: Iterable[str], port: int) -> Allowed:
        """Names as typed: a host name, an IPv4 address, or an IPv6 address with or without brackets."""
        return cls(frozenset(_bracketed(name.lower()) for name in names), port)

    def host(self, text: str) -> bool:
        """Whether a ``Host`` header names this server."""
        found = _HOST.match(text)
        return found is not None and found[1].lower() in self.hosts and found[2] in (None, str(self.port))

    def origin(self, text: str, scheme: str) -> bool:
        """Whether an ``Origin`` header names a page of this server."""
        head, _, host = text.partition("://")
        usual = {"http": 80, "https": 443}[scheme]
        found = _HOST.match(host)
        if head != scheme or found is None or found[1].lower() not in self.hosts:
            return False
        return (int(found[2]) if found[2] else usual) == self.port


def _bracketed(name: str) -> str:
    return f"[{name}]" if ":" in name and not name.startswith("[") else name


@dataclass
class Bucket:
    """A token bucket: ``AT_ONCE`` requests at once, and ``PER_SECOND`` in the long run."""

    left: float = AT_ONCE
    at: float = field(default_factory=monotonic)

    def take(self) -> bool:
        """Whether one more request may be answered."""
        now = monotonic()
        self.left = min(AT_ONCE, self.left + (now - self.at) * PER_SECOND)
        self.at = now
        if self.left < 1.0:
            return False
        self.left -= 1.0
        return True


class Sessions:
    """The sessions of one run, and the links that begin them.

    ``place`` is the part that every path begins with. Each link has a token and a scope: the path below ``place`` to
    which its sessions are confined, "" for everything. A browser that opens a link gets a session and its cookie; the
    oldest session ends when there are too many.
    """

    def __init__(self) -> None:
        self.place = secrets.token_urlsafe(12)
        self._links: dict[str, str] = {}
        self._sessions: OrderedDict[str, tuple[str, Bucket]] = OrderedDict()

    def link(self, scope: str = "") -> str:
        """A new token for a scope."""
        token = secrets.token_urlsafe(24)
        self._links[token] = scope
        return token

    def forget(self, scope: str) -> None:
        """End the links and sessions of a scope."""
        self._links = {token: each for token, each in self._links.items() if each != scope}
        for name in [name for name, (each, _) in self._sessions.items() if each == scope]:
            del self._sessions[name]

    def begin(self, token: str) -> tuple[str, str] | None:
        """A new session for a token, with its scope; ``None`` if no link has the token."""
        found = [
            scope
            for known, scope in self._links.items()
            if secrets.compare_digest(known.encode(), token.encode("utf-8", "replace"))
        ]
        if not found:
            return None
        scope, bucket = found[0], Bucket()
        if scope:
            # A participant's sessions share one rate, and push out no others: one link could otherwise end them all.
            own = [name for name, (each, _) in self._sessions.items() if each == scope]
            if own:
                bucket = self._sessions[own[-1]][1]
            if len(own) >= MOST_OF_A_LINK:
                del self._sessions[own[0]]
        name = secrets.token_urlsafe(24)
        self._sessions[name] = (scope, bucket)
        while len(self._sessions) > MOST_SESSIONS:
            self._sessions.popitem(last=False)
        return name, scope

    def admit(self, names: Iterable[str], path: str) -> None:
        """Admit a request for a path below ``place`` by one of its cookies.

        Raises:
            Refusal: no session reaches so far, or the one that does has asked too much.
        """
        for name in names:
            scope, bucket = self._sessions.get(name, ("", None))
            if bucket is None or not (scope == "" or path == scope or path.startswith(f"{scope}/")):
                continue
            if not bucket.take():
                raise Refusal(429, "busy")
            return
        raise Refusal(403, "no-session")


class Guard:
    """The middleware: refuses before anything else is run, and sets headers on every answer."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        sessions: Sessions,
        allowed: Callable[[], Allowed],
        secure: bool,
        refused: Callable[[Refusal], Response],
    ) -> None:
        self._app, self._sessions, self._allowed, self._secure, self._refused = app, sessions, allowed, secure, refused

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return  # no websocket is spoken
        guarded = _with_headers(send)
        try:
            answer = self._judged(scope)
            if answer is None:
                await self._app(scope, _bounded(Headers(scope=scope), receive), guarded)
                return
        except Refusal as refusal:
            answer = self._refused(refusal)
        await answer(scope, receive, guarded)

    def _judged(self, scope: Scope) -> Response | None:
        """The answer to a request that opens a link; ``None`` if the request is admitted.

        Raises:
            Refusal: it is not admitted.
        """
        headers, allowed = Headers(scope=scope), self._allowed()
        hosts = headers.getlist("host")
        if len(hosts) != 1 or not allowed.host(hosts[0]):
            raise Refusal(421, "host")
        scheme = "https" if self._secure else "http"
        origin = headers.get("origin")
        changes = scope["method"] not in ("GET", "HEAD")
        if (origin is None and changes) or (origin is not None and not allowed.origin(origin, scheme)):
            raise Refusal(403, "origin")
        if len(scope["query_string"]) > MOST_QUERY:
            raise Refusal(414, "too-long")
        path = str(scope["path"])
        if path.startswith("/open/") and not changes:
            return self._opened(path.removeprefix("/open/"), scope["query_string"].decode("latin-1"))
        head, _, below = path.removeprefix("/").partition("/")
        if not secrets.compare_digest(head.encode(), self._sessions.place.encode()):
            raise Refusal(403, "no-session")
        if not below.startswith("static/"):
            self._sessions.admit(_cookies(headers), below)
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > MOST_BODY:
            raise Refusal(413, "too-large")
        return None

    def _opened(self, token: str, query: str) -> Response:
        """A session for whoever opens a link; the redirect takes the token out of the address bar."""
        begun = self._sessions.begin(token)
        if begun is None:
            raise Refusal(403, "no-session")
        name, scope = begun
        home = f"/{self._sessions.place}/{scope}" if scope else f"/{self._sessions.place}/"
        answer = Response(status_code=303, headers={"Location": home + (f"?{query}" if query else "")})
        # Lax, not strict: a link in a letter or a chat is opened from elsewhere, and no GET changes anything.
        answer.set_cookie(COOKIE, name, path=home, httponly=True, samesite="lax", secure=self._secure)
        return answer


def _cookies(headers: Headers) -> list[str]:
    """All values of the cookie: a browser sends one for each scope that the path is in."""
    found = []
    for header in headers.getlist("cookie"):
        for part in header.split(";"):
            found += [value for name, value in cookie_parser(part).items() if name == COOKIE]
    return found[:8]


def _bounded(headers: Headers, receive: Receive) -> Receive:
    """Stop a body that is longer than it said, or did not say its length."""
    seen = 0

    async def bounded() -> Message:
        nonlocal seen
        message = await receive()
        if message["type"] == "http.request":
            seen += len(message.get("body", b""))
            if seen > MOST_BODY:
                return {"type": "http.disconnect"}
        return message

    return bounded if headers.get("content-length", "0") != "0" or "transfer-encoding" in headers else receive


def _with_headers(send: Send) -> Callable[[Message], Awaitable[None]]:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            names = {name.lower() for name, _ in message["headers"]}
            added = [
                (name.lower().encode(), value.encode())
                for name, value in HEADERS.items()
                if name.lower().encode() not in names
            ]
            message = {**message, "headers": [*message["headers"], *added]}
        await send(message)

    return sending
