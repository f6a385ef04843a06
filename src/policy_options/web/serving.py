"""Serving the explorer until it is interrupted: addresses, the link, the browser, and an end within a second."""

from __future__ import annotations

import ipaddress
import os
import shutil
import socket
import tempfile
import threading
import webbrowser
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from policy_options.errors import PolicyOptionsError
from policy_options.web.guard import Allowed

__all__ = ["LOOPBACK", "Pages", "Serving", "bound", "link_of", "query_of", "serve"]

LOOPBACK: Final = ("127.0.0.1", "::1")
PORT: Final = 8472
"""The port unless another is asked for; any free one where it is taken."""
_NAMES: Final = ("localhost", *LOOPBACK)


@dataclass(frozen=True)
class Serving:
    """Where to serve. ``host`` is ``None`` for the loopback, ``port`` for the usual one; ``names`` are further names
    under which browsers may address the server.
    """

    host: str | None = None
    port: int | None = None
    names: tuple[str, ...] = ()
    certificate: Path | None = None
    key: Path | None = None

    @property
    def secure(self) -> bool:
        """Whether it speaks TLS."""
        return self.certificate is not None


def bound(serving: Serving) -> tuple[list[socket.socket], Allowed]:
    """Sockets that listen, and the names under which they may be addressed.

    Raises:
        PolicyOptionsError: the port is taken, the host is not this machine's, or names are missing for a host that
            means every address.
    """
    hosts = LOOPBACK if serving.host is None else (serving.host,)
    if serving.host is not None and _is_every(serving.host) and not serving.names:
        raise PolicyOptionsError.of(
            "host-without-name",
            f"--host {serving.host} listens on every address, and no name is given by which browsers may ask for it",
            "name it, such as --allow-host planning.example.org, or listen on one address",
            ids=(serving.host,),
        )
    if (serving.certificate is None) != (serving.key is None):
        raise PolicyOptionsError.of(
            "tls-half", "a certificate and its key come together", "give both --tls-cert and --tls-key"
        )
    for path in (serving.certificate, serving.key):
        if path is not None and not os.access(path, os.R_OK):
            raise PolicyOptionsError.of("file-missing", f"{path} cannot be read", "name a file in PEM format")
    wanted = [serving.port] if serving.port is not None else [PORT, 0]
    refused: OSError | None = None
    for port in wanted:
        try:
            found = _listening(hosts, port)
        except OSError as error:
            refused = error
            continue
        own = _NAMES if serving.host is None or _is_loopback(serving.host) else ()
        named = () if serving.host is None or _is_every(serving.host) else (serving.host,)
        return found, Allowed.of((*own, *named, *serving.names), found[0].getsockname()[1])
    where = serving.host or "the loopback"
    raise PolicyOptionsError.of(
        "not-listening",
        f"nothing can listen on {where}, port {wanted[0]}: {refused.strerror if refused else ''}",
        "name another --port, or leave it out",
    )


def _listening(hosts: tuple[str, ...], port: int) -> list[socket.socket]:
    """Sockets on each host, at one port. Only the first must be possible: many machines have no IPv6."""
    found: list[socket.socket] = []
    for host in hosts:
        try:
            family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
            one = socket.socket(family, socket.SOCK_STREAM)
            with suppress(OSError):
                one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            if family == socket.AF_INET6:
                one.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
            try:
                one.bind(address)
                one.listen(256)
            except OSError:
                one.close()
                raise
        except OSError:
            if not found:
                raise
            continue
        port = one.getsockname()[1]
        found.append(one)
    return found


def _is_every(host: str) -> bool:
    try:
        return ipaddress.ip_address(host.strip("[]")).is_unspecified
    except ValueError:
        return False


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


def query_of(link: str) -> str:
    """The state in a link that was kept, of this run or an earlier one."""
    return urlsplit(link).query


def link_of(serving: Serving, allowed: Allowed, token: str, query: str = "") -> str:
    """The link that opens the explorer, by the name that its readers can use."""
    first = serving.names[0] if serving.names else serving.host if serving.host is not None else LOOPBACK[0]
    host = f"[{first}]" if ":" in first and not first.startswith("[") else first
    scheme = "https" if serving.secure else "http"
    return f"{scheme}://{host}:{allowed.port}/open/{token}" + (f"?{query}" if query else "")


def serve(
    folder: Path,
    serving: Serving,
    *,
    query: str = "",
    public: bool = False,
    show: Callable[[str], None],
    open_browser: bool = True,
) -> None:
    """Serve a dossier until the process is interrupted. ``show`` gets the link once somebody can open it.

    Raises:
        PolicyOptionsError: the dossier has errors, or nothing can listen there.
    """
    import uvicorn  # an extra, and a quarter of a second

    from policy_options.web.app import explorer

    sockets, allowed = bound(serving)
    try:
        found = explorer(folder, lambda: allowed, secure=serving.secure, public=public)
    except BaseException:
        for each in sockets:
            each.close()
        raise
    link = link_of(serving, allowed, found.token, query)
    config = uvicorn.Config(
        found.app,
        log_level="critical",
        access_log=False,
        lifespan="off",
        ws="none",
        proxy_headers=False,
        server_header=False,
        timeout_keep_alive=20,
        timeout_graceful_shutdown=0,
        limit_concurrency=1000,
        ssl_certfile=None if serving.certificate is None else str(serving.certificate),
        ssl_keyfile=None if serving.key is None else str(serving.key),
    )
    server = uvicorn.Server(config)
    begun = threading.Event()

    def opened() -> None:
        begun.wait(30.0)
        show(link)
        if open_browser:
            pages.open(link)

    with Pages() as pages:
        waiting = threading.Thread(target=opened, daemon=True)
        waiting.start()
        begun.set()  # the sockets listen already: a browser that is early waits in their queue
        try:
            with suppress(KeyboardInterrupt):
                server.run(sockets=sockets)
        finally:
            found.end()


class Pages:
    """A private file that leads a browser to the link: other users can see the arguments of a process, and would see
    the token there.
    """

    def __enter__(self) -> Pages:
        self._folder: str | None = None
        return self

    def open(self, link: str) -> None:
        """Open the link in the person's browser, if there is one."""
        self._folder = tempfile.mkdtemp(prefix="policy-options-")
        page = Path(self._folder) / "open.html"
        page.write_text(
            f'<!DOCTYPE html><meta charset="utf-8"><meta http-equiv="refresh" content="0; url={escape(link, quote=True)}">'
            f'<title>policy-options</title><a href="{escape(link, quote=True)}">policy-options</a>\n',
            encoding="utf-8",
        )
        page.chmod(0o600)
        with suppress(webbrowser.Error, OSError):
            webbrowser.open(page.as_uri())

    def __exit__(self, *_: object) -> None:
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
