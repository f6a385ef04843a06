"""Where the explorer listens, its link, and a real process: opened, asked, ended by Ctrl-C within a second."""

from __future__ import annotations

import http.client
import importlib.util
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from typer.testing import CliRunner, Result

from policy_options.errors import PolicyOptionsError
from policy_options.web.guard import Allowed
from policy_options.web.serving import LOOPBACK, Pages, Serving, bound, link_of, query_of


def test_it_listens_on_the_loopback_alone_unless_asked() -> None:
    sockets, allowed = bound(Serving(port=0))
    try:
        assert {each.getsockname()[0] for each in sockets} <= set(LOOPBACK)
        assert len({each.getsockname()[1] for each in sockets}) == 1
        assert allowed.host(f"[::1]:{allowed.port}") and not allowed.host("0.0.0.0")
    finally:
        for each in sockets:
            each.close()


def test_a_port_that_is_taken_is_replaced_only_if_nobody_named_it() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(PolicyOptionsError) as raised:
            bound(Serving(port=port))
    assert raised.value.faults[0].code == "not-listening" and str(port) in raised.value.faults[0].message


@pytest.mark.parametrize(
    ("serving", "code"),
    [
        (Serving("0.0.0.0", 0), "host-without-name"),
        (Serving("::", 0), "host-without-name"),
        (Serving("203.0.113.7", 0), "not-listening"),
        (Serving(port=0, certificate=Path("cert.pem")), "tls-half"),
        (Serving(port=0, certificate=Path("no.pem"), key=Path("no.pem")), "file-missing"),
    ],
)
def test_what_cannot_be_served_is_refused_with_a_remedy(serving: Serving, code: str) -> None:
    with pytest.raises(PolicyOptionsError) as raised:
        bound(serving)
    assert raised.value.faults[0].code == code and raised.value.faults[0].remedy


def test_a_workshop_is_addressed_by_its_name_and_not_by_the_loopback() -> None:
    sockets, allowed = bound(Serving("0.0.0.0", 0, ("planning.example.org",)))
    for each in sockets:
        each.close()
    assert allowed.host("planning.example.org") and not allowed.host("localhost")
    serving = Serving("0.0.0.0", 0, ("planning.example.org",), Path("c"), Path("k"))
    assert link_of(serving, Allowed.of((), 443), "t", "set=a") == "https://planning.example.org:443/open/t?set=a"
    assert link_of(Serving("::1"), Allowed.of((), 80), "t") == "http://[::1]:80/open/t"


def test_a_kept_link_gives_its_state_whatever_run_it_is_of() -> None:
    assert query_of("http://127.0.0.1:1/old/?set=balanced&lock=a") == "set=balanced&lock=a"
    assert query_of("") == ""


def test_a_real_process_shows_its_link_answers_and_ends_at_once(root: Path) -> None:
    command = [
        sys.executable,
        "-c",
        "from policy_options.cli import main; main()",
        "explore",
        "--port",
        "0",
        "--no-open",
    ]
    with subprocess.Popen(
        [*command, "http://127.0.0.1:9/old/?set=supply-security"],
        cwd=root,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    ) as process:
        assert process.stdout is not None and process.stderr is not None
        link = urlsplit(process.stdout.readline().strip())
        asked = http.client.HTTPConnection("127.0.0.1", link.port or 0, timeout=30)
        asked.request("GET", f"{link.path}?{link.query}")
        opened = asked.getresponse()
        opened.read()
        cookie = str(opened.getheader("set-cookie")).partition(";")[0]
        asked.request("GET", str(opened.getheader("location")), headers={"cookie": cookie})
        page = asked.getresponse()
        assert page.status == 200 and "Supply security first" in page.read().decode()
        # A page is open, and asks for what takes longest.
        asked.request(
            "GET", str(opened.getheader("location")).partition("?")[0] + "robustness", headers={"cookie": cookie}
        )
        begun = time.monotonic()
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=30) == 0
        taken = time.monotonic() - begun
        errors = process.stderr.read()
        asked.close()
    assert "Traceback" not in errors and "Ctrl-C" in errors
    assert taken < 5.0  # a second on an idle machine; no test asserts a time closer than that


def invoked(*words: str) -> Result:
    from policy_options.cli.app import application

    return CliRunner().invoke(application("explore"), ["explore", *words])


def test_a_missing_extra_is_named_with_its_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    find = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == "uvicorn" else find(name))
    shown = invoked()
    assert shown.exit_code == 2
    assert "the explorer needs uvicorn, which is not installed" in shown.stderr
    assert 'pip install "policy-options[explore]"' in shown.stderr


def test_options_reach_the_server_and_a_network_without_tls_is_a_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[Path, Serving, str, bool]] = []

    def serve(
        folder: Path,
        serving: Serving,
        *,
        query: str,
        public: bool,
        show: Callable[[str], None],
        open_browser: bool,
    ) -> None:
        asked.append((folder, serving, query, public))
        assert not open_browser
        show("http://127.0.0.1:1/open/token")

    monkeypatch.setattr("policy_options.web.serving.serve", serve)
    network = ("--host", "0.0.0.0", "--allow-host", "planning.example.org")
    shown = invoked("http://x/?set=a", "--no-open", "--public", "--port", "8500", *network)
    assert shown.exit_code == 0 and shown.stdout == "http://127.0.0.1:1/open/token\n"
    assert "others on the network can read" in shown.stderr
    assert asked == [(Path(), Serving("0.0.0.0", 8500, ("planning.example.org",)), "set=a", True)]
    assert "others on the network" not in invoked("--no-open").stderr


def test_the_browser_gets_the_link_from_a_private_file_and_not_as_an_argument(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open", lambda address: opened.append(address))
    with Pages() as pages:
        pages.open("http://127.0.0.1:1/open/secret?a=1&b=2")
        (address,) = opened
        file = Path(urlsplit(address).path)
        assert "secret" not in address and "open/secret?a=1&amp;b=2" in file.read_text(encoding="utf-8")
        assert file.stat().st_mode & 0o077 == 0 and file.parent.stat().st_mode & 0o077 == 0
    assert not file.exists()
